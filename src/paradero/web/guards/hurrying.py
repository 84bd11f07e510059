"""Connections that come to the point: whoever does not finish a question in time is hung up on."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

_HEAD_S = 10.0  # for the head of a question, from its first byte or from the beginning of the connection
MOST_CONNECTIONS = 512


class Hurried(H11Protocol):
    """uvicorn's connection, which waits for ever for the head of a question, with an end to its patience, and
    no more of them at once than the machine bears.
    """

    _open = 0

    def connection_made(self, transport: Any) -> None:
        """Begin to wait; hang up where too many are connected."""
        super().connection_made(transport)
        Hurried._open += 1
        if Hurried._open > MOST_CONNECTIONS:
            transport.abort()
            return
        self._patience: asyncio.TimerHandle | None = self.loop.call_later(_HEAD_S, self._hang_up)

    def data_received(self, data: bytes) -> None:
        """Read on; a whole head ends the waiting."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop_waiting()

    def on_response_complete(self) -> None:
        """Wait for the next question of the same connection."""
        super().on_response_complete()
        self._stop_waiting()
        if not self.transport.is_closing():
            self._patience = self.loop.call_later(_HEAD_S, self._hang_up)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        Hurried._open -= 1
        self._stop_waiting()
        super().connection_lost(exc)

    def _stop_waiting(self) -> None:
        waiting = getattr(self, "_patience", None)
        if waiting is not None:
            waiting.cancel()
            self._patience = None

    def _hang_up(self) -> None:
        if self.cycle is None or self.cycle.response_complete:
            self.transport.abort()
