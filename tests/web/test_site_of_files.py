"""The site as files: every link leads to a file that is there, from a disk and from any folder of a web
space; whole or not at all; the same bytes for the same state.
"""

from __future__ import annotations

import hashlib
import json
import os
import posixpath
import threading
import urllib.request
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from attack.scale import at_length
from casefile.made import new_reference, said
from disclosure.made_up import people
from playwright.sync_api import sync_playwright

from paradero.disk import whole_files
from paradero.web.fixed import writing
from web.test_public import listed, secrets_of

MOST = "60"


class Read(HTMLParser):
    """What a page loads and leads to, its parts, and what a site of files must not have."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.led: list[str] = []
        self.ids: set[str] = set()
        self.tags: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name in ("href", "src") and value is not None:
                self.led.append(value)
            if name == "id" and value:
                self.ids.add(value)
            assert not name.startswith("on"), f"{name} on {tag}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reference case, whose sources are public, as files."""
    folder = tmp_path_factory.mktemp("files")
    case = new_reference(folder / "case")
    with (case.root / "paradero.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[publishing]\nprofile = "public"\n')
    heard = said(case.root, "site", "-o", str(folder / "site"), "--most", MOST)
    assert heard.code == 0, heard.err
    assert "are not among them" in heard.out
    return folder / "site"


def pages_of(folder: Path) -> dict[str, Read]:
    return {
        str(path.relative_to(folder)): Read(path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*.html"))
    }


def test_every_link_leads_to_a_file_that_is_there(site: Path) -> None:
    pages = pages_of(site)
    assert {"index.html", "en/index.html", "es/index.html", "en/search/index.html"} <= set(pages)
    n_links = 0
    for name, page in pages.items():
        assert not page.tags & {"form", "iframe", "object", "embed", "base"}
        for led in page.led:
            parts = urlsplit(led)
            if parts.scheme in ("https", "http", "mailto", "data"):
                continue
            assert not led.startswith("/"), led
            target = (
                posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path)))
                if parts.path
                else name
            )
            assert not target.startswith(".."), (name, led)
            assert (site / target).is_file(), (name, led)
            if parts.fragment and target in pages:
                assert parts.fragment in pages[target].ids, (name, led)
            n_links += 1
    assert n_links > 500


def test_both_languages_have_the_same_pages(site: Path) -> None:
    english, spanish = (
        {path.relative_to(site / code) for path in (site / code).rglob("*.html")} for code in ("en", "es")
    )
    assert len(english & spanish) > 20


def test_it_works_below_any_folder_of_a_web_space(site: Path, tmp_path: Path) -> None:
    (tmp_path / "some").mkdir()
    os.symlink(site, tmp_path / "some" / "folder")
    quiet = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(quiet, directory=str(tmp_path))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            start = f"http://127.0.0.1:{server.server_port}/some/folder/"
            waiting, seen = [start], {start}
            while waiting and len(seen) < 60:
                here = waiting.pop()
                with urllib.request.urlopen(here) as answer:  # noqa: S310  our own server
                    assert answer.status == 200
                    text = answer.read().decode("utf-8", "replace")
                for led in Read(text).led if "<html" in text else []:
                    there = urljoin(here, led).partition("#")[0]
                    if there.startswith(start) and there not in seen:
                        seen.add(there)
                        waiting.append(there)
            assert len(seen) >= 60
        finally:
            server.shutdown()
            thread.join()


def test_the_list_has_every_page_and_a_script_narrows_it(site: Path) -> None:
    listed_pages = Read((site / "en" / "search" / "index.html").read_text(encoding="utf-8")).led
    found = {posixpath.normpath(posixpath.join("en/search", unquote(led))) for led in listed_pages}
    entries = json.loads((site / "search.json").read_bytes())
    assert {each["page"] for each in entries if each["language"] == "en"} <= found
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        problems: list[str] = []
        page.on("console", lambda message: problems.append(message.text))
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto((site / "es" / "search" / "index.html").as_uri())
        whole = page.locator("main li:visible").count()
        page.locator("main input[type=search]").fill("afirmasiones")  # as somebody types it
        some = page.locator("main li:visible").count()
        assert "Afirmaciones" in page.locator("main").inner_text()
        browser.close()
    assert problems == []
    assert 0 < some < whole


def test_every_file_is_named_with_its_hash(site: Path) -> None:
    manifest = json.loads((site / "manifest.json").read_bytes())
    there = {str(path.relative_to(site)): path for path in site.rglob("*") if path.is_file()}
    there.pop("manifest.json")
    assert manifest["files"] == {
        name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in sorted(there.items())
    }
    assert manifest["digest"]
    assert manifest["left_out"] > 0


@at_length
def test_one_state_gives_the_same_bytes_and_replaces_only_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A private list leaves as counts; twice the same; what is no site of ours stays; a failure changes
    nothing.
    """
    case = listed(tmp_path / "case", people(40))
    folder = tmp_path / "site"
    assert said(case.root, "site", "-o", str(folder)).code == 0
    first = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert said(case.root, "site", "-o", str(folder)).code == 0
    assert {
        str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    } == first
    said_there = b"\n".join(first.values()).decode()
    assert [each for each in secrets_of(case)[:9] if each in said_there] == []
    assert "digest" not in json.loads(first["manifest.json"])

    other = tmp_path / "other"
    other.mkdir()
    (other / "mine.txt").write_text("mine", encoding="utf-8")
    refused = said(case.root, "site", "-o", str(other))
    assert refused.code == 1
    assert "no site that paradero wrote" in refused.err
    assert [path.name for path in other.iterdir()] == ["mine.txt"]
    assert said(case.root, "site", "-o", str(case.root / "build")).code == 1

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "_put", full)
    assert said(case.root, "site", "-o", str(folder)).code == 1
    assert {
        str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    } == first
    assert not [path for path in tmp_path.iterdir() if whole_files.is_half(path)]
