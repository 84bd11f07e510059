"""Who is behind a facility, a flight or a contract, link by link, from owners to what is run and carried."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from paradero.answers.companies.company_graph import graph_of
from paradero.answers.companies.exposure import exposure_of
from paradero.answers.companies.exposure_values import Exposure
from paradero.answers.words import Words
from paradero.web.interface.options import LANGUAGE
from paradero.web.interface.questions import Question, with_digest

PATH = "/api/exposure/{name:path}"
OPTIONS = (LANGUAGE,)
SHAPE = with_digest(Exposure, "NamedExposure", definitions=str)
PAGED = ("paths",)


def answer(question: Question) -> Mapping[str, Any]:
    """As `paradero exposure NAME --json`."""
    standing = question.standing
    graph = standing.shared("companies", lambda: graph_of(standing.case))
    found = exposure_of(graph, question.names["name"])
    return {
        "scope": standing.case.settings().scope,
        "digest": graph.digest or standing.digest,
        "definitions": Words(str(question.text("lang")))("exposure_definitions"),
        **found.as_json(),
    }
