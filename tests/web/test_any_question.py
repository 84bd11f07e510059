"""The description is true of whatever it allows and refuses: asked at random, no question breaks, and every
answer has a status, a type and a shape that stand in the description.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import schemathesis
from attack.scale import at_length, draws
from casefile.shared import companies_folder
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from paradero.casefile.folder import Casefile
from web.asked import SITE, Site, records, reference

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
]
TRIES = settings(
    max_examples=draws(1, 60),
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def site_of(name: str, folder: Path) -> Site:
    if name == "companies":
        return Site(Casefile(companies_folder(folder)))
    return records() if name == "records" else reference(folder)


@pytest.mark.filterwarnings("ignore")  # of the client that asks
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda one: one.value)
@pytest.mark.parametrize(
    "name", ["records", *(pytest.param(one, marks=at_length) for one in ("reference", "companies"))]
)
def test_the_description_is_true(
    name: str, mode: GenerationMode, tmp_path_factory: pytest.TempPathFactory
) -> None:
    site = site_of(name, tmp_path_factory.getbasetemp())
    schema = schemathesis.openapi.from_dict(site.ask("/openapi.json").json())
    schema.app = site.app
    asked = 0
    for number, found in enumerate(schema.get_all_operations()):
        operation = found.ok()
        if number % draws(2, 1):
            continue
        if mode is GenerationMode.NEGATIVE and not [*operation.iter_parameters()]:
            continue  # what takes nothing can be asked nothing wrong

        @TRIES
        @given(case=operation.as_strategy(generation_mode=mode))
        def holds(case: schemathesis.Case) -> None:
            response = case.call(base_url=SITE, timeout=600)
            case.validate_response(response, checks=CHECKS)

        holds()
        asked += 1
    assert asked > draws(7, 15)
