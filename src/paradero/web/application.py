"""The site as an application: a route a kind of page, and what stands before all of them."""

from __future__ import annotations

import contextlib
import functools
import logging
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

import anyio
import anyio.to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from paradero.answers.words import LANGUAGES
from paradero.casefile.folder import Casefile
from paradero.model.errors import ParaderoError, UnknownName
from paradero.reports.content.wording import Wording
from paradero.reports.html.pages import style
from paradero.web.acting import Acting
from paradero.web.asked_page import AskedPage, language_asked, language_preferred, sent_of
from paradero.web.asking import SUPPOSING, Asking, NotServed, check_options, place_of
from paradero.web.failing import failed_of
from paradero.web.guards.admitting import LOOPBACK, Elsewhere, Hosts, Token
from paradero.web.guards.bounding import Bounded
from paradero.web.guards.sending import Heads
from paradero.web.guards.unchanged import Unchanged
from paradero.web.interface.serving import failed, question_routes
from paradero.web.kept_pages import KeptPages
from paradero.web.outside.framed import embedded
from paradero.web.outside.paper import drafted, printed
from paradero.web.outside.taken import chart_taken, table_taken
from paradero.web.page_modules import PageModule, is_served, module_at, page_modules
from paradero.web.pages.tables.table import find_places
from paradero.web.standing import Standing, Watched
from paradero.web.writing import page_on_error, style_path, written

_log = logging.getLogger("paradero.web")
_AT_WORK = 4  # pages that are written at the same time; others wait for their turn
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LOOKING = 16  # questions whose page may be kept: looked up at the same time

Writing = Callable[[PageModule, Asking, str], bytes]
Answering = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSettings:
    """How a casefile is served: the language of `/`, whether everything passes disclosure control, under
    which names it is asked, with which token (none on this machine), whether mentions may be confirmed.
    """

    language: str = "en"
    is_public: bool = False
    hosts: Collection[str] = LOOPBACK
    token: str | None = None
    may_write: bool = False


def application(case: Casefile, settings: SiteSettings) -> Starlette:
    """The site of a casefile. Nothing of it changes the casefile but confirming a mention, where that is
    allowed. Raises ParaderoError where it is to be public and nothing of it may be published.
    """
    site = Site(case, settings)
    if settings.is_public:
        site.watched.now()
    guards = [
        Middleware(Heads, is_public=settings.is_public),
        Middleware(Bounded),
        Middleware(Hosts, names=settings.hosts),
        Middleware(Elsewhere),
        *([Middleware(Token, token=settings.token)] if settings.token else []),
        Middleware(GZipMiddleware, minimum_size=1_000),
        Middleware(Unchanged),
    ]
    made = Starlette(
        routes=list(_routes(site)), middleware=guards, exception_handlers={HTTPException: site.refused}
    )
    made.state.site = site
    return made


def _routes(site: Site) -> Iterator[Route]:
    yield Route("/", site.first)
    yield Route(style_path(), site.style)
    for module in page_modules():
        if module.send is not None:
            yield Route(module.path, site.answering(module))
        else:
            for language in LANGUAGES:
                yield Route(f"/{language}{module.path}", site.answering(module, language))
    for language in LANGUAGES:
        yield Route(
            f"/embed/{language}/{{rest:path}}/{{part}}", site.elsewhere(language, "text/html", embedded)
        )
        yield Route(f"/{language}/print/{{rest:path}}", site.elsewhere(language, "application/pdf", printed))
        yield Route(f"/{language}/docx/{{rest:path}}", site.elsewhere(language, _DOCX, drafted))
        yield Route(
            f"/{language}/csv/{{rest:path}}/{{part}}", site.elsewhere(language, "text/csv", table_taken)
        )
        yield Route(
            f"/{language}/svg/{{rest:path}}/{{part}}", site.elsewhere(language, "image/svg+xml", chart_taken)
        )
    yield from question_routes(site.watched, site.kept, turns=site.turns, looking=site.looking)
    if site.acting is not None:
        yield from site.acting.routes()
    yield Route("/{rest:path}", site.nothing)


