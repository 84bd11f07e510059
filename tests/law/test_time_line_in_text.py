"""The time line that `why` prints: times in minutes drawn here, put into an order and an event, and read back from
the printed lines. What stands before what, and what may stand the other way round, is worked out from the minutes.
"""

from __future__ import annotations

import random
from pathlib import Path

from attack.scale import draws
from casefile.made import said
from judged import act, event, order

from paradero.casefile.folder import create

CASE = (
    '[[case]]\ntitle = "c"\nkind = "release"\nmoments = { done = "2025-01-01T00:00Z" }\n'
    'verdicts = { t = "not_bound" }\n'
)
ACTS = {"given": "binds", "halted": "stays", "over": "expires"}


def clock(minute: int) -> str:
    return f"2025-04-04T{minute // 60:02}:{minute % 60:02}"


def drawn(rng: random.Random) -> tuple[int, int]:
    begin = rng.randrange(60, 20 * 60)
    return begin, begin + rng.choice([0, 0, 1, 30, 200])


def test_the_time_line_is_in_order_and_says_what_may_be_otherwise(tmp_path: Path) -> None:
    for seed in range(draws(4, 60)):
        rng = random.Random(seed)
        spans = {name: drawn(rng) for name in (*ACTS, "asked")}
        while len({begin for begin, _ in spans.values()}) < len(spans):
            spans = {name: drawn(rng) for name in spans}

        def written(name: str, spans: dict[str, tuple[int, int]] = spans) -> str:
            begin, end = spans[name]
            return f"{clock(begin)}Z" if begin == end else f"{clock(begin)}/{clock(end)}Z"

        case = create(tmp_path / str(seed))
        acts = "".join(act(name, ACTS[name], written(name)) for name in spans if name != "asked")
        (case.root / "orders").mkdir(exist_ok=True)
        (case.root / "events").mkdir(exist_ok=True)
        (case.root / "orders" / "o.toml").write_text(order(acts, rest=CASE))
        (case.root / "events" / "e.toml").write_text(event(written("asked")))
        said(case.root, "build")
        (verdict,) = [row["id"] for row in said(case.root, "audit", "--json").json["rows"]]
        for language, head, mark, other in (
            ("en", "In order of time", "← asked about", "(may also be after the next)"),
            (
                "es",
                "En orden de tiempo",
                "← por el que se pregunta",
                "(también puede ser después del siguiente)",
            ),
        ):
            told = [
                line.strip() for line in said(case.root, "why", verdict, "--lang", language).out.splitlines()
            ]
            start = next(number for number, line in enumerate(told) if line.startswith(head))
            lines = []
            for line in told[start + 1 :]:
                if not line.startswith("– "):
                    break
                lines.append(line)
            meant = sorted(spans, key=lambda name: spans[name])
            assert len(lines) == len(meant), (seed, lines)
            for place, (line, name) in enumerate(zip(lines, meant, strict=True)):
                assert (mark in line) is (name == "asked"), (seed, lines)
                assert name == "asked" or f": {name}" in line, (seed, lines)
                assert f"{spans[name][0] // 60:02}:{spans[name][0] % 60:02}" in line, (seed, lines)
                # a minute lasts until the next begins
                is_open = place + 1 < len(meant) and spans[name][1] + 1 > spans[meant[place + 1]][0]
                assert (other in line) is is_open, (seed, lines)
