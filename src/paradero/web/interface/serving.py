"""The addresses under which questions are answered as JSON, and what is said where one cannot be."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Iterator

import anyio
import anyio.to_thread
import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from paradero.casefile.folder import Casefile
from paradero.model.errors import CasefileError, ParaderoError, UnknownName
from paradero.model.json_text import json_text
from paradero.web.addresses import OPENAPI
from paradero.web.asking import NotServed, place_of, said_of
from paradero.web.interface.answering import answered
from paradero.web.interface.describing import description
from paradero.web.interface.options import given_names, options_read
from paradero.web.interface.questions import Question, QuestionModule, question_modules
from paradero.web.kept_pages import KeptPages
from paradero.web.standing import Standing, Watched

_log = logging.getLogger("paradero.web")
_JSON = "application/json"
_STATUS = {UnknownName: 404, NotServed: 403, CasefileError: 409}
_SENTENCE = re.compile(r"(?<=[.?!]) (?=[A-Z`])")
_DESCRIBED = f"See {OPENAPI}."
_BROKEN = "This could not be answered."


def question_routes(
    watched: Watched, kept: KeptPages, *, turns: anyio.CapacityLimiter, looking: anyio.CapacityLimiter
) -> Iterator[Route]:
    """A route a question, and the description of all of them. What is kept is answered when it was looked up,
    the rest in `turns`.
    """
    yield Route(OPENAPI, _described(watched))
    for module in question_modules():
        yield Route(module.path, _answering(module, watched, kept, turns, looking))
    yield Route("/api/{rest:path}", _nothing)


def is_answered(module: QuestionModule, standing: Standing) -> bool:
    """Whether a site answers the question: of a private list in public only what says that it leaves."""
    return module.leaves or not standing.keeps_rows_in


def _answering(
    module: QuestionModule,
    watched: Watched,
    kept: KeptPages,
    turns: anyio.CapacityLimiter,
    looking: anyio.CapacityLimiter,
) -> Callable[[Request], Awaitable[Response]]:
    def look(request: Request) -> bytes | Callable[[], bytes]:
        standing = watched.now()
        if not is_answered(module, standing):
            raise NotServed(standing.profile.said("en"))
        names = given_names({name: str(value) for name, value in request.path_params.items()})
        options = options_read(request.query_params.multi_items(), module.options)
        question = Question(standing=standing, names=names, options=options)
        path = request.scope["raw_path"].decode("ascii", "replace").partition("?")[0]
        key = (standing.digest, path, repr(sorted(options.items())))
        return kept.get(key) or (lambda: kept.page(key, lambda: answered(module, question, path)))

    async def answer(request: Request) -> Response:
        try:
            found = await anyio.to_thread.run_sync(look, request, limiter=looking)
            if callable(found):  # it is not kept: it waits for its turn
                found = await anyio.to_thread.run_sync(found, limiter=turns)
        except ParaderoError as error:
            return failed(error, watched.case)
        except Exception as error:
            # what was asked may name somebody: only the kind of mistake and its place are logged
            _log.error("%s: %s", module.name, place_of(error))
            return failed(error, watched.case)
        return Response(found, media_type=_JSON)

    return answer


def _described(watched: Watched) -> Callable[[Request], Awaitable[Response]]:
    async def describe(_request: Request) -> Response:
        try:
            standing = await anyio.to_thread.run_sync(watched.now)
        except ParaderoError as error:
            return failed(error, watched.case)
        modules = [module for module in question_modules() if is_answered(module, standing)]
        return Response(
            json_text(description(modules, is_published=standing.keeps_rows_in)), media_type=_JSON
        )

    return describe


async def _nothing(_request: Request) -> Response:
    return failed(UnknownName("There is no such question here."))


def failed(error: Exception, case: Casefile | None = None) -> Response:
    """What is said where a question cannot be answered: what is wrong, and what to do."""
    if isinstance(error, ParaderoError):
        status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 400)
        sentences = _SENTENCE.split(str(error) if case is None else said_of(error, case))
        said = sentences if len(sentences) > 1 else [*sentences, _DESCRIBED]
    else:
        status, said = 500, [_BROKEN, _DESCRIBED]
    body = {"error": " ".join(said[:-1]), "hint": said[-1]}
    return Response(msgspec.json.encode(body) + b"\n", status_code=status, media_type=_JSON)
