"""Check lists begin: the steps of templates, and what somebody who leaves has to give back.

A list belongs to the transaction of what began it. Tickets are opened for the list, whoever may
open tickets otherwise: those who hire need not be agents.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from boconsole import audit
from boconsole.checklists import handing, templates, words
from boconsole.checklists.errors import EndedListError
from boconsole.errors import BoconsoleError
from boconsole.language import _
from boconsole.session import Session
from boconsole.staff import dated
from boconsole.staff import words as staff_words
from boconsole.staff.dated import Standing
from boconsole.tickets import changing as tickets
from boconsole.tickets import creating, replying
from boconsole.tickets.rows import NewTicket, Ref
from boconsole.tickets.words import FINISHED
from db import users
from db.checklists import lists
from db.checklists.rows import ListRow, StepRow, TemplateStepRow
from db.licences import seats
from db.staff import facts, people

DAY_ENDS = time(17)
PLACE_OF_WORK = 1_000
"""Where what is handed over begins, after all that is given back."""


def start(session: Session, employee_id: int, kind: str, day: date) -> ListRow | None:
    """Begin the list of somebody who comes or goes, or move the one that goes on to another day.

    Args:
        session: Needs `staff.edit`.
        employee_id: Whose.
        kind: One of `words.KINDS`.
        day: The first day of work, or the last one.

    Returns:
        The list; None where no template fits and nothing is to be given back.
    """
    session.require(words.EDIT)
    with audit.writing():
        going = current(employee_id, kind)
        if going is None and kind == words.OFFBOARDING:
            going = _of_this_end(employee_id, day)
        if going is not None:
            return _move(session, going, day)
        one = dated.standings(day, [employee_id])[0]
        steps = _typed(session, one, kind, day)
        if kind == words.OFFBOARDING:
            steps += [*_given_back(one, day, len(steps)), *_handed_over(one, day)]
        if not steps:
            return None
        list_id = lists.insert_list({
            "employee_id": employee_id, "kind": kind, "day": day, "started_at": session.now(),
            "started_by": session.user.id,
        })  # fmt: skip
        for step in steps:
            lists.insert_step({**step, "list_id": list_id})
        told = {"employee": (None, one.number), "kind": (None, kind), "day": (None, str(day)),
                "steps": (None, len(steps))}  # fmt: skip
        audit.record(session, "checklist.start", words.FEATURE, [audit.Line(list_id, told, 1)])
        return lists.find_list(list_id)


def current(employee_id: int, kind: str) -> ListRow | None:
    """Return the list of a kind that goes on: not given up, and with steps to do."""
    from boconsole.checklists.reading import is_done

    for row in lists.select_lists(employee_id):
        if row.kind == kind and row.ended_at is None:
            steps = lists.select_steps([row.id])
            if not all(is_done(step) for step in steps):
                return row
    return None


def _of_this_end(employee_id: int, day: date) -> ListRow | None:
    """Return the off-boarding whose steps are all done, of the employment that ends on a day."""
    spell = facts.select_at("employment", day, [employee_id]).get(employee_id)
    return next((row for row in lists.select_lists(employee_id)
                 if row.kind == words.OFFBOARDING and row.ended_at is None
                 and spell is not None and row.day >= spell.head.starts_on), None)  # fmt: skip


def give_up(session: Session, employee_id: int, kind: str) -> ListRow:
    """End a list whose reason is gone, as when somebody stays after all.

    Raises:
        EndedListError: None goes on.
    """
    session.require(words.EDIT)
    with audit.writing():
        row = current(employee_id, kind)
        if row is None:
            raise EndedListError(staff_words.number(employee_id))
        lists.update_list(row.id, row.version, {"ended_at": session.now()})
        said = _("The check list that this belongs to was given up: look whether it is needed.")
        for step in _with_tickets(row):
            replying.reply(_agent(session), Ref(step.ticket_id or 0), said, internal=True)
        line = audit.Line(row.id, {"ended": (False, True)}, row.version + 1)
        audit.record(session, "checklist.end", words.FEATURE, [line])
        return row


def take_up(session: Session, employee_id: int, kind: str, at: datetime) -> None:
    """Let a list go on that was given up at an instant, with what is undone."""
    for row in lists.select_lists(employee_id):
        if row.kind == kind and row.ended_at == at:
            lists.update_list(row.id, row.version, {"ended_at": None})
            line = audit.Line(row.id, {"ended": (True, False)}, row.version + 1)
            audit.record(session, "checklist.end", words.FEATURE, [line])


def _move(session: Session, row: ListRow, day: date) -> ListRow:
    """Move a list to another day, and add what the person has got since."""
    shift = day - row.day
    steps = lists.select_steps([row.id])
    for step in steps if shift else ():
        if step.done_at is None:
            lists.set_due(step.id, step.due_on + shift)
    for step in _with_tickets(row) if shift else ():
        due = datetime.combine(step.due_on, DAY_ENDS, session.zone)
        if due > session.now():
            refs = [Ref(step.ticket_id or 0)]
            tickets.edit(_agent(session), refs, {"due": due})
    added = 0
    if row.kind == words.OFFBOARDING:
        known = {(step.asset_id, step.seat_id, step.user_id) for step in steps}
        one = dated.standings(day, [row.employee_id])[0]
        for link in _given_back(one, day, len(steps)):
            if (link.get("asset_id"), link.get("seat_id"), link.get("user_id")) not in known:
                lists.insert_step({**link, "list_id": row.id})
                added += 1
    if shift or added:
        lists.update_list(row.id, row.version, {"day": day})
        told: dict[str, tuple[object, object]] = {
            "day": (str(row.day), str(day)), "steps": (len(steps), len(steps) + added),
        }  # fmt: skip
        line = audit.Line(row.id, told, row.version + 1)
        audit.record(session, "checklist.move", words.FEATURE, [line])
    return lists.find_list(row.id) or row


def _with_tickets(row: ListRow) -> list[StepRow]:
    """Return the steps of a list that wait for their ticket."""
    return [step for step in lists.select_steps([row.id]) if step.ticket_id is not None
            and step.done_at is None and step.ticket_state not in FINISHED]  # fmt: skip


def _agent(session: Session) -> Session:
    """Return the session as one that may open and change the tickets of a list."""
    more = {"ticket.create", "ticket.edit", "ticket.reply"}
    return replace(session, permissions=session.permissions | more)


# Steps


def _typed(session: Session, one: Standing, kind: str, day: date) -> list[dict[str, object]]:
    department = one.position.department_id if one.position else None
    found: list[dict[str, object]] = []
    for template in templates.fitting(kind, department):
        for step in template.steps:
            due = day + timedelta(days=step.days)
            columns: dict[str, object] = {
                "place": len(found) + 1, "title": step.title, "owner": step.owner,
                "owner_user_id": _owner(one, step.owner), "due_on": due, "does": step.does,
                "detail": step.detail,
            }  # fmt: skip
            if step.does in (words.TICKET, words.ACCESS):
                columns["ticket_id"] = _open(session, one, step, kind, day, due)
            found.append(columns)
    return found


def _owner(one: Standing, owner: str) -> int | None:
    """Return the account that is to do a step; None for HR, and where there is none."""
    if owner == words.HR:
        return None
    if owner == words.SELF:
        return one.employee.user_id
    if owner == words.MANAGER:
        manager = one.position.manager_id if one.position else None
        found = people.find(manager) if manager else None
        return found.user_id if found else None
    return users.find_id(owner) or None


def _open(
    session: Session, one: Standing, step: TemplateStepRow, kind: str, day: date, due: date
) -> int:
    """Open the ticket of a step; a queue that is gone does not keep it from coming."""
    agent = _agent(session)
    subject = f"{step.title}: {one.employee.name}"
    title = one.position.title if one.position else ""
    department = one.position.department if one.position else ""
    told = (_("{number} {name} begins on {day}.") if kind == words.ONBOARDING
            else _("{number} {name} leaves on {day}."))  # fmt: skip
    said = told.format(number=one.number, name=one.employee.name, day=day)
    body = "\n".join(filter(None, (said, ", ".join(filter(None, (title, department))))))
    fields: dict[str, object] = {"due": datetime.combine(due, DAY_ENDS, session.zone)}
    if due < session.now().astimezone(session.zone).date():
        fields = {}
    whole = {**fields, "queue": step.detail} if step.detail else fields
    try:
        return _begin(agent, NewTicket(subject, body, whole))
    except BoconsoleError:
        return _begin(agent, NewTicket(subject, f"{body}\n{step.detail}".strip(), fields))


def _begin(agent: Session, new: NewTicket) -> int:
    return creating.begin(agent, new, complete=False).tickets[0].id


def _given_back(one: Standing, day: date, place: int) -> list[dict[str, object]]:
    """Return a step for each asset, seat of a licence and account that somebody has."""
    found: list[dict[str, object]] = []

    def add(title: str, does: str, **link: object) -> None:
        found.append({"place": place + len(found) + 1, "title": title, "owner": words.HR,
                      "owner_user_id": None, "due_on": day, "does": does, **link})  # fmt: skip

    contact_id = one.employee.contact_id
    if contact_id is not None:
        for asset_id, tag, name in lists.select_held(contact_id):
            add(_("Take back {tag} {name}").format(tag=tag, name=name), words.RETURN,
                asset_id=asset_id)  # fmt: skip
        for seat in seats.select_of_contact(contact_id):
            add(_("Release {product}").format(product=seat.product), words.SEAT, seat_id=seat.id)
    if one.employee.user_id is not None and one.employee.login:
        add(_("Disable the account {login}").format(login=one.employee.login), words.DISABLE,
            user_id=one.employee.user_id)  # fmt: skip
    return found


def _handed_over(one: Standing, day: date) -> list[dict[str, object]]:
    """Return a step for each kind of thing that somebody leads, owns or is to do yet."""
    return [
        {"place": PLACE_OF_WORK + place, "title": title, "owner": words.HR, "owner_user_id": None,
         "due_on": day, "does": words.PLAIN}
        for place, title in enumerate(handing.titles(one, day))
    ]  # fmt: skip
