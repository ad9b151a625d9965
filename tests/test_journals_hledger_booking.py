"""Books made of hledger journals: amounts left out, prices, balance, assertions.

The cases named "manual" are those of hledger's manual, "Postings" to "Balance assignments".
"""

from decimal import Decimal
from pathlib import Path

import pytest

from boconsole.journals.hledger.booking import book
from boconsole.journals.parts import (
    Amount,
    Assertion,
    JournalError,
    Line,
    Place,
    Price,
)
from tests.hledger import balances, booked, refused


def lines(text: str, folder: Path, above: str = "") -> list[Line]:
    """Return the lines of the last entry: one with these postings."""
    return list(booked(f"{above}\n2020-01-01 x\n{text}", folder).entries[-1].lines)


def amounts(found: list[Line]) -> list[tuple[str, str]]:
    return [(line.account, f"{line.number:f} {line.commodity}".rstrip()) for line in found]


def values(found: list[Line]) -> list[str]:
    return [f"{line.value:f} {line.value_commodity}".rstrip() for line in found]


def test_amount_left_out_balances_the_entry(tmp_path: Path) -> None:
    found = lines("  a  $3.50\n  b  $1\n  c\n", tmp_path)

    assert amounts(found) == [("a", "3.50 $"), ("b", "1 $"), ("c", "-4.50 $")]


def test_amount_left_out_becomes_a_line_for_every_commodity(tmp_path: Path) -> None:
    found = lines("  a  10 A @ 2 C\n  b  -20 B\n  d  5 E\n  c\n", tmp_path)

    assert amounts(found)[3:] == [("c", "-20 C"), ("c", "20 B"), ("c", "-5 E")]


def test_amount_left_out_is_zero_where_nothing_is_over(tmp_path: Path) -> None:
    found = lines("  a  10 A\n  b  -10 A\n  c\n  (d)\n", tmp_path)

    assert amounts(found)[2:] == [("c", "0 A"), ("d", "0")]


def test_virtual_postings_of_the_manual_balance_apart(tmp_path: Path) -> None:
    text = (
        "  assets:cash  $-10\n"
        "  expenses:food  $7\n"
        "  expenses:food  $3\n"
        "  [assets:checking:budget:food]  $-10\n"
        "  [assets:checking:available]\n"
        "  (something:else)  $5\n"
    )

    found = lines(text, tmp_path)

    assert amounts(found)[4:] == [("assets:checking:available", "10 $"), ("something:else", "5 $")]


@pytest.mark.parametrize(
    ("text", "valued"),
    [
        ("  a  EUR100 @ $1.35\n  b\n", ["135.00 $", "-135.00 $"]),
        ("  a  EUR100 @@ $135\n  b\n", ["135 $", "-135 $"]),
        ("  a  EUR100\n  b  $-135\n", ["135 $", "-135 $"]),
        ("  b  $-135\n  a  EUR100\n", ["-100 EUR", "100 EUR"]),
        ("  a  -3 A @@ 10 B\n  b  10 B\n", ["-10 B", "10 B"]),
        ("  a  -3 A @@ -10 B\n  b  -10 B\n", ["10 B", "-10 B"]),
        ("  a  0 A @@ 10 B\n  b  -10 B\n", ["10 B", "-10 B"]),
        ("  [a]  10 A\n  [b]  -20 B\n", ["20 B", "-20 B"]),
        ("  a  10 A {5 B}\n  b  -50 B\n", ["50 B", "-50 B"]),
        ("  (a)  3 A @ 0.335 B\n  b  0.00 B\n", ["1.01 B", "0.00 B"]),
    ],
)
def test_lines_are_worth_what_the_manual_says_of_prices(
    text: str, valued: list[str], tmp_path: Path
) -> None:
    assert values(lines(text, tmp_path)) == valued


def test_price_is_inferred_beside_priced_lines_that_cancel(tmp_path: Path) -> None:
    found = lines("  a  10 A\n  b  -20 B\n  c  1 C @ 2 B\n  d  -1 C @ 2 B\n", tmp_path)

    assert values(found) == ["20 B", "-20 B", "2 B", "-2 B"]
    assert [line.price for line in found[:2]] == [None, None]


def test_priced_lines_keep_their_price_beside_an_inferred_one(tmp_path: Path) -> None:
    found = lines("  a  10 A\n  b  -20 B\n  c  1 A @ 3 C\n  d  -1 A @ 3 C\n", tmp_path)

    assert values(found) == ["20 B", "-20 B", "3 C", "-3 C"]


