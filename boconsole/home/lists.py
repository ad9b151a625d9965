"""The lists that numbers on Home are counted from, each by its own reading.

A number is counted by what the list itself reads, up to the same bound, so that both agree
whatever the size of the tables.
"""

from collections.abc import Callable
from typing import NamedTuple

from boconsole.session import Session
from boconsole.tickets.reading import Count

CAP = 10_000
"""Where counts stop, as in the lists."""


class Listed(NamedTuple):
    """A list that Home opens.

    Attributes:
        area: Its area.
        room: Its room there, "" for the first screen.
        permissions: One of them opens it; none are needed where it is empty.
        tally: Answers how many records a query finds there.
    """

    area: str
    room: str
    permissions: tuple[str, ...]
    tally: Callable[[Session, str], Count]

    def opens(self, session: Session) -> bool:
        """Return whether somebody may see it."""
        return not self.permissions or any(session.may(each) for each in self.permissions)


def _tickets(session: Session, query: str) -> Count:
    from boconsole.tickets import reading

    return reading.count(session, query, CAP)


def _approvals(session: Session, query: str) -> Count:
    from boconsole import approvals

    return Count(len(approvals.waiting(session, query)), capped=False)


def _invoices(session: Session, query: str) -> Count:
    from boconsole.invoices import reading

    return Count(*reading.count(session, "receivable", query, CAP))


def _bills(session: Session, query: str) -> Count:
    from boconsole.invoices import reading

    return Count(*reading.count(session, "payable", query, CAP))


def _journal(session: Session, query: str) -> Count:
    from boconsole.ledger import reading

    return Count(*reading.count(session, query, CAP))


def _accounts(session: Session, query: str) -> Count:
    from boconsole.ledger import tree

    return Count(len(tree.listed(session, (), query)), capped=False)


def _ending(session: Session, query: str) -> Count:
    from boconsole import ending
    from boconsole.filters import whole

    found = whole.select(session, ending.ENDINGS, query, ending.around(session))
    return Count(len(found), capped=False)


def _projects(session: Session, query: str) -> Count:
    from boconsole.projects import reading

    return Count(*reading.count_projects(session, query, CAP))


def _tasks(session: Session, query: str) -> Count:
    from boconsole.projects import reading

    return Count(*reading.count_tasks(session, query, CAP))


def _leave(session: Session, _query: str) -> Count:
    from boconsole.leave import overtime, reading

    waiting = len(reading.waiting(session)) + len(overtime.waiting(session))
    return Count(waiting, capped=False)


def _appraisals(session: Session, query: str) -> Count:
    from boconsole.appraisals import asking, reading
    from boconsole.filters import whole

    if not reading.waiting(session):
        return Count(0, capped=False)
    found = whole.select(session, asking.CYCLES, query, reading.cycles(session))
    return Count(len(found), capped=False)


def _pay_runs(session: Session, query: str) -> Count:
    from boconsole.filters import whole
    from boconsole.payroll import asking, reading

    found = whole.select(session, asking.RUNS, query, reading.runs(session))
    return Count(len(found), capped=False)


def _people(session: Session, query: str) -> Count:
    from boconsole.staff import asking

    return Count(len(asking.select(session, query)), capped=False)


def _assets(session: Session, query: str) -> Count:
    from boconsole.assets import reading

    return Count(*reading.count(session, query, CAP))


def _repairs(session: Session, query: str) -> Count:
    from boconsole.assets.service import repair_list

    return Count(*repair_list.count(session, query))


def _licences(session: Session, query: str) -> Count:
    from boconsole.filters import whole
    from boconsole.licences import asking, reading

    found = whole.select(session, asking.LICENCES, query, reading.licences(session))
    return Count(len(found), capped=False)


def _consumables(session: Session, query: str) -> Count:
    from boconsole.filters import whole
    from boconsole.stock import asking, reading

    found = whole.select(session, asking.ITEMS, query, reading.items_of(session, "consumable"))
    return Count(len(found), capped=False)


def _articles(session: Session, query: str) -> Count:
    from boconsole.knowledge import reading

    return Count(*reading.count(session, query, CAP))


def _assessments(session: Session, query: str) -> Count:
    from boconsole.assessments import reading
    from boconsole.filters import whole

    found = whole.select(session, reading.ASSESSMENTS, query, reading.listed(session))
    return Count(len(found), capped=False)


PAY = ("payroll.read", "payroll.post")
LISTS = {
    "tickets": Listed("tickets", "", ("ticket.read",), _tickets),
    "approvals": Listed("ledger", "approvals", ("ledger.read", "recruitment.approve"), _approvals),
    "invoices": Listed("ledger", "invoices", ("invoice.read",), _invoices),
    "bills": Listed("ledger", "bills", ("invoice.read",), _bills),
    "journal": Listed("ledger", "", ("ledger.read",), _journal),
    "accounts": Listed("ledger", "accounts", ("account.read",), _accounts),
    "ending": Listed("assets", "ending", ("asset.read",), _ending),
    "projects": Listed("projects", "", ("project.read",), _projects),
    "tasks": Listed("projects", "tasks", ("project.read",), _tasks),
    "leave": Listed("staff", "leave-approvals", (), _leave),
    "appraisals": Listed("staff", "appraisals", (), _appraisals),
    "pay-runs": Listed("staff", "payroll", PAY, _pay_runs),
    "people": Listed("staff", "", ("staff.read",), _people),
    "assets": Listed("assets", "", ("asset.read",), _assets),
    "repairs": Listed("assets", "repairs", ("asset.read",), _repairs),
    "licences": Listed("assets", "licences", ("licence.read",), _licences),
    "consumables": Listed("assets", "consumables", ("stock.read",), _consumables),
    "assessments": Listed("assessments", "", ("assessment.read",), _assessments),
    "articles": Listed("knowledge", "", ("knowledge.read",), _articles),
}
