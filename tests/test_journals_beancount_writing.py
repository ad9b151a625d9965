"""Books are written as beancount files that bean-check accepts and that read back the same."""

import shutil
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boconsole.journals.beancount.booking import book
from boconsole.journals.beancount.names import account_names, commodity_names, field_names
from boconsole.journals.beancount.reading import read
from boconsole.journals.beancount.writing import write
from boconsole.journals.parts import (
    BALANCED,
    UNBALANCED,
    AccountLine,
    Amount,
    Books,
    Claim,
    Entry,
    JournalError,
    Line,
    Lot,
    Price,
    Rate,
)
from tests.beancount_text import balances, booked, lines, unbalanced

SHARED = Path(__file__).parents[2] / "shared" / "data" / "ledger" / "example.beancount"
DAY = date(2024, 1, 31)


def written(folder: Path, books: Books) -> Path:
    path = folder / "written.beancount"
    path.write_text("".join(write(books)), encoding="utf-8")
    return path


def books_of(*made: Line, accounts: tuple[AccountLine, ...] = (), **head: object) -> Books:
    entry = Entry(DAY, None, "*", "", "", "", made)._replace(**head)  # type: ignore[arg-type]
    return Books([entry], accounts, {}, [], [])


def line(account: str, number: str, commodity: str = "USD", **more: object) -> Line:
    amount = Decimal(number)
    return Line(account, amount, commodity, amount, commodity)._replace(**more)  # type: ignore[arg-type]


