"""Every form of term under less knowledge: one statement left out, one time cut to its day, widened or
withheld, and no verdict claims more than before.

Cases are drawn; the oracle compares verdicts by their names alone. What contradicts itself may be settled by
leaving one side out, and is not touched.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from attack.scale import draws
from judged import act, event, judged, order

BY = 'by = "a clerk"\nevidence = "record"\nseen = []\n'
PEOPLE = ("ana", "berto", "carla")
TIME = re.compile(r'time = "[^"]*"')
Verdicts = dict[tuple[str, str, str], str]

UNLESS = 'forbids = "release"\n[term.unless]\nkind = "notice"\n'
WITHIN = 'requires = "hearing"\n[term.within]\nafter = "request"\nlength = "P3D"\n'
ELSE = 'or_else = "u"\n\n[[term]]\nid = "u"\nsays = "s"\nrequires = "release"\n'
EVERY = 'requires = "production"\n[term.every]\nfirst = "2025-03-10T12:00"\nlength = "P2D"\ntimes = 4\n'
COUNT = 'requires = "return"\nby = "due"\n[term.count]\nat_least = 2\npeople_lo = 3\npeople_hi = 3\n'
ROOM = 'forbids = "holding"\n[term.limit]\nmeasure = "m"\nunit = "duration"\nat_most = "P3D"\n'
FORMS: dict[str, tuple[str, tuple[str, ...]]] = {
    "unless": (
        f'{UNLESS}at_least = "PT48H"\nrule = "elapsed"\nitems = ["i"]\n',
        ("release", "notice", "notice"),
    ),
    "received": (f'{UNLESS}at_least = "P2D"\nrule = ""\nreceived = true\n', ("release", "notice")),
    "within": (f'{WITHIN}rule = "frcp-6"\n', ("request", "hearing", "hearing", "request")),
    "else": (WITHIN + ELSE, ("request", "hearing", "release")),
    "during": (
        'forbids = "release"\n[term.within]\nafter = "request"\nlength = "P3D"\n',
        ("request", "release"),
    ),
    "keeps": ('forbids = "release"\n[term.keeps]\nattribute = "d"\nvalues = ["D"]\n', ("release",)),
    "limit": (ROOM, ("holding",)),
    "every": (EVERY, ("production",) * 3),
    "often": (f"{EVERY}each = 2\n", ("production",) * 5),
    "step": (
        'forbids = "release"\n[term.step]\nlength = "P3D"\ncured_by = "return"\n',
        ("release", "notice", "return", "return"),
    ),
    "count": (COUNT, ("return",) * 3),
    "parts": ('requires = "return"\nby = "due"\nitems = ["i"]\n', ("return",) * 2),
}


@dataclass(frozen=True)
class Piece:
    """A piece of a file: one that can be left out, and whether it gives a time."""

    text: str
    can_go: bool = False
    is_time: bool = False


def instant(rng: random.Random, lo: int, hi: int) -> str:
    """Draw a time of March 2025, or bounds of one."""
    day, hour = rng.randint(lo, hi), rng.choice([0, 9, 12, 17])
    first = f"2025-03-{day:02}T{hour:02}:00Z"
    return (
        first if rng.random() < 0.8 else f"{first}/2025-03-{min(day + rng.choice([0, 1, 3]), 29):02}T23:59Z"
    )


def drawn_event(rng: random.Random, name: str, kind: str) -> list[Piece]:
    """Draw what befell one person, with more or less said of it."""
    head, _, _ = event(None, name=name, kind=kind, subject=rng.choice(PEOPLE)).partition("[[outcome]]")
    pieces = [Piece(f"{head}people_hi = 1\n")]
    for attribute, values in (("law", "AB"), ("from_d", "DE"), ("to_d", "DE")):
        said = f'[[subject.attribute]]\nname = "{attribute}"\nis_one_of = ["{rng.choice(values)}"]\n{BY}'
        pieces += [Piece(said, can_go=True)] if rng.random() < 0.7 else []
    happened = rng.choice(["true"] * 4 + ["false"])
    pieces += [Piece(f"[[outcome]]\nhappened = {happened}\n{BY}", can_go=True)] if rng.random() < 0.95 else []
    given = rng.choice(["true", "true", "false"])
    pieces += (
        [Piece(f'[[item]]\nname = "i"\ngiven = {given}\n{BY}', can_go=True)] if rng.random() < 0.6 else []
    )
    for phase in ("begin", "end") if kind == "holding" else ("done",):
        pieces.append(Piece(f'[[moment]]\nphase = "{phase}"\n'))
        said = f'[[moment.said]]\ntime = "{instant(rng, 3, 25)}"\n{BY}'
        pieces += [Piece(said, can_go=True, is_time=True)] if rng.random() < 0.9 else []
    return pieces


def drawn_order(rng: random.Random, term: str) -> str:
    """Draw an order with that term, that may be stayed, for one person or a class, and a docket."""
    acts = act("given", "binds", instant(rng, 1, 8))
    acts += act("due", "deadline", instant(rng, 10, 20)) if 'by = "due"' in term else ""
    if rng.random() < 0.3:
        acts += act("stayed", "stays", instant(rng, 5, 20))
        lifted = act("lifted", "resumes", instant(rng, 20, 28), more='of = "stayed"')
        acts += lifted if rng.random() < 0.5 else ""
    scope = 'individuals = ["ana"]' if rng.random() < 0.4 else ""
    if rng.random() < 0.4:
        asked = 'what = "w"\nrecord = "r"\nfield = "f"\n'
        scope += f'\n[[scope.condition]]\nattribute = "law"\nis_one_of = ["A"]\n{asked}'
    docket = f'[[docket_read]]\nread = "2025-03-{rng.randint(15, 28)}"\ncomplete = true\n{BY}'
    return order(acts, term=term, scope=scope, rest=docket if rng.random() < 0.5 else "")


def verdicts(text: str, events: Sequence[Sequence[Piece]]) -> tuple[Verdicts, bool]:
    """The verdicts by term, reading and event, and whether anything contradicts itself.

    What is due again and again has one row a day, beside the entry that answers it or beside the silence: it
    is known by its day, for which entry answers it is just what less knowledge leaves open.
    """
    matrix, rows = judged([text], ["\n".join(piece.text for piece in each) for each in events])
    found = {}
    for row in rows:
        variant = matrix.variants[row["variant"]]
        whose = f"due {row['at_hi']}" if variant.term.every else matrix.events[row["event_no"]].id
        key = (variant.term.id, variant.construction or "", whose)
        assert key not in found, f"two rows on {key}"
        found[key] = row["verdict"]
    return found, bool(matrix.timeline.disagreements)


def known_less(rng: random.Random, pieces: Sequence[Piece]) -> list[Piece]:
    """One statement left out, or one time known less well."""
    place = rng.choice([number for number, piece in enumerate(pieces) if piece.can_go])
    piece = pieces[place]
    how = rng.choice(["out", "day", "wide", "withheld"]) if piece.is_time else "out"
    new = {
        "out": "",
        "day": re.sub(r'time = "([\d-]{10})T[^"/]*"', r'time = "\1"', piece.text),
        "wide": TIME.sub('time = "2025-03-01/2025-03-30"', piece.text),
        "withheld": TIME.sub('withheld = "(b)(7)(E)"', piece.text),
    }[how]
    changed = [replace(piece, text=new)] if new else []
    return [*pieces[:place], *changed, *pieces[place + 1 :]]


def claims_more(before: Verdicts, after: Verdicts) -> list[str]:
    """What is claimed too much: another verdict than before that is not open, one that is gone without a word
    that it is open, and one on what had none.
    """
    found = []
    for key, was in before.items():
        now = after.get(key)
        is_open_elsewhere = any(
            one[0] == key[0] and one[2].startswith(("untold", "how-many")) and verdict == "undetermined"
            for one, verdict in after.items()
        )
        if now not in (was, "undetermined") and not (
            now is None and (is_open_elsewhere or was == "undetermined")
        ):
            found.append(f"{key}: {was} became {now}")
    said = {(key[0], verdict) for key, verdict in before.items()}
    new = [key for key in after if key not in before and after[key] in ("violated", "complied")]
    return found + [f"{key}: {after[key]} is new" for key in new if (key[0], after[key]) not in said]


def test_knowing_less_under_any_form_claims_nothing_more() -> None:
    wrong, seen, n = [], set(), 0
    for seed in range(draws(10, 900)):
        rng = random.Random(seed)
        name = list(FORMS)[seed % len(FORMS)]
        term, kinds = FORMS[name]
        text = drawn_order(rng, term)
        events = [drawn_event(rng, f"e{number}", kind) for number, kind in enumerate(kinds)]
        before, is_disputed = verdicts(text, events)
        seen |= set(before.values())
        if is_disputed:
            continue
        for _ in range(draws(1, 4)):
            which = rng.randrange(len(events))
            if not any(piece.can_go for piece in events[which]):
                continue
            less = [*events]
            less[which] = known_less(rng, events[which])
            n += 1
            after, _ = verdicts(text, less)
            wrong += [f"seed {seed}, {name}: {each}" for each in claims_more(before, after)]
    assert not wrong, f"{len(wrong)} claims too many after {n} changes, the first:\n" + "\n".join(wrong[:5])
    assert n > draws(4, 800)
    assert len(seen) > 2
