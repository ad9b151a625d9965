"""Statements of the books as tests look at them: amounts as texts, by row and by section."""

from boconsole.ledger.statements.shapes import Cell, Money, Row, Statement
from boconsole.money import plain


def told(statement: Statement, money: Money) -> dict[str, str]:
    """Return amounts as exact decimals, by commodity."""
    return {code: plain(amount, statement.precisions[code]) for code, amount in money.items()}


def total(statement: Statement, key: str, column: int = 0) -> dict[str, str]:
    """Return the book value of a section."""
    return told(statement, _total(statement, key, column).values)


def counted(statement: Statement, key: str, column: int = 0) -> dict[str, str]:
    """Return what a section holds, as it was booked (or converted)."""
    return told(statement, _total(statement, key, column).amounts)


def _total(statement: Statement, key: str, column: int) -> Cell:
    return next(each.totals[column] for each in statement.sections if each.key == key)


def rows(statement: Statement, key: str, column: int = 0) -> dict[str, str]:
    """Return the rows of a section that hold something themselves: path or title to USD."""
    found = next(each for each in statement.sections if each.key == key)
    return {
        row.path or row.title: told(statement, row.own[column].values)["USD"]
        for row in found.rows
        if "USD" in row.own[column].values
    }


def row(statement: Statement, name: str) -> Row:
    """Return the row of an account, or of a title."""
    return next(
        row
        for section in statement.sections
        for row in section.rows
        if name in (row.path, row.title)
    )


def broken(statement: Statement) -> list[tuple[str, str]]:
    """Return what is not proved; an empty list only where something is."""
    assert statement.proofs
    return [(proof.key, proof.column) for proof in statement.proofs if not proof.holds]
