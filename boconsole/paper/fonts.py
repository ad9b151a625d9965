"""The fonts of paper: Noto Sans, Latin, Greek and Cyrillic, which comes with the program.

Every text is measured and checked before it is drawn: what has no sign is refused, never shown
as a box. The library is imported on first use.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

from boconsole.paper.errors import NoPaperError, NoSignError
from boconsole.text import safe

FOLDER = Path(__file__).parent / "fonts"
FACES = {False: "NotoSans-Regular", True: "NotoSans-Bold"}


@lru_cache
def face(bold: bool = False) -> Any:  # Any: the library is untyped
    """Return a font that is known to the library; raises NoPaperError."""
    try:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont
    except ImportError as error:
        raise NoPaperError from error
    font = TTFont(FACES[bold], str(FOLDER / f"{FACES[bold]}.ttf"))
    pdfmetrics.registerFont(font)
    return font


@lru_cache
def _signs(bold: bool) -> dict[int, float]:
    return dict(face(bold).face.charWidths)


def drawable(text: str) -> str:
    """Return a text of one line with signs for all that it has.

    Raises:
        NoSignError: A character has no sign.
    """
    text = " ".join(safe(text).split())
    signs = _signs(False)
    for sign in text:
        if ord(sign) not in signs:
            raise NoSignError(sign, text)
    return text


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a drawable text is, in points."""
    signs = _signs(bold)
    return sum(signs[ord(sign)] for sign in text) * size / 1000


def wrapped(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """Return a text as lines of at most so many points; a word that is wider is broken.

    Line ends of the text are kept; there is at least one line.

    Raises:
        NoSignError: A character has no sign.
    """
    lines: list[str] = []
    for part in safe(text).split("\n"):
        line = ""
        for word in drawable(part).split(" "):
            longer = f"{line} {word}" if line else word
            if width(longer, size, bold=bold) <= room:
                line = longer
                continue
            if line:
                lines.append(line)
            *whole, line = _broken(word, size, room, bold=bold)
            lines += whole
        lines.append(line)
    return lines


def _broken(word: str, size: float, room: float, *, bold: bool) -> list[str]:
    parts = [""]
    signs = _signs(bold)
    used = 0.0
    for sign in word:
        wide = signs[ord(sign)] * size / 1000
        if parts[-1] and used + wide > room:
            parts.append("")
            used = 0.0
        parts[-1] += sign
        used += wide
    return parts
