"""Write the reference pages from the declarations they describe: steps, columns, sources, headcounts,
commands. A test fails when they are stale.
"""

from __future__ import annotations

import inspect
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from paradero.api.books import Balance, Claims
from paradero.api.case import Audit, Case, Person
from paradero.api.flights import Flights
from paradero.api.rows import Rows
from paradero.building.stages import all_steps, groupings
from paradero.cli.main import app
from paradero.custody.definitions import definitions
from paradero.engines.steps import Step
from paradero.law.confined import allowed_functions
from paradero.law.rules import Rule, Text, built_in_rules, law_steps
from paradero.model.columns import declared
from paradero.sources import layouts

HERE = Path(__file__).parent / "reference"
GENERATED = "<!-- written by docs/generate.py from the declarations; do not edit -->\n"


def tables() -> str:
    """Every derived table: its definition, inputs, and whether it is kept or computed when asked for."""
    parts = [
        "# Tables",
        "",
        (
            "Every derived table is one SQL file; `paradero explain TABLE` shows it as it ran, `paradero"
            " export TABLE -o FILE` writes it."
        ),
        "",
    ]
    for step in all_steps().values():
        parts += [*_table(step), ""]
    parts += ["# Columns of derived tables", "", "| column | what it is | kind |", "|---|---|---|"]
    parts += [
        f"| `{column.name}` | {column.meaning} | {column.kind} |"
        for column in sorted(declared().values(), key=lambda each: each.name)
    ]
    parts += [
        "",
        (
            "`clock`: microseconds since 1970-01-01 00:00 on the clock as recorded; exports write timestamps."
            " `length`: microseconds. `row`: a number that stands for"
        ),
    ]
    parts += [
        (
            "`source:sheet:row`; exports write the address beside it. All other columns are columns of the"
            " originals: see the sources."
        ),
        "",
    ]
    return "\n".join(parts)


def _table(step: Step) -> list[str]:
    made = "kept" if step.kept == "table" else "computed when asked for"
    return [
        f"## `{step.name}`",
        "",
        (
            f"{step.title[0].upper()}{step.title[1:]}. From {', '.join(f'`{name}`' for name in step.inputs)};"
            f" {made}."
        ),
        "",
        step.words,
    ]


def rules() -> str:
    """Every rule: the texts relied on and whether they were read, versions, readings, the definition of its
    test, the facts that can decide, its worked cases.
    """
    parts = [
        "# Rules",
        "",
        (
            "What events in the records are held against. A rule is a folder; `paradero rules test` runs"
            " every worked case, and no rule is used before they hold."
        ),
        "",
    ]
    parts += [
        (
            "Verdicts are a reading of the record, not a court's finding. `law` and `policy` are limits that"
            " a text sets; an `indicator` is an irregularity of the record"
        ),
        "that no text forbids by itself.",
        "",
    ]
    for rule in built_in_rules().values():
        parts += _rule(rule)
    parts += ["# Steps that rules and orders share", ""]
    for step in law_steps().values():
        parts += [*_table(step), ""]
    parts += [
        "# Functions that a test may call",
        "",
        (
            "Of their arguments alone, the same at every run; operators besides. Where a result would depend"
            " on the order of rows, say ORDER BY."
        ),
        "",
    ]
    parts += [", ".join(f"`{name}`" for name in sorted(allowed_functions())), ""]
    return "\n".join(parts)


def _rule(rule: Rule) -> list[str]:
    file = rule.file
    parts = [
        f"## `{rule.id}`: {file.title}",
        "",
        (
            f"*{file.title_es}.* {file.nature}, {file.severity}; margins in"
            f" {file.unit}.{' ' + file.note if file.note else ''}"
        ),
        "",
    ]
    parts += [
        "| version | in force | text relied on | pin | in our words | read in its source |",
        "|---|---|---|---|---|---|",
    ]
    for version in file.version:
        period = f"{version.first_day or '…'} to {version.end_day or '…'}"
        parts += [_text_row(version.id, period, text) for text in version.text]
    parts += [
        _text_row(f"reading `{each.id}`: {each.title}", "", text)
        for each in file.construction
        for text in each.text
    ]
    parts += (
        ["", *[f"- reading `{each.id}`: {each.title}" for each in file.construction], ""]
        if file.construction
        else [""]
    )
    parts += [
        rule.test.words,
        "",
        "Facts that can decide: " + "; ".join(f"{fact.what} (`{fact.field}`)" for fact in file.fact) + ".",
        "",
    ]
    titles = [case["title"] for case in tomllib.loads(rule.cases)["case"]]
    return [
        *parts,
        f"Worked cases ({len(titles)}): " + "; ".join(title[0].lower() + title[1:] for title in titles) + ".",
        "",
    ]


