"""Work in a process of its own that may be stopped: a PDF of 180 kB can be made to fill a machine or to never
end.

The process gets the memory that an honest file of its size needs and one gigabyte more, and so many seconds
for each page.
"""

from __future__ import annotations

import os
import pickle
import select
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from paradero.model import errors
from paradero.model.errors import ParaderoError, SourceError

PAGE_SECONDS = 10
_SPARE = 1_000_000_000
_START_SECONDS = 60  # a slow machine may take long to start Python at all

Progress = Callable[[int, int], None]


def heard_from(
    module: str,
    path: Path,
    *arguments: str,
    name: str,
    page_seconds: float = PAGE_SECONDS,
    progress: Progress | None = None,
) -> Any:
    """What `module`, run with the path and the arguments, says of a file by `say_of`; raises SourceError
    where a page takes too long or the file more memory than it may, and any ParaderoError that it met.
    """
    folders = os.pathsep.join(part for part in sys.path if part)
    with subprocess.Popen(  # noqa: S603 - this very program
        [sys.executable, "-m", module, str(path.resolve()), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": folders},
    ) as process:
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        try:
            return _heard(process.stdout, name, page_seconds, progress)
        finally:
            process.kill()


def _heard(stream: IO[bytes], name: str, page_seconds: float, progress: Progress | None) -> Any:
    page, patience = 0, float(_START_SECONDS)
    while True:
        if not select.select([stream], [], [], patience)[0]:
            raise SourceError(
                f"{name}: page {page + 1:,} takes more than {patience:g} seconds to read, which no page of"
                " a document does. Split the file."
            )
        try:
            what, value = pickle.load(stream)  # noqa: S301 - from our own process
        except (EOFError, pickle.UnpicklingError):
            raise SourceError(
                f"{name}: reading it takes more memory than a document of its size should. Split the file, or"
                " save it anew."
            ) from None
        if what == "read":
            return value
        if what == "error":
            kind, text = value
            raise getattr(errors, kind, SourceError)(text)
        page, patience = value[0], page_seconds
        if progress:
            progress(*value)


def say_of(path: Path, read: Callable[[Progress], Any]) -> None:
    """In the process: say each page that is done, and then what was read or the error."""
    _limit_memory(path)

    def say(what: str, value: Any) -> None:
        pickle.dump((what, value), sys.stdout.buffer)
        sys.stdout.buffer.flush()

    say("page", (0, 1))
    try:
        done = read(lambda page, of: say("page", (page, of)))
    except ParaderoError as error:
        say("error", (type(error).__name__, str(error)))
    except MemoryError:
        sys.exit(1)
    else:
        say("read", done)


def _limit_memory(path: Path) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    now = (
        int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        if Path("/proc/self/statm").exists()
        else _SPARE
    )
    most = now + _SPARE + 8 * path.stat().st_size
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
