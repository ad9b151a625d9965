"""Undoing payments: a reversal, and everything they settled is open again.

Above the threshold the undoing waits, with its day and reason, until a colleague approved it.
"""

from datetime import date

from boconsole import audit
from boconsole.errors import InvalidChangeError, StaleRecordError
from boconsole.invoices import settling
from boconsole.invoices.paying import again
from boconsole.invoices.planning import SettlementError
from boconsole.invoices.settling import Share, current
from boconsole.invoices.words import PARTS, payment_number
from boconsole.language import _
from boconsole.ledger import approving, entries, periods, vouching
from boconsole.ledger.entries import JournalEntry
from boconsole.ledger.errors import ApprovalError
from boconsole.session import Session
from boconsole.text import LINE_LIMIT, required_line
from db.invoices import items
from db.invoices import payments as stored
from db.invoices.rows import ItemRow, PaymentRow


def undo(
    session: Session, row: PaymentRow, reason: str = "", dated: date | None = None
) -> PaymentRow:
    """Reverse a payment and open again what it settled.

    Args:
        session: Who undoes it.
        row: A posted payment.
        reason: Why; once more is not needed where the undoing was approved.
        dated: The day of the reversal; by default today, or the payment's own if later.

    Raises:
        SettlementError: It is not posted, or its credit was used by another payment since.
        PeriodClosedError: Nothing can be booked on that day.
        ApprovalError: The one who approved it would undo it.
        StaleRecordError: Somebody else changed it in the meantime.
    """
    session.require("payment.post")
    number = payment_number(row)
    if row.state != "posted":
        raise SettlementError(_("{number} is not posted.").format(number=number))
    with audit.writing():
        if again(row.id).version != row.version:
            raise StaleRecordError(number, row.id)
        asked = row if row.undo_approved_by else _asked(session, row, reason, dated)
        if asked.undone_on is None:
            raise ValueError("an undoing has a day")
        periods.require_open(session, asked.undone_on, PARTS[row.side])
        _require_unused(row)
        old = entries.get(session, str(row.entry_id)) if row.entry_id else None
        above = old and approving.needs_approval(old.postings, asked.undone_on)
        if above and not asked.undo_approved_by:
            return _wait(session, asked)
        if asked.undo_approved_by == session.user.id:
            raise ApprovalError(
                _("You approved to undo {number}; somebody else has to do it.").format(
                    number=number
                )
            )
        return _undone(session, asked, old, asked.undone_on)


def _asked(session: Session, row: PaymentRow, reason: str, dated: date | None) -> PaymentRow:
    today = session.now().astimezone(session.zone).date()
    day = dated or max(today, row.dated)
    if day < row.dated:
        raise InvalidChangeError("date", _("a reversal cannot come before its entry"))
    return row._replace(
        undone_on=day,
        undo_reason=required_line(reason, field="reason", limit=LINE_LIMIT),
        undo_by=session.user.id,
    )


def _wait(session: Session, asked: PaymentRow) -> PaymentRow:
    """Keep that somebody wants to undo it, until a colleague approves."""
    if not stored.set_undo(asked):
        raise StaleRecordError(payment_number(asked), asked.id)
    told = {"reason": (None, asked.undo_reason), "undone_on": (None, str(asked.undone_on))}
    line = audit.Line(asked.id, told, asked.version + 1)
    audit.record(session, "payment.ask_undo", "payment", [line])
    return again(asked.id)


def _require_unused(row: PaymentRow) -> None:
    """Raise SettlementError where another payment used the credit that this one left."""
    for item in items.select_of_payment(row.id):
        for each in items.select_touching(item.id):
            if each.payment_id not in (None, row.id):
                other = payment_number(again(each.payment_id or 0))
                raise SettlementError(
                    _("{other} used what {number} left; undo {other} first.").format(
                        other=other, number=payment_number(row)
                    )
                )


def _undone(session: Session, asked: PaymentRow, old: JournalEntry | None, day: date) -> PaymentRow:
    for each in items.select_allocations(asked.id):
        settling.undo(each, day)
    reversal = None
    if old is not None:
        signed = (asked.undo_by or session.user.id, asked.undo_approved_by, asked.undo_approved_at)
        reversal = vouching.reverse(session, old, day, asked.undo_reason, signed)
        for item in items.select_of_payment(asked.id):
            _take_back(item, reversal, day, asked.id)
    final = asked._replace(state="undone", reversal_id=reversal.head.id if reversal else None)
    if not stored.set_undo(final):
        raise StaleRecordError(payment_number(asked), asked.id)
    told = {"state": ("posted", "undone"), "reason": (None, asked.undo_reason)}
    if reversal is not None:
        told["reversed_by"] = (None, reversal.number)
    line = audit.Line(asked.id, told, asked.version + 1)
    audit.record(session, "payment.undo", "payment", [line])
    return again(asked.id)


def _take_back(item: ItemRow, reversal: JournalEntry, day: date, payment_id: int) -> None:
    """Let the item of a payment and that of its reversal cancel each other."""
    opposite = item._replace(
        entry_id=reversal.head.id, dated=day, due=day, amount=-item.amount, value=-item.value,
        open=-item.amount, open_value=-item.value,
    )  # fmt: skip
    other = current(items.insert(opposite))
    amount, value = abs(item.amount), abs(item.value)
    settling.allocate(other, value, Share(current(item.id), amount, value), day, payment_id)
    settling.take(current(item.id), amount, value)
    settling.take(other, amount, value)
