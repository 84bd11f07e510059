"""What a reader asks for: a page of the site, in a language, with the answers of a form in the address."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from paradero.casefile.folder import Casefile
from paradero.figures.answered import Supposing
from paradero.model.errors import ParaderoError, UnknownName
from paradero.model.naming import unknown
from paradero.web.standing import Standing

_MOST_OPTIONS = 60
_MOST_LETTERS = 2_000
_MOST_LEFT_OUT = 3
_ON = ("on", "1", "yes", "true", "sí", "si")


class NotServed(ParaderoError):
    """The site keeps this in: a page about a single person or row of a private list, a query in public."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A page that is asked for: `path` is its address without the language, `names` what stands in it,
    `options` what follows the question mark, each with all its values; `token` is what forms that write send
    along, empty where nothing may be written. A page `is_of_files` where it is written for a site without a
    server, and `is_on_paper` where its evidence has to stand on it.
    """

    standing: Standing
    language: str
    path: str
    names: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    token: str = ""
    is_of_files: bool = False
    is_on_paper: bool = False

    def name(self, key: str) -> str:
        """What stands in the address at that place."""
        return self.names[key]

    def option(self, key: str, default: str = "") -> str:
        """The last value of an option."""
        values = self.options.get(key, ())
        return values[-1].strip() if values else default

    def all_of(self, key: str) -> tuple[str, ...]:
        """Every value of an option that says something."""
        return tuple(each for each in self.options.get(key, ()) if each.strip())

    def whole_number(self, key: str, default: int, *, most: int) -> int:
        """An option that is a whole number from 0 up. Raises UnknownName for anything else."""
        text = self.option(key)
        if not text:
            return default
        if not (text.isascii() and text.isdigit() and int(text) <= most):
            raise UnknownName(f"`{key}={text}`: not a whole number from 0 to {most:,}. Write one.")
        return int(text)

    def is_on(self, key: str) -> bool:
        """An option that is there or not. Raises UnknownName for what says neither."""
        text = self.option(key)
        if text and text.casefold() not in _ON:
            raise UnknownName(f"`{key}={text}`: not a choice. Write `{key}=on`, or leave it out.")
        return bool(text)


BELIEVING = ("trust", "without")  # options of pages that judge
SUPPOSING = (*BELIEVING, "on", "off")  # options of pages whose answers rest on what is supposed


def supposing_of(asking: Asking) -> Supposing:
    """What the reader supposes, as the address says it: kinds of evidence (`trust`), sources left out
    (`without`), assumptions switched `on` and `off`. Raises UnknownName where it leaves out too many.
    """
    check_left_out(asking.all_of("without"))
    kinds = [one.strip() for each in asking.all_of("trust") for one in each.split(",")]
    return Supposing(
        evidence=tuple(dict.fromkeys(each for each in kinds if each)),
        without=tuple(dict.fromkeys(asking.all_of("without"))),
        on=tuple(dict.fromkeys(asking.all_of("on"))),
        off=tuple(dict.fromkeys(asking.all_of("off"))),
    )


def check_left_out(without: Collection[str]) -> None:
    """Raises UnknownName where more sources are left out than the site works out: each choice of them is an
    audit of its own.
    """
    if len(set(without)) > _MOST_LEFT_OUT:
        raise UnknownName(
            f"`without` leaves out {len(set(without)):,} sources, and the site leaves out {_MOST_LEFT_OUT} at"
            " most. Name fewer, or run `paradero audit --without`."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What is no page: a file, with the name it is saved under; without one it is shown in the window."""

    content: bytes
    media_type: str
    name: str = ""


def check_options(options: Iterable[tuple[str, str]], known: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Options as they are asked for, by name. Raises UnknownName for one that the page does not know, and for
    more than anybody asks: nothing that is asked is passed over in silence.
    """
    found: dict[str, tuple[str, ...]] = {}
    listed = list(options)
    if len(listed) > _MOST_OPTIONS or sum(len(name) + len(value) for name, value in listed) > _MOST_LETTERS:
        raise UnknownName(f"An address takes {_MOST_OPTIONS} options of {_MOST_LETTERS:,} letters at most.")
    known = (*known, "digest", "version")
    for name, value in listed:
        if name not in known and not any(each.endswith("*") and name.startswith(each[:-1]) for each in known):
            raise unknown("an option of this page", name, known)
        found[name] = (*found.get(name, ()), value)
    return found


def said_of(error: ParaderoError, case: Casefile) -> str:
    """What the error says, without the folder that the casefile lies in: where that is concerns no reader."""
    text = str(error)
    for root in (str(case.root.resolve()), str(case.root)):
        text = text.replace(f"{root}/", "").replace(f"{root}: ", "").replace(root, case.root.name)
    return text[:1].upper() + text[1:]


def place_of(error: Exception) -> str:
    """The kind of a mistake and where it happened, and nothing of what was asked."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = "" if trace is None else f" ({trace.tb_frame.f_code.co_filename}:{trace.tb_lineno})"
    return f"{type(error).__name__}{place}"
