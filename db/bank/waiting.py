"""Lines of the bank that nobody has dealt with, by the days they lie in."""

from datetime import date

from db import connection
from db.bank.lines import TODO
from db.fields import number_of


def count_between(starts: date, ends: date) -> list[tuple[str, int]]:
    """Return each account that has such lines, by path, and how many."""
    rows = connection.fetch(
        "SELECT a.path, count(*) FROM bank_line l JOIN bank_account b ON b.id = l.bank_id "
        f"JOIN ledger_account a ON a.id = b.account_id WHERE l.{TODO} "
        "AND l.dated BETWEEN ? AND ? GROUP BY a.path ORDER BY a.path",
        (number_of(starts), number_of(ends)),
    )
    return [(row[0], int(row[1])) for row in rows]
