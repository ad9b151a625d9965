"""Entries: what can be posted, what never changes, and how it is taken back."""

from contextlib import AbstractContextManager
from datetime import date
from decimal import Decimal

import pytest

from boconsole import audit
from boconsole.errors import (
    BoconsoleError,
    InvalidChangeError,
    NotAllowedError,
    NotFoundError,
    StaleRecordError,
)
from boconsole.journals.parts import Entry, Line
from boconsole.ledger import accounts, approving, balances, checking, entries, limits
from boconsole.ledger.errors import (
    AccountClosedError,
    ApprovalError,
    PostedEntryError,
    ReversalError,
    TooFewLinesError,
    UnbalancedEntryError,
    UnknownAccountError,
    UnknownCommodityError,
)
from boconsole.ledger.typing import typed
from boconsole.money import AmountTooLargeError, PrecisionError
from boconsole.session import Session
from db import connection
from tests.books import DAY, draft, enter, held, open_books, sale
from tests.people import add_agent


@pytest.fixture
def books(session: Session) -> Session:
    open_books(session)
    return session


def test_posted_entry_is_numbered_and_counted(books: Session) -> None:
    first, second = sale(books, "100.00"), sale(books, "0.50")

    assert (first.number, second.number) == ("JNL-2026-00001", "JNL-2026-00002")
    assert held(books) == {"Assets:Bank": "100.50 USD", "Income:Sales": "-100.50 USD"}


def test_draft_counts_nowhere_and_has_no_number(books: Session) -> None:
    waiting = draft(books, "Assets:Bank  5.00 USD", "Income:Sales")

    assert (waiting.state, waiting.number) == ("draft", f"DRF-{waiting.head.id}")
    assert held(books) == {}


def test_numbers_are_given_at_posting_without_gaps(books: Session) -> None:
    early = draft(books, "Assets:Bank  1.00 USD", "Income:Sales")
    gone = draft(books, "Assets:Bank  2.00 USD", "Income:Sales")
    entries.delete(books, gone)
    later = sale(books, "3.00")

    assert later.number == "JNL-2026-00001"
    assert entries.post(books, early).number == "JNL-2026-00002"


def test_each_fiscal_year_counts_for_itself(books: Session) -> None:
    sale(books)

    assert sale(books, day=date(2027, 1, 1)).number == "JNL-2027-00001"


def test_entry_is_found_by_number_and_by_id(books: Session) -> None:
    made = sale(books)

    assert entries.get(books, "jnl-2026-1").head.id == made.head.id
    assert entries.get(books, str(made.head.id)).number == made.number
    with pytest.raises(NotFoundError):
        entries.get(books, "JNL-2026-00099")


def test_draft_may_be_unbalanced_but_is_not_posted(books: Session) -> None:
    usd = [Line("Assets:Bank", *money("5.00")), Line("Income:Sales", *money("-4.00"))]
    waiting = entries.draft(books, Entry(DAY, None, "", "", "", "Odd", usd))

    with pytest.raises(UnbalancedEntryError) as refused:
        entries.post(books, waiting)

    assert refused.value.rests == ("1.00 USD",)
    assert held(books) == {}


def money(text: str) -> tuple[Decimal, str, Decimal, str]:
    return Decimal(text), "USD", Decimal(text), "USD"


def test_entry_of_one_line_is_not_posted(books: Session) -> None:
    waiting = entries.draft(
        books, Entry(DAY, None, "", "", "", "Nothing", [Line("Assets:Bank", *money("0.00"))])
    )

    with pytest.raises(TooFewLinesError):
        entries.post(books, waiting)


@pytest.mark.parametrize(
    ("lines", "error"),
    [
        (("Assets:Bnak  1.00 USD", "Income:Sales"), UnknownAccountError),
        (("Assets:Bank  1.00 GOLD", "Income:Sales"), UnknownCommodityError),
        (("Assets:Bank  1.001 USD", "Income:Sales"), PrecisionError),
        (("Assets:Bank  1000000000000000.00 USD", "Income:Sales"), AmountTooLargeError),
        (("Assets:Bank  1.00 USD", "Income:Sales  -2.00 USD"), InvalidChangeError),
        (("Assets:Bank  one USD", "Income:Sales"), InvalidChangeError),
    ],
)
def test_what_cannot_be_booked_leaves_nothing(
    books: Session, lines: tuple[str, ...], error: type[BoconsoleError]
) -> None:
    with pytest.raises(error):
        enter(books, *lines)

    assert connection.fetch("SELECT count(*) FROM journal_entry")[0][0] == 0
    assert connection.fetch("SELECT count(*) FROM posting")[0][0] == 0


def test_unknown_account_names_similar_ones(books: Session) -> None:
    with pytest.raises(UnknownAccountError, match="Similar: Assets:Bank"):
        enter(books, "Assets:Bnak  1.00 USD", "Income:Sales")


