"""Bank lines matched with posted lines of the books, and taken apart again.

A match has exactly the amount of its bank line, and a posted line belongs to one match at
most: so what is reconciled is the same sum on both sides.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from boconsole import audit
from boconsole.bank import reconciling
from boconsole.bank.errors import MatchError, UnequalMatchError
from boconsole.bank.keys import OPENING
from boconsole.bank.proposing import Proposal
from boconsole.bank.references import typical
from boconsole.errors import NotFoundError, StaleRecordError
from boconsole.language import _
from boconsole.ledger import entries
from boconsole.ledger.entries import JournalEntry
from boconsole.ledger.typing import typed
from boconsole.ledger.words import entry_number
from boconsole.money import plain
from boconsole.session import Session
from boconsole.text import LINE_LIMIT
from db.bank import accounts as stored
from db.bank import lines
from db.bank.rows import BankLineRow, BankRow, BookLineRow
from db.ledger.rows import AccountRow


class Matched(NamedTuple):
    """A bank line and what it is matched with."""

    line: BankLineRow
    books: tuple[BookLineRow, ...]


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
        mine = lines.select_unlinked(bank, [entry.head.id])
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
    found = lines.select_open_books(bank, reconciling.FOREVER)
    return [book for book in found if book.dated <= day]


def match(session: Session, line: BankLineRow, books: Sequence[BookLineRow]) -> Matched:
    """Match a bank line with lines of the books, which have its amount together.

    Raises:
        UnequalMatchError: They have another amount.
        MatchError: The line or one of the books is matched already, or there is none.
        StaleRecordError: Somebody else changed the line in the meantime.
    """
    session.require("bank.match")
    bank = bank_of(line)
    books = list({book.id: book for book in books}.values())
    if not books:
        raise MatchError(_("Name the entries that the bank line is matched with."))
    with audit.writing():
        _require_equal(bank, line, books)
        _require_unlinked(bank, books)
        _set_state(line, "matched")
        lines.insert_links(line.id, [book.id for book in books])
        _learn(bank, line, books, 1)
        told = {
            "state": ("open", "matched"), "entries": (None, [number_of(book) for book in books]),
        }  # fmt: skip
        audit.record(session, "bank.match", "bank", [audit.Line(line.id, told, line.version + 1)])
    return Matched(get(session, line.id), tuple(books))


def _require_equal(bank: BankRow, line: BankLineRow, books: Sequence[BookLineRow]) -> None:
    found = sum(book.amount for book in books)
    if found != line.amount:
        told = (plain(each, bank.precision) for each in (line.amount, found, found - line.amount))
        raise UnequalMatchError(*told)


def _require_unlinked(bank: BankRow, books: Sequence[BookLineRow]) -> None:
    there = {book.id for book in lines.select_unlinked(bank, [book.entry_id for book in books])}
    for book in books:
        if book.id not in there:
            raise MatchError(
                _("{number} is matched already, or is no posted line of {account}.").format(
                    number=number_of(book), account=bank.account
                )
            )


def _set_state(line: BankLineRow, state: str) -> None:
    if lines.set_state(line, state):
        return
    now = lines.find_line(line.id)
    if now is not None and now.state == state:
        sentence = {
            "matched": _("Bank line {id} is matched already; take that back first."),
            "open": _("Bank line {id} is not matched."),
        }[state]
        raise MatchError(sentence.format(id=line.id))
    raise StaleRecordError(_("bank line {id}").format(id=line.id), line.id)


def _learn(bank: BankRow, line: BankLineRow, books: Sequence[BookLineRow], by: int) -> None:
    """Remember, or forget, against which account lines of such a text are booked."""
    pattern = typical(line.name, line.memo)
    others = lines.select_others(bank.account_id, {book.entry_id for book in books})
    accounts = frozenset[int]().union(*others.values())
    if pattern and len(accounts) == 1:
        stored.count_rule(bank.id, pattern, next(iter(accounts)), by)


def unmatch(session: Session, line: BankLineRow) -> Matched:
    """Take a match apart; the entries stay as they are.

    Returns:
        The line now, and what it was matched with.

    Raises:
        MatchError: It is not matched.
        StaleRecordError: Somebody else changed the line in the meantime.
    """
    session.require("bank.match")
    bank = bank_of(line)
    with audit.writing():
        books = lines.select_linked(line.id)
        if not books:
            raise MatchError(_("Bank line {id} is not matched.").format(id=line.id))
        _set_state(line, "open")
        lines.delete_links(line.id)
        _learn(bank, line, books, -1)
        told = {
            "state": ("matched", "open"), "entries": ([number_of(book) for book in books], None),
        }  # fmt: skip
        audit.record(session, "bank.unmatch", "bank", [audit.Line(line.id, told, line.version + 1)])
    return Matched(get(session, line.id), tuple(books))


def create(
    session: Session,
    line: BankLineRow,
    against: Sequence[str],
    *,
    description: str = "",
    payee: str = "",
    dated: date | None = None,
) -> tuple[JournalEntry, Matched]:
    """Post the entry that a bank line lacks, and match both.

    Args:
        session: Who does it.
        line: An open bank line.
        against: The other lines, as they are typed: an account, or several with amounts, of
            which one may be left out.
        description: By default what the bank says.
        payee: Who paid or was paid.
        dated: By default the day of the bank line.

    Raises:
        MatchError, StaleRecordError: As `match`.
        BoconsoleError: As `boconsole.ledger.entries.enter`.
    """
    session.require("bank.match")
    bank = bank_of(line)
    code = bank.commodity if bank.commodity.isalpha() else f'"{bank.commodity}"'
    first = f"{bank.account}  {plain(line.amount, bank.precision)} {code}"
    about = description or text_of(line) or bank.account
    entry = typed(
        dated or line.dated, about[:LINE_LIMIT], [first, *against], payee=payee,
        code=line.reference,
    )  # fmt: skip
    with audit.writing():
        made = entries.enter(session, entry)
        done = match(session, line, lines.select_unlinked(bank, [made.head.id]))
    return made, done


def accept(session: Session, account: AccountRow) -> list[tuple[Matched, Proposal]]:
    """Match everything that is certain: equal amount and reference, and no other way."""
    session.require("bank.match")
    done = []
    with audit.writing():
        found = reconciling.reconcile(session, account)
        by_id = {line.id: line for line in found.open_lines}
        for line_id, proposals in found.proposals.items():
            sure = [each for each in proposals if each.certain]
            done += [(match(session, by_id[line_id], each.lines), each) for each in sure]
    return done
