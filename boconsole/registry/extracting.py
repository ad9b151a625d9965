"""The text of files: plain text here, PDF and DOCX in a process of their own with limits.

Files come from outside: one may be made to take all memory, or never to end. The process that
reads it has a limit of memory and of time, and whatever becomes of it, the file stays.
"""

import json
import resource
import subprocess
import sys
from pathlib import PurePath
from typing import NamedTuple

from boconsole.language import N_, _
from boconsole.text import safe

MOST = 200_000
"""Characters that are kept."""
SECONDS, MEMORY = 20, 768 * 2**20
PLAIN = frozenset((".txt", ".md", ".markdown", ".csv", ".tsv", ".log", ".json", ".eml", ".rst"))
READERS = {".pdf": "pypdf", ".docx": "docx"}
"""By the ending of the name: the library of the extra `documents`."""
MISSING = N_("boconsole[documents] is not installed here")


class Text(NamedTuple):
    """What was read of a file; `state` is one of `words.TEXTS`, `why` says more of a failure."""

    text: str
    state: str
    why: str = ""


def text_of(name: str, content: bytes) -> Text:
    """Return the text of a file.

    Raises:
        PermissionError: No other program may be started here.
    """
    ending = PurePath(name).suffix.lower()
    if ending in PLAIN:
        return _whole(decoded(content[: 4 * MOST]))
    if ending not in READERS:
        return Text("", "unknown")
    return _apart(READERS[ending], content)


def decoded(content: bytes) -> str:
    """Return bytes as text: UTF-8 with or without a mark, UTF-16 with one, else Latin-1."""
    for encoding in ("utf-8-sig", "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ""):
        try:
            return content.decode(encoding) if encoding else content.decode("latin-1")
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _whole(text: str) -> Text:
    text = safe(text[: MOST + 1]).strip()
    if not text:
        return Text("", "empty")
    return Text(text[:MOST], "cut" if len(text) >= MOST else "read")


def _apart(library: str, content: bytes) -> Text:
    command = [sys.executable, "-m", "boconsole.registry.extraction", library, str(MOST)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, nothing of a record in the words
            command, input=content, capture_output=True, timeout=2 * SECONDS, check=False,
            preexec_fn=_limited,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Text("", "failed", _("it takes longer than {n} s").format(n=2 * SECONDS))
    except PermissionError:
        raise
    except OSError as error:
        return Text("", "failed", error.strerror or str(error))
    try:
        found = json.loads(done.stdout) if done.returncode == 0 else None
    except ValueError:
        found = None
    if not found:
        return Text("", "failed", _fault(done.returncode, done.stderr))
    if found.get("missing"):
        return Text("", "failed", _(MISSING))
    whole = _whole(str(found.get("text", "")))
    return whole._replace(state="cut") if found.get("cut") and whole.text else whole


def _fault(code: int, said: bytes) -> str:
    """Return why the process ended: of a limit, or of what the library said of the file."""
    last = safe(said[-2_000:].decode("utf-8", "replace")).strip().rpartition("\n")[2]
    reason = last.partition(": ")[2][:200]
    if code < 0 or not reason or "MemoryError" in last:
        return _("it needs more time or memory than a file may")
    return reason


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
