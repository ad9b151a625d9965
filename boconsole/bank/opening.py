"""Balances that statements tell, beside the lines: where an account begins, and what is proved.

What an account held before its first statement is a line of the bank like any other, which is
matched with the books like any other: so the sum of all lines is what the account holds.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from boconsole.bank.errors import MatchError
from boconsole.bank.keys import OPENING, Movement
from boconsole.errors import StaleRecordError
from boconsole.language import _
from db.bank import lines, links
from db.bank.rows import BankLineLoad
from db.fields import number_of


class Difference(NamedTuple):
    """A balance that the statement tells, and what the lines lead to, in smallest units.

    Attributes:
        kind: `lines`: opening balance and lines of the file against its closing balance;
            `chain`: the opening balance against all lines before; `balance`: the closing balance
            against all lines up to its day.
    """

    kind: str
    day: date
    told: int
    found: int


class Told(NamedTuple):
    """What a statement tells, in smallest units; `lines` each once, all of them are kept."""

    bank_id: int
    starts: date | None
    opening: int | None
    closing: int | None
    closing_on: date | None
    lines: Sequence[Movement]

    @property
    def first_day(self) -> date:
        """The day on which it begins."""
        days = [each.dated for each in self.lines]
        days += [day for day in (self.starts, self.closing_on) if day is not None]
        return min(days, default=date.max)

    def sum(self, ends: date) -> int:
        """Return what its lines up to a day add up to."""
        return sum(each.amount for each in self.lines if each.dated <= ends)


def open_with(file: str, statement_id: int, told: Told, fresh: Sequence[Movement]) -> None:
    """Make the line for all before the first statement, or move it before older lines.

    Args:
        file: For the refusal.
        statement_id: The statement, whose lines are kept already.
        told: What it tells.
        fresh: The lines of it that are new.

    Raises:
        MatchError: Older lines come, and the line is matched.
    """
    before = lines.find_key(told.bank_id, OPENING)
    if before is None:
        _begin(statement_id, told)
        return
    older = [each for each in fresh if each.dated <= before.dated]
    if not older:
        return
    if links.select_linked(before.id):
        raise MatchError(
            _(
                "{file} has lines from before {day}, the day of the opening balance, which is "
                "matched; take that back first with: boconsole ledger bank unmatch {id}"
            ).format(file=file, day=before.dated, id=before.id)
        )
    amount = before.amount - sum(each.amount for each in older)
    day = min(each.dated for each in older) - timedelta(days=1)
    if not lines.move_line(before, day, amount, "open" if amount else "matched"):
        raise StaleRecordError(_("the opening balance"), before.id)


def _begin(statement_id: int, told: Told) -> None:
    first = lines.first_day(told.bank_id) or told.closing_on
    if first is None:
        return
    if told.opening is not None:
        amount = told.opening - _held_before(told)
    elif told.closing is not None and told.closing_on is not None:
        amount = told.closing - lines.sum_lines(told.bank_id, ends=told.closing_on)
    else:
        return
    day = number_of(first - timedelta(days=1))
    state = "open" if amount else "matched"
    lines.insert_lines(
        [BankLineLoad(told.bank_id, statement_id, day, amount, "", "", "", OPENING, state)]
    )


def _held_before(told: Told) -> int:
    """Return what all lines before a statement lead to; some may be of its first day."""
    first = told.first_day
    return lines.sum_lines(told.bank_id, ends=first) - told.sum(first)


def differences(told: Told) -> list[Difference]:
    """Return the balances of a statement that the lines do not lead to."""
    found = []
    day = told.closing_on
    if told.opening is not None:
        if told.closing is not None and day is not None:
            found.append(Difference("lines", day, told.closing, told.opening + told.sum(day)))
        found.append(Difference("chain", told.first_day, told.opening, _held_before(told)))
    if told.closing is not None and day is not None:
        held = lines.sum_lines(told.bank_id, ends=day)
        found.append(Difference("balance", day, told.closing, held))
    return [each for each in found if each.told != each.found]
