"""What is done to bank lines: matched, made up for, set aside, accepted at once, taken back."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual.worker import WorkType

from boconsole.bank import (
    accepting,
    billing,
    closings,
    deciding,
    desk,
    matching,
    offering,
    telling,
    undoing,
)
from boconsole.bank.desk import BankLineRow, BankRow, BookLineRow
from boconsole.errors import StaleRecordError
from boconsole.language import _, grouped, ngettext
from boconsole.ledger import accounts
from boconsole.ledger.reading import AccountRow
from screens.cells import safe
from screens.dialogs import Choice, ConfirmDialog, ProgressDialog, PromptDialog
from screens.help import LinesScreen
from screens.ledger import bank_facts
from screens.ledger.bank_facts import Told
from screens.ledger.bank_picking import EntryPick, by_number
from screens.ledger.facts import money
from screens.operations import StoppedError
from screens.shell import ShellScreen
from screens.working import CHANGES

if TYPE_CHECKING:
    from boconsole.bank.importing import Imported

SLOW = 0.3
"""Seconds before a box tells how far accepting is."""


class ImportsStatements(ShellScreen):
    """Asks for a file and tells what it brought."""

    def ask_for_file(self, account: AccountRow, bank: BankRow | None) -> None:
        """Open the form of an import."""
        from screens.ledger.bank_forms import import_form

        self.app.push_screen(import_form(self.session, account, bank, self.imported))

    def imported(self, done: Imported) -> None:
        """Tell what an import brought, where there is something to know."""
        notes = telling.notes(done)
        if notes:
            lines = [Text(safe(note)) for note in (telling.summary(done), "", *notes)]
            self.app.push_screen(LinesScreen(_("Imported"), lines))


class ReconcileActs(ImportsStatements):
    """Answers the keys of `bank_keys.RECONCILE_KEYS`."""

    FEATURE: ClassVar[str] = bank_facts.FEATURE
    bank: BankRow
    told: Told | None
    chosen: int

    @property
    @abstractmethod
    def row(self) -> BankLineRow | None:
        """The line under the cursor."""

    @property
    @abstractmethod
    def marked(self) -> bool:
        """Whether an action works on marked lines instead."""

    @abstractmethod
    def with_lines(self, then: Callable[[Sequence[BankLineRow]], object]) -> None:
        """Call `then` with the lines an action works on."""

    @abstractmethod
    def show_told(self) -> None:
        """Show the proposals again."""

    @abstractmethod
    def acted(self) -> None:
        """React once an operation is done."""

    def _on_lines(self, then: Callable[[Sequence[BankLineRow]], object]) -> None:
        def take(chosen: Sequence[BankLineRow]) -> None:
            if chosen:
                then(chosen)
            else:
                self.app.say(_("There is no line here; I imports a statement, h shows all."))

        self.with_lines(take)

    def _on_one(self, then: Callable[[BankLineRow], object]) -> None:
        def take(chosen: Sequence[BankLineRow]) -> None:
            if len(chosen) > 1:
                self.app.say(_("This works on one line; f matches marked lines with one entry."))
            else:
                then(chosen[0])

        self._on_lines(take)

    def _with_told(self, then: Callable[[Told], object]) -> None:
        """Call `then` with what is known of the line, once it is read."""

        def take(line: BankLineRow) -> None:
            if self.told is not None and self.told.line == line:
                then(self.told)
            else:
                self.load(partial(bank_facts.read, self.session, line.id), known, group="told")

        def known(told: Told) -> None:
            self.told, self.chosen = told, 0
            self.show_told()
            then(told)

        self._on_one(take)

    def _do(
        self,
        work: Callable[[], Any],
        said: str | Callable[[Any], str],
        touched: Sequence[BankLineRow],
    ) -> None:
        self.change(
            work,
            said=said,
            touched=[line.id for line in touched],
            done=lambda _done: self.acted(),
            stale=self._changed_meanwhile,
        )

    def _changed_meanwhile(self, error: StaleRecordError) -> None:
        self.app.report(error)
        self.acted()

    # Proposals

    def action_next(self) -> None:
        """Show the next proposal."""
        self._turn(1)

    def action_former(self) -> None:
        """Show the proposal before."""
        self._turn(-1)

    def _turn(self, step: int) -> None:
        if self.told is not None:
            self.chosen = (self.chosen + step) % len(self.told.ways)
            self.show_told()

    def action_accept(self) -> None:
        """Match the line as proposed; where something is left, enter the rest."""

        def accept(told: Told) -> None:
            if not told.ways:
                self.app.say(_("Nothing is proposed for this line."))
                return
            way = told.ways[min(self.chosen, len(told.ways) - 1)]
            if way.kind == "new" or way.rest:
                self._make(told.line, way.lines, way.account)
            else:
                self._match([told.line], way.lines)

        self._with_told(accept)

    def _match(self, chosen: Sequence[BankLineRow], books: Sequence[BookLineRow]) -> None:
        work = partial(matching.match, self.session, chosen[0], books, *chosen[1:])
        numbers = ", ".join(dict.fromkeys(matching.number_of(book) for book in books))
        self._do(work, _("Matched with {entries}.").format(entries=numbers), chosen)

    def action_accept_sure(self) -> None:
        """Match everything that is certain, telling how far it is."""
        stop = Event()
        dialog = ProgressDialog(_("Accepting all that is sure"), stop.set)
        timer = self.set_timer(SLOW, lambda: self.app.push_screen(dialog))

        def progress(done: int, total: int) -> None:
            if stop.is_set():
                raise StoppedError
            dialog.tell(done, total)

        def work() -> int:
            account = accounts.find(self.bank.account)
            return len(accepting.accept(self.session, account, progress))

        async def run() -> None:
            outcome = await self.app.attempt(work)
            timer.stop()
            if dialog.is_current:
                dialog.dismiss(None)
            if outcome.error is not None:
                self.refused(outcome.error)
            else:
                number = outcome.value or 0
                words = ngettext("{n} line is matched; u undoes it.",
                                 "{n} lines are matched; u undoes them all.", number)  # fmt: skip
                self.app.say(words.format(n=grouped(number)) if number else _("Nothing is sure."))
                self.app.following.spread(self.FEATURE, ())

        started: WorkType[None] = run
        self.app.run_worker(started, group=CHANGES)

    def action_choose(self) -> None:
        """Choose entries from a list."""
        self._on_lines(
            lambda chosen: self.load(
                partial(offering.candidates, self.session, chosen),
                partial(self._pick, chosen),
                group="ask",
            )
        )

    def _pick(self, chosen: Sequence[BankLineRow], found: Sequence[BookLineRow]) -> None:
        wanted = sum(line.amount for line in chosen)
        by_key = by_number(found)
        choices = [
            Choice(key, bank_facts.book_text(self.bank, book)) for key, book in by_key.items()
        ]
        several = len(chosen) == 1
        words = _("Entries for {amount}; a number can be typed") if several else _(
            "One entry for {amount}; a number can be typed")  # fmt: skip
        title = words.format(amount=money(wanted, self.bank.precision))

        def take(values: tuple[str, ...] | None) -> None:
            if values:
                work = partial(_chosen, self, by_key, values)
                self.load(work, partial(self._take, chosen), group="ask")

        self.app.push_screen(EntryPick(title, choices, several=several, new=True), take)

    def _take(self, chosen: Sequence[BankLineRow], books: Sequence[BookLineRow]) -> None:
        rest = sum(line.amount for line in chosen) - sum(book.amount for book in books)
        if not rest or len(chosen) > 1:
            self._match(chosen, books)
            return
        question = _("{rest} of the line is left. Enter the rest on other accounts?").format(
            rest=money(rest, self.bank.precision)
        )

        def answer(sure: bool | None) -> None:
            if sure:
                self._make(chosen[0], books)

        self.app.push_screen(ConfirmDialog(question, yes=_("enter the rest")), answer)

    # What is missing

    def action_new(self) -> None:
        """Open the form of the missing entry."""
        self._on_one(lambda line: self._make(line, ()))

    def _make(
        self, line: BankLineRow, beside: Sequence[BookLineRow], account: str = ""
    ) -> None:  # fmt: skip
        from screens.ledger import bank_forms

        def show(offered: bank_forms.Offered) -> None:
            start = bank_forms.Start(line, beside, account)
            self.app.push_screen(
                bank_forms.entry_form(self.session, self.bank, start, offered, self._made)
            )

        self.load(partial(bank_forms.read_offered, self.session, line), show, group="ask")

    def action_pay(self) -> None:
        """Open the form of a payment."""

        def ask(line: BankLineRow) -> None:
            from screens.ledger.bank_forms import payment_form

            def show(numbers: Sequence[str]) -> None:
                form = payment_form(self.session, self.bank, line, numbers, self._made)
                self.app.push_screen(form)

            self.load(partial(billing.named, self.session, line), show, group="ask")

        self._on_one(ask)

    def _made(self, _done: object) -> None:
        self.acted()

    # Deciding

    def action_aside(self) -> None:
        """Ask why, then set lines aside."""

        def ask(chosen: Sequence[BankLineRow]) -> None:
            first = deciding.reason_for(chosen[0])
            prompt = PromptDialog(_("Set aside, because"), first, check=_needed)

            def take(reason: str | None) -> None:
                if reason:
                    self._do(partial(deciding.set_aside, self.session, chosen, reason),
                             _("Set aside; it counts in no balance."), chosen)  # fmt: skip

            self.app.push_screen(prompt, take)

        self._on_lines(ask)

    def action_keep(self) -> None:
        """Let lines count."""
        self._on_lines(
            lambda chosen: self._do(
                partial(deciding.keep, self.session, chosen), _("It counts now."), chosen
            )
        )

    def action_unmatch(self) -> None:
        """Take a match apart."""
        self._on_one(
            lambda line: self._do(
                partial(matching.unmatch, self.session, line),
                _("Taken apart; the entry stays."),
                [line],
            )
        )

    def undo_work(self) -> Callable[[], str] | None:
        """Return the operation that takes back the last one of this person."""
        session = self.session
        return lambda: telling.undone(undoing.undo_last(session))

    # Closing

    def action_close(self) -> None:
        """Ask, then close what is reconciled."""

        def ask(found: desk.Standing) -> None:
            if found.told is None or found.told.closing is None:
                self.app.say(_("No statement tells a balance; import one with it."), "warning")
                return
            question = _("Close up to {day} with {balance}? Its lines do not change then.").format(
                day=found.told.closing_on, balance=money(found.told.closing, self.bank.precision)
            )
            self.app.push_screen(
                ConfirmDialog(question, yes=_("close")),
                lambda sure: self._close(closings.close, _("Closed.")) if sure else None,
            )

        self.load(partial(desk.standing, self.session, self.bank), ask, group="ask")

    def action_reopen(self) -> None:
        """Ask why, then open again what was closed last."""
        prompt = PromptDialog(_("Open again, because"), check=_needed)

        def reopen(reason: str | None) -> None:
            if reason:
                self._close(partial(closings.reopen, reason=reason), _("Open again."))

        self.app.push_screen(prompt, reopen)

    def _close(self, work: Callable[..., object], said: str) -> None:
        session, path = self.session, self.bank.account
        self._do(lambda: work(session, accounts.find(path)), said, ())

    def action_import(self) -> None:
        """Ask for a file."""
        path = self.bank.account
        self.load(lambda: (accounts.find(path), desk.bank_of(self.session, self.bank.account_id)),
                  lambda found: self.ask_for_file(*found), group="ask")  # fmt: skip


def _needed(text: str) -> str:
    return "" if text.strip() else _("a reason is needed")


def _chosen(
    screen: ReconcileActs, by_key: dict[str, BookLineRow], values: Sequence[str]
) -> list[BookLineRow]:
    """Return the lines of the books that were marked, or whose numbers were typed; blocks."""
    numbers = [value for value in values if value not in by_key]
    typed = matching.books_of(screen.session, screen.bank, numbers)
    return [*(by_key[value] for value in values if value in by_key), *typed]
