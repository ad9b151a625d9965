"""Cycles and appraisals: one function for each statement."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from db import connection
from db.appraisals.rows import AnswerRow, AppraisalRow, CycleRow, GoalRow, MoveRow
from db.fields import day_of, number_of
from db.loading import CHUNK

CYCLE = (
    "SELECT id, version, name, starts_on, ends_on, takes, takes_from, state, goals_on, self_on, "
    "review_on, calibration_on, scale, questions, created_at FROM appraisal_cycle"
)
APPRAISAL = (
    "SELECT a.id, a.version, a.cycle_id, a.employee_id, e.name, a.manager_id, "
    "coalesce(m.name, ''), a.self_state, a.self_text, a.self_at, a.review_state, a.review_text, "
    "a.review_at, a.review_by, a.rating, a.released_at, a.acknowledged_at, a.reply, a.proposal, "
    "a.proposal_state, a.proposal_amount, a.proposal_from, a.proposal_note, a.salt, "
    "(SELECT count(*) FROM appraisal_goal g WHERE g.appraisal_id = a.id), "
    "(SELECT coalesce(sum(g.weight), 0) FROM appraisal_goal g WHERE g.appraisal_id = a.id) "
    "FROM appraisal a JOIN employee e ON e.id = a.employee_id "
    "LEFT JOIN employee m ON m.id = a.manager_id"
)
INSTANTS = tuple(
    AppraisalRow._fields.index(name)
    for name in ("self_at", "review_at", "released_at", "acknowledged_at")
)

FROM = AppraisalRow._fields.index("proposal_from")


def _cycle(values: tuple[Any, ...]) -> CycleRow:
    row = list(values)
    for place in (3, 4, 8, 9, 10, 11):
        row[place] = None if row[place] is None else day_of(row[place])
    row[14] = datetime.fromtimestamp(row[14], UTC)
    return CycleRow(*row)


def _appraisal(values: tuple[Any, ...]) -> AppraisalRow:
    row = list(values)
    for place in INSTANTS:
        row[place] = None if row[place] is None else datetime.fromtimestamp(row[place], UTC)
    row[FROM] = None if row[FROM] is None else day_of(row[FROM])
    return AppraisalRow(*row)


def find_cycle(cycle_id: int) -> CycleRow | None:
    """Return a cycle."""
    rows = connection.fetch(f"{CYCLE} WHERE id = ?", (cycle_id,))
    return _cycle(rows[0]) if rows else None


def cycle_named(name: str) -> CycleRow | None:
    """Return the cycle of a name, whatever its case."""
    rows = connection.fetch(f"{CYCLE} WHERE lower(name) = lower(?) ORDER BY id", (name,))
    return _cycle(rows[0]) if rows else None


def select_cycles() -> list[CycleRow]:
    """Return all cycles, the latest period first."""
    return [_cycle(row) for row in connection.fetch(f"{CYCLE} ORDER BY starts_on DESC, id DESC")]


def find(appraisal_id: int) -> AppraisalRow | None:
    """Return an appraisal."""
    rows = connection.fetch(f"{APPRAISAL} WHERE a.id = ?", (appraisal_id,))
    return _appraisal(rows[0]) if rows else None


def select_of_cycle(cycle_id: int) -> list[AppraisalRow]:
    """Return the appraisals of a cycle by name."""
    rows = connection.fetch(
        f"{APPRAISAL} WHERE a.cycle_id = ? ORDER BY e.sort_name, a.id", (cycle_id,)
    )
    return [_appraisal(row) for row in rows]


def select_of_people(employee_ids: Sequence[int]) -> list[AppraisalRow]:
    """Return the appraisals of some people, or of whom they appraise, by cycle and name."""
    found: dict[int, AppraisalRow] = {}
    for start in range(0, len(employee_ids), CHUNK):
        part = tuple(employee_ids[start : start + CHUNK])
        marks = ", ".join("?" * len(part))
        rows = connection.fetch(
            f"{APPRAISAL} WHERE a.employee_id IN ({marks}) OR a.manager_id IN ({marks}) "
            "ORDER BY a.cycle_id, e.sort_name, a.id",
            (*part, *part),
        )
        found.update({row[0]: _appraisal(row) for row in rows})
    return list(found.values())


def select_goals(appraisal_ids: Sequence[int]) -> dict[int, list[GoalRow]]:
    """Return goals in the order they were set, by appraisal."""
    found: dict[int, list[GoalRow]] = {}
    for row in _of("appraisal_goal", "id, title, measure, weight, result, reached", appraisal_ids):
        found.setdefault(row[0], []).append(GoalRow(*row[1:]))
    return found


def select_answers(appraisal_id: int) -> list[AnswerRow]:
    """Return the answers of both sides."""
    rows = _of("appraisal_answer", "side, question, score, note", [appraisal_id])
    return [AnswerRow(*row[1:]) for row in rows]


def select_moves(appraisal_id: int) -> list[MoveRow]:
    """Return how a rating was moved, oldest first."""
    rows = _of("appraisal_move", "before, after, reason, made_at, made_by", [appraisal_id])
    return [MoveRow(*row[1:])._replace(made_at=datetime.fromtimestamp(row[4], UTC)) for row in rows]


def _of(table: str, columns: str, ids: Sequence[int]) -> Iterable[tuple[Any, ...]]:
    for start in range(0, len(ids), CHUNK):
        part = tuple(ids[start : start + CHUNK])
        yield from connection.fetch(
            f"SELECT appraisal_id, {columns} FROM {table} "
            f"WHERE appraisal_id IN ({', '.join('?' * len(part))}) ORDER BY appraisal_id, id",
            part,
        )


EMPTY: dict[str, dict[str, object]] = {
    "appraisal_cycle": {"takes_from": "", "version": 1},
    "appraisal": {
        **dict.fromkeys(
            ("self_state", "self_text", "review_state", "review_text", "review_by", "reply",
             "proposal", "proposal_state", "proposal_amount", "proposal_note"), ""),
        "version": 1,
    },
    "appraisal_goal": {"measure": "", "result": ""},
}  # fmt: skip
"""Columns that start empty."""


def insert(table: str, values: Mapping[str, object]) -> int:
    """Add a row; days are dates. Returns its id."""
    values = {**EMPTY.get(table, {}), **values}
    rows = connection.fetch(
        f"INSERT INTO {table} ({', '.join(values)}) "
        f"VALUES ({', '.join('?' * len(values))}) RETURNING id",
        tuple(map(_stored, values.values())),
    )
    return int(rows[0][0])


def update(table: str, row_id: int, version: int, values: Mapping[str, object]) -> bool:
    """Write columns of a cycle or an appraisal; False when it changed in the meantime."""
    named = "".join(f"{column} = ?, " for column in values)
    cursor = connection.execute(
        f"UPDATE {table} SET {named}version = version + 1 WHERE id = ? AND version = ?",
        (*map(_stored, values.values()), row_id, version),
    )
    return bool(cursor.rowcount)


def update_goal(goal_id: int, values: Mapping[str, object]) -> None:
    """Write columns of a goal, inside a change of its appraisal."""
    named = ", ".join(f"{column} = ?" for column in values)
    connection.execute(
        f"UPDATE appraisal_goal SET {named} WHERE id = ?", (*values.values(), goal_id)
    )


def delete_goal(goal_id: int) -> None:
    """Take a goal away, inside a change of its appraisal."""
    connection.execute("DELETE FROM appraisal_goal WHERE id = ?", (goal_id,))


def delete(appraisal_id: int, version: int) -> bool:
    """Take an appraisal away with all that is in it; False when it changed in the meantime."""
    cursor = connection.execute(
        "DELETE FROM appraisal WHERE id = ? AND version = ?", (appraisal_id, version)
    )
    return bool(cursor.rowcount)


def put_answer(appraisal_id: int, answer: AnswerRow) -> None:
    """Write the answer of a side to a question, in place of the one before."""
    connection.execute(
        "INSERT INTO appraisal_answer (appraisal_id, side, question, score, note) "
        "VALUES (?, ?, ?, ?, ?) ON CONFLICT (appraisal_id, side, question) "
        "DO UPDATE SET score = excluded.score, note = excluded.note",
        (appraisal_id, *answer),
    )


def _stored(value: object) -> object:
    if isinstance(value, datetime):
        return int(value.timestamp())
    return number_of(value) if isinstance(value, date) else value
