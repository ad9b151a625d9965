"""An open entry: its facts, its lines with the running total, and what happened to it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual.content import Content

from boconsole.language import N_, _
from boconsole.ledger import reading
from boconsole.ledger.reading import Whole
from boconsole.ledger.together import Ref
from screens.actions import SHOW
from screens.keys import DETAIL, Action
from screens.ledger import facts
from screens.ledger.acts import entry_actions
from screens.ledger.hanging import HANGING_ACTIONS, EntryHanging
from screens.ledger.histories import show_history
from screens.ledger.page import page_actions


def _no_draft(screen: EntryScreen) -> str:
    if screen.whole is None or screen.whole.entry.state == "draft":
        return ""
    return _("This entry is posted and never changes; R reverses it.")


def _sealed(screen: EntryScreen) -> str:
    return facts.sealed() if _no_draft(screen) else ""


def _not_posted(screen: EntryScreen) -> str:
    if screen.whole is None or screen.whole.entry.state == "posted":
        return ""
    return _("Only a posted entry that was not reversed yet can be reversed.")


class EntryScreen(EntryHanging):
    """One entry to read."""

    ALONE = N_("This entry was not opened from a list.")
    LAST = N_("There is no other entry this way.")
    ACTIONS: ClassVar[Sequence[Action]] = (
        *entry_actions(DETAIL, _no_draft, _not_posted, _sealed),
        Action("entry.history", N_("What happened to it"), ("H",), DETAIL, SHOW, rank=20,
               short=N_("history")),
        *HANGING_ACTIONS,
        *page_actions("entry", N_("Next entry of the list"), N_("Entry before in the list")),
    )  # fmt: skip

    # Reading

    def read(self, record_id: int) -> Whole:
        """Return the entry with what it refers to; blocks."""
        return reading.whole(self.session, str(record_id))

    def ref_of(self, whole: Whole) -> Ref:
        """Return the entry as it is acted on."""
        return Ref(whole.entry.head.id, whole.entry.head.version, whole.entry.number)

    def picture(self, whole: Whole, room: int) -> list[Content]:
        """Return its facts and its lines."""
        return facts.picture(whole, room, self.session)

    # Looking

    def action_history(self) -> None:
        """Show the audit trail of the entry."""
        trail = partial(reading.trail, self.session, self.record_id)
        show_history(self, self.number, trail)

    def open_reversal(self, entry_id: int) -> None:
        """Show the reversal, or what this one reverses."""
        self.app.push_screen(EntryScreen(entry_id))
