"""Lines of the bank, lines of the books beside them, and the links between both."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from db import connection
from db.bank.rows import BankLineLoad, BankLineRow, BankRow, BookLineRow
from db.fields import day_of, number_of
from db.loading import CHUNK, insert_rows

LINE = (
    "SELECT id, bank_id, dated, amount, name, memo, reference, key, state, version FROM bank_line"
)
BOOK = (
    "SELECT p.id, p.entry_id, p.dated, p.amount, e.series, y.name, e.number, e.code, e.payee, "
    "e.description, p.label, e.reverses_id FROM posting p "
    "JOIN journal_entry e ON e.id = p.entry_id JOIN fiscal_year y ON y.id = e.year_id "
    "LEFT JOIN bank_link k ON k.posting_id = p.id"
)
MINE = "p.account_id = ? AND p.commodity_id = ? AND p.kind = 0 AND p.posted"
"""Real lines of a bank account in its commodity."""
UNSETTLED = (
    "SELECT k.line_id FROM bank_link k JOIN posting q ON q.id = k.posting_id "
    "JOIN bank_line l ON l.id = k.line_id WHERE l.bank_id = ? AND (q.dated > ? OR l.dated > ?)"
)
"""Bank lines whose match was not complete on a day: one side came later."""


def insert_lines(lines: Sequence[BankLineLoad]) -> None:
    """Add lines of the bank, in order."""
    marks = f"({', '.join('?' * len(BankLineLoad._fields))}, 1)"
    insert_rows(
        f"INSERT INTO bank_line ({', '.join(BankLineLoad._fields)}, version) VALUES", marks, lines
    )


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


def find_line(line_id: int) -> BankLineRow | None:
    """Return a line of the bank."""
    rows = connection.fetch(f"{LINE} WHERE id = ?", (line_id,))
    return _line(rows[0]) if rows else None


def find_key(bank_id: int, key: str) -> BankLineRow | None:
    """Return the line of the bank with a key."""
    rows = connection.fetch(f"{LINE} WHERE bank_id = ? AND key = ?", (bank_id, key))
    return _line(rows[0]) if rows else None


def select_lines(bank_ids: Sequence[int], state: str = "") -> list[BankLineRow]:
    """Return lines of some accounts by day; all, or those in a state."""
    marks = ", ".join("?" * len(bank_ids)) or "NULL"
    which = f"state = '{state}' AND " if state in ("open", "matched") else ""
    rows = connection.fetch(
        f"{LINE} WHERE {which}bank_id IN ({marks}) ORDER BY bank_id, dated, id", bank_ids
    )
    return [_line(row) for row in rows]


def select_open(bank_id: int, at: date) -> list[BankLineRow]:
    """Return the lines of the bank that nothing of the books stands against on a day."""
    day = number_of(at)
    rows = connection.fetch(
        f"{LINE} WHERE bank_id = ? AND dated <= ? AND (state = 'open' OR id IN ({UNSETTLED})) "
        "ORDER BY dated, id",
        (bank_id, day, bank_id, day, day),
    )
    return [_line(row) for row in rows]


def select_open_books(bank: BankRow, at: date) -> list[BookLineRow]:
    """Return the lines of the books that nothing of the bank stands against on a day."""
    day = number_of(at)
    rows = connection.fetch(
        f"{BOOK} WHERE {MINE} AND p.dated <= ? "
        f"AND (k.id IS NULL OR k.line_id IN ({UNSETTLED})) ORDER BY p.dated, p.id",
        (bank.account_id, bank.commodity_id, day, bank.id, day, day),
    )
    return [_book(row) for row in rows]


def select_unlinked(bank: BankRow, entry_ids: Sequence[int]) -> list[BookLineRow]:
    """Return the lines of some entries that are matched with nothing."""
    marks = ", ".join("?" * len(entry_ids)) or "NULL"
    rows = connection.fetch(
        f"{BOOK} WHERE {MINE} AND k.id IS NULL AND p.entry_id IN ({marks}) ORDER BY p.dated, p.id",
        (bank.account_id, bank.commodity_id, *entry_ids),
    )
    return [_book(row) for row in rows]


def select_linked(line_id: int) -> list[BookLineRow]:
    """Return the lines of the books that a line of the bank is matched with."""
    rows = connection.fetch(f"{BOOK} WHERE k.line_id = ? ORDER BY p.dated, p.id", (line_id,))
    return [_book(row) for row in rows]


def select_others(account_id: int, entry_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """Return for some entries the accounts of their other lines."""
    found: dict[int, set[int]] = {}
    listed = list(entry_ids)
    for start in range(0, len(listed), CHUNK):
        part = listed[start : start + CHUNK]
        rows = connection.fetch(
            "SELECT DISTINCT entry_id, account_id FROM posting WHERE account_id <> ? "
            f"AND kind = 0 AND entry_id IN ({', '.join('?' * len(part))})",
            (account_id, *part),
        )
        for entry_id, other in rows:
            found.setdefault(entry_id, set()).add(other)
    return {entry_id: frozenset(accounts) for entry_id, accounts in found.items()}


def select_of_statement(statement_id: int) -> list[BankLineRow]:
    """Return the lines that a statement brought."""
    rows = connection.fetch(f"{LINE} WHERE statement_id = ? ORDER BY dated, id", (statement_id,))
    return [_line(row) for row in rows]


def delete_of_statement(statement_id: int) -> None:
    """Remove the lines that a statement brought; matched ones refuse."""
    connection.execute("DELETE FROM bank_line WHERE statement_id = ?", (statement_id,))


def set_state(line: BankLineRow, state: str) -> bool:
    """Give a line of the bank another state; False when it changed in the meantime."""
    cursor = connection.execute(
        "UPDATE bank_line SET state = ?, version = version + 1 "
        "WHERE id = ? AND version = ? AND state <> ?",
        (state, line.id, line.version, state),
    )
    return bool(cursor.rowcount)


def move_line(line: BankLineRow, dated: date, amount: int, state: str) -> bool:
    """Give a line of the bank another day and amount; False when it changed in the meantime."""
    cursor = connection.execute(
        "UPDATE bank_line SET dated = ?, amount = ?, state = ?, version = version + 1 "
        "WHERE id = ? AND version = ?",
        (number_of(dated), amount, state, line.id, line.version),
    )
    return bool(cursor.rowcount)


def insert_links(line_id: int, posting_ids: Sequence[int]) -> None:
    """Match a line of the bank with lines of the books."""
    insert_rows(
        "INSERT INTO bank_link (line_id, posting_id) VALUES", "(?, ?)",
        [(line_id, posting_id) for posting_id in posting_ids],
    )  # fmt: skip


def delete_links(line_id: int) -> None:
    """Undo a match."""
    connection.execute("DELETE FROM bank_link WHERE line_id = ?", (line_id,))


def sum_lines(bank_id: int, *, starts: date | None = None, ends: date | None = None) -> int:
    """Return what the lines of the bank from a day to a day add up to, both included."""
    rows = connection.fetch(
        "SELECT coalesce(sum(amount), 0) FROM bank_line "
        "WHERE bank_id = ? AND dated BETWEEN ? AND ?",
        (bank_id, number_of(starts) if starts else 0, number_of(ends) if ends else 99_999_999),
    )
    return int(rows[0][0])


def first_day(bank_id: int, *, apart_from: str = "") -> date | None:
    """Return the day of the first line of the bank, that with a key left out."""
    found = connection.fetch(
        "SELECT min(dated) FROM bank_line WHERE bank_id = ? AND key <> ?", (bank_id, apart_from)
    )
    return day_of(found[0][0]) if found[0][0] else None


def sum_books(bank: BankRow, at: date) -> int:
    """Return what the books hold on the account at the end of a day, from kept sums."""
    day = number_of(at)
    month = day // 100
    mine = "account_id = ? AND commodity_id = ? AND kind = 0"
    key = (bank.account_id, bank.commodity_id)
    rows = connection.fetch(
        "SELECT coalesce(sum(amount), 0) FROM ("
        f"SELECT amount FROM balance_month WHERE {mine} AND month < ? UNION ALL "
        f"SELECT amount FROM balance_day WHERE {mine} AND dated BETWEEN ? AND ?) held",
        (*key, month, *key, month * 100, day),
    )
    return int(rows[0][0])


def sum_settled(bank_id: int, at: date) -> tuple[int, int]:
    """Return what matched lines of the bank, and those of the books, add up to on a day."""
    day = number_of(at)
    settled = f"l.bank_id = ? AND l.dated <= ? AND l.id NOT IN ({UNSETTLED})"
    params = (bank_id, day, bank_id, day, day)
    bank = connection.fetch(
        "SELECT coalesce(sum(l.amount), 0) FROM bank_line l "
        f"WHERE l.state = 'matched' AND {settled}",
        params,
    )
    books = connection.fetch(
        "SELECT coalesce(sum(p.amount), 0) FROM bank_link k JOIN bank_line l ON l.id = k.line_id "
        f"JOIN posting p ON p.id = k.posting_id WHERE {settled}",
        params,
    )
    return int(bank[0][0]), int(books[0][0])


def select_unequal(bank_id: int) -> list[int]:
    """Return the lines of the bank whose match does not have their amount, which cannot be."""
    rows = connection.fetch(
        "SELECT l.id FROM bank_line l LEFT JOIN bank_link k ON k.line_id = l.id "
        "LEFT JOIN posting p ON p.id = k.posting_id WHERE l.bank_id = ? "
        "GROUP BY l.id, l.amount, l.state HAVING (l.state = 'matched' "
        "AND coalesce(sum(p.amount), 0) <> l.amount) OR (l.state = 'open' AND count(k.id) > 0) "
        "ORDER BY l.id",
        (bank_id,),
    )
    return [row[0] for row in rows]


def _line(row: tuple[Any, ...]) -> BankLineRow:
    return BankLineRow(*row)._replace(dated=day_of(row[2]))


def _book(row: tuple[Any, ...]) -> BookLineRow:
    return BookLineRow(*row)._replace(dated=day_of(row[2]))
