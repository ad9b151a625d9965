"""The log file: faults of the program, with where they happened, and nothing about people.

A report holds the places in the code and the kind of fault. Values never reach it: no local
variables, and in the fault's own words addresses, quoted texts and long numbers are masked.
"""

import os
import re
import traceback
from datetime import UTC, datetime
from pathlib import Path

from boconsole import __version__
from boconsole.text import UNSAFE

LARGEST = 1_000_000
"""Bytes after which a log is set aside and a new one begun."""
KEPT = 3
"""How many logs that were set aside are kept."""
WORDS_LIMIT = 500

_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_NAME = re.compile(r"[A-Za-z_][\w.]{0,60}")
_PASSWORD = re.compile(r"(//[^\s:/@]*):[^\s@/]*@")
_ADDRESS = re.compile(r"[^\s'\"<>()]+@[^\s'\"<>()]+")
_DETAIL = re.compile(r"\n[^\W\d_]{4,} ?:.*", re.DOTALL)
"""What PostgreSQL adds to its message, in its language: the values of the row."""
_NUMBER = re.compile(r"\d[\d.,]{3,}\d")


def write_fault(error: BaseException, path: Path, at: datetime | None = None) -> bool:
    """Add a fault to the log, readable by its owner alone.

    Args:
        error: With its traceback and its causes.
        path: The log; its folder is made when it is missing.
        at: When it happened; the present instant by default.

    Returns:
        Whether the log could be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        rotate(path)
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(report(error, at or datetime.now(UTC)))
    except OSError:
        return False
    return True


def rotate(path: Path) -> None:
    """Set a log that has grown too large aside, and let go of the oldest one."""
    try:
        if path.stat().st_size < LARGEST:
            return
    except FileNotFoundError:
        return
    for number in range(KEPT - 1, 0, -1):
        older = path.with_name(f"{path.name}.{number}")
        if older.exists():
            older.replace(path.with_name(f"{path.name}.{number + 1}"))
    path.replace(path.with_name(f"{path.name}.1"))


def report(error: BaseException, at: datetime) -> str:
    """Return the text of a fault for the log."""
    lines = [f"--- {at:%Y-%m-%dT%H:%M:%SZ} boconsole {__version__}\n"]
    chain: BaseException | None = error
    told: list[BaseException] = []
    while chain is not None and chain not in told:
        lines.extend(
            f"  {frame.filename}:{frame.lineno} {frame.name}\n    {frame.line}\n"
            for frame in traceback.extract_tb(chain.__traceback__)
        )
        lines.append(f"{type(chain).__name__}: {masked(str(chain))}\n")
        told.append(chain)
        chain = chain.__cause__ or chain.__context__
        if chain is not None and chain not in told:
            lines.append("  caused by:\n")
    return "".join(lines)


def masked(text: str) -> str:
    """Return a fault's words on one line, without what may be about a person."""

    def quoted(found: re.Match[str]) -> str:
        inner = found[1] if found[1] is not None else found[2]
        return found[0] if _NAME.fullmatch(inner) else "'…'"

    text = _DETAIL.sub("", text)
    text = " ".join(UNSAFE.sub("", text).split())
    text = _ADDRESS.sub("…@…", _PASSWORD.sub(r"\1:…@", text))
    return _NUMBER.sub("#", _QUOTED.sub(quoted, text))[:WORDS_LIMIT]
