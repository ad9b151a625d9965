"""Issuing documents: numbered, posted and sealed in one transaction, and never changed again.

An issued credit note takes what is open of the document it credits; the rest stays as a credit.
"""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.invoices import settling, taxes, writers
from boconsole.invoices.drafting import NewInvoice, NewLine, prepare, require_draft
from boconsole.invoices.posting import currency_of, entry_of, role_account
from boconsole.invoices.reading import Document, again, taxed
from boconsole.invoices.words import CREDITS, KINDS, Kind, numbered
from boconsole.invoices.worth import by_id, exact_value, rate_on, reporting, valued
from boconsole.journals.parts import Entry
from boconsole.language import _
from boconsole.ledger import approving, commodities, entries, periods, vouching
from boconsole.ledger.errors import ApprovalError, ControlError
from boconsole.ledger.limits import Limits
from boconsole.ledger.lines import weigh
from boconsole.ledger.reversible import require_unused
from boconsole.session import Session
from boconsole.tax.engine import Taxed
from boconsole.tax.rounding import fitted
from db.invoices import documents as stored
from db.invoices import items
from db.invoices.rows import InvoiceLineRow, InvoiceRow, InvoiceTaxRow, ItemRow
from db.ledger.rows import AccountRow, CommodityRow


class Booking(NamedTuple):
    """The entry of a document, and what it is made of; `value` is the worth of the total."""

    entry: Entry
    control: AccountRow
    lines: list[InvoiceLineRow]
    taxes: list[InvoiceTaxRow]
    worth: CommodityRow
    rate: Fraction
    value: int


def approve(session: Session, old: Document) -> Document:
    """Approve a draft that somebody else prepared.

    Raises:
        ApprovalError: The one who acts prepared or edited it.
        IssuedDocumentError: It is issued.
        StaleRecordError: It changed in the meantime.
    """
    session.require("invoice.approve")
    require_draft(old)
    number = numbered(old.head.kind, old.number)
    mine = old.head.prepared_by == session.user.id
    if mine or session.user.login in writers.logins(old.head.id):
        raise ApprovalError(
            _("You prepared {number}; somebody else has to approve it.").format(number=number)
        )
    at = int(session.now().timestamp())
    with audit.writing():
        if not stored.set_approval(old.head.id, old.head.version, session.user.id, at):
            raise StaleRecordError(number, old.head.id)
        told = {"approved_by": (None, session.user.login)}
        line = audit.Line(old.head.id, told, old.head.version + 1)
        audit.record(session, "invoice.approve", "invoice", [line])
    return again(old.head.id)


def issue(session: Session, old: Document) -> Document:
    """Issue a draft: number it, post it, and open its item.

    Raises:
        IssuedDocumentError: It is issued already.
        PeriodClosedError: Nothing can be booked on its day.
        ApprovalError: It is above the threshold and nobody approved it.
        ControlError: No account has the role that it needs, or several have.
        NoRateError: Its currency has no rate on its day.
        StaleRecordError: Somebody else changed it in the meantime.
    """
    session.require("invoice.issue")
    require_draft(old)
    with audit.writing():
        now = again(old.head.id)
        if now.head.version != old.head.version:
            raise StaleRecordError(old.number, old.head.id)
        kind = KINDS[now.head.kind]
        _require_bookable(session, now, kind)
        booked = _post(session, now, kind)
        told = {"number": (None, booked.number), "state": ("draft", "issued"),
                "total": (None, booked.head.total)}  # fmt: skip
        line = audit.Line(now.head.id, told, booked.head.version)
        audit.record(session, "invoice.issue", "invoice", [line])
        if booked.head.origin_id:
            _credit_origin(session, booked)
        return again(now.head.id)


def _require_bookable(session: Session, document: Document, kind: Kind) -> None:
    head = document.head
    periods.require_open(session, head.dated, kind.part)
    if document.taxes:
        periods.require_unlocked(session, head.dated, "tax")
    if head.origin_id:
        origin = again(head.origin_id)
        if stored.credited(head.origin_id) + head.total > origin.head.total:
            raise InvalidChangeError(
                "total", _("more would be credited than {number} says").format(number=origin.number)
            )
        _require_not_built_on(session, origin, document)


def _require_not_built_on(session: Session, origin: Document, note: Document) -> None:
    """Raise ReversalError where a note takes back what fixed assets have their cost from."""
    entry = entries.get(session, str(origin.head.entry_id))
    require_unused(entry, {line.account_id for line in note.lines})


def is_above(document: Document, most: Limits) -> bool:
    """Return whether the entry of a draft is above a limit as things are now; raises as `issue`."""
    entry = _booking_of(document, KINDS[document.head.kind]).entry
    lines = weigh(entry.lines, commodities.by_code())
    return approving.weighed_over(most, lines, document.head.dated) is not None


def _booking_of(document: Document, kind: Kind) -> Booking:
    """Return the entry that a draft makes as things are now."""
    head = document.head
    found = taxed(head.taxed_on, document.lines, currency_of(head))
    if found.total != head.total:
        raise InvalidChangeError("taxes", _("tax rates changed since it was saved; save it again"))
    origin = _origin_item(head)
    worth = by_id()[origin.value_commodity_id] if origin else reporting(head.commodity)
    rate = rate_on(head.commodity, worth.code, head.dated, head.rate)
    value = _total_value(found.total, origin, rate, currency_of(head), worth)
    tax_rows = _tax_rows(found, kind, rate, currency_of(head), worth)
    lines = _valued_lines(document, found, tax_rows, rate, worth, value)
    control = role_account(kind.side)
    entry = entry_of(document, kind, control, lines, tax_rows, worth)
    return Booking(entry, control, lines, tax_rows, worth, rate, value)


