"""Counted things of one kind: every movement, newest first, and who has how many."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from rich.console import RenderableType

from boconsole import audit
from boconsole.language import N_, _
from boconsole.stock import reading, words
from boconsole.stock.reading import HoldingRow, Item, MovementRow
from screens import asset_rooms, stock_facts
from screens.actions import CHANGE, SHOW
from screens.cells import Cell, moment, safe
from screens.dialogs import Choice, MenuDialog
from screens.following import RecordsChanged
from screens.keys import LIST, Action
from screens.places import Place
from screens.prose import block
from screens.registers import RegisterScreen
from screens.stock import CORRECT, EDIT, GIVE, RECEIVE
from screens.stock_facts import FEATURE
from screens.widgets.bars import Heading
from screens.widgets.columns import Column
from screens.widgets.preview import Preview

BACK = Action(f"{FEATURE}.bring-back", N_("Take back"), ("b",), LIST, CHANGE, rank=14,
              short=N_("take back"))  # fmt: skip
HISTORY = Action(f"{FEATURE}.history", N_("What happened to it"), ("H",), LIST, SHOW, rank=20,
                 short=N_("history"))  # fmt: skip
ROOMS = {kind: room for room, kind in words.KINDS.items()}


class StockItemScreen(asset_rooms.InRooms, RegisterScreen[MovementRow]):
    """The movements of things.

    Args:
        item: As it was read.
    """

    TITLE = "Stock"
    AREA = asset_rooms.AREA
    FEATURE = FEATURE
    ACTIONS: ClassVar[Sequence[Action]] = (GIVE, BACK, RECEIVE, CORRECT, EDIT, HISTORY)

    def __init__(self, item: Item) -> None:
        super().__init__()
        self.item = item
        self.ROOM = ROOMS[item.row.kind]
        self._held: list[HoldingRow] = []

    # What it shows

    def heading(self) -> Heading:
        """Return the things and how many are on hand."""
        row = self.item.row
        told = _("{number} {name}, {n} on hand").format(
            number=self.item.number, name=safe(row.name), n=row.on_hand
        )
        return super().heading()._replace(view=told)

    def columns(self) -> Sequence[Column[MovementRow]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("at", N_("When"), 16,
                   lambda row: Cell(moment(row.at.astimezone(self.session.zone)))),
            Column("what", N_("What"), 11, lambda row: Cell(_(words.MOVEMENT_TITLES[row.kind]))),
            Column("change", N_("Change"), 7, _change, align="right"),
            Column("after", N_("On hand"), 7, lambda row: Cell(str(row.after)), align="right"),
            Column("who", N_("With or from"), 20,
                   lambda row: Cell(stock_facts.who(row) or safe(row.supplier)), grow=2),
            Column("order", N_("Order"), 12, lambda row: Cell(safe(row.order_number), "muted"),
                   priority=2),
            Column("cost", N_("Cost of one"), 14, stock_facts.cost, align="right", priority=1),
            Column("by", N_("By"), 8, lambda row: Cell(safe(row.by), "muted"), priority=3),
            Column("note", N_("Note"), 12, lambda row: Cell(safe(row.note), "muted"), grow=1,
                   priority=4),
        )  # fmt: skip

    def read_rows(self) -> Sequence[MovementRow]:
        """Return the movements, and the things as they are now; blocks."""
        self.item = reading.again(self.item.row.id)
        self._held = reading.holdings(self.session, self.item.row.id)
        return reading.movements(self.session, self.item.row.id)

    def key_of(self, row: MovementRow) -> int:
        """Return the id of the movement."""
        return row.id

    def empty_text(self) -> str:
        """Return what things that never came say."""
        return _("None came yet; + receives some.")

    def preview(self, row: MovementRow) -> RenderableType:
        """Return the things beside their movements."""
        del row
        return block(stock_facts.picture(self.item, self._held, self.query_one(Preview).room))

    def records_changed(self, event: RecordsChanged) -> None:
        """Read everything again: ids of things are not those of movements."""
        if event.feature == FEATURE and (not event.ids or self.item.row.id in event.ids):
            super().records_changed(RecordsChanged(FEATURE, ()))
            self.show_status()

    def place(self) -> Place:
        """Return the things."""
        return Place(self.AREA, record=self.item.number)

    # Going and changing

    def open_row(self, row: MovementRow) -> None:
        """Say a movement in full."""
        parts = [f"{row.quantity:+} {_(words.MOVEMENT_TITLES[row.kind])}", stock_facts.who(row),
                 row.supplier, row.order_number, row.note]  # fmt: skip
        self.app.say(", ".join(filter(None, parts)))

    def action_assign(self) -> None:
        """Ask who gets how many."""
        from screens import stock_forms

        self.app.push_screen(stock_forms.give_form(self.session, self.item, self._again))

    def action_receive(self) -> None:
        """Ask what came."""
        from screens import stock_forms

        self.app.push_screen(stock_forms.receive_form(self.session, self.item, self._again))

    def action_correct(self) -> None:
        """Ask how many were counted."""
        from screens import stock_forms

        self.app.push_screen(stock_forms.correct_form(self.session, self.item, self._again))

    def action_edit(self) -> None:
        """Open the form of the things."""
        from screens import stock_forms

        self.app.push_screen(stock_forms.edit_form(self.session, self.item, self._again))

    def action_bring_back(self) -> None:
        """Choose from whom things come back, then ask how many."""
        from screens import stock_forms

        found = {str(place): row for place, row in enumerate(self._held)}

        def ask(chosen: str | None) -> None:
            if chosen is not None:
                form = stock_forms.back_form(self.session, self.item, found[chosen], self._again)
                self.app.push_screen(form)

        if self.item.row.kind == words.CONSUMABLE:
            self.app.say(_("Consumables do not come back."))
        elif not found:
            self.app.say(_("Nobody has any of them."))
        elif len(found) == 1:
            ask("0")
        else:
            choices = [Choice(place, f"{row.quantity}  {stock_facts.who(row)}")
                       for place, row in found.items()]  # fmt: skip
            self.app.push_screen(MenuDialog(_("Take back from"), choices), ask)

    def action_history(self) -> None:
        """Show who did what to the things."""
        from screens.ledger.histories import show_history

        trail = partial(audit.history, self.session, FEATURE, self.item.row.id)
        show_history(self, self.item.number, trail)

    def _again(self, _done: object) -> None:
        self.load(partial(reading.again, self.item.row.id), self._take, group="again")

    def _take(self, item: Item) -> None:
        self.item = item
        self.table.refresh_rows()
        self.show_preview(again=True)
        self.show_status()


def _change(row: MovementRow) -> Cell:
    return Cell(f"{row.quantity:+}", "good" if row.quantity > 0 else "")
