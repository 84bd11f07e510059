"""Which file an address of the site becomes: the same at every writing, safe on every disk."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import parse_qsl, unquote, urlencode

_UNSAFE = re.compile(r"[^A-Za-z0-9._@,+=-]|^\.+|\.+$")  # a step of dots leads elsewhere
_LONGEST = 80  # letters of one step
_OF_STATE = ("digest", "version")  # the files are of one state: these options say nothing


def plain(address: str) -> str:
    """The address by which a page is known here: without what names the state, without a part of the page."""
    path, _, options = address.partition("#")[0].partition("?")
    told = [
        (name, value) for name, value in parse_qsl(options, keep_blank_values=True) if name not in _OF_STATE
    ]
    return f"{path}?{urlencode(told)}" if told else path


def has_options(address: str) -> bool:
    """Whether the address is a variant of another."""
    return "?" in address


def is_variant(address: str) -> bool:
    """Whether the page at an address shows the same thing as another: options alone tell them apart. A
    person's release is no such option: the id is somebody else's in another.
    """
    path, _, options = address.partition("?")
    names = [name for name, _ in parse_qsl(options, keep_blank_values=True)]
    return bool(names) and not (names == ["release"] and "/person/" in path)


class Places:
    """The files of addresses, no two of them the same, in letters of either case."""

    def __init__(self) -> None:
        self._files: dict[str, str] = {}
        self._taken: set[str] = set()

    def of(self, address: str, *, is_page: bool) -> str:
        """The file of an address: a page is the `index.html` of a folder of its own."""
        if address not in self._files:
            path, _, options = address.partition("?")
            steps = [_step(unquote(step)) for step in path.strip("/").split("/") if step]
            if options:
                steps.insert(len(steps) if is_page else len(steps) - 1, f"with-{_mark(options)}")
            file = "/".join([*steps, "index.html"] if is_page else steps)
            if file.casefold() in self._taken:
                steps[-1] = f"{_mark(address)}-{steps[-1]}"
                file = "/".join([*steps, "index.html"] if is_page else steps)
            self._taken.add(file.casefold())
            self._files[address] = file
        return self._files[address]


def _step(text: str) -> str:
    """One step of an address as a name that every disk takes; what is changed is still told apart."""
    safe = _UNSAFE.sub(lambda found: "".join(f"~{ord(letter):x}" for letter in found[0]), text)
    return safe if len(safe) <= _LONGEST else f"{safe[:_LONGEST]}~{_mark(text)}"


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
