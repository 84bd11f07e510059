"""Dockets, tail numbers and flight numbers, in one spelling each."""

from __future__ import annotations

from paradero.documents.kinds.vocabulary import Kind
from paradero.documents.mentions import Value


def docket_of(_kind: Kind, groups: dict[str, str]) -> Value | None:
    """`1:25-cv-00766`, `25-1113`, `24A931`, and for an entry `ECF 49`; a judge's initials and the words
    before are left out.
    """
    if groups.get("entry_number"):
        return Value(ids=(f"ECF {groups['entry_number']}",))
    application = groups.get("application") or groups.get("application_alone")
    if application:
        return Value(ids=(application.upper(),))
    if groups.get("appeal"):
        return Value(ids=(groups["appeal"],))
    division = f"{groups['division']}:" if groups.get("division") else ""
    nature = (
        groups["nature"].lower()
        if groups.get("nature")
        else "cv"
        if groups["nature_word"].casefold() == "civ"
        else "cr"
    )
    return Value(ids=(f"{division}{groups['year']}-{nature}-{groups['number'].zfill(5)}",))


def aircraft_of(_kind: Kind, groups: dict[str, str]) -> Value | None:
    """A registration as it is written, Venezuela's without a hyphen."""
    written = groups["id"]
    return Value(ids=(written.replace("-", "") if written.startswith("YV") else written,))


def flight_of(kind: Kind, groups: dict[str, str]) -> Value | None:
    """Operator's letters and number, `GXA6143`; the number alone where no operator is named."""
    if groups.get("any"):
        return Value(ids=(groups["any"].replace(" ", "").replace("-", ""),))
    operator = groups.get("operator") or str(kind.meaning("operator_name", groups["operator_name"]))
    return Value(ids=(f"{operator}{groups['number']}",))
