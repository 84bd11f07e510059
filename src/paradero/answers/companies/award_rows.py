"""Rows of the tables of awards, as answers read them. Days are microseconds since 1970, `…_row` and `row_id`
the numbers of source rows; None is not recorded.
"""

from __future__ import annotations

from decimal import Decimal

import msgspec


class AwardRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `awards`; `flags` are words with blanks between."""

    award_key: str
    kind: str
    parent_key: str | None
    piid: str | None
    recipient_key: str | None
    recipient_uei: str | None
    recipient_name: str | None
    parent_uei: str | None
    parent_name: str | None
    recipient_row: int | None
    agency: str | None
    office: str | None
    place_city: str | None
    place_state: str | None
    place_country: str | None
    place_row: int | None
    start_us: int | None
    end_us: int | None
    obligated: Decimal | None
    obligated_lo: Decimal | None
    obligated_hi: Decimal | None
    obligated_from: str | None
    obligated_actions: Decimal | None
    obligated_summary: Decimal | None
    actions_less_summary: Decimal | None
    deobligated: Decimal | None
    outlayed: Decimal | None
    outlayed_as_of: int | None
    current_value: Decimal | None
    value_as_of: int | None
    ceiling: Decimal | None
    ceiling_as_of: int | None
    first_action_us: int | None
    last_action_us: int | None
    known_until: int | None
    n_actions: int | None
    n_action_rows: int | None
    n_summary_rows: int | None
    subawarded: Decimal | None
    subawarded_lo: Decimal | None
    n_subawards: int | None
    flags: str


class RecipientRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `award_recipients`."""

    recipient_key: str | None
    recipient_uei: str | None
    recipient_name: str | None
    parent_uei: str | None
    parent_name: str | None
    n_parents: int | None
    n_awards: int
    obligated: Decimal | None
    obligated_lo: Decimal | None
    obligated_hi: Decimal | None
    outlayed: Decimal | None
    n_outlayed: int | None
    ceiling_idvs: Decimal | None
    ceiling_orders: Decimal | None
    ceiling_contracts: Decimal | None
    subawarded: Decimal | None
    n_flagged: int | None
    known_until: int | None


class CitationRow(msgspec.Struct, frozen=True, kw_only=True):
    """A source row of an award; what follows `counted_row` is said of actions alone."""

    award_key: str
    kind: str
    row_id: int
    is_counted: bool
    counted_row: int | None
    modification_number: str | None
    obligated: Decimal | None
    action_us: int | None


class AwardRecordRow(msgspec.Struct, frozen=True, kw_only=True):
    """The number of a source row of an award."""

    award_key: str
    row_id: int


class SubawardRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `subawards`."""

    award_key: str
    row_id: int
    subawarded: Decimal | None
    action_us: int | None
    modified_us: int | None
    subawardee_uei: str | None
    subawardee_name: str | None
    subawardee_parent_uei: str | None
    subawardee_parent_name: str | None
    is_sole_proprietor: bool | None
