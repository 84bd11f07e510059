"""The site attacked over real sockets: foreign names, tokens, paths, methods, heads, slow and many clients;
and nothing of the casefile changes by being read.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

import pytest
from attack.scale import draws
from casefile.made import COMMAND, copied, said

from paradero.casefile.folder import Casefile
from paradero.casefile.log import read_log
from paradero.web.application import SiteSettings
from paradero.web.interface.questions import question_modules
from paradero.web.page_modules import page_modules
from paradero.web.serving import Serving
from web.asked import Site, records

_ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/")
TOKEN = "a-token-of-this-test"  # noqa: S105


@dataclass
class Served:
    """A site in a process of its own."""

    port: int
    process: subprocess.Popen[str]

    def send(self, request: bytes, *, patience: float = 30.0) -> bytes:
        """Everything that comes back to these bytes until the connection is closed or nothing more comes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=patience) as connection:
            connection.sendall(request)
            found = b""
            with contextlib.suppress(TimeoutError, ConnectionResetError):
                while part := connection.recv(65_536):
                    found += part
            return found

    def get(self, path: str, *heads: str, method: str = "GET", host: str | None = None) -> tuple[int, bytes]:
        """Status and whole answer."""
        told = "".join(f"{head}\r\n" for head in heads)
        named = f"127.0.0.1:{self.port}" if host is None else host
        answer = self.send(
            f"{method} {path} HTTP/1.1\r\nHost: {named}\r\nConnection: close\r\n{told}\r\n".encode("latin-1")
        )
        return int(answer.split(b" ", 2)[1]) if answer else 0, answer


@contextlib.contextmanager
def serving(case: Casefile, *arguments: str) -> Iterator[Served]:
    process = subprocess.Popen(
        [COMMAND, "serve", "--port", "0", *arguments],
        cwd=case.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=None,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = _ADDRESS.search(line)
        assert found, line
        served = Served(int(found[1]), process)
        yield served
    finally:
        process.terminate()
        process.wait(timeout=30)
        if process.stdout is not None:
            process.stdout.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    case = copied(records().case, tmp_path_factory.mktemp("served") / "case")
    with serving(case) as site:
        yield site


@pytest.fixture(scope="module")
def slow(served: Served) -> Iterator[list[socket.socket]]:
    """Clients that never finish their question, from the first test of this file on: who waits for the server to
    hang up on them need not wait for it alone.
    """
    found = []
    for number in range(200):
        connection = socket.create_connection(("127.0.0.1", served.port), timeout=30)
        connection.sendall(b"GET /en/ HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X-Slow: a\r\n" * (number % 3))
        found.append(connection)
    yield found
    for connection in found:
        connection.close()


def test_slow_clients_keep_nobody_waiting(served: Served, slow: list[socket.socket]) -> None:
    assert len(slow) == 200
    begun = time.monotonic()
    assert served.get("/en/where-to-ask")[0] == 200
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "", "localhost.", "[::ffff:7f00:1]", "127.0.0.1@evil.example"],
)
def test_a_foreign_name_reads_nothing(served: Served, host: str) -> None:
    """A page of elsewhere may point its own name at this machine."""
    status, answer = served.get("/api/definitions", host=host)
    assert status in (400, 421)
    assert b"ddp-midnight" not in answer


def test_two_names_read_nothing(served: Served) -> None:
    answer = served.send(
        b"GET /api/definitions HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
    )
    assert b"ddp-midnight" not in answer


