"""Documents while they are drafts: prepared, changed, thrown away; nothing is booked yet."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import BoconsoleError, InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.invoices import cash_rounding
from boconsole.invoices.posting import role_account
from boconsole.invoices.reading import Document, again, get, taxed
from boconsole.invoices.words import CREDITS, KINDS, invoice_number, line_text
from boconsole.invoices.worth import known_commodity
from boconsole.language import _
from boconsole.ledger import accounts
from boconsole.money import MOST, AmountTooLargeError, from_minor, plain
from boconsole.session import Session
from boconsole.tax.engine import Taxed
from boconsole.tax.rates import fraction_of
from boconsole.text import LINE_LIMIT, clean, clean_line, required_line
from db.fields import number_of
from db.invoices import documents as stored
from db.invoices.documents import InvoiceLoad
from db.invoices.rows import InvoiceLineRow, InvoiceRow, PartnerRow
from db.ledger.rows import CommodityRow

MOST_LINES = 1_000
UNIT = re.compile(r"[^\W\d_][^\s×*|]{0,19}")
LONGEST_TERM = 3_650
"""Days after which a document is due at the latest."""


class IssuedDocumentError(BoconsoleError):
    """An issued document never changes."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("{number} is issued and never changes; credit it and issue another.").format(
                number=number
            )
        )


class NewLine(NamedTuple):
    """A line to write: exact quantity, unit price, discount in percent, and what is counted."""

    text: str
    quantity: Decimal
    price: Decimal
    account: str
    taxes: str = ""
    discount: Decimal = Decimal(0)
    unit: str = ""


class NewInvoice(NamedTuple):
    """A document to write.

    Attributes:
        due: By default the date and the terms.
        rate: What one unit of the currency is worth in the reporting one; empty looks it up.
        origin: The number of the document that a credit note takes back.
    """

    kind: str
    partner: str
    dated: date
    currency: str
    lines: Sequence[NewLine]
    terms: int = 30
    due: date | None = None
    reference: str = ""
    rate: str = ""
    note: str = ""
    origin: str = ""


def prepare(session: Session, new: NewInvoice, *, undoes: int = 0, operation: int = 0) -> Document:
    """Prepare a document; nothing is booked yet.

    Args:
        session: Who prepares it.
        new: What it says.
        undoes: The operation that this takes back.
        operation: An operation of the same transaction that this belongs to.

    Raises:
        NotFoundError: The partner, a tax or the credited document is not there.
        UnknownAccountError, UnknownCommodityError: A line names what is not there.
        InvalidChangeError: A number or day cannot be.
        NoTaxRateError: A tax has no rate on the day.
    """
    session.require("invoice.prepare")
    with audit.writing():
        load, lines = _checked(session, new, 0)
        invoice_id = stored.insert(load, lines)
        made = again(invoice_id)
        told = {name: (None, value) for name, value in said(made).items() if value}
        action = "invoice.undo" if undoes else "invoice.create"
        audit.record(
            session, action, "invoice", [audit.Line(invoice_id, told, 1)], undoes=undoes,
            operation=operation,
        )  # fmt: skip
        return made


def edit(session: Session, old: Document, new: NewInvoice, *, undoes: int = 0) -> Document:
    """Write a draft anew; an approval of what it was is gone.

    Args:
        session: Who edits it.
        old: The draft as it was seen.
        new: What it says from now on.
        undoes: The operation that this takes back.

    Raises:
        IssuedDocumentError: It is issued.
        StaleRecordError: Somebody else changed it in the meantime.
        BoconsoleError: As `prepare`.
    """
    session.require("invoice.prepare")
    require_draft(old)
    with audit.writing():
        load, lines = _checked(session, new, old.head.id)
        if not stored.replace(old.head.id, old.head.version, load, lines):
            require_draft(again(old.head.id))
            raise StaleRecordError(old.number, old.head.id)
        now = again(old.head.id)
        before, after = said(old), said(now)
        told = {name: (before[name], after[name]) for name in before if before[name] != after[name]}
        line = audit.Line(old.head.id, told, now.head.version)
        action = "invoice.undo" if undoes else "invoice.edit"
        audit.record(session, action, "invoice", [line], undoes=undoes)
        return now


