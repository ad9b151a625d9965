"""Choosing from a long list by typing: one, or several with marks, or something new.

Answers through `dismiss`: the values chosen, or None when it was left.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from boconsole.language import _
from screens.cells import safe
from screens.dialogs import Choice, Dialog
from screens.widgets.menu import Menu

SHOWN = 200


class PickInput(Input):
    """The typed beginning; the arrows move in the list below, space marks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "step(1)", show=False),
        Binding("up,ctrl+p", "step(-1)", show=False),
    ]

    class Stepped(Message):
        """Another line is wanted."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    class Marked(Message):
        """The line under the cursor is marked, or not any more."""

    def __init__(self, *, marks: bool) -> None:
        super().__init__(compact=True, select_on_focus=False)
        self.cursor_blink = False
        self._marks = marks

    def on_key(self, event: Key) -> None:
        """Mark with the space, where marks are made."""
        if self._marks and event.key == "space":
            event.stop()
            event.prevent_default()
            self.post_message(self.Marked())

    def action_step(self, step: int) -> None:
        """Ask for another line."""
        self.post_message(self.Stepped(step))


class PickDialog(Dialog[tuple[str, ...]]):
    """Some of many.

    Args:
        title: What is chosen.
        choices: In order; typing narrows them by any part of their texts.
        several: Whether more than one can be taken, with space.
        marked: Values that are marked at first.
        new: Whether what was typed can be taken itself.
    """

    AUTO_FOCUS = "PickInput"
    CSS = """
    PickDialog.dialog OptionList {
        max-height: 12;
        margin-top: 0;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    """

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        *,
        several: bool = False,
        marked: Collection[str] = (),
        new: bool = False,
    ) -> None:
        one = _("Type to narrow   enter takes   esc leaves")
        many = _("Type to narrow   space marks   enter takes   esc leaves")
        super().__init__(title, many if several else one)
        self._choices = list(choices)
        self._several, self._new = several, new
        self._marked = dict.fromkeys(marked)
        self._shown: list[Choice] = []

    def body(self) -> ComposeResult:
        """Yield the line and the list."""
        yield PickInput(marks=self._several)
        yield Menu(markup=False, compact=True)

    def on_mount(self) -> None:
        """Show every choice."""
        self.query_one(OptionList).can_focus = False
        self._show("")

    def _show(self, typed: str, stand_on: int = 0) -> None:
        words = typed.casefold().split()
        found = [
            choice
            for choice in self._choices
            if all(word in f"{choice.value} {choice.text}".casefold() for word in words)
        ]
        exact = any(choice.value.casefold() == typed.casefold() for choice in self._choices)
        if self._new and typed and not exact:
            found.append(Choice(typed, _("{text} (new)").format(text=typed)))
        self._shown = found[:SHOWN]
        menu = self.query_one(OptionList)
        menu.clear_options()
        menu.add_options([Option(self._worded(choice)) for choice in self._shown])
        if not self._shown:
            menu.add_option(Option(Text(_("Nothing fits.")), disabled=True))
        menu.highlighted = min(stand_on, len(self._shown) - 1) if self._shown else None

    def _worded(self, choice: Choice) -> Text:
        text = Text(safe(choice.text))
        if not self._several:
            return text
        return Text("[x] " if choice.value in self._marked else "[ ] ") + text

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._show(event.value.strip())

    @on(PickInput.Stepped)
    def _step(self, event: PickInput.Stepped) -> None:
        event.stop()
        menu = self.query_one(OptionList)
        if event.step > 0:
            menu.action_cursor_down()
        else:
            menu.action_cursor_up()

    @on(PickInput.Marked)
    def _mark(self, event: PickInput.Marked) -> None:
        event.stop()
        here = self.query_one(OptionList).highlighted
        if here is None:
            return
        choice = self._shown[here]
        if choice.value in self._marked:
            del self._marked[choice.value]
        else:
            self._marked[choice.value] = None
            if choice.value not in {known.value for known in self._choices}:
                self._choices.append(Choice(choice.value, choice.value))
        self._show(self.query_one(PickInput).value.strip(), here)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self._several:
            self.post_message(PickInput.Marked())
        else:
            self.dismiss((self._shown[event.option_index].value,))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        here = self.query_one(OptionList).highlighted
        if self._several:
            typed = event.value.strip()
            fresh = self._shown[here] if here is not None and typed else None
            if fresh is not None and fresh.value not in self._marked:
                self._marked[fresh.value] = None
            self.dismiss(tuple(self._marked))
        elif here is not None:
            self.dismiss((self._shown[here].value,))
