"""General ledger and journal: the lines behind the sums, in the shape of statements.

Debit is positive. What is shown is limited; a statement that was cut says so, and its sums are
those of the kept balances all the same.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from boconsole.language import _
from boconsole.ledger import accounts as chart
from boconsole.ledger.statements import proofs, spans
from boconsole.ledger.statements.books import Books, Sum
from boconsole.ledger.statements.shapes import (
    NOTHING,
    Cell,
    Column,
    Proof,
    Row,
    Section,
    Statement,
    line,
    plus,
    total,
)
from boconsole.ledger.words import entry_number, repeats
from boconsole.session import Session
from db.fields import number_of
from db.ledger import entries
from db.ledger import statements as stored
from db.ledger.rows import AccountRow, EntryRow, PostingRow

LIMIT = 10_000
MEMO = 2


def general_ledger(
    session: Session,
    starts: date | None = None,
    ends: date | None = None,
    *,
    account: str = "",
    limit: int = LIMIT,
) -> Statement:
    """Return every account with its lines and running balance.

    Args:
        session: Who asks.
        starts: First day; by default that of the books.
        ends: Last day; by default that of the books.
        account: This one and those below it only.
        limit: Lines shown at most.

    Raises:
        InvalidChangeError: The last day comes before the first.
        UnknownAccountError: There is no such account.
    """
    books = Books(session)
    first, last = spans.span(session, starts, ends)
    before = first - timedelta(days=1) if first > date.min else first
    columns = (
        Column("amount", _("Amount"), first, last), Column("balance", _("Balance"), None, last),
    )  # fmt: skip
    opening = _by_account(books.span(spans.until("opening", before)))
    moved = _by_account(books.span(columns[0]))
    wanted = books.ordered(opening.keys() | moved.keys())
    if account:
        below = {each.id for each in chart.below(chart.find(account), books.accounts.values())}
        wanted = [each for each in wanted if each.id in below]
    sections, left = [], limit
    proved: list[Proof] = []
    for each in wanted:
        lines = stored.select_lines(each.id, first, last, left + 1)
        start, change = opening.get(each.id, NOTHING), moved.get(each.id, NOTHING)
        sections.append(_account(each, start, change, lines[:left]))
        if len(lines) > left:
            return _listing("general-ledger", _("General ledger"), books, columns, sections,
                            proved, cut=True)  # fmt: skip
        left -= len(lines)
        proved.append(_proof(each, sections[-1], change))
    return _listing("general-ledger", _("General ledger"), books, columns, sections, proved)


def _by_account(sums: Sequence[Sum]) -> dict[int, Cell]:
    return {each.account.id: each.cell for each in sums}


def _listing(
    name: str,
    title: str,
    books: Books,
    columns: tuple[Column, ...],
    sections: Sequence[Section],
    proved: Sequence[Proof],
    *,
    cut: bool = False,
) -> Statement:
    return Statement(
        name, title, "debit", "amounts", columns, tuple(sections), tuple(proved),
        books.precisions, cut=cut,
    )  # fmt: skip


def _account(
    account: AccountRow, opening: Cell, change: Cell, lines: Sequence[stored.ListedLine]
) -> Section:
    rows = [line(_("Opening balance"), "sum", (NOTHING, opening), 1)]
    held = opening
    for each in lines:
        moved = Cell(plus({each.commodity: each.amount}), plus({each.value_commodity: each.value}))
        held = total([held, moved])
        told = _said(each.payee, each.description, each.label)
        cells = (moved, held)
        rows.append(
            Row(told, account.path, account.id, "line", 1, cells, cells, each.entry_id,
                entry_number(each.entry_id, each.series, each.year, each.number), each.dated)
        )  # fmt: skip
    return Section(account.path, account.path, tuple(rows), (change, total([opening, change])))


def _proof(account: AccountRow, shown: Section, change: Cell) -> Proof:
    sentence = _("The lines of {account} sum to what its balance changed by.").format(
        account=account.path
    )
    lines = [row.own[0].amounts for row in shown.rows]
    return Proof("lines", sentence, "amount", plus(*lines), plus(change.amounts))


def journal(
    session: Session,
    starts: date | None = None,
    ends: date | None = None,
    *,
    limit: int = LIMIT,
) -> Statement:
    """Return the posted entries in order of day, each with its lines.

    Args:
        session: Who asks.
        starts: First day; by default that of the books.
        ends: Last day; by default that of the books.
        limit: Entries shown at most.

    Raises:
        InvalidChangeError: The last day comes before the first.
    """
    books = Books(session)
    first, last = spans.span(session, starts, ends)
    heads = []
    for head in entries.read_between(number_of(first), number_of(last)):
        heads.append(head)
        if len(heads) > limit:
            break
    lines: dict[int, list[PostingRow]] = {head.id: [] for head in heads[:limit]}
    ids = list(lines)
    for start in range(0, len(ids), 500):
        for row in entries.select_postings(ids[start : start + 500]):
            lines[row.entry_id].append(row)
    columns = (Column("amount", _("Amount"), first, last),)
    sections = [_entry(head, lines[head.id]) for head in heads[:limit]]
    values = [row.own[0].values for each in sections for row in each.rows]
    debit, credit = proofs.sides(values)
    sentence = _("What is on the debit side equals the credit side.")
    return _listing(
        "journal", _("Journal"), books, columns, sections,
        [Proof("debit-credit", sentence, "amount", debit, credit)], cut=len(heads) > limit,
    )  # fmt: skip


def _entry(head: EntryRow, lines: Sequence[PostingRow]) -> Section:
    number = entry_number(head.id, head.series, head.year, head.number)
    told = _said(head.payee, head.description)
    rows = []
    for row in lines:
        if row.kind != MEMO:
            cells = (
                Cell(plus({row.commodity: row.amount}), plus({row.value_commodity: row.value})),
            )
            rows.append(
                Row(row.label or row.account, row.account, row.account_id, "line", 1, cells, cells,
                    head.id, number, head.dated)
            )  # fmt: skip
    return Section(number, f"{head.dated} {number} {told}".rstrip(), tuple(rows), (
        total(row.own[0] for row in rows),))  # fmt: skip


def _said(payee: str, description: str, label: str = "") -> str:
    """Return the texts of a line; a journal may have payee and description joined already."""
    parts = ("" if repeats(payee, description) else payee, description, label)
    return " ".join(part for part in parts if part)
