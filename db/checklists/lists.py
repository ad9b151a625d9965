"""Templates, check lists and their steps: one function for each statement."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from db import connection
from db.checklists.rows import ListRow, StepRow, TemplateRow, TemplateStepRow
from db.fields import day_of
from db.guarded import insert, moment, moment_or_none, stored, update
from db.loading import CHUNK

TEMPLATE = (
    "SELECT t.id, t.version, t.name, t.kind, t.department_id, coalesce(d.name, ''), t.closed "
    "FROM check_template t LEFT JOIN department d ON d.id = t.department_id"
)
LIST = (
    "SELECT l.id, l.version, l.employee_id, e.name, l.kind, l.day, l.started_at, l.ended_at "
    "FROM check_list l JOIN employee e ON e.id = l.employee_id"
)
STEP = (
    "SELECT s.id, s.version, s.list_id, s.place, s.title, s.owner, s.owner_user_id, "
    "coalesce(o.login, ''), s.due_on, s.does, s.detail, s.ticket_id, coalesce(t.state, ''), "
    "s.asset_id, coalesce(a.tag, ''), "
    "CASE WHEN a.holder_contact_id = e.contact_id THEN 1 ELSE 0 END, s.seat_id, "
    "CASE WHEN c.id IS NOT NULL AND c.back_at IS NULL THEN 1 ELSE 0 END, s.user_id, "
    "coalesce(u.login, ''), CASE WHEN u.active THEN 1 ELSE 0 END, s.done_at, "
    "coalesce(b.login, ''), s.said "
    "FROM check_step s JOIN check_list l ON l.id = s.list_id "
    "JOIN employee e ON e.id = l.employee_id "
    "LEFT JOIN user_account o ON o.id = s.owner_user_id LEFT JOIN ticket t ON t.id = s.ticket_id "
    "LEFT JOIN asset a ON a.id = s.asset_id LEFT JOIN licence_seat c ON c.id = s.seat_id "
    "LEFT JOIN user_account u ON u.id = s.user_id LEFT JOIN user_account b ON b.id = s.done_by"
)


# Templates


def select_templates() -> list[TemplateRow]:
    """Return all templates by kind and name."""
    rows = connection.fetch(f"{TEMPLATE} ORDER BY t.kind DESC, t.name, t.id")
    return [TemplateRow(*row)._replace(closed=bool(row[6])) for row in rows]


def select_template_steps(template_ids: Sequence[int]) -> list[TemplateStepRow]:
    """Return the steps of templates, in order."""
    if not template_ids:
        return []
    rows = connection.fetch(
        "SELECT id, template_id, place, title, owner, days, does, detail FROM check_template_step "
        f"WHERE template_id IN ({', '.join('?' * len(template_ids))}) ORDER BY template_id, place",
        tuple(template_ids),
    )
    return [TemplateStepRow(*row) for row in rows]


def insert_template(values: Mapping[str, object]) -> int:
    """Add a template; returns its id."""
    return insert("check_template", {"closed": False, **values, "version": 1})


def update_template(template_id: int, version: int, values: Mapping[str, object]) -> bool:
    """Write a template; False when it changed in the meantime."""
    return update("check_template", template_id, version, values)


def replace_template_steps(template_id: int, steps: Sequence[Mapping[str, object]]) -> None:
    """Put other steps in the place of those of a template."""
    connection.execute("DELETE FROM check_template_step WHERE template_id = ?", (template_id,))
    for place, values in enumerate(steps, 1):
        insert("check_template_step", {**values, "template_id": template_id, "place": place})


# Lists


def select_lists(employee_id: int = 0) -> list[ListRow]:
    """Return the check lists of a person, or all of them, the newest first."""
    where, params = (" WHERE l.employee_id = ?", (employee_id,)) if employee_id else ("", ())
    rows = connection.fetch(f"{LIST}{where} ORDER BY l.id DESC", params)
    return [_list(row) for row in rows]


def find_list(list_id: int) -> ListRow | None:
    """Return a check list."""
    rows = connection.fetch(f"{LIST} WHERE l.id = ?", (list_id,))
    return _list(rows[0]) if rows else None


def insert_list(values: Mapping[str, object]) -> int:
    """Add a check list; returns its id."""
    return insert("check_list", {**values, "version": 1})


def update_list(list_id: int, version: int, values: Mapping[str, object]) -> bool:
    """Write a check list; False when it changed in the meantime."""
    return update("check_list", list_id, version, values)


# Steps


def select_steps(list_ids: Sequence[int]) -> list[StepRow]:
    """Return the steps of check lists, by day."""
    found: list[StepRow] = []
    for start in range(0, len(list_ids), CHUNK):
        part = tuple(list_ids[start : start + CHUNK])
        rows = connection.fetch(
            f"{STEP} WHERE s.list_id IN ({', '.join('?' * len(part))}) "
            "ORDER BY s.list_id DESC, s.due_on, s.place, s.id",
            part,
        )
        found += [_step(row) for row in rows]
    return found


def select_steps_of_owner(user_id: int) -> list[StepRow]:
    """Return the steps that an account is to do, of lists that go on, by day."""
    rows = connection.fetch(
        f"{STEP} WHERE s.owner_user_id = ? AND s.done_at IS NULL AND l.ended_at IS NULL "
        "ORDER BY s.due_on, s.id",
        (user_id,),
    )
    return [_step(row) for row in rows]


def find_step(step_id: int) -> StepRow | None:
    """Return a step."""
    rows = connection.fetch(f"{STEP} WHERE s.id = ?", (step_id,))
    return _step(rows[0]) if rows else None


def insert_step(values: Mapping[str, object]) -> int:
    """Add a step; returns its id."""
    return insert("check_step", {"detail": "", "said": "", **values, "version": 1})


def update_step(step_id: int, version: int, values: Mapping[str, object]) -> bool:
    """Write a step; False when it changed in the meantime."""
    return update("check_step", step_id, version, values)


def set_due(step_id: int, day: date) -> None:
    """Say anew until when a step is to be done."""
    connection.execute("UPDATE check_step SET due_on = ? WHERE id = ?", (stored(day), step_id))


def select_held(contact_id: int) -> list[tuple[int, str, str]]:
    """Return id, tag and name of what a person has of the company's, by tag."""
    rows = connection.fetch(
        "SELECT id, tag, name FROM asset WHERE holder_contact_id = ? ORDER BY tag, id",
        (contact_id,),
    )
    return [(row[0], row[1], row[2]) for row in rows]


def was_candidate(employee_id: int, at: int) -> bool:
    """Return whether somebody was a candidate who was hired at an instant."""
    rows = connection.fetch(
        "SELECT 1 FROM candidate c JOIN job_application a ON a.candidate_id = c.id "
        "WHERE c.employee_id = ? AND a.stage = 'hired' AND a.since_at = ? LIMIT 1",
        (employee_id, at),
    )
    return bool(rows)


def _list(row: tuple[Any, ...]) -> ListRow:
    return ListRow(*row)._replace(
        day=day_of(row[5]), started_at=moment(row[6]), ended_at=moment_or_none(row[7])
    )


def _step(row: tuple[Any, ...]) -> StepRow:
    return StepRow(*row)._replace(
        due_on=day_of(row[8]), held=bool(row[15]), seat_held=bool(row[17]), active=bool(row[20]),
        done_at=moment_or_none(row[21]),
    )  # fmt: skip
