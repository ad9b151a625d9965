"""What queries about the journal look up by name: ids for words, words for prefixes."""

from collections.abc import Sequence

from db import connection
from db.compiling import LIKE_SPECIAL


def find_accounts(word: str) -> tuple[int, ...]:
    """Return the account of a path, a code or the end of a path, with all below it."""
    low = word.lower()
    ending = "%:" + low.translate(LIKE_SPECIAL)
    return _ids(
        "SELECT DISTINCT a.id FROM ledger_account a JOIN ledger_account top ON a.id = top.id "
        "OR substr(a.path, 1, length(top.path) + 1) = top.path || ':' "
        "WHERE lower(top.path) = ? OR (top.code <> '' AND lower(top.code) = ?) "
        "OR lower(top.path) LIKE ? ESCAPE '\\'",
        low,
        low,
        ending,
    )


def find_commodities(code: str) -> tuple[int, ...]:
    """Return the commodity of a code, whatever its case."""
    return _ids("SELECT id FROM commodity WHERE lower(code) = lower(?)", code)


def find_people(word: str) -> tuple[int, ...]:
    """Return accounts of people by login or full name, whatever their case."""
    return _ids(
        "SELECT id FROM user_account WHERE lower(login) = lower(?) OR lower(name) = lower(?)",
        word,
        word,
    )


def find_entries(series: str, year: str, number: int) -> tuple[int, ...]:
    """Return the entries of a number; an empty series or year stands for all."""
    return _ids(
        "SELECT e.id FROM ledger_series s CROSS JOIN fiscal_year y CROSS JOIN journal_entry e "
        "WHERE y.id = s.year_id AND e.year_id = s.year_id AND e.series = s.code "
        "AND e.number = ? AND (s.code = ? OR ? = '') AND (y.name = ? OR ? = '')",
        number,
        series,
        series,
        year,
        year,
    )


def logins(ids: Sequence[int]) -> dict[int, str]:
    """Return the logins of people by id."""
    marks = ", ".join("?" * len(ids)) or "NULL"
    return dict(connection.fetch(f"SELECT id, login FROM user_account WHERE id IN ({marks})", ids))


def list_accounts(start: str, limit: int) -> list[str]:
    """Return paths of accounts that start so."""
    return _names("ledger_account", "path", start, limit)


def list_commodities(start: str, limit: int) -> list[str]:
    """Return codes of commodities that start so."""
    return _names("commodity", "code", start, limit)


def list_people(start: str, limit: int) -> list[str]:
    """Return logins that start so."""
    return _names("user_account", "login", start, limit)


def _ids(sql: str, *params: object) -> tuple[int, ...]:
    return tuple(row[0] for row in connection.fetch(sql, params))


def _names(table: str, column: str, start: str, limit: int) -> list[str]:
    rows = connection.fetch(
        f"SELECT {column} FROM {table} WHERE lower({column}) LIKE ? ESCAPE '\\' "
        f"ORDER BY {column} LIMIT ?",
        (start.lower().translate(LIKE_SPECIAL) + "%", limit),
    )
    return [row[0] for row in rows]
