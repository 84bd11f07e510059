"""What an order's own times leave open: the hour of an act that its docket shows, a stay, a way of
counting.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from paradero.answers.instants import bounds_text
from paradero.answers.verdicts.audit_reading import Reading
from paradero.answers.verdicts.steps.naming import span_in_words
from paradero.answers.verdicts.verdict_values import Between, DecisiveFact
from paradero.answers.words import Words
from paradero.authored.court_time.terms import Reading as Counted
from paradero.authored.court_time.terms import Term
from paradero.law.forms.order_file import Act
from paradero.law.shown.variants import Variant
from paradero.model.time.clock import MINUTE_US
from paradero.model.time.comparisons import not_before

PUBLIC: Final = "public"  # how to ask for what anybody can look up: not at all


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Bounds of an instant, as a row has them."""

    lo: int | None
    hi: int | None


def acts_that_can_turn(read: Reading, variant: Variant, at: Span) -> list[str]:
    """The acts of the order of which it is not known whether they came before or after the instant asked
    about: no other can change the answer.
    """
    moments = read.audited.matrix.line_of(variant).moments
    return [
        act
        for act in variant.acts
        if act != variant.term.by and not_before(at, moments[f"{variant.order.id}.{act}"]) is None
    ]


def open_stays(read: Reading, variant: Variant, at: Span) -> list[tuple[Act, Act]]:
    """The stays that may leave it open whether the order was in force, each with the act that lifted it: of
    which no time is stated, or under which a deadline fell.
    """
    moments, order = read.audited.matrix.line_of(variant).moments, variant.order
    found = []
    for lifted in order.file.act:
        end = moments[f"{order.id}.{lifted.id}"]
        if (
            lifted.does != "resumes"
            or not_before(at, moments[f"{order.id}.{lifted.of}"]) is False
            or not_before(at, end)
        ):
            continue
        if variant.term.by or end.hi is None:
            found.append((order.act(lifted.of), lifted))
    return found


def act_facts(
    read: Reading, variant: Variant, act_id: str, at: Span | None, seen: tuple[str, ...] = ()
) -> list[DecisiveFact]:
    """What would settle on which side of the instant `at` an act of the order lies (None: whatever that is).

    The docket shows the hour of what a court did. An end that is counted is no entry of a docket: which way
    of counting governs, where they differ, is to be argued; and where one way alone leaves it open, the hour
    from which it is counted is looked up.
    """
    name, line = f"{variant.order.id}.{act_id}", read.audited.matrix.line_of(variant)
    counted = [one for one in line.relations.values() if one.of == name and (one.most or one.least)]
    found = [] if counted and not variant.order.act(act_id).said else [_act_fact(read, variant, act_id)]
    for one in counted:
        ends = ends_of(
            one.most or one.least, Span(lo=line.moments[one.since].lo, hi=line.moments[one.since].hi)
        )
        if len(ends) > 1:
            found.append(_counting_fact(read, variant, act_id, ends))
        is_open = at is None or any(not_before(at, span) is None for _, span in ends)
        of, _, since = one.since.partition(".")
        if is_open and of == variant.order.id and since and since not in (*seen, act_id):
            found += act_facts(read, variant, since, None, (*seen, act_id))
    return found or [_act_fact(read, variant, act_id)]


def ends_of(term: Term | None, since: Span) -> list[tuple[Counted, Span]]:
    """Each way of counting the term that is held to be meant, with the span in which it ends by that way."""
    if term is None or since.lo is None or since.hi is None:
        return []
    found: dict[tuple[str, bool], list[Counted]] = {}
    for start in dict.fromkeys((since.lo, since.hi)):
        for each in term.readings(start):
            found.setdefault((each.choice.method, each.choice.doubtful), []).append(each)
    return [
        (ends[0], Span(lo=min(each.lo for each in ends), hi=max(each.hi for each in ends)))
        for ends in found.values()
    ]


def _counting_fact(
    read: Reading, variant: Variant, act_id: str, ends: list[tuple[Counted, Span]]
) -> DecisiveFact:
    """Of an end that several ways of counting give: which of them governs."""
    file, act, zone = variant.order.file, variant.order.act(act_id), zone_of(variant)
    moment = read.audited.matrix.line_of(variant).moments[f"{variant.order.id}.{act_id}"]
    what = {
        language: Words(language)("which_counting", act=says, order=title)
        for language, says, title in (
            ("en", act.what, file.title),
            ("es", act.what_es or act.what, file.title_es or file.title),
        )
    }
    return DecisiveFact(
        fact=f"counting-{act_id}",
        what=what["en"],
        what_es=what["es"],
        record=docket_of(variant),
        field=ends_in_words(ends, zone, Words("en")),
        field_es=ends_in_words(ends, zone, Words("es")),
        ask="argument",
        exemption="",
        of=f"{variant.order.id}.{act_id}",
        known=bounds_text(moment.lo, moment.hi, zone),
        turns_at=None,
        known_between=Between(lo=moment.lo, hi=moment.hi, zone=zone),
    )


