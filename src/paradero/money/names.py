"""Names of companies as they are compared: in capitals, without punctuation and legal form. Equal after that is equal; merely alike is not."""

from __future__ import annotations

import re
import unicodedata

LEGAL_FORMS = frozenset(
    ["INC", "INCORPORATED", "CORP", "CORPORATION", "CO", "COMPANY", "LLC", "LC", "LTD", "LIMITED", "LP", "LLP", "LLLP", "PLC", "PC", "PLLC", "PBC", "SA", "SAS", "SARL", "SRL", "SL", "SLU", "GMBH", "AG", "KG", "BV", "NV", "AB", "AS", "OY", "SPA", "CV"]
)
_DOTTED = re.compile(r"\b(?:[A-Z]\.){1,}[A-Z]?\b\.?")
_OTHER = re.compile(r"[^0-9A-Z]+")
_SPACED = re.compile(r"\b(L L C|L P|L L P|S A DE C V|S A|P C|S DE R L)$")


def plain_name(name: str) -> str:
    """A name for comparison: capitals without accents, `&` as AND, punctuation gone, legal forms at the end and a leading THE left out.

    >>> plain_name("The GEO Group, Inc.") == plain_name("GEO GROUP INC")
    True
    >>> plain_name("CoreCivic, L.L.C.")
    'CORECIVIC'

    A name that is nothing but legal forms stays as it is.
    """
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().upper() or name.upper()
    bare = _DOTTED.sub(lambda found: found[0].replace(".", ""), bare).replace("'", "").replace("&", " AND ")
    bare = _OTHER.sub(" ", bare).strip() if _OTHER.sub("", bare) else " ".join(name.upper().split())
    words = _SPACED.sub(lambda found: found[0].replace(" ", ""), bare).split()
    while len(words) > 1 and (words[-1] in LEGAL_FORMS or words[-1] in ("SADECV", "SDERL", "DE")):
        words.pop()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "THE" else words)
