"""Which identifiers join two records into one party: those of a register that gives each number once, in the
form it has, and no stand-in for a missing one.
"""

from __future__ import annotations

import re

# the form of each identifier after blanks and hyphens are gone, in capitals
_FORMS = {
    "uei": re.compile(r"[A-Z0-9]{12}"),
    "lei": re.compile(r"[A-Z0-9]{20}"),
    "cage": re.compile(r"[A-Z0-9]{5}"),
    "duns": re.compile(r"\d{9}"),
    "ein": re.compile(r"\d{9}"),
    "cik": re.compile(r"\d{1,10}"),
    "hex": re.compile(r"[0-9A-F]{6}"),
    "tail": re.compile(r"[A-Z0-9]{3,9}"),
    "detloc": re.compile(r"[A-Z0-9]{3,12}"),
}
_STAND_INS = {
    "NA",
    "NONE",
    "NULL",
    "NIL",
    "UNKNOWN",
    "TBD",
    "TBA",
    "NOTAVAILABLE",
    "NOTAPPLICABLE",
    "PENDING",
    "REDACTED",
    "XXX",
    "TEST",
}
_BARE = re.compile(r"[^A-Z0-9]")
_NO_REGISTER = {"register", "registration", "registrationnumber", "id", "other", "misc", "local", "internal"}


def identifies(scheme: str, value: str) -> bool:
    """Whether two records with this identifier are one party.

    A number of a register that is not named does not identify: registers of two countries give the same
    numbers. Nor does `N/A`, or a row of noughts.
    """
    name, bare = scheme.strip().lower(), _BARE.sub("", value.upper())
    if name in _NO_REGISTER or not bare or bare in _STAND_INS or len(set(bare)) == 1:
        return False
    form = _FORMS.get(name)
    return form is None or form.fullmatch(bare) is not None
