"""Foreign items at the closing rate of a day, before that is posted: old worth, new worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import ClassVar

from rich.console import RenderableType
from textual import on
from textual.content import Content

from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _
from boconsole.ledger import rating
from boconsole.ledger.statements import periods
from boconsole.revaluing import booking, planning
from boconsole.revaluing.errors import NoClosingRateError
from boconsole.revaluing.planning import Line, Plan
from screens.actions import CHANGE, GO
from screens.cells import Cell, fit, safe
from screens.dialogs import ConfirmDialog, PromptDialog
from screens.keys import LIST, Action
from screens.ledger import facts, rooms
from screens.ledger.fixed_asset_facts import ReadRows
from screens.ledger.sources import Rows
from screens.lists import ListScreen
from screens.places import Place
from screens.prose import block, toned, wrapped
from screens.widgets import table_messages as messages
from screens.widgets.bars import Heading
from screens.widgets.columns import Column
from screens.widgets.preview import Preview


class PlanSource(ReadRows[Line]):
    """The lines of a plan, which is read anew with the first page."""

    def __init__(self, screen: RevaluationScreen) -> None:
        super().__init__(screen.lines, lambda line: line.key)
        self._screen = screen

    def page(self, after: str | None, limit: int, *, backwards: bool = False) -> Rows[Line]:
        """Return at most `limit` rows next to a place."""
        if after is None:
            self._screen.read()
        return super().page(after, limit, backwards=backwards)


class RevaluationScreen(rooms.InRooms, ListScreen[Line]):
    """What is held and open in foreign currencies; at the end of the month before at first."""

    TITLE = "Revaluation"
    ROOM = rooms.REVALUATION
    AREA = facts.AREA
    FEATURE = facts.FEATURE
    ACTIONS: ClassVar[Sequence[Action]] = (
        Action("revaluation.post", N_("Post the revaluation"), ("P",), LIST, CHANGE, rank=11,
               short=N_("post"),
               help=N_("On this day, and its opposite on the next one.")),
        Action("revaluation.step-back", N_("The month before"), ("<",), LIST, GO, rank=12,
               short=N_("before")),
        Action("revaluation.step-on", N_("The next month"), (">",), LIST, GO, rank=13,
               short=N_("next")),
        Action("revaluation.day", N_("Type the day"), ("d",), LIST, GO, rank=14, short=N_("day"),
               help=N_("Such as 2026-03, for its last day, or 2026-03-15.")),
        Action("revaluation.rate", N_("Give the rate of the day"), ("e",), LIST, CHANGE, rank=15,
               short=N_("rate")),
        Action("revaluation.entries", N_("Show its entries in the journal"), ("J",), LIST, GO,
               rank=16, short=N_("journal")),
    )  # fmt: skip

    def __init__(self) -> None:
        self.day = date(1, 1, 1)
        self.plan: Plan | None = None
        self._unrated: NoClosingRateError | None = None
        super().__init__()

    def on_mount(self) -> None:
        """Begin with the end of the month before this one, unless a place said another day."""
        if self.day == date(1, 1, 1):
            today = self.session.now().astimezone(self.session.zone).date()
            self.day = today.replace(day=1) - timedelta(days=1)
        super().on_mount()

    @on(messages.Counted)
    def _planned(self) -> None:
        """Say in the heading what is gained and lost, once that is known."""
        self.show_status()

    # What it shows

    def heading(self) -> Heading:
        """Return the day, and what is gained and lost."""
        told = _("Revaluation {day}").format(day=self.day)
        if self.plan is not None and (sums := _sums(self.plan)):
            told += f": {sums}"
        return super().heading()._replace(view=told, filter="")

    def columns(self) -> Sequence[Column[Line]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("account", N_("Account"), 12, lambda row: Cell(safe(row.account.path)), grow=1),
            Column("item", N_("Item"), 14, lambda row: Cell(row.name, "info")),
            Column("amount", N_("Amount"), 17, lambda row: Cell(_amount(row)), align="right",
                   priority=1),
            Column("before", N_("Before"), 15, lambda row: Cell(_worth(row, row.before)),
                   align="right"),
            Column("after", N_("After"), 15, lambda row: Cell(_worth(row, row.after)),
                   align="right"),
            Column("difference", N_("Difference"), 14, _difference, align="right"),
        )  # fmt: skip

    def source(self, query: str) -> PlanSource:
        """Return where the rows come from."""
        del query
        return PlanSource(self)

    def read(self) -> None:
        """Plan anew; without a rate nothing is planned."""
        self.plan = self._unrated = None
        try:
            self.plan = planning.plan(self.session, self.day)
        except NoClosingRateError as error:
            self._unrated = error
        self.table.empty_text = self.empty_text()

    def lines(self) -> Sequence[Line]:
        """Return the lines of the plan that was read last."""
        if self.plan is None and self._unrated is None:
            self.read()
        return self.plan.lines if self.plan is not None else ()

    def empty_text(self) -> str:
        """Return what an empty list says."""
        if self._unrated is not None:
            told = _("No rate of {code} in {quote} is known on {day}.")
            pairs = [told.format(code=safe(code), quote=safe(quote), day=self.day)
                     for code, quote in self._unrated.pairs]  # fmt: skip
            return "\n".join([*pairs, _("e gives the rate.")])
        return _("Nothing was held or open in foreign currencies on {day}.").format(day=self.day)

    def preview(self, row: Line) -> RenderableType:
        """Return a line beside the list: how its worth came to be."""
        room = self.query_one(Preview).room
        lines = wrapped(toned((safe(row.account.path), "strong")), room)
        if row.item is not None:
            lines += [toned((row.name, "info")), *wrapped(toned(safe(row.item.partner)), room),
                      toned(f"{row.item.dated}")]  # fmt: skip
        lines += [Content(""), toned(fit(_amount(row), room, right=True))]
        if row.rate is not None and row.rate.dated is not None:
            lines.append(toned(_("Rate of {day}").format(day=row.rate.dated)))
        code = safe(row.worth.code)
        for title, minor in ((_("Before"), row.before), (_("After"), row.after),
                             (_("Difference"), row.difference)):  # fmt: skip
            told = f"{_worth(row, minor)} {code}"
            lines.append(toned(title, fit(told, max(room - len(title), 1), right=True)))
        return block(lines)

    def why_not(self, action: Action) -> str:
        """Say what this list cannot do: all of a day is posted at once."""
        if action.id in ("list.filter", "list.sort", "list.mark", "list.mark-all"):
            return _("A day is revalued for all items together.")
        return super().why_not(action)

    # Going

    def open_row(self, row: Line) -> None:
        """Open the entry of an open item, or the register of an account."""
        from screens.ledger.entry import EntryScreen
        from screens.ledger.register import RegisterScreen

        if row.item is not None:
            self.app.push_screen(EntryScreen(row.item.entry_id))
        else:
            self.app.push_screen(RegisterScreen(row.account))

    def action_entries(self) -> None:
        """Show in the journal what revalues this day."""
        self.app.call_later(
            self.app.go, Place(self.AREA, query=f"kind:revaluation date:{self.day}")
        )

    def place(self) -> Place:
        """Return the day in the room."""
        return Place(self.AREA, view=f"{rooms.REVALUATION}/{self.day}")

    async def show_place(self, place: Place) -> None:
        """Show the day that a place names."""
        if place.view and not _wrong_day(place.view):
            self._go(_day(place.view))

    def _go(self, day: date) -> None:
        self.day = day
        self.plan = None
        self.show_query("")

    def action_step_back(self) -> None:
        """Go to the end of the month before."""
        self._go(self.day.replace(day=1) - timedelta(days=1))

    def action_step_on(self) -> None:
        """Go to the end of the next month; from within a month to its own."""
        self._go(_day(f"{self.day + timedelta(days=1):%Y-%m}"))

    def action_day(self) -> None:
        """Ask for the day."""
        prompt = PromptDialog(_("Which day, or month?"), f"{self.day}", check=_wrong_day)
        self.app.push_screen(prompt, lambda text: self._go(_day(text)) if text else None)

    # Changing

    def _pair(self) -> tuple[str, str] | None:
        """Return the currency whose rate is asked for, and the one that it is carried in."""
        if self._unrated is not None:
            return self._unrated.pairs[0]
        row = self.row
        return (row.commodity.code, row.worth.code) if row is not None else None

    def action_rate(self) -> None:
        """Ask for a rate of the day."""
        if (pair := self._pair()) is None:
            self.app.say(self.empty_text())
            return
        code, quote = pair
        day = self.day

        def take(text: str | None) -> None:
            if text:
                said = _("1 {code} is {worth} {quote} from {day} on.").format(
                    code=code, worth=text, quote=quote, day=day
                )
                self.change(partial(rating.put, self.session, code, quote, text, day), said=said,
                            done=lambda _rate: self._go(day))  # fmt: skip

        question = _("What is 1 {code} worth in {quote} on {day}?").format(
            code=safe(code), quote=safe(quote), day=day
        )
        self.app.push_screen(PromptDialog(question, check=_wrong_rate), take)

    def action_post(self) -> None:
        """Ask, then post what was seen."""
        plan, day = self.plan, self.day
        if plan is None or not plan.changed:
            self.app.say(_("Nothing is to be revalued on {day}.").format(day=day))
            return
        question = _("Post {sums} on {day}, and the opposite on the next day?").format(
            sums=_sums(plan), day=day
        )

        def post(sure: bool | None) -> None:
            if sure:
                self.change(
                    partial(booking.revalue, self.session, day, plan),
                    said=lambda made: " ".join(booking.told(made)),
                    done=lambda _made: self._go(day),
                )  # fmt: skip

        self.app.push_screen(ConfirmDialog(question, yes=_("post")), post)


def _amount(row: Line) -> str:
    return f"{facts.money(row.amount, row.commodity.precision)} {safe(row.commodity.code)}"


def _worth(row: Line, minor: int) -> str:
    return facts.money(minor, row.worth.precision)


def _difference(row: Line) -> Cell:
    return Cell(_worth(row, row.difference), "" if row.difference else "muted")


def _sums(plan: Plan) -> str:
    """Return gains and losses, such as `+700.00 -12.00 USD`."""
    return ", ".join(
        " ".join((*_signed(gained, lost, worth.precision), safe(worth.code)))
        for worth, (gained, lost) in planning.gains(plan.changed).items()
    )


def _signed(gained: int, lost: int, precision: int) -> Iterator[str]:
    if gained:
        yield f"+{facts.money(gained, precision)}"
    if lost:
        yield facts.money(-lost, precision)


def _day(text: str) -> date:
    return periods.read(text).ends


def _wrong_day(text: str) -> str:
    try:
        _day(text)
    except InvalidChangeError as error:
        return error.reason
    return ""


def _wrong_rate(text: str) -> str:
    try:
        rating.read(text)
    except InvalidChangeError as error:
        return error.reason
    return ""
