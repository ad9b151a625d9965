"""Payments: money in or out over several documents, and credits set against them.

A payment takes what is open, the oldest due first, unless documents are named; what is left
stays as a credit. The difference between what was carried and what came in is a realised gain
or loss. A payment above the threshold waits as a draft until a colleague approved it.
"""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.invoices.drafting import bounded, decimal_of, find_partner
from boconsole.invoices.planning import SettlementError, WriteOffError, plan_of
from boconsole.invoices.reading import get as get_document
from boconsole.invoices.words import PARTS, PAYMENT_SERIES, SIDES, Side, numbered, payment_number
from boconsole.invoices.worth import known_commodity
from boconsole.language import _
from boconsole.ledger import accounts, periods
from boconsole.ledger.errors import ApprovalError
from boconsole.ledger.words import parse_entry_number
from boconsole.money import to_minor
from boconsole.session import Session
from boconsole.text import LINE_LIMIT, clean_line, required_line
from db.fields import number_of
from db.invoices import items
from db.invoices import payments as stored
from db.invoices.payments import PaymentLoad
from db.invoices.rows import PaymentRow
from db.ledger import calendar
from db.ledger.rows import CommodityRow

WRITE_OFF_LIMIT = "write_off_limit"
"""The setting: most that one payment writes off, in whole units of its currency."""
Kind = Literal["in", "out", "offset"]


class NewPayment(NamedTuple):
    """A payment to write.

    Attributes:
        account: Bank or cash; empty for an offset.
        amount: What it settles, in the currency of the documents.
        paid: What went through the bank, where that has another currency.
        rate: What one unit of the documents' currency is worth; empty looks it up.
        documents: Numbers that are settled first, each with an amount or None for all of it;
            without any, the oldest due.
        written_off: What is settled besides without money.
        write_off_account: Where that goes.
        reason: Why.
        reference: Such as the bank's text.
    """

    kind: Kind
    side: Side
    partner: str
    dated: date
    currency: str
    amount: Decimal
    account: str = ""
    paid: tuple[Decimal, str] | None = None
    rate: str = ""
    documents: Sequence[tuple[str, Decimal | None]] = ()
    written_off: Decimal = Decimal(0)
    write_off_account: str = ""
    reason: str = ""
    reference: str = ""


def get(session: Session, number: str, side: Side | None = None) -> PaymentRow:
    """Return the payment of a number, or of an id; raises NotFoundError."""
    session.require("payment.read")
    wanted = parse_entry_number(number)
    if wanted.id:
        row = stored.find(wanted.id)
    else:
        row = stored.find_numbered(wanted.series, wanted.year, wanted.number)
    if row is None or (side and row.side != side):
        raise NotFoundError(_("payment {number}").format(number=number.strip()[:40]))
    return row


def again(payment_id: int) -> PaymentRow:
    """Return a payment that is there."""
    row = stored.find(payment_id)
    if row is None:
        raise NotFoundError(_("payment {number}").format(number=payment_id))
    return row


def listed(
    session: Session, side: Side, limit: int, before: tuple[int, int] | None = None
) -> list[PaymentRow]:
    """Return payments, the newest first; `before` is day and id of the page before."""
    session.require("payment.read")
    return stored.select(side, before or (99_991_231, 2**62), limit)


def set_write_off_limit(session: Session, text: str) -> None:
    """Choose the most that one payment writes off; empty for nothing.

    Raises:
        InvalidChangeError: It is no sum.
    """
    session.require("ledger.configure")
    wanted = text.strip()
    if wanted:
        number = decimal_of(wanted, field=WRITE_OFF_LIMIT)
        if not number.is_finite() or number < 0:
            raise InvalidChangeError(
                WRITE_OFF_LIMIT, _("{text!r} is no sum").format(text=text[:40])
            )
    with audit.writing():
        before = calendar.select_settings().get(WRITE_OFF_LIMIT, "")
        calendar.put_setting(WRITE_OFF_LIMIT, wanted)
        line = audit.Line(0, {WRITE_OFF_LIMIT: (before, wanted)})
        audit.record(session, "ledger.set", "ledger", [line])


# Preparing


def pay(session: Session, new: NewPayment) -> PaymentRow:
    """Prepare a payment and post it; above the threshold it stays a draft.

    Raises:
        NotFoundError: The partner or a document is not there.
        SettlementError: A document is not open, or not so much.
        WriteOffError: More is written off than the limit allows, or without a reason.
        BoconsoleError: As `completing.post`.
    """
    from boconsole.invoices import completing

    with audit.writing():
        made = prepare(session, new)
        return made if completing.waits(made) else completing.post(session, made)


def prepare(session: Session, new: NewPayment) -> PaymentRow:
    """Prepare a payment; nothing is booked yet. Raises as `pay`."""
    session.require("payment.prepare")
    with audit.writing():
        load = _checked(session, new)
        row = again(stored.insert(load))
        plan_of(row)
        told = {"kind": (None, row.kind), "partner": (None, row.partner),
                "dated": (None, str(row.dated)), "amount": (None, row.amount)}  # fmt: skip
        audit.record(session, "payment.create", "payment", [audit.Line(row.id, told, 1)])
        return row


