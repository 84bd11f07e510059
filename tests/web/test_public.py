"""A private list, served in public: nothing about single people and rows, no count that was withheld, nothing
by which a guess could be tried, in no address, head or error.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import httpx
import pytest
from casefile.made import with_held_cases
from disclosure.made_up import Person, casefile, people

from paradero.answers.digests import digest_of_case
from paradero.building.building import build
from paradero.casefile.folder import Casefile
from paradero.casefile.log import read_log
from paradero.casefile.originals import sources_of
from paradero.casefile.published import PUBLISH
from paradero.disclosure.profiles import profile_of
from paradero.disclosure.register import publications
from paradero.model.errors import ParaderoError
from paradero.web.application import SiteSettings
from paradero.web.fixed.writing import write_site
from paradero.web.interface.questions import question_modules
from paradero.web.page_modules import page_modules
from web.asked import Site
from web.read_tables import Read

PUBLIC = SiteSettings(is_public=True)
N_PEOPLE, N_FEW = 1013, 3
# what a public site of a private list has: whoever adds to it says here that nothing of it is about rows
PAGES_THAT_LEAVE = {"/", "/where-to-ask", "/data", "/definitions", "/definitions/columns"}
QUESTIONS_THAT_LEAVE = {"/api/definitions", "/api/figures"}


def listed(folder: Path, of: Iterable[Person], profile: str = "") -> Casefile:
    """A list of these people, its profile of publication named or not."""
    case = with_held_cases(casefile(folder, of))
    if profile:
        with (case.root / "paradero.toml").open("a", encoding="utf-8") as settings:
            settings.write(f'\n[publishing]\nprofile = "{profile}"\n')
        build(case)
    return case


@pytest.fixture(scope="module")
def private(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A list of people of whom few were held at a place of their own."""
    few = people(N_FEW, first=N_PEOPLE, Detention_Facility="Fac Rare", Detention_Facility_Code="RARE")
    return Site(listed(tmp_path_factory.mktemp("private") / "case", [*people(N_PEOPLE), *few]), PUBLIC)


def secrets_of(case: Casefile) -> list[str]:
    """What no answer may have: ids of people and originals, codes of places, exact counts, the digest."""
    (source,) = sources_of(case)
    counts = [N_PEOPLE, N_FEW + N_PEOPLE]
    return [
        "person0000",
        "The women of one nationality",
        case.settings().scope,
        str(case.root),
        source.source,
        source.sha256,
        source.file_name,
        "Fac Rare",
        "RARE",
        digest_of_case(case)[:12],
        *(f"{count:,}" for count in counts),
        *map(str, counts),
    ]


def asked_of(site: Site) -> Iterator[str]:
    """Every address with names that are there and names that are not, with and without options."""
    (source,) = sources_of(site.case)
    names = [
        "person00000001",
        "person",
        "nobody",
        f"{source.source}::2",
        "RARE",
        "RAR",
        "unaccounted-intervals",
    ]
    paths = [f"/{lang}{each.path}" for each in page_modules() if each.send is None for lang in ("en", "es")]
    paths += [each.path for each in page_modules() if each.send is not None]
    paths += [each.path for each in question_modules()]
    paths += [f"/embed{path}/chart" for path in paths[:40]] + [
        f"/{lang}/print/report" for lang in ("en", "es")
    ]
    for path in paths:
        if "{" not in path:
            yield from (path, f"{path}?q=person", f"{path}?digest=0&version=0", f"{path}?sort=person0000")
        else:
            yield from (re.sub(r"\{[^}]*\}", quote(name, safe=""), path) for name in names)
    yield from ("/openapi.json", "/nothing", "/es/nothing", "/en", "/api/", "/search?q=person", "/robots.txt")


def told(answer: httpx.Response) -> str:
    """Everything that an answer says, in every spelling: as it is, unescaped, unquoted, decoded."""
    heads = "\n".join(
        f"{name}: {value}" for name, value in answer.headers.items() if name != "content-length"
    )
    text = f"{heads}\n{answer.text}"
    decoded = []
    for found in re.findall(r"[A-Za-z0-9+/]{16,}={0,2}", text):
        try:
            decoded.append(base64.b64decode(found + "=" * (-len(found) % 4)).decode("latin-1"))
        except ValueError:
            continue
    escaped = re.sub(r"\\u([0-9a-f]{4})", lambda one: chr(int(one[1], 16)), text)
    return "\n".join([text, html.unescape(text), unquote(text), escaped, *decoded])


def test_no_address_of_a_private_list_says_what_was_withheld(private: Site) -> None:
    secrets = [
        re.compile(
            rf"(?<![\w,.]){re.escape(each)}(?![\w,])"
            if each[0].isdigit() and len(each) < 6
            else re.escape(each)
        )
        for each in secrets_of(private.case)
    ]
    statuses: dict[int, int] = {}
    for path in asked_of(private):
        answer = private.ask(path)
        statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
        said = told(answer).replace(path, "").replace(unquote(path), "")
        for name in re.findall(r"[^/?=&]+", unquote(path)):  # what was asked may be said back
            said = said.replace(f"`{name}`", "")
        assert [each.pattern for each in secrets if each.search(said)] == [], path
    assert statuses[200] > 10
    assert statuses[403] > 100
    assert 500 not in statuses


