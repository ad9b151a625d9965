"""What a command answers: JSON for programs, tables for people, sentences on stderr.

Text from records never reaches a terminal raw: control, escape and bidi characters are taken
out of tables and escaped in JSON.
"""

import json
import sys
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from pathlib import Path

from boconsole.errors import BoconsoleError
from boconsole.language import _
from boconsole.text import UNSAFE

GAP = "  "


@dataclass(frozen=True)
class Answer:
    """What a command has to say.

    Attributes:
        value: For programs: what `--json` prints; None prints nothing.
        text: For people; a callable is asked only when people read.
        notes: Sentences for stderr, in either form.
        code: 0 done, 1 when something was found broken.
    """

    value: object = None
    text: str | Callable[[], str] = ""
    notes: tuple[str, ...] = ()
    code: int = 0


def prepare_streams() -> None:
    """Speak UTF-8 whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


class OutputError(BoconsoleError):
    """What was done cannot be told."""

    def __init__(self, reason: str) -> None:
        super().__init__(_("The output cannot be written: {reason}.").format(reason=reason))


def show(answer: Answer, *, as_json: bool) -> None:
    """Print an answer in the form that was asked for.

    Raises:
        OutputError: The place where the output goes is full, for example.
    """
    if as_json:
        text = "" if answer.value is None else as_json_text(answer.value)
    else:
        text = safe(answer.text if isinstance(answer.text, str) else answer.text())
    put(f"{text}\n" if text else "")
    for note in answer.notes:
        tell(note)


def put(text: str) -> None:
    """Write to stdout and see it off.

    Raises:
        OutputError: The place where it goes is full, for example.
    """
    if sys.stdout is None:
        return
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(error.strerror or str(error)) from error


def takes_bytes() -> bool:
    """Return whether stdout leads into a file or another program, which a picture may go to."""
    return hasattr(sys.stdout, "buffer") and not sys.stdout.isatty()


def put_bytes(content: bytes) -> None:
    """Write what is no text to stdout, where that takes it; raises OutputError."""
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(error.strerror or str(error)) from error


def tell(sentence: str) -> None:
    """Print one sentence on stderr."""
    if sys.stderr is not None:
        print(safe(sentence), file=sys.stderr, flush=True)


def as_json_text(value: object) -> str:
    """Return JSON in which everything a terminal might obey is escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=_plain)
    return UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def _plain(value: object) -> object:
    """Return what JSON has no form for as one that it has."""
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date | Path):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise TypeError(type(value).__name__)


def instant(value: datetime) -> str:
    """Return an instant as ISO 8601 in UTC, `2026-05-04T09:00:00Z`."""
    return value.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def local(value: object, zone: tzinfo) -> str:
    """Return a value for a table: instants on the reader's clock, nothing as `-`."""
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, tuple | list):
        return ", ".join(str(part) for part in value) or "-"
    return "-" if value is None or value == "" else str(value)


def safe(text: str) -> str:
    """Return a text that a terminal shows and never obeys."""
    return UNSAFE.sub("", text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """Return a text for one cell of a table."""
    return " ".join(safe(text).split())


def width(text: str) -> int:
    """Return how many cells a terminal needs for a line."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(letter) else 1 + (unicodedata.east_asian_width(letter) in "WF")
        for letter in text
    )


def table(
    headings: Sequence[str], rows: Sequence[Sequence[str]], *, right: frozenset[int] = frozenset()
) -> str:
    """Return rows under headings in columns as wide as they need.

    Args:
        headings: One for each column.
        rows: Cells; line ends and control characters are taken out.
        right: Columns that are aligned right.
    """
    lines = [tuple(headings), *(tuple(one_line(cell) for cell in row) for row in rows)]
    widths = [max(width(line[column]) for line in lines) for column in range(len(headings))]
    return "\n".join(
        GAP.join(
            _padded(cell, widths[column], column in right) for column, cell in enumerate(line)
        ).rstrip()
        for line in lines
    )


def _padded(cell: str, cells: int, right: bool) -> str:
    space = " " * (cells - width(cell))
    return space + cell if right else cell + space


def pairs(rows: Sequence[tuple[str, str]]) -> str:
    """Return names and values under each other, the values aligned."""
    longest = max((width(name) for name, _value in rows), default=0)
    return "\n".join(
        f"{name}{' ' * (longest - width(name))}{GAP}{one_line(value)}".rstrip()
        for name, value in rows
    )


def fitted_table(
    headings: Sequence[str], rows: Sequence[Sequence[str]], cells: int | None, *, cut: int
) -> str:
    """Return a table whose lines fit a terminal, by cutting one column.

    Args:
        headings: One for each column.
        rows: Cells.
        cells: How wide the terminal is; None cuts nothing.
        cut: The column that gives way, down to 10 cells.
    """
    rows = [[one_line(cell) for cell in row] for row in rows]
    if cells is not None:
        widths = [max(map(width, column)) for column in zip(headings, *rows, strict=True)]
        others = sum(widths) - widths[cut] + len(GAP) * (len(widths) - 1)
        room = max(cells - others, 10)
        rows = [[*row[:cut], shortened(row[cut], room), *row[cut + 1 :]] for row in rows]
    return table(headings, rows)


def shortened(text: str, cells: int) -> str:
    """Return a line that needs at most so many cells, `…` at its end where it was cut."""
    if width(text) <= cells:
        return text
    while width(text) > cells - 1:
        text = text[:-1]
    return f"{text}…"


def terminal_width() -> int | None:
    """Return how wide the terminal of stdout is, or None when it is none."""
    if sys.stdout is None or not sys.stdout.isatty():
        return None
    import shutil

    return shutil.get_terminal_size().columns
