"""Faults of the program: a log file with where it happened, and nothing about people.

A report holds the places in the code and the kind of fault. Values never reach it: no local
variables, and in the fault's own words addresses, quoted texts and long numbers are masked.
"""

from __future__ import annotations

import os
import re
import traceback
from datetime import datetime
from pathlib import Path

_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_NAME = re.compile(r"[A-Za-z_][\w.]{0,60}")
_ADDRESS = re.compile(r"[^\s'\"<>]+@[^\s'\"<>]+")
_NUMBER = re.compile(r"\d[\d.,]{3,}\d")


def masked(text: str) -> str:
    """Return a fault's words without what may be about a person."""

    def quoted(found: re.Match[str]) -> str:
        inner = found[1] if found[1] is not None else found[2]
        return found[0] if _NAME.fullmatch(inner) else "'…'"

    return _NUMBER.sub("#", _QUOTED.sub(quoted, _ADDRESS.sub("…@…", text)))[:500]


def report(error: BaseException, at: datetime, version: str) -> str:
    """Return the text of a fault for the log."""
    lines = [f"--- {at.isoformat()} boconsole {version}\n"]
    chain: BaseException | None = error
    while chain is not None:
        frames = traceback.extract_tb(chain.__traceback__)
        lines.extend(
            f"  {frame.filename}:{frame.lineno} {frame.name}\n    {frame.line}\n"
            for frame in frames
        )
        lines.append(f"{type(chain).__name__}: {masked(str(chain))}\n")
        chain = chain.__cause__ or chain.__context__
        if chain is not None:
            lines.append("  caused by:\n")
    return "".join(lines)


def write_fault(error: BaseException, path: Path, at: datetime, version: str) -> bool:
    """Add a fault to the log, readable by its owner alone; answers whether it could be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as log:
            log.write(report(error, at, version))
    except OSError:
        return False
    return True
