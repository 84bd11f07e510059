"""What is written of a private casefile without `--publish` says that it is not for publication."""

from __future__ import annotations

from paradero.casefile.folder import Casefile
from paradero.disclosure.profiles import profile_of
from paradero.disclosure.shown import words

OUT = " It counts as out: the log has it. Ask for the same again, and it is registered once."


def not_for_publication(case: Casefile, language: str) -> str:
    """The words for a file that passed no disclosure control; empty where paradero.toml names no profile that
    withholds. Raises UnknownName for a profile that there is none of.
    """
    stated = case.settings().publishing
    return words()["unpublished"](language) if stated and profile_of(stated.profile).gated else ""


def note_of_unpublished(case: Casefile, language: str) -> dict[str, str]:
    """The same as a part of an export's note."""
    said = not_for_publication(case, language)
    return {"disclosure control": said} if said else {}
