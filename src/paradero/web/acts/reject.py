"""Reject a mention: kept with who, when and why."""

from __future__ import annotations

from collections.abc import Mapping

from paradero.answers.documents.confirming import reject
from paradero.casefile.folder import Casefile
from paradero.web.addresses import page_at

PATH = "/acts/reject"
FIELDS = ("mention", "by", "why")


def act(case: Casefile, form: Mapping[str, str]) -> str:
    """Keep the decision. Raises what `reject` does."""
    reject(case, form["mention"], by=form["by"], why=form["why"])
    return page_at("mention", form["mention"])
