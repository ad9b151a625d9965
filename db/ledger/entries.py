"""Entries and their lines as they are stored, and the chains that seal them."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from db import connection
from db.fields import day_of
from db.ledger.rows import EntryLoad, EntryRow, PlainHead, PlainPosting, PostingLoad, PostingRow
from db.loading import insert_rows

ENTRY = (
    "SELECT e.id, e.version, e.state, e.kind, e.series, e.year_id, coalesce(y.name, ''), "
    "e.number, e.dated, e.effective, e.status, e.code, e.payee, e.description, e.comment, "
    "e.tags, e.links, e.reverses_id, r.id, e.reason, e.prepared_by, e.approved_by, "
    "e.approved_at, e.posted_by, e.posted_at, e.hash "
    "FROM journal_entry e LEFT JOIN fiscal_year y ON y.id = e.year_id "
    "LEFT JOIN journal_entry r ON r.reverses_id = e.id AND r.state = 'posted'"
)
POSTING = (
    "SELECT p.id, p.entry_id, p.position, p.account_id, a.path, p.commodity_id, c.code, "
    "c.precision, p.amount, p.value, p.value_commodity_id, v.code, v.precision, p.kind, "
    "p.label, p.details FROM posting p JOIN ledger_account a ON a.id = p.account_id "
    "JOIN commodity c ON c.id = p.commodity_id JOIN commodity v ON v.id = p.value_commodity_id"
)
INSERT_ENTRY = f"INSERT INTO journal_entry (version, {', '.join(EntryLoad._fields)}) VALUES"
ENTRY_MARKS = f"(1, {', '.join('?' * len(EntryLoad._fields))})"
INSERT_POSTING = f"INSERT INTO posting ({', '.join(PostingLoad._fields)}) VALUES"
POSTING_MARKS = f"({', '.join('?' * len(PostingLoad._fields))})"
INSERT_PLAIN = (
    "INSERT INTO journal_entry (id, year_id, number, dated, status, code, payee, description, "
    "hash, version, state, kind, series, comment, tags, links, reason, prepared_by, posted_by, "
    "posted_at) VALUES"
)
PLAIN_MARKS = "?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 'posted', 'import', 'JNL', '', '[]', '[]', ''"
INSERT_PLAIN_POSTING = (
    "INSERT INTO posting (entry_id, position, account_id, commodity_id, amount, value, "
    "value_commodity_id, dated, kind, posted, label, details) VALUES"
)
PLAIN_POSTING_MARKS = "(?, ?, ?, ?, ?, ?, ?, ?, 0, TRUE, '', '')"
FIND = (
    "INSERT INTO entry_search (rowid, payee, description, code, comment) "
    "SELECT id, payee, description, code, comment FROM journal_entry WHERE id BETWEEN ? AND ?"
)
"""Lets SQLite find new entries by their words; PostgreSQL's index does so by itself."""


class Chain(NamedTuple):
    """The end of a series in a fiscal year."""

    id: int
    last_number: int
    last_hash: str


def take_chain(series: str, year_id: int) -> Chain:
    """Return the end of a series and keep other writers away until the transaction ends."""
    return _find_chain(series, year_id) or _begin_chain(series, year_id)


def _find_chain(series: str, year_id: int) -> Chain | None:
    lock = " FOR UPDATE" if connection.engine() == "postgresql" else ""
    rows = connection.fetch(
        "SELECT id, last_number, last_hash FROM ledger_series "
        f"WHERE code = ? AND year_id = ?{lock}",
        (series, year_id),
    )
    return Chain(*rows[0]) if rows else None


def _begin_chain(series: str, year_id: int) -> Chain:
    connection.execute(
        "INSERT INTO ledger_series (code, year_id, last_number, last_hash) VALUES (?, ?, 0, '') "
        "ON CONFLICT DO NOTHING",
        (series, year_id),
    )
    found = _find_chain(series, year_id)
    if found is None:
        raise LookupError((series, year_id))
    return found


def move_chain(chain: Chain) -> None:
    """Write the new end of a series."""
    connection.execute(
        "UPDATE ledger_series SET last_number = ?, last_hash = ? WHERE id = ?",
        (chain.last_number, chain.last_hash, chain.id),
    )


