"""Risks and issues of a project: probability times impact, a response, and who looks after it."""

from collections.abc import Mapping

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.language import N_, _
from boconsole.projects import reading, words, writing
from boconsole.projects.fields import day_of, known, person_id, whole_of
from boconsole.session import Session
from boconsole.text import clean, required_line
from boconsole.tickets.words import one_of
from db.projects import parts
from db.projects.rows import RiskRow as RiskRow  # screens know it from here

RISK, ISSUE = "risk", "issue"
KINDS = {RISK: N_("risk"), ISSUE: N_("issue")}
RESPONSES = {
    "": N_("none yet"), "avoid": N_("avoid"), "reduce": N_("reduce"),
    "transfer": N_("transfer"), "accept": N_("accept"),
}  # fmt: skip
OPEN, CLOSED = "open", "closed"
STATES = {OPEN: N_("open"), CLOSED: N_("closed")}
GRAVE, SERIOUS = 15, 8
"""Exposure from which a risk is high, and from which it is medium; of 25."""
FIELDS = (
    "kind", "title", "probability", "impact", "response", "plan", "owner", "due_on", "state",
)  # fmt: skip


def level(exposure: int) -> str:
    """Return `high`, `medium` or `low`."""
    return "high" if exposure >= GRAVE else "medium" if exposure >= SERIOUS else "low"


def create(session: Session, project_id: int, given: Mapping[str, object]) -> RiskRow:
    """Add a risk or an issue.

    Raises:
        InvalidChangeError, NotFoundError: A value cannot be taken.
    """
    session.require("project.edit")
    with audit.writing():
        columns: dict[str, object] = {
            "kind": RISK, "response": "", "plan": "", "state": OPEN,
            **_columns({"title": "", "probability": 3, "impact": 3, **given}),
        }  # fmt: skip
        told = {name: columns[name] for name in ("kind", "title", "probability", "impact")}
        now = session.now()
        columns |= {"created_at": now, "updated_at": now, "version": 1}
        made = writing.add(session, project_id, writing.RISK, columns, told)
        return again(made)


def edit(session: Session, risk_id: int, version: int, given: Mapping[str, object]) -> RiskRow:
    """Change a risk or an issue; raises StaleRecordError, and as `create`."""
    session.require("project.edit")
    with audit.writing():
        old = again(risk_id)
        columns = _columns(given)
        if version and version != old.version:
            theirs = {name: getattr(old, name) for name in given}
            raise StaleRecordError(old.title, old.id, old.version, theirs, dict(given))
        changed = {name: value for name, value in columns.items() if getattr(old, name) != value}
        if not changed:
            return old
        told: dict[str, tuple[object, object]] = {"title": (old.title, old.title)}
        told |= {name: (getattr(old, name), value) for name, value in changed.items()}
        changed["updated_at"] = session.now()
        writing.change(session, old.project_id, writing.RISK,
                       (old.id, old.version), changed, told)  # fmt: skip
        return again(risk_id)


def list_risks(session: Session, project_id: int) -> list[RiskRow]:
    """Return risks and issues, the open and grave ones first."""
    session.require("project.read")
    return parts.select_risks(project_id)


def again(risk_id: int) -> RiskRow:
    """Return a risk that is there; raises NotFoundError."""
    row = parts.find_risk(risk_id)
    if row is None:
        raise NotFoundError(_("risk {number}").format(number=risk_id))
    return row


def of_project(session: Session, project_id: int, risk_id: int) -> RiskRow:
    """Return a risk of a project; raises NotFoundError."""
    session.require("project.read")
    row = again(risk_id)
    if row.project_id != reading.again(project_id).id:
        raise InvalidChangeError(
            "number", _("{number} has no such risk").format(number=words.number(project_id))
        )
    return row


def _columns(given: Mapping[str, object]) -> dict[str, object]:
    known(given, FIELDS)
    found: dict[str, object] = {}
    if "title" in given:
        found["title"] = required_line(str(given["title"] or ""), field="title", limit=200)
    for name in ("probability", "impact"):
        if name in given:
            found[name] = whole_of(given[name], name, 1, 5)
    for name, choices in (("kind", KINDS), ("response", RESPONSES), ("state", STATES)):
        if name in given:
            found[name] = one_of(name, str(given[name] or ""), tuple(choices))
    if "plan" in given:
        found["plan"] = clean(str(given["plan"] or ""), field="plan")
    if "owner" in given:
        found["owner_id"] = person_id(given["owner"])
    if "due_on" in given:
        found["due_on"] = day_of(given["due_on"], "due_on")
    if found.get("kind") == ISSUE:
        found["probability"] = 5
    return found
