"""Posting payments: their entry, and what they settle, in one transaction."""

from fractions import Fraction
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import StaleRecordError
from boconsole.invoices import offsetting, settling
from boconsole.invoices.paying import again
from boconsole.invoices.planning import Plan, SettlementError, plan_of, sign_of
from boconsole.invoices.posting import account_paths, control_line, plain_line, role_account
from boconsole.invoices.settling import current
from boconsole.invoices.words import PARTS, PAYMENT_SERIES, payment_number
from boconsole.invoices.worth import by_id, rate_on, reporting, valued
from boconsole.journals.parts import Entry, Line
from boconsole.language import N_, _
from boconsole.ledger import approving, commodities, limits, periods, vouching
from boconsole.ledger.entries import JournalEntry
from boconsole.ledger.limits import Limits
from boconsole.ledger.lines import weigh
from boconsole.money import plain
from boconsole.session import Session
from boconsole.tax.rounding import rounded
from db.invoices import items
from db.invoices import payments as stored
from db.invoices.rows import ItemRow, PaymentRow

TITLES = {
    "in": N_("Payment received"),
    "out": N_("Payment made"),
    "offset": N_("Credit set off"),
}


class Booking(NamedTuple):
    """The entry of a payment.

    Attributes:
        lines: Of the entry; none where nothing is to be booked.
        gain: Realised by rates, in smallest units of the reporting currency.
        control: Path of the control account.
        value: Worth of what the payment puts there, with its sign.
    """

    lines: tuple[Line, ...]
    gain: int
    control: str
    value: int


def waits(row: PaymentRow) -> bool:
    """Return whether a payment needs an approval that it has not."""
    return row.approved_by is None and is_above(row, limits.read())


def is_above(row: PaymentRow, most: Limits) -> bool:
    """Return whether the entry of a payment is above a limit as things are now."""
    if not most:
        return False
    lines = weigh(booking_of(row, plan_of(row)).lines, commodities.by_code())
    return approving.weighed_over(most, lines, row.dated) is not None


def post(session: Session, row: PaymentRow) -> PaymentRow:
    """Post a draft: its entry, and what it settles.

    Raises:
        SettlementError: It is posted, or what it settles is not open any more.
        PeriodClosedError: Nothing can be booked on its day.
        ApprovalError: It is above the threshold and nobody approved it.
        NoRateError: Its currency has no rate on its day.
        ControlError: No account has the role that it needs.
        StaleRecordError: Somebody else changed it in the meantime.
    """
    session.require("payment.post")
    number = payment_number(row)
    if row.state != "draft":
        raise SettlementError(_("{number} is posted already.").format(number=number))
    with audit.writing():
        if again(row.id).version != row.version:
            raise StaleRecordError(number, row.id)
        periods.require_open(session, row.dated, PARTS[row.side])
        plan = plan_of(row)
        booking = booking_of(row, plan)
        entry = _enter(session, row, booking)
        _settle(row, plan, booking, entry)
        at = int(session.now().timestamp())
        entry_id = entry.head.id if entry else None
        if not stored.mark_posted(row, entry_id, booking.gain, session.user.id, at):
            raise StaleRecordError(number, row.id)
        now = again(row.id)
        settles = [[each.item.invoice_id or 0, each.amount] for each in plan.shares]
        told = {"number": (None, payment_number(now)), "state": ("draft", "posted"),
                "settles": (None, settles)}  # fmt: skip
        audit.record(session, "payment.post", "payment", [audit.Line(row.id, told, now.version)])
        return now


