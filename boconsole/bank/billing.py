"""Payments of documents that a bank line tells of: which documents, and for how much."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from boconsole.bank.errors import MatchError
from boconsole.bank.matching import Matched, bank_of, text_of
from boconsole.bank.references import references
from boconsole.errors import BoconsoleError, InvalidChangeError
from boconsole.invoices import reading
from boconsole.invoices.paying import Kind, NewPayment
from boconsole.invoices.reading import Document
from boconsole.invoices.words import KINDS, Side, payment_number
from boconsole.language import _
from boconsole.money import from_minor
from boconsole.session import Session
from boconsole.text import LINE_LIMIT
from db.bank.rows import BankLineRow
from db.invoices.documents import partner_names_from
from db.invoices.rows import PaymentRow

OFFERED = 5
MOST_NAMED = 6
"""Numbers in a bank's text that are looked up."""


class Bill(NamedTuple):
    """A document that may be paid, in a word or two."""

    number: str
    about: str


def side_of(line: BankLineRow) -> Side:
    """Return whose documents a line is likely to pay: money in comes from customers."""
    return "receivable" if line.amount > 0 else "payable"


def named(session: Session, line: BankLineRow) -> list[str]:
    """Return the numbers of open documents that the text of a bank line names."""
    session.require("invoice.read")
    told = references(" | ".join((line.name, line.memo, line.reference)))
    texts = [text for text in told if any(map(str.isalpha, text))]
    found = []
    for text in texts[:MOST_NAMED]:
        try:
            document = reading.get(session, text)
        except BoconsoleError:
            continue
        if document.head.open:
            found.append(document.number)
    return list(dict.fromkeys(found))


def offered(session: Session, line: BankLineRow, start: str) -> list[Bill]:
    """Return open documents that a beginning may mean: by number or partner; or by the amount."""
    bank = bank_of(line)
    quoted = '"' + start.replace('"', " ").strip() + '"'
    amount = from_minor(abs(line.amount), bank.precision)
    wanted = [f"is:open number:{quoted}", f"is:open contact:{quoted}"] if start.strip() else [
        f"is:open open:{amount}"
    ]  # fmt: skip
    found: dict[str, Bill] = {}
    for query in wanted:
        try:
            rows = reading.list_page(session, side_of(line), query, limit=OFFERED).rows
        except BoconsoleError:
            continue
        for row in rows:
            number = reading.again(row.id).number
            found.setdefault(number, Bill(number, row.partner))
    return list(found.values())[:OFFERED]


def partners(session: Session, start: str) -> list[str]:
    """Return partners whose names begin so."""
    session.require("invoice.read")
    return partner_names_from(start, OFFERED)


def payment_of(
    session: Session,
    line: BankLineRow,
    numbers: Sequence[str],
    *,
    partner: str = "",
    reference: str = "",
) -> NewPayment:
    """Return the payment that a bank line tells of: its amount, over documents or the oldest due.

    Documents in another currency are paid whole, with what the bank says as their price.

    Raises:
        NotFoundError: A document is not there.
        InvalidChangeError: Neither document nor partner is named.
        MatchError: The documents are of two sides, partners or currencies.
    """
    bank = bank_of(line)
    paid = from_minor(abs(line.amount), bank.precision)
    kind: Kind = "in" if line.amount > 0 else "out"
    told = (reference or text_of(line))[:LINE_LIMIT]
    documents = [reading.get(session, number) for number in numbers]
    if not documents:
        if not partner.strip():
            raise InvalidChangeError("documents", _("name a document, or a contact below"))
        return NewPayment(
            kind, side_of(line), partner, line.dated, bank.commodity, paid, bank.account,
            reference=told,
        )  # fmt: skip
    side, name, code = _of_one_kind(documents)
    amount, other = paid, None
    if code != bank.commodity:
        amount = sum((_open(document) for document in documents), Decimal(0))
        other = (paid, bank.commodity)
    return NewPayment(
        kind, side, name, line.dated, code, amount, bank.account, other,
        documents=[(document.number, None) for document in documents], reference=told,
    )  # fmt: skip


def _of_one_kind(documents: Sequence[Document]) -> tuple[Side, str, str]:
    kinds = {
        (KINDS[each.head.kind].side, each.head.partner, each.head.commodity) for each in documents
    }
    if len(kinds) > 1:
        raise MatchError(
            _("One payment is of one contact and one currency; record the others by hand.")
        )
    return kinds.pop()


def _open(document: Document) -> Decimal:
    return from_minor(abs(document.head.open), document.head.precision)


def said(done: tuple[PaymentRow, Matched | None]) -> str:
    """Return what became of a payment."""
    made, match = done
    if match is None:
        words = _("Payment {number} waits for the approval of a colleague; match it after that.")
    else:
        words = _("Payment {number} is posted and matched.")
    return words.format(number=payment_number(made))
