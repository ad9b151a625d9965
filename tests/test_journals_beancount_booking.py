"""A beancount journal is booked as beancount's documentation says, exact to the last digit.

Sources: beancount documentation, "How Inventories Work", "Precision & Tolerances" and "Balance
Assertions in Beancount". The numbers are those of its examples where a test names it.
"""

import contextlib
import gc
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from boconsole.journals.beancount.booking import book
from boconsole.journals.beancount.reading import read
from boconsole.journals.parts import Amount, JournalError, Lot, Price
from tests.beancount_text import balances, booked, lines, lots, refusal, saved, unbalanced

BOUGHT = """\
2015-04-01 * "Hooli in April"
  Assets:Invest  25 HOOL {23.00 USD, "first-lot"}
  Assets:Cash

2015-05-01 * "Hooli in May"
  Assets:Invest  35 HOOL {27.00 USD}
  Assets:Cash

"""
SOLD = '2015-05-15 * "Sell"\n  Assets:Invest  {0}\n  Assets:Cash\n'


def test_inventories_plain_amounts_add_up_by_commodity(tmp_path: Path) -> None:
    books = booked(
        tmp_path,
        """\
        2016-07-24 * "Dinner before leaving"
          Expenses:Food  34.58 USD
          Assets:Cash
        2016-07-26 * "Food after landing"
          Expenses:Food  62.11 CAD
          Assets:Cash
        2016-07-27 * "Brunch"
          Expenses:Food  23.91 CAD
          Assets:Cash
        """,
    )

    assert balances(books) == {
        ("Expenses:Food", "USD"): Decimal("34.58"),
        ("Expenses:Food", "CAD"): Decimal("86.02"),
        ("Assets:Cash", "USD"): Decimal("-34.58"),
        ("Assets:Cash", "CAD"): Decimal("-86.02"),
    }


@pytest.mark.parametrize(
    ("sale", "left"),
    [
        ("-12 HOOL {23.00 USD}", {"23.00": 13, "27.00": 35}),
        ("-12 HOOL {2015-04-01}", {"23.00": 13, "27.00": 35}),
        ('-12 HOOL {"first-lot"}', {"23.00": 13, "27.00": 35}),
        ('-12 HOOL {23.00 USD, 2015-04-01, "first-lot"} @ 30 USD', {"23.00": 13, "27.00": 35}),
        ("-60 HOOL {}", {}),
    ],
)
def test_inventories_a_sale_names_its_lot_or_takes_all(
    tmp_path: Path, sale: str, left: dict[str, int]
) -> None:
    books = booked(tmp_path, BOUGHT + SOLD.format(sale))

    assert lots(books, "Assets:Invest") == left


def test_inventories_strict_refuses_a_sale_that_may_mean_several_lots(tmp_path: Path) -> None:
    line, column, reason = refusal(tmp_path, BOUGHT + SOLD.format("-12 HOOL {}"))

    assert (line, column) == (10, 3)
    assert "25 {23.00 USD, 2015-04-01}; 35 {27.00 USD, 2015-05-01}" in reason


@pytest.mark.parametrize(
    ("method", "left"),
    [
        ("FIFO", {"27.00": 32}),
        ("LIFO", {"23.00": 25, "27.00": 7}),
        ("HIFO", {"23.00": 25, "27.00": 7}),
    ],
)
def test_inventories_methods_choose_the_lots(
    tmp_path: Path, method: str, left: dict[str, int]
) -> None:
    option = f'option "booking_method" "{method}"\n'
    books = booked(tmp_path, option + BOUGHT + SOLD.format("-28 HOOL {}"))

    assert lots(books, "Assets:Invest") == left
    assert {line.booking for line in books.accounts} == {method}


