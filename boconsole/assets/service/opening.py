"""What plans do by themselves: tickets are opened ahead of time, finished ones move the date.

All of it happens in the chores, as the system. A ticket is opened once, however many consoles
look at the same time: who moves the row of its plan opens it.
"""

import json
from contextlib import suppress
from datetime import datetime, time
from typing import NamedTuple

from boconsole import audit
from boconsole.assets import ticketing
from boconsole.assets.service import plans, schedule
from boconsole.assets.writing import again
from boconsole.errors import BoconsoleError, StaleRecordError
from boconsole.language import _
from boconsole.session import Session
from boconsole.tickets import creating
from boconsole.tickets.rows import NewTicket
from boconsole.tickets.words import number
from db.assets import plans as stored
from db.assets import work
from db.assets.columns import FEATURE
from db.assets.plan_rows import DueRow, FinishedRow
from db.assets.work import WorkLoad

MOST = 50
"""Tickets that one look opens at most; the rest follow with the next."""
DAY_ENDS = time(17)


class Report(NamedTuple):
    """What was done for a plan.

    Attributes:
        on: The day; by default today.
        shown: What the counter showed; by default what it last showed.
        who: Who did it.
        minutes: How long it took.
        ticket_id: The ticket that it was done with.
    """

    on: datetime
    shown: int | None = None
    who: str = ""
    what: str = ""
    minutes: int | None = None
    ticket_id: int | None = None


def run_due(session: Session) -> int:
    """Bring plans up to date; returns how many dates moved and tickets were opened."""
    done = 0
    with audit.writing():
        for plan_id in stored.select_unspread():
            done += plans.spread(session, plans.again(plan_id))
        stored.set_all_spread(session.now())
        stored.follow_merged()
    for found in stored.select_finished(MOST):
        with suppress(BoconsoleError):
            done += _take_finished(session, found)
    for row in stored.select_to_open(plans.today(session), MOST):
        with suppress(BoconsoleError):
            done += _open(session, row)
    return done


def _take_finished(session: Session, found: FinishedRow) -> int:
    with audit.writing():
        row = stored.find_due(found.due_id)
        if row is None or row.ticket_id != found.ticket_id:
            return 0
        finish(session, row, Report(found.at, who=found.who, minutes=found.minutes or None,
                                    ticket_id=found.ticket_id))  # fmt: skip
    return 1


def finish(session: Session, row: DueRow, report: Report) -> int:
    """Write an entry of the work done for a plan and move its date; returns the operation.

    Belongs to the caller's transaction.

    Raises:
        StaleRecordError: Somebody did it in the meantime.
    """
    on = report.on.astimezone(session.zone).date()
    count = row.shown if report.shown is None else report.shown
    due = schedule.following(plans.terms_of(row), schedule.Due(row.next_on, row.next_count), on,
                             count)  # fmt: skip
    notice = schedule.notice(plans.terms_of(row), due, plans.today(session), row.shown)
    if not stored.finish(row, on, count if row.counter else None, *due, notice):
        raise StaleRecordError(f"{row.plan} {row.tag}", row.asset_id)
    what = f"{row.plan}: {report.what}" if report.what else row.plan
    work.insert_work(WorkLoad(
        row.asset_id, on, "service", report.who, what, report.minutes, report.ticket_id,
        row.plan_id, session.user.id or None, session.now(),
    ))  # fmt: skip
    told: dict[str, tuple[object, object]] = {"service": (None, what)}
    told["next"] = (_when(row, row.next_on, row.next_count), _when(row, *due))
    return audit.record(session, "asset.service", FEATURE, [audit.Line(row.asset_id, told)])


def _when(row: DueRow, on: object, count: object) -> str | None:
    parts = [str(on)] if on else []
    parts += [f"{count} {row.counter}"] if count is not None else []
    return ", ".join(parts) or None


def _open(session: Session, row: DueRow) -> int:
    """Open the ticket of a plan that is due, unless another console does."""
    with audit.writing():
        if not stored.claim(row):
            return 0
        try:
            ticket_id = _begin(session, row, whole=True)
        except BoconsoleError:
            ticket_id = _begin(session, row, whole=False)
        stored.set_ticket(row.id, ticket_id)
        ticketing.name_assets(session, ticket_id, [row.asset_id])
    return 1


def _begin(session: Session, row: DueRow, *, whole: bool) -> int:
    """Make the ticket; a queue or account that is gone since does not keep it from coming."""
    fields: dict[str, object] = json.loads(row.ticket)
    subject = _filled(row, str(fields.pop("subject", "{plan}: {tag} {asset}")))
    body = _filled(row, str(fields.pop("body", "")))
    if not whole:
        fields = {}
    if "priority" in fields:
        fields["priority_reason"] = row.plan
    if row.next_on is not None and row.next_on >= plans.today(session):
        fields["due"] = datetime.combine(row.next_on, DAY_ENDS, session.zone)
    new = NewTicket(subject, "\n\n".join(part for part in (body, _about(row)) if part), fields,
                    channel="recurring")  # fmt: skip
    return creating.begin(session, new, complete=False).tickets[0].id


def _filled(row: DueRow, text: str) -> str:
    for name, word in (("{plan}", row.plan), ("{tag}", row.tag), ("{asset}", row.asset)):
        text = text.replace(name, word)
    return text


def _about(row: DueRow) -> str:
    """Return what the ticket says of itself: the asset, and when it is due."""
    when = _when(row, row.next_on, row.next_count) or "-"
    lines = [_("{tag} {name} is due for service: {when}.").format(
        tag=row.tag, name=again(row.asset_id).name, when=when)]  # fmt: skip
    if row.shown is not None:
        lines.append(
            _("The counter last showed {count} {unit}.").format(count=row.shown, unit=row.counter)
        )
    return "\n".join(lines)


def ticket_word(ticket_id: int | None) -> str:
    """Return the number of a ticket, or nothing."""
    return number(ticket_id) if ticket_id else ""
