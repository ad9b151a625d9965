"""Consumables, accessories and components: how many are on hand, and what is too few."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.console import RenderableType

from boconsole.language import N_, _, grouped, ngettext
from boconsole.stock import asking, changing, reading, words
from boconsole.stock.reading import Item
from screens import asset_rooms, stock_facts
from screens.actions import CHANGE, of_feature
from screens.cells import Cell, safe
from screens.dialogs import ConfirmDialog
from screens.keys import LIST, Action
from screens.lists import View
from screens.prose import block
from screens.registers import RegisterScreen, number
from screens.stock_facts import FEATURE
from screens.widgets.columns import Column
from screens.widgets.preview import Preview

NEW, EDIT = of_feature(FEATURE, "new", "edit")
GIVE = Action(f"{FEATURE}.assign", N_("Hand out, or install"), ("a",), LIST, CHANGE, rank=11,
              short=N_("hand out"))  # fmt: skip
RECEIVE = Action(f"{FEATURE}.receive", N_("Receive what came"), ("+",), LIST, CHANGE, rank=12,
                 short=N_("receive"))  # fmt: skip
CORRECT = Action(f"{FEATURE}.correct", N_("Correct the count"), ("=",), LIST, CHANGE, rank=17,
                 short=N_("correct"))  # fmt: skip
RETIRE = Action(f"{FEATURE}.remove", N_("Retire, or use again"), ("D",), LIST, CHANGE, rank=19,
                short=N_("retire"))  # fmt: skip


class StockScreen(asset_rooms.InRooms, RegisterScreen[Item]):
    """Things of one kind by name, without those that are retired."""

    AREA = asset_rooms.AREA
    FEATURE = FEATURE
    KIND: ClassVar[str]
    REGISTER = asking.ITEMS
    VIEWS = (
        View(N_("Too few on hand"), "is:warned"),
        View(N_("Retired items"), "state:retired"),
    )
    ACTIONS: ClassVar[Sequence[Action]] = (NEW, EDIT, GIVE, RECEIVE, CORRECT, RETIRE)
    PARTS = ("screens.stock_item:StockItemScreen",)

    # What it shows

    def columns(self) -> Sequence[Column[Item]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("number", N_("Number"), 8, lambda row: Cell(row.number, "info"),
                   sort="number"),
            Column("name", N_("Name"), 18, lambda row: Cell(safe(row.row.name)), grow=3,
                   sort="name"),
            Column("category", N_("Category"), 14,
                   lambda row: Cell(safe(row.row.category), "muted"), grow=1, priority=2,
                   sort="category"),
            Column("place", N_("Place"), 14, lambda row: Cell(safe(row.row.place), "muted"),
                   grow=1, priority=1, sort="place"),
            Column("hand", N_("On hand"), 7,
                   lambda row: number(row.row.on_hand, "warn" if row.missing else ""),
                   align="right", sort="hand"),
            Column("minimum", N_("Minimum"), 7, lambda row: number(row.row.minimum),
                   align="right", sort="minimum"),
            *((Column("away", N_("Away"), 5, lambda row: number(row.row.away), align="right",
                      sort="away"),) if self.KIND != words.CONSUMABLE else ()),
            Column("state", N_("State"), 15, stock_facts.state_word),
        )  # fmt: skip

    def read_rows(self) -> Sequence[Item]:
        """Return all things of the kind; blocks."""
        return reading.items_of(self.session, self.KIND)

    def key_of(self, row: Item) -> int:
        """Return the id."""
        return row.row.id

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("Nothing is counted here yet. n adds something, esc clears the filter.")

    def preview(self, row: Item) -> RenderableType:
        """Return things and who has them beside the list."""
        held = reading.holdings(self.session, row.row.id)
        return block(stock_facts.picture(row, held, self.query_one(Preview).room))

    def export_work(self, path: str, rows: Sequence[Item] | None) -> Callable[[], str] | None:
        """Return the operation that writes what is shown or marked."""

        def write(chosen: Sequence[Item]) -> str:
            from boconsole.stock import exporting

            done = exporting.export(self.session, Path(path), chosen)
            told = ngettext("{n} item is in {path}.", "{n} items are in {path}.", done)
            return told.format(n=grouped(done), path=path)

        return self.export_rows(path, rows, write)

    # Going and changing

    def open_row(self, row: Item) -> None:
        """Open the movements of things."""
        from screens.stock_item import StockItemScreen

        self.app.push_screen(StockItemScreen(row))

    def open_number(self, number: str) -> None:
        """Open things by their number, as typed after `:`."""
        self.load(partial(reading.of_number, self.session, number), self.open_row, group="open")

    def action_new(self) -> None:
        """Open the form of new things."""
        from screens import stock_forms

        form = stock_forms.new_form(self.session, self.KIND, lambda _done: None)
        self.app.push_screen(form)

    def action_edit(self) -> None:
        """Open the form of the things under the cursor."""
        self._form("edit_form")

    def action_assign(self) -> None:
        """Ask who gets how many."""
        self._form("give_form")

    def action_receive(self) -> None:
        """Ask what came."""
        self._form("receive_form")

    def action_correct(self) -> None:
        """Ask how many were counted."""
        self._form("correct_form")

    def _form(self, name: str) -> None:
        from screens import stock_forms

        if (row := self.row) is not None:
            make = getattr(stock_forms, name)
            self.app.push_screen(make(self.session, row, lambda _done: None))

    def action_remove(self) -> None:
        """Ask, then retire the things, or take them into use again."""
        if (row := self.row) is None:
            return
        back = row.row.retired
        question = _("Use {number} {name} again?") if back else _("Retire {number} {name}?")

        def act(sure: bool | None) -> None:
            if sure:
                said = _("{number} is in use again.") if back else _("{number} is retired.")
                self.change(
                    partial(changing.retire, self.session, row, back=back),
                    said=said.format(number=row.number), touched=(row.row.id,),
                )  # fmt: skip

        asked = question.format(number=row.number, name=row.row.name)
        self.app.push_screen(ConfirmDialog(asked), act)


class ConsumablesScreen(StockScreen):
    """What is used up."""

    TITLE = "Consumables"
    ROOM = asset_rooms.CONSUMABLES
    KIND = words.CONSUMABLE


class AccessoriesScreen(StockScreen):
    """What people borrow."""

    TITLE = "Accessories"
    ROOM = asset_rooms.ACCESSORIES
    KIND = words.ACCESSORY


class ComponentsScreen(StockScreen):
    """What goes into assets."""

    TITLE = "Components"
    ROOM = asset_rooms.COMPONENTS
    KIND = words.COMPONENT
