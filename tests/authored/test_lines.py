"""Every table and value of a TOML file is found on its line, however it is written."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from attack.scale import draws
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from authored.written import Written, written
from paradero.authored.lines import line_of, lines_of

CASES = sorted(
    path
    for room in ("cases", "law")
    for path in (Path(__file__).parents[2] / "src" / "paradero" / room).rglob("*.toml")
)


@given(written())
@settings(
    max_examples=draws(80, 2000),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_lines_are_those_on_which_the_writer_put_things(case: tuple[dict[str, Any], Written]) -> None:
    loaded, out = case
    assert tomllib.loads(out.text) == loaded, "the writer writes what it was given"
    assert dict(lines_of(out.text)) == out.lines


@given(written(), st.data())
@settings(
    max_examples=draws(40, 500),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_what_is_not_there_is_told_on_the_line_of_what_lacks_it(
    case: tuple[dict[str, Any], Written], data: st.DataObject
) -> None:
    _, out = case
    path = data.draw(st.sampled_from([(), *sorted(out.lines, key=str)]))
    assert line_of(out.text, [*path, "nowhere", 3]) == out.lines.get(path, 1)


def test_what_is_no_toml_has_no_lines() -> None:
    with pytest.raises(ValueError, match="no key at 6: the text is not TOML"):
        lines_of("a = 1\n= 2\n")


def _paths(value: Any, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [*([at] if at else []), *(path for name, each in inner for path in _paths(each, (*at, name)))]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_every_value_of_the_files_that_come_with_paradero_has_a_line(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = lines_of(text)
    assert set(lines) == set(_paths(tomllib.loads(text)))
    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())


SPELLINGS = {
    "a header": ('[[subject]]\nid = "a"\n\n[[subject.claim]]\n\n[[subject.claim]]\nlo = 3\n', 7),
    "in line": ('subject = [\n  { id = "a", claim = [\n  { },\n  { lo = 3 },\n]}]\n', 4),
    "dotted": ("[[subject]]\n[[subject.claim]]\n[[subject.claim]]\na.b = 1\nlo.x = 3\n", 5),
    "quoted": ('[["subject"]]\n[[subject."claim"]]\n[[ \'subject\' . claim ]]\n"lo" = 3\n', 4),
    "after a text that looks like it": (
        (
            '[[subject]]\nnote = """\n[[subject.claim]]\nlo ='
            ' 3\n"""\n[[subject.claim]]\n[[subject.claim]]\nlo = 3\n'
        ),
        8,
    ),
    "Windows": ("[[subject]]\r\n[[subject.claim]]\r\n[[subject.claim]]\r\nlo = 3\r\n", 4),
}


@pytest.mark.parametrize("how", SPELLINGS)
def test_one_value_in_many_spellings(how: str) -> None:
    text, line = SPELLINGS[how]
    assert line_of(text, ["subject", 0, "claim", 1, "lo"]) == line
