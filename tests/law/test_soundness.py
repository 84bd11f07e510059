"""No verdict that the record does not support: against an oracle that tries every instant, and under wider
bounds and hidden values.
"""

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from judged import act, attribute, event, judged, order

HOURS = range(7)

Bounds = tuple[int, int]


@dataclass(frozen=True)
class Drawn:
    """An order and an event on a small clock of whole hours: bounds of each time, None where nobody says."""

    begin: Bounds | None
    event: Bounds | None
    law: tuple[str, ...]
    happened: bool
    expires: Bounds | str | None = "never"
    extended: Bounds | str | None = "never"
    expires_again: Bounds | str | None = "never"
    stayed: Bounds | str | None = "never"
    resumed: Bounds | str | None = "never"
    vacated: Bounds | str | None = "never"


def drawn(chance: random.Random) -> Drawn:
    """Draw one, with short bounds more often than long ones."""

    def bounds() -> Bounds | None:
        if chance.random() < 0.08:
            return None
        lo = chance.choice(HOURS)
        return lo, min(lo + chance.choice([0, 0, 0, 1, 2, 4]), HOURS[-1])

    def maybe() -> Bounds | str | None:
        return bounds() if chance.random() < 0.4 else "never"

    one = Drawn(
        begin=bounds(),
        event=bounds(),
        law=chance.choice([("A",), ("A",), ("A",), ("C",), ("A", "C"), ()]),
        happened=chance.random() < 0.9,
    )
    expires, stayed = maybe(), maybe()
    extended = maybe() if expires != "never" else "never"
    again = bounds() if extended != "never" else "never"
    resumed = maybe() if stayed != "never" else "never"
    return replace(
        one,
        expires=expires,
        extended=extended,
        expires_again=again,
        stayed=stayed,
        resumed=resumed,
        vacated=maybe(),
    )


def text_of(bounds: Bounds | None) -> list[str]:
    """Write bounds as a time, hour by hour on one day."""
    return (
        []
        if bounds is None
        else [f"2025-03-15T{bounds[0]:02}:00:00.000000Z/2025-03-15T{bounds[1]:02}:00:00.000000Z"]
    )


def written(one: Drawn, number: int) -> tuple[str, str]:
    """Write the order and the event; the order protects that event's subject alone, if it is of the class."""
    acts = act("given", "binds", *text_of(one.begin))
    for name, does, bounds, more in (
        ("expires", "expires", one.expires, ""), ("extended", "extends", one.extended, 'until = "again"'), ("again", "expires", one.expires_again, ""),
        ("stayed", "stays", one.stayed, ""), ("resumed", "resumes", one.resumed, 'of = "stayed"'), ("vacated", "vacates", one.vacated, ""),
    ):  # fmt: skip
        if bounds != "never":
            acts += act(name, does, *text_of(bounds), more=more)  # type: ignore[arg-type]
    scope = (
        f'individuals = ["s{number}"]\n[[scope.condition]]\nattribute = "law"\nis_one_of = ["A"]\nwhat ='
        ' "w"\nwhat_es = "w"\nrecord = "r"\nfield = "f"\n'
    )
    of = attribute("law", *one.law) if one.law else ""
    time = text_of(one.event)
    order_text = order(acts, scope=scope).replace('id = "o"', f'id = "o{number}"', 1)
    of = f"people_hi = 1\n{of}"
    return order_text, event(
        time[0] if time else None,
        name=f"e{number}",
        subject=f"s{number}",
        attributes=of,
        happened=one.happened,
    )


def every(bounds: Bounds | str | None) -> Iterator[int | None]:
    """Every hour within the bounds; None where the act never was; hours all around where nobody says."""
    if bounds == "never":
        yield None
    elif bounds is None:
        yield from range(-2, HOURS[-1] + 3)
    else:
        yield from range(bounds[0], bounds[1] + 1)  # type: ignore[arg-type]


