"""Lines of the bank as they are stored; every change of one changes the kept sums with it."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from db import connection
from db.bank import months
from db.bank.months import Sums
from db.bank.rows import BankLineLoad, BankLineRow
from db.fields import day_of, number_of
from db.loading import CHUNK, insert_rows

WAITS = "(SELECT p.id FROM payment p WHERE p.id = {line}.payment_id AND p.state = 'draft')"
"""The draft of a payment that a line waits for."""
LINE = (
    "SELECT id, bank_id, dated, amount, name, memo, reference, key, state, version, reason, "
    f"twin_id, {WAITS.format(line='bank_line')} AS draft FROM bank_line"
)
UNSETTLED = (
    "SELECT k.line_id FROM bank_link k JOIN posting q ON q.id = k.posting_id "
    "JOIN bank_line l ON l.id = k.line_id WHERE l.bank_id = ? AND (q.dated > ? OR l.dated > ?)"
)
"""Bank lines whose match was not complete on a day: one side came later."""
COUNTED = ("open", "matched")
TODO = "state IN ('open', 'doubtful')"
"""As the index of these lines has it."""
STATES = ("open", "matched", "aside", "doubtful")


def insert_lines(lines: Sequence[BankLineLoad]) -> None:
    """Add lines of the bank, in order."""
    marks = f"({', '.join('?' * len(BankLineLoad._fields))}, 1)"
    insert_rows(
        f"INSERT INTO bank_line ({', '.join(BankLineLoad._fields)}, version) VALUES", marks, lines
    )
    sums = Sums()
    for line in lines:
        sums.add(line.bank_id, line.dated, line.state, line.amount)
    months.keep(sums)


def known_keys(bank_id: int, keys: Collection[str]) -> dict[str, tuple[date, int]]:
    """Return day and amount of those lines of some keys that are there."""
    found: dict[str, tuple[date, int]] = {}
    listed = list(keys)
    for start in range(0, len(listed), CHUNK):
        part = listed[start : start + CHUNK]
        rows = connection.fetch(
            "SELECT key, dated, amount FROM bank_line "
            f"WHERE bank_id = ? AND key IN ({', '.join('?' * len(part))})",
            (bank_id, *part),
        )
        found.update((row[0], (day_of(row[1]), row[2])) for row in rows)
    return found


def select_of_days(bank_id: int, days: Collection[date]) -> list[tuple[BankLineRow, str]]:
    """Return the lines of some days with the kind of the file that each came from."""
    found: list[tuple[BankLineRow, str]] = []
    listed = sorted(map(number_of, days))
    own = [f"l.{name}" for name in BankLineRow._fields if name != "waits"]
    columns = ", ".join((*own, WAITS.format(line="l")))
    for start in range(0, len(listed), CHUNK):
        part = listed[start : start + CHUNK]
        rows = connection.fetch(
            f"SELECT {columns}, s.kind FROM bank_line l JOIN bank_statement s "
            "ON s.id = l.statement_id WHERE l.bank_id = ? "
            f"AND l.dated IN ({', '.join('?' * len(part))}) ORDER BY l.dated, l.id",
            (bank_id, *part),
        )
        found += [(line_of(row[:-1]), row[-1]) for row in rows]
    return found


def find_line(line_id: int) -> BankLineRow | None:
    """Return a line of the bank."""
    found = select_ids([line_id])
    return found[0] if found else None


def select_ids(line_ids: Collection[int]) -> list[BankLineRow]:
    """Return the lines of some ids, by day."""
    found: list[BankLineRow] = []
    listed = list(line_ids)
    for start in range(0, len(listed), CHUNK):
        part = listed[start : start + CHUNK]
        rows = connection.fetch(f"{LINE} WHERE id IN ({', '.join('?' * len(part))})", part)
        found += map(line_of, rows)
    return sorted(found, key=lambda line: (line.dated, line.id))


def find_key(bank_id: int, key: str) -> BankLineRow | None:
    """Return the line of the bank with a key."""
    rows = connection.fetch(f"{LINE} WHERE bank_id = ? AND key = ?", (bank_id, key))
    return line_of(rows[0]) if rows else None


def select_lines(bank_ids: Sequence[int], state: str = "") -> list[BankLineRow]:
    """Return lines of some accounts by day; all, or those in a state."""
    marks = ", ".join("?" * len(bank_ids)) or "NULL"
    which = f"state = '{state}' AND " if state in STATES else ""
    rows = connection.fetch(
        f"{LINE} WHERE {which}bank_id IN ({marks}) ORDER BY bank_id, dated, id", bank_ids
    )
    return [line_of(row) for row in rows]


def select_open(bank_id: int, at: date) -> list[BankLineRow]:
    """Return the lines of the bank that nothing of the books stands against on a day."""
    day = number_of(at)
    rows = connection.fetch(
        f"{LINE} WHERE bank_id = ? AND dated <= ? AND (state = 'open' OR id IN ({UNSETTLED})) "
        "ORDER BY dated, id",
        (bank_id, day, bank_id, day, day),
    )
    return [line_of(row) for row in rows]


def select_equal(line: BankLineRow, window: timedelta, limit: int) -> list[BankLineRow]:
    """Return other open lines of the amount of one, within some days."""
    days = number_of(line.dated - window), number_of(line.dated + window)
    rows = connection.fetch(
        f"{LINE} WHERE bank_id = ? AND amount = ? AND dated BETWEEN ? AND ? "
        "AND state = 'open' AND id <> ? ORDER BY dated, id LIMIT ?",
        (line.bank_id, line.amount, *days, line.id, limit),
    )
    return [line_of(row) for row in rows]


def select_of_statement(statement_id: int) -> list[BankLineRow]:
    """Return the lines that a statement brought."""
    rows = connection.fetch(f"{LINE} WHERE statement_id = ? ORDER BY dated, id", (statement_id,))
    return [line_of(row) for row in rows]


def delete_of_statement(statement_id: int) -> None:
    """Remove the lines that a statement brought; matched ones refuse."""
    sums = Sums()
    for line in select_of_statement(statement_id):
        sums.take(line.bank_id, number_of(line.dated), line.state, line.amount)
    connection.execute("DELETE FROM bank_line WHERE statement_id = ?", (statement_id,))
    months.keep(sums)


def set_state(line: BankLineRow, state: str, reason: str = "") -> bool:
    """Give a line of the bank another state; False when it changed in the meantime."""
    cursor = connection.execute(
        "UPDATE bank_line SET state = ?, reason = ?, version = version + 1 "
        "WHERE id = ? AND version = ? AND state <> ?",
        (state, reason, line.id, line.version, state),
    )
    if not cursor.rowcount:
        return False
    months.keep(_moved([line], state))
    return True


def set_payment(line: BankLineRow, payment_id: int) -> bool:
    """Let an open line wait for a payment; False when it changed in the meantime."""
    cursor = connection.execute(
        "UPDATE bank_line SET payment_id = ?, version = version + 1 "
        "WHERE id = ? AND version = ? AND state = 'open'",
        (payment_id, line.id, line.version),
    )
    return bool(cursor.rowcount)


def set_states(lines: Sequence[BankLineRow], state: str) -> None:
    """Give many lines, read in this transaction, another state."""
    listed = [line.id for line in lines]
    for start in range(0, len(listed), CHUNK):
        part = listed[start : start + CHUNK]
        connection.execute(
            "UPDATE bank_line SET state = ?, version = version + 1 "
            f"WHERE id IN ({', '.join('?' * len(part))})",
            (state, *part),
        )
    months.keep(_moved(lines, state))


def set_reason(line_id: int, reason: str) -> None:
    """Write why a line was set aside, which its version counts with its state."""
    connection.execute("UPDATE bank_line SET reason = ? WHERE id = ?", (reason, line_id))


def _moved(lines: Sequence[BankLineRow], state: str) -> Sums:
    sums = Sums()
    for line in lines:
        day = number_of(line.dated)
        sums.take(line.bank_id, day, line.state, line.amount)
        sums.add(line.bank_id, day, state, line.amount)
    return sums


def move_line(line: BankLineRow, dated: date, amount: int, state: str) -> bool:
    """Give a line of the bank another day and amount; False when it changed in the meantime."""
    cursor = connection.execute(
        "UPDATE bank_line SET dated = ?, amount = ?, state = ?, version = version + 1 "
        "WHERE id = ? AND version = ?",
        (number_of(dated), amount, state, line.id, line.version),
    )
    if not cursor.rowcount:
        return False
    sums = Sums()
    sums.take(line.bank_id, number_of(line.dated), line.state, line.amount)
    sums.add(line.bank_id, number_of(dated), state, amount)
    months.keep(sums)
    return True


def sum_lines(bank_id: int, *, ends: date | None = None) -> int:
    """Return what the lines of the bank up to a day add up to, from kept sums.

    Lines that were set aside, or seem to be told twice, count nothing.
    """
    return months.held(bank_id, COUNTED, ends)


def count_doubtful(bank_id: int, ends: date) -> int:
    """Return how many lines up to a day seem to be told twice."""
    rows = connection.fetch(
        f"SELECT count(*) FROM bank_line WHERE bank_id = ? AND {TODO} AND state = 'doubtful' "
        "AND dated <= ?",
        (bank_id, number_of(ends)),
    )
    return int(rows[0][0])


def first_day(bank_id: int, *, apart_from: str = "") -> date | None:
    """Return the day of the first line of the bank, that with a key left out."""
    found = connection.fetch(
        "SELECT dated FROM bank_line WHERE bank_id = ? AND key <> ? ORDER BY dated, id LIMIT 1",
        (bank_id, apart_from),
    )
    return day_of(found[0][0]) if found else None


def line_of(row: tuple[Any, ...]) -> BankLineRow:
    """Return the line of the columns of `LINE`."""
    return BankLineRow(*row)._replace(dated=day_of(row[2]))
