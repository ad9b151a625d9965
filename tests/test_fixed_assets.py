"""Fixed assets come, wear off and go; the register has what the accounts have."""

from datetime import date
from decimal import Decimal

import pytest

from boconsole.errors import InvalidChangeError, NotAllowedError
from boconsole.fixed_assets import (
    acquiring,
    booking,
    changing,
    classes,
    depreciating,
    disposing,
    reading,
    taxing,
    waiting,
)
from boconsole.fixed_assets.acquiring import NewAsset, Source
from boconsole.fixed_assets.changing import Change
from boconsole.fixed_assets.errors import (
    AdoptionError,
    AssetStateError,
    ClassInUseError,
    DepreciatedFurtherError,
    DepreciationMissingError,
    FutureMonthError,
    LaterMovementError,
    NothingToDepreciateError,
    WaitingEntryError,
)
from boconsole.ledger import approving, entries, limits, periods
from boconsole.ledger.errors import ControlError, PeriodClosedError, ReversalError
from boconsole.session import Session
from tests.books import draft, enter, held
from tests.fixed_assets import COMPUTERS, COST, RESULT, WEAR, WORN, buy, faults, open_register
from tests.people import add_agent

JAN, FEB, MAR, APR, MAY = (date(2026, month, 1) for month in range(1, 6))


@pytest.fixture
def books(session: Session) -> Session:
    open_register(session)
    return session


def last(session: Session, number: str = "FA-0001") -> reading.Asset:
    return reading.get(session, number)


# Coming


def test_acquisition_posts_its_entry(books: Session) -> None:
    asset = buy(books)

    assert (asset.number, asset.state, asset.book) == ("FA-0001", "in-use", 4800_00)
    assert held(books) == {"Assets:Bank": "-4800.00 USD", COST: "4800.00 USD"}
    assert reading.history(books, asset)[0].entry == "FAJ-2026-00001"
    assert faults(books) == []


def test_lines_of_an_entry_are_taken_over_up_to_what_they_have(books: Session) -> None:
    bill = enter(books, f"{COST}  3000 USD", "Liabilities:Loan", day=JAN)
    first = NewAsset("Laptop", "computers", JAN, Decimal(1000))
    acquiring.acquire(books, first, Source(entry=bill.number))

    with pytest.raises(AdoptionError, match=r"has 2000\.00 left on .*, not 2001"):
        acquiring.acquire(books, first._replace(cost=Decimal(2001)), Source(entry=bill.number))
    rest = acquiring.acquire(books, first._replace(cost=None), Source(entry=bill.number))
    with pytest.raises(AdoptionError, match="has nothing left"):
        acquiring.acquire(books, first, Source(entry=bill.number))

    assert (rest.row.cost, rest.row.commodity) == (2000_00, "USD")
    assert faults(books) == []


def test_what_is_not_posted_is_not_taken_over(books: Session) -> None:
    bill = draft(books, f"{COST}  3000 USD", "Liabilities:Loan")

    with pytest.raises(AdoptionError, match="is draft"):
        acquiring.acquire(books, NewAsset("L", "Computers", JAN), Source(entry=bill.number))


def test_older_assets_come_with_what_had_worn_off(books: Session) -> None:
    old = NewAsset("Rack", "Computers", date(2024, 1, 1), Decimal(4800), "USD",
                   accumulated=Decimal(2400), through=date(2025, 12, 31))  # fmt: skip
    asset = acquiring.acquire(books, old, Source(against="Equity:Capital"))
    depreciating.depreciate(books, JAN)

    assert asset.book == 2400_00
    assert held(books)[WORN] == "-2500.00 USD"
    assert held(books)["Equity:Capital"] == "-2400.00 USD"
    assert faults(books) == []


