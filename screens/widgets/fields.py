"""The rows of a form: a label, an entry of the right kind, and what is wrong under it.

A row holds a text and says when it was edited; what the text means is for `screens.entries`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Key
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from boconsole.language import N_, _
from boconsole.text import safe as harmless
from screens.cells import safe
from screens.entries import NO, YES, Field, Suggestion
from screens.paths import completed

LABEL_WIDTH = 18
SWITCH = ((YES, N_("yes")), (NO, N_("no")))


class LineEntry(Input):
    """One line; with suggestions, up and down choose one and enter takes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "suggestion(-1)", show=False),
        Binding("down", "suggestion(1)", show=False),
    ]

    class Stepped(Message):
        """Another suggestion is wanted."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    def __init__(self, text: str) -> None:
        super().__init__(text, compact=True, select_on_focus=False, classes="entry-line")
        self.cursor_blink = False

    def action_suggestion(self, step: int) -> None:
        """Ask for the next suggestion."""
        self.post_message(self.Stepped(step))


class PathEntry(LineEntry):
    """The path of a file; tab completes it, and goes on where there is nothing to add."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", show=False)]

    async def action_complete(self) -> None:
        """Add what all paths that begin so have in common; without any, go on."""
        typed = self.value
        longer = await asyncio.to_thread(completed, typed)
        if longer == typed:
            self.screen.focus_next()
        elif self.value == typed:
            self.value = longer
            self.cursor_position = len(longer)


class LongEntry(TextArea):
    """Several lines; tab goes on to the next field, ctrl+e opens the editor."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+e", "edit_outside", show=False)]

    class EditorWanted(Message):
        """The text shall be edited in the reader's own editor."""

        def __init__(self, entry: LongEntry) -> None:
            super().__init__()
            self.entry = entry

    def __init__(self, text: str) -> None:
        super().__init__(text, soft_wrap=True, tab_behavior="focus", show_line_numbers=False)
        self.cursor_blink = False

    def action_edit_outside(self) -> None:
        """Ask for the editor."""
        self.post_message(self.EditorWanted(self))


class ChoiceEntry(Widget, can_focus=True):
    """One of a few: left, right and space go through them, a letter jumps, enter shows all."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up", "turn(-1)", show=False),
        Binding("right,down,space", "turn(1)", show=False),
        Binding("enter", "menu", show=False),
    ]
    text: reactive[str] = reactive("")
    """The value chosen; "" for none."""

    class Changed(Message):
        """Another choice was made."""

    class MenuWanted(Message):
        """All choices shall be shown."""

        def __init__(self, entry: ChoiceEntry) -> None:
            super().__init__()
            self.entry = entry

    def __init__(self, choices: Sequence[tuple[str, str]], text: str) -> None:
        super().__init__()
        self.choices = choices
        self.set_reactive(ChoiceEntry.text, text)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Keep letters and digits, which jump to a choice."""
        return character is not None and character.isprintable() and key != "space"

    def render(self) -> Text:
        """Return the choice between arrows."""
        shown = dict(self.choices).get(self.text, self.text)
        return Text(f"< {safe(_(shown)) or '-'} >", no_wrap=True, end="")

    def watch_text(self) -> None:
        """Tell the row."""
        self.post_message(self.Changed())

    def action_turn(self, step: int) -> None:
        """Take the next choice."""
        values = [value for value, _text in self.choices]
        if values:
            at = values.index(self.text) if self.text in values else -1 if step > 0 else 0
            self.text = values[(at + step) % len(values)]

    def action_menu(self) -> None:
        """Ask for the menu of all choices."""
        self.post_message(self.MenuWanted(self))

    def on_key(self, event: Key) -> None:
        """Jump to the next choice that begins with a letter."""
        if not event.character or not event.is_printable or event.key == "space":
            return
        event.stop()
        letter = event.character.casefold()
        values = [value for value, text in self.choices if _(text).casefold().startswith(letter)]
        if values:
            at = values.index(self.text) + 1 if self.text in values else 0
            self.text = values[at % len(values)]


def tell(place: Static, said: str | Text) -> None:
    """Show a text where it is another one; every update lays out the whole screen again."""
    text = Text(said) if isinstance(said, str) else said
    shown = place.content
    if not isinstance(shown, Text) or shown != text or shown.style != text.style:
        place.update(text)


