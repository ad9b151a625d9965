"""Completes entries with costs, prices or numbers left out, and weighs their postings.

Source: beancount documentation, "How Inventories Work".
"""

from __future__ import annotations

from boconsole.journals.beancount.accounts import Account, Chart
from boconsole.journals.beancount.filling import filled
from boconsole.journals.beancount.legs import Leg, tolerances
from boconsole.journals.beancount.lots import reduced, reduces
from boconsole.journals.beancount.rules import Rules
from boconsole.journals.beancount.syntax import MISSING
from boconsole.journals.parts import Place, Transaction
from boconsole.language import _


class Weigher:
    """Completes one entry after the other; the chart knows what the accounts hold."""

    def __init__(self, chart: Chart, rules: Rules) -> None:
        self._chart, self._rules = chart, rules

    def complete(self, entry: Transaction) -> list[Leg]:
        """Return the legs of an entry, each with units, lot, price and weight.

        Raises:
            JournalError: Something cannot be filled in, or a lot cannot be found.
        """
        legs = [
            Leg(posting, Place(entry.place.file, posting.line, posting.column))
            for posting in entry.postings
        ]
        accounts = {
            leg.posting.account: self._chart.at(
                leg.posting.account, entry.dated, leg.commodity, leg.place
            )
            for leg in legs
        }
        allowed = tolerances(legs, self._rules, finest=self._rules.finest)
        groups = _grouped(legs, accounts)
        done: list[Leg] = []
        for group, members in groups.items():
            booked = self._book_lots(members, accounts, entry)
            done += filled(booked, group, allowed)
        for leg in done:
            name = leg.posting.account
            self._chart.at(name, entry.dated, leg.commodity, leg.place)
        return done

    def _book_lots(
        self, legs: list[Leg], accounts: dict[str, Account], entry: Transaction
    ) -> list[Leg]:
        booked: list[Leg] = []
        for leg in legs:
            if leg.lot is None or leg.units is MISSING:
                booked.append(leg)
                continue
            if leg.lot.merge:
                raise leg.refuse(_("lots at average cost cannot be booked; name the lot instead"))
            account = accounts[leg.posting.account]
            if not reduces(account, leg.units, leg.commodity):
                booked.append(leg)
                continue
            for units, lot in reduced(account, leg.units, leg.commodity, leg.lot, leg.place):
                booked.append(leg.copy(units, lot))
                account.add(units, leg.commodity, lot)
        for leg in booked:
            if leg.lot is not None and not leg.booked and leg.lot.acquired is None:
                leg.lot = leg.lot._replace(acquired=entry.dated)
        return booked


def _grouped(legs: list[Leg], accounts: dict[str, Account]) -> dict[str, list[Leg]]:
    """Return the legs by the commodity that they balance in, in the order of the entry."""
    groups: dict[str, list[Leg]] = {}
    unknown: list[Leg] = []
    alone = [leg for leg in legs if leg.posting.amount is None]
    for leg in legs:
        if leg.posting.amount is not None:
            leg.group = _group_of(leg)
            (groups.setdefault(leg.group, []) if leg.group else unknown).append(leg)
    only = next(iter(groups)) if len(unknown) == 1 and len(groups) == 1 else ""
    for leg in unknown:
        _guess(leg, only, accounts[leg.posting.account])
        groups.setdefault(leg.group, []).append(leg)
    for leg in legs:
        _know_commodities(leg, accounts[leg.posting.account])
    if len(alone) > 1:
        raise alone[1].refuse(_("only one posting of an entry may leave its amount out; write it"))
    for leg in alone:
        for group, members in groups.items():
            own = Leg(leg.posting, leg.place)
            own.group = own.commodity = group
            members.append(own)
    order = {id(leg.posting): index for index, leg in enumerate(legs)}
    for members in groups.values():
        members.sort(key=lambda leg: order[id(leg.posting)])
    return groups


def _group_of(leg: Leg) -> str:
    if leg.lot is not None:
        if not leg.lot.commodity and leg.price_in:
            leg.lot = leg.lot._replace(commodity=leg.price_in)
        elif leg.price is not None and not leg.price_in:
            leg.price_in = leg.lot.commodity
        if leg.price is not None and leg.lot.commodity != leg.price_in:
            raise leg.refuse(_("cost and price are of one commodity; write both in the same"))
        return leg.lot.commodity
    return leg.commodity if leg.price is None else leg.price_in


def _guess(leg: Leg, only: str, account: Account) -> None:
    """Give a leg of unknown group the only one there is, or what its account holds."""
    if leg.lot is None and leg.price is None:
        held = account.commodities_held()
        leg.commodity = only or (held.pop() if len(held) == 1 else "")
        leg.group = leg.commodity
    else:
        costs = account.costs_held()
        leg.group = only or (costs.pop() if len(costs) == 1 else "")
        if leg.lot is not None:
            leg.lot = leg.lot._replace(commodity=leg.group)
        if leg.price is not None:
            leg.price_in = leg.group
    if not leg.group:
        raise leg.refuse(_("the commodity cannot be told from the entry; write it"))


def _know_commodities(leg: Leg, account: Account) -> None:
    if leg.posting.amount is None or leg.commodity:
        return
    held = account.commodities_held()
    if len(held) != 1:
        raise leg.refuse(_("the commodity cannot be told from the entry; write it"))
    leg.commodity = held.pop()
