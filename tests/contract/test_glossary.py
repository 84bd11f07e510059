"""GLOSSARY.md is held: what it retires is in no help, message, printed word or document."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from paradero.cli.main import app

ROOT = Path(__file__).parents[2]
WORDS = ROOT / "src" / "paradero" / "answers" / "words.toml"

# spelled as English or Spanish prose would have it; what stands in a name of a column or an option is no prose
RETIRED = {
    r"\bdetainees?\b": "people held",
    r"\balien\b(?! enemies| number| file)": "person",
    r"\bdeportees?\b": "people removed",
    r"\bcan have been\b": "may have been",
    r"\bnot told\b": "not stated",
    r"\bwhom\b": "name the people first",
    r"\btrust\b": "evidence",
    r"\bclash(es)?\b": "contradiction",
    r"\bchains? of custody\b": "custody history",
    r"\bcota\b": "mínimo, máximo",
    r"\btecho\b": "tope",
    r"\bimporte\b": "monto",
    r"\bañada\b": "agregue",
    r"\bTribunal Supremo\b": "Corte Suprema",
    r"\bhuso horario\b": "zona horaria",
    r"\bse equivoca\b": "no es el correcto",
    r"\bcaminos?\b": "vínculo",
    r"\bno obligad[ao]\b": "no aplica",
    r"\bindeterminad[ao]s?\b": "no se puede determinar",
}
_CODE = re.compile(r"```.*?```|`[^`]*`|\[[^\]]*\]\([^)]*\)|\{[^}]*\}|“[^”]*”|«[^»]*»|\"[^\"]*\"", re.DOTALL)


def prose() -> Iterator[tuple[str, str]]:
    """(where, text) of everything that people read and that we write."""
    yield from _helps(typer.main.get_command(app), "paradero")
    for language, words in tomllib.loads(WORDS.read_text(encoding="utf-8")).items():
        yield from ((f"words.toml [{language}] {name}", text) for name, text in words.items())
    for page in [ROOT / "README.md", *sorted((ROOT / "docs" / "how-to").glob("*.md"))]:
        yield str(page.relative_to(ROOT)), _CODE.sub(" ", page.read_text(encoding="utf-8"))


def _helps(command: Any, name: str) -> Iterator[tuple[str, str]]:
    yield name, command.help or ""
    for parameter in command.params:
        yield f"{name} {parameter.name}", getattr(parameter, "help", None) or ""
    for below, inner in getattr(command, "commands", {}).items():
        yield from _helps(inner, f"{name} {below}")


def test_no_retired_word_is_printed() -> None:
    found = [
        f"{where}: {match.group(0)!r}, write {heir!r}"
        for where, text in prose()
        for pattern, heir in RETIRED.items()
        for match in re.finditer(pattern, text, re.IGNORECASE)
    ]
    assert found == []


def test_both_languages_have_every_word() -> None:
    written = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    assert set(written) == {"en", "es"}
    assert set(written["en"]) == set(written["es"])
    for name, text in written["en"].items():
        fields = set(re.findall(r"\{(\w+)", text))
        assert fields == set(re.findall(r"\{(\w+)", written["es"][name])), name


def test_the_glossary_names_the_words_that_are_printed() -> None:
    glossary = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    for name in ("violated", "complied", "undetermined", "not_bound"):
        assert words["en"][name] in glossary
        assert words["es"][name] in glossary
