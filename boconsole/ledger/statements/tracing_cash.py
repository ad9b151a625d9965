"""Which lines each number of a cash flow is made of; see `tracing` for the other statements.

Each row is converted as a whole, as `cash` does it.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby

from boconsole.ledger.statements import periods, terms
from boconsole.ledger.statements.books import RESULT
from boconsole.ledger.statements.flows import ELSEWHERE, is_cash, is_moved, place_of
from boconsole.ledger.statements.shapes import Column, Row, Section, Statement
from boconsole.ledger.statements.terms import ALL, AMOUNTS, OPEN, VALUES, Term
from boconsole.ledger.statements.tracing import LEFT
from boconsole.ledger.words import SURPLUS
from db.ledger import statements as stored
from db.ledger.explanations import COUNTER, PICKED, Lines
from db.ledger.rows import AccountRow

DIRECT, INDIRECT = "direct", "indirect"
HELD = "cash"
"""Key of the section of cash itself."""
Pairs = tuple[tuple[int, int], ...]
Placed = dict[tuple[int, str], Pairs]
"""Entries by account and by the class that takes what the account has in them."""


class Beside:
    """Entries with accounts that move no cash, by what `flows` makes of them.

    Attributes:
        paid: Those with cash.
        given: Those whose other lines are all of balance-sheet accounts.
        placed: The others.
    """

    def __init__(self, accounts: dict[int, AccountRow], column: Column) -> None:
        paid: dict[tuple[int, str], dict[tuple[int, int], None]] = {}
        placed: dict[tuple[int, str], dict[tuple[int, int], None]] = {}
        given: list[tuple[int, int]] = []
        moved = [key for key, account in accounts.items() if is_moved(account)]
        rows = stored.select_beside(moved, column.starts or date.min, column.ends) if moved else []
        for key, lines in groupby(rows, key=lambda row: (row.entry_id, row.kind)):
            found = [accounts[line.sum.account_id] for line in lines]
            places = [(each.id, place_of(each, found)) for each in found if is_moved(each)]
            others = [account for account in found if not is_moved(account)]
            into = []
            if any(is_cash(account) for account in found):
                into.append(paid)
            if any(is_cash(each) or each.kind in RESULT for each in others):
                into.append(placed)
            else:
                given.append(key)
            for kept in into:
                for place in places:
                    kept.setdefault(place, {})[key] = None
        self.paid: Placed = {place: tuple(keys) for place, keys in paid.items()}
        self.placed: Placed = {place: tuple(keys) for place, keys in placed.items()}
        self.given = tuple(given)


class CashTracer:
    """Tells the terms of the numbers of one cash flow.

    Args:
        statement: As it is shown.
        method: `direct` or `indirect`.
        accounts: The chart.
    """

    def __init__(self, statement: Statement, method: str, accounts: Iterable[AccountRow]) -> None:
        self.statement = statement
        self.method = method
        self.accounts = {row.id: row for row in accounts}
        self._cash = tuple(key for key, row in self.accounts.items() if is_cash(row))
        self._beside: dict[int, Beside] = {}

    # Numbers

    def row(self, section: Section, row: Row, place: int, half: str, part: str) -> list[Term]:
        """Return the terms of a row in a column; `half` and `part` are the same for all rows."""
        del half, part
        if section.key == HELD:
            return self._held(section, row, place)
        return self._flows(place, self.method, section.key.replace("unclassified", ""),
                           row.account_id)  # fmt: skip

    def total(self, section: Section, place: int, half: str) -> list[Term]:
        """Return the terms of the total of a section in a column."""
        if section.key == HELD:
            return self._changed(place)
        return [term for row in section.rows for term in self.row(section, row, place, half, "own")]

    def side(self, key: str, column: str, side: str) -> list[Term]:
        """Return the terms of one side of a proof, whose column may be the name of a month."""
        keys = [each.key for each in self.statement.columns]
        if key == "converted":
            place = keys.index(column)
            held = next(each for each in self.statement.sections if each.key == HELD)
            effects = [row for row in held.rows if row.kind == "difference"]
            if side != LEFT:
                return self._changed(place)
            more = (term for row in effects for term in self._held(held, row, place))
            return [*self._sections(place), *more]
        method = key.removesuffix("-month")
        places = [keys.index(column)] if column in keys else self._places_of(column)
        found = [term for place in places for term in (
            self._whole(place, method) if side == LEFT else self._booked(place))]  # fmt: skip
        if column in keys:
            return found
        starts, ends = periods.read(column)
        return terms.within(found, starts, ends)

    def _places_of(self, month: str) -> list[int]:
        starts, ends = periods.read(month)
        return [place for place, column in enumerate(self.statement.columns)
                if (column.starts or starts) <= ends and column.ends >= starts][:1]  # fmt: skip

    # Parts

    def _term(self, account_id: int, sign: int, lines: Lines, place: int, group: str) -> Term:
        column = self.statement.columns[place]
        return Term(account_id, sign, lines, column.starts, column.ends, VALUES,
                    f"{group} {place}", column.ends)  # fmt: skip

    def _beside_of(self, place: int) -> Beside:
        if place not in self._beside:
            self._beside[place] = Beside(self.accounts, self.statement.columns[place])
        return self._beside[place]

    def _flows(self, place: int, method: str, where: str, account_id: int) -> list[Term]:
        group = f"{method} {where} {account_id}"
        if not account_id:
            return [self._term(row.id, -1, OPEN, place, group)
                    for row in self.accounts.values() if row.kind in RESULT]  # fmt: skip
        account = self.accounts[account_id]
        made = self._direct if method == DIRECT else self._indirect
        return [
            self._term(account_id, sign, lines, place, group)
            for sign, lines in made(account, where, self._beside_of(place))
            if lines.which != PICKED or lines.entries
        ]

    def _direct(self, account: AccountRow, where: str, beside: Beside) -> list[tuple[int, Lines]]:
        if is_moved(account):
            return [(-1, Lines(PICKED, entries=beside.paid.get((account.id, where), ())))]
        return [(-1, Lines(COUNTER, self._cash))] if account.cash_flow == where else []

    def _indirect(self, account: AccountRow, where: str, beside: Beside) -> list[tuple[int, Lines]]:
        if account.kind not in RESULT and account.role != SURPLUS:
            return [(-1, OPEN), (1, Lines(PICKED, entries=beside.given))]
        found: list[tuple[int, Lines]] = []
        own = account.kind in RESULT
        if own and where == "operating" and (is_moved(account) or account.cash_flow in ELSEWHERE):
            found.append((1, OPEN))
        if account.cash_flow == where and where in ELSEWHERE and not is_moved(account):
            found.append((-1, OPEN))
        if is_moved(account):
            found.append((-1, Lines(PICKED, entries=beside.placed.get((account.id, where), ()))))
        return found

    def _sections(self, place: int) -> list[Term]:
        return [term for section in self.statement.sections if section.key != HELD
                for term in self.total(section, place, VALUES)]  # fmt: skip

    def _whole(self, place: int, method: str) -> list[Term]:
        """Return all flows of a method, whatever the statement shows."""
        beside = self._beside_of(place)
        if method == DIRECT:
            moved = beside.paid
            found = [
                self._term(row.id, -1, Lines(COUNTER, self._cash), place, "whole")
                for row in self.accounts.values() if not is_cash(row) and not is_moved(row)
            ]  # fmt: skip
        else:
            found = [self._term(row.id, -1, OPEN, place, "whole")
                     for row in self.accounts.values()
                     if not is_cash(row) and not is_moved(row)]  # fmt: skip
            moved = beside.placed
            found += [
                self._term(row.id, 1, Lines(PICKED, entries=beside.given), place, "whole")
                for row in self.accounts.values()
                if beside.given
                and not is_cash(row)
                and row.kind not in RESULT
                and not is_moved(row)
            ]
        return found + [
            self._term(account_id, -1, Lines(PICKED, entries=entries), place, "whole")
            for (account_id, _where), entries in sorted(moved.items())
        ]

    # Cash itself

    def _booked(self, place: int) -> list[Term]:
        """Return what cash itself changed by, in book value."""
        return [self._term(key, 1, OPEN, place, "moved") for key in self._cash]

    def _changed(self, place: int) -> list[Term]:
        return [term._replace(half=self._half) for term in self._booked(place)]

    def _started(self, place: int) -> list[Term]:
        column = self.statement.columns[place]
        if column.starts is None or column.starts == date.min:
            return []
        before = column.starts - timedelta(days=1)
        return [
            self._term(key, 1, ALL, place, "start")._replace(
                starts=None, ends=before, half=self._half)
            for key in self._cash
        ]  # fmt: skip

    @property
    def _half(self) -> str:
        return AMOUNTS if self.statement.currency else VALUES

    def _held(self, section: Section, row: Row, place: int) -> list[Term]:
        if row.kind == "difference":
            return [*self._changed(place), *terms.opposite(self._sections(place))]
        at = section.rows.index(row)
        if at == 0:
            return self._started(place)
        changed = self._changed(place)
        return changed if at == len(section.rows) - 2 else [*self._started(place), *changed]