def test_what_the_books_had_before_the_register_needs_no_entry(books: Session) -> None:
    enter(books, f"{COST}  4800 USD", f"{WORN}  -2400 USD", "Equity:Capital", day=date(2025, 1, 1))
    old = NewAsset("Rack", "Computers", date(2024, 1, 1), Decimal(4800), "USD",
                   accumulated=Decimal(2300), through=date(2025, 12, 31))  # fmt: skip
    acquiring.acquire(books, old, Source(booked=True))
    enter(books, f"{COST}  7 USD", "Equity:Capital", day=JAN)

    found = faults(books)

    assert found == [
        f"{COST} holds 4807.00 USD, the register of fixed assets has 4800.00; "
        "the difference is 7.00",
        f"JNL-2026-00001 moves {COST} by 7.00 USD that no fixed asset explains",
        f"{WORN} holds -2400.00 USD, the register of fixed assets has -2300.00; "
        "the difference is -100.00",
    ]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("cost", {"cost": Decimal(0)}),
        ("residual", {"residual": Decimal(4801)}),
        ("accumulated", {"accumulated": Decimal(4801), "through": JAN}),
        ("through", {"accumulated": Decimal(1)}),
        ("through", {"accumulated": Decimal(1), "through": date(2029, 12, 31)}),
        ("in_use_on", {"in_use_on": date(2026, 1, 14)}),
        ("months", {"months": 0}),
        ("method", {"method": "guess"}),
        ("rate", {"method": "declining", "rate": "101"}),
        ("name", {"name": " "}),
    ],
)
def test_terms_that_cannot_be_are_refused(
    local_session: Session, field: str, wrong: dict[str, object]
) -> None:
    open_register(local_session)
    with pytest.raises(InvalidChangeError) as refused:
        buy(local_session, **wrong)

    assert refused.value.field == field
    assert reading.assets(local_session) == []


def test_control_accounts_are_left_to_documents(books: Session) -> None:
    with pytest.raises(ControlError, match="moved by documents"):
        buy(books, against="Assets:Receivable")


def test_an_asset_that_nothing_happened_to_is_withdrawn(books: Session) -> None:
    asset = acquiring.withdraw(books, buy(books, day=MAY), "typed twice")

    assert asset.state == "withdrawn"
    assert held(books) == {}
    with pytest.raises(AssetStateError):
        disposing.dispose(books, asset, MAY)
    assert faults(books) == []


# Wearing off


def test_a_month_is_depreciated_for_all_assets_in_one_entry(books: Session) -> None:
    buy(books)
    buy(books, "9600", name="Rack", day=FEB)

    entry = depreciating.depreciate(books, FEB)

    assert (entry.number, entry.head.dated) == ("FAJ-2026-00003", date(2026, 2, 28))
    assert held(books, "Expenses") == {WEAR: "400.00 USD"}
    assert [line.month for line in reading.history(books, last(books))[1:3]] == [
        "2026-01", "2026-02",
    ]  # fmt: skip
    assert faults(books) == []


def test_no_month_is_depreciated_twice(books: Session) -> None:
    buy(books)
    depreciating.depreciate(books, JAN)

    with pytest.raises(NothingToDepreciateError, match="up to 2026-01"):
        depreciating.depreciate(books, JAN)


def test_a_month_that_has_not_begun_waits(books: Session) -> None:
    buy(books)

    with pytest.raises(FutureMonthError):
        depreciating.depreciate(books, date(2026, 6, 1))


def test_a_closed_month_is_not_depreciated(books: Session) -> None:
    buy(books)
    periods.close_period(books, periods.periods(books)[0])

    with pytest.raises(PeriodClosedError):
        depreciating.depreciate(books, JAN)

    assert depreciating.depreciate(books, FEB).number == "FAJ-2026-00002"
    assert held(books, "Expenses") == {WEAR: "200.00 USD"}


def test_the_check_list_names_assets_not_depreciated(books: Session) -> None:
    buy(books)
    january = periods.periods(books)[0]
    before = waiting.depreciation(books, january)
    depreciating.depreciate(books, JAN)

    assert before.causes == ("FA-0001",)
    assert waiting.depreciation(books, january).holds


def test_depreciation_ends_at_the_residual_value(books: Session) -> None:
    buy(books, "100", day=date(2025, 6, 1), months=7, residual=Decimal(1))

    depreciating.depreciate(books, MAY)

    amounts = [line.amount for line in reading.history(books, last(books))[1:]]
    assert amounts == [14_14] * 6 + [14_16]
    assert (last(books).state, last(books).book) == ("depreciated", 1_00)


def test_a_run_is_taken_back_and_made_again(books: Session) -> None:
    buy(books)
    run = depreciating.depreciate(books, JAN)

    booking.reverse(books, run.number, reason="wrong rate", dated=date(2026, 1, 31))
    again = depreciating.depreciate(books, JAN)

    assert again.number == "FAJ-2026-00004"
    assert held(books, WEAR) == {WEAR: "100.00 USD"}
    assert faults(books) == []


def test_only_the_last_thing_is_taken_back(books: Session) -> None:
    buy(books)
    first = depreciating.depreciate(books, JAN)
    depreciating.depreciate(books, FEB)

    with pytest.raises(LaterMovementError):
        booking.reverse(books, first.number, reason="no")
    with pytest.raises(ReversalError, match="take it back there"):
        entries.reverse(books, first)


# Going


