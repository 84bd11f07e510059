"""What a question takes in its address: names with their bounds, read strictly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from paradero.model.errors import ParaderoError
from paradero.model.naming import choice_of, nearest

LEAST_LETTERS, MOST_LETTERS = 1, 200
DEFAULT_LIMIT, MOST_LIMIT, MOST_OFFSET = 100, 10_000, 1_000_000_000
_SWITCHES = {"true": True, "false": False}


class NotUnderstood(ParaderoError):
    """A question with an option that there is none of, or a value that the option does not take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An option of a question: `whole` is a whole number from `least` to `most`, `choice` one of `choices`,
    `switch` is true or false, `text` has up to 200 letters; `many` may be given more than once. Its words are
    `option_NAME` in `api.toml`, or `option_WORDS`.
    """

    name: str
    kind: Literal["text", "whole", "choice", "switch"] = "text"
    default: str | int | bool | None = None
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    many: bool = False
    words: str = ""

    @property
    def key(self) -> str:
        """Where its words stand."""
        return f"option_{self.words or self.name}"


Value = str | int | bool | tuple[str, ...] | None

LANGUAGE = Option(name="lang", kind="choice", choices=("en", "es"), default="en")
RELEASE = Option(name="release")
PAGING = (
    Option(name="limit", kind="whole", least=1, most=MOST_LIMIT, default=DEFAULT_LIMIT),
    Option(name="offset", kind="whole", least=0, most=MOST_OFFSET, default=0),
)


def options_read(given: Sequence[tuple[str, str]], known: Sequence[Option]) -> dict[str, Value]:
    """The value of every known option: what is given, else its default. Raises NotUnderstood for an option
    that there is none of, that is given twice where one is taken, or whose value it does not take.
    """
    by_name = {each.name: each for each in known}
    values: dict[str, list[str]] = {}
    for name, text in given:
        if name not in by_name:
            near = nearest(name, by_name)
            hint = f" Did you mean {' or '.join(f'`{one}`' for one in near)}?" if near else ""
            raise NotUnderstood(f"`{name}` is no option of this question.{hint} {choice_of(by_name)}")
        values.setdefault(name, []).append(text)
    return {each.name: _value(each, values.get(each.name, ())) for each in known}


def _value(option: Option, given: Sequence[str]) -> Value:
    if option.many:
        return tuple(str(_one(option, text)) for text in given)
    if len(given) > 1:
        raise NotUnderstood(f"`{option.name}` is given {len(given)} times. Give it once.")
    return _one(option, given[0]) if given else option.default


def _one(option: Option, text: str) -> str | int | bool:
    if option.kind == "whole":
        if not (
            text.isascii() and text.isdigit() and len(text) < 20 and option.least <= int(text) <= option.most
        ):
            raise NotUnderstood(
                f"`{option.name}={text[:40]}`: not a whole number from {option.least:,} to {option.most:,}."
                " Write one."
            )
        return int(text)
    if option.kind == "choice" and text not in option.choices:
        raise NotUnderstood(f"`{option.name}={text[:40]}`: no such choice. {choice_of(option.choices)}")
    if option.kind == "switch":
        if text not in _SWITCHES:
            raise NotUnderstood(f"`{option.name}={text[:40]}`: neither true nor false. Write one of them.")
        return _SWITCHES[text]
    if not LEAST_LETTERS <= len(text) <= MOST_LETTERS:
        raise NotUnderstood(
            f"`{option.name}`: has {len(text):,} letters. Write {LEAST_LETTERS} to {MOST_LETTERS}."
        )
    return text


def given_names(names: Mapping[str, str]) -> Mapping[str, str]:
    """The names in an address. Raises NotUnderstood for one that is too long to be a name of anything."""
    for name, text in names.items():
        if len(text) > 4 * MOST_LETTERS:
            raise NotUnderstood(f"The {name} in the address has {len(text):,} letters. Write the name alone.")
    return names
