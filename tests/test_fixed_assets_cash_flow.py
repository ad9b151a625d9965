"""Cash flows of fixed assets: what is paid and received is investing, a gain is no operation."""

from datetime import date
from decimal import Decimal

import pytest

from boconsole.fixed_assets import depreciating, disposing
from boconsole.ledger.statements.cash import cash_flow
from boconsole.ledger.statements.shapes import Statement
from boconsole.session import Session
from tests.books import enter, sale
from tests.figures import broken, rows, total
from tests.fixed_assets import RESULT, WEAR, buy, open_register

MARCH = date(2026, 3, 1)


@pytest.fixture
def march(session: Session) -> Session:
    """A month with an acquisition, a depreciation, a sale on cash and a scrapped asset."""
    open_register(session)
    old = buy(session, "4800")
    scrap = buy(session, "480", name="Printer")
    depreciating.depreciate(session, date(2026, 2, 1))
    sale(session, "1000.00", MARCH)
    buy(session, "2400", name="Screens", day=date(2026, 3, 5))
    disposing.dispose(session, old, date(2026, 3, 20), proceeds=Decimal(5000), to="Assets:Bank")
    disposing.dispose(session, scrap, date(2026, 3, 20), reason="broken")
    depreciating.depreciate(session, MARCH)
    return session


def statement(session: Session, method: str) -> Statement:
    return cash_flow(session, MARCH, date(2026, 3, 31), method=method)


def test_both_methods_agree_and_the_sale_is_investing(march: Session) -> None:
    """IAS 7, paragraphs 16 and 20: proceeds are investing, the gain is taken out of the result."""
    direct, indirect = (statement(march, method) for method in ("direct", "indirect"))

    assert broken(direct) == broken(indirect) == []
    for found in (direct, indirect):
        assert total(found, "investing") == {"USD": "2600.00"}
        assert total(found, "cash") == {"USD": "3600.00"}
    assert rows(indirect, "operating") == {
        "Net income": "890.00", WEAR: "50.00", RESULT: "60.00",
    }  # fmt: skip


def test_a_receivable_of_the_class_investing_waits_for_its_money(session: Session) -> None:
    open_register(session)
    asset = buy(session)
    disposing.dispose(session, asset, date(2026, 2, 3), proceeds=Decimal(4000), to="Assets:Sold")
    enter(session, "Assets:Bank  4000 USD", "Assets:Sold", day=MARCH)

    for method in ("direct", "indirect"):
        february = cash_flow(session, date(2026, 2, 1), date(2026, 2, 28), method=method)
        assert broken(february) == []
        assert total(february, "cash") == {}
        assert total(statement(session, method), "investing") == {"USD": "4000.00"}
