"""Statements beside their budget: what was planned, the difference, the share, and its verdict.

A budget counts whole months. A difference is what was had less what was planned, so that its
sign alone does not say whether it is welcome: the verdict does, with a letter.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from boconsole.language import N_, _, decimal
from boconsole.ledger.budgets import month_name
from boconsole.ledger.statements import periods, rates
from boconsole.ledger.statements.books import Books, Sum
from boconsole.ledger.statements.periods import Period
from boconsole.ledger.statements.shapes import (
    Cell,
    Column,
    Proof,
    Statement,
    minus,
    plus,
)
from boconsole.ledger.statements.spans import BUDGET
from boconsole.ledger.statements.trees import CREDIT, Columns
from boconsole.session import Session
from db.ledger import budgets as stored
from db.ledger import statements as sums_stored
from db.ledger.rows import BalanceRow

DIFFERENCE = "difference"
FAVOURABLE, UNFAVOURABLE = "F", "U"
VERDICTS = {FAVOURABLE: N_("favourable"), UNFAVOURABLE: N_("unfavourable")}
WELCOME = {"income": 1, "result": 1, "asset": 1, "equity": 1, "expense": -1, "liability": -1}
"""Whether more of a kind than planned is welcome."""
KINDS = {"assets": "asset", "liabilities": "liability", "equity": "equity", "income": "income",
         "expenses": "expense", "net-income": "result"}  # fmt: skip
"""The kind that a section is about."""


class Judged(NamedTuple):
    """What is told of an amount beside its budget.

    Attributes:
        percent: What was had, in per cent of what was planned; None where nothing was.
        verdict: `F`, `U`, or "" where both are equal or nothing can be said.
    """

    percent: Decimal | None
    verdict: str


def is_budgeted(statement: Statement) -> bool:
    """Return whether a statement stands beside its budget."""
    return any(column.key == BUDGET for column in statement.columns)


def welcome(statement: Statement, section: str, kind: str = "") -> int:
    """Return 1 where more than planned is favourable, -1 where it is not, 0 for neither.

    Args:
        statement: For its signs.
        section: Key of the section.
        kind: Of the row; "" for the total of the section.
    """
    kind = kind or KINDS.get(section, "")
    turned = statement.signs == "debit" and kind in CREDIT
    return -WELCOME.get(kind, 0) if turned else WELCOME.get(kind, 0)


def judged(statement: Statement, amounts: Mapping[str, int], more: int) -> Judged:
    """Return share and verdict of the amounts of a line, by key of the column.

    Args:
        statement: Whose first column is what was had.
        amounts: In smallest units of one commodity.
        more: As `welcome` returned it.
    """
    had, planned = amounts.get(statement.columns[0].key, 0), amounts.get(BUDGET, 0)
    over = (had - planned) * more
    return Judged(
        percent(had, planned) if planned else None,
        FAVOURABLE if over > 0 else UNFAVOURABLE if over < 0 else "",
    )


def percent(had: int, planned: int) -> Decimal:
    """Return what was had in per cent of what was planned, to a tenth."""
    return Decimal(rates.rounded(Fraction(had * 1_000, planned))).scaleb(-1)


def short(statement: Statement, amounts: Mapping[str, int], more: int) -> str:
    """Return share and verdict for a narrow column: `104.0 % U`."""
    used, verdict = judged(statement, amounts, more)
    share = "" if used is None else f"{decimal(used, 1)} %"
    return f"{share} {verdict or ' '}" if share or verdict else ""


def legend() -> str:
    """Return what the letters of verdicts mean."""
    return ", ".join(f"{letter} {_(word)}" for letter, word in VERDICTS.items())


# Making


def beside(
    columns: Sequence[Column], sums: Columns, planned: Sequence[Sum]
) -> tuple[tuple[Column, ...], list[Sequence[Sum]]]:
    """Return columns and sums with the budget and the difference behind the first ones."""
    first = columns[0]
    more = (
        Column(BUDGET, _("Budget"), first.starts, first.ends),
        Column(DIFFERENCE, _("Difference"), first.starts, first.ends),
    )
    rest = [sums[0], planned, _less(sums[0], planned), *sums[1:]]
    return (first, *more, *columns[1:]), rest


def _less(had: Iterable[Sum], planned: Iterable[Sum]) -> list[Sum]:
    accounts = {each.account.id: each.account for each in (*had, *planned)}
    left = {each.account.id: each.cell.amounts for each in had}
    right = {each.account.id: each.cell.amounts for each in planned}
    return [
        Sum(account, Cell(plus(left.get(key, {}), minus(right.get(key, {}))), {}))
        for key, account in accounts.items()
    ]


def unconverted(sums: Columns) -> Columns:
    """Return what conversion is told of: a budget has no book value, its difference has."""
    return [sums[0], [], sums[0], *sums[3:]]


def of_period(books: Books, column: Column) -> list[Sum]:
    """Return what is planned for the months of a period."""
    assert column.starts is not None
    rows = _plans(_month(column.starts), _month(column.ends))
    return books.given(column._replace(key=BUDGET), rows)


def of_day(session: Session, books: Books, column: Column) -> list[Sum]:
    """Return what accounts would hold on a day: the start of its fiscal year and the plans since.

    Accounts without a plan stay as they were.
    """
    first = _year_of(session, column.ends)
    opening = sums_stored.select_span(None, _before(first))
    held = [row._replace(value=0) for row in opening]
    rows = [*held, *_plans(first, _month(column.ends))]
    return books.given(column._replace(key=BUDGET), rows)


def _year_of(session: Session, day: date) -> int:
    """Return the first month of the fiscal year of a day."""
    from boconsole.ledger import budget_grid  # much is loaded with it, for statements with a budget

    return budget_grid.year_of(session, day).first


def _plans(first: int, last: int) -> list[BalanceRow]:
    return [
        BalanceRow(line.account_id, line.commodity_id, line.commodity_id, line.amount, 0)
        for line in stored.select_plans(first, last)
    ]


def _month(day: date) -> int:
    return day.year * 100 + day.month


def _before(month: int) -> date:
    return date(month // 100, month % 100, 1) - timedelta(days=1)


def start_of_year(session: Session, day: date) -> date:
    """Return the first day of the fiscal year of a day."""
    first = _year_of(session, day)
    return date(first // 100, first % 100, 1)


def proved(proofs: Iterable[Proof]) -> tuple[Proof, ...]:
    """Return the proofs of what was had: plans need not balance."""
    return tuple(proof for proof in proofs if proof.column not in (BUDGET, DIFFERENCE))


def remarks(session: Session, column: Column, planned: Sequence[Sum]) -> tuple[str, ...]:
    """Return what a reader has to know about the budget column."""
    starts = column.starts or start_of_year(session, column.ends)
    span = periods.name(Period(starts, column.ends))
    told = [_("Per cent is of the budget; {legend}.").format(legend=legend())]
    if not any(line for line in stored.select_planned(_month(starts), _month(column.ends))):
        told.append(
            _("Nothing is planned for {span}; plan it with: boconsole ledger budget set").format(
                span=span
            )
        )
    elif not periods.months_of(Period(starts, column.ends)):
        told.append(
            _("A budget counts whole months: here {first} to {last}.").format(
                first=month_name(_month(starts)), last=month_name(_month(column.ends))
            )
        )
    if column.starts is None and planned:
        told.append(
            _("The budget of a day is what was held at {day} and what is planned since.").format(
                day=starts - timedelta(days=1)
            )
        )
    return tuple(told)