def _text_row(version: str, period: str, text: Text) -> str:
    return (
        f"| {version} | {period} | [{text.instrument}]({text.url}) | {text.pin} | {text.says} |"
        f" {'yes' if text.read else 'no'} |".replace("[" + text.instrument + "]()", text.instrument)
    )


def sources() -> str:
    """Every kind of source with its columns and the spellings of their headers."""
    parts = [
        "# Sources",
        "",
        (
            "A column is found by its own name or any of the spellings beside it; capitals, blanks and"
            " punctuation do not matter."
        ),
        "",
    ]
    for layout in layouts():
        parts += [
            f"## `{layout.kind}`: {layout.title}",
            "",
            layout.description.strip(),
            "",
            "| column | type | other spellings | meaning |",
            "|---|---|---|---|",
        ]
        for column in layout.column:
            marks = [
                mark
                for mark, on in (
                    ("required", column.required),
                    ("direct identifier, never taken over", column.identifier),
                )
                if on
            ]
            meaning = "; ".join(part for part in (column.description, *marks) if part)
            parts.append(f"| `{column.name}` | {column.type} | {', '.join(column.headers)} | {meaning} |")
        parts.append("")
    return "\n".join(parts)


def headcounts() -> str:
    """Every headcount definition and every grouping."""
    parts = [
        "# Headcounts",
        "",
        "| definition | counts | when | without a book-out until | title |",
        "|---|---|---|---|---|",
    ]
    parts += [
        f"| `{each.definition}` | {each.unit} | {each.at} | {each.open_until} | {each.title} |"
        for each in definitions().values()
    ]
    parts += ["", "Groupings, for `--by`:", ""]
    parts += [f"* `{name}`: {step.title}" for name, step in groupings().items()]
    parts += [
        "",
        "The rules in full: [how a chain is rebuilt](../explanation/reconstruction.md#headcounts).",
        "",
    ]
    return "\n".join(parts)


def commands() -> str:
    """The help of every command."""
    group = typer.main.get_command(app)
    parts = [
        "# Commands",
        "",
        "Exit codes: 0 fine, 1 an error (said in one sentence), 2 findings or failed verification.",
        "",
    ]
    for name, command in _commands(group, ""):
        parts += [f"## `paradero {name}`", "", (command.help or "").strip(), ""]
        for parameter in command.params:
            spelt = (
                ", ".join([*parameter.opts, *parameter.secondary_opts])
                if parameter.param_type_name == "option"
                else str(parameter.name).upper()
            )
            if "--help" not in spelt:
                parts.append(f"* `{spelt}`: {getattr(parameter, 'help', None) or ''}")
        parts.append("")
    return "\n".join(parts)


def python() -> str:
    """What `paradero.open` gives: classes, methods, what each answers."""
    parts = [
        "# Python",
        "",
        "`paradero.open(DIR)` gives a `Case`. Answers are frozen values; several are `Rows`.",
        "",
    ]
    for kind in (Case, Person, Audit, Balance, Claims, Flights, Rows):
        parts += [f"## `{kind.__name__}`", "", inspect.cleandoc(kind.__doc__ or ""), ""]
        for name, member in vars(kind).items():
            words = inspect.getdoc(member)
            if name.startswith("_") or not words or not (callable(member) or isinstance(member, property)):
                continue
            call = f"{name}{_asked(member)}" if callable(member) else name
            parts += [f"### `{call}`", "", words, ""]
    return "\n".join(parts)


def _asked(function: Any) -> str:
    """The parameters of a method as they are written, without `self`."""
    signature = inspect.signature(function)
    text = str(signature.replace(parameters=list(signature.parameters.values())[1:]))
    return re.sub(r"(: |-> )'([^']*)'", r"\1\2", text)  # annotations are kept as text


def _commands(group: Any, before: str) -> Iterator[tuple[str, Any]]:
    """Every command with the words that call it, those of a group after it."""
    for name, command in group.commands.items():
        yield f"{before}{name}", command
        if hasattr(command, "commands"):
            yield from _commands(command, f"{before}{name} ")


PAGES = {
    "tables.md": tables,
    "rules.md": rules,
    "sources.md": sources,
    "headcounts.md": headcounts,
    "commands.md": commands,
    "python.md": python,
}


def main() -> None:
    """Write all pages, or with --check name those that are stale and exit 1."""
    stale = []
    for name, page in PAGES.items():
        text = GENERATED + page()
        path = HERE / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                path.write_text(text, encoding="utf-8")
    if stale and "--check" in sys.argv:
        sys.exit(f"stale: {', '.join(stale)}; run python docs/generate.py")


if __name__ == "__main__":
    main()
