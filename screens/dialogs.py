"""Questions asked in a box over the screen: yes or no, one of a menu, a line of text.

Each answers through `dismiss`: the choice, or None when it was left. Boxes are opaque and cover
only themselves, so opening one writes no more than its own cells.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain, repeat
from typing import ClassVar, NamedTuple, TypeVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Key
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from boconsole.language import _, grouped
from screens.cells import safe
from screens.widgets.menu import Menu

AnswerT = TypeVar("AnswerT")
LEAVE = "escape,ctrl+g,ctrl+o"


class Dialog(ModalScreen[AnswerT]):
    """A box with a title and a line of keys; subclasses give `body`."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding(LEAVE, "leave", "Leave")]

    def __init__(self, title: str, hints: str) -> None:
        super().__init__(classes="dialog")
        self._title = title
        self._hints = hints

    def compose(self) -> ComposeResult:
        """Lay out the box."""
        with Vertical(classes="box"):
            yield Static(Text(safe(self._title)), classes="title")
            yield from self.body()
            yield Static(Text(self._hints), classes="hints")

    def body(self) -> ComposeResult:
        """Yield what is asked."""
        yield from ()

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)


class ConfirmDialog(Dialog[bool]):
    """Yes or no; with `words`, yes has to be typed out (for what cannot be undone).

    Args:
        question: What would happen, with the count.
        yes: What yes means, in a word or two.
        words: To be typed before Enter; "" for a simple y.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "yes", "Yes"),
        Binding("n,q,left", "leave", "No"),
    ]

    def __init__(self, question: str, *, yes: str = "", words: str = "") -> None:
        hint = _("Type {words} and press Enter; esc leaves").format(words=words)
        short = _("y {yes}   n leave").format(yes=yes or _("yes"))
        super().__init__(question, hint if words else short)
        self._words = words

    def body(self) -> ComposeResult:
        """Yield the line for the words."""
        if self._words:
            yield Input(compact=True, id="words")

    def action_yes(self) -> None:
        """Answer yes, unless words are asked for."""
        if not self._words:
            self.dismiss(True)

    def action_leave(self) -> None:
        """Answer no."""
        self.dismiss(False)

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        if event.value.strip() == self._words:
            self.dismiss(True)


_KEYS = "123456789abcdefhilmnoprstuvwxyz"
"""Without those that move the cursor or leave."""


class Choice(NamedTuple):
    """One line of a menu: what is answered, what is shown, and the letter that takes it."""

    value: str
    text: str
    key: str = ""
    reason: str = ""
    """Why it cannot be taken now; "" when it can."""


class MenuDialog(Dialog[str]):
    """One of a few; a letter takes it at once, typing / arrows and Enter do too.

    Args:
        title: What is chosen.
        choices: In order; without keys they get 1 to 9 and then letters.
        current: The value the cursor starts on.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "move(1)", show=False),
        Binding("k", "move(-1)", show=False),
        Binding("q,left", "leave", "Leave"),
    ]

    def __init__(self, title: str, choices: Sequence[Choice], *, current: str = "") -> None:
        super().__init__(title, _("enter takes   esc leaves"))
        self._choices = _with_keys(choices)
        self._current = current

    def body(self) -> ComposeResult:
        """Yield the menu."""
        options = [
            Option(_choice_text(choice), disabled=bool(choice.reason)) for choice in self._choices
        ]
        menu = Menu(*options, markup=False, compact=True)
        values = [choice.value for choice in self._choices]
        menu.highlighted = values.index(self._current) if self._current in values else None
        yield menu

    def on_mount(self) -> None:
        """Stand on the first choice."""
        menu = self.query_one(OptionList)
        if menu.highlighted is None:
            menu.action_first()

    def action_move(self, step: int) -> None:
        """Go to the next choice."""
        menu = self.query_one(OptionList)
        if step > 0:
            menu.action_cursor_down()
        else:
            menu.action_cursor_up()

    def on_key(self, event: Key) -> None:
        """Take the choice of a letter."""
        for choice in self._choices:
            if choice.key and event.character == choice.key and not choice.reason:
                event.stop()
                event.prevent_default()
                self.dismiss(choice.value)
                return

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self._choices[event.option_index].value)


class PromptDialog(Dialog[str]):
    """A line of text.

    Args:
        title: What is asked.
        value: What stands in the line at first.
        check: Answers what is wrong with a text, "" when it is fine.
        path: It is the path of a file on this machine, which tab completes.
    """

    def __init__(
        self, title: str, value: str = "", *, check: Callable[[str], str] = lambda _text: "",
        path: bool = False,
    ) -> None:  # fmt: skip
        hints = _("enter takes   tab completes   esc leaves") if path else ""
        super().__init__(title, hints or _("enter takes   esc leaves"))
        self._value = value
        self._check = check
        self._path = path

    def body(self) -> ComposeResult:
        """Yield the line and a place for what is wrong."""
        from screens.widgets.fields import PathEntry

        entry = (
            PathEntry(self._value) if self._path
            else Input(self._value, compact=True, select_on_focus=False)
        )  # fmt: skip
        entry.cursor_blink = False
        yield entry
        yield Static(id="problem", classes="problem")

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self.query_one("#problem", Static).update(Text(safe(self._check(event.value))))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if not self._check(event.value):
            self.dismiss(event.value.strip())


class ProgressDialog(Dialog[None]):
    """How far a long piece of work is; esc asks it to stop.

    Args:
        title: What is done.
        stop: Called when it is to stop; the caller closes the dialog when the work has ended.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "leave", "Stop")]

    def __init__(self, title: str, stop: Callable[[], object]) -> None:
        super().__init__(title, _("esc stops"))
        self._stop = stop

    def body(self) -> ComposeResult:
        """Yield the line that tells how far it is."""
        yield Static(id="progress")

    class Told(Message):
        """How far the work is."""

        def __init__(self, done: int, total: int) -> None:
            super().__init__()
            self.done, self.total = done, total

    def tell(self, done: int, total: int) -> None:
        """Tell how far it is from the thread of the work; nothing where it is not shown."""
        if self.is_attached:
            self.post_message(self.Told(done, total))

    @on(Told)
    def _told(self, event: Told) -> None:
        self.show(event.done, event.total)

    def show(self, done: int, total: int) -> None:
        """Tell how far it is; a total of 0 is not known."""
        text = grouped(done)
        if total:
            text += f" / {grouped(total)}  {done * 100 // total} %"
        self.query_one("#progress", Static).update(Text(text))

    def action_leave(self) -> None:
        """Ask the work to stop."""
        self._stop()
        self.query_one("#progress", Static).update(Text(_("stopping…")))


def _with_keys(choices: Sequence[Choice]) -> list[Choice]:
    if any(choice.key for choice in choices):
        return list(choices)
    keys = chain(_KEYS, repeat(""))
    return [choice._replace(key=key) for choice, key in zip(choices, keys, strict=False)]


def _choice_text(choice: Choice) -> Text:
    text = Text(f"{choice.key or ' '} ", "bold").append(safe(choice.text), "not bold")
    if choice.reason:
        text.append(f"  {safe(choice.reason)}", "not bold")
    return text
