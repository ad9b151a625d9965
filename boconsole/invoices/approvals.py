"""Documents and payments that wait for an approval, and payments whose undoing does."""

from collections.abc import Collection, Mapping, Sequence

from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.invoices import completing, issuing, writers
from boconsole.invoices.planning import SettlementError, WriteOffError
from boconsole.invoices.reading import Document
from boconsole.invoices.waiting import TITLES
from boconsole.invoices.words import invoice_number, numbered, payment_number
from boconsole.invoices.worth import NoRateError
from boconsole.language import _
from boconsole.ledger import approving, limits
from boconsole.ledger.approvals import Waiting
from boconsole.ledger.errors import ControlError
from boconsole.ledger.limits import Limits
from boconsole.session import Session
from db.invoices import documents as stored
from db.invoices import payments as stored_payments
from db.invoices.rows import InvoiceRow, PaymentRow
from db.ledger import choices
from db.ledger.pages import Sum

UNBOOKABLE = (
    ControlError, InvalidChangeError, NoRateError, NotFoundError, SettlementError, WriteOffError,
)  # fmt: skip
"""Why a draft cannot be booked as things are; then its own sum alone tells whether it waits."""


def documents(session: Session) -> list[Waiting]:
    """Return the drafts of documents above a threshold that nobody has approved."""
    most = limits.read()
    if not most or "invoice.read" not in session.permissions:
        return []
    drafts = stored.select_unapproved()
    heads = [head for head in drafts if _is_above(head, most)]
    people = choices.logins([head.prepared_by for head in heads])
    holders = approving.holders("invoice.approve")
    return [
        Waiting(
            head.kind, head.id, head.version, _(TITLES[head.kind]),
            numbered(head.kind, invoice_number(head)), head.dated, head.partner, head.reference,
            (Sum(head.commodity, head.precision, head.total),),
            people.get(head.prepared_by, ""),
            _others(holders, head.prepared_by, writers.logins(head.id)),
        )
        for head in heads
    ]  # fmt: skip


def payments(session: Session) -> list[Waiting]:
    """Return payments above a threshold, and undoings, that nobody has approved."""
    if "payment.read" not in session.permissions:
        return []
    most = limits.read()
    rows = [row for row in stored_payments.select_unapproved()
            if row.state != "draft" or _pays_above(row, most)]  # fmt: skip
    people = choices.logins([_asks(row) for row in rows])
    holders = approving.holders("payment.approve")
    return [_payment(row, people, holders) for row in rows]


def _payment(
    row: PaymentRow, people: Mapping[int, str], holders: Sequence[tuple[int, str]]
) -> Waiting:
    undone = row.state != "draft"
    kind = "undoing" if undone else "payment"
    asks = _asks(row)
    return Waiting(
        kind, row.id, row.version, _(TITLES[kind]), numbered("payment", payment_number(row)),
        (row.undone_on if undone else None) or row.dated, row.partner,
        row.undo_reason if undone else row.reference,
        (Sum(row.commodity, row.precision, row.amount),), people.get(asks, ""),
        _others(holders, asks),
    )  # fmt: skip


def _asks(row: PaymentRow) -> int:
    """Return who prepared a payment, or wants to undo it."""
    return row.prepared_by if row.state == "draft" else row.undo_by or 0


def _others(
    holders: Sequence[tuple[int, str]], person: int, wrote: Collection[str] = ()
) -> tuple[str, ...]:
    return tuple(login for user_id, login in holders if user_id != person and login not in wrote)


def _is_above(head: InvoiceRow, most: Limits) -> bool:
    document = Document(head, tuple(stored.select_lines(head.id)), ())
    try:
        return issuing.is_above(document, most)
    except UNBOOKABLE:
        moved = (head.commodity, head.precision, head.total)
        return most.exceeded([moved], head.dated) is not None


def _pays_above(row: PaymentRow, most: Limits) -> bool:
    try:
        return completing.is_above(row, most)
    except UNBOOKABLE:
        moved = (row.commodity, row.precision, row.amount)
        return most.exceeded([moved], row.dated) is not None
