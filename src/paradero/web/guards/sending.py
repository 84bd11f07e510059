"""The head of every answer: what a browser may load, run, frame and keep."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NOTHING = "default-src 'none'; base-uri 'none'; frame-src 'none'; object-src 'none'"
_PAGES = (
    f"{_NOTHING}; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self';"
    " form-action 'self'"
)
_ALWAYS: Mapping[str, str] = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    "x-robots-tag": "noindex, nofollow",
}


class Heads:
    """Adds to every answer what keeps it where it belongs: no script or style of elsewhere, no frame but that
    of an embed, nothing kept on a shared machine but in public.
    """

    def __init__(self, app: ASGIApp, *, is_public: bool) -> None:
        self.app = app
        self.is_public = is_public

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the question on and add to the head of what comes back."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_heads(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *self._heads(scope, message["headers"])]
            await send(message)

        await self.app(scope, receive, with_heads)

    def _heads(self, scope: Scope, there: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        path = scope["path"]
        is_embed = path.startswith("/embed/")
        named = {name for name, _ in there}
        heads = dict(_ALWAYS)
        if self.is_public:
            heads.pop("x-robots-tag")
        heads["content-security-policy"] = (
            f"{_PAGES}; frame-ancestors {'*' if is_embed else chr(39) + 'none' + chr(39)}"
        )
        heads["cross-origin-resource-policy"] = "cross-origin" if is_embed else "same-origin"
        heads["cross-origin-opener-policy"] = "same-origin"
        if not is_embed:
            heads["x-frame-options"] = "DENY"
        if path.startswith("/assets/"):
            heads["cache-control"] = "public, max-age=31536000, immutable"
        else:
            heads["cache-control"] = "public, max-age=60" if self.is_public else "no-store"
        return [
            (name.encode(), value.encode()) for name, value in heads.items() if name.encode() not in named
        ]
