"""Offices that answer for living people, each with its address and what it can be asked."""

from __future__ import annotations

from paradero.reports.content.blocks import Link, Points, Stated, Text
from paradero.reports.content.wording import Wording

_PLACES = {
    "locator": {"en": "https://locator.ice.gov/"},
    "court": {"en": "https://acis.eoir.justice.gov/en/", "es": "https://acis.eoir.justice.gov/es/"},
    "legal_aid": {"en": "https://www.immigrationlawhelp.org/"},
    "red_cross": {"en": "https://familylinks.icrc.org/"},
    "un": {
        "en": "https://www.ohchr.org/en/treaty-bodies/ced",
        "es": "https://www.ohchr.org/es/treaty-bodies/ced",
    },
}


def offices(language: str, *, has_addresses: bool = False) -> Points:
    """The offices as links, in the reader's language where they have pages in it; on paper (`has_addresses`)
    each with its address written out.
    """
    say = Wording("where_to_ask", language)
    items: list[Text] = []
    for name, pages in _PLACES.items():
        to = pages.get(language, pages["en"])
        address: Text = (Stated(text=f" ({to.removeprefix('https://')})"),) if has_addresses else ()
        items.append((Link(text=say.plain(name), to=to), *address, ": ", *say(f"{name}_is")))
    return Points(items=tuple(items))
