"""Bank lines and books matched, taken apart, and proved equal at every step."""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boconsole import audit
from boconsole.bank import accepting, creating, matching, reconciling
from boconsole.bank.errors import MatchError, UnequalMatchError
from boconsole.errors import BoconsoleError, NotAllowedError, NotFoundError, StaleRecordError
from boconsole.ledger import accounts, checking, entries, limits
from boconsole.ledger.errors import ApprovalError
from boconsole.roles import permissions_of
from boconsole.session import Session
from db import connection
from tests.banks import all_lines, line_of, match, reconciled, take_rows, the_bank
from tests.books import enter, open_books

ROWS = (
    "2026-05-04;100.00;PT MAJU INV-2026-00042;A1",
    "2026-05-05;-2.50;ADMIN FEE;A2",
    "2026-05-06;60.00;Transfer;A3",
)


@pytest.fixture
def books(session: Session, tmp_path: Path) -> Session:
    """Books with a bank that holds 200.00 before three lines of May."""
    open_books(session)
    enter(session, "Assets:Bank  200.00 USD", "Equity:Capital", day=date(2026, 5, 1))
    take_rows(session, tmp_path, *ROWS, closing=Decimal("357.50"))
    return session


def entry(session: Session, amount: str, about: str = "Sale", day: int = 4) -> str:
    lines = (f"Assets:Bank  {amount} USD", "Income:Sales")
    return enter(session, *lines, day=date(2026, 5, day), about=about).number


def sums(found: reconciling.Reconciliation) -> tuple[int, int, int, int]:
    return found.statement, found.books, found.difference, found.unexplained


def test_open_lines_explain_the_difference(books: Session) -> None:
    entry(books, "-20.00", "Cheque 117")

    found = reconciled(books)

    assert sums(found) == (357_50, 180_00, 177_50, 0)
    assert (len(found.open_lines), len(found.open_books), found.proved) == (4, 2, True)
    assert (found.open_bank_sum, found.open_books_sum, found.settled_bank) == (357_50, 180_00, 0)


def test_month_is_reconciled_to_the_cent(books: Session) -> None:
    sale = entry(books, "100.00", "Payment of INV-2026-00042")
    parts = [entry(books, "25.00"), entry(books, "35.00")]
    match(books, "Opening", ["JNL-2026-00001"])
    match(books, "MAJU", [sale])
    match(books, "Transfer", parts)
    made, done = creating.create(books, line_of("ADMIN"), ["Expenses:Supplies"])

    found = reconciled(books)

    assert sums(found) == (357_50, 357_50, 0, 0)
    assert (found.open_lines, found.open_books, found.proved) == ((), (), True)
    assert (made.head.description, made.head.dated, made.state) == (
        "ADMIN FEE", date(2026, 5, 5), "posted")  # fmt: skip
    assert [book.entry_id for book in done.books] == [made.head.id]
    assert checking.check(books).faults == ()
    assert audit.verify().broken == 0


def test_day_between_bank_and_books_is_told_as_it_was(books: Session) -> None:
    cheque = entry(books, "60.00", day=2)
    match(books, "Transfer", [cheque])

    early, late = reconciled(books, date(2026, 5, 5)), reconciled(books, date(2026, 5, 6))

    assert [book.amount for book in early.open_books] == [200_00, 60_00]
    assert [book.amount for book in late.open_books] == [200_00]
    assert (early.statement, late.statement) == (297_50, 357_50)
    assert (early.unexplained, late.unexplained) == (0, 0)
    assert early.proposals[line_of("ADMIN").id] == []


def test_match_needs_the_same_amount(books: Session) -> None:
    with pytest.raises(UnequalMatchError, match=r"100\.00.*99\.00.*-1\.00"):
        match(books, "MAJU", [entry(books, "99.00")])

    assert reconciled(books).settled_bank == 0


def test_entry_is_matched_once(books: Session, tmp_path: Path) -> None:
    sale = entry(books, "100.00")
    found = matching.books_of(books, the_bank(), [sale])
    matching.match(books, line_of("MAJU"), found)
    take_rows(books, tmp_path, "2026-05-07;100.00;again;A9")

    with pytest.raises(MatchError, match="not matched yet"):
        match(books, "again", [sale])
    with pytest.raises(MatchError, match="is matched already"):
        matching.match(books, line_of("again"), found)
    with pytest.raises(MatchError, match="is matched already"):
        match(books, "MAJU", [entry(books, "100.00")])


