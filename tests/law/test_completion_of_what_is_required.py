"""What is required of several phases is done at the phase that the construction names, be it by a date or
within a time after a trigger.
"""

from __future__ import annotations

import pytest
from judged import act, event, judged, order

BY_DATE = 'requires = "transfer"\nby = "due"\n'
WITHIN = 'requires = "transfer"\n[term.within]\nafter = "request"\nlength = "P7D"\nrule = "frcp-6"\n'
OR_ELSE = WITHIN + 'or_else = "u"\n\n[[term]]\nid = "u"\nsays = "s"\nrequires = "release"\n'
COUNT = BY_DATE + "[term.count]\nat_least = 1\npeople_lo = 2\npeople_hi = 2\n"
READINGS = "".join(
    f'[[completion]]\nid = "{name}"\nphase = "{phase}"\ntitle = "d"\n'
    for name, phase in (("a", "departure"), ("z", "hand_over"))
)
ASKED = event("2025-11-13T09:00", name="q", kind="request", subject="ana", attributes="people_hi = 1\n")

KEPT = event(
    "2025-12-30T09:00", name="k", kind="release", subject="ana", attributes="people_hi = 1\n", happened=False
)


def moved(departure: str, hand_over: str, *, happened: bool = True) -> str:
    """Write a transfer of one person, with what is said of its two phases."""
    text = event(
        None,
        name="e",
        kind="transfer",
        subject="ana",
        attributes="people_lo = 1\npeople_hi = 1\n",
        happened=happened,
    )
    said = "".join(
        f'[[moment]]\nphase = "{phase}"\n[[moment.said]]\ntime = "{time}"\nby = "b"\nevidence ='
        ' "record"\nseen = []\n'
        for phase, time in (("departure", departure), ("hand_over", hand_over))
        if time
    )
    head = text.partition("[[moment]]")[0]
    return head + said


def found(term: str, *events: str) -> dict[str, str]:
    """Judge: the verdict by construction, of the act or of the number reached."""
    acts = act("given", "binds", "2025-11-10T09:00Z") + act("due", "deadline", "2025-11-20T17:00Z")
    matrix, rows = judged([order(acts, term=term, rest=READINGS)], list(events))
    return {
        matrix.variants[row["variant"]].construction or "": row["verdict"]
        for row in rows
        if matrix.variants[row["variant"]].term.id == "t"
        and matrix.events[row["event_no"]].id in ("e", "how-many-t")
    }


@pytest.mark.parametrize("term", [BY_DATE, WITHIN, OR_ELSE])
@pytest.mark.parametrize(
    ("departure", "hand_over", "happened", "expected"),
    [
        ("2025-11-19T09:00Z", "2025-11-22T09:00Z", True, ("complied", "violated")),
        ("2025-11-19T09:00Z", "2025-11-20T09:00Z", True, ("complied", "complied")),
        ("2025-11-21T09:00Z", "", True, ("violated", "violated")),
        ("2025-11-19T09:00Z", "", True, ("complied", "undetermined")),
        ("", "2025-11-22T09:00Z", True, ("undetermined", "violated")),
        # not handed over until then, it may have set out
        ("", "2025-11-22T09:00Z", False, ("undetermined", "violated")),
        ("2025-11-22T09:00Z", "", False, ("violated", "violated")),
    ],
)  # fmt: skip
def test_each_construction_asks_about_its_own_phase(
    term: str, departure: str, hand_over: str, expected: tuple[str, str], *, happened: bool
) -> None:
    answers = found(term, ASKED, KEPT, moved(departure, hand_over, happened=happened))
    assert (answers["a"], answers["z"]) == expected


def test_a_count_asks_about_its_own_phase() -> None:
    answers = found(COUNT, moved("2025-11-19T09:00Z", "2025-11-22T09:00Z"))
    assert answers == {"a": "complied", "z": "undetermined"}
