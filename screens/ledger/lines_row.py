"""The lines of an entry while they are typed: an account and an amount on each.

Enter goes on: from the account to the amount, from the amount to the next line, which it makes.
`=` takes what is missing. The text of the row is all lines, as a journal has them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.events import DescendantBlur, Key
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from boconsole.language import _
from boconsole.ledger import entering, tagging
from boconsole.ledger.entering import Choices, LineError, Typed
from screens.cells import safe
from screens.entries import Field, Suggestion
from screens.inside import inside
from screens.ledger.facts import exact
from screens.widgets.fields import FieldRow, LineEntry, Suggestions, tell

LEAST = 2
"""Lines that are always there."""


class PartEntry(LineEntry):
    """One of the two entries of a line; ctrl+d takes the line away."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+d", "remove_line", show=False)]

    class Removed(Message):
        """The line shall go."""

    def action_remove_line(self) -> None:
        """Ask for it."""
        self.post_message(self.Removed())


class AmountEntry(PartEntry):
    """The amount; `=` takes what is missing."""

    class Balanced(Message):
        """The missing amount is wanted here."""

    def on_key(self, event: Key) -> None:
        """Take `=` as the wish for what is missing, but in a tag."""
        if event.key == "equals_sign" and ";" not in self.value[: self.cursor_position]:
            event.stop()
            event.prevent_default()
            self.post_message(self.Balanced())


class LineEdit(Vertical):
    """One line.

    Args:
        typed: What stands in it at first.
        choices: Accounts to complete, and the commodity of each.
    """

    class Left(Message):
        """Enter was pressed behind the amount, or an arrow up or down (`step`)."""

        def __init__(self, line: LineEdit, entry: Widget, step: int, *, makes: bool) -> None:
            super().__init__()
            self.line, self.entry, self.step, self.makes = line, entry, step, makes

    def __init__(self, typed: Typed, choices: Choices) -> None:
        super().__init__()
        self.choices = choices
        self.account, self.amount = PartEntry(safe(typed.account)), AmountEntry(safe(typed.amount))
        self.account.add_class("account")
        self.amount.add_class("amount")
        self.account.placeholder, self.amount.placeholder = _("account"), _("amount")

    def compose(self) -> ComposeResult:
        """Lay out both entries, completions and a place for what is wrong."""
        with Horizontal(classes="pair"):
            yield self.account
            yield self.amount
        yield Suggestions()
        yield Static(classes="problem")

    @property
    def typed(self) -> Typed:
        """What stands in it."""
        return Typed(self.account.value.strip(), self.amount.value.strip())

    def show_problem(self, problem: str) -> None:
        """Show what is wrong with the line, or with "" that nothing is."""
        self.set_class(bool(problem), "-wrong")
        tell(self.query_one(".problem", Static), f"! {safe(problem)}" if problem else "")

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self.show_problem("")
        if event.input is self.account and self.account.has_focus:
            self._suggest()
        elif event.input is self.amount and self.amount.has_focus:
            self._suggest_tags()

    def _suggest_tags(self) -> None:
        """Offer tags for what is typed behind `;`."""
        _amount, mark, note = self.amount.value.partition(";")
        typed = note.rpartition(",")[2].strip()
        found = tagging.offered(self.choices.used, typed) if mark else []
        self.query_one(Suggestions).found = [
            Suggestion(one) for one in found if one.strip() != typed
        ][:5]

    def _suggest(self) -> None:
        typed = self.account.value
        found = entering.offered(self.choices.chart, typed)
        listed = self.query_one(Suggestions)
        fresh = [Suggestion(row.path, row.code) for row in found if row.path != typed.strip()]
        listed.found = fresh[:5]

    @on(DescendantBlur)
    def _blurred(self, event: DescendantBlur) -> None:
        """Write out what the account means, and the commodity of the amount."""
        if event.widget is self.account:
            self.query_one(Suggestions).found = ()
            found = entering.account_of(self.choices.chart, self.account.value)
            if found is not None:
                self.account.value = found.path
        elif event.widget is self.amount:
            self.query_one(Suggestions).found = ()
            self.amount.value = self.whole_amount
            if wrong := entering.wrong_with(self.amount.value):
                self.show_problem(wrong)

    @property
    def whole_amount(self) -> str:
        """The amount with its commodity, as it is read."""
        precisions = self.choices.precisions
        return entering.with_commodity(self.amount.value, self.commodity, precisions)

    @property
    def commodity(self) -> str:
        """What the account was last booked in, or else most others."""
        return self.choices.habits.get(self.account.value.strip(), self.choices.default)

    @on(LineEntry.Stepped)
    def _step(self, event: LineEntry.Stepped) -> None:
        event.stop()
        listed = self.query_one(Suggestions)
        if listed.found:
            listed.chosen = (listed.chosen + event.step) % len(listed.found)
        else:
            entry = self.account if self.account.has_focus else self.amount
            self.post_message(self.Left(self, entry, event.step, makes=False))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input is self.account:
            self._take_account()
            self.amount.focus()
        elif not self._take_tag():
            self.post_message(self.Left(self, self.account, 1, makes=True))

    def _take_tag(self) -> bool:
        """Take the chosen completion of a tag; answers whether there was one."""
        listed = self.query_one(Suggestions)
        if not 0 <= listed.chosen < len(listed.found):
            return False
        value = self.amount.value
        cut = max(value.rfind(","), value.find(";")) + 1
        self.amount.value = f"{value[:cut]} {listed.found[listed.chosen].value}"
        self.amount.cursor_position = len(self.amount.value)
        return True

    def _take_account(self) -> None:
        """Take the chosen completion, or the likeliest where the text names no account."""
        listed, typed = self.query_one(Suggestions), self.account.value
        if 0 <= listed.chosen < len(listed.found):
            self.account.value = listed.found[listed.chosen].value
        elif entering.account_of(self.choices.chart, typed) is None:
            found = entering.offered(self.choices.chart, typed)
            self.account.value = found[0].path if found else typed
        listed.found = ()


