"""Confirm a mention: it becomes a claim, entered into the log as by the command line."""

from __future__ import annotations

from collections.abc import Mapping

from paradero.answers.documents.confirming import Said, Target, confirm
from paradero.casefile.folder import Casefile
from paradero.web.addresses import page_at

PATH = "/acts/confirm"
FIELDS = ("mention", "claims", "subject", "by", "evidence", "seen", "dated", "confirmed_by", "note")


def act(case: Casefile, form: Mapping[str, str]) -> str:
    """Write the claim. Raises what `confirm` does."""
    said = Said(
        by=form["by"],
        evidence=form["evidence"],
        seen=tuple(form["seen"].split()),
        dated=form["dated"],
        confirmed_by=form["confirmed_by"],
        note=form["note"],
    )
    confirm(case, form["mention"], Target(file=form["claims"], subject=form["subject"]), said)
    return page_at("mention", form["mention"])
