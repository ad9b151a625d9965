"""Check lists by command: seen, ticked, begun, given up, and their templates."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.language import _
from boconsole.ledger.words import parse_day

if TYPE_CHECKING:
    from boconsole.checklists.reading import CheckList
    from boconsole.checklists.templates import Template
    from boconsole.checklists.ticking import StepRow
    from boconsole.session import Session


def _answer(session: "Session", found: "Sequence[CheckList]") -> Answer:
    from boconsole.checklists import reading

    return Answer([reading.record(one, session) for one in found],
                  lambda: _text(session, found))  # fmt: skip


def _text(session: "Session", found: "Sequence[CheckList]") -> str:
    from boconsole.checklists import reading, words
    from boconsole.staff.finding import today_of
    from boconsole.staff.words import number

    today, parts = today_of(session), []
    for one in found:
        kind, who = _(words.KINDS[one.row.kind]), number(one.row.employee_id)
        progress = f"{one.done}/{len(one.steps)}"
        head = f"{who} {one.row.employee} · {kind} {one.row.day} · {progress}"
        rows = []
        for step in one.steps:
            done = reading.is_done(step)
            mark = "x" if done else "!" if step.due_on < today else " "
            rows.append((f"[{mark}]", str(step.id), str(step.due_on), step.title,
                         reading.owner_word(step), reading.link_word(step) or "-"))  # fmt: skip
        headings = ("", _("Id"), _("Due"), _("Step"), _("Owner"), _("Link"))
        parts.append(f"{output.safe(head)}\n{output.table(headings, rows)}")
    return "\n\n".join(parts) or _("Nothing.")


def list_lists(call: Call) -> Answer:
    """List check lists that go on, or all of them."""
    from boconsole.checklists import reading

    session = call.session()
    found = [one for one in reading.every(session) if one.open or call.words.all]
    return _answer(session, found)


def show(call: Call) -> Answer:
    """Show the check lists of a person."""
    from boconsole.checklists import reading
    from boconsole.staff import finding

    session = call.session()
    person = finding.find(session, call.words.number)
    return _answer(session, reading.of_person(session, person.id))


def mine(call: Call) -> Answer:
    """List the steps that are one's own to do."""
    from boconsole.checklists import reading
    from boconsole.staff.finding import today_of

    session = call.session()
    found = reading.mine(session)
    today = today_of(session)
    records = [{"name": row.employee, "kind": row.kind, **reading.step_record(step, today)}
               for row, step in found]  # fmt: skip
    rows = [(str(step.id), str(step.due_on), step.title, row.employee,
             reading.link_word(step) or "-") for row, step in found]  # fmt: skip
    headings = (_("Id"), _("Due"), _("Step"), _("For"), _("Link"))
    return Answer(records, lambda: output.table(headings, rows) if rows else _("Nothing."))


def _step_id(call: Call) -> int:
    text = call.words.step
    if not (text.isascii() and text.isdecimal()):
        raise NotFoundError(_("step {id}").format(id=text[:40]))
    return int(text)


def _ticked(session: "Session", step: "StepRow", told: str) -> Answer:
    from boconsole.checklists import reading
    from boconsole.staff.finding import today_of

    record = reading.step_record(step, today_of(session))
    return Answer(record, told.format(title=output.safe(step.title)))


def tick(call: Call) -> Answer:
    """Do a step."""
    from boconsole.checklists import ticking

    session = call.session()
    step = ticking.tick(session, _step_id(call), tag=call.words.tag, said=call.words.note)
    return _ticked(session, step, _("“{title}” is done."))


def untick(call: Call) -> Answer:
    """Say that a step is not done after all."""
    from boconsole.checklists import ticking

    session = call.session()
    return _ticked(session, ticking.untick(session, _step_id(call)), _("“{title}” is to be done."))


def undo(call: Call) -> Answer:
    """Take the last tick back."""
    from boconsole.checklists import ticking

    session = call.session()
    return _ticked(session, ticking.undo_last(session), _("“{title}” is to be done."))


def start(call: Call) -> Answer:
    """Begin a check list by hand."""
    from boconsole.checklists import reading, starting, words
    from boconsole.staff import finding

    session = call.session()
    person = finding.find(session, call.words.number)
    kind = words.kind_of(call.words.kind)
    if starting.start(session, person.id, kind, parse_day(call.words.on, field="on")) is None:
        raise InvalidChangeError("kind", _("no template fits, and nothing is to be given back"))
    return _answer(session, reading.of_person(session, person.id)[:1])


def cancel(call: Call) -> Answer:
    """Give a check list up."""
    from boconsole.checklists import reading, starting, words
    from boconsole.staff import finding

    session = call.session()
    person = finding.find(session, call.words.number)
    row = starting.give_up(session, person.id, words.kind_of(call.words.kind))
    found = [one for one in reading.of_person(session, person.id) if one.row.id == row.id]
    return _answer(session, found)


def list_templates(call: Call) -> Answer:
    """List templates with their steps."""
    from boconsole.checklists import templates

    found = templates.every(call.session())
    return Answer([one.record() for one in found],
                  lambda: "\n\n".join(map(_template_text, found)) or _("Nothing."))  # fmt: skip


def _template_text(one: "Template") -> str:
    from boconsole.checklists import templates, words

    row = one.row
    head = " · ".join(filter(None, (row.name, _(words.KINDS[row.kind]), row.department,
                                    _("closed") if row.closed else "")))  # fmt: skip
    return output.safe("\n".join((head, *(f"  {templates.line_of(step)}" for step in one.steps))))


def put_template(call: Call) -> Answer:
    """Add or change a template; what is not given stays."""
    from boconsole.checklists import templates, words

    session, given = call.session(), call.words
    try:
        old = templates.named(session, given.name)
    except NotFoundError:
        old = None
    lines = given.step or [templates.line_of(step) for step in (old.steps if old else ())]
    kind = given.kind or (old.row.kind if old else words.ONBOARDING)
    department = given.department
    if department is None:
        department = old.row.department if old else ""
    found = templates.put(session, given.name, kind, lines, department=department,
                          closed=given.closed)  # fmt: skip
    return Answer(found.record(), _template_text(found))
