"""Awards and their recipients as tables and sentences."""

from __future__ import annotations

from decimal import Decimal

from paradero.answers.companies.award_values import Award, AwardsTotal, Recipient
from paradero.answers.words import Words
from paradero.model.answer import Row

AWARD_COLUMNS = [
    "award_key",
    "kind",
    "parent_key",
    "piid",
    "recipient_uei",
    "recipient_name",
    "parent_uei",
    "parent_name",
    "agency",
    "office",
    "place_city",
    "place_state",
    "place_country",
    "unit",
    "obligated",
    "obligated_lo",
    "obligated_hi",
    "obligated_from",
    "obligated_actions",
    "obligated_summary",
    "actions_less_summary",
    "deobligated",
    "outlayed",
    "outlayed_as_of",
    "current_value",
    "value_as_of",
    "ceiling",
    "ceiling_as_of",
    "first_action",
    "last_action",
    "as_of",
    "n_actions",
    "n_action_rows",
    "n_summary_rows",
    "subawarded",
    "subawarded_lo",
    "n_subawards",
    "flags",
    "citations",
]
RECIPIENT_COLUMNS = [
    "recipient_key",
    "recipient_uei",
    "recipient_name",
    "parent_uei",
    "parent_name",
    "n_parents",
    "n_awards",
    "unit",
    "obligated",
    "obligated_lo",
    "obligated_hi",
    "outlayed",
    "n_outlayed",
    "ceiling_idvs",
    "ceiling_orders",
    "ceiling_contracts",
    "subawarded",
    "n_flagged",
    "as_of",
    "awards",
]
_DEFINED = ("obligated", "outlayed", "current_value", "ceiling", "subawarded", "as_of")


def award_line(one: Award, words: Words) -> Row:
    """An award as people read it, in one line."""
    return {
        words("award"): one.piid or one.award_key,
        words("award_kind"): words(f"award_{one.kind}"),
        words("award_recipient"): one.recipient_name or words("award_no_name"),
        words("award_obligated"): money_text(one.obligated),
        words("award_ceiling"): money_text(one.ceiling),
        words("award_as_of"): one.as_of,
        words("award_rows"): len(one.citations),
        words("award_flags"): ", ".join(one.flags),
    }


def recipient_line(one: Recipient, words: Words) -> Row:
    """A recipient as people read it, in one line."""
    return {
        words("award_recipient"): one.recipient_name or words("award_no_name"),
        words("award_parent"): one.parent_name,
        words("award_awards"): one.n_awards,
        words("award_obligated"): money_text(one.obligated),
        words("award_outlayed"): money_text(one.outlayed),
        words("award_as_of"): one.as_of,
    }


def flat_award(one: Award) -> Row:
    """An award as one line of comma-separated text: flags and addresses separated by blanks, amounts with all
    their digits.
    """
    return {
        **one.as_json(),
        "flags": " ".join(one.flags),
        "citations": " ".join(cited.address for cited in one.citations),
    }


def flat_recipient(one: Recipient) -> Row:
    """A recipient as one line of comma-separated text."""
    return {**one.as_json(), "awards": " ".join(one.awards)}


def definitions(words: Words) -> dict[str, str]:
    """What each amount means, by its name."""
    return {name: words(f"award_definitions_{name}") for name in _DEFINED}


def total_text(total: AwardsTotal, words: Words) -> str:
    """What the awards come to, with bounds where they are apart, and how many have which flag."""
    said = words(
        "award_total",
        n=f"{total.n_awards:,}",
        obligated=money_text(total.obligated),
        earliest=total.as_of_earliest,
        latest=total.as_of,
        n_actions=f"{total.n_actions:,}",
        n_action_rows=f"{total.n_action_rows:,}",
    )
    lines = [said]
    if total.obligated_lo != total.obligated_hi:
        bounds = (money_text(total.obligated_lo) or "…", money_text(total.obligated_hi) or "…")
        lines.append(words("award_bounds", lo=bounds[0], hi=bounds[1]))
    lines.append("\n".join(f"  {flag}: {n:,}" for flag, n in total.flags.items()))
    return "\n".join(lines)


def money_text(value: Decimal | None) -> str | None:
    """An amount to the cent with thousands marked; None stays None."""
    return None if value is None else f"{value:,.2f}"