def test_sale_from_two_lots_becomes_two_lines(tmp_path: Path) -> None:
    option = 'option "booking_method" "FIFO"\n'
    books = booked(tmp_path, option + BOUGHT + SOLD.format("-28 HOOL {} @ 30 USD"))

    sold = books.entries[-1].lines
    assert [line[1:7] for line in sold] == [
        (-25, "HOOL", Decimal("-575.00"), "USD", Price(Amount(Decimal(30), "USD")),
         Lot(Decimal("23.00"), None, "USD", date(2015, 4, 1), "first-lot")),
        (-3, "HOOL", Decimal("-81.00"), "USD", Price(Amount(Decimal(30), "USD")),
         Lot(Decimal("27.00"), None, "USD", date(2015, 5, 1))),
        (Decimal("656.00"), "USD", Decimal("656.00"), "USD", None, None),
    ]  # fmt: skip


@pytest.mark.parametrize(("method", "left"), [("FIFO", {"2": 1}), ("LIFO", {"1": 1})])
def test_lots_are_taken_by_their_days_not_by_the_order_of_entries(
    tmp_path: Path, method: str, left: dict[str, int]
) -> None:
    books = booked(
        tmp_path,
        f"""\
option "booking_method" "{method}"
2015-04-01 *
  Assets:Invest  1 HOOL {{2 USD, 2015-03-01}}
  Assets:Cash
2015-04-02 *
  Assets:Invest  1 HOOL {{1 USD, 2015-02-01}}
  Assets:Cash
2015-04-03 *
  Assets:Invest  -1 HOOL {{}}
  Assets:Cash
""",
    )

    assert lots(books, "Assets:Invest") == left


def test_two_sales_of_one_entry_do_not_take_the_same_units(tmp_path: Path) -> None:
    sales = (
        "2015-05-15 *\n  Assets:Invest  -20 HOOL {{23.00 USD}}\n"
        "  Assets:Invest  {0}\n  Assets:Cash\n"
    )
    books = booked(tmp_path, BOUGHT + sales.format("-5 HOOL {23.00 USD}"))

    assert lots(books, "Assets:Invest") == {"27.00": 35}
    assert "too little" in refusal(tmp_path, BOUGHT + sales.format("-6 HOOL {23.00 USD}"))[2]


def test_sizes_tell_lots_apart_where_the_method_says_so(tmp_path: Path) -> None:
    option = 'option "booking_method" "STRICT_WITH_SIZE"\n'
    books = booked(tmp_path, option + BOUGHT + SOLD.format("-35 HOOL {}"))

    assert lots(books, "Assets:Invest") == {"23.00": 25}


def test_inventories_an_account_may_have_its_own_method(tmp_path: Path) -> None:
    text = '2014-01-01 open Assets:Old "FIFO"\n' + (BOUGHT + SOLD.format("-28 HOOL {}")).replace(
        "Assets:Invest", "Assets:Old"
    )

    assert lots(booked(tmp_path, text), "Assets:Old") == {"27.00": 32}