def test_a_sale_books_the_gain(books: Session) -> None:
    asset = buy(books)

    done = disposing.dispose(books, asset, date(2026, 4, 20), proceeds=Decimal(5000),
                             to="Assets:Bank")  # fmt: skip

    assert [entry.number for entry in done] == ["FAJ-2026-00002", "FAJ-2026-00003"]
    assert held(books) == {
        "Assets:Bank": "200.00 USD", WEAR: "300.00 USD", RESULT: "-500.00 USD",
    }  # fmt: skip
    assert (last(books).state, last(books).row.disposed_on) == ("disposed", date(2026, 4, 20))
    assert len(reading.history(books, last(books))) == 5
    assert faults(books) == []


def test_what_is_scrapped_books_the_loss(books: Session) -> None:
    disposing.dispose(books, buy(books, convention="day"), date(2026, 1, 15), reason="burnt")

    assert held(books, "Income or Expenses") == {RESULT: "4796.71 USD", WEAR: "3.29 USD"}
    assert faults(books) == []


def test_nothing_goes_before_what_is_depreciated(books: Session) -> None:
    asset = buy(books)
    depreciating.depreciate(books, MAR)

    with pytest.raises(DepreciatedFurtherError):
        disposing.dispose(books, asset, date(2026, 3, 20))
    disposing.dispose(books, asset, date(2026, 4, 1))

    assert held(books, WEAR) == {WEAR: "300.00 USD"}


def test_a_price_needs_its_account_and_a_day_its_asset(books: Session) -> None:
    asset = buy(books)

    with pytest.raises(InvalidChangeError) as price:
        disposing.dispose(books, asset, MAY, proceeds=Decimal(1))
    with pytest.raises(InvalidChangeError) as day:
        disposing.dispose(books, asset, JAN)

    assert (price.value.field, day.value.field) == ("to", "date")


def test_nothing_goes_before_it_was_written_down(books: Session) -> None:
    asset = buy(books)
    depreciating.depreciate(books, MAR)
    changing.change(books, asset, date(2026, 4, 9), Change(write_down=Decimal(500)), "dropped")

    with pytest.raises(InvalidChangeError, match="2026-04-09, on which it was changed"):
        disposing.dispose(books, asset, date(2026, 4, 1))
    disposing.dispose(books, asset, date(2026, 4, 9))


def test_a_disposal_is_taken_back_with_its_depreciation(books: Session) -> None:
    asset = buy(books, convention="day")
    done = disposing.dispose(books, asset, date(2026, 3, 20))

    booking.reverse(books, done[-1].number, reason="found again", dated=date(2026, 3, 20))
    depreciating.depreciate(books, date(2026, 4, 1))

    assert last(books).state == "in-use"
    planned = [line for line in reading.history(books, last(books)) if line.state == "planned"]
    assert last(books).row.accumulated + sum(line.amount for line in planned) == 4800_00
    assert faults(books) == []


# Estimates


def test_a_longer_life_spreads_what_is_left(books: Session) -> None:
    asset = buy(books)
    depreciating.depreciate(books, MAR)

    changed = changing.change(books, asset, APR, Change(months=33), "lasts longer")
    depreciating.depreciate(books, APR)

    assert changed.row.accumulated == 300_00
    assert last(books).row.accumulated == 300_00 + 150_00
    assert faults(books) == []


def test_a_write_down_is_booked_at_once(books: Session) -> None:
    asset = buy(books)
    depreciating.depreciate(books, MAR)
    lost = Change(write_down=Decimal(2250), residual=Decimal(0))

    with pytest.raises(DepreciationMissingError):
        changing.change(books, asset, MAY, lost, "flooded")
    changing.change(books, asset, APR, lost, "flooded")
    depreciating.depreciate(books, APR)

    assert held(books, WEAR) == {WEAR: "2600.00 USD"}
    assert [line.kind for line in reading.history(books, last(books))[4:6]] == [
        "change", "depreciation",
    ]  # fmt: skip
    assert faults(books) == []


# Four eyes and permissions


def test_above_the_threshold_a_colleague_approves(books: Session) -> None:
    limits.put(books, "1000")
    kim, lee = (add_agent(books, name, (role,)) for name, role in (
        ("kim", "accountant"), ("lee", "approver"),
    ))  # fmt: skip
    asset = buy(kim)
    number = reading.history(kim, asset)[0].entry
    with pytest.raises(WaitingEntryError, match=number):
        disposing.dispose(kim, asset, MAY)
    assert depreciating.plan(kim, JAN).waiting == (asset,)

    entry = entries.get(kim, number)
    with pytest.raises(ReversalError, match="not edited"):
        entries.edit(kim, entry, None)  # type: ignore[arg-type]  # refused before it is looked at
    approving.approve(lee, entry)
    entries.post(kim, entries.get(kim, number))

    assert (asset.state, last(books).state) == ("waiting", "in-use")
    assert depreciating.depreciate(kim, JAN).state == "posted"
    assert faults(books) == []


