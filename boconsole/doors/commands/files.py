"""Tickets from files and into files."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from boconsole.doors import files, output, ticket_records
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.doors.progress import Progress
from boconsole.errors import InvalidChangeError
from boconsole.language import _

if TYPE_CHECKING:
    from boconsole.importing.report import Report
    from boconsole.session import Session

FORMATS = ("csv", "json")
CHUNK = 1_000
SHOWN_REFUSALS = 20
COLUMNS = (
    "number", "kind", "state", "subject", "priority", "impact", "urgency", "requester_name",
    "organisation", "queue", "assignee", "category", "tags", "created_at", "updated_at", "due_at",
    "wake_at", "sla_due", "sla_state",
)  # fmt: skip


def import_tickets(call: Call) -> Answer:
    """Take tickets in from a file by a map."""
    from boconsole.tickets import importing

    words = call.words
    for name in (words.file, words.map):
        files.size(name)
    session = call.session()
    with Progress(_("Tickets read")) as progress:
        report = importing.import_tickets(
            session,
            Path(words.file),
            Path(words.map),
            dry_run=words.dry_run,
            refused_path=Path(words.refused) if words.refused else None,
            progress=progress,
        )
    value = {**report._asdict(), "refused": [refusal._asdict() for refusal in report.refused]}
    return Answer(value, lambda: _report_text(report))


def _report_text(report: "Report") -> str:
    done = _("tickets would be made") if report.dry_run else _("tickets made")
    lines = [
        _("{read} rows: {created} {done}, {known} known already, {refused} refused.").format(
            read=report.read, created=report.created, done=done, known=report.known,
            refused=len(report.refused),
        )
    ]  # fmt: skip
    if report.refused:
        rows = [
            (str(refusal.line), refusal.column or "-", refusal.reason)
            for refusal in report.refused[:SHOWN_REFUSALS]
        ]
        lines.append(
            output.table((_("Line"), _("Column"), _("Reason")), rows, right=frozenset((0,)))
        )
    if len(report.refused) > SHOWN_REFUSALS:
        lines.append(_("… and {more} more.").format(more=len(report.refused) - SHOWN_REFUSALS))
    if report.refused_file:
        lines.append(_("Refused rows are in {path}.").format(path=report.refused_file))
    return "\n".join(lines)


def export_tickets(call: Call) -> Answer:
    """Write the tickets that match a query to a file; `-` is stdout."""
    *query, name = call.words.words
    form = (call.words.format or Path(name).suffix.removeprefix(".") or "csv").lower()
    if form not in FORMATS:
        raise InvalidChangeError("format", f"{form[:20]!r} is not one of {', '.join(FORMATS)}")
    session = call.session()
    with Progress(_("Tickets written")) as progress:
        records = list(_counted(_records(session, " ".join(query)), progress))
    text = _csv(records) if form == "csv" else output.as_json_text(records) + "\n"
    if name == "-":
        return Answer(json.loads(output.as_json_text(records)), text.removesuffix("\n"))
    files.write_text(name, text)
    return Answer(
        {"file": name, "format": form, "tickets": len(records)},
        _("{count} tickets are in {name}.").format(count=len(records), name=name),
    )


def _counted(
    records: Iterator[dict[str, object]], progress: Progress
) -> Iterator[dict[str, object]]:
    for done, record in enumerate(records, 1):
        progress(done)
        yield record


def _records(session: "Session", query: str) -> Iterator[dict[str, object]]:
    from boconsole.doors.commands.listing import read_lines

    for line, cursor in read_lines(session, query, None, None):
        record = ticket_records.line_record(line, cursor)
        del record["cursor"]
        yield record


def _csv(records: list[dict[str, object]]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    for record in records:
        levels = record["sla"]
        assert isinstance(levels, dict)
        flat = {**record, "sla_due": levels["due"], "sla_state": levels["state"]}
        writer.writerow([_cell(flat[name]) for name in COLUMNS])
    return stream.getvalue()


def _cell(value: object) -> object:
    """Return a value for a cell of a table file."""
    if isinstance(value, datetime):
        return output.instant(value)
    if isinstance(value, list):
        return ",".join(map(str, value))
    return "" if value is None else value
