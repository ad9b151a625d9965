"""What is done to several payments at once, in one transaction: all of them, or none."""

from collections.abc import Callable, Sequence

from boconsole.errors import StaleRecordError
from boconsole.invoices import completing, paying
from boconsole.ledger.together import Ref
from boconsole.session import Session
from db import connection
from db.invoices.rows import PaymentRow


def approve(session: Session, refs: Sequence[Ref]) -> list[PaymentRow]:
    """Approve payments, or their undoing, of others; see `paying.approve`."""
    return _each(session, refs, lambda row: paying.approve(session, row))


def post(session: Session, refs: Sequence[Ref]) -> list[PaymentRow]:
    """Post drafts; see `completing.post`."""
    return _each(session, refs, lambda row: completing.post(session, row))


def delete(session: Session, refs: Sequence[Ref]) -> list[PaymentRow]:
    """Throw drafts away; see `paying.delete`. Returns what they were."""

    def one(row: PaymentRow) -> PaymentRow:
        paying.delete(session, row)
        return row

    return _each(session, refs, one)


def seen(ref: Ref) -> PaymentRow:
    """Return a payment that nobody changed since it was seen.

    Raises:
        StaleRecordError: Somebody did.
    """
    row = paying.again(ref.id)
    if row.version != ref.version:
        raise StaleRecordError(ref.number, ref.id, row.version)
    return row


def _each(
    session: Session, refs: Sequence[Ref], work: Callable[[PaymentRow], PaymentRow]
) -> list[PaymentRow]:
    session.require("payment.read")
    with connection.transaction():
        return [work(seen(ref)) for ref in sorted(refs)]