def check(path: Path) -> None:
    """Let beancount's own program judge a file."""
    program = shutil.which("bean-check")
    if program is None:
        pytest.skip("bean-check is not installed: beancount did not judge what we write")
    done = subprocess.run([program, str(path)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture
def example() -> Path:
    if not SHARED.exists():
        pytest.skip(f"{SHARED.name} is not beside the checkout")
    return SHARED


def test_example_books_whole(example: Path) -> None:
    books = book(read(example))

    assert len(books.entries) == 1146
    assert sum(len(entry.lines) for entry in books.entries) == 3549
    assert len(books.rates) == 930
    assert len(books.accounts) == 60
    assert unbalanced(books.entries) == []
    assert books.reporting == ("USD",)


def test_example_has_the_totals_that_beancount_says(example: Path) -> None:
    books = book(read(example))

    totals = {
        (year, root): sum(
            line.value
            for entry in books.entries
            for line in entry.lines
            if entry.dated.year == year
            and line.account.startswith(root)
            and line.value_commodity == "USD"
        )
        for year in (2013, 2014, 2015)
        for root in ("Income", "Expenses")
    }
    assert totals == {
        (2013, "Income"): Decimal("-129492.69"), (2013, "Expenses"): Decimal("93075.96"),
        (2014, "Income"): Decimal("-129184.98"), (2014, "Expenses"): Decimal("94605.10"),
        (2015, "Income"): Decimal("-130853.37"), (2015, "Expenses"): Decimal("91343.19"),
    }  # fmt: skip
    held = balances(books)
    assert held["Assets:US:BofA:Checking", "USD"] == Decimal("3043.23")
    assert held["Liabilities:US:Chase:Slate", "USD"] == Decimal("-2941.56")


def test_example_with_one_cent_more_fails_its_next_assertion(example: Path, tmp_path: Path) -> None:
    text = example.read_text(encoding="utf-8").replace(
        "balance Assets:US:BofA:Checking        3202.49", "balance Assets:US:BofA:Checking  3202.51"
    )
    path = tmp_path / "wrong.beancount"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(JournalError) as refused:
        book(read(path))

    assert "holds 3202.49 USD, not 3202.51 USD: 0.02 differ" in refused.value.reason


def test_example_is_written_and_read_back(example: Path, tmp_path: Path) -> None:
    books = book(read(example))

    again = book(read(written(tmp_path, books)))

    assert balances(again) == balances(books)
    assert '"NONE"' not in (tmp_path / "written.beancount").read_text(encoding="utf-8")
    assert {account[:5] for account in again.accounts} == {
        account[:5] for account in books.accounts
    }
    assert [entry.lines for entry in again.entries] == [
        list(entry.lines) for entry in books.entries
    ]


def test_bean_check_accepts_the_example_as_we_write_it(example: Path, tmp_path: Path) -> None:
    check(written(tmp_path, book(read(example))))


def foreign() -> Books:
    """Return books as another format gives them: names, lots and lines beancount has not."""
    lot = Lot(Decimal("10.00"), None, "$", date(2024, 1, 1), "a")
    bought = Entry(
        DAY, date(2024, 2, 2), "", "INV 7", "Bäckerei", 'Bäckerei | "bread" \\ rolls',
        [
            line("assets:broker", "3", "acme inc", value=Decimal("30.00"), value_commodity="$",
                 lot=lot),
            line("assets:broker", "-1", "acme inc", value=Decimal("-10.00"),
                 value_commodity="$", lot=lot._replace(label="other")),
            line("assets:cash:€ box", "-3", "€", value=Decimal("-10.00"), value_commodity="$"),
            line("revenues", "-10.00", "$", status="!", dated=date(2024, 2, 3),
                 tags=(("Project", "x y"), ("seen", "")), comment="one\ntwo",
                 claim=Claim(Amount(Decimal("-10.00"), "$"))),
            line("budget:food", "5.00", "$", kind=UNBALANCED),
            line("budget:a", "5.00", "$", kind=BALANCED),
            line("budget:b", "-5.00", "$", kind=BALANCED),
            line("bank", "1", "EUR", value=Decimal("1.5"), value_commodity="$",
                 price=Price(Amount(Decimal("1.5"), "$"))),
            line("bank", "-1", "GBP", value=Decimal("-1.5"), value_commodity="$",
                 price=Price(Amount(Decimal("1.5"), "$"), total=True)),
        ],
        tags=(("trip", ""), ("Kind Of", "large"), ("kind-Of", "small")), links=("a-b", "c d"),
        comment="bought\nnew",
    )  # fmt: skip
    accounts = (AccountLine("bank", kind="cash"), AccountLine("unused", closed=DAY))
    rates = [Rate(DAY, "€", Amount(Decimal("1.08"), "$"))]
    return Books([bought], accounts, {}, rates, [], ("$",))


def test_foreign_books_are_written_and_read_back(tmp_path: Path) -> None:
    text = written(tmp_path, foreign()).read_text(encoding="utf-8")

    again = book(read(tmp_path / "written.beancount"))

    dollar = "DOLLAR-SIGN"
    assert balances(again) == {
        ("Assets:Broker", "ACME-INC"): 2,
        ("Assets:Cash:X--box", "EURO-SIGN"): -3,
        ("Income:Revenues", dollar): Decimal("-10.00"),
        ("Equity:Budget:A", dollar): Decimal("5.00"),
        ("Equity:Budget:B", dollar): Decimal("-5.00"),
        ("Assets:Bank", "EUR"): 1,
        ("Assets:Bank", "GBP"): -1,
    }
    assert again.entries[0].payee == "Bäckerei"
    assert again.entries[0].description == '"bread" \\ rolls'
    assert "  ; left out, virtual and not balanced: Equity:Budget:Food  5.00 DOLLAR-SIGN\n" in text
    assert "    ; asserted balance: -10.00 DOLLAR-SIGN\n" in text
    assert '2024-01-31 open Assets:Cash:X--box\n  original: "assets:cash:€ box"\n' in text


def test_bean_check_accepts_foreign_books(tmp_path: Path) -> None:
    check(written(tmp_path, foreign()))


def test_account_that_loses_lots_it_never_had_is_opened_without_booking(tmp_path: Path) -> None:
    text = written(tmp_path, foreign()).read_text(encoding="utf-8")

    assert '2024-01-31 open Assets:Broker "NONE"\n' in text


def test_account_that_holds_the_opposite_without_cost_is_opened_without_booking(
    tmp_path: Path,
) -> None:
    lot = Lot(Decimal(2), None, "USD", DAY)
    books = books_of(
        line("Assets:A", "-5", "HOOL", value=Decimal(-10), value_commodity="USD"),
        line("Assets:B", "10"),
        line("Assets:A", "1", "HOOL", value=Decimal(2), value_commodity="USD", lot=lot),
        line("Assets:B", "-2"),
    )
    again = books._replace(entries=[books.entries[0], books.entries[0]])

    assert balances(book(read(written(tmp_path, again)))) == balances(again)


def test_account_keeps_its_commodities_only_where_it_keeps_to_them(tmp_path: Path) -> None:
    books = books_of(
        line("Assets:A", "1"),
        line("Assets:B", "-1"),
        accounts=(
            AccountLine("Assets:A", commodities=("USD", "EUR")),
            AccountLine("Assets:B", commodities=("EUR",)),
        ),
    )

    text = "".join(write(books))

    assert "open Assets:A USD,EUR\n" in text
    assert "open Assets:B\n" in text


def test_way_to_book_stays_with_its_account(tmp_path: Path) -> None:
    books = booked(tmp_path, '2001-01-01 open Assets:Old USD "FIFO"\n')

    assert '2001-01-01 open Assets:Old USD "FIFO"\n' in "".join(write(books))


def test_flags_are_written_as_they_were(tmp_path: Path) -> None:
    text = "2001-01-01 P\n  % Assets:Bank  1 USD\n  ! Assets:Cash  -1 USD\n"
    books = booked(tmp_path, text)

    again = book(read(written(tmp_path, books)))

    assert again.entries[0].tags == (("flag", "P"),)
    assert [(one.status, one.tags) for one in lines(again)] == [
        ("", (("flag", "%"),)), ("!", ()),
    ]  # fmt: skip


def test_price_that_does_not_weigh_the_line_is_not_written(tmp_path: Path) -> None:
    books = books_of(
        line("Assets:A", "3", "EUR", value=Decimal("3.30"), value_commodity="USD",
             price=Price(Amount(Decimal(9), "CHF"))),
        line("Assets:A", "2", "USD", price=Price(Amount(Decimal(9), "CHF"))),
        line("Assets:B", "-5.30"),
    )  # fmt: skip

    text = "".join(write(books))

    assert "3 EUR @@ 3.30 USD\n" in text
    assert "2 USD\n" in text


def test_rest_of_a_price_of_all_is_tolerated(tmp_path: Path) -> None:
    books = books_of(
        line("Assets:A", "3", "EUR", value=Decimal(10), value_commodity="USD"),
        line("Assets:B", "-10"),
    )

    again = book(read(written(tmp_path, books)))

    assert [one.value for one in again.entries[0].lines] == [10, -10]


def test_account_opens_at_its_first_use(tmp_path: Path) -> None:
    books = books_of(
        line("Assets:A", "1"),
        line("Assets:B", "-1"),
        accounts=(
            AccountLine("Assets:A", date(2024, 6, 1), date(2023, 1, 1)),
            AccountLine("Assets:B", date(2020, 1, 1), date(2025, 1, 1)),
        ),
    )

    text = "".join(write(books))

    assert "2024-01-31 open Assets:A\n" in text
    assert "close Assets:A" not in text
    assert "2020-01-01 open Assets:B\n2025-01-01 close Assets:B\n" in text


def test_names_that_are_allowed_stay_and_others_never_meet_them() -> None:
    names = account_names(
        ["Assets:Bank", "assets:bank", "Assets:bank", "expenses", "x", "Équipe:a", ""], {}
    )

    assert names["Assets:Bank"] == "Assets:Bank"
    assert len(set(names.values())) == 7
    assert {names["assets:bank"], names["Assets:bank"]} == {"Assets:Bank-2", "Assets:Bank-3"}
    assert names["expenses"] == "Expenses:Expenses"
    assert names["Équipe:a"] == "Equity:Équipe:A"


def test_kind_of_an_account_counts_for_those_below() -> None:
    names = account_names(["bank:checking", "owed"], {"bank": "cash", "owed": "liability"})

    assert names == {"bank:checking": "Assets:Bank:Checking", "owed": "Liabilities:Owed"}


@given(st.lists(st.text(min_size=0, max_size=6)))
def test_any_names_are_changed_to_different_ones_that_are_allowed(given_names: list[str]) -> None:
    for change in (
        lambda names: account_names(names, {}), commodity_names, field_names,
    ):  # fmt: skip
        names = change(given_names)
        assert set(names) == set(given_names)
        assert len(set(names.values())) == len(names)
        assert change(names.values()) == {name: name for name in names.values()}


_TEXT = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\x85\u2028\u2029\x0b\x0c\x1c\x1d\x1e\x00"),
    max_size=8,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    accounts=st.lists(_TEXT, min_size=2, max_size=2),
    commodities=st.lists(_TEXT, min_size=2, max_size=2, unique=True),
    number=st.decimals(-(10**15), 10**15, places=3).filter(bool),
    worth=st.decimals("0.01", 10**15, places=2),
    texts=st.lists(_TEXT, min_size=5, max_size=5),
)
def test_any_books_read_back_to_equal_balances(
    tmp_path: Path,
    accounts: list[str],
    commodities: list[str],
    number: Decimal,
    worth: Decimal,
    texts: list[str],
) -> None:
    value = worth.copy_sign(number)
    payee, description, comment, name, tag = texts
    books = books_of(
        Line(accounts[0], number, commodities[0], value, commodities[1], comment=comment),
        Line(accounts[1], -value, commodities[1], -value, commodities[1], tags=((name, tag),)),
        payee=payee,
        description=description,
        tags=((name, tag), (tag, "")),
        links=(tag,),
        comment=comment,
    )

    again = book(read(written(tmp_path, books)))

    (entry,) = again.entries
    assert [(one.number, one.value) for one in entry.lines] == [(number, value), (-value, -value)]
    assert (entry.payee, entry.description) == (payee, description) or description.startswith(payee)
