"""Other people's changes, noticed while nobody presses a key.

Every second or two the injected follower is asked in the app's thread; what it found goes to every
open screen as `RecordsChanged`. From afar it is asked more rarely where no key came for a minute:
a hundred consoles that nobody looks at would take a tenth of a core else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from time import monotonic
from typing import Protocol

from textual.message import Message

from boconsole.errors import REFUSALS
from boconsole.language import _
from screens.operations import StoppedError
from screens.reach import REMOTE
from screens.working import WorkingApp

EVERY, EVERY_AFAR = 1.0, 1.8
"""Seconds between two questions; many sessions from afar share one machine."""
RESTED_AFTER, EVERY_RESTED = 60.0, 3
"""Seconds without a key after which, from afar, only each third question is asked."""


class FoundChange(Protocol):
    """Records of one feature that somebody changed."""

    @property
    def feature(self) -> str: ...  # noqa: D102
    @property
    def ids(self) -> Iterable[int]: ...  # noqa: D102


class Follower(Protocol):
    """Knows of changes (`boconsole.changes.Follower`); `poll` may block."""

    def poll(self) -> Sequence[FoundChange]:
        """Return what changed since the last call."""


class RecordsChanged(Message):
    """Records of one feature are others now; lists that show them read them again."""

    def __init__(self, feature: str, ids: Iterable[int]) -> None:
        super().__init__()
        self.feature = feature
        self.ids = frozenset(ids)


class Following:
    """Asks a follower now and then and spreads what it found.

    Args:
        app: Whose screens are told.
        follower: What is asked; None: nothing is followed.
    """

    def __init__(self, app: WorkingApp, follower: Follower | None) -> None:
        self._app = app
        self._follower = follower
        self._asking = False
        self._turn = 0

    def start(self) -> None:
        """Begin to ask; the timer ends with the app."""
        if self._follower is not None:
            afar = self._app.session.origin in REMOTE
            every, turn = (EVERY_AFAR, self.ask_afar) if afar else (EVERY, self.ask)
            self._app.set_interval(every, turn, name="following")

    async def ask_afar(self) -> None:
        """Ask, but not each time where nobody has pressed a key for long."""
        self._turn += 1
        if monotonic() - self._app.heard_at < RESTED_AFTER or self._turn % EVERY_RESTED == 0:
            await self.ask()

    async def ask(self) -> None:
        """Ask once, unless the thread is busy or the last question is unanswered."""
        follower, app = self._follower, self._app
        if follower is None or self._asking or app.operations.busy_for:
            return
        self._asking = True
        outcome = await app.attempt_unseen(follower.poll)
        self._asking = False
        if isinstance(outcome.error, StoppedError):
            return
        if outcome.error is not None:
            self._lost(outcome.error)
            return
        if app.connection:
            app.connection = ""
            app.say(_("The database answers again."))
        for change in outcome.value or ():
            self.spread(change.feature, change.ids)

    def _lost(self, error: Exception) -> None:
        if self._app.connection:
            return
        if not isinstance(error, (*REFUSALS, OSError)):
            self._app.report(error)
        else:
            self._app.say(_("The database does not answer; trying again."), "error")
        self._app.connection = _("no connection")

    def spread(self, feature: str, ids: Iterable[int]) -> None:
        """Tell every open screen that records changed."""
        kept = frozenset(ids)
        for screen in self._app.open_screens:
            screen.post_message(RecordsChanged(feature, kept))
