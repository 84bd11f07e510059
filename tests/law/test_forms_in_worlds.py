"""Every form of term against worlds: each moment and each fact that the files leave open takes every value on
a grid of hours, and a verdict is settled only where all these worlds agree, and then always.

The evaluators here know a world whole, and share nothing with what is tested.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Callable, Sequence

import pytest
from attack.scale import draws
from judged import act, event, judged, order
from worlds_drawn import BY, GIVEN, acts, agreed, at, drawn, hours, item, of_one, tried, verdicts, written


def unless(rng: random.Random) -> tuple[str, str, str]:
    """A release forbidden without 12 hours' notice that gives a reason; who did what when is drawn."""
    left, told = drawn(rng, 40, 80), drawn(rng, 30, 80)
    reason = rng.choice([True, True, True, False, None])
    is_told = rng.random() < 0.85
    tie = rng.choice([None, None, 12, 11]) if is_told else None  # left at least so long after it was told
    term = 'forbids = "release"\n[term.unless]\nkind = "notice"\nat_least = "PT12H"\nitems = ["reason"]\n'
    text = order(acts(given=("binds", GIVEN, "")), term=term)
    relation = (
        f'[[relation]]\nof = "e.done"\nsince = "n.done"\nat_least = "PT{tie}H"\n{BY}'
        if tie is not None
        else ""
    )
    events = [of_one("release", "e", left, more=relation)]
    events += [of_one("notice", "n", told, more=item(reason))] if is_told else []
    worlds = []
    for x, y, r in itertools.product(hours(left), hours(told), [True, False] if reason is None else [reason]):
        if tie is not None and x - y < tie:
            continue
        met = x - y >= 12 and r
        for has_notice in [True] if is_told else [True, False]:
            broken = not (met and has_notice) if is_told else has_notice
            worlds.append("not_bound" if x < GIVEN[0] else "violated" if broken else "complied")
    if not worlds:  # the relation and the times contradict each other: nothing to compare
        return "undetermined", "undetermined", text
    return agreed(worlds), verdicts(text, events)["e"], text + "\n".join(events)


def within(rng: random.Random) -> tuple[str, str, str]:
    """A hearing within 24 hours of a request, by hours that pass."""
    asked, heard = drawn(rng, 40, 70), drawn(rng, 55, 100)
    tie = rng.choice([None, None, 24, 20])  # heard at most so long after it was asked for
    term = 'requires = "hearing"\n[term.within]\nafter = "request"\nlength = "PT24H"\nrule = "elapsed"\n'
    text = order(acts(given=("binds", (30, 30), "")), term=term)
    relation = (
        f'[[relation]]\nof = "h.done"\nsince = "q.done"\nat_most = "PT{tie}H"\n{BY}'
        if tie is not None
        else ""
    )
    events = [of_one("request", "q", asked), of_one("hearing", "h", heard, more=relation)]
    worlds = [  # a hearing that came first answers nothing, and nobody tells of another
        "undetermined" if h < q else "violated" if h - q > 24 else "complied"
        for q, h in itertools.product(hours(asked), hours(heard))
        if tie is None or h - q <= tie
    ]
    if not worlds:
        return "undetermined", "undetermined", text
    return agreed(worlds), verdicts(text, events)["h"], text + "\n".join(events)


def stayed_in_part(rng: random.Random) -> tuple[str, str, str]:
    """A stay of one term, or of the part of the class that has no tie, on a release."""
    left, begun = drawn(rng, 50, 90), drawn(rng, 50, 80)
    lifted = drawn(rng, begun[1] + 1, begun[1] + 12)
    tie = rng.choice([["yes"], ["no"], ["yes", "no"], []])
    part = (
        '[[act.condition]]\nattribute = "tie"\nis_none_of = ["yes"]\nwhat = "w"\nrecord = "r"\nfield = "f"\n'
    )
    is_of_other_term = rng.random() < 0.3
    more = 'terms = ["u"]\n' if is_of_other_term else part
    other = 'forbids = "release"\n\n[[term]]\nid = "u"\nsays = "s"\nforbids = "return"\n'
    given = acts(given=("binds", GIVEN, ""))
    stay = act("stayed", "stays", str(written(begun)))
    head, _, said = stay.partition("\n[[act.said]]")
    stay = f"{head}\n{more if is_of_other_term else ''}[[act.said]]{said}\n{'' if is_of_other_term else part}"
    text = order(given + stay + acts(lifted=("resumes", lifted, 'of = "stayed"')), term=other)
    said_of = (
        f'[[subject.attribute]]\nname = "tie"\nis_one_of = {list(tie)}\n{BY}'.replace("'", '"') if tie else ""
    )
    happened = event(written(left), attributes=f"people_hi = 1\n{said_of}")
    worlds = []
    for x, p, q, has_tie in itertools.product(hours(left), hours(begun), hours(lifted), tie or ["yes", "no"]):
        is_off = p <= x < q and has_tie == "no" and not is_of_other_term
        worlds.append("not_bound" if x < GIVEN[0] or is_off else "violated")
    return agreed(worlds), verdicts(text, [happened])["e"], text + happened


