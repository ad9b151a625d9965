"""Customers, suppliers, taxes and documents for tests."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from boconsole.invoices import drafting, issuing, paying, taxes
from boconsole.invoices.drafting import NewInvoice, NewLine
from boconsole.invoices.paying import NewPayment
from boconsole.invoices.reading import Document
from boconsole.ledger import accounts
from boconsole.ledger.accounts import NewAccount
from boconsole.session import Session
from boconsole.tax.rates import DatedTax, Tax
from db import connection
from db.invoices.rows import PaymentRow
from tests.books import open_books

MAY = date(2026, 5, 4)
MORE = (
    NewAccount("Liabilities:Payable", "2000", role="payable"),
    NewAccount("Liabilities:Tax Collected", "2100"),
    NewAccount("Assets:Tax Deductible", "1300"),
    NewAccount("Income:Exchange Gains", "4900", role="gains"),
    NewAccount("Expenses:Written Off", "5900"),
)


def open_trade(session: Session) -> None:
    """Make the chart, two partners, and a tax `T10` of 10 % besides `VAT` of 20 %."""
    open_books(session)
    accounts.add(session, MORE)
    for name, kind in (("Acme", "customer"), ("Paper Mill", "supplier")):
        connection.execute(
            "INSERT INTO organisation (name, kind, domain, created_at, version) "
            "VALUES (?, ?, '', 0, 1)",
            (name, kind),
        )
    sides = ("Tax Collected", "Tax Deductible")
    taxes.add(session, DatedTax(date(2020, 1, 1), None, Tax("T10", rate=Fraction(10))), *sides)
    taxes.add_pack(session, "vat", collected=sides[0], deductible=sides[1])


def line(price: str, tax: str = "", *, quantity: str = "1", account: str = "4000") -> NewLine:
    return NewLine("Something", Decimal(quantity), Decimal(price), account, tax)


def new(*lines: NewLine, kind: str = "invoice", day: date = MAY, **more: object) -> NewInvoice:
    partner = "Acme" if kind.startswith("invoice") else "Paper Mill"
    told: dict[str, object] = {"partner": partner, "currency": "USD", **more}
    return NewInvoice(kind=kind, dated=day, lines=lines, **told)  # type: ignore[arg-type]  # named


def issued(session: Session, *lines: NewLine, **more: object) -> Document:
    """Prepare and issue a document."""
    made = drafting.prepare(session, new(*lines, **more))  # type: ignore[arg-type]  # as above
    return issuing.issue(session, made)


def invoice(session: Session, total: str = "100.00", **more: object) -> Document:
    """Issue an untaxed invoice to Acme."""
    return issued(session, line(total), **more)


def bill(session: Session, total: str = "100.00", **more: object) -> Document:
    """Take an untaxed bill of the Paper Mill."""
    return issued(session, line(total, account="5100"), kind="bill", **more)


def credited(session: Session, origin: Document, day: date = MAY) -> Document:
    """Issue a credit note over all of a document."""
    lines = issuing.mirrored(origin)
    note = new(*lines, day=day, currency=origin.head.commodity, partner=origin.head.partner)
    return issuing.issue(session, issuing.credit(session, origin, note))


def pay(
    session: Session,
    amount: str,
    *documents: tuple[Document, str] | Document,
    kind: str = "in",
    side: str = "receivable",
    day: date = MAY,
    **more: object,
) -> PaymentRow:
    """Pay into or out of the bank; documents come with an amount or without."""
    told: dict[str, object] = {
        "partner": "Acme" if side == "receivable" else "Paper Mill",
        "currency": "USD",
        "account": "1100",
        "documents": _chosen(documents),
        **more,
    }
    return paying.pay(
        session,
        NewPayment(kind=kind, side=side, dated=day, amount=Decimal(amount), **told),  # type: ignore[arg-type]  # named
    )


def _chosen(
    documents: Sequence[tuple[Document, str] | Document],
) -> list[tuple[str, Decimal | None]]:
    return [
        (each.number, None) if isinstance(each, Document) else (each[0].number, Decimal(each[1]))
        for each in documents
    ]


def state(session: Session, document: Document) -> tuple[str, int]:
    """Return the state of a document now, and what is open of it without its sign."""
    from boconsole.invoices import reading

    now = reading.again(document.head.id)
    return now.state, abs(now.head.open)
