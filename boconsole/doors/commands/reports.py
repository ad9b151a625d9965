"""Reports by command: as tables, for programs, and as files."""

from pathlib import Path
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.doors.progress import Progress
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.reports import running, telling
from boconsole.reports.running import Parameters, Result

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from boconsole.reports.scheduling import ScheduleRow

TEXTS = ("csv", "svg")
"""Formats that can be printed."""


def list_reports(call: Call) -> Answer:
    """List the reports that the reader may run."""
    found = running.seen(call.session())
    value = [
        {"name": one.name, "title": _(one.title), "area": one.area, "about": _(one.about),
         "by": list(one.by), "query": one.filtered, "days": one.spans}
        for one in found
    ]  # fmt: skip
    rows = [[one.name, _(one.title), ", ".join(one.by) or "-"] for one in found]
    return Answer(value, lambda: output.fitted_table(
        (_("Report"), _("Title"), _("By")), rows, output.terminal_width(), cut=2))  # fmt: skip


def parameters(call: Call) -> Parameters:
    """Return what was typed of a report."""
    words = call.words
    return Parameters(words.starts, words.ends, words.by, words.query, words.of)


def run(call: Call) -> Answer:
    """Run a report, and print or write it."""
    from boconsole.reports import exporting

    words = call.words
    form = "" if words.form == "table" else words.form
    if form and form not in exporting.FORMATS:
        raise InvalidChangeError("format", _("expected one of {words}").format(
            words=", ".join(("table", *exporting.FORMATS))))  # fmt: skip
    if words.output:
        exporting.format_of(Path(words.output), form)
    elif form and form not in (*TEXTS, "json") and (words.json or not output.takes_bytes()):
        raise InvalidChangeError("output", _("name a file for {form}").format(form=form))
    with Progress(_("Months of tickets counted")) as progress:
        result = running.run(call.session(), words.name, parameters(call),
                             lambda done, of: progress(done, done / of))  # fmt: skip
    if words.output:
        exporting.write(result, Path(words.output), form=form, overwrite=words.force)
        told = _("Written to {path}.").format(path=words.output)
        return Answer({"file": words.output, "rows": len(result.answer.rows)}, told)
    if form in TEXTS and not words.json:
        text = exporting.text(result, form)
        return Answer(None, text.rstrip("\n"))
    if form == "json":
        output.put(output.as_json_text(telling.record(result)) + "\n")
        return Answer()
    if form and not words.json:
        output.put_bytes(exporting.content(result, form))
        return Answer()
    return Answer(telling.record(result), lambda: _table(result))


def _table(result: Result) -> str:
    columns = result.answer.columns
    title = f"{telling.title(result)}   {telling.days(result)}"
    rows = telling.lines(result)
    if not result.answer.rows:
        return f"{title}\n\n" + _("Nothing.")
    right = frozenset(place for place, column in enumerate(columns) if column.kind != "text")
    told = output.table([column.title for column in columns], rows, right=right)
    return "\n\n".join(filter(None, (title, told, "\n".join(result.answer.told))))


def add_schedule(call: Call) -> Answer:
    """Schedule a report."""
    from boconsole.reports import delivering, scheduling

    words = call.words
    folder = str(Path(words.folder).expanduser().absolute()) if words.folder else ""
    wish = scheduling.Wish(words.title, words.name, parameters(call), words.form, words.every,
                           words.at, folder, words.mail)  # fmt: skip
    session = call.session()
    row = scheduling.add(session, wish)
    return Answer(delivering.record(row), _due(row, session.zone))


def list_schedules(call: Call) -> Answer:
    """List the reader's schedules."""
    from boconsole.reports import delivering, scheduling

    session = call.session()
    found = scheduling.listed(session)
    zone = session.zone
    rows = [
        [row.name, row.report, row.every, row.form, row.folder or row.address,
         output.local(row.next_at, zone) if row.active else _("paused"),
         delivering.told(row)[0] or "-"]
        for row in found
    ]  # fmt: skip
    headings = (_("Name"), _("Report"), _("Every"), _("Format"), _("To"), _("Next"), _("Last"))
    return Answer([delivering.record(row) for row in found],
                  lambda: output.table(headings, rows) if rows else _("Nothing."))  # fmt: skip


def edit_schedule(call: Call) -> Answer:
    """Change when a schedule runs, in which format, and where it goes to."""
    from boconsole.reports import delivering, scheduling

    words, session = call.words, call.session()
    row = scheduling.own(session, words.title)
    wish = scheduling.wish_of(row)
    if words.folder or words.mail:
        folder = str(Path(words.folder).expanduser().absolute()) if words.folder else ""
        wish = wish._replace(folder=folder, address=words.mail or "")
    wish = wish._replace(every=words.every or wish.every, at=words.at or wish.at,
                         form=words.form or wish.form)  # fmt: skip
    row = scheduling.edit(session, row, wish)
    return Answer(delivering.record(row), _due(row, session.zone))


def _due(row: "ScheduleRow", zone: "ZoneInfo") -> str:
    told = _("{name} is due next at {time}.")
    return told.format(name=row.name, time=output.local(row.next_at, zone))


def pause_schedule(call: Call) -> Answer:
    """Let a schedule rest."""
    from boconsole.reports import delivering, scheduling

    session = call.session()
    row = scheduling.pause(session, scheduling.own(session, call.words.title), active=False)
    return Answer(delivering.record(row), _("{name} rests.").format(name=row.name))


def resume_schedule(call: Call) -> Answer:
    """Let a schedule go on."""
    from boconsole.reports import delivering, scheduling

    session = call.session()
    row = scheduling.pause(session, scheduling.own(session, call.words.title), active=True)
    return Answer(delivering.record(row), _due(row, session.zone))


def now_schedule(call: Call) -> Answer:
    """Run a schedule at once; the exit code is 1 where it failed."""
    from boconsole.reports import delivering, scheduling

    session = call.session()
    done = delivering.run_now(session, scheduling.own(session, call.words.title))
    text = f"{done.name}: {done.said}"
    return Answer(done._asdict(), "" if done.failed else text, (text,) if done.failed else (),
                  code=int(done.failed))  # fmt: skip


def remove_schedule(call: Call) -> Answer:
    """Remove a schedule."""
    from boconsole.reports import delivering, scheduling

    row = scheduling.remove(call.session(), call.words.title)
    return Answer(delivering.record(row), _("{name} is not run any more.").format(name=row.name))


def run_schedules(call: Call) -> Answer:
    """Run what is due of the reader's schedules; the exit code is 1 where one failed."""
    from boconsole.reports import delivering

    done = delivering.run_due(call.session())
    value = [{"name": one.name, "said": one.said, "failed": one.failed} for one in done]
    text = "\n".join(f"{one.name}: {one.said}" for one in done if not one.failed)
    notes = tuple(f"{one.name}: {one.said}" for one in done if one.failed)
    return Answer(value, text if done else _("Nothing is due."), notes, code=int(bool(notes)))
