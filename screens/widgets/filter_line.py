"""The line on which a list is filtered: the query, what could come next, and what is wrong.

What is typed is data, never markup. The list keeps its last good query: only one that `check`
finds nothing wrong with is posted. Below the line, over the list, stand the error under its
column and the candidates, without moving the list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple, Protocol

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Static

from boconsole.language import N_, _
from screens.cells import fit, safe
from screens.widgets.bars import Hint

DEBOUNCE = 0.12
HISTORY = 50


class Candidates(Protocol):
    """What the text from `start` to `end` could become."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102
    @property
    def candidates(self) -> Sequence[str]: ...  # noqa: D102


class Problem(NamedTuple):
    """What is wrong with a query, and at which column, counted from 0."""

    column: int
    message: str


Complete = Callable[[str, int], Candidates | None]
Check = Callable[[str], tuple[int, str] | None]


class Completing(NamedTuple):
    """Candidates being tried one after another in a text."""

    text: str
    offer: Candidates
    chosen: int

    @property
    def word(self) -> str:
        """The candidate chosen now."""
        return safe(self.offer.candidates[self.chosen])

    @property
    def caret(self) -> int:
        """The place just behind it."""
        return self.offer.start + len(self.word)

    @property
    def result(self) -> str:
        """The text with it."""
        return self.text[: self.offer.start] + self.word + self.text[self.offer.end :]

    def turned(self, step: int) -> Completing:
        """Return the next one chosen, or the one before."""
        return self._replace(chosen=(self.chosen + step) % len(self.offer.candidates))


