"""`--publish` on the command line: what it writes, registers and refuses."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from attack.scale import at_length, sampled
from casefile.made import copied, said

from paradero.building.tables import open_tables
from paradero.casefile.folder import Casefile
from paradero.disclosure.unknowns import parts

SEX = ("export", "detention_rows", "--of", "rows", "--by", "gender")


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def folder(small: Casefile, tmp_path: Path) -> Path:
    return copied(small, tmp_path / "case").root


def registered(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(path.read_text()) for path in sorted((folder / "published").glob("*"))]


def counts(folder: Path, output: Path, *arguments: str) -> dict[tuple[str, ...], int]:
    """The true counts, as the command gives them for one's own eyes."""
    assert said(folder, *arguments, "-o", str(output)).code == 0
    own = {"rows", "people", "mark", "cells_withheld", "disclosure_control"}
    return {
        tuple(value for column, value in line.items() if column not in own): int(
            line.get("rows") or line["people"]
        )
        for line in lines(output)
        if line["mark"] == "whole"
    }


def test_counts_for_own_eyes_are_whole_and_say_so(folder: Path, tmp_path: Path) -> None:
    assert sum(counts(folder, tmp_path / "own.csv", *SEX).values()) == int(
        said(folder, "export", "detention_rows", "-o", str(tmp_path / "rows.csv"), "--json").json["n_rows"]
    )
    assert "Not for publication" in lines(tmp_path / "own.csv")[0]["disclosure_control"]
    assert not (folder / "published").exists()


def test_what_is_published_is_rounded_or_withheld_and_sums_are_of_it(folder: Path, tmp_path: Path) -> None:
    by = (*SEX[:-1], "gender,marital_status")
    true = counts(folder, tmp_path / "own.csv", *by)
    people = counts(folder, tmp_path / "people.csv", *(each if each != "rows" else "people" for each in by))
    assert said(folder, *by, "--publish", "-o", str(tmp_path / "out.csv")).code == 0
    found = lines(tmp_path / "out.csv")
    cells = [line for line in found if line["mark"] != "sum of what is shown"]
    assert len(cells) == len(true)
    for line in cells:
        count = true[line["gender"], line["marital_status"]]
        if line["mark"] == "withheld":
            assert line["rows"] == ""
        else:
            assert count > 7
            assert people[line["gender"], line["marital_status"]] > 7
            assert (int(line["rows"]) % 5, abs(int(line["rows"]) - count) <= 2) == (0, True)
    assert all(
        line["mark"] == "withheld" for line in cells if true[line["gender"], line["marital_status"]] <= 7
    )
    whole = next(line for line in found if line["gender"] == line["marital_status"] == "(all)")
    assert int(whole["rows"]) == sum(int(line["rows"]) for line in cells if line["rows"])
    assert int(whole["cells_withheld"]) == sum(line["rows"] == "" for line in cells)


def test_zero_and_one_look_alike(folder: Path, tmp_path: Path) -> None:
    """A line is the same but for its values, whether nobody or somebody is behind it."""
    by = (*SEX[:-1], "gender,book_in_aor")
    true = counts(folder, tmp_path / "own.csv", *by)
    assert said(folder, *by, "--publish", "-o", str(tmp_path / "out.csv")).code == 0
    alike = {
        tuple(value for column, value in line.items() if column not in ("gender", "book_in_aor"))
        for line in lines(tmp_path / "out.csv")
        if true.get((line["gender"], line["book_in_aor"]), 99) <= 7
    }
    assert {0, 1} <= set(true.values())
    assert len(alike) == 1


