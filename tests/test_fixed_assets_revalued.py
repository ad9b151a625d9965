"""Assets revalued upwards and downwards, by the figures of published examples.

Sources: BPP, ACCA Financial Reporting (Crinckle Co: excess depreciation; Binkie Co: land that
reverses a decrease); Kaplan, ACCA F7 (buildings at 1,400,000, Illustration 6); AccountingExplained
(Axe Ltd: a building revalued twice); IAS 16, paragraphs 31 to 42; IAS 36, paragraphs 60 and 117.
"""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boconsole.errors import InvalidChangeError, NotAllowedError
from boconsole.fixed_assets import (
    booking,
    changing,
    classes,
    depreciating,
    disposing,
    reading,
    taxing,
    valuing,
)
from boconsole.fixed_assets.changing import Change
from boconsole.fixed_assets.errors import (
    DepreciatedFurtherError,
    DepreciationMissingError,
    RevaluedError,
    WaitingEntryError,
)
from boconsole.fixed_assets.surplus import realised, split
from boconsole.fixed_assets.valuing import Valuation
from boconsole.ledger import accounts, approving, entries, limits
from boconsole.ledger.accounts import NewAccount
from boconsole.ledger.statements.cash import cash_flow
from boconsole.session import Session
from tests.books import held
from tests.figures import broken, total
from tests.fixed_assets import COMPUTERS, COST, RESULT, WEAR, WORN, buy, faults, open_register
from tests.people import add_agent

SURPLUS, RETAINED = "Equity:Revaluation Surplus", "Equity:Retained Earnings"


@pytest.fixture
def books(session: Session) -> Session:
    open_register(session)
    accounts.add(session, [NewAccount(RETAINED, role="retained", cash_flow="none")])
    return session


def now(session: Session, number: str = "FA-0001") -> reading.Asset:
    return reading.get(session, number)


def value(session: Session, day: date, amount: int, **more: object) -> reading.Asset:
    wanted = Valuation(Decimal(amount), "Prima Appraisal")._replace(**more)
    valuing.revalue(session, now(session), day, wanted)
    return now(session)


def worn(session: Session, year: int) -> reading.Asset:
    depreciating.depreciate(session, date(year, 12, 1))
    return now(session)


@pytest.fixture
def yearly(books: Session) -> Session:
    """Depreciated by the year, as the examples are; no transfer with use."""
    classes.put(books, COMPUTERS._replace(every=12))
    return books


def test_a_surplus_goes_to_retained_earnings_with_use(yearly: Session) -> None:
    """Crinckle Co: 10,000 over five years, worth 12,000 when three are left."""
    classes.put(yearly, COMPUTERS._replace(every=12, with_use=True))
    buy(yearly, "10000", date(2021, 1, 1), months=60)
    worn(yearly, 2022)

    value(yearly, date(2023, 1, 1), 12_000)
    at_once = held(yearly)
    worn(yearly, 2023)
    later = held(yearly)
    worn(yearly, 2025)

    assert (at_once[COST], at_once.get(WORN)) == ("12000.00 USD", None)
    assert at_once[SURPLUS] == "-6000.00 USD"
    assert (later[WORN], later[SURPLUS], later[RETAINED]) == (
        "-4000.00 USD", "-4000.00 USD", "-2000.00 USD",
    )  # fmt: skip
    assert (now(yearly).book, now(yearly).row.surplus) == (0, 0)
    assert held(yearly)[RETAINED] == "-6000.00 USD"
    assert faults(yearly) == []


def test_an_increase_gives_back_what_a_decrease_took(books: Session) -> None:
    """Binkie Co: land of 15,000 is worth 13,000, then 20,000, then 13,000 again."""
    buy(books, "15000", date(2021, 1, 1), method="none")
    value(books, date(2022, 6, 30), 13_000)
    low = held(books)
    value(books, date(2024, 6, 30), 20_000)
    high = held(books)
    value(books, date(2025, 6, 30), 13_000)

    assert (low[WEAR], low.get(SURPLUS)) == ("2000.00 USD", None)
    assert (high.get(WEAR), high[SURPLUS], high[COST]) == (None, "-5000.00 USD", "20000.00 USD")
    assert (held(books)[WEAR], held(books).get(SURPLUS)) == ("2000.00 USD", None)
    assert faults(books) == []


