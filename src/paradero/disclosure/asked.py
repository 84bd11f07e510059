"""That something is published, as a command is asked for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Publishing:
    """What leaves is published, under the profile `named`; None: that of paradero.toml, or the strictest."""

    named: str | None = None
