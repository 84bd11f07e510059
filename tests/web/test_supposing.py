"""What a reader supposes by the address is what the command line works out with the same options; links carry it on."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from casefile.made import new_reference, said

from web.asked import Site, reference
from web.crawled import read

pytestmark = pytest.mark.xdist_group("site")


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return reference(tmp_path_factory.getbasetemp())


def test_a_switched_assumption_changes_the_page_as_it_changes_the_command(site: Site) -> None:
    """Every assumption that is on by its file, switched off: the bounds of each result stand on its figure's page."""
    found = said(site.case.root, "costs", "list", "--json").json["rows"]
    names = {one["id"]: one for row in found for one in row["assumptions"]}
    switched = [name for name, one in names.items() if one["by_default"]]
    assert len(switched) >= 3
    for name in switched[:3]:
        told = said(site.case.root, "costs", "list", "--without", name, "--json").json["rows"]
        plain = {row["id"]: (row["lo"], row["hi"]) for row in found}
        changed = [row for row in told if (row["lo"], row["hi"]) != plain[row["id"]]]
        assert changed, name
        page = read(site.ask(f"/en/money?off={quote(name)}").text)
        links = [link for link in page.links if "/figures/cost%2F" in link]
        # every number of the page leads to its figure under the same supposition
        assert links
        assert all(f"off={quote(name)}" in link for link in links)
        for row in changed[:2]:
            link = next(
                link for link in links if urlsplit(link).path.endswith("%2F" + quote(row["id"], safe=""))
            )
            text = read(site.ask(link).text).text("main")
            plain_page = read(site.ask(urlsplit(link).path).text).text("main")
            assert text != plain_page
            for bound in (row["lo"], row["hi"]):
                whole = f"{abs(bound):,.0f}" if bound is not None else ""
                digits = re.sub(r"[^0-9]", "", whole)[:3]
                assert digits in re.sub(r"[^0-9]", "", text), (row["id"], bound)


def test_belief_changes_verdicts_as_the_command_says(site: Site) -> None:
    """Verdicts on the sworn statements alone: each mark of the grid is the one that `audit --trust sworn` prints."""
    told = said(
        site.case.root,
        "audit",
        "--trust",
        "sworn",
        "--verdict",
        "violated,undetermined,complied,not_bound",
        "--limit",
        "0",
        "--json",
    ).json["rows"]
    by_id = {row["id"]: row["verdict"] for row in told}
    page = read(site.ask("/en/orders?trust=sworn").text)
    marks = [
        (given["href"], given["class"])
        for tag, given in page.tags
        if tag == "a" and "v-" in given.get("class", "")
    ]
    assert len(marks) > 20
    seen = set()
    for href, kind in marks:
        name = href.partition("/verdicts/")[2].partition("?")[0].replace("%2F", "/").replace("%40", "@")
        name = name.replace("%3A", ":")
        if name in by_id:
            seen.add(by_id[name])
            assert kind.rpartition("v-")[2] == by_id[name], name
    assert {"undetermined", "not_bound"} <= seen


def test_what_is_supposed_leaves_no_trace(tmp_path: Path) -> None:
    """Neither in the log nor among the audits: it lies in a temporary folder of its own."""
    site = Site(new_reference(tmp_path / "case"))
    assert site.ask("/en/orders").status_code == 200
    audits = site.case.build / "audits"
    before = (sorted(audits.rglob("*")), (site.case.root / "log.jsonl").read_bytes())
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(tempfile, "tempdir", str(scratch))
        for path in ("/en/orders?trust=sworn", "/api/verdicts?evidence=court,record"):
            assert site.ask(path).status_code == 200, path
    assert (sorted(audits.rglob("*")), (site.case.root / "log.jsonl").read_bytes()) == before
    assert list(scratch.glob("paradero-supposed-*"))


def test_few_sources_are_left_out_at_a_time(site: Site) -> None:
    many = "&".join(f"without=source{number}" for number in range(4))
    for path in (f"/en/orders?{many}", f"/api/verdicts?{many}"):
        answer = site.ask(path)
        assert answer.status_code == 404, path
        assert "3 at most" in answer.text


def test_what_nobody_assumes_or_says_is_refused(site: Site) -> None:
    for path in (
        "/en/money?off=no-such-assumption",
        "/en/orders?trust=rumour",
        "/en/orders?without=Nobody%20At%20All",
    ):
        answer = site.ask(path)
        assert answer.status_code == 404, path
        assert "is not" in read(answer.text).text("main"), path
