"""Readings of an order: from when it binds, when the thing is done, how its time is counted, how far a stay
reaches. Where several are open, the verdict is given under each.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from paradero.law.rules import Text


class Binding(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"from_act": "from"}
):
    """A reading of when the order begins to bind: from the act `from`."""

    id: str
    from_act: str
    title: str
    title_es: str = ""
    text: list[Text] = []


class Completion(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A reading of when the forbidden or required thing is done: at `phase` of the event."""

    id: str
    phase: str
    title: str
    title_es: str = ""
    text: list[Text] = []


class Counting(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"from_phase": "from"}
):
    """A reading of how time is counted: a lead or a time within which something is due, by `rule`, from when
    the first act was `done` or `received`; and what becomes of a deadline that falls `under_a_stay`.

    `void`: it never comes; `at_once`: it is due when the stay is lifted; `tolled`: what was left of its time
    runs from then on.
    """

    id: str
    title: str
    title_es: str = ""
    rule: str | None = None
    from_phase: Literal["", "done", "received"] = ""
    under_a_stay: Literal["", "void", "at_once", "tolled"] = ""
    text: list[Text] = []


class Reach(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A reading of how far a stay reaches: the act `of` stays these `terms`."""

    id: str
    of: str
    terms: list[str]
    title: str
    title_es: str = ""
    text: list[Text] = []


class Standing(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A reading that every order of its form has, without its file saying so."""

    id: str
    title: str
    title_es: str
    text: list[Text] = []


LITERAL = Standing(
    id="literal",
    title="Who had left before the order began is not covered",
    title_es="No alcanza a quien ya había salido antes de la orden",
)
PURPOSIVE = Standing(
    id="purposive",
    title="Who had left may not be moved on either",
    title_es="Tampoco permite trasladar de nuevo a quien ya había salido",
)
AS_FOUND = Standing(id="as-found", title="As the court found", title_es="Según lo declaró el tribunal")
RECORDS_ALONE = Standing(
    id="records-alone", title="By the records alone", title_es="Solo según los registros"
)

Reading = Binding | Completion | Counting | Reach | Standing