def test_inventories_none_adds_sales_as_lots(tmp_path: Path) -> None:
    text = """\
        2014-01-01 open Assets:Pension "NONE"
        2016-07-28 *
          Assets:Pension  45.0045 VBMPX {11.11 USD}
          Assets:Cash
        2016-10-12 *
          Assets:Pension  54.5951 VBMPX {10.99 USD}
          Assets:Cash
        2016-12-30 *
          Assets:Pension  -1.4154 VBMPX {10.59 USD}
          Expenses:Fees
        """

    assert lots(booked(tmp_path, text), "Assets:Pension") == {
        "11.11": Decimal("45.0045"), "10.99": Decimal("54.5951"), "10.59": Decimal("-1.4154"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sale", "words"),
    [
        ("-12 HOOL {24 USD}", "no such lot"),
        ("-26 HOOL {23.00 USD}", "too little"),
        ("-12 HOOL {*}", "average cost"),
    ],
)
def test_sale_that_finds_no_lot_is_refused(tmp_path: Path, sale: str, words: str) -> None:
    line, column, reason = refusal(tmp_path, BOUGHT + SOLD.format(sale))

    assert (line, column) == (10, 3)
    assert words in reason


def test_inventories_price_converts_and_is_forgotten(tmp_path: Path) -> None:
    books = booked(
        tmp_path,
        """\
        2016-04-24 * "Deposit check"
          Assets:Bank   220.00 USD @ 1.3 CAD
          Income:Pay   -286.00 CAD
        """,
    )

    assert lines(books)[0][1:5] == (Decimal("220.00"), "USD", Decimal("286.00"), "CAD")


def test_total_cost_is_weighed_whole(tmp_path: Path) -> None:
    books = booked(
        tmp_path,
        """\
        2016-04-24 *
          Assets:Invest   3 HOOL {{100.00 USD}}
          Assets:Cash  -100.00 USD
        2016-04-25 *
          Assets:Invest   10 HOOL {5.00 # 9.95 USD}
          Assets:Cash
        """,
    )

    values = [line.value for line in lines(books)]
    assert values == [Decimal("100.00"), Decimal("-100.00"), Decimal("59.95"), Decimal("-59.95")]
    assert lines(books)[2].lot == Lot(Decimal("5.995"), None, "USD", date(2016, 4, 25))


@pytest.mark.parametrize(
    ("postings", "filled"),
    [
        ("Assets:Bank  10.00 USD\n  Assets:Cash", "-10.00 USD"),
        ("Assets:Bank  10.00 USD\n  Assets:Cash  USD", "-10.00 USD"),
        ("Assets:Bank  10.00 USD\n  Assets:Cash  -10.00", "-10.00 USD"),
        ("Assets:Bank  -12.00 USD\n  Assets:Cash  EUR @ 1.25 USD", "9.6 EUR @ 1.25 USD"),
        ("Assets:Bank  -12.00 USD\n  Assets:Cash  9.60 EUR @", "9.60 EUR @ 1.25 USD"),
        ("Assets:Bank  -12.00 USD\n  Assets:Cash  9.60 EUR @ USD", "9.60 EUR @ 1.25 USD"),
        ("Assets:Bank  -12.00 USD\n  Assets:Invest  4 HOOL {}", "4 HOOL {3 USD}"),
        ("Assets:Bank  -12.00 USD\n  Assets:Invest  4 HOOL {2 # USD}", "4 HOOL {3 USD}"),
        ("Assets:Bank  -12.00 USD\n  Assets:Invest  HOOL {3 USD}", "4.00 HOOL {3 USD}"),
    ],
)
def test_one_number_of_a_commodity_may_be_left_out(
    tmp_path: Path, postings: str, filled: str
) -> None:
    line = lines(booked(tmp_path, f"2016-04-24 *\n  {postings}\n"))[1]

    told = f"{line.number} {line.commodity}"
    if line.price is not None:
        told += f" @ {line.price.amount.number} {line.price.amount.commodity}"
    if line.lot is not None:
        told += f" {{{line.lot.number.normalize()} {line.lot.commodity}}}"
    assert told == filled


def test_posting_without_amount_takes_every_commodity(tmp_path: Path) -> None:
    books = booked(
        tmp_path,
        "2016-04-24 *\n  Assets:Bank  1 USD\n  Assets:Bank  2 EUR\n  Expenses:Food  3 USD\n"
        "  Assets:Cash\n",
    )

    assert [line[:3] for line in lines(books) if line.account == "Assets:Cash"] == [
        ("Assets:Cash", -4, "USD"),
        ("Assets:Cash", -2, "EUR"),
    ]


def test_commodity_is_told_from_what_the_account_holds(tmp_path: Path) -> None:
    books = booked(
        tmp_path,
        """\
        2016-04-24 *
          Assets:Bank  5 EUR
          Assets:Cash
        2016-04-25 *
          Assets:Bank  -2
          Assets:Cash  1 EUR
          Expenses:Food  1 CHF @ 1 EUR
        """,
    )

    assert balances(books)["Assets:Bank", "EUR"] == 3


@pytest.mark.parametrize(
    ("postings", "line", "words"),
    [
        ("Assets:Bank  10 USD\n  Assets:Cash  -9 USD", 1, "1 USD are left over"),
        ("Assets:Bank  10 USD", 1, "10 USD are left over"),
        ("Assets:Bank  10 USD\n  Assets:Cash\n  Expenses:Food", 4, "only one posting"),
        ("Assets:Bank  10 USD\n  Assets:Cash  USD\n  Expenses:Food", 4, "more than one number"),
        ("Assets:Bank  10\n  Assets:Cash  20", 2, "the commodity cannot be told"),
        ("Assets:Bank  EUR @@ 5 USD\n  Assets:Cash", 2, "needs a number"),
        ("Assets:Bank  EUR @ 0 USD\n  Assets:Cash  1 USD", 2, "price of zero"),
        ("Assets:Invest  1 HOOL {1 USD} @ 2 EUR\n  Assets:Cash", 2, "one commodity"),
        ("Assets:Invest  0 HOOL {1 USD}\n  Assets:Cash", 2, "zero units"),
        ("Assets:Invest  1 HOOL {-1 USD}\n  Assets:Cash", 2, "a cost is not negative"),
        ("Assets:Invest  HOOL {{1 USD}}\n  Assets:Cash  1 USD", 2, "total cost"),
    ],
)
def test_entry_that_cannot_be_completed_is_refused(
    tmp_path: Path, postings: str, line: int, words: str
) -> None:
    found, _column, reason = refusal(tmp_path, f"2016-04-24 *\n  {postings}\n")

    assert found == line
    assert words in reason


def test_last_entry_cut_off_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, "2016-04-24 *\n  Assets:Bank  10.00 USD\n  Assets:Cash  -1")[0] == 1