def test_only_the_token_opens_a_site(tmp_path: Path) -> None:
    site = Site(records().case, SiteSettings(token=TOKEN))
    basic = base64.b64encode(f"anybody:{TOKEN}".encode()).decode()
    for head in (f"Bearer {TOKEN}", f"bearer {TOKEN}", f"Basic {basic}"):
        assert site.ask("/api/definitions", headers={"authorization": head}).status_code == 200
    wrong = base64.b64encode(b"anybody:wrong").decode()
    for head in (
        "",
        "Bearer",
        "Bearer ",
        f"Bearer {TOKEN[:-1]}",
        f"Bearer {TOKEN}x",
        f"Token {TOKEN}",
        f"Basic {wrong}",
        "Basic !!!",
        f"Basic {TOKEN}",
        TOKEN,
        "Bearer \u00e9",
    ):
        headers = {"authorization": head.encode("latin-1").decode("latin-1")} if head else {}
        for path in ("/api/definitions", "/en/", "/openapi.json", "/assets/none", "/nothing"):
            if "\u00e9" in head:
                headers = {}
            found = site.ask(path, headers=headers)
            assert found.status_code == 401, (head, path)
            assert found.headers["www-authenticate"].startswith("Basic")
            assert TOKEN not in found.text
    assert site.ask(f"/api/definitions?token={TOKEN}").status_code == 401
    assert site.ask("/api/definitions", headers={"cookie": f"token={TOKEN}"}).status_code == 401
    _ = tmp_path


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--host", "0.0.0.0"], "--token"),  # noqa: S104
        (["--host", "0.0.0.0", "--token", "short"], "too short"),  # noqa: S104
        (["--host", "::", "--token", TOKEN], "--certificate"),
        (["--proxy"], "--token"),
        (["--name", "casefile.example.org"], "--token"),
        (["--proxy", "--token", "short"], "too short"),
    ],
)
def test_another_address_needs_a_token_and_tls(arguments: list[str], word: str) -> None:
    refused = said(records().case.root, "serve", "--port", "0", *arguments)
    assert refused.code == 1
    assert word in refused.err


def test_who_asks_for_others_has_a_token_or_reads_what_is_public_and_writes_nothing() -> None:
    relayed = [Serving(is_behind_proxy=True), Serving(names=("casefile.example.org",))]
    for one in relayed:
        replace(one, token=TOKEN).check()
        replace(one, is_public=True).check()
        assert one.is_reached_from_elsewhere
    Serving().check()
    assert not Serving().is_reached_from_elsewhere


@pytest.mark.parametrize("where", ["cross-site", "same-site"])
def test_a_page_of_elsewhere_makes_a_browser_ask_for_nothing(where: str) -> None:
    """As a picture, a script or a fetch; a link to a page may be followed, one to a query may not."""
    site = records()
    style = next(route.path for route in site.app.routes if str(route.path).startswith("/assets/"))
    query = "text=SELECT+1+AS+a"
    asked = [
        ("/en/definitions", "no-cors", 403),
        ("/api/definitions", "cors", 403),
        ("/openapi.json", "", 403),
        ("/en/definitions", "navigate", 200),
        ("/api/definitions", "navigate", 200),
        (style, "no-cors", 200),
        ("/embed/en/nothing/chart", "no-cors", 404),
        (f"/en/sql?{query}", "navigate", 403),
        (f"/es/sql?{query}", "navigate", 403),
        (f"/embed/en/sql/rows?{query}", "navigate", 403),
        (f"/en/print/sql?{query}", "navigate", 404),
        (f"/files/sql/answer.csv?{query}", "navigate", 403),
    ]
    for path, mode, status in asked:
        heads = {"sec-fetch-site": where} | ({"sec-fetch-mode": mode} if mode else {})
        assert site.ask(path, headers=heads).status_code == status, (path, mode)
    for own in ("same-origin", "none"):
        heads = {"sec-fetch-site": own, "sec-fetch-mode": "no-cors"}
        assert site.ask("/en/definitions", headers=heads).status_code == 200


