"""Sites in this process, asked as a browser asks; the casefiles behind them are made once a session."""

from __future__ import annotations

import asyncio
import functools
from pathlib import Path

import httpx
from casefile.made import _built, new_reference

from paradero.casefile.folder import Casefile
from paradero.web.application import SiteSettings, application

SITE = "http://127.0.0.1"


class Site:
    """A casefile as it is served, without a socket."""

    def __init__(self, case: Casefile, settings: SiteSettings | None = None) -> None:
        self.case = case
        self.app = application(case, settings or SiteSettings())

    def ask(
        self, path: str, *, method: str = "GET", headers: dict[str, str] | None = None, content: bytes = b""
    ) -> httpx.Response:
        """What the site answers."""

        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=transport, base_url=SITE) as client:
                return await client.request(method, path, headers=headers, content=content)

        return asyncio.run(asked())


@functools.cache
def records() -> Site:
    """The site of a casefile of fabricated records; tests only read it."""
    return Site(_built("Detentions", "Arrests", "Removals", "Facilities", "Facility_Days"))


@functools.cache
def reference(folder: Path) -> Site:
    """The site of the reference case; `folder` is the session's own."""
    return Site(new_reference(folder / "reference-of-the-site"))
