"""Proofs of statements: two sides that must be equal, in every column."""

from collections.abc import Callable, Sequence

from boconsole.ledger.statements.books import Books
from boconsole.ledger.statements.shapes import Cell, Column, Money, Proof, plus

Side = Callable[[int], Cell]


def in_columns(
    books: Books, columns: Sequence[Column], key: str, sentence: str, left: Side, right: Side
) -> list[Proof]:
    """Return the proof for each column, in book values and, where converted, in amounts too.

    Args:
        books: Tells whether the statement is converted.
        columns: Of the statement.
        key: What is proved, for programs.
        sentence: What is proved, for people.
        left: One side by place of the column.
        right: The other.
    """
    found = []
    for place, column in enumerate(columns):
        one, other = left(place), right(place)
        found.append(Proof(key, sentence, column.key, plus(one.values), plus(other.values)))
        if books.currency:
            found.append(
                Proof(f"{key}-converted", sentence, column.key, plus(one.amounts),
                      plus(other.amounts))
            )  # fmt: skip
    return found


def sides(amounts: Sequence[Money]) -> tuple[dict[str, int], dict[str, int]]:
    """Return the sum of what is positive, and of what is negative with its sign turned."""
    debit = plus(*({code: n for code, n in each.items() if n > 0} for each in amounts))
    credit = plus(*({code: -n for code, n in each.items() if n < 0} for each in amounts))
    return debit, credit