class LinesRow(FieldRow):
    """All lines, and below them what is missing to balance.

    Args:
        field: Under whose name the text is saved and kept.
        text: At first.
        choices: What the form offers.
    """

    def __init__(self, field: Field, text: str, choices: Choices) -> None:
        super().__init__(field, text)
        self.choices = choices
        self._first = text

    def compose(self) -> ComposeResult:
        """Lay out a heading, the lines, and what is said about all of them."""
        yield Static(self._label(), classes="label")
        with Vertical(id="typed"):
            for typed in self._padded(self._first):
                yield LineEdit(typed, self.choices)
        yield Static(id="rest", markup=False)
        yield Static(Text(_(self.field.hint)), classes="hint")
        yield Static(classes="problem")

    def on_mount(self) -> None:
        """Say what is missing."""
        self._show_rest()

    def _padded(self, text: str) -> list[Typed]:
        return _whole(entering.typed_of(text))

    @property
    def lines(self) -> list[LineEdit]:
        """The lines, in order."""
        return list(inside(self, LineEdit))

    @property
    def entry(self) -> Widget:
        """The account of the first line."""
        return self.lines[0].account if self.lines else self._entry

    @property
    def text(self) -> str:
        """All lines that are not empty."""
        if not self.is_mounted:
            return self._first
        every = [line.typed for line in self.lines]
        return "\n".join(typed.text for typed in every if typed != Typed("", ""))

    @text.setter
    def text(self, text: str) -> None:
        self.call_later(self._replace, entering.typed_of(text))

    async def _replace(self, typed: Sequence[Typed]) -> None:
        box = self.query_one("#typed")
        await box.remove_children()
        wanted = _whole(typed)
        await box.mount_all([LineEdit(one, self.choices) for one in wanted])
        self._tell()

    def take(self, typed: Sequence[Typed]) -> None:
        """Put other lines in place of those there."""
        self.call_later(self._replace, typed)

    def _tell(self) -> None:
        self.set_class(self.changed, "-changed")
        tell(self.query_one(".label", Static), self._label())
        self._show_rest()
        self.post_message(self.Edited(self))

    @on(Input.Changed)
    def _rest_changed(self) -> None:
        self._show_rest()

    # Balance

    def missing(self, without: LineEdit | None = None) -> Mapping[str, Decimal]:
        """Return what is missing by commodity, leaving one line out of the sum."""
        return entering.missing(
            Typed("x", line.whole_amount) for line in self.lines if line is not without
        )

    def _show_rest(self) -> None:
        rest = self.missing()
        blank = any(line.typed.account and not line.typed.amount for line in self.lines)
        if not rest:
            text = Text(_("Balanced.") if any(line.typed.amount for line in self.lines) else "")
        else:
            sums = ", ".join(
                exact(number, code, self.choices.precisions) for code, number in rest.items()
            )
            words = _("Left for the empty line: {sums}") if blank else _("Missing: {sums}")
            text = Text(words.format(sums=sums), "bold")
        tell(self.query_one("#rest", Static), text)

    @on(AmountEntry.Balanced)
    def _balance(self, event: AmountEntry.Balanced) -> None:
        event.stop()
        line = next((line for line in self.lines if line.amount.has_focus), None)
        if line is None:
            return
        rest = self.missing(without=line)
        code = line.commodity if line.commodity in rest else next(iter(rest), "")
        if not code:
            self.screen.app.bell()
            return
        _amount, mark, note = line.amount.value.partition(";")
        text = entering.amount_text(rest[code], code, self.choices.precisions)
        line.amount.value = f"{text}  ;{note}" if mark else text
        line.amount.cursor_position = len(line.amount.value)

    # Lines

    @on(LineEdit.Left)
    async def _left(self, event: LineEdit.Left) -> None:
        event.stop()
        lines = self.lines
        place = lines.index(event.line) + event.step
        if place >= len(lines) and event.makes:
            if event.line.typed == Typed("", ""):
                return
            await self.query_one("#typed").mount(LineEdit(Typed("", ""), self.choices))
            lines = self.lines
        if not 0 <= place < len(lines):
            self.screen.focus_next() if event.step > 0 else self.screen.focus_previous()
            return
        same = event.entry is event.line.amount
        (lines[place].amount if same else lines[place].account).focus()

    @on(PartEntry.Removed)
    async def _remove(self, event: PartEntry.Removed) -> None:
        event.stop()
        lines = self.lines
        line = next((line for line in lines if line.account.has_focus or line.amount.has_focus),
                    None)  # fmt: skip
        if line is None:
            return
        place = lines.index(line)
        await line.remove()
        if not self.lines:
            await self.query_one("#typed").mount(LineEdit(Typed("", ""), self.choices))
        self.lines[min(place, len(self.lines) - 1)].account.focus()
        self._tell()

    def point_at(self, error: LineError) -> bool:
        """Show what was refused at its line and put the cursor there; False without such a line."""
        filled = [line for line in self.lines if line.typed != Typed("", "")]
        if not 1 <= error.line <= len(filled):
            return False
        line = filled[error.line - 1]
        line.show_problem(error.reason)
        (line.account if error.part == "account" else line.amount).focus()
        return True


def _whole(typed: Sequence[Typed]) -> list[Typed]:
    """Return lines, with empty ones behind where an entry needs more."""
    return [*typed, *[Typed("", "")] * (LEAST - len(typed))]
