"""Pages that are laid out first and drawn when all are known, so that each can say `1 / 3`.

The same content makes the same bytes: no clock and no chance goes into a file.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from boconsole import whole_files
from boconsole.language import _
from boconsole.paper import fonts
from boconsole.whole_files import UnwrittenError

A4 = (595.28, 841.89)
MARGIN = 42.5
FOOT = 30.0
LINE = 1.35
"""Height of a line, in sizes of its font."""
GREY = 0.45
PALE = 0.9


class Text(NamedTuple):
    """A text at a place, its baseline from the top."""

    left: float
    top: float
    text: str
    size: float
    bold: bool
    grey: float


class Rule(NamedTuple):
    """A line across."""

    left: float
    right: float
    top: float
    wide: float


class Picture(NamedTuple):
    """A drawing, its lower left corner from the top."""

    left: float
    top: float
    drawing: Any  # the library is untyped


class Pages:
    """A document that grows from the top to the bottom, page after page.

    Attributes:
        top: How far down the page is used, in points.
        on_new_page: Draws what stands on top of each further page, such as heads of tables.
    """

    def __init__(self, title: str, *, landscape: bool = False, mark: str = "") -> None:
        self.title = fonts.drawable(title)
        self.mark = fonts.drawable(mark)
        self.size = (A4[1], A4[0]) if landscape else A4
        self.top = MARGIN
        self.on_new_page: Callable[[], None] | None = None
        self._pages: list[list[Text | Rule | Picture]] = [[]]

    @property
    def left(self) -> float:
        """Where lines begin."""
        return MARGIN

    @property
    def right(self) -> float:
        """Where lines end."""
        return self.size[0] - MARGIN

    @property
    def room(self) -> float:
        """What is left of the page."""
        return self.size[1] - MARGIN - FOOT - self.top

    def need(self, height: float) -> bool:
        """Begin a page where so much no longer fits; returns whether it did."""
        if height <= self.room or self.top <= MARGIN:
            return False
        self._pages.append([])
        self.top = MARGIN
        if self.on_new_page is not None:
            self.on_new_page()
        return True

    def text(
        self,
        text: str,
        left: float,
        *,
        size: float = 9,
        bold: bool = False,
        to_right: bool = False,
        down: float = 0,
        grey: float = 0,
    ) -> None:
        """Draw a line of text here; `left` is its right end with `to_right`."""
        text = fonts.drawable(text)
        start = left - fonts.width(text, size, bold=bold) if to_right else left
        place = Text(start, self.top + down + size, text, size, bold, grey)
        self._pages[-1].append(place)

    def paragraph(
        self, text: str, left: float, room: float, *, size: float = 9, bold: bool = False
    ) -> None:
        """Draw a text in as many lines as it takes, and go below it."""
        for line in fonts.wrapped(text, size, room, bold=bold):
            self.need(size * LINE)
            self.text(line, left, size=size, bold=bold)
            self.top += size * LINE

    def rule(self, left: float, right: float, *, down: float = 0, wide: float = 0.5) -> None:
        """Draw a line across."""
        self._pages[-1].append(Rule(left, right, self.top + down, wide))

    def picture(self, drawing: Any) -> None:  # Any: the library is untyped
        """Draw a picture, and go below it."""
        self.need(drawing.height)
        self.top += drawing.height
        self._pages[-1].append(Picture(self.left, self.top, drawing))

    def write(self, path: Path, *, private: bool = False) -> int:
        """Write the file; it appears whole or not at all. Returns the number of pages.

        Args:
            path: Where to.
            private: Let only the owner of the file read it.

        Raises:
            UnwrittenError: It cannot be written.
        """
        if path.exists() and not path.is_file():
            raise UnwrittenError(path, _("a PDF needs a file"))
        try:
            if private:
                whole_files.keep_to_owner(path)
            whole_files.unfinished(path).write_bytes(self.bytes())
            whole_files.put_in_place(path)
        except OSError as error:
            with suppress(OSError):
                whole_files.discard(path)
            raise UnwrittenError(path, error.strerror or str(error)) from error
        return len(self._pages)

    def bytes(self) -> bytes:
        """Return the file."""
        from io import BytesIO

        fonts.face(False)
        fonts.face(True)
        from reportlab.pdfgen.canvas import Canvas

        file = BytesIO()
        canvas = Canvas(file, pagesize=self.size, invariant=1, pageCompression=1)
        canvas.setTitle(self.title)
        canvas.setCreator("boconsole")
        for number, page in enumerate(self._pages, 1):
            self._draw(canvas, page, f"{number} / {len(self._pages)}")
            canvas.showPage()
        canvas.save()
        return file.getvalue()

    def _draw(
        self, canvas: Any, page: list[Text | Rule | Picture], number: str
    ) -> None:  # Any: untyped
        height = self.size[1]
        if self.mark:
            self._draw_mark(canvas)
        for each in page:
            if isinstance(each, Rule):
                canvas.setLineWidth(each.wide)
                canvas.line(each.left, height - each.top, each.right, height - each.top)
            elif isinstance(each, Picture):
                from reportlab.graphics import renderPDF

                renderPDF.draw(each.drawing, canvas, each.left, height - each.top)
            else:
                canvas.setFont(fonts.FACES[each.bold], each.size)
                canvas.setFillGray(each.grey)
                canvas.drawString(each.left, height - each.top, each.text)
        canvas.setFont(fonts.FACES[False], 8)
        canvas.setFillGray(GREY)
        canvas.drawString(self.left, FOOT, self.title)
        canvas.drawRightString(self.right, FOOT, number)
        canvas.setFillGray(0)

    def _draw_mark(self, canvas: Any) -> None:  # Any: untyped
        canvas.saveState()
        canvas.translate(self.size[0] / 2, self.size[1] / 2)
        canvas.rotate(45)
        canvas.setFont(fonts.FACES[True], 90)
        canvas.setFillGray(PALE)
        canvas.drawCentredString(0, -30, self.mark)
        canvas.restoreState()
