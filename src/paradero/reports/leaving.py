"""Pages that leave under a profile: whole and labelled, or not at all."""

from __future__ import annotations

import dataclasses

from paradero.answers.digests import digest_of_case
from paradero.casefile.folder import Casefile
from paradero.disclosure.asked import Publishing
from paradero.disclosure.gate import check_rows_may_leave, pass_rows, profile_for
from paradero.disclosure.marking import not_for_publication
from paradero.disclosure.shown import note_of_profile
from paradero.reports.content.blocks import Page


def check(case: Casefile, publishing: Publishing | None, what: str) -> None:
    """Raises ParaderoError where the profile keeps pages about single people and rows in."""
    if publishing is not None:
        check_rows_may_leave(case, publishing.named, what)


def labelled(case: Casefile, page: Page, publishing: Publishing | None) -> Page:
    """The page with the words of the profile on every sheet; where it is not published, as it was, or
    with the words that it is not for publication.
    """
    if publishing is None:
        said = not_for_publication(case, page.language)
        return dataclasses.replace(page, label=_joined(page.label, said)) if said else page
    profile, is_default = profile_for(case, publishing.named)
    said = note_of_profile(profile, is_default, [], page.language)
    return dataclasses.replace(page, label=_joined(page.label, said), foot=(*page.foot, (said,)))


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def enter(case: Casefile, publishing: Publishing | None, what: str, content: bytes) -> None:
    """Enter what leaves into the log; call it before the file is where others may read it."""
    if publishing is not None:
        profile = check_rows_may_leave(case, publishing.named, what)
        pass_rows(case, profile, what=what, build=digest_of_case(case), content=content)
