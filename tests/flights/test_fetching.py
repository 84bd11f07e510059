"""The fetcher against a server in this process that drops connections, asks to wait, lies about lengths and
changes its files.
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import io
import json
import tarfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from casefile.made import said

from paradero.fetching import whole
from paradero.fetching.downloading import AGENT, Fetched, Manners, Wish, fetch, manifest_of
from paradero.flights.fabricated import fabricated_trace
from paradero.flights.tracks.archives import archives, wishes
from paradero.flights.tracks.unpacking import unpacked
from paradero.model.errors import SourceError, UnknownName

TRACE = gzip.compress(json.dumps(fabricated_trace()).encode(), mtime=0)
NOW = dt.datetime(2025, 3, 16, 12, 0, 0, tzinfo=dt.UTC)


@dataclass
class Log:
    """What the server was asked, and what the fetcher waited and said."""

    asked: list[tuple[str, str | None, str | None]] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)


class Handler(BaseHTTPRequestHandler):
    """Behaves as the first part of the path says."""

    log: Log
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        way = self.path.split("/")[1]
        begin = self.headers.get("Range")
        self.log.asked.append((self.path, begin, self.headers.get("If-Range")))
        self.log.agents.add(self.headers["User-Agent"])
        number = sum(path == self.path for path, _, _ in self.log.asked)
        getattr(self, f"way_{way}", self.way_whole)(int(begin[6:-1]) if begin else 0, number)

    def send(
        self,
        body: bytes,
        *,
        status: int = 200,
        length: int | None = None,
        stop_after: int | None = None,
        **headers: str,
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body[:stop_after])
        self.wfile.flush()
        self.close_connection = True

    def rest(
        self, begin: int, *, tag: str = '"one"', body: bytes = TRACE, stop_after: int | None = None
    ) -> None:
        if begin and self.headers.get("If-Range") == tag:
            self.send(
                body[begin:],
                status=206,
                stop_after=stop_after,
                ETag=tag,
                Content_Range=f"bytes {begin}-{len(body) - 1}/{len(body)}",
            )
        else:
            self.send(body, stop_after=stop_after, ETag=tag)

    def way_whole(self, begin: int, _number: int) -> None:
        self.rest(begin)

    def way_drops(self, begin: int, number: int) -> None:
        self.rest(begin, stop_after=500 if number < 3 else None)

    def way_changes(self, begin: int, number: int) -> None:
        self.rest(begin, tag=f'"{number}"', stop_after=500 if number < 2 else None)

    def way_norange(self, _begin: int, number: int) -> None:
        self.send(TRACE, stop_after=500 if number < 2 else None, ETag='"one"')

    def way_elsewhere(self, begin: int, number: int) -> None:
        if begin and number == 2:
            self.send(
                TRACE[7:], status=206, ETag='"one"', Content_Range=f"bytes 7-{len(TRACE) - 1}/{len(TRACE)}"
            )
        else:
            self.rest(begin, stop_after=500 if number < 2 else None)

    def way_busy(self, begin: int, number: int) -> None:
        if number == 1:
            self.send(b"", status=429, Retry_After="7")
        elif number == 2:
            self.send(b"", status=503, Retry_After="Sun, 16 Mar 2025 12:00:30 GMT")
        else:
            self.rest(begin)

    def way_later(self, _begin: int, _number: int) -> None:
        self.send(b"", status=429, Retry_After="86400")

    def way_claimsmore(self, _begin: int, _number: int) -> None:
        self.send(TRACE, length=len(TRACE) + 1000)

    def way_claimsless(self, _begin: int, _number: int) -> None:
        self.send(TRACE, length=len(TRACE) - 1000)

    def way_shrinks(self, begin: int, number: int) -> None:
        about = f"bytes {begin}-{len(TRACE) - 1}/{len(TRACE) - 1}"
        if begin and number == 2:
            self.send(TRACE[begin:], status=206, ETag='"one"', Content_Range=about)
        else:
            self.rest(begin, stop_after=500 if number < 2 else None)

    def way_over(self, begin: int, number: int) -> None:
        if begin:
            self.send(b"", status=416)
        else:
            self.rest(begin, stop_after=500 if number < 2 else None)

    def way_refusesranges(self, _begin: int, _number: int) -> None:
        self.send(b"", status=416)

    def way_absent(self, _begin: int, _number: int) -> None:
        self.send(b"no", status=404)

    def way_refuses(self, _begin: int, _number: int) -> None:
        self.send(b"no", status=403)


@pytest.fixture
def server() -> Iterator[tuple[str, Log]]:
    log = Log()
    here = ThreadingHTTPServer(("127.0.0.1", 0), type("Logged", (Handler,), {"log": log}))
    thread = threading.Thread(target=here.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{here.server_address[1]}", log
    here.shutdown()
    here.server_close()
    thread.join()


def fetched(server: tuple[str, Log], folder: Path, *paths: str) -> list[Fetched]:
    address, log = server
    manners = Manners(pause_seconds=1, tries=4, sleep=log.waited.append, now=lambda: NOW)
    return fetch(
        [Wish(url=f"{address}/{path}", file=path.replace("/", "-")) for path in paths],
        folder,
        manners,
        log.said.append,
    )


def test_a_file_is_fetched_hashed_and_kept(server: tuple[str, Log], tmp_path: Path) -> None:
    (one,) = fetched(server, tmp_path, "whole/a.json")
    assert (one.outcome, one.size, one.sha256) == ("fetched", len(TRACE), hashlib.sha256(TRACE).hexdigest())
    assert (tmp_path / "whole-a.json").read_bytes() == TRACE
    entry = manifest_of(tmp_path)["whole-a.json"]
    assert (entry["sha256"], entry["fetched_at"], entry["etag"]) == (
        one.sha256,
        "2025-03-16T12:00:00+00:00",
        '"one"',
    )
    assert server[1].agents == {AGENT}
    again = fetched(server, tmp_path, "whole/a.json")
    assert [found.outcome for found in again] == ["kept"]
    assert len(server[1].asked) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["manifest.json", "whole-a.json"]


def test_between_two_requests_there_is_a_pause(server: tuple[str, Log], tmp_path: Path) -> None:
    fetched(server, tmp_path, "whole/a.json", "absent/b.json", "whole/c.json")
    assert server[1].waited == [1, 1]


def test_a_dropped_connection_is_gone_on_with(server: tuple[str, Log], tmp_path: Path) -> None:
    fetched(server, tmp_path, "drops/a.json")
    assert (tmp_path / "drops-a.json").read_bytes() == TRACE
    assert [(begin, tag) for _, begin, tag in server[1].asked] == [
        (None, None),
        ("bytes=500-", '"one"'),
        ("bytes=1000-", '"one"'),
    ]


def test_a_later_run_goes_on_where_an_earlier_one_stopped(server: tuple[str, Log], tmp_path: Path) -> None:
    address, log = server
    wish = Wish(url=f"{address}/drops/a.json", file="a.json")
    with pytest.raises(SourceError, match="run the same command later"):
        fetch([wish], tmp_path, Manners(pause_seconds=0, tries=2, sleep=log.waited.append), log.said.append)
    assert (tmp_path / "a.json.part").stat().st_size == 1000
    assert not (tmp_path / "a.json").exists()
    fetch([wish], tmp_path, Manners(pause_seconds=0, tries=1, sleep=log.waited.append), log.said.append)
    assert (tmp_path / "a.json").read_bytes() == TRACE


@pytest.mark.parametrize("way", ["changes", "norange", "elsewhere", "shrinks", "over"])
def test_pieces_of_two_versions_are_never_mixed(server: tuple[str, Log], tmp_path: Path, way: str) -> None:
    fetched(server, tmp_path, f"{way}/a.json")
    assert (tmp_path / f"{way}-a.json").read_bytes() == TRACE


def test_the_server_is_heard_when_it_asks_to_wait(server: tuple[str, Log], tmp_path: Path) -> None:
    fetched(server, tmp_path, "busy/a.json")
    assert server[1].waited == [7, 30]
    with pytest.raises(SourceError, match="86,400 seconds"):
        fetched(server, tmp_path, "later/a.json")


@pytest.mark.parametrize("way", ["claimsmore", "claimsless"])
def test_a_lie_about_the_length_never_makes_a_file(server: tuple[str, Log], tmp_path: Path, way: str) -> None:
    address, log = server
    manners = Manners(pause_seconds=0, tries=2, sleep=log.waited.append, now=lambda: NOW)
    with pytest.raises(SourceError, match=r"bytes|broken"):
        fetch([Wish(url=f"{address}/{way}/a.json", file="a.json")], tmp_path, manners, log.said.append)
    assert not (tmp_path / "a.json").exists()
    assert manifest_of(tmp_path) == {}


def test_a_whole_file_is_never_replaced(server: tuple[str, Log], tmp_path: Path) -> None:
    address, log = server
    fetched(server, tmp_path, "whole/a.json")
    with pytest.raises(SourceError, match="Name another folder"):
        fetch(
            [Wish(url=f"{address}/drops/a.json", file="whole-a.json")],
            tmp_path,
            Manners(sleep=log.waited.append),
            log.said.append,
        )
    assert (tmp_path / "whole-a.json").read_bytes() == TRACE
    (tmp_path / "whole-a.json").write_bytes(b"changed")
    with pytest.raises(SourceError, match="it was changed"):
        fetched(server, tmp_path, "whole/a.json")
    (tmp_path / "manifest.json").write_text("[", encoding="utf-8")
    with pytest.raises(SourceError, match="damage"):
        fetched(server, tmp_path, "whole/a.json")


def test_what_is_not_there_is_a_result_and_a_refusal_an_error(
    server: tuple[str, Log], tmp_path: Path
) -> None:
    assert [one.outcome for one in fetched(server, tmp_path, "absent/a.json", "whole/b.json")] == [
        "absent",
        "fetched",
    ]
    with pytest.raises(SourceError, match="403"):
        fetched(server, tmp_path, "refuses/a.json")
    with pytest.raises(SourceError, match=r"status 416 .* Check the address\."):
        fetched(server, tmp_path, "refusesranges/a.json")


def test_parts_are_asked_for_until_one_is_not_there(server: tuple[str, Log], tmp_path: Path) -> None:
    address, log = server
    parts = [
        ("whole", "one.tar.aa"),
        ("absent", "one.tar.ab"),
        ("whole", "one.tar.ac"),
        ("whole", "two.tar.aa"),
    ]
    asked = [Wish(url=f"{address}/{way}/{file}", file=file, is_part=True) for way, file in parts]
    found = fetch(asked, tmp_path, Manners(sleep=log.waited.append, now=lambda: NOW), log.said.append)
    assert [(one.file, one.outcome) for one in found] == [
        ("one.tar.aa", "fetched"),
        ("one.tar.ab", "absent"),
        ("two.tar.aa", "fetched"),
    ]
    assert len(log.asked) == 3


def folder_tar() -> bytes:
    """A tar with a folder and a file in it."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        folder = tarfile.TarInfo("traces")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
    return buffer.getvalue()[:512] + tar_of(traces__a=TRACE)


