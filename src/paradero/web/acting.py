"""Acts of the site: asked for by its own forms alone, on this machine, with a token that no other page
knows.
"""

from __future__ import annotations

import functools
import hmac
import importlib
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from urllib.parse import parse_qsl, urlsplit

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from paradero.answers.words import LANGUAGES
from paradero.casefile.folder import Casefile
from paradero.model.errors import ParaderoError
from paradero.web.asking import said_of

_FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act by its address, what its form must have, and what does it."""

    path: str
    fields: tuple[str, ...]
    act: Callable[[Casefile, Mapping[str, str]], str]


@functools.cache
def acts() -> tuple[Act, ...]:
    """Every act of the site."""
    found = []
    for path in sorted(files("paradero.web.acts").iterdir(), key=lambda each: each.name):
        if path.name.endswith(".py") and path.name != "__init__.py":
            loaded = importlib.import_module(f"paradero.web.acts.{path.name.removesuffix('.py')}")
            found.append(Act(path=loaded.PATH, fields=loaded.FIELDS, act=loaded.act))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """Who may act: whoever has a page of this run of the site, from which alone its forms come. `acted` is
    told when something may have changed.
    """

    case: Casefile
    acted: Callable[[], None]
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    def routes(self) -> Iterator[Route]:
        """A route an act."""
        for act in acts():
            yield Route(act.path, self._answering(act), methods=["POST"])

    def _answering(self, act: Act) -> Callable[[Request], object]:
        async def answer(request: Request) -> Response:
            if not _is_from_here(request):
                return PlainTextResponse("A form of another page cannot act here.\n", status_code=403)
            form = _form_of(await request.body(), request)
            if form is None:
                return PlainTextResponse("Not a form of this site.\n", status_code=400)
            if not hmac.compare_digest(form.get("token", "").encode(), self.token.encode()):
                return PlainTextResponse(
                    "The form is of an earlier run of the site. Open its page again.\n", status_code=403
                )
            missing = [name for name in act.fields if name not in form]
            if missing:
                return PlainTextResponse(f"The form lacks {', '.join(missing)}.\n", status_code=400)
            try:
                to = await anyio.to_thread.run_sync(act.act, self.case, form)
            except ParaderoError as error:
                return PlainTextResponse(f"{said_of(error, self.case)}\n", status_code=400)
            finally:
                self.acted()
            language = form.get("language", "")
            where = language if language in LANGUAGES else LANGUAGES[0]
            return RedirectResponse(f"/{where}{to}", status_code=303)

        return answer


def _is_from_here(request: Request) -> bool:
    """Whether a page of this very site sent the form: browsers say where from, and a program that says
    nothing knows the token.
    """
    site = request.headers.get("sec-fetch-site")
    if site not in (None, "same-origin"):
        return False
    origin = request.headers.get("origin")
    # with no-referrer a browser may send the origin of its own form as `null`
    return origin in (None, "null") or urlsplit(origin).netloc == request.headers.get("host")


def _form_of(body: bytes, request: Request) -> dict[str, str] | None:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        return None
    try:
        pairs = parse_qsl(
            body.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except ValueError:
        return None
    return {name: value.strip() for name, value in pairs} if len(dict(pairs)) == len(pairs) else None
