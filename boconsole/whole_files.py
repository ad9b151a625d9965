"""Files that take their names when they are whole.

A link keeps leading to its file. Devices and pipes cannot take a name later: they are written
to as they are, and stay what they are.
"""

import os
from pathlib import Path

from boconsole.errors import BoconsoleError
from boconsole.language import _
from boconsole.text import safe


class UnwrittenError(BoconsoleError):
    """A file cannot be written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            _("{path} cannot be written: {reason}.").format(path=safe(str(path)), reason=reason)
        )


def require_new(path: Path) -> None:
    """Raise UnwrittenError where there is a file already."""
    if path.is_file():
        raise UnwrittenError(path, _("there is such a file already; choose another name"))


def unfinished(path: Path) -> Path:
    """Return where a file is written until it is whole: beside it, or a device or pipe itself."""
    if path.exists() and not path.is_file():
        return path
    real = Path(os.path.realpath(path))
    return real.with_name(f"{real.name}.part")


def keep_to_owner(path: Path) -> None:
    """Let only its owner read a file that is written as `unfinished` says; raises OSError."""
    part = unfinished(path)
    if part != path:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def put_in_place(path: Path) -> None:
    """Give a file that was written as `unfinished` says its name; raises OSError."""
    part = unfinished(path)
    if part != path:
        part.replace(os.path.realpath(path))


def discard(path: Path) -> None:
    """Remove what was written as `unfinished` says and is not whole; raises OSError."""
    part = unfinished(path)
    if part != path:
        part.unlink(missing_ok=True)
