"""Files of the reader's own machine: read to be attached, saved to look at. Never opened or run.

Over SSH the files would be the server's, so neither is possible there.
"""

from __future__ import annotations

import os
from pathlib import Path

from boconsole import filing
from boconsole.errors import InvalidChangeError
from boconsole.filing import File, safe_name
from boconsole.language import _
from boconsole.session import Session
from screens.reach import REMOTE


def read_files(session: Session, paths: str) -> list[File]:
    """Return the files of paths with commas between them; blocks.

    Raises:
        InvalidChangeError: One cannot be read, or is larger than the limit.
    """
    words = [word.strip() for word in paths.split(",") if word.strip()]
    if words and session.origin in REMOTE:
        raise InvalidChangeError("files", _("cannot be read from your machine over this line"))
    return [_read(Path(word).expanduser()) for word in words]


def _read(path: Path) -> File:
    try:
        if not path.is_file():
            raise InvalidChangeError("files", _("{path} is not a file").format(path=path))
        if path.stat().st_size > filing.limit_in_bytes:
            limit = filing.limit_in_bytes // 2**20
            text = _("{path} is larger than {limit} MiB").format(path=path, limit=limit)
            raise InvalidChangeError("files", text)
        return File(path.name, path.read_bytes())
    except OSError as error:
        text = _("{path} cannot be read: {reason}").format(path=path, reason=error.strerror)
        raise InvalidChangeError("files", text) from None


def save_content(name: str, content: bytes, where: str) -> Path:
    """Write the content of a file to a new path, or into a folder, and return it; blocks.

    Raises:
        InvalidChangeError: There is something already, or it cannot be written.
    """
    path = Path(where).expanduser()
    if path.is_dir():
        path /= safe_name(name)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
    except FileExistsError:
        text = _("{path} is there already; name another one").format(path=path)
        raise InvalidChangeError("path", text) from None
    except OSError as error:
        text = _("{path} cannot be written: {reason}").format(path=path, reason=error.strerror)
        raise InvalidChangeError("path", text) from None
    return path
