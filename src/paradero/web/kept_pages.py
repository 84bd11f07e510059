"""Pages that were written, kept as long as the casefile stands as it did: asked for again, they are there."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

_MOST_BYTES = 96_000_000

Key = tuple[str, ...]


class KeptPages:
    """Pages by digest and address, the least asked for forgotten when there are too many bytes. A page that
    many ask for at once is written once.
    """

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._most = most_bytes
        self._bytes = 0
        self._pages: OrderedDict[Key, bytes] = OrderedDict()
        self._writing: dict[Key, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, key: Key) -> bytes | None:
        """The page of that key; None where it is not kept."""
        with self._lock:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
            return found

    def page(self, key: Key, write: Callable[[], bytes]) -> bytes:
        """The page of that key, written if it is not kept. What `write` raises comes through, and nothing is
        kept.
        """
        found = self.get(key)
        if found is not None:
            return found
        with self._lock:
            writing = self._writing.setdefault(key, threading.Lock())
        with writing:
            found = self.get(key)
            if found is None:
                try:
                    found = write()
                finally:
                    with self._lock:
                        self._writing.pop(key, None)
                self._keep(key, found)
            return found

    def _keep(self, key: Key, content: bytes) -> None:
        with self._lock:
            if len(content) > self._most // 4 or key in self._pages:
                return
            self._pages[key] = content
            self._bytes += len(content)
            while self._bytes > self._most:
                _, gone = self._pages.popitem(last=False)
                self._bytes -= len(gone)
