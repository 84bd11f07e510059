"""In public nothing about single people or rows of a private list is served; the ways to it are closed."""

from __future__ import annotations

from pathlib import Path

import pytest
from casefile.made import copied

from paradero.casefile.originals import sources_of
from paradero.web.application import SiteSettings
from web.asked import Site, records
from web.read_tables import Read


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    case = copied(records().case, tmp_path_factory.mktemp("private") / "case")
    settings = Path(case.root / "paradero.toml")
    settings.write_text(settings.read_text("utf-8") + '\n[publishing]\nprofile = "private"\n', "utf-8")
    return Site(case, SiteSettings(is_public=True))


def test_pages_of_rows_are_kept_in(site: Site) -> None:
    source = sources_of(site.case)[0].source
    for path in (
        f"en/rows/{source}:Arrests FY2024:9",
        f"en/sources/{source}/sheet",
        "en/tables/chains",
        "es/tables/columns",
        "files/tables/chains.csv",
        "files/tables/chains.parquet?where=end_kind:is:open",
        "en/sources",
        f"en/sources/{source}",
        "en/tables",
        "en/people",
        "files/people.csv",
        "en/sql?text=SELECT+1+AS+a",
        "files/sql/answer.csv?text=SELECT+1+AS+a",
    ):
        assert site.ask(f"/{path}").status_code == 403, path


def test_what_comes_from_no_records_is_served(site: Site) -> None:
    for path in ("definitions", "definitions/columns"):
        answer = site.ask(f"/en/{path}")
        assert answer.status_code == 200, path
        page = Read(answer.text)
        links = [one.attributes["href"] for one in page.main.all("a")]
        assert not [link for link in links if "/sheet" in link or "/rows/" in link], path
