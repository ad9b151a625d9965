"""Other people's changes, noticed while nobody presses a key.

Every second or two the injected follower says whether it is worth to ask it, which costs next to
nothing; then it is asked in the app's thread, and what it found goes to every open screen as
`RecordsChanged`. So a hundred consoles that nobody looks at follow as quickly as one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Protocol

from textual.message import Message

from boconsole.errors import REFUSALS, DisabledAccountError
from boconsole.language import _
from screens.operations import StoppedError
from screens.reach import REMOTE
from screens.working import WorkingApp

EVERY, EVERY_AFAR = 1.0, 1.8
"""Seconds between two questions; many sessions from afar share one machine."""


class FoundChange(Protocol):
    """Records of one feature that somebody changed."""

    @property
    def feature(self) -> str: ...  # noqa: D102
    @property
    def ids(self) -> Iterable[int]: ...  # noqa: D102


class Follower(Protocol):
    """Knows of changes (`boconsole.changes.Follower`); `poll` may block."""

    def stirred(self) -> bool:
        """Return whether it is worth to ask `poll`: at once, from any thread."""

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
        self._timer: asyncio.TimerHandle | None = None
        self._question: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to ask."""
        if self._follower is not None:
            self._wait()

    def stop(self) -> None:
        """Ask no more."""
        if self._timer is not None:
            self._timer.cancel()

    def _wait(self) -> None:
        every = EVERY_AFAR if self._app.session.origin in REMOTE else EVERY
        self._timer = asyncio.get_running_loop().call_later(every, self.look)

    def look(self) -> None:
        """Ask where it is worth it; a timer of the library would cost more than the looking."""
        if self._follower is not None and self._follower.stirred():
            self._question = asyncio.ensure_future(self.ask())
        self._wait()

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
        if isinstance(outcome.error, DisabledAccountError):
            await self._sent_away(outcome.error)
            return
        if outcome.error is not None:
            self._lost(outcome.error)
            return
        if app.connection:
            app.connection = ""
            app.say(_("The database answers again."))
        for change in outcome.value or ():
            self.spread(change.feature, change.ids)

    async def _sent_away(self, reason: DisabledAccountError) -> None:
        """End the console of somebody whose account was disabled; what is typed is kept."""
        self._app.farewell = str(reason)
        await self._app.run_action("quit")

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
