"""Who had which asset: one function for each statement."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from db import connection
from db.assets.records import stored_value
from db.assets.rows import HoldingRow
from db.fields import day_of
from db.loading import CHUNK

SELECT = (
    "SELECT h.id, h.asset_id, h.kind, coalesce(h.contact_id, h.place_id, h.other_id), "
    "coalesce(c.name, p.path, a.tag), h.from_at, h.until_at, h.expected_on, h.condition_out, "
    "h.condition_in, h.acceptance, h.accepted_at, coalesce(g.login, ''), coalesce(k.login, ''), "
    "h.note FROM asset_holding h LEFT JOIN contact c ON c.id = h.contact_id "
    "LEFT JOIN place p ON p.id = h.place_id LEFT JOIN asset a ON a.id = h.other_id "
    "LEFT JOIN user_account g ON g.id = h.given_by_id "
    "LEFT JOIN user_account k ON k.id = h.taken_by_id"
)


class HoldingLoad(NamedTuple):
    """A holding to begin."""

    asset_id: int
    kind: str
    contact_id: int | None
    place_id: int | None
    other_id: int | None
    from_at: datetime
    expected_on: date | None
    condition_out: str
    acceptance: str
    given_by_id: int | None
    note: str


def insert(load: HoldingLoad) -> int:
    """Begin a holding; returns its id."""
    marks = ", ".join("?" * len(load))
    rows = connection.fetch(
        f"INSERT INTO asset_holding ({', '.join(load._fields)}, condition_in) "
        f"VALUES ({marks}, '') RETURNING id",
        [stored_value(value) for value in load],
    )
    return int(rows[0][0])


def insert_many(loads: Sequence[HoldingLoad]) -> None:
    """Begin many holdings."""
    marks = ", ".join("?" * len(HoldingLoad._fields))
    connection.executemany(
        f"INSERT INTO asset_holding ({', '.join(HoldingLoad._fields)}, condition_in) "
        f"VALUES ({marks}, '')",
        [[stored_value(value) for value in load] for load in loads],
    )


def end(holding_id: int, at: datetime, condition: str, taken_by: int | None) -> None:
    """End a holding; an acceptance that was never given is dropped."""
    connection.execute(
        "UPDATE asset_holding SET until_at = ?, condition_in = ?, taken_by_id = ?, "
        "acceptance = CASE WHEN acceptance = 'asked' THEN '' ELSE acceptance END WHERE id = ?",
        (stored_value(at), condition, taken_by, holding_id),
    )


def reopen(holding_id: int, *, asked: bool) -> None:
    """Let a holding go on that was ended by mistake."""
    connection.execute(
        "UPDATE asset_holding SET until_at = NULL, condition_in = '', taken_by_id = NULL, "
        "acceptance = CASE WHEN ? THEN 'asked' ELSE acceptance END WHERE id = ?",
        (asked, holding_id),
    )


def delete(holding_id: int) -> None:
    """Forget a holding that was begun by mistake."""
    connection.execute("DELETE FROM asset_holding WHERE id = ?", (holding_id,))


def set_acceptance(holding_id: int, word: str, at: datetime | None) -> None:
    """Say whether the holder took the asset over."""
    connection.execute(
        "UPDATE asset_holding SET acceptance = ?, accepted_at = ? WHERE id = ?",
        (word, stored_value(at), holding_id),
    )


def set_expected(holding_id: int, day: date | None) -> None:
    """Say when the holder is to bring it back."""
    connection.execute(
        "UPDATE asset_holding SET expected_on = ? WHERE id = ?", (stored_value(day), holding_id)
    )


def select_history(asset_id: int, limit: int) -> list[HoldingRow]:
    """Return who had an asset, the latest first."""
    rows = connection.fetch(
        f"{SELECT} WHERE h.asset_id = ? ORDER BY h.from_at DESC, h.id DESC LIMIT ?",
        (asset_id, limit),
    )
    return [_holding(row) for row in rows]


def select_open(ids: Sequence[int]) -> dict[int, HoldingRow]:
    """Return the present holding of each asset that has one."""
    found: dict[int, HoldingRow] = {}
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        marks = ", ".join("?" * len(part))
        for row in connection.fetch(
            f"{SELECT} WHERE h.asset_id IN ({marks}) AND h.until_at IS NULL", part
        ):
            found[row[1]] = _holding(row)
    return found


def find(holding_id: int) -> HoldingRow | None:
    """Return a holding."""
    rows = connection.fetch(f"{SELECT} WHERE h.id = ?", (holding_id,))
    return _holding(rows[0]) if rows else None


def _holding(row: Sequence[Any]) -> HoldingRow:
    values = list(row)
    for place in (5, 6, 11):
        if values[place] is not None:
            values[place] = datetime.fromtimestamp(values[place], UTC)
    if values[7] is not None:
        values[7] = day_of(values[7])
    return HoldingRow._make(values)
