"""Which lines each number of a statement is made of: trial balance to changes in equity.

The same rules as the statements have, told once more as terms, so that a number can be derived
from the lines alone and compared with what is shown. The cash flow has `tracing_cash`.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from boconsole.language import _
from boconsole.ledger.statements import plans, terms
from boconsole.ledger.statements.asking import EQUITY, POSITION, RESULT, TRIAL
from boconsole.ledger.statements.books import RESULT as RESULT_KINDS
from boconsole.ledger.statements.shapes import Column, Row, Section, Statement
from boconsole.ledger.statements.spans import BUDGET
from boconsole.ledger.statements.terms import ALL, AMOUNTS, CLOSING, OPEN, PLAN, VALUES, Term
from boconsole.ledger.statements.trees import CREDIT
from boconsole.session import Session
from db.ledger.explanations import Lines
from db.ledger.rows import AccountRow

WANTED = {
    "assets": ("asset",), "liabilities": ("liability",), "equity": ("equity",),
    "income": ("income",), "expenses": ("expense",), "unclassified": ("",),
}  # fmt: skip
"""Kinds of the accounts in a section; all where it is not here."""
LEFT, RIGHT = "left", "right"


class Move(NamedTuple):
    """Days of an account that count in a column; those of one group are converted together."""

    sign: int
    lines: Lines
    starts: date | None
    ends: date
    group: str = ""


class Tracer:
    """Tells the terms of the numbers of one statement.

    Args:
        session: Who asks.
        statement: As it is shown.
        accounts: The chart.
    """

    def __init__(
        self, session: Session, statement: Statement, accounts: Iterable[AccountRow]
    ) -> None:
        self.statement = statement
        self.accounts = {row.id: row for row in accounts}
        self.budgeted = plans.is_budgeted(statement)
        self._session = session
        self._sections = {section.key: section for section in statement.sections}

    # Numbers

    def row(self, section: Section, row: Row, place: int, half: str, part: str) -> list[Term]:
        """Return the terms of a row, with those below it or (`own`) alone, in a column."""
        if section.key == "sides":
            return self._side(row, place, half)
        if row.account_id:
            return self._account(section, row, place, half, part)
        if row.kind == "result":
            return self._kinds(RESULT_KINDS, self._result_moves(place), half, place, lambda _k: -1)
        return self._left_over(row, place, half)

    def total(self, section: Section, place: int, half: str) -> list[Term]:
        """Return the terms of the total of a section in a column."""
        return [term for row in section.rows for term in self.row(section, row, place, half, "own")]

    def side(self, key: str, column: str, side: str) -> list[Term]:
        """Return the terms of one side of a proof."""
        place = [each.key for each in self.statement.columns].index(column)
        half = AMOUNTS if key.endswith("-converted") else VALUES
        name = self.statement.name
        if name == TRIAL:
            sides = self._sections["sides"]
            return self.row(sides, sides.rows[0 if side == LEFT else 1], place, half, "own")
        keys: tuple[str, ...] = ("equity",) if side == LEFT else ()
        if name == POSITION:
            keys = ("assets", "unclassified") if side == LEFT else ("liabilities", "equity")
        elif name == RESULT:
            keys = ("net-income", "conversion") if side == LEFT else ()
        if keys:
            return [term for each in keys if each in self._sections
                    for term in self.total(self._sections[each], place, half)]  # fmt: skip
        if name == EQUITY and key == "result":
            moves = [self._moves(place)[0]._replace(lines=OPEN)]
            return self._kinds(RESULT_KINDS, moves, half, place, lambda _kind: -1)
        kinds = {row.kind for row in self.accounts.values()} - set(RESULT_KINDS)
        kinds -= {"equity"} if name == EQUITY else set()
        return self._kinds(tuple(kinds), self._moves(place), half, place, lambda _kind: 1)

    # Parts

    def _account(self, section: Section, row: Row, place: int, half: str, part: str) -> list[Term]:
        wanted = WANTED.get(section.key)
        start = f"{row.path}:"
        found = [
            each.id for each in self.accounts.values()
            if (each.id == row.account_id or (part == "total" and each.path.startswith(start)))
            and (wanted is None or each.kind in wanted)
        ]  # fmt: skip
        moves = self._tree_moves(place)
        return [term for account_id in found for term in self._terms(account_id, moves, half, place,
                self._sign(self.accounts[account_id].kind))]  # fmt: skip

    def _sign(self, kind: str) -> int:
        return -1 if self.statement.signs == "natural" and kind in CREDIT else 1

    def _kinds(
        self, kinds: Sequence[str], moves: Sequence[Move], half: str, place: int,
        sign: Callable[[str], int],
    ) -> list[Term]:  # fmt: skip
        return [term for each in self.accounts.values() if each.kind in kinds
                for term in self._terms(each.id, moves, half, place, sign(each.kind))]  # fmt: skip

    def _terms(
        self, account_id: int, moves: Sequence[Move], half: str, place: int, sign: int
    ) -> list[Term]:
        at = self._rate_day(place)
        return [
            Term(account_id, sign * move.sign, move.lines, move.starts, move.ends, half,
                 f"{account_id} {move.group or number} {half}", at)
            for number, move in enumerate(moves)
        ]  # fmt: skip

    def _side(self, row: Row, place: int, half: str) -> list[Term]:
        """Return the rows of one side of a trial balance: those whose own amount is on it."""
        section = self._sections["accounts"]
        debit = row.title == _("Debit")
        found: list[Term] = []
        for each in section.rows:
            cell = each.own[place]
            held = cell.values if half == VALUES else cell.amounts
            some = self.row(section, each, place, half, "own")
            codes = {code for code, amount in held.items() if (amount > 0) == debit}
            if codes and len(codes) == len(held):
                found += some if debit else terms.opposite(some)
            elif codes:
                found += [self._only(term, codes) for term in
                          (some if debit else terms.opposite(some))]  # fmt: skip
        return found

    def _only(self, term: Term, codes: Iterable[str]) -> Term:
        return term._replace(codes=tuple(sorted(codes)))

    def _left_over(self, row: Row, place: int, half: str) -> list[Term]:
        """Return the terms of what conversion leaves: worth less book value, or the rounding."""
        sign = -1 if self.statement.name == TRIAL else 1
        moves = self._conversion_moves(place)
        kinds = sorted({each.kind for each in self.accounts.values()})
        booked = _apart(self._kinds(kinds, moves, VALUES, place, lambda _kind: 1))
        if row.title == _("Rounding of conversion"):
            return booked if sign > 0 else terms.opposite(booked)
        if half == VALUES:
            return []
        worth = _apart(self._kinds(kinds, moves, AMOUNTS, place, lambda _kind: 1))
        found = [*worth, *terms.opposite(booked)]
        return found if sign > 0 else terms.opposite(found)

    # Days

    def _rate_day(self, place: int) -> date:
        columns = self.statement.columns
        return columns[-1 if self.statement.name == EQUITY else place].ends

    def _moves(self, place: int) -> list[Move]:
        """Return the days that a column counts, of what was had and of what was planned."""
        column = self.statement.columns[place]
        name = self.statement.name
        open_only = name == RESULT or (name == TRIAL and self.budgeted)
        had = Move(1, OPEN if open_only else ALL, column.starts, column.ends)
        if column.key == BUDGET:
            return self._planned(column)
        if column.key == plans.DIFFERENCE:
            return [had, *(move._replace(sign=-1) for move in self._planned(column))]
        return [had]

    def _planned(self, column: Column) -> list[Move]:
        if column.starts is not None:
            return [Move(1, PLAN, column.starts, column.ends)]
        first = plans.start_of_year(self._session, column.ends)
        return [
            Move(1, ALL, None, first - timedelta(days=1), BUDGET),
            Move(1, PLAN, first, column.ends, BUDGET),
        ]

    def _tree_moves(self, place: int) -> list[Move]:
        if self.statement.name != EQUITY:
            return self._moves(place)
        key = self.statement.columns[place].key
        if key == "result":
            return []
        return self._equity_moves(key, "other")

    def _result_moves(self, place: int) -> list[Move]:
        if self.statement.name != EQUITY:
            return self._moves(place)
        key = self.statement.columns[place].key
        return [] if key == "other" else self._equity_moves(key, "result")

    def _conversion_moves(self, place: int) -> list[Move]:
        key = self.statement.columns[place].key
        if self.statement.name != EQUITY:
            if key == BUDGET:
                return []
            return self._moves(0 if key == plans.DIFFERENCE else place)
        opening, _transfer, closing = self._held()
        return {"opening": [opening], "closing": [closing],
                "other": [closing, opening._replace(sign=-1)]}.get(key, [])  # fmt: skip

    def _held(self) -> tuple[Move, Move, Move]:
        """Return the start, the transfers and the end of changes in equity."""
        columns = {column.key: column for column in self.statement.columns}
        opening, transfer, closing = (columns[key] for key in ("opening", "transfer", "closing"))
        return (
            Move(1, ALL, None, opening.ends),
            Move(1, CLOSING, transfer.starts, transfer.ends),
            Move(1, ALL, None, closing.ends),
        )

    def _equity_moves(self, key: str, rest: str) -> list[Move]:
        """Return the days of a column of changes in equity; `rest` is what else changed."""
        opening, transfer, closing = self._held()
        if key != rest:
            return [{"opening": opening, "transfer": transfer, "closing": closing}[key]]
        if not self.statement.currency:
            return [transfer._replace(lines=OPEN)]
        return [closing, opening._replace(sign=-1), transfer._replace(sign=-1)]


def _apart(found: Iterable[Term]) -> list[Term]:
    """Return terms that are converted apart from those of the accounts' own rows."""
    return [term._replace(group=f"conversion {term.group}") for term in found]
