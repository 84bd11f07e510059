"""Write the reference pages from the declarations they describe: steps, columns, sources, headcounts, commands. A test fails when they are stale."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import typer

from paradero.casefile.stages import all_steps, groupings
from paradero.cli.main import app
from paradero.custody.definitions import definitions
from paradero.engines.steps import Step
from paradero.model.columns import declared
from paradero.sources import layouts

HERE = Path(__file__).parent / "reference"
GENERATED = "<!-- written by docs/generate.py from the declarations; do not edit -->\n"


def tables() -> str:
    """Every derived table: its definition, inputs, and whether it is kept or computed when asked for."""
    parts = ["# Tables", "", "Every derived table is one SQL file; `paradero explain TABLE` shows it as it ran, `paradero export TABLE -o FILE` writes it.", ""]
    for step in all_steps().values():
        parts += [*_table(step), ""]
    parts += ["# Columns of derived tables", "", "| column | what it is | kind |", "|---|---|---|"]
    parts += [f"| `{column.name}` | {column.meaning} | {column.kind} |" for column in sorted(declared().values(), key=lambda each: each.name)]
    parts += [
        "",
        "`clock`: microseconds since 1970-01-01 00:00 on the clock as recorded; exports write timestamps. `length`: microseconds. `row`: a number that stands for",
    ]
    parts += ["`source:sheet:row`; exports write the address beside it. All other columns are columns of the originals: see the sources.", ""]
    return "\n".join(parts)


def _table(step: Step) -> list[str]:
    made = "kept" if step.kept == "table" else "computed when asked for"
    return [f"## `{step.name}`", "", f"{step.title[0].upper()}{step.title[1:]}. From {', '.join(f'`{name}`' for name in step.inputs)}; {made}.", "", step.words]


def sources() -> str:
    """Every kind of source with its columns and the spellings of their headers."""
    parts = ["# Sources", "", "A column is found by its own name or any of the spellings beside it; capitals, blanks and punctuation do not matter.", ""]
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
            marks = [mark for mark, on in (("required", column.required), ("direct identifier, never taken over", column.identifier)) if on]
            meaning = "; ".join(part for part in (column.description, *marks) if part)
            parts.append(f"| `{column.name}` | {column.type} | {', '.join(column.headers)} | {meaning} |")
        parts.append("")
    return "\n".join(parts)


def headcounts() -> str:
    """Every headcount definition and every grouping."""
    parts = ["# Headcounts", "", "| definition | counts | when | without a book-out until | title |", "|---|---|---|---|---|"]
    parts += [f"| `{each.definition}` | {each.unit} | {each.at} | {each.open_until} | {each.title} |" for each in definitions().values()]
    parts += ["", "Groupings, for `--by`:", ""]
    parts += [f"* `{name}`: {step.title}" for name, step in groupings().items()]
    parts += ["", "The rules in full: [how a chain is rebuilt](../explanation/reconstruction.md#headcounts).", ""]
    return "\n".join(parts)


def commands() -> str:
    """The help of every command."""
    group = typer.main.get_command(app)
    parts = ["# Commands", "", "Exit codes: 0 fine, 1 an error (said in one sentence), 2 findings or failed verification.", ""]
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        for title, one in [(name, command), *((f"{name} {each}", inner) for each, inner in getattr(command, "commands", {}).items())]:
            parts += [*_command(title, one), ""]
    return "\n".join(parts)


def _command(title: str, command: Any) -> list[str]:
    """The help of one command, or of a group of commands."""
    parts = [f"## `paradero {title}`", "", (command.help or "").strip(), ""]
    for parameter in command.params:
        spelt = ", ".join([*parameter.opts, *parameter.secondary_opts]) if parameter.param_type_name == "option" else str(parameter.name).upper()
        if "--help" not in spelt:
            parts.append(f"* `{spelt}`: {getattr(parameter, 'help', None) or ''}")
    return parts


PAGES = {"tables.md": tables, "sources.md": sources, "headcounts.md": headcounts, "commands.md": commands}


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
