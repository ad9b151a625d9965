"""Whatever is done, the register has what the accounts have, and cash flows stay proved."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from boconsole.errors import BoconsoleError
from boconsole.fixed_assets import (
    acquiring,
    booking,
    changing,
    checking,
    classes,
    depreciating,
    disposing,
    reading,
    valuing,
)
from boconsole.fixed_assets.changing import Change
from boconsole.fixed_assets.depreciation import CONVENTIONS, DECLINING
from boconsole.fixed_assets.valuing import Valuation
from boconsole.ledger import limits
from boconsole.ledger.statements.cash import cash_flow
from boconsole.session import Session
from db.ledger import entries as stored
from tests.fixed_assets import COMPUTERS, buy, open_register

STEPS = 80


class Walk:
    """Random operations on a few assets from January to May 2026."""

    def __init__(self, session: Session, seed: int) -> None:
        self.session = session
        self.random = random.Random(seed)
        self.done: list[str] = []

    def day(self) -> date:
        return date(2026, self.random.randint(1, 5), self.random.randint(1, 28))

    def asset(self) -> reading.Asset:
        found = reading.assets(self.session)
        return self.random.choice([each for each in found if each.state == "in-use"] or found)

    def buy(self) -> None:
        cost = Decimal(self.random.randint(1, 10**6)) / 100
        buy(
            self.session, str(cost), self.day(), convention=self.random.choice(CONVENTIONS),
            method=self.random.choice(("straight-line", "sum-of-years", *DECLINING)),
            months=self.random.choice((12, 36)), residual=cost // 9,
        )  # fmt: skip

    def depreciate(self) -> None:
        depreciating.depreciate(self.session, self.day())

    def sell(self) -> None:
        paid = Decimal(self.random.randint(1, 9_999))
        disposing.dispose(self.session, self.asset(), self.day(), proceeds=paid, to="Assets:Bank")

    def scrap(self) -> None:
        disposing.dispose(self.session, self.asset(), self.day())

    def reverse(self) -> None:
        chain = next(each for each in stored.select_chains() if each[0] == "FAJ")
        number = self.random.randint(max(1, chain[2] - 4), chain[2])
        booking.reverse(self.session, f"FAJ-2026-{number:05}", reason="Random")

    def change(self) -> None:
        wanted = Change(
            self.random.choice((None, 24, 48)), None, Decimal(self.random.randint(0, 9))
        )
        asset = self.asset()
        changing.change(self.session, asset, self.after(asset), wanted, "Random")

    def after(self, asset: reading.Asset) -> date:
        """Return a day up to which an asset is depreciated, or the one behind it."""
        worn = [line.day for line in reading.history(self.session, asset)
                if line.kind == "depreciation" and line.state == "posted"]  # fmt: skip
        return max(worn) + timedelta(self.random.randint(0, 1)) if worn else asset.row.acquired_on

    def write_back(self) -> None:
        asset = self.asset()
        back = Change(write_back=Decimal(self.random.randint(1, 9)))
        changing.change(self.session, asset, self.after(asset), back, "Random")

    def revalue(self) -> None:
        asset = self.asset()
        worth = asset.book * self.random.randint(50, 200) // 100
        valuation = Valuation(Decimal(worth) / 100, months=self.random.choice((None, 48)))
        valuing.revalue(self.session, asset, self.after(asset), valuation)

    def withdraw(self) -> None:
        acquiring.withdraw(self.session, self.asset(), "Random")

    def step(self) -> None:
        ways: list[Callable[[], None]] = [self.buy, self.depreciate, self.depreciate, self.sell,
                                          self.scrap, self.change, self.reverse,
                                          self.withdraw, self.write_back, self.revalue,
                                          self.revalue]  # fmt: skip
        way = self.random.choice(ways)
        try:
            way()
        except BoconsoleError:
            return
        self.done.append(way.__name__)


@pytest.mark.parametrize("seed", [3, 8])
def test_register_equals_accounts_after_anything(session: Session, seed: int) -> None:
    open_register(session)
    classes.put(session, COMPUTERS._replace(with_use=seed == 3))
    walk = Walk(session, seed)
    walk.buy()

    for _step in range(STEPS):
        walk.step()
        assert list(checking.faults()) == [], walk.done

    assert len(set(walk.done)) >= 5
    assert "revalue" in walk.done
    for method in ("direct", "indirect"):
        found = cash_flow(session, date(2026, 1, 1), date(2026, 5, 31), method=method)
        assert [proof for proof in found.proofs if not proof.holds] == []
    for asset in reading.assets(session):
        if asset.state == "in-use":
            planned = sum(line.amount for line in reading.history(session, asset)
                          if line.state == "planned")  # fmt: skip
            assert asset.book - planned == asset.row.residual, (asset, walk.done)


def test_nothing_else_happens_while_a_colleague_has_to_approve(session: Session) -> None:
    open_register(session)
    walk = Walk(session, 3)
    walk.buy()
    limits.put(session, "50")

    for _step in range(STEPS // 2):
        walk.step()
        assert list(checking.faults()) == [], walk.done
