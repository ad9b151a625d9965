"""Sheets of sticky labels: a code to scan at the left, lines to read at its right.

Labels stand in the middle of their sheet, as makers print them; a partly used one begins at a
later label.
"""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from boconsole import whole_files
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.paper import fonts
from boconsole.paper.errors import NoPaperError
from boconsole.whole_files import UnwrittenError

MM = 72 / 25.4
A4, LETTER = (210.0, 297.0), (215.9, 279.4)
INSET = 1.5
"""Millimetres at the edge of a label that stay empty, as printers are not exact."""
QUIET = 4
"""Modules around a code that stay white. Source: ISO/IEC 18004, 9.1."""
MOST = 10_000


class Sheet(NamedTuple):
    """A kind of sheet: columns and rows of labels; sizes and gaps in millimetres.

    Source: the makers' templates, of which the margins are what is left at both sides.
    """

    name: str
    columns: int
    rows: int
    wide: float
    high: float
    gap: float
    page: tuple[float, float] = A4

    @property
    def total(self) -> int:
        """Labels on a sheet."""
        return self.columns * self.rows

    def place(self, number: int) -> tuple[float, float]:
        """Return left and top of a label, counted from 0 along the rows, in millimetres."""
        row, column = divmod(number, self.columns)
        used = self.columns * self.wide + (self.columns - 1) * self.gap
        left = (self.page[0] - used) / 2 + column * (self.wide + self.gap)
        return left, (self.page[1] - self.rows * self.high) / 2 + row * self.high


SHEETS = {
    sheet.name: sheet
    for sheet in (
        Sheet("L7160", 3, 7, 63.5, 38.1, 2.54),
        Sheet("L7159", 3, 8, 63.5, 33.9, 2.54),
        Sheet("L7161", 3, 6, 63.5, 46.6, 2.54),
        Sheet("L7162", 2, 8, 99.1, 33.9, 2.54),
        Sheet("L7163", 2, 7, 99.1, 38.1, 2.54),
        Sheet("L7173", 2, 5, 99.1, 57.0, 2.54),
        Sheet("L7636", 4, 12, 45.7, 21.2, 2.54),
        Sheet("L7651", 5, 13, 38.1, 21.2, 2.54),
        Sheet("5160", 3, 10, 66.675, 25.4, 3.175, LETTER),
        Sheet("5163", 2, 5, 101.6, 50.8, 4.7625, LETTER),
    )
}


class Label(NamedTuple):
    """What stands on a label: the text of its code, and lines of which the first is bold."""

    code: str
    lines: tuple[str, ...]


def sheet_named(name: str) -> Sheet:
    """Return a sheet by its name; raises InvalidChangeError."""
    found = SHEETS.get(name.strip().upper())
    if found is None:
        raise InvalidChangeError("sheet", _("is one of {words}").format(words=", ".join(SHEETS)))
    return found


def matrix(text: str) -> tuple[tuple[bool, ...], ...]:
    """Return the modules of a QR code by row, true for dark ones; raises NoPaperError."""
    try:
        import segno
    except ImportError as error:
        raise NoPaperError from error
    found = segno.make(text, error="m", micro=False)
    return tuple(tuple(bool(module) for module in row) for row in found.matrix)


def write(path: Path, title: str, sheet: Sheet, labels: Sequence[Label], start: int = 1) -> int:
    """Write labels to a PDF file, which appears whole or not at all; returns the pages.

    Args:
        path: The file.
        title: Of the document.
        sheet: What is printed on.
        labels: In order.
        start: The first free label of the first sheet, counted from 1.

    Raises:
        InvalidChangeError: There are no labels, too many, or the sheet has no such label.
        NoSignError: A character has no sign.
        UnwrittenError: The file cannot be written.
    """
    if not 1 <= start <= sheet.total:
        told = _("{name} has labels 1 to {count}").format(name=sheet.name, count=sheet.total)
        raise InvalidChangeError("start", told)
    if not labels:
        raise InvalidChangeError("labels", _("nothing matches, so there is nothing to print"))
    if len(labels) > MOST:
        raise InvalidChangeError("labels", _("more than {most} match").format(most=MOST))
    if path.exists() and not path.is_file():
        raise UnwrittenError(path, _("a PDF needs a file"))
    content = _content(title, sheet, labels, start - 1)
    try:
        whole_files.unfinished(path).write_bytes(content)
        whole_files.put_in_place(path)
    except OSError as error:
        with suppress(OSError):
            whole_files.discard(path)
        raise UnwrittenError(path, error.strerror or str(error)) from error
    return -(-(len(labels) + start - 1) // sheet.total)


def _content(title: str, sheet: Sheet, labels: Sequence[Label], first: int) -> bytes:
    from io import BytesIO

    fonts.face(False)
    fonts.face(True)
    from reportlab.pdfgen.canvas import Canvas

    file = BytesIO()
    size = (sheet.page[0] * MM, sheet.page[1] * MM)
    canvas = Canvas(file, pagesize=size, invariant=1, pageCompression=1)
    canvas.setTitle(fonts.drawable(title))
    canvas.setCreator("boconsole")
    for place, label in enumerate(labels, first):
        if place > first and place % sheet.total == 0:
            canvas.showPage()
        left, top = sheet.place(place % sheet.total)
        _draw(canvas, sheet, label, left * MM, size[1] - top * MM)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def _draw(canvas: Any, sheet: Sheet, label: Label, left: float, top: float) -> None:  # Any: untyped
    inset = INSET * MM
    side = min(sheet.high * MM - 2 * inset, sheet.wide * MM * 0.5)
    middle = top - sheet.high * MM / 2
    _draw_code(canvas, label.code, left + inset, middle + side / 2, side)
    room = sheet.wide * MM - side - 3 * inset
    size = min(11.0, side / 5)
    lines = [_cut(line, size if not number else size * 0.8, room, bold=not number)
             for number, line in enumerate(label.lines) if line.strip()]  # fmt: skip
    height = size * 1.3 * len(lines)
    down = middle + height / 2 - size
    for number, line in enumerate(lines):
        canvas.setFont(fonts.FACES[not number], size if not number else size * 0.8)
        canvas.drawString(left + 2 * inset + side, down, line)
        down -= size * 1.3


def _draw_code(
    canvas: Any, text: str, left: float, top: float, side: float
) -> None:  # Any: as above
    """Draw a code, each run of dark modules of a row at once."""
    rows = matrix(text)
    module = side / (len(rows) + 2 * QUIET)
    for down, row in enumerate(rows, QUIET + 1):
        begun = None
        for across, dark in enumerate((*row, False)):
            if dark and begun is None:
                begun = across
            elif not dark and begun is not None:
                canvas.rect(left + (begun + QUIET) * module, top - down * module,
                            (across - begun) * module, module, stroke=0, fill=1)  # fmt: skip
                begun = None


def _cut(text: str, size: float, room: float, *, bold: bool) -> str:
    """Return as much of a line as fits, with `…` where something is cut."""
    text = fonts.drawable(text)
    if fonts.width(text, size, bold=bold) <= room:
        return text
    while text and fonts.width(f"{text}…", size, bold=bold) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"