def test_remainder_of_an_inferred_price_goes_to_the_biggest_line(tmp_path: Path) -> None:
    found = lines("  a  3 A\n  a  4 A\n  a  3 A\n  b  -1.00 B\n  b  -9.01 B\n", tmp_path)

    assert values(found) == ["3.00 B", "4.01 B", "3.00 B", "-1.00 B", "-9.01 B"]


def test_remainder_within_the_tolerance_goes_to_the_biggest_converted_line(tmp_path: Path) -> None:
    found = lines("  a  1 A @ 3.333 B\n  c  2 A @ 3.333 B\n  b  -9.999 B\n", tmp_path)
    rounded = lines("  a  1 A @ 3.336 B\n  c  2 A @ 3.336 B\n  b  -10.01 B\n", tmp_path)

    assert values(found) == ["3.333 B", "6.666 B", "-9.999 B"]
    assert values(rounded) == ["3.34 B", "6.67 B", "-10.01 B"]


@pytest.mark.parametrize(
    ("price", "over"),
    [("1.0049", None), ("1.005", None), ("1.0051", "-0.0051 USD")],
)
def test_half_a_unit_of_the_commodity_is_the_tolerance(
    price: str, over: str | None, tmp_path: Path
) -> None:
    text = f"2020-01-01\n  a  1.00 USD\n  b  -1 ABC @ {price} USD\n"

    told = (
        refused(text, tmp_path).reason if over else values(booked(text, tmp_path).entries[0].lines)
    )

    assert f"{over} is over" in told if over else told == ["1.00 USD", "-1.00 USD"]


def test_digits_of_prices_are_the_tolerance_where_nothing_else_is_written(tmp_path: Path) -> None:
    text = "2020-01-01\n  a  3 ABC @ 1.333 USD\n  b  -3 ABC @ 1.334 USD\n"

    assert "-0.003 USD is over" in refused(text, tmp_path).reason


def test_declared_digits_are_the_tolerance_of_conversions(tmp_path: Path) -> None:
    text = "commodity 1. USD\n2020-01-01\n  a  10.00 USD\n  b  -1 ABC @ 10.40 USD\n"

    assert values(booked(text, tmp_path).entries[0].lines) == ["10.00 USD", "-10.00 USD"]


def test_asserted_digits_are_kept_and_no_tolerance(tmp_path: Path) -> None:
    books = booked("2020-01-01\n  a  1 A = 1.000 A\n  b  -1 X @ 1.4 A\n", tmp_path)

    assert books.precisions["A"] == 3
    assert values(books.entries[0].lines) == ["1 A", "-1.000 A"]


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("  a  10 A\n", 1, "10 A is over"),
        ("  a  10 A\n  b  20 B\n", 1, "10 A, 20 B is over"),
        ("  a  10 A\n  b  -20 B\n  c  1 C\n", 1, "10 A, -20 B, 1 C is over"),
        ("  a  10 A\n  b  -20 B\n  c  1 C @ 2 B\n  d  -2 B\n", 1, "10 A, -20 B is over"),
        ("  [a]  1 A\n  b  -1 A\n", 1, "1 A is over"),
        ("  a  1\n  b\n  c\n", 4, "More than one amount"),
        ("  a  1\n  [b]\n  [c]\n", 4, "More than one amount"),
    ],
)
def test_entry_that_does_not_balance_is_refused(
    text: str, line: int, told: str, tmp_path: Path
) -> None:
    error = refused("2020-01-01\n" + text, tmp_path)

    assert error.place.line == line
    assert told in error.reason


def test_amounts_that_differ_without_a_price_are_refused_though_hledger_shows_no_cents(
    tmp_path: Path,
) -> None:
    text = "commodity 1. USD\n2020-01-01\n  a  1 USD\n  b  -1.4 USD\n"

    assert "-0.4 USD is over" in refused(text, tmp_path).reason


@pytest.mark.parametrize(
    "end",
    [
        "2020-01-02 Re",
        "2020-01-02\n  Assets:Ba",
        "2020-01-02\n  Assets:Bank  1 US",
        "2020-01-02\n  Assets:Bank  1.00 USD\n  Assets:Cash  -",
        "2020-01-02\n  Assets:Bank  1.00 USD\n  Assets:Cash  -1",
        "2020-01-02\n  Assets:Bank  1.00 USD\n  Assets:Cash  -1.00",
        "2020-01-02\n  Assets:Bank  1.00 USD\n  Assets:Cash  -1.00 US",
        "2020-01-02\n  Assets:Bank  1.00 USD\n  Assets:C",
        "2020-01-02\n  Assets:Bank  1.00 USD\n",
    ],
)
def test_journal_cut_off_in_the_middle_is_refused(end: str, tmp_path: Path) -> None:
    whole = "2020-01-01\n  Assets:Bank  12.50 USD\n  Assets:Cash  -12.50 USD\n\n"

    assert refused(whole + end, tmp_path).place.line >= 5


