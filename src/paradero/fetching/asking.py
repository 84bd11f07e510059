"""One request of a server: by an agent that names itself, a key told to its own host alone, redirects
followed unless they leave encryption.
"""

from __future__ import annotations

import contextlib
import http.client
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any
from urllib.parse import urlsplit

from paradero import __version__
from paradero.fetching.whole import Interrupted
from paradero.model.errors import SourceError

AGENT = f"paradero/{__version__} (audit of public records; one request at a time)"
_TIMEOUT_S = 60.0
_AGAIN = {408, 425, 429, 500, 502, 503, 504}
_KEY = "Authorization"


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What a server wants to know callers by; it is sent to `host` and told nowhere."""

    host: str
    value: str = field(repr=False)


class Refused(Exception):
    """The server answered with a status that is no file."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"status {status} {reason}")
        self.status = status

    def sentence(self, url: str) -> SourceError:
        """What to tell of it."""
        hint = (
            "The server wants a login or refuses programs; fetch the file by hand."
            if self.status in (401, 403)
            else "Check the address."
        )
        return SourceError(f"{url}: not sent ({self}). {hint}")


class _Redirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        before, after = urlsplit(req.full_url), urlsplit(newurl)
        if before.scheme == "https" and after.scheme != "https":
            raise SourceError(
                f"{req.full_url}: the server sends on to {after.scheme}://{after.hostname}, where anybody"
                " on the way could change the file. Fetch it by hand."
            )
        found = super().redirect_request(req, fp, code, msg, headers, newurl)
        if found is not None and before.netloc != after.netloc:
            found.headers.pop(_KEY, None)
        return found


@contextlib.contextmanager
def asked(
    url: str, *, headers: Mapping[str, str] | None = None, key: Key | None = None, body: bytes | None = None
) -> Iterator[Any]:
    """The server's answer, to be read within; with a `body` it is asked by POST, in JSON. Raises Interrupted
    where another try may go better, Refused where the server says no.
    """
    # no other scheme comes here: addresses are declared, or found on pages as http and https
    request = urllib.request.Request(  # noqa: S310
        url, data=body, headers={"User-Agent": AGENT, "Accept": "*/*", **(headers or {})}
    )
    if body is not None:
        request.add_header("Content-Type", "application/json")
    if key is not None and urlsplit(url).netloc == key.host:
        request.add_header(_KEY, key.value)
    try:
        with urllib.request.build_opener(_Redirects()).open(request, timeout=_TIMEOUT_S) as answer:
            yield answer
    except urllib.error.HTTPError as error:
        if error.code in _AGAIN:
            raise Interrupted(
                f"status {error.code} {error.reason}", error.headers.get("Retry-After")
            ) from error
        raise Refused(error.code, str(error.reason)) from error
    except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError) as error:
        raise Interrupted(f"the connection failed ({error})") from error
