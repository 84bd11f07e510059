"""A file that somebody wrote is read, or refused with everything that is wrong in it: file, line, what was
wrong, what to do.
"""

from __future__ import annotations

import datetime as dt
import re
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
import pytest
from attack.scale import draws
from hypothesis import HealthCheck, given, settings

from authored.written import Written, written
from paradero.authored.declared import (
    AuthoredError,
    Declared,
    Mistakes,
    check_ids,
    decoded,
    read,
    read_folder,
)
from paradero.authored.evidence import Sourced
from paradero.balance.balances import read_balance
from paradero.casefile.folder import create
from paradero.claims.statements import read_claims
from paradero.custody.definitions import read_definition
from paradero.law.events import read_event
from paradero.law.orders import read_order
from paradero.model.errors import CasefileError
from paradero.money.agreements import read_agreement
from paradero.money.companies.parties import read_companies
from paradero.money.indices import read_index


class Part(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    lo: int | None = None
    kind: Literal["a", "b"] = "a"
    on: dt.date | None = None
    of: tuple[str, ...] = ()


class Whole(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    part: list[Part]
    named: dict[str, Part] = {}
    share: float = 0.0


MANY = """\
id = 3
share = "half"
parts = []

[[part]]
name = "one"
kind = "c"

[[part]]
lo = "three"
nam = "two"
of = [
  "x",
  3,
]

[named.x]
name = "x"
on = "2025-02-30"
"""


def test_all_mistakes_of_a_file_are_told_at_once_each_with_its_line() -> None:
    with pytest.raises(AuthoredError) as refused:
        read(MANY, Whole, file="w.toml")
    assert refused.value.mistakes == (
        "w.toml line 1: `id` must be a text; `3` is not one. Put it in quotation marks.",
        (
            "w.toml line 2: `share` must be a number; `half` is not one. Write it in digits, without"
            " quotation marks."
        ),
        (
            "w.toml line 3: `parts` is not a field. Did you mean `part`? The fields are: id, part, named,"
            " share."
        ),
        "w.toml line 7: `kind` must be one of `a`, `b`; `c` is not. Write one of these.",
        "w.toml line 9: the field `name` is missing in part[1]. Add it.",
        (
            "w.toml line 10: `lo` must be a whole number; `three` is not one. Write it in digits, without"
            " quotation marks."
        ),
        (
            "w.toml line 11: `nam` is not a field in part[1]. Did you mean `name` or `on`? The fields are:"
            " name, lo, kind, on, of."
        ),
        "w.toml line 14: `of` must be a text; `3` is not one. Put it in quotation marks.",
        "w.toml line 19: `on` must be a date; `2025-02-30` is not one. Write it as 2025-03-15.",
    )
    assert str(refused.value) == "\n".join(refused.value.mistakes)


class Loose(msgspec.Struct):
    """A form that lets other fields stand."""

    n: Annotated[int, msgspec.Meta(ge=1)]
    word: str = ""

    def __post_init__(self) -> None:
        if self.word == "odd":
            raise ValueError("The word is odd")


@pytest.mark.parametrize(
    ("text", "form", "told"),
    [
        ("n = 0\nmore = 1\n", Loose, "w.toml line 1: `n` must be `int` >= 1; `0` is not. Correct it."),
        ('n = 1\nword = "odd"\n', Loose, "w.toml line 1: the word is odd. Correct it."),
        (
            'id = ["x"]\npart = []\n',
            Whole,
            "w.toml line 1: `id` must be a text; a list is not one. Put it in quotation marks.",
        ),
    ],
)
def test_a_value_is_told_in_the_words_of_its_form(text: str, form: type[msgspec.Struct], told: str) -> None:
    with pytest.raises(AuthoredError) as refused:
        read(text, form, file="w.toml")
    assert refused.value.mistakes == (told,)


def test_an_id_of_other_letters_is_refused_on_its_line() -> None:
    text = 'id = "a"\n[[term]]\nid = "b"\n[[term]]\nid = "b c"\n'
    check_ids(text, "w.toml", [("a", ["id"])], {"term": ["b"]})
    with pytest.raises(AuthoredError) as refused:
        check_ids(text, "w.toml", [("a/b", ["id"])], {"term": ["b", "b c"]})
    assert [mistake.partition(" may hold")[0] for mistake in refused.value.mistakes] == [
        "w.toml line 1: the id `a/b`",
        "w.toml line 5: the id `b c`",
    ]


@given(written())
@settings(
    max_examples=draws(60, 1000),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_whatever_is_written_is_read_or_refused_on_lines_of_the_file(
    case: tuple[dict[str, Any], Written],
) -> None:
    loaded, out = case
    try:
        found = read(out.text, Whole, file="w.toml")
    except AuthoredError as error:
        lines = [int(re.fullmatch(r"w\.toml line (\d+): (?s:.+)", mistake)[1]) for mistake in error.mistakes]  # type: ignore[index]
        assert set(lines) <= {1, *out.lines.values()}
        unknown = {out.lines[name,] for name in loaded if name not in ("id", "part", "named", "share")}
        assert unknown <= set(lines), "each field that is none is told"
    else:
        assert isinstance(found, Declared)


READERS = [read_agreement, read_balance, read_claims, read_companies, read_event, read_index, read_order]


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
def test_every_kind_of_file_is_read_with_a_byte_order_mark_or_without_and_refused_alike(reader: Any) -> None:
    messages = []
    for text in ("id = 3\nnobody = 1\n", "\ufeffid = 3\nnobody = 1\n"):
        with pytest.raises(AuthoredError) as refused:
            reader(text, file="f.toml")
        messages.append(refused.value.mistakes)
    assert messages[0] == messages[1]
    assert any(each.startswith("f.toml line 1: `id` must be a text; `3` is not one.") for each in messages[0])
    assert any(each.startswith("f.toml line 2: `nobody` is not a field.") for each in messages[0])


SAID = 'by = "us"\nevidence = "press"\nseen = ["here"]\ndated = "2025"\n'
BALANCE = (
    'id = "b"\ntitle = "t"\ntitle_es = "t"\n'
    + "".join(f'[[count]]\nid = "{name}"\nwhat = "w"\nwhat_es = "w"\nof = "2025"\nunit = "people"\n[[count.said]]\nvalue = {value}\n{SAID}' for name, value in (("A", 1), ("ok", -1), ("c", 2)))
    + '[[equation]]\nid = "e"\nholds = "c ="\nbecause = "b"\nbecause_es = "b"\nby = "us"\n'
)  # fmt: skip


def test_mistakes_that_the_form_alone_does_not_show_are_gathered_too() -> None:
    with pytest.raises(AuthoredError) as refused:
        read_balance(BALANCE, file="b.toml")
    lines = BALANCE.split("\n")
    told = {int(re.search(r"line (\d+):", each)[1]): each for each in refused.value.mistakes}  # type: ignore[index]
    assert len(refused.value.mistakes) == 3
    assert told[lines.index('id = "A"') + 1].startswith(
        "b.toml line 5: the id `A` may hold only small letters"
    )
    assert (
        "(-1, -1) is below 0" in told[[at for at, line in enumerate(lines, 1) if line == "[[count.said]]"][1]]
    )
    assert lines.index('holds = "c ="') + 1 in told


def test_mistakes_of_all_files_of_a_folder_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(
        BALANCE.replace('"A"', '"a"').replace("-1", "1").replace('"c ="', '"c = a"'), encoding="utf-8-sig"
    )
    (tmp_path / "b.toml").write_text("x = 1\n", encoding="utf-8")
    (tmp_path / "c.toml").write_bytes(b"id = 1\n\xff")
    (tmp_path / "d.toml").write_text((tmp_path / "a.toml").read_text(encoding="utf-8-sig"), encoding="utf-8")
    with pytest.raises(AuthoredError) as refused:
        read_folder(tmp_path, read_balance)
    of = {
        name: [each for each in refused.value.mistakes if each.startswith(str(tmp_path / name))]
        for name in ("a.toml", "b.toml", "c.toml", "d.toml")
    }
    assert not of["a.toml"]
    assert len(of["b.toml"]) > 1
    assert of["c.toml"] == [f"{tmp_path / 'c.toml'} line 2: not UTF-8 text (byte 7). Save the file as UTF-8."]
    assert "the id `b` is taken" in of["d.toml"][0]


def test_settings_and_definitions_are_read_like_any_other(tmp_path: Path) -> None:
    case = create(tmp_path / "case", title="A case")
    path = case.root / "paradero.toml"
    before = case.settings()
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-8-sig")
    assert case.settings() == before
    text = path.read_text(encoding="utf-8-sig") + "\n[releases.R]\nreleased = 2025-01-01T00:00:00\n"
    path.write_text(text, encoding="utf-8-sig")
    with pytest.raises(
        CasefileError,
        match=(
            rf"^{re.escape(str(path))} line {text.count(chr(10))}: `released` is not a field in"
            r" releases\.R\."
        ),
    ):
        case.settings()
    path.write_text("title = 'A case'\n[settings]\nrule_seconds = 0.0\n", encoding="utf-8")
    with pytest.raises(CasefileError, match=r"`rule_seconds` must be a number of seconds above 0"):
        case.settings()
    noon = (files("paradero.custody") / "headcounts" / "noon.toml").read_bytes()
    assert (
        read_definition(noon.replace(b"day after release", b"2026-03-10"), file="d").open_until
        == "2026-03-10"
    )
    with pytest.raises(
        AuthoredError, match=r"`open_until` must be a date in quotes or one of .*; `soon` is not"
    ):
        read_definition(noon.replace(b"day after release", b"soon"), file="d")
    with pytest.raises(AuthoredError, match=r"^d line 1: the field `title` is missing\. Add it\.") as refused:
        read_definition(b'\xef\xbb\xbfdefinition = "d"\nat = "25:00"\nunits = "persons"\n', file="d")
    assert [
        each
        for each in refused.value.mistakes
        if each.startswith("d line 3: `units` is not a field. Did you mean `unit`?")
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a = \n", r"f line 1: not valid TOML \(invalid value\)\. Fix that line\."),
        ("a = [\n1,\n", r"f line 3: not valid TOML \(invalid value at the end of the file\)"),
        ("a = 1\na = 2\n", r"f line 2: not valid TOML \(cannot overwrite a value\)"),
        ("a = " + "[" * 4000, r"f line 1: tables are nested deeper"),
    ],
)
def test_what_is_no_toml(text: str, says: str) -> None:
    with pytest.raises(AuthoredError, match=says):
        read(text, Whole, file="f")


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(AuthoredError, match=r"^f line 3: not UTF-8 text \(byte 2\)\."):
        decoded(b"\n\n\xff", file="f")


def test_gathering_goes_on_after_a_mistake_and_tells_each_once() -> None:
    mistakes = Mistakes()
    for said in ("one", "two", "one"):
        with mistakes.gathered():
            raise AuthoredError(said)
    with pytest.raises(AuthoredError) as refused:
        mistakes.settle()
    assert refused.value.mistakes == ("one", "two")
    Mistakes().settle()


def test_who_says_something_is_declared_once() -> None:
    """No form declares `by`, `evidence` and `seen` for itself, but where only some evidence is possible."""
    source = Path(__file__).parents[2] / "src" / "paradero"
    again = [str(path) for room in ("law", "money", "balance", "claims", "authored") for path in (source / room).rglob("*.py") if re.search(r"^    seen: list\[str\]$", path.read_text(encoding="utf-8"), re.MULTILINE)]  # fmt: skip
    assert again == [str(source / "authored" / "evidence.py")]
    assert set(Sourced.__struct_fields__) == {"by", "evidence", "seen", "fact", "note"}
