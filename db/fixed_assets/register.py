"""Classes, assets and movements: one function for each statement."""

from collections.abc import Sequence
from typing import Any

from db import connection
from db.fields import day_of
from db.fixed_assets.rows import (
    AssetLoad,
    AssetRow,
    ClassLoad,
    ClassRow,
    MovementLoad,
    MovementRow,
    TermsRow,
)
from db.loading import CHUNK, insert_rows

CLASS = (
    "SELECT k.id, k.name, k.method, k.months, k.rate, k.convention, k.every, k.fiscal_group, "
    "k.cost_id, c.path, k.accumulated_id, a.path, k.expense_id, e.path, k.result_id, r.path, "
    "k.surplus_id, coalesce(s.path, ''), k.with_use, k.version "
    "FROM fixed_asset_class k JOIN ledger_account c ON c.id = k.cost_id "
    "JOIN ledger_account a ON a.id = k.accumulated_id "
    "JOIN ledger_account e ON e.id = k.expense_id JOIN ledger_account r ON r.id = k.result_id "
    "LEFT JOIN ledger_account s ON s.id = k.surplus_id"
)
POSTED = "(m.entry_id IS NULL OR j.state = 'posted')"
"""A movement counts once its entry is posted."""
LIVE = f"{POSTED} AND (m.undone_by_id IS NULL OR u.state = 'draft')"
"""A movement holds until what takes it back is posted."""
SUMS = f"""
    SELECT m.asset_id, sum(CASE WHEN {POSTED} THEN m.cost ELSE 0 END) AS booked,
    sum(CASE WHEN {POSTED} THEN m.accumulated ELSE 0 END) AS accumulated,
    min(CASE WHEN {POSTED} THEN NULL ELSE m.entry_id END) AS waiting,
    max(CASE WHEN {LIVE} AND m.kind = 'disposal' THEN m.dated END) AS disposed_on,
    sum(CASE WHEN {POSTED} THEN m.surplus ELSE 0 END) AS surplus,
    sum(CASE WHEN {POSTED} THEN m.lost ELSE 0 END) AS lost,
    max(CASE WHEN {LIVE} AND m.kind = 'revaluation' THEN m.dated END) AS revalued_on,
    max(CASE WHEN {LIVE} AND m.gross IS NOT NULL THEN m.id END) AS changed
    FROM fixed_asset_movement m LEFT JOIN journal_entry j ON j.id = m.entry_id
    LEFT JOIN fixed_asset_movement b ON b.id = m.undone_by_id
    LEFT JOIN journal_entry u ON u.id = b.entry_id
"""
ASSET = (
    "SELECT f.id, f.asset_class_id, k.name, f.name, f.note, f.acquired_on, f.in_use_on, "
    "f.commodity_id, c.code, c.precision, f.cost, coalesce(t.gross, f.cost), "
    "coalesce(t.residual, f.residual), f.method, coalesce(t.months, f.months), f.rate, "
    "f.convention, f.every, coalesce(t.opening, f.opening), coalesce(t.through, f.through), "
    "CASE WHEN t.id IS NOT NULL OR f.anew THEN 1 ELSE 0 END, f.version, coalesce(s.booked, 0), "
    "coalesce(s.accumulated, 0), coalesce(s.surplus, 0), coalesce(s.lost, 0), s.revalued_on, "
    "s.waiting, s.disposed_on FROM fixed_asset f "
    "JOIN fixed_asset_class k ON k.id = f.asset_class_id "
    "JOIN commodity c ON c.id = f.commodity_id"
)
TERMS = "LEFT JOIN fixed_asset_movement t ON t.id = s.changed"
MOVEMENT = (
    f"SELECT m.id, m.asset_id, m.entry_id, m.kind, m.dated, m.month, m.cost, m.accumulated, "
    "m.surplus, m.lost, m.gross, m.residual, m.months, m.opening, m.through, "
    f"m.undone_by_id, CASE WHEN {POSTED} THEN 1 ELSE 0 END, coalesce(j.series, ''), "
    "coalesce(y.name, ''), j.number FROM fixed_asset_movement m "
    "LEFT JOIN journal_entry j ON j.id = m.entry_id LEFT JOIN fiscal_year y ON y.id = j.year_id"
)
DAYS = ("acquired_on", "in_use_on", "through", "revalued_on", "disposed_on")
LIVE_MONTHS = (
    "SELECT asset_id, month FROM fixed_asset_movement "
    "WHERE kind IN ('depreciation', 'last') AND undone_by_id IS NULL"
)


