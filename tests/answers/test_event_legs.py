"""Legs of positions and of flight lists as statements of events: bounds, what they rest on, and what cannot
be.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from casefile.made import copied, said

from paradero.answers.law.law_files import law_of
from paradero.authored.declared import AuthoredError
from paradero.casefile.folder import Casefile
from paradero.casefile.originals import sources_of
from paradero.flights.fabricated import fabricated_trace

EVENT = """
id = "flight"
what = "A flight"
what_es = "Un vuelo"
kind = "{kind}"

[subject]
id = "aboard"
what = "everybody aboard"
what_es = "todas las personas a bordo"

[[leg]]
sources = [{sources}]
{aircraft}
takeoff = "{takeoff}"
by = "an observer"
evidence = "{evidence}"
seen = ["https://example.org"]
"""
LIST = (
    "registration,origin,destination,takeoff,landing\nN101XX,KHRL,MSLP,2025-03-16T10:00Z,2025-03-16T12:40Z\n"
)


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Casefile:
    """A casefile of a trace and of a flight list."""
    tmp_path = tmp_path_factory.mktemp("legs")
    assert said(tmp_path, "new", "case").code == 0
    folder = tmp_path / "case"
    (folder / "trace.json").write_text(json.dumps(fabricated_trace()), encoding="utf-8")
    (folder / "list.csv").write_text(LIST, encoding="utf-8")
    assert said(folder, "add", "trace.json", "list.csv").code == 0
    (folder / "events").mkdir()
    return Casefile(folder)


@pytest.fixture
def case(added: Casefile, tmp_path: Path) -> Casefile:
    return copied(added, tmp_path / "case")


def times(
    case: Casefile,
    *,
    name: str = "trace.json",
    aircraft: str = 'hex = "a00000"',
    takeoff: str = "2025-03-16T01:00Z",
    **more: str,
) -> dict[str, str]:
    """What the event's leg says of each phase."""
    source = next((one.source for one in sources_of(case) if one.file_name == name), name)
    text = EVENT.format(
        **{
            "kind": "removal",
            "evidence": "tracker",
            "sources": f'"{source}"',
            "aircraft": aircraft,
            "takeoff": takeoff,
        }
        | more
    )
    (case.root / "events" / "flight.toml").write_text(text, encoding="utf-8")
    (event,) = law_of(case).events
    return {one.of.partition(".")[2]: one.said.time for one in event.statements}


def test_a_trace_bounds_departure_airspace_and_an_open_landing(case: Casefile) -> None:
    assert times(case) == {
        "departure": "2025-03-16T00:59:40.000Z/2025-03-16T01:00:20.000Z",
        "leaves_airspace": "2025-03-16T01:03:00.000Z/..",  # lost outside: it can have turned back
        "landing": "2025-03-16T01:51:35.000Z/..",
    }


def test_a_leg_that_lands_in_the_united_states_is_no_removal_but_can_be_a_transfer(case: Casefile) -> None:
    with pytest.raises(
        AuthoredError,
        match=(r"the leg of a removal must end abroad; this one lands in the United States \(KHRL"),
    ):
        times(case, takeoff="2025-03-16T03:00Z/2025-03-16T05:30Z")
    found = times(case, takeoff="2025-03-16T03:00Z/2025-03-16T05:30Z", kind="transfer")
    assert found == {
        "departure": "../2025-03-16T05:29:25.000Z",
        "landing": "2025-03-16T06:21:00.000Z/2025-03-16T06:21:20.000Z",
    }


def test_a_list_bounds_both_ends_and_cites_its_row(case: Casefile) -> None:
    found = times(
        case,
        name="list.csv",
        aircraft='registration = "N-101XX"',
        takeoff="2025-03-16",
        kind="transfer",
        evidence="press",
    )
    assert {name: text[:16] for name, text in found.items()} == {
        "departure": "2025-03-16T10:00",
        "landing": "2025-03-16T12:40",
    }
    (event,) = law_of(case).events
    assert event.statements[0].said.seen[0].startswith("list.csv (original ")
    assert event.statements[0].said.seen[0].endswith(", row 2)")


WRONG = [
    (
        {"takeoff": "2025-03-17"},
        (
            "no legs may have begun 2025-03-17. Make `takeoff` fit one; take-offs there:"
            " 2025-03-16T00:59:40.000Z"
        ),
    ),
    ({"takeoff": "2025-03-16"}, ": 2 legs may have begun 2025-03-16. Make"),
    ({"aircraft": 'hex = "a00001"'}, "none of this aircraft"),
    (
        {"name": "aaaaaaaaaaaa"},
        (
            "no original of positions or flight list is aaaaaaaaaaaa. Add it, or correct `sources`. Sources"
            " of flights:"
        ),
    ),
    ({"name": "trace"}, "the first 12 letters of each SHA-256; `trace` does not"),
    ({"kind": "release"}, "a release has no leg"),
    ({"aircraft": ""}, "neither `hex` nor `registration`"),
    ({"takeoff": "soon"}, "soon"),
    ({"evidence": "court"}, "court"),
]


@pytest.mark.parametrize(("changed", "words"), WRONG)
def test_what_cannot_be_is_one_sentence_with_file_and_line(
    case: Casefile, changed: dict[str, str], words: str
) -> None:
    with pytest.raises(AuthoredError) as caught:
        times(case, **changed)  # type: ignore[arg-type]
    assert words in str(caught.value)
    assert "flight.toml line" in str(caught.value)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("cancelled,2025-03-16T12:40Z", "was not flown: it says `cancelled`"),
        (",2025-03-16T09:40Z", "lands before its take-off"),
    ],
)
def test_a_row_that_was_not_flown_is_refused(case: Casefile, row: str, words: str) -> None:
    (case.root / "odd.csv").write_text(
        f"registration,origin,destination,takeoff,status,landing\nN101XX,KHRL,MSLP,2025-03-16T10:00Z,{row}\n",
        encoding="utf-8",
    )
    assert said(case.root, "add", "odd.csv").code == 0
    with pytest.raises(AuthoredError, match=words):
        times(case, name="odd.csv", aircraft='registration = "N101XX"', takeoff="2025-03-16")


def test_a_row_that_lands_in_the_united_states_is_no_removal(case: Casefile) -> None:
    (case.root / "domestic.csv").write_text(LIST.replace("MSLP", "KAEX"), encoding="utf-8")
    assert said(case.root, "add", "domestic.csv").code == 0
    row = {"name": "domestic.csv", "aircraft": 'registration = "N101XX"', "takeoff": "2025-03-16"}
    with pytest.raises(AuthoredError, match=r"must end abroad; this one lands in the United States \(KAEX"):
        times(case, **row)
    assert set(times(case, **row, kind="transfer")) == {"departure", "landing"}


def test_an_original_that_was_changed_says_nothing(case: Casefile) -> None:
    times(case)
    (path,) = [one for one in case.sources.glob("*.json") if "575bd" in one.name or one.suffix == ".json"]
    path.chmod(0o644)
    path.write_text(path.read_text(encoding="utf-8").replace("FAB1", "FAB2"), encoding="utf-8")
    heard = said(case.root, "audit")
    assert heard.code == 1
    assert "changed after it was added" in heard.err
