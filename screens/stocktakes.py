"""The stocktakes: how far each is, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import ClassVar

from boconsole.language import N_, _
from boconsole.stock import asking, stocktaking
from boconsole.stock.stocktaking import StocktakeRow
from screens import asset_rooms
from screens.actions import of_feature
from screens.cells import Cell, moment, safe
from screens.entries import Field, Suggestion
from screens.forms import Form, FormScreen
from screens.keys import Action
from screens.lists import View
from screens.registers import RegisterScreen, number
from screens.widgets.columns import Column

FEATURE = "stocktake"
NEW = of_feature(FEATURE, "new")[0]


class StocktakesScreen(asset_rooms.InRooms, RegisterScreen[StocktakeRow]):
    """Stocktakes, newest first."""

    TITLE = "Stocktakes"
    ROOM = asset_rooms.STOCKTAKE
    AREA = asset_rooms.AREA
    FEATURE = FEATURE
    REGISTER = asking.STOCKTAKES
    VIEWS = (View(N_("Open stocktakes"), "state:open"),)
    ACTIONS: ClassVar[Sequence[Action]] = (NEW,)
    PARTS = ("screens.stocktake:StocktakeScreen",)

    def columns(self) -> Sequence[Column[StocktakeRow]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("number", N_("Number"), 8, lambda row: Cell(stocktaking.number(row.id), "info")),
            Column("name", N_("Name"), 16, lambda row: Cell(safe(row.name)), grow=2),
            Column("opened", N_("Opened"), 16,
                   lambda row: Cell(moment(row.opened_at.astimezone(self.session.zone))),
                   priority=2),
            Column("expected", N_("Expected"), 8, lambda row: number(row.expected),
                   align="right"),
            Column("found", N_("Found"), 6, lambda row: number(row.found), align="right"),
            Column("missing", N_("Missing"), 7,
                   lambda row: number(row.missing, "warn" if row.missing else ""), align="right"),
            Column("misplaced", N_("Misplaced"), 9, lambda row: number(row.misplaced),
                   align="right", priority=1),
            Column("unknown", N_("Unknown"), 7, lambda row: number(row.unknown), align="right",
                   priority=3),
            Column("state", N_("State"), 8, _state),
        )  # fmt: skip

    def read_rows(self) -> Sequence[StocktakeRow]:
        """Return all stocktakes; blocks."""
        return stocktaking.stocktakes_of(self.session)

    def key_of(self, row: StocktakeRow) -> int:
        """Return the id."""
        return row.id

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No stocktake yet. n opens one of places or categories.")

    def open_row(self, row: StocktakeRow) -> None:
        """Open a stocktake to scan."""
        from screens.stocktake import StocktakeScreen

        self.app.push_screen(StocktakeScreen(row))

    def open_number(self, number: str) -> None:
        """Open a stocktake by its number, as typed after `:`."""
        self.load(partial(stocktaking.get, self.session, number), self.open_row, group="open")

    def action_new(self) -> None:
        """Read places and categories, then ask what is counted."""

        def read() -> tuple[list[str], list[str]]:
            return (stocktaking.place_paths(self.session),
                    stocktaking.category_names(self.session))  # fmt: skip

        self.load(read, self._ask, group="ask")

    def _ask(self, found: tuple[list[str], list[str]]) -> None:
        paths, categories = found
        today = self.session.now().astimezone(self.session.zone).date()
        fields = [
            Field("name", N_("Name"), required=True),
            Field("places", N_("Places"), "tags", suggest=partial(_from, paths),
                  hint=N_("Separated by commas; empty takes all.")),
            Field("categories", N_("Categories"), "tags", suggest=partial(_from, categories),
                  hint=N_("Separated by commas; empty takes all.")),
        ]  # fmt: skip

        def save(given: Mapping[str, object], _version: int) -> StocktakeRow:
            return stocktaking.open_one(
                self.session, str(given.get("name") or ""), at=_words(given.get("places")),
                categories=_words(given.get("categories")),
            )  # fmt: skip

        def said(row: StocktakeRow) -> str:
            return _("{n} assets are expected; scan their tags.").format(n=row.expected)

        values: dict[str, object] = {"name": _("Stocktake {day}").format(day=today)}
        self.app.push_screen(FormScreen(
            Form("stocktake.open", _("Open a stocktake"), fields, save, values, said=said,
                 saved=self.open_row, feature=FEATURE)
        ))  # fmt: skip


def _state(row: StocktakeRow) -> Cell:
    return Cell(_("C closed"), "muted") if row.closed_at else Cell(_("O open"), "good")


def _from(names: Sequence[str], start: str) -> list[Suggestion]:
    low = start.casefold()
    return [Suggestion(name) for name in names if low in name.casefold()]


def _words(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, tuple) else ()