class Suggestions(Widget):
    """Completions under an entry, the chosen one marked."""

    found: reactive[Sequence[Suggestion]] = reactive((), layout=True)
    """At most five."""
    chosen: reactive[int] = reactive(-1)
    """The place of the chosen one, -1 for none."""

    def watch_found(self, found: Sequence[Suggestion]) -> None:
        """Show the list only when there is one."""
        self.set_class(bool(found), "-open")
        self.chosen = -1

    def render(self) -> Text:
        """Return one suggestion on each line."""
        lines = [
            Text(f"{safe(value)}  ", "reverse" if place == self.chosen else "").append(safe(about))
            for place, (value, about) in enumerate(self.found)
        ]
        return Text("\n").join(lines)


class FieldRow(Horizontal):
    """A field with its label, its entry and what is wrong."""

    class Edited(Message):
        """The text is another one."""

        def __init__(self, row: FieldRow) -> None:
            super().__init__()
            self.row = row

    def __init__(self, field: Field, text: str) -> None:
        super().__init__()
        self.field = field
        self.original = text
        self._entry = _entry(field, text)
        self.set_class(bool(field.hint), "-hinted")

    def compose(self) -> ComposeResult:
        """Lay out label and entry, and hidden places for hint and problem."""
        yield Static(self._label(), classes="label")
        with Vertical(classes="entry"):
            yield self._entry
            if self.field.suggest is not None:
                yield Suggestions()
            yield Static(Text(_(self.field.hint)), classes="hint")
            yield Static(classes="problem")

    @property
    def entry(self) -> Widget:
        """The widget that takes the keys."""
        return self._entry

    @property
    def text(self) -> str:
        """What is typed."""
        return self._entry.value if isinstance(self._entry, Input) else self._entry.text

    @text.setter
    def text(self, text: str) -> None:
        text = harmless(text)
        if isinstance(self._entry, Input):
            self._entry.value = text
            self._entry.cursor_position = len(text)
        else:
            self._entry.text = text
            if isinstance(self._entry, TextArea):
                self._entry.move_cursor(self._entry.document.end)

    @property
    def changed(self) -> bool:
        """Whether the text is another one than at first."""
        return self.text != self.original

    def show_problem(self, problem: str) -> None:
        """Show what is wrong, or with "" that nothing is."""
        self.set_class(bool(problem), "-wrong")
        if self.is_mounted:
            tell(self.query_one(".problem", Static), f"! {safe(problem)}" if problem else "")

    def show_hint(self, meaning: str) -> None:
        """Show how the text is understood, or else the hint of the field."""
        hint = f"= {meaning}" if meaning else _(self.field.hint)
        self.set_class(bool(hint), "-hinted")
        tell(self.query_one(".hint", Static), hint)

    def accept_suggestion(self) -> bool:
        """Put the chosen suggestion into the entry; answers whether there was one."""
        if self.field.suggest is None:
            return False
        listed = self.query_one(Suggestions)
        if not 0 <= listed.chosen < len(listed.found):
            return False
        value = listed.found[listed.chosen].value
        kept = self.text.rpartition(",")[0] if self.field.kind == "tags" else ""
        self.text = f"{kept}, {value}" if kept else value
        listed.found = ()
        return True

    @property
    def wanted(self) -> str:
        """The beginning to complete: all of a lookup, the last word of tags."""
        text = self.text.rpartition(",")[2] if self.field.kind == "tags" else self.text
        return text.strip()

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(ChoiceEntry.Changed)
    def _edited(self, event: Message) -> None:
        event.stop()
        self.set_class(self.changed, "-changed")
        tell(self.query_one(".label", Static), self._label())
        self.post_message(self.Edited(self))

    @on(LineEntry.Stepped)
    def _step(self, event: LineEntry.Stepped) -> None:
        event.stop()
        if self.field.suggest is None or not (listed := self.query_one(Suggestions)).found:
            self.screen.focus_next() if event.step > 0 else self.screen.focus_previous()
            return
        listed.chosen = (listed.chosen + event.step) % len(listed.found)

    def _label(self) -> Text:
        mark = "*" if self.is_mounted and self.changed else " "
        needed = _(self.field.label) + (" !" if self.field.required else "")
        return Text(f"{mark}{needed}"[: LABEL_WIDTH - 1], no_wrap=True)


def _entry(field: Field, text: str) -> LineEntry | LongEntry | ChoiceEntry:
    if field.kind == "long":
        return LongEntry(text)
    if field.kind == "switch":
        return ChoiceEntry(SWITCH, text or NO)
    if field.kind == "choice":
        return ChoiceEntry(field.choices, text)
    return PathEntry(text) if field.path else LineEntry(text)
