"""What the desk of the bank shows: its accounts, how each stands, and pages of their lines.

Every read takes what is on the screen from an index, and sums from those that are kept: a page
costs the same at a thousand lines and at a million.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from boconsole.bank import closings
from boconsole.bank.reconciling import FOREVER, statement_balance
from boconsole.errors import NotFoundError, QuerySyntaxError
from boconsole.language import _
from boconsole.ledger import accounts
from boconsole.ledger.reading import Count
from boconsole.session import Session
from db.bank import accounts as stored
from db.bank import lines, links, months, pages
from db.bank.pages import Asked, Place
from db.bank.rows import BankLineRow, BankRow, BookLineRow, StatementRow
from db.fields import number_of
from db.ledger.rows import AccountRow

__all__ = ["BankLineRow", "BankRow", "BookLineRow", "Overview", "Page", "Standing"]

COUNTED = 10_000
TODO = ("open", "doubtful")
STATES = ("todo", "all", *lines.STATES)
"""Words of the query: what is still to do, everything, or one state."""
EVERYTHING = "state:all"


class Standing(NamedTuple):
    """How a bank account stands, in smallest units.

    Attributes:
        last: The statement that came in last.
        told: The one that told the last balance.
        statement: What the bank says it holds: the last balance told and the lines after it.
        lines: What all lines that count lead to.
        matched: What the matched lines of the bank add up to.
        linked: What the lines of the books that they are matched with add up to.
        open: Lines of the bank without a match: how many, and their sum.
        doubtful: Lines that seem to be told twice.
        aside: Lines that were set aside.
        books: What the books hold.
        closed: The last day that was closed.
    """

    last: StatementRow | None
    told: StatementRow | None
    statement: int
    lines: int
    matched: int
    linked: int
    open: tuple[int, int]
    doubtful: tuple[int, int]
    aside: tuple[int, int]
    books: int
    closed: date | None

    @property
    def difference(self) -> int:
        """Statement balance less book balance."""
        return self.statement - self.books

    @property
    def open_books(self) -> int:
        """What the lines of the books without a match add up to."""
        return self.books - self.linked

    @property
    def missing(self) -> int:
        """What the bank says beyond its lines: those that never came, or were set aside."""
        return self.statement - self.lines

    @property
    def proved(self) -> bool:
        """Whether the statement's balance is the reconciled one, and nothing waits."""
        waiting = self.open[0] + self.doubtful[0]
        return self.statement == self.linked == self.matched and not waiting


class Overview(NamedTuple):
    """An account of the books, its bank account and how that stands, once a statement came."""

    account: AccountRow
    bank: BankRow | None
    standing: Standing | None


def overview(session: Session) -> list[Overview]:
    """Return every bank account, and those accounts with the role cash that could be one."""
    session.require("bank.read")
    banks = {bank.account_id: bank for bank in stored.select_banks()}
    chart = accounts.chart(session)
    above = {row.parent_id for row in chart}
    found = []
    for row in chart:
        bank = banks.get(row.id)
        if bank is not None:
            found.append(Overview(row, bank, _standing(bank)))
        elif row.role == "cash" and row.id not in above:
            found.append(Overview(row, None, None))
    return found


def standing(session: Session, bank: BankRow) -> Standing:
    """Return how a bank account stands now."""
    session.require("bank.read")
    return _standing(bank)


def _standing(bank: BankRow) -> Standing:
    sums = months.by_state(bank.id)
    nothing = (0, 0)
    held = sum(sums.get(state, nothing)[1] for state in lines.COUNTED)
    told = stored.last_balance(bank.id, FOREVER)
    closed = closings.last(bank)
    return Standing(
        stored.last_statement(bank.id), told,
        statement_balance(bank, told, FOREVER) if told else held, held,
        sums.get("matched", nothing)[1], sums.get(months.LINKED, nothing)[1],
        sums.get("open", nothing), sums.get("doubtful", nothing), sums.get("aside", nothing),
        links.sum_books(bank, FOREVER), closed.through if closed else None,
    )  # fmt: skip


