"""Files and streams that people name: read whole, written whole, refused with a sentence."""

import os
import sys
from pathlib import Path

from boconsole.errors import BoconsoleError
from boconsole.language import N_, _


class FileRefusedError(BoconsoleError):
    """A file cannot be read or written."""

    def __init__(self, path: object, verb: str, reason: str) -> None:
        sentences = {
            "read": N_("{path} cannot be read: {reason}."),
            "written": N_("{path} cannot be written: {reason}."),
        }
        super().__init__(_(sentences[verb]).format(path=path, reason=reason))


def read_bytes(name: str) -> bytes:
    """Return what a file holds."""
    try:
        return Path(name).read_bytes()
    except (OSError, ValueError) as error:
        raise FileRefusedError(name, "read", reason(error)) from error


def size(name: str) -> int:
    """Return how many bytes a file has."""
    try:
        return Path(name).stat().st_size
    except (OSError, ValueError) as error:
        raise FileRefusedError(name, "read", reason(error)) from error


def read_text(name: str) -> str:
    """Return the UTF-8 text of a file, with or without a byte order mark."""
    return _decoded(read_bytes(name), name)


def read_stdin() -> str:
    """Return the UTF-8 text that comes in."""
    if sys.stdin is None:
        return ""
    source = getattr(sys.stdin, "buffer", None)
    try:
        return sys.stdin.read() if source is None else _decoded(source.read(), "stdin")
    except OSError as error:
        raise FileRefusedError("stdin", "read", reason(error)) from error


def write_text(name: str, text: str) -> None:
    """Write a file whole or not at all."""
    path = Path(name)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        unfinished.write_text(text, encoding="utf-8", newline="")
        unfinished.replace(path)
    except (OSError, ValueError) as error:
        unfinished.unlink(missing_ok=True)
        raise FileRefusedError(name, "written", reason(error)) from error


def write_new(name: str, content: bytes) -> Path:
    """Write a new file; what is there already stays."""
    path = Path(name)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
    except (OSError, ValueError) as error:
        raise FileRefusedError(name, "written", reason(error)) from error
    return path


def reason(error: Exception) -> str:
    """Return why, in the system's words."""
    return getattr(error, "strerror", None) or str(error)


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileRefusedError(
            name,
            "read",
            _("byte {place} is not UTF-8 text; save it as UTF-8").format(place=error.start + 1),
        ) from error