def test_what_is_kept_is_answered_without_a_turn_at_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is looked up apart from what waits for a turn; what is not kept is not found there."""
    site = Site(records().case)
    paths = ("/en/definitions", "/api/definitions")
    first = {path: site.ask(path).content for path in paths}
    monkeypatch.setattr("paradero.web.kept_pages.KeptPages.page", _never)
    for path in paths:
        assert site.ask(path).content == first[path], path
    assert site.ask("/es/definitions").status_code == 500


def _never(*_: object) -> bytes:
    raise AssertionError


TRAVERSALS = [
    "../../../../etc/passwd",
    "..%2f..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "%252e%252e%252fetc%252fpasswd",
    "..\\..\\..\\etc\\passwd",
    "..%5c..%5cetc%5cpasswd",
    "%00",
    "x%00.html",
    "....//....//etc/passwd",
    "/etc/passwd",
    "file:///etc/passwd",
    "paradero.toml",
    "..%2fparadero.toml",
    "log.jsonl",
]


def test_no_path_leads_out_of_the_casefile_or_to_its_files() -> None:
    """In every name of every address, and every option of every page."""
    site = records()
    settings = (site.case.root / "paradero.toml").read_text(encoding="utf-8")
    mark = next(line for line in settings.splitlines() if "=" in line)
    paths = [each.path if each.send else f"/en{each.path}" for each in page_modules()]
    paths += [each.path for each in question_modules()]
    asked = 0
    for path in paths:
        options = next(
            (
                [*each.options]
                for each in (*page_modules(), *question_modules())
                if path in (each.path, f"/en{each.path}")
            ),
            [],
        )
        for traversal in TRAVERSALS if "{" in path else TRAVERSALS[: draws(2, len(TRAVERSALS))]:
            whole = re.sub(r"\{[^}]*\}", lambda _, one=traversal: one, path)
            addresses = [whole] if "{" in path else []
            addresses += [
                f"{re.sub(r'{[^}]*}', 'x', path)}?{getattr(each, 'name', each)}={quote(traversal, safe='%')}"
                for each in options[: draws(1, 40)]
            ]
            for address in addresses:
                found = site.ask(address.replace("\\", "%5C"))
                asked += 1
                assert found.status_code < 500 or found.status_code == 503, (address, found.text[:300])
                assert "root:" not in found.text
                assert mark not in found.text
                assert str(site.case.root) not in found.text, address
    assert asked > 200


def test_the_site_is_only_read(served: Served) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get"):
        for path in ("/en/", "/api/definitions", "/openapi.json"):
            status, _ = served.get(path, method=method)
            assert status in (400, 405), (method, path)
    status, answer = served.get("/api/definitions", method="HEAD")
    assert status == 200
    assert answer.partition(b"\r\n\r\n")[2] == b""


def test_no_head_is_made_of_what_was_asked(served: Served) -> None:
    for path in (
        "/en/search?q=a%0d%0aSet-Cookie:%20x=1",
        "/api/search?q=a%0d%0aX-Bad:%201",
        "/en/facility/a%0d%0aX-Bad:%201",
        "/files/tables/x%22%0d%0aX-Bad:%201.csv",
        "/%0d%0aX-Bad:%201",
    ):
        _, answer = served.get(path)
        heads = answer.partition(b"\r\n\r\n")[0].lower()
        assert b"x-bad" not in heads
        assert b"set-cookie" not in heads


_FIRST = b"GET /en/where-to-ask HTTP/1.1\r\nHost: 127.0.0.1\r\n"
_HIDDEN = b"GET /api/definitions HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
SMUGGLED = [
    _FIRST
    + b"Content-Length: 44\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    + _HIDDEN.replace(b"127.0.0.1", b"x"),
    _FIRST + b"Content-Length: 0\r\nContent-Length: 40\r\n\r\n" + _HIDDEN,
    _FIRST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + _HIDDEN,
    b"GET /en/where-to-ask HTTP/1.1\r\nHost : 127.0.0.1\r\n\r\n",
    b"GET /en/where-to-ask HTTP/1.1\r\n Host: 127.0.0.1\r\n\r\n",
    b"GET http://evil.example/api/definitions HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
    b"\x00\x01\x02\x03" * 200,
    b"GET /\xff\xfe HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
]


@pytest.mark.parametrize("number", range(len(SMUGGLED)))
def test_no_question_hides_in_another(served: Served, number: int) -> None:
    answer = served.send(SMUGGLED[number], patience=12)
    assert b"ddp-midnight" not in answer
    assert answer.count(b"HTTP/1.1 200") <= 1


def test_heads_and_bodies_end_somewhere(served: Served) -> None:
    large = b"GET /en/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Large: " + b"a" * 1_000_000
    assert b" 200 " not in served.send(large, patience=12)[:40]
    many = b"GET /en/ HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"".join(b"X-%d: a\r\n" % n for n in range(20_000))
    assert b" 200 " not in served.send(many, patience=12)[:40]
    assert served.get("/en/search?q=" + "a" * 100_000)[0] in (0, 400, 404, 414, 431)
    body = (
        b"POST /acts/confirm HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 50000000\r\n\r\n" + b"a" * 200_000
    )
    with contextlib.suppress(ConnectionError):
        assert b" 200 " not in served.send(body, patience=12)[:40]
    assert served.get("/en/where-to-ask")[0] == 200


def test_slow_clients_are_hung_up_on(slow: list[socket.socket]) -> None:
    closed = 0
    deadline = time.monotonic() + 25
    for connection in slow:
        connection.settimeout(max(0.1, deadline - time.monotonic()))
        with contextlib.suppress(TimeoutError, ConnectionResetError):
            closed += connection.recv(1) == b""
    assert closed > 190


def test_a_flood_is_answered_or_told_to_come_back(served: Served) -> None:
    statuses: list[int] = []
    lock = threading.Lock()

    def ask() -> None:
        for _ in range(10):
            status = 0
            with contextlib.suppress(OSError):
                status, _ = served.get("/en/where-to-ask")
            with lock:
                statuses.append(status)

    threads = [threading.Thread(target=ask) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(statuses) == 500
    assert set(statuses) <= {200, 503}
    assert statuses.count(200) > 400
    assert served.process.poll() is None


def test_nothing_changes_by_being_read(tmp_path: Path) -> None:
    """But for kept audits and their entries in the log, the folder is byte for byte what it was."""
    case = copied(records().case, tmp_path / "case")
    site = Site(case)
    before, log = state_of(case), read_log(case)
    asked = [
        "/en/facilities",
        "/en/contradictions",
        "/es/unaccounted",
        "/en/transfers",
        "/es/requests",
        "/en/report",
        "/en/",
    ]
    person = site.ask("/api/unaccounted?limit=1").json()["rows"][0]
    asked += [
        f"/en/person/{person['unique_identifier']}",
        f"/api/rows/{quote(person['stay_row_address'], safe='')}",
    ]
    asked += [each.path for each in question_modules() if "{" not in each.path]
    for path in asked:
        assert site.ask(path).status_code in (200, 409), path
    assert state_of(case) == before
    assert {entry.act for entry in [*read_log(case)][len(log) :]} <= {"audit"}


def state_of(case: Casefile) -> dict[str, str]:
    kept = case.build / "audits"
    return {
        str(path.relative_to(case.root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(case.root.rglob("*"))
        if path.is_file() and kept not in path.parents and path.name not in (".lock", "log.jsonl")
    }


def test_the_same_again_is_not_sent_again() -> None:
    site = records()
    for path in ("/en/where-to-ask", "/api/definitions"):
        first = site.ask(path)
        mark = first.headers["etag"]
        again = site.ask(path, headers={"if-none-match": mark})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["content-security-policy"]
        assert site.ask(path, headers={"if-none-match": '"other"'}).status_code == 200
        assert site.ask(path, headers={"range": "bytes=0-1"}).status_code == 200


@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes the certificate")
def test_tls_with_a_token(tmp_path: Path) -> None:
    certificate, key = tmp_path / "c.pem", tmp_path / "k.pem"
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-keyout",
            str(key),
            "-out",
            str(certificate),
            "-days",
            "1",
            "-subj",
            "/CN=localhost",
        ],
        check=True,
        capture_output=True,
    )
    import ssl

    process = subprocess.Popen(
        [
            COMMAND,
            "serve",
            "--port",
            "0",
            "--host",
            "0.0.0.0",  # noqa: S104
            "--token",
            TOKEN,
            "--certificate",
            str(certificate),
            "--key",
            str(key),
        ],
        cwd=records().case.root,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        found = re.search(r"https://0\.0\.0\.0:(\d+)/", process.stdout.readline())
        assert found
        context = ssl.create_default_context(cafile=str(certificate))
        context.check_hostname = False
        for head, status in (("", b" 401 "), (f"Authorization: Bearer {TOKEN}\r\n", b" 200 ")):
            with (
                socket.create_connection(("127.0.0.1", int(found[1])), timeout=30) as plain,
                context.wrap_socket(plain) as safe,
            ):
                told = f"GET /api/definitions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{head}\r\n"
                safe.sendall(told.encode())
                assert status in safe.recv(200)
    finally:
        process.terminate()
        process.wait(timeout=30)
        if process.stdout is not None:
            process.stdout.close()