def booking_of(row: PaymentRow, plan: Plan) -> Booking:
    """Return the entry that a payment makes as things are now."""
    if row.kind == "offset":
        return _offset(row, plan)
    sign, worth, currencies = sign_of(row), plan.worth, by_id()
    bank = _bank_value(row, plan)
    each = Fraction(bank, row.amount)
    written_off = rounded(row.written_off * each)
    value = plan.value + rounded((row.amount + row.written_off - plan.amount) * each)
    paths = account_paths()
    control = (
        paths[plan.shares[0].item.account_id] if plan.shares else (role_account(row.side).path)
    )
    settled = sign * (row.amount + row.written_off)
    paid = currencies[row.paid_commodity_id]
    lines = [
        control_line(paths[row.account_id or 0], -sign * row.paid_amount, paid, -sign * bank,
                     worth),
        control_line(control, settled, currencies[row.commodity_id], sign * value, worth),
    ]  # fmt: skip
    if row.written_off:
        path = paths[row.write_off_account_id or 0]
        lines.append(plain_line(path, -sign * written_off, worth, row.reason))
    gain = -sign * (bank + written_off - value)
    if gain:
        lines.append(plain_line(role_account("gains").path, -gain, worth))
    return Booking(tuple(lines), gain, control, sign * value)


def _bank_value(row: PaymentRow, plan: Plan) -> int:
    """Return the worth of what went through the bank, in smallest units."""
    currencies, worth = by_id(), plan.worth
    paid = currencies[row.paid_commodity_id]
    if paid.id == worth.id:
        return row.paid_amount
    given = row.rate if paid.id == row.commodity_id else ""
    return valued(row.paid_amount, rate_on(paid.code, worth.code, row.dated, given), paid, worth)


def _offset(row: PaymentRow, plan: Plan) -> Booking:
    """Return the entry of a set-off: only where both sides are carried at different worths."""
    pairs, sign, worth = offsetting.pairs(row, plan), sign_of(row), plan.worth
    settled = sum(pair.amount for pair in pairs)
    there = sum(pair.target_value for pair in pairs)
    here = sum(pair.source_value for pair in pairs)
    control = account_paths()[pairs[0].target.account_id]
    gain = sign * (there - here)
    if not gain:
        return Booking((), 0, control, 0)
    currency = by_id()[row.commodity_id]
    lines = (
        control_line(control, sign * settled, currency, sign * there, worth),
        control_line(control, -sign * settled, currency, -sign * here, worth),
        plain_line(role_account("gains").path, -gain, worth),
    )
    return Booking(lines, gain, control, 0)


def _enter(session: Session, row: PaymentRow, booking: Booking) -> JournalEntry | None:
    if not booking.lines:
        return None
    said = f"{_(TITLES[row.kind])} {row.reference}".strip()
    entry = Entry(row.dated, None, "", "", row.partner, said, booking.lines)
    signed = (row.prepared_by, row.approved_by, row.approved_at)
    return vouching.enter(session, entry, PAYMENT_SERIES[row.kind], signed)


def _settle(row: PaymentRow, plan: Plan, booking: Booking, entry: JournalEntry | None) -> None:
    """Take what a payment settles from both sides."""
    if row.kind == "offset":
        for pair in offsetting.pairs(row, plan):
            offsetting.settle(pair, row)
        return
    if entry is None:
        raise ValueError("money always has an entry")
    amount = sign_of(row) * (row.amount + row.written_off)
    account_id = next(line.account_id for line in entry.postings if line.account == booking.control)
    item_id = items.insert(
        ItemRow(
            0, 1, row.side, None, row.id, row.partner_id, account_id, row.commodity_id,
            plan.worth.id, entry.head.id, row.dated, row.dated, amount, booking.value, amount,
            booking.value, 0,
        )
    )  # fmt: skip
    for each in plan.shares:
        mine = current(item_id)
        settling.allocate(mine, each.value, each, row.dated, row.id)
        settling.take(each.item, each.amount, each.value)
        settling.take(mine, each.amount, each.value)


def gain_text(row: PaymentRow) -> str:
    """Return what rates gained, as an exact decimal with its currency; empty for nothing."""
    if not row.gain:
        return ""
    worth = reporting(row.commodity)
    for item in items.select_of_payment(row.id):
        worth = by_id()[item.value_commodity_id]
    return f"{plain(row.gain, worth.precision)} {worth.code}"
