"""Releases from publishers: what arrives is held against what it should be, and nothing that was there is lost to
what is not.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import signal
import subprocess
import sys
import threading
import time
import urllib.request
import zipfile
from collections.abc import Callable
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from casefile.made import said

from paradero.building.fetched.releases import fetch_releases
from paradero.casefile.folder import Casefile
from paradero.casefile.originals import sources_of
from paradero.fetching.asking import _Redirects
from paradero.fetching.downloading import MANIFEST, Manners, Wish, fetch, manifest_of
from paradero.fetching.publishers import Blank, Item, Links, Order, Publisher, Token, publishers
from paradero.model.errors import SourceError, UnknownName

from .conftest import Asked, Reply, Site

Publish = Callable[..., Publisher]

STINTS = (
    b"Stay Book In Date Time,Book In Date Time,Book Out Date Time,Detention Facility,Detention Facility Code,"
    b"Anonymized Identifier\n"
    + b"2025-01-01 10:00,2025-01-01 10:00,2025-01-02 11:00,EXAMPLE,EXACODE,aa01\n"
    * 40
)
ARRESTS = b"Apprehension Date,Apprehension Method,Citizenship Country,Gender,Anonymized Identifier\n" + (
    b"2025-01-01 10:00,Located,X,Male,aa01\n"
)
LOGIN = b"\n<!DOCTYPE html><html><body>Please log in.</body></html>"
DOCKET = {
    "docket": "https://example.org/api/rest/v4/dockets/12/",
    "entry_number": 1,
    "date_filed": "2025-01-02",
    "description": "COMPLAINT",
    "recap_documents": [{"document_number": "1"}],
}


class Told:
    """What was said and for how long was waited."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.waited: list[float] = []
        self.manners = Manners(
            pause_seconds=0,
            tries=4,
            sleep=self.waited.append,
            now=lambda: dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        )

    def fetch(self, folder: Path, *only: str, of: str | None = None) -> list[tuple[str, str]]:
        found = fetch_releases(
            "here", folder, only=list(only), of=of, manners=self.manners, tell=self.lines.append
        )
        return [(one.fetched.file, one.fetched.outcome) for one in found]


@pytest.fixture
def told() -> Told:
    return Told()


def stints(site: Site, **other: Any) -> Item:
    return Item(name="stints.csv", title="Stints", url=f"{site.base}/stints.csv", kind="detentions", **other)


def test_the_publishers_that_are_known_say_what_is_needed() -> None:
    assert list(publishers()) == ["courtlistener", "ddp", "ice-statistics", "ourairports", "usaspending"]
    for one in publishers().values():
        assert all((one.title, one.home, one.licence, one.citation, one.item)), one.title
        for item in one.item:
            assert sum(each is not None for each in (item.url, item.links, item.order)) == 1, item.name
            assert (item.kind is None) == bool(item.headers), item.name
            addresses = (item.url, item.links and item.links.page, item.order and item.order.url)
            assert all(each.startswith("https://") for each in addresses if each), item.name


def test_one_command_makes_a_built_casefile(site: Site, publish: Publish, tmp_path: Path) -> None:
    airports = Item(name="airports.csv", title="", url=f"{site.base}/airports.csv", headers=("ident",))
    publish(stints(site), airports)
    site.serves("/stints.csv", STINTS)
    site.serves("/airports.csv", b"id,ident\n1,KAEX\n")
    heard = said(tmp_path, "fetch", "here", "--into", "national", "--json")
    assert heard.code == 0, heard.err
    assert [one["outcome"] for one in heard.json["files"]] == ["fetched", "fetched"]
    case = Casefile(tmp_path / "national")
    (source,) = sources_of(case)
    assert (source.origin, source.licence, source.note) == (
        f"{site.base}/stints.csv",
        "public domain",
        "Cite as: The tests (2026)",
    )
    assert heard.json["casefile"]["sources"] == [source.source]
    assert said(case.root, "status", "--json").json["digest"] == heard.json["casefile"]["digest"]
    again = said(tmp_path, "fetch", "here", "--into", "national")
    assert (again.code, again.err.count("kept ")) == (0, 2)
    assert len(sources_of(case)) == 1
    assert "Cite as: The tests (2026)" in again.out


