"""A value of a built table as a reader sees it: rows, people, places as links; what is missing with why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from paradero.answers.tables.filters import WHY
from paradero.model.columns import Kind, kind_of
from paradero.model.time.clock import MINUTE_US
from paradero.reports.content.blocks import Link, Missing, Named, Row, Stated, Text
from paradero.reports.content.numbers import length
from paradero.reports.content.wording import Wording
from paradero.reports.pages.material import short_id
from paradero.web.addresses import page_at

_PLACES = tuple(f"facility_code{which}" for which in ("", "_first", "_last", "_longest"))
_PERSON, _PERSON_NUMBER = "unique_identifier", "person_no"
OF_PERSON = (
    "id of the person"  # beside the columns of a row: the pseudonym behind a number that builds change
)


def cell(name: str, row: Mapping[str, Any], say: Wording) -> Text:
    """The value of a column in a row, whose other columns say why it is missing."""
    value = row[name]
    if value is None:
        why = row.get(name + WHY)
        return (Missing(text=why_in_words(str(why), say)),) if why else ()
    text = as_text(value)
    return _leading(name, text, row) or _in_words(name, value, row, say) or (Stated(text=text),)


def _leading(name: str, text: str, row: Mapping[str, Any]) -> Text:
    """A value that has a page of its own, as a link to it."""
    number = name.removesuffix("_address")
    if name == "address" or (number != name and kind_of(number) is Kind.ROW):
        return (Row(address=text, text=text),)
    if name == _PERSON:
        return (Named(text=text, about="person", name=text, release=str(row.get("release") or "")),)
    if name.endswith(_PLACES):
        return (Named(text=text, about="facility", name=text),)
    return (Link(text=text, to=page_at("sources", text)),) if name == "source" else ()


def _in_words(name: str, value: Any, row: Mapping[str, Any], say: Wording) -> Text:
    """A length with its unit, a person's number with the pseudonym behind it."""
    if kind_of(name) is Kind.LENGTH and isinstance(value, int):
        sign = "−" if value < 0 else ""
        words = f"({sign}{length(abs(value) / MINUTE_US, say.language)})"
        return (Stated(text=as_text(value)), " ", Stated(text=words))
    if name == _PERSON_NUMBER and row.get(OF_PERSON):
        who, release = str(row[OF_PERSON]), str(row.get("release") or "")
        named = Named(text=short_id(who), about="person", name=who, release=release)
        return (Stated(text=as_text(value)), " ", named)
    return ()


def why_in_words(why: str, say: Wording) -> str:
    """Why a value is missing: the reason in words, then the mark as printed."""
    if not why:
        return ""
    reason, _, mark = why.partition(":")
    words = say.code("missing", reason.strip())
    return f"{mark.strip()}: {words}" if mark.strip() else words


def as_text(value: Any) -> str:
    """A value as files write it: times to the second, whole numbers without a point."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="auto")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, list):
        return ", ".join(as_text(each) for each in value)
    return str(value)
