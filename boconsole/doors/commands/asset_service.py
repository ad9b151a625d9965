"""Service of assets by command: plans, counters, entries of work."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.commands.licences import whole
from boconsole.doors.commands.tickets import parse_assignments
from boconsole.doors.output import Answer
from boconsole.errors import NotFoundError
from boconsole.language import _

if TYPE_CHECKING:
    from db.assets.plan_rows import DueRow, PlanRow

LIMIT = "50"
OPTIONS = (
    "asset", "model", "category", "every", "starts", "after", "lead", "counter", "count_every",
    "count_lead", "subject", "body", "queue", "assignee", "priority",
)  # fmt: skip


# Plans


def list_plans(call: Call) -> Answer:
    """List plans that match a query."""
    from boconsole.assets.service import plan_list

    words = call.words
    page = plan_list.list_page(
        call.session(), " ".join(words.query), words.after or "",
        whole(words.limit or LIMIT, "limit"),
    )  # fmt: skip
    value = [
        {**plan_record(row), "cursor": cursor}
        for row, cursor in zip(page.rows, page.cursors, strict=True)
    ]
    more = (_("More follow; see --limit and --after."),) if page.more else ()

    def text() -> str:
        cells = [
            (str(row.id), row.name, row.target, span(row), str(row.next_on or ""),
             str(row.assets), str(row.open or ""))
            for row in page.rows
        ]  # fmt: skip
        headings = (_("No."), _("Plan"), _("For"), _("Every"), _("Next"), _("Assets"),
                    _("Tickets"))  # fmt: skip
        return output.table(headings, cells, right=frozenset((0, 5, 6))) if cells else _("Nothing.")

    return Answer(value, text, more)


def span(row: "PlanRow | DueRow") -> str:
    """Return how often a plan is due: `3mo, 10000 km`."""
    parts = [row.every] if row.every else []
    parts += [f"{row.count_every} {row.counter}"] if row.count_every else []
    return ", ".join(parts)


def plan_record(row: "PlanRow") -> dict[str, object]:
    """Return a plan for programs."""
    from boconsole.assets.service.plans import words_of

    words = words_of(row)
    return {
        "id": row.id, **{field: word or None for field, word in words.items()},
        "lead": row.lead_days, "count_every": row.count_every or None,
        "count_lead": row.count_lead or None, "active": row.active, "next_on": row.next_on,
        "assets": row.assets, "open_tickets": row.open,
    }  # fmt: skip


def new_plan(call: Call) -> Answer:
    """Add a plan."""
    from boconsole.assets.service import plans

    words = call.words
    given = {part: getattr(words, part) for part in OPTIONS if getattr(words, part) is not None}
    return _planned(plans.add(call.session(), {"name": words.name, **given}))


def edit_plan(call: Call) -> Answer:
    """Change a plan."""
    from boconsole.assets.service import plan_list, plans

    session = call.session()
    plan = plan_list.find(session, call.words.plan)
    return _planned(plans.edit(session, plan, parse_assignments(call.words.changes)))


def stop_plan(call: Call) -> Answer:
    """Follow a plan no more."""
    return _set_active(call, active=False)


def resume_plan(call: Call) -> Answer:
    """Follow a plan again."""
    return _set_active(call, active=True)


def _set_active(call: Call, *, active: bool) -> Answer:
    from boconsole.assets.service import plan_list, plans

    session = call.session()
    plan = plan_list.find(session, call.words.plan)
    return _planned(plans.set_active(session, plan, active=active))


def _planned(plan: "PlanRow") -> Answer:
    def text() -> str:
        if not plan.active:
            return _("{name} is stopped.").format(name=plan.name)
        when = str(plan.next_on or span(plan))
        told = _("{number} {name} for {target}: next {when}, assets: {n}.")
        return told.format(number=plan.id, name=plan.name, target=plan.target, when=when,
                           n=plan.assets)  # fmt: skip

    return Answer(plan_record(plan), text)


def list_due(call: Call) -> Answer:
    """Tell when the plans of an asset, or a plan for its assets, are due."""
    from boconsole.assets import reading as assets
    from boconsole.assets.service import plan_list, reading

    session, which = call.session(), call.words.which
    try:
        rows = reading.dues_of(session, assets.find(session, which).id)
    except NotFoundError:
        rows = reading.dues_of_plan(session, plan_list.find(session, which).id)
    return _dues(rows)


def _dues(rows: "Sequence[DueRow]") -> Answer:
    def text() -> str:
        cells = [
            (row.tag, row.plan, span(row), str(row.next_on or ""), _counted(row),
             ticket_word(row.ticket_id), str(row.done_on or ""))
            for row in rows
        ]  # fmt: skip
        headings = (_("Tag"), _("Plan"), _("Every"), _("Next"), _("Counter"), _("Ticket"),
                    _("Done"))  # fmt: skip
        return output.table(headings, cells) if cells else _("Nothing.")

    return Answer([due_record(row) for row in rows], text)


def _counted(row: "DueRow") -> str:
    if row.next_count is None:
        return ""
    return f"{'-' if row.shown is None else row.shown} / {row.next_count} {row.counter}"


def ticket_word(ticket_id: int | None) -> str:
    """Return the number of a ticket, or nothing."""
    from boconsole.tickets.words import number

    return number(ticket_id) if ticket_id else ""


def due_record(row: "DueRow") -> dict[str, object]:
    """Return when a plan is due for programs."""
    return {
        "plan": row.plan, "plan_id": row.plan_id, "tag": row.tag, "next_on": row.next_on,
        "next_count": row.next_count, "counter": row.counter or None, "shown": row.shown,
        "ticket": ticket_word(row.ticket_id) or None, "done_on": row.done_on,
        "done_count": row.done_count,
    }  # fmt: skip


def do_plan(call: Call) -> Answer:
    """Say that a plan is done for an asset."""
    from boconsole.assets import reading as assets
    from boconsole.assets.service import doing, plan_list

    session, words = call.session(), call.words
    plan = plan_list.find(session, words.plan)
    row = doing.due_of(plan, assets.find(session, words.tag).id)
    given = {part: getattr(words, part) for part in ("on", "count", "who", "what", "minutes")}
    return _dues([doing.do_plan(session, row, given)])


# Counters and work


def list_readings(call: Call) -> Answer:
    """List what counters showed."""
    from boconsole.assets import reading as assets
    from boconsole.assets.service import reading

    session = call.session()
    rows = reading.readings_of(session, assets.find(session, call.words.tag).id)

    def text() -> str:
        cells = [(str(row.read_on), row.counter, str(row.value), row.who, row.reason)
                 for row in rows]  # fmt: skip
        headings = (_("Date"), _("Counter"), _("Value"), _("By"), _("Reason"))
        return output.table(headings, cells, right=frozenset((2,))) if cells else _("Nothing.")

    value = [
        {"date": row.read_on, "counter": row.counter, "value": row.value, "by": row.who,
         "reason": row.reason or None}
        for row in rows
    ]  # fmt: skip
    return Answer(value, text)


def new_reading(call: Call) -> Answer:
    """Note what a counter shows."""
    from boconsole.assets import reading as assets
    from boconsole.assets.service import doing

    session, words = call.session(), call.words
    ref = assets.find(session, words.tag)
    row = doing.read_counter(
        session, ref.id, words.counter, words.value, on=words.on, reason=words.reason
    )
    told = _("{tag} shows {value} {unit}.").format(
        tag=assets.get(session, ref.id).tag, value=row.value, unit=row.counter
    )
    return Answer({"counter": row.counter, "value": row.value, "date": row.read_on}, told)


def list_work(call: Call) -> Answer:
    """Tell all work on an asset, and what it cost."""
    from boconsole.assets import reading as assets
    from boconsole.assets.service import reading
    from boconsole.assets.service.words import WORK_TITLES

    session = call.session()
    asset_id = assets.find(session, call.words.tag).id
    lines, costs = reading.history(session, asset_id), reading.costs_of(session, asset_id)
    value = {
        "work": [
            {"date": line.day, "kind": line.kind, "id": line.id, "what": line.what,
             "who": line.who or None, "minutes": line.minutes,
             "ticket": ticket_word(line.ticket_id) or None, "cost": line.cost or None,
             "about": line.about or None}
            for line in lines
        ],
        "costs": [cost._asdict() for cost in costs],
    }  # fmt: skip

    def text() -> str:
        cells = [
            (str(line.day), _(WORK_TITLES[line.kind]), str(line.id), line.what, line.who,
             str(line.minutes or ""), ticket_word(line.ticket_id), line.cost, line.about)
            for line in lines
        ]  # fmt: skip
        headings = (_("Date"), _("Kind"), _("No."), _("What"), _("Who"), _("Minutes"),
                    _("Ticket"), _("Costs"), _("About"))  # fmt: skip
        told = output.table(headings, cells, right=frozenset((2, 5, 7))) if cells else _("Nothing.")
        sums = [
            _("{currency}: bought {purchase}, repairs {repairs}, together {total}.").format(
                **cost._asdict()
            )
            for cost in costs
        ]
        return "\n".join([told, *sums])

    return Answer(value, text)


def new_work(call: Call) -> Answer:
    """Note work done on an asset."""
    from boconsole.assets import reading as assets
    from boconsole.assets.service import doing

    session, words = call.session(), call.words
    ref = assets.find(session, words.tag)
    given = {part: getattr(words, part) for part in ("what", "kind", "on", "who", "minutes",
                                                     "ticket")}  # fmt: skip
    (entry,) = doing.add_work(session, [ref.id], given)
    told = _("Entry {n} is noted.").format(n=entry)
    return Answer({"id": entry, "tag": assets.get(session, ref.id).tag}, told)


def remove_work(call: Call) -> Answer:
    """Take an entry away."""
    from boconsole.assets import reading as assets
    from boconsole.assets.service import doing

    session, words = call.session(), call.words
    entry = whole(words.entry, "entry")
    doing.remove_work(session, assets.find(session, words.tag).id, entry)
    return Answer({"removed": entry}, _("Entry {n} is taken away.").format(n=entry))
