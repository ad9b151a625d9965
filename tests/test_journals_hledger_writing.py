"""Books written as hledger journals: hledger takes them, and they read back the same."""

import re
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from boconsole.journals.hledger.booking import book
from boconsole.journals.hledger.reading import read
from boconsole.journals.hledger.writing import write
from boconsole.journals.parts import (
    AccountLine,
    Amount,
    Books,
    Entry,
    JournalError,
    Line,
    Lot,
    Place,
    Price,
    Rate,
)
from tests.hledger import balances, bare, booked, judged, program, shared, written

NAMES = ("bcexample.journal", "1ktxns-100accts.journal", "sample.journal")

EVERYTHING = """\
account assets:bank  ; type:C, no: 3
  ; second line
account Trips & Fun
commodity 1.000,00 EUR
commodity "A 1"
P 2019-12-31 EUR $1.10
P 2019-12-31 "A 1" 3,5 EUR
2020-01-01=2020-01-05 ! (co de) Shop | note  ; seen: yes
  ; and more
  ! assets:bank  -12,50 EUR = -32,50 EUR  ; first
  ; date: 2020-01-03
  * Trips & Fun  12,50 EUR
  [budget:a b]  1.000 "A 1"
  [budget]
  (memo)  $-3 @ 1,10 EUR
2020-01-02 * ! x
  assets:bank  = -20,00 EUR
  equity
2020-01-02 () (x) y
  stock  10 AAPL {$30,00} [2019-12-01] @ $31,005
  stock  -2 AAPL {{$60}} @@ $62
  cash
2020-01-03 ()
  a  3 A
  a  4 A
  b  -7,01 B
  b  ==* -7,01 B
2020-01-04
  a  0 A
  (other)
"""


def circle(books: Books, folder: Path) -> tuple[Books, Path]:
    """Return books after they were written and read again, and the file."""
    journal = written("".join(write(books)), folder, "again.journal")
    return book(read(journal)), journal


@pytest.mark.parametrize("name", NAMES)
def test_shared_journals_hold_what_hledger_says_before_and_after_writing(
    name: str, tmp_path: Path
) -> None:
    source = shared(name)
    books = book(read(source))
    again, journal = circle(books, tmp_path)

    assert balances(books) == judged(source)
    assert balances(books) == judged(journal)
    assert bare(again) == bare(books)


def test_totals_of_the_example_are_those_of_the_reference() -> None:
    """Source: the totals that hledger gives, kept beside the journal."""
    books = book(read(shared("bcexample.journal")))

    found: dict[str, Decimal] = {}
    for (account, commodity), number in balances(books).items():
        if commodity == "USD":
            top = account.partition(":")[0]
            found[top] = found.get(top, Decimal(0)) + number

    assert found == {
        "Assets": Decimal("5716.53"), "Liabilities": Decimal("-2891.85"),
        "Equity": Decimal("-3077.70"), "Income": Decimal("-365071.44"),
        "Expenses": Decimal("260911.70"),
    }  # fmt: skip
    assert balances(books)["Assets:US:BofA:Checking", "USD"] == Decimal("596.05")


@pytest.mark.parametrize(
    ("year", "income", "expenses"),
    [(2012, "-129132.20", "92663.60"), (2013, "-129496.62", "93587.99"),
     (2014, "-106442.62", "74660.11")],
)  # fmt: skip
def test_years_of_the_example_are_those_of_the_reference(
    year: int, income: str, expenses: str
) -> None:
    books = book(read(shared("bcexample.journal")))

    of_year = books._replace(entries=[each for each in books.entries if each.dated.year == year])
    sums = {
        top: sum(
            number for (account, commodity), number in balances(of_year).items()
            if commodity == "USD" and account.startswith(top)
        )
        for top in ("Income", "Expenses")
    }  # fmt: skip

    assert sums == {"Income": Decimal(income), "Expenses": Decimal(expenses)}


def test_everything_is_written_so_that_it_reads_back(tmp_path: Path) -> None:
    books = booked(EVERYTHING, tmp_path)
    again, _journal = circle(books, tmp_path)

    assert bare(again) == bare(books)


def test_hledger_says_the_same_of_everything(tmp_path: Path) -> None:
    books = booked(EVERYTHING, tmp_path)
    _again, journal = circle(books, tmp_path)

    assert judged(tmp_path / "test.journal") == judged(journal) == balances(books)


def test_books_of_another_source_are_written_so_that_hledger_balances_them(tmp_path: Path) -> None:
    nowhere = Place("", 0)
    lot = Lot(Decimal(30), None, "USD")
    lines = [
        Line("Assets:Stock", Decimal(-10), "AAPL", Decimal(-300), "USD",
             Price(Amount(Decimal(35), "USD")), lot),
        Line("Assets:Cash", Decimal(350), "USD", Decimal(350), "USD", tags=(("seen", "yes"),)),
        Line("Income:Gain", Decimal(-50), "USD", Decimal(-50), "USD", dated=date(2020, 2, 3)),
    ]  # fmt: skip
    day = date(2020, 1, 2)
    entry = Entry(day, None, "*", "", "Broker", "sale; part", lines, (("a", "b"),), ("trip",))
    account = AccountLine("Assets:Stock", day, None, kind="asset")
    rate = Rate(day, "AAPL", Amount(Decimal(35), "USD"), nowhere)
    books = Books([entry], [account], {"AAPL": 0, "USD": 2}, [rate], [])

    again, journal = circle(books, tmp_path)

    assert judged(journal) == balances(books) == balances(again)
    assert [line.value for line in again.entries[0].lines] == [line.value for line in lines]
    assert again.entries[0].payee == "Broker"
    assert again.entries[0].description == "Broker | sale, part"
    assert again.entries[0].tags == (("a", "b"), ("link", "trip"))
    assert again.entries[0].lines[1].tags == (("seen", "yes"),)
    assert again.entries[0].lines[2].dated == date(2020, 2, 3)
    assert again.accounts[0].note == "opened: 2020-01-02"
    assert next(write(books)) == "decimal-mark .\n\n"