def select_classes() -> list[ClassRow]:
    """Return all classes by name."""
    rows = [ClassRow(*row) for row in connection.fetch(f"{CLASS} ORDER BY k.name")]
    return [row._replace(with_use=bool(row.with_use)) for row in rows]


def insert_class(load: ClassLoad) -> int:
    """Add a class; returns its id."""
    marks = ", ".join("?" * len(load))
    rows = connection.fetch(
        f"INSERT INTO fixed_asset_class ({', '.join(load._fields)}, version) "
        f"VALUES ({marks}, 1) RETURNING id",
        load,
    )
    return int(rows[0][0])


def update_class(class_id: int, version: int, load: ClassLoad) -> bool:
    """Write a class anew; False when it changed in the meantime."""
    named = ", ".join(f"{field} = ?" for field in load._fields)
    cursor = connection.execute(
        f"UPDATE fixed_asset_class SET {named}, version = version + 1 WHERE id = ? AND version = ?",
        (*load, class_id, version),
    )
    return bool(cursor.rowcount)


def count_of_class(class_id: int) -> int:
    """Return how many assets a class has."""
    rows = connection.fetch(
        "SELECT count(*) FROM fixed_asset WHERE asset_class_id = ?", (class_id,)
    )
    return int(rows[0][0])


def select_assets() -> list[AssetRow]:
    """Return all assets by number."""
    rows = connection.fetch(
        f"{ASSET} LEFT JOIN ({SUMS} GROUP BY m.asset_id) s ON s.asset_id = f.id {TERMS} "
        "ORDER BY f.id"
    )
    return [_asset(row) for row in rows]


def find_asset(asset_id: int) -> AssetRow | None:
    """Return an asset."""
    rows = connection.fetch(
        f"{ASSET} LEFT JOIN ({SUMS} WHERE m.asset_id = ? GROUP BY m.asset_id) s "
        f"ON s.asset_id = f.id {TERMS} WHERE f.id = ?",
        (asset_id, asset_id),
    )
    return _asset(rows[0]) if rows else None


def find_first_terms(asset_id: int) -> TermsRow:
    """Return the terms that an asset came with."""
    row = connection.fetch(
        "SELECT residual, months, opening, through, anew FROM fixed_asset WHERE id = ?", (asset_id,)
    )[0]
    return TermsRow(int(row[0]), row[1], int(row[2]), _day(row[3]), bool(row[4]))


def insert_asset(load: AssetLoad) -> None:
    """Add an asset."""
    marks = ", ".join("?" * len(load))
    connection.execute(
        f"INSERT INTO fixed_asset ({', '.join(load._fields)}, anew, version) "
        f"VALUES ({marks}, ?, 1)",
        (*load, False),
    )


def touch(asset_id: int, version: int) -> bool:
    """Count a change of an asset; False when it changed in the meantime."""
    cursor = connection.execute(
        "UPDATE fixed_asset SET version = version + 1 WHERE id = ? AND version = ?",
        (asset_id, version),
    )
    return bool(cursor.rowcount)


def put_surplus(class_id: int, account_id: int) -> None:
    """Say which account has the revaluation surplus of a class that had none."""
    connection.execute(
        "UPDATE fixed_asset_class SET surplus_id = ?, version = version + 1 "
        "WHERE id = ? AND surplus_id IS NULL",
        (account_id, class_id),
    )


