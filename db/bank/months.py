"""What lines of each state add up to by month, kept with every change, so that no sum reads all."""

from collections.abc import Sequence
from datetime import date

from db import connection
from db.fields import number_of

LINKED = "linked"
"""Stands for the matched lines of the books, in the month of their own day."""
Key = tuple[int, int, str]
"""Bank account, month, state."""


class Sums:
    """Changes to the kept sums, gathered so that each is written once."""

    def __init__(self) -> None:
        self.found: dict[Key, tuple[int, int]] = {}

    def add(self, bank_id: int, day: int, state: str, amount: int, number: int = 1) -> None:
        """Count a line; the day is a number such as 20261125."""
        key = (bank_id, day // 100, state)
        before = self.found.get(key, (0, 0))
        self.found[key] = (before[0] + number, before[1] + amount)

    def take(self, bank_id: int, day: int, state: str, amount: int) -> None:
        """Count a line no more."""
        self.add(bank_id, day, state, -amount, -1)


def keep(sums: Sums) -> None:
    """Write changes, inside the caller's transaction."""
    for key, (number, amount) in sorted(sums.found.items()):
        if number or amount:
            connection.execute(
                "INSERT INTO bank_month (bank_id, month, state, number, amount) "
                "VALUES (?, ?, ?, ?, ?) ON CONFLICT (bank_id, month, state) DO UPDATE SET "
                "number = bank_month.number + excluded.number, "
                "amount = bank_month.amount + excluded.amount",
                (*key, number, amount),
            )


def held(bank_id: int, states: Sequence[str], ends: date | None) -> int:
    """Return what bank lines of some states up to a day add up to."""
    marks = ", ".join("?" * len(states))
    if ends is None:
        rows = connection.fetch(
            "SELECT coalesce(sum(amount), 0) FROM bank_month "
            f"WHERE bank_id = ? AND state IN ({marks})",
            (bank_id, *states),
        )
        return int(rows[0][0])
    day = number_of(ends)
    rows = connection.fetch(
        "SELECT coalesce(sum(amount), 0) FROM ("
        f"SELECT amount FROM bank_month WHERE bank_id = ? AND month < ? AND state IN ({marks}) "
        "UNION ALL SELECT amount FROM bank_line "
        f"WHERE bank_id = ? AND dated BETWEEN ? AND ? AND state IN ({marks})) held",
        (bank_id, day // 100, *states, bank_id, day // 100 * 100, day, *states),
    )
    return int(rows[0][0])


def by_state(bank_id: int) -> dict[str, tuple[int, int]]:
    """Return how many lines of each state there are, and what they add up to."""
    rows = connection.fetch(
        "SELECT state, sum(number), sum(amount) FROM bank_month WHERE bank_id = ? GROUP BY state",
        (bank_id,),
    )
    return {row[0]: (int(row[1]), int(row[2])) for row in rows}


def differences() -> list[tuple[int, int, str, int, int]]:
    """Return account, month and state of each kept sum that the lines deny, with both sums."""
    wanted: dict[Key, tuple[int, int]] = {}
    for statement in (
        "SELECT bank_id, dated / 100, state, count(*), sum(amount) FROM bank_line "
        "GROUP BY bank_id, dated / 100, state",
        "SELECT l.bank_id, p.dated / 100, 'linked', count(*), sum(k.amount) FROM bank_link k "
        "JOIN bank_line l ON l.id = k.line_id JOIN posting p ON p.id = k.posting_id "
        "GROUP BY l.bank_id, p.dated / 100",
    ):
        for bank_id, month, state, number, amount in connection.fetch(statement):
            wanted[(bank_id, month, state)] = (int(number), int(amount))
    rows = connection.fetch("SELECT bank_id, month, state, number, amount FROM bank_month")
    kept = {(row[0], row[1], row[2]): (int(row[3]), int(row[4])) for row in rows}
    nothing = (0, 0)
    return [
        (*key, kept.get(key, nothing)[1], wanted.get(key, nothing)[1])
        for key in sorted(kept.keys() | wanted.keys())
        if kept.get(key, nothing) != wanted.get(key, nothing)
    ]