def test_a_building_wears_off_from_its_value(yearly: Session) -> None:
    """Kaplan: cost 1,200,000, depreciation 144,000, worth 1,400,000 for 40 more years."""
    old = date(2021, 12, 31)
    buy(yearly, "1200000", date(2016, 1, 1), months=600, accumulated=Decimal(144_000), through=old)
    value(yearly, date(2022, 1, 1), 1_400_000, months=72 + 480)
    worn(yearly, 2022)

    assert held(yearly)[SURPLUS] == "-344000.00 USD"
    assert held(yearly)[WEAR] == "35000.00 USD"
    assert now(yearly).book == 1_365_000_00


def test_a_decrease_takes_the_surplus_first(yearly: Session) -> None:
    """Axe Ltd: 200,000 over 20 years; worth 190,000 after three, 140,000 after five."""
    buy(yearly, "200000", date(2020, 1, 1), months=240)
    worn(yearly, 2022)
    value(yearly, date(2022, 12, 31), 190_000)
    high = held(yearly)
    before = worn(yearly, 2024).book
    value(yearly, date(2024, 12, 31), 140_000)

    assert high[SURPLUS] == "-20000.00 USD"
    assert before == 167_647_06
    assert held(yearly).get(SURPLUS) is None
    assert held(yearly)[WEAR] == "60000.00 USD"
    assert (now(yearly).book, now(yearly).row.lost) == (140_000_00, 7_647_06)
    assert faults(yearly) == []


def test_a_sale_moves_the_surplus_past_profit_or_loss(books: Session) -> None:
    """IAS 16.41 and 71; nothing of it is a cash flow but the price (IAS 7.16 and 43)."""
    buy(books, "4800", date(2025, 1, 1))
    depreciating.depreciate(books, date(2026, 1, 1))
    value(books, date(2026, 1, 31), 7_000)

    disposing.dispose(books, now(books), date(2026, 2, 1), proceeds=Decimal(7_500),
                      to="Assets:Bank")  # fmt: skip

    assert held(books)[RESULT] == "-500.00 USD"
    assert (held(books).get(SURPLUS), held(books)[RETAINED]) == (None, "-3500.00 USD")
    for method in ("direct", "indirect"):
        flow = cash_flow(books, date(2026, 1, 1), date(2026, 2, 28), method=method)
        assert broken(flow) == []
        assert total(flow, "investing") == {"USD": "7500.00"}
        assert (total(flow, "operating"), total(flow, "none")) == ({}, {})
    assert faults(books) == []


def test_a_revaluation_waits_for_a_colleague_and_is_taken_back(books: Session) -> None:
    buy(books, "4800", date(2025, 1, 1))
    depreciating.depreciate(books, date(2026, 1, 1))
    limits.put(books, "1000")
    lee = add_agent(books, "lee", ("approver",))
    entry = valuing.revalue(books, now(books), date(2026, 2, 3), Valuation(Decimal(7_000)))
    waits = now(books)
    with pytest.raises(WaitingEntryError):
        value(books, date(2026, 2, 3), 8_000)

    approving.approve(lee, entry)
    posted = entries.post(books, entries.get(books, entry.number))
    revalued = now(books)
    limits.put(books, "")
    booking.reverse(books, posted.number, reason="wrong building")

    assert (entry.state, waits.row.cost, waits.book) == ("draft", 4_800_00, 3_500_00)
    assert (revalued.row.cost, revalued.book, revalued.row.surplus) == (7_000_00, 7_000_00,
                                                                        3_500_00)  # fmt: skip
    assert (now(books).row.cost, now(books).book, now(books).row.surplus) == (4_800_00, 3_500_00, 0)
    assert faults(books) == []


def test_a_draft_thrown_away_leaves_no_terms(books: Session) -> None:
    buy(books, "4800", date(2025, 1, 1))
    depreciating.depreciate(books, date(2026, 1, 1))
    limits.put(books, "100")
    lost = Change(months=60, write_down=Decimal(500))

    waits = changing.change(books, now(books), date(2026, 2, 3), lost, "flooded")
    number = reading.history(books, waits)[-2].entry
    entry = next(line for line in reading.history(books, waits) if line.state == "waiting")
    entries.delete(books, entries.get(books, entry.entry))

    assert number is not None
    assert (waits.row.waiting is not None, waits.row.months, waits.book) == (True, 48, 3_500_00)
    assert (now(books).row.waiting, now(books).row.months) == (None, 48)
    assert faults(books) == []


