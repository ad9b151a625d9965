"""Amounts of hledger journals: numbers, signs, marks, prices, lots.

The cases named "manual" are those of hledger's manual, "Amounts" to "Lot prices".
"""

from decimal import Decimal
from pathlib import Path

import pytest

from boconsole.journals.hledger.reading import read
from boconsole.journals.parts import Amount, Claim, JournalError, Lot, Posting, Price, Transaction
from tests.hledger import refused, written


def posting(text: str, folder: Path, above: str = "", account: str = "(a)") -> Posting:
    """Return what is read of an account with a text behind it."""
    journal = written(f"{above}\n2020-02-03\n  {account}  {text}\n", folder)
    return next(found for found in read(journal) if isinstance(found, Transaction)).postings[0]


def amount(number: str, commodity: str = "") -> Amount:
    return Amount(Decimal(number), commodity)


@pytest.mark.parametrize("account", ["a b", "(a)"])
@pytest.mark.parametrize(
    ("text", "number", "commodity"),
    [
        ("1", "1", ""),
        ("$1", "1", "$"),
        ("4000 AAPL", "4000", "AAPL"),
        ('3 "green apples"', "3", "green apples"),
        ("-$1", "-1", "$"),
        ("$-1", "-1", "$"),
        ("+ $1", "1", "$"),
        ("$- 1", "-1", "$"),
        ("1E-6", "0.000001", ""),
        ("EUR 1E3", "1000", "EUR"),
        ("1.23", "1.23", ""),
        ("1,23456780000009", "1.23456780000009", ""),
        ("$1,000,000.00", "1000000.00", "$"),
        ("EUR 2.000.000,00", "2000000.00", "EUR"),
        ("INR 9,99,99,999.00", "99999999.00", "INR"),
        ("1 000 000.9455", "1000000.9455", ""),
        ("1,000", "1.000", ""),
        ("1.000", "1.000", ""),
    ],
)
def test_amounts_of_the_manual_are_read(
    text: str, number: str, commodity: str, tmp_path: Path, account: str
) -> None:
    read_amount = posting(text, tmp_path, account=account).amount

    assert read_amount == amount(number, commodity)
    assert read_amount.number.as_tuple() == Decimal(number).as_tuple()


@pytest.mark.parametrize("account", ["a b", "(a)"])
@pytest.mark.parametrize(
    ("text", "number", "commodity"),
    [
        ("1 000", "1000", ""),
        ("1 000,50 EUR", "1000.50", "EUR"),
        ("1,000,000", "1000000", ""),
        ("1.000.000", "1000000", ""),
        ("1,000.", "1000", ""),
        ("-1,234,567.50 EUR", "-1234567.50", "EUR"),
        ("12,34.5", "1234.5", ""),
        (".5", "0.5", ""),
        ("5,", "5", ""),
        ("-$-1", "1", "$"),
        ("- 1 USD", "-1", "USD"),
        ("1USD", "1", "USD"),
        ("USD1", "1", "USD"),
        ('"a b"-1', "-1", "a b"),
        ("1 A%b", "1", "A%b"),
        ("1e3EUR", "1000", "EUR"),
        ("-0", "0", ""),
    ],
)
def test_numbers_and_signs_are_read_as_hledger_reads_them(
    text: str, number: str, commodity: str, tmp_path: Path, account: str
) -> None:
    assert posting(text, tmp_path, account=account).amount == amount(number, commodity)


@pytest.mark.parametrize("account", ["a b", "(a)"])
@pytest.mark.parametrize(
    ("above", "text", "number"),
    [
        ("commodity $1,000.00", "$1,000", "1000"),
        ("commodity $1,000.00", "$1.000", "1.000"),
        ("commodity $1,000.00", "1,000", "1.000"),
        ("commodity $1,000.00", "$1.000,5", "1000.5"),
        ("commodity 1.000,00 EUR", "1.000 EUR", "1000"),
        ("commodity 1.000,00 EUR", "EUR 1,000", "1.000"),
        ("commodity 1.000,00 EUR", "1.5 EUR", "15"),
        ("commodity EUR\n  format 1.000,00 EUR\n", "1.000 EUR", "1000"),
        ("commodity 1 000.\n", "1,000", "1000"),
        ("decimal-mark ,", "1.000 EUR", "1000"),
        ("decimal-mark ,", "1,000", "1.000"),
        ("decimal-mark .\ncommodity 1.000,00 EUR", "1.000 EUR", "1.000"),
        ("decimal-mark , ; all", "$1.000.000", "1000000"),
        ("D 1.000,00 EUR", "1.000", "1000"),
        ("D 1.000,00 EUR", "$1.000", "1000"),
        ("D $1.00", "1,000 EUR", "1000"),
        ("D $1.00\ncommodity 1.000,00 EUR", "1,000 EUR", "1.000"),
    ],
)
def test_directives_say_which_mark_is_the_decimal_one(
    above: str, text: str, number: str, tmp_path: Path, account: str
) -> None:
    assert posting(text, tmp_path, above, account).amount.number == Decimal(number)


