"""Documents by command: invoices, bills and their credit notes."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _, ngettext
from boconsole.ledger.words import parse_day

if TYPE_CHECKING:
    from boconsole.invoices.reading import Document
    from boconsole.invoices.words import Side
    from boconsole.session import Session
    from db.invoices.rows import InvoiceRow, InvoiceTaxRow

DEFAULT_LIMIT = 1_000


def side_of(call: Call) -> "Side":
    """Return the side that an area is about."""
    return "receivable" if call.words.area == "invoices" else "payable"


def kinds_of(call: Call) -> tuple[str, ...]:
    """Return the kinds of documents of an area."""
    from boconsole.invoices.words import SIDES

    return SIDES[side_of(call)]


def today(session: "Session") -> date:
    """Return the day it is for whoever acts."""
    return session.now().astimezone(session.zone).date()


def limit_of(text: str) -> int:
    """Return how many rows are wanted at most."""
    if not text:
        return DEFAULT_LIMIT
    if not text.isdecimal() or not 0 < int(text) < 10**9:
        raise InvalidChangeError("limit", _("{text!r} is no number above 0").format(text=text[:20]))
    return int(text)


# Writing


def new(call: Call) -> Answer:
    """Prepare a document; with `--issue`, issue it too."""
    from boconsole.invoices import drafting, typing

    words, session = call.words, call.session()
    kind = kinds_of(call)[0]
    lines, named = typing.lines_of(words.lines)
    currency = typing.one_currency((words.currency, named)) or _reporting()
    wanted = drafting.NewInvoice(
        kind, words.partner, _day(words.date, session), currency, lines, _terms(words.terms),
        parse_day(words.due, field="due") if words.due else None, words.reference, words.rate,
        words.note,
    )  # fmt: skip
    made = drafting.prepare(session, wanted)
    return _issued(call, session, made) if words.issue else _prepared(call, made)


def edit(call: Call) -> Answer:
    """Change what is named of a draft; lines that are typed replace all of them."""
    from boconsole.invoices import drafting, entering, reading, typing

    words, session = call.words, call.session()
    old = reading.get(session, words.number, kinds_of(call))
    drafting.require_draft(old)
    before = entering.as_new(old)
    lines, named = typing.lines_of(words.lines)
    day = parse_day(words.date) if words.date else before.dated
    due = parse_day(words.due, field="due") if words.due else before.due
    terms = _terms(words.terms) if words.terms else 0
    wanted = before._replace(
        partner=words.partner or before.partner, dated=day,
        due=None if words.terms and not words.due else due, terms=terms,
        currency=typing.one_currency((words.currency, named)) or before.currency,
        reference=words.reference or before.reference, rate=words.rate or before.rate,
        note=words.note or before.note, lines=lines or before.lines,
    )  # fmt: skip
    return _prepared(call, drafting.edit(session, old, wanted))


def contact(call: Call) -> Answer:
    """Show what documents print of a customer or supplier, or change it."""
    from boconsole.invoices import partners

    words, session = call.words, call.session()
    found = partners.read(session, words.name)
    if words.address is not None or words.tax_number is not None:
        found = partners.put(
            session, found, address=found.address if words.address is None else words.address,
            tax_number=found.tax_number if words.tax_number is None else words.tax_number,
        )  # fmt: skip
    value = {"name": found.name, "address": found.address, "tax_number": found.tax_number}
    told = [(_("Name"), found.name), (_("Address"), ", ".join(found.address.splitlines())),
            (_("Tax number"), found.tax_number)]  # fmt: skip
    return Answer(value, lambda: output.pairs(told))


def undo(call: Call) -> Answer:
    """Take back one's last edit or deletion of drafts."""
    from boconsole.invoices import taking_back

    done = taking_back.undo_last(call.session())
    numbers = ", ".join(document.number for document in done)
    return Answer(
        [document_record(document) for document in done],
        _("{numbers} is as it was before.").format(numbers=numbers),
    )


def _prepared(call: Call, made: "Document") -> Answer:
    told = _("{number} is prepared; issue it with: boconsole {area} issue {id}")
    return Answer(
        document_record(made),
        told.format(number=made.number, area=call.words.area, id=made.head.id),
    )


