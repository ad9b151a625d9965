"""What is done to payments, in the list and on an open one alike."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from boconsole.invoices import payments, payments_together
from boconsole.invoices.payments import PaymentRow
from boconsole.invoices.words import Side, payment_number
from boconsole.language import N_, _, ngettext
from boconsole.ledger.together import Ref
from screens.actions import CHANGE, GO, of_feature
from screens.dialogs import ConfirmDialog
from screens.keys import LIST, Action, Reason
from screens.ledger.payment_facts import FEATURE
from screens.shell import ShellScreen


def payment_actions(
    where: str,
    draft: Reason | None = None,
    posted: Reason | None = None,
    waits: Reason | None = None,
) -> tuple[Action, ...]:
    """Return the actions on payments, for a list or an open one.

    Args:
        where: They work.
        draft: Answers why what is done to drafts is impossible now.
        posted: The same for undoing.
        waits: The same for approving.
    """
    return (
        *of_feature("payment", "new", where=where),
        Action("payment.approve", N_("Approve"), ("A",), where, CHANGE, rank=11,
               short=N_("approve"), help=N_("A payment that somebody else prepared, or wants "
                                            "to undo."),
               when=waits),
        Action("payment.post", N_("Post"), ("P",), where, CHANGE, rank=12, short=N_("post"),
               help=N_("A payment that was approved; it settles and is booked."), when=draft),
        Action("payment.reverse", N_("Undo the payment"), ("R",), where, CHANGE, rank=13,
               short=N_("undo"), when=posted,
               help=N_("Posts a reversal; what it settled is open again.")),
        Action("payment.account", N_("Statement of account"), ("S",), where, GO, rank=15,
               short=N_("statement")),
        Action("payment.remove", N_("Delete the draft"), ("D",), where, CHANGE, when=draft),
    )  # fmt: skip


class PaymentActs(ShellScreen):
    """Answers the keys of `payment_actions`."""

    FEATURE: ClassVar[str] = FEATURE

    @abstractmethod
    def with_payments(self, then: Callable[[Sequence[Ref]], object]) -> None:
        """Call `then` with the payments an action works on."""

    @abstractmethod
    def with_contact(self, then: Callable[[str, Side], object]) -> None:
        """Call `then` with the contact of the payment that is looked at, and its side."""

    def changed(self) -> None:
        """React once an operation is done."""

    def gone(self) -> None:
        """React once drafts are deleted."""
        self.changed()

    def made(self, row: PaymentRow) -> None:
        """Show a payment that was just made."""
        from screens.ledger.payment import PaymentScreen

        self.app.push_screen(PaymentScreen(row.id))

    def _on_payments(self, then: Callable[[Sequence[Ref]], object]) -> None:
        def take(refs: Sequence[Ref]) -> None:
            if refs:
                then(refs)
            else:
                self.app.say(_("There is no payment here; n makes one."))

        self.with_payments(take)

    def _act(
        self,
        refs: Sequence[Ref],
        work: Callable[..., Sequence[PaymentRow]],
        said: str,
        many: str,
        then: Callable[[], None] | None = None,
    ) -> None:
        def told(done: Sequence[PaymentRow]) -> str:
            sentence = said if len(done) == 1 else many
            return sentence.format(number=payment_number(done[0]), n=len(done))

        self.change(
            partial(work, self.session, refs), said=told, touched=[ref.id for ref in refs],
            done=lambda _done: then() if then else self.changed(),
        )  # fmt: skip

    def _ask(self, question: str, yes: str, then: Callable[[], object]) -> None:
        def take(sure: bool | None) -> None:
            if sure:
                then()

        self.app.push_screen(ConfirmDialog(question, yes=yes), take)

    # Answering keys

    def action_account(self) -> None:
        """Open the statement of account of the contact, of this year."""
        from screens.ledger.account import AccountScreen, this_year

        def show(contact: str, side: Side) -> None:
            self.app.push_screen(AccountScreen(contact, side, this_year(self.session)))

        self.with_contact(show)

    def action_new(self) -> None:
        """Open the form of a new payment."""
        from screens.ledger.payment_form import Wanted, open_form

        open_form(self, Wanted(), self.made)

    def action_approve(self) -> None:
        """Ask, then approve."""

        def ask(refs: Sequence[Ref]) -> None:
            question = ngettext("Approve {number}?", "Approve {n} payments?", len(refs))
            approve = partial(self._act, refs, payments_together.approve,
                              _("{number} is approved; P posts it, R undoes it."),
                              _("{n} payments are approved."))  # fmt: skip
            self._ask(question.format(number=refs[0].number, n=len(refs)), _("approve"), approve)

        self._on_payments(ask)

    def action_post(self) -> None:
        """Post what was approved."""
        self._on_payments(
            lambda refs: self._act(refs, payments_together.post, _("Payment {number} is posted."),
                                   _("{n} payments are posted."))
        )  # fmt: skip

    def action_remove(self) -> None:
        """Ask, then throw drafts away."""

        def ask(refs: Sequence[Ref]) -> None:
            question = ngettext("Delete {number}?", "Delete {n} drafts?", len(refs))
            remove = partial(self._act, refs, payments_together.delete, _("{number} is deleted."),
                             _("{n} drafts are deleted."), self.gone)  # fmt: skip
            self._ask(question.format(number=refs[0].number, n=len(refs)), _("delete"), remove)

        self._on_payments(ask)

    def action_reverse(self) -> None:
        """Ask for day and reason, then undo; one that was approved is undone at once."""

        def show(whole: payments.Whole) -> None:
            from screens.ledger.payment_undo import undo_form

            if whole.standing == "undo-approved":
                self._ask(_("Undo {number}?").format(number=whole.number), _("undo"),
                          partial(self._undo_approved, whole))  # fmt: skip
            elif whole.row.state != "posted":
                self.app.say(_("{number} is not posted.").format(number=whole.number), "warning")
            else:
                self.app.push_screen(undo_form(self.session, whole, lambda _row: self.changed()))

        def take(refs: Sequence[Ref]) -> None:
            if len(refs) > 1:
                self.app.say(_("This works on one payment at a time; clear the marks with esc."))
            else:
                self.load(partial(payments.whole, self.session, refs[0].id), show, group="ask")

        self._on_payments(take)

    def _undo_approved(self, whole: payments.Whole) -> None:
        from boconsole.invoices import undoing

        said = _("Payment {number} is undone.").format(number=whole.number)
        self.change(
            partial(undoing.undo, self.session, whole.row), said=said, touched=[whole.row.id],
            done=lambda _row: self.changed(),
        )  # fmt: skip


LIST_KEYS = payment_actions(LIST)
