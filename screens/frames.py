"""What each cell of the terminal shows, and the shortest text that turns it into the next frame.

A frame is kept as two lists for each line: the grapheme of each cell ("" in the second cell of a
wide one, None where nobody knows what is shown) and the pen it is drawn with. A pen is the SGR
parameters, with a link behind a tab where there is one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice
from operator import ne
from typing import NamedTuple, TypeVar

from rich.cells import split_graphemes

NEAR = 4
LEAST_MOVED = 3
SCROLL_COST = 30
VISIBLE = frozenset(("4", "5", "6", "7", "9", "21", "51", "52", "53"))
WEIGHTS = frozenset(("1", "2"))
ENDS = {"1": "22", "2": "22", "3": "23", "4": "24", "7": "27", "9": "29"}
WIPE = "\x1b[m\x1b[2J"
_BIDI = (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF)
_CONTROLS = dict.fromkeys((*range(32), *range(127, 160), *_BIDI))
_JOINERS = frozenset("\u200d\ufe0f")
_RANGES = ((0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x2FF), (0x370, 0x482), (0x2500, 0x25FC))
_SINGLE = frozenset(chr(code) for first, last in _RANGES for code in range(first, last + 1))

LineT = TypeVar("LineT")
Lines = dict[int, list[str | None]]
Pens = dict[int, list[str]]
Piece = tuple[str, str]
"""Some text and its pen."""


class Span(NamedTuple):
    """What a part of a line shall show, from the cell `x` of line `y`."""

    y: int
    x: int
    pieces: Sequence[Piece]


def cells(pieces: Iterable[Piece]) -> tuple[list[str | None], list[str]]:
    """Return the graphemes and the pens of the cells that some texts fill."""
    shown: list[str | None] = []
    pens: list[str] = []
    for text, pen in pieces:
        if _SINGLE.issuperset(text):
            shown.extend(text)
            pens.extend([pen] * len(text))
            continue
        text = text.translate(_CONTROLS)
        spans, _width = split_graphemes(text)
        for start, end, width in spans:
            if width:
                shown.append(text[start:end])
                shown.extend([""] * (width - 1))
                pens.extend([pen] * width)
            elif shown:
                lead = -2 if shown[-1] == "" and len(shown) > 1 else -1
                shown[lead] = f"{shown[lead]}{text[start:end]}"
    return shown, pens


class Frame:
    """The cells of a terminal of one size; blank at first.

    `paper_stays` says that erased cells take the background of the pen, as nearly everywhere.
    """

    def __init__(self, width: int, height: int, *, paper_stays: bool = True) -> None:
        self.paper_stays = paper_stays
        self.width = width
        self.height = height
        self._shown: list[list[str | None]] = [[" "] * width for _ in range(height)]
        self._pens: list[list[str]] = [[""] * width for _ in range(height)]

    def draw(self, spans: Iterable[Span]) -> str:
        """Return what to write so that the cells of `spans` show what they say."""
        shown: Lines = {}
        pens: Pens = {}
        for y, x, pieces in spans:
            if 0 <= y < self.height and x < self.width:
                line = shown.setdefault(y, self._shown[y][:])
                line_pens = pens.setdefault(y, self._pens[y][:])
                self._put(line, line_pens, x, *cells(pieces))
        brush = Brush()
        self._scroll(shown, pens, brush)
        for y in sorted(shown):
            if shown[y] != self._shown[y] or pens[y] != self._pens[y]:
                self._draw_line(brush, y, shown[y], pens[y])
                self._shown[y], self._pens[y] = shown[y], pens[y]
        return brush.finish()

    def _put(
        self, line: list[str | None], pens: list[str], x: int, new: list[str | None], own: list[str]
    ) -> None:
        """Lay cells over a line; half of a wide one that is left over is nobody knows what."""
        end = min(x + len(new), self.width)
        if x > 0 and line[x] == "":
            line[x - 1] = None
        if end < self.width and line[end] == "":
            line[end] = None
        line[x:end] = new[: end - x]
        pens[x:end] = own[: end - x]

    def _draw_line(self, brush: Brush, y: int, new: list[str | None], pens: list[str]) -> None:
        old, old_pens = self._shown[y], self._pens[y]
        blank_from = self._blank_tail(y, new, pens)
        x = 0
        while x < blank_from:
            if (new[x] == old[x] and pens[x] == old_pens[x]) or new[x] is None:
                x += 1
                continue
            if new[x] == "" and x:
                x -= 1
            brush.go(y, x, new, pens)
            wide = x + 1 < self.width and new[x + 1] == ""
            brush.put(new[x] or " ", pens[x], 2 if wide else 1, self.width)
            x += 2 if wide else 1
        if blank_from < self.width:
            brush.go(y, blank_from, new, pens)
            brush.wipe(pens[-1])

    def _blank_tail(self, y: int, new: list[str | None], pens: list[str]) -> int:
        """Return where a rest of the line begins that is cheaper to erase than to write."""
        start, pen = self.width, pens[-1]
        if not self._erases(pen):
            return start
        while start and new[start - 1] == " " and pens[start - 1] == pen:
            start -= 1
        old = zip(self._shown[y][start:], self._pens[y][start:], strict=True)
        return start if sum(cell != (" ", pen) for cell in old) > NEAR else self.width

    def _erases(self, pen: str) -> bool:
        """Whether erased cells look like blanks drawn with a pen."""
        sgr = _parsed(pen.partition("\t")[0])
        return not sgr.attributes & VISIBLE and (self.paper_stays or not sgr.paper)

    def _scroll(self, shown: Lines, pens: Pens, brush: Brush) -> None:
        """Let the terminal move the lines that are on the screen already, where that pays."""
        moved = _moved(self._shown, shown)
        if moved is None:
            return
        first, last, by = moved
        for y in range(first, last + 1):
            shown.setdefault(y, self._shown[y])
            pens.setdefault(y, self._pens[y])
        lines, line_pens = self._shown[:], self._pens[:]
        blank: list[list[str | None]] = [[" "] * self.width for _ in range(abs(by))]
        plain = [[""] * self.width for _ in range(abs(by))]
        lines[first : last + 1] = _shifted(lines[first : last + 1], by, blank)
        line_pens[first : last + 1] = _shifted(line_pens[first : last + 1], by, plain)
        stay = sum(_different(self._shown[y], shown[y]) for y in range(first, last + 1))
        move = sum(_different(lines[y], shown[y]) for y in range(first, last + 1))
        if move + SCROLL_COST < stay:
            brush.scroll(first, last, by)
            self._shown, self._pens = lines, line_pens


def _shifted(lines: list[LineT], by: int, fresh: list[LineT]) -> list[LineT]:
    return [*lines[by:], *fresh] if by > 0 else [*fresh, *lines[:by]]


def _different(old: Sequence[str | None], new: Sequence[str | None]) -> int:
    return sum(map(ne, old, new))


def _moved(old: Sequence[list[str | None]], new: Lines) -> tuple[int, int, int] | None:
    """Return first and last line of a block and by how many lines most of it went up."""
    if len(new) < LEAST_MOVED:
        return None
    places = {tuple(line): y for y, line in enumerate(old)}
    found = [(y, places.get(tuple(line), y)) for y, line in new.items() if line != old[y]]
    steps = Counter(there - here for here, there in found if there != here)
    if not steps:
        return None
    by, votes = steps.most_common(1)[0]
    if votes < LEAST_MOVED:
        return None
    block = [place for here, there in found if there - here == by for place in (here, there)]
    return min(block), max(block), by


class Brush:
    """Where the terminal's cursor is and which pen it holds, and what was written so far."""

    def __init__(self) -> None:
        self._written: list[str] = []
        self._place: tuple[int, int] | None = None
        self._pen = ""

    def scroll(self, first: int, last: int, by: int) -> None:
        """Move the lines from `first` to `last` up (or down, less than 0); blank ones follow.

        They are blank in the plain pen, since terminals differ in the background they would get.
        """
        self._hold("")
        way = "M" if by > 0 else "L"
        self._written.append(f"\x1b[{first + 1};{last + 1}r\x1b[{first + 1}H\x1b[{abs(by)}{way}")
        self._written.append("\x1b[r")
        self._place = None

    def go(self, y: int, x: int, line: Sequence[str | None], pens: Sequence[str]) -> None:
        """Bring the cursor to a cell; a short way over cells of this pen is written again."""
        if self._place == (y, x):
            return
        if self._place is None or self._place[0] != y or self._place[1] > x:
            self._written.append(f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H")
        else:
            between = line[self._place[1] : x]
            same = all(pen == self._pen for pen in pens[self._place[1] : x])
            if same and len(between) <= NEAR and all(cell in _SINGLE for cell in between):
                self._written.extend(cell for cell in between if cell)
            else:
                self._written.append(f"\x1b[{len(between)}C" if len(between) > 1 else "\x1b[C")
        self._place = (y, x)

    def put(self, grapheme: str, pen: str, width: int, line_width: int) -> None:
        """Write one grapheme where the cursor is.

        Terminals disagree about the width of those made of several code points: both cells are
        emptied first, and the cursor is brought to its next place by number.
        """
        assert self._place is not None
        y, x = self._place
        self._hold(pen)
        several = len(grapheme) > 1 and (width > 1 or not _JOINERS.isdisjoint(grapheme))
        if several and width > 1:
            self._written.append(" " * width + f"\x1b[{y + 1};{x + 1}H")
        self._written.append(grapheme)
        self._place = None if several or x + width >= line_width else (y, x + width)

    def wipe(self, pen: str) -> None:
        """Empty the line from the cursor on."""
        self._hold(pen)
        self._written.append("\x1b[K")

    def finish(self) -> str:
        """Return all that was written; the terminal is left with its plain pen."""
        self._hold("")
        return "".join(self._written)

    def _hold(self, pen: str) -> None:
        if pen != self._pen:
            self._written.append(pen_change(self._pen, pen))
            self._pen = pen


@lru_cache(4096)
def pen_change(old: str, new: str) -> str:
    """Return the shortest sequence that turns one pen into another."""
    old_sgr, _, old_link = old.partition("\t")
    new_sgr, _, new_link = new.partition("\t")
    link = f"\x1b]8;{new_link or ';'}\x1b\\" if old_link != new_link else ""
    if old_sgr == new_sgr:
        return link
    if not new_sgr:
        return "\x1b[m" + link
    fresh = f"\x1b[0;{new_sgr}m" if old_sgr else f"\x1b[{new_sgr}m"
    had, has = _parsed(old_sgr), _parsed(new_sgr)
    gone = had.attributes - has.attributes
    if gone <= ENDS.keys():
        parts = sorted({ENDS[code] for code in gone})
        kept = had.attributes & has.attributes
        parts += sorted(has.attributes - (kept - WEIGHTS if gone & WEIGHTS else kept))
        parts += [has.ink or "39"] if has.ink != had.ink else []
        parts += [has.paper or "49"] if has.paper != had.paper else []
        fresh = min(fresh, f"\x1b[{';'.join(parts)}m" if parts else "", key=len)
    return fresh + link


@lru_cache(4096)
def plain_pen(sgr: str) -> str:
    """Return SGR parameters, or "" where they only ask for the terminal's own colours."""
    return sgr if any(_parsed(sgr)) else ""


class _Sgr(NamedTuple):
    attributes: frozenset[str]
    ink: str
    paper: str


def _parsed(sgr: str) -> _Sgr:
    attributes, ink, paper = set[str](), "", ""
    codes = iter(sgr.split(";") if sgr else ())
    for code in codes:
        if code in ("38", "48"):
            kind = next(codes)
            code = ";".join((code, kind, *islice(codes, 3 if kind == "2" else 1)))
        if code.startswith(("38", "3", "9")) and len(code) > 1:
            ink = "" if code == "39" else code
        elif code.startswith(("48", "4", "10")) and len(code) > 1:
            paper = "" if code == "49" else code
        else:
            attributes.add(code)
    return _Sgr(frozenset(attributes), ink, paper)
