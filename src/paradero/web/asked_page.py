"""A page or file that is asked for of the site, and how a file is sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from paradero.answers.words import LANGUAGES
from paradero.web.asking import Asking, Sent
from paradero.web.page_modules import PageModule


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPage:
    """What is asked for, what writes a page, and the key it is kept under."""

    module: PageModule
    asking: Asking
    media_type: str
    key: tuple[str, ...]
    write: Callable[[], bytes]
    is_framed: bool = False


def sent_of(sent: Sent) -> Response:
    """A file, under the name that it is saved by."""
    heads = {"content-disposition": f'attachment; filename="{sent.name}"'} if sent.name else {}
    return Response(sent.content, media_type=sent.media_type, headers=heads)


def language_asked(request: Request, default: str) -> str:
    """The language that an address begins with, else that of the site."""
    first = request.url.path.removeprefix("/").partition("/")[0]
    return first if first in LANGUAGES else default


def language_preferred(heads: str, default: str) -> str:
    """The language of the site that a browser prefers, by what it sends as Accept-Language; where it prefers
    none of them, that of the site.

    >>> language_preferred("es-MX,es;q=0.9,en;q=0.8", "en")
    'es'
    """
    found: dict[str, float] = {}
    for part in heads.split(","):
        name, _, weight = part.strip().partition(";")
        code = name.strip().casefold().partition("-")[0]
        quality = _quality(weight)
        if code in LANGUAGES and quality > found.get(code, 0.0):
            found[code] = quality
    return max(found, key=lambda code: (found[code], code == default), default=default)


def _quality(text: str) -> float:
    name, _, value = text.strip().partition("=")
    if name.strip() != "q":
        return 1.0 if not text.strip() else 0.0
    try:
        return float(value)
    except ValueError:
        return 0.0
