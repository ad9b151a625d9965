"""Reports by command: as tables, for programs, and as files."""

from pathlib import Path

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.doors.progress import Progress
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.reports import running, telling
from boconsole.reports.running import Parameters, Result

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
    elif form and form not in (*TEXTS, "json"):
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
    told = _("{name} is due next at {time}.").format(
        name=row.name, time=output.local(row.next_at, session.zone)
    )
    return Answer(delivering.record(row), told)


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