def test_tolerances_swiss_transfer_balances_and_values_are_zero_in_sum(tmp_path: Path) -> None:
    books = booked(
        tmp_path,
        """\
        2015-05-01 * "Transfer"
          Assets:Bank   -9000.00 CHF
          Assets:Cash    9643.82 USD @ 0.93324 CHF
        """,
    )

    assert [line.value for line in lines(books)] == [Decimal("-9000.00"), Decimal("9000.00")]


def test_tolerances_fund_bought_in_rounded_units_balances(tmp_path: Path) -> None:
    books = booked(
        tmp_path,
        """\
        2013-04-03 * "Buy fund"
          Assets:Invest    10.22626 RGAGX {37.61 USD}
          Assets:Cash   -384.61 USD
        """,
    )

    assert [line.value for line in lines(books)] == [Decimal("384.61"), Decimal("-384.61")]
    assert books.precisions == {"RGAGX": 5, "USD": 2}


def test_tolerances_whole_amounts_tolerate_nothing(tmp_path: Path) -> None:
    text = "2013-04-03 *\n  Assets:Invest  10.21005 RGAGX {37.61 USD}\n  Assets:Cash  -384 USD\n"

    assert refusal(tmp_path, text)[0] == 1
    assert booked(tmp_path, 'option "inferred_tolerance_default" "USD:0.003"\n' + text)


def test_tolerances_the_coarsest_of_several_counts(tmp_path: Path) -> None:
    text = """\
        2000-08-19 open Assets:Hooli "NONE"
        2000-08-20 * "Sell"
          Assets:Hooli           -81 HOOL {26.3125 USD}
          Assets:Cash        2141.36 USD
          Expenses:Fees         0.08 USD
          Income:Gains       -10.1265 USD
        """

    books = booked(tmp_path, text)

    assert unbalanced(books.entries) == []
    assert [line.value for line in lines(books)] == [
        Decimal("-2131.3135"), Decimal("2141.36"), Decimal("0.08"), Decimal("-10.1265"),
    ]  # fmt: skip


@pytest.mark.parametrize(("multiplier", "holds"), [("0.5", False), ("1.2", True)])
def test_tolerances_multiplier_widens_them(tmp_path: Path, multiplier: str, holds: bool) -> None:
    text = f"""\
        option "inferred_tolerance_multiplier" "{multiplier}"
        2015-05-01 *
          Assets:Bank   24.45 CHF
          Assets:Cash  -24.46 CHF
        """

    if holds:
        assert unbalanced(booked(tmp_path, text).entries) == []
    else:
        assert "-0.01 CHF" in refusal(tmp_path, text)[2]


