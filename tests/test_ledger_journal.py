"""The list of entries: what queries find, in which order, and pages that miss nothing."""

from datetime import date, timedelta

import pytest

from boconsole.errors import QuerySyntaxError
from boconsole.ledger import entries, limits, reading
from boconsole.ledger.area import remembered_area
from boconsole.ledger.entries import JournalEntry
from boconsole.ledger.typing import typed
from boconsole.session import Session
from tests.books import DAY, draft, enter, open_books
from tests.people import add_agent


def found(session: Session, query: str) -> list[str]:
    return [reading.number_of(row) for row in reading.list_page(session, query, limit=100).rows]


@pytest.fixture(scope="module")
def five_entries(one_database: tuple[str, Session]) -> None:
    """JNL 1 to 4, of which 2 is reversed by 4, and a draft DRF-5."""
    _url, session = one_database
    open_books(session)
    bank, rent = "Assets:Bank  500 USD", "Expenses:Rent  12.50 USD"
    entry = typed(DAY, "Opening", (bank, "Equity:Capital"), payee="Ann", code="V-1")
    entries.enter(session, entry)
    wrong = enter(session, rent, "Assets:Cash", day=date(2026, 6, 1), about="Café rent")
    enter(session, "Assets:Cash  700 IDR", "Income:Sales", day=date(2025, 12, 31), about="Tip")
    entries.reverse(session, wrong, dated=date(2026, 6, 2), reason="Twice")
    draft(session, "Expenses:Supplies  99 USD", "Assets:Bank", day=date(2026, 7, 1), about="Paper")


@pytest.fixture
def books(five_entries: None, passing_session: Session) -> Session:
    """The books with the five entries; what a test does to them is taken back."""
    return passing_session


FIRST, RENT, TIP, BACK, PAPER = (
    "JNL-2026-00001", "JNL-2026-00002", "JNL-2025-00001", "JNL-2026-00003", "DRF-5",
)  # fmt: skip


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [PAPER, BACK, RENT, FIRST, TIP]),
        ("sort:date", [TIP, FIRST, RENT, BACK, PAPER]),
        ("number:1", [FIRST, TIP]),
        ("JNL-2026-00002", [RENT]),
        ("drf-5", [PAPER]),
        ("date:2026-06", [BACK, RENT]),
        ("date:<2026-05-04", [TIP]),
        ("date:2026-05-04..2026-06-01", [RENT, FIRST]),
        ("state:draft", [PAPER]),
        ("posted", [BACK, RENT, FIRST, TIP]),
        ("-state:posted", [PAPER]),
        ("state:draft,reversed", [PAPER, RENT]),
        ("is:reversed", [RENT]),
        ("kind:reversal", [BACK]),
        ("payee:ann", [FIRST]),
        ("code:v-1", [FIRST]),
        ("cafe", [BACK, RENT]),
        ("open", [FIRST]),
        ("description:paper", [PAPER]),
        ("account:1000", [BACK, RENT, TIP]),
        ("account:Assets:Bank", [PAPER, FIRST]),
        ("account:assets -account:cash", [PAPER, FIRST]),
        ("account:expenses", [PAPER, BACK, RENT]),
        ("amount:12.5", [BACK, RENT]),
        ("amount:>99", [FIRST, TIP]),
        ("amount:>=99", [PAPER, FIRST, TIP]),
        ("amount:<50", [BACK, RENT]),
        ("amount:99..500", [PAPER, FIRST]),
        ("commodity:idr", [TIP]),
        ("is:mine is:draft", [PAPER]),
        ("preparer:me amount:500", [FIRST]),
        ("is:unapproved", []),
    ],
)
def test_query_finds_entries(books: Session, query: str, expected: list[str]) -> None:
    assert found(books, query) == expected


def test_numbers_sort_by_year_and_drafts_come_last(books: Session) -> None:
    up, down = found(books, "sort:number"), found(books, "sort:-number")

    assert up[-1] == down[-1] == PAPER
    assert [name for name in up if "2026" in name] == [FIRST, RENT, BACK]
    assert down[:4] == up[3::-1]


def test_drafts_wait_for_an_approval_by_somebody_else(books: Session) -> None:
    limits.put(books, "50")
    other = add_agent(books, "eve", ("approver",))
    clerk = add_agent(books, "kim", ("accountant",))

    asked = [found(each, "is:approvable") for each in (books, other, clerk)]

    assert found(clerk, "is:unapproved") == [PAPER]
    assert asked == [[], [PAPER], []]


def test_sums_are_the_debits_by_commodity(books: Session) -> None:
    rows = reading.list_page(books, "sort:date").rows

    told = [[(sum_.commodity, sum_.amount) for sum_ in row.sums] for row in rows[:2]]
    assert told == [[("IDR", 70000)], [("USD", 50000)]]


@pytest.mark.parametrize("order", ["", "sort:date", "sort:number", "sort:-number"])
def test_pages_together_are_the_list(books: Session, order: str) -> None:
    for day in range(6):
        draft(books, "Assets:Cash  1 USD", "Income:Sales", day=DAY + timedelta(day // 2))
    whole = found(books, order)

    assert walked(books, order, backwards=False) == whole
    assert walked(books, order, backwards=True) == whole


def walked(session: Session, query: str, *, backwards: bool) -> list[str]:
    """The numbers of all pages of two rows, in the order of the list."""
    every: list[str] = []
    cursor, more = "", True
    while more:
        page = reading.list_page(session, query, cursor, 2, backwards=backwards)
        numbers = [reading.number_of(row) for row in page.rows]
        every = numbers + every if backwards else every + numbers
        cursor, more = page.cursors[0 if backwards else -1], page.more
    return every


def test_page_around_an_entry_has_it_amidst(books: Session) -> None:
    page = reading.page_around(books, "", ids(books)[RENT], 3)

    assert page is not None
    assert [reading.number_of(row) for row in page.rows] == [BACK, RENT, FIRST]
    assert reading.page_around(books, "state:draft", ids(books)[RENT], 3) is None


def ids(session: Session) -> dict[str, int]:
    return {reading.number_of(row): row.id for row in reading.list_page(session, "").rows}


def test_count_stops_at_its_limit(books: Session) -> None:
    assert reading.count(books, "", 3) == (3, True)
    assert reading.count(books, "state:draft", 3) == (1, False)


def test_words_follow_an_edit(books: Session) -> None:
    old = entries.get(books, PAPER)
    entries.edit(books, old, typed(DAY, "Ink", ("Expenses:Supplies  9 USD", "Assets:Bank")))

    assert (found(books, "ink"), found(books, "paper")) == ([PAPER], [])


def test_deleted_draft_is_not_found(books: Session) -> None:
    gone: JournalEntry = entries.get(books, PAPER)
    entries.delete(books, gone)

    assert found(books, "paper") == found(books, "account:5100") == []


@pytest.mark.parametrize(
    "query", ["amount:abc", "account:nowhere", "was:state=draft", "sort:payee", "state:lost"]
)
def test_query_that_means_nothing_is_refused(books: Session, query: str) -> None:
    with pytest.raises(QuerySyntaxError):
        reading.list_page(books, query)


@pytest.mark.parametrize("query", ["account:bank", "account:1100", "JNL-2026-00001", "number:3"])
def test_what_is_typed_is_checked_against_names_read_once(books: Session, query: str) -> None:
    from boconsole.filters import parse, resolve

    area = remembered_area(books)

    assert resolve(parse(query), area, books)
    with pytest.raises(QuerySyntaxError):
        resolve(parse("account:nowhere"), area, books)
