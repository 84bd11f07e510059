"""Old spellings of commands and options: they keep working for one version, each with a note on standard
error that names the new one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

# until 0.4: what 0.2 called them
COMMANDS: Mapping[str, tuple[str, str]] = {"cost": ("costs", "list")}
LISTED_ALONE = ("rules", "documents")  # alone they listed what they name; now `list` does
_BELIEVED = {"--trust": "--evidence"}
OPTIONS: Mapping[str, Mapping[str, str]] = {
    "audit": {"--rule": "--only", "--rules": "--rules-from", **_BELIEVED},
    "why": {"--rules": "--rules-from", **_BELIEVED},
    "requests": {"--rule": "--only", "--rules": "--rules-from", **_BELIEVED},
    "rules": {"--rules": "--rules-from"},
    "balance": _BELIEVED,
}


def respelled(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """The arguments in the spelling of today, and a note for each that was spelled as before.

    >>> respelled(["cost", "--json"])
    (['costs', 'list', '--json'], ['`paradero cost` is now `paradero costs list`.'])
    """
    at = _place_of_command(arguments)
    if at is None:
        return list(arguments), []
    before, name, rest = list(arguments[:at]), arguments[at], list(arguments[at + 1 :])
    notes: list[str] = []
    options = OPTIONS.get(name, {})
    end = rest.index("--") if "--" in rest else len(rest)
    for place, word in enumerate(rest[:end]):
        option, equals, value = word.partition("=")
        if option in options:
            rest[place] = f"{options[option]}{equals}{value}"
            notes.append(f"`{option}` is now `{options[option]}`.")
    if name in COMMANDS:
        new = COMMANDS[name]
        return [*before, *new, *rest], [f"`paradero {name}` is now `paradero {' '.join(new)}`.", *notes]
    is_alone = not rest or (rest[0].startswith("-") and not {"-h", "--help"} & set(rest))
    if name in LISTED_ALONE and is_alone:
        return [*before, name, "list", *rest], [f"`paradero {name}` is now `paradero {name} list`.", *notes]
    return [*before, name, *rest], notes


def _place_of_command(arguments: Sequence[str]) -> int | None:
    """Where the command stands: the first word that is no option of `paradero` itself, nor its value."""
    skip = False
    for place, word in enumerate(arguments):
        if skip:
            skip = False
        elif word == "--case":
            skip = True
        elif not word.startswith("-"):
            return place
    return None
