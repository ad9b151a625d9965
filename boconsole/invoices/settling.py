"""Debits and credits of one partner that cancel each other, and back.

What is settled of an item carries its share of the item's worth; the last part carries the
rest, so that nothing is left of the worth when nothing is open.
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from boconsole.errors import StaleRecordError
from boconsole.language import _
from boconsole.tax.rounding import rounded
from db.invoices import items as stored
from db.invoices.rows import AllocationRow, ItemRow


class Share(NamedTuple):
    """A part of an open item, with its worth, both without sign."""

    item: ItemRow
    amount: int
    value: int


def share(item: ItemRow, amount: int) -> Share:
    """Return a part of what is open of an item."""
    return Share(item, amount, rounded(abs(item.open_value) * Fraction(amount, abs(item.open))))


def spread(items: Sequence[ItemRow], amount: int) -> list[Share]:
    """Return an amount over items in their order, as far as they go."""
    found = []
    for item in items:
        part = min(amount, abs(item.open))
        if part:
            found.append(share(item, part))
            amount -= part
    return found


def take(item: ItemRow, amount: int, value: int, credited: int = 0) -> None:
    """Take a part from what is open of an item; a negative one gives it back.

    Raises:
        StaleRecordError: It changed in the meantime.
    """
    sign = 1 if item.amount >= 0 else -1
    wanted = item._replace(
        open=item.open - sign * amount,
        open_value=item.open_value - sign * value,
        credited=item.credited + credited,
    )
    if not stored.update(wanted):
        raise StaleRecordError(_("an open item"), item.id)


def allocate(one: ItemRow, one_value: int, other: Share, day: date, payment_id: int | None) -> None:
    """Write that a part of an item cancels a part of another, from the later of their days on."""
    debit_first = other.item.amount < 0
    debit, credit = (one, other.item) if debit_first else (other.item, one)
    values = (one_value, other.value) if debit_first else (other.value, one_value)
    dated = max(day, one.dated, other.item.dated)
    stored.insert_allocation(
        AllocationRow(0, debit.id, credit.id, payment_id, dated, other.amount, *values, None)
    )


def undo(row: AllocationRow, day: date) -> None:
    """Give back what an allocation took of both sides, from a day on."""
    if not stored.undo_allocation(row.id, day):
        raise StaleRecordError(_("an open item"), row.debit_id)
    for item_id, value in ((row.debit_id, row.debit_value), (row.credit_id, row.credit_value)):
        take(current(item_id), -row.amount, -value)


def current(item_id: int) -> ItemRow:
    """Return an item as it is now."""
    item = stored.find(item_id)
    if item is None:
        raise StaleRecordError(_("an open item"), item_id)
    return item