def test_account_is_found_by_code_and_by_its_end(books: Session) -> None:
    enter(books, "1100  1.00 USD", "Sales")

    assert held(books) == {"Assets:Bank": "1.00 USD", "Income:Sales": "-1.00 USD"}


def test_account_takes_nothing_outside_its_days(books: Session) -> None:
    rent = accounts.find("Expenses:Rent")
    accounts.change(
        books, rent, accounts.NewAccount(rent.path, kind="expense", closed_on=date(2026, 4, 30))
    )

    with pytest.raises(AccountClosedError):
        enter(books, "Expenses:Rent  1.00 USD", "Assets:Bank")


def test_foreign_line_weighs_what_it_was_worth(books: Session) -> None:
    made = enter(books, "Assets:Cash  100 EUR @ 1.0855 USD", "Assets:Bank  -108.55 USD")

    assert [(row.amount, row.value, row.value_commodity) for row in made.postings] == [
        (10000, 10855, "USD"),
        (-10855, -10855, "USD"),
    ]


def test_rounding_of_a_price_goes_to_the_converted_line(books: Session) -> None:
    made = enter(books, "Assets:Cash  3.33 EUR @ 1.0001 USD", "Assets:Bank  -3.33 USD")

    assert sum(row.value for row in made.postings) == 0


def test_posted_entry_is_not_edited_or_deleted(books: Session) -> None:
    made = sale(books)

    with pytest.raises(PostedEntryError):
        entries.edit(books, made, typed(DAY, "Other", ["Assets:Bank  1 USD", "Income:Sales"]))
    with pytest.raises(PostedEntryError):
        entries.delete(books, made)
    with pytest.raises(PostedEntryError):
        entries.post(books, made)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE posting SET amount = amount + 1",
        "UPDATE posting SET account_id = account_id",
        "DELETE FROM posting",
        "UPDATE journal_entry SET description = 'other'",
        "UPDATE journal_entry SET state = 'draft'",
        "UPDATE journal_entry SET number = 7",
        "DELETE FROM journal_entry",
    ],
)
def test_database_itself_refuses_to_change_what_is_posted(books: Session, statement: str) -> None:
    sale(books)

    with pytest.raises(Exception, match="never changes"):
        connection.execute(statement)

    connection.release()
    assert checking.check(books).faults == ()


def test_edited_draft_says_what_changed(books: Session) -> None:
    waiting = draft(books, "Assets:Bank  5.00 USD", "Income:Sales")

    now = entries.edit(
        books, waiting, typed(DAY, "Dearer", ["Assets:Bank  6.00 USD", "Income:Sales"])
    )

    told = audit.history(books, "ledger", waiting.head.id)[-1]
    assert [change.field for change in told.changes] == ["description", "lines"]
    assert now.head.version == 2


def test_stale_draft_is_neither_edited_nor_posted(books: Session) -> None:
    old = draft(books, "Assets:Bank  5.00 USD", "Income:Sales")
    other = typed(DAY, "Other", ["Assets:Bank  6.00 USD", "Income:Sales"])
    entries.edit(books, old, other)

    with pytest.raises(StaleRecordError):
        entries.edit(books, old, other)
    with pytest.raises(StaleRecordError):
        entries.post(books, old)
    with pytest.raises(StaleRecordError):
        entries.delete(books, old)


# Reversing


def test_reversal_names_the_old_entry_and_leaves_nothing(books: Session) -> None:
    made = enter(books, "Assets:Cash  100 EUR @ 1.08 USD", "Assets:Bank")

    back = entries.reverse(books, made, reason="typed twice")

    assert (back.head.reverses_id, back.number) == (made.head.id, "JNL-2026-00002")
    assert entries.get(books, made.number).state == "reversed"
    assert held(books) == {}
    assert checking.check(books).faults == ()


def test_reversal_is_dated_as_asked(books: Session) -> None:
    made = sale(books)

    entries.reverse(books, made, dated=date(2026, 6, 1))

    assert held(books, at=date(2026, 5, 31)) == {
        "Assets:Bank": "100.00 USD",
        "Income:Sales": "-100.00 USD",
    }
    assert held(books, at=date(2026, 6, 1)) == {}


def test_an_account_that_was_closed_takes_no_reversal_after_that_day(books: Session) -> None:
    made = enter(books, "Expenses:Rent  1.00 USD", "Assets:Bank")
    rent, end = accounts.find("Expenses:Rent"), date(2026, 5, 31)
    accounts.change(books, rent, accounts.NewAccount(rent.path, kind="expense", closed_on=end))

    with pytest.raises(AccountClosedError):
        entries.reverse(books, made, dated=date(2026, 6, 1))
    assert entries.get(books, made.number).state == "posted"
    entries.reverse(books, made, dated=end)
    assert held(books) == {}


def test_what_cannot_be_reversed(books: Session) -> None:
    made, waiting = sale(books), draft(books, "Assets:Bank  1 USD", "Income:Sales")
    back = entries.reverse(books, made)

    for entry in (entries.get(books, made.number), back, waiting):
        with pytest.raises(ReversalError):
            entries.reverse(books, entry)
    with pytest.raises(InvalidChangeError):
        entries.reverse(books, sale(books), dated=date(2026, 5, 3))


