"""Status reports and decisions of a project: said once, never changed."""

from datetime import date

from boconsole import audit
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.projects import reading, words, writing
from boconsole.session import Session
from boconsole.text import LINE_LIMIT, clean, clean_line, required_line
from boconsole.tickets.words import one_of
from db.projects import parts, records
from db.projects.rows import DecisionRow as DecisionRow  # screens know them from here
from db.projects.rows import ReportRow as ReportRow


def report(
    session: Session, project_id: int, rag: str, reason: str, achieved: str = "", planned: str = ""
) -> ReportRow:
    """Say how a project stands: green, amber or red, and why.

    Raises:
        InvalidChangeError: There is no such colour, or no reason is given.
    """
    session.require("project.edit")
    one_of("rag", rag, tuple(words.RAGS))
    reason = clean_line(reason, field="reason", limit=LINE_LIMIT)
    if not reason:
        raise InvalidChangeError("reason", _("is needed: what makes it so?"))
    with audit.writing():
        project = reading.again(project_id)
        columns = {
            "rag": rag, "reason": reason, "achieved": clean(achieved, field="achieved"),
            "planned": clean(planned, field="planned"), "progress": project.progress,
            "author_id": session.user.id or None, "at": session.now(),
        }  # fmt: skip
        told = {"rag": rag, "reason": reason, "progress": project.progress}
        writing.add(session, project.id, writing.REPORT, columns, told)
        records.set_rag(project.id, rag, reason, session.now())
        return parts.select_reports(project.id)[0]


def reports(session: Session, project_id: int) -> list[ReportRow]:
    """Return what was said of a project, the last first."""
    session.require("project.read")
    return parts.select_reports(project_id)


def decide(
    session: Session, project_id: int, title: str, reason: str = "", decided_by: str = "",
    decided_on: date | None = None,
) -> DecisionRow:  # fmt: skip
    """Keep a decision; raises InvalidChangeError."""
    session.require("project.edit")
    with audit.writing():
        columns: dict[str, object] = {
            "title": required_line(title, field="title"), "reason": clean(reason, field="reason"),
            "decided_by": clean_line(decided_by, field="decided_by") or session.user.login,
            "decided_on": decided_on or reading.today(session),
        }  # fmt: skip
        made = writing.add(session, project_id, writing.DECISION,
                           {**columns, "at": session.now()}, columns)  # fmt: skip
        return next(row for row in parts.select_decisions(project_id) if row.id == made)


def decisions(session: Session, project_id: int) -> list[DecisionRow]:
    """Return the decisions of a project, the last first."""
    session.require("project.read")
    return parts.select_decisions(project_id)
