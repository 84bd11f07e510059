"""How the commands on verdicts audit and print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from msgspec.structs import replace as with_values

from paradero.answers.books.balancing import trust_of
from paradero.answers.law.law_files import law_of
from paradero.answers.verdicts.audit_reading import Reading, reading
from paradero.answers.verdicts.auditing import Audited, audit
from paradero.answers.verdicts.changes import VerdictChange, changes_between
from paradero.answers.verdicts.in_words import verdict_in_words
from paradero.answers.verdicts.verdict_values import (
    Citation,
    LawCitation,
    RecordCitation,
    Verdict,
    VerdictSummary,
)
from paradero.answers.verdicts.verdicts import Wanted, total, verdicts_of
from paradero.answers.words import Words
from paradero.building.behind import behind_of_case
from paradero.casefile.folder import Casefile
from paradero.cli.output import print_table, progress_bar, say, tell
from paradero.model import verdicts
from paradero.reports.text.matrix_text import matrices
from paradero.reports.text.summary_text import summary_tables

_COLUMNS = ["verdict", "margin_lo", "margin_hi", "margin_unit", "id"]


def _first(read: Reading, wanted: Wanted, limit: int) -> list[Verdict]:
    """As many verdicts as are shown, the violated before the others."""
    if wanted.verdicts is not None:
        return list(verdicts_of(read, wanted, limit=limit))
    found: list[Verdict] = []
    for verdict in (verdicts.Verdict.VIOLATED, verdicts.Verdict.UNDETERMINED):
        left = limit - len(found) if limit else 0
        if left or not limit:
            found += verdicts_of(read, replace(wanted, verdicts=(verdict,)), limit=left)
    return found


def audited_by(
    case: Casefile, trust: str | None, without: Sequence[str] | None, more: Sequence[Path] | None
) -> Audited:
    """Audit as the options ask. Raises UnknownName for a kind of evidence that is none, and a source that
    says nothing.
    """
    advance, finish = progress_bar("auditing")
    try:
        law = law_of(case, more or ())
        believed = trust_of(trust, tuple(without or ()), law.sources())
        behind = behind_of_case(case)
        if behind:
            tell(
                f"paradero: the build is older than {behind}; this audit is of the build. Run `paradero"
                " build` to judge what was added."
            )
        return audit(case, law, trust=believed, progress=advance)
    finally:
        finish()


def say_audit(read: Reading, wanted: Wanted, counted: Sequence[VerdictSummary], limit: int) -> None:
    """Print an audit: the counts, a matrix for each order, and the findings on records."""
    if not counted:
        say("No event was judged.")
    for rows, columns in summary_tables(counted, read.audited.law.rules):
        if "irregular" in columns:
            say("\nIrregularities of the record; no law forbids these by themselves:")
        print_table(rows, columns)
    say(
        "\nEvents, each counted under every reading; best_case: violated (or irregular); worst_case: these and"
        " what may turn out to be; cannot_be_judged: rows whose key field is not recorded."
    )
    for each in matrices(read, list(verdicts_of(read, replace(wanted, stated=True)))):
        say(f"\n{each.name}: {each.title}")
        print_table(each.rows(), each.columns())
        say(f"A cell's id: {each.form_of_ids}")
    recorded = replace(wanted, stated=False)
    n_rows = total(read, recorded)
    if n_rows:
        say("\nOn records, the violated first:")
        listed = _first(read, recorded, limit)
        print_table([_line(each) for each in listed], _COLUMNS)
        if n_rows > len(listed):
            say(
                f"… {n_rows - len(listed):,} more verdicts: --limit 0 shows all, --json and --csv have all"
                " with facts and citations"
            )
    heard = {each.rule for each in counted}
    silent = [name for name in read.audited.rules_judged() if name not in heard]
    if silent and not wanted.by:
        say(f"\nRules that found no event to judge in these records: {', '.join(silent)}.")
    say(
        "\nVerdicts are our reading of the record, not a court's. `paradero why ID` explains one, `paradero"
        " requests` lists what would settle the rest."
    )


def flat(verdict: Verdict) -> dict[str, object]:
    """A verdict as one line of CSV."""
    facts = "; ".join(f"{each.what} [{each.of}]" for each in verdict.decisive_facts)
    cited = "; ".join(map(_cited, verdict.citations))
    possible = ", ".join(verdict.possible)
    return {**verdict.as_json(), "possible": possible, "decisive_facts": facts, "citations": cited}


def _cited(citation: Citation) -> str:
    if isinstance(citation, RecordCitation):
        return citation.address
    if isinstance(citation, LawCitation):
        return citation.instrument
    return f"{citation.by}: {citation.time or citation.says}"


def _rounded(verdict: Verdict) -> Verdict:
    lo, hi = (None if each is None else round(each, 1) for each in (verdict.margin_lo, verdict.margin_hi))
    return with_values(verdict, margin_lo=lo, margin_hi=hi)


def _line(verdict: Verdict) -> dict[str, object]:
    row = _rounded(verdict).as_json()
    if verdict.nature == "indicator":
        row["verdict"] = verdict_in_words(verdict.verdict, verdict.nature, Words("en"))
    return row


def changes_by(audited: Audited, more: Sequence[Path] | None) -> list[VerdictChange]:
    """What the options on sources change, beside believing every statement."""
    everything = audited_by(audited.case, None, None, more)
    with reading(everything) as before, reading(audited) as after:
        return changes_between(before, after)


def say_changes(changed: Sequence[VerdictChange] | None) -> None:
    """Print what believing only some sources changes; nothing where all are believed."""
    if changed is None:
        return
    others = [each for each in changed if each.is_other_verdict]
    say(
        f"\nBeside believing every statement: {len(others)} verdicts are others, {len(changed) - len(others)}"
        " have other margins."
    )
    if others:
        print_table(others, ["id", "before", "after"])