def test_tolerances_are_met_where_nothing_more_is_missing(tmp_path: Path) -> None:
    text = "2015-05-01 *\n  Assets:Bank  24.45 CHF\n  Assets:Cash  -24.455 CHF\n"

    assert [line.value for line in lines(booked(tmp_path, text))] == [
        Decimal("24.450"), Decimal("-24.450"),
    ]  # fmt: skip


def test_tolerances_by_option_round_what_is_filled_in(tmp_path: Path) -> None:
    option = 'option "inferred_tolerance_default" "USD:0.5"\n'
    text = "2015-05-01 *\n  Assets:Bank  10.12 USD\n  Assets:Cash\n"

    assert lines(booked(tmp_path, option + text))[1].number == -10


def test_tolerances_may_come_from_prices(tmp_path: Path) -> None:
    text = "2015-05-01 *\n  Assets:Bank  2.3 EUR @ 2.00 USD\n  Assets:Cash  -4.52 USD\n"

    assert "0.08 USD" in refusal(tmp_path, text)[2]
    assert booked(tmp_path, 'option "infer_tolerance_from_cost" "TRUE"\n' + text)


def test_commodity_that_is_only_a_price_has_the_digits_of_prices(tmp_path: Path) -> None:
    books = booked(
        tmp_path,
        "2015-05-01 *\n  Assets:Bank  1 USD @ 0.75 EUR\n  Assets:Cash  -3 CHF @ 0.25 EUR\n"
        "2015-05-02 price CHF 0.1 EUR\n",
    )

    assert [line.value for line in lines(books)] == [Decimal("0.75"), Decimal("-0.75")]
    assert books.precisions == {"USD": 0, "CHF": 0, "EUR": 2}


def test_posting_that_would_take_nothing_is_left_out(tmp_path: Path) -> None:
    text = "2015-05-01 *\n  Assets:Bank  1.00 USD\n  Assets:Bank  -1.00 USD\n  Assets:Cash\n"

    assert [line.account for line in lines(booked(tmp_path, text))] == ["Assets:Bank"] * 2


def test_short_sale_is_no_reduction_once_all_is_sold(tmp_path: Path) -> None:
    text = """\
2015-04-01 *
  Assets:Invest  1 HOOL {2 USD}
  Assets:Cash
2015-04-02 *
  Assets:Invest  -1 HOOL {}
  Assets:Cash
2015-04-03 *
  Assets:Invest  -2 HOOL {3 USD}
  Assets:Cash
"""

    assert lots(booked(tmp_path, text), "Assets:Invest") == {"3": -2}


def test_tolerances_may_come_from_cost(tmp_path: Path) -> None:
    text = "2015-05-01 *\n  Assets:Invest  2.345 RGAGX {45.00 USD}\n  Assets:Cash  -105.51 USD\n"

    assert "0.015 USD" in refusal(tmp_path, text)[2]
    assert booked(tmp_path, 'option "infer_tolerance_from_cost" "TRUE"\n' + text)


def test_filled_number_is_rounded_to_the_coarsest_digit(tmp_path: Path) -> None:
    books = booked(
        tmp_path,
        "2015-05-01 *\n  Assets:Bank  10.1234 USD\n  Assets:Bank  5.12 USD\n  Assets:Cash\n",
    )

    last = lines(books)[-1]
    assert last.number == Decimal("-15.24")
    assert sum(line.value for line in lines(books)) == 0


def test_division_without_end_is_rounded_and_its_rest_placed(tmp_path: Path) -> None:
    books = booked(
        tmp_path,
        """\
        2015-05-01 *
          Expenses:Food  (40.00 / 3) USD
          Expenses:Food  (40.00 / 3) USD
          Expenses:Fees  (40.00 / 3) USD
          Assets:Cash  -40.00 USD
        """,
    )

    assert [line.number for line in lines(books)] == [Decimal("13.33")] * 3 + [Decimal("-40.00")]
    assert unbalanced(books.entries) == []
    assert books.precisions == {"USD": 2}


