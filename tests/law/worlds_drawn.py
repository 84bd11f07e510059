"""What tests against worlds share: moments on a grid of hours, how files write them, and how draws are tried."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence

from judged import act, event, judged

Span = tuple[int, int]  # hours after 1 June 2025, both included
BY = 'by = "a clerk"\nevidence = "record"\nseen = []\n'
GIVEN: Span = (48, 48)


def at(hour: int) -> str:
    """An instant, to the microsecond, so that bounds are hours."""
    return f"2025-06-{1 + hour // 24:02}T{hour % 24:02}:00:00.000000Z"


def written(span: Span | None) -> str | None:
    """A moment as a file has it; None where nobody says."""
    return None if span is None else at(span[0]) if span[0] == span[1] else f"{at(span[0])}/{at(span[1])}"


def drawn(rng: random.Random, lo: int, hi: int) -> Span:
    """An instant, or up to some hours of doubt."""
    first = rng.randint(lo, hi)
    return first, first + rng.choice([0, 0, 1, 3, 8])


def hours(span: Span) -> range:
    """Every hour within a span."""
    return range(span[0], span[1] + 1)


def agreed(verdicts: Iterable[str]) -> str:
    """What all worlds say, or that it is open."""
    found = set(verdicts)
    return found.pop() if len(found) == 1 else "undetermined"


def acts(**spans: tuple[str, Span, str]) -> str:
    """Write the acts of an order."""
    return "".join(
        act(name.replace("_", "-"), does, str(written(span)), more=more)
        for name, (does, span, more) in spans.items()
    )


def of_one(kind: str, name: str, span: Span | None, *, happened: bool = True, more: str = "") -> str:
    """Write what befell one person."""
    text = event(written(span), name=name, kind=kind, happened=happened, attributes="people_hi = 1\n")
    return text + more


def verdicts(order_text: str, events: Sequence[str]) -> dict[str, str]:
    """Judge: the verdict by event."""
    matrix, rows = judged([order_text], events)
    return {matrix.events[row["event_no"]].id: row["verdict"] for row in rows}


def tried(check: Callable[[random.Random], tuple[str, str, str]], seed: int, n: int) -> None:
    """Try drawn cases; what is found has to be what the worlds say, and both kinds have to occur."""
    wrong, seen = [], set()
    for number in range(n):
        expected, found, text = check(random.Random(seed * 10_000 + number))
        seen.add(expected)
        if found != expected:
            wrong.append(f"draw {number}: {found}, but the worlds say {expected}\n{text}")
    assert not wrong, f"{len(wrong)} of {n}, the first:\n{wrong[0]}"
    assert len(seen) > 1, "every draw says the same"


def item(given: bool | None) -> str:
    """Write whether the reason was given, where somebody says."""
    said = f'[[item]]\nname = "reason"\ngiven = {str(given).lower()}\n{BY}'
    return "" if given is None else said
