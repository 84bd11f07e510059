"""Definitions and the codebook name what the files of definitions and the tables name."""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import paradero
from paradero.building.receipts import built
from web.asked import records
from web.read_tables import Read

SOURCE = Path(paradero.__file__).parent


def test_every_definition_is_listed() -> None:
    page = Read(records().ask("/en/definitions").text)
    headcounts = [
        tomllib.loads(path.read_text("utf-8")) for path in (SOURCE / "custody" / "headcounts").glob("*.toml")
    ]
    listed = {row[0] for row in page.rows("Ways of counting people held")[1:]}
    assert listed == {one["definition"] for one in headcounts}
    figures = {
        path.stem: tomllib.loads(path.read_text("utf-8"))
        for path in (SOURCE / "figures" / "definitions").glob("*.toml")
    }
    shown = dict(page.rows("Figures that paradero publishes"))
    assert set(shown) == set(figures)
    for name, one in figures.items():
        assert re.sub(r"\{[a-z_]+\}", "…", one["definition"]) in shown[name]
    rules = {path.name for path in (SOURCE / "law" / "rules").iterdir() if (path / "rule.toml").exists()}
    assert {row[0] for row in page.rows("Rules that events and custody are held against")[1:]} == rules


@pytest.mark.parametrize(("language", "file"), [("en", "columns.csv"), ("es", "columns_es.csv")])
def test_every_column_has_its_meaning_and_its_tables(language: str, file: str) -> None:
    with (SOURCE / "model" / file).open(encoding="utf-8", newline="") as stream:
        meanings = {row["name"]: row["meaning"] for row in csv.DictReader(stream)}
    found: dict[str, list[str]] = {}
    for page in range(1, 40):
        read = Read(records().ask(f"/{language}/definitions/columns?page={page}").text)
        tables = read.main.all("table")
        if not tables:
            break
        for row in read.rows("Columns" if language == "en" else "Columnas")[1:]:
            found[row[0]] = row[1:]
    folder, receipt = built(records().case)
    for table in receipt.tables:
        for name in pq.read_schema(folder / f"{table.name}.parquet").names:
            assert table.name in found[name][2].split(", "), name
            if name in meanings:
                assert found[name][0].startswith(meanings[name])  # a length says its unit behind it
    assert len(found) > 300


def test_what_is_looked_for_is_found_or_said_not_to_be() -> None:
    page = Read(records().ask("/en/definitions/columns?q=unaccounted_since").text)
    assert [row[0] for row in page.rows("Columns")[1:]] == ["unaccounted_since"]
    page = Read(records().ask("/en/definitions/columns?q=no-such-thing").text)
    assert "No column has “no-such-thing” in its name or meaning." in page.text
