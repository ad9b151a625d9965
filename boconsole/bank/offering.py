"""What one bank line may be matched with, read from indexes: no other line is looked at."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from boconsole.bank.matching import bank_of
from boconsole.bank.proposing import Proposal, is_sure, match_of, ways_of, without_reversed
from boconsole.bank.references import typical
from boconsole.bank.shelf import NEAREST, WINDOW, around
from boconsole.session import Session
from db.bank import accounts as stored
from db.bank import lines, links
from db.bank.rows import BankLineRow, BankRow, BookLineRow

MOST_EQUAL, MOST_RIVALS = 300, 20
"""Book lines of the same amount, and bank lines of it, that are looked at."""
CANDIDATES = 100
"""Book lines on each side of the day, from which people choose."""


def offers(session: Session, line: BankLineRow) -> list[Proposal]:
    """Return up to three proposals for a bank line, the best first; none where it is not open."""
    session.require("bank.read")
    if line.state != "open":
        return []
    bank = bank_of(line)
    equal, nearest = _equal(bank, line), _nearest(bank, line)
    rules = stored.find_rules(bank.id, typical(line.name, line.memo))
    entry_ids = {book.entry_id for book in (*equal, *nearest)} if rules else set[int]()
    others = links.select_others(bank.account_id, entry_ids)
    found = ways_of(line, equal, nearest, rules, others)
    return [way._replace(certain=way.certain and not _is_claimed(line, way)) for way in found]


def _equal(bank: BankRow, line: BankLineRow) -> list[BookLineRow]:
    window = timedelta(days=WINDOW)
    days = (line.dated - window, line.dated + window)
    return _without_reversed(bank, links.select_equal(bank, line.amount, days, MOST_EQUAL))


def _nearest(bank: BankRow, line: BankLineRow) -> list[BookLineRow]:
    """Return the nearest open book lines, those entered first first."""
    found: list[BookLineRow] = []
    fresh: list[BookLineRow] = []
    for days in around(line.dated):
        fresh += links.select_on(bank, days, 2 * NEAREST)
        if len(found) + len(fresh) >= NEAREST:
            found += _without_reversed(bank, fresh)
            fresh = []
        if len(found) >= NEAREST:
            break
    found += _without_reversed(bank, fresh)
    return found[:NEAREST]


def _without_reversed(bank: BankRow, books: Sequence[BookLineRow]) -> list[BookLineRow]:
    """Return book lines without entries that are open beside their reversal."""
    mine = {book.entry_id for book in books}
    partners = {*links.select_reversals(mine), *(book.reverses_id or 0 for book in books)}
    if not partners - {0}:
        return list(books)
    whole = {book.id: book for book in links.select_unlinked(bank, sorted(mine | partners))}
    left = {book.id for book in without_reversed(list(whole.values()))}
    return [book for book in books if book.id in left]


def _is_claimed(line: BankLineRow, way: Proposal) -> bool:
    """Return whether another open bank line has the same right to the same book lines."""
    if not way.certain:
        return False
    rivals = lines.select_equal(line, timedelta(days=WINDOW), MOST_RIVALS)
    return any(
        is_sure(match_of(rival, way.lines, (), {}))
        and all(abs((rival.dated - book.dated).days) <= WINDOW for book in way.lines)
        for rival in rivals
    )


def candidates(session: Session, chosen: Sequence[BankLineRow]) -> list[BookLineRow]:
    """Return open book lines to choose from: of the same amount first, then the nearest by day."""
    session.require("bank.read")
    line, bank = chosen[0], bank_of(chosen[0])
    wanted = sum(each.amount for each in chosen)
    window = timedelta(days=365)
    equal = links.select_equal(bank, wanted, (line.dated - window, line.dated + window), CANDIDATES)
    beside = [
        *links.select_beside(bank, line.dated, CANDIDATES, before=True),
        *links.select_beside(bank, line.dated, CANDIDATES, before=False),
    ]
    ranked = [*_by_day(line, equal), *_by_day(line, beside)]
    return list(dict.fromkeys(ranked))


def _by_day(line: BankLineRow, books: Iterable[BookLineRow]) -> list[BookLineRow]:
    return sorted(books, key=lambda book: (abs((book.dated - line.dated).days), book.id))