def test_division_without_end_keeps_cents_among_whole_amounts(tmp_path: Path) -> None:
    books = booked(
        tmp_path,
        "2015-05-01 *\n  Expenses:Food  (40 / 3) USD\n  Assets:Cash  -13 USD\n  Expenses:Fees",
    )

    assert [line.number for line in lines(books)] == [
        Decimal("13.33"), -13, Decimal("-0.33"),
    ]  # fmt: skip


def test_division_that_ends_keeps_its_digits(tmp_path: Path) -> None:
    books = booked(tmp_path, "2015-05-01 *\n  Assets:Bank  (-16.384 / 3) * 3 USD\n  Assets:Cash\n")

    assert [line.number for line in lines(books)] == [Decimal("-16.384"), Decimal("16.384")]


@pytest.mark.parametrize("text", ["2015-05-01 *\n", "2015-05-01 *\n  Assets:Bank  1 USD\n"])
def test_collector_of_garbage_works_again_after_booking(tmp_path: Path, text: str) -> None:
    with contextlib.suppress(JournalError):
        booked(tmp_path, text)

    assert gc.isenabled()


DEPOSITS = """\
2015-01-05 * "in"
  Assets:Bank  100.00 USD
  Income:Pay

"""


def test_assertion_holds_as_its_day_begins(tmp_path: Path) -> None:
    books = booked(tmp_path, DEPOSITS + "2015-01-05 balance Assets:Bank 0 USD\n")

    assert len(books.entries) == 1


@pytest.mark.parametrize("claimed", ["100.01", "99.99", "100.0", "100 ~ 0", "99.5 ~ 0.5"])
def test_assertions_tolerance_is_one_of_the_last_digit(tmp_path: Path, claimed: str) -> None:
    assert booked(tmp_path, DEPOSITS + f"2015-01-06 balance Assets:Bank {claimed} USD\n")


@pytest.mark.parametrize("claimed", ["100.02", "99", "100.01 ~ 0.001"])
def test_assertion_that_fails_is_named(tmp_path: Path, claimed: str) -> None:
    line, column, reason = refusal(
        tmp_path, DEPOSITS + f"2015-01-06 balance Assets:Bank {claimed} USD\n"
    )

    assert (line, column) == (5, 1)
    assert reason.startswith(f"Assets:Bank holds 100.00 USD, not {claimed.split()[0]} USD")


def test_assertion_counts_the_accounts_below(tmp_path: Path) -> None:
    text = """\
2000-01-01 open Assets:Bank:Savings
2000-01-01 open Assets:Banker
2015-01-06 *
  Assets:Bank:Savings  5 USD
  Assets:Banker  7 USD
  Income:Pay
2015-01-07 balance Assets:Bank 105 USD
"""

    assert booked(tmp_path, DEPOSITS + text)


def test_pad_fills_up_to_the_next_balance(tmp_path: Path) -> None:
    books = booked(
        tmp_path,
        DEPOSITS
        + "2015-01-04 pad Assets:Bank Equity:Start\n2015-01-08 balance Assets:Bank 250.00 USD\n",
    )

    assert [entry.dated for entry in books.entries] == [date(2015, 1, 4), date(2015, 1, 5)]
    assert balances(books)["Equity:Start", "USD"] == Decimal("-150.00")
    assert balances(books)["Assets:Bank", "USD"] == Decimal("250.00")


def test_pad_stands_among_the_entries_of_its_day(tmp_path: Path) -> None:
    entry = '2015-01-04 * "{0}"\n  Assets:Bank  1 USD\n  Income:Pay\n'
    text = (
        entry.format("a")
        + "2015-01-04 pad Assets:Bank Equity:Start\n"
        + entry.format("b")
        + "2015-01-05 balance Assets:Bank 7 USD\n"
    )

    entries = booked(tmp_path, text).entries

    assert [entry.description[:6] for entry in entries] == ["a", "Filled", "b"]


def test_pad_does_not_fill_what_is_held_at_cost(tmp_path: Path) -> None:
    text = BOUGHT + "2015-06-01 pad Assets:Invest Equity:Start\n"

    line, _column, reason = refusal(tmp_path, text + "2015-06-02 balance Assets:Invest 9 HOOL\n")

    assert line == 9
    assert "at a cost" in reason


