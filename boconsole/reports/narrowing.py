"""What reports are narrowed by: queries of the list that each is about, under its permissions.

A report names its list; conditions of lists in tables are handed on to statements, people and
accounts are few enough to be chosen in memory.
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from boconsole.errors import QuerySyntaxError
from boconsole.filters import Area, complete, parse, resolve
from boconsole.filters.complete import Completion
from boconsole.filters.syntax import Query
from boconsole.language import _
from boconsole.reports.shapes import Asked, Report
from boconsole.session import Session
from db.conditions import Condition

if TYPE_CHECKING:
    from boconsole.invoices.words import Side

MARKS = "marks"
"""Lines of the journal by their tags and links, as statements are narrowed by."""
DOCUMENTS = {"receivable": "invoices", "payable": "bills"}
PERMISSIONS = {
    "tickets": "ticket.read", "assets": "asset.read", "people": "staff.read",
    "projects": "project.read", "invoices": "invoice.read", "bills": "invoice.read",
    "accounts": "account.read", MARKS: "ledger.read",
}  # fmt: skip
"""What it takes to ask each list."""
SIDES = {"invoices": "receivable", "bills": "payable"}


def list_of(report: Report, by: str = "") -> str:
    """Return the list whose query narrows a report."""
    return DOCUMENTS.get(by, "invoices") if report.filtered == "documents" else report.filtered


def check(session: Session, report: Report, by: str, query: str) -> Query:
    """Return a query that may narrow a report.

    Raises:
        QuerySyntaxError: It cannot be read, or is more than a condition.
        NotAllowedError: The one who asks may not ask that of the list.
    """
    found = _condition_alone(query)
    name = list_of(report, by)
    session.require(PERMISSIONS[name])
    _CHECKS[name](session, query)
    return found


def _condition_alone(query: str) -> Query:
    found = parse(query)
    if found != Query(found.where, found.everything):
        raise QuerySyntaxError(_("expected a condition, without sort:, limit: or | set"), 0)
    return found


def _resolved(area: Area, session: Session, query: str) -> Condition:
    return resolve(replace(parse(query), everything=True), area, session).where


def area_of(session: Session, name: str, *, remembered: bool = False) -> Area | None:
    """Return what queries of a list may say; None for those that are chosen in memory.

    Args:
        session: Who asks.
        name: The list.
        remembered: Read its names once, for typing; blocks.
    """
    match name:
        case "tickets":
            from boconsole.tickets import area as tickets

            return (tickets.remembered_area if remembered else tickets.ticket_area)(session)
        case "assets":
            from boconsole.assets import area as assets

            return (assets.remembered_area if remembered else assets.asset_area)(session)
        case "projects":
            from boconsole.projects import area as projects

            found = projects.project_area(session)
            return projects.remembered_area(found) if remembered else found
        case "invoices" | "bills":
            from boconsole.invoices import area as documents

            read = documents.remembered_area if remembered else documents.documents_area
            return read(session, _side(name))
    return None


def _side(name: str) -> "Side":
    from boconsole.invoices.aged_list import side_of

    return side_of(SIDES[name])


def check_typed(
    session: Session, report: Report, by: str, query: str, area: Area | None
) -> None:  # fmt: skip
    """Check what is being typed as `check` does, without a database; names by `area` alone."""
    name = list_of(report, by)
    _condition_alone(query)
    if area is not None:
        _resolved(area, session, query)
    elif area_of(session, name) is None:
        _CHECKS[name](session, query)


def complete_typed(
    session: Session, report: Report, by: str, line: str, caret: int, area: Area | None
) -> Completion | None:  # fmt: skip
    """Return what could stand at the caret of a query."""
    if area is not None:
        return complete(line, caret, area)
    start = line.rfind(" ", 0, caret) + 1
    token = line[start:caret].lstrip("-(").lower()
    words = [word for word in _words(session, list_of(report, by)) if word.startswith(token)]
    return Completion(caret - len(token), caret, tuple(words)) if words else None


def _words(session: Session, name: str) -> Collection[str]:
    if name == "people":
        from boconsole.staff import asking

        return [f"{field}:" for field in asking.register(session)[0].fields]
    if name == "accounts":
        return ("account:", "code:", "commodity:", "kind:", "role:")
    return ("has:tag", "link:", "no:tag", "tag:", "tag.", "ticket:") if name == MARKS else ()


def _check_area(name: str) -> Callable[[Session, str], None]:
    def check(session: Session, query: str) -> None:
        area = area_of(session, name)
        assert area is not None
        _resolved(area, session, query)

    return check


def _check_people(session: Session, query: str) -> None:
    from boconsole.staff import asking

    asking.check(session, query)


def _check_accounts(session: Session, query: str) -> None:
    from boconsole.ledger import matching

    if matching.asked(session, query)[1] is not None:
        raise QuerySyntaxError(_("plans are of accounts; they know no tags and links"), 0)


def _check_marks(session: Session, query: str) -> None:
    from boconsole.ledger import matching

    matching.lines_of(session, query)


_CHECKS: dict[str, Callable[[Session, str], None]] = {
    **{name: _check_area(name) for name in ("tickets", "assets", "projects", *SIDES)},
    "people": _check_people, "accounts": _check_accounts, MARKS: _check_marks,
}  # fmt: skip


# What reports ask


def condition(asked: Asked, name: str) -> Condition | None:
    """Return what a report of a list in tables is narrowed to; None for all of them."""
    if not asked.query:
        return None
    area = area_of(asked.session, name)
    assert area is not None
    return _resolved(area, asked.session, asked.query)


def people(asked: Asked, report: str) -> frozenset[int] | None:
    """Return who a report of staff is narrowed to, as they stand on its last day; None for all."""
    if not asked.query:
        return None
    from boconsole.staff import asking

    how = f"report {report} {asked.query}"
    found = asking.select(asked.session, f"any ({asked.query})", asked.last, how)
    return frozenset(person.id for person in found)


def words(asked: Asked, *terms: str) -> str:
    """Return the query that finds what a line counts: its terms, and what was asked for."""
    own = f"({asked.query})" if asked.query else ""
    return " ".join(filter(None, (*terms[:1], own, *terms[1:])))