def test_a_write_down_is_taken_back_up_to_what_it_cost(yearly: Session) -> None:
    """IAS 36.117: never above what depreciation would have left without it."""
    buy(yearly, "1000", date(2021, 1, 1), months=120)
    worn(yearly, 2022)
    changing.change(yearly, now(yearly), date(2023, 1, 1), Change(write_down=Decimal(400)), "idle")
    worn(yearly, 2024)
    day = date(2025, 1, 1)

    with pytest.raises(InvalidChangeError, match=r"at most 300\.00 USD"):
        changing.change(yearly, now(yearly), day, Change(write_back=Decimal("300.01")), "used")
    changing.change(yearly, now(yearly), day, Change(write_back=Decimal(300)), "used")
    worn(yearly, 2025)

    assert now(yearly).book == 500_00
    assert held(yearly)[WEAR] == "500.00 USD"
    assert faults(yearly) == []


def test_what_was_revalued_is_written_down_from_its_surplus(books: Session) -> None:
    """IAS 36.60 and 61."""
    buy(books, "1000", date(2025, 1, 1), method="none")
    value(books, date(2025, 6, 30), 1_500)
    changing.change(books, now(books), date(2026, 1, 2), Change(write_down=Decimal(700)), "flood")

    with pytest.raises(RevaluedError):
        changing.change(books, now(books), date(2026, 3, 2), Change(write_back=Decimal(1)), "dry")

    assert (held(books)[WEAR], held(books).get(SURPLUS)) == ("200.00 USD", None)
    assert faults(books) == []


def test_days_and_values_that_cannot_be_are_refused(yearly: Session) -> None:
    buy(yearly, "1000", date(2021, 1, 1), months=120)
    with pytest.raises(DepreciationMissingError):
        value(yearly, date(2022, 12, 31), 900)
    worn(yearly, 2022)
    with pytest.raises(DepreciatedFurtherError):
        value(yearly, date(2022, 6, 30), 900)
    for day, amount, field in (
        (date(2023, 6, 30), 900, "date"), (date(2020, 1, 1), 900, "date"),
        (date(2022, 12, 31), 0, "amount"),
    ):  # fmt: skip
        with pytest.raises(InvalidChangeError) as refused:
            value(yearly, day, amount)
        assert refused.value.field == field
    auditor = add_agent(yearly, "ann", ("auditor",))
    with pytest.raises(NotAllowedError):
        value(auditor, date(2022, 12, 31), 900)


def test_the_tax_law_keeps_the_cost(books: Session) -> None:
    """UU PPh, Art. 11: revalued in the books alone, the fiscal schedule stays as it was."""
    buy(books, "4800", date(2025, 1, 1))
    before = taxing.beside_tax(now(books), "1", declining=False)
    depreciating.depreciate(books, date(2025, 12, 1))
    value(books, date(2025, 12, 31), 7_200)

    after = taxing.beside_tax(now(books), "1", declining=False)

    assert [year.fiscal for year in after] == [year.fiscal for year in before]
    assert [(year.year, year.book, year.revalued) for year in after] == [
        (2025, 1_200_00, 3_600_00), (2026, 2_400_00, 0), (2027, 2_400_00, 0), (2028, 2_400_00, 0),
    ]  # fmt: skip
    assert (after[0].book_value, after[0].fiscal_value) == (7_200_00, 3_600_00)
    assert after[-1].book_value == after[-1].fiscal_value == 0


@pytest.mark.parametrize(
    ("change", "surplus", "lost", "parts"),
    [(500, 0, 0, (500, 0)), (500, 10, 200, (300, -200)), (-500, 200, 7, (-200, 300)),
     (0, 5, 5, (0, 0))],
)  # fmt: skip
def test_a_change_is_split(change: int, surplus: int, lost: int, parts: tuple[int, int]) -> None:
    assert split(change, surplus, lost) == parts


@given(st.lists(st.integers(-9_999, 9_999), max_size=12), st.lists(st.integers(0, 500), max_size=6))
@settings(max_examples=50)
def test_no_surplus_is_lost_or_made(changes: list[int], worn: list[int]) -> None:
    held = lost = 0
    for change in changes:
        parts = split(change, held, lost)
        held, lost = held + parts.surplus, lost + parts.lost
        assert parts.surplus - parts.lost == change
        assert (min(held, lost) >= 0, held * lost) == (True, 0)
    left, whole = sum(worn), held
    for amount in worn:
        part = realised(held, amount, left)
        held, left = held - part, left - amount
        assert 0 <= part <= whole
    assert held == 0 or not sum(worn)


def test_the_last_period_realises_the_rest() -> None:
    assert [realised(100, 1, 3), realised(67, 1, 2), realised(33, 1, 1)] == [33, 34, 33]
