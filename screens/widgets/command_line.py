"""The `:` line: an inline bar in the last two rows, with completion and history.

It knows texts only; what a finished line means is for the app (`Entered`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, Static

from boconsole.language import _
from screens.cells import safe
from screens.commands import Command, complete, understand


class Candidates(Widget):
    """The completions in one row, the chosen one marked."""

    found: reactive[Sequence[Command]] = reactive(())
    """The completions, best first."""
    chosen: reactive[int] = reactive(-1)
    """The place of the one that Tab put into the line; -1 for none."""

    def render(self) -> Text:
        """Return as many completions as fit; the first one carries its title."""
        line = Text(" ", no_wrap=True, end="")
        start = max(0, self.chosen - 3)
        for place, command in enumerate(self.found[start:], start):
            named = place == max(self.chosen, 0) and command.title.casefold() != command.text
            word = f"{safe(command.text)} ({safe(command.title)})" if named else safe(command.text)
            if cell_len(line.plain) + cell_len(word) + 2 > self.size.width:
                break
            line.append(word, "reverse" if place == self.chosen else "").append("  ")
        if not self.found:
            line.append(_("nothing fits; esc leaves"))
        return line


class CommandInput(Input):
    """The typed line; an empty one closes with backspace."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "candidate(1)", show=False),
        Binding("shift+tab", "candidate(-1)", show=False),
        Binding("up", "history(-1)", show=False),
        Binding("down", "history(1)", show=False),
        Binding("escape,ctrl+g,ctrl+o", "leave", show=False),
    ]

    class Left(Message):
        """The line was left without a command."""

    class Stepped(Message):
        """Another completion or an earlier line is wanted."""

        def __init__(self, step: int, *, history: bool) -> None:
            super().__init__()
            self.step = step
            self.history = history

    def action_candidate(self, step: int) -> None:
        """Ask for the next completion."""
        self.post_message(self.Stepped(step, history=False))

    def action_history(self, step: int) -> None:
        """Ask for an earlier or later line."""
        self.post_message(self.Stepped(step, history=True))

    def action_leave(self) -> None:
        """Leave without a command."""
        self.post_message(self.Left())

    def action_delete_left(self) -> None:
        """Delete a character, or leave when there is none."""
        if self.value:
            super().action_delete_left()
        else:
            self.post_message(self.Left())


class CommandLine(Vertical):
    """Completions above, the line below."""

    class Entered(Message):
        """A finished line."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Closed(Message):
        """The line went away; the focus goes back."""

    def __init__(self) -> None:
        super().__init__()
        self._commands: Sequence[Command] = ()
        self._prefixes: Sequence[str] = ()
        self._history: list[str] = []
        self._at = 0
        self._stepping = False

    def compose(self) -> ComposeResult:
        """Lay out the two rows."""
        yield Candidates()
        with Horizontal():
            yield Static(Text(":"), id="colon")
            yield CommandInput(compact=True, select_on_focus=False)

    def open(
        self, commands: Sequence[Command], history: list[str], prefixes: Sequence[str] = ()
    ) -> None:
        """Show the line, empty, and take the keys; `prefixes` are those of record numbers."""
        self._commands, self._history, self._at = commands, history, len(history)
        self._prefixes = prefixes
        entry = self.query_one(CommandInput)
        entry.cursor_blink = False
        entry.value = ""
        self._show(complete("", commands))
        self.add_class("-open")
        entry.focus()

    def _fitting(self, text: str) -> list[Command]:
        """Return what fits; a number, or an area with a query, is what Enter does with it."""
        meant = understand(text, self._commands, self._prefixes)
        if meant is not None and meant.kind == "record":
            return [meant._replace(text=text.strip(), title=_("opens this record"))]
        if meant is not None and meant.rest:
            return [meant._replace(text=text.strip())]
        return complete(text, self._commands)

    def _show(self, found: Sequence[Command], chosen: int = -1) -> None:
        row = self.query_one(Candidates)
        row.found, row.chosen = found, chosen

    def _put(self, text: str) -> None:
        entry = self.query_one(CommandInput)
        with entry.prevent(Input.Changed):
            entry.value = text
        entry.cursor_position = len(text)

    @on(Input.Changed)
    def _complete(self, event: Input.Changed) -> None:
        event.stop()
        self._show(self._fitting(event.value))

    @on(CommandInput.Stepped)
    def _step(self, event: CommandInput.Stepped) -> None:
        event.stop()
        row = self.query_one(Candidates)
        if event.history:
            self._at = min(max(self._at + event.step, 0), len(self._history))
            text = self._history[self._at] if self._at < len(self._history) else ""
            self._put(text)
            self._show(self._fitting(text))
        elif row.found:
            chosen = (row.chosen + event.step) % len(row.found)
            if row.chosen < 0 and event.step < 0:
                chosen = len(row.found) - 1
            row.chosen = chosen
            self._put(row.found[chosen].text)

    @on(Input.Submitted)
    def _enter(self, event: Input.Submitted) -> None:
        event.stop()
        text = event.value.strip()
        self._close()
        if text:
            if text in self._history:
                self._history.remove(text)
            self._history.append(text)
            self.post_message(self.Entered(text))

    @on(CommandInput.Left)
    def _leave(self, event: CommandInput.Left) -> None:
        event.stop()
        self._close()

    @on(events.DescendantBlur)
    def _blurred(self) -> None:
        if self.has_class("-open") and self.screen.focused is not None:
            self._close()

    def _close(self) -> None:
        if self.has_class("-open"):
            self.remove_class("-open")
            self.post_message(self.Closed())
