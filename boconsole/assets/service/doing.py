"""What people note of the work on an asset: counters read, work done, plans that are done.

A counter never shows less than before, unless a reason says why.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from boconsole import audit
from boconsole.assets.errors import CounterError, PlanError
from boconsole.assets.service import opening, plans
from boconsole.assets.service.opening import Report
from boconsole.assets.service.words import MOST, WORK_KINDS, whole
from boconsole.assets.words import one_of
from boconsole.assets.writing import again
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.language import _
from boconsole.moments import parse_past_day
from boconsole.session import Session
from boconsole.text import LINE_LIMIT, clean_line, required_line
from boconsole.tickets.fields import minutes
from boconsole.tickets.words import number, parse_number
from db.assets import plans as stored
from db.assets import relations, work
from db.assets.columns import FEATURE
from db.assets.plan_rows import DueRow, PlanRow
from db.assets.work import CounterRow, WorkLoad

NOON = time(12)


def read_counter(
    session: Session, asset_id: int, counter: str, value: str, *, on: str = "", reason: str = ""
) -> CounterRow:
    """Note what a counter of an asset shows.

    Args:
        session: Who read it.
        asset_id: Whose it is.
        counter: `km`, `hours`, `pages` or any other word.
        value: A whole number.
        on: The day; by default today.
        reason: Why it shows less than before, or was read before the last reading.

    Raises:
        CounterError: It shows less than before, and nobody says why.
        InvalidChangeError: The day is to come, or the number is none.
    """
    session.require("asset.service")
    reason = clean_line(reason, field="reason", limit=LINE_LIMIT)
    name = required_line(counter, field="counter", limit=30).lower()
    with audit.writing():
        asset = again(asset_id)
        row = CounterRow(name, whole(value, "value", MOST), _day(session, on))
        old = work.find_counter(asset_id, name)
        if old is not None and not reason:
            if row.value < old.value:
                raise CounterError(asset.tag, row.counter, old.value)
            if row.read_on < old.read_on:
                raise InvalidChangeError(
                    "on", _("the last reading is of {day}; say why").format(day=old.read_on)
                )
        work.put_counter(asset_id, row)
        work.insert_reading(asset_id, row, reason, session.user.id or None, session.now())
        plans.recount(session, asset_id, name)
        told: dict[str, tuple[object, object]] = {name: (old.value if old else None, row.value)}
        if reason:
            told["reason"] = (None, reason)
        audit.record(session, "asset.reading", FEATURE, [audit.Line(asset_id, told)])
        return row


def add_work(session: Session, asset_ids: Sequence[int], given: Mapping[str, object]) -> list[int]:
    """Note work done on assets: kind, what, on, who, minutes (on each), ticket.

    Returns the entries, one for each asset.

    Raises:
        InvalidChangeError, NotFoundError: Nothing was noted.
    """
    session.require("asset.service")
    words = {key: "" if value is None else str(value) for key, value in given.items()}
    kind = one_of("kind", words.get("kind") or "other", WORK_KINDS)
    what = required_line(words.get("what", ""), field="what", limit=LINE_LIMIT)
    who = clean_line(words.get("who", ""), field="who", limit=120) or session.user.name
    with audit.writing():
        load = WorkLoad(
            0, _day(session, words.get("on", "")), kind, who, what,
            minutes_of(words.get("minutes", "")), ticket_of(words.get("ticket", "")), None,
            session.user.id or None, session.now(),
        )  # fmt: skip
        told: dict[str, tuple[object, object]] = {kind: (None, what), "who": (None, who)}
        if load.ticket_id is not None:
            told["ticket"] = (None, number(load.ticket_id))
        entries = [work.insert_work(load._replace(asset_id=again(key).id)) for key in asset_ids]
        for key in asset_ids if load.ticket_id is not None else ():
            relations.add_ticket(load.ticket_id or 0, key)
        lines = [audit.Line(key, told) for key in asset_ids]
        audit.record(session, "asset.work", FEATURE, lines)
        return entries


def remove_work(session: Session, asset_id: int, work_id: int) -> None:
    """Take an entry away that was noted wrongly; the audit trail keeps it.

    Raises:
        NotFoundError: The asset has no such entry.
    """
    session.require("asset.service")
    with audit.writing():
        rows = {row.id: row for row in work.select_work(asset_id, 10_000)}
        if work_id not in rows:
            raise NotFoundError(_("entry {number}").format(number=work_id))
        work.delete_work(work_id)
        told = {rows[work_id].kind: (rows[work_id].what, None)}
        audit.record(session, "asset.work-remove", FEATURE, [audit.Line(asset_id, told)])


def do_plan(session: Session, row: DueRow, given: Mapping[str, object]) -> DueRow:
    """Say that a plan is done for an asset: on, count, who, what, minutes.

    A ticket that is open for it stays open, and moves the date no more.

    Raises:
        PlanError: The plan is stopped.
        StaleRecordError: Somebody did it in the meantime.
    """
    session.require("asset.service")
    words = {key: "" if value is None else str(value) for key, value in given.items()}
    count = whole(words["count"], "count") if words.get("count") else None
    on = _day(session, words.get("on", ""))
    with audit.writing():
        plan = plans.again(row.plan_id)
        if not plan.active:
            raise PlanError(_("{name} is stopped; take it up again first.").format(name=plan.name))
        if count is not None and row.counter:
            read_counter(session, row.asset_id, row.counter, str(count), on=str(on))
            row = due_again(row.id)
        opening.finish(session, row, Report(
            datetime.combine(on, NOON, session.zone), count,
            clean_line(words.get("who", ""), field="who", limit=120) or session.user.name,
            clean_line(words.get("what", ""), field="what", limit=LINE_LIMIT),
            minutes_of(words.get("minutes", "")), row.ticket_id,
        ))  # fmt: skip
        return due_again(row.id)


def due_again(due_id: int) -> DueRow:
    """Return when a plan is due for an asset, as it is now; raises NotFoundError."""
    row = stored.find_due(due_id)
    if row is None:
        raise NotFoundError(_("plan {number}").format(number=due_id))
    return row


def _day(session: Session, text: str) -> date:
    today = plans.today(session)
    if not text.strip():
        return today
    day = parse_past_day(text, session.now(), session.zone, field="on")
    if day > today:
        raise InvalidChangeError("on", _("{day} is to come").format(day=day))
    return day


def minutes_of(text: str) -> int | None:
    """Return a number of minutes, if any was typed."""
    return minutes("minutes", text) if text.strip() else None


def ticket_of(text: str) -> int | None:
    """Return the ticket of a number, if any was typed; raises NotFoundError."""
    if not text.strip():
        return None
    ticket_id = parse_number(text)
    if not relations.has_ticket(ticket_id):
        raise NotFoundError(_("ticket {number}").format(number=number(ticket_id)))
    return ticket_id


def due_of(plan: PlanRow, asset_id: int) -> DueRow:
    """Return when a plan is due for one asset; raises PlanError."""
    row = stored.find_due_of(plan.id, asset_id)
    if row is None:
        raise PlanError(
            _("{name} is not for {tag}.").format(name=plan.name, tag=again(asset_id).tag)
        )
    return row
