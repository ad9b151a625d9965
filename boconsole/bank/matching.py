"""Bank lines matched with posted lines of the books, and taken apart again.

A match has exactly the same amount on both sides: one bank line and one or more lines of the
books, or several bank lines and one of the books. A line belongs to one match at most.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from boconsole import audit
from boconsole.bank import closings, reconciling
from boconsole.bank.errors import MatchError, UnequalMatchError
from boconsole.bank.keys import OPENING
from boconsole.bank.references import typical
from boconsole.errors import NotFoundError, StaleRecordError
from boconsole.invoices.words import payment_number
from boconsole.language import N_, _
from boconsole.ledger import entries
from boconsole.ledger.words import entry_number
from boconsole.money import plain
from boconsole.session import Session
from db.bank import accounts as stored
from db.bank import lines, links
from db.bank.rows import BankLineRow, BankRow, BookLineRow
from db.invoices import payments

FEATURE = "bank"
SENTENCES = {
    "matched": N_("Bank line {id} is matched already; take that back first."),
    "open": N_("Bank line {id} is open already."),
    "aside": N_("Bank line {id} is set aside already."),
    "doubtful": N_("Bank line {id} seems to be told twice; keep it or set it aside first."),
}


class Matched(NamedTuple):
    """A bank line and what it is matched with; `others` are bank lines of the same match."""

    line: BankLineRow
    books: tuple[BookLineRow, ...]
    others: tuple[BankLineRow, ...] = ()


def get(session: Session, line_id: int) -> BankLineRow:
    """Return a bank line.

    Raises:
        NotFoundError: There is none.
    """
    session.require("bank.read")
    found = lines.find_line(line_id)
    if found is None:
        raise NotFoundError(_("bank line {id}").format(id=line_id))
    return found


def bank_of(line: BankLineRow) -> BankRow:
    """Return the bank account of a line."""
    found = stored.get_bank(line.bank_id)
    if found is None:
        raise NotFoundError(_("bank line {id}").format(id=line.id))
    return found


def number_of(book: BookLineRow) -> str:
    """Return the number of the entry that a line of the books belongs to."""
    return entry_number(book.entry_id, book.series, book.year, book.number)


def text_of(line: BankLineRow) -> str:
    """Return what a bank line says, on one line."""
    if line.key == OPENING:
        return _("Opening balance")
    return " ".join(dict.fromkeys(part for part in (line.name, line.memo) if part))


def books_of(session: Session, bank: BankRow, numbers: Iterable[str]) -> list[BookLineRow]:
    """Return the open lines of some entries on the account of a bank.

    Raises:
        NotFoundError: An entry does not exist.
        MatchError: An entry has no open line there.
    """
    found = []
    for number in dict.fromkeys(numbers):
        entry = entries.get(session, number)
        mine = links.select_unlinked(bank, [entry.head.id])
        if not mine:
            raise MatchError(
                _("{number} has no posted line on {account} that is not matched yet.").format(
                    number=entry.number, account=bank.account
                )
            )
        found += mine
    return list(dict.fromkeys(found))


def books_through(session: Session, bank: BankRow, day: date) -> list[BookLineRow]:
    """Return all lines of the books up to a day that are matched with nothing."""
    session.require("bank.read")
    found = links.select_open_books(bank, reconciling.FOREVER)
    return [book for book in found if book.dated <= day]


def match(
    session: Session,
    line: BankLineRow,
    books: Sequence[BookLineRow],
    *more: BankLineRow,
    undoes: int = 0,
) -> Matched:
    """Match a bank line with lines of the books, which have its amount together.

    Args:
        session: Who does it.
        line: An open bank line.
        books: Open lines of the books; one alone where there are more bank lines.
        more: Further bank lines that make the amount together with the first.
        undoes: The operation that this takes back.

    Raises:
        UnequalMatchError: They have another amount.
        MatchError: A line is matched or set aside already, or there is none.
        ClosedReconciliationError: A line lies in what was closed.
        StaleRecordError: Somebody else changed a line in the meantime.
    """
    session.require("bank.match")
    bank = bank_of(line)
    mine = list({each.id: each for each in (line, *more)}.values())
    books = list({book.id: book for book in books}.values())
    _require_shape(mine, books)
    with audit.writing():
        _require_equal(bank, mine, books)
        _require_unlinked(bank, books)
        for each in mine:
            change_state(each, "matched", taken=("open",))
        links.insert_links(parts_of(mine, books))
        learn(bank, [(each, books) for each in mine], 1)
        numbers = [number_of(book) for book in books]
        told = [
            audit.Line(each.id, {"state": ("open", "matched"), "entries": (None, numbers)},
                       each.version + 1)
            for each in mine
        ]  # fmt: skip
        audit.record(session, "bank.match", FEATURE, told, undoes=undoes)
        now = [get(session, each.id) for each in mine]
    return Matched(now[0], tuple(books), tuple(now[1:]))


def parts_of(
    mine: Sequence[BankLineRow], books: Sequence[BookLineRow]
) -> list[tuple[BankLineRow, BookLineRow, int]]:
    """Return each pair of a match with the part that both have in common."""
    if len(mine) == 1:
        return [(mine[0], book, book.amount) for book in books]
    return [(line, books[0], line.amount) for line in mine]


def _require_shape(mine: Sequence[BankLineRow], books: Sequence[BookLineRow]) -> None:
    if not books:
        raise MatchError(_("Name the entries that the bank line is matched with."))
    if len(mine) > 1 and len(books) > 1:
        raise MatchError(_("Several bank lines are matched with one entry alone; choose one."))
    if len({line.bank_id for line in mine}) > 1:
        raise MatchError(_("Lines of different bank accounts cannot be matched together."))


def _require_equal(
    bank: BankRow, mine: Sequence[BankLineRow], books: Sequence[BookLineRow]
) -> None:
    wanted = sum(line.amount for line in mine)
    found = sum(book.amount for book in books)
    if found != wanted:
        told = (plain(each, bank.precision) for each in (wanted, found, found - wanted))
        raise UnequalMatchError(*told)


def _require_unlinked(bank: BankRow, books: Sequence[BookLineRow]) -> None:
    there = {book.id for book in links.select_unlinked(bank, [book.entry_id for book in books])}
    for book in books:
        if book.id not in there:
            raise MatchError(
                _("{number} is matched already, or is no posted line of {account}.").format(
                    number=number_of(book), account=bank.account
                )
            )


def change_state(
    line: BankLineRow, state: str, *, reason: str = "", taken: Sequence[str] = lines.STATES
) -> None:
    """Give a bank line another state, inside the caller's transaction.

    Raises:
        MatchError: It has that state already, or none of those that it may come from.
        ClosedReconciliationError: It lies in what was closed.
        StaleRecordError: Somebody else changed it in the meantime.
    """
    closings.require_open(line)
    require_free(line)
    if line.state in taken and lines.set_state(line, state, reason):
        return
    now = lines.find_line(line.id)
    if now is not None and now.state not in taken:
        raise MatchError(_(SENTENCES[now.state]).format(id=line.id))
    raise StaleRecordError(_("bank line {id}").format(id=line.id), line.id)


def require_free(line: BankLineRow) -> None:
    """Raise MatchError where a payment of a bank line waits for an approval."""
    if line.waits is not None:
        raise MatchError(
            _("Bank line {id} waits for {payment}; let it be approved, or delete it first.").format(
                id=line.id, payment=waits_for(line)
            )
        )


def waits_for(line: BankLineRow) -> str:
    """Return the number of the payment that a bank line waits for; empty without one."""
    found = payments.find(line.waits) if line.waits is not None else None
    return payment_number(found) if found else ""


def learn(
    bank: BankRow, matches: Iterable[tuple[BankLineRow, Sequence[BookLineRow]]], by: int
) -> None:
    """Remember, or forget, against which account lines of such texts are booked."""
    kept = list(matches)
    entry_ids = {book.entry_id for _line, books in kept for book in books}
    others = links.select_others(bank.account_id, entry_ids)
    counts: Counter[tuple[str, int]] = Counter()
    for line, books in kept:
        pattern = typical(line.name, line.memo)
        accounts = frozenset[int]().union(*(others.get(book.entry_id, ()) for book in books))
        if pattern and len(accounts) == 1:
            counts[(pattern, next(iter(accounts)))] += by
    stored.count_rules(bank.id, counts)


def unmatch(session: Session, line: BankLineRow, *, undoes: int = 0) -> Matched:
    """Take a match apart; the entries stay as they are.

    Args:
        session: Who does it.
        line: A matched bank line; those that share its entry are open again too.
        undoes: The operation that this takes back.

    Returns:
        The line now, and what it was matched with.

    Raises:
        MatchError: It is not matched.
        ClosedReconciliationError: It lies in what was closed.
        StaleRecordError: Somebody else changed the line in the meantime.
    """
    session.require("bank.match")
    bank = bank_of(line)
    with audit.writing():
        books = links.select_linked(line.id)
        if not books:
            raise MatchError(_("Bank line {id} is not matched.").format(id=line.id))
        others = [each for each in lines.select_ids(links.select_sharing(line.id))
                  if each.id != line.id]  # fmt: skip
        for each in (line, *others):
            change_state(each, "open", taken=("matched",))
        links.delete_links([line, *others])
        learn(bank, [(each, books) for each in (line, *others)], -1)
        numbers = [number_of(book) for book in books]
        told = [
            audit.Line(each.id, {"state": ("matched", "open"), "entries": (numbers, None)},
                       each.version + 1)
            for each in (line, *others)
        ]  # fmt: skip
        audit.record(session, "bank.unmatch", FEATURE, told, undoes=undoes)
        now = [get(session, each.id) for each in (line, *others)]
    return Matched(now[0], tuple(books), tuple(now[1:]))
