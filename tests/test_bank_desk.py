"""Bank lines told twice, set aside, shared by an entry, accepted at once, undone and closed."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boconsole.bank import (
    accepting,
    closings,
    creating,
    deciding,
    desk,
    matching,
    sure,
    undoing,
    withdrawing,
)
from boconsole.bank.checking import faults as bank_faults
from boconsole.bank.errors import ClosedReconciliationError, MatchError, UnequalMatchError
from boconsole.bank.proposing import propose
from boconsole.errors import InvalidChangeError, NotAllowedError, QuerySyntaxError, UndoError
from boconsole.ledger import accounts, checking, entries
from boconsole.roles import ACCOUNTANT
from boconsole.session import Session
from db import connection
from db.bank import lines, months
from db.bank.rows import BankLineRow, BookLineRow
from tests.banks import all_lines, line_of, match, reconciled, take, take_rows, the_bank
from tests.books import enter, open_books

OFX = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20260510
<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1><BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0
<SEVERITY>INFO</STATUS><STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>1<ACCTID>123<ACCTTYPE>CHECKING
</BANKACCTFROM><BANKTRANLIST><DTSTART>20260501<DTEND>20260510{rows}</BANKTRANLIST><LEDGERBAL>
<BALAMT>{closing}<DTASOF>20260510</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""
ROW = "<STMTTRN><TRNTYPE>OTHER<DTPOSTED>{day}<TRNAMT>{amount}<FITID>{id}<NAME>{name}</STMTTRN>"


def take_ofx(session: Session, folder: Path, *rows: str, closing: str = "157.50") -> object:
    """Import rows such as `20260504;100.00;PT MAJU;F1`."""
    told = [dict(zip(("day", "amount", "name", "id"), row.split(";"), strict=True)) for row in rows]
    path = folder / "bank.ofx"
    path.write_text(OFX.format(rows="".join(ROW.format(**each) for each in told), closing=closing))
    return take(session, path)


@pytest.fixture
def books(session: Session, tmp_path: Path) -> Session:
    """Books of three lines that came by OFX and lead to 157.50."""
    open_books(session)
    take_ofx(session, tmp_path, "20260504;100.00;PT MAJU INV-2026-00042;F1",
             "20260505;-2.50;ADMIN FEE;F2", "20260506;60.00;Transfer;F3")  # fmt: skip
    return session


def entry(session: Session, amount: str, about: str = "Sale", day: int = 4) -> str:
    lines_ = (f"Assets:Bank  {amount} USD", "Income:Sales")
    return enter(session, *lines_, day=date(2026, 5, day), about=about).number


def states() -> list[str]:
    assert months.differences() == []
    return [line.state for line in all_lines() if line.amount]


# Told twice


def test_movement_that_comes_by_ofx_and_as_a_table_waits_and_counts_once(
    books: Session, tmp_path: Path
) -> None:
    done = take_rows(books, tmp_path, "2026-05-04;100.00;TRANSFER PT MAJU;T9",
                     "2026-05-07;5.00;Interest;T10")  # fmt: skip

    assert [(each.movement.id, each.known.memo or each.known.name) for each in done.doubtful] == [
        ("T9", "PT MAJU INV-2026-00042")
    ]
    assert states() == ["open", "doubtful", "open", "open", "open"]
    assert reconciled(books).lines == 162_50


def test_as_many_lines_of_a_day_are_doubted_as_are_known(books: Session, tmp_path: Path) -> None:
    done = take_rows(books, tmp_path, "2026-05-06;60.00;Something;", "2026-05-06;60.00;Transfer;")

    assert [each.movement.memo for each in done.doubtful] == ["Transfer"]
    assert sum(line.amount for line in all_lines() if line.state == "open") == 157_50 + 60_00


def test_known_line_that_the_file_brings_itself_makes_no_other_doubtful(
    books: Session, tmp_path: Path
) -> None:
    take_rows(books, tmp_path, "2026-05-08;70.00;One;")

    done = take_rows(books, tmp_path, "2026-05-08;70.00;One;", "2026-05-08;70.00;Two;")

    assert (done.added, done.seen, done.doubtful) == (1, 1, ())


def test_two_ids_of_the_bank_in_one_kind_of_file_are_two_movements(
    books: Session, tmp_path: Path
) -> None:
    done = take_ofx(books, tmp_path, "20260504;100.00;PT MAJU INV-2026-00042;F8", closing="257.50")

    assert done.doubtful == ()  # type: ignore[attr-defined]  # Imported
    assert states().count("open") == 4


def test_doubtful_line_is_decided_and_never_asked_for_again(books: Session, tmp_path: Path) -> None:
    rows = ("2026-05-04;100.00;TRANSFER PT MAJU;T9", "2026-05-05;-2.50;Fee;T8")
    take_rows(books, tmp_path, *rows)

    kept = deciding.keep(books, [line_of("TRANSFER PT MAJU")])[0]
    gone = deciding.set_aside(books, [line_of("Fee")], "")[0]
    again = take_rows(books, tmp_path, *rows)

    assert (kept.state, gone.state, gone.reason.split()[:3]) == (
        "open", "aside", ["The", "same", "movement"]
    )  # fmt: skip
    assert (again.added, again.seen, again.doubtful) == (0, 2, ())
    assert reconciled(books).lines == 257_50


# Set aside


def test_line_is_set_aside_with_a_reason_and_taken_up_again(books: Session) -> None:
    with pytest.raises(InvalidChangeError) as refused:
        deciding.set_aside(books, [line_of("ADMIN")], "  ")
    deciding.set_aside(books, [line_of("ADMIN")], "charged by mistake")
    with pytest.raises(MatchError):
        creating.create(books, line_of("ADMIN"), ["Expenses:Supplies"])
    aside = reconciled(books)
    line = deciding.keep(books, [line_of("ADMIN")])[0]

    assert refused.value.field == "reason"
    assert (aside.lines, aside.statement, aside.proved) == (160_00, 157_50, False)
    assert (line.state, line.reason, reconciled(books).lines) == ("open", "", 157_50)


def test_who_only_reads_decides_nothing(books: Session) -> None:
    reader = replace(books, permissions=frozenset(("bank.read",)))
    line = line_of("ADMIN")

    for act in (
        lambda: deciding.set_aside(reader, [line], "x"), lambda: deciding.keep(reader, [line]),
        lambda: undoing.undo_last(reader), lambda: closings.reopen(reader, bank_account(), "x"),
    ):  # fmt: skip
        with pytest.raises(NotAllowedError):
            act()


def bank_account() -> object:
    return accounts.find("Assets:Bank")


# Shared


def test_several_bank_lines_share_one_entry_and_come_apart_together(books: Session) -> None:
    number = entry(books, "160.00")
    mine = line_of("MAJU"), line_of("Transfer")
    found = matching.books_of(books, the_bank(), [number])

    with pytest.raises(UnequalMatchError):
        matching.match(books, mine[0], found)
    done = matching.match(books, mine[0], found, mine[1])
    both = reconciled(books)
    early = reconciled(books, date(2026, 5, 5))
    matching.unmatch(books, done.others[0])

    assert states() == ["open", "open", "open"]
    assert (both.settled_books, both.open_books_sum) == (160_00, 0)
    assert (early.settled_books, early.open_books_sum) == (100_00, 60_00)


def test_line_is_split_over_an_entry_and_new_accounts(books: Session) -> None:
    part = matching.books_of(books, the_bank(), [entry(books, "40.00")])
    line = line_of("MAJU")

    made, done = creating.create(
        books, line, ["Income:Sales  -50.00 USD", "Expenses:Supplies"], beside=part
    )

    assert [(row.account, row.amount) for row in made.postings] == [
        ("Assets:Bank", 60_00), ("Income:Sales", -50_00), ("Expenses:Supplies", -10_00)
    ]  # fmt: skip
    assert [book.amount for book in done.books] == [40_00, 60_00]
    assert reconciled(books).settled_books == 100_00


# At once, and back


def test_everything_certain_is_accepted_as_one_act_with_one_undo(
    books: Session, tmp_path: Path
) -> None:
    take_rows(books, tmp_path, "2026-05-08;75.00;Voucher 4711-9;T1", "2026-05-09;8.00;Coffee;T2")
    entry(books, "100.00", "Sale INV-2026-00042")
    entry(books, "70.00", "Voucher 4711-9", 8)
    entry(books, "5.00", "Voucher 4711-9", 9)
    entry(books, "8.00", "Coffee", 9)
    told: list[tuple[int, int]] = []

    done = accepting.accept(books, bank_account(), lambda *far: told.append(far))
    after = states()
    undone = undoing.undo_last(books)

    assert [found.line.amount for found, _way in done] == [100_00, 75_00]
    assert after == ["matched", "open", "open", "matched", "open"]
    assert (undone.action, len(undone.line_ids), states()) == ("bank.accept", 2, ["open"] * 5)
    assert told[-1] == (5, 5)
    assert reconciled(books).settled_bank == 0


def test_stopped_accepting_keeps_nothing(books: Session) -> None:
    entry(books, "100.00", "Sale INV-2026-00042")

    def stop(done: int, total: int) -> None:
        if done == total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        accepting.accept(books, bank_account(), stop)

    assert states() == ["open", "open", "open"]


def test_each_act_is_undone_newest_first_and_learned_things_with_it(books: Session) -> None:
    number = entry(books, "60.00")
    match(books, "Transfer", [number])
    deciding.set_aside(books, [line_of("ADMIN")], "not ours")
    matching.unmatch(books, line_of("Transfer"))

    acts = [undoing.undo_last(books).action for _ in range(3)]

    assert acts == ["bank.unmatch", "bank.aside", "bank.match"]
    assert states() == ["open", "open", "open"]
    assert line_of("ADMIN").reason == ""
    assert months.by_state(the_bank().id)["linked"] == (0, 0)
    with pytest.raises(UndoError):
        undoing.undo_last(books)


def test_act_on_a_line_that_somebody_changed_since_is_not_undone(books: Session) -> None:
    match(books, "Transfer", [entry(books, "60.00")])
    colleague = replace(books, user=books.user._replace(id=77, login="kim"))
    matching.unmatch(colleague, line_of("Transfer"))

    with pytest.raises(UndoError) as refused:
        undoing.undo_last(books)

    assert "was changed since" in str(refused.value)


DAY = date(2026, 5, 4)
NAMES = ("INV-2026-1", "INV-2026-2", "4711-9", "")
BANK = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 6), st.sampled_from(NAMES)), max_size=5
)


@settings(max_examples=200)
@given(bank=BANK, books=BANK)
def test_certain_matches_are_those_of_the_proposals(
    bank: list[tuple[int, int, str]], books: list[tuple[int, int, str]]
) -> None:
    mine = [
        BankLineRow(number, 1, DAY + timedelta(days=days), amount, "X", f"paid {name}", "", "",
                    "open", 1)
        for number, (days, amount, name) in enumerate(bank, 1)
    ]  # fmt: skip
    theirs = [
        BookLineRow(number, number, DAY + timedelta(days=days), amount, "JNL", "2025", number, "",
                    "", f"for {name}", "", None)
        for number, (days, amount, name) in enumerate(books, 1)
    ]  # fmt: skip
    wanted = {
        line_id: tuple(book.id for book in each.lines)
        for line_id, listed in propose(mine, theirs).items() for each in listed if each.certain
    }  # fmt: skip

    found = {each.line_id: tuple(book.id for book in each.lines) for each in
             sure.certain(mine, theirs)}  # fmt: skip

    assert found == wanted


# Closed


def reconcile_all(session: Session) -> None:
    match(session, "MAJU", [entry(session, "100.00")])
    match(session, "Transfer", [entry(session, "60.00", day=6)])
    creating.create(session, line_of("ADMIN"), ["Expenses:Supplies"])


def test_reconciliation_is_closed_once_every_line_is_matched(books: Session) -> None:
    with pytest.raises(MatchError) as refused:
        closings.close(books, bank_account())
    reconcile_all(books)
    row = closings.close(books, bank_account())

    assert "3 lines are open" in str(refused.value)
    assert (row.through, row.balance) == (date(2026, 5, 10), 157_50)


def test_nothing_before_a_closed_day_changes(books: Session, tmp_path: Path) -> None:
    reconcile_all(books)
    closings.close(books, bank_account())
    acts = (
        lambda: matching.unmatch(books, line_of("MAJU")), lambda: undoing.undo_last(books),
        lambda: take_rows(books, tmp_path, "2026-05-09;8.00;Coffee;T2"),
        lambda: closings.close(books, bank_account(), date(2026, 5, 10)),
    )  # fmt: skip

    for act in acts:
        with pytest.raises(ClosedReconciliationError):
            act()
    with pytest.raises(InvalidChangeError):
        closings.reopen(books, bank_account(), " ")
    clerk = replace(books, permissions=frozenset(ACCOUNTANT))
    with pytest.raises(NotAllowedError):
        closings.reopen(clerk, bank_account(), "late fee")
    closings.reopen(books, bank_account(), "late fee")
    matching.unmatch(books, line_of("MAJU"))

    assert states() == ["open", "matched", "matched"]
    assert entries.get(books, "JNL-2026-00001").state == "posted"
    assert lines.count_doubtful(the_bank().id, date(2026, 12, 31)) == 0
    assert reconciled(books).statement == Decimal(157_50)


def test_statement_whose_balance_was_closed_stays(books: Session, tmp_path: Path) -> None:
    reconcile_all(books)
    rows = ("2026-05-09;8.00;Coffee;T2",)
    take_rows(books, tmp_path, *rows, closing=Decimal("157.50"))
    deciding.set_aside(books, [line_of("Coffee")], "no money moved")
    closings.close(books, bank_account())

    with pytest.raises(ClosedReconciliationError):
        withdrawing.withdraw(books, bank_account())
    closings.reopen(books, bank_account(), "late fee")
    assert withdrawing.withdraw(books, bank_account())[1].name == "bank.csv"


@pytest.mark.parametrize("term", ["amount:1e999999", "amount:nan", "amount:0.001"])
def test_amount_that_no_line_can_have_is_told(books: Session, term: str) -> None:
    with pytest.raises(QuerySyntaxError, match="amount such as"):
        desk.read_query(term, the_bank())


# Proved


def proof(session: Session) -> list[tuple[str, str]]:
    return [(fault.kind, fault.reason) for fault in checking.check(session, (bank_faults,)).faults]


def test_check_proves_matches_sums_and_closings(books: Session) -> None:
    reconcile_all(books)
    closings.close(books, bank_account())
    sound = proof(books)
    line = line_of("MAJU")
    connection.execute("UPDATE bank_link SET amount = 90 WHERE line_id = ?", (line.id,))

    found = proof(books)

    assert sound == []
    assert [kind for kind, _reason in found] == [
        "bank match", "bank match", "bank closing", "bank sum"
    ]  # fmt: skip
    assert found[0][1] == (
        f"bank line {line.id} of Assets:Bank is 100.00 (matched), what it is matched with 0.90"
    )
    assert "has 100.00 on Assets:Bank, and 0.90 of it is matched" in found[1][1]
    assert "was closed on 2026-05-10 with 157.50, its lines now make 58.40" in found[2][1]
    assert (
        "linked lines of Assets:Bank in 2026-05 is kept as 157.50, they make 58.40" in (found[3][1])
    )