def test_what_is_there_is_asked_about_and_renewed_where_it_changed(
    site: Site, publish: Publish, told: Told, tmp_path: Path
) -> None:
    publish(stints(site))
    site.serves("/stints.csv", STINTS)
    assert told.fetch(tmp_path) == [("stints.csv", "fetched")]
    assert told.fetch(tmp_path) == [("stints.csv", "kept")]
    assert site.asked[-1].headers["If-None-Match"] == '"one"'
    site.serves("/stints.csv", STINTS, tag='"two"')
    assert told.fetch(tmp_path) == [("stints.csv", "kept")]  # the same bytes under another tag
    site.serves("/stints.csv", STINTS + STINTS.splitlines(keepends=True)[-1], tag='"three"')
    assert told.fetch(tmp_path) == [("stints.csv", "renewed")]
    assert manifest_of(tmp_path)["stints.csv"]["etag"] == '"three"'


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (LOGIN, "a web page came"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "a pointer of Git LFS"),
        (ARRESTS, "a table of arrests came, where detentions should be"),
        (b"a,b\n1,2\n", "no table that is known"),
        (b"\x00\x01\x02 nothing", "no table that is known"),
    ],
)
def test_what_is_not_the_table_replaces_nothing(
    body: bytes, message: str, site: Site, publish: Publish, told: Told, tmp_path: Path
) -> None:
    publish(stints(site))
    site.serves("/stints.csv", STINTS)
    told.fetch(tmp_path)
    before = manifest_of(tmp_path)
    site.serves("/stints.csv", body, tag='"two"', **{"Content-Type": "text/csv"})
    with pytest.raises(SourceError, match=message):
        told.fetch(tmp_path)
    assert (tmp_path / "stints.csv").read_bytes() == STINTS
    assert manifest_of(tmp_path) == before
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix != ".json") == ["stints.csv"]
    site.serves("/stints.csv", STINTS + STINTS, tag='"three"')
    assert told.fetch(tmp_path) == [("stints.csv", "renewed")]


def test_a_connection_that_breaks_is_taken_up_where_it_broke(
    site: Site, publish: Publish, told: Told, tmp_path: Path
) -> None:
    publish(stints(site))
    site.serves("/stints.csv", STINTS)
    whole = site.answers["/stints.csv"]

    def breaks_once(one: Asked) -> Reply:
        reply = whole(one)
        reply.stop_after = 700 if len(site.asked) == 1 else None
        return reply

    site.answers["/stints.csv"] = breaks_once
    assert told.fetch(tmp_path) == [("stints.csv", "fetched")]
    assert (site.asked[1].headers["Range"], site.asked[1].headers["If-Range"]) == ("bytes=700-", '"one"')
    assert (tmp_path / "stints.csv").read_bytes() == STINTS


def test_a_file_that_changes_midway_is_begun_anew(
    site: Site, publish: Publish, told: Told, tmp_path: Path
) -> None:
    publish(stints(site))
    newer = STINTS.replace(b"EXACODE", b"NEWCODE")

    def changes(one: Asked) -> Reply:
        if len(site.asked) == 1:
            return Reply(STINTS, 200, {"ETag": '"one"'}, stop_after=700)
        assert one.headers["If-Range"] == '"one"'
        return Reply(newer, 200, {"ETag": '"two"'})

    site.answers["/stints.csv"] = changes
    told.fetch(tmp_path)
    assert (tmp_path / "stints.csv").read_bytes() == newer


def test_a_fetch_that_is_killed_goes_on(site: Site, tmp_path: Path) -> None:
    site.serves("/stints.csv", STINTS)
    whole, gate = site.answers["/stints.csv"], threading.Event()

    def stalls_once(one: Asked) -> Reply:
        reply = whole(one)
        if len(site.asked) == 1:
            reply.stop_after, reply.wait = 1500, gate
        return reply

    site.answers["/stints.csv"] = stalls_once
    code = (
        "import sys; from pathlib import Path; from paradero.fetching.downloading import Manners, Wish, fetch\n"
        "fetch([Wish(url=sys.argv[1], file='stints.csv')], Path(sys.argv[2]), Manners(), print)"
    )
    url = f"{site.base}/stints.csv"
    process = subprocess.Popen([sys.executable, "-c", code, url, str(tmp_path)])
    deadline = time.monotonic() + 60
    while not site.asked and time.monotonic() < deadline:
        time.sleep(0.01)
    part = tmp_path / "stints.csv.part"
    while not part.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    gate.set()
    assert not (tmp_path / "stints.csv").exists()
    begun = part.stat().st_size
    (found,) = fetch([Wish(url=url, file="stints.csv")], tmp_path, Manners(), print)
    assert (found.outcome, (tmp_path / "stints.csv").read_bytes()) == ("fetched", STINTS)
    assert site.asked[1].headers.get("Range") == (f"bytes={begun}-" if begun else None)
    assert list(manifest_of(tmp_path)) == ["stints.csv"]


