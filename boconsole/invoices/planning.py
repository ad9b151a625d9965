"""What a payment settles: named documents, or the oldest due first."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from boconsole.errors import BoconsoleError
from boconsole.invoices import settling
from boconsole.invoices.settling import Share
from boconsole.invoices.worth import by_id, reporting
from boconsole.language import _
from boconsole.money import plain
from db.invoices import items
from db.invoices.rows import ItemRow, PaymentRow
from db.ledger.rows import CommodityRow


class WriteOffError(BoconsoleError):
    """So much is not written off."""


class SettlementError(BoconsoleError):
    """What is to be settled is not open, or not so much of it."""


class Plan(NamedTuple):
    """What a payment settles, and the currency in which that is valued."""

    shares: tuple[Share, ...]
    worth: CommodityRow

    @property
    def amount(self) -> int:
        """What is settled, in smallest units."""
        return sum(each.amount for each in self.shares)

    @property
    def value(self) -> int:
        """What that is carried at."""
        return sum(each.value for each in self.shares)


def sign_of(row: PaymentRow) -> int:
    """Return the sign of a payment on its control account: money in is a credit."""
    if row.kind == "offset":
        return -1 if row.side == "receivable" else 1
    return 1 if row.kind == "out" else -1


def plan_of(row: PaymentRow) -> Plan:
    """Return what a payment settles as things are now.

    Raises:
        SettlementError: A named document is not open, or not so much of it.
    """
    sign = sign_of(row)
    waiting = items.select_open(row.side, row.partner_id, row.commodity_id)
    fitting = [item for item in waiting if item.amount * sign < 0]
    chosen = json.loads(row.chosen)
    settled = row.amount + row.written_off
    if chosen:
        shares = _named(row, fitting, chosen, settled)
    else:
        shares = settling.spread(_of_one_worth(fitting), settled)
    worth = _worth(row, shares)
    found = Plan(tuple(shares), worth)
    if row.written_off and found.amount != settled:
        raise WriteOffError(_("Nothing is left that could be written off."))
    return found


def _of_one_worth(found: list[ItemRow]) -> list[ItemRow]:
    return [item for item in found if item.value_commodity_id == found[0].value_commodity_id]


def _worth(row: PaymentRow, shares: Sequence[Share]) -> CommodityRow:
    kinds = {each.item.value_commodity_id for each in shares}
    if len(kinds) > 1:
        raise SettlementError(_("The documents are valued in different currencies; pay each."))
    return by_id()[kinds.pop()] if kinds else reporting(row.commodity)


def _named(
    row: PaymentRow, fitting: Sequence[ItemRow], chosen: Sequence[tuple[int, int]], settled: int
) -> list[Share]:
    """Return the shares of the items that are named, in their order."""
    waiting = {item.id: item for item in fitting}
    found: list[Share] = []
    for item_id, wanted in chosen:
        item = waiting.pop(item_id, None)
        if item is None or wanted > abs(item.open):
            raise SettlementError(
                _("Only {amount} {code} is open of what {partner} is to settle.").format(
                    amount=plain(abs(item.open) if item else 0, row.precision),
                    code=row.commodity, partner=row.partner,
                )
            )  # fmt: skip
        part = min(wanted or abs(item.open), settled)
        if part < wanted:
            raise SettlementError(_("The amount is less than what the documents are to get."))
        if part:
            found.append(settling.share(item, part))
            settled -= part
    return found
