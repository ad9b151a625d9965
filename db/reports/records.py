"""Sums over assets, repairs and time, as reports read them: one statement each."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from db import compiling, connection
from db.assets.columns import MAP
from db.compiling import Sql
from db.conditions import Condition
from db.fields import number_of
from db.invoices.finding import MAP as DOCUMENTS
from db.projects import times
from db.projects.pages import PROJECTS
from db.projects.rows import TimeRow

CHUNK = 500

GROUPS = {
    "category": ("t.category_id", "LEFT JOIN asset_category g ON g.id = t.category_id", "g.name"),
    "model": ("t.model_id", "LEFT JOIN asset_model g ON g.id = t.model_id", "g.name"),
    "place": ("t.place_id", "LEFT JOIN place g ON g.id = t.place_id", "g.path"),
    "state": ("t.state", "", "t.state"),
}


class Held(NamedTuple):
    """Assets of one group that were paid in one currency."""

    group: str
    commodity: str
    precision: int
    assets: int
    cost: int
    dated: int
    """How many have a day on which they were bought."""


class Bought(NamedTuple):
    """Assets of a group that were bought on one day; the day is a number."""

    group: str
    day: int
    assets: int


class Cost(NamedTuple):
    """Money of a group in one currency: for repairs, or for seats of licences."""

    group: str
    commodity: str
    precision: int
    cost: int
    number: int


class Device(NamedTuple):
    """An asset with a model, and from when to when it was in use; days are numbers."""

    model: str
    bought: int
    ended: int | None
    assets: int


def held(by: str, condition: Condition | None) -> list[Held]:
    """Return what active assets cost, by group and currency; only those that match."""
    _key, join, name = GROUPS[by]
    also = _also(condition)
    rows = connection.fetch(
        f"SELECT coalesce({name}, ''), coalesce(m.code, ''), coalesce(m.precision, 0), count(*), "
        f"coalesce(sum(t.cost), 0), count(t.bought_on) FROM asset t {join} "
        f"LEFT JOIN commodity m ON m.id = t.commodity_id WHERE t.active{also.text} "
        "GROUP BY 1, 2, 3",
        also.params,
    )
    return [Held._make((*row[:3], *map(int, row[3:]))) for row in rows]


def _also(condition: Condition | None) -> Sql:
    """Return a further condition on assets, which are `t`."""
    if condition is None:
        return Sql("")
    found = compiling.where(condition, MAP)
    return Sql(f" AND {found.text}", found.params)


def bought(by: str, condition: Condition | None) -> list[Bought]:
    """Return on which days active assets were bought, by group; only those that match."""
    _key, join, name = GROUPS[by]
    also = _also(condition)
    rows = connection.fetch(
        f"SELECT coalesce({name}, ''), t.bought_on, count(*) FROM asset t {join} "
        f"WHERE t.active AND t.bought_on IS NOT NULL{also.text} GROUP BY 1, 2",
        also.params,
    )
    return [Bought(*row) for row in rows]


def repaired(by: str, condition: Condition | None) -> list[Cost]:
    """Return what repairs of active assets cost, by group and currency."""
    _key, join, name = GROUPS[by]
    also = _also(condition)
    rows = connection.fetch(
        f"SELECT coalesce({name}, ''), coalesce(m.code, ''), coalesce(m.precision, 0), "
        "coalesce(sum(r.cost), 0), count(*) FROM asset_repair r JOIN asset t ON t.id = r.asset_id "
        f"{join} LEFT JOIN commodity m ON m.id = r.commodity_id WHERE t.active{also.text} "
        "GROUP BY 1, 2, 3",
        also.params,
    )
    return [Cost._make((*row[:3], *map(int, row[3:]))) for row in rows]


def licensed(by: str, condition: Condition | None) -> list[Cost]:
    """Return what the seats cost that active assets have, a licence shared by all its seats."""
    _key, join, name = GROUPS[by]
    also = _also(condition)
    rows = connection.fetch(
        f"SELECT coalesce({name}, ''), m.code, m.precision, sum(l.cost / l.seats), count(*) "
        "FROM licence_seat s JOIN licence l ON l.id = s.licence_id "
        "JOIN asset t ON t.id = s.asset_id "
        f"{join} JOIN commodity m ON m.id = l.commodity_id "
        "WHERE t.active AND s.back_at IS NULL AND NOT l.retired AND l.cost IS NOT NULL"
        f"{also.text} GROUP BY 1, 2, 3",
        also.params,
    )
    return [Cost._make((*row[:3], *map(int, row[3:]))) for row in rows]


def devices(condition: Condition | None) -> list[Device]:
    """Return how many assets of each model were bought and went on which days."""
    also = _also(condition)
    rows = connection.fetch(
        "SELECT g.name, coalesce(t.bought_on, 0), "
        "CASE WHEN t.active THEN NULL ELSE t.end_of_life_on END, count(*) "
        "FROM asset t JOIN asset_model g ON g.id = t.model_id "
        f"WHERE (t.active OR t.end_of_life_on IS NOT NULL){also.text} GROUP BY 1, 2, 3",
        also.params,
    )
    return [Device(*row) for row in rows]


def repairs_by_model(first: date, last: date, condition: Condition | None) -> dict[str, int]:
    """Return how many repairs of each model began on these days."""
    also = _also(condition)
    rows = connection.fetch(
        "SELECT g.name, count(*) FROM asset_repair r JOIN asset t ON t.id = r.asset_id "
        "JOIN asset_model g ON g.id = t.model_id WHERE r.sent_on >= ? AND r.sent_on <= ?"
        f"{also.text} GROUP BY 1",
        (number_of(first), number_of(last), *also.params),
    )
    return dict(rows)


def tickets_by_model(first: int, after: int, condition: Condition | None) -> dict[str, int]:
    """Return how many tickets about each model came in from one second on and before another."""
    also = _also(condition)
    rows = connection.fetch(
        "SELECT g.name, count(DISTINCT k.id) FROM ticket_asset h "
        "JOIN ticket k ON k.id = h.ticket_id "
        "JOIN asset t ON t.id = h.asset_id JOIN asset_model g ON g.id = t.model_id "
        f"WHERE k.created_at >= ? AND k.created_at < ? AND k.state <> 'merged'{also.text} "
        "GROUP BY 1",
        (first, after, *also.params),
    )
    return dict(rows)


class Failing(NamedTuple):
    """An asset of a model, with what happened to it on some days; days are numbers."""

    tag: str
    name: str
    state: str
    bought: int | None
    repairs: int
    tickets: int


def failing(
    model: str, days: tuple[date, date], seconds: tuple[int, int], condition: Condition | None,
    most: int,
) -> list[Failing]:  # fmt: skip
    """Return the assets of a model, those with the most repairs and tickets first."""
    also = _also(condition)
    rows = connection.fetch(
        "SELECT t.tag, t.name, t.state, t.bought_on, "
        "(SELECT count(*) FROM asset_repair r WHERE r.asset_id = t.id "
        "AND r.sent_on >= ? AND r.sent_on <= ?), "
        "(SELECT count(DISTINCT k.id) FROM ticket_asset h JOIN ticket k ON k.id = h.ticket_id "
        "WHERE h.asset_id = t.id AND k.created_at >= ? AND k.created_at < ? "
        "AND k.state <> 'merged') "
        "FROM asset t JOIN asset_model g ON g.id = t.model_id "
        f"WHERE g.name = ?{also.text} ORDER BY 5 DESC, 6 DESC, t.tag LIMIT ?",
        (*map(number_of, days), *seconds, model, *also.params, most),
    )
    return [Failing(*row) for row in rows]


def documents_among(condition: Condition, item_ids: Sequence[int]) -> set[int]:
    """Return those of some open items whose documents match."""
    found: set[int] = set()
    wanted = compiling.where(condition, DOCUMENTS)
    for start in range(0, len(item_ids), CHUNK):
        part = item_ids[start : start + CHUNK]
        rows = connection.fetch(
            "SELECT o.id FROM open_item o JOIN invoice t ON t.id = o.invoice_id "
            f"WHERE o.id IN ({', '.join('?' * len(part))}) AND {wanted.text}",
            (*part, *wanted.params),
        )
        found.update(row[0] for row in rows)
    return found


class Time(NamedTuple):
    """Minutes that were noted: of a person, for a project, in a month such as 202605."""

    value: str
    minutes: int
    entries: int


TIME_BY = {
    "person": "u.login",
    "project": "coalesce(p.name, '')",
    "month": "a.day / 100",
}


def time_spent(by: str, first: date, last: date, condition: Condition | None) -> list[Time]:
    """Return the time that was noted on these days; only of projects that match."""
    value, where = TIME_BY[by], _timed(first, last, condition)
    rows = connection.fetch(
        f"SELECT {value}, sum(a.minutes), count(*) FROM time_entry a "
        "JOIN user_account u ON u.id = a.user_id LEFT JOIN project p ON p.id = a.project_id "
        f"WHERE {where.text} GROUP BY {value} ORDER BY {value}",
        where.params,
    )
    return [Time(str(row[0]), int(row[1]), int(row[2])) for row in rows]


def _timed(first: date, last: date, condition: Condition | None) -> Sql:
    days = (number_of(first), number_of(last))
    if condition is None:
        return Sql("a.day BETWEEN ? AND ? AND NOT a.running", days)
    found = PROJECTS.where(condition)
    return Sql(
        "a.day BETWEEN ? AND ? AND NOT a.running "
        f"AND a.project_id IN (SELECT t.id FROM project t WHERE {found.text})",
        (*days, *found.params),
    )


def time_entries(
    by: str, value: str, first: date, last: date, condition: Condition | None, most: int
) -> list[TimeRow]:
    """Return the entries that one line of `time_spent` counts, the last first: `most` and one."""
    where = _timed(first, last, condition)
    key: object = (int(value) if value.isdecimal() else 0) if by == "month" else value
    rows = connection.fetch(
        f"{times.TIME} LEFT JOIN project p ON p.id = a.project_id "
        f"WHERE {where.text} AND {TIME_BY[by]} = ? ORDER BY a.day DESC, a.id DESC LIMIT ?",
        (*where.params, key, most + 1),
    )
    return [times.row_of(row) for row in rows]
