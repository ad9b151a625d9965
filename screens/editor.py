"""Long texts in the reader's own editor.

The text goes through a file that only its owner can read. Over SSH and in a
browser there is no editor: it would be a shell on the server.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from textual.app import SuspendNotSupported

from boconsole.language import _
from screens.cells import safe_block
from screens.reach import REMOTE
from screens.working import WorkingApp

FALLBACKS = ("sensible-editor", "nano", "vi")


def edit_text(app: WorkingApp, text: str) -> str | None:
    """Let the text be edited outside; return it, or None when that was not possible."""
    command = editor_command(os.environ)
    if app.session.origin in REMOTE or not command:
        app.say(_("There is no editor here; type the text in the field."), "warning")
        return None
    with tempfile.TemporaryDirectory(prefix="boconsole-") as folder:
        path = Path(folder) / "text.md"
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
        try:
            with app.suspend():
                ended = subprocess.run([*command, str(path)], check=False)  # noqa: S603 - theirs
        except (SuspendNotSupported, OSError):
            app.say(_("The editor cannot be opened here; type the text in the field."), "warning")
            return None
        app.repaint()
        if ended.returncode != 0:
            app.say(_("The editor ended with an error; the text is as before."), "warning")
            return None
        return safe_block(path.read_text(encoding="utf-8", errors="replace")).rstrip("\n")


def editor_command(environ: Mapping[str, str]) -> list[str]:
    """Return the words that start the editor, [] when there is none."""
    for named in (environ.get("VISUAL"), environ.get("EDITOR"), *FALLBACKS):
        words = shlex.split(named) if named else []
        if words and shutil.which(words[0]):
            return words
    return []