class QueryInput(Input):
    """One line of text without control characters; `FilterLine` decides what the keys do."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+u", "clear", N_("Clear"), show=False),
    ]

    def action_clear(self) -> None:
        """Empty the line, whatever stands behind the cursor."""
        self.clear()

    def validate_value(self, value: str) -> str:
        """Take control characters out of what was pasted."""
        return safe(value)


class FilterLine(Vertical):
    """A line for a query, with candidates and errors below.

    Attributes:
        last_good: The last query without an error that was posted.
        history: Earlier queries, oldest first; the owner keeps them between sessions.
        problem: What is wrong with the text as it stands.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete(1)", N_("Complete"), show=False),
        Binding("shift+tab", "complete(-1)", N_("Candidate before"), show=False),
        Binding("up", "earlier", N_("Earlier query"), show=False),
        Binding("down", "later", N_("Later query"), show=False),
        Binding("escape,ctrl+g", "leave", N_("Back to the list"), show=False),
    ]
    DEFAULT_CSS = """
    FilterLine {
        height: 1;
        & > Static {
            overlay: screen;
            constrain: none inside;
            height: auto;
            width: 100%;
            max-height: 2;
            display: none;
            background: $surface;
            &.-shown { display: block; }
        }
        &:ansi > QueryInput, &:ansi > Static { background: ansi_default; }
        &:ansi > QueryInput > .input--cursor {
            background: ansi_default;
            color: ansi_default;
            text-style: reverse;
        }
    }
    """

    class Changed(Message):
        """The text is a good query and has not changed for a moment."""

        def __init__(self, line: FilterLine, text: str) -> None:
            super().__init__()
            self.line = line
            self.text = text

        @property
        def control(self) -> FilterLine:
            """The line, for `@on` selectors."""
            return self.line

    class Submitted(Changed):
        """A good query was confirmed with enter."""

    class Left(Changed):
        """The line was left; `text` is the last good query, which the list still shows."""

    def __init__(
        self,
        text: str = "",
        *,
        complete: Complete | None = None,
        check: Check | None = None,
        history: Sequence[str] = (),
        placeholder: str = "",
        bulk: bool = False,
        debounce: float = DEBOUNCE,
        id: str | None = None,  # noqa: A002 - the name that Textual gives it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.last_good = safe(text)
        self.history = list(history)
        self.problem: Problem | None = None
        self._bulk = bulk
        self._complete, self._check, self._debounce = complete, check, debounce
        self._input = QueryInput(placeholder=placeholder, select_on_focus=False, compact=True)
        self._input.cursor_blink = False
        self._below = Static(markup=False)
        self._timer: Timer | None = None
        self._completing: Completing | None = None
        self._place = len(self.history)
        self._draft = ""

    def compose(self) -> ComposeResult:
        """Put the line above what is said about it."""
        self.text = self.last_good
        yield self._input
        yield self._below

    @property
    def key_hints(self) -> Sequence[Hint]:
        """What the footer says while something is typed here."""
        changes = (Hint("|", _("set field=value")),) if self._bulk else ()
        return (
            Hint("enter", _("keep")), Hint("tab", _("complete")), Hint("up", _("earlier")),
            Hint("^u", _("clear")), Hint("esc", _("back")), *changes,
        )  # fmt: skip

    @property
    def text(self) -> str:
        """What is typed now."""
        return self._input.value

    @text.setter
    def text(self, text: str) -> None:
        self._input.value = text
        self._input.cursor_position = len(self._input.value)

    def focus(self, scroll_visible: bool = True) -> FilterLine:
        """Bring the cursor into the line at once, so that no key typed behind is lost."""
        if self._input.is_attached:
            self.screen.set_focus(self._input, scroll_visible)
        else:
            self._input.focus(scroll_visible)
        return self

    def on_input_changed(self, event: Input.Changed) -> None:
        """Check and complete at once; post the query when typing rests."""
        event.stop()
        self.problem = self._checked(event.value)
        if self._completing is not None and event.value != self._completing.result:
            self._completing = None
        self._show()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(self._debounce, self._rest) if self._debounce else None
        if not self._debounce:
            self._rest()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Confirm a good query; a wrong one stays and says why."""
        event.stop()
        if self.problem is not None:
            return
        self._rest()
        text = self.last_good
        if text and (not self.history or self.history[-1] != text):
            self.history = [*(old for old in self.history if old != text), text][-HISTORY:]
        self._place = len(self.history)
        self._hide()
        self.post_message(self.Submitted(self, text))

    def on_input_blurred(self, event: Input.Blurred) -> None:
        """Say nothing below while the cursor is elsewhere."""
        event.stop()
        self._hide()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Offer what could be typed here."""
        del event
        self._show()

    def action_complete(self, step: int) -> None:
        """Take the next candidate, or the one before; the only one is final."""
        if self._completing is None:
            offer = self._offered()
            if offer is None:
                return
            self._completing = Completing(self.text, offer, 0 if step > 0 else -1).turned(0)
        else:
            self._completing = self._completing.turned(step)
        self._input.value = self._completing.result
        self._input.cursor_position = self._completing.caret
        if len(self._completing.offer.candidates) == 1:
            self._completing = None

    def action_earlier(self) -> None:
        """Bring back an earlier query."""
        if self._place == len(self.history):
            self._draft = self.text
        self._recall(self._place - 1)

    def action_later(self) -> None:
        """Bring back a later query, in the end what was being typed."""
        self._recall(self._place + 1)

    def action_leave(self) -> None:
        """Go back to the list, which still shows the last good query."""
        if self._timer is not None:
            self._timer.stop()
        self.text = self.last_good
        self._hide()
        self.post_message(self.Left(self, self.last_good))

    def _recall(self, place: int) -> None:
        if 0 <= place <= len(self.history):
            self._place = place
            self.text = self._draft if place == len(self.history) else self.history[place]

    def _rest(self) -> None:
        if self.problem is None and self.text.rstrip() != self.last_good.rstrip():
            self.last_good = self.text
            self.post_message(self.Changed(self, self.last_good))

    def _checked(self, text: str) -> Problem | None:
        found = self._check(text) if self._check and text.strip() else None
        return None if found is None else Problem(*found)

    def _offered(self) -> Candidates | None:
        offer = self._complete(self.text, self._input.cursor_position) if self._complete else None
        return offer if offer is not None and offer.candidates else None

    def _show(self) -> None:
        """Show what is to be said about the text below it."""
        lines = [self._problem_line()] if self.problem is not None else []
        completing = self._completing
        offer = self._offered() if completing is None else completing.offer
        if offer is not None and (completing is not None or self._wants(offer)):
            chosen = None if completing is None else completing.chosen
            lines.append(self._candidate_line(offer, chosen))
        if lines and self._input.has_focus:
            below = lines[0] if len(lines) == 1 else Text.assemble(lines[0], "\n", lines[1])
            self._below.update(below)
            self._below.add_class("-shown")
        else:
            self._hide()

    def _wants(self, offer: Candidates) -> bool:
        """Whether a word is begun that candidates would finish, so that rows are covered."""
        before = self.text[: self._input.cursor_position]
        typed = self.text[offer.start : offer.end]
        return before.strip() == before != "" and list(offer.candidates) != [typed]

    def _hide(self) -> None:
        self._below.remove_class("-shown")

    def _problem_line(self) -> Text:
        """Return a caret under the column, and the message on the side where it fits."""
        assert self.problem is not None
        width = self.size.width
        column = cell_len(self.text[: self.problem.column]) - self._input.scroll_offset.x
        column = max(0, min(column, width - 1))
        message = safe(self.problem.message)
        if column + 2 + cell_len(message) <= width or column < width // 2:
            line = " " * column + "^ " + message
        else:
            line = f"{message} ^".rjust(column + 1)
        return Text(fit(line, width), style="bold", no_wrap=True)

    def _candidate_line(self, offer: Candidates, chosen: int | None) -> Text:
        """Return as many candidates as fit, from a little before the chosen one."""
        line = Text(no_wrap=True)
        for place in range(max(0, (chosen or 0) - 2), len(offer.candidates)):
            word = safe(offer.candidates[place])
            if line and cell_len(line.plain) + cell_len(word) + 2 > self.size.width:
                line.append("…")
                break
            line.append(word, "reverse" if place == chosen else "").append("  ")
        return line
