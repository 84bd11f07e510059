"""Federal awards: each once, with what it comes to, as of when, and the source rows that say so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from importlib.resources import files

import msgspec

from paradero.answers.companies.award_rows import AwardRow, CitationRow, RecipientRow
from paradero.answers.companies.award_values import UNIT, Award, AwardCitation, Awards, AwardsTotal, Recipient
from paradero.building.tables import Built, open_tables
from paradero.casefile.folder import Casefile
from paradero.engines.queries import query, values_of
from paradero.model.naming import unknown
from paradero.model.time.clock import DAY_US, day_text
from paradero.money.names import plain_name, spelt_name

_QUERIES = files("paradero.answers.companies") / "awards.sql"
TABLES = ("awards", "award_actions", "award_recipients", "award_records", "subawards")


def awards_of(case: Casefile, names: Iterable[str] = ()) -> Awards:
    """The awards that the names stand for (a key, a PIID, a UEI, the name of a recipient or parent), all
    without names; the largest first.

    A name is compared in capitals without punctuation, and without its legal form where none is spelt so.
    Raises UnknownName with the nearest where nothing has it, CasefileError where nothing was built.
    """
    with open_tables(case, *TABLES) as built:
        rows = values_of(built.rows(query(_QUERIES, "awards")), AwardRow)
        wanted = _wanted(rows, list(names))
        cited = _citations(built)
        found = [
            _award(row, cited.get(row.award_key, []))
            for row in rows
            if wanted is None or row.award_key in wanted
        ]
        return Awards(
            scope=built.receipt.scope,
            digest=built.receipt.digest,
            unit=UNIT,
            total=total_of(found),
            rows=found,
            recipients=_recipients(built, found),
        )


def _recipients(built: Built, awards: Iterable[Award]) -> list[Recipient]:
    """The recipients of these awards, each with all of its awards on record; the largest first."""
    keys: dict[str | None, list[str]] = {}
    for one in awards:
        keys.setdefault(one.recipient_key, []).append(one.award_key)
    return [
        msgspec.convert(
            {
                **msgspec.structs.asdict(row),
                "as_of": _day(row.known_until),
                "unit": UNIT,
                "awards": keys[row.recipient_key],
            },
            Recipient,
        )
        for row in values_of(built.rows(query(_QUERIES, "recipients")), RecipientRow)
        if row.recipient_key in keys
    ]


def total_of(awards: Iterable[Award]) -> AwardsTotal:
    """What awards come to: obligations and subawards add, each once; states and ceilings do not."""
    listed = list(awards)
    days = [one.as_of for one in listed if one.as_of]
    return AwardsTotal(
        n_awards=len(listed),
        unit=UNIT,
        obligated=_sum(one.obligated for one in listed),
        obligated_lo=_sum_of_all([one.obligated_lo for one in listed]),
        obligated_hi=_sum_of_all([one.obligated_hi for one in listed]),
        n_actions=sum(one.n_actions or 0 for one in listed),
        n_action_rows=sum(one.n_action_rows or 0 for one in listed),
        as_of=max(days, default=None),
        as_of_earliest=min(days, default=None),
        flags=dict(sorted(Counter(flag for one in listed for flag in one.flags).items())),
    )


def _sum(values: Iterable[Decimal | None]) -> Decimal:
    return sum((value for value in values if value is not None), Decimal("0.00"))


def _sum_of_all(values: list[Decimal | None]) -> Decimal | None:
    return None if None in values else _sum(values)


def _day(us: int | None) -> str | None:
    return None if us is None else day_text(us // DAY_US)


def _wanted(rows: Iterable[AwardRow], names: list[str]) -> set[str] | None:
    """The keys of the awards that the names stand for; None for all where there is no name."""
    if not names:
        return None
    found: set[str] = set()
    spelt: dict[str, set[str]] = {}
    plain: dict[str, set[str]] = {}
    called = [(row.award_key, name) for row in rows for name in _names(row) if name]
    for key, name in called:
        spelt.setdefault(spelt_name(name), set()).add(key)
        plain.setdefault(plain_name(name), set()).add(key)
    for name in names:
        keys = spelt.get(spelt_name(name)) or plain.get(plain_name(name))
        if not keys:
            raise unknown(
                "an award, a recipient or its parent",
                name,
                [known for _, known in called],
                where_listed="`paradero awards` lists all awards.",
                compared=plain_name,
            )
        found |= keys
    return found


def _names(row: AwardRow) -> tuple[str | None, ...]:
    """What an award may be asked for by."""
    return (row.award_key, row.piid, row.recipient_uei, row.parent_uei, row.recipient_name, row.parent_name)


def _citations(built: Built) -> dict[str, list[AwardCitation]]:
    cited: dict[str, list[AwardCitation]] = {}
    for row in values_of(built.rows(query(_QUERIES, "citations")), CitationRow):
        one = AwardCitation(address=built.address_of(row.row_id), says=row.kind, counted=row.is_counted)
        if row.kind == "action":
            one = msgspec.structs.replace(
                one,
                modification=row.modification_number,
                obligated=row.obligated,
                on=_day(row.action_us),
                counted_as=msgspec.UNSET if row.is_counted else built.address(row.counted_row),
            )
        cited.setdefault(row.award_key, []).append(one)
    return cited


def _award(row: AwardRow, citations: list[AwardCitation]) -> Award:
    told = {
        **msgspec.structs.asdict(row),
        "outlayed_as_of": _day(row.outlayed_as_of),
        "value_as_of": _day(row.value_as_of),
        "ceiling_as_of": _day(row.ceiling_as_of),
        "as_of": _day(row.known_until),
        "first_action": _day(row.first_action_us),
        "last_action": _day(row.last_action_us),
        "starts": _day(row.start_us),
        "ends": _day(row.end_us),
        "flags": row.flags.split(),
    }
    return msgspec.convert({**told, "unit": UNIT, "citations": citations}, Award)