def test_a_server_that_asks_to_wait_is_heard(
    site: Site, publish: Publish, told: Told, tmp_path: Path
) -> None:
    publish(stints(site))
    site.serves("/stints.csv", STINTS)
    whole = site.answers["/stints.csv"]
    site.answers["/stints.csv"] = lambda one: (
        Reply(status=429, headers={"Retry-After": "7"}) if len(site.asked) == 1 else whole(one)
    )
    told.fetch(tmp_path)
    assert told.waited == [7.0]


def test_a_token_is_told_to_its_own_host_alone_and_to_nobody_else(
    site: Site, publish: Publish, told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = Token(env="TESTS_TOKEN", host=site.base[7:], form="Token {token}", is_needed=True)
    publish(stints(site), token=token)
    elsewhere = site.base.replace("127.0.0.1", "localhost")
    site.answers["/stints.csv"] = lambda _: Reply(status=302, headers={"Location": f"{elsewhere}/file"})
    site.serves("/file", STINTS)
    monkeypatch.delenv("TESTS_TOKEN", raising=False)
    with pytest.raises(SourceError, match="set it in the environment as TESTS_TOKEN"):
        told.fetch(tmp_path)
    assert site.asked == []
    monkeypatch.setenv("TESTS_TOKEN", "s3cret")
    heard = said(tmp_path, "fetch", "here", "-o", "got", "--json")
    assert heard.code == 0, heard.err
    assert [one.headers.get("Authorization") for one in site.asked] == ["Token s3cret", None]
    written = (tmp_path / "got" / MANIFEST).read_text(encoding="utf-8")
    assert "s3cret" not in heard.out + heard.err + written


def test_nobody_is_sent_on_to_where_a_file_can_be_changed_on_the_way() -> None:
    request = urllib.request.Request("https://example.org/a")
    with pytest.raises(SourceError, match="anybody on the way could change"):
        _Redirects().redirect_request(request, io.BytesIO(), 302, "Found", Message(), "http://example.org/a")


def page(*links: str) -> bytes:
    return ("<html>" + "".join(f'<a href="{link}">x</a>' for link in links) + "</html>").encode()


def test_the_newest_file_that_a_page_links_to(
    site: Site, publish: Publish, told: Told, tmp_path: Path
) -> None:
    links = Links(page=f"{site.base}/page", link=r"^FY\d\d_stints.*\.csv$", newest=2)
    publish(Item(name="stints", title="", links=links, kind="detentions"))
    site.serves(
        "/page",
        page(
            "/doc/FY25_stints11302024.csv",
            "doc/FY26_stints02122026.csv",
            "/doc/FY26_stints_01052026.csv?a=1&amp;b=2",
            "/doc/FY26_other02122026.csv",
            "https://elsewhere.example.org/FY26_stints03012026.csv",
            "javascript:FY26_stints03022026.csv",
        ),
    )
    for name in ("FY26_stints02122026.csv", "FY26_stints_01052026.csv"):
        site.serves(f"/doc/{name}", STINTS)
    assert told.fetch(tmp_path) == [
        ("FY26_stints02122026.csv", "fetched"),
        ("FY26_stints_01052026.csv", "fetched"),
    ]
    site.serves("/page", page("/nothing"))
    with pytest.raises(SourceError, match="no link there looks like"):
        told.fetch(tmp_path)


def test_pages_of_a_list_are_followed_on_their_own_server(
    site: Site, publish: Publish, told: Told, tmp_path: Path
) -> None:
    of = Blank(what="the number of a docket", pattern=r"\d+")
    url = f"{site.base}/entries?docket={{of}}"
    publish(Item(name="docket-{of}.json", title="", url=url, kind="dockets", of=of, is_paged=True))

    def listed(following: str | None) -> bytes:
        return json.dumps({"count": 2, "next": following, "previous": None, "results": [DOCKET]}).encode()

    site.serves("/entries?docket=12", listed(f"{site.base}/entries?docket=12&cursor=b"))
    site.serves("/entries?docket=12&cursor=b", listed(None))
    assert told.fetch(tmp_path, of="12") == [("docket-12.json", "fetched"), ("docket-12-2.json", "fetched")]
    site.serves("/entries?docket=12", listed(f"{site.base}/entries?docket=12&cursor=c"), tag='"two"')
    site.serves("/entries?docket=12&cursor=c", listed(None))
    assert [name for name, _ in told.fetch(tmp_path, of="12")] == ["docket-12.json", "docket-12-2.json"]
    site.serves("/entries?docket=13", listed("https://elsewhere.example.org/entries"))
    with pytest.raises(SourceError, match="on another server"):
        told.fetch(tmp_path, of="13")
    for wrong in (None, "12&x=1", "../12"):
        with pytest.raises(UnknownName, match="the number of a docket"):
            told.fetch(tmp_path, of=wrong)


def test_a_file_that_is_made_when_asked_for(site: Site, publish: Publish, told: Told, tmp_path: Path) -> None:
    of = Blank(what="a year", pattern=r"20\d\d")
    order = Order(url=f"{site.base}/order", body='{"year": "{of}"}')
    publish(Item(name="stints-{of}.zip", title="", order=order, of=of, kind="detentions"))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("stints.csv", STINTS)
    states = iter(["running", "finished"])

    def answer(status: str) -> Reply:
        said_so = {"status": status, "file_url": f"{site.base}/made.zip", "status_url": f"{site.base}/status"}
        return Reply(json.dumps(said_so).encode())

    site.answers["/order"] = lambda one: answer(
        "ready" if json.loads(one.body) == {"year": "2025"} else "failed"
    )
    site.answers["/status"] = lambda _: answer(next(states))
    site.serves("/made.zip", packed.getvalue())
    assert told.fetch(tmp_path, of="2025") == [("stints-2025.zip", "fetched")]
    assert (told.waited, site.asked[0].method) == ([30.0, 30.0], "POST")
    assert told.fetch(tmp_path, of="2025") == [("stints-2025.zip", "kept")]
    assert len(site.of("/order")) == 1
    heard = said(tmp_path, "fetch", "here", "--of", "2025", "-o", ".", "--into", "case")
    assert heard.code == 0, heard.err
    (source,) = sources_of(Casefile(tmp_path / "case"))
    assert (source.file_name, source.origin) == ("stints.csv", f"{site.base}/made.zip")


def test_no_part_of_a_casefile_is_written_to(site: Site, publish: Publish, tmp_path: Path) -> None:
    publish(stints(site))
    site.serves("/stints.csv", STINTS)
    assert said(tmp_path, "fetch", "here", "--into", "case").code == 0
    for arguments in (("-o", "case/sources"), ("-o", "case/sources/x"), ("--into", "case/build/inner")):
        heard = said(tmp_path, "fetch", "here", *arguments)
        assert (heard.code, "which only paradero changes" in heard.err) == (1, True), arguments
    heard = said(tmp_path / "case" / "sources", "fetch", "here")
    assert (heard.code, "which only paradero changes" in heard.err) == (1, True)


def test_what_the_publisher_has_not_is_said(site: Site, publish: Publish, tmp_path: Path) -> None:
    publish(stints(site))
    for arguments, message in (
        ((), "No publisher is named"),
        (("nope",), "is not a publisher"),
        (("here", "--only", "stint.csv"), "Did you mean `stints.csv`"),
        (("here",), "there is no such file"),
    ):
        heard = said(tmp_path, "fetch", *arguments)
        assert (heard.code, message in heard.err) == (1, True), heard.err
    assert f"{site.base}/stints.csv" in said(tmp_path, "fetch", "--list").out
    assert (
        said(tmp_path, "fetch", "--list", "--json").json["publishers"]["here"]["licence"] == "public domain"
    )