def select_chains() -> list[tuple[str, int, int, str]]:
    """Return series, year, last number and hash of every chain."""
    rows = connection.fetch(
        "SELECT code, year_id, last_number, last_hash FROM ledger_series ORDER BY code, year_id"
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def insert_entries(entries: Sequence[EntryLoad]) -> None:
    """Add the heads of entries, ids in order, with their words."""
    insert_heads(entries)
    find_words(entries[0].id, entries[-1].id)


def insert_heads(entries: Sequence[EntryLoad]) -> None:
    """Add the heads of entries; `find_words` has to follow."""
    _insert(INSERT_ENTRY, ENTRY_MARKS, entries)


def find_words(first: int, last: int) -> None:
    """Let new entries be found by their words, from one id to another."""
    if connection.engine() == "sqlite":
        connection.execute(FIND, (first, last))


def insert_postings(postings: Sequence[PostingLoad]) -> None:
    """Add lines."""
    _insert(INSERT_POSTING, POSTING_MARKS, postings)


def insert_plain(
    heads: Sequence[PlainHead], postings: Sequence[PlainPosting], user: int, at: int
) -> None:
    """Add imported entries of one commodity, without notes; `find_words` has to follow.

    Args:
        heads: Of the entries.
        postings: Their lines.
        user: Id of who imports.
        at: When, in seconds since the epoch.
    """
    insert_rows(INSERT_PLAIN, f"({PLAIN_MARKS}, {user:d}, {user:d}, {at:d})", heads)
    insert_rows(INSERT_PLAIN_POSTING, PLAIN_POSTING_MARKS, postings)


def _insert(head: str, marks: str, rows: Sequence[Sequence[object]]) -> None:
    """Add wide rows, which SQLite takes faster one by one."""
    if connection.engine() == "sqlite":
        connection.executemany(f"{head} {marks}", rows)
    else:
        insert_rows(head, marks, rows)


def find_entry(entry_id: int) -> EntryRow | None:
    """Return the head of an entry."""
    rows = connection.fetch(f"{ENTRY} WHERE e.id = ?", (entry_id,))
    return _entry(rows[0]) if rows else None


def select_entries(entry_ids: Sequence[int]) -> dict[int, EntryRow]:
    """Return the heads of some entries by id."""
    marks = ", ".join("?" * len(entry_ids)) or "NULL"
    rows = connection.fetch(f"{ENTRY} WHERE e.id IN ({marks}) ORDER BY e.id", entry_ids)
    return {row[0]: _entry(row) for row in rows}


def find_numbered(series: str, year: str, number: int) -> EntryRow | None:
    """Return the head of the entry with a number."""
    rows = connection.fetch(
        f"{ENTRY} WHERE e.series = ? AND y.name = ? AND e.number = ?", (series, year, number)
    )
    return _entry(rows[0]) if rows else None


def find_reversal(entry_id: int) -> EntryRow | None:
    """Return the entry that reverses another one, draft or posted."""
    rows = connection.fetch(f"{ENTRY} WHERE e.reverses_id = ?", (entry_id,))
    return _entry(rows[0]) if rows else None


def select_postings(entry_ids: Sequence[int]) -> list[PostingRow]:
    """Return the lines of some entries, in order."""
    marks = ", ".join("?" * len(entry_ids)) or "NULL"
    rows = connection.fetch(
        f"{POSTING} WHERE p.entry_id IN ({marks}) ORDER BY p.entry_id, p.position", entry_ids
    )
    return [PostingRow(*row) for row in rows]


def select_postings_of(entry_ids: Sequence[int]) -> dict[int, list[PostingRow]]:
    """Return the lines of some entries by entry."""
    found: dict[int, list[PostingRow]] = {entry_id: [] for entry_id in entry_ids}
    for row in select_postings(entry_ids):
        found[row.entry_id].append(row)
    return found


def mark_posted(entry: EntryLoad, version: int) -> bool:
    """Turn a draft into a posted entry; False when it changed in the meantime."""
    cursor = connection.execute(
        "UPDATE journal_entry SET version = version + 1, state = 'posted', year_id = ?, "
        "number = ?, posted_by = ?, posted_at = ?, hash = ? "
        "WHERE id = ? AND version = ? AND state = 'draft'",
        (
            entry.year_id, entry.number, entry.posted_by, entry.posted_at, entry.hash, entry.id,
            version,
        ),
    )  # fmt: skip
    connection.execute("UPDATE posting SET posted = ? WHERE entry_id = ?", (True, entry.id))
    return bool(cursor.rowcount)


def replace_draft(entry: EntryLoad, version: int, postings: Sequence[PostingLoad]) -> bool:
    """Write a draft anew; False when it changed in the meantime."""
    cursor = connection.execute(
        "UPDATE journal_entry SET version = version + 1, dated = ?, effective = ?, status = ?, "
        "code = ?, payee = ?, description = ?, comment = ?, tags = ?, links = ?, "
        "approved_by = NULL, approved_at = NULL, prepared_by = ? "
        "WHERE id = ? AND version = ? AND state = 'draft'",
        (
            entry.dated, entry.effective, entry.status, entry.code, entry.payee,
            entry.description, entry.comment, entry.tags, entry.links, entry.prepared_by,
            entry.id, version,
        ),
    )  # fmt: skip
    if not cursor.rowcount:
        return False
    connection.execute("DELETE FROM posting WHERE entry_id = ?", (entry.id,))
    insert_postings(postings)
    return True


def set_approval(entry_id: int, version: int, user_id: int | None, at: int | None) -> bool:
    """Approve a draft, or take the approval back; False when it changed in the meantime."""
    cursor = connection.execute(
        "UPDATE journal_entry SET version = version + 1, approved_by = ?, approved_at = ? "
        "WHERE id = ? AND version = ? AND state = 'draft'",
        (user_id, at, entry_id, version),
    )
    return bool(cursor.rowcount)


def delete_draft(entry_id: int, version: int) -> bool:
    """Remove a draft with its lines; False when it changed in the meantime."""
    cursor = connection.execute(
        "DELETE FROM journal_entry WHERE id = ? AND version = ? AND state = 'draft'",
        (entry_id, version),
    )
    return bool(cursor.rowcount)


def first_day() -> date | None:
    """Return the day of the first entry, a draft too; None in new books."""
    rows = connection.fetch("SELECT min(dated) FROM journal_entry")
    return None if rows[0][0] is None else day_of(rows[0][0])


def count_drafts(starts: int, ends: int) -> int:
    """Return how many drafts lie between two days, both included."""
    rows = connection.fetch(
        "SELECT count(*) FROM journal_entry WHERE state = 'draft' AND dated BETWEEN ? AND ?",
        (starts, ends),
    )
    return int(rows[0][0])


def select_drafts(starts: int, ends: int, limit: int) -> list[int]:
    """Return the ids of drafts between two days, both included, by day."""
    rows = connection.fetch(
        "SELECT id FROM journal_entry WHERE state = 'draft' AND dated BETWEEN ? AND ? "
        "ORDER BY dated, id LIMIT ?",
        (starts, ends, limit),
    )
    return [row[0] for row in rows]


def select_unapproved_drafts() -> list[tuple[int, date]]:
    """Return id and day of the drafts that nobody has approved, by day."""
    rows = connection.fetch(
        "SELECT id, dated FROM journal_entry WHERE state = 'draft' AND approved_by IS NULL "
        "ORDER BY dated, id"
    )
    return [(row[0], day_of(row[1])) for row in rows]


def read_chain(series: str, year_id: int, chunk: int = 2_000) -> Iterator[EntryRow]:
    """Yield the posted entries of a series and year by number, a chunk in memory at a time."""
    last = 0
    while rows := connection.fetch(
        f"{ENTRY} WHERE e.series = ? AND e.year_id = ? AND e.number > ? ORDER BY e.number LIMIT ?",
        (series, year_id, last, chunk),
    ):
        yield from (_entry(row) for row in rows)
        last = rows[-1][7]


def read_between(starts: int, ends: int, chunk: int = 2_000) -> Iterator[EntryRow]:
    """Yield the posted entries between two days, both included, in order of date."""
    last = (starts, 0)
    while rows := connection.fetch(
        f"{ENTRY} WHERE e.state = 'posted' AND (e.dated, e.id) > (?, ?) AND e.dated <= ? "
        "ORDER BY e.dated, e.id LIMIT ?",
        (*last, ends, chunk),
    ):
        yield from (_entry(row) for row in rows)
        last = (rows[-1][8], rows[-1][0])


def _entry(row: tuple[Any, ...]) -> EntryRow:
    return EntryRow(*row)._replace(
        dated=day_of(row[8]),
        effective=day_of(row[9]) if row[9] is not None else None,
        approved_at=_instant(row[22]),
        posted_at=_instant(row[24]),
    )


def _instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