def extended(rng: random.Random) -> tuple[str, str, str]:
    """An order to X, extended at Y to Z, known to have been extended before its end or not."""
    end, more = drawn(rng, 55, 75), drawn(rng, 50, 75)
    last = drawn(rng, end[1] + 1, 95)
    left = drawn(rng, 50, 100)
    is_before = rng.random() < 0.5
    relation = (
        f'[[relation]]\nof = "end"\nsince = "more"\nat_least = "PT1H"\nrule = "elapsed"\n{BY}'
        if is_before
        else ""
    )
    given = acts(
        given=("binds", GIVEN, ""),
        end=("expires", end, ""),
        more=("extends", more, 'until = "last"'),
        last=("expires", last, ""),
    )
    text = order(given, rest=relation)
    happened = of_one("release", "e", left)
    worlds = []
    for x, y, z, t in itertools.product(hours(end), hours(more), hours(last), hours(left)):
        if is_before and x - y < 1:
            continue
        in_force = GIVEN[0] <= t and (t < x or y <= t < z)
        worlds.append("violated" if in_force else "not_bound")
    if not worlds:
        return "undetermined", "undetermined", text
    expected, found = agreed(worlds), verdicts(text, [happened])["e"]
    if expected != found == "undetermined" and not (is_before and more[1] < end[0]):
        expected = found  # bounds that cross leave open what only worlds taken one by one would settle
    return expected, found, text + happened


def of_days(made: Sequence[int], due: Sequence[int], whole: int | None) -> list[str]:
    """What entries at these hours show of each day: one since the day before answers it; else the first that
    lies nearer to it than to the next is late for it, unless one too many before may have been for it.
    """
    left, found = sorted(made), []
    for d, hour in enumerate(due):
        by_then = [one for one in left if one <= hour]
        own = [one for one in by_then if not d or one > due[d - 1]]
        near = [one for one in left if one > hour and (d == 2 or 2 * one < hour + due[d + 1])]
        if own:
            found.append("complied")
            left.remove(own[0])
        elif near and not by_then:
            found.append("violated")
            left.remove(near[0])
        else:
            is_missing = whole is not None and whole > hour and not by_then
            found.append("violated" if is_missing else "undetermined")
            for one in near[:1]:  # for this day or the next: it may be early for any after it
                left[left.index(one)] = due[0]
    return found


def reported(rng: random.Random) -> tuple[str, str, str]:
    """A daily entry due at noon for three days; the docket may have been read whole."""
    due = [12 + 24 * day for day in (2, 3, 4)]
    made = [drawn(rng, 50, 115) for _ in range(rng.choice([0, 1, 2, 3]))]
    whole = rng.choice([None, 61, 130])
    docket = f'[[docket_read]]\nread = "{at(whole)}"\ncomplete = true\n{BY}' if whole is not None else ""
    every = 'first = "2025-06-03T12:00:00.000000"\nlength = "P1D"\ntimes = 3\n'
    term = f'requires = "production"\n[term.every]\n{every}'
    text = order(acts(given=("binds", (0, 0), "")), term=term, rest=docket)
    events = [of_one("production", f"e{n}", span) for n, span in enumerate(made)]
    day = rng.choice([0, 1, 2])
    expected = agreed(of_days(world, due, whole)[day] for world in itertools.product(*map(hours, made)))
    instant = int(dt.datetime.fromisoformat(at(due[day])).timestamp() * 1_000_000)
    found = next(row["verdict"] for row in judged([text], events)[1] if row["at_lo"] == instant)
    if found == "undetermined" and any(a < b for a, b in made):
        expected = found  # of an entry of which the hour is open, the day is too
    return expected, found, text + "\n".join(events)


@pytest.mark.parametrize(
    ("check", "seed"), [(unless, 1), (within, 2), (stayed_in_part, 3), (extended, 4), (reported, 5)]
)
def test_a_verdict_is_what_all_worlds_say(
    check: Callable[[random.Random], tuple[str, str, str]], seed: int
) -> None:
    tried(check, seed, draws(6, 400))
