"""The proof of the register: it has what the accounts have, and no asset wore off too far."""

from collections.abc import Iterator

from boconsole.fixed_assets import words
from boconsole.fixed_assets.reading import Asset
from boconsole.language import _
from boconsole.ledger.checking import Fault, number_of_entry
from boconsole.money import plain
from db.fixed_assets import checks, register
from db.ledger import charts

KIND = "fixed asset"


def faults() -> Iterator[Fault]:
    """Yield everything that does not hold."""
    yield from _accounts()
    yield from _assets()


def _accounts() -> Iterator[Fault]:
    """Yield each account whose balance the register does not have, and the entries behind it."""
    different = checks.select_different()
    if not different:
        return
    paths = {row.id: row.path for row in charts.select_accounts()}
    commodities = {row.id: row for row in charts.select_commodities()}
    for account_id, commodity_id, booked, registered in different:
        path, commodity = paths[account_id], commodities[commodity_id]
        reason = _(
            "{account} holds {booked} {code}, the register of fixed assets has {registered}; "
            "the difference is {rest}"
        ).format(
            account=path, booked=plain(booked, commodity.precision), code=commodity.code,
            registered=plain(registered, commodity.precision),
            rest=plain(booked - registered, commodity.precision),
        )  # fmt: skip
        yield Fault(KIND, path, reason)
        for entry_id, rest in checks.select_unexplained(account_id, commodity_id):
            number = number_of_entry(entry_id)
            reason = _("{number} moves {account} by {rest} {code} that no fixed asset explains")
            told = reason.format(
                number=number, account=path, rest=plain(rest, commodity.precision),
                code=commodity.code,
            )  # fmt: skip
            yield Fault(KIND, number, told)


def _assets() -> Iterator[Fault]:
    for row in register.select_assets():
        asset = Asset(row)
        if asset.state in (words.IN_USE, words.WORN):
            whole = row.booked == row.cost and 0 <= row.accumulated <= row.cost - row.residual
            whole = whole and row.surplus >= 0 and row.lost >= 0
        else:
            whole = not (row.booked or row.accumulated or row.surplus)
        if not whole:
            reason = _(
                "the movements of {number} do not fit it: cost {cost}, depreciation {accumulated}, "
                "surplus {surplus}"
            ).format(
                number=asset.number, cost=plain(row.booked, row.precision),
                accumulated=plain(row.accumulated, row.precision),
                surplus=plain(row.surplus, row.precision),
            )  # fmt: skip
            yield Fault(KIND, asset.number, reason)
