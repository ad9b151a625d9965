"""A month's depreciation before it is posted: what each asset would lose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import ClassVar

from rich.console import RenderableType

from boconsole.errors import InvalidChangeError
from boconsole.fixed_assets import depreciating
from boconsole.fixed_assets.depreciating import Due, Plan
from boconsole.language import N_, _, ngettext
from boconsole.ledger.entries import JournalEntry
from boconsole.ledger.statements import periods
from screens.actions import CHANGE, GO
from screens.cells import Cell, safe
from screens.dialogs import ConfirmDialog, PromptDialog
from screens.keys import LIST, Action
from screens.ledger import facts, fixed_asset_facts, rooms
from screens.ledger.fixed_asset_facts import FEATURE, ReadRows, amount
from screens.ledger.fixed_asset_forms import told_of
from screens.lists import ListScreen
from screens.places import Place
from screens.prose import block
from screens.widgets.bars import Heading
from screens.widgets.columns import Column
from screens.widgets.preview import Preview


class DepreciationScreen(rooms.InRooms, ListScreen[Due]):
    """What is due up to the end of a month; the month before this one at first."""

    TITLE = "Depreciation"
    ROOM = rooms.FIXED_ASSETS
    AREA = facts.AREA
    FEATURE = FEATURE
    ACTIONS: ClassVar[Sequence[Action]] = (
        Action("depreciation.post", N_("Post the depreciation"), ("P",), LIST, CHANGE, rank=11,
               short=N_("post"), help=N_("One entry for all assets, on the last day.")),
        Action("depreciation.step-back", N_("The month before"), ("<",), LIST, GO,
               rank=12, short=N_("before")),
        Action("depreciation.step-on", N_("The next month"), (">",), LIST, GO,
               rank=13, short=N_("next")),
        Action("depreciation.period", N_("Type the month"), ("d",), LIST, GO, rank=14,
               short=N_("month"), help=N_("Such as 2026-03.")),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.month = date(1, 1, 1)
        self._plan: Plan | None = None

    def on_mount(self) -> None:
        """Begin with the month before this one."""
        today = self.session.now().astimezone(self.session.zone).date()
        self.month = today.replace(day=1) - timedelta(days=1)
        super().on_mount()

    # What it shows

    def heading(self) -> Heading:
        """Return the month, and what all assets lose."""
        told = _("Depreciation {month}").format(month=f"{self.month:%Y-%m}")
        if self._plan is not None and self._plan.due:
            told += f": {self._total(self._plan)}"
        if self._plan is not None and (waiting := len(self._plan.waiting)):
            told += ngettext(", {n} waits", ", {n} wait", waiting).format(n=waiting)
        return super().heading()._replace(view=told)

    def _total(self, plan: Plan) -> str:
        sums: Counter[str] = Counter()
        digits = {}
        for due in plan.due:
            sums[due.asset.row.commodity] += due.amount
            digits[due.asset.row.commodity] = due.asset.row.precision
        return ", ".join(
            f"{facts.money(minor, digits[code])} {safe(code)}" for code, minor in sums.items()
        )

    def columns(self) -> Sequence[Column[Due]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("number", N_("Number"), 8, lambda row: Cell(row.asset.number, "info")),
            Column("name", N_("Name"), 14, lambda row: Cell(safe(row.asset.row.name)), grow=2),
            Column("class", N_("Class"), 10,
                   lambda row: Cell(safe(row.asset.row.class_name), "muted"), grow=1, priority=2),
            Column("months", N_("Months"), 16, lambda row: Cell(_span(row)), priority=1),
            Column("amount", N_("Amount"), 18, lambda row: Cell(amount(row.asset, row.amount)),
                   align="right"),
        )  # fmt: skip

    def source(self, query: str) -> ReadRows[Due]:
        """Return where the rows come from."""
        del query
        return ReadRows(partial(self._read, self.month), lambda due: due.asset.row.id)

    def _read(self, month: date) -> Sequence[Due]:
        plan = depreciating.plan(self.session, month)
        self._plan = plan
        return plan.due

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("Nothing is left to depreciate up to this month; > shows the next one.")

    def preview(self, row: Due) -> RenderableType:
        """Return the asset beside the list."""
        return block(fixed_asset_facts.picture(row.asset, self.query_one(Preview).room))

    def why_not(self, action: Action) -> str:
        """Say what this list cannot do: all of a month is posted at once."""
        if action.id in ("list.filter", "list.sort", "list.mark", "list.mark-all"):
            return _("A month is depreciated for all assets together.")
        return super().why_not(action)

    # Going

    def open_row(self, row: Due) -> None:
        """Open the schedule of an asset."""
        from screens.ledger.fixed_asset import FixedAssetScreen

        self.app.push_screen(FixedAssetScreen(row.asset))

    def place(self) -> Place:
        """Return the room."""
        return Place(self.AREA, view=rooms.FIXED_ASSETS)

    def _go(self, month: date) -> None:
        self.month = month
        self._plan = None
        self.show_query("")

    def action_step_back(self) -> None:
        """Go to the month before."""
        self._go(self.month.replace(day=1) - timedelta(days=1))

    def action_step_on(self) -> None:
        """Go to the next month."""
        self._go(depreciating.end_of_month(self.month) + timedelta(days=1))

    def action_period(self) -> None:
        """Ask for the month."""
        prompt = PromptDialog(_("Which month?"), f"{self.month:%Y-%m}", check=_wrong_month)
        self.app.push_screen(prompt, lambda text: self._go(_month(text)) if text else None)

    # Posting

    def action_post(self) -> None:
        """Ask, then post."""
        plan, month = self._plan, self.month
        if plan is None or not plan.due or plan.ends != depreciating.end_of_month(month):
            self.app.say(_("Nothing is left to depreciate up to this month; > shows the next one."))
            return
        count = len(plan.due)
        question = ngettext(
            "Depreciate {n} asset by {total} on {day}?",
            "Depreciate {n} assets by {total} on {day}?", count,
        ).format(n=count, total=self._total(plan), day=plan.ends)  # fmt: skip

        def said(entry: JournalEntry) -> str:
            done = _("{number} is depreciated by {entry}.")
            return told_of(done, f"{month:%Y-%m}", [entry])

        def post(sure: bool | None) -> None:
            if sure:
                self.change(
                    partial(depreciating.depreciate, self.session, month), said=said,
                    done=lambda _entry: self._go(month),
                )  # fmt: skip

        self.app.push_screen(ConfirmDialog(question, yes=_("post")), post)


def _span(due: Due) -> str:
    months = due.months
    return months[0] if len(months) == 1 else f"{months[0]}..{months[-1]}"


def _month(text: str) -> date:
    return periods.read(text).ends


def _wrong_month(text: str) -> str:
    try:
        _month(text)
    except InvalidChangeError as error:
        return error.reason
    return ""
