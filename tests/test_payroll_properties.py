"""What holds for pay whatever the amounts: sums, years, allowances, tables."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boconsole.payroll.posting import _moved as moved
from boconsole.payroll.rules import reading
from boconsole.payroll.rules.contributions import EVERYTHING
from boconsole.payroll.rules.indonesia import by_year, year_of
from boconsole.payroll.rules.lines import Asked, Item, Past, Sheet, Terms
from boconsole.payroll.rules.month import compute
from boconsole.payroll.rules.sets import Held

STATUSES = ("TK/0", "TK/1", "TK/2", "TK/3", "K/0", "K/1", "K/2", "K/3")
SIGNS = {"earning": 1, "deduction": -1, "tax": -1}
MONTHS: dict[int, Held] = {at: reading.find("id-2025").on(2025, at) for at in range(1, 13)}
wages = st.integers(0, 2_000_000_000)
statuses = st.sampled_from(STATUSES)


def asked(wage: int, terms: Terms, bonus: int = 0, **more) -> Asked:
    items = [Item("salary", "Salary", wage)]
    if bonus:
        items.append(Item("bonus", "Bonus", bonus, irregular=True))
    return Asked(terms, tuple(items), wage, **more)


@given(wages, statuses, st.sampled_from(("gross", "net", "gross-up")), st.booleans())
@settings(max_examples=25)
def test_net_and_what_is_kept_make_up_what_is_earned(
    wage: int, status: str, method: str, last: bool
) -> None:
    sheet = compute(MONTHS[12], asked(wage, Terms(status, method), last=last, past=Past(wage, 7)))
    totals = dict.fromkeys(("earning", "deduction", "tax"), 0)
    for line in sheet.lines:
        if line.kind in totals:
            totals[line.kind] += line.amount

    assert sheet.net + totals["deduction"] + totals["tax"] == totals["earning"]
    own = sum(each.employee for each in sheet.contributions)
    assert sheet.net == wage - own - (sheet.tax if method == "gross" else 0)


@given(st.lists(wages, min_size=1, max_size=12), statuses, st.integers(0, 500_000_000), st.data())
@settings(max_examples=20)
def test_months_by_the_table_and_the_settlement_make_up_the_year_of_article_17(
    pays: list[int], status: str, bonus: int, data: st.DataObject
) -> None:
    ends = data.draw(st.integers(len(pays), 12))  # joins, leaves, or both, with or without refund
    past, sheets, paid = Past(), [], 0
    for at, pay in enumerate(pays, ends + 1 - len(pays)):
        last = at == ends
        question = asked(pay, Terms(status), bonus if last else 0, past=past, last=last,
                         worked=len(pays))  # fmt: skip
        sheets.append(compute(MONTHS[at], question))
        past = sheets[-1].after(past)
        paid += sheets[-1].net + sheets[-1].pension
    year = year_of(MONTHS[ends], question, past.gross, past.pension, past.zakat)
    own = sum(each.employee for sheet in sheets for each in sheet.contributions) - past.pension

    assert sum(sheet.tax for sheet in sheets) == year.tax
    assert sum(sheet.gross for sheet in sheets) == year.gross
    assert paid == sum(pays) + bonus - own - year.tax


@pytest.mark.parametrize("status", ["TK/0", "K/3"])
def test_a_tax_allowance_is_the_smallest_that_there_is(status: str) -> None:
    table = MONTHS[1].table(f"ter.{compute(MONTHS[1], asked(0, Terms(status))).category}")
    terms = Terms(status, "gross-up", without=frozenset({EVERYTHING}))
    for edge in table.limits[:18]:
        for wage in (edge - 150_000, edge - 9_000, edge, edge + 1):
            found = compute(MONTHS[1], asked(wage, terms))
            allowance = found.gross - wage

            assert found.net == wage
            assert all(_tax(table, wage + less) != less
                       for less in range(max(allowance - 3_000, 0), allowance))  # fmt: skip


def _tax(table, gross: int) -> int:
    rate = table.bands[table.row_of(gross)].rate
    return (2 * gross * rate.numerator + rate.denominator) // (2 * rate.denominator)


def test_of_two_allowances_the_smaller_is_taken_as_all_rupiah_tried_show() -> None:
    terms = Terms("TK/0", "gross-up", without=frozenset({EVERYTHING}))
    table = MONTHS[1].table("ter.A")
    twofold = 0
    for wage in range(5_385_000, 5_400_001, 3_000):
        every = [extra for extra in range(20_000) if _tax(table, wage + extra) == extra]
        twofold += len(every) > 1

        assert compute(MONTHS[1], asked(wage, terms)).tax == every[0]
    assert twofold


@given(wages, statuses, st.integers(0, 300_000_000))
@settings(max_examples=15)
def test_the_allowance_of_a_settlement_nets_exactly_and_no_smaller_one_does(
    wage: int, status: str, withheld: int
) -> None:
    terms = Terms(status, "gross-up", without=frozenset({EVERYTHING}))
    question = asked(wage, terms, past=Past(11 * wage, withheld), last=True)
    found: Sheet = compute(MONTHS[12], question)

    assert found.net == wage
    for less in range(1, 200):
        extra = found.tax - less
        assert by_year(MONTHS[12], question, wage + extra, 0, 0).amount != extra


def test_tables_rise_without_a_gap_to_an_open_end() -> None:
    rows = reading.find("id-2026").rows
    for table in rows.tables:
        rates = [band.rate for band in table.bands]

        assert list(table.limits) == sorted(set(table.limits))
        assert rates == sorted(rates) or table.code == "daily"
        assert table.bands[-1].upto is None or table.code.startswith("overtime")
        assert table.source
    assert sum(len(each.bands) for each in rows.tables if each.code.startswith("ter.")) == 125


@given(wages, statuses, st.sampled_from(("gross", "net", "gross-up")), st.booleans(),
       st.sampled_from(("", "footwear")))  # fmt: skip
@settings(max_examples=25)
def test_what_a_month_books_balances_whoever_carries_the_tax(
    wage: int, status: str, method: str, last: bool, sector: str
) -> None:
    question = asked(wage, Terms(status, method, sector=sector, first_gross=0), last=last)
    others = (Item("loan", "Loan", wage // 7, "deduction", taxable=False),
              Item("car", "Car", 900_000, "benefit"))  # fmt: skip
    sheet = compute(MONTHS[12], question._replace(items=(*question.items, *others)))
    booked = [amount for line in sheet.lines for _keys, _tags, amount in moved(line)]

    assert sum(booked) == sheet.net