def test_pad_that_fills_nothing_is_refused(tmp_path: Path) -> None:
    line, _column, reason = refusal(
        tmp_path, DEPOSITS + "2015-01-04 pad Assets:Bank Equity:Start\n"
    )

    assert line == 5
    assert "fills nothing" in reason


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("1999-01-01 *\n  Assets:Bank  1 USD\n  Assets:Cash\n", 2, "not open on 1999-01-01"),
        ("2001-01-01 *\n  Assets:Cash  1 USD\n  Assets:Bnak\n", 3, "Assets:Bnak is never opened"),
        (
            "2001-01-01 close Assets:Bank\n2001-01-02 *\n  Assets:Bank  0 USD\n",
            3,
            "from 2000-01-01 to 2001-01-01",
        ),
        ("2001-01-01 open Assets:Bank\n", 1, "opened already"),
        ("2001-01-01 close Assets:Bnak\n", 1, "cannot close"),
        ("1999-01-01 close Assets:Bank\n", 1, "cannot close"),
        ("2001-01-01 commodity USD\n2001-01-02 commodity USD\n", 2, "declared already"),
        (
            "2001-01-01 open Assets:Euro EUR\n2001-01-02 *\n  Assets:Euro  1 USD\n  Assets:Cash\n",
            3,
            "may not hold USD",
        ),
        (
            "2001-01-01 open Assets:Euro EUR\n2001-01-02 *\n  Assets:Cash  1 USD\n  Assets:Euro\n",
            4,
            "may not hold USD",
        ),
        ("2001-01-01 balance Assets:Bnak 0 USD\n", 1, "never opened"),
        ("1999-01-01 pad Assets:Bank Equity:Start\n", 1, "not open on"),
    ],
)
def test_account_is_open_and_holds_only_what_it_may(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    found, _column, reason = refusal(tmp_path, text)

    assert found == line
    assert words in reason


def test_plugin_opens_accounts_by_itself(tmp_path: Path) -> None:
    text = (
        'plugin "beancount.plugins.auto_accounts"\n2001-01-01 *\n  Assets:New  1 USD\n  Assets:Cash'
    )

    assert booked(tmp_path, text).accounts[-1][:2] == ("Assets:New", date(2001, 1, 1))


def test_plugin_lets_an_account_close_that_it_would_open(tmp_path: Path) -> None:
    plugin = 'plugin "beancount.plugins.auto_accounts"\n'

    assert booked(tmp_path, plugin + "2001-01-01 close Assets:New\n").entries == []


def test_balance_may_be_asserted_after_an_account_is_closed(tmp_path: Path) -> None:
    text = "2001-01-01 close Assets:Bank\n2001-02-01 balance Assets:Bank 0 USD\n"

    assert booked(tmp_path, text).entries == []


def test_posting_of_nothing_at_no_cost_is_left_out(tmp_path: Path) -> None:
    text = "2001-01-01 *\n  Assets:Bank  0 HOOL {USD}\n  Assets:Cash  0 USD\n"

    assert [line.account for line in lines(booked(tmp_path, text))] == ["Assets:Cash"]


def test_entries_are_in_the_order_of_their_days(tmp_path: Path) -> None:
    books = booked(tmp_path, '2002-01-01 * "b"\n2001-01-01 * "a"\n2002-01-01 * "c"\n')

    assert [entry.description for entry in books.entries] == ["a", "b", "c"]


def test_books_say_what_they_report_in(tmp_path: Path) -> None:
    text = 'option "operating_currency" "USD"\noption "operating_currency" "EUR"\n'

    assert booked(tmp_path, text).reporting == ("USD", "EUR")


def test_account_is_told_with_its_days_and_commodities(tmp_path: Path) -> None:
    books = book(read(saved(tmp_path, "2001-01-01 open Assets:A USD\n2002-01-01 close Assets:A\n")))

    (line,) = books.accounts
    assert line[:5] == ("Assets:A", date(2001, 1, 1), date(2002, 1, 1), ("USD",), "asset")