# Four eyes


def test_entry_above_the_threshold_needs_a_colleague(books: Session) -> None:
    limits.put(books, "1000")
    waiting = draft(books, "Assets:Bank  1000.01 USD", "Income:Sales")
    boss = add_agent(books, "siti", ("approver",))

    with pytest.raises(ApprovalError):
        entries.post(books, waiting)
    with pytest.raises(ApprovalError):
        approving.approve(books, waiting)
    approving.approve(boss, waiting)

    assert entries.post(books, entries.get(books, waiting.number)).state == "posted"


def test_entry_at_the_threshold_needs_nobody(books: Session) -> None:
    limits.put(books, "1000")

    assert sale(books, "1000.00").state == "posted"


def test_approval_is_of_what_was_seen(books: Session) -> None:
    limits.put(books, "10")
    waiting = draft(books, "Assets:Bank  11.00 USD", "Income:Sales")
    approving.approve(add_agent(books, "siti", ("approver",)), waiting)
    seen = entries.get(books, waiting.number)

    edited = entries.edit(books, seen, typed(DAY, "More", ["1100  9999 USD", "Income:Sales"]))

    with pytest.raises(ApprovalError):
        entries.post(books, edited)


def test_of_two_who_reverse_at_once_the_slower_is_told(
    books: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    posted, writing = sale(books), audit.writing

    def slow() -> AbstractContextManager[None]:
        monkeypatch.setattr(audit, "writing", writing)
        entries.reverse(books, posted)
        return writing()

    monkeypatch.setattr(audit, "writing", slow)
    with pytest.raises(ReversalError, match="reversed already"):
        entries.reverse(books, posted)


def test_large_reversal_waits_for_a_colleague(books: Session) -> None:
    made = sale(books, "5000.00")
    limits.put(books, "1000")

    back = entries.reverse(books, made)

    assert (back.state, held(books, "Bank")) == ("draft", {"Assets:Bank": "5000.00 USD"})
    with pytest.raises(ReversalError):
        entries.reverse(books, made)
    approving.approve(add_agent(books, "siti", ("approver",)), back)
    entries.post(books, entries.get(books, back.number))
    assert entries.get(books, made.number).state == "reversed"


@pytest.mark.parametrize("roles", [("agent",), ("auditor",), ("approver",), ("executive",)])
def test_only_accountants_prepare_and_post(books: Session, roles: tuple[str, ...]) -> None:
    waiting = draft(books, "Assets:Bank  1.00 USD", "Income:Sales")
    other = add_agent(books, "joel", roles)

    with pytest.raises(NotAllowedError):
        draft(other, "Assets:Bank  1.00 USD", "Income:Sales")
    with pytest.raises(NotAllowedError):
        entries.post(other, waiting)


def test_agent_does_not_read_the_books(books: Session) -> None:
    with pytest.raises(NotAllowedError):
        balances.balances(add_agent(books, "joel"))


# Reading


def test_register_runs_from_what_was_before(books: Session) -> None:
    for day in range(1, 6):
        sale(books, "10.00", date(2026, 5, day))
    bank = accounts.find("Assets:Bank")

    page = balances.register(books, bank, starts=date(2026, 5, 3), limit=2)
    after = (20260504, page[-1].line.id)
    following = balances.register(books, bank, after=after)

    assert [row.balance for row in page] == [3000, 4000]
    assert [row.balance for row in following] == [5000]


def test_register_can_be_read_backwards(books: Session) -> None:
    for day in (1, 2, 3):
        sale(books, "1.00", date(2026, 5, day))

    last = balances.register(books, accounts.find("1100"), limit=2, backwards=True)

    assert [(row.line.dated.day, row.balance) for row in last] == [(2, 200), (3, 300)]


def test_register_of_a_branch_counts_what_is_below(books: Session) -> None:
    enter(books, "Assets:Bank  5.00 USD", "Assets:Cash  5.00 USD", "Income:Sales")

    rows = balances.register(books, accounts.find("Assets"))

    assert [(row.account, row.balance) for row in rows] == [
        ("Assets:Bank", 500),
        ("Assets:Cash", 1000),
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("bank", ["Assets:Bank"]),
        ("account:assets", ["Assets:Bank", "Assets:Cash"]),
        ("Assets:Ca", ["Assets:Cash"]),
        ("kind:income", ["Income:Sales"]),
        ("-kind:income -role:cash", []),
        ("code:1000 or kind:income", ["Assets:Cash", "Income:Sales"]),
        ("commodity:EUR", ["Assets:Cash", "Income:Sales"]),
    ],
)
def test_query_names_balances(books: Session, query: str, found: list[str]) -> None:
    enter(books, "Assets:Bank  5.00 USD", "Income:Sales")
    enter(books, "Assets:Cash  5.00 EUR", "Income:Sales")

    assert list(held(books, query)) == found
