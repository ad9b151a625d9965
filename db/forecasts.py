"""What forecasts are made of: how cash moved day by day, and how documents were paid."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from db import connection
from db.fields import day_of, number_of


class DocumentFlow(NamedTuple):
    """Documents of the same days; what is open was never paid. Bills are negative."""

    issued: date
    due: date
    paid: date | None
    amount: int


def select_moved(accounts: Sequence[int], commodity: int, since: date) -> list[tuple[date, int]]:
    """Return what was added to accounts on each day, in smallest units."""
    marks = ", ".join("?" * len(accounts)) or "NULL"
    rows = connection.fetch(
        f"SELECT dated, sum(amount) FROM balance_day WHERE account_id IN ({marks}) "
        "AND commodity_id = ? AND dated >= ? GROUP BY dated ORDER BY dated",
        (*accounts, commodity, number_of(since)),
    )
    return [(day_of(row[0]), int(row[1])) for row in rows]


def select_paid(commodity: int, since: date) -> list[DocumentFlow]:
    """Return what payments settled of documents, by the days of both."""
    part = (
        "SELECT i.dated AS issued, i.due AS due, a.dated AS paid, {sign} a.amount AS amount "
        "FROM allocation a JOIN open_item i ON i.id = a.{side}_id JOIN invoice d "
        "ON d.id = i.invoice_id AND d.side = '{of}' WHERE a.payment_id IS NOT NULL "
        "AND a.undone_on IS NULL AND i.commodity_id = ? AND a.dated >= ?"
    )
    parts = " UNION ALL ".join((
        part.format(sign="", side="debit", of="receivable"),
        part.format(sign="-", side="credit", of="payable"),
    ))  # fmt: skip
    day = number_of(since)
    rows = connection.fetch(
        f"SELECT issued, due, paid, sum(amount) FROM ({parts}) n GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
        (commodity, day, commodity, day),
    )
    return [DocumentFlow(day_of(row[0]), day_of(row[1]), day_of(row[2]), int(row[3]))
            for row in rows]  # fmt: skip


def select_open(commodity: int) -> list[DocumentFlow]:
    """Return what is open of documents, by their days; credits of them are taken off."""
    rows = connection.fetch(
        "SELECT i.dated, i.due, sum(i.open) FROM open_item i WHERE i.open <> 0 "
        "AND i.commodity_id = ? GROUP BY 1, 2 ORDER BY 1, 2",
        (commodity,),
    )
    return [DocumentFlow(day_of(row[0]), day_of(row[1]), None, int(row[2])) for row in rows]
