"""What goes on in the hands of somebody, of other features: read for who takes it over."""

from db import connection

COUNTS = {
    "tickets": "SELECT count(*) FROM ticket WHERE assignee_id = {user} AND active",
    "projects": "SELECT count(*) FROM project WHERE owner_id = {user} "
                "AND state NOT IN ('done', 'cancelled')",
    "openings": "SELECT count(*) FROM opening WHERE manager_id = {person} "
                "AND state NOT IN ('filled', 'cancelled')",
    "steps": "SELECT count(*) FROM check_step s JOIN check_list l ON l.id = s.list_id "
             "WHERE s.owner_user_id = {user} AND s.done_at IS NULL AND l.ended_at IS NULL "
             "AND l.employee_id <> {person}",
}  # fmt: skip


def select_headed(employee_id: int) -> list[str]:
    """Return the names of the departments whose head somebody is."""
    rows = connection.fetch(
        "SELECT name FROM department WHERE head_id = ? ORDER BY name, id", (employee_id,)
    )
    return [row[0] for row in rows]


def count_open(employee_id: int, user_id: int) -> dict[str, int]:
    """Return how much of each kind is with somebody: what is led, owned, or to be done."""
    found = {}
    for kind, statement in COUNTS.items():
        rows = connection.fetch(statement.format(user=int(user_id), person=int(employee_id)))
        found[kind] = int(rows[0][0])
    return found
