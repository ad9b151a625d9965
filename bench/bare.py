"""The floor under the books: the same rows in SQLite, with nothing of ours around them."""

import sqlite3
import time
from pathlib import Path
from typing import NamedTuple

from db.connection import PRAGMAS

TABLES = ("journal_entry", "posting", "balance_day", "balance_month")
REFERRED = ("commodity", "ledger_account", "fiscal_year")
"""What foreign keys of these tables ask for."""
MADE = (
    "SELECT sql FROM sqlite_master WHERE type = ? AND sql IS NOT NULL AND tbl_name IN "
    f"({', '.join('?' * len(TABLES + REFERRED))}) ORDER BY rowid"
)
SEARCH = "SELECT sql FROM sqlite_master WHERE name = 'entry_search'"
WORDS = "payee, description, code, comment"
SCAN = "SELECT sum(amount), sum(value) FROM posting NOT INDEXED WHERE posted"


class Floor(NamedTuple):
    """Seconds: rows written with indexes and search and made durable, and all lines summed up."""

    written: float
    summed: float


def measure(source: Path, target: Path) -> Floor:
    """Copy the books of a database into a new one, statement by statement as they are."""
    read = sqlite3.connect(source)
    names = (*REFERRED, *TABLES)
    rows = {name: read.execute(f"SELECT * FROM {name}").fetchall() for name in names}
    tables, indexes = ([row[0] for row in read.execute(MADE, (kind, *names))]
                       for kind in ("table", "index"))  # fmt: skip
    write = sqlite3.connect(target, isolation_level=None)
    for name, value in (("journal_mode", "wal"), *PRAGMAS):
        write.execute(f"PRAGMA {name} = {value}")
    for statement in (*tables, *read.execute(SEARCH).fetchone()):
        write.execute(statement)
    start = time.perf_counter()
    write.execute("BEGIN IMMEDIATE")
    for name in names:
        marks = ", ".join("?" * len(rows[name][0]))
        write.executemany(f"INSERT INTO {name} VALUES ({marks})", rows[name])
    write.execute(
        f"INSERT INTO entry_search (rowid, {WORDS}) SELECT id, {WORDS} FROM journal_entry"
    )
    for statement in indexes:
        write.execute(statement)
    write.execute("COMMIT")
    written, start = time.perf_counter() - start, time.perf_counter()
    write.execute(SCAN).fetchall()
    summed = time.perf_counter() - start
    write.close()
    read.close()
    target.unlink()
    return Floor(written, summed)
