"""The pay runs: month by month, how far each is, and what it comes to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import ClassVar

from boconsole.language import N_, _
from boconsole.ledger.words import parse_day
from boconsole.payroll import approving, asking, posting, reading, running, setting_up, words
from boconsole.payroll.reading import RunRow
from screens import staff_rooms
from screens.actions import SHOW, of_feature
from screens.cells import Cell, safe
from screens.dialogs import Choice, MenuDialog
from screens.entries import Field, Suggestion
from screens.forms import Form, FormScreen
from screens.keys import LIST, Action
from screens.lists import View
from screens.payroll_facts import FEATURE, STATES, amount, look_word
from screens.payroll_rooms import RUNS
from screens.registers import RegisterScreen, number
from screens.shell import ShellScreen
from screens.widgets.columns import Column

NEW, STATE = of_feature(FEATURE, "new", "state")
COMPARE = Action(f"{FEATURE}.compare", N_("Compare with the month before"), ("=",), LIST, SHOW,
                 rank=12, short=N_("compare"))  # fmt: skip


class PayRunsScreen(staff_rooms.InRooms, RegisterScreen[RunRow]):
    """Pay runs, the newest month first."""

    TITLE = "Pay runs"
    ROOM = RUNS
    AREA = staff_rooms.AREA
    FEATURE = FEATURE
    REGISTER = asking.RUNS
    VIEWS = (View(N_("Pay runs that wait"), "state:draft,approved"),)
    ACTIONS: ClassVar[Sequence[Action]] = (NEW, STATE, COMPARE)
    PARTS = ("screens.payroll_run:PayRunScreen", "screens.payroll_lines:PayLinesScreen",
             "screens.payroll_compared:ComparedScreen")  # fmt: skip

    def columns(self) -> Sequence[Column[RunRow]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("number", N_("Number"), 8, lambda row: Cell(row.number, "info"),
                   sort="number"),
            Column("month", N_("Month"), 7, lambda row: Cell(row.title), sort="month"),
            Column("group", N_("Group"), 10, _group, grow=1, priority=2, sort="group"),
            Column("kind", N_("Kind"), 10, _kind, priority=1),
            Column("state", N_("State"), 12, lambda row: look_word(STATES[row.state])),
            Column("people", N_("People"), 6, lambda row: number(row.people), align="right"),
            Column("tax", N_("Tax"), 15, lambda row: amount(row.tax, row.digits),
                   align="right", priority=3),
            Column("net", N_("Paid out"), 15, lambda row: amount(row.net, row.digits),
                   align="right"),
            Column("code", "", 3, lambda row: Cell(safe(row.currency), "muted")),
            Column("cost", N_("Cost"), 15, lambda row: amount(row.cost, row.digits),
                   align="right", priority=4),
            Column("by", N_("By"), 10, lambda row: Cell(safe(row.preparer), "muted"),
                   priority=5),
        )  # fmt: skip

    def read_rows(self) -> Sequence[RunRow]:
        """Return all runs; blocks."""
        return reading.runs(self.session)

    def key_of(self, row: RunRow) -> int:
        """Return the id."""
        return row.id

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No pay run yet. n computes a month.")

    def open_row(self, row: RunRow) -> None:
        """Open the people of a run."""
        from screens.payroll_run import PayRunScreen

        self.app.push_screen(PayRunScreen(row))

    def open_number(self, number: str) -> None:
        """Open a run by its number, as typed after `:`."""
        self.load(partial(reading.find, self.session, number), self.open_row, group="open")

    def action_compare(self) -> None:
        """Show what differs from the month before."""
        if (row := self.row) is not None:
            compare(self, row)

    def action_state(self) -> None:
        """Approve, book, pay or drop the run under the cursor."""
        if (row := self.row) is not None:
            ask_state(self, row, lambda _done: None)

    def action_new(self) -> None:
        """Ask which month is computed, and for whom."""
        self.load(partial(group_names, self), self._ask, group="ask")

    def _ask(self, groups: list[str]) -> None:
        today = self.session.now().astimezone(self.session.zone).date()
        fields = [
            Field("month", N_("Month"), required=True, hint=N_("Such as 2026-05.")),
            Field("group", N_("Group"), suggest=partial(_from, groups),
                  hint=N_("A pay group; empty takes all.")),
            Field("pay_on", N_("Paid on"), "date", hint=N_("By default the month's end.")),
        ]  # fmt: skip

        def save(given: Mapping[str, object], _version: int) -> RunRow:
            day = str(given.get("pay_on") or "")
            return running.run(
                self.session, words.parse_month(str(given.get("month") or "")),
                str(given.get("group") or ""), parse_day(day) if day else None,
            )  # fmt: skip

        def said(row: RunRow) -> str:
            return _("{number} of {month} is computed for {n} people.").format(
                number=row.number, month=row.title, n=row.people
            )

        self.app.push_screen(FormScreen(
            Form("payroll.run", _("Compute a month"), fields, save,
                 {"month": f"{today:%Y-%m}"}, said=said, saved=self.open_row, feature=FEATURE)
        ))  # fmt: skip


def group_names(screen: ShellScreen) -> list[str]:
    """Return the names of the pay groups; blocks."""
    return [row.name for row in setting_up.groups(screen.session) if row.name]


def compare(screen: ShellScreen, row: RunRow) -> None:
    """Open what differs from the month before."""
    from screens.payroll_compared import ComparedScreen

    screen.app.push_screen(ComparedScreen(row))


def ask_state(screen: ShellScreen, row: RunRow, done: Callable[[RunRow], None]) -> None:
    """Choose what happens to a run next, and do it."""
    session = screen.session
    today = session.now().astimezone(session.zone).date()
    waits = {words.DRAFT: _("it is a draft"), words.APPROVED: _("it is approved"),
             words.POSTED: _("it is posted"), words.PAID: _("it is paid"),
             words.DROPPED: _("it is dropped")}[row.state]  # fmt: skip
    works: dict[str, tuple[str, str, tuple[str, ...], Callable[[], RunRow]]] = {
        "again": (_("Compute again"), "c", (words.DRAFT,),
                  partial(running.run, session, row.month, row.pay_group)),
        "approve": (_("Approve"), "a", (words.DRAFT,), partial(approving.approve, session, row)),
        "post": (_("Book"), "b", (words.APPROVED,), partial(posting.post, session, row)),
        "pay": (_("Book that the bank paid it today"), "p", (words.POSTED,),
                partial(posting.pay, session, row, today)),
        "drop": (_("Give up"), "d", (words.DRAFT, words.APPROVED),
                 partial(running.drop, session, row)),
    }  # fmt: skip
    choices = [
        Choice(value, text, key, "" if row.state in states else waits)
        for value, (text, key, states, _work) in works.items()
        if value != "again" or row.kind == words.REGULAR
    ]

    def take(value: str | None) -> None:
        if value is not None:
            screen.change(works[value][3], said=_told, touched=(row.id,), feature=FEATURE,
                          done=done)  # fmt: skip

    screen.app.push_screen(MenuDialog(f"{row.number} {row.title}", choices), take)


def _told(row: RunRow) -> str:
    return _("{number} of {month} is {state}.").format(
        number=row.number, month=row.title, state=_(words.STATE_TITLES[row.state])
    )


def _group(row: RunRow) -> Cell:
    return Cell(safe(row.pay_group)) if row.pay_group else Cell(_("all"), "muted")


def _kind(row: RunRow) -> Cell:
    return Cell(_(words.RUN_KINDS[row.kind]), "info" if row.kind == words.CORRECTION else "muted")


def _from(names: Sequence[str], start: str) -> list[Suggestion]:
    low = start.casefold()
    return [Suggestion(name) for name in names if low in name.casefold()]