def test_stale_line_is_refused(books: Session) -> None:
    old, sale = line_of("MAJU"), entry(books, "100.00")
    match(books, "MAJU", [sale])
    matching.unmatch(books, line_of("MAJU"))

    with pytest.raises(StaleRecordError):
        matching.match(books, old, matching.books_of(books, the_bank(), [sale]))
    with pytest.raises(MatchError, match="not matched"):
        matching.unmatch(books, old)


def test_draft_and_other_accounts_are_not_matched(books: Session) -> None:
    from boconsole.ledger.typing import typed

    made = entries.draft(
        books, typed(date(2026, 5, 4), "x", ["Assets:Bank  100 USD", "Income:Sales"])
    )
    other = enter(books, "Assets:Cash  100 USD", "Income:Sales").number
    euros = enter(books, "Assets:Bank  100 EUR", "Income:Sales").number

    for number in (made.number, other, euros):
        with pytest.raises(MatchError, match="no posted line"):
            match(books, "MAJU", [number])
    with pytest.raises(MatchError, match="Name the entries"):
        matching.match(books, line_of("MAJU"), [])
    with pytest.raises(NotFoundError):
        matching.get(books, 999)


def test_match_and_unmatch_leave_their_trail(books: Session) -> None:
    sale = entry(books, "100.00")
    match(books, "MAJU", [sale])
    matching.unmatch(books, line_of("MAJU"))

    trail = audit.history(books, "bank", line_of("MAJU").id)

    assert [line.action for line in trail] == ["bank.match", "bank.unmatch"]
    assert trail[0].changes[1].after == [sale]
    assert line_of("MAJU").version == 3


def test_reversed_entry_is_no_open_line(books: Session) -> None:
    sale = entry(books, "100.00")
    entries.reverse(books, entries.get(books, sale), dated=date(2026, 5, 4))

    found = reconciled(books)

    assert [book.amount for book in found.open_books] == [200_00]
    assert found.unexplained == 0


def test_what_was_learned_is_kept_used_and_forgotten(books: Session, tmp_path: Path) -> None:
    creating.create(books, line_of("ADMIN"), ["Expenses:Supplies"])
    bank = accounts.find("Assets:Bank")
    take_rows(books, tmp_path, "2026-06-05;-2.75;ADMIN FEE;A7")

    rules = reconciling.rules(books, bank)
    way = reconciled(books).proposals[all_lines("open")[-1].id][0]

    assert [(rule.pattern, rule.account, rule.uses) for rule in rules] == [
        ("admin fee", "Expenses:Supplies", 1)]  # fmt: skip
    assert (way.kind, way.account, way.certain) == ("new", "Expenses:Supplies", False)
    matching.unmatch(books, next(line for line in all_lines() if line.amount == -250))
    assert reconciling.rules(books, bank) == []


def test_missing_entry_is_split_as_it_is_typed(books: Session) -> None:
    made, _done = creating.create(
        books, line_of("Transfer"), ["Income:Sales  -50.00 USD", "Expenses:Rent"],
        description="Rent and sale", payee="PT Maju", dated=date(2026, 5, 5),
    )  # fmt: skip

    assert [(row.account, row.amount) for row in made.postings] == [
        ("Assets:Bank", 60_00), ("Income:Sales", -50_00), ("Expenses:Rent", -10_00)]  # fmt: skip
    assert (made.head.payee, made.head.dated) == ("PT Maju", date(2026, 5, 5))


def test_missing_entry_comes_whole_or_not_at_all(books: Session) -> None:
    before = audit.length()
    limits.put(books, "50")

    with pytest.raises(ApprovalError):
        creating.create(books, line_of("Transfer"), ["Income:Sales"])
    with pytest.raises(BoconsoleError, match="balance"):
        creating.create(books, line_of("ADMIN"), ["Income:Sales  1.00 USD"])
    with pytest.raises(UnequalMatchError):
        creating.create(books, line_of("ADMIN"), ["Assets:Bank  1.00 USD", "Expenses:Rent"])

    assert (len(all_lines("open")), audit.length()) == (4, before + 1)
    assert connection.fetch("SELECT count(*) FROM journal_entry") == [(1,)]


def test_only_what_is_certain_is_matched_without_being_asked(books: Session) -> None:
    sale = entry(books, "100.00", "Payment of INV-2026-00042", day=1)
    entry(books, "60.00", "Transfer", day=6)

    done = accepting.accept(books, accounts.find("Assets:Bank"))

    assert [(found.line.amount, matching.number_of(way.lines[0])) for found, way in done] == [
        (100_00, sale)]  # fmt: skip
    assert len(all_lines("open")) == 3
    assert reconciled(books).unexplained == 0