def test_the_same_again_is_the_same_and_is_registered_once(folder: Path, tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        assert said(folder, *SEX, "--publish", "-o", str(tmp_path / name)).code == 0
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    assert len(registered(folder)) == 1
    assert said(folder, "verify", "--quick").code == 0
    assert "published: 1 publications" in said(folder, "verify", "--quick").out
    assert "Published: 1 publications" in said(folder, "status").out


def test_the_register_has_every_decision_and_no_true_count(folder: Path, tmp_path: Path) -> None:
    by = (*SEX[:-1], "marital_status")
    true = counts(folder, tmp_path / "own.csv", *by)
    assert said(folder, *by, "--publish", "-o", str(tmp_path / "a.csv")).code == 0
    (one,) = registered(folder)
    assert (one["profile"], one["threshold"], one["base"]) == ("private", 7, 5)
    cells = one["counts"][0]["cells"]
    assert len(cells) == len(true)
    assert {cell["why"] for cell in cells} <= {"rounded", "small", "of few people", "protects"}
    assert all(cell["shown"] is None or cell["shown"] % 5 == 0 for cell in cells)
    log = (folder / "log.jsonl").read_text().splitlines()[-1]
    assert json.loads(log)["act"] == "publish"


@pytest.mark.parametrize("harm", ["edit", "remove", "put in", "cut"])
def test_nothing_is_published_where_the_register_is_not_as_the_log_names_it(
    folder: Path, tmp_path: Path, harm: str
) -> None:
    assert said(folder, *SEX, "--publish", "-o", str(tmp_path / "a.csv")).code == 0
    path = folder / "published" / "00001.json"
    if harm == "edit":
        path.write_text(path.read_text().replace('"rounded"', '"small"', 1))
    elif harm == "remove":
        path.unlink()
    elif harm == "cut":
        path.write_bytes(path.read_bytes()[:-20])
    else:
        (folder / "published" / "00002.json").write_text("{}")
    heard = said(folder, *SEX[:-1], "race", "--publish", "-o", str(tmp_path / "b.csv"))
    assert heard.code == 1
    assert "published/" in heard.err
    assert not (tmp_path / "b.csv").exists()
    assert said(folder, "verify", "--quick").code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "stints", "--publish"),
        ("report", "--about", "facility", "ZAAHOLD", "--publish"),
        ("exhibit", "x", "--publish"),
        ("bundle", "--publish"),
    ],
)
def test_what_is_about_single_people_or_rows_stays_in(
    folder: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    ending = {"report": "html", "exhibit": "html", "bundle": "zip"}.get(arguments[0], "csv")
    output = tmp_path / f"out.{ending}"
    heard = said(folder, *arguments, "-o", str(output))
    assert heard.code == 1
    assert "The profile `private`, which is taken where none is named, publishes counts only" in heard.err
    assert "--profile court" in heard.err
    assert not output.exists()
    assert not (folder / "published").exists()


@pytest.mark.parametrize("language", sampled(["en", "es"], ["es"]))
def test_the_report_of_a_private_list_has_counts_alone(folder: Path, tmp_path: Path, language: str) -> None:
    """No id, no row, no number but multiples of five and no small one; what was done is on the page, and the file
    is the one that the register names.
    """
    output = tmp_path / "out.html"
    command = ("report", "--publish", "--lang", language, "-o", str(output))
    heard = said(folder, *command)
    assert heard.code == 0, heard.err
    text = output.read_text(encoding="utf-8")
    with open_tables(Casefile(folder), "persons") as built:
        ids = {str(row["id"]) for row in built.rows("SELECT unique_identifier AS id FROM persons")}
    assert len(ids) > 20
    assert not [each for each in ids if each in text or each[:8] in text]
    assert not re.search(r"[0-9a-f]{12}:[^<\"]*:\d+", text)
    assert "<svg" not in text
    table = text[text.index("<tbody>") : text.index("</tbody>")]
    numbers = [int(each.replace(",", "")) for each in re.findall(r">([\d,]+)<", table)]
    assert numbers
    assert all(each % 5 == 0 and each > 7 for each in numbers)
    assert {"en": "Cells rounded: ", "es": "Celdas redondeadas: "}[language] in text
    assert {"en": "profile private", "es": "perfil privado"}[language] in text
    entry = json.loads((folder / "published" / "00001.json").read_text())
    assert entry["file_sha256"] == hashlib.sha256(output.read_bytes()).hexdigest()
    before = output.read_bytes()
    assert said(folder, *command).code == 0
    assert output.read_bytes() == before
    assert len(list((folder / "published").iterdir())) == 1


def test_for_the_court_all_leaves_marked_and_logged(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.html"
    heard = said(folder, "report", "--publish", "--profile", "court", "--lang", "es", "-o", str(output))
    assert heard.code == 0
    assert "Para el tribunal; no publicar." in output.read_text()
    act = json.loads((folder / "log.jsonl").read_text().splitlines()[-1])
    assert (act["act"], act["what"]["profile"]) == ("hand out", "court")
    assert not (folder / "published").exists()


def test_after_public_rows_nothing_can_be_kept_private(folder: Path, tmp_path: Path) -> None:
    public = ("export", "stints", "--publish", "--profile", "public")
    assert said(folder, *public, "-o", str(tmp_path / "rows.csv")).code == 0
    heard = said(folder, *SEX, "--publish", "-o", str(tmp_path / "a.csv"))
    assert heard.code == 1
    assert "is out already" in heard.err


def test_the_profile_of_the_casefile_is_taken(folder: Path, tmp_path: Path) -> None:
    settings = folder / "paradero.toml"
    settings.write_text(settings.read_text() + '\n[publishing]\nprofile = "court"\n')
    assert said(folder, "build").code == 0
    assert said(folder, "export", "stints", "--publish", "-o", str(tmp_path / "rows.csv")).code == 0
    settings.write_text(settings.read_text().replace('"court"', '"corut"'))
    assert said(folder, "build").code == 0
    heard = said(folder, "export", "stints", "--publish", "-o", str(tmp_path / "again.csv"))
    assert (heard.code, "`court`" in heard.err) == (1, True)


def test_counts_of_two_tables_are_not_published_both(folder: Path, tmp_path: Path) -> None:
    assert (
        said(folder, "export", "stints", "--by", "release", "--publish", "-o", str(tmp_path / "a.csv")).code
        == 0
    )
    people = ("export", "detention_rows", "--by", "gender", "--publish")
    heard = said(folder, *people, "-o", str(tmp_path / "b.csv"))
    assert (heard.code, "Count people from `stints`" in heard.err) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--by", "no_such"), "no_such"),
        (("--by", "gender,gender"), "twice"),
        (("--where", "gender"), "COLUMN=VALUE"),
        (("--where", "gender=nobody"), "nobody"),
        (("--where", "gender=Male", "--where", "gender!=Female"), "both"),
        (("--by", "gender", "--of", "cats"), "cats"),
        (("--by", "gender", "--profile", "court"), "--publish"),
        (("--by", "gender", "--publish", "--profile", "secret"), "secret"),
        (("--by", "unique_identifier", "--publish"), "who is in the records"),
        (("--by", "gender", "--where", "row_id=1", "--publish"), "row_id"),
        (("--by", "book_in_date_time", "--publish"), "fewer"),
    ],
)
def test_what_cannot_be_counted_is_named(
    folder: Path, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    heard = said(folder, "export", "detention_rows", *arguments, "-o", str(tmp_path / "a.csv"))
    assert heard.code == 1
    assert words in heard.err
    assert not (tmp_path / "a.csv").exists()


def test_a_limit_that_is_reached_publishes_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "MOST_UNKNOWNS", 1)
    heard = said(folder, *SEX, "--publish", "-o", str(tmp_path / "a.csv"))
    assert heard.code == 1
    assert not (tmp_path / "a.csv").exists()
    assert not (folder / "published").exists()