def truth(one: Drawn) -> set[str]:
    """Every verdict that some choice of instants and of a law gives, by the plain definition."""
    found = set()
    hours = (
        every(b)
        for b in (
            one.begin,
            one.event,
            one.expires,
            one.extended,
            one.expires_again,
            one.stayed,
            one.resumed,
            one.vacated,
        )
    )
    for begin, at, expires, extended, again, stayed, resumed, vacated in itertools.product(*hours):
        t = at
        alive = expires is None or t < expires or (extended is not None and extended <= t < again)
        lies_stayed = stayed is not None and stayed <= t and (resumed is None or t < resumed)
        in_force = begin <= t and alive and not lies_stayed and not (vacated is not None and vacated <= t)
        for law in one.law or ("A", "C"):
            if law != "A" or not in_force:
                found.add("not_bound")
            else:
                found.add("violated" if one.happened else "complied")
    return found


A_RUN = 25  # every order is held against every event of its run


def verdicts_of(many: list[Drawn]) -> list[str]:
    """The verdict on each, many judged at once."""
    return [
        verdict
        for first in range(0, len(many), A_RUN)
        for verdict in _verdicts_of_a_run(many[first : first + A_RUN])
    ]


def _verdicts_of_a_run(many: list[Drawn]) -> list[str]:
    texts = [written(one, number) for number, one in enumerate(many)]
    matrix, rows = judged([text for text, _ in texts], [text for _, text in texts])
    found: dict[int, str] = {}
    for row in rows:
        number = int(matrix.variants[row["variant"]].order.id.removeprefix("o"))
        if matrix.events[row["event_no"]].id == f"e{number}":
            found[number] = row["verdict"]
    return [found[number] for number in range(len(many))]


def is_impossible(one: Drawn) -> bool:
    """Whether an end or a stay is dated before the order for certain: no world agrees with all that is said,
    and knowing less may bring one back.
    """
    ends = [each for each in (one.expires, one.stayed, one.vacated) if isinstance(each, tuple)]
    return isinstance(one.begin, tuple) and any(each[1] < one.begin[0] for each in ends)


def test_a_verdict_holds_for_every_instant_within_the_bounds() -> None:
    chance = random.Random(20250315)
    many = [drawn(chance) for _ in range(250)]
    possible = [truth(one) for one in many]
    found = verdicts_of(many)
    wrong = [
        (one, verdict, truths)
        for one, verdict, truths in zip(many, found, possible, strict=True)
        if verdict != "undetermined" and truths != {verdict}
    ]
    assert wrong == []
    assert {"violated", "complied", "not_bound", "undetermined"} <= set(found)
    # and it is not undetermined for nothing: only where answers that hang together are asked one by one
    certain = [
        number
        for number, truths in enumerate(possible)
        if len(truths) == 1 and not is_impossible(many[number])
    ]
    assert sum(found[number] == "undetermined" for number in certain) <= len(certain) // 10


def widened(one: Drawn, chance: random.Random) -> Drawn:
    """The same with one time known less well, not at all, or the law unknown."""
    names = [
        name
        for name in ("begin", "event", "expires", "extended", "expires_again", "stayed", "resumed", "vacated")
        if isinstance(getattr(one, name), tuple)
    ]
    name = chance.choice([*names, "law"])
    if name == "law":
        return replace(one, law=chance.choice([(), tuple(dict.fromkeys((*one.law, "C"))) if one.law else ()]))
    lo, hi = getattr(one, name)
    wider = (
        None
        if chance.random() < 0.3
        else (max(lo - chance.choice([0, 1, 3]), 0), min(hi + chance.choice([0, 1, 3]), HOURS[-1]))
    )
    return replace(one, **{name: wider})


def test_knowing_less_turns_a_verdict_only_into_undetermined() -> None:
    chance = random.Random(20250407)
    before = [drawn(chance) for _ in range(250)]
    after = [widened(one, chance) for one in before]
    flipped = [
        (one, other, was, now)
        for one, other, was, now in zip(before, after, verdicts_of(before), verdicts_of(after), strict=True)
        if now not in (was, "undetermined") and not is_impossible(one)
    ]
    assert flipped == []
