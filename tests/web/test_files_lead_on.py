"""A site of files: what it has no page for leads to what can be done instead, and its charts can be taken away."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from paradero.building.building import build
from paradero.web.fixed.collecting import Collected, _made
from paradero.web.fixed.writing import _content
from paradero.web.standing import Standing
from web.written import FIRST, site_of

WRITTEN = ("/en/", "/en/tables/persons", "/es/tables/persons", "/en/facility/ALPHA")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few pages as the files of a site have them."""
    made = tmp_path_factory.mktemp("leading")
    case = site_of(made, {"ONE": FIRST}).case
    with (case.root / "paradero.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[publishing]\nprofile = "public"\n')
    build(case)
    standing, found = Standing(case, is_public=True), Collected()
    for address in WRITTEN:
        page = _made(standing, address)
        assert isinstance(page, tuple)
        found.pages[address] = page[0]
        found.charts |= page[1]
    for name, content in _content(standing, found).items():
        path = made / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return made / "site"


def _tables(folder: Path, language: str) -> list[Path]:
    return sorted(folder.glob(f"{language}/tables/*/index.html"))


@pytest.mark.parametrize(("language", "words"), [("en", "made of files"), ("es", "hecho de archivos")])
def test_a_filter_that_is_not_written_leads_to_the_table_itself(
    folder: Path, language: str, words: str
) -> None:
    pages = _tables(folder, language)
    assert pages
    elsewhere = 0
    for path in pages:
        text = path.read_text(encoding="utf-8")
        head = text[text.index("<thead>") : text.index("</thead>")] if "<thead>" in text else ""
        assert not re.findall(r"<a(?![^>]*href)[^>]*>", head), path
        took = re.findall(r'href="([^"]*#take)"', text)
        elsewhere += len(took)
        assert 'id="take"' in text
        assert words in text
        for led in took:
            target = posixpath.normpath(
                posixpath.join(path.parent.as_posix(), unquote(led.partition("#")[0]))
            )
            assert 'id="take"' in Path(target).read_text(encoding="utf-8")
    assert elsewhere


def test_charts_are_pictures_beside_their_pages(folder: Path) -> None:
    pages = sorted(folder.glob("en/facility/*/index.html"))
    assert pages
    n = 0
    for path in pages:
        text = path.read_text(encoding="utf-8")
        led = re.findall(r'<a class="take" href="([^"]*)">svg', text)
        assert len(led) == text.count("<figure")
        for each in led:
            picture = (path.parent / unquote(each)).resolve()
            assert picture.suffix == ".svg"
            content = picture.read_text(encoding="utf-8")
            assert content.startswith("<svg ")
            assert "http://www.w3.org/2000/svg" in content
            n += 1
    assert n
