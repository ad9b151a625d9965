"""What payments look like: how far they are, what they settled, where they are booked."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from textual.content import Content

from boconsole.invoices import payment_typing, payments
from boconsole.invoices.payments import PaymentLine, Settled, Whole
from boconsole.language import N_, _
from screens.cells import Cell, fit, safe
from screens.ledger.facts import LABEL, money
from screens.prose import toned, wrapped

FEATURE = "payment"
LOOKS = {
    "waits": ("W", "warn"), "approved": ("A", "info"), "posted": ("P", ""),
    "undo-waits": ("w", "warn"), "undo-approved": ("a", "info"), "undone": ("U", "muted"),
}  # fmt: skip
"""Letter and tone of each of `payments.STANDINGS`."""


def standing_word(word: str) -> Cell:
    """Return letter and word of how far a payment is: `P posted`."""
    letter, tone = LOOKS[word]
    told = _(payments.STANDINGS[word])
    return Cell(f"{letter} {told}", tone)


def amount(row: PaymentLine) -> str:
    """Return the amount of a payment with its currency."""
    return f"{money(row.amount, row.precision)} {safe(row.commodity)}"


def left(row: PaymentLine) -> Cell:
    """Return what is left over of a payment."""
    return Cell(money(row.left, row.precision) if row.left else "", "info")


def picture(whole: Whole, room: int) -> list[Content]:
    """Return a payment to read: its facts, then what it settled."""
    row = whole.row
    title = payment_typing.title_of(row.kind, row.side)
    head = toned((safe(f"{title[:1].upper()}{title[1:]} | {row.partner}"), "strong"))
    lines = wrapped(head, room)
    for label, cell in _facts(whole):
        first = toned((fit(_(label), LABEL), "muted"))
        lines += wrapped(toned(cell), room, first, " " * LABEL)
    return [*lines, Content(""), *_table(whole, room)]


def _facts(whole: Whole) -> Iterator[tuple[str, Cell]]:
    row = whole.row
    yield N_("State"), standing_word(whole.standing)
    yield N_("Date"), Cell(str(row.dated))
    yield N_("Amount"), Cell(_sum(whole, row.amount, row.commodity_id))
    if row.paid_commodity_id != row.commodity_id:
        yield N_("Through the bank"), Cell(_sum(whole, row.paid_amount, row.paid_commodity_id))
    if row.written_off:
        path = whole.accounts.get(row.write_off_account_id or 0, "")
        text = f"{_sum(whole, row.written_off, row.commodity_id)}  {path}  {row.reason}"
        yield N_("Written off"), Cell(safe(text))
    told = [
        (N_("Account"), Cell(safe(whole.accounts.get(row.account_id or 0, "")))),
        (N_("Rate"), Cell(safe(row.rate))),
        (N_("Reference"), Cell(safe(row.reference))),
        (N_("Gain by rates"), Cell(safe(whole.gain))),
        (N_("Left over"), Cell(_left(whole), "info")),
        (N_("Prepared by"), _person(whole, row.prepared_by)),
        (N_("Approved by"), _person(whole, row.approved_by)),
        (N_("Entries"), Cell(", ".join(number for _id, number in whole.entries), "info")),
        (N_("Undone on"), Cell(str(row.undone_on or ""), "warn")),
        (N_("Reason"), Cell(safe(row.undo_reason))),
        (N_("Undo asked by"), _person(whole, row.undo_by)),
        (N_("Undo approved"), _person(whole, row.undo_approved_by)),
    ]
    yield from ((label, cell) for label, cell in told if cell.text)


def _person(whole: Whole, person: int | None) -> Cell:
    return Cell(safe(whole.people.get(person or 0, "")))


def _sum(whole: Whole, minor: int, commodity_id: int) -> str:
    code, precision = whole.currencies[commodity_id]
    return f"{money(minor, precision)} {safe(code)}"


def _left(whole: Whole) -> str:
    return _sum(whole, whole.left, whole.row.commodity_id) if whole.left else ""


def _table(whole: Whole, room: int) -> list[Content]:
    """Return what it settled in columns: number, due day, amount."""
    if not whole.settled:
        text = _("Nothing is settled yet.") if whole.row.state == "draft" else _("Settles nothing.")
        return [toned((text, "muted"))]
    amounts = [_sum(whole, each.amount, whole.row.commodity_id) for each in whole.settled]
    wide = max(map(cell_len, [_("Amount"), *amounts]))
    names = room - wide - 2
    heads = (fit(_("Settles"), names), fit(_("Amount"), wide, right=True))
    lines = [toned(("  ".join(heads), "muted"))]
    for each, minor in zip(whole.settled, amounts, strict=True):
        tone = "muted" if each.undone_on else ""
        lines.append(toned((f"{fit(_said(each), names)}  {fit(minor, wide, right=True)}", tone)))
    return lines


def _said(each: Settled) -> str:
    """Return what one line says: `INV-2026-00001  due 2026-05-20`."""
    parts = [each.number, _("due {day}").format(day=each.due)]
    if each.source:
        parts.append(_("with {number}").format(number=each.source))
    if not each.own:
        parts.append(_("used later"))
    if each.undone_on:
        parts.append(_("until {day}").format(day=each.undone_on))
    return safe("  ".join(parts))


def number(row: PaymentLine) -> str:
    """Return the number of a payment, or `#7`."""
    return payments.number_of(row)
