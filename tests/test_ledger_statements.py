"""Trial balance, balance sheet, income statement, changes in equity, ledger and journal."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from boconsole.errors import InvalidChangeError, NotAllowedError
from boconsole.ledger import accounts, closing
from boconsole.ledger.accounts import NewAccount
from boconsole.ledger.errors import UnknownCommodityError
from boconsole.ledger.statements import details, spans
from boconsole.ledger.statements.equity import equity_changes
from boconsole.ledger.statements.performance import income_statement
from boconsole.ledger.statements.position import balance_sheet
from boconsole.ledger.statements.trial import trial_balance
from boconsole.session import Session
from db import connection
from db.fields import number_of
from db.ledger import charts
from db.ledger import statements as stored
from tests.books import draft, enter, open_books, sale
from tests.figures import broken, counted, row, rows, told, total

END = date(2026, 12, 31)


@pytest.fixture(scope="module")
def kept_books(one_database: tuple[str, Session]) -> None:
    """Two years: capital and a sale in 2025, a sale, rent and a loan in 2026."""
    _url, session = one_database
    open_books(session)
    enter(session, "Assets:Bank  1000.00 USD", "Equity:Capital", day=date(2025, 1, 1))
    sale(session, "300.00", date(2025, 6, 15))
    sale(session, "100.00", date(2026, 5, 4))
    enter(session, "Expenses:Rent  40.00 USD", "Assets:Bank", day=date(2026, 5, 31))
    enter(session, "Assets:Bank  500.00 USD", "Liabilities:Loan", day=date(2026, 6, 1))


@pytest.fixture
def books(kept_books: None, passing_session: Session) -> Session:
    """The kept books; what a test does to them is taken back."""
    return passing_session


def value(session: Session, code: str, quote: str, day: date, worth: str) -> None:
    known = {each.code: each.id for each in charts.select_commodities()}
    charts.put_rates([(known[code], known[quote], number_of(day), worth)])


def test_trial_balance_is_zero_and_debit_is_positive(books: Session) -> None:
    trial = trial_balance(books, ends=END)

    assert trial.signs == "debit"
    assert total(trial, "accounts") == {}
    assert rows(trial, "accounts") == {
        "Assets:Bank": "1860.00", "Equity:Capital": "-1000.00", "Expenses:Rent": "40.00",
        "Income:Sales": "-400.00", "Liabilities:Loan": "-500.00",
    }  # fmt: skip
    assert rows(trial, "sides") == {"Debit": "1900.00", "Credit": "1900.00"}
    assert broken(trial) == []


def test_trial_balance_of_a_period_shows_what_was_before(books: Session) -> None:
    trial = trial_balance(books, date(2026, 1, 1), END)

    assert [column.key for column in trial.columns] == ["opening", "movement", "closing"]
    assert [told(trial, cell.values) for cell in row(trial, "Assets:Bank").own] == [
        {"USD": "1300.00"}, {"USD": "560.00"}, {"USD": "1860.00"},
    ]  # fmt: skip
    assert broken(trial) == []


def test_balance_sheet_shows_the_result_that_is_not_closed(books: Session) -> None:
    sheet = balance_sheet(books, END)

    assert sheet.signs == "natural"
    assert total(sheet, "assets") == {"USD": "1860.00"}
    assert total(sheet, "liabilities") == {"USD": "500.00"}
    assert rows(sheet, "equity") == {
        "Equity:Capital": "1000.00", "Result not yet closed": "360.00",
    }  # fmt: skip
    assert broken(sheet) == []


@pytest.mark.parametrize(
    ("day", "bank"),
    [
        (date(2024, 12, 31), {}),
        (date(2025, 1, 1), {"USD": "1000.00"}),
        (date(2025, 6, 14), {"USD": "1000.00"}),
        (date(2025, 6, 15), {"USD": "1300.00"}),
        (date(2026, 5, 30), {"USD": "1400.00"}),
        (date(2026, 5, 31), {"USD": "1360.00"}),
    ],
)
def test_balance_sheet_is_that_of_any_day(books: Session, day: date, bank: dict[str, str]) -> None:
    sheet = balance_sheet(books, day)

    assert total(sheet, "assets") == bank
    assert broken(sheet) == []


def test_balance_sheet_is_compared_with_the_month_and_the_year_before(books: Session) -> None:
    month = balance_sheet(books, date(2026, 6, 30), compare="previous")
    year = balance_sheet(books, date(2026, 6, 30), compare="year")

    assert month.columns[1].ends == date(2026, 5, 31)
    assert [total(month, "assets", place) for place in (0, 1)] == [
        {"USD": "1860.00"}, {"USD": "1360.00"},
    ]  # fmt: skip
    assert total(year, "assets", 1) == {"USD": "1300.00"}
    assert broken(month) == broken(year) == []


def test_income_statement_counts_its_days_alone(books: Session) -> None:
    income = income_statement(books, date(2026, 1, 1), END, compare="year")

    assert [total(income, "income", place) for place in (0, 1)] == [
        {"USD": "100.00"}, {"USD": "300.00"},
    ]  # fmt: skip
    assert total(income, "expenses") == {"USD": "40.00"}
    assert total(income, "net-income") == {"USD": "60.00"}
    assert broken(income) == []


def test_closing_moves_the_result_and_the_income_statement_stays(books: Session) -> None:
    closing.close(books, "2025")

    sheet = balance_sheet(books, END)
    income = income_statement(books, date(2025, 1, 1), date(2025, 12, 31))

    assert rows(sheet, "equity") == {
        "Equity:Capital": "1000.00", "Equity:Retained Earnings": "300.00",
        "Result not yet closed": "60.00",
    }  # fmt: skip
    assert total(income, "net-income") == {"USD": "300.00"}
    assert broken(sheet) == broken(income) == []


def test_year_that_was_reopened_has_its_result_again(books: Session) -> None:
    closing.close(books, "2025")
    closing.reopen(books, "2025", "a late invoice")

    sheet = balance_sheet(books, END)
    income = income_statement(books, date(2025, 1, 1), date(2025, 12, 31))

    assert rows(sheet, "equity")["Result not yet closed"] == "360.00"
    assert total(income, "net-income") == {"USD": "300.00"}


def test_equity_changes_tell_result_transfer_and_the_rest_apart(books: Session) -> None:
    enter(books, "Equity:Capital  50.00 USD", "Assets:Bank", day=date(2025, 7, 1))
    closing.close(books, "2025")

    equity = equity_changes(books, date(2025, 1, 2), date(2025, 12, 31))

    assert [told(equity, cell.values) for cell in row(equity, "Equity:Capital").own] == [
        {"USD": "1000.00"}, {}, {}, {"USD": "-50.00"}, {"USD": "950.00"},
    ]  # fmt: skip
    assert [told(equity, cell.values) for cell in row(equity, "Result not yet closed").own] == [
        {}, {"USD": "300.00"}, {"USD": "-300.00"}, {}, {},
    ]  # fmt: skip
    assert [told(equity, cell.values) for cell in row(equity, "Equity:Retained Earnings").own] == [
        {}, {}, {"USD": "300.00"}, {}, {"USD": "300.00"},
    ]  # fmt: skip
    assert total(equity, "equity", 4) == {"USD": "1250.00"}
    assert broken(equity) == []


def test_account_without_kind_is_listed_and_the_proof_says_so(books: Session) -> None:
    accounts.add(books, [NewAccount("Suspense")])
    enter(books, "Suspense  7.00 USD", "Assets:Bank", day=date(2026, 7, 1))

    sheet = balance_sheet(books, END)
    income = income_statement(books, date(2026, 1, 1), END)

    assert rows(sheet, "unclassified") == {"Suspense": "7.00"}
    assert sheet.unclassified == income.unclassified == ("Suspense",)
    assert "not classified" in sheet.proofs[0].sentence
    assert broken(sheet) == broken(income) == []


def test_memo_lines_are_in_no_statement(books: Session) -> None:
    enter(
        books, "(Assets:Bank)  99.00 USD", "Expenses:Rent  1.00 USD", "Assets:Cash  -1.00 USD",
        day=date(2026, 7, 1),
    )  # fmt: skip

    assert rows(trial_balance(books), "accounts")["Assets:Bank"] == "1860.00"
    assert [row.path for row in details.journal(books).sections[-1].rows] == [
        "Expenses:Rent", "Assets:Cash",
    ]  # fmt: skip
    assert broken(details.general_ledger(books)) == []


def test_draft_is_in_no_statement(books: Session) -> None:
    draft(books, "Expenses:Rent  9.00 USD", "Assets:Bank", day=date(2026, 7, 1))

    assert total(balance_sheet(books, END), "assets") == {"USD": "1860.00"}


def test_sum_of_an_account_holds_those_below_it(books: Session) -> None:
    accounts.add(books, [NewAccount("Assets:Bank:Savings")])
    enter(books, "Assets:Bank:Savings  60.00 USD", "Assets:Bank", day=date(2026, 7, 1))

    bank = row(balance_sheet(books, END), "Assets:Bank")

    assert (bank.depth, bank.own[0].values, bank.total[0].values) == (
        1, {"USD": 180_000}, {"USD": 186_000},
    )  # fmt: skip


def test_shares_are_counted_as_booked_and_in_book_value(books: Session) -> None:
    accounts.add(books, [NewAccount("Assets:Shares")])
    enter(books, "Assets:Shares  10 EUR @ 1.20 USD", "Assets:Bank", day=date(2026, 7, 1))

    sheet = balance_sheet(books, END)

    assert counted(sheet, "assets") == {"EUR": "10.00", "USD": "1848.00"}
    assert total(sheet, "assets") == {"USD": "1860.00"}
    assert broken(sheet) == []


def test_conversion_keeps_the_proof_by_a_line_of_its_own(books: Session) -> None:
    accounts.add(books, [NewAccount("Assets:Shares")])
    enter(books, "Assets:Shares  10 EUR @ 1.20 USD", "Assets:Bank", day=date(2026, 7, 1))
    value(books, "EUR", "USD", date(2026, 8, 1), "1.5")
    value(books, "EUR", "USD", date(2027, 1, 1), "9")

    sheet = balance_sheet(books, END, currency="USD")

    assert counted(sheet, "assets") == {"USD": "1863.00"}
    assert told(sheet, row(sheet, "Difference of conversion").own[0].amounts) == {"USD": "3.00"}
    assert broken(sheet) == []
    assert {proof.key for proof in sheet.proofs} == {
        "assets-liabilities-equity", "assets-liabilities-equity-converted",
    }  # fmt: skip


def test_converted_equity_ends_as_the_balance_sheet_does(books: Session) -> None:
    accounts.add(books, [NewAccount("Assets:Shares")])
    enter(books, "Assets:Shares  10 EUR @ 1.20 USD", "Assets:Bank", day=date(2026, 7, 1))
    value(books, "EUR", "USD", date(2026, 6, 1), "1.5")

    equity = equity_changes(books, date(2026, 1, 1), END, currency="USD")

    assert equity.measure == "amounts"
    assert counted(equity, "equity", 4) == {"USD": "1363.00"}
    assert counted(balance_sheet(books, END, currency="USD"), "equity") == {"USD": "1363.00"}


def test_converted_result_leaves_the_difference_apart(books: Session) -> None:
    accounts.add(books, [NewAccount("Assets:Shares")])
    enter(books, "Assets:Shares  10 EUR @ 1.20 USD", "Assets:Bank", day=date(2026, 7, 1))
    value(books, "EUR", "USD", date(2026, 8, 1), "1.5")

    income = income_statement(books, date(2026, 1, 1), END, currency="USD")

    assert counted(income, "net-income") == {"USD": "60.00"}
    assert counted(income, "conversion") == {"USD": "3.00"}
    assert told(income, income.proofs[1].right) == {"USD": "63.00"}
    assert broken(income) == []


def test_rates_are_taken_the_other_way_round_and_over_others(books: Session) -> None:
    accounts.add(books, [NewAccount("Assets:Shares")])
    enter(books, "Assets:Shares  3 EUR @ 1.00 USD", "Assets:Bank", day=date(2026, 7, 1))
    enter(books, "Assets:Cash  160 IDR", "Income:Sales", day=date(2026, 7, 1))
    value(books, "EUR", "IDR", date(2026, 8, 1), "16")
    value(books, "EUR", "USD", date(2026, 8, 1), "2")

    for currency, sum_told in (("USD", "1883.00"), ("EUR", "941.50"), ("IDR", "15064.00")):
        sheet = balance_sheet(books, END, currency=currency)
        assert counted(sheet, "assets") == {currency: sum_told}
        assert broken(sheet) == []


def test_rate_as_written_goes_before_one_turned_round(books: Session) -> None:
    accounts.add(books, [NewAccount("Assets:Shares")])
    enter(books, "Assets:Shares  3 EUR @ 1.00 USD", "Assets:Bank", day=date(2026, 7, 1))
    value(books, "EUR", "USD", date(2026, 7, 1), "3")
    value(books, "EUR", "USD", date(2026, 8, 1), "4")
    value(books, "USD", "EUR", date(2026, 9, 1), "0.5")

    assert counted(balance_sheet(books, END, currency="USD"), "assets") == {"USD": "1869.00"}
    assert counted(balance_sheet(books, END, currency="EUR"), "assets") == {"EUR": "931.50"}


def test_rounding_of_conversion_is_a_line_of_its_own(books: Session) -> None:
    for place in range(3):
        accounts.add(books, [NewAccount(f"Assets:Box {place}")])
        enter(books, f"Assets:Box {place}  0.01 USD", "Assets:Bank", day=date(2026, 7, 1))
    enter(books, "Assets:Cash  1.00 EUR", "Equity:Capital", day=date(2026, 7, 1))
    value(books, "USD", "EUR", date(2026, 8, 1), "0.5")

    sheet = balance_sheet(books, END, currency="EUR")

    assert told(sheet, row(sheet, "Rounding of conversion").own[0].amounts) == {"EUR": "0.02"}
    assert broken(sheet) == []


def test_what_has_no_rate_is_listed_and_in_no_sum(books: Session) -> None:
    enter(books, "Assets:Cash  5.00 EUR", "Income:Sales", day=date(2026, 7, 1))

    sheet = balance_sheet(books, END, currency="USD")

    assert [each[1:] for each in sheet.unconvertible] == [
        ("Assets:Cash", "EUR", 500), ("Income:Sales", "EUR", -500),
    ]  # fmt: skip
    assert counted(sheet, "assets") == {"USD": "1860.00"}
    assert broken(sheet) == []


@pytest.mark.parametrize("currency", ["", "USD", "EUR"])
def test_all_statements_are_proved_in_any_currency(books: Session, currency: str) -> None:
    enter(books, "Assets:Cash  5.03 EUR @@ 5.53 USD", "Assets:Bank", day=date(2025, 7, 1))
    enter(books, "Assets:Cash  -2.00 EUR @@ 2.60 USD", "Assets:Bank", day=date(2026, 7, 1))
    enter(books, "Expenses:Rent  1.00 EUR", "Assets:Cash", day=date(2026, 7, 1))
    value(books, "EUR", "USD", date(2025, 8, 1), "1.17")
    value(books, "EUR", "USD", date(2026, 8, 1), "1.23")
    closing.close(books, "2025")
    span = (date(2026, 1, 1), END)

    assert broken(trial_balance(books, *span, currency=currency)) == []
    assert broken(balance_sheet(books, END, compare="year", currency=currency)) == []
    assert broken(income_statement(books, *span, compare="year", currency=currency)) == []
    assert broken(equity_changes(books, *span, currency=currency)) == []


def test_proof_fails_where_kept_balances_are_wrong(books: Session) -> None:
    connection.execute(
        "UPDATE balance_month SET value = value + 1 WHERE month = 202506 AND amount > 0"
    )

    assert broken(trial_balance(books))
    assert broken(balance_sheet(books))
    assert broken(income_statement(books))
    assert broken(equity_changes(books))


def test_general_ledger_shows_lines_with_running_balance(books: Session) -> None:
    ledger = details.general_ledger(
        books, date(2026, 1, 1), date(2026, 5, 31), account="Assets:Bank"
    )

    assert [section.key for section in ledger.sections] == ["Assets:Bank"]
    assert [
        (each.number, told(ledger, each.own[0].amounts), told(ledger, each.own[1].amounts))
        for each in ledger.sections[0].rows
    ] == [
        ("", {}, {"USD": "1300.00"}),
        ("JNL-2026-00001", {"USD": "100.00"}, {"USD": "1400.00"}),
        ("JNL-2026-00002", {"USD": "-40.00"}, {"USD": "1360.00"}),
    ]
    assert broken(ledger) == []


def test_listing_is_cut_where_there_is_more(books: Session) -> None:
    ledger = details.general_ledger(books, limit=3)
    journal = details.journal(books, limit=4)

    assert ledger.cut
    assert sum(each.kind == "line" for part in ledger.sections for each in part.rows) == 3
    assert (journal.cut, len(journal.sections)) == (True, 4)
    assert not details.journal(books, limit=5).cut


def test_rows_carry_what_leads_to_their_lines(books: Session) -> None:
    income = income_statement(books, date(2026, 5, 1), date(2026, 5, 31))
    sales = row(income, "Income:Sales")
    column = income.columns[0]

    assert column.starts is not None
    lines = stored.select_lines(sales.account_id, column.starts, column.ends, 9)

    assert [-line.value for line in lines] == [sales.own[0].values["USD"]]


def test_sums_of_days_are_those_of_the_lines(books: Session) -> None:
    for step in range(40):
        sale(books, f"{step + 1}.00", date(2026, 7, 15) + timedelta(days=step))
    bank = accounts.find("Assets:Bank").id

    for starts, ends in (
        (date(2026, 7, 15), date(2026, 7, 31)), (date(2026, 7, 20), date(2026, 7, 21)),
        (date(2026, 7, 3), date(2026, 8, 20)), (date(2026, 7, 31), date(2026, 8, 1)),
        (date(2026, 7, 2), date(2026, 8, 30)), (date(2025, 12, 31), date(2026, 8, 16)),
    ):  # fmt: skip
        wanted = sum(line.amount for line in stored.select_lines(bank, starts, ends, 99))
        by_month = stored.select_by_month(starts, ends)
        assert sum(each.amount for each in stored.select_span(starts, ends)
                   if each.account_id == bank) == wanted  # fmt: skip
        assert sum(each.sum.amount for each in by_month if each.sum.account_id == bank) == wanted
        assert {each.month for each in by_month} <= {202512, 202605, 202606, 202607, 202608}


@pytest.mark.parametrize(
    ("starts", "ends", "compare", "wanted"),
    [
        ("2026-04-01", "2026-04-30", "previous", ("2026-03-01", "2026-03-31")),
        ("2026-01-01", "2026-03-31", "previous", ("2025-10-01", "2025-12-31")),
        ("2026-04-10", "2026-04-19", "previous", ("2026-03-31", "2026-04-09")),
        ("2024-02-01", "2024-02-29", "year", ("2023-02-01", "2023-02-28")),
        ("2025-02-01", "2025-02-28", "year", ("2024-02-01", "2024-02-29")),
        ("2026-04-10", "2026-04-19", "year", ("2025-04-10", "2025-04-19")),
    ],
)
def test_period_is_compared_with_one_like_it(
    starts: str, ends: str, compare: str, wanted: tuple[str, str]
) -> None:
    found = spans.period_columns(date.fromisoformat(starts), date.fromisoformat(ends), compare)[1]

    assert (str(found.starts), str(found.ends)) == wanted


def test_without_days_all_is_counted(books: Session) -> None:
    income = income_statement(books)

    assert (income.columns[0].starts, income.columns[0].ends) == (
        date(2025, 1, 1), date(2026, 6, 1),
    )  # fmt: skip


def test_empty_books_have_empty_statements(session: Session) -> None:
    assert broken(balance_sheet(session)) == []
    assert broken(income_statement(session)) == []
    assert broken(trial_balance(session)) == []


def test_what_cannot_be_asked_is_refused(books: Session) -> None:
    with pytest.raises(InvalidChangeError, match="comes before"):
        income_statement(books, date(2026, 2, 1), date(2026, 1, 31))
    with pytest.raises(InvalidChangeError, match="none, previous, year"):
        balance_sheet(books, compare="decade")
    with pytest.raises(UnknownCommodityError):
        balance_sheet(books, currency="XYZ")
    with pytest.raises(NotAllowedError):
        balance_sheet(replace(books, permissions=frozenset()))


def test_closing_case_of_hledger(session: Session) -> None:
    """Source: hledger, hledger/test/close.test, cases 1 and 3."""
    accounts.add(
        session,
        [NewAccount(path) for path in (
            "assets:bank", "assets:cash", "equity:opening", "expenses:sweets", "liabilities")],
    )  # fmt: skip
    enter(session, "assets:bank  100.00 USD", "assets:cash  20.00 USD", "equity:opening",
          day=date(2016, 1, 1))  # fmt: skip
    enter(session, "expenses:sweets  5.00 USD", "assets:cash", day=date(2016, 1, 15))
    enter(session, "assets:cash  20.00 USD", "assets:bank", day=date(2016, 1, 19))
    enter(session, "liabilities  25.00 USD", "assets:cash", day=date(2016, 1, 20))

    before = balance_sheet(session, date(2016, 12, 31))
    closing.close(session, "2016")
    after = balance_sheet(session, date(2016, 12, 31))

    assert rows(before, "assets") == {"assets:bank": "80.00", "assets:cash": "10.00"}
    assert rows(before, "liabilities") == {"liabilities": "-25.00"}
    assert total(before, "equity") == total(after, "equity") == {"USD": "115.00"}
    assert rows(before, "equity")["Result not yet closed"] == "-5.00"
    assert rows(after, "equity") == {
        "equity:opening": "120.00", "equity:Retained Earnings": "-5.00",
    }  # fmt: skip
