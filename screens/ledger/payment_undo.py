"""The form that asks for day and reason of undoing a payment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from boconsole.errors import InvalidChangeError
from boconsole.invoices import undoing
from boconsole.invoices.payments import PaymentRow, Whole
from boconsole.invoices.words import payment_number
from boconsole.language import N_, _
from boconsole.session import Session
from screens.entries import Field
from screens.forms import Form, FormScreen, draft_of
from screens.ledger.payment_facts import FEATURE


def undo_form(session: Session, whole: Whole, saved: Callable[[PaymentRow], None]) -> FormScreen:
    """Return the form of undoing a posted payment."""
    today = session.now().astimezone(session.zone).date()
    fields = [
        Field("date", N_("Date"), "date", required=True, hint=N_("today, fri, +3d, 31/12 …")),
        Field("reason", N_("Reason"), required=True,
              hint=N_("A reversal is posted; what was settled is open again.")),
    ]  # fmt: skip

    def save(given: Mapping[str, object], _version: int) -> PaymentRow:
        day = given["date"]
        if not isinstance(day, date):
            raise InvalidChangeError("date", _("is needed"))
        return undoing.undo(session, whole.row, str(given["reason"]), day)

    def said(row: PaymentRow) -> str:
        waits = _("To undo {number} waits for the approval of a colleague.")
        words = waits if row.state == "posted" else _("Payment {number} is undone.")
        return words.format(number=payment_number(row))

    title = _("Undo {number}").format(number=whole.number)
    values = {"date": max(today, whole.row.dated)}
    return FormScreen(
        Form(draft_of("payment.undo", whole.row.id), title, fields, save, values, said=said,
             saved=saved, feature=FEATURE)
    )  # fmt: skip
