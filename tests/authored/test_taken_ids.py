"""An id that stands twice is refused at its second table, with the line of the first."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from casefile.made import said


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reference case, which has files of every kind; only read."""
    folder = tmp_path_factory.mktemp("taken") / "case"
    assert said(folder.parent, "new", str(folder), "--from", "cecot-2025").code == 0
    return folder


@pytest.mark.parametrize(
    ("file", "table", "command"),
    [
        ("orders/jgg-class.toml", "act", "audit"),
        ("agreements/grant-of-22-march.toml", "amount", "agreements"),
        ("costs/a-year-abroad.toml", "input", "costs list"),
        ("costs/a-year-abroad.toml", "assumption", "costs list"),
        ("costs/a-year-abroad.toml", "result", "costs list"),
        ("balances/sent-15-march.toml", "count", "balance"),
        ("balances/sent-15-march.toml", "equation", "balance"),
        ("claims/money.toml", "subject.claim", "claims check"),
        ("companies/carriers.toml", "party", "companies list"),
    ],
)
def test_the_line_of_the_first_is_named(
    reference: Path, tmp_path: Path, file: str, table: str, command: str
) -> None:
    case = tmp_path / "case"
    shutil.copytree(reference, case)
    text = (case / file).read_text(encoding="utf-8")
    first, second = list(re.finditer(rf'\[\[{table}\]\]\nid = "(.+)"', text))[:2]
    text = text[: second.start(1)] + first[1] + text[second.end(1) :]
    (case / file).write_text(text, encoding="utf-8")
    heard = said(case, *command.split())
    # a table is placed at its header, its id, or what it holds
    at, before = (
        "|".join(str(text.count("\n", 0, one.start()) + more) for more in (1, 2, 3))
        for one in (second, first)
    )
    taken = (
        re.escape(f"{case / file} line ")
        + rf"(?:{at}): the id `(?:[\w-]+/)?{first[1]}` is taken by line (?:{before})\. Choose another\."
    )
    assert (heard.code, heard.out) == (1, "")
    assert re.search(taken, heard.err), heard.err


def test_another_file_is_named_whole(reference: Path, tmp_path: Path) -> None:
    case = tmp_path / "case"
    shutil.copytree(reference, case)
    own, copy = case / "companies" / "carriers.toml", case / "companies" / "more.toml"
    text = own.read_text(encoding="utf-8")
    copy.write_text(re.sub(r'^id = ".+"', 'id = "more"', text, count=1, flags=re.MULTILINE), encoding="utf-8")
    name = re.findall(r'\[\[party\]\]\nid = "(.+)"', text)[0]
    line = text[: text.index("[[party]]")].count("\n") + 2
    assert (
        f"{copy} line {line}: the id `{name}` is taken by the party in {own} line {line}. Rename one."
        in said(case, "companies", "list").err
    )