def test_only_what_says_that_it_leaves_is_served(private: Site) -> None:
    served = {each.path for each in page_modules() if each.leaves}
    assert served <= PAGES_THAT_LEAVE
    assert {each.path for each in question_modules() if each.leaves} == QUESTIONS_THAT_LEAVE
    for module in page_modules():
        path = re.sub(r"\{[^}]*\}", "x", module.path if module.send else f"/en{module.path}")
        assert private.ask(path).status_code == (200 if module.leaves else 403), path
    for question in question_modules():
        path = re.sub(r"\{[^}]*\}", "x", question.path)
        assert private.ask(path).status_code == (200 if question.leaves else 403), path


@pytest.mark.parametrize(
    "path",
    ["/en/person/{}", "/es/rows/{}", "/en/facility/{}", "/en/figures/{}", "/api/person/{}", "/api/rows/{}"],
)
def test_whether_somebody_is_there_is_not_said(private: Site, path: str) -> None:
    (source,) = sources_of(private.case)
    known = {"rows": f"{source.source}::2", "facility": "RARE", "figures": "unaccounted-intervals"}
    names = [known.get(path.split("/")[2], "person00000001"), "person00000000x"]
    there, nobody = (private.ask(path.format(name)) for name in names)
    assert there.status_code == nobody.status_code in (403, 404)
    said = [each.text.replace(name, "") for each, name in zip((there, nobody), names, strict=True)]
    heads = [{**each.headers, "content-length": ""} for each in (there, nobody)]
    assert said[0] == said[1]
    assert heads[0] == heads[1]


def test_the_first_page_and_the_figures_have_what_passed_the_gate(private: Site) -> None:
    (publication,) = publications(private.case)
    assert (publication.what, publication.profile) == ("the site", "private")
    for language, word in (("en", "Disclosure control"), ("es", "Control de divulgación")):
        page = private.ask(f"/{language}/")
        assert word in page.text
    shown = Read(private.ask("/en/").text)
    (heads,) = [line for line in shown.rows("Published counts") if "What is counted" in line]
    assert heads[1:] == ["Lower value, rounded", "Upper value, rounded"]
    assert "at least" not in shown.text.lower()  # a rounded value is no bound
    figures = private.ask("/api/figures").json()
    assert (figures["digest"], figures["publication"]) == ("", 1)
    assert all(row["basis"] == [] and row["digest"] == "" for row in figures["rows"])
    withheld = [row for row in figures["rows"] if "withheld" in row["rounding"]]
    assert withheld
    assert all(row["lo"] is None or row["lo"] % 5 == 0 for row in figures["rows"])


def test_a_state_is_published_once(tmp_path: Path) -> None:
    """However often it is served; another state is another publication."""
    case = listed(tmp_path / "case", people(40))
    for _ in range(2):
        site = Site(case, PUBLIC)
        for path in ("/en/", "/es/", "/api/figures", "/en/"):
            assert site.ask(path).status_code == 200
    assert [one.what for one in publications(case)] == ["the site"]
    with (case.root / "paradero.toml").open("a", encoding="utf-8") as settings:
        settings.write("# a remark\n")
    build(case)
    assert Site(case, PUBLIC).ask("/en/").status_code == 200
    assert len(publications(case)) == 2
    (case.root / "published" / "00001.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ParaderoError):  # what could not be held against what was published stays in
        Site(case, PUBLIC)


def test_what_is_for_the_court_is_not_published(tmp_path: Path) -> None:
    """Neither served nor written, and nothing of it is entered as handed out."""
    case = listed(tmp_path / "case", people(40), "court")
    before = [entry.act for entry in read_log(case)]
    with pytest.raises(ParaderoError, match="`court` is not for publication"):
        Site(case, PUBLIC)
    with pytest.raises(ParaderoError, match="`court` is not for publication"):
        write_site(case, tmp_path / "site", most=10, tell=lambda *_: None)
    assert not (tmp_path / "site").exists()
    assert [entry.act for entry in read_log(case)] == before


def test_rows_that_may_leave_are_entered_once(tmp_path: Path) -> None:
    case = listed(tmp_path / "case", people(40), "public")
    for _ in range(2):
        site = Site(case, PUBLIC)
        for path in ("/en/", "/en/person/person00000001", "/api/status"):
            assert site.ask(path).status_code == 200, path
    entries = [entry.what for entry in read_log(case) if entry.act == PUBLISH]
    assert [(entry["profile"], entry["what"]) for entry in entries] == [("public", "the site")]
    assert profile_of("public").says in html.unescape(site.ask("/en/person/person00000001").text)
    assert site.ask("/api/verdicts?evidence=court").status_code == 403  # worked out, and kept, for anybody
    assert site.ask("/api/verdicts").json()["changes"] is None
