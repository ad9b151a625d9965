"""What the console said: one line at a time, and the last hundred to look at again."""

from __future__ import annotations

from collections import deque
from datetime import datetime
from typing import Literal, NamedTuple

from boconsole.language import N_

Severity = Literal["information", "warning", "error"]

WORDS = {"information": "", "warning": N_("Note"), "error": N_("Error")}
"""The word before the sentence, so that severity is never told by style alone."""

LIMIT = 100


class Notice(NamedTuple):
    """One sentence: when in the zone of the reader, how bad, what."""

    at: datetime
    severity: Severity
    text: str


class Notices:
    """The sentence shown now and the ones before it."""

    def __init__(self) -> None:
        self.log: deque[Notice] = deque(maxlen=LIMIT)
        self.current: Notice | None = None

    def add(self, notice: Notice) -> None:
        """Show a sentence and keep it; the same one again replaces itself."""
        if not (self.log and self.log[-1][1:] == notice[1:]):
            self.log.append(notice)
        self.current = notice

    def dismiss(self) -> bool:
        """Take the shown sentence away; answers whether there was one."""
        shown, self.current = self.current, None
        return shown is not None