@pytest.mark.parametrize(
    "end",
    [
        "  Assets:Cash",
        "  Assets:Cash  -1 USD",
        "  Income",
        "  Assets:Cash  -0.9 EUR @@ 1 USD",
        "  Assets:Cash  -0.9 EUR\n",
        "  Assets:Cash  = -13.50 USD",
        "; the end",
    ],
)
def test_whole_journal_needs_no_end_of_its_last_line(end: str, tmp_path: Path) -> None:
    whole = "2020-01-01\n  Assets:Bank  12.50 USD\n  Assets:Cash  -12.50 USD\n\n"
    whole += "2020-01-02\n  Assets:Bank  1 USD\n" if end[0] == " " else ""

    assert booked(whole + end, tmp_path).entries


def test_amount_left_out_is_rounded_to_declared_digits_half_up(tmp_path: Path) -> None:
    above = "commodity 1.00 USD"

    found = lines("  a  3 ABC @ 1.335 USD\n  b\n", tmp_path, above)

    assert amounts(found)[1] == ("b", "-4.01 USD")
    assert values(found) == ["4.01 USD", "-4.01 USD"]


def test_amount_left_out_keeps_its_cents_where_none_are_written(tmp_path: Path) -> None:
    books = booked("2020-01-01\n  a  10 EUR @ $1.3555\n  b\n\n2020-01-02\n  c  $5\n  d\n", tmp_path)

    assert amounts(list(books.entries[0].lines))[1] == ("b", "-13.56 $")
    assert books.precisions == {"$": 2, "EUR": 0}


def test_cents_are_those_of_what_is_left_out_and_of_nothing_else(tmp_path: Path) -> None:
    books = booked("2020-01-01\n  a  1 B\n  b\n  [c]  1 A @ 0.07 B\n", tmp_path)

    assert books.precisions == {"A": 0, "B": 0}


def test_precision_is_the_most_of_amounts_and_declarations(tmp_path: Path) -> None:
    text = (
        "commodity 1.0 A\nD 1.00 B\n2020-01-01\n"
        "  a  1.000 A @ 1.23456 B\n  b  = -2.5 C\n  c  1.1 C @ 0.1 D\n  d\n"
    )

    assert booked(text, tmp_path).precisions == {"A": 3, "B": 2, "C": 1, "D": 2}


def test_entries_come_in_the_order_of_days_then_of_the_file(tmp_path: Path) -> None:
    books = booked("2020-01-02 c\n2020-01-01 a\n2020-01-02 d\n2020-01-01 b\n", tmp_path)

    assert [entry.description for entry in books.entries] == ["a", "b", "c", "d"]


def test_books_keep_what_is_declared_and_what_is_left(tmp_path: Path) -> None:
    text = "account a  ; type:A\nP 2020-01-01 EUR $1.35\n~ monthly\n  a  1\n\npayee Shop\n"

    books = booked(text, tmp_path)

    assert [(account.account, account.kind) for account in books.accounts] == [("a", "asset")]
    assert [(rate.commodity, rate.worth) for rate in books.rates] == [
        ("EUR", Amount(Decimal("1.35"), "$"))
    ]
    assert [left.what for left in books.left] == ["periodic rule: ~ monthly\na  1", "payee Shop"]


