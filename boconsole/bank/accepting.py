"""Matching everything that is certain, as one operation with one undo."""

from collections.abc import Callable
from typing import NamedTuple

from boconsole import audit
from boconsole.bank import closings, sure
from boconsole.bank.matching import FEATURE, Matched, learn, number_of
from boconsole.bank.proposing import Proposal, without_reversed
from boconsole.bank.reconciling import FOREVER, find_bank
from boconsole.session import Session
from db.bank import lines, links
from db.bank.rows import BankLineRow, BankRow, BookLineRow
from db.ledger.rows import AccountRow

Progress = Callable[[int, int], None]


class _Waiting(NamedTuple):
    """What is open on both sides."""

    lines: list[BankLineRow]
    books: list[BookLineRow]


def accept(
    session: Session, account: AccountRow, progress: Progress = lambda _done, _total: None
) -> list[tuple[Matched, Proposal]]:
    """Match everything that is certain: equal amount and reference, and no other way.

    What is certain is found before other writers have to wait, and again where one of them was
    quicker.

    Args:
        session: Who does it.
        account: Of the books.
        progress: Told how many bank lines were looked at, of how many; what it raises stops
            everything, and nothing is kept.

    Raises:
        MatchError: No statement of the account was imported.
    """
    session.require("bank.match")
    bank = find_bank(account)
    before = _waiting(bank)
    ways = sure.certain(*before, progress)
    with audit.writing():
        now = _waiting(bank)
        if now != before:
            ways = sure.certain(*now, progress)
        by_id = {line.id: line for line in now.lines}
        if ways:
            _match(session, bank, [(by_id[way.line_id], way) for way in ways])
        progress(len(now.lines), len(now.lines))
    return [(_matched(by_id[way.line_id], way), way) for way in ways]


def _waiting(bank: BankRow) -> _Waiting:
    closed = closings.last(bank)
    waiting = [
        line
        for line in lines.select_open(bank.id, FOREVER)
        if line.waits is None and (closed is None or line.dated > closed.through)
    ]
    return _Waiting(waiting, without_reversed(links.select_open_books(bank, FOREVER)))


def _match(session: Session, bank: BankRow, pairs: list[tuple[BankLineRow, Proposal]]) -> None:
    lines.set_states([line for line, _way in pairs], "matched")
    links.insert_links([(line, book, book.amount) for line, way in pairs for book in way.lines])
    learn(bank, [(line, way.lines) for line, way in pairs], 1)
    told = [
        audit.Line(
            line.id,
            {
                "state": ("open", "matched"),
                "entries": (None, [number_of(book) for book in way.lines]),
            },
            line.version + 1,
        )
        for line, way in pairs
    ]
    audit.record(session, "bank.accept", FEATURE, told)


def _matched(line: BankLineRow, way: Proposal) -> Matched:
    return Matched(line._replace(state="matched", version=line.version + 1), way.lines)
