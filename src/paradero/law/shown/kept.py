"""The status quo: whether an event changed what may not change."""

from __future__ import annotations

from collections.abc import Iterable

from paradero.law.events import Event
from paradero.law.forms.readings import PURPOSIVE
from paradero.law.forms.terms import Keeps
from paradero.law.scopes import believed
from paradero.law.shown.values import Lack, Shown, Told, both, negated
from paradero.law.shown.variants import Variant
from paradero.law.worlds import share_of_values


def shown_of_change(variant: Variant, keeps: Keeps, event: Event, told: Told) -> Shown:
    """Whether the event took somebody out of what they were to be kept in. Who was out of it before is not
    covered, read literally; read by its purpose, no move that leaves them outside is allowed.
    """
    was_inside = _inside(event, f"from_{keeps.attribute}", keeps.values, told)
    is_inside = _inside(event, f"to_{keeps.attribute}", keeps.values, told)
    is_purposive = is_by_purpose(variant, keeps)
    did = told.did(event)
    lacks = [Lack(fact="happened")] if did is None else []
    if is_inside is None:
        lacks.append(Lack(fact="place", name=f"to_{keeps.attribute}"))
    if is_purposive:
        return Shown(is_shown=both((did, negated(is_inside))), lacks=tuple(lacks))
    if was_inside is None:
        lacks.append(Lack(fact="place", name=f"from_{keeps.attribute}"))
    return Shown(is_shown=both((did, negated(is_inside))), is_free=negated(was_inside), lacks=tuple(lacks))


def is_by_purpose(variant: Variant, keeps: Keeps) -> bool:
    """Whether the construction reads the term by its purpose, not literally."""
    return variant.standing is PURPOSIVE or keeps.reading == "purposive"


def _inside(event: Event, name: str, values: Iterable[str], told: Told) -> bool | None:
    """Whether everybody whom the event is about had one of the values; false where nobody had."""
    said = [each for each in believed(event, told.trust) if each.name == name]
    subject = event.file.subject
    share = share_of_values(
        said, list(values), is_negated=False, people_lo=subject.people_lo, people_hi=subject.people_hi
    )
    return True if share.every else False if share.some is False else None