BEFORE = "2013/1/1\n  a  $1\n  a  1EUR\n  b  $-1\n  c  -1EUR\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "2013/1/1\n  a  $1  =$1\n  b  =$-1\n\n2013/1/2\n  a  $1  =$2\n  b  $-1  =$-2\n",
        BEFORE + "2013/1/2\n  a  0 = $1\n  a  0 = 1EUR\n  b  0 == $-1\n  c  0 == -1EUR\n",
        "2013/1/1\n  a:usd  $1\n  a:euro  1EUR\n  b\n\n"
        "2013/1/2\n  a  0 == 0\n  a:usd  0 == $1\n  a:euro  0 == 1EUR\n",
        "2019/1/1\n  (a)  $1 @ EUR1 = $1\n",
        "2019/1/1\n  equity:opening balances\n  checking:a  5\n  checking:b  5\n"
        "  checking  1 ==* 11\n",
        "2020-02-01\n  a  1 A = 2 A\n  c\n\n2020-01-01\n  a  1 A = 1 A\n  c\n",
        "2020-01-01\n  a  1 A = 2 A\n  a  1 A = 1 A ; date:2019-01-01\n  d  -2 A\n",
        "2020-01-01\n  (a)  1 A = 1 A\n  a  1 A = 2 A\n  c\n",
        "2020-01-01\n  a  1.00 A = 1 A\n  c\n",
        "2020-01-01\n  ab  7\n  a:b  2\n  a  1 =* 3\n  c\n",
    ],
)
def test_assertions_of_the_manual_hold(text: str, tmp_path: Path) -> None:
    assert booked(text, tmp_path).entries


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        (BEFORE + "2013/1/3\n  a  0 == $1\n", (8, 8), "a should hold 0 EUR here and holds 1 EUR"),
        ("2020-01-01\n  a  1 A = 2 A\n  c\n", (2, 10), "a should hold 2 A here and holds 1 A"),
        ("2020-01-01\n  a  1 A = 1.001 A\n  c\n", (2, 10), "hold 1.001 A here and holds 1 A"),
        ("2020-01-01\n  a:b  1\n  a  0 = 1\n  c\n", (3, 8), "a should hold 1 here and holds 0"),
        ("2020-02-01\n  a  1 = 1\n  c\n\n2020-01-01\n  a  1\n  c\n", (2, 8), "holds 2"),
        ("2020-01-01\n  a  1\n  c\n\n2020-01-01\n  c\n  a  = 5\n  c  0 = -5\n", (8, 8), "holds -1"),
    ],
)
def test_assertion_that_fails_is_named_with_what_is_there(
    text: str, place: tuple[int, int], told: str, tmp_path: Path
) -> None:
    error = refused(text, tmp_path)

    assert error.place[1:] == place
    assert told in error.reason


def test_balances_are_assigned_as_in_the_manual(tmp_path: Path) -> None:
    text = (
        "2016/1/1 opening balances\n"
        "  assets:checking  = $409.32\n"
        "  assets:savings  = $735.24\n"
        "  assets:cash  = $42\n"
        "  equity:opening balances\n\n"
        "2016/1/15\n"
        "  assets:cash  = $0\n"
        "  expenses:misc\n"
    )

    books = booked(text, tmp_path)

    assert amounts(list(books.entries[0].lines))[3] == ("equity:opening balances", "-1186.56 $")
    assert amounts(list(books.entries[1].lines)) == [
        ("assets:cash", "-42 $"), ("expenses:misc", "42.00 $"),
    ]  # fmt: skip


def test_price_of_an_assigned_balance_is_that_of_the_manual(tmp_path: Path) -> None:
    (found,) = lines("  (a)  = $1 @ EUR2\n", tmp_path)

    assert (found.number, found.price) == (Decimal(1), Price(Amount(Decimal(2), "EUR")))
    assert values([found]) == ["2 EUR"]


@pytest.mark.parametrize(
    ("claim", "assigned"),
    [
        ("= 5 A", [("a", "4 A"), ("c", "-4 A")]),
        ("=* 5 A", [("a", "2 A"), ("c", "-2 A")]),
        ("== 5 A", [("a", "-3 B"), ("a", "4 A"), ("c", "3 B"), ("c", "-4 A")]),
        ("= 5 A @ 2 C", [("a", "-1 A"), ("a", "5 A"), ("c", "1 A"), ("c", "-10 C")]),
        ("= 5 A\n  a  = 7 A", [("a", "4 A"), ("a", "2 A"), ("c", "-6 A")]),
    ],
)
def test_assigned_balance_is_reached_as_hledger_reaches_it(
    claim: str, assigned: list[tuple[str, str]], tmp_path: Path
) -> None:
    above = "2019-01-01\n  a  3 B\n  a  1 A\n  a:b  2 A\n  c\n"

    assert amounts(lines(f"  a  {claim}\n  c\n", tmp_path, above)) == assigned


def test_balance_is_assigned_by_day_and_not_by_line(tmp_path: Path) -> None:
    text = (
        "2020-02-01\n  a  = 5 A\n  c\n\n2020-01-01\n  a  1 A\n  c\n\n"
        "2020-03-01\n  a  1 A = 6 A\n  c  = -6 A\n"
    )

    assert balances(booked(text, tmp_path)) == {("a", "A"): Decimal(6), ("c", "A"): Decimal(-6)}


def test_balance_is_not_assigned_to_a_day_of_its_own(tmp_path: Path) -> None:
    error = refused("2020-01-01\n  a  = 5 A ; date:2020-02-01\n  c\n", tmp_path)

    assert error.place[1:] == (2, 3)
    assert "needs an amount" in error.reason


def test_statement_of_the_other_format_is_refused() -> None:
    statement = Assertion(None, "a", Amount(Decimal(1), "A"), None, Place("x", 3))

    with pytest.raises(JournalError, match="beancount"):
        book([statement])
