"""Who says what of the things that a verdict rests on, a sentence each, from its own citations."""

from __future__ import annotations

from dataclasses import dataclass

from paradero.answers.statement_words import statement_words
from paradero.answers.verdicts.steps.naming import named, span_in_words
from paradero.answers.verdicts.verdict_values import StatementCitation, Verdict
from paradero.answers.words import Words
from paradero.law.events import Event
from paradero.law.matrix import Matrix
from paradero.law.shown.variants import Variant
from paradero.model.time.comparisons import Bounded


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the three questions were asked of: a verdict of an order on an event that a file states."""

    verdict: Verdict
    variant: Variant
    event: Event
    matrix: Matrix
    words: Words

    @property
    def zone(self) -> str:
        """The clock on which its times are said: the order's."""
        return (self.variant.order.file.zones or ["UTC"])[0]

    @property
    def subject(self) -> str:
        """Whom the event concerns, in words."""
        subject = self.event.file.subject
        return self.words.of(subject.what, subject.what_es)

    def named(self, name: str) -> str:
        """What a name of the files stands for."""
        return named(self.matrix, name, self.words, event=self.event.id, order=self.variant.order.id)

    def span(self, moment: Bounded) -> str:
        """When, in words."""
        found = span_in_words(moment.lo, moment.hi, self.zone, self.words)
        return found or self.words("span_unknown")

    def of(self, name: str) -> list[StatementCitation]:
        """The statements that the verdict cites on that name."""
        found = [each for each in self.verdict.citations if isinstance(each, StatementCitation)]
        return [each for each in found if each.of == name]

    def said(self, one: StatementCitation) -> str:
        """`17:26 on 15 March 2025 (BBC, tracker)`; why a time is withheld, and by whom."""
        words = self.words
        form = "withheld_by" if one.withheld else "said_by"
        said = statement_words(one.time, one.withheld, one.says, words.language, self.named)
        return words(form, said=said, by=one.by, kind=words(f"kind_{one.evidence}"))

    def times(self, name: str) -> str:
        """Who says when; that nobody does."""
        found = [self.said(one) for one in self.of(name) if one.time or one.withheld]
        return "; ".join(dict.fromkeys(found))
