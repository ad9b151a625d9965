"""Statements taken over: each line once, balances proved, differences told."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boconsole import audit
from boconsole.bank import matching, withdrawing
from boconsole.bank.errors import (
    MatchError,
    OtherAccountError,
    StatementError,
    WhichStatementError,
)
from boconsole.bank.keys import Movement, keyed, unseen
from boconsole.errors import BoconsoleError, NotAllowedError
from boconsole.ledger import accounts
from boconsole.roles import permissions_of
from boconsole.session import Session
from db import connection
from db.bank import accounts as banks
from tests.banks import all_lines, line_of, reconciled, take, take_rows, the_bank
from tests.books import enter, open_books
from tests.statements import CREDIT_OF_2018, TWO_ACCOUNTS, movement, need_ofxtools, sgml


@pytest.fixture
def books(session: Session) -> Session:
    open_books(session)
    return session


def ofx(folder: Path, text: str, name: str = "bank.ofx") -> Path:
    need_ofxtools()
    (folder / name).write_text(text, "utf-8")
    return folder / name


def told() -> list[tuple[str, int]]:
    return [(line.dated.isoformat(), line.amount) for line in all_lines()]


def test_one_credit_from_400_to_500(books: Session, tmp_path: Path) -> None:
    """Figures: Tryton, modules/account_statement_ofx/tests (W55)."""
    done = take(books, ofx(tmp_path, CREDIT_OF_2018))

    assert (done.added, done.seen, done.differences) == (1, 0, ())
    assert told() == [("2018-02-20", 400_00), ("2018-02-21", 100_00)]
    assert matching.text_of(all_lines()[0]) == "Opening balance"
    assert (reconciled(books).statement, reconciled(books).lines) == (500_00, 500_00)
    assert the_bank().number == "1234567890"


def test_same_file_twice_adds_nothing(books: Session, tmp_path: Path) -> None:
    path = ofx(tmp_path, CREDIT_OF_2018)
    take(books, path)
    before = (told(), audit.length(), the_bank())

    done = take(books, path)

    assert (done.added, done.seen, done.differences) == (0, 1, ())
    assert (told(), audit.length(), the_bank()) == before


def test_overlapping_statements_bring_what_is_new(books: Session, tmp_path: Path) -> None:
    first, second, third = (
        movement("20260501", "10.00", "a"), movement("20260502", "-3.00", "b"),
        movement("20260503", "5.00", "c"),
    )  # fmt: skip
    take(books, ofx(tmp_path, sgml([first, second], ("107.00", "20260502"))))

    done = take(books, ofx(tmp_path, sgml([second, third], ("112.00", "20260503"))))

    assert (done.added, done.seen, done.differences) == (1, 1, ())
    assert reconciled(books).statement == 112_00
    assert reconciled(books, date(2026, 5, 1)).statement == 110_00


def test_missing_lines_are_told(books: Session, tmp_path: Path) -> None:
    take(books, ofx(tmp_path, sgml([movement("20260501", "10.00", "a")], ("110.00", "20260501"))))

    done = take(
        books, ofx(tmp_path, sgml([movement("20260503", "5.00", "c")], ("112.00", "20260503")))
    )

    assert [(each.kind, each.told, each.found) for each in done.differences] == [
        ("balance", 112_00, 115_00)]  # fmt: skip
    found = reconciled(books)
    assert (found.statement, found.lines, found.proved) == (112_00, 115_00, False)


def test_opening_balance_that_does_not_follow_is_told(books: Session, tmp_path: Path) -> None:
    take_rows(books, tmp_path, "2026-05-01;10.00;a", opening=Decimal(100), closing=Decimal(110))

    done = take_rows(
        books, tmp_path, "2026-05-02;10.00;b", opening=Decimal(111), closing=Decimal(120)
    )

    assert [(each.kind, each.told, each.found) for each in done.differences] == [
        ("lines", 120_00, 121_00), ("chain", 111_00, 110_00)]  # fmt: skip


def test_older_statement_moves_the_opening_balance(books: Session, tmp_path: Path) -> None:
    take_rows(books, tmp_path, "2026-05-10;10.00;late", closing=Decimal(110))

    done = take_rows(books, tmp_path, "2026-05-01;7.00;early", closing=Decimal(100))

    assert done.differences == ()
    assert told() == [("2026-04-30", 93_00), ("2026-05-01", 7_00), ("2026-05-10", 10_00)]


def test_older_statement_is_refused_once_the_opening_balance_is_matched(
    books: Session, tmp_path: Path
) -> None:
    take_rows(books, tmp_path, "2026-05-10;10.00;late", closing=Decimal(110))
    made = enter(books, "Assets:Bank  100.00 USD", "Equity:Capital")
    opening = line_of("Opening balance")
    matching.match(books, opening, matching.books_of(books, the_bank(), [made.number]))

    with pytest.raises(MatchError, match="unmatch"):
        take_rows(books, tmp_path, "2026-05-01;7.00;early", closing=Decimal(100))

    assert len(all_lines()) == 2


def test_equal_lines_of_a_day_are_all_taken_once(books: Session, tmp_path: Path) -> None:
    row = "2026-05-04;-3.50;coffee"
    take_rows(books, tmp_path, row, row)

    done = take_rows(books, tmp_path, row, row, row)

    assert (done.added, done.seen, len(all_lines())) == (1, 2, 3)


def test_id_that_comes_with_another_amount_is_told(books: Session, tmp_path: Path) -> None:
    take_rows(books, tmp_path, "2026-05-04;1.00;one;X1")

    done = take_rows(books, tmp_path, "2026-05-05;2.00;two;X1")

    assert (done.added, done.changed[0].movement.id, done.changed[0].known_amount) == (
        0, "X1", 100)  # fmt: skip


def test_id_given_to_everything_is_no_id(books: Session, tmp_path: Path) -> None:
    rows = ("2026-05-04;1.00;one;0", "2026-05-05;2.00;two;0")
    take_rows(books, tmp_path, *rows)

    assert take_rows(books, tmp_path, *rows).added == 0
    assert len(all_lines()) == 2


def test_too_many_digits_are_refused_or_rounded_half_up(books: Session, tmp_path: Path) -> None:
    path = ofx(tmp_path, sgml([movement("20260501", "-197.1250", "a")]))
    text = path.read_text().splitlines()

    with pytest.raises(StatementError, match="--round") as refused:
        take(books, path)
    assert text[refused.value.line - 1] == "<STMTTRN>"
    assert banks.select_banks() == []

    assert take(books, path, half_up=True).rounded == 1
    assert told() == [("2026-05-01", -197_13)]


def test_zeros_beyond_the_digits_are_no_rounding(books: Session, tmp_path: Path) -> None:
    done = take(books, ofx(tmp_path, sgml([movement("20260501", "-1500.0000", "a")])))

    assert (done.rounded, told()) == (0, [("2026-05-01", -1_500_00)])


def test_dry_run_keeps_nothing(books: Session, tmp_path: Path) -> None:
    before = audit.length()

    done = take_rows(books, tmp_path, "2026-05-04;1.00;one", dry_run=True)

    assert (done.added, banks.select_banks(), audit.length()) == (1, [], before)


def test_map_is_kept_once_it_led_to_a_statement(books: Session, tmp_path: Path) -> None:
    path = tmp_path / "bank.csv"
    path.write_text("date;amount;text;id\n2026-05-04;x;a;\n")
    with pytest.raises(StatementError, match="no map"):
        take(books, path)
    with pytest.raises(StatementError, match="no amount"):
        take_rows(books, tmp_path, "2026-05-04;x;a")
    take_rows(books, tmp_path, "2026-05-04;1.00;a")

    path.write_text("date;amount;text;id\n2026-05-05;2.00;b;\n")

    assert take(books, path).added == 1
    assert '"currency": "USD"' in the_bank().table_map


def test_file_of_several_accounts_goes_where_it_belongs(books: Session, tmp_path: Path) -> None:
    path = ofx(tmp_path, TWO_ACCOUNTS)
    with pytest.raises(WhichStatementError, match="111, 222"):
        take(books, path)
    with pytest.raises(WhichStatementError):
        take(books, path, number="333")

    done = take(books, path, number="111")

    assert (done.added, done.others, the_bank().number) == (1, ("222",), "111")
    assert take(books, path).seen == 1
    assert take(books, path, account="Assets:Cash", number="222").added == 0
    with pytest.raises(OtherAccountError, match="Assets:Bank"):
        take(books, path, account="Liabilities:Loan", number="111")


def test_statement_of_another_account_or_currency_is_refused(
    books: Session, tmp_path: Path
) -> None:
    take(books, ofx(tmp_path, CREDIT_OF_2018))
    line = [movement("20260501", "1.00", "z")]

    with pytest.raises(OtherAccountError, match="of the account 999"):
        take(books, ofx(tmp_path, sgml(line, number="999")))
    with pytest.raises(OtherAccountError, match="in EUR"):
        take(books, ofx(tmp_path, sgml(line, currency="EUR")))

    assert len(all_lines()) == 2


def test_currency_is_that_of_the_account_or_asked_for(books: Session, tmp_path: Path) -> None:
    path = ofx(tmp_path, sgml([movement("20260501", "1.00", "z")], currency=""))
    with pytest.raises(StatementError, match="--currency"):
        take(books, path)
    enter(books, "Assets:Bank  5 EUR", "Equity:Capital")

    take(books, path)

    assert the_bank().commodity == "EUR"


def test_last_statement_is_taken_back_whole(books: Session, tmp_path: Path) -> None:
    take_rows(books, tmp_path, "2026-05-10;10.00;late", closing=Decimal(110))
    before = [(line.dated, line.amount, line.state) for line in all_lines()]
    take_rows(books, tmp_path, "2026-05-01;7.00;early", "2026-05-12;1.00;new")
    bank = accounts.find("Assets:Bank")

    _bank, gone = withdrawing.withdraw(books, bank)

    assert (gone.added, len(withdrawing.statements(books, bank))) == (2, 1)
    assert [(line.dated, line.amount, line.state) for line in all_lines()] == before
    assert audit.history(books, "bank_statement", gone.id)[-1].action == "bank.withdraw"
    assert take_rows(books, tmp_path, "2026-05-12;1.00;new").added == 1
    withdrawing.withdraw(books, bank)
    withdrawing.withdraw(books, bank)
    assert all_lines() == []
    with pytest.raises(MatchError, match="no statement"):
        withdrawing.withdraw(books, bank)
    assert take_rows(books, tmp_path, "2026-05-10;10.00;late", closing=Decimal(110)).added == 1
    assert [(line.dated, line.amount, line.state) for line in all_lines()] == before


def test_statement_with_a_match_is_not_taken_back(books: Session, tmp_path: Path) -> None:
    take_rows(books, tmp_path, "2026-05-10;10.00;late")
    made = enter(books, "Assets:Bank  10.00 USD", "Income:Sales")
    matching.match(books, line_of("late"), matching.books_of(books, the_bank(), [made.number]))

    with pytest.raises(MatchError, match="is matched"):
        withdrawing.withdraw(books, accounts.find("Assets:Bank"))
    with pytest.raises(NotAllowedError):
        withdrawing.withdraw(replace(books, permissions=frozenset()), accounts.find("Assets:Bank"))

    assert len(all_lines()) == 1


def test_matched_opening_balance_moves_with_no_statement(books: Session, tmp_path: Path) -> None:
    take_rows(books, tmp_path, "2026-05-10;10.00;late", closing=Decimal(110))
    take_rows(books, tmp_path, "2026-05-01;7.00;early")
    made = enter(books, "Assets:Bank  93.00 USD", "Equity:Capital")
    opening = line_of("Opening")
    matching.match(books, opening, matching.books_of(books, the_bank(), [made.number]))

    with pytest.raises(MatchError, match=f"unmatch {opening.id}"):
        withdrawing.withdraw(books, accounts.find("Assets:Bank"))
    matching.unmatch(books, line_of("Opening"))
    withdrawing.withdraw(books, accounts.find("Assets:Bank"))

    assert line_of("Opening").amount == 100_00


def test_four_writers_take_a_statement_once(books: Session, tmp_path: Path) -> None:
    rows = [f"2026-05-0{day};{day}.00;row" for day in range(1, 8)]
    take_rows(books, tmp_path, rows[0], closing=Decimal(1))

    def import_again(number: int) -> int:
        folder = tmp_path / str(number)
        folder.mkdir()
        try:
            return take_rows(books, folder, *rows).added
        finally:
            connection.release()

    with ThreadPoolExecutor(4) as pool:
        added = list(pool.map(import_again, range(4)))

    assert sorted(added) == [0, 0, 0, 6]
    assert reconciled(books).lines == 28_00


def test_only_accountants_import(books: Session, tmp_path: Path) -> None:
    for role in ("agent", "auditor", "approver"):
        other = replace(books, permissions=permissions_of((role,)))
        with pytest.raises(NotAllowedError, match=r"bank\.import"):
            take_rows(other, tmp_path, "2026-05-04;1.00;one")

    accountant = replace(books, permissions=permissions_of(("accountant",)))
    assert take_rows(accountant, tmp_path, "2026-05-04;1.00;one").added == 1


def test_text_of_a_bank_reaches_no_terminal(books: Session, tmp_path: Path) -> None:
    take_rows(books, tmp_path, "2026-05-04;1.00;\x1b[31mred\u202e" + "x" * 3_000)

    memo = all_lines()[0].memo
    assert (memo[:8], len(memo)) == ("[31mredx", 2_000)


def test_unreadable_file_is_named(books: Session, tmp_path: Path) -> None:
    with pytest.raises(BoconsoleError, match=r"none\.ofx cannot be read"):
        take(books, tmp_path / "none.ofx")


MOVEMENTS = st.lists(
    st.builds(
        Movement,
        st.sampled_from([date(2026, 5, day) for day in (1, 2, 3)]), st.integers(-2, 2),
        st.sampled_from(["", "", "0", "a", "b"]), st.sampled_from(["", "x"]), st.just(""),
        st.just(""), st.just(0),
    ),
    max_size=8,
)  # fmt: skip


def taken(*files: list[Movement]) -> int:
    """Return how many lines files leave that come one after the other."""
    kept: dict[str, tuple[date, int]] = {}
    for movements in files:
        fresh, _changed = unseen(keyed(movements), kept)
        kept |= {each.key: (each.movement.dated, each.movement.amount) for each in fresh}
    return len(kept)


@given(movements=MOVEMENTS, data=st.data())
def test_part_of_a_file_before_or_after_it_changes_nothing(
    movements: list[Movement], data: st.DataObject
) -> None:
    part = [each for each in movements if data.draw(st.booleans())]

    whole = taken(movements)

    assert taken(movements, movements) == taken(movements, part) == whole
    assert taken(part, movements) == whole
    assert len({key.key for key in keyed(movements)}) == len(keyed(movements))


@settings(max_examples=30, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(movements=MOVEMENTS)
def test_importing_twice_adds_nothing(
    local_session: Session, tmp_path: Path, movements: list[Movement]
) -> None:
    if not connection.fetch("SELECT 1 FROM ledger_account LIMIT 1"):
        open_books(local_session)
    for table in ("bank_month", "bank_line", "bank_statement", "bank_account"):
        connection.execute(f"DELETE FROM {table}")
    rows = [f"{each.dated};{each.amount};{each.name};{each.id}" for each in movements]
    take_rows(local_session, tmp_path, *rows)
    before = all_lines()

    done = take_rows(local_session, tmp_path, *rows)

    assert (done.added, done.changed, all_lines()) == (0, (), before)
    assert done.seen == len(movements)