def _post(session: Session, document: Document, kind: Kind) -> Document:
    """Write the entry, the final numbers of the document, and its open item."""
    head, booking = document.head, _booking_of(document, kind)
    signed = (head.prepared_by, head.approved_by, head.approved_at)
    made = vouching.enter(session, booking.entry, kind.series, signed)
    at = int(session.now().timestamp())
    booked = made.head
    final = head._replace(
        rate=str(booking.rate), entry_id=booked.id, issued_at=at, series=booked.series,
        year=booked.year, number=booked.number,
    )  # fmt: skip
    if not stored.mark_issued(final, session.user.id, booking.lines):
        raise StaleRecordError(document.number, head.id)
    stored.insert_taxes(head.id, booking.taxes)
    amount, value = kind.sign * head.total, kind.sign * booking.value
    items.insert(
        ItemRow(
            0, 1, kind.side, head.id, None, head.partner_id, booking.control.id,
            head.commodity_id, booking.worth.id, made.head.id, head.dated, head.due, amount,
            value, amount, value, 0,
        )
    )  # fmt: skip
    return again(head.id)


def _origin_item(head: InvoiceRow) -> ItemRow | None:
    return items.find_of_invoice(head.origin_id) if head.origin_id else None


def _total_value(
    total: int, origin: ItemRow | None, rate: Fraction, currency: CommodityRow, worth: CommodityRow
) -> int:
    """Return the worth of a total; what a credit note takes of its document has the worth there."""
    part = min(total, abs(origin.open)) if origin else 0
    taken = settling.share(origin, part).value if origin and part else 0
    return taken + valued(total - part, rate, currency, worth)


def _tax_rows(
    found: Taxed, kind: Kind, rate: Fraction, currency: CommodityRow, worth: CommodityRow
) -> list[InvoiceTaxRow]:
    codes = taxes.by_code()
    rows = []
    for position, each in enumerate(found.taxes, 1):
        code = codes[each.tax.code]
        sold = kind.side == "receivable"
        account = code.collected_id if sold else code.deductible_id
        if account is None and each.amount:
            option = "--collected" if sold else "--deductible"
            raise ControlError(
                _("The tax {code} has no account for this; name one with: {command}").format(
                    code=code.code,
                    command=f"boconsole ledger tax-code {code.code} {option} ACCOUNT",
                )
            )
        rows.append(
            InvoiceTaxRow(
                position, code.id, code.code, each.tax.kind, str(each.tax.rate),
                str(each.tax.factor), account, each.net, each.base, each.amount,
                valued(each.net, rate, currency, worth),
                valued(each.amount, rate, currency, worth), worth.id,
            )
        )  # fmt: skip
    return rows


def _valued_lines(
    document: Document,
    found: Taxed,
    tax_rows: list[InvoiceTaxRow],
    rate: Fraction,
    worth: CommodityRow,
    value: int,
) -> list[InvoiceLineRow]:
    """Return the lines with net and worth; what rounding leaves goes to those rounded most."""
    currency = currency_of(document.head)
    exact = [exact_value(net, rate, currency, worth) for net in found.nets]
    total = value - sum(tax.value for tax in tax_rows)
    return [
        line._replace(net=net, value=value)
        for line, net, value in zip(document.lines, found.nets, fitted(exact, total), strict=True)
    ]


# Crediting


def credit(session: Session, origin: Document, new: NewInvoice | None = None) -> Document:
    """Prepare the credit note of an issued document.

    Args:
        session: Who prepares it.
        origin: What is credited.
        new: What the note says; None credits all lines as they were, today or on its day.

    Raises:
        InvalidChangeError: It is a draft, or a credit note itself.
    """
    kind = CREDITS.get(origin.head.kind)
    if kind is None or origin.head.state != "issued":
        raise InvalidChangeError(
            "origin", _("{number} cannot be credited").format(number=origin.number)
        )
    if new is None:
        today = session.now().astimezone(session.zone).date()
        day = max(today, origin.head.dated)
        new = NewInvoice(
            kind, origin.head.partner, day, origin.head.commodity, mirrored(origin), 0,
            rate=origin.head.rate, origin=origin.number,
        )  # fmt: skip
    return prepare(session, new._replace(kind=kind, origin=origin.number))


def mirrored(origin: Document) -> list[NewLine]:
    """Return the lines of a document as those of its credit note."""
    return [
        NewLine(
            line.text, Decimal(line.quantity), Decimal(line.price), line.account, line.taxes,
            Decimal(line.discount), line.unit,
        )
        for line in origin.lines
    ]  # fmt: skip


def _credit_origin(session: Session, note: Document) -> None:
    """Let an issued credit note take what is open of the document it credits."""
    mine = items.find_of_invoice(note.head.id)
    origin = items.find_of_invoice(note.head.origin_id or 0)
    if mine is None or origin is None:
        raise NotFoundError(_("document {number}").format(number=note.head.origin_id))
    amount = min(abs(origin.open), abs(mine.open))
    if not amount:
        return
    taken = settling.share(origin, amount)
    settling.allocate(mine, taken.value, taken, note.head.dated, None)
    settling.take(origin, amount, taken.value, credited=amount)
    settling.take(mine, amount, taken.value)
    told = {"credited": (None, note.number), "open": (abs(origin.open), abs(origin.open) - amount)}
    line = audit.Line(origin.invoice_id or 0, told, 0)
    audit.record(session, "invoice.credited", "invoice", [line])
