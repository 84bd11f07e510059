"""A mention becomes a claim only when a person confirms it, where it stands now; verify holds every claim
against its place.
"""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from casefile.made import said, state

from documents.made import CONFIRM, NEW, case_with, confirmed, mentions, pdf_of
from paradero.answers.documents.claim_writing import _check
from paradero.answers.documents.documents import report_of_document
from paradero.answers.verification.document_checks import check_documents, check_positions
from paradero.authored.declared import AuthoredError
from paradero.building.documents import documents_folder, documents_of, kept_report
from paradero.casefile.folder import Casefile
from paradero.casefile.log import read_log
from paradero.casefile.seals import seal
from paradero.model.errors import CasefileError

NIGHT = (
    "Fue a las 12 de la noche del 15 de marzo de 2025; otro dijo que a la 1:15 de la noche y que salió a las"
    " 12 de la mañana, en la sala.\n"
)
TEXT = """The price was $4.76 million, not about $25,000 a head; 03/04/2025 was one date and March 15 another.
On March 15, 2025, at 5:26 p.m. EDT it left; at 7:36 pm the last. N278GX. Between 65 and 80 men; almost 300 men; up to 300 men.
El contrato suma 4.760 millones de dólares, dijo el ministro de los que están en la sala.
"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    (tmp_path / "letter.txt").write_text(TEXT, encoding="utf-8")
    return case_with(tmp_path, tmp_path / "letter.txt")


def named(case: Path, text: str) -> str:
    return next(str(one["mention"]) for one in mentions(case) if one["text"] == text)


def claims(case: Path) -> list[dict[str, object]]:
    file = tomllib.loads((case / "claims" / "money.toml").read_text(encoding="utf-8"))
    return [claim for subject in file["subject"] for claim in subject["claim"]]


def failed(case: Path) -> list[str]:
    return [each["check"] for each in said(case, "verify", "--json").json["checks"] if each["failed"]]


def test_nothing_is_a_claim_by_itself(case: Path) -> None:
    assert not (case / "claims").exists()
    assert {one["state"] for one in mentions(case)} == {"open"}


def test_a_confirmed_mention_is_a_claim_that_cites_its_place(case: Path) -> None:
    mention = named(case, "$4.76 million")
    heard = confirmed(case, mention, *NEW, "--rounded")
    assert heard.code == 0, heard.err
    (claim,) = claims(case)
    assert (claim["value"], claim["rounded_to"], claim["by"]) == (4_760_000, 10_000, "the grant instrument")
    (row,) = said(case, "claims", "check", "--json").json["rows"]
    position = row["citations"][0]["position"]
    assert (position["page"], TEXT[position["start"] : position["end"]], position["confirmed_by"]) == (
        1,
        "$4.76 million",
        "A reviewer",
    )
    assert [one["decided"] for one in mentions(case, "--state", "confirmed")] == [claim["id"]]
    entry = read_log(Casefile(case))[-1]
    assert (entry.act, entry.by, entry.what["mention"]) == ("confirm mention", "A reviewer", mention)
    assert failed(case) == []


@pytest.mark.parametrize(
    ("text", "more", "fields"),
    [
        ("about $25,000 a head", ("--unit", "USD/person"), {"about": 25_000}), ("Between 65 and 80 men", (), {"lo": 65, "hi": 80}), ("almost 300 men", (), {"almost": 300}),
        ("up to 300 men", (), {"hi": 300}), ("N278GX", (), {"words": ["N278GX"]}), ("March 15, 2025", (), {"time": "2025-03-15"}),
        ("5:26 p.m. EDT", (), {"time": "2025-03-15T17:26-04:00"}), ("7:36 pm", ("--reading", "2025-03-15"), {"time": "2025-03-15T19:36"}),
        ("03/04/2025", ("--reading", "2025-03-04"), {"time": "2025-03-04"}), ("March 15", ("--reading", "2025"), {"time": "2025-03-15"}),
        ("4.760 millones de dólares", ("--reading", "4760000"), {"value": 4_760_000}),
    ],
)  # fmt: skip
def test_every_form_becomes_the_form_of_a_claim(
    case: Path, text: str, more: tuple[str, ...], fields: dict[str, object]
) -> None:
    mention = max(
        (one for one in mentions(case) if text.startswith(str(one["text"]))),
        key=lambda one: len(str(one["text"])),
    )["mention"]
    assert confirmed(case, str(mention), *NEW, *more).code == 0
    assert fields.items() <= claims(case)[0].items()
    assert said(case, "claims", "check").code in (0, 2)
    assert failed(case) == []


def test_a_person_chooses_the_day_of_a_night_and_the_hour_of_noon(tmp_path: Path) -> None:
    (tmp_path / "night.txt").write_text(NIGHT, encoding="utf-8")
    case = case_with(tmp_path, tmp_path / "night.txt")
    midnight, night, noon = (
        named(case, text) for text in ("12 de la noche", "1:15 de la noche", "12 de la mañana")
    )
    assert "2025-03-15T00 or as 2025-03-16T00" in confirmed(case, midnight, *NEW).err
    assert (
        "T00 or as T12 and does not state the day"
        in confirmed(case, noon, *NEW, "--reading", "2025-03-15").err
    )
    assert "that day or the day after" in said(case, "documents", "show", night).out
    for mention, reading in ((midnight, "2025-03-16T00"), (night, "2025-03-16"), (noon, "2025-03-15T12")):
        assert confirmed(case, mention, *NEW, "--reading", reading).code == 0
    assert [claim["time"] for claim in claims(case)] == ["2025-03-16T00", "2025-03-16T01:15", "2025-03-15T12"]
    assert failed(case) == []


@pytest.mark.parametrize(
    ("text", "more", "words"),
    [
        ("03/04/2025", (), "2025-03-04 or as 2025-04-03"), ("03/04/2025", ("--reading", "2025-05-05"), "is not"), ("7:36 pm", (), "does not state the day"),
        ("March 15", ("--reading", "2025-03"), "is not the year of"), ("$4.76 million", ("--reading", "5"), "one way only"), ("4.760 millones de dólares", (), "2 ways"),
        ("$4.76 million", ("--unit", "people"), "is in people, and the subject"), ("$4.76 million", ("--evidence", "rumour"), "evidence"),
        ("$4.76 million", ("--dated", "soon"), "dated"), ("$4.76 million", ("--confirmed-by", " "), "is blank"), ("$4.76 million", ("--claims", "../x.toml"), "name of a file"),
        ("$4.76 million", ("--what", ""), "--what and --what-es"), ("$4.76 million", ("--by", ""), "who says it"),
    ],
)  # fmt: skip
def test_what_a_person_has_to_say_is_asked_for_and_nothing_is_written(
    case: Path, text: str, more: tuple[str, ...], words: str
) -> None:
    before = state(Casefile(case))
    heard = confirmed(case, named(case, text), *NEW, *more)
    assert (heard.code, heard.out) == (1, "")
    assert words in heard.err
    assert state(Casefile(case)) == before


def test_a_claim_joins_its_subject_and_the_rest_of_the_file_stays(case: Path) -> None:
    (case / "claims").mkdir()
    old = (
        '# by hand\nid = "money"\ntitle = "a"\ntitle_es = "b"\n\n[[subject]]\nid = "payment"\nwhat ='
        ' "p"\nwhat_es = "q"\nunit = "USD"\n\n'
    )
    old += (
        '[[subject.claim]]\nid = "one"\nvalue = 6000000 # as said\nby = "x"\nevidence = "press"\nseen ='
        ' ["y"]\ndated = "unknown"\n\n'
    )
    old += (
        '# the next\n[[subject]]\nid = "other"\nwhat = "p"\nwhat_es = "q"\nunit ='
        ' "people"\n\n[[subject.claim]]\nid = "two"\nvalue = 3\nby = "x"\nevidence = "press"\nseen ='
        ' ["y"]\ndated = "unknown"\n'
    )
    (case / "claims" / "money.toml").write_text(old, encoding="utf-8")
    taken = confirmed(case, named(case, "$4.76 million"), "--id", "two").err
    line = next(number for number, each in enumerate(old.splitlines()) if each == 'id = "two"')
    assert f"the id `two` is taken by line {line}. Choose another with `--id`." in taken
    assert confirmed(case, named(case, "$4.76 million"), "--id", "three").code == 0
    new = (case / "claims" / "money.toml").read_text(encoding="utf-8").splitlines()
    assert next(line for line in new if line and line not in old.splitlines()) == 'id = "three"'
    assert [line for line in old.splitlines() if line not in new] == []
    assert [claim["id"] for claim in claims(case)] == ["one", "three", "two"]
    assert (
        "is in USD/person, and the subject"
        in confirmed(case, named(case, "about $25,000 a head"), "--subject", "other").err
    )
    heard = said(case, "claims", "check")
    assert f"{named(case, '$4.76 million')})" in heard.out


def test_a_file_in_another_form_is_left_alone(case: Path) -> None:
    (case / "claims").mkdir()
    text = (
        'id = "money"\ntitle = "a"\ntitle_es = "b"\nsubject = [{ id = "payment", what = "p", what_es = "q",'
        ' unit = "USD", claim = [] }]\n'
    )
    (case / "claims" / "money.toml").write_text(text, encoding="utf-8")
    heard = confirmed(case, named(case, "$4.76 million"))
    assert heard.code == 1
    assert (case / "claims" / "money.toml").read_text(encoding="utf-8") == text


def test_a_decision_is_made_once(case: Path) -> None:
    one, other = named(case, "$4.76 million"), named(case, "N278GX")
    assert confirmed(case, one, *NEW).code == 0
    assert "confirmed already" in confirmed(case, one).err
    assert "confirmed already" in said(case, "documents", "reject", one, "--by", "B", "--why", "no").err
    assert said(case, "documents", "reject", other, "--by", "B", "--why", "another aircraft").code == 0
    assert "was rejected by B" in confirmed(case, other, *NEW).err
    (kept,) = tomllib.loads((case / "hand" / "rejected-mentions.toml").read_text(encoding="utf-8"))[
        "rejected"
    ]
    assert (kept["mention"], kept["by"], kept["why"], kept["text"]) == (
        other,
        "B",
        "another aircraft",
        "N278GX",
    )
    assert [one["decided"] for one in mentions(case, "--state", "rejected")] == ["another aircraft"]
    assert failed(case) == []


def test_confirming_looks_at_the_original_again(case: Path) -> None:
    mention = named(case, "$4.76 million")
    (original,) = (case / "sources").iterdir()
    original.chmod(0o644)
    original.write_text(TEXT.replace("4.76", "5.76"), encoding="utf-8")
    assert "was changed after it was added" in confirmed(case, mention, *NEW).err
    assert failed(case) == ["originals", "documents"]
    assert said(case, "add", "../letter.txt").code == 0
    assert "is not a mention" in said(case, "documents", "show", mention.replace("14-27", "14-26")).err
    assert confirmed(case, mention, *NEW).code == 0


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("value = 4760000", "value = 5760000", "was changed after it was confirmed"), ("start = 14", "start = 13", "is not what letter.txt says"),
        ('text = "$4.76 million"', 'text = "$5.76 million"', "is not what letter.txt says"), ("page = 1", "page = 2", "cites a page"),
        ('by = "the grant instrument"', 'by = "somebody"', "was changed after it was confirmed"), ('unit = "USD"', 'unit = "EUR"', "was changed after it was confirmed"),
        ('what = "', 'what = "x', "was changed after it was confirmed"), ("seen = ", 'note = "x"\nseen = ', "was changed after it was confirmed"),
        ('what_es = "', 'what_es = "x', "was changed after it was confirmed"), ('document = "', 'document = "0', "does not have"),
    ],
)  # fmt: skip
def test_verify_finds_a_claim_that_left_its_place(case: Path, old: str, new: str, words: str) -> None:
    assert confirmed(case, named(case, "$4.76 million"), *NEW).code == 0
    path = case / "claims" / "money.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    changed, check = [each for each in said(case, "verify", "--json").json["checks"] if each["failed"]]
    assert changed["check"] == "authored files"  # it was not so when the confirmation was logged
    assert check["check"] == "positions"
    assert words in check["found"]


def positions(case: Path) -> str:
    (check,) = [
        each for each in said(case, "verify", "--json").json["checks"] if each["check"] == "positions"
    ]
    assert check["failed"] == bool("stand where" not in check["found"])
    return str(check["found"])


def test_a_confirmed_claim_cannot_lose_its_position_or_be_taken_away_unsaid(case: Path) -> None:
    mention = named(case, "$4.76 million")
    assert confirmed(case, mention, *NEW).code == 0
    path = case / "claims" / "money.toml"
    text = path.read_text(encoding="utf-8")
    (id_,) = (claim["id"] for claim in claims(case))
    without = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("position"))
    path.write_text(without.replace("4760000", "9960000"), encoding="utf-8")
    assert f"`{id_}` was confirmed at a position that it does not cite any more" in positions(case)
    path.unlink()
    assert f"no longer among the claims: the claim `{id_}` ({mention})" in positions(case)
    assert said(case, "documents", "reject", mention, "--by", "B", "--why", "confirmed by mistake").code == 0
    assert positions(case) == "0 claims stand where they were confirmed, 1 mentions are rejected"


def test_a_rejection_cannot_be_changed_or_taken_away_unsaid(case: Path) -> None:
    mention = named(case, "N278GX")
    assert said(case, "documents", "reject", mention, "--by", "B", "--why", "another aircraft").code == 0
    path = case / "hand" / "rejected-mentions.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"B"', '"Z"'), encoding="utf-8")
    assert f"the rejection of {mention} was changed" in positions(case)
    path.write_text(
        text + text[text.index("[[rejected]]") :].replace(mention, named(case, "March 15")), encoding="utf-8"
    )
    assert "nobody rejected" in positions(case)
    path.unlink()
    assert f"no longer there: {mention}" in positions(case)
    assert confirmed(case, mention, *NEW).code == 0
    assert "1 claims stand" in positions(case)


def test_verify_finds_mentions_that_were_changed(case: Path) -> None:
    (folder,) = (case / "build" / "documents").iterdir()
    report = folder / "report.json"
    report.write_text(
        report.read_text(encoding="utf-8").replace('"pages": 1', '"pages": 2'), encoding="utf-8"
    )
    assert failed(case) == [
        "bytes"
    ]  # the mentions themselves are not believed any more, and found again when they are asked for
    (folder / "mentions.parquet").unlink()
    assert failed(case) == ["bytes"]
    assert len(mentions(case)) == len(mentions(case, "--state", "open")) > 8
    assert failed(case) == []


def test_a_pdf_is_confirmed_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "order.pdf").write_bytes(pdf_of([["Nothing here."], ["The grant is $4.76 million."]]))
    case = case_with(tmp_path, tmp_path / "order.pdf")
    (one,) = mentions(case)
    assert (one["page"], len(one["boxes"])) == (2, 1)  # type: ignore[arg-type]
    shown = said(case, "documents", "show", str(one["mention"]), "--lang", "es")
    assert "recuadro" in shown.out
    assert (
        said(
            case,
            "documents",
            "confirm",
            str(one["mention"]),
            "--subject",
            "s",
            "--claims",
            "money",
            *CONFIRM,
            *NEW,
            "--json",
        ).json["file"]
        == "claims/money.toml"
    )
    assert failed(case) == []


def test_ids_and_decisions_of_others_are_kept_apart(case: Path) -> None:
    first, second = named(case, "$4.76 million"), named(case, "N278GX")
    heard = confirmed(case, first, *NEW, "--id", "a b")
    assert (heard.code, "has letters that an id cannot have" in heard.err) == (1, True)
    assert confirmed(case, first, *NEW, "--id", "price").code == 0
    heard = confirmed(case, second, *NEW, "--id", "price", "--claims", "tail.toml", "--subject", "tail")
    assert (heard.code, "the id `price` is taken by" in heard.err) == (1, True)
    third = named(case, "March 15, 2025")
    assert confirmed(case, third, *NEW, "--subject", "day", "--reading", "2025").code == 1
    assert confirmed(case, third, *NEW, "--subject", "day").code == 0  # a new subject of the same file
    assert claims(case)[0]["id"] == "price"
    heard = confirmed(case, second, "--subject", "tail")
    assert (heard.code, "`tail` is not a subject of the file (payment, day)" in heard.err) == (1, True)
    # a claim that cites a position under another id than was confirmed, and a mention both ways
    path = case / "claims" / "money.toml"
    written = path.read_text(encoding="utf-8")
    path.write_text(written.replace('"price"', '"cost"'), encoding="utf-8")
    with pytest.raises(CasefileError, match="the claim `cost` cites a position that nobody confirmed"):
        check_positions(Casefile(case))
    path.write_text(written, encoding="utf-8")
    check_positions(Casefile(case))
    assert said(case, "documents", "reject", second, "--by", "A reviewer", "--why", "an aircraft").code == 0
    check_positions(Casefile(case))
    rejected = case / "hand" / "rejected-mentions.toml"
    rejected.write_text(rejected.read_text(encoding="utf-8").replace(second, first), encoding="utf-8")
    with pytest.raises(CasefileError, match="is both confirmed, as `price`, and rejected"):
        check_positions(Casefile(case))


def test_a_claim_that_would_not_stand_under_its_subject_is_not_written() -> None:
    said_by = 'by = "A"\nevidence = "press"\nseen = ["https://example.org"]\ndated = "2025"\n'
    subject = '[[subject]]\nid = "{}"\nwhat = "w"\nwhat_es = "w"\nunit = "people"\n'
    text = (
        'id = "c"\ntitle = "C"\ntitle_es = "C"\n'
        + subject.format("s")
        + f'[[subject.claim]]\nid = "x"\nvalue = 1\n{said_by}'
    )
    _check(None, text, file="c.toml", subject="s", claim={"id": "x"})
    for name, claim in (("t", {"id": "x"}), ("s", {"id": "y"})):
        with pytest.raises(AuthoredError, match="a claim cannot be added to a file written in this form"):
            _check(None, text, file="c.toml", subject=name, claim=claim)


def test_mentions_that_are_gone_are_found_again_and_others_are_told(case: Path) -> None:
    casefile = Casefile(case)
    check_documents(casefile)
    (one,) = documents_of(casefile)
    folder = documents_folder(casefile, one)
    kept = pq.read_table(folder / "mentions.parquet")
    pq.write_table(kept.slice(1), folder / "mentions.parquet")
    seal(folder)
    with pytest.raises(CasefileError, match="the mentions kept are not what reading the original gives"):
        check_documents(casefile)
    shutil.rmtree(casefile.documents)
    assert said(case, "status", "--json").json["documents"][0]["mentions"] is None
    assert report_of_document(casefile, one) == kept_report(casefile, one)
    assert said(case, "status", "--json").json["documents"][0]["mentions"] == kept.num_rows
