"""The protocol of a destruction as a file: PDF to sign and to file, CSV or JSON for programs."""

from pathlib import Path

from boconsole import record_files
from boconsole.language import _
from boconsole.registry import words
from boconsole.registry.destroying import Destruction
from db.ledger import calendar

HEADS = ("number", "title", "class", "rule", "due", "file", "size", "sha256", "proposed_by",
         "confirmed_by", "destroyed", "reason")  # fmt: skip


def records(found: Destruction) -> list[dict[str, object]]:
    """Return a line for each file that was destroyed, or one for a document without any."""
    row = found.row
    told: list[dict[str, object]] = []
    for line in found.lines:
        for file in line.files.splitlines() or ("",):
            name, size, sha256 = file.rsplit(" ", 2) if file else ("", "", "")
            values = (words.number(line.document_id), line.title, line.class_code, line.rule,
                      line.due_on, name, size, sha256, row.proposed_by, row.decided_by,
                      row.decided_at, row.reason)  # fmt: skip
            told.append(dict(zip(HEADS, values, strict=True)))
    return told


def write(found: Destruction, path: Path) -> int:
    """Write the protocol, as the name of the file ends; returns how many lines it has.

    Raises:
        NoPaperError: The library that writes PDF is not installed.
        InvalidChangeError, UnwrittenError: The file cannot be.
    """
    if path.suffix.lower() != ".pdf":
        return record_files.write(path, records(found))
    from boconsole import whole_files
    from boconsole.paper import tables
    from boconsole.paper.pages import Pages
    from boconsole.paper.tables import Column, Line

    whole_files.require_new(path)
    row = found.row
    pages = Pages(_("Protocol of destruction {number}").format(number=found.number),
                  landscape=True)  # fmt: skip
    room = pages.right - pages.left
    if company := calendar.select_settings().get("company_name", ""):
        pages.paragraph(company, pages.left, room, size=10)
    pages.paragraph(pages.title, pages.left, room, size=15, bold=True)
    for text in (
        _("Reason: {reason}").format(reason=row.reason),
        _("Proposed by {who} on {day}").format(who=row.proposed_by, day=row.proposed_at.date()),
        _("Confirmed by {who} on {day}").format(
            who=row.decided_by or "-", day=row.decided_at.date() if row.decided_at else "-"
        ),
    ):
        pages.paragraph(text, pages.left, room, size=9)
    pages.top += 8
    told = records(found)
    columns = [Column(_("Number")), Column(_("Title"), 2), Column(_("Rule"), 2), Column(_("Due")),
               Column(_("File"), 1), Column("SHA-256", 2)]  # fmt: skip
    tables.put(pages, columns, [
        Line([str(each[name] or "") for name in ("number", "title", "rule", "due", "file",
                                                 "sha256")])
        for each in told
    ], 8)  # fmt: skip
    pages.write(path)
    return len(told)