class Site:
    """Answers questions: in threads, a few at a time, what is kept at once."""

    def __init__(self, case: Casefile, settings: SiteSettings) -> None:
        self.settings = settings
        self.watched = Watched(case, is_public=settings.is_public)
        self.kept = KeptPages()
        self.turns = anyio.CapacityLimiter(_AT_WORK)
        self.queries = anyio.CapacityLimiter(1)  # of readers' own SQL, for which no page waits
        self.looking = anyio.CapacityLimiter(_LOOKING)
        self.acting = Acting(case=case, acted=self.watched.look_again) if settings.may_write else None

    async def first(self, request: Request) -> Response:
        """The first page, in the language that the browser prefers, else that of the site."""
        home = next(module for module in page_modules() if module.path == "/")
        language = language_preferred(request.headers.get("accept-language", ""), self.settings.language)
        answer = await self.answering(home, language)(request)
        answer.headers.append("vary", "Accept-Language")
        return answer

    async def style(self, _request: Request) -> Response:
        """The style of every page."""
        return Response(style(), media_type="text/css")

    async def nothing(self, request: Request) -> Response:
        """What is asked for under an address that is none."""
        language = language_asked(request, self.settings.language)
        error = UnknownName(f"`{request.url.path}`: there is no such page here.")
        return await anyio.to_thread.run_sync(self._failed, error, None, language)

    async def refused(self, request: Request, error: Exception) -> Response:
        """What is asked for in a way, or under an address, that no route is for."""
        status = error.status_code if isinstance(error, HTTPException) else 404
        if status == 405:
            heads = getattr(error, "headers", None)
            return PlainTextResponse(
                "This site is only read: ask with GET.\n", status_code=405, headers=heads
            )
        if request.url.path.startswith("/api/"):
            return failed(UnknownName("There is no such question here."))
        return await self.nothing(request)

    def answering(self, module: PageModule, language: str = "") -> Answering:
        """What answers questions for that kind of page in that language."""
        spoken = language or self.settings.language

        def asked(request: Request) -> AskedPage:
            asking = self._asking(module, spoken, request)
            return AskedPage(
                module=module,
                asking=asking,
                media_type="text/html",
                key=_key(asking),
                write=lambda: _written(module, asking),
            )

        return self._in_turn(asked, spoken, module.name, is_file=module.send is not None)

    def elsewhere(self, language: str, media_type: str, write: Writing) -> Answering:
        """What answers with a page as it stands elsewhere: a part of it in a frame, the whole on paper."""

        def asked(request: Request) -> AskedPage:
            path = f"/{request.path_params['rest']}"
            part = str(request.path_params.get("part", ""))
            found = module_at(path)
            if found is None:
                raise UnknownName(f"`{path}`: there is no such page here.")
            asking = self._asking(found[0], language, request, names=found[1], path=quote(path))
            return AskedPage(
                module=found[0],
                asking=asking,
                media_type=media_type,
                key=(media_type, part, *_key(asking)),
                write=lambda: write(found[0], asking, part),
                is_framed=True,
            )

        return self._in_turn(asked, language, write.__name__)

    def _in_turn(
        self, asked: Callable[[Request], AskedPage], language: str, what: str, *, is_file: bool = False
    ) -> Answering:
        """What answers at once with a page that is kept, and writes others when it is their turn."""

        def look(request: Request) -> AskedPage | Response:
            try:
                found = asked(request)
            except Exception as error:
                return self._failed(error, None, language, what, is_file=is_file)
            kept = self.kept.get(found.key)  # files are never kept
            return found if kept is None else Response(kept, media_type=found.media_type)

        def work(found: AskedPage) -> Response:
            try:
                if is_file and found.module.send is not None:
                    return sent_of(found.module.send(found.asking))
                content = self.kept.page(found.key, found.write)
                return Response(content, media_type=found.media_type)
            except Exception as error:
                asking = None if found.is_framed else found.asking
                return self._failed(error, asking, language, what, is_file=is_file)

        async def answer(request: Request) -> Response:
            found = await anyio.to_thread.run_sync(look, request, limiter=self.looking)
            if isinstance(found, Response):
                return found
            limiter = self.queries if found.module.is_query else self.turns
            return await anyio.to_thread.run_sync(work, found, limiter=limiter)

        return answer

    def _asking(
        self,
        module: PageModule,
        language: str,
        request: Request,
        *,
        names: Mapping[str, str] | None = None,
        path: str = "",
    ) -> Asking:
        standing = self.watched.now()
        if not is_served(module, standing):
            raise NotServed(standing.profile.said(language))
        if standing.is_public and any(name in request.query_params for name in SUPPOSING):
            raise NotServed(Wording("site", language).plain("no_supposing"))
        raw = request.scope["raw_path"].decode("ascii", "replace").partition("?")[0]
        return Asking(
            standing=standing,
            language=language,
            path=path or (raw if module.send is not None else raw.removeprefix(f"/{language}")) or "/",
            names=names or {name: str(value) for name, value in request.path_params.items()},
            options=check_options(request.query_params.multi_items(), module.options),
            token=self.acting.token if self.acting else "",
        )

    def _failed(
        self, error: Exception, asking: Asking | None, language: str, what: str = "", *, is_file: bool = False
    ) -> Response:
        if not isinstance(error, ParaderoError):
            # what was asked may name somebody: only the kind of mistake and its place are logged
            _log.error("%s: %s", what, place_of(error))
        standing = self._standing()
        is_silent = standing is None and self.settings.is_public  # it may say what was to be withheld
        found = failed_of(error, self.watched.case, "en" if is_file else language, is_silent=is_silent)
        if is_file:
            text = found.plain or "This could not be answered."
            return PlainTextResponse(f"{text}\n", status_code=found.status)
        content = page_on_error(standing, asking, language, found)
        return Response(content, status_code=found.status, media_type="text/html")

    def write_first_pages(self) -> None:
        """Write the pages that are about no one subject in each language, the first page before all others,
        and find where the pages of long tables begin, before anybody asks: what they count takes seconds
        where there are millions of rows. What cannot be asked is told of when somebody asks.
        """
        fixed = [module for module in page_modules() if "{" not in module.path and module.page is not None]
        for module in sorted(fixed, key=lambda each: each.path != "/"):
            for language in LANGUAGES:
                with contextlib.suppress(ParaderoError):
                    standing = self.watched.now()
                    if module.is_query or not is_served(module, standing):
                        continue
                    token = self.acting.token if self.acting else ""
                    asking = Asking(standing=standing, language=language, path=module.path, token=token)
                    self.kept.page(_key(asking), functools.partial(_written, module, asking))
        with contextlib.suppress(ParaderoError):
            find_places(self.watched.now())

    def _standing(self) -> Standing | None:
        """The state that counts; None where there is none."""
        try:
            return self.watched.now()
        except ParaderoError:
            return None


def _key(asking: Asking) -> tuple[str, ...]:
    options = (f"{name}={value}" for name, values in sorted(asking.options.items()) for value in values)
    return (asking.standing.digest, asking.language, asking.path, *options)


def _written(module: PageModule, asking: Asking) -> bytes:
    if module.page is None:
        raise ValueError(f"{module.name} writes neither a page nor a file")
    return written(asking, module.page(asking))
