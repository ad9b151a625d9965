"""What customers owe and suppliers get at the end of a day, by age; paid from here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from rich.cells import cell_len
from rich.console import RenderableType
from textual import on
from textual.content import Content

from boconsole.errors import InvalidChangeError
from boconsole.invoices import aged_list, sheets
from boconsole.invoices.aged_list import AgedContact, AgedItem, AgedList
from boconsole.invoices.payments import PaymentRow
from boconsole.invoices.words import Side
from boconsole.language import N_, _
from boconsole.ledger import reading
from boconsole.ledger.statements import periods
from boconsole.ledger.statements.periods import Period
from boconsole.ledger.statements.shapes import Statement
from screens.actions import GO, SHOW, of_feature
from screens.cells import fit, safe
from screens.following import RecordsChanged
from screens.keys import LIST, Action
from screens.ledger import aged_lines, facts, invoice_facts, payment_facts, rooms
from screens.ledger.aged_lines import Key
from screens.ledger.at_day import DAY_KEYS, AtDay
from screens.ledger.documents import open_document
from screens.ledger.rooms import Room
from screens.ledger.sheet_files import ask_for_file, writing
from screens.ledger.statement_lines import Line
from screens.places import Place
from screens.prose import block, toned
from screens.widgets.bars import Heading
from screens.widgets.preview import Preview

VALUES = "values"
"""The word in a place for book values."""
WAYS = {
    ("receivable", True): "received", ("payable", True): "paid",
    ("receivable", False): "paid-back", ("payable", False): "got-back",
}  # fmt: skip
"""How items of a side are paid: documents (True), and credits."""


class OpenItemsScreen(AtDay):
    """Open items of one side at the end of a day.

    Args:
        words: Side, day and `values`, as in a place; what is missing is usual.
    """

    ROOM = rooms.OPEN_ITEMS
    FEATURE = payment_facts.FEATURE
    ACTIONS: ClassVar[Sequence[Action]] = (
        *DAY_KEYS,
        Action("open-items.turn", N_("Receivables or payables"), ("i",), LIST, SHOW, rank=6,
               short=N_("side")),
        Action("open-items.convert", N_("At book value or not"), ("$",), LIST, SHOW),
        *of_feature("open-items", "new"),
        Action("open-items.account", N_("Statement of account"), ("S",), LIST, GO, rank=11,
               short=N_("statement")),
        Action("open-items.unfold", N_("Show what is below"), ("right", "plus"), LIST, SHOW),
        Action("open-items.fold", N_("Hide what is below"), ("left", "minus"), LIST, SHOW),
        Action("open-items.fold-all", N_("Fold or unfold everything"), ("z",), LIST, SHOW,
               rank=12, short=N_("all")),
    )  # fmt: skip

    def __init__(self, words: str = "") -> None:
        self.side: Side = "receivable"
        self.valued = False
        self.made: AgedList | None = None
        self.unfolded: set[Key] = set()
        super().__init__()
        for word in words.split():
            self._take_word(word)

    def _take_word(self, word: str) -> None:
        if word == VALUES:
            self.valued = True
        elif word in aged_list.SIDES:
            self.side = aged_list.side_of(word)
        else:
            try:
                self.at = periods.read(word).ends
            except InvalidChangeError:
                self.at = None

    @classmethod
    def for_room(cls, room: Room, query: str) -> OpenItemsScreen:
        """Return the side and day that a query names."""
        del room
        return cls(query)

    # Making

    def read_again(self) -> None:
        """Make the list again; what is shown stays until it is there."""
        work = partial(aged_list.make, self.session, self.side, self.day, valued=self.valued)
        self.load(work, self._take, group="aged")

    def _take(self, made: AgedList) -> None:
        self.made = made
        self.view = _(aged_list.TITLES[made.side])
        if self.is_current:
            self.app.places.visit(self.place())
        self._show()
        self.refresh_bindings()

    def _show(self) -> None:
        if self.made is not None:
            self._unwrapped = aged_lines.aged(self.made, self.unfolded)
            self.lay_out()

    def lay_out(self) -> Sequence[str]:
        """Draw the lines; where there is little room, without ages that nothing has."""
        if self.made is None:
            return ()
        self.statement = aged_lines.aged_columns(self.made)
        missing = super().lay_out()
        if missing or self._cut():
            self.statement = aged_lines.aged_columns(self.made, used=True)
            missing = super().lay_out()
        return missing

    def _cut(self) -> bool:
        """Return whether the due day of an item is cut."""
        room = self.table.columns.all[0].width
        return any(cell_len(line.title) > room for line in self.lines if line.kind == "item")

    def told(self, statement: Statement, missing: Sequence[str]) -> Content:
        """Return the day, the proof, and what has no room."""
        del statement
        made = self.made
        told = [_("at the end of {day}").format(day=self.day)]
        if self.valued:
            told.append(_("at book value"))
        return aged_lines.above(told, made is None or made.holds, missing)

    def heading(self) -> Heading:
        """Return which side."""
        title = _(aged_list.TITLES[self.made.side if self.made else self.side])
        marked = super().heading().number if self.table.marks else ""
        return super().heading()._replace(view=title, filter="", number=marked)

    def preview(self, row: Line) -> RenderableType:
        """Return the items of a contact, or the entry of one item; reads."""
        room = self.query_one(Preview).room
        contact, item = self._of(row)
        if item is not None:
            whole = reading.whole(self.session, str(item.entry_id))
            return block(facts.picture(whole, room, self.session))
        if contact is None:
            return toned((row.title.strip(), "strong"))
        lines = [toned((safe(contact.partner), "strong")), Content("")]
        for each in contact.items:
            amount = facts.money(each.amount, contact.precision)
            left = fit(f"{each.due} {safe(each.number)}", room - cell_len(amount) - 1)
            lines.append(toned(f"{left} {amount}"))
        return block(lines)

    def _of(self, row: Line) -> tuple[AgedContact | None, AgedItem | None]:
        """Return whose line it is, and the item where it is one."""
        key = aged_lines.contact_key(row)
        contacts = self.made.contacts if self.made else ()
        contact = next((one for one in contacts if (one.partner_id, one.commodity) == key), None)
        if contact is None or row.place[0] != "item":
            return contact, None
        return contact, next(
            (one for one in contact.items if str(one.item_id) == row.place[3]), None
        )

    @on(RecordsChanged)
    def follow(self, event: RecordsChanged) -> None:
        """Make it again when documents changed; the list itself follows payments."""
        if event.feature == invoice_facts.FEATURE and self.is_current:
            self.read_again()

    # Choosing

    def action_turn(self) -> None:
        """Show the other side."""
        self.side = "payable" if self.side == "receivable" else "receivable"
        self.unfolded.clear()
        self.table.clear_marks()
        self.read_again()

    def action_convert(self) -> None:
        """Show book values, or no longer."""
        self.valued = not self.valued
        self.read_again()

    # Folding

    def action_unfold(self) -> None:
        """Show the items of the contact."""
        if (row := self.row) is not None and row.fold == "+":
            self._turn_fold(row)

    def action_fold(self) -> None:
        """Hide the items of the contact, and stand on it."""
        row = self.row
        key = aged_lines.contact_key(row) if row is not None else None
        if key is None or key not in self.unfolded:
            return
        self.unfolded.discard(key)
        self._show()
        for line in self.lines:
            if line.place[0] == "contact" and aged_lines.contact_key(line) == key:
                self.table.jump_to(self.source("").key(line))

    def action_fold_all(self) -> None:
        """Show contacts alone, or every item."""
        if self.unfolded:
            self.unfolded.clear()
        elif self.made is not None:
            self.unfolded |= {(each.partner_id, each.commodity) for each in self.made.contacts}
        self._show()

    def _turn_fold(self, row: Line) -> None:
        if (key := aged_lines.contact_key(row)) is not None:
            self.unfolded ^= {key}
            self._show()

    def step_back(self) -> bool:
        """Clear the marks, or else leave the items of a contact."""
        if super().step_back():
            return True
        if (row := self.row) is not None and row.place[0] == "item":
            self.action_fold()
            return True
        return False

    # Going

    def open_row(self, row: Line) -> None:
        """Show or hide the items of a contact; open the document of an item."""
        _contact, item = self._of(row)
        if item is not None:
            open_document(self, item.number, item.entry_id)
        else:
            self._turn_fold(row)

    def action_account(self) -> None:
        """Open the statement of account of the contact."""
        contact = self._of(self.row)[0] if self.row is not None else None
        if contact is None:
            self.app.say(_("Choose a contact first."))
            return
        from screens.ledger.account import AccountScreen

        period = Period(self.day.replace(month=1, day=1), self.day)
        self.app.push_screen(AccountScreen(contact.partner, self.side, period, self.valued))

    def place(self) -> Place:
        """Return this side and day."""
        words = [self.side, *([str(self.at)] if self.at else []), *([VALUES] * self.valued)]
        return Place(self.AREA, query=" ".join(words), view=self.ROOM)

    # Paying

    def action_new(self) -> None:
        """Pay the marked items, else those of the contact under the cursor, in one payment."""
        self.with_chosen(self._pay)

    def _pay(self, rows: Sequence[Line]) -> None:
        from screens.ledger.payment_form import Wanted, open_form

        found: dict[str, AgedItem] = {}
        whose: set[Key] = set()
        for row in rows:
            contact, item = self._of(row)
            if contact is not None:
                whose.add((contact.partner_id, contact.commodity))
                kept = [item] if item else [one for one in contact.items if one.payable]
                found |= {one.number: one for one in kept}
        problem = _why_not_paid(whose, list(found.values()))
        if problem:
            self.app.say(problem, "warning")
            return
        if not whose:
            open_form(self, Wanted(WAYS[self.side, True]), self._paid)
            return
        contact_id = next(iter(whose))[0]
        name = next(one.partner for one in self.made.contacts if one.partner_id == contact_id
                    ) if self.made else ""  # fmt: skip
        documents = all(one.payable for one in found.values())
        open_form(self, Wanted(WAYS[self.side, documents], name, tuple(found)), self._paid)

    def _paid(self, row: PaymentRow) -> None:
        from screens.ledger.payment import PaymentScreen

        self.table.clear_marks()
        self.app.push_screen(PaymentScreen(row.id))

    # Files

    def copy_text(self, row: Line) -> str:
        """Return a line as text to copy."""
        amounts = [row.amount(key) for key in (*aged_lines.AGE_KEYS, aged_lines.TOTAL)]
        return "\t".join((row.name or row.title.strip(), *amounts, row.commodity))

    def action_export(self) -> None:
        """Ask for a file and write what is shown into it."""
        ask_for_file(self, f"aged-{self.side}-{self.day}.csv", self._export)

    def export_work(self, path: str, rows: Sequence[Line] | None) -> Callable[[], str] | None:
        """Return the operation that writes what is shown."""
        del rows
        if self.made is None:
            return None
        return writing(
            self.session, path, partial(sheets.of_aged, self.made, frozenset(self.unfolded))
        )


def _why_not_paid(whose: set[Key], found: Sequence[AgedItem]) -> str:
    """Return why items cannot be paid in one payment, or nothing."""
    if len(whose) > 1:
        return _("One payment is for one contact in one currency; mark fewer items.")
    if len({one.payable for one in found}) > 1:
        return _("Documents are paid and credits paid back; mark either of them.")
    return ""