@pytest.mark.parametrize("account", ["a  b", "* a", "(a)", ";a", "a\nb", " a", ""])
def test_account_that_cannot_be_written_is_refused(account: str, tmp_path: Path) -> None:
    books = booked("2020-01-01\n  x  0 A\n", tmp_path)
    line = books.entries[0].lines[0]._replace(account=account)
    books = books._replace(entries=[books.entries[0]._replace(lines=[line])])

    with pytest.raises(JournalError, match="cannot be written"):
        list(write(books))


def test_commodity_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    books = booked("2020-01-01\n  x  0 A\n", tmp_path)._replace(precisions={'a"b': 2})

    with pytest.raises(JournalError, match="cannot be written"):
        list(write(books))


few = settings(
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

numbers = st.decimals(-9999, 9999, places=2).map(lambda number: f"{number:f}")
commodities = st.sampled_from(["USD", "$", "EUR", '"A 1"', ""])
amounts = st.tuples(numbers, commodities).map(" ".join)
worths = st.tuples(st.decimals(0, 99, places=4).map(str), commodities).map(" ".join)
costs = st.one_of(
    st.just(""),
    st.just(""),
    worths.map(" @ {}".format),
    worths.map(" @@ {}".format),
    worths.map(" {{{}}}".format),
)
accounts = st.sampled_from(["a", "a:b", "a b:c", "(a)", "[b]", "[c]", "* b", "! é:x"])
comments = st.sampled_from(["", "", "  ; x", "  ; date: 2020-02-01", "\n  ; k: v, l:\n  ;"])
postings = st.tuples(accounts, amounts, costs, comments).map(
    lambda parts: f"  {parts[0]}  {parts[1]}{parts[2]}{parts[3]}\n"
)
heads = st.sampled_from(
    ["2020-01-02 x", "2020-01-01 * p | n  ; t: u", "2019-12-31=2020-01-01 ! (c) ; k", "2020-01-02"]
)
entries = st.tuples(heads, st.lists(postings, max_size=4)).map(
    lambda parts: f"{parts[0]}\n{''.join(parts[1])}  rest\n  [c]  0\n  [rest]\n\n"
)
above = st.sampled_from(["", "commodity 1.0 EUR\n", "D 1.00 USD\n", "P 2020-01-01 EUR 1.5 USD\n"])
journals = st.tuples(above, st.lists(entries, max_size=4)).map(
    lambda parts: parts[0] + "".join(parts[1])
)


@given(text=journals)
@few
def test_values_of_every_entry_are_zero_in_sum(text: str, tmp_path: Path) -> None:
    for entry in booked(text, tmp_path).entries:
        totals: dict[tuple[int, str], Decimal] = {}
        for line in entry.lines:
            if line.kind != 2:
                key = (line.kind, line.value_commodity)
                totals[key] = totals.get(key, Decimal(0)) + line.value
        assert not any(totals.values())


@given(text=journals)
@few
def test_any_books_read_back_as_they_were_written(text: str, tmp_path: Path) -> None:
    books = booked(text, tmp_path)
    again, _journal = circle(books, tmp_path)

    assert bare(again) == bare(books)


@given(text=journals)
@settings(few, max_examples=15)
def test_hledger_takes_any_books_that_are_written(text: str, tmp_path: Path) -> None:
    program()
    books = booked(text, tmp_path)
    _again, journal = circle(books, tmp_path)

    assert judged(journal) == balances(books)


pieces = st.sampled_from(
    [
        *re.findall(r"\S+|\s+", EVERYTHING),
        *("comment\n", "alias ", "/a(/", "apply account x\n", "Y", "D ", "~ ", "= ", "@@", "{"),
        *("include *\n", "\x00", "\ufeff", "\u2028", "\xa0", "é", "\r", "==*", "[1/2]", "date:"),
    ]
)


@given(text=st.one_of(st.text(max_size=80), st.lists(pieces, max_size=40).map("".join)))
@example(text="2020-01-01\n  a  1 A @@ " + "9" * 90 + " B\n  b\n")
@example(text="2020-01-01\n  a  1E-99 A @ 1E-99 B\n  b\n")
@example(text="alias /a{99999999999}/ = b\n")
@example(text="Y999999999\n1/1\n")
@example(text="include [\n")
@example(text="include \x00\n")
@settings(few, max_examples=400)
def test_any_text_is_read_or_refused(text: str, tmp_path: Path) -> None:
    data = text.encode(errors="surrogatepass")
    journal = tmp_path / "any.journal"
    journal.write_bytes(data)

    with suppress(JournalError):
        list(write(book(read(journal))))
