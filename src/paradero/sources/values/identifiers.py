"""What names one person is withheld where a file is read, before anything of it is written: in cells, rows,
extras, rejects, names of sheets and files.

The original itself stays as it was received, under its SHA-256. What is withheld is marked in its place with
the reason, counted and reported. A number of a person or a name is known by its header or its form
(`identifiers.toml`); a name that stands where a category is expected is not.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from importlib.resources import files
from pathlib import Path
from typing import Literal

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from paradero.sources.fitting import Fit
from paradero.sources.held import Codes, Flags, Held, Texts, flags
from paradero.sources.layouts import Column, normal
from paradero.sources.values.entire import Entire, Words
from paradero.sources.values.person_ids import names_nobody

Where = Literal["ids", "everywhere", "people", "undeclared", "words", "differing", "names of files"]

# an undeclared column in which more than this part of the filled cells differ, most of them words, is
# somebody's own text
_UNLIKE = 0.5
_TOTALS = r"(?i)^(grand |sub-?)?totals?:?$"  # no name, and no id: the line is told apart later
_DATES = {"date", "day", "time", "datetime", "dt", "fecha", "hora", "on", "at"}
_PLACES = {"facility", "site", "landmark", "location", "office", "docket", "place", "city", "state"}
_MARK = "[withheld by paradero: "
_WORDS = r"\p{L}{2,}[ ,]+\p{L}{2,}"


class HeaderPatterns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Headers under which a column is withheld whole."""

    kind: str
    patterns: list[str]


