"""Turn whatever a reader raises over a damaged file into one SourceError that names the file and what
to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from paradero.model.errors import ParaderoError, SourceError


@contextmanager
def told(where: str, what: str, remedy: str) -> Iterator[None]:
    """Within it, any failure to read becomes `where: the WHAT is damaged (…). REMEDY`.

    The one broad catch of this room: zip, XML, Arrow and the Rust readers each raise classes of their own for
    the same thing, and a panic of the Rust reader is not even an Exception. Only calls into readers stand
    within it.
    """
    try:
        yield
    except (ParaderoError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except MemoryError as error:
        raise SourceError(
            f"{where}: the {what} does not fit into this machine's memory. Split the file."
        ) from error
    except BaseException as error:
        raise SourceError(f"{where}: the {what} is damaged ({first_line(error)}). {remedy}") from error


def first_line(error: BaseException) -> str:
    """The first line of an error's text, or its class where it has none."""
    text = str(error).strip()
    return text.splitlines()[0][:200] if text else type(error).__name__
