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
from screens.keys import LIST, Action, Reason
from screens.ledger.payment_facts import FEATURE
from screens.ledger.record_acts import RecordActs


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


class PaymentActs(RecordActs[PaymentRow]):
    """Answers the keys of `payment_actions`."""

    FEATURE: ClassVar[str] = FEATURE
    NOTHING = N_("There is no payment here; n makes one.")
    ONE_ONLY = N_("This works on one payment at a time; clear the marks with esc.")

    @abstractmethod
    def with_contact(self, then: Callable[[str, Side], object]) -> None:
        """Call `then` with the contact of the payment that is looked at, and its side."""

    def number_of(self, record: PaymentRow) -> str:
        """Return its number."""
        return payment_number(record)

    def made(self, row: PaymentRow) -> None:
        """Show a payment that was just made."""
        from screens.ledger.payment import PaymentScreen

        self.app.push_screen(PaymentScreen(row.id))

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
            approve = partial(self.act, refs, payments_together.approve,
                              _("{number} is approved; P posts it, R undoes it."),
                              _("{n} payments are approved."))  # fmt: skip
            self.ask(question.format(number=refs[0].number, n=len(refs)), _("approve"), approve)

        self.on_some(ask)

    def action_post(self) -> None:
        """Post what was approved."""
        self.on_some(
            lambda refs: self.act(refs, payments_together.post, _("Payment {number} is posted."),
                                  _("{n} payments are posted."))
        )  # fmt: skip

    def action_remove(self) -> None:
        """Ask, then throw drafts away."""

        def ask(refs: Sequence[Ref]) -> None:
            question = ngettext("Delete {number}?", "Delete {n} drafts?", len(refs))
            remove = partial(self.act, refs, payments_together.delete, _("{number} is deleted."),
                             _("{n} drafts are deleted."), self.gone)  # fmt: skip
            self.ask(question.format(number=refs[0].number, n=len(refs)), _("delete"), remove)

        self.on_some(ask)

    def action_reverse(self) -> None:
        """Ask for day and reason, then undo; one that was approved is undone at once."""

        def show(whole: payments.Whole) -> None:
            from screens.ledger.payment_undo import undo_form

            if whole.standing == "undo-approved":
                self.ask(_("Undo {number}?").format(number=whole.number), _("undo"),
                         partial(self._undo_approved, whole))  # fmt: skip
            elif whole.row.state != "posted":
                self.app.say(_("{number} is not posted.").format(number=whole.number), "warning")
            else:
                self.app.push_screen(undo_form(self.session, whole, lambda _row: self.changed()))

        self.on_one(
            lambda ref: self.load(partial(payments.whole, self.session, ref.id), show, group="ask")
        )

    def _undo_approved(self, whole: payments.Whole) -> None:
        from boconsole.invoices import undoing

        said = _("Payment {number} is undone.").format(number=whole.number)
        self.change(
            partial(undoing.undo, self.session, whole.row), said=said, touched=[whole.row.id],
            done=lambda _row: self.changed(),
        )  # fmt: skip


LIST_KEYS = payment_actions(LIST)
