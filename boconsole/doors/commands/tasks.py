"""Tasks by command: added, listed, changed, moved, linked."""

from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors import project_records as records
from boconsole.doors.calls import Call
from boconsole.doors.commands.projects import given_of, more_note, query_of, version_of
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boconsole.projects.reading import Plan, Task, TaskRow

FIELDS = {
    "title": "title", "note": "note", "owner": "owner", "estimate": "estimate",
    "remaining": "remaining", "percent": "percent", "days": "days", "start": "start_on",
    "due": "due_on", "cost": "cost",
}  # fmt: skip


def new(call: Call) -> Answer:
    """Add a task to a project."""
    from boconsole.projects import linking, reading, tasking
    from boconsole.projects.words import MILESTONE, parse_task_number

    words, session = call.words, call.session()
    project = reading.get(session, words.project).row
    given = given_of(call, FIELDS)
    given.setdefault("title", words.text)
    if words.milestone:
        given["kind"] = MILESTONE
    parent = parse_task_number(words.parent) if words.parent else None
    links = linking.read_links(words.after or "")
    made = tasking.create(session, project.id, given, parent)
    if links:
        made = linking.relink(session, made.row.id, words.after)
    return told([made], _("{numbers} is there."))


def edit(call: Call) -> Answer:
    """Change a task."""
    from boconsole.projects import reading, tasking

    session = call.session()
    row = reading.get_task(session, call.words.number).row
    seen = row._replace(version=version_of(call))
    done = tasking.edit(session, seen, given_of(call, FIELDS))
    return told([done], _("{numbers} is kept."))


def list_tasks(call: Call) -> Answer:
    """List tasks of all projects, or one as a tree."""
    from boconsole.projects import reading
    from db.keyset import CursorError

    session, words = call.session(), call.words
    if words.project and not words.query:
        plan = reading.plan(session, words.project)
        return Answer(records.plan(plan), lambda: tree_table(plan))
    query, limit = query_of(call)
    if words.project:
        query = f"project:{reading.get(session, words.project).row.id} {query}"
    try:
        page = reading.list_tasks(session, query, words.from_cursor, limit)
    except CursorError as error:
        raise InvalidChangeError("after", str(error)) from error
    value = [{**records.task(row), "cursor": cursor}
             for row, cursor in zip(page.rows, page.cursors, strict=True)]  # fmt: skip
    return Answer(value, lambda: table(page.rows), more_note(page.cursors, page.more))


def show(call: Call) -> Answer:
    """Show a task with what it waits for and the time that was spent on it."""
    from boconsole.projects import linking, reading, timing
    from boconsole.projects.words import TASK_STATES, length, task_number

    session = call.session()
    row = reading.get_task(session, call.words.number).row
    plan = reading.plan(session, row.project_id)
    own = next(each for each in records.plan(plan) if each["number"] == task_number(row.id))
    spent = [] if row.children or not row.days else timing.of_subject(session, task_number(row.id))

    def text() -> str:
        pairs = [
            (_("Number"), task_number(row.id)), (_("Title"), row.title),
            (_("Project"), f"{plan.number} {row.project}"), (_("State"), _(TASK_STATES[row.state])),
            (_("Owner"), row.owner), (_("Done"), f"{row.percent}%"),
            (_("Estimate"), length(row.estimate) if row.estimate else ""),
            (_("Spent"), length(row.spent) if row.spent else ""),
            (_("Days"), f"{row.start_on or '-'} → {row.due_on or '-'} ({row.days})"),
            (_("Waits for"), linking.links_text(plan.links, row.id)), (_("Note"), row.note),
        ]  # fmt: skip
        return output.pairs([(name, value) for name, value in pairs if value])

    return Answer({**own, "time": [records.entry(each) for each in spent]}, text)


