"""Sums over assets, repairs and time, as reports read them: one statement each."""

from datetime import date
from typing import NamedTuple

from db import connection
from db.fields import number_of

GROUPS = {
    "category": ("a.category_id", "LEFT JOIN asset_category g ON g.id = a.category_id", "g.name"),
    "model": ("a.model_id", "LEFT JOIN asset_model g ON g.id = a.model_id", "g.name"),
    "place": ("a.place_id", "LEFT JOIN place g ON g.id = a.place_id", "g.path"),
    "state": ("a.state", "", "a.state"),
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


def held(by: str) -> list[Held]:
    """Return what active assets cost, by group and currency."""
    _key, join, name = GROUPS[by]
    rows = connection.fetch(
        f"SELECT coalesce({name}, ''), coalesce(m.code, ''), coalesce(m.precision, 0), count(*), "
        f"coalesce(sum(a.cost), 0), count(a.bought_on) FROM asset a {join} "
        "LEFT JOIN commodity m ON m.id = a.commodity_id WHERE a.active GROUP BY 1, 2, 3"
    )
    return [Held._make((*row[:3], *map(int, row[3:]))) for row in rows]


def bought(by: str) -> list[Bought]:
    """Return on which days active assets were bought, by group."""
    _key, join, name = GROUPS[by]
    rows = connection.fetch(
        f"SELECT coalesce({name}, ''), a.bought_on, count(*) FROM asset a {join} "
        "WHERE a.active AND a.bought_on IS NOT NULL GROUP BY 1, 2"
    )
    return [Bought(*row) for row in rows]


def repaired(by: str) -> list[Cost]:
    """Return what repairs of active assets cost, by group and currency."""
    _key, join, name = GROUPS[by]
    rows = connection.fetch(
        f"SELECT coalesce({name}, ''), coalesce(m.code, ''), coalesce(m.precision, 0), "
        "coalesce(sum(r.cost), 0), count(*) FROM asset_repair r JOIN asset a ON a.id = r.asset_id "
        f"{join} LEFT JOIN commodity m ON m.id = r.commodity_id WHERE a.active GROUP BY 1, 2, 3"
    )
    return [Cost._make((*row[:3], *map(int, row[3:]))) for row in rows]


def licensed(by: str) -> list[Cost]:
    """Return what the seats cost that active assets have, a licence shared by all its seats."""
    _key, join, name = GROUPS[by]
    rows = connection.fetch(
        f"SELECT coalesce({name}, ''), m.code, m.precision, sum(l.cost / l.seats), count(*) "
        "FROM licence_seat s JOIN licence l ON l.id = s.licence_id "
        "JOIN asset a ON a.id = s.asset_id "
        f"{join} JOIN commodity m ON m.id = l.commodity_id "
        "WHERE a.active AND s.back_at IS NULL AND NOT l.retired AND l.cost IS NOT NULL "
        "GROUP BY 1, 2, 3"
    )
    return [Cost._make((*row[:3], *map(int, row[3:]))) for row in rows]


def devices() -> list[Device]:
    """Return how many assets of each model were bought and went on which days."""
    rows = connection.fetch(
        "SELECT g.name, coalesce(a.bought_on, 0), "
        "CASE WHEN a.active THEN NULL ELSE a.end_of_life_on END, count(*) "
        "FROM asset a JOIN asset_model g ON g.id = a.model_id "
        "WHERE a.active OR a.end_of_life_on IS NOT NULL GROUP BY 1, 2, 3"
    )
    return [Device(*row) for row in rows]


def repairs_by_model(first: date, last: date) -> dict[str, int]:
    """Return how many repairs of each model began on these days."""
    rows = connection.fetch(
        "SELECT g.name, count(*) FROM asset_repair r JOIN asset a ON a.id = r.asset_id "
        "JOIN asset_model g ON g.id = a.model_id WHERE r.sent_on >= ? AND r.sent_on <= ? "
        "GROUP BY 1",
        (number_of(first), number_of(last)),
    )
    return dict(rows)


def tickets_by_model(first: int, after: int) -> dict[str, int]:
    """Return how many tickets about each model came in from one second on and before another."""
    rows = connection.fetch(
        "SELECT g.name, count(DISTINCT t.id) FROM ticket_asset r "
        "JOIN ticket t ON t.id = r.ticket_id "
        "JOIN asset a ON a.id = r.asset_id JOIN asset_model g ON g.id = a.model_id "
        "WHERE t.created_at >= ? AND t.created_at < ? AND t.state <> 'merged' GROUP BY 1",
        (first, after),
    )
    return dict(rows)


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


def time_spent(by: str, first: date, last: date) -> list[Time]:
    """Return the time that was noted on these days."""
    value = TIME_BY[by]
    rows = connection.fetch(
        f"SELECT {value}, sum(a.minutes), count(*) FROM time_entry a "
        "JOIN user_account u ON u.id = a.user_id LEFT JOIN project p ON p.id = a.project_id "
        f"WHERE a.day BETWEEN ? AND ? AND NOT a.running GROUP BY {value} ORDER BY {value}",
        (number_of(first), number_of(last)),
    )
    return [Time(str(row[0]), int(row[1]), int(row[2])) for row in rows]
