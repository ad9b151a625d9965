"""What every screen has around its body: header, notice, footer, `:` line.

A screen names its actions in `ACTIONS` and answers each with a method `action_verb`; keys,
footer, help and commands follow from that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar, NamedTuple, Protocol, TypeVar, runtime_checkable

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import WorkType

from boconsole.errors import InvalidChangeError, StaleRecordError
from boconsole.language import _
from boconsole.session import Session
from screens.app import BoconsoleApp
from screens.commands import Command
from screens.following import RecordsChanged
from screens.keys import UNBOUND, Action, bindings, by_id, key_name
from screens.places import Place
from screens.reach import FILE_ACTIONS, out_of_reach
from screens.widgets.bars import FooterLine, HeaderLine, Heading, Hint, NoticeLine, TooSmall
from screens.widgets.command_line import CommandLine
from screens.working import CHANGES, StatusChanged

T = TypeVar("T")


@runtime_checkable
class KeepsDraft(Protocol):
    """A screen with typed values that must not be lost."""

    async def keep_draft(self) -> bool:
        """Store what is typed; answers whether nothing would be lost."""


@runtime_checkable
class HintsKeys(Protocol):
    """A widget that takes the keys while it has the cursor, and says which ones do what."""

    @property
    def key_hints(self) -> Sequence[Hint]: ...  # noqa: D102


class WorkingAction(NamedTuple):
    """An action that works here now and the keys that start it."""

    action: Action
    keys: tuple[str, ...]


class ShellScreen(Screen[None]):
    """A screen with the lines around it; subclasses give `body`.

    Attributes:
        AREA: The area it belongs to.
        FEATURE: Of its records, as changes are told; the area's id when empty.
        ACTIONS: What can be done on it, beyond the actions of its base classes.
        PARTS: The screens reached from it as `module:Class`, for the page of keys and the keymap.
    """

    AUTO_FOCUS = "#body *"
    AREA: ClassVar[str] = ""
    FEATURE: ClassVar[str] = ""
    ACTIONS: ClassVar[Sequence[Action]] = ()
    PARTS: ClassVar[Sequence[str]] = ()
    app = getters.app(BoconsoleApp)

    def __init_subclass__(cls, **keywords: Any) -> None:  # Any: the library's signature
        """Make the bindings of the class from its actions."""
        if "ACTIONS" in cls.__dict__:
            own: list[BindingType] = list(cls.__dict__.get("BINDINGS", ()))
            cls.BINDINGS = [*own, *bindings(cls.ACTIONS)]
        super().__init_subclass__(**keywords)

    def __init__(self) -> None:
        super().__init__()
        tables = [vars(kind).get("ACTIONS", ()) for kind in reversed(type(self).__mro__)]
        self.actions: dict[str, Action] = by_id(*tables)
        self._focused_before: Widget | None = None
        self._header, self._notice = HeaderLine(), NoticeLine()

    @property
    def session(self) -> Session:
        """Who acts."""
        return self.app.session

    # Showing

    def compose(self) -> ComposeResult:
        """Lay out the lines around the body."""
        yield self._header
        with Container(id="body"):
            yield from self.body()
        with Vertical(id="bottom"):
            yield self._notice
            yield FooterLine()
            yield CommandLine()
        yield TooSmall()

    def body(self) -> ComposeResult:
        """Yield what the screen is about."""
        yield from ()

    def heading(self) -> Heading:
        """Return what the header tells; the shell fills in `who`, and `state` where it is busy."""
        area = self.app.areas.get(self.AREA)
        title = area.title if area else self.TITLE or ""
        return Heading(area=_(title))

    def on_mount(self) -> None:
        """Draw the lines and follow what works here."""
        self.bindings_updated_signal.subscribe(self, self._show_footer)
        self.show_status()
        self._show_footer()

    def on_screen_resume(self) -> None:
        """Draw the lines again after another screen."""
        if self.is_mounted:
            self.show_status()

    @on(StatusChanged)
    def show_status(self) -> None:
        """Draw header and notice again; a screen that closed while its rows were read has none."""
        if not self._header.is_attached:
            return
        app = self.app
        found, who = self.heading(), self.session.user.login
        state = app.busy or found.state or app.connection
        self._header.heading = found._replace(who=who, state=state)
        self._notice.notice = app.notices.current

    def working_actions(self) -> list[WorkingAction]:
        """Return the actions whose keys work here now, in the order they were named."""
        keys: dict[str, list[str]] = {}
        for key, active in self.active_bindings.items():
            if active.binding.id and active.enabled:
                found = keys.setdefault(active.binding.id, [])
                found += [] if key.startswith(UNBOUND) else [key]
        known = [*self.actions.values(), *self.app.actions.values()]
        return [
            WorkingAction(action, tuple(keys[action.id]))
            for action in known
            if action.id in keys and not self.why_not(action)
        ]

    def _show_footer(self, _screen: object = None) -> None:
        if not self.is_current:
            return
        footer = self.query_one(FooterLine)
        if hinting := self._hinting():
            footer.hints, footer.help_hint = hinting.key_hints, None
            return
        ranked = sorted(
            (found for found in self.working_actions() if found.action.rank and found.keys),
            key=lambda found: found.action.rank,
        )
        hints = [
            Hint(key_name(keys[0]), _(action.short or action.title)) for action, keys in ranked
        ]
        helps = bool(ranked) and ranked[-1].action.verb == "help"
        footer.hints = hints[:-1] if helps else hints
        footer.help_hint = hints[-1] if helps else None

    def _hinting(self) -> HintsKeys | None:
        """Return the widget with the cursor, or around it, that has keys of its own."""
        nodes = self.focused.ancestors_with_self if self.focused else ()
        return next((node for node in nodes if isinstance(node, HintsKeys)), None)

    # Acting

    def why_not(self, action: Action) -> str:
        """Return the sentence that says why an action is impossible now, or ""."""
        if action.id in FILE_ACTIONS and (reason := out_of_reach(self.session)):
            return reason
        return action.why_not(self)

    async def action_act(self, action_id: str) -> None:
        """Run one of this screen's actions, or say why it is impossible."""
        action = self.actions[action_id]
        if reason := self.why_not(action):
            self.app.say(reason, "warning")
        else:
            await self.app.run_action(("", action.method, ()), self)

    def change(
        self,
        work: Callable[[], T],
        *,
        said: str | Callable[[T], str] = "",
        touched: Iterable[int] = (),
        feature: str = "",
        done: Callable[[T], None] | None = None,
        stale: Callable[[StaleRecordError], None] | None = None,
    ) -> None:
        """Run an operation and tell how it went; the way of every key that changes records.

        Args:
            work: The operation, complete: `partial(tickets.assign, session, rows, login)`.
            said: The sentence after it, or a function of its answer.
            touched: Ids of the records it changes; every list that shows them reads again.
            feature: Of those records; the area's when empty.
            done: Called with the answer.
            stale: Called when somebody else was faster; without it a dialog shows both sides.
        """
        kept = frozenset(touched)

        async def run() -> None:
            outcome = await self.app.attempt(work)
            if outcome.error is None:
                answer: T = outcome.value  # type: ignore[assignment]  # T itself may hold None
                if sentence := said(answer) if callable(said) else said:
                    self.app.say(sentence)
                self.app.following.spread(feature or self.FEATURE or self.AREA, kept)
                if done is not None and self.is_running:
                    done(answer)
            elif not self.is_running:
                self.app.report(outcome.error)
            elif isinstance(outcome.error, StaleRecordError):
                self.app.following.spread(feature or self.FEATURE or self.AREA, kept)
                (stale or self._show_conflict)(outcome.error)
            else:
                self.refused(outcome.error)

        started: WorkType[None] = run
        # The app's, not the screen's: a change goes on when its screen is left.
        self.app.run_worker(started, group=CHANGES)

    def refused(self, error: Exception) -> None:
        """Say why an operation was refused; forms put the cursor on the wrong field first."""
        if isinstance(error, InvalidChangeError):
            self.app.say(str(error), "error")
        else:
            self.app.report(error)

    def _show_conflict(self, error: StaleRecordError) -> None:
        from screens.conflict import ConflictDialog

        self.app.push_screen(ConflictDialog(error, keeping=False))

    def load(self, work: Callable[[], T], done: Callable[[T], None], *, group: str) -> None:
        """Read in the app's thread; of one group only the last answer is taken."""

        async def run() -> None:
            outcome = await self.app.attempt(work)
            if not self.is_running:
                return
            if outcome.error is not None:
                self.app.report(outcome.error)
            else:
                done(outcome.value)  # type: ignore[arg-type]  # T itself may hold None

        started: WorkType[None] = run
        self.run_worker(started, group=group, exclusive=True)

    # Places and commands

    def place(self) -> Place:
        """Return where this screen is, for the places visited."""
        return Place(self.AREA)

    async def show_place(self, place: Place) -> None:
        """Show a place of this screen's area."""

    def view_names(self) -> Sequence[str]:
        """Return the names of the saved views."""
        return ()

    def show_view(self, name: str) -> None:
        """Show a saved view."""

    def step_back(self) -> bool:
        """Undo one step of looking (marks, filter); answers whether there was one."""
        return False

    def asks_to_close(self) -> bool:
        """Ask before something typed would be lost; answers whether it asks."""
        return False

    @on(RecordsChanged)
    def _records_changed(self, event: RecordsChanged) -> None:
        self.records_changed(event)  # a handler itself cannot be overridden

    def records_changed(self, event: RecordsChanged) -> None:
        """React to records that are others now."""

    def open_command_line(self, commands: Sequence[Command], history: list[str]) -> None:
        """Show the `:` line in place of notice and footer."""
        self._focused_before = self.focused
        self.add_class("-commanding")
        prefixes = [one for area in self.app.areas.values() for one in area.prefixes]
        self.query_one(CommandLine).open(commands, history, prefixes)

    @on(CommandLine.Closed)
    def _close_command_line(self) -> None:
        self.remove_class("-commanding")
        before = self._focused_before
        self.set_focus(before if before is not None and before.is_attached else None)

    @on(CommandLine.Entered)
    def _run_line(self, event: CommandLine.Entered) -> None:
        self.app.call_later(self.app.run_typed, event.text)
