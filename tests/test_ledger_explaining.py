"""Each number of a statement is made of lines that sum to it."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from boconsole.demo import books as demo
from boconsole.errors import NotAllowedError
from boconsole.ledger import accounts, closing, commodities, importing, planning
from boconsole.ledger.accounts import NewAccount
from boconsole.ledger.statements import asking, explaining
from boconsole.ledger.statements.asking import Asked
from boconsole.ledger.statements.explaining import Explained, NoLineError
from boconsole.ledger.statements.shapes import Statement
from boconsole.session import Session
from db.ledger import charts
from tests.books import enter, open_books, sale
from tests.people import add_agent

EVERY = [
    (asking.TRIAL, ""), (asking.TRIAL, "budget"), (asking.TRIAL, "in:USD"),
    (asking.POSITION, "previous"), (asking.POSITION, "budget"), (asking.POSITION, "year in:USD"),
    (asking.POSITION, "budget in:USD"), (asking.RESULT, "year"), (asking.RESULT, "budget"),
    (asking.RESULT, "budget in:USD"), (asking.CASH, "previous"), (asking.CASH, "indirect year"),
    (asking.CASH, "in:USD"), (asking.CASH, "indirect in:USD"), (asking.EQUITY, ""),
    (asking.EQUITY, "in:USD"),
]  # fmt: skip


@pytest.fixture
def books(session: Session) -> Session:
    """Two years, one of them closed, with what is hard: prices, gains, depreciation, virtual."""
    open_books(session)
    accounts.add(session, [
        NewAccount("Expenses:Depreciation", "5200", cash_flow="none"),
        NewAccount("Income:Gain", "4200", cash_flow="investing"),
        NewAccount("Expenses:Rent:Garage", "5010"), NewAccount("Suspense", "9000"),
        NewAccount("Income:Revaluation", "4300", role="unrealised"),
    ])  # fmt: skip
    for amount, day in (("5000", date(2025, 3, 1)), ("200.01", date(2026, 2, 1))):
        enter(session, f"Assets:Bank  {amount} USD", "Equity:Capital", day=day)
    enter(session, "Assets:Cash  100.00 EUR @ 1.10 USD", "Assets:Bank", day=date(2025, 6, 1))
    for day in (date(2025, 7, 31), date(2026, 5, 31)):
        enter(session, "Assets:Equipment  900 USD", "Assets:Bank", day=day)
        enter(session, "Expenses:Depreciation  33.33 USD", "Assets:Equipment", day=day)
        enter(session, "Expenses:Depreciation  10 USD", "Expenses:Supplies  5 USD",
              "Assets:Bank  -15 USD", day=day)  # fmt: skip
        enter(session, "Assets:Bank  50 USD", "Assets:Equipment  -45 USD", "Income:Gain", day=day)
        enter(session, "Expenses:Rent  7.00 EUR @ 1.13 USD", "Assets:Bank", day=day)
        enter(session, "Expenses:Rent:Garage  3 USD", "Expenses:Rent  4 USD", "Suspense  2 USD",
              "Assets:Cash  -9 USD", day=day)  # fmt: skip
        sale(session, "321.09", day)
        enter(session, "Suspense  40 USD", "Income:Sales", day=day)
        for other in ("Assets:Bank", "Liabilities:Loan", "Suspense"):
            enter(session, f"{other}  1.25 USD", "Income:Revaluation", day=day)
    enter(session, "Expenses:Supplies  1 USD", "Assets:Bank", "[Assets:Cash]  3 USD",
          "[Expenses:Rent]  -3 USD", "(Income:Sales)  -99 USD", day=date(2026, 5, 3))  # fmt: skip
    for name, amount, code in (("Rent", "120.05", "USD"), ("Sales", "4000", "USD"),
                               ("Garage", "3.01", "EUR"), ("Loan", "12", "USD")):  # fmt: skip
        planning.plan(session, name, "2026", Decimal(amount), code)
    closing.close(session, "2025")
    known = commodities.by_code()
    charts.put_rates([(known["EUR"].id, known["USD"].id, 20250101, "1.1234567")])
    return session


def made(session: Session, name: str, words: str, period: str = "2026-05") -> tuple[
    Asked, Statement
]:  # fmt: skip
    return asking.make(session, asking.read(name, f"{period} {words}"))


def explained(session: Session, asked: Asked, statement: Statement) -> Iterator[Explained]:
    """Yield each number that a statement shows, explained."""
    for _name, spot in explaining.spots(statement):
        for column, money in explaining.amounts(statement, spot).items():
            for code in money or ({statement.currency} if statement.currency else set()):
                yield explaining.explain(session, asked, statement, spot, column, code)


def wrong(found: Iterable[Explained]) -> list[tuple[str, str, str, int, int]]:
    return [(each.name, each.column, each.commodity, each.shown, each.total)
            for each in found if not each.holds]  # fmt: skip


@pytest.mark.parametrize("period", ["2026-05", "2025"])
def test_parts_sum_to_every_number(books: Session, period: str) -> None:
    faults, numbers = [], 0
    for name, words in EVERY:
        asked, statement = made(books, name, words, period)
        found = list(explained(books, asked, statement))
        faults += [(name, words, *fault) for fault in wrong(found)]
        numbers += sum(bool(each.shown) and each.rule.endswith(".") for each in found)

    assert faults == []
    assert numbers > 400


def test_lines_of_every_part_sum_to_it_page_by_page(books: Session) -> None:
    for name, words in EVERY[:2] + EVERY[8:9] + EVERY[11:12]:
        asked, statement = made(books, name, words)
        for each in explained(books, asked, statement):
            for part in (part for group in each.groups for part in group.parts):
                lines, after = [], ""
                while more := explaining.postings(books, part, after, 2):
                    lines += more
                    after = explaining.cursor(more[-1])
                assert sum(line.amount for line in lines) == part.amount
                assert len(lines) == part.number


def test_pages_of_lines_go_backwards_too(books: Session) -> None:
    asked, statement = made(books, asking.POSITION, "")
    spot = explaining.find(statement, "Assets:Bank")[1]
    part = explaining.explain(books, asked, statement, spot, "at", "USD").groups[0].parts[0]
    lines = explaining.postings(books, part)

    back = explaining.postings(books, part, explaining.cursor(lines[4]), 3, backwards=True)

    assert back == lines[1:4]
    assert lines[-1].number.startswith("JNL-2026-")


def test_rule_says_accounts_days_sign_and_rate(books: Session) -> None:
    asked, statement = made(books, asking.RESULT, "in:USD")
    spot = explaining.find(statement, "income")[1]

    found = explaining.explain(books, asked, statement, spot, "period", "USD")

    assert found.rule == (
        "Every row of Income: lines without those that close years from 2026-05-01 to "
        "2026-05-31; credit counts positive; in USD at the last rates up to 2026-05-31."
    )
    assert found.title == "Total Income"


def test_line_is_found_by_its_end_or_the_choices_are_named(books: Session) -> None:
    _asked, statement = made(books, asking.POSITION, "")

    assert explaining.find(statement, "bank")[0] == "assets/Assets:Bank"
    assert explaining.find(statement, "assets")[1].row == -1
    with pytest.raises(NoLineError, match="Assets:Cash"):
        explaining.find(statement, "ca")
    with pytest.raises(NoLineError, match="liabilities"):
        explaining.find(statement, "nothing")


def test_number_that_the_lines_do_not_give_is_shown_as_such(books: Session) -> None:
    asked, statement = made(books, asking.RESULT, "")
    sale(books, "1.00", date(2026, 5, 8))
    spot = explaining.find(statement, "Income:Sales")[1]

    found = explaining.explain(books, asked, statement, spot, "period", "USD")

    assert (found.total - found.shown, found.holds) == (1_00, False)


def test_who_may_not_read_the_books_is_refused(books: Session) -> None:
    asked, statement = made(books, asking.RESULT, "")
    agent = add_agent(books, "joel", ("agent",))

    with pytest.raises(NotAllowedError):
        next(explained(agent, asked, statement))


def test_numbers_of_an_imported_journal_are_explained(local_session: Session) -> None:
    path = Path(__file__).parent.parent.parent / "shared/data/ledger/bcexample.journal"
    if not path.exists():
        pytest.skip("the journal is not here")
    importing.import_journal(local_session, path)
    faults = []
    for name in asking.TITLES:
        asked, statement = made(local_session, name, "previous", "2013-06..2014-03")
        faults += wrong(explained(local_session, asked, statement))

    assert faults == []


def test_numbers_of_the_demo_books_are_explained(local_session: Session) -> None:
    demo.keep(local_session)
    faults, numbers = [], 0
    for name in asking.TITLES:
        for words in ("budget", "indirect previous"):
            asked, statement = made(local_session, name, words, "2026-04")
            found = list(explained(local_session, asked, statement))
            faults += wrong(found)
            numbers += len(found)

    assert faults == []
    assert numbers > 300
