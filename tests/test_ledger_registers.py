"""Registers by page in both directions, and the tree of accounts with its sums."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from boconsole.errors import QuerySyntaxError
from boconsole.ledger import accounts, closing, registers, tree
from boconsole.money import plain
from boconsole.session import Session
from screens.cells import sparkline
from tests.books import DAY, draft, enter, open_books


@pytest.fixture(scope="module")
def kept_books(one_database: tuple[str, Session]) -> None:
    """Nine lines on the bank, one on cash, a draft, entered out of order."""
    _url, session = one_database
    open_books(session)
    for place in (4, 0, 2, 1, 3, 2, 0, 4, 1):
        enter(session, f"Assets:Bank  {place + 1}.00 USD", "Income:Sales",
              day=DAY + timedelta(place))  # fmt: skip
    enter(session, "Assets:Cash  5.00 EUR", "Income:Sales", day=DAY + timedelta(2))
    enter(session, "Expenses:Rent  7.00 USD", "Liabilities:Loan")
    draft(session, "Assets:Bank  99.00 USD", "Income:Sales", day=DAY)


@pytest.fixture
def books(kept_books: None, passing_session: Session) -> Session:
    """The kept books; what a test does to them is taken back."""
    return passing_session


def told(page: registers.Page) -> list[str]:
    return [
        f"{row.line.dated:%d} {plain(row.line.amount, 2)} {plain(row.balance, 2)}"
        for row in page.rows
    ]


BANK = ["04 1.00 1.00", "04 1.00 2.00", "05 2.00 4.00", "05 2.00 6.00", "06 3.00 9.00",
        "06 3.00 12.00", "07 4.00 16.00", "08 5.00 21.00", "08 5.00 26.00"]  # fmt: skip


def test_register_runs_from_page_to_page(books: Session) -> None:
    bank = accounts.find("Assets:Bank")
    first = registers.page(books, bank, limit=4)
    second = registers.page(books, bank, first.ends[1], limit=9)

    assert (told(first), first.more) == (BANK[:4], True)
    assert (told(second), second.more) == (BANK[4:], False)


def test_register_is_read_from_its_end(books: Session) -> None:
    bank = accounts.find("Assets:Bank")
    last = registers.page(books, bank, limit=4, backwards=True)
    before = registers.page(books, bank, last.ends[0], limit=9, backwards=True)

    assert (told(last), last.more) == (BANK[5:], True)
    assert (told(before), before.more) == (BANK[:5], False)


def test_register_of_a_parent_counts_what_is_below(books: Session) -> None:
    whole = registers.page(books, accounts.find("Assets"), limit=50)
    start, rest = registers.page(books, accounts.find("Assets"), limit=6), []
    rest = told(registers.page(books, accounts.find("Assets"), start.ends[1], limit=50))

    assert told(start) + rest == told(whole)
    assert len(whole.rows) == 10
    assert told(whole)[-1] == BANK[-1]


@pytest.mark.parametrize("place", [0, 4, 8])
def test_page_around_a_line_has_it_with_its_balance(books: Session, place: int) -> None:
    bank = accounts.find("Assets:Bank")
    wanted = registers.page(books, bank, limit=50).rows[place]

    page = registers.page_around(books, bank, wanted.line.id, 5)

    assert page is not None
    assert wanted in page.rows


def test_page_around_a_line_of_another_account_is_none(books: Session) -> None:
    other = registers.page(books, accounts.find("Assets:Cash")).rows[0]

    assert registers.page_around(books, accounts.find("Assets:Bank"), other.line.id, 5) is None
    assert registers.page_around(books, accounts.find("Assets:Bank"), 9_999, 5) is None


def test_count_of_lines_stops_at_its_limit(books: Session) -> None:
    assert registers.count(books, accounts.find("Assets:Bank")) == (9, False)
    assert registers.count(books, accounts.find("Assets"), 4) == (4, True)


# The tree


def held(nodes: list[tree.Node]) -> dict[str, list[str]]:
    return {
        node.account.path: [f"{plain(each.amount, 2)} {each.commodity}" for each in node.held]
        for node in nodes
    }


def test_accounts_hold_what_is_below_them(books: Session) -> None:
    found = held(tree.tree(books))

    assert found["Assets"] == ["26.00 USD", "5.00 EUR"]
    assert found["Assets:Bank"] == ["26.00 USD"]
    assert found["Equity"] == []


def test_accounts_stand_below_their_parents(books: Session) -> None:
    nodes = tree.tree(books)

    assert [(node.account.path, node.depth, node.leaf) for node in nodes[:3]] == [
        ("Assets", 0, False), ("Assets:Bank", 1, True), ("Assets:Cash", 1, True),
    ]  # fmt: skip


def test_folded_accounts_hide_what_is_below(books: Session) -> None:
    shown = tree.shown(tree.tree(books), {"Assets"})

    assert [node.account.path for node in shown[:2]] == ["Assets", "Equity"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [("kind:income", ["Income", "Income:Sales"]), ("1100", []), ("code:1100", ["Assets:Bank"]),
     ("commodity:EUR -income", ["Assets", "Assets:Cash"]), ("loan", ["Liabilities:Loan"])],
)  # fmt: skip
def test_tree_is_searched(books: Session, query: str, expected: list[str]) -> None:
    found = tree.listed(books, (), query)

    assert [node.account.path for node in found] == expected


def test_wrong_query_of_the_tree_is_refused() -> None:
    with pytest.raises(QuerySyntaxError):
        tree.check("kind:lost")


def trend(session: Session, path: str) -> list[int]:
    return [
        value // 100
        for node in tree.listed(session, ())
        for value in node.trend
        if node.account.path == path
    ]


def test_accounts_tell_how_their_last_twelve_months_went(books: Session) -> None:
    enter(books, "Expenses:Rent  9.00 USD", "Liabilities:Loan", day=date(2025, 12, 31))
    enter(books, "Expenses:Rent  5.00 USD", "Liabilities:Loan", day=date(2025, 5, 31))
    enter(books, "Expenses:Rent  4.00 USD", "Liabilities:Loan", day=date(2026, 6, 1))
    closing.close(books, "2025")

    rent, loan, expenses = (trend(books, path) for path in
                            ("Expenses:Rent", "Liabilities:Loan", "Expenses"))  # fmt: skip

    assert rent == [0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 7]
    assert expenses == rent
    assert loan == [5, 5, 5, 5, 5, 5, 14, 14, 14, 14, 14, 21]


def test_accounts_of_tags_tell_no_months(books: Session) -> None:
    assert all(node.trend == () for node in tree.listed(books, (), "tag:none"))


@pytest.mark.parametrize(
    ("values", "bars"),
    [((), ""), ((0, 0), ""), ((0, 7, 14), "▁▄█"), ((-7, 0, 7), "▁▄█"), ((-7, -14), "▄▁"),
     ((5, 5), "██"), ((0, 10**18), "▁█")],
)  # fmt: skip
def test_bars_stand_on_nothing_and_reach_to_the_most(values: Sequence[int], bars: str) -> None:
    assert sparkline(values) == bars
