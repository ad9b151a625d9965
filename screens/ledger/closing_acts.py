"""What is done to months and years, in the closing room and on a check list alike."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from functools import partial
from typing import ClassVar

from boconsole.closing import months
from boconsole.closing.overview import Row
from boconsole.language import N_, _
from boconsole.ledger import periods
from screens.actions import CHANGE
from screens.dialogs import ConfirmDialog
from screens.keys import LIST, Action
from screens.ledger import closing_facts, closing_forms
from screens.shell import ShellScreen


def _lacks(screen: ShellScreen, permission: str) -> str:
    if screen.session.may(permission):
        return ""
    return _("You need the permission {permission} for this; ask an administrator.").format(
        permission=permission
    )


def _why_not_close(screen: PeriodActs) -> str:
    return _span_problem(screen, "open", _("It is closed already.")) or _lacks(
        screen, "ledger.close"
    )


def _why_not_reopen(screen: PeriodActs) -> str:
    return _span_problem(screen, "closed", _("Only what is closed can be opened again.")) or _lacks(
        screen, "ledger.reopen"
    )


def _why_not_seal(screen: PeriodActs) -> str:
    row = screen.span
    if row is not None and row.kind == "month":
        return _("A year is locked with all its months; go to its line.")
    return _span_problem(screen, "closed", _("Only a closed year can be locked.")) or _lacks(
        screen, "ledger.close"
    )


def _span_problem(screen: PeriodActs, state: str, problem: str) -> str:
    row = screen.span
    if row is None or row.kind not in ("month", "year"):
        return _("Go to a month or a year first.")
    return "" if row.state == state else problem


PERIOD_KEYS = (
    Action("period.close", N_("Close the month or year"), ("C",), LIST, CHANGE, rank=10,
           short=N_("close"), when=_why_not_close,
           help=N_("The result of a year goes to retained earnings.")),
    Action("period.reopen", N_("Open the month or year again"), ("O",), LIST, CHANGE, rank=11,
           short=N_("reopen"), when=_why_not_reopen,
           help=N_("The closing entry of a year is reversed.")),
    Action("period.seal", N_("Lock the year for good"), ("F",), LIST, CHANGE, rank=15,
           short=N_("lock"), when=_why_not_seal, help=N_("Nobody can open it again.")),
)  # fmt: skip


class PeriodActs(ShellScreen):
    """Answers the keys of `PERIOD_KEYS`."""

    FEATURE: ClassVar[str] = closing_forms.FEATURE

    @property
    @abstractmethod
    def span(self) -> Row | None:
        """The month or year that the keys work on; other lines answer themselves."""

    def changed(self, _answer: object = None) -> None:
        """Show what was done."""

    def action_close(self) -> None:
        """Ask, then close."""
        if (row := self.span) is None:
            return
        if row.kind == "month":
            question = _("Close {name}? It takes no entries until it is opened again.")
            work: Callable[[], object] = partial(months.close_month, self.session, row.name)
        else:
            question = _(
                "Close {name}? Its result ({result}) goes to retained earnings by an entry of "
                "{day}; it takes no entries until it is opened again."
            )
            work = partial(months.close_year, self.session, row.name)
        result = closing_facts.earned(row).text or _("none")
        self._ask(question.format(name=row.name, result=result, day=row.ends), _("close"),
                  partial(self._close, row, work))  # fmt: skip

    def _close(self, row: Row, work: Callable[[], object]) -> None:
        def said(done: object) -> str:
            told = _("{name} is closed.").format(name=row.name)
            number = getattr(done, "number", "")
            if number:
                told += " " + _("Its result is in {number}.").format(number=number)
            return told

        self.change(work, said=said, done=self.changed)

    def action_reopen(self) -> None:
        """Ask why, then open again."""
        if (row := self.span) is not None:
            self.app.push_screen(closing_forms.reopen_form(self.session, row, self.changed))

    def action_seal(self) -> None:
        """Ask for the name of the year, then lock it for good."""
        if (row := self.span) is None:
            return

        def lock() -> None:
            periods.lock_year(self.session, periods.find_year(row.name))

        question = _(
            "Lock {name} for good? Nobody can open it again, and its closing entry stays."
        ).format(name=row.name)
        self._ask(
            question, "",
            lambda: self.change(lock, said=_("{name} is locked.").format(name=row.name),
                                done=self.changed),
            words=row.name,
        )  # fmt: skip

    def _ask(self, question: str, yes: str, then: Callable[[], object], *, words: str = "") -> None:
        def take(sure: bool | None) -> None:
            if sure:
                then()

        self.app.push_screen(ConfirmDialog(question, yes=yes, words=words), take)
