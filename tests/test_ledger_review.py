"""Ways around the rules of the books that must stay shut."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from boconsole.errors import BoconsoleError, InvalidChangeError, NotAllowedError
from boconsole.journals.parts import JournalError
from boconsole.ledger import (
    accounts,
    approving,
    checking,
    closing,
    entries,
    exporting,
    importing,
    limits,
    periods,
    posting,
    recurring,
)
from boconsole.ledger.accounts import NewAccount
from boconsole.ledger.errors import (
    AccountClosedError,
    ApprovalError,
    ControlError,
    PeriodClosedError,
)
from boconsole.ledger.typing import typed
from boconsole.money import AmountTooLargeError, PrecisionError, rounded, to_minor
from boconsole.session import Session
from db import connection
from tests.books import DAY, draft, enter, faults, held, open_books, sale
from tests.people import StandingClock, add_agent, open_session


@pytest.fixture
def books(session: Session) -> Session:
    open_books(session)
    return session


def journal(folder: Path, text: str, name: str = "books.journal") -> Path:
    """Write a journal and return its path."""
    path = folder / name
    path.write_bytes(text.encode())
    return path


# Four eyes


@pytest.mark.parametrize(
    "lines",
    [
        ("Assets:Cash  9000 EUR @@ 1 USD", "Assets:Bank  -9000 EUR @@ 1 USD"),
        ("Assets:Cash  9000 EUR @ 0.0001 USD", "Assets:Bank  -0.90 USD"),
        ("(Assets:Bank)  -9000 USD", "(Assets:Cash)  1 USD"),
        ("Assets:Cash  3000 USD", "[Assets:Bank]  3000 USD", "[Income:Sales]  -3000 USD",
         "Assets:Bank  -3000 USD"),
    ],
)  # fmt: skip
def test_threshold_looks_at_all_that_moves(books: Session, lines: tuple[str, ...]) -> None:
    limits.put(books, "5000")

    with pytest.raises(ApprovalError):
        enter(books, *lines)


def test_threshold_of_imports_looks_at_all_that_moves(books: Session, tmp_path: Path) -> None:
    limits.put(books, "5000")
    text = "2026-05-04 x\n  Assets:Cash  9000 EUR @@ 1 USD\n  Assets:Bank  -9000 EUR @@ 1 USD\n"

    with pytest.raises(ApprovalError):
        importing.import_journal(books, journal(tmp_path, text))


def test_who_kept_a_template_does_not_approve_what_comes_of_it(books: Session) -> None:
    from boconsole.doors import chores

    limits.put(books, "5000")
    maker = add_agent(books, "maker", ("admin",))
    clerk = add_agent(books, "clerk", ("accountant",))
    lines = ["Expenses:Rent  9000 USD", "Assets:Bank"]
    recurring.save_template(maker, "Rent", lines)
    recurring.save_template(clerk, "Rent", lines, payee="Landlord")
    recurring.recur(maker, "Rent", "Rent", "1mo", DAY)
    chores.run(books)
    waiting = next(iter(_drafts(books)))

    with pytest.raises(ApprovalError):
        approving.approve(maker, waiting)
    approving.approve(books, waiting)


def _drafts(session: Session) -> list[entries.JournalEntry]:
    rows = connection.fetch("SELECT id FROM journal_entry WHERE state = 'draft' ORDER BY id")
    return [entries.get(session, str(row[0])) for row in rows]


def test_nobody_approves_what_he_wrote_though_another_edited_it(books: Session) -> None:
    limits.put(books, "5000")
    maker = add_agent(books, "maker", ("admin",))
    made = draft(maker, "Assets:Bank  9000 USD", "Income:Sales")
    entry = typed(DAY, "No typo", ["Assets:Bank  9000 USD", "Income:Sales"])
    edited = entries.edit(books, made, entry)

    for writer in (maker, books):
        with pytest.raises(ApprovalError):
            approving.approve(writer, edited)
    approving.approve(add_agent(books, "third", ("approver",)), edited)


def test_replaced_recurrence_makes_no_day_twice(books: Session) -> None:
    recurring.save_template(books, "Rent", ["Expenses:Rent  10 USD", "Assets:Bank"])
    for every in ("1mo", "1mo", "1d"):
        recurring.recur(books, "Rent", "Rent", every, date(2026, 3, 4), posts=True)
        recurring.run_due(books)

    assert held(books, "Expenses:Rent") == {"Expenses:Rent": "30.00 USD"}


# Periods


def test_lock_is_moved_back_only_by_who_may_reopen(books: Session) -> None:
    clerk = add_agent(books, "clerk", ("accountant",))
    periods.set_lock(clerk, "ledger", date(2026, 4, 30))
    periods.set_lock(clerk, "ledger", date(2026, 5, 31))

    with pytest.raises(NotAllowedError):
        periods.set_lock(clerk, "ledger", date(2026, 3, 31))
    periods.set_lock(books, "ledger", date(2026, 3, 31))


def test_year_whose_months_are_closed_is_closed_and_opened(books: Session) -> None:
    sale(books)
    for row in periods.periods(books):
        periods.close_period(books, row)

    closing.close(books, "2026")
    assert held(books, "Income:Sales") == {}
    closing.reopen(books, "2026", "late bill")
    assert held(books, "Income:Sales") == {"Income:Sales": "-100.00 USD"}
    assert checking.check(books).faults == ()


@pytest.mark.parametrize(("first", "day"), [("1", date(9999, 12, 31)), ("4", date(1, 1, 1))])
def test_day_whose_year_cannot_be_is_refused(session: Session, first: str, day: date) -> None:
    open_books(session)
    periods.set_fiscal_start(session, first)

    with pytest.raises(PeriodClosedError):
        sale(session, day=day)


# Amounts


def test_digits_beyond_the_precision_are_seen_however_many() -> None:
    number = Decimal("1.0000000000000000000000000000001")

    with pytest.raises(PrecisionError):
        to_minor(number, "USD", 2)


@pytest.mark.parametrize("text", ["1e999999", "1e400000", "1e30", "-1e15"])
def test_amount_of_any_size_is_refused_as_too_large(text: str) -> None:
    with pytest.raises(AmountTooLargeError):
        to_minor(Decimal(text), "USD", 2)


def test_zero_is_zero_however_it_is_written() -> None:
    assert to_minor(Decimal("0e999999"), "USD", 2) == to_minor(Decimal("0e-999999"), "USD", 2) == 0


def test_rounding_takes_any_number_of_digits() -> None:
    assert rounded(Decimal("1" * 40 + ".005"), 2) == Decimal("1" * 40 + ".01")


def test_price_beyond_all_bounds_is_too_large(books: Session) -> None:
    with pytest.raises(AmountTooLargeError):
        enter(books, f"Assets:Bank  1 EUR @ 1{'0' * 40} USD", "Income:Sales")


def test_sums_that_would_leave_64_bits_are_refused(books: Session, tmp_path: Path) -> None:
    one = "  Assets:Bank  9999999999999.99 USD\n  Income:Sales\n\n"
    months = [
        journal(tmp_path, f"2026-{month:02}-01 x\n{one}" * 4_600, f"{month}.journal")
        for month in (1, 2)
    ]
    importing.import_journal(books, months[0])

    with pytest.raises(ControlError):
        importing.import_journal(books, months[1])
    assert len(held(books)) == 2


def test_months_that_are_not_quiet_are_summed_up_before_the_next(
    books: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "QUIET", 100)
    monkeypatch.setattr(posting, "MOST", 2_500)
    for month in (1, 2):
        enter(books, "Assets:Bank  10 USD", "Income:Sales", day=date(2026, month, 1))

    with pytest.raises(ControlError):
        enter(books, "Assets:Bank  10 USD", "Income:Sales", day=date(2026, 3, 1))


def test_plan_is_told_as_an_exact_decimal(command) -> None:  # type: ignore[no-untyped-def]
    command("ledger", "account", "Expenses:Rent")

    done = command(
        "--json", "ledger", "budget", "set", "Expenses:Rent", "1e3", "USD", "--for", "2026-05"
    )

    assert '"amount": "1000"' in done.stdout


# Lines as they are typed


@pytest.mark.parametrize("line", ["Assets:Bank  = 99 USD", "Assets:Bank  1 USD = 99 USD"])
def test_typed_line_asserts_no_balance(books: Session, line: str) -> None:
    with pytest.raises(InvalidChangeError, match="cannot be asserted"):
        typed(DAY, "x", [line, "Income:Sales"])


def test_amount_without_commodity_says_what_to_type(books: Session) -> None:
    with pytest.raises(BoconsoleError, match="Say in which currency"):
        enter(books, "Assets:Bank  10", "Income:Sales")


# Imports


@pytest.mark.parametrize(
    "text", ["2026-05-04 x\n  (a)  5 USD\n", "2026-05-04 x\n  a  0\n", "2026-05-04 a note\n"]
)
def test_imported_entry_of_fewer_than_two_lines_is_no_fault(
    books: Session, tmp_path: Path, text: str
) -> None:
    importing.import_journal(books, journal(tmp_path, text))

    assert checking.check(books).faults == ()


def test_import_books_nothing_on_an_account_that_is_closed(books: Session, tmp_path: Path) -> None:
    accounts.add(books, [NewAccount("Assets:Old", closed_on=date(2026, 1, 31))])
    text = "2026-05-04 x\n  Assets:Old  1 USD\n  Income:Sales\n"

    with pytest.raises(JournalError, match="not active") as refused:
        importing.import_journal(books, journal(tmp_path, text))
    assert isinstance(refused.value.__cause__, AccountClosedError)


def test_import_keeps_when_accounts_open_and_close(books: Session, tmp_path: Path) -> None:
    text = "2020-01-01 open Assets:Till\n2022-01-31 close Assets:Till\n"

    importing.import_journal(books, journal(tmp_path, text, "books.beancount"))

    till = accounts.find("Assets:Till")
    assert (till.opened_on, till.closed_on) == (date(2020, 1, 1), date(2022, 1, 31))


@pytest.mark.parametrize("text", ["a\x1b[31mb:c", "a\u202eb", "a\x00b"])
def test_import_refuses_account_names_that_would_act_on_a_terminal(
    books: Session, tmp_path: Path, text: str
) -> None:
    with pytest.raises(BoconsoleError, match="control"):
        importing.import_journal(books, journal(tmp_path, f"2026-05-04 x\n  {text}  1 USD\n  b\n"))


def test_import_refuses_commodities_that_would_act_on_a_terminal(
    books: Session, tmp_path: Path
) -> None:
    text = '2026-05-04 x\n  a  1 "od\u202ed"\n  b\n'

    with pytest.raises(BoconsoleError, match="control"):
        importing.import_journal(books, journal(tmp_path, text))


def test_import_cleans_what_is_said(books: Session, tmp_path: Path) -> None:
    text = "2026-05-04 x\n  ; where:he\x1bre\x00\n  a  1 USD  ; la\x1bbel\x00 to:th\u202eere\n  b\n"

    importing.import_journal(books, journal(tmp_path, text))

    stored = connection.fetch("SELECT label, details FROM posting ORDER BY id")
    stored += connection.fetch("SELECT tags, comment FROM journal_entry")
    assert not any(
        letter in str(field) for row in stored for field in row
        for letter in ("\x1b", "\x00", "\u202e", "\\u00", "\\u20")
    )  # fmt: skip


def test_import_reads_files_alone(books: Session) -> None:
    with pytest.raises(BoconsoleError, match="no file"):
        importing.import_journal(books, Path("/dev/null"))


# Proof


@pytest.mark.parametrize(
    "change",
    [
        "comment = 'other'", "tags = '[[\"a\", \"b\"]]'", "links = '[\"x\"]'", "reason = 'other'",
        "status = '*'", "approved_at = 5",
    ],
)  # fmt: skip
def test_nothing_of_a_posted_entry_changes(books: Session, change: str) -> None:
    sale(books)

    with pytest.raises(Exception, match="never changes"), connection.transaction():
        connection.execute(f"UPDATE journal_entry SET {change}")


def test_posted_entry_outside_of_every_series_is_found(books: Session) -> None:
    sale(books)
    connection.execute(
        "INSERT INTO journal_entry (id, version, state, kind, series, year_id, number, dated, "
        "status, code, payee, description, comment, tags, links, reason, prepared_by, posted_by, "
        "posted_at, hash) SELECT 900, 1, 'posted', kind, 'JNL', year_id, NULL, dated, '', '', '', "
        "'smuggled', '', '[]', '[]', '', 1, 1, 5, '' FROM journal_entry"
    )
    connection.execute(
        "INSERT INTO posting (entry_id, position, account_id, commodity_id, amount, value, "
        "value_commodity_id, kind, dated, posted, label, details) "
        "SELECT 900, position, account_id, commodity_id, amount, value, "
        "value_commodity_id, kind, dated, posted, label, details FROM posting"
    )
    from db.ledger import balances as stored

    stored.rebuild()

    assert faults(checking.check(books).faults) == ["numbering"]


# Rights


def test_register_tells_no_names_to_who_may_not_read(
    sqlite_url: str, clock: StandingClock, command
) -> None:  # type: ignore[no-untyped-def]
    books = open_session(sqlite_url, clock)
    open_books(books)
    add_agent(books, "clerk")
    connection.close_database()

    done = command("ledger", "register", "Bnk", BOCONSOLE_USER="clerk")

    assert (done.returncode, "Assets" in done.stderr) == (1, False)


# Workbooks


def test_workbook_refuses_what_no_cell_holds(books: Session, tmp_path: Path) -> None:
    long = f"2026-05-04 x\n  a  1 USD  ; {'y' * 40_000}\n  b\n"
    importing.import_journal(books, journal(tmp_path, long))

    with pytest.raises(BoconsoleError, match="longer than a cell"):
        exporting.export(books, tmp_path / "lines.xlsx", "xlsx")
    assert not list(tmp_path.glob("*.xlsx*"))


def test_workbook_needs_a_file(books: Session) -> None:
    sale(books)

    with pytest.raises(BoconsoleError, match="cannot be written"):
        exporting.export(books, Path("/dev/full"), "xlsx")
