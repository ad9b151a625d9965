"""Payments by command."""

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.commands.invoices import kinds_of, limit_of, side_of, today
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.ledger.words import parse_day

if TYPE_CHECKING:
    from boconsole.invoices.paying import Kind
    from boconsole.invoices.reading import Document
    from boconsole.session import Session
    from db.invoices.rows import PaymentRow

AMOUNT = re.compile(r"(?P<number>[0-9.]+)\s+(?P<code>\S+)")
Named = list[tuple["Document", Decimal | None]]


def pay(call: Call) -> Answer:
    """Book a payment."""
    session = call.session()
    named = _named(call, session)
    back = call.words.refund or bool(named and named[0][0].head.kind.endswith("-credit"))
    inwards = (side_of(call) == "receivable") != back
    return _book(call, session, named, "in" if inwards else "out")


def offset(call: Call) -> Answer:
    """Set credits of a partner against documents."""
    session = call.session()
    return _book(call, session, _named(call, session), "offset")


def _named(call: Call, session: "Session") -> Named:
    from boconsole.invoices import reading
    from boconsole.invoices.drafting import decimal_of

    found: Named = []
    for word in call.words.documents:
        number, given, amount = word.partition("=")
        document = reading.get(session, number, kinds_of(call))
        found.append((document, decimal_of(amount, field="amount") if given else None))
    return found


def _book(call: Call, session: "Session", named: Named, kind: "Kind") -> Answer:
    from boconsole.invoices import paying
    from boconsole.invoices.drafting import decimal_of

    words = call.words
    partner = words.partner or (named[0][0].head.partner if named else "")
    written_off = decimal_of(getattr(words, "written_off", "") or "0", field="write-off")
    amount, currency = _amount(words.amount, named, written_off)
    paid = getattr(words, "paid", "")
    made = paying.pay(
        session,
        paying.NewPayment(
            kind, side_of(call), partner, parse_day(words.date) if words.date else today(session),
            currency, amount, getattr(words, "account", ""),
            _sum(paid, "paid") if paid else None, getattr(words, "rate", ""),
            [(document.number, part) for document, part in named], written_off,
            getattr(words, "write_off_account", ""), getattr(words, "reason", ""),
            words.reference,
        ),
    )  # fmt: skip
    if made.state == "draft":
        text = _("Payment {number} waits for the approval of a colleague.")
    else:
        text = _("Payment {number} is posted.")
    return _answer(made, text)


def _amount(text: str, named: Named, written_off: Decimal) -> tuple[Decimal, str]:
    """Return what is paid: as typed, or all that is open of the documents."""
    from boconsole.money import from_minor

    if text:
        return _sum(text, "amount")
    if not named:
        raise InvalidChangeError("amount", _("name an amount, or what is to be paid"))
    total = sum(
        (
            part if part is not None else from_minor(abs(document.head.open),
                                                     document.head.precision)
            for document, part in named
        ),
        Decimal(0),
    )  # fmt: skip
    return total - written_off, named[0][0].head.commodity


def _sum(text: str, field: str) -> tuple[Decimal, str]:
    from boconsole.invoices.drafting import decimal_of

    found = AMOUNT.fullmatch(text.strip())
    if found is None:
        raise InvalidChangeError(
            field, _("{text!r} is not an amount such as 40.00 USD").format(text=text[:40])
        )
    return decimal_of(found["number"], field=field), found["code"]


def undo(call: Call) -> Answer:
    """Undo a payment."""
    from boconsole.invoices import undoing

    session = call.session()
    day = parse_day(call.words.date) if call.words.date else None
    done = undoing.undo(session, _found(call, session), call.words.reason, day)
    if done.state == "posted":
        text = _("To undo {number} waits for the approval of a colleague.")
    else:
        text = _("Payment {number} is undone.")
    return _answer(done, text)


def approve(call: Call) -> Answer:
    """Approve a payment or its undoing."""
    from boconsole.invoices import paying

    session = call.session()
    done = paying.approve(session, _found(call, session))
    return _answer(done, _("{number} is approved."))


def post(call: Call) -> Answer:
    """Post a payment that waited."""
    from boconsole.invoices import completing

    session = call.session()
    return _answer(
        completing.post(session, _found(call, session)), _("Payment {number} is posted.")
    )


def delete(call: Call) -> Answer:
    """Throw a waiting payment away."""
    from boconsole.invoices import paying
    from boconsole.invoices.words import payment_number

    session = call.session()
    found = _found(call, session)
    paying.delete(session, found)
    number = payment_number(found)
    sentence = _("{number} is deleted.").format(number=number)
    return Answer({"number": number, "deleted": True}, sentence)


def list_payments(call: Call) -> Answer:
    """List payments, the newest first."""
    from boconsole.invoices import paying

    found = paying.listed(call.session(), side_of(call), limit_of(call.words.limit))
    value = [payment_record(row) for row in found]
    columns = ("number", "date", "kind", "partner", "amount", "currency", "state")
    headings = (_("Number"), _("Date"), _("Kind"), _("Partner"), _("Amount"), _("Currency"),
                _("State"))  # fmt: skip

    def text() -> str:
        rows = [
            tuple(
                _(str(each[name])) if name in ("kind", "state") else str(each[name])
                for name in columns
            )
            for each in value
        ]
        return output.table(headings, rows, right=frozenset((4,))) if rows else _("Nothing.")

    return Answer(value, text)


def _found(call: Call, session: "Session") -> "PaymentRow":
    from boconsole.invoices import paying

    return paying.get(session, call.words.number, side_of(call))


def _answer(row: "PaymentRow", text: str) -> Answer:
    record = payment_record(row)
    return Answer(record, text.format(number=record["number"]))


def payment_record(row: "PaymentRow") -> dict[str, object]:
    """Return a payment for programs; amounts are exact decimals as text."""
    from boconsole.invoices import completing
    from boconsole.invoices.words import payment_number
    from boconsole.money import plain

    return {
        "id": row.id, "number": payment_number(row), "kind": row.kind, "state": row.state,
        "partner": row.partner, "date": row.dated, "currency": row.commodity,
        "amount": plain(row.amount, row.precision),
        "written_off": plain(row.written_off, row.precision), "reason": row.reason,
        "reference": row.reference, "gain": completing.gain_text(row),
        "approved": row.approved_by is not None, "undo_asked": row.undo_by is not None,
        "undone_on": row.undone_on, "undo_reason": row.undo_reason,
    }  # fmt: skip
