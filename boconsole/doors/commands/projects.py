"""Projects by command: added, listed, shown, changed, reported, scheduled."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors import project_records as records
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _

if TYPE_CHECKING:
    from boconsole.projects.reading import Project, ProjectRow
    from boconsole.projects.scheduling import Schedule

LIMIT, MOST = 50, 10_000
FIELDS = {
    "name": "name", "goal": "goal", "owner": "owner", "sponsor": "sponsor",
    "organisation": "organisation", "start": "start_on", "due": "due_on", "budget": "budget",
    "tag": "tag", "holidays": "holidays",
}  # fmt: skip


def new(call: Call) -> Answer:
    """Begin a project."""
    from boconsole.projects import changing

    given = given_of(call, FIELDS)
    given.setdefault("name", call.words.title)
    made = changing.create(call.session(), given, call.words.state)
    return _told(made, _("{number} is there; tasks new --project {number} adds its tasks."))


def edit(call: Call) -> Answer:
    """Change a project."""
    from boconsole.projects import changing, reading

    session, given = call.session(), given_of(call, FIELDS)
    seen = reading.get(session, call.words.number).row
    done = changing.edit(session, seen.id, version_of(call), given) if given else None
    if call.words.state:
        done = changing.set_state(session, seen.id, call.words.state)
    return _told(done or reading.get(session, seen.id), _("{number} is kept."))


def undo(call: Call) -> Answer:
    """Take back the last change of tasks or a project."""
    from boconsole.projects import undoing

    numbers = undoing.undo_last(call.session())
    return Answer({"undone": numbers}, _("Undone: {numbers}.").format(numbers=", ".join(numbers)))


def list_projects(call: Call) -> Answer:
    """List projects."""
    from boconsole.projects import reading
    from db.keyset import CursorError

    session = call.session()
    query, limit = query_of(call)
    try:
        page = reading.list_projects(session, query, call.words.after, limit)
    except CursorError as error:
        raise InvalidChangeError("after", str(error)) from error
    value = [{**records.project(row), "cursor": cursor}
             for row, cursor in zip(page.rows, page.cursors, strict=True)]  # fmt: skip
    return Answer(value, lambda: table(page.rows), more_note(page.cursors, page.more))


def table(rows: Sequence["ProjectRow"]) -> str:
    """Return projects for people."""
    from boconsole.projects.words import RAGS, STATES, number

    cells = [
        (number(row.id), _(RAGS[row.rag]) if row.rag else "-", row.name, _(STATES[row.state]),
         row.owner or "-", f"{row.progress}%", f"{row.tasks_done}/{row.tasks}",
         str(row.due_on or "-"), row.next_milestone)
        for row in rows
    ]  # fmt: skip
    if not cells:
        return _("No project matches.")
    headings = (_("Number"), _("RAG"), _("Name"), _("State"), _("Owner"), _("Done"), _("Tasks"),
                _("Due"), _("Next milestone"))  # fmt: skip
    return output.fitted_table(headings, cells, output.terminal_width(), cut=2)


def show(call: Call) -> Answer:
    """Show a project with its tasks, its money and how it stands."""
    from boconsole.projects import costing, goals, people, reporting, risks
    from boconsole.projects.words import STATES

    session = call.session()
    found = costing.forecast(session, call.words.number)
    plan = found.schedule.plan
    row = plan.project
    value = {
        **records.project(row), "plan": records.plan(plan), "money": records.money(found.money),
        "forecast": records.forecast(found),
        "risks": [each._asdict() | {"exposure": each.exposure}
                  for each in risks.list_risks(session, row.id)],
        "goals": [{"objective": goal.row.title, "progress": goal.progress,
                   "results": [each._asdict() for each in goal.results]}
                  for goal in goals.goals(session, row.id)],
        "people": [each._asdict() for each in people.list_people(session, row.id)],
        "decisions": [each._asdict() for each in reporting.decisions(session, row.id)],
        "reports": [each._asdict() for each in reporting.reports(session, row.id)],
    }  # fmt: skip

    def text() -> str:
        from boconsole.doors.commands.tasks import tree_table

        pairs = [
            (_("Number"), plan.number), (_("Name"), row.name), (_("State"), _(STATES[row.state])),
            (_("Owner"), row.owner), (_("Goal"), row.goal), (_("Start"), str(row.start_on)),
            (_("Due"), str(row.due_on or "")), (_("Done"), f"{row.progress}%"),
            (_("Forecast"), f"{found.finish or '-'}, {found.why}"),
            (_("Budget"), str(records.money(found.money)["budget"] or "")),
            (_("Spent"), str(records.money(found.money)["actual"])),
            (_("Status"), f"{row.rag} {row.rag_reason}".strip()),
        ]  # fmt: skip
        told = output.pairs([(name, value) for name, value in pairs if value])
        return f"{told}\n\n{tree_table(plan)}"

    return Answer(value, text)


# How it stands


def status(call: Call) -> Answer:
    """Report how a project stands, or list what was reported."""
    from boconsole.projects import reading, reporting

    words, session = call.words, call.session()
    row = reading.get(session, words.number).row
    if words.rag:
        found = [reporting.report(session, row.id, words.rag, words.reason or "",
                                  words.achieved or "", words.planned or "")]  # fmt: skip
    elif words.reason:
        raise InvalidChangeError("rag", _("is needed: green, amber or red"))
    else:
        found = reporting.reports(session, row.id)

    def text() -> str:
        cells = [(f"{each.at:%Y-%m-%d}", _(each.rag), f"{each.progress}%", each.reason, each.author)
                 for each in found]  # fmt: skip
        if not cells:
            return _("Nothing was reported yet.")
        headings = (_("When"), _("RAG"), _("Done"), _("Reason"), _("Author"))
        return output.fitted_table(headings, cells, output.terminal_width(), cut=3)

    value = [each._asdict() for each in found]
    return Answer(value[0] if words.rag else value, text)


def schedule(call: Call) -> Answer:
    """Tell when each task of a project can be done, and which may not be late."""
    from boconsole.projects import scheduling

    found = scheduling.schedule(call.session(), call.words.number)
    return Answer(records.schedule(found), lambda: _schedule_text(found))


def _schedule_text(found: "Schedule") -> str:
    from boconsole.projects.words import task_number

    cells = [
        (task_number(each.task.id), each.task.title, str(each.task.days), str(each.early_start),
         str(each.early_finish), str(each.late_start), str(each.late_finish),
         str(each.total_slack), "*" if each.critical else "")
        for each in found.tasks
    ]  # fmt: skip
    if not cells:
        return _("There are no tasks.")
    headings = (_("Number"), _("Title"), _("Days"), _("Earliest start"), _("Earliest end"),
                _("Latest start"), _("Latest end"), _("Slack"), _("Critical"))  # fmt: skip
    return output.fitted_table(headings, cells, output.terminal_width(), cut=1)


def follow(call: Call) -> Answer:
    """Let dates follow what tasks wait for; shows what moves."""
    from boconsole.projects import reading, scheduling
    from boconsole.projects.words import task_number

    session, words = call.session(), call.words
    plan = reading.plan(session, words.number)
    found = scheduling.moves(plan, reading.today(session), pull=words.pull)
    if not words.dry_run:
        scheduling.follow(session, plan.project.id, pull=words.pull)
    value = [
        {"number": task_number(move.task.id), "title": move.task.title,
         "start": [move.task.start_on, move.start_on], "due": [move.task.due_on, move.due_on]}
        for move in found
    ]  # fmt: skip

    def text() -> str:
        cells = [
            (task_number(move.task.id), move.task.title, str(move.task.start_on or "-"),
             str(move.start_on), str(move.task.due_on or "-"), str(move.due_on))
            for move in found
        ]  # fmt: skip
        if not cells:
            return _("Nothing has to move.")
        headings = (_("Number"), _("Title"), _("Start"), _("then"), _("Due"), _("then"))
        return output.table(headings, cells)

    return Answer({"moved": value, "done": not words.dry_run}, text)


def forecast(call: Call) -> Answer:
    """Tell money, earned value and the end of a project, from its own data."""
    from boconsole.doors.commands import project_figures
    from boconsole.projects import costing

    found = costing.forecast(call.session(), call.words.number, call.words.method or "typical")
    value = {"project": found.schedule.plan.number, **records.forecast(found),
             "money": records.money(found.money)}  # fmt: skip

    def text() -> str:
        money = records.money(found.money)
        pairs = [
            (_("Planned"), f"{found.planned:.1f}%"), (_("Done"), f"{found.complete:.1f}%"),
            (_("Schedule"), str(found.schedule.finish)),
            (_("Forecast"), f"{found.finish or '-'}, {found.why}"),
            *((_(label), str(money[name])) for name, label in MONEY if money[name] is not None),
            *((_("Left out"), each) for each in found.money.left_out),
        ]  # fmt: skip
        told = output.pairs(pairs)
        return f"{told}\n\n{project_figures.told(found.value)}" if found.value else told

    return Answer(value, text)


MONEY = (
    ("budget", N_("Budget")), ("labour", N_("Labour")), ("ledger", N_("Ledger")),
    ("actual", N_("Spent")), ("left", N_("Left")),
)  # fmt: skip


# Shared with tasks and time


def query_of(call: Call) -> tuple[str, int]:
    """Return the query that was typed, and how many rows are wanted."""
    from boconsole.doors.commands.knowledge import whole

    limit = whole(call.words.limit, "limit") if call.words.limit else LIMIT
    if not 1 <= limit <= MOST:
        raise InvalidChangeError("limit", _("lies between 1 and {most}").format(most=MOST))
    return " ".join(call.words.query), limit


def more_note(cursors: Sequence[str], more: bool) -> tuple[str, ...]:
    """Return the sentence that tells how to read on."""
    return (_("next: --after {cursor}").format(cursor=cursors[-1]),) if more else ()


def given_of(call: Call, fields: dict[str, str]) -> dict[str, object]:
    """Return the fields that were typed, under their names."""
    found = {name: getattr(call.words, option, None) for option, name in fields.items()}
    return {name: value for name, value in found.items() if value is not None}


def version_of(call: Call) -> int:
    """Return the version that was seen, 0 where none is named."""
    from boconsole.doors.commands.knowledge import whole

    return whole(call.words.if_version, "if-version") if call.words.if_version else 0


def _told(project: "Project", sentence: str) -> Answer:
    return Answer(records.project(project.row), sentence.format(number=project.number))