def test_bare_numbers_take_the_default_commodity_as_in_the_manual(tmp_path: Path) -> None:
    found = posting("5 @ 2 = 7", tmp_path, "D $1,000.00")

    assert found.amount == amount("5", "$")
    assert found.price == Price(amount("2", "$"))
    assert found.claim.amount == amount("7", "$")


def test_format_of_a_commodity_stands_above_the_default(tmp_path: Path) -> None:
    above = "commodity 1.000,00 EUR\nD 1,000.00 EUR"

    assert posting("1.000", tmp_path, above).amount == amount("1000", "EUR")


@pytest.mark.parametrize("account", ["a b", "(a)"])
@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("100 EUR @ $1.35", Price(amount("1.35", "$"))),
        ("100 EUR @@ $135", Price(amount("135", "$"), total=True)),
        ("1 A (@) 2 B", Price(amount("2", "B"))),
        ("1 A (@@) 2 B", Price(amount("2", "B"), total=True)),
        ("1 A@2B", Price(amount("2", "B"))),
        ("-1 A @@ -2 B", Price(amount("-2", "B"), total=True)),
        ("1 A {3 B} @ 2 B", Price(amount("2", "B"))),
        ("1 A @ 2 B {3 B}", Price(amount("2", "B"))),
    ],
)
def test_price_is_read(text: str, price: Price, tmp_path: Path, account: str) -> None:
    assert posting(text, tmp_path, account=account).price == price


@pytest.mark.parametrize(
    ("text", "lot"),
    [
        ("1 A {3 B}", Lot(Decimal(3), None, "B")),
        ("1 A {=3 B}", Lot(Decimal(3), None, "B")),
        ("2 A {{$3.50}}", Lot(None, Decimal("3.50"), "$")),
        ("1 A [2019-01-02] {3 B}", Lot(Decimal(3), None, "B", acquired="2019-01-02")),
        ("1 A {3 B} [2019/1/2] @ 2 B", Lot(Decimal(3), None, "B", acquired="2019-01-02")),
        ("1 A [01/02]", Lot(acquired="2020-01-02")),
    ],
)
def test_lot_of_ledger_is_read(text: str, lot: Lot, tmp_path: Path) -> None:
    found = posting(text, tmp_path).lot

    assert found._replace(acquired=found.acquired and str(found.acquired)) == lot


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("1 A = 1 A", Claim(amount("1", "A"), column=12)),
        ("1 A == 1 A", Claim(amount("1", "A"), sole=True, column=12)),
        ("1 A =* 1 A", Claim(amount("1", "A"), inclusive=True, column=12)),
        ("1 A ==* 1 A", Claim(amount("1", "A"), sole=True, inclusive=True, column=12)),
        ("1 A @ 2 B=1 A", Claim(amount("1", "A"), column=17)),
        ("= $1 @ EUR2", Claim(amount("1", "$"), False, False, Price(amount("2", "EUR")), 8)),
    ],
)
def test_asserted_balance_is_read(text: str, claim: Claim, tmp_path: Path) -> None:
    assert posting(text, tmp_path).claim == claim


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("1.2,3.4", 13),
        ("1,,000", 10),
        ("1 000e3", 8),
        ("1E EUR", 9),
        ("1 E3", 11),
        ("--1", 9),
        ("$1 USD", 11),
        ("1'000", 10),
        ('1""', 9),
        ('1 "a', 10),
        ("$", 9),
        ("1 A @ ", 14),
        ("1 A @ 2 B @ 3 B", 18),
        ("1 A {3 B} {3 B}", 18),
        ("1 A {3 B", 16),
        ("1 A {{3 B}", 17),
        ("1 A {}", 13),
        ("1 A (label)", 12),
        ("1 A [2020-13-01]", 13),
        ("1 A = ", 14),
        ("1 A === 1 A", 14),
        ("1 A x", 12),
        ("1" * 101, 8),
        ("1E200", 8),
    ],
)
def test_what_is_no_amount_is_refused_at_its_column(text: str, column: int, tmp_path: Path) -> None:
    error = refused(f"2020-02-03\n  (a)  {text}\n", tmp_path)

    assert isinstance(error, JournalError)
    assert error.place[1:] == (2, column)
