"""Names that nothing has: the error that says so, with the ones that are near."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from paradero.model.errors import UnknownName


def unknown(
    what: str,
    found: str,
    known: Iterable[str],
    *,
    place: str = "",
    where_listed: str | None = None,
    compared: Callable[[str], str] | None = None,
) -> UnknownName:
    """The error for a name that is none of `known`: what it should be, with its article (`an engine`), the
    near ones (as `compared` spells them), and all of them or where they are listed. `place` is the file and
    line in which the name stands.
    """
    names = list(dict.fromkeys(known))
    near = nearest(found, names, compared=compared)
    hint = f" Did you mean {' or '.join(f'`{each}`' for each in near)}?" if near else ""
    where = f"{place}: " if place else ""
    return UnknownName(f"{where}`{found}` is not {what}.{hint} {where_listed or choice_of(names)}")


def choice_of(names: Iterable[str]) -> str:
    """The sentence that lists what may be named; says so where there is nothing.

    >>> choice_of(["xlsx", "parquet"])
    'Choose one of: xlsx, parquet.'
    """
    listed = list(names)
    if not listed:
        return "There is none here."
    return f"{'Choose one of' if len(listed) > 1 else 'The only one is'}: {', '.join(listed)}."


def nearest(found: str, known: Iterable[str], *, compared: Callable[[str], str] | None = None) -> list[str]:
    """Up to three names that are near to one, the nearest first."""
    from rapidfuzz import process  # only where a name is wrong: commands start without it

    return [
        match[0]
        for match in process.extract(found, list(known), limit=3, score_cutoff=60, processor=compared)
    ]
