"""The lines of a document while they are typed, and below them what they sum to.

A line stands on two rows: what it is and its net; quantity, unit, price, discount, account and
taxes. Enter goes on from part to part, and behind the last to the next line, which it makes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.events import DescendantBlur
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static

from boconsole.invoices import typed_lines
from boconsole.invoices.typed_lines import PARTS, Choices, Totals, Typed
from boconsole.language import N_, _
from boconsole.ledger.entering import LineError, account_of, offered
from screens.cells import fit, safe
from screens.entries import Field, Suggestion
from screens.inside import inside
from screens.ledger.facts import money
from screens.ledger.lines_row import PartEntry
from screens.widgets.fields import FieldRow, LineEntry, Suggestions

PAUSE = 0.1
"""Seconds after a key before all is added up again."""
NET = 16
NAMES = {
    "text": N_("description"), "quantity": N_("quantity"), "unit": N_("unit"),
    "price": N_("price"), "discount": N_("disc. %"), "account": N_("account"),
    "taxes": N_("taxes"),
}  # fmt: skip
NUMBERS = ("quantity", "price", "discount")


class Basis(NamedTuple):
    """By what lines are added up; `problem` says why they cannot be."""

    totals: Totals | None
    currency: str
    problem: str = ""


class DocumentLine(Vertical):
    """One line.

    Args:
        typed: What stands in it at first.
        choices: Accounts and taxes to complete.
    """

    class Left(Message):
        """The line is left: behind its end, or up or down (`step`) from a part."""

        def __init__(self, line: DocumentLine, part: str, step: int, *, makes: bool) -> None:
            super().__init__()
            self.line, self.part, self.step, self.makes = line, part, step, makes

    def __init__(self, typed: Typed, choices: Choices) -> None:
        super().__init__()
        self.choices = choices
        self.parts = {name: PartEntry(safe(text)) for name, text in zip(PARTS, typed, strict=True)}
        for name, entry in self.parts.items():
            entry.add_class(f"part-{name}")
            entry.placeholder = _(NAMES[name])

    def compose(self) -> ComposeResult:
        """Lay out the parts, completions and a place for what is wrong."""
        with Horizontal(classes="pair"):
            yield self.parts["text"]
            yield Static(classes="net")
        with Horizontal(classes="pair"):
            for name in PARTS[1:]:
                yield self.parts[name]
        yield Suggestions()
        yield Static(classes="problem")

    @property
    def typed(self) -> Typed:
        """What stands in it."""
        return Typed(*(entry.value.strip() for entry in self.parts.values()))

    def part_of(self, entry: Widget | None) -> str:
        """Return the name of a part, "" where it is none."""
        return next((name for name, one in self.parts.items() if one is entry), "")

    def show_net(self, text: str) -> None:
        """Show what the line comes to."""
        self.query_one(".net", Static).update(Text(fit(text, NET, right=True)))

    def show_problem(self, problem: str) -> None:
        """Show what is wrong with the line, or with "" that nothing is."""
        self.set_class(bool(problem), "-wrong")
        self.query_one(".problem", Static).update(Text(f"! {safe(problem)}" if problem else ""))

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self.show_problem("")
        if event.input.has_focus:
            self._suggest(self.part_of(event.input))

    def _suggest(self, part: str) -> None:
        listed = self.query_one(Suggestions)
        if part == "account":
            found = offered(self.choices.chart, self.parts[part].value)
            listed.found = [Suggestion(row.path, row.code) for row in found]
        elif part == "taxes":
            last = self._last_code().casefold()
            codes = [code for code in self.choices.codes if code.casefold().startswith(last)]
            listed.found = [Suggestion(code) for code in codes[:5]] if last else ()
        else:
            listed.found = ()

    def _last_code(self) -> str:
        return self.parts["taxes"].value.replace(",", " ").rpartition(" ")[2]

    def on_descendant_blur(self, event: DescendantBlur) -> None:
        """Close the completions and say what is wrong with the part that was left."""
        self.query_one(Suggestions).found = ()
        part = self.part_of(event.widget)
        if part == "account" and (row := account_of(self.choices.chart, self.typed.account)):
            self.parts[part].value = row.path
        if part and self.typed != Typed():
            self.show_problem(typed_lines.wrong_with(self.typed, self.choices, part))

    @on(LineEntry.Stepped)
    def _step(self, event: LineEntry.Stepped) -> None:
        event.stop()
        listed = self.query_one(Suggestions)
        if listed.found:
            listed.chosen = (listed.chosen + event.step) % len(listed.found)
        else:
            part = self.part_of(self.screen.focused) or PARTS[0]
            self.post_message(self.Left(self, part, event.step, makes=False))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        part = self.part_of(event.input)
        self._complete(part)
        place = PARTS.index(part) + 1
        if place < len(PARTS) and self.typed != Typed():
            self.parts[PARTS[place]].focus()
        else:
            self.post_message(self.Left(self, PARTS[0], 1, makes=True))

    def _complete(self, part: str) -> None:
        """Take the chosen completion, or the likeliest where the text names none."""
        listed, entry = self.query_one(Suggestions), self.parts[part]
        chosen = listed.found[listed.chosen].value if 0 <= listed.chosen < len(listed.found) else ""
        if part == "taxes":
            code = self._last_code()
            if not chosen and code not in self.choices.codes:
                chosen = listed.found[0].value if listed.found else ""
            entry.value = f"{entry.value.removesuffix(code)}{chosen or code}"
        elif part == "account" and chosen:
            entry.value = chosen
        elif part == "account":
            found = offered(self.choices.chart, entry.value)[:1]
            row = account_of(self.choices.chart, entry.value) or next(iter(found), None)
            entry.value = row.path if row else entry.value
        listed.found = ()


class DocumentLinesRow(FieldRow):
    """All lines, and below them taxes and total.

    Args:
        field: Under whose name the text is saved and kept.
        text: At first.
        choices: What the form offers.
        add_up: Takes the lines; returns what they sum to.
    """

    def __init__(
        self, field: Field, text: str, choices: Choices,
        add_up: Callable[[Sequence[Typed]], Basis],
    ) -> None:  # fmt: skip
        super().__init__(field, text)
        self.choices = choices
        self._add_up = add_up
        self._first = text
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out a heading, the lines, and what they sum to."""
        yield Static(self._label(), classes="label")
        with Vertical(id="typed"):
            for typed in typed_lines.typed_of(self._first) or [Typed()]:
                yield DocumentLine(typed, self.choices)
        yield Static(id="totals", markup=False)
        yield Static(Text(_(self.field.hint)), classes="hint")
        yield Static(classes="problem")

    def on_mount(self) -> None:
        """Add up."""
        self.add_up()

    @property
    def lines(self) -> list[DocumentLine]:
        """The lines, in order."""
        return list(inside(self, DocumentLine))

    @property
    def entry(self) -> Widget:
        """The first part of the first line."""
        return self.lines[0].parts["text"] if self.lines else self._entry

    @property
    def text(self) -> str:
        """All lines that are not empty."""
        if not self.is_mounted:
            return self._first
        every = [line.typed for line in self.lines]
        return "\n".join(typed.line for typed in every if typed != Typed())

    @text.setter
    def text(self, text: str) -> None:
        self.call_later(self._replace, typed_lines.typed_of(text))

    async def _replace(self, typed: Sequence[Typed]) -> None:
        box = self.query_one("#typed")
        await box.remove_children()
        await box.mount_all([DocumentLine(one, self.choices) for one in typed or [Typed()]])
        self._tell()

    def _tell(self) -> None:
        self.set_class(self.changed, "-changed")
        self.query_one(".label", Static).update(self._label())
        self.add_up_soon()
        self.post_message(self.Edited(self))

    # Adding up

    @on(Input.Changed)
    def _rest_changed(self) -> None:
        self.add_up_soon()

    def add_up_soon(self) -> None:
        """Add up once somebody pauses."""
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self.add_up)

    def add_up(self) -> None:
        """Show the net of each line, the taxes and the total."""
        lines = [line for line in self.lines if line.is_mounted]
        basis = self._add_up([line.typed for line in lines])
        shown = self.query_one("#totals", Static)
        if basis.totals is None:
            shown.update(Text(safe(basis.problem), "bold"))
            return
        sums = basis.totals
        for line, net in zip(lines, sums.nets, strict=True):
            line.show_net("" if net is None else money(net, sums.precision))
        shown.update(Text(_sums_text(sums, basis.currency), no_wrap=False))

    # Lines

    @on(DocumentLine.Left)
    async def _left(self, event: DocumentLine.Left) -> None:
        event.stop()
        lines = self.lines
        place = lines.index(event.line) + event.step
        if place >= len(lines) and event.makes:
            if event.line.typed == Typed():
                lines[-1].parts[PARTS[-1]].focus()
                self.screen.focus_next()
                return
            await self.query_one("#typed").mount(DocumentLine(Typed(), self.choices))
            lines = self.lines
        if not 0 <= place < len(lines):
            self.screen.focus_next() if event.step > 0 else self.screen.focus_previous()
            return
        lines[place].parts[event.part].focus()

    @on(PartEntry.Removed)
    async def _remove(self, event: PartEntry.Removed) -> None:
        event.stop()
        focused = self.screen.focused
        line = next((line for line in self.lines if line.part_of(focused)), None)
        if line is None:
            return
        place = self.lines.index(line)
        await line.remove()
        if not self.lines:
            await self.query_one("#typed").mount(DocumentLine(Typed(), self.choices))
        self.lines[min(place, len(self.lines) - 1)].parts["text"].focus()
        self._tell()

    def point_at(self, error: LineError) -> bool:
        """Show what was refused at its line and put the cursor there; False without such a line."""
        filled = [line for line in self.lines if line.typed != Typed()]
        if not 1 <= error.line <= len(filled):
            return False
        line = filled[error.line - 1]
        line.show_problem(error.reason)
        line.parts[error.part if error.part in line.parts else "text"].focus()
        return True


def _sums_text(sums: Totals, currency: str) -> str:
    """Return net, taxes and total in one line."""
    net = sums.total - sums.rounding - sum(amount for _code, amount in sums.taxes)
    told = [(_("Net"), net), *sums.taxes]
    if sums.rounding:
        told.append((_("Rounding"), sums.rounding))
    parts = [f"{name} {money(amount, sums.precision)}" for name, amount in told]
    total = _("Total {amount}").format(amount=f"{money(sums.total, sums.precision)} {currency}")
    return safe("   ".join([*parts, total]))