def test_figures_leave_rounded_or_withheld_or_not_at_all(folder: Path) -> None:
    before = {row["id"]: row for row in said(folder, "figures", "--json").json["rows"]}
    found = said(folder, "figures", "--publish", "--json").json
    assert found["refused"]
    assert found["scope"] == ""  # it may say whom a list is about
    assert not {row["id"] for row in found["rows"]} & set(found["refused"])
    gated = [row for row in found["rows"] if row["rounding"].startswith("lo: ")]
    assert gated
    for row in gated:
        assert (row["n_basis"], row["basis"], row["remarks"]) == (0, [], [])
        for end in ("lo", "hi"):
            true, shown = before[row["id"]][end], row[end]
            assert shown is None or (shown % 5 == 0 and true > 7 and abs(shown - true) <= 2)
            assert (
                f"{end}: {'not known' if true is None else 'withheld' if shown is None else 'rounded'}"
                in row["rounding"]
            )
    assert "people-recorded/FABRICATED" in found["refused"]


@at_length
def test_figures_in_spanish_say_what_was_withheld(folder: Path) -> None:
    heard = said(folder, "figures", "--publish", "--lang", "es")
    assert heard.code == 0
    assert "Control de divulgación: perfil privado." in heard.out
    assert "Celdas redondeadas" in heard.out
    assert "lo: redondeado" in heard.out
