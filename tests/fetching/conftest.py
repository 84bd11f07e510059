"""A server in this process that answers each path as a test says, and publishers whose addresses are on it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from paradero.fetching import publishers as known
from paradero.fetching.publishers import Item, Publisher


@dataclass
class Asked:
    """One request as it came."""

    method: str
    path: str
    headers: Message
    body: bytes


@dataclass
class Reply:
    """What the server sends: less than it says where `stop_after` is set."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    stop_after: int | None = None
    wait: threading.Event | None = None


@dataclass
class Site:
    """The server: what it was asked, and what it answers by path."""

    base: str = ""
    asked: list[Asked] = field(default_factory=list)
    answers: dict[str, Callable[[Asked], Reply]] = field(default_factory=dict)

    def serves(self, path: str, body: bytes, *, tag: str = '"one"', **headers: str) -> None:
        """Answer as a server does that knows ETags and stretches."""

        def answer(one: Asked) -> Reply:
            if one.headers.get("If-None-Match") == tag:
                return Reply(status=304)
            begin = one.headers.get("Range")
            if begin and one.headers.get("If-Range") == tag:
                first = int(begin[6:-1])
                about = f"bytes {first}-{len(body) - 1}/{len(body)}"
                return Reply(body[first:], 206, {"ETag": tag, "Content-Range": about, **headers})
            return Reply(body, 200, {"ETag": tag, **headers})

        self.answers[path] = answer

    def of(self, path: str) -> list[Asked]:
        return [one for one in self.asked if one.path.partition("?")[0] == path]


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            one = Asked(self.command, self.path, self.headers, self.rfile.read(length))
            found.asked.append(one)
            answer = found.answers.get(self.path) or found.answers.get(self.path.partition("?")[0])
            reply = answer(one) if answer else Reply(b"no such file", 404)
            self.send_response(reply.status)
            self.send_header("Content-Length", str(len(reply.body)))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body[: reply.stop_after])
            self.wfile.flush()
            if reply.wait:
                reply.wait.wait(30)
            self.close_connection = True

        def do_POST(self) -> None:
            self.do_GET()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    found.base = f"http://127.0.0.1:{server.server_port}"
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def publish(site: Site, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Publisher]:
    """Make the server the only publisher, `here`, of these items."""

    def make(*items: Item, **other: Any) -> Publisher:
        one = Publisher(
            title="A site of the tests",
            home=f"{site.base}/",
            licence="public domain",
            citation="The tests (2026)",
            pause_seconds=0,
            is_tried=True,
            item=items,
            **other,
        )
        monkeypatch.setattr(known, "publishers", lambda: {"here": one})
        return one

    return make
