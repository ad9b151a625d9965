"""Templates of check lists: for everybody, or for a department and what lies in it.

A step is typed on a line: `title | owner | days | does | detail`, such as
`Order a laptop | hr | -7 | asset | ThinkPad` or `Mail account | wayan | -2 | access | IT`.
"""

from collections.abc import Sequence
from typing import NamedTuple

from boconsole import audit
from boconsole.checklists import words
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.language import _
from boconsole.session import Session
from boconsole.staff import departments
from boconsole.text import clean_line, required_line
from db import users
from db.checklists import lists
from db.checklists.rows import TemplateRow, TemplateStepRow

FURTHEST, MOST = 730, 100


class Template(NamedTuple):
    """A template with its steps."""

    row: TemplateRow
    steps: tuple[TemplateStepRow, ...]

    @property
    def id(self) -> int:
        """Of the template."""
        return self.row.id

    def record(self) -> dict[str, object]:
        """Return it for programs."""
        return {
            "name": self.row.name, "kind": self.row.kind, "department": self.row.department,
            "closed": self.row.closed,
            "steps": [{"title": step.title, "owner": step.owner, "days": step.days,
                       "does": step.does, "detail": step.detail} for step in self.steps],
        }  # fmt: skip


def every(session: Session) -> list[Template]:
    """Return all templates; they need `staff.edit`."""
    session.require(words.EDIT)
    return _whole(lists.select_templates())


def _whole(rows: Sequence[TemplateRow]) -> list[Template]:
    steps = lists.select_template_steps([row.id for row in rows])
    return [Template(row, tuple(step for step in steps if step.template_id == row.id))
            for row in rows]  # fmt: skip


def named(session: Session, name: str) -> Template:
    """Return the template of a name; raises NotFoundError."""
    low = clean_line(name, field="name").lower()
    found = next((one for one in every(session) if one.row.name.lower() == low), None)
    if found is None:
        raise NotFoundError(_("template {name}").format(name=name[:60]))
    return found


def fitting(kind: str, department_id: int | None) -> list[Template]:
    """Return the open templates of a kind for a department, those for everybody first."""
    above = {None, *_above(department_id)}
    rows = [row for row in lists.select_templates()
            if row.kind == kind and not row.closed and row.department_id in above]  # fmt: skip
    rows.sort(key=lambda row: (row.department_id is not None, row.name))
    return _whole(rows)


def _above(department_id: int | None) -> list[int]:
    from db.staff import people

    parents = {row.id: row.parent_id for row in people.select_departments()}
    found = []
    while department_id is not None:
        found.append(department_id)
        department_id = parents.get(department_id)
    return found


def put(
    session: Session, name: str, kind: str, steps: Sequence[str], *, department: str = "",
    closed: bool = False,
) -> Template:  # fmt: skip
    """Add a template, or change the one of that name; lists that were begun stay as they are.

    Args:
        session: Needs `staff.edit`.
        name: Of the template.
        kind: `onboarding` or `offboarding`.
        steps: Lines as the module says.
        department: For whom; "" for everybody.
        closed: Whether it is used no more.

    Raises:
        InvalidChangeError: A step cannot be read.
    """
    session.require(words.EDIT)
    line = required_line(name, field="name", limit=100)
    typed = [_step(text) for text in steps if text.strip()]
    if not typed or len(typed) > MOST:
        raise InvalidChangeError("steps", _("lies between 1 and {most}").format(most=MOST))
    with audit.writing():
        place = departments.named(department).id if department.strip() else None
        columns = {"name": line, "kind": words.kind_of(kind), "department_id": place,
                   "closed": closed}  # fmt: skip
        low = line.lower()
        old = next((row for row in lists.select_templates() if row.name.lower() == low), None)
        if old is None:
            template_id, version = lists.insert_template(columns), 1
        else:
            template_id, version = old.id, old.version + 1
            lists.update_template(old.id, old.version, columns)
        lists.replace_template_steps(template_id, typed)
        told = {"name": (old.name if old else None, line), "steps": (None, len(typed))}
        audit.record(session, "check_template.put", words.TEMPLATES,
                     [audit.Line(template_id, told, version)])  # fmt: skip
        return named(session, line)


def _step(text: str) -> dict[str, object]:
    parts = [clean_line(part, field="step") for part in text.split("|")]
    title, owner, days, does, detail = (*parts, *[""] * 5)[:5]
    if len(parts) > 5:
        raise InvalidChangeError("step", _("expected title | owner | days | does | detail"))
    owner = owner.lower() or words.HR
    if owner not in words.OWNERS and not users.find_id(owner):
        raise InvalidChangeError("step", _("{text!r} is none of {words}").format(
            text=owner[:40], words=", ".join((*words.OWNERS, _("a login")))))  # fmt: skip
    if does not in words.TYPED:
        known = ", ".join(word for word in words.TYPED if word)
        raise InvalidChangeError("step", _("{text!r} is none of {words}").format(
            text=does[:40], words=known))  # fmt: skip
    return {"title": required_line(title, field="step", limit=200), "owner": owner,
            "days": _days(days), "does": does, "detail": detail}  # fmt: skip


def _days(text: str) -> int:
    digits = text.removeprefix("+").removeprefix("-")
    if not text:
        return 0
    if not (digits.isascii() and digits.isdecimal() and int(digits) <= FURTHEST):
        raise InvalidChangeError("step", _("expected days such as -7, 0 or 30"))
    return int(text)


def line_of(step: TemplateStepRow) -> str:
    """Return a step as it could be typed."""
    parts = [step.title, step.owner, str(step.days), step.does, step.detail]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return " | ".join(parts)
