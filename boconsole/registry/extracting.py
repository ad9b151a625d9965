"""The text of files: plain text here, PDF and DOCX in a process of their own with limits.

Files come from outside: one may be made to take all memory, or never to end. The process that
reads it has a limit of memory and of time, and whatever becomes of it, the file stays.
"""

import codecs
import json
import os
import re
import resource
import select
import subprocess
import sys
from collections.abc import Callable
from pathlib import PurePath
from tempfile import TemporaryFile
from threading import Event
from time import monotonic
from typing import NamedTuple

from boconsole.language import N_, _
from boconsole.text import safe

MOST = 200_000
"""Characters that are kept."""
SECONDS, MEMORY = 20, 768 * 2**20
ANSWER = 8 * 2**20
"""Bytes that the process may write."""
TICK, SAID = 0.2, 2_000
PAGE = re.compile(rb"^@ (\d{1,9}) (\d{1,9})$", re.MULTILINE)
PLAIN = frozenset((".txt", ".md", ".markdown", ".csv", ".tsv", ".log", ".json", ".eml", ".rst"))
READERS = {".pdf": "pypdf", ".docx": "docx"}
"""By the ending of the name: the library of the extra `documents`."""
MISSING = N_("boconsole[documents] is not installed here")


class Text(NamedTuple):
    """What was read of a file; `state` is one of `words.TEXTS`, `why` says more of a failure."""

    text: str
    state: str
    why: str = ""


class StoppedReadingError(Exception):
    """Whoever waited for a text stopped it."""


class Watch(NamedTuple):
    """How somebody follows the reading of a file.

    Attributes:
        stop: Ends it, once set.
        tell: Is told page and number of pages.
    """

    stop: Event
    tell: Callable[[int, int], object] = lambda _page, _pages: None


def is_plain(name: str) -> bool:
    """Return whether a file is read at once: no process has to be started for it."""
    return PurePath(name).suffix.lower() not in READERS


def text_of(name: str, content: bytes, watch: Watch | None = None) -> Text:
    """Return the text of a file.

    Args:
        name: Of the file; its ending says of which kind it is.
        content: All of it.
        watch: Is told how far it is, and may stop it.

    Raises:
        PermissionError: No other program may be started here.
        StoppedReadingError: `watch` stopped it.
    """
    ending = PurePath(name).suffix.lower()
    if ending in PLAIN:
        return _whole(decoded(content[: 4 * MOST]))
    if ending not in READERS:
        return Text("", "unknown")
    return _apart(READERS[ending], content, watch or Watch(Event()))


def decoded(content: bytes) -> str:
    """Return bytes as text: UTF-8 with or without a mark, UTF-16 with one, else Latin-1.

    A letter that is cut off at the end is left out.
    """
    marked = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-8-sig", "utf-16") if marked else ("utf-8-sig",):
        try:
            return codecs.getincrementaldecoder(encoding)().decode(content)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _whole(text: str) -> Text:
    text = safe(text[: MOST + 1]).strip()
    if not text:
        return Text("", "empty")
    return Text(text[:MOST], "cut" if len(text) >= MOST else "read")


def _apart(library: str, content: bytes, watch: Watch) -> Text:
    command = [sys.executable, "-m", "boconsole.registry.extraction", library, str(MOST)]
    try:
        with TemporaryFile() as given, TemporaryFile() as answer:
            given.write(content)
            given.seek(0)
            with subprocess.Popen(  # noqa: S603 - our own module, nothing of a record in the words
                command, stdin=given, stdout=answer, stderr=subprocess.PIPE, preexec_fn=_limited,
            ) as process:  # fmt: skip
                said = _followed(process, watch)
            answer.seek(0)
            found = json.loads(answer.read()) if process.returncode == 0 else None
    except subprocess.TimeoutExpired:
        return Text("", "failed", _("it takes longer than {n} s").format(n=2 * SECONDS))
    except PermissionError:
        raise
    except OSError as error:
        return Text("", "failed", error.strerror or str(error))
    except ValueError:
        found = None
    if not found:
        return Text("", "failed", _fault(process.returncode, said))
    if found.get("missing"):
        return Text("", "failed", _(MISSING))
    whole = _whole(str(found.get("text", "")))
    return whole._replace(state="cut") if found.get("cut") and whole.text else whole


def _followed(process: subprocess.Popen[bytes], watch: Watch) -> bytes:
    """Return the last of what a process says, once it has ended; ends it where it has to.

    Raises:
        StoppedReadingError, subprocess.TimeoutExpired: It was ended.
    """
    assert process.stderr is not None
    said, until = b"", monotonic() + 2 * SECONDS
    try:
        while True:
            if watch.stop.is_set():
                raise StoppedReadingError
            if monotonic() > until:
                raise subprocess.TimeoutExpired(process.args, 2 * SECONDS)
            if not select.select((process.stderr,), (), (), TICK)[0]:
                continue
            piece = os.read(process.stderr.fileno(), 4_096)
            if not piece:
                process.wait(max(until - monotonic(), TICK))
                return said
            said = (said + piece)[-SAID:]
            if told := PAGE.findall(piece):
                watch.tell(int(told[-1][0]), int(told[-1][1]))
    finally:
        process.kill()


def _fault(code: int, said: bytes) -> str:
    """Return why the process ended: of a limit, or of what the library said of the file."""
    last = safe(said.decode("utf-8", "replace")).strip().rpartition("\n")[2]
    reason = last.partition(": ")[2][:200]
    if code < 0 or not reason or "MemoryError" in last:
        return _("it needs more time or memory than a file may")
    return reason


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (ANSWER, ANSWER))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
