"""Documents for the tests: a small writer of PDF whose letters stand where it says, and what commands say of
them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from casefile.made import Said, said

HEIGHT, WIDTH, LEFT, SIZE, LEADING = 792, 612, 72, 12, 18
FIRST = HEIGHT - 72  # baseline of a page's first line
ADVANCE = 0.6 * SIZE  # Courier: every letter is as wide as every other

Where = tuple[float, float, float, float]


def pdf_of(
    pages: Sequence[Sequence[str]], *, rotate: int = 0, pictures: Collection[int] = (), covering: float = 1
) -> bytes:
    """A PDF of lines of text in Courier, one list a page; a page without lines has no text. The pages in
    `pictures`, from 1, have a grey image over that part of their height.
    """
    contents = []
    for number, lines in enumerate(pages, 1):
        shown = b"".join(
            b"1 0 0 1 %d %d Tm (%s) Tj\n" % (LEFT, FIRST - LEADING * at, escaped(line))
            for at, line in enumerate(lines)
        )
        image = b"q %d 0 0 %d 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q\n" % (WIDTH, HEIGHT * covering)
        contents.append((image if number in pictures else b"") + b"BT /F1 %d Tf\n%sET" % (SIZE, shown))
    return drawn_pdf(contents, rotate=rotate)


def drawn_pdf(contents: Sequence[bytes], *, rotate: int = 0) -> bytes:
    """A PDF of pages drawn by these operators, with Courier as F1 and Helvetica as F2."""
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for content in contents:
        kids.append(len(bodies) + 1)
        bodies.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Rotate %d /Resources << /Font << /F1 3 0 R"
            b" /F2 4 0 R >> >> /Contents %d 0 R >>" % (WIDTH, HEIGHT, rotate, len(bodies) + 2)
        )
        bodies.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    bodies[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (
        len(kids),
        b" ".join(b"%d 0 R" % kid for kid in kids),
    )
    return _file(bodies)


def raised_pdf(parts: Sequence[tuple[str, int, int]]) -> bytes:
    """A PDF of one line of parts, each with its size and how far above the line it stands, in points."""
    across, shown = float(LEFT), b""
    for text, size, lift in parts:
        shown += b"/F1 %d Tf 1 0 0 1 %.2f %d Tm (%s) Tj\n" % (size, across, FIRST + lift, escaped(text))
        across += 0.6 * size * len(text)
    plain = pdf_of([["?"]])
    start, end = plain.index(b"BT "), plain.index(b"ET\n")
    return plain[:start] + b"BT " + shown + plain[end:]


def escaped(line: str) -> bytes:
    """A string as PDF writes it between brackets."""
    return line.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")


def _file(bodies: Sequence[bytes], trailer: bytes = b"") -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(bodies) + 1, table)
    return (
        out
        + head
        + b"trailer << /Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n"
        % (len(bodies) + 1, trailer, len(out))
    )


def locked_pdf() -> bytes:
    """A PDF that says it is encrypted with a password nobody knows."""
    bodies = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 0 /Kids [] >>",
              b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -44 >>" % (b"41" * 32, b"42" * 32)]  # fmt: skip
    return _file(bodies, b"/Encrypt 3 0 R /ID [<01><01>] ")


def letters_at(line: int, start: int, end: int) -> Where:
    """Where the middles of the letters from `start` to `end` of a line stand: left, bottom, right, top in
    points.
    """
    baseline = FIRST - LEADING * line
    return LEFT + ADVANCE * (start + 0.5), baseline + 1, LEFT + ADVANCE * (end - 0.5), baseline + SIZE / 2


def case_with(folder: Path, *files: Path) -> Path:
    """A new casefile with documents in it."""
    assert said(folder, "new", "case").code == 0
    heard = said(folder / "case", "add", *map(str, files))
    assert heard.code == 0, heard.err
    return folder / "case"


def mentions(case: Path, *arguments: str) -> list[dict[str, object]]:
    """What `paradero documents mentions --json` lists."""
    rows: list[dict[str, object]] = said(case, "documents", "mentions", "--json", *arguments).json["rows"]
    return rows


CONFIRM = (
    "--by",
    "the grant instrument",
    "--evidence",
    "court",
    "--seen",
    "https://example.org/grant",
    "--dated",
    "2025-03-22",
    "--confirmed-by",
    "A reviewer",
)
NEW = ("--what", "payment for the first year", "--what-es", "pago por el primer año")


def confirmed(case: Path, mention: str, *arguments: str) -> Said:
    """Confirm a mention into claims/money.toml under the subject `payment`."""
    return said(
        case,
        "documents",
        "confirm",
        mention,
        "--subject",
        "payment",
        "--claims",
        "money.toml",
        *CONFIRM,
        *arguments,
    )
