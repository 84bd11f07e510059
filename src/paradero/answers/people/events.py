"""One person's custody history as events in order of time, each with its address."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from paradero.answers.people.history import History, Stay
from paradero.answers.people.whereabouts import Whereabouts
from paradero.model.answer import Answer


class Event(Answer, frozen=True, kw_only=True):
    """Something that was recorded of a person, or how a stay ended: when, where, and a word more."""

    release: str
    unique_identifier: str
    event: str
    at: str | None
    facility: str | None
    detail: str | None
    address: str


class Placed(Whereabouts, frozen=True, kw_only=True):
    """Where a person was at the time asked for, and which person."""

    release: str
    unique_identifier: str


def placed_of(history: History) -> list[Placed]:
    """What the records say of the time that was asked for, of that person; nothing where none was."""
    return [
        Placed(
            release=history.release,
            unique_identifier=history.unique_identifier,
            **msgspec.structs.asdict(one),
        )
        for one in (history.at.whereabouts if history.at else ())
    ]


def events_of(history: History) -> list[Event]:
    """Arrests, book-ins, book-outs, ends of stays and departures, in order of time."""
    return sorted(_events(history), key=lambda event: (event.at or "", event.event, event.address))


def _events(history: History) -> Iterator[Event]:
    for arrest in history.arrests:
        yield _event(history, "arrest", arrest.arrested_at, arrest.apprehension_method, arrest.address)
    for stay in history.stays:
        yield from _events_of_stay(history, stay)
    for removal in history.removals:
        yield _event(history, "departure", removal.departed, removal.departure_country, removal.address)


def _events_of_stay(history: History, stay: Stay) -> Iterator[Event]:
    for stint in stay.stints:
        code = stint.detention_facility_code
        yield _event(
            history, "book_in", stint.book_in, stint.detention_facility, stint.address, facility=code
        )
        if stint.book_out:
            reason = stint.detention_release_reason
            yield _event(history, "book_out", stint.book_out, reason, stint.address, facility=code)
    end = stay.end
    yield _event(
        history, f"end: {end.kind}", end.lo or end.unaccounted_since, end.reason, stay.stints[-1].address
    )


def _event(
    history: History,
    event: str,
    at: str | None,
    detail: str | None,
    address: str,
    *,
    facility: str | None = None,
) -> Event:
    return Event(
        release=history.release,
        unique_identifier=history.unique_identifier,
        event=event,
        at=at,
        facility=facility,
        detail=detail,
        address=address,
    )
