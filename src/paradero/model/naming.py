"""Names that nothing has: the error that says so, with the ones that are near."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from paradero.model.errors import UnknownName


def unknown(
    what: str,
    found: str,
    known: Iterable[str],
    *,
    where_listed: str | None = None,
    compared: Callable[[str], str] | None = None,
) -> UnknownName:
    """The error for a name that is none of `known`: what was expected, the near ones (as `compared` spells
    them), and all of them or where they are listed.
    """
    names = list(dict.fromkeys(known))
    near = nearest(found, names, compared=compared)
    hint = f" Did you mean {' or '.join(f'`{each}`' for each in near)}?" if near else ""
    rest = where_listed or f"There {'is' if len(names) == 1 else 'are'}: {', '.join(names) or 'none'}."
    return UnknownName(f"Expected {what}, found `{found}`.{hint} {rest}")


def nearest(found: str, known: Iterable[str], *, compared: Callable[[str], str] | None = None) -> list[str]:
    """Up to three names that are near to one, the nearest first."""
    from rapidfuzz import process  # only where a name is wrong: commands start without it

    return [
        match[0]
        for match in process.extract(found, list(known), limit=3, score_cutoff=60, processor=compared)
    ]
