"""What a payment settles while it is typed: what is open, and what each gets of the amount.

`=` takes all that is open, or what is left of the amount. The text of the row is a number and an
amount on each line that gets something.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.events import Key
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from boconsole.invoices import payment_typing
from boconsole.invoices.payment_typing import Item, Named
from boconsole.language import _
from screens.cells import fit, safe
from screens.entries import Field
from screens.inside import inside
from screens.ledger.facts import exact
from screens.widgets.fields import FieldRow, LineEntry

NUMBER, DAY, OPEN = 16, 16, 22


class PartEntry(LineEntry):
    """What one item gets; `=` takes what can be taken."""

    class Taken(Message):
        """All that is open is wanted here."""

        def __init__(self, entry: PartEntry) -> None:
            super().__init__()
            self.entry = entry

    def on_key(self, event: Key) -> None:
        """Take `=` as the wish for all of it."""
        if event.key == "equals_sign":
            event.stop()
            event.prevent_default()
            self.post_message(self.Taken(self))


class ItemLine(Horizontal):
    """One open item and what it gets.

    Args:
        item: What is open.
        part: What it gets at first.
    """

    def __init__(self, item: Item, part: str) -> None:
        super().__init__()
        self.item = item
        self.part = PartEntry(safe(part))

    def compose(self) -> ComposeResult:
        """Lay out number, due day, what is open, and the entry."""
        due = _("due {day}").format(day=self.item.due)
        amount = exact(self.item.open, self.item.commodity, {})
        text = f"{fit(safe(self.item.number), NUMBER)} {fit(due, DAY)} "
        yield Static(Text(f" {text}{fit(amount, OPEN, right=True)}"), classes="open")
        yield self.part

    @property
    def named(self) -> Named:
        """Its number, and what it gets."""
        return Named(self.item.number, self.part.value.strip())


class ItemsRow(FieldRow):
    """All that is open, and below it what becomes of the amount.

    Args:
        field: Under whose name the text is saved and kept.
        text: At first.
        items: What is open.
        precisions: Digits of the commodities in use.
    """

    def __init__(
        self, field: Field, text: str, items: Sequence[Item], precisions: Mapping[str, int]
    ) -> None:
        super().__init__(field, text)
        self.items = items
        self.amount: tuple[Decimal, str] | None = None
        self._precisions = precisions
        self._first = text

    def compose(self) -> ComposeResult:
        """Lay out a heading, the items, and what is said about all of them."""
        yield Static(self._label(), classes="label")
        with Vertical(id="items"):
            yield from self._lines(self._first)
        yield Static(id="rest", markup=False)
        yield Static(Text(_(self.field.hint)), classes="hint")
        yield Static(classes="problem")

    def on_mount(self) -> None:
        """Say what becomes of the amount."""
        self._show_rest()

    def _lines(self, text: str) -> list[ItemLine]:
        parts = {named.number: named.amount for named in payment_typing.named_of(text)}
        return [ItemLine(item, parts.get(item.number, "")) for item in self.items]

    @property
    def lines(self) -> list[ItemLine]:
        """The lines, in order."""
        return list(inside(self, ItemLine))

    @property
    def entry(self) -> Widget:
        """The first entry that takes the keys."""
        return self.lines[0].part if self.lines else self._entry

    @property
    def text(self) -> str:
        """A line for each item that gets something."""
        if not self.is_mounted:
            return self._first
        return "\n".join(line.named.text for line in self.lines if line.named.amount)

    @text.setter
    def text(self, text: str) -> None:
        self.call_later(self._replace, text)

    async def _replace(self, text: str) -> None:
        box = self.query_one("#items")
        await box.remove_children()
        await box.mount_all(self._lines(text))
        self._tell()

    def show_items(self, items: Sequence[Item]) -> None:
        """Offer other items; what was typed for those that stay is kept."""
        if [item.number for item in items] != [item.number for item in self.items]:
            kept = self.text
            self.items = items
            self.call_later(self._replace, kept)

    def give(self, parts: Mapping[str, str]) -> None:
        """Let each number get an amount; the others get nothing."""
        for line in self.lines:
            line.part.value = parts.get(line.item.number, "")

    @property
    def code(self) -> str:
        """The currency of the payment: that of the amount, else of what is open first."""
        if self.amount is not None:
            return self.amount[1]
        given = [line.item.commodity for line in self.lines if line.named.amount]
        return given[0] if given else self.items[0].commodity if self.items else ""

    def take_amount(self, amount: tuple[Decimal, str] | None) -> None:
        """Take what was typed as the amount."""
        self.amount = amount
        if self.is_mounted:
            self._show_rest()

    # What becomes of the amount

    def settled(self, without: ItemLine | None = None) -> Decimal:
        """Return what all items get."""
        total = Decimal(0)
        for line in self.lines:
            if line is not without and line.named.amount:
                total += _number(line)
        return total

    def _tell(self) -> None:
        self.set_class(self.changed, "-changed")
        self.query_one(".label", Static).update(self._label())
        self._show_rest()
        self.post_message(self.Edited(self))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._tell()

    def _show_rest(self) -> None:
        total, code = self.settled(), self.code
        text = Text(f" {self._said(total, code)}", "bold")
        if len(self.items) >= payment_typing.SHOWN:
            text.append(" " + _("The oldest {n} are shown.").format(n=len(self.items)), "not bold")
        self.query_one("#rest", Static).update(text)

    def _said(self, total: Decimal, code: str) -> str:
        if not self.items:
            return _("Nothing is open; what is paid stays as a credit.")
        if not total:
            return _("Nothing is named: the oldest due is settled first.")
        settles = exact(total, code, self._precisions)
        if self.amount is None:
            return _("The amount is {sum}.").format(sum=settles)
        rest = self.amount[0] - total
        if rest < 0:
            more = exact(-rest, code, self._precisions)
            return _("{sum} more than the amount.").format(sum=more)
        if rest:
            left = exact(rest, code, self._precisions)
            return _("Settles {sum}; {left} stays as a credit.").format(sum=settles, left=left)
        return _("Settles {sum}.").format(sum=settles)

    @on(PartEntry.Taken)
    def _take(self, event: PartEntry.Taken) -> None:
        event.stop()
        line = next(line for line in self.lines if line.part is event.entry)
        part = line.item.open
        if self.amount is not None:
            part = min(part, max(self.amount[0] - self.settled(without=line), Decimal(0)))
        digits = self._precisions.get(line.item.commodity, 2)
        line.part.value = f"{part:.{digits}f}"
        line.part.cursor_position = len(line.part.value)

    @on(LineEntry.Stepped)
    def _step(self, event: LineEntry.Stepped) -> None:
        event.stop()
        if event.step > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.screen.focus_next()


def _number(line: ItemLine) -> Decimal:
    """Return what is typed for an item; what cannot be read counts nothing."""
    from boconsole.ledger import entering

    found = entering.missing([entering.Typed("x", f"{line.named.amount} {line.item.commodity}")])
    return -sum(found.values(), Decimal(0))
