"""What a reader is told where there is no answer: which status, under which title, in which words."""

from __future__ import annotations

from dataclasses import dataclass

from paradero.casefile.folder import Casefile
from paradero.model.errors import CasefileError, ParaderoError, UnknownName
from paradero.reports.content.blocks import Stated, Text
from paradero.reports.content.wording import Wording, plain_text
from paradero.web.asking import NotServed, said_of
from paradero.web.spanish_errors import in_spanish

_STATUS = {UnknownName: 404, NotServed: 403, CasefileError: 503}
_TITLES = {404: "not_found", 403: "not_served", 503: "not_ready", 400: "not_understood", 500: "broken"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """Why there is no answer, in the language of the page; empty where it is a mistake of paradero's."""

    status: int
    title: str
    text: Text = ()

    @property
    def plain(self) -> str:
        """The words alone."""
        return plain_text(self.text)


def failed_of(error: Exception, case: Casefile, language: str, *, is_silent: bool) -> Failed:
    """What is told of an error; `is_silent` where its words may say what was to be withheld."""
    status = 400 if isinstance(error, ParaderoError) else 500
    status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), status)
    is_told = isinstance(error, ParaderoError) and not is_silent
    text = told(error, case, language) if is_told and isinstance(error, ParaderoError) else ()
    return Failed(status=status, title=_TITLES[status], text=text)


def told(error: ParaderoError, case: Casefile, language: str) -> Text:
    """An error in the language of a page; quoted and marked where it is known in English alone."""
    text = said_of(error, case)
    if language == "en":
        return (Stated(text=text),)
    spanish = in_spanish(text)
    if spanish is None and not isinstance(error, NotServed):  # which says it in the language of the page
        return Wording("site", language)("told", text=Stated(text=text, language="en"))
    return (Stated(text=spanish or text),)