def said(document: Document) -> dict[str, object]:
    """Return what a draft says, as the audit trail keeps it: all that it can be made of again."""
    head = document.head
    return {
        "kind": head.kind, "partner": head.partner, "dated": str(head.dated),
        "due": str(head.due), "currency": head.commodity, "reference": head.reference,
        "rate": head.rate, "note": head.note, "origin": head.origin_id,
        "total": plain(head.total, head.precision),
        "lines": [line_text(line) for line in document.lines],
    }  # fmt: skip


def delete(session: Session, old: Document, *, operation: int = 0) -> int:
    """Throw a draft away; the audit trail keeps what it said.

    Args:
        session: Who throws it away.
        old: The draft as it was seen.
        operation: An operation of the same transaction that this belongs to.

    Returns:
        The operation's number, by which it can be undone.

    Raises:
        IssuedDocumentError: It is issued.
        StaleRecordError: Somebody else changed it in the meantime.
    """
    session.require("invoice.prepare")
    require_draft(old)
    with audit.writing():
        if not stored.delete(old.head.id, old.head.version):
            raise StaleRecordError(old.number, old.head.id)
        told = {name: (value, None) for name, value in said(old).items() if value}
        line = audit.Line(old.head.id, told)
        return audit.record(session, "invoice.delete", "invoice", [line], operation=operation)


def require_draft(document: Document) -> None:
    """Raise IssuedDocumentError for a document that is issued."""
    if document.head.state != "draft":
        raise IssuedDocumentError(document.number)


def _checked(
    session: Session, new: NewInvoice, invoice_id: int
) -> tuple[InvoiceLoad, list[InvoiceLineRow]]:
    partner = find_partner(new.partner)
    currency = known_commodity(new.currency)
    due = new.due or _due(new)
    if due < new.dated:
        raise InvalidChangeError("due", _("it is due before its date"))
    if new.rate:
        fraction_of(new.rate, field="rate")
    origin = _origin(session, new, partner, currency)
    taxed_on = origin.taxed_on if origin else new.dated
    lines = _lines(new)
    if KINDS[new.kind].side == "receivable":
        lines = _rounded(lines, taxed_on, currency)
    found = taxed(taxed_on, lines, currency)
    _require_bounded(found, currency)
    reference = clean_line(new.reference, field="reference", limit=LINE_LIMIT)
    _require_new_reference(new.kind, partner, reference, invoice_id)
    load = InvoiceLoad(
        new.kind, KINDS[new.kind].side, partner.id, partner.name, reference,
        number_of(new.dated), number_of(due), number_of(taxed_on), currency.id,
        origin.rate if origin else new.rate.strip(), clean(new.note, field="note"),
        origin.id if origin else None, found.net, found.tax, found.total, session.user.id,
    )  # fmt: skip
    return load, [line._replace(net=net) for line, net in zip(lines, found.nets, strict=True)]


def _require_bounded(found: Taxed, currency: CommodityRow) -> None:
    """Raise where a line or the total is beyond what the books hold, or below zero."""
    for minor in (*found.nets, found.total):
        if abs(minor) >= MOST:
            raise AmountTooLargeError(
                from_minor(minor, currency.precision), currency.code, currency.precision
            )
    if found.total < 0:
        raise InvalidChangeError("total", _("it is below zero; write a credit note instead"))


def _due(new: NewInvoice) -> date:
    if not 0 <= new.terms <= LONGEST_TERM:
        raise InvalidChangeError("terms", _("expected 0 to {most} days").format(most=LONGEST_TERM))
    return new.dated + timedelta(days=new.terms)


def find_partner(name: str) -> PartnerRow:
    """Return the organisation of a name; raises NotFoundError with similar ones."""
    found = stored.find_partner(name.strip())
    if found is None:
        similar = get_close_matches(name, stored.partner_names(), 3)
        told = _("organisation {name}").format(name=repr(name.strip()[:60]))
        if similar:
            told += _("; similar: {names}").format(names=", ".join(similar))
        raise NotFoundError(told)
    return found


