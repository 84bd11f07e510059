"""Each file of the law, broken in twenty ways and more: every mistake is refused by itself with its file, its
line and what to do, and all of them together in one run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import broken
import pytest
from broken import Break

from paradero.authored.declared import AuthoredError
from paradero.law.events import read_event
from paradero.law.identities import read_identities
from paradero.law.orders import read_order

Reader = Callable[[str], object]

FILES: dict[str, tuple[str, Sequence[Break], Reader]] = {
    "event": (broken.EVENT, broken.EVENT_BREAKS, lambda text: read_event(text, file="f.toml")),
    "order": (broken.ORDER, broken.ORDER_BREAKS, lambda text: read_order(text, file="f.toml")),
    "identities": (
        broken.IDENTITIES,
        broken.IDENTITIES_BREAKS,
        lambda text: read_identities(text, file="f.toml"),
    ),
}


def mistakes(text: str, reader: Reader) -> list[str]:
    """What is said of a text that is refused."""
    with pytest.raises(AuthoredError) as refused:
        reader(text)
    return list(refused.value.mistakes)


@pytest.mark.parametrize("kind", FILES)
def test_the_whole_file_is_read(kind: str) -> None:
    text, _, reader = FILES[kind]
    reader(text)


@pytest.mark.parametrize(
    ("kind", "number"),
    [(kind, number) for kind, (_, breaks, _) in FILES.items() for number in range(len(breaks))],
)
def test_a_mistake_is_told_with_its_line(kind: str, number: int) -> None:
    whole, breaks, reader = FILES[kind]
    one = breaks[number]
    text = one.in_text(whole)
    said = mistakes(text, reader)
    (found,) = (each for each in said if one.says in each)
    assert found.startswith(f"f.toml line {one.line_in(text)}: "), said
    # what is misspelt is missing, too; what is no list is none of two
    assert len(said) == 1 or (len(said) == 2 and ("is not a field" in found or "must be a list" in found)), (
        said
    )


@pytest.mark.parametrize("kind", FILES)
def test_all_mistakes_are_told_in_one_run(kind: str) -> None:
    text, breaks, reader = FILES[kind]
    assert len(breaks) >= 20
    for one in breaks:
        text = one.in_text(text)
    said = "\n".join(mistakes(text, reader))
    # lines move when lines are left out
    wanted = [one.says.partition(" (line ")[0] for one in breaks]
    assert [each for each in wanted if each not in said] == []