CONTENT = [
    # name, what arrived, what is wrong with it
    ("a.json", b"", "no bytes"),
    ("a.json", b"[1, 2]", None),
    ("a.json", b"[1, 2", "truncated"),
    ("a.json", TRACE, None),
    ("a.json", TRACE[:-9], "the gzip is cut"),
    ("a.json", TRACE + TRACE, None),
    ("a.json", TRACE + TRACE[:-9], "the gzip is cut"),
    ("a.csv", b"anything", None),
    ("a.tar", b"no tar", "could not be opened"),
]


@pytest.mark.parametrize(("name", "content", "wrong"), CONTENT)
def test_what_arrived_is_read_to_its_end(
    name: str, content: bytes, wrong: str | None, tmp_path: Path
) -> None:
    heard(tmp_path, name, content, wrong)


def test_a_tar_that_arrived_is_read_to_its_end(tmp_path: Path) -> None:
    whole = folder_tar()
    heard(tmp_path, "a.tar", whole, None)
    heard(tmp_path, "a.tar", whole[:1200], "unexpected end of data")


def heard(folder: Path, name: str, content: bytes, wrong: str | None) -> None:
    part = folder / f"{name}.part"
    part.write_bytes(content)
    if wrong is None:
        whole.check_whole(part, name)
    else:
        with pytest.raises(whole.Interrupted, match=wrong):
            whole.check_whole(part, name)
    assert part.exists() is (wrong is None)


