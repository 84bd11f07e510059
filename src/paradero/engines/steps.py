"""Steps: one SQL file makes one table. Read them, check their heads, put them in order.

The head comment of a step is its contract::

    -- stays: one row per stay and person
    -- inputs: stint_spans, reasons
    -- kept: table            (or `view`: defined, computed when asked for)
    --
    -- The definition in words, rendered into the reference pages.

A title or list of inputs too long for its line continues below, after three blanks. Below the head stands one
SELECT over the inputs, the same text for every engine.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Literal

from paradero.model.errors import ParaderoError

Kept = Literal["table", "view"]

_FIRST = re.compile(r"^-- ([a-z][a-z0-9_]*): (.+)$")
_FIELD = re.compile(r"^-- (inputs|kept): (.+)$")


class StepError(ParaderoError):
    """A step file breaks its contract: the message names the file and the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One table as a SELECT over named inputs.

    `title` is the head's first line, `words` the rest of the definition, `text` the whole file as run and
    shown.
    """

    name: str
    title: str
    inputs: tuple[str, ...]
    kept: Kept
    words: str
    select: str
    text: str

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the SELECT: a changed comment does not rebuild, a changed rule does."""
        return hashlib.sha256(self.select.encode()).hexdigest()


def parse_step(text: str, *, file: str) -> Step:
    """Read one step file; raises StepError where its head is incomplete."""
    head: list[str] = []
    body: list[str] = []
    for line in text.splitlines():
        (head if line.startswith("--") and not body else body).append(line)
    head = _unfolded(head)
    first = _FIRST.match(head[0]) if head else None
    if first is None:
        raise StepError(f"{file} line 1: {head[:1]} is not `-- table_name: title`. Write the head so.")
    name = file.removesuffix(".sql")
    if first.group(1) != name:
        raise StepError(f"{file} line 1: the head names `{first.group(1)}`; a step is named after its file.")
    fields: dict[str, str] = {}
    words: list[str] = []
    for line in head[1:]:
        field = _FIELD.match(line)
        if field is None:
            words.append(line.removeprefix("--").removeprefix(" "))
        else:
            fields[field.group(1)] = field.group(2)
    kept = fields.get("kept", "")
    if kept not in ("table", "view") or "inputs" not in fields:
        raise StepError(f"{file}: the head needs `-- inputs:` and `-- kept: table` or `view`.")
    return Step(
        name=name,
        title=first.group(2),
        inputs=tuple(part.strip() for part in fields["inputs"].split(",")),
        kept="table" if kept == "table" else "view",
        words="\n".join(words).strip(),
        select="\n".join(body).strip().rstrip(";"),
        text=text,
    )


def _unfolded(head: list[str]) -> list[str]:
    """The head with each title and field on one line."""
    found: list[str] = []
    for line in head:
        if line.startswith("--   ") and found and _FIRST.match(found[-1]):
            found[-1] += f" {line.removeprefix('--').strip()}"
        else:
            found.append(line)
    return found


def read_steps(*folders: Traversable) -> dict[str, Step]:
    """All `*.sql` steps in the folders, by table name; two of one name are refused."""
    steps: dict[str, Step] = {}
    for folder in folders:
        for entry in sorted(folder.iterdir(), key=_name):
            if not entry.name.endswith(".sql"):
                continue
            step = parse_step(entry.read_text(encoding="utf-8"), file=entry.name)
            if step.name in steps:
                raise StepError(
                    f"{folder.name}/{entry.name}: the table `{step.name}` is made by another step already."
                )
            steps[step.name] = step
    return steps


def _name(entry: Traversable) -> str:
    return entry.name


def order_steps(steps: dict[str, Step], *, given: set[str]) -> list[Step]:
    """Steps in an order in which every input exists before it is read; `given` are tables that no step makes.

    Raises StepError for an input nobody makes, and for a circle.
    """
    ordered: list[Step] = []
    done = set(given)
    waiting = dict(sorted(steps.items()))
    for step in waiting.values():
        for name in step.inputs:
            if name not in given and name not in steps:
                raise StepError(f"{step.name}.sql: no step makes its input `{name}`.")
    while waiting:
        ready = [step for step in waiting.values() if done.issuperset(step.inputs)]
        if not ready:
            raise StepError(f"These steps wait for each other: {', '.join(waiting)}.")
        for step in ready:
            ordered.append(step)
            done.add(step.name)
            del waiting[step.name]
    return ordered


def needed_for(target: str, steps: dict[str, Step]) -> list[str]:
    """Names of all steps that `target` rests on, itself last if a step makes it; each once, inputs before
    users.
    """
    found: list[str] = []

    def visit(name: str) -> None:
        if name in found or name not in steps:
            return
        for parent in steps[name].inputs:
            visit(parent)
        found.append(name)

    visit(target)
    return found