def _issued(call: Call, session: "Session", made: "Document") -> Answer:
    from boconsole.invoices import issuing
    from boconsole.ledger.errors import ApprovalError

    try:
        done = issuing.issue(session, made)
    except ApprovalError as refusal:
        answer = _prepared(call, made)
        return Answer(answer.value, answer.text, (str(refusal),), 1)
    return _told(session, done)


def _told(session: "Session", done: "Document") -> Answer:
    """Tell that a document is issued, and of budgets that it passes."""
    from boconsole.ledger import budget_hints

    over = budget_hints.of_document(session, done.head.entry_id)
    sentence = _("{number} is issued.").format(number=done.number)
    return Answer(document_record(done), sentence, over)


def _day(text: str, session: "Session") -> date:
    return parse_day(text) if text else today(session)


def _terms(text: str) -> int:
    if not text.isdecimal() or len(text) > 6:
        raise InvalidChangeError("terms", _("{text!r} is no number").format(text=text[:40]))
    return int(text)


def _reporting() -> str:
    from boconsole.invoices.worth import chosen_reporting

    code = chosen_reporting()
    if not code:
        raise InvalidChangeError(
            "currency",
            _("name it with --currency, or choose one with: {command}").format(
                command="boconsole ledger set reporting-currency USD"
            ),
        )
    return code


def credit(call: Call) -> Answer:
    """Prepare the credit note of a document, of all or of the lines that are typed."""
    from boconsole.invoices import drafting, issuing, reading, typing
    from boconsole.invoices.words import CREDITS

    words, session = call.words, call.session()
    origin = reading.get(session, words.number, kinds_of(call))
    typed, named = typing.lines_of(words.lines)
    typing.one_currency((origin.head.commodity, named))
    lines = typed or issuing.mirrored(origin)
    day = _day(words.date, session)
    wanted = drafting.NewInvoice(
        CREDITS.get(origin.head.kind, ""), origin.head.partner,
        day if words.date else max(day, origin.head.dated), origin.head.commodity, lines,
        0, parse_day(words.due, field="due") if words.due else None, words.reference,
        note=words.note,
    )  # fmt: skip
    made = issuing.credit(session, origin, wanted)
    return _issued(call, session, made) if words.issue else _prepared(call, made)


def issue(call: Call) -> Answer:
    """Issue a draft."""
    from boconsole.invoices import issuing, reading

    session = call.session()
    done = issuing.issue(session, reading.get(session, call.words.number, kinds_of(call)))
    return _told(session, done)


def approve(call: Call) -> Answer:
    """Approve a draft of somebody else."""
    from boconsole.invoices import issuing, reading

    session = call.session()
    done = issuing.approve(session, reading.get(session, call.words.number, kinds_of(call)))
    return Answer(document_record(done), _("{number} is approved.").format(number=done.number))


def delete(call: Call) -> Answer:
    """Throw a draft away."""
    from boconsole.invoices import drafting, reading

    session = call.session()
    found = reading.get(session, call.words.number, kinds_of(call))
    drafting.delete(session, found)
    sentence = _("{number} is deleted.").format(number=found.number)
    return Answer({"number": found.number, "deleted": True}, sentence)


# Reading


def show(call: Call) -> Answer:
    """Show a document."""
    from boconsole.invoices import reading

    found = reading.get(call.session(), call.words.number, kinds_of(call))
    return Answer(document_record(found), lambda: _text(found))


def list_documents(call: Call) -> Answer:
    """List the documents that a query finds, the newest first unless it sorts them."""
    from boconsole.invoices import reading
    from db.keyset import CursorError

    words, session, query = call.words, call.session(), " ".join(call.words.query)
    wanted = reading.selection(session, side_of(call), query).limit
    limit = limit_of(words.limit) if words.limit or wanted is None else wanted
    try:
        page = reading.list_page(session, side_of(call), query, words.after or "", limit)
    except CursorError as error:
        raise InvalidChangeError(
            "after", _("{error}; start again without it").format(error=error)
        ) from error
    value = [_head_record(row) for row in page.rows]
    columns = ("number", "date", "due", "partner", "total", "open", "currency", "state")
    headings = (
        _("Number"), _("Date"), _("Due"), _("Partner"), _("Total"), _("Open"), _("Currency"),
        _("State"),
    )  # fmt: skip

    def text() -> str:
        rows = [
            tuple(_(str(each[name])) if name == "state" else str(each[name]) for name in columns)
            for each in value
        ]
        return output.table(headings, rows, right=frozenset((4, 5))) if rows else _("Nothing.")

    cursor = page.cursors[-1] if page.more else ""
    notes = (_("next: --after {cursor}").format(cursor=cursor),) if cursor else ()
    return Answer(value, text, notes)


