"""How far the people of cycles are, counted where the rows lie."""

from typing import NamedTuple

from db import connection

WEIGHS = (
    "(SELECT coalesce(sum(g.weight), 0) FROM appraisal_goal g WHERE g.appraisal_id = a.id) = 100"
)
DONE = (
    f"CASE WHEN (c.state = 'goals' AND {WEIGHS}) "
    "OR (c.state = 'self' AND a.self_state = 'submitted') "
    "OR (c.state = 'review' AND a.review_state = 'submitted') "
    "OR (c.state = 'calibration' AND a.released_at IS NOT NULL) "
    "OR c.state = 'closed' THEN 1 ELSE 0 END"
)
WAITS = (
    f"((a.employee_id = ? AND ((c.state = 'goals' AND NOT {WEIGHS}) "
    "OR (c.state = 'self' AND a.self_state <> 'submitted') "
    "OR (c.state = 'calibration' AND a.released_at IS NOT NULL AND a.acknowledged_at IS NULL))) "
    "OR (a.manager_id = ? AND a.employee_id <> ? "
    "AND c.state = 'review' AND a.review_state <> 'submitted'))"
)
FROM = "FROM appraisal a JOIN appraisal_cycle c ON c.id = a.cycle_id"


class ProgressRow(NamedTuple):
    """Somebody in a cycle: who, given to which manager, and whether the phase is done."""

    employee_id: int
    manager_id: int | None
    done: bool


def select_counts() -> dict[int, tuple[int, int]]:
    """Return how many take part in each cycle, and how many have done what its phase asks for."""
    rows = connection.fetch(f"SELECT a.cycle_id, count(*), sum({DONE}) {FROM} GROUP BY a.cycle_id")
    return {row[0]: (row[1], int(row[2])) for row in rows}


def select_progress(cycle_id: int, employee_id: int | None = None) -> list[ProgressRow]:
    """Return the people of a cycle, or of them somebody and whom that one appraises."""
    only, more = "", tuple[int, ...]()
    if employee_id is not None:
        only, more = " AND (a.employee_id = ? OR a.manager_id = ?)", (employee_id, employee_id)
    rows = connection.fetch(
        f"SELECT a.employee_id, a.manager_id, {DONE} {FROM} WHERE a.cycle_id = ?{only} "
        "ORDER BY a.id",
        (cycle_id, *more),
    )
    return [ProgressRow(row[0], row[1], bool(row[2])) for row in rows]


def select_waiting(employee_id: int) -> dict[int, int]:
    """Return by cycle how many appraisals wait for somebody: one's own, or those to be written."""
    rows = connection.fetch(
        f"SELECT a.cycle_id, count(*) {FROM} WHERE (a.employee_id = ? OR a.manager_id = ?) "
        f"AND {WAITS} GROUP BY a.cycle_id ORDER BY a.cycle_id",
        (employee_id,) * 5,
    )
    return {row[0]: row[1] for row in rows}


def select_reached(cycle_id: int, appraisal_id: int | None = None) -> dict[int, tuple[int, int]]:
    """Return the sums of weights, and of weights times percent, of goals that all have a result.

    They come by appraisal, of a cycle or of one appraisal in it.
    """
    only, more = ("", ()) if appraisal_id is None else (" AND a.id = ?", (appraisal_id,))
    rows = connection.fetch(
        "SELECT a.id, sum(g.weight), sum(g.weight * g.reached) FROM appraisal a "
        f"JOIN appraisal_goal g ON g.appraisal_id = a.id WHERE a.cycle_id = ?{only} "
        "GROUP BY a.id HAVING count(*) = count(g.reached)",
        (cycle_id, *more),
    )
    return {row[0]: (int(row[1]), int(row[2])) for row in rows}
