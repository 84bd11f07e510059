"""The matrix of an order: each event under each reading, with its verdict and margin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from paradero.answers.verdicts.audit_reading import Reading
from paradero.answers.verdicts.in_words import verdict_in_words
from paradero.answers.verdicts.verdict_values import Verdict
from paradero.answers.words import Words
from paradero.law.shown.variants import Variant
from paradero.model import verdicts

EVENT, BINDS_FROM, VERDICT = "event", "binds from", "verdict"  # heads of columns that are no reading

Cells: TypeAlias = dict[str, str]  # of a row, by the heads of their columns
Place: TypeAlias = tuple[str | None, str, str | None, str]  # order, rule or term, construction, event


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An event under one reading of when the order binds (none is ""): its verdicts by the reading of when it
    is done.
    """

    event: str
    binds_from: str
    verdicts: Mapping[str, Verdict]

    @property
    def is_bound_nowhere(self) -> bool:
        """Whether the order does not bind the event under any reading."""
        return all(each.verdict is verdicts.Verdict.NOT_BOUND for each in self.verdicts.values())

    def cells(self, words: Words) -> Cells:
        """The line as it is printed."""
        binding = {BINDS_FROM: self.binds_from} if self.binds_from else {}
        cells = {head: _cell(each, words) for head, each in self.verdicts.items()}
        return {EVENT: self.event, **binding, **cells}


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderMatrix:
    """A term of an order: a line per stated event and reading of when it binds, a column per reading of when
    it is done.
    """

    order: str
    term: str
    title: str
    lines: tuple[Line, ...]
    words: Words

    @property
    def name(self) -> str:
        """How ids of its verdicts begin."""
        return f"{self.order}/{self.term}"

    @property
    def form_of_ids(self) -> str:
        """How the id of a cell is put together from the heads of its column and its line."""
        if all(VERDICT in line.verdicts for line in self.lines if line.verdicts):
            return f"{self.name}@EVENT"
        binding = "/BINDS-FROM" if any(line.binds_from for line in self.lines) else ""
        return f"{self.name}/COLUMN{binding}@EVENT"

    def rows(self, *, but_bound_nowhere: bool = False) -> list[Cells]:
        """Its lines as rows of a table; those that the order binds under no reading are left out on request,
        where there are others.
        """
        return [
            line.cells(self.words)
            for line in self.lines
            if not but_bound_nowhere or len(self.lines) == 1 or not line.is_bound_nowhere
        ]

    def columns(self) -> list[str]:
        """The heads of its columns."""
        return list(dict.fromkeys(head for row in self.rows() for head in row))


def matrices(read: Reading, listed: Sequence[Verdict], language: str = "en") -> list[OrderMatrix]:
    """The matrix of each term of an order, from the verdicts on events stated in files.

    Events that the order plainly does not speak of, under no reading, are left out.
    """
    words = Words(language)
    by_place = {(each.order, each.rule, each.construction, each.event): each for each in listed}
    found = []
    for order_id, term in dict.fromkeys(
        (variant.order.id, variant.term.id) for variant in read.audited.matrix.variants
    ):
        variants = [
            each for each in read.audited.matrix.variants if (each.order.id, each.term.id) == (order_id, term)
        ]
        lines = _lines(read, variants, by_place)
        if lines:
            title = words.of(variants[0].order.file.title, variants[0].order.file.title_es)
            found.append(OrderMatrix(order=order_id, term=term, title=title, lines=tuple(lines), words=words))
    return found


def _lines(read: Reading, variants: Sequence[Variant], by_place: Mapping[Place, Verdict]) -> list[Line]:
    lines = []
    for event in read.audited.matrix.events.values():
        found = {
            each.number: by_place.get(
                (each.order.id, each.term.rule or each.term.id, each.construction, event.id)
            )
            for each in variants
        }
        if all(verdict is None or verdict.is_bound is False for verdict in found.values()):
            continue
        for binding in dict.fromkeys(_binding(each) for each in variants):
            under = {
                _column(each): verdict
                for each in variants
                if _binding(each) == binding and (verdict := found[each.number]) is not None
            }
            lines.append(Line(event=event.id, binds_from=binding, verdicts=under))
    return lines


def _column(variant: Variant) -> str:
    """The readings of a column: all but that of when the order binds, which is the line's."""
    return "/".join(each.id for each in variant.readings if each != variant.binding) or VERDICT


def _binding(variant: Variant) -> str:
    return variant.binding.id if variant.binding else ""


def _cell(verdict: Verdict, words: Words) -> str:
    word, margin = verdict_in_words(verdict.verdict, verdict.nature, words), verdict.margin
    if not margin.is_known:
        return word
    unit = {"minutes": "min"}.get(margin.unit, margin.unit)
    return f"{word} {_number(margin.lo)} to {_number(margin.hi)} {unit}"


def _number(value: float | None) -> str:
    return "…" if value is None else f"{round(value) + 0:+,}"
