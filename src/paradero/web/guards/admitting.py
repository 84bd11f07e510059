"""Who may ask: on this machine its own browser; elsewhere those who know the token."""

from __future__ import annotations

import base64
import binascii
import hmac
import re
from collections.abc import Collection

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_OURS = (None, b"same-origin", b"none")  # what a browser says of a question of this site or of its reader
_FOR_OTHERS = ("/embed/", "/assets/")
_WORKED_OUT = re.compile(r"/(?:(?:embed/)?[a-z]{2}|files)/sql(?:/|$)")
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class Hosts:
    """Refuses what was asked under another name than the site's own: a page of elsewhere that points its name
    at this machine (DNS rebinding) reads nothing.
    """

    def __init__(self, app: ASGIApp, *, names: Collection[str]) -> None:
        self.app = app
        self.names = frozenset(name.lower() for name in names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the question on where its host is one of ours."""
        if scope["type"] == "http" and _host(scope) not in self.names:
            refusal = PlainTextResponse("This site is not served under that name.\n", status_code=421)
            await refusal(scope, receive, send)
            return
        await self.app(scope, receive, send)


class Elsewhere:
    """Refuses what a page of elsewhere makes a browser ask in passing (a picture, a script, a fetch), and any
    query in SQL that it leads to: it reads no answer, and has nothing worked out here. A link to a page may
    be followed, and what is for other pages may be loaded.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the question on where this site or its reader asks."""
        if scope["type"] == "http" and _head(scope, b"sec-fetch-site") not in _OURS:
            path = scope["path"]
            is_followed = _head(scope, b"sec-fetch-mode") == b"navigate"
            if _WORKED_OUT.match(path) or not (is_followed or path.startswith(_FOR_OTHERS)):
                refusal = PlainTextResponse(
                    "Another page asked for this. Open its address yourself.\n", status_code=403
                )
                await refusal(scope, receive, send)
                return
        await self.app(scope, receive, send)


class Token:
    """Asks for the token, as a password (`Authorization: Basic`, any user) or by a program (`Bearer`). It
    stands in no address and no cookie.
    """

    def __init__(self, app: ASGIApp, *, token: str) -> None:
        self.app = app
        self._token = token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the question on where it brings the token."""
        if scope["type"] == "http" and not self._is_known(scope):
            refusal = PlainTextResponse(
                "This casefile is served to those who have its token: give it as the password.\n",
                status_code=401,
                headers={"WWW-Authenticate": 'Basic realm="paradero", charset="UTF-8"'},
            )
            await refusal(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _is_known(self, scope: Scope) -> bool:
        given = [value for name, value in scope["headers"] if name == b"authorization"]
        if len(given) != 1:
            return False
        kind, _, rest = given[0].partition(b" ")
        if kind.lower() == b"bearer":
            return hmac.compare_digest(rest.strip(), self._token)
        if kind.lower() != b"basic":
            return False
        try:
            decoded = base64.b64decode(rest.strip(), validate=True)
        except (binascii.Error, ValueError):
            return False
        return hmac.compare_digest(decoded.partition(b":")[2], self._token)


def _head(scope: Scope, name: bytes) -> bytes | None:
    return next((value for head, value in scope["headers"] if head == name), None)


def _host(scope: Scope) -> str:
    given = [value for name, value in scope["headers"] if name == b"host"]
    if len(given) != 1:
        return ""
    text: str = given[0].decode("latin-1").lower()
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0]
