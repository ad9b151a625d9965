"""Dated facts: one function for each statement, for every kind of fact alike."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from db import connection
from db.fields import day_of, number_of
from db.loading import CHUNK
from db.staff.rows import (
    BankRow,
    ContractRow,
    EmploymentRow,
    Head,
    PartRow,
    PositionRow,
    SalaryRow,
    ScheduleRow,
    TermsRow,
)

HEAD = (
    "f.id, f.employee_id, f.starts_on, {ends}, f.reason, f.salt, f.made_at, f.made_by, "
    "f.replaced_at"
)
HEADS = len(Head._fields)


class Shape(NamedTuple):
    """Where the facts of one kind are.

    Attributes:
        spans: Whether each has an end of its own; the others last until the next one starts.
        columns: What is stored beside the head.
        shown: What is read beside the head, in the order of the row.
        joins: For the names of what is referred to.
        days: Places among `shown` that are days.
    """

    table: str
    row: type[Any]  # Any: one of the rows of `FactRow`, all made by place
    spans: bool
    columns: tuple[str, ...]
    shown: str
    joins: str = ""
    days: tuple[int, ...] = ()


COMMODITY = "LEFT JOIN commodity c ON c.id = f.commodity_id"
SHAPES: dict[str, Shape] = {
    "employment": Shape("employment", EmploymentRow, True, ("end_reason", "counted_from"),
                        "f.end_reason, f.counted_from", days=(1,)),
    "contract": Shape("employment_contract", ContractRow, True,
                      ("kind", "renews_id", "warn_days", "note"),
                      "f.kind, f.renews_id, f.warn_days, f.note"),
    "position": Shape(
        "employee_position", PositionRow, False,
        ("title", "department_id", "manager_id", "place", "grade"),
        "f.title, f.department_id, coalesce(d.name, ''), coalesce(d.cost_centre, ''), "
        "f.manager_id, coalesce(m.name, ''), f.place, f.grade",
        "LEFT JOIN department d ON d.id = f.department_id "
        "LEFT JOIN employee m ON m.id = f.manager_id",
    ),
    "schedule": Shape("employee_schedule", ScheduleRow, False, ("country", "region", "week"),
                      "f.country, f.region, f.week"),
    "salary": Shape("employee_salary", SalaryRow, False, ("amount", "commodity_id", "per"),
                    "f.amount, f.commodity_id, c.code, c.precision, f.per", COMMODITY),
    "terms": Shape("employee_terms", TermsRow, False,
                   ("pay_group", "rule_set", "tax_status", "tax_method", "details"),
                   "f.pay_group, f.rule_set, f.tax_status, f.tax_method, f.details"),
    "bank": Shape("employee_bank", BankRow, False,
                  ("holder", "account", "bank", "bic", "country"),
                  "f.holder, f.account, f.bank, f.bic, f.country"),
    "part": Shape("employee_part", PartRow, True,
                  ("kind", "name", "detail", "value", "country", "note", "amount", "commodity_id"),
                  "f.kind, f.name, f.detail, f.value, f.country, f.note, f.amount, "
                  "f.commodity_id, coalesce(c.code, ''), coalesce(c.precision, 0)", COMMODITY),
}  # fmt: skip


def _select(shape: Shape) -> str:
    head = HEAD.format(ends="f.ends_on" if shape.spans else "NULL")
    return f"SELECT {head}, {shape.shown} FROM {shape.table} f {shape.joins}"


def _row(shape: Shape, values: tuple[Any, ...]) -> Any:  # Any: the row of the shape
    head = Head(
        values[0], values[1], _day(values[2]), _day(values[3]), values[4], values[5],  # type: ignore[arg-type]  # parts may have no day
        datetime.fromtimestamp(values[6], UTC), values[7],
        None if values[8] is None else datetime.fromtimestamp(values[8], UTC),
    )  # fmt: skip
    own = list(values[HEADS:])
    for place in shape.days:
        own[place] = _day(own[place])
    return shape.row(head, *own)


def _day(number: int | None) -> date | None:
    return None if number is None else day_of(number)


def select_of(kind: str, employee_id: int, *, past: bool = False) -> list[Any]:  # Any: as `kind`
    """Return the facts of a person by day; with `past` also those that were replaced."""
    shape = SHAPES[kind]
    live = "" if past else " AND f.replaced_at IS NULL"
    rows = connection.fetch(
        f"{_select(shape)} WHERE f.employee_id = ?{live} ORDER BY coalesce(f.starts_on, 0), f.id",
        (employee_id,),
    )
    return [_row(shape, row) for row in rows]


def select_all(kind: str, employee_ids: Sequence[int] | None = None) -> list[Any]:  # Any: as `kind`
    """Return the facts that hold of some people, or of all, by person and day."""
    shape, found = SHAPES[kind], []
    for where, params in _parts(employee_ids):
        rows = connection.fetch(
            f"{_select(shape)} WHERE f.replaced_at IS NULL{where} "
            "ORDER BY f.employee_id, coalesce(f.starts_on, 0), f.id",
            params,
        )
        found += [_row(shape, row) for row in rows]
    return found


def select_ever(kind: str) -> Iterable[Any]:  # Any: as `kind`
    """Return all facts of a kind, those that were replaced too, by id."""
    shape = SHAPES[kind]
    return (_row(shape, row) for row in connection.fetch(f"{_select(shape)} ORDER BY f.id"))


def select_at(
    kind: str, day: date, employee_ids: Sequence[int] | None = None
) -> dict[int, Any]:  # Any: as `kind`
    """Return what holds on a day, by person; parts are not asked this way."""
    shape, found = SHAPES[kind], {}
    number = number_of(day)
    if shape.spans:
        holds = "f.starts_on <= ? AND (f.ends_on IS NULL OR f.ends_on >= ?)"
        days: tuple[int, ...] = (number, number)
    else:
        holds = (
            f"f.starts_on = (SELECT max(x.starts_on) FROM {shape.table} x WHERE x.employee_id "
            "= f.employee_id AND x.replaced_at IS NULL AND x.starts_on <= ?)"
        )
        days = (number,)
    for where, params in _parts(employee_ids):
        rows = connection.fetch(
            f"{_select(shape)} WHERE f.replaced_at IS NULL AND {holds}{where}", (*days, *params)
        )
        found.update({row[1]: _row(shape, row) for row in rows})
    return found


def _parts(employee_ids: Sequence[int] | None) -> Iterable[tuple[str, tuple[int, ...]]]:
    if employee_ids is None:
        yield "", ()
        return
    for start in range(0, len(employee_ids), CHUNK):
        part = tuple(employee_ids[start : start + CHUNK])
        yield f" AND f.employee_id IN ({', '.join('?' * len(part))})", part


def select_parts(kinds: Sequence[str], first: date, last: date) -> list[PartRow]:
    """Return the parts of some kinds that hold and end between two days, by day."""
    shape = SHAPES["part"]
    rows = connection.fetch(
        f"{_select(shape)} WHERE f.replaced_at IS NULL AND f.ends_on BETWEEN ? AND ? "
        f"AND f.kind IN ({', '.join('?' * len(kinds))}) ORDER BY f.ends_on, f.id",
        (number_of(first), number_of(last), *kinds),
    )
    return [_row(shape, row) for row in rows]


def select_contracts_ending(first: date, last: date) -> list[ContractRow]:
    """Return the contracts that end between two days, those renewed already left out."""
    shape = SHAPES["contract"]
    rows = connection.fetch(
        f"{_select(shape)} WHERE f.replaced_at IS NULL AND f.ends_on BETWEEN ? AND ? "
        "AND NOT EXISTS (SELECT 1 FROM employment_contract n WHERE n.employee_id = f.employee_id "
        "AND n.replaced_at IS NULL AND n.starts_on > f.ends_on) ORDER BY f.ends_on, f.id",
        (number_of(first), number_of(last)),
    )
    return [_row(shape, row) for row in rows]


def find(kind: str, fact_id: int) -> Any | None:  # Any: as `kind`
    """Return a fact, whether it holds or was replaced."""
    shape = SHAPES[kind]
    rows = connection.fetch(f"{_select(shape)} WHERE f.id = ?", (fact_id,))
    return _row(shape, rows[0]) if rows else None


def get(kind: str, fact_id: int) -> Any:  # Any: as `kind`
    """Return a fact that is known to be there."""
    return find(kind, fact_id)


EMPTY = dict.fromkeys(("name", "detail", "value", "country", "note"), "")
"""Columns of a part that its kind may not have."""


def insert(kind: str, values: Mapping[str, object]) -> int:
    """Add a fact; days are dates, `made_at` is seconds."""
    shape = SHAPES[kind]
    given = {**EMPTY, **values} if kind == "part" else values
    stored = {name: _stored(value) for name, value in given.items()}
    rows = connection.fetch(
        f"INSERT INTO {shape.table} ({', '.join(stored)}) "
        f"VALUES ({', '.join('?' * len(stored))}) RETURNING id",
        tuple(stored.values()),
    )
    return int(rows[0][0])


def _stored(value: object) -> object:
    return number_of(value) if isinstance(value, date) else value


def replace(kind: str, fact_id: int, at: int, by: int) -> bool:
    """Say that a fact holds no more; False where something replaced it already."""
    cursor = connection.execute(
        f"UPDATE {SHAPES[kind].table} SET replaced_at = ?, replaced_by = ? "
        "WHERE id = ? AND replaced_at IS NULL",
        (at, by, fact_id),
    )
    return bool(cursor.rowcount)


def restore(kind: str, fact_id: int) -> bool:
    """Let a fact hold again; False where it does."""
    cursor = connection.execute(
        f"UPDATE {SHAPES[kind].table} SET replaced_at = NULL, replaced_by = NULL "
        "WHERE id = ? AND replaced_at IS NOT NULL",
        (fact_id,),
    )
    return bool(cursor.rowcount)
