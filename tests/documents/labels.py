"""The paragraphs labelled by hand, and how the mentions found compare with the labels."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from paradero.documents.finding import find_mentions

_LABEL = re.compile(r"\[\[(\w+)\|([^\]]*)\]\]")

Span = tuple[str, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One paragraph: its language, its text without marks, and the spans that were marked."""

    language: str
    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How many labels there are, how many mentions were found, and how many agree letter by letter, or in
    kind and place but not in every letter.
    """

    labels: int
    found: int
    exact: int
    near: int
    missed: tuple[str, ...]
    beyond: tuple[str, ...]

    @property
    def recall(self) -> float:
        return self.exact / self.labels

    @property
    def precision(self) -> float:
        return self.exact / self.found


def labelled(name: str = "labelled.txt") -> list[Labelled]:
    found = []
    for line in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        language, _, marked = line.partition(": ")
        text, spans, place = "", [], 0
        for label in _LABEL.finditer(marked):
            text += marked[place : label.start()]
            spans.append((label[1], len(text), len(text) + len(label[2])))
            text += label[2]
            place = label.end()
        found.append(Labelled(language=language, text=text + marked[place:], spans=tuple(spans)))
    return found


def scored(paragraphs: list[Labelled]) -> Score:
    labels = n_found = exact = near = 0
    missed: list[str] = []
    beyond: list[str] = []
    for one in paragraphs:
        got = [(each.kind, each.start, each.end) for each in find_mentions(one.text).found]
        labels, n_found = labels + len(one.spans), n_found + len(got)
        exact += len(set(got) & set(one.spans))
        left, right = (
            [span for span in one.spans if span not in got],
            [span for span in got if span not in one.spans],
        )
        near += sum(
            1
            for span in left
            if any(span[0] == other[0] and span[1] < other[2] and other[1] < span[2] for other in right)
        )
        missed += [f"{kind}: {one.text[start:end]}" for kind, start, end in left]
        beyond += [f"{kind}: {one.text[start:end]}" for kind, start, end in right]
    return Score(
        labels=labels, found=n_found, exact=exact, near=near, missed=tuple(missed), beyond=tuple(beyond)
    )