def ends_in_words(ends: list[tuple[Counted, Span]], zone: str, words: Words) -> str:
    """Each way of counting, with the end that it gives."""
    return "; ".join(
        words(
            "counted_end",
            how=words.of(each.title, each.title_es),
            end=span_in_words(span.lo, span.hi, zone, words),
        )
        for each, span in ends
    )


def stay_fact(read: Reading, variant: Variant, stay: Act, lifted: Act) -> DecisiveFact:
    """Of a stay: whether and when it was lifted, where no time is stated, and what became of a deadline that
    fell under it.
    """
    moment = read.audited.matrix.line_of(variant).moments[f"{variant.order.id}.{lifted.id}"]
    zone = zone_of(variant)
    parts = (["stay_lifted"] if moment.hi is None else []) + (["stay_deadline"] if variant.term.by else [])
    says = {"en": variant.term.says, "es": variant.term.says_es or variant.term.says}
    stays = {"en": stay.what, "es": stay.what_es or stay.what}
    what = {
        language: "; ".join(
            Words(language)(part, stay=stays[language], term=says[language].rstrip(".")) for part in parts
        )
        for language in says
    }
    return DecisiveFact(
        fact=lifted.id,
        what=what["en"],
        what_es=what["es"],
        record=docket_of(variant),
        field=(
            "the order that lifted the stay: date and hour of entry, and its words on time that ran meanwhile"
        ),
        field_es=(
            "la orden que levantó la suspensión: fecha y hora en que se registró, y lo que dice del tiempo"
            " que corrió entretanto"
        ),
        ask="clarification",
        exemption="",
        of=f"{variant.order.id}.{lifted.id}",
        known=bounds_text(moment.lo, moment.hi, zone),
        turns_at=None,
        known_between=Between(lo=moment.lo, hi=moment.hi, zone=zone),
    )


def is_one_minute(lo: int | None, hi: int | None) -> bool:
    """Whether an instant is stated to the minute, so that nobody need be asked for its hour."""
    return lo is not None and hi is not None and hi - lo < MINUTE_US


def zone_of(variant: Variant) -> str:
    """The clock of the order, on which its times are said."""
    return (variant.order.file.zones or ["UTC"])[0]


def docket_of(variant: Variant) -> str:
    """The case that an order is of, by its number and court."""
    return f"{variant.order.file.docket} ({variant.order.file.court})"


def _act_fact(read: Reading, variant: Variant, act_id: str) -> DecisiveFact:
    act, file = variant.order.act(act_id), variant.order.file
    moment = read.audited.matrix.line_of(variant).moments[f"{variant.order.id}.{act_id}"]
    zone = zone_of(variant)
    found = DecisiveFact(
        fact=act_id,
        what=f"the time of this act: {act.what} ({file.title})",
        what_es=f"la hora de este acto: {act.what_es or act.what} ({file.title_es or file.title})",
        record=f"docket of {variant.order.file.docket} ({variant.order.file.court})",
        record_es=f"expediente {variant.order.file.docket} ({variant.order.file.court})",
        field=(
            "second of entry and of notice"
            if is_one_minute(moment.lo, moment.hi)
            else "date, hour and minute of entry and of notice"
        ),
        field_es=(
            "segundo en que se registró y se notificó"
            if is_one_minute(moment.lo, moment.hi)
            else "fecha, hora y minuto en que se registró y se notificó"
        ),
        ask=PUBLIC,
        exemption="",
        of=f"{variant.order.id}.{act_id}",
        known=bounds_text(moment.lo, moment.hi, zone),
        turns_at=None,
        known_between=Between(lo=moment.lo, hi=moment.hi, zone=zone),
    )
    if act.does != "notice":
        return found
    # no docket shows when those who are bound had actual notice, Rule 65(d)(2)
    is_to_the_minute = is_one_minute(moment.lo, moment.hi)
    return replace(
        found,
        record="e-mail with its headers, or other proof of when those bound had actual notice",
        record_es=(
            "correo electrónico con sus encabezados, u otra prueba de cuándo los obligados tuvieron noticia"
        ),
        field=(
            "second of receipt, sender and addressees"
            if is_to_the_minute
            else "date, hour and minute of receipt with the time zone, sender and addressees"
        ),
        field_es=(
            "segundo de la recepción, remitente y destinatarios"
            if is_to_the_minute
            else "fecha, hora y minuto de la recepción con la zona horaria, remitente y destinatarios"
        ),
        ask="discovery",
    )
