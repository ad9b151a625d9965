"""Credits of a partner set against documents, without money: the oldest of both first."""

from typing import NamedTuple

from boconsole.invoices import settling
from boconsole.invoices.planning import Plan, SettlementError, sign_of
from boconsole.invoices.settling import Share, current
from boconsole.language import _
from db.invoices import items
from db.invoices.rows import ItemRow, PaymentRow


class Pair(NamedTuple):
    """A part of a document and of a credit, of the same amount, each with its worth."""

    target: ItemRow
    source: ItemRow
    amount: int
    target_value: int
    source_value: int


def pairs(row: PaymentRow, plan: Plan) -> list[Pair]:
    """Return what cancels what.

    Raises:
        SettlementError: Not so much is open on one of both sides, or something is later.
    """
    if plan.amount != row.amount:
        raise SettlementError(_("So much is not open; nothing was set off."))
    sources = _sources(row, plan)
    if sum(each.amount for each in sources) != row.amount:
        raise SettlementError(_("{partner} has no credit of so much.").format(partner=row.partner))
    found: list[Pair] = []
    targets = list(plan.shares)
    while targets and sources:
        amount = min(targets[0].amount, sources[0].amount)
        target, source = _cut(targets, amount), _cut(sources, amount)
        found.append(Pair(target.item, source.item, amount, target.value, source.value))
    if late := [item for pair in found for item in pair[:2] if item.dated > row.dated]:
        raise SettlementError(
            _("What is set off is of {day}; set it off on that day or later.").format(
                day=max(item.dated for item in late)
            )
        )
    return found


def _sources(row: PaymentRow, plan: Plan) -> list[Share]:
    sign = sign_of(row)
    waiting = items.select_open(row.side, row.partner_id, row.commodity_id)
    fitting = [
        item
        for item in waiting
        if item.amount * sign > 0 and item.value_commodity_id == plan.worth.id
    ]
    return settling.spread(fitting, row.amount)


def _cut(shares: list[Share], amount: int) -> Share:
    """Take a part from the first of some shares; its last part carries the rest of the worth."""
    first = shares[0]
    if first.amount == amount:
        return shares.pop(0)
    part = settling.share(first.item, amount)
    value = min(part.value, first.value)
    shares[0] = Share(first.item, first.amount - amount, first.value - value)
    return Share(first.item, amount, value)


def settle(pair: Pair, row: PaymentRow) -> None:
    """Take a pair from both sides."""
    target, source = current(pair.target.id), current(pair.source.id)
    share = Share(target, pair.amount, pair.target_value)
    settling.allocate(source, pair.source_value, share, row.dated, row.id)
    settling.take(target, pair.amount, pair.target_value)
    settling.take(source, pair.amount, pair.source_value)
