"""Days on which an office was not open, as somebody states them: no holiday, and never worked out."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from paradero.authored.evidence import Sourced


class Closing(Sourced, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A day on which the clerk's or agency's `office` was `closed`, by declaration, or `inaccessible` to
    whoever had to file (Fed. R. Civ. P. 6(a)(3)). Whether it lengthens a time is disputed: each view is a
    reading.
    """

    day: dt.date
    office: Literal["closed", "inaccessible"]