def move(call: Call) -> Answer:
    """Move tasks to a state, or a task elsewhere in the tree."""
    from boconsole.projects import reading, tasking
    from boconsole.projects.words import TASK_STATES, parse_task_number

    session, words = call.session(), call.words
    if words.parent is None and words.before is None:
        *numbers, state = words.numbers
        if not numbers or state not in TASK_STATES:
            raise InvalidChangeError(
                "state", _("is one of {words}").format(words=", ".join(TASK_STATES))
            )
        return _to_state(call, numbers, state)
    if len(words.numbers) != 1:
        raise InvalidChangeError("number", _("one task at a time goes elsewhere in the tree"))
    row = reading.get_task(session, words.numbers[0]).row
    before = reading.get_task(session, words.before).row if words.before else None
    parent = before.parent_id if before else row.parent_id
    if words.parent is not None:
        parent = parse_task_number(words.parent) if words.parent not in ("", "-") else None
    moved = tasking.place(session, row, parent, before.id if before else None)
    return told([moved], _("{numbers} is elsewhere now."))


def done(call: Call) -> Answer:
    """Finish tasks."""
    return _to_state(call, call.words.numbers, "done")


def _to_state(call: Call, numbers: list[str], state: str) -> Answer:
    from boconsole.projects import reading, tasking
    from boconsole.projects.words import TASK_STATES

    session = call.session()
    seen = [reading.get_task(session, each).row for each in numbers]
    moved = tasking.set_state(session, seen, state)
    return told(moved, _("{numbers}: {state}.").replace("{state}", _(TASK_STATES[state])))


def link(call: Call) -> Answer:
    """Let a task wait for another one, or no longer."""
    from boconsole.projects import linking
    from boconsole.projects.words import parse_task_number

    words, session = call.words, call.session()
    after, before = map(parse_task_number, (words.number, words.after))
    if words.remove:
        return told([linking.unlink(session, before, after)], _("{numbers} waits no longer."))
    kind, lag = linking.read_how(words.kind or "")
    if words.lag:
        lag = linking.read_how(words.lag if words.lag[:1] in "+-" else f"+{words.lag}")[1]
    linked = linking.link(session, before, after, kind, lag)
    return told([linked], _("{numbers} waits for {other}.").replace("{other}", words.after))


# For people


def told(found: "Sequence[Task]", sentence: str) -> Answer:
    """Return tasks, and a sentence about them."""
    numbers = ", ".join(each.number for each in found)
    value = [records.task(each.row) for each in found]
    return Answer(value[0] if len(value) == 1 else value, sentence.format(numbers=numbers))


def table(rows: "Sequence[TaskRow]") -> str:
    """Return tasks of all projects."""
    from boconsole.projects.words import TASK_STATES, length, number, task_number

    cells = [
        (task_number(row.id), _(TASK_STATES[row.state]), row.title, row.owner or "-",
         str(row.due_on or "-"), f"{row.percent}%", length(row.estimate) if row.estimate else "-",
         number(row.project_id))
        for row in rows
    ]  # fmt: skip
    if not cells:
        return _("No task matches.")
    headings = (_("Number"), _("State"), _("Title"), _("Owner"), _("Due"), _("Done"),
                _("Estimate"), _("Project"))  # fmt: skip
    return output.fitted_table(headings, cells, output.terminal_width(), cut=2)


def tree_table(plan: "Plan") -> str:
    """Return the tasks of a project as a tree."""
    from boconsole.projects import linking, tree
    from boconsole.projects.words import TASK_STATES, length, task_number

    cells = [
        (task_number(node.task.id), "  " * node.depth + node.task.title,
         _(TASK_STATES[node.task.state]), node.task.owner or "-", f"{node.task.percent}%",
         length(node.task.estimate) if node.task.estimate else "-",
         str(node.task.start_on or "-"), str(node.task.due_on or "-"),
         linking.links_text(plan.links, node.task.id))
        for node in tree.walk(plan.tasks)
    ]  # fmt: skip
    if not cells:
        return _("There are no tasks.")
    headings = (_("Number"), _("Title"), _("State"), _("Owner"), _("Done"), _("Estimate"),
                _("Start"), _("Due"), _("Waits for"))  # fmt: skip
    return output.fitted_table(headings, cells, output.terminal_width(), cut=1)
