"""What people see of payments: lists, and one with what it settled and where it is booked."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from boconsole.audit import HistoryEntry, history
from boconsole.filters import parse, resolve
from boconsole.invoices import completing, paying
from boconsole.invoices.payment_area import payment_area
from boconsole.invoices.posting import account_paths
from boconsole.invoices.words import payment_number
from boconsole.invoices.worth import by_id
from boconsole.language import N_
from boconsole.ledger.reading import Count
from boconsole.ledger.words import entry_number
from boconsole.session import Session
from db import keyset
from db.conditions import Selection
from db.invoices import items, payment_pages, settled
from db.invoices.payment_pages import PaymentLine, PaymentPage
from db.invoices.rows import PaymentRow
from db.invoices.settled import PairRow, Side
from db.ledger import choices, entries

__all__ = ["PaymentLine", "PaymentPage", "PaymentRow"]

MARK_LIMIT = 10_000
STANDINGS = {
    "waits": N_("waits"), "approved": N_("approved"), "posted": N_("posted"),
    "undo-waits": N_("undoing waits"), "undo-approved": N_("undoing approved"),
    "undone": N_("undone"),
}  # fmt: skip
"""How far payments are."""


class Settled(NamedTuple):
    """A part of a document or credit that a payment cancels.

    Attributes:
        number: Of the document or payment on the other side.
        entry_id: Its entry.
        amount: In smallest units of the payment's currency, without sign.
        source: The credit that it was set off with; empty where money was paid.
        own: Whether the payment itself brought it about; otherwise another used its credit.
        undone_on: Since when it counts no more.
    """

    number: str
    entry_id: int
    dated: date
    due: date
    amount: int
    source: str
    own: bool
    undone_on: date | None


class Whole(NamedTuple):
    """A payment with what it refers to.

    Attributes:
        settled: In the order in which it came about.
        left: What is open of it, in smallest units.
        gain: What rates gained, with its currency; empty for nothing.
        accounts: Paths by id.
        currencies: Code and digits by id.
        entries: Id and number of its entry and of the reversal.
        people: Logins by id.
    """

    row: PaymentRow
    settled: tuple[Settled, ...]
    left: int
    gain: str
    accounts: Mapping[int, str]
    currencies: Mapping[int, tuple[str, int]]
    entries: tuple[tuple[int, str], ...]
    people: Mapping[int, str]

    @property
    def number(self) -> str:
        """`RCP-2026-00042`, or `#7`."""
        return payment_number(self.row)

    @property
    def standing(self) -> str:
        """One of `STANDINGS`."""
        return standing(self.row)


def standing(row: PaymentRow | PaymentLine) -> str:
    """Return how far a payment is, one of `STANDINGS`."""
    if row.state == "draft":
        return "waits" if row.approved_by is None else "approved"
    if row.state == "undone" or row.undo_by is None:
        return row.state
    return "undo-waits" if row.undo_approved_by is None else "undo-approved"


def number_of(line: PaymentLine) -> str:
    """Return the number people see: `RCP-2026-00042`, or `#7`."""
    if line.number is None:
        return f"#{line.id}"
    return entry_number(line.id, line.series, line.year, line.number)


def list_page(
    session: Session, query: str, after: str = "", limit: int = 50, *, backwards: bool = False
) -> PaymentPage:
    """Return a page of payments, the newest first unless the query sorts them.

    Args:
        session: Who reads.
        query: A filter line.
        after: The cursor of a row to go on from; empty for the start (the end, backwards).
        limit: The most rows.
        backwards: Read what stands before the cursor.

    Raises:
        QuerySyntaxError: The line cannot be read.
        CursorError: The cursor belongs to another order.
    """
    cursor = keyset.decode(after) if after else None
    return payment_pages.page(selection(session, query), cursor, limit, backwards=backwards)


def page_around(session: Session, query: str, payment_id: int, limit: int) -> PaymentPage | None:
    """Return the rows around a payment; None when the query does not find it."""
    return payment_pages.page_around(selection(session, query), payment_id, limit)


def count(session: Session, query: str, cap: int = MARK_LIMIT) -> Count:
    """Return how many payments match, counting no further than `cap`."""
    found = payment_pages.count(selection(session, query), cap)
    return Count(min(found, cap), found > cap)


def selection(session: Session, query: str) -> Selection:
    """Return what a filter line asks for.

    Raises:
        QuerySyntaxError: It cannot be read.
    """
    session.require("payment.read")
    return resolve(parse(query), payment_area(session), session)


def whole(session: Session, payment_id: int) -> Whole:
    """Return a payment with what it refers to; raises NotFoundError."""
    session.require("payment.read")
    row = paying.again(payment_id)
    people = (row.prepared_by, row.approved_by, row.undo_by, row.undo_approved_by)
    return Whole(
        row,
        tuple(_told(pair, row) for pair in settled.select_of_payment(row.id)
              if pair.debit.payment_id != pair.credit.payment_id),
        sum(abs(item.open) for item in items.select_of_payment(row.id)),
        completing.gain_text(row),
        account_paths(),
        {each.id: (each.code, each.precision) for each in by_id().values()},
        tuple(_numbered(entry_id) for entry_id in (row.entry_id, row.reversal_id) if entry_id),
        choices.logins([one for one in people if one]),
    )  # fmt: skip


def trail(session: Session, payment_id: int) -> list[HistoryEntry]:
    """Return what happened to a payment, oldest first."""
    return history(session, "payment", payment_id)


def _told(pair: PairRow, row: PaymentRow) -> Settled:
    """Return what a pair cancels: the other side, or for a set-off the document and its credit."""
    sides = (pair.debit, pair.credit)
    if row.kind == "offset":
        other, credit = sides if row.side == "receivable" else sides[::-1]
        source = _number(credit)
    else:
        other = next(side for side in sides if side.payment_id != row.id)
        source = ""
    return Settled(
        _number(other), other.entry_id, other.dated, other.due, pair.amount, source,
        pair.payment_id == row.id, pair.undone_on,
    )  # fmt: skip


def _number(side: Side) -> str:
    return entry_number(0, side.series, side.year, side.number)


def _numbered(entry_id: int) -> tuple[int, str]:
    head = entries.find_entry(entry_id)
    if head is None:
        return entry_id, f"#{entry_id}"
    return entry_id, entry_number(head.id, head.series, head.year, head.number)
