"""A report as a file, in the format that its ending names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from paradero.casefile.folder import Casefile
from paradero.casefile.outside import check_outside
from paradero.disclosure.asked import Publishing
from paradero.disclosure.figures import publish_figures
from paradero.disclosure.gate import profile_for
from paradero.disclosure.marking import OUT
from paradero.disk.whole_files import write_whole
from paradero.figures.answered import Asked
from paradero.model.errors import ParaderoError, UnknownName
from paradero.reports import leaving
from paradero.reports.content.blocks import Page
from paradero.reports.content.wording import plain_text
from paradero.reports.docx.pages import docx_of
from paradero.reports.html.pages import html_of
from paradero.reports.pages.exhibit_page import exhibit_page
from paradero.reports.pages.material import Material
from paradero.reports.pages.published_page import published_page, published_title
from paradero.reports.pages.writing import page_of
from paradero.reports.pdf.pages import pdf_of

FORMATS: Mapping[str, Callable[[Page], bytes]] = {
    ".html": lambda page: html_of(page).encode("utf-8"),
    ".pdf": pdf_of,
    ".docx": docx_of,
}


def write_report(
    case: Casefile,
    about: str,
    name: str,
    output: Path,
    *,
    language: str,
    release: str | None = None,
    publishing: Publishing | None = None,
) -> str:
    """Write the page that is asked for to `output`, whole or not at all, and give its title. Raises what
    `page_of` does, UnknownName for an ending that names no format, ParaderoError where the file cannot be
    written, or where it is published under a profile that keeps it in.
    """
    _check(output)
    what = " ".join(part for part in ("a report on", about, name) if part)
    if about == "case" and publishing is not None and not profile_for(case, publishing.named)[0].rows:
        return _write_counts(case, output, what, publishing, language)
    leaving.check(case, publishing, what)
    page = page_of(case, about, name, language=language, release=release)
    return _write(case, page, output, what, publishing)


def _write_counts(case: Casefile, output: Path, what: str, publishing: Publishing, language: str) -> str:
    """Write what a profile lets leave of a case that keeps rows in: counts alone, registered before the
    file is there.
    """
    form = FORMATS[output.suffix.lower()]
    found, content = publish_figures(
        Asked(case),
        (),
        publishing,
        language,
        what=what,
        render=lambda found: form(published_page(case, found, language)),
    )
    _put(output, content, is_out=True)
    return plain_text(published_title(found, language))


def write_exhibits(
    case: Casefile, ids: Sequence[str], output: Path, *, language: str, publishing: Publishing | None = None
) -> str:
    """Write the exhibits on verdicts, by their ids, as `write_report` writes a report, and give their
    title. Raises UnknownName for an id that no verdict has.
    """
    _check(output)
    what = " ".join(["exhibits on", *ids])
    leaving.check(case, publishing, what)
    return _write(case, exhibit_page(Material(Asked(case), language), ids), output, what, publishing)


def _check(output: Path) -> None:
    if output.suffix.lower() not in FORMATS:
        raise UnknownName(f"{output.name}: a report has no such ending. Write one of {', '.join(FORMATS)}.")
    check_outside(output)


def _write(case: Casefile, page: Page, output: Path, what: str, publishing: Publishing | None) -> str:
    content = FORMATS[output.suffix.lower()](leaving.labelled(case, page, publishing))
    leaving.enter(case, publishing, what, content)
    _put(output, content, is_out=publishing is not None)
    return plain_text(page.title)


def _put(output: Path, content: bytes, *, is_out: bool) -> None:
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        write_whole(output, content)
    except OSError as error:
        raise ParaderoError(
            f"{output}: cannot be written ({error.strerror}). Name another place; what was there before is"
            " unchanged." + (OUT if is_out else "")
        ) from error