def _require_new_reference(kind: str, partner: PartnerRow, reference: str, but: int) -> None:
    """A bill is entered once: the supplier's number tells."""
    if kind != "bill" or not reference:
        return
    other = stored.find_reference(kind, partner.id, reference, but)
    if other is not None:
        number = invoice_number(again(other).head)
        raise InvalidChangeError(
            "reference",
            _("{partner} sent {reference} already; it is {number}").format(
                partner=partner.name, reference=reference, number=number
            ),
        )


def _origin(
    session: Session, new: NewInvoice, partner: PartnerRow, currency: CommodityRow
) -> InvoiceRow | None:
    if not new.origin:
        return None
    found = get(session, new.origin)
    fits = (
        CREDITS.get(found.head.kind) == new.kind
        and found.head.state == "issued"
        and found.head.partner_id == partner.id
        and found.head.commodity_id == currency.id
    )
    if not fits or new.dated < found.head.dated:
        raise InvalidChangeError(
            "origin",
            _("{number} cannot be credited by this: partner, currency or day differ").format(
                number=found.number
            ),
        )
    return found.head


def _lines(new: NewInvoice) -> list[InvoiceLineRow]:
    if not 0 < len(new.lines) <= MOST_LINES:
        raise InvalidChangeError("lines", _("expected 1 to {most}").format(most=MOST_LINES))
    found = []
    for position, line in enumerate(new.lines, 1):
        account = accounts.find(line.account)
        accounts.require_active(account, new.dated)
        if account.role in ("receivable", "payable"):
            raise InvalidChangeError(
                "account", _("{path} holds open items; name another").format(path=account.path)
            )
        if not 0 <= line.discount <= 100:
            raise InvalidChangeError("discount", _("expected 0 to 100 percent"))
        quantity, price, discount = map(_text, (line.quantity, line.price, line.discount))
        found.append(
            InvoiceLineRow(
                position, required_line(line.text, field="text", limit=LINE_LIMIT), quantity,
                price, discount, account.id, account.path, " ".join(line.taxes.split()), 0, None,
                _unit(line.unit),
            )
        )  # fmt: skip
    return found


def _unit(text: str) -> str:
    unit = clean_line(text, field="unit")
    if unit and not UNIT.fullmatch(unit):
        raise InvalidChangeError("unit", _("expected one short word such as h or pcs"))
    return unit


def _rounded(
    lines: list[InvoiceLineRow], taxed_on: date, currency: CommodityRow
) -> list[InvoiceLineRow]:
    """Return lines with one that rounds the total to the smallest coin, where that is chosen."""
    coin = cash_rounding.coin_of(currency.code)
    if coin is None:
        return lines
    account = role_account("rounding")
    kept = [line for line in lines if line.account_id != account.id or line.taxes]
    more = cash_rounding.difference(taxed(taxed_on, kept, currency).total, coin)
    if more:
        price = format(from_minor(more, currency.precision), "f")
        last = (kept[-1].position if kept else 0) + 1
        line = InvoiceLineRow(last, _("Rounding"), "1", price, "0", account.id, account.path, "",
                              0, None)  # fmt: skip
        kept.append(line)
    return kept


def _text(number: Decimal) -> str:
    return format(bounded(number, field="lines"), "f")


def bounded(number: Decimal, *, field: str) -> Decimal:
    """Return a number that can be reckoned with; raises InvalidChangeError for any other."""
    if not number.is_finite() or abs(number.adjusted()) > 15 or len(number.as_tuple().digits) > 28:
        raise InvalidChangeError(field, _("{text!r} is no number").format(text=str(number)[:40]))
    return number


def decimal_of(text: str, *, field: str) -> Decimal:
    """Return the number of a text; raises InvalidChangeError."""
    try:
        return bounded(Decimal(text.strip()), field=field)
    except InvalidOperation as error:
        raise InvalidChangeError(
            field, _("{text!r} is no number").format(text=text[:40])
        ) from error
