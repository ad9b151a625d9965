"""Matching everything that is certain, as one operation with one undo."""

from collections.abc import Callable

from boconsole import audit
from boconsole.bank import closings, sure
from boconsole.bank.matching import FEATURE, Matched, learn, number_of
from boconsole.bank.proposing import Proposal, without_reversed
from boconsole.bank.reconciling import FOREVER, find_bank
from boconsole.session import Session
from db.bank import lines, links
from db.ledger.rows import AccountRow

Progress = Callable[[int, int], None]


def accept(
    session: Session, account: AccountRow, progress: Progress = lambda _done, _total: None
) -> list[tuple[Matched, Proposal]]:
    """Match everything that is certain: equal amount and reference, and no other way.

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
    with audit.writing():
        closed = closings.last(bank)
        waiting = [
            line for line in lines.select_open(bank.id, FOREVER)
            if closed is None or line.dated > closed.through
        ]  # fmt: skip
        books = without_reversed(links.select_open_books(bank, FOREVER))
        ways = sure.certain(waiting, books, progress)
        if not ways:
            return []
        by_id = {line.id: line for line in waiting}
        mine = [by_id[way.line_id] for way in ways]
        lines.set_states(mine, "matched")
        links.insert_links(
            [(by_id[way.line_id], book, book.amount) for way in ways for book in way.lines]
        )
        learn(bank, [(by_id[way.line_id], way.lines) for way in ways], 1)
        told = [
            audit.Line(
                way.line_id,
                {"state": ("open", "matched"),
                 "entries": (None, [number_of(book) for book in way.lines])},
                by_id[way.line_id].version + 1,
            )
            for way in ways
        ]  # fmt: skip
        audit.record(session, "bank.accept", FEATURE, told)
        progress(len(waiting), len(waiting))
    return [
        (
            Matched(
                by_id[way.line_id]._replace(
                    state="matched", version=by_id[way.line_id].version + 1
                ),
                way.lines,
            ),
            way,
        )
        for way in ways
    ]
