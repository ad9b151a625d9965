"""Posted lines of a bank account beside those of the bank, and the links between both."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from db import connection
from db.bank import months
from db.bank.lines import UNSETTLED
from db.bank.months import LINKED, Sums
from db.bank.rows import BankLineRow, BankRow, BookLineRow
from db.fields import day_of, number_of
from db.loading import CHUNK, insert_rows

COLUMNS = (
    "e.series, y.name, e.number, e.code, e.payee, e.description, p.label, e.reverses_id "
    "FROM posting p JOIN journal_entry e ON e.id = p.entry_id "
    "JOIN fiscal_year y ON y.id = e.year_id"
)
BOOK = f"SELECT p.id, p.entry_id, p.dated, p.amount, {COLUMNS}"
SHARED = (
    f"SELECT p.id, p.entry_id, p.dated, coalesce(k.amount, p.amount), {COLUMNS} "
    "LEFT JOIN bank_link k ON k.posting_id = p.id"
)
"""As `BOOK`, the amount of a line that several bank lines share by its part of each."""
MINE = "p.account_id = ? AND p.commodity_id = ? AND p.kind = 0 AND p.posted"
"""Real lines of a bank account in its commodity."""
# A limit makes PostgreSQL walk the index of the order instead of that of the condition; `+ 0`
# takes the former out of its sight.
UNLINKED = "NOT EXISTS (SELECT 1 FROM bank_link k WHERE k.posting_id = p.id)"


def select_open_books(bank: BankRow, at: date) -> list[BookLineRow]:
    """Return the lines of the books that nothing of the bank stands against on a day."""
    day = number_of(at)
    rows = connection.fetch(
        f"{SHARED} WHERE {MINE} AND p.dated <= ? "
        f"AND (k.id IS NULL OR k.line_id IN ({UNSETTLED})) ORDER BY p.dated, p.id",
        (bank.account_id, bank.commodity_id, day, bank.id, day, day),
    )
    return [_book(row) for row in rows]


def select_unlinked(bank: BankRow, entry_ids: Sequence[int]) -> list[BookLineRow]:
    """Return the lines of some entries that are matched with nothing."""
    marks = ", ".join("?" * len(entry_ids)) or "NULL"
    rows = connection.fetch(
        f"{BOOK} WHERE {MINE} AND {UNLINKED} AND p.entry_id IN ({marks}) ORDER BY p.dated, p.id",
        (bank.account_id, bank.commodity_id, *entry_ids),
    )
    return [_book(row) for row in rows]


def select_equal(bank: BankRow, amount: int, days: tuple[date, date], limit: int) -> list[
    BookLineRow
]:  # fmt: skip
    """Return open lines of the books of an amount between two days, both included."""
    rows = connection.fetch(
        f"{BOOK} WHERE {MINE} AND p.amount = ? AND p.dated BETWEEN ? AND ? AND {UNLINKED} "
        "ORDER BY p.dated + 0, p.id LIMIT ?",
        (bank.account_id, bank.commodity_id, amount, *map(number_of, days), limit),
    )
    return [_book(row) for row in rows]


def select_on(bank: BankRow, days: Sequence[date], limit: int) -> list[BookLineRow]:
    """Return open lines of the books of some days, those entered first first."""
    marks = ", ".join("?" * len(days))
    rows = connection.fetch(
        f"{BOOK} WHERE {MINE} AND p.dated IN ({marks}) AND {UNLINKED} ORDER BY p.id + 0 LIMIT ?",
        (bank.account_id, bank.commodity_id, *map(number_of, days), limit),
    )
    return [_book(row) for row in rows]


def select_beside(bank: BankRow, day: date, limit: int, *, before: bool) -> list[BookLineRow]:
    """Return the open lines of the books next to a day: before it, or from it on."""
    sign, way = ("<", "DESC") if before else (">=", "ASC")
    rows = connection.fetch(
        f"{BOOK} WHERE {MINE} AND p.dated {sign} ? AND {UNLINKED} "
        f"ORDER BY p.dated {way}, p.id {way} LIMIT ?",
        (bank.account_id, bank.commodity_id, number_of(day), limit),
    )
    return [_book(row) for row in rows]


def select_reversals(entry_ids: Collection[int]) -> list[int]:
    """Return the entries that reverse one of some entries."""
    marks = ", ".join("?" * len(entry_ids)) or "NULL"
    rows = connection.fetch(
        f"SELECT id FROM journal_entry WHERE reverses_id IN ({marks})", list(entry_ids)
    )
    return [row[0] for row in rows]


def select_linked(line_id: int) -> list[BookLineRow]:
    """Return the lines of the books that a line of the bank is matched with, whole."""
    rows = connection.fetch(
        f"{BOOK} JOIN bank_link k ON k.posting_id = p.id WHERE k.line_id = ? "
        "ORDER BY p.dated, p.id",
        (line_id,),
    )
    return [_book(row) for row in rows]


def select_linked_of(line_ids: Sequence[int]) -> dict[int, list[BookLineRow]]:
    """Return for some lines of the bank those of the books that each is matched with."""
    found: dict[int, list[BookLineRow]] = {}
    for start in range(0, len(line_ids), CHUNK):
        part = line_ids[start : start + CHUNK]
        rows = connection.fetch(
            f"{BOOK.replace('SELECT ', 'SELECT k.line_id, ', 1)} "
            f"JOIN bank_link k ON k.posting_id = p.id "
            f"WHERE k.line_id IN ({', '.join('?' * len(part))}) ORDER BY p.dated, p.id",
            part,
        )
        for line_id, *row in rows:
            found.setdefault(line_id, []).append(_book(tuple(row)))
    return found


def select_sharing(line_id: int) -> list[int]:
    """Return the lines of the bank that are matched with the same lines of the books."""
    rows = connection.fetch(
        "SELECT DISTINCT o.line_id FROM bank_link k JOIN bank_link o "
        "ON o.posting_id = k.posting_id WHERE k.line_id = ? ORDER BY o.line_id",
        (line_id,),
    )
    return [row[0] for row in rows]


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


def insert_links(pairs: Sequence[tuple[BankLineRow, BookLineRow, int]]) -> None:
    """Match lines of the bank with lines of the books, each pair with its part."""
    insert_rows(
        "INSERT INTO bank_link (line_id, posting_id, amount) VALUES", "(?, ?, ?)",
        [(line.id, book.id, amount) for line, book, amount in pairs],
    )  # fmt: skip
    sums = Sums()
    for line, book, amount in pairs:
        sums.add(line.bank_id, number_of(book.dated), LINKED, amount)
    months.keep(sums)


def delete_links(lines: Sequence[BankLineRow]) -> None:
    """Undo the matches of some lines of the bank."""
    sums, bank_of = Sums(), {line.id: line.bank_id for line in lines}
    listed = list(bank_of)
    for start in range(0, len(listed), CHUNK):
        part = listed[start : start + CHUNK]
        marks = ", ".join("?" * len(part))
        for line_id, day, amount in connection.fetch(
            "SELECT k.line_id, p.dated, k.amount FROM bank_link k "
            f"JOIN posting p ON p.id = k.posting_id WHERE k.line_id IN ({marks})",
            part,
        ):
            sums.take(bank_of[line_id], day, LINKED, amount)
        connection.execute(f"DELETE FROM bank_link WHERE line_id IN ({marks})", part)
    months.keep(sums)


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
        "SELECT coalesce(sum(k.amount), 0) FROM bank_link k JOIN bank_line l ON l.id = k.line_id "
        f"WHERE {settled}",
        params,
    )
    return int(bank[0][0]), int(books[0][0])


def select_unequal(bank_id: int) -> list[int]:
    """Return the lines of the bank whose match does not have their amount, which cannot be."""
    rows = connection.fetch(
        "SELECT l.id FROM bank_line l LEFT JOIN bank_link k ON k.line_id = l.id "
        "WHERE l.bank_id = ? GROUP BY l.id, l.amount, l.state HAVING (l.state = 'matched' "
        "AND coalesce(sum(k.amount), 0) <> l.amount) OR (l.state <> 'matched' AND count(k.id) > 0) "
        "ORDER BY l.id",
        (bank_id,),
    )
    return [row[0] for row in rows]


def sum_of(line_id: int) -> int:
    """Return what a line of the bank is matched with."""
    rows = connection.fetch(
        "SELECT coalesce(sum(amount), 0) FROM bank_link WHERE line_id = ?", (line_id,)
    )
    return int(rows[0][0])


def select_torn(bank: BankRow) -> list[tuple[int, int, int]]:
    """Return entry, amount and matched amount of book lines that are matched by a part alone.

    Also of those that are none of the account: drafts, other accounts, other commodities.
    """
    rows = connection.fetch(
        "SELECT p.entry_id, p.amount, sum(k.amount) FROM bank_link k "
        "JOIN bank_line l ON l.id = k.line_id JOIN posting p ON p.id = k.posting_id "
        "WHERE l.bank_id = ? GROUP BY p.id, p.entry_id, p.amount, p.account_id, p.commodity_id, "
        "p.kind, p.posted HAVING sum(k.amount) <> p.amount OR p.account_id <> ? "
        "OR p.commodity_id <> ? OR p.kind <> 0 OR NOT p.posted ORDER BY p.id",
        (bank.id, bank.account_id, bank.commodity_id),
    )
    return [(row[0], int(row[1]), int(row[2])) for row in rows]


def _book(row: tuple[Any, ...]) -> BookLineRow:
    return BookLineRow(*row)._replace(dated=day_of(row[2]))