def bank_of(session: Session, account_id: int) -> BankRow:
    """Return the bank account of an account of the books; raises NotFoundError."""
    session.require("bank.read")
    found = stored.find_bank(account_id)
    if found is None:
        raise NotFoundError(_("bank account {id}").format(id=account_id))
    return found


# Lines


class Page(NamedTuple):
    """Lines of the bank in order, the places at its ends, and whether more follow."""

    rows: Sequence[BankLineRow]
    ends: tuple[str, str]
    more: bool


def read_query(query: str, bank: BankRow) -> Asked:
    """Return which lines a query means: words, `state:…` and `amount:…`.

    Raises:
        QuerySyntaxError: A term cannot be read.
    """
    states: Sequence[str] = TODO
    words: list[str] = []
    amounts: list[int] = []
    column = 0
    for term in query.split(" "):
        name, mark, value = term.partition(":")
        if mark and name == "state":
            if value not in STATES:
                reason = _("expected one of {words}").format(words=", ".join(STATES))
                raise QuerySyntaxError(reason, column + len("state:"))
            states = {"todo": TODO, "all": ()}.get(value, (value,))
        elif mark and name == "amount":
            minor = _minor(value, bank.precision, column + len("amount:"))
            amounts += (minor, -minor)
        elif term and name != "sort":
            words.append(term.casefold())
        column += len(term) + 1
    return Asked(bank.id, states, words, amounts)


def _minor(text: str, precision: int, column: int) -> int:
    try:
        number = Decimal(text).scaleb(precision)
    except ArithmeticError:
        number = Decimal("NaN")
    if not number.is_finite() or number != int(number) or abs(number) >= 2**63:
        raise QuerySyntaxError(_("expected an amount such as 12.50"), column)
    return abs(int(number))


def page(
    session: Session, bank: BankRow, query: str, after: str, limit: int, *, backwards: bool = False
) -> Page:
    """Return lines next to a place; "" for the first or, backwards, the last ones."""
    session.require("bank.read")
    asked, place = read_query(query, bank), _place(after) if after else None
    found = pages.page(asked, place, limit + 1, backwards=backwards)
    more = len(found) > limit
    rows = (found[1:] if backwards else found[:-1]) if more else found
    ends = (_cursor(rows[0]), _cursor(rows[-1])) if rows else ("", "")
    return Page(rows, ends, more)


def page_around(
    session: Session, bank: BankRow, query: str, line_id: int, limit: int
) -> Page | None:
    """Return lines with one amidst them, or None where the query does not find it."""
    session.require("bank.read")
    row = lines.find_line(line_id)
    if row is None or row.bank_id != bank.id:
        return None
    asked = read_query(query, bank)
    here = (number_of(row.dated), row.id)
    before = pages.page(asked, here, limit // 2, backwards=True)
    rest = pages.page(asked, (here[0], here[1] - 1), limit + 1)
    if not rest or rest[0].id != line_id:
        return None
    rows = [*before, *rest[:limit]]
    return Page(rows, (_cursor(rows[0]), _cursor(rows[-1])), len(rest) > limit)


def count(session: Session, bank: BankRow, query: str) -> Count:
    """Return how many lines a query finds, counted to a limit."""
    session.require("bank.read")
    asked = read_query(query, bank)
    kept = months.by_state(bank.id) if not (asked.words or asked.amounts) else None
    if kept is None:
        number = pages.count(asked, COUNTED)
        return Count(min(number, COUNTED), number > COUNTED)
    wanted = asked.states or lines.STATES
    return Count(sum(kept[state][0] for state in wanted if state in kept), capped=False)


def _cursor(row: BankLineRow) -> str:
    return urlsafe_b64encode(json.dumps((number_of(row.dated), row.id)).encode()).decode()


def _place(cursor: str) -> Place:
    day, line_id = json.loads(urlsafe_b64decode(cursor))
    return int(day), int(line_id)


def matched_with(session: Session, line: BankLineRow) -> list[BookLineRow]:
    """Return the lines of the books that a bank line is matched with."""
    session.require("bank.read")
    return links.select_linked(line.id)