def test_addresses_of_the_archives() -> None:
    day = [dt.date(2025, 3, 15)]
    (one,) = wishes("adsblol", days=day, hexes=["A00E1F"])
    assert one.url == "https://adsb.lol/globe_history/2025/03/15/traces/1f/trace_full_a00e1f.json"
    assert wishes("adsblol-day", days=day, hexes=[])[1].url.endswith(
        "/globe_history_2025/releases/download/v2025.03.15-planes-readsb-prod-0/v2025.03.15-planes-readsb-prod-0.tar.ab"
    )
    assert [one.file[-10:-8] for one in wishes("opensky", days=[dt.date(2022, 6, 27)], hexes=[])] == [
        f"{hour:02}" for hour in range(24)
    ]
    assert all(archive.url.startswith("https://") and archive.terms for archive in archives().values())


WRONG = [
    (("adsblool",), {}, "adsblol"),
    (("adsblol",), {"hexes": ["a00e1f"]}, "--date"),
    (("adsblol",), {"days": [dt.date(2025, 3, 15)]}, "--hex"),
    (("adsblol",), {"days": [dt.date(2025, 3, 15)], "hexes": ["N123"]}, "six hexadecimal"),
    (("file:///etc/passwd",), {}, "https"),
    (("https://example.org/",), {}, "Name the file"),
]