def print_document(call: Call) -> Answer:
    """Write a document as PDF."""
    from pathlib import Path

    from boconsole.invoices import printing, reading

    session, words = call.session(), call.words
    document = reading.get(session, words.number, kinds_of(call))
    path = Path(words.output or f"{document.number.replace('#', 'draft-')}.pdf")
    pages = printing.write(session, words.number, path, words.language)
    told = ngettext("{n} page is in {path}.", "{n} pages are in {path}.", pages)
    return Answer({"number": document.number, "file": str(path), "pages": pages},
                  told.format(n=pages, path=path))  # fmt: skip


def _head_record(row: "InvoiceRow") -> dict[str, object]:
    from boconsole.invoices.words import invoice_number, state_of
    from boconsole.money import plain

    return {
        "id": row.id, "number": invoice_number(row), "kind": row.kind, "state": state_of(row),
        "partner": row.partner, "reference": row.reference, "date": row.dated, "due": row.due,
        "currency": row.commodity, "rate": row.rate, "net": plain(row.net, row.precision),
        "tax": plain(row.tax, row.precision), "total": plain(row.total, row.precision),
        "open": plain(abs(row.open), row.precision), "approved": row.approved_by is not None,
    }  # fmt: skip


def document_record(document: "Document") -> dict[str, object]:
    """Return a document for programs; amounts are exact decimals as text."""
    from boconsole.money import plain

    digits = document.head.precision
    lines = [
        {
            "text": line.text, "quantity": line.quantity, "unit": line.unit, "price": line.price,
            "discount": line.discount, "account": line.account, "taxes": line.taxes.split(),
            "net": plain(line.net, digits),
        }
        for line in document.lines
    ]  # fmt: skip
    taxes = [
        {
            "code": tax.code, "kind": tax.kind, "rate": tax.rate, "factor": tax.factor,
            "net": plain(tax.net, digits), "base": plain(tax.base, digits),
            "amount": plain(tax.amount, digits),
        }
        for tax in document.taxes
    ]  # fmt: skip
    head = document.head
    return {**_head_record(head), "partner_address": head.partner_address,
            "partner_tax_number": head.partner_tax_number, "note": head.note, "lines": lines,
            "taxes": taxes}  # fmt: skip


def _text(document: "Document") -> str:
    from boconsole.invoices.words import KINDS
    from boconsole.money import plain

    head, digits = document.head, document.head.precision
    title = f"{_(KINDS[head.kind].title)} {document.number}  {_(document.state)}  {head.partner}"
    due = _("due {day}").format(day=head.due)
    days = f"{head.dated}  {due}  {head.reference}".rstrip()
    rows = [
        (line.text, f"{_quantity(line.quantity)} {line.unit}".strip(), line.price,
         _percent(line.discount), line.taxes, plain(line.net, digits))
        for line in document.lines
    ]  # fmt: skip
    headings = (_("Text"), _("Quantity"), _("Price"), _("Discount"), _("Taxes"), _("Net"))
    sums = [(_("Net"), plain(head.net, digits))]
    sums += [(_tax_title(tax, digits), plain(tax.amount, digits)) for tax in document.taxes]
    sums += [(_("Total"), f"{plain(head.total, digits)} {head.commodity}"),
             (_("Open"), f"{plain(abs(head.open), digits)} {head.commodity}")]  # fmt: skip
    table = output.table(headings, rows, right=frozenset((1, 2, 3, 5)))
    return f"{title}\n{days}\n\n{table}\n\n{output.pairs(sums)}"


def _quantity(text: str) -> str:
    return format(Decimal(text), "f")


def _percent(text: str) -> str:
    return f"{text} %" if Decimal(text) else ""


def _tax_title(tax: "InvoiceTaxRow", digits: int) -> str:
    """Return `PPN 12 % × 45833333.00 (11/12)`, which the law wants to see whole."""
    from boconsole.money import plain

    if tax.kind == "fixed":
        return tax.code
    part = f" ({tax.factor})" if tax.factor != "1" else ""
    return f"{tax.code} {tax.rate} % × {plain(tax.base, digits)}{part}"
