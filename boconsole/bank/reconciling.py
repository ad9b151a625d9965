"""What the bank says beside what the books say, and the proof that the rest is known.

Statement balance less open bank lines is book balance less open book lines: both are the sum of
what is matched.
"""

from datetime import date, timedelta
from typing import NamedTuple

from boconsole.bank.errors import MatchError
from boconsole.bank.proposing import Proposal, propose, without_reversed
from boconsole.bank.shelf import WINDOW
from boconsole.language import _
from boconsole.session import Session
from db.bank import accounts as stored
from db.bank import lines, links
from db.bank.rows import BankLineRow, BankRow, BookLineRow, RuleRow, StatementRow
from db.ledger.rows import AccountRow

FOREVER = date(9999, 12, 31)


class Reconciliation(NamedTuple):
    """Bank and books on a day, in smallest units.

    Attributes:
        statement: What the bank says it holds: the last balance told and the lines after it.
        lines: What all lines of the bank lead to; other than `statement` where lines miss.
        books: What the books say it holds.
        open_lines: Lines of the bank without a match on that day.
        open_books: Lines of the books without one; entries with their open reversals left out.
        open_bank_sum: Of `open_lines`.
        open_books_sum: Of the lines of the books without a match.
        settled_bank: What the matched lines of the bank add up to.
        settled_books: What the lines matched with them add up to.
        unequal: Bank lines whose match has another amount, which cannot be.
        proposals: For each open line of the bank, the best first.
        told: The statement that told the last balance.
        doubtful: How many lines up to that day seem to be told twice, and count nothing.
    """

    bank: BankRow
    at: date
    statement: int
    lines: int
    books: int
    open_lines: tuple[BankLineRow, ...]
    open_books: tuple[BookLineRow, ...]
    open_bank_sum: int
    open_books_sum: int
    settled_bank: int
    settled_books: int
    unequal: tuple[int, ...]
    proposals: dict[int, list[Proposal]]
    told: StatementRow | None
    doubtful: int

    @property
    def difference(self) -> int:
        """Statement balance less book balance."""
        return self.statement - self.books

    @property
    def unexplained(self) -> int:
        """What of the difference the open lines do not explain: nothing, where all holds."""
        return (self.statement - self.open_bank_sum) - (self.books - self.open_books_sum)

    @property
    def proved(self) -> bool:
        """Whether every sum that must be equal is."""
        return (
            self.settled_bank == self.settled_books
            and self.lines - self.open_bank_sum == self.settled_bank
            and self.books - self.open_books_sum == self.settled_books
            and self.statement == self.lines
            and not self.unequal
        )


def find_bank(account: AccountRow) -> BankRow:
    """Return the bank account of an account of the books.

    Raises:
        MatchError: No statement of it was imported.
    """
    bank = stored.find_bank(account.id)
    if bank is None:
        raise MatchError(
            _(
                "No statement of {account} was imported; import one with: "
                "boconsole ledger bank import FILE --account ACCOUNT"
            ).format(account=account.path)
        )
    return bank


def reconcile(
    session: Session, account: AccountRow, at: date | None = None, *, proposing: bool = True
) -> Reconciliation:
    """Return bank and books of an account on a day; by default with all lines.

    Args:
        session: Who asks.
        account: Of the books.
        at: The last day that counts.
        proposing: Whether proposals are made for open lines.

    Raises:
        MatchError: No statement of it was imported.
    """
    session.require("bank.read")
    bank = find_bank(account)
    day = at or FOREVER
    open_lines = lines.select_open(bank.id, day)
    open_books = links.select_open_books(bank, day)
    unmatched = open_books if day == FOREVER else links.select_open_books(bank, FOREVER)
    held = lines.sum_lines(bank.id, ends=day)
    told = stored.last_balance(bank.id, day)
    settled = links.sum_settled(bank.id, day)
    wanted = [line for line in open_lines if line.state == "open"] if proposing else []
    return Reconciliation(
        bank, day, statement_balance(bank, told, day) if told else held, held,
        links.sum_books(bank, day), tuple(open_lines), tuple(without_reversed(open_books)),
        sum(line.amount for line in open_lines), sum(book.amount for book in open_books),
        *settled, tuple(links.select_unequal(bank.id)),
        _proposals(bank, wanted, unmatched), told, lines.count_doubtful(bank.id, day),
    )  # fmt: skip


def statement_balance(bank: BankRow, told: StatementRow, day: date) -> int:
    """Return the last balance told and the lines after it."""
    assert told.closing is not None
    assert told.closing_on is not None
    upto = lines.sum_lines(bank.id, ends=day) - lines.sum_lines(bank.id, ends=told.closing_on)
    return told.closing + upto


def _proposals(
    bank: BankRow, open_lines: list[BankLineRow], unmatched: list[BookLineRow]
) -> dict[int, list[Proposal]]:
    if not open_lines:
        return {}
    window = timedelta(days=WINDOW)
    first, last = open_lines[0].dated - window, open_lines[-1].dated + window
    books = [book for book in without_reversed(unmatched) if first <= book.dated <= last]
    rules = stored.select_rules(bank.id)
    entry_ids = {book.entry_id for book in books} if rules else set()
    others = links.select_others(bank.account_id, entry_ids)
    return propose(open_lines, books, rules, others)


def bank_lines(
    session: Session, account: AccountRow | None = None, state: str = ""
) -> list[tuple[BankRow, BankLineRow]]:
    """Return lines of the bank, of one account or of all, by account and day.

    Args:
        session: Who asks.
        account: Of which account of the books.
        state: `open`, `matched`, `aside`, `doubtful`, or empty for all.
    """
    session.require("bank.read")
    banks = {bank.id: bank for bank in stored.select_banks()}
    wanted = [find_bank(account).id] if account is not None else list(banks)
    return [(banks[line.bank_id], line) for line in lines.select_lines(wanted, state)]


def rules(session: Session, account: AccountRow) -> list[RuleRow]:
    """Return what was learned of an account, the most used first."""
    session.require("bank.read")
    return stored.select_rules(find_bank(account).id)
