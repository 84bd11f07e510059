"""Tables drawn into a PDF letter by letter, with the cells that were drawn beside: what reading them again is
held against. Nothing here knows how they are read.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from documents.made import HEIGHT, WIDTH, drawn_pdf, escaped

# thousandths of the size that Helvetica takes for a letter (Adobe's metrics); others 556
_WIDTHS = {191: "'", 222: "ijl", 278: "ft.,:/ I", 333: "r-()", 500: "cksvxyzJ", 722: "wCDHNRU", 833: "mM",
           611: "FTZ", 667: "ABEKPSVXY", 778: "GOQ", 944: "W"}  # fmt: skip
NARROW = {letter: width for width, letters in _WIDTHS.items() for letter in letters}

Cells = list[str | None]


def width(text: str, size: float, font: int) -> float:
    """How far a text reaches."""
    return size * (0.6 * len(text) if font == 1 else sum(NARROW.get(one, 556) for one in text) / 1000)


@dataclass
class Sheet:
    """A page as it is drawn; `turn`: drawn standing, on a page that is to be turned."""

    turn: bool = False
    drawn: list[bytes] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, size: float = 9, font: int = 1) -> None:
        self.drawn.append(
            b"BT /F%d %.2f Tf %s Tm (%s) Tj ET"
            % (font, size, b"0 1 -1 0 %.2f %.2f" % (WIDTH - y, x) if self.turn else b"1 0 0 1 %.2f %.2f" % (x, y), escaped(text))
        )  # fmt: skip

    def rule(self, x0: float, y0: float, x1: float, y1: float, *, thin: bool = False) -> None:
        if self.turn:
            x0, y0, x1, y1 = WIDTH - y0, x0, WIDTH - y1, x1
        if thin:  # as a filled box, as word processors draw lines
            left, low = min(x0, x1) - 0.25, min(y0, y1) - 0.25
            self.drawn.append(
                b"%.2f %.2f %.2f %.2f re f" % (left, low, abs(x1 - x0) + 0.5, abs(y1 - y0) + 0.5)
            )
        else:
            self.drawn.append(b"0.5 w %.2f %.2f m %.2f %.2f l S" % (x0, y0, x1, y1))

    @property
    def size(self) -> tuple[int, int]:
        return (HEIGHT, WIDTH) if self.turn else (WIDTH, HEIGHT)


def pdf_of_sheets(sheets: list[Sheet]) -> bytes:
    """The pages as a file."""
    return drawn_pdf([b"\n".join(sheet.drawn) for sheet in sheets], rotate=90 if sheets[0].turn else 0)


@dataclass
class Style:
    """How a table is drawn: `rules` are full, frame (columns and sides only), rows (lines between rows only),
    or none; `gap` is what stands between rows besides the leading.
    """

    rules: str = "full"
    font: int = 1
    size: float = 9
    gap: float = 4
    pad: float = 4
    thin: bool = False
    repeat: bool = True
    turn: bool = False
    rights: frozenset[int] = frozenset()


def wrapped(text: str | None, room: float, style: Style) -> list[str]:
    """The lines of a cell, as a word processor breaks it: at blanks, and within a word where that is wider."""
    lines: list[str] = []
    for word in (text or "").split(" "):
        if lines and width(f"{lines[-1]} {word}", style.size, style.font) <= room:
            lines[-1] += f" {word}"
            continue
        left = word
        while width(left, style.size, style.font) > room:
            n = max(
                n for n in range(1, len(left)) if n == 1 or width(left[:n], style.size, style.font) <= room
            )
            lines.append(left[:n])
            left = left[n:]
        lines.append(left)
    return [line for line in lines if line]


def table_pdf(header: list[str], rows: list[Cells], widths: list[float], style: Style, *, top: float = 90) -> tuple[bytes, list[int]]:  # fmt: skip
    """A table over as many pages as it needs, below a title and above a footer on each; the page of each row."""
    sheets: list[Sheet] = []
    pages: list[int] = []
    leading = style.size * 1.15
    edges = [36.0]
    for one in widths:
        edges.append(edges[-1] + one)
    first = y = -1.0

    def begin() -> float:
        sheet = Sheet(turn=style.turn)
        sheets.append(sheet)
        sheet.text(36, sheet.size[1] - 40, "Detention records of a fabricated release", 11, style.font)
        sheet.text(36, 24, f"Page {len(sheets)} of the release, made for a test", 7, style.font)
        return sheet.size[1] - top

    def put(cells: Cells, y: float) -> float:
        lines = [
            wrapped(cell, edges[at + 1] - edges[at] - 2 * style.pad, style) for at, cell in enumerate(cells)
        ]
        high = leading * max([1, *map(len, lines)]) + style.gap
        for at, cell in enumerate(lines):
            for number, line in enumerate(cell):
                x = edges[at] + style.pad
                if at in style.rights:
                    x = edges[at + 1] - style.pad - width(line, style.size, style.font)
                sheets[-1].text(
                    x, y - style.gap / 2 - style.size - leading * number, line, style.size, style.font
                )
        if style.rules in ("full", "rows"):
            sheets[-1].rule(edges[0], y - high, edges[-1], y - high, thin=style.thin)
        return y - high

    for number, cells in enumerate(rows):
        lines = max(
            len(wrapped(cell, edges[at + 1] - edges[at] - 2 * style.pad, style))
            for at, cell in enumerate(cells)
        )
        high = leading * max(1, lines) + style.gap
        if y < 0 or y - high < 50:
            if y >= 0:
                _sides(sheets[-1], edges, first, y, style)
            first = y = begin()
            if style.rules in ("full", "rows", "frame"):
                sheets[-1].rule(edges[0], y, edges[-1], y, thin=style.thin)
            if style.repeat or number == 0:
                y = put(list(header), y)
                if style.rules == "frame":
                    sheets[-1].rule(edges[0], y, edges[-1], y, thin=style.thin)
        y = put(cells, y)
        pages.append(len(sheets))
    _sides(sheets[-1], edges, first, y, style)
    return pdf_of_sheets(sheets), pages


def _sides(sheet: Sheet, edges: list[float], first: float, last: float, style: Style) -> None:
    if style.rules in ("full", "frame"):
        for edge in edges:
            sheet.rule(edge, first, edge, last, thin=style.thin)
    if style.rules == "frame":
        sheet.rule(edges[0], last, edges[-1], last, thin=style.thin)


WORDS = ["Stewart", "Otay", "Mesa", "Eloy", "Krome", "Karnes", "Pine", "Prairie", "Winn", "Adelanto", "Tacoma",
         "Baker", "County", "Jail", "Center", "Processing", "Residencial", "Centro", "Detención", "Número"]  # fmt: skip
HEADERS = {
    "id": ["Unique Identifier", "Identificador"],
    "day": ["Book In Date", "Fecha de ingreso"],
    "moment": ["Book Out Date Time", "Fecha y hora de egreso"],
    "number": ["Beds", "Número de camas"],
    "text": ["Detention Facility", "Centro de detención"],
    "code": ["Facility Code", "Código"],
}


def value(kind: str, draw: random.Random) -> str:
    """A cell of a kind of column."""
    if kind == "id":
        return f"{draw.getrandbits(64):016x}"[: draw.choice((8, 12, 16))]
    if kind in ("day", "moment"):
        day = f"{draw.randint(1, 12):02}/{draw.randint(1, 28):02}/20{draw.randint(18, 25)}"
        return day if kind == "day" else f"{day} {draw.randint(0, 23):02}:{draw.randint(0, 59):02}"
    if kind == "number":
        return str(draw.choice((draw.randint(0, 99), draw.randint(100, 99999))))
    if kind == "code":
        return "".join(draw.choice("ABCDEFGHKLMN") for _ in range(draw.randint(3, 7)))
    return " ".join(draw.choice(WORDS) for _ in range(draw.randint(1, 5)))


def random_table(draw: random.Random) -> tuple[list[str], list[Cells], list[float], Style]:
    """A table of any form: header, rows, widths of columns, style."""
    style = Style(
        rules=draw.choice(("full", "full", "frame", "rows", "none", "none")),
        font=draw.choice((1, 2)),
        size=draw.choice((7, 8, 9)),
        gap=draw.choice((2, 4, 8)),
        pad=draw.choice((3, 4, 6)),
        thin=draw.random() < 0.3,
        repeat=draw.random() < 0.7,
        turn=draw.random() < 0.2,
    )
    room = (HEIGHT if style.turn else WIDTH) - 72.0
    kinds = [
        "id",
        *(draw.choice(["day", "moment", "number", "text", "code"]) for _ in range(draw.randint(2, 5))),
    ]
    style.rights = frozenset(at for at, kind in enumerate(kinds) if kind == "number" and draw.random() < 0.7)
    empty = [0 if kind == "id" else draw.choice((0, 0, 0.2)) for kind in kinds]
    rows: list[Cells] = [
        [None if draw.random() < empty[at] else value(kind, draw) for at, kind in enumerate(kinds)]
        for _ in range(draw.randint(2, 70))
    ]
    header = [draw.choice(HEADERS[kind]) for kind in kinds]
    widest = [
        max(width(cell or "", style.size, style.font) for cell in [header[at], *(row[at] for row in rows)]) + 2 * style.pad + 1
        for at in range(len(kinds))
    ]  # fmt: skip
    squeeze = draw.random() < 0.5  # columns of text so narrow that cells wrap
    widths = [one * (0.5 if squeeze and kinds[at] == "text" else 1) for at, one in enumerate(widest)]
    return header, rows, [one * min(1, room / sum(widths)) for one in widths], style
