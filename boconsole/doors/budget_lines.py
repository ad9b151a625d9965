"""A statement beside its budget, for the terminal and for programs: share and verdict by line."""

from collections.abc import Iterator, Mapping, Sequence

from boconsole.language import _
from boconsole.ledger.statements import plans
from boconsole.ledger.statements.shapes import Cell, Statement
from boconsole.money import plain

SUMMED = ("sides", "net-income")
"""Sections that are sums themselves."""


def judgements(
    statement: Statement, cells: Sequence[Cell], section: str, kind: str = ""
) -> dict[str, object]:
    """Return share and verdict by commodity; nothing where there is no budget beside."""
    if not plans.is_budgeted(statement):
        return {}
    more = plans.welcome(statement, section, kind)
    told = {}
    for code, amounts in _by_commodity(statement, cells).items():
        percent, verdict = plans.judged(statement, amounts, more)
        told[code] = {
            "percent": None if percent is None else f"{percent:f}",
            "verdict": plans.VERDICTS.get(verdict),
        }
    return {"judged": told}


def lines(statement: Statement) -> Iterator[tuple[str, ...]]:
    """Yield the rows that hold something themselves, and totals; a line for each commodity."""
    empty = ("",) * (len(statement.columns) + 1)
    for section in statement.sections:
        yield (section.title.upper(), *empty)
        rows = [row for row in section.rows if any(cell.amounts for cell in row.own)]
        for row in rows:
            more = plans.welcome(statement, section.key, row.kind)
            yield from _spread(statement, row.path or row.title, row.own, more)
        if rows and section.key not in SUMMED:
            more = plans.welcome(statement, section.key)
            yield from _spread(statement, _("Total"), section.totals, more)


def _spread(
    statement: Statement, title: str, cells: Sequence[Cell], more: int
) -> Iterator[tuple[str, ...]]:
    for place, (code, amounts) in enumerate(_by_commodity(statement, cells).items()):
        told = (
            f"{plain(amounts.get(column.key, 0), statement.precisions[code])} {code}"
            for column in statement.columns
        )
        share = plans.short(statement, amounts, more)
        yield (title if place == 0 else "", *told, share)


def _by_commodity(statement: Statement, cells: Sequence[Cell]) -> dict[str, Mapping[str, int]]:
    codes = sorted({code for cell in cells for code in cell.amounts})
    return {
        code: {column.key: cell.amounts[code]
               for column, cell in zip(statement.columns, cells, strict=True)
               if code in cell.amounts}
        for code in codes
    }  # fmt: skip
