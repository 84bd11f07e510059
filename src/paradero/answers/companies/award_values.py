"""Federal awards as values: exact amounts in nominal US dollars, days as ISO dates."""

from __future__ import annotations

from decimal import Decimal

from msgspec import UNSET, UnsetType

from paradero.model.answer import Answer

UNIT = "USD, nominal"


class AwardCitation(Answer, frozen=True, kw_only=True):
    """A source row of an award and which part of it it `says`; `counted` unless another row says the same.

    Rows of an action have its modification, amount and day, and where they are not counted the row that was
    counted instead.
    """

    address: str
    says: str
    counted: bool
    modification: str | UnsetType | None = UNSET
    obligated: Decimal | UnsetType | None = UNSET
    on: str | UnsetType | None = UNSET
    counted_as: str | UnsetType | None = UNSET


class Award(Answer, frozen=True, kw_only=True):
    """An award, once: what was obligated, with bounds and how that is known (`obligated_from`), what was paid
    out (`outlayed`), what it comes to with every option (`ceiling`), each as of a day; None is not recorded.
    """

    award_key: str
    kind: str
    parent_key: str | None
    piid: str | None
    recipient_key: str | None
    recipient_uei: str | None
    recipient_name: str | None
    parent_uei: str | None
    parent_name: str | None
    agency: str | None
    office: str | None
    place_city: str | None
    place_state: str | None
    place_country: str | None
    obligated: Decimal | None
    obligated_lo: Decimal | None
    obligated_hi: Decimal | None
    obligated_from: str | None
    obligated_actions: Decimal | None
    obligated_summary: Decimal | None
    actions_less_summary: Decimal | None
    deobligated: Decimal | None
    outlayed: Decimal | None
    current_value: Decimal | None
    ceiling: Decimal | None
    n_actions: int | None
    n_action_rows: int | None
    n_summary_rows: int | None
    subawarded: Decimal | None
    subawarded_lo: Decimal | None
    n_subawards: int | None
    flags: list[str]
    outlayed_as_of: str | None
    value_as_of: str | None
    ceiling_as_of: str | None
    as_of: str | None
    first_action: str | None
    last_action: str | None
    starts: str | None
    ends: str | None
    unit: str
    citations: list[AwardCitation]


class Recipient(Answer, frozen=True, kw_only=True):
    """Who received awards: sums over all of its awards on record; `awards` are those that were asked for."""

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
    as_of: str | None
    unit: str
    awards: list[str]


class AwardsTotal(Answer, frozen=True, kw_only=True):
    """What awards come to: obligations add, each once; a bound is None where it is of any. `flags` counts the
    awards with each.
    """

    n_awards: int
    unit: str
    obligated: Decimal
    obligated_lo: Decimal | None
    obligated_hi: Decimal | None
    n_actions: int
    n_action_rows: int
    as_of: str | None
    as_of_earliest: str | None
    flags: dict[str, int]


class Awards(Answer, frozen=True, kw_only=True):
    """Awards and their recipients, the largest first, with what the awards come to."""

    scope: str
    digest: str
    unit: str
    total: AwardsTotal
    rows: list[Award]
    recipients: list[Recipient]
