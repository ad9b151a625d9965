"""What hangs on a project by command: risks, people, goals, decisions, baselines."""

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.commands.projects import given_of
from boconsole.doors.output import Answer
from boconsole.language import _

RISK = {
    "title": "title", "probability": "probability", "impact": "impact", "response": "response",
    "plan": "plan", "owner": "owner", "due": "due_on", "state": "state",
}  # fmt: skip
PERSON = {
    "who": "who", "role": "role", "hours": "hours", "influence": "influence",
    "interest": "interest", "note": "note",
}  # fmt: skip


def risk(call: Call) -> Answer:
    """List risks and issues, add one, or change one."""
    from boconsole.doors.commands.knowledge import whole
    from boconsole.projects import reading, risks

    words, session = call.words, call.session()
    project = reading.get(session, words.number).row
    given = given_of(call, RISK)
    if words.issue:
        given["kind"] = risks.ISSUE
    if words.id:
        seen = risks.of_project(session, project.id, whole(words.id, "id"))
        risks.edit(session, seen.id, 0, given)
    elif given:
        risks.create(session, project.id, given)
    found = risks.list_risks(session, project.id)

    def text() -> str:
        cells = [
            (str(row.id), _(risks.KINDS[row.kind]), row.title, str(row.exposure),
             f"{row.probability}×{row.impact}", _(risks.RESPONSES[row.response]),
             row.owner or "-", _(risks.STATES[row.state]))
            for row in found
        ]  # fmt: skip
        if not cells:
            return _("There are no risks.")
        headings = (_("Id"), _("Kind"), _("Title"), _("Exposure"), _("P×I"), _("Response"),
                    _("Owner"), _("State"))  # fmt: skip
        return output.fitted_table(headings, cells, output.terminal_width(), cut=2)

    return Answer([each._asdict() | {"exposure": each.exposure} for each in found], text)


def person(call: Call) -> Answer:
    """List who has a part in a project, add somebody, or take somebody out."""
    from boconsole.doors.commands.knowledge import whole
    from boconsole.projects import people, reading

    words, session = call.words, call.session()
    project = reading.get(session, words.number).row
    given = given_of(call, PERSON)
    if words.remove:
        people.remove(session, whole(words.remove, "remove"))
    elif words.id:
        people.edit(session, whole(words.id, "id"), 0, given)
    elif given:
        people.create(session, project.id, given)
    found = people.list_people(session, project.id)

    def text() -> str:
        cells = [
            (str(row.id), row.name, row.login or row.email or "-", row.role,
             str(row.hours if row.hours is not None else "-"), str(row.influence or "-"),
             str(row.interest or "-"))
            for row in found
        ]  # fmt: skip
        headings = (_("Id"), _("Name"), _("Who"), _("Role"), _("Hours a week"), _("Influence"),
                    _("Interest"))  # fmt: skip
        return output.table(headings, cells) if cells else _("Nobody yet.")

    return Answer([each._asdict() for each in found], text)


def goal(call: Call) -> Answer:
    """List what a project is to reach, add an objective or a key result, or measure one."""
    from boconsole.doors.commands.knowledge import whole
    from boconsole.projects import goals, reading
    from boconsole.projects.fields import day_of

    words, session = call.words, call.session()
    project = reading.get(session, words.number).row
    if words.measure:
        goals.measure(session, whole(words.measure, "measure"), words.current or "")
    elif words.result:
        goals.add_result(session, whole(words.objective or "", "objective"), words.result,
                         words.target or "", words.start or "0", words.unit or "")  # fmt: skip
    elif words.objective:
        goals.add_objective(session, project.id, words.objective, day_of(words.due, "due_on"))
    found = goals.goals(session, project.id)
    value = [
        {**goal.row._asdict(), "progress": goal.progress,
         "results": [{**each._asdict(), "progress": goals.share(each)} for each in goal.results]}
        for goal in found
    ]  # fmt: skip

    def text() -> str:
        cells = []
        for each in found:
            cells.append((str(each.row.id), each.row.title, f"{each.progress}%", ""))
            cells += [
                (f"  {row.id}", f"  {row.title}", f"{goals.share(row)}%",
                 f"{row.start} → {row.current} → {row.target} {row.unit}".strip())
                for row in each.results
            ]  # fmt: skip
        headings = (_("Id"), _("Goal"), _("Done"), _("From, now, to"))
        return output.table(headings, cells) if cells else _("There are no goals.")

    return Answer(value, text)


def decision(call: Call) -> Answer:
    """List decisions, or keep one."""
    from boconsole.projects import reading, reporting
    from boconsole.projects.fields import day_of

    words, session = call.words, call.session()
    project = reading.get(session, words.number).row
    if words.title:
        reporting.decide(session, project.id, words.title, words.reason or "", words.by or "",
                         day_of(words.day, "date"))  # fmt: skip
    found = reporting.decisions(session, project.id)

    def text() -> str:
        cells = [(str(row.decided_on), row.title, row.decided_by, row.reason) for row in found]
        headings = (_("Day"), _("Decision"), _("Who"), _("Reason"))
        told = output.fitted_table(headings, cells, output.terminal_width(), cut=3)
        return told if cells else _("Nothing was decided yet.")

    return Answer([each._asdict() for each in found], text)


def baseline(call: Call) -> Answer:
    """Keep the plan of a project as it is now."""
    from boconsole.projects import baselines, reading

    session = call.session()
    project = reading.get(session, call.words.number).row
    kept = baselines.keep(session, project.id, call.words.name or "")
    return Answer(kept._asdict(), _("{name} is kept.").format(name=kept.name))


def compare(call: Call) -> Answer:
    """Tell what became of a plan since its last baseline."""
    from boconsole.projects import baselines, reading
    from boconsole.projects.words import length, task_number

    session = call.session()
    project = reading.get(session, call.words.number).row
    found = baselines.compare(session, project.id)
    value = [
        {"number": task_number(each.now.id if each.now else each.then.task_id if each.then else 0),
         "title": each.title, "then": each.then.due_on if each.then else None,
         "now": each.now.due_on if each.now else None, "days": each.days, "work": each.work}
        for each in found
    ]  # fmt: skip

    def text() -> str:
        cells = [
            (str(each["number"]), row.title, str(each["then"] or "-"), str(each["now"] or "-"),
             f"{row.days:+d}", length(row.work))
            for each, row in zip(value, found, strict=True)
        ]  # fmt: skip
        headings = (_("Number"), _("Title"), _("Due then"), _("Due now"), _("Days"), _("Work"))
        return output.table(headings, cells) if cells else _("Nothing differs.")

    return Answer(value, text)
