"""How much may be asked: how many at once, how long, how large."""

from __future__ import annotations

import asyncio

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_AT_ONCE = 256  # questions that wait or are worked on; more are told to come back
MOST_BODY = 20_000  # bytes of a form
_ANSWER_S = 120.0
_PIECE_S = 20.0  # how long a reader may take for one piece of an answer


class Bounded:
    """Refuses more questions at once than the machine bears, bodies that are too large, and readers who take
    an answer drop by drop.
    """

    def __init__(self, app: ASGIApp, *, most_at_once: int = MOST_AT_ONCE) -> None:
        self.app = app
        self.most = most_at_once
        self._now = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the question on within the bounds."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if self._now >= self.most:
            refusal = PlainTextResponse(
                "Too many questions at once. Ask again in a moment.\n",
                status_code=503,
                headers={"Retry-After": "2"},
            )
            await refusal(scope, receive, send)
            return
        self._now += 1
        try:
            await asyncio.wait_for(self.app(scope, _bounded(receive), _hurried(send)), _ANSWER_S)
        except (TimeoutError, TooLarge):
            return  # the connection is closed by the server, whose answer is not whole
        finally:
            self._now -= 1


class TooLarge(Exception):
    """A body has more bytes than any form of ours."""


def _bounded(receive: Receive) -> Receive:
    seen = 0

    async def bounded() -> Message:
        nonlocal seen
        message = await asyncio.wait_for(receive(), _PIECE_S)
        seen += len(message.get("body", b""))
        if seen > MOST_BODY:
            raise TooLarge
        return message

    return bounded


def _hurried(send: Send) -> Send:
    async def hurried(message: Message) -> None:
        await asyncio.wait_for(send(message), _PIECE_S)

    return hurried
