"""The rows of blocks: a few records, each opened by its number."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from boconsole.language import _
from boconsole.session import Session
from boconsole.tickets.rows import TicketLine
from boconsole.tickets.words import number

FEW, NEWS_LIMIT, DUE_LIMIT = 6, 20, 12
NEXT_DUE = "(is:mine or is:unassigned) has:sla sort:sla"
ELSEWHERE = {
    "leave": ("staff", "LVE-{:04}"), "overtime": ("staff", "OVT-{:04}"),
    "appraisal": ("staff", "APR-{:04}"), "appraisal_cycle": ("staff", "CYC-{:04}"),
}  # fmt: skip
"""Features beside tickets that tell people something: the area, and how its numbers are written."""
DAYS_AHEAD = 90


class Item(NamedTuple):
    """A row, and the record that it opens.

    Attributes:
        number: What stands first.
        text: What it is.
        area: Of the record; "" opens nothing.
        record: Its number.
        view: The room that is opened where there is no record.
        about: A word more.
        tone: How it stands out.
        day: When it is due.
        at: When it was told.
        ticket: The line of a ticket, 0 for its id where only that is known.
    """

    number: str
    text: str
    area: str = ""
    record: str = ""
    view: str = ""
    about: str = ""
    tone: str = ""
    day: date | None = None
    at: datetime | None = None
    ticket: TicketLine | None = None
    ticket_id: int = 0


def due(session: Session) -> list[Item]:
    """Return the tickets of the one who acts, and of nobody, that are due next."""
    from boconsole.tickets import reading

    found = reading.list_page(session, NEXT_DUE, limit=DUE_LIMIT).rows
    return [Item(number(row.id), row.subject, ticket=row, ticket_id=row.id) for row in found]


def news(session: Session) -> list[Item]:
    """Return what was told to somebody and is not read."""
    from boconsole.tickets import notifying

    found = []
    for row in notifying.unread(session, NEWS_LIMIT):
        if row.feature == "ticket":
            found.append(Item("", row.text, at=row.at, ticket_id=row.record_id))
        elif row.feature in ELSEWHERE:
            area, form = ELSEWHERE[row.feature]
            found.append(Item("", row.text, area, form.format(row.record_id), at=row.at))
    return found


def ending(session: Session) -> list[Item]:
    """Return what ends soonest, from today on."""
    from datetime import timedelta

    from boconsole import ending as all_endings

    today = session.now().astimezone(session.zone).date()
    found = all_endings.between(session, today, today + timedelta(days=DAYS_AHEAD))
    return [
        Item(one.number, one.title, one.area, one.number,
             about=_(all_endings.TITLES[one.what]), day=one.day)
        for one in found[:FEW]
    ]  # fmt: skip


def red(session: Session) -> list[Item]:
    """Return projects reported red and amber, with the reason."""
    from boconsole.projects import reading, words

    found = reading.list_projects(session, "rag:red sort:due", limit=FEW).rows
    found += reading.list_projects(session, "rag:amber sort:due", limit=FEW - len(found)).rows \
        if len(found) < FEW else []  # fmt: skip
    return [
        Item(words.number(row.id), row.name, "projects", words.number(row.id),
             about=row.rag_reason, tone="bad" if row.rag == "red" else "warn", day=row.due_on)
        for row in found
    ]  # fmt: skip


def next_tasks(session: Session) -> list[Item]:
    """Return the tasks of the one who acts that are due next."""
    from boconsole.projects import reading, words

    return [
        Item(words.task_number(row.id), row.title, "projects", words.task_number(row.id),
             about=row.project, day=row.due_on)
        for row in reading.list_tasks(session, "is:mine sort:due", limit=FEW).rows
    ]  # fmt: skip


def approvals(session: Session) -> list[Item]:
    """Return what waits longest for an approval, by anybody."""
    from boconsole import approvals as all_approvals

    login = session.user.login
    return [
        Item(row.number, row.contact or row.about, "ledger", view="approvals",
             about=row.preparer, tone="warn" if login in row.approvers else "", day=row.dated)
        for row in all_approvals.waiting(session)[:FEW]
    ]  # fmt: skip


READERS: dict[str, Callable[[Session], Sequence[Item]]] = {
    "due": due, "news": news, "ending": ending, "red": red, "next_tasks": next_tasks,
    "approvals": approvals,
}  # fmt: skip