class TextPattern(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The form of a text that is withheld, and where it is looked for."""

    kind: str
    where: Where
    regex: str


class Patterns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`identifiers.toml`."""

    header: list[HeaderPatterns]
    text: list[TextPattern]

    def of(self, where: Iterable[Where]) -> list[TextPattern]:
        """The patterns of texts for some places."""
        wanted = set(where)
        return [pattern for pattern in self.text if pattern.where in wanted]


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """How many cells of a column were withheld, and what they held."""

    header: str
    kind: str
    cells: int
    whole: bool


@functools.cache
def patterns() -> Patterns:
    """What is taken for a direct identifier."""
    return msgspec.toml.decode(
        (files("paradero.sources.values") / "identifiers.toml").read_bytes(), type=Patterns
    )


def marker(kind: str) -> str:
    """What stands in the place of a withheld cell."""
    return f"{_MARK}{kind}]"


def marked(held: Texts) -> Flags:
    """Which distinct texts of a column are marks of what was withheld."""
    return flags(pc.starts_with(held.distinct, _MARK))


def header_kind(header: str | None) -> str | None:
    """What a column under this header would hold of a person; None where the header does not say."""
    name = normal(header)
    return (
        next(
            (
                each.kind
                for each in patterns().header
                if any(fnmatchcase(name, pattern) for pattern in each.patterns)
            ),
            None,
        )
        if name
        else None
    )


def safe_name(name: str, instead: str) -> str:
    """The name of a file or sheet, or `instead` where it names or numbers a person."""
    found = _kind_of_text(name.replace("_", " "), ("everywhere", "people", "names of files"))
    return instead if found else name


def safe_file_name(name: str, digest: str) -> str:
    """The name under which a file is kept: its own, or a neutral one where its own points at a person."""
    return safe_name(name, f"name-withheld-{digest[:12]}{Path(name).suffix}")


def safe_text(text: str | None, *, undeclared: bool = True) -> str | None:
    """A text that is shown as it stands, or the mark of what it holds of a person."""
    if text is None:
        return None
    found = _kind_of_text(
        text, ("everywhere", "people", "undeclared") if undeclared else ("everywhere", "people")
    )
    return marker(found) if found else text


def safe_texts(texts: Sequence[str | None]) -> tuple[str | None, ...]:
    """Each as `safe_text` shows it, at once: to begin with a pattern takes longer than many texts."""
    whole = pa.array([text and text.encode("utf-8", "replace").decode() for text in texts], pa.string())
    shown = list(texts)
    for pattern in reversed(patterns().of(("everywhere", "people", "undeclared"))):  # the first is to hold
        for place in np.flatnonzero(flags(pc.match_substring_regex(whole, pattern.regex))):
            shown[place] = marker(pattern.kind)
    return tuple(shown)


def withhold(
    columns: Sequence[Held],
    headers: Sequence[str | None],
    fitted: Fit | None,
    first: int,
    *,
    keep: Iterable[str] = (),
    entire: Entire | None = None,
) -> tuple[list[Held], list[Withheld]]:
    """The columns of a sheet with every direct identifier replaced by its mark, and what was replaced.

    `first` is the first row (0-based) below the header; `fitted` is None where no table of a known kind was
    found. Columns under the headers `keep` stay. `entire`: these are rows of a table that is read in pieces.
    """
    staying = {normal(header) for header in keep}
    masked: list[Held] = []
    found: list[Withheld] = []
    for position, held in enumerate(columns):
        header = headers[position] if position < len(headers) else None
        if not isinstance(held, Texts) or (header and normal(header) in staying):
            masked.append(held)
            continue
        clean, here = _withheld_in(held, header, position, _Place.of(position, fitted), first, entire)
        masked.append(clean)
        found += here
    return masked, found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """What is known of a column: its declaration, whether anybody declared it, whether the table is of
    people, whether its header names a person.
    """

    column: Column | None
    is_own: bool
    about_people: bool
    is_identifying: bool

    @classmethod
    def of(cls, position: int, fitted: Fit | None) -> _Place:
        if fitted is None:
            return cls(column=None, is_own=False, about_people=True, is_identifying=False)
        name = next((name for name, at in fitted.positions.items() if at == position), None)
        column = fitted.layout.column_named(name) if name is not None else None
        is_own = column is None and position not in {*fitted.kept, *fitted.derived, *fitted.aside}
        about_people = any(each.is_id for each in fitted.layout.column)
        return cls(
            column=column,
            is_own=is_own,
            about_people=about_people,
            is_identifying=position in fitted.identifying,
        )

    def places(self, header: str | None) -> list[Where]:
        """Where patterns of texts are looked for."""
        found: list[Where] = ["everywhere"]
        if self.about_people:
            found.append("people")
            if self.is_own:
                found.append("undeclared")
            is_category = (
                self.column is not None
                and self.column.type == "text"
                and not self.column.is_id
                and not _names_a_place(self.column.name)
            )
            if is_category or (self.is_own and not _says_date(header)):
                found.append("words")
        return found


def _withheld_in(
    held: Texts, header: str | None, position: int, place: _Place, first: int, entire: Entire | None
) -> tuple[Texts, list[Withheld]]:
    found: list[Withheld] = []
    words = entire.words.get(position) if entire else None
    whole = "number of a person or case" if place.column is not None and place.column.identifier else None
    if place.is_own and (place.about_people or place.is_identifying):
        whole = header_kind(header) or (
            "direct identifier" if place.is_identifying else _own_words(words or words_of(held, first))
        )
    if whole is not None:
        held, n_cells = _masked_below(held, whole, first)
        found += [Withheld(header=header or "", kind=whole, cells=n_cells, whole=True)] if n_cells else []
    places = place.places(header)
    if place.is_own and place.about_people and whole is None and _differs(words or words_of(held, first)):
        places.append("differing")

    is_header = _is_header(header)
    held, counts = _masked_texts(held, patterns().of(places), 0, spared=is_header)
    if place.column is not None and place.column.is_id:
        others = entire.ids_received.get(place.column.name) if entire else None
        # a header looks like a name, repeated below it too, and so do words for nobody and a line of totals
        held, in_ids = _masked_texts(
            held,
            patterns().of(["ids"]),
            first,
            spared=lambda texts: (
                is_header(texts)
                | names_nobody(texts.trimmed, others)
                | flags(pc.match_substring_regex(texts.trimmed, _TOTALS))
            ),
        )
        counts += in_ids
    found += [
        Withheld(header=header or "", kind=kind, cells=n, whole=False) for kind, n in sorted(counts.items())
    ]
    return held, found


def _says_date(header: str | None) -> bool:
    """Whether a header says that its column holds days or times."""
    return any(word in _DATES for word in normal(header).split("_"))


def _names_a_place(name: str) -> bool:
    """Whether a declared column names places, which may have a street in their name."""
    return any(word in _PLACES for word in name.split("_"))


def _is_header(header: str | None) -> Callable[[Texts], Flags]:
    def those(texts: Texts) -> Flags:
        if header is None:
            return np.zeros(len(texts.distinct), np.bool_)
        return flags(pc.equal(texts.trimmed, header))

    return those


def used_in(held: Texts, first: int) -> tuple[int, Codes, Flags]:
    """How many rows below the header are filled with more than marks, the codes of their distinct texts, and
    which of these are of several words.
    """
    codes = held.codes[first:]
    codes = codes[(codes >= 0) & ~np.append(held.withheld, False)[codes]]
    codes = codes[flags(pc.is_valid(held.trimmed))[codes]] if len(codes) else codes
    used = np.unique(codes)
    return len(codes), used, flags(pc.match_substring_regex(held.trimmed.take(pa.array(used)), _WORDS))


def words_of(held: Texts, first: int) -> Words:
    """What fills a column below its header."""
    filled, used, worded = used_in(held, first)
    return Words(filled=filled, used=len(used), worded=int(worded.sum()))


def _differs(words: Words) -> bool:
    """Whether the texts of a column nearly all differ."""
    return words.used > _UNLIKE * words.filled


def _own_words(words: Words) -> str | None:
    """Whether an undeclared column holds words that differ from row to row: names, or sentences."""
    return "free text" if _differs(words) and words.worded > _UNLIKE * words.used else None


def is_judged_by_words(header: str | None, position: int, fitted: Fit) -> bool:
    """Whether it takes all rows of a column to say what of it is withheld: nobody declared it, and its header
    does not tell.
    """
    place = _Place.of(position, fitted)
    return place.is_own and place.about_people and not place.is_identifying and header_kind(header) is None


def ids_received(held: Texts, header: str | None, position: int, fitted: Fit) -> Texts | None:
    """A column of ids as far as what is withheld in any column is out of it; None where it is of none."""
    place = _Place.of(position, fitted)
    if place.column is None or not place.column.is_id or place.column.identifier:
        return None
    return _masked_texts(held, patterns().of(place.places(header)), 0, spared=_is_header(header))[0]


def withheld_in(held: Texts, header: str | None, position: int, fitted: Fit, entire: Entire) -> Texts:
    """Texts of a column with every direct identifier replaced by its mark."""
    return _withheld_in(held, header, position, _Place.of(position, fitted), 0, entire)[0]


def _masked_below(held: Texts, kind: str, first: int) -> tuple[Texts, int]:
    """Every filled cell below the header that is no exemption mark, replaced."""
    rows = held.filled() & ~held.rows_of(held.withheld)
    rows[:first] = False
    return _replaced(held, rows, kind), int(rows.sum())


def _masked_texts(
    held: Texts, wanted: list[TextPattern], first: int, *, spared: Callable[[Texts], Flags]
) -> tuple[Texts, Counter[str]]:
    """Every cell from row `first` on whose text has one of the forms and is not spared, replaced."""
    counts: Counter[str] = Counter()
    if not wanted:
        return held, counts
    some = (
        flags(pc.match_substring_regex(held.trimmed, "|".join(f"(?:{pattern.regex})" for pattern in wanted)))
        & ~held.withheld
    )
    if not some.any() or not (some & ~spared(held)).any():
        return held, counts
    for kind in dict.fromkeys(pattern.kind for pattern in wanted):
        regex = "|".join(f"(?:{pattern.regex})" for pattern in wanted if pattern.kind == kind)
        rows = held.rows_of(
            flags(pc.match_substring_regex(held.trimmed, regex)) & ~held.withheld & ~spared(held)
        )
        rows[:first] = False
        if rows.any():
            counts[kind] += int(rows.sum())
            held = _replaced(held, rows, kind)
    return held, counts


def _replaced(held: Texts, rows: Flags, kind: str) -> Texts:
    """A column with the mark of a kind in some rows; the texts that stood only there are gone from it."""
    if not rows.any():
        return held
    codes = np.where(rows, np.int32(len(held.distinct)), held.codes)
    distinct = pa.concat_arrays([held.distinct.cast(pa.string()), pa.array([marker(kind)])])
    trimmed = pa.concat_arrays([held.trimmed.cast(pa.string()), pa.array([marker(kind)])])
    withheld = np.append(held.withheld, True)
    used, places = np.unique(codes[codes >= 0], return_inverse=True)
    new = np.full(len(codes), -1, np.int32)
    new[codes >= 0] = places.astype(np.int32)
    taken = pa.array(used)
    return Texts(
        codes=new, distinct=distinct.take(taken), trimmed=trimmed.take(taken), withheld=withheld[used]
    )


@functools.lru_cache(
    maxsize=10_000
)  # every sheet of a release has the same headers, and a pattern costs milliseconds to begin with
def _kind_of_text(text: str, where: tuple[Where, ...]) -> str | None:
    whole = pa.array(
        [text.encode("utf-8", errors="replace").decode("utf-8")]
    )  # a file name may hold halves of letters
    return next(
        (
            pattern.kind
            for pattern in patterns().of(where)
            if pc.match_substring_regex(whole, pattern.regex)[0].as_py()
        ),
        None,
    )