@pytest.mark.parametrize(("source", "more", "words"), WRONG)
def test_what_cannot_be_asked_for_is_said(
    source: tuple[str], more: dict[str, list[object]], words: str
) -> None:
    with pytest.raises(UnknownName, match=words):
        wishes(source[0], days=more.get("days", []), hexes=more.get("hexes", []))  # type: ignore[arg-type]


def tar_of(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name.replace("__", "/").replace("_json", ".json"))
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def test_tars_in_parts_are_read_as_one_and_names_are_not_trusted(tmp_path: Path) -> None:
    whole = tar_of(
        **{
            "traces__00__trace_full_a00000_json": TRACE,
            "..__..__trace_full_a00001_json": TRACE,
            "acas__x": b"1",
        }
    )
    (tmp_path / "day.tar.aa").write_bytes(whole[:1000])
    (tmp_path / "day.tar.ab").write_bytes(whole[1000:])
    found = unpacked(tmp_path.glob("day.tar.*"), tmp_path / "out")
    assert [path.name for path in found] == ["trace_full_a00000.json", "trace_full_a00001.json"]
    assert all(path.parent == tmp_path / "out" and path.read_bytes() == TRACE for path in found)
    assert [
        path.name for path in unpacked(tmp_path.glob("day.tar.*"), tmp_path / "one", hexes=["A00001"])
    ] == ["trace_full_a00001.json"]
    at = (tmp_path / "out" / "trace_full_a00000.json").stat().st_mtime_ns
    (tmp_path / "day.tar.json").write_text("no part of a tar")
    assert (
        unpacked(tmp_path.glob("day.tar.*"), tmp_path / "out") == found
    )  # what is there is not written again
    assert (tmp_path / "out" / "trace_full_a00000.json").stat().st_mtime_ns == at
    (tmp_path / "day.tar.ab").unlink()
    with pytest.raises(SourceError, match="damage"):
        unpacked(tmp_path.glob("day.tar.*"), tmp_path / "cut")


def test_the_command_fetches_and_legs_reads(server: tuple[str, Log], tmp_path: Path) -> None:
    heard = said(
        tmp_path,
        "flights",
        "fetch",
        "--from",
        f"{server[0]}/whole/trace_full_{{hex}}.json",
        "--hex",
        "a00000",
        "-o",
        "got",
        "--pause",
        "0",
        "--json",
    )
    assert heard.code == 0, heard.err
    assert [one["outcome"] for one in heard.json["files"]] == ["fetched"]
    assert "Legs: 2" in said(tmp_path, "flights", "legs", "got/trace_full_a00000.json").out
    assert (
        said(
            tmp_path,
            "flights",
            "fetch",
            "--from",
            "adsblol",
            "--hex",
            "a00000",
            "--date",
            "soon",
            "-o",
            "got",
        ).code
        == 1
    )
    (row,) = said(
        tmp_path,
        "flights",
        "fetch",
        "--from",
        f"{server[0]}/whole/{{hex}}.json",
        "--tail",
        "N278GX",
        "-o",
        "got",
        "--pause",
        "0",
        "--json",
    ).json["files"]
    assert row["file"] == "a2c4e0.json"
    assert (
        "N278GX"
        in said(tmp_path, "flights", "fetch", "--from", "adsblol", "--tail", "YV1234", "-o", "got").err
    )
