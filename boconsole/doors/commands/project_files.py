"""Projects and tasks from files and into files."""

from pathlib import Path

from boconsole.doors.calls import Call
from boconsole.doors.commands.files import import_answer
from boconsole.doors.output import Answer
from boconsole.doors.progress import Progress
from boconsole.language import _, ngettext


def import_projects(call: Call) -> Answer:
    """Take projects in from a file by a map, all or none."""
    from boconsole.projects import importing

    words, session = call.words, call.session()
    with Progress(_("Rows read")) as progress:
        report = importing.import_projects(
            session, Path(words.file), Path(words.map or importing.PROJECTS),
            dry_run=words.dry_run, progress=progress,
        )  # fmt: skip
    return import_answer(report, _("projects made"), _("projects would be made"))


def import_tasks(call: Call) -> Answer:
    """Take tasks in from a file by a map, all or none."""
    from boconsole.projects import importing

    words, session = call.words, call.session()
    with Progress(_("Rows read")) as progress:
        report = importing.import_tasks(
            session, Path(words.file), Path(words.map or importing.TASKS),
            project=words.project or "", dry_run=words.dry_run, progress=progress,
        )  # fmt: skip
    return import_answer(report, _("tasks made"), _("tasks would be made"))


def export_projects(call: Call) -> Answer:
    """Write the projects that match a query to a file."""
    from boconsole.projects import exporting

    *query, name = call.words.words
    done = exporting.export_projects(call.session(), Path(name), " ".join(query))
    told = ngettext("{n} project is in {path}.", "{n} projects are in {path}.", done)
    return Answer({"projects": done, "file": name}, told.format(n=done, path=name))


def export_tasks(call: Call) -> Answer:
    """Write the tasks that match a query, or all of a project, to a file."""
    from boconsole.projects import exporting

    *query, name = call.words.words
    session, path, project = call.session(), Path(name), call.words.project
    if project and not query:
        done = exporting.export_plan(session, path, project)
    else:
        inside = f"project:{project} " if project else ""
        done = exporting.export_tasks(session, path, inside + " ".join(query))
    told = ngettext("{n} task is in {path}.", "{n} tasks are in {path}.", done)
    return Answer({"tasks": done, "file": name}, told.format(n=done, path=name))
