"""Names of companies as they are compared: in capitals, without punctuation and legal form. Equal after that
is equal; merely alike is not.
"""

from __future__ import annotations

import re
import unicodedata

LEGAL_FORMS = frozenset(
    [
        "INC",
        "INCORPORATED",
        "CORP",
        "CORPORATION",
        "CO",
        "COMPANY",
        "LLC",
        "LC",
        "LTD",
        "LIMITED",
        "LP",
        "LLP",
        "LLLP",
        "PLC",
        "PC",
        "PLLC",
        "PBC",
        "SA",
        "SAS",
        "SARL",
        "SRL",
        "SL",
        "SLU",
        "GMBH",
        "AG",
        "KG",
        "BV",
        "NV",
        "AB",
        "AS",
        "OY",
        "SPA",
        "CV",
    ]
)
_DOTTED = re.compile(r"\b(?:[A-Z]\.){1,}[A-Z]?\b\.?")
_OTHER = re.compile(r"[^0-9A-Z]+")
_SPACED = re.compile(r"\b(L L C|L P|L L P|S A DE C V|S A|P C|S DE R L)$")


def spelt_name(name: str) -> str:
    """A name as one that nothing but itself identifies is told from others: capitals without accents and
    punctuation, the legal form kept.

    >>> spelt_name("Example Guards, L.L.C."), spelt_name("EXAMPLE GUARDS INC")
    ('EXAMPLE GUARDS LLC', 'EXAMPLE GUARDS INC')
    """
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().upper() or name.upper()
    bare = _DOTTED.sub(lambda found: found[0].replace(".", ""), bare).replace("'", "").replace("&", " AND ")
    bare = _OTHER.sub(" ", bare).strip() if _OTHER.sub("", bare) else " ".join(name.upper().split())
    return _SPACED.sub(lambda found: found[0].replace(" ", ""), bare)


def plain_name(name: str) -> str:
    """A name for comparison: capitals without accents, `&` as AND, punctuation gone, legal forms at the end
    and a leading THE left out.

    >>> plain_name("The GEO Group, Inc.") == plain_name("GEO GROUP INC")
    True
    >>> plain_name("CoreCivic, L.L.C.")
    'CORECIVIC'

    A name that is nothing but legal forms stays as it is.
    """
    words = spelt_name(name).split()
    while len(words) > 1 and (words[-1] in LEGAL_FORMS or words[-1] in ("SADECV", "SDERL", "DE")):
        words.pop()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "THE" else words)
