"""Pages of the lines of a bank account, in order of day."""

from collections.abc import Sequence
from typing import NamedTuple

from db import connection
from db.bank.lines import LINE, TODO, line_of
from db.bank.rows import BankLineRow

TEXT = "lower(name || ' ' || memo || ' ' || reference)"
Place = tuple[int, int]
"""Day, as a number, and id of a line."""


class Asked(NamedTuple):
    """Which lines of a bank account.

    Attributes:
        states: Of these; all where there is none.
        words: Each stands in the texts, in small letters.
        amounts: In smallest units; one of them, where there is any.
    """

    bank_id: int
    states: Sequence[str] = ()
    words: Sequence[str] = ()
    amounts: Sequence[int] = ()


def page(
    asked: Asked, after: Place | None, limit: int, *, backwards: bool = False
) -> list[BankLineRow]:
    """Return lines in order of day and id.

    Args:
        asked: Which.
        after: The line before the page (behind it, backwards).
        limit: At most so many.
        backwards: Read towards the start; the answer is in order all the same.
    """
    terms, params = _terms(asked)
    sign, way = ("<", "DESC") if backwards else (">", "ASC")
    if after is not None:
        terms.append(f"(dated, id) {sign} (?, ?)")
        params += after
    rows = connection.fetch(
        f"{LINE} WHERE {' AND '.join(terms)} ORDER BY dated {way}, id {way} LIMIT ?",
        (*params, limit),
    )
    found = [line_of(row) for row in rows]
    return found[::-1] if backwards else found


def count(asked: Asked, cap: int) -> int:
    """Return how many lines there are, at most `cap` + 1."""
    terms, params = _terms(asked)
    rows = connection.fetch(
        f"SELECT count(*) FROM (SELECT 1 FROM bank_line WHERE {' AND '.join(terms)} LIMIT ?) n",
        (*params, cap + 1),
    )
    return int(rows[0][0])


def _terms(asked: Asked) -> tuple[list[str], list[object]]:
    terms = ["bank_id = ?"]
    found: list[object] = [asked.bank_id]
    if set(asked.states) == {"open", "doubtful"}:
        terms.append(TODO)
    elif asked.states:
        terms.append(f"state IN ({', '.join('?' * len(asked.states))})")
        found += asked.states
    if asked.amounts:
        terms.append(f"amount IN ({', '.join('?' * len(asked.amounts))})")
        found += asked.amounts
    for word in asked.words:
        kept = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        terms.append(f"{TEXT} LIKE ? ESCAPE '\\'")
        found.append(f"%{kept}%")
    return terms, found
