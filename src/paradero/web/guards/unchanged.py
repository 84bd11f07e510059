"""What a reader has already is not sent again."""

from __future__ import annotations

import hashlib

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_MARK = 32  # letters


class Unchanged:
    """Marks every whole answer with a hash of its bytes (`ETag`), and says that it is unchanged where the
    reader names the mark. The mark is made of what is sent and of nothing else.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the question on; of the answer nothing where it is as the reader has it."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        named = b",".join(value for name, value in scope["headers"] if name == b"if-none-match")
        begun: list[Message] = []

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                begun.append(message)
                return
            if begun:
                start = begun.pop()
                if not message.get("more_body"):
                    digest = hashlib.sha256(message.get("body", b"")).hexdigest()[:_MARK]
                    mark = f'W/"{digest}"'.encode()  # weak: it may be sent compressed or not
                    start["headers"] = [*start["headers"], (b"etag", mark)]
                    if mark in [each.strip() for each in named.split(b",")]:
                        kept = [each for each in start["headers"] if each[0] != b"content-length"]
                        await send({**start, "status": 304, "headers": kept})
                        await send({"type": "http.response.body", "body": b""})
                        return
                await send(start)
            await send(message)

        await self.app(scope, receive, marked)
