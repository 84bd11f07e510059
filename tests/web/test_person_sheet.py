"""What a family is handed: one sheet with the history, what is not known and whom to ask, and nothing else of the
record; and hours between two places that no row lists.
"""

from __future__ import annotations

import datetime as dt
import io
import re

import pypdfium2
import pytest

from web.asked import Site
from web.crawled import read
from web.written import site_of

WHO = "MOVED1"
LEFT, CAME = "2025-01-11 13:49:00", "2025-01-11 16:55:00"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A person moved within hours, back two years later; and others, so that the release has an end."""

    def row(who: str, code: str, came: str, went: str, stay: tuple[str, str], why: str) -> tuple[str, ...]:
        return (who, stay[0], came, code, f"{code} CENTER", went, why, stay[1], "Bonded Out")

    first = ("2025-01-10 08:00:00", "2025-01-20 10:00:00")
    later = ("2027-02-01 08:00:00", "2027-02-03 09:00:00")
    rows = (
        row(WHO, "ALPHA", first[0], LEFT, first, "Transferred"),
        row(WHO, "BETA", CAME, first[1], first, "Bonded Out"),
        row(WHO, "ALPHA", later[0], later[1], later, "Bonded Out"),
        row("OTHER2", "ALPHA", later[0], later[1], later, "Bonded Out"),
    )
    return site_of(tmp_path_factory.mktemp("sheet"), {"ONE": rows})


def _paper(site: Site, path: str) -> tuple[int, str]:
    document = pypdfium2.PdfDocument(io.BytesIO(site.ask(path).content))
    text = " ".join(sheet.get_textpage().get_text_bounded() for sheet in document)
    n = len(document)
    document.close()
    return n, re.sub(r"[\s\x02­‐]+", " ", text)


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_sheet_has_the_history_and_whom_to_ask(site: Site, language: str) -> None:
    pages, text = _paper(site, f"/{language}/print/person/{WHO}")
    assert pages == 1
    for wanted in (
        "ALPHA CENTER",
        "locator.ice.gov",
        f"acis.eoir.justice.gov/{language}",
        "immigrationlawhelp",
    ):
        assert wanted in text.replace(" ", "") or wanted in text
    assert "paradero requests" not in text
    assert "paradero conflicts" not in text
    assert "Anonymized Identifier" not in text  # a head of the rows as received


def test_the_rows_stand_on_paper_for_who_asks_for_them(site: Site) -> None:
    page = read(site.ask(f"/en/person/{WHO}").text)
    (whole,) = {each for each in page.links if "/print/" in each and "rows=on" in each}
    assert "Anonymized Identifier" in _paper(site, whole)[1]


def test_hours_between_two_places_are_listed(site: Site) -> None:
    """Counted by hand: from the clock of the book-out to that of the next book-in."""
    hours = dt.datetime.fromisoformat(CAME) - dt.datetime.fromisoformat(LEFT)
    text = read(site.ask(f"/en/person/{WHO}").text).text("main")
    assert "11 January 2025, 13:49 to 11 January 2025, 16:55" in text
    assert f"{hours.seconds // 3600} h {hours.seconds // 60 % 60} min" in text
    assert text.count("between ALPHA CENTER and BETA CENTER") == 1
    spanish = read(site.ask(f"/es/person/{WHO}").text).text("main")
    assert "«Transferred» (traslado a otro centro)" in spanish


def test_a_strip_is_cut_where_years_lie_empty(site: Site) -> None:
    """The first stay has two places, drawn to their own scale: they fill the picture, but for hours."""
    svg = re.search(r"<svg[^>]*strip-860.*?</svg>", site.ask(f"/en/person/{WHO}").text, re.S)
    svg = svg or re.search(r"<svg.*?</svg>", site.ask(f"/en/person/{WHO}").text, re.S)
    assert svg
    assert "2027" not in svg[0]


@pytest.mark.parametrize(
    ("heads", "language"),
    [
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("en-US,en;q=0.9,es;q=0.8", "en"),
        ("de,fr;q=0.9", "en"),
        ("", "en"),
        ("es;q=0,en;q=nonsense", "en"),
    ],
)
def test_the_first_page_is_in_the_language_of_the_reader(site: Site, heads: str, language: str) -> None:
    answer = site.ask("/", headers={"accept-language": heads})
    assert f'lang="{language}"' in answer.text
    assert "Accept-Language" in answer.headers["vary"]


def test_an_office_answers_in_the_language_of_the_reader(site: Site) -> None:
    assert "https://acis.eoir.justice.gov/es/" in site.ask("/es/where-to-ask").text
    assert "https://acis.eoir.justice.gov/en/" in site.ask("/en/where-to-ask").text