def test_everything_up_to_a_day_is_matched_with_the_opening_balance(
    session: Session, tmp_path: Path
) -> None:
    open_books(session)
    for day in (1, 2, 3):
        entry(session, "10.00", day=day)
    late = entry(session, "5.00", day=9)
    take_rows(session, tmp_path, "2026-05-08;1.00;first", closing=Decimal(31))

    found = matching.books_through(session, the_bank(), date(2026, 5, 7))
    matching.match(session, line_of("Opening"), found)

    assert [matching.number_of(book) for book in reconciled(session).open_books] == [late]


def test_only_accountants_match(books: Session) -> None:
    auditor = replace(books, permissions=permissions_of(("auditor",)))
    line, sale = line_of("MAJU"), entry(books, "100.00")
    found = matching.books_of(books, the_bank(), [sale])

    assert reconciling.reconcile(auditor, accounts.find("Assets:Bank")).proved
    with pytest.raises(NotAllowedError, match=r"bank\.match"):
        matching.match(auditor, line, found)
    with pytest.raises(NotAllowedError, match=r"bank\.match"):
        matching.unmatch(auditor, line)
    with pytest.raises(NotAllowedError, match=r"bank\.match"):
        creating.create(auditor, line, ["Income:Sales"])
    nobody = replace(books, permissions=frozenset())
    with pytest.raises(NotAllowedError, match=r"bank\.read"):
        reconciling.reconcile(nobody, accounts.find("Assets:Bank"))


def test_account_without_statement_is_told(books: Session) -> None:
    with pytest.raises(MatchError, match="No statement of Assets:Cash"):
        reconciling.reconcile(books, accounts.find("Assets:Cash"))


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["line", "entry", "match", "unmatch", "create", "reverse", "accept"]),
        st.integers(0, 30), st.sampled_from([-300, -200, -100, 100, 200, 300]),
        st.integers(1, 9),
    ),
    max_size=10,
)  # fmt: skip


class Walker:
    """Does what it is told to a bank, or sees it refused; the proof holds at every step."""

    def __init__(self, session: Session, folder: Path) -> None:
        self.session = session
        self.folder = folder
        self.made: list[str] = []

    def step(self, what: str, which: int, amount: int, day: int) -> None:
        with suppress(BoconsoleError, LookupError):
            self.do(what, which, amount, day)
        for at in (None, date(2026, 5, 5)):
            found = reconciled(self.session, at)
            assert found.proved
            assert found.unexplained == 0

    def do(self, what: str, which: int, amount: int, day: int) -> None:
        number = f"REF-{1000 + which}"
        if what == "line":
            row = f"2026-05-0{day};{amount // 100}.00;{number};K{len(all_lines())}"
            take_rows(self.session, self.folder, row)
        elif what == "entry":
            self.made.append(entry(self.session, f"{amount // 100}.00", number, day))
        elif what == "reverse":
            old = entries.get(self.session, self.made[which % max(len(self.made), 1)])
            self.made.append(entries.reverse(self.session, old, dated=date(2026, 5, 9)).number)
        elif what == "accept":
            accepting.accept(self.session, accounts.find("Assets:Bank"))
        else:
            self.change(what, all_lines()[which % len(all_lines())], which)

    def change(self, what: str, line: matching.BankLineRow, which: int) -> None:
        if what == "match":
            found = reconciled(self.session).proposals[line.id]
            matching.match(self.session, line, found[which % max(len(found), 1)].lines)
        elif what == "unmatch":
            matching.unmatch(self.session, line)
        elif what == "create":
            creating.create(self.session, line, ["Expenses:Rent"])


@settings(max_examples=12, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(steps=STEPS)
def test_proof_holds_whatever_is_done(
    local_session: Session, tmp_path: Path, steps: list[tuple[str, int, int, int]]
) -> None:
    if not connection.fetch("SELECT 1 FROM ledger_account LIMIT 1"):
        open_books(local_session)
        take_rows(local_session, tmp_path, "2026-05-01;1.00;first", opening=Decimal(50))
    walker = Walker(local_session, tmp_path)

    for step in steps:
        walker.step(*step)


def test_proof_holds_after_a_long_walk(session: Session, tmp_path: Path) -> None:
    import random

    open_books(session)
    take_rows(session, tmp_path, "2026-05-01;1.00;first", opening=Decimal(50))
    walker, chance = Walker(session, tmp_path), random.Random(20260504)
    kinds = ("line", "entry", "match", "match", "unmatch", "create", "reverse", "accept")

    for _round in range(80):
        walker.step(
            chance.choice(kinds), chance.randrange(30), chance.choice((-200, -100, 100, 200)),
            chance.randrange(1, 9),
        )  # fmt: skip

    assert len(all_lines("matched")) > 3
    assert checking.check(session).faults == ()
