"""The statement of account of a contact: documents and payments with what is owed after each.

The last balance is what is open at the end of the last day. Several currencies stand apart.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from boconsole.invoices import aged_list
from boconsole.invoices.aged_list import AgedList, Buckets
from boconsole.invoices.drafting import find_partner
from boconsole.invoices.words import KINDS, Side
from boconsole.invoices.worth import by_id
from boconsole.language import N_, _
from boconsole.session import Session
from db.invoices import statements as stored
from db.invoices.statements import BookedRow, DifferenceRow, ToldRow
from db.ledger.rows import CommodityRow

LIMIT = 10_000
"""The most lines of one statement."""
PAYMENTS = {"in": N_("Payment received"), "out": N_("Payment made")}


class Told(NamedTuple):
    """One line; `balance` is what is owed after it.

    Attributes:
        due: Of documents; None for payments.
        text: What it is, and its reference.
        debit: Without sign; 0 where it is a credit.
    """

    dated: date
    number: str
    entry_id: int
    text: str
    due: date | None
    debit: int
    credit: int
    balance: int


class Account(NamedTuple):
    """A contact in one currency, what was owed before, and what is owed at the end.

    Attributes:
        open: What is open at the end of the last day, as documents and payments say.
        buckets: That by age.
    """

    commodity: str
    precision: int
    opening: int
    lines: tuple[Told, ...]
    closing: int
    open: int
    buckets: Buckets

    @property
    def holds(self) -> bool:
        """Whether the balance is what is open."""
        return self.closing == self.open


class AccountStatement(NamedTuple):
    """The statement of a contact between two days, both included.

    Attributes:
        starts: None for the beginning.
        accounts: By currency.
        cut: Whether there were more lines than are told.
    """

    partner_id: int
    partner: str
    side: Side
    starts: date | None
    ends: date
    valued: bool
    accounts: tuple[Account, ...]
    cut: bool = False

    @property
    def holds(self) -> bool:
        """Whether each balance is what is open."""
        return all(account.holds for account in self.accounts)


class _Move(NamedTuple):
    """A line before its balance is known; debit positive."""

    commodity_id: int
    dated: date
    number: str
    entry_id: int
    text: str
    due: date | None
    amount: int


def make(
    session: Session,
    contact: str,
    side: Side,
    starts: date | None,
    ends: date,
    *,
    valued: bool = False,
) -> AccountStatement:
    """Return the statement of a contact.

    Args:
        session: Who asks.
        contact: Its name.
        side: As a customer or as a supplier.
        starts: The first day; None for the beginning.
        ends: The last day.
        valued: At book value, instead of in the currency of each document.

    Raises:
        NotFoundError: There is no such contact.
    """
    session.require("invoice.read")
    partner = find_partner(contact)
    rows = stored.select_told(partner.id, side, starts, ends, LIMIT + 1)
    before = stored.select_before(partner.id, side, starts) if starts else []
    moves = [_move(row, valued) for row in rows[:LIMIT]]
    opening = _opening(before, valued)
    if valued:
        _add_differences(stored.select_differences(partner.id, side, ends), starts, moves, opening)
    aged = aged_list.make(session, side, ends, valued=valued, partner_id=partner.id)
    sign = 1 if side == "receivable" else -1
    accounts = tuple(_accounts(moves, opening, sign, aged))
    return AccountStatement(
        partner.id, partner.name, side, starts, ends, valued, accounts, len(rows) > LIMIT
    )


def _accounts(
    moves: Sequence[_Move], opening: dict[int, int], sign: int, aged: AgedList
) -> Iterator[Account]:
    known = by_id()
    opened = {code: buckets for code, _digits, buckets in aged.totals}
    used = {move.commodity_id for move in moves} | {key for key, sum_ in opening.items() if sum_}
    for held in sorted((known[key] for key in used), key=lambda each: each.code):
        first = sign * opening.get(held.id, 0)
        lines = tuple(_lines(moves, held, first, sign))
        buckets = opened.get(held.code, aged_list.plus(()))
        closing = lines[-1].balance if lines else first
        yield Account(held.code, held.precision, first, lines, closing, sum(buckets), buckets)


def _lines(moves: Sequence[_Move], held: CommodityRow, opening: int, sign: int) -> Iterator[Told]:
    balance = opening
    for move in moves:
        if move.commodity_id == held.id:
            balance += sign * move.amount
            yield Told(
                move.dated, move.number, move.entry_id, move.text, move.due,
                max(move.amount, 0), max(-move.amount, 0), balance,
            )  # fmt: skip


def _opening(before: Sequence[BookedRow], valued: bool) -> dict[int, int]:
    sums: dict[int, int] = {}
    for row in before:
        key = row.value_commodity_id if valued else row.commodity_id
        sums[key] = sums.get(key, 0) + (row.value if valued else row.amount)
    return sums


def _move(row: ToldRow, valued: bool) -> _Move:
    if row.kind:
        text, due = _(KINDS[row.kind].title), row.due
    else:
        text, due = _(PAYMENTS.get(row.way, row.way)), None
        if row.reversal:
            text = _("Undone: {text}").format(text=text)
    return _Move(
        row.value_commodity_id if valued else row.commodity_id, row.dated, row.number,
        row.entry_id, f"{text} {row.reference}".strip(), due, row.value if valued else row.amount,
    )  # fmt: skip


def _add_differences(
    found: Sequence[DifferenceRow],
    starts: date | None,
    moves: list[_Move],
    opening: dict[int, int],
) -> None:
    """Put differences of worth among the lines, in order of day, or into what was before."""
    for row in found:
        key = row.value_commodity_id
        if starts and row.dated < starts:
            opening[key] = opening.get(key, 0) + row.value
        else:
            text = _("Difference of rates")
            moves.append(_Move(key, row.dated, row.number, row.entry_id, text, None, row.value))
    moves.sort(key=lambda move: move.dated)