def delete(session: Session, row: PaymentRow) -> None:
    """Throw a draft away; raises SettlementError for a posted one, or StaleRecordError."""
    session.require("payment.prepare")
    number = payment_number(row)
    if row.state != "draft":
        raise SettlementError(_("{number} is posted; undo it instead.").format(number=number))
    with audit.writing():
        if not stored.delete(row):
            raise StaleRecordError(number, row.id)
        line = audit.Line(row.id, {"amount": (row.amount, None)})
        audit.record(session, "payment.delete", "payment", [line])


def approve(session: Session, row: PaymentRow) -> PaymentRow:
    """Approve a draft, or the undoing of a payment, that somebody else prepared.

    Raises:
        ApprovalError: The one who acts prepared it, or nothing waits.
        StaleRecordError: It changed in the meantime.
    """
    session.require("payment.approve")
    number, at = numbered("payment", payment_number(row)), int(session.now().timestamp())
    asks = row.prepared_by if row.state == "draft" else row.undo_by
    if asks is None or row.state == "undone":
        raise ApprovalError(_("Nothing of {number} waits for an approval.").format(number=number))
    if asks == session.user.id:
        raise ApprovalError(
            _("You prepared {number}; somebody else has to approve it.").format(number=number)
        )
    with audit.writing():
        if row.state == "draft":
            done = stored.set_approval(row, session.user.id, at)
        else:
            done = stored.set_undo(
                row._replace(undo_approved_by=session.user.id, undo_approved_at=at)
            )
        if not done:
            raise StaleRecordError(number, row.id)
        told = {"approved_by": (None, session.user.login)}
        line = audit.Line(row.id, told, row.version + 1)
        audit.record(session, "payment.approve", "payment", [line])
    return again(row.id)


def _checked(session: Session, new: NewPayment) -> PaymentLoad:
    for number in _numbers(new):
        bounded(number, field="amount")
    partner = find_partner(new.partner)
    currency = known_commodity(new.currency)
    amount = to_minor(new.amount, currency.code, currency.precision)
    if amount <= 0:
        raise InvalidChangeError("amount", _("expected more than zero"))
    written_off, write_off_id = _write_off(new, currency)
    account_id = None
    paid_currency, paid = currency, amount
    if new.kind != "offset":
        account = accounts.find(new.account)
        accounts.require_active(account, new.dated)
        if account.role in ("receivable", "payable"):
            raise InvalidChangeError("account", _("money goes through a bank or cash account"))
        account_id = account.id
        if new.paid is not None:
            paid_currency = known_commodity(new.paid[1])
            paid = to_minor(new.paid[0], paid_currency.code, paid_currency.precision)
    if paid <= 0 or (paid_currency == currency and paid != amount):
        raise InvalidChangeError("paid", _("it does not fit the amount"))
    periods.require_open(session, new.dated, PARTS[new.side])
    return PaymentLoad(
        new.kind, new.side, partner.id, number_of(new.dated), account_id, currency.id, amount,
        paid_currency.id, paid, new.rate.strip(), written_off, write_off_id,
        clean_line(new.reason, field="reason", limit=LINE_LIMIT),
        clean_line(new.reference, field="reference", limit=LINE_LIMIT),
        json.dumps(_chosen(session, new, currency)), session.user.id,
    )  # fmt: skip


def _numbers(new: NewPayment) -> list[Decimal]:
    parts = [amount for _number, amount in new.documents if amount is not None]
    paid = [new.paid[0]] if new.paid else []
    return [new.amount, new.written_off, *paid, *parts]


def _write_off(new: NewPayment, currency: CommodityRow) -> tuple[int, int | None]:
    """Return the sum and the account of a write-off, within the limit and with a reason."""
    if not new.written_off:
        return 0, None
    required_line(new.reason, field="reason")
    sum_ = to_minor(new.written_off, currency.code, currency.precision)
    limit = Decimal(calendar.select_settings().get(WRITE_OFF_LIMIT, "") or 0)
    if sum_ < 0 or new.written_off > limit or new.kind == "offset":
        raise WriteOffError(
            _("At most {limit} {code} may be written off with a payment, not {sum}.").format(
                limit=limit, code=currency.code, sum=new.written_off
            )
        )
    account = accounts.find(new.write_off_account)
    accounts.require_active(account, new.dated)
    if account.role in ("receivable", "payable"):
        raise InvalidChangeError(
            "account", _("{path} holds open items; name another").format(path=account.path)
        )
    return sum_, account.id


def _chosen(session: Session, new: NewPayment, currency: CommodityRow) -> list[tuple[int, int]]:
    """Return open item and amount (0 for all of it) of the documents that are named."""
    found = []
    for number, amount in new.documents:
        if amount is not None and amount <= 0:
            raise InvalidChangeError("amount", _("expected more than zero"))
        minor = to_minor(amount, currency.code, currency.precision) if amount else 0
        found.append((_item(session, new.side, number), minor))
    return found


def _item(session: Session, side: Side, number: str) -> int:
    """Return the open item of a document, or what an earlier payment left over."""
    if number.strip().upper().startswith(tuple(PAYMENT_SERIES.values())):
        left = items.select_of_payment(get(session, number, side).id)
        if not left:
            raise SettlementError(_("Nothing of {number} is left over.").format(number=number))
        return left[0].id
    document = get_document(session, number, SIDES[side])
    if document.head.item_id is None:
        raise SettlementError(_("{number} is not issued yet.").format(number=number))
    return document.head.item_id
