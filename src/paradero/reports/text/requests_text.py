"""Requests as text, each ready to be sent, and what is to be looked up."""

from __future__ import annotations

from paradero.answers.verdicts.asking.drafting import MOST_LISTED
from paradero.answers.verdicts.asking.request_values import LookUp, Proposed, Request, Wanting
from paradero.answers.words import Words


def requests_text(wanting: Wanting, language: str) -> str:
    """Every request with its counts, its form and its draft; then what is public."""
    words = Words(language)
    parts = [request_text(each, words) for each in wanting.requests]
    if wanting.unfit:
        parts.append(words("requests_unfit", n=f"{wanting.unfit:,}"))
    if wanting.lookups:
        lines = [lookup_text(each, words) for each in wanting.lookups]
        parts.append("\n".join([words("lookups_title"), *lines]))
    if wanting.requests:
        parts.append(words("requests_check"))
    return "\n\n".join(parts)


def request_text(one: Request, words: Words) -> str:
    """A request: what, how much it would settle, its form, its draft."""
    title = words("request_title", rank=one.rank, what=one.what)
    besides = [line for each in one.besides for line in ("", proposed_line(each, words), "", each.draft)]
    return "\n".join([title, *about_request(one, words), "", one.draft, *besides])


def proposed_line(one: Proposed, words: Words) -> str:
    """What stands above a draft that a rule proposes besides: its form, and why."""
    form = words(f"form_name_{one.form}")
    return words("request_besides", form=form, cited=one.cited, why=one.why, answered=one.answered)


def about_request(one: Request, words: Words) -> list[str]:
    """What stands above a draft: what it would settle, by which rule it is asked for and answered, in which
    other forms it could be, and how its annex is made.
    """
    form = words(f"form_name_{one.form}")
    counts = {"settles": f"{one.settles:,}", "helps": f"{one.helps:,}", "events": f"{one.n_events:,}"}
    milder = f"{one.milder:,}"
    if one.settles or one.helps:
        lines = [words("request_counts", **counts)]
        lines += [words("request_milder", n=milder)] if one.milder else []
    else:
        lines = [words("request_milder_alone", n=milder, events=counts["events"])]
    lines += [words("request_form", form=form, cited=one.cited, answered=one.answered)]
    if one.also:
        lines.append(words("request_also", forms=", ".join(one.also)))
    if one.n_events > len(one.about) or len(one.about) > MOST_LISTED:
        only = "".join(f" --only {each}" for each in one.asked_by)
        lines.append(words("request_annex", only=only))
    return lines


def lookup_text(one: LookUp, words: Words) -> str:
    """A public fact and where it can be read."""
    what = one.what[0].upper() + one.what[1:]
    return words("lookup_line", what=what, record=one.record, field=one.field, n=f"{one.helps:,}")
