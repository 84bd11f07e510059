"""A figure is a file and a value: every definition is whole, every number is what its rows are when somebody else
counts them, and what cannot be counted is no zero.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import fastexcel
import msgspec
import pytest
from casefile.made import RELEASE, copied, new_reference, original, said

from paradero.building.adding import add
from paradero.building.building import build
from paradero.casefile.folder import Casefile, create
from paradero.figures.answered import ANSWERS, Absent, Answered, Asked
from paradero.figures.computing import figure_of, figures_of, slug
from paradero.figures.definitions import Definition, definitions
from paradero.figures.figure import Figure, Figures
from paradero.model.answer import Answer
from paradero.model.errors import ParaderoError, UnknownName
from paradero.reports.content.numbers import noun

pytestmark = pytest.mark.xdist_group("figures")


@pytest.mark.parametrize("name", sorted(definitions()))
def test_a_definition_is_whole(name: str) -> None:
    """Both languages, an answer that there is, a unit that has words, placeholders alike in both languages."""
    found = definitions()[name]
    assert found.answer in ANSWERS
    for english, spanish in (
        (found.title, found.title_es),
        (found.definition, found.definition_es),
        (found.population, found.population_es),
        (found.cause, found.cause_es),
    ):
        assert bool(english) == bool(spanish)
        assert english == "" or english != spanish or "{" in english
    assert found.unit.startswith("of ") or noun(found.unit, one=True, language="es") != found.unit
    assert not found.hi or found.cause or found.widths, "two bounds and nothing that says why"


def test_no_figure_is_called_like_a_table(whole: Casefile) -> None:
    """`paradero explain NAME` is then one or the other."""
    tables = {line.split(",")[0] for line in said(whole.root, "explain", "--csv").out.splitlines()}
    assert not tables & set(definitions())


def _worksheets(folder: Path, word: str) -> list[dict[str, str]]:
    """The rows of a workbook as somebody else reads them: below their heads."""
    rows: list[dict[str, str]] = []
    book = fastexcel.read_excel(original(folder, word))
    for sheet in book.sheet_names:
        cells = [
            list(map(str, row.values()))
            for row in book.load_sheet(sheet, header_row=None, dtypes="string").to_arrow().to_pylist()
        ]
        head = next(at for at, row in enumerate(cells) if "Anonymized Identifier" in row)
        rows += [dict(zip(cells[head], row, strict=True)) for row in cells[head + 1 :]]
    return rows


def nobody(rows: list[dict[str, str]]) -> int:
    """Rows of somebody, with at least a handful of cells, that do not say of whom."""
    return sum(
        row["Anonymized Identifier"] == "None" and sum(cell != "None" for cell in row.values()) > 5
        for row in rows
    )


def test_people_are_those_that_the_workbooks_have(whole: Casefile, fabricated: Path) -> None:
    rows = [row for word in ("Detentions", "Arrests", "Removals") for row in _worksheets(fabricated, word)]
    people = {row["Anonymized Identifier"] for row in rows} - {"None", ""}
    one = figures_of(Asked(whole), only=("people-recorded",)).by_id()[f"people-recorded/{RELEASE}"]
    assert (one.lo, one.hi) == (len(people), len(people) + nobody(rows))


@pytest.fixture(scope="module")
def every(whole: Casefile) -> Figures:
    """Every figure of the whole casefile."""
    return figures_of(Asked(whole))


def test_unaccounted_is_counted_as_the_list_has_it(whole: Casefile, every: Figures, fabricated: Path) -> None:
    """Counted a second time, from the printed list."""
    rows = list(csv.DictReader(said(whole.root, "unaccounted", "--csv").out.splitlines()))
    found = every.by_id()
    without = nobody(_worksheets(fabricated, "Detentions"))
    people = len({row["unique_identifier"] for row in rows})
    for name, listed in (
        ("unaccounted-intervals", len(rows)),
        ("unaccounted-people", people),
        ("unaccounted-without-end", sum(row["until"] == "" for row in rows)),
    ):
        one = found[name]
        assert one.lo == max(0, listed - without)  # each row without an id may be of one of them
        assert one.hi is None or one.hi == listed
    for reason, n in Counter(row["reason"] for row in rows).items():
        assert found[f"unaccounted-by-reason/{slug(reason)}"].lo == n
    assert {one.address for one in found["unaccounted-intervals"].basis} <= {
        row[name] for row in rows for name in row if name.endswith("_address")
    } | {None}


def test_every_basis_is_a_row_or_a_statement_that_can_be_followed(whole: Casefile, every: Figures) -> None:
    cited = {one.address for each in every.rows for one in each.basis if one.address}
    assert len(cited) > 20
    for address in sorted(cited)[::9]:
        assert said(whole.root, "rows", address).code == 0, address


def test_withheld_book_outs_leave_no_figure_at_zero(tmp_path: Path, fabricated: Path) -> None:
    """Whatever the book-outs are blotted out: nothing that rests on them is a number with two ends."""
    hidden = tmp_path / "detentions.csv"
    rows = _worksheets(fabricated, "Detentions")
    with hidden.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, [name for name in rows[0] if name != "None"])
        writer.writeheader()
        for row in rows:
            kept = {name: "" if value == "None" else value for name, value in row.items() if name != "None"}
            writer.writerow(
                {
                    name: "(b)(6), (b)(7)(C)" if re.search("Book Out|Departed", name) else value
                    for name, value in kept.items()
                }
            )
    case = create(tmp_path / "case", title="Hidden", scope="FABRICATED")
    add(case, hidden, release=RELEASE)
    build(case)
    found = figures_of(
        Asked(case), only=("unaccounted-intervals", "unaccounted-people", "transfers-unsigned")
    ).by_id()
    for name in ("unaccounted-intervals", "unaccounted-people"):
        one = found[name]
        assert one.hi is None, one
        assert one.remarks, one
        assert (one.lo is None) == (not one.judged)
    unsigned = found["transfers-unsigned"]
    assert unsigned.hi is None or unsigned.hi > 0, unsigned


def test_the_reference_case_has_the_figures_of_its_sources(tmp_path: Path) -> None:
    """From the fact sheet, not from the code: 261 sent, 137 under the Act, 238 to 252 handed over."""
    case = new_reference(tmp_path / "reference")
    found = figures_of(Asked(case)).by_id()
    for name, lo, hi in (
        ("count/sent", 261, 261),
        ("count/under_act", 137, 137),
        ("count/released", 238, 252),
        ("count/asylum_pending", 62, None),
        ("readings/jgg-class/no-removal/removed-under-the-act", 8, 8),
        ("readings-violated/jgg-class/no-removal/removed-under-the-act", 4, 4),
        ("margin-violated/jgg-class/no-removal/removed-under-the-act", 3, 14 * 60 + 16),
        ("cost/five-countries-total", 32_360_000, 32_360_000),
    ):
        assert (found[name].lo, found[name].hi) == (lo, hi), name
        assert found[name].basis, name
    assert found["count/asylum_pending"].causes
    absent = figures_of(Asked(case)).absent
    assert "unaccounted-people" in absent
    assert "no records of people" in absent["unaccounted-people"]


class _Line(Answer, frozen=True, kw_only=True):
    kind: str
    n: int | None
    until: str | None
    rows: list[str]


_LINES = [
    _Line(kind="a", n=3, until=None, rows=["x::1"]),
    _Line(kind="a", n=5, until="2025", rows=["x::2", "x::1"]),
    _Line(kind="b", n=None, until=None, rows=[]),
]
_PLAIN = {
    "title": "T {kind}",
    "title_es": "E {kind}",
    "definition": "d",
    "definition_es": "e",
    "population": "p",
    "population_es": "q",
    "unit": "people",
    "answer": "costs",
}


def _figures(
    monkeypatch: pytest.MonkeyPatch, case: Casefile, answered: Answered | Absent, **more: object
) -> list[Figure]:
    """The figures of a definition over rows that a test writes down."""
    definition = msgspec.convert({**_PLAIN, **more}, Definition)
    asked = Asked(case)
    monkeypatch.setattr(asked, "answer", lambda _name: answered)
    monkeypatch.setattr("paradero.figures.computing.definitions", lambda: {"drawn": definition})
    return figures_of(asked).rows


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"lo": "rows"}, {"drawn": (3, 3)}),
        ({"lo": "rows", "each": ["kind"]}, {"drawn/a": (2, 2), "drawn/b": (1, 1)}),
        ({"lo": "distinct kind"}, {"drawn": (2, 2)}),
        ({"lo": "sum n"}, {"drawn": (None, None)}),
        ({"lo": "sum n", "where": {"kind": ["a"]}}, {"drawn": (8, 8)}),
        ({"lo": "least n", "hi": "most n", "where": {"kind": ["a"]}}, {"drawn": (3, 5)}),
        ({"lo": "rows", "empty": ["until"]}, {"drawn": (2, 2)}),
        ({"lo": "rows", "where": {"kind": ["b"]}, "hi_where": {"kind": ["a", "b"]}}, {"drawn": (1, 3)}),
        ({"lo": "rows", "where": {"kind": ["c"]}}, {"drawn": (0, 0)}),
        ({"lo": "most n", "where": {"kind": ["c"]}}, {"drawn": (None, None)}),
        (
            {"lo": "only n", "each": ["kind", "until"]},
            {"drawn/a": (3, 3), "drawn/a/2025": (5, 5), "drawn/b": (None, None)},
        ),
        ({"lo": "rows", "latest": "kind"}, {"drawn": (1, 1)}),
    ],
)
def test_measures(
    monkeypatch: pytest.MonkeyPatch,
    whole: Casefile,
    more: dict[str, object],
    expected: dict[str, tuple[int | None, int | None]],
) -> None:
    found = _figures(monkeypatch, whole, Answered(rows=_LINES, command="c"), **more)
    assert {one.id: (one.lo, one.hi) for one in found} == expected


def test_what_cannot_be_judged_opens_a_count_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, whole: Casefile
) -> None:
    remarks = ("cannot be judged: how 3 stays ended (withheld)",)
    open_count = _figures(monkeypatch, whole, Answered(rows=_LINES, command="c", remarks=remarks), lo="rows")
    assert [(one.lo, one.hi, one.judged) for one in open_count] == [(3, None, True)]
    untold = _figures(
        monkeypatch, whole, Answered(rows=[], command="c", remarks=remarks, is_untold=True), lo="rows"
    )
    assert [(one.lo, one.hi, one.judged) for one in untold] == [(None, None, False)]
    assert _figures(monkeypatch, whole, Absent(why="nothing"), lo="rows") == []


def test_a_figure_rests_on_each_row_once(monkeypatch: pytest.MonkeyPatch, whole: Casefile) -> None:
    (one,) = _figures(monkeypatch, whole, Answered(rows=_LINES, command="c"), lo="rows", rests_on=["rows"])
    assert [each.address for each in one.basis] == ["x::1", "x::2"]
    assert (one.n_basis, one.basis_is_whole) == (2, True)


def test_two_values_are_never_one_id(monkeypatch: pytest.MonkeyPatch, whole: Casefile) -> None:
    lines = [_Line(kind=each, n=1, until=None, rows=[]) for each in ("a b", "a-b", "a/b", "a+b", "中", "a")]
    found = _figures(monkeypatch, whole, Answered(rows=lines, command="c"), lo="rows", each=["kind"])
    assert len({one.id for one in found}) == len(lines)
    assert [one.title for one in found if one.id == "drawn/a+b"] == ["T a b"]
    with pytest.raises(ParaderoError, match="measured over 6 rows"):
        _figures(monkeypatch, whole, Answered(rows=lines, command="c"), lo="only n")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("unaccounted-peeple", "Did you mean `unaccounted-people`"),
        ("cost/nothing", "this casefile has no such figure. This casefile holds no costs"),
        ("transfers-recorded/x", "is not a figure of this casefile"),
    ],
)
def test_a_figure_that_there_is_none_of(whole: Casefile, name: str, message: str) -> None:
    with pytest.raises((UnknownName, ParaderoError), match=re.escape(message)):
        figure_of(whole, name)


def test_commands(whole: Casefile, tmp_path: Path) -> None:
    """`figures`, `explain FIGURE` and `cite` say the same number, and name the way to its rows."""
    listed = said(whole.root, "figures", "unaccounted-people", "--json").json
    (row,) = listed["rows"]
    told = said(whole.root, "explain", "unaccounted-people", "--json").json
    assert (told["lo"], told["hi"], told["n_basis"]) == (row["lo"], row["hi"], row["n_basis"])
    assert len(told["basis"]) == told["n_basis"] >= len(row["basis"])
    assert "unaccounted" in {step["table"] for step in told["steps"]}
    text = said(whole.root, "explain", "unaccounted-people").out
    assert f"at least {row['lo']}, at most" in text
    assert told["basis"][0]["address"] in text
    assert told["basis"][0]["address"] in said(whole.root, "explain", "unaccounted-people", "--csv").out
    cited = said(whole.root, "cite", "unaccounted-people", "--json").json
    assert cited["digest"][:12] in cited["text"]
    assert "figure unaccounted-people" in said(whole.root, "cite", "unaccounted-people").out
    assert said(whole.root, "cite", "transfers").out.startswith("Table transfers: ")
    assert said(whole.root, "cite").out.startswith("Fabricated; paradero ")
    assert "holds no costs" in said(whole.root, "figures", "cost").out
    assert said(whole.root, "figures", "--csv").out.startswith("id,title,unit,lo,hi,judged,n_basis,answer\n")
    assert "Did you mean `cost`" in said(whole.root, "figures", "costs").err
    reference = new_reference(tmp_path / "reference")
    text = said(reference.root, "explain", "count/released").out
    assert "bounds differ: what is stated leaves more than one number possible (14)" in text


def test_a_casefile_that_was_not_built_is_no_casefile_without_records(
    small: Casefile, tmp_path: Path
) -> None:
    """Absent is what was never there; what is there and not read is an error."""
    case = copied(small, tmp_path / "case")
    (case.build / "current").unlink()
    with pytest.raises(ParaderoError, match="was not built yet"):
        figures_of(Asked(case), only=("unaccounted-people",))


def test_transfers_that_cannot_be_judged_are_no_more_than_possible(tmp_path: Path) -> None:
    """Where the book-out is withheld, the move is a transfer at most."""
    rows = [
        "Anonymized Identifier,Stay Book In Date Time,Book In Date Time,Detention Facility Code,"
        "Book Out Date Time,Detention Release Reason,Stay Book Out Date Time",
        "P1,2025-01-01 08:00,2025-01-01 08:00,A,2025-01-03 10:00,Transferred,2025-01-09 09:00",
        "P1,2025-01-01 08:00,2025-01-03 12:00,B,2025-01-09 09:00,Bonded Out,2025-01-09 09:00",
        "P2,2025-01-01 08:00,2025-01-01 08:00,A,b(6),Transferred,2025-01-09 09:00",
        "P2,2025-01-01 08:00,2025-01-03 12:00,B,2025-01-09 09:00,Bonded Out,2025-01-09 09:00",
    ]
    case = create(tmp_path / "case", title="Fabricated", scope="Nobody here exists.")
    (tmp_path / "rows.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    add(case, tmp_path / "rows.csv")
    build(case)
    figure = figure_of(case, "transfers-recorded")
    assert figure.lo == 1
    assert figure.hi is None or figure.hi == 2
    assert [(one.name, one.name_es) for one in figure.causes] == [
        ("what cannot be judged", "lo que no se puede determinar")
    ]
