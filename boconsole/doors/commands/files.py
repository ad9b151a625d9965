"""Tickets from files and into files."""

from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.commands.listing import refuse_edit
from boconsole.doors.output import Answer
from boconsole.doors.progress import Progress
from boconsole.errors import InvalidChangeError
from boconsole.language import _

if TYPE_CHECKING:
    from boconsole.importing.report import Report

SHOWN_REFUSALS = 20


def import_tickets(call: Call) -> Answer:
    """Take tickets in from a file by a map."""
    from boconsole.tickets import importing

    words = call.words
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
    return import_answer(report, _("tickets made"), _("tickets would be made"))


def import_answer(report: "Report", made: str, planned: str) -> Answer:
    """Return what an import of any kind of record tells; the words say what was made."""
    value = {**report._asdict(), "refused": [refusal._asdict() for refusal in report.refused]}
    nothing_taken = bool(report.refused) and not report.created and not report.known
    notes = (_("No row was taken."),) if nothing_taken else ()
    done = planned if report.dry_run else made
    return Answer(value, lambda: _report_text(report, done), notes, code=1 if nothing_taken else 0)


def _report_text(report: "Report", done: str) -> str:
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
    from boconsole.tickets import exporting

    *query, name = call.words.words
    form = (call.words.format or Path(name).suffix.removeprefix(".") or "csv").lower()
    if form not in exporting.FORMS:
        raise InvalidChangeError(
            "format",
            _("{form!r} is not one of {forms}").format(
                form=form[:20], forms=", ".join(exporting.FORMS)
            ),
        )
    session = call.session()
    refuse_edit(session, " ".join(query))
    with Progress(_("Tickets written")) as progress:
        count = exporting.export_tickets(
            session,
            " ".join(query),
            cast("TextIO", Shown()) if name == "-" else Path(name),
            form,
            overwrite=True,
            spreadsheet=call.words.spreadsheet,
            progress=lambda done, _part: progress(done),
        )
    if name == "-":
        return Answer()
    return Answer(
        {"file": name, "format": form, "tickets": count},
        _("{count} tickets are in {name}.").format(count=count, name=name),
    )


class Shown:
    """Stdout, which nothing of a record steers."""

    def write(self, text: str) -> int:
        """Print a part of a file."""
        output.put(output.safe(text))
        return len(text)