def insert_movements(movements: Sequence[MovementLoad]) -> None:
    """Add movements, in order."""
    marks = f"({', '.join('?' * len(MovementLoad._fields))})"
    head = f"INSERT INTO fixed_asset_movement ({', '.join(MovementLoad._fields)}) VALUES"
    insert_rows(head, marks, movements)


def select_movements(asset_id: int) -> list[MovementRow]:
    """Return the movements of an asset in order."""
    rows = connection.fetch(f"{MOVEMENT} WHERE m.asset_id = ? ORDER BY m.id", (asset_id,))
    return [_movement(row) for row in rows]


def select_of_entry(entry_id: int) -> list[MovementRow]:
    """Return the movements that an entry makes."""
    rows = connection.fetch(f"{MOVEMENT} WHERE m.entry_id = ? ORDER BY m.id", (entry_id,))
    return [_movement(row) for row in rows]


def select_months() -> set[tuple[int, int]]:
    """Return asset and month of all depreciation that nothing takes back."""
    return {(row[0], row[1]) for row in connection.fetch(LIVE_MONTHS)}


def select_months_of(asset_id: int) -> set[int]:
    """Return the months of an asset's depreciation that nothing takes back."""
    rows = connection.fetch(f"{LIVE_MONTHS} AND asset_id = ?", (asset_id,))
    return {row[1] for row in rows}


def select_last_live(asset_ids: Sequence[int]) -> dict[int, int]:
    """Return the last movement of each asset that nothing takes back, reversals left out."""
    found: dict[int, int] = {}
    for start in range(0, len(asset_ids), CHUNK):
        part = asset_ids[start : start + CHUNK]
        rows = connection.fetch(
            "SELECT asset_id, max(id) FROM fixed_asset_movement "
            f"WHERE asset_id IN ({', '.join('?' * len(part))}) AND undone_by_id IS NULL "
            "AND kind <> 'reversal' GROUP BY asset_id",
            part,
        )
        found.update((row[0], row[1]) for row in rows)
    return found


def set_undone(entry_id: int, by_entry_id: int) -> None:
    """Say of each movement of an entry which one of a later entry takes it back."""
    connection.execute(
        "UPDATE fixed_asset_movement SET undone_by_id = (SELECT r.id FROM fixed_asset_movement r "
        "WHERE r.entry_id = ? AND r.asset_id = fixed_asset_movement.asset_id "
        "AND r.month = fixed_asset_movement.month) WHERE entry_id = ?",
        (by_entry_id, entry_id),
    )


def delete_movement(movement_id: int) -> None:
    """Take a movement out of the register that its entry did not come from."""
    connection.execute("DELETE FROM fixed_asset_movement WHERE id = ?", (movement_id,))


def sum_adopted(entry_id: int, account_id: int) -> int:
    """Return what of an entry's lines on an account the register has taken over already."""
    rows = connection.fetch(
        "SELECT coalesce(sum(CASE WHEN k.cost_id = ? THEN m.cost ELSE 0 END), 0), "
        "coalesce(sum(CASE WHEN k.accumulated_id = ? THEN m.accumulated ELSE 0 END), 0) "
        "FROM fixed_asset_movement m JOIN fixed_asset f ON f.id = m.asset_id "
        "JOIN fixed_asset_class k ON k.id = f.asset_class_id WHERE m.entry_id = ?",
        (account_id, account_id, entry_id),
    )
    return int(rows[0][0]) - int(rows[0][1])


def _asset(row: tuple[Any, ...]) -> AssetRow:
    found = AssetRow(*row)
    days = {field: _day(getattr(found, field)) for field in DAYS}
    return found._replace(
        **days, anew=bool(found.anew), booked=int(found.booked),
        accumulated=int(found.accumulated), surplus=int(found.surplus), lost=int(found.lost),
    )  # fmt: skip


def _movement(row: tuple[Any, ...]) -> MovementRow:
    found = MovementRow(*row)
    return found._replace(
        dated=day_of(row[4]), through=_day(found.through), posted=bool(found.posted)
    )


def _day(number: Any) -> Any:  # Any: what a driver gave, and a day or None
    return None if number is None else day_of(number)
