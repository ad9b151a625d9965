"""The app's workshop: running operations, saying what happened, and surviving faults.

Refusals become a sentence; faults go to the log file and become a sentence that names it.
No traceback reaches the screen.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from rich.text import Text
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer

from boconsole.errors import REFUSALS
from boconsole.language import _
from boconsole.logs import write_fault
from boconsole.session import Session
from boconsole.settings import Settings
from screens.diff import DiffMixin
from screens.notices import Notice, Notices, Severity
from screens.operations import Operations, StoppedError
from screens.terminal import clipboard_sequence
from screens.typing_ahead import TypingAheadApp

T = TypeVar("T")
SHOW_AFTER, OFFER_STOP_AFTER = 0.2, 2.0
CHANGES = "change"
"""The group of the workers that wait for a change."""


class Drafts(Protocol):
    """Where typed values wait for their form (`boconsole.drafts`)."""

    def keep(
        self, session: Session, form: str, record_id: int, fields: Mapping[str, str], /
    ) -> object:
        """Store what is typed in a form."""

    def find(self, session: Session, form: str, record_id: int, /) -> Any:  # Any: a draft row
        """Return what was typed, None when there is nothing."""

    def discard(self, session: Session, form: str, record_id: int, /) -> object:
        """Forget what was typed."""


class Outcome(NamedTuple, Generic[T]):
    """How an operation ended: its answer, or its error."""

    value: T | None
    error: Exception | None = None


class StatusChanged(Message):
    """The notice, the connection or the busy mark is another one now."""


class WorkingApp(DiffMixin, TypingAheadApp):
    """Runs operations in one thread and turns their errors into sentences.

    Attributes:
        session: Who acts.
        settings: How the console was started.
        operations: The worker thread.
        notices: What was said.
        connection: How the line to the database is, in a word; "" when all is well.
        farewell: Why the console ended by itself; "" when somebody left it.
    """

    def __init__(self, session: Session, settings: Settings, operations: Operations) -> None:
        super().__init__(cell_diff=settings.cell_diff)
        self.session = session
        self.settings = settings
        self.operations = operations
        self.notices = Notices()
        self.connection = ""
        self.farewell = ""
        self._busy_timer: Timer | None = None

    async def run_operation(self, work: Callable[[], T]) -> T:
        """Run `work` in the app's thread and return its answer; its errors come through."""
        if self._busy_timer is None:
            self._busy_timer = self.set_timer(SHOW_AFTER, self._still_busy)
        try:
            return await self.operations.run(work)
        finally:
            if not self.operations.busy_for and self._busy_timer is not None:
                self._busy_timer.stop()
                self._busy_timer = None
                self.tell_status()

    async def attempt(self, work: Callable[[], T]) -> Outcome[T]:
        """Run `work` and return its answer or its error; the root below which none is caught."""
        try:
            return Outcome(await self.run_operation(work))
        except Exception as error:
            return Outcome(None, error)

    async def attempt_unseen(self, work: Callable[[], T]) -> Outcome[T]:
        """The same for what nobody asked for: the screen does not say that it runs."""
        try:
            return Outcome(await self.operations.run(work))
        except Exception as error:
            return Outcome(None, error)

    def _still_busy(self) -> None:
        self._busy_timer = self.set_timer(1.0, self._still_busy)
        self.tell_status()

    @property
    def busy(self) -> str:
        """What the header says about work under way: "", `working…`, and how to stop it."""
        seconds = self.operations.busy_for
        if seconds < SHOW_AFTER:
            return ""
        if seconds < OFFER_STOP_AFTER:
            return _("working…")
        return _("working {seconds} s, esc stops").format(seconds=int(seconds))

    async def finish_changes(self) -> None:
        """Wait for the changes that were asked for: none is dropped because somebody quits."""
        under_way = [worker for worker in self.workers if worker.group == CHANGES]
        if under_way:
            await self.workers.wait_for_complete(under_way)

    def stop_work(self) -> bool:
        """Stop an operation that takes long; answers whether there was one."""
        return self.operations.busy_for > OFFER_STOP_AFTER and self.operations.stop()

    @property
    def open_screens(self) -> Iterator[Screen[Any]]:  # Any: dialogs answer all kinds of values
        """Every screen of every area that is open."""
        for stack in self._screen_stacks.values():
            yield from stack

    def tell_status(self) -> None:
        """Let the screen draw header and notice again."""
        if self.screen_stack:
            self.screen.post_message(StatusChanged())

    def say(self, text: str, severity: Severity = "information") -> None:
        """Show a sentence in the notice line; it stays until the next key."""
        here = self.session.now().astimezone(self.session.zone)
        self.notices.add(Notice(here, severity, text))
        self.tell_status()

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: Severity = "information",
        timeout: float | None = None,  # noqa: ARG002 - the library's signature
        markup: bool = True,  # noqa: ARG002
    ) -> None:
        """Say what the library wants to notify: one line, never a toast, never markup."""
        self.say(f"{title} {message}".strip(), severity)

    def report(self, error: BaseException) -> None:
        """Turn an error into a sentence: a refusal as it is, a fault by the name of the log."""
        if isinstance(error, StoppedError):
            self.say(_("Stopped."))
        elif isinstance(error, REFUSALS):
            self.say(str(error), "error")
        else:
            self.say(self._log_fault(error), "error")

    def _log_fault(self, error: BaseException) -> str:
        path = self.settings.log
        if write_fault(error, path, self.session.now()):
            text = _("Something went wrong inside boconsole; nothing more was done. See {path}.")
        else:
            text = _("Something went wrong inside boconsole, and {path} cannot be written.")
        return text.format(path=path)

    def _handle_exception(self, error: Exception) -> None:
        """End after a fault with one sentence on the terminal and the rest in the log."""
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self.panic(Text(self._log_fault(error), no_wrap=True, overflow="ignore"))

    def before_key(self) -> None:
        """Let the notice go at the next key."""
        if self.notices.dismiss():
            self.tell_status()

    def copy_to_clipboard(self, text: str) -> None:
        """Copy through the terminal (OSC 52), also inside tmux and screen."""
        self._clipboard = text
        sequence = clipboard_sequence(text, os.environ)
        if not sequence:
            self.say(_("That is too long for the terminal's clipboard; export it (x)."), "warning")
        elif self._driver is not None:
            self._driver.write(sequence)
