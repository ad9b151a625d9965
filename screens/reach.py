"""What a session from afar cannot reach: files lie on the server, not on the reader's machine."""

from __future__ import annotations

from boconsole.language import _
from boconsole.session import Session

REMOTE = ("ssh", "web")
FILE_ACTIONS = frozenset(
    ("list.export", "document.pdf", "bank.import", "budget.take-file", "article.file",
     "entry.file", "document.file", "ticket.file", "asset.file", "asset.labels")
)  # fmt: skip
"""Ids of the actions that read or write files."""


def out_of_reach(session: Session) -> str:
    """Return why files cannot be read or written from here, and what to do instead, or nothing."""
    if session.origin not in REMOTE:
        return ""
    if session.origin == "web":
        return _("Files cannot be reached from here; copy with y, or use the command line.")
    return _("No files over this line: copy with y, or run ssh HOST … - on your machine.")