def test_a_draft_thrown_away_takes_its_movement_along(books: Session) -> None:
    run = buy(books)
    limits.put(books, "1000")
    done = disposing.dispose(books, run, date(2026, 4, 1))
    assert {entry.state for entry in done} == {"draft"}

    for entry in done:
        entries.delete(books, entries.get(books, entry.number))

    assert (last(books).state, last(books).row.accumulated) == ("in-use", 0)
    assert depreciating.depreciate(books, JAN).state == "posted"


def test_a_disposal_that_waits_is_posted_and_taken_back_whole(books: Session) -> None:
    run = buy(books)
    limits.put(books, "1000")
    lee = add_agent(books, "lee", ("approver",))
    waits, = disposing.dispose(books, run, date(2026, 4, 1), proceeds=Decimal(3000),
                               to="Assets:Bank")  # fmt: skip

    approving.approve(lee, waits)
    entries.post(books, entries.get(books, waits.number))
    assert (last(books).state, last(books).row.accumulated, faults(books)) == ("disposed", 0, [])

    limits.put(books, "")
    booking.reverse(books, str(waits.head.id), reason="came back")
    assert (last(books).state, last(books).row.accumulated, faults(books)) == ("in-use", 0, [])
    assert len(depreciating.plan(books, APR).due[0].rows) == 4


def test_a_reversal_waits_for_its_approval_too(books: Session) -> None:
    buy(books)
    run = depreciating.depreciate(books, APR)
    limits.put(books, "100")
    waits = booking.reverse(books, run.number, reason="wrong life")[0]
    with pytest.raises(ReversalError):
        booking.reverse(books, run.number, reason="again")
    entries.delete(books, waits)
    with pytest.raises(NothingToDepreciateError):
        depreciating.depreciate(books, APR)

    waits = booking.reverse(books, run.number, reason="wrong life")[0]
    lee = add_agent(books, "lee", ("approver",))
    approving.approve(lee, entries.get(books, waits.number))
    entries.post(books, entries.get(books, waits.number))

    assert last(books).row.accumulated == 0
    assert faults(books) == []


def test_who_may_only_read_changes_nothing(books: Session) -> None:
    asset = buy(books)
    auditor = add_agent(books, "ann", ("auditor",))
    clerk = add_agent(books, "bob", ("accountant",))

    for forbidden in (
        lambda: buy(auditor),
        lambda: depreciating.depreciate(auditor, JAN),
        lambda: disposing.dispose(auditor, asset, MAY),
        lambda: booking.reverse(auditor, "FAJ-2026-00001", reason="no"),
        lambda: acquiring.withdraw(auditor, asset, "no"),
        lambda: classes.put(clerk, COMPUTERS),
    ):
        with pytest.raises(NotAllowedError):
            forbidden()
    assert reading.get(auditor, "FA-1").number == "FA-0001"


def test_accounts_of_a_class_with_assets_stay(books: Session) -> None:
    buy(books)

    changed = classes.put(books, COMPUTERS._replace(months=36))
    with pytest.raises(ClassInUseError):
        classes.put(books, COMPUTERS._replace(cost="Assets:Equipment"))

    assert changed.months == 36
    assert last(books).row.months == 48


def test_a_fiscal_group_gives_life_and_rate(books: Session) -> None:
    made = classes.put(
        books, COMPUTERS._replace(name="PCs", months=0, method="declining-fiscal", fiscal_group="1")
    )

    with pytest.raises(InvalidChangeError, match="only the straight line"):
        classes.put(books, COMPUTERS._replace(method="declining-fiscal", fiscal_group="permanent"))

    assert (made.months, made.rate) == (48, "50")


def test_book_and_tax_side_by_side(books: Session) -> None:
    asset = buy(books, "100000000", day=date(2026, 7, 1), months=24)

    years = taxing.beside_tax(asset, "1", declining=True)

    assert [(each.year, each.book, each.fiscal) for each in years[:2]] == [
        (2026, 25_000_000_00, 25_000_000_00), (2027, 50_000_000_00, 37_500_000_00),
    ]  # fmt: skip
    assert sum(each.fiscal for each in years) == 100_000_000_00
