"""What the lines of the closing room look like."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from textual.content import Content

from boconsole.closing.overview import MOST, Row
from boconsole.language import N_, _, grouped, ngettext
from boconsole.ledger.words import PARTS
from screens.cells import Cell, Look, fit, moment, safe
from screens.ledger import facts
from screens.prose import toned, wrapped

STATES = {
    "open": Look("O", N_("open"), "strong"),
    "closed": Look("C", N_("closed"), ""),
    "locked": Look("L", N_("locked"), "muted"),
}
KEPT_OUT = {
    "ledger": N_("Nothing at all can be booked up to that day."),
    "tax": N_("Nothing with tax can be issued up to that day."),
    "sales": N_("No invoice and no receipt can be booked up to that day."),
    "purchases": N_("No bill and no payment can be booked up to that day."),
    "payroll": N_("No pay run can be booked up to that day."),
    "hard": N_("Nothing can be booked up to that day, by nobody, for ever: it never moves back."),
}
"""What the lock date of each part of the books does; see `PARTS`."""


def name(row: Row) -> Cell:
    """Return what a line is about."""
    if row.kind == "lock":
        return Cell(_("Lock: {part}").format(part=_(row.name)))
    if row.kind == "exception":
        return Cell(f"  {who(row)}: {_(row.name)}", "warn")
    return Cell(row.name, "strong") if row.kind == "year" else Cell(f"  {row.name}")


def who(row: Row) -> str:
    """Return whom an exception is for."""
    login = row.exception.login if row.exception else ""
    return safe(login) or _("everybody")


def state(row: Row, zone: tzinfo) -> Cell:
    """Return letter and word of a state, the day of a lock, the end of an exception."""
    if row.kind == "lock":
        if row.ends is None:
            return Cell(_("not locked"), "muted")
        return Cell(_("through {day}").format(day=row.ends), "info")
    if row.exception is not None:
        until = moment(row.exception.until.astimezone(zone))
        return Cell(_("until {moment}").format(moment=until), "warn")
    look = STATES.get(row.state)
    return Cell(f"{look.letter} {_(look.word)}", look.tone) if look else Cell(safe(row.state))


def entries(row: Row) -> Cell:
    """Return how many entries a month or year has."""
    if row.kind not in ("month", "year") or not row.entries:
        return Cell("")
    more = "+" if row.entries >= MOST else ""
    return Cell(f"{grouped(row.entries)}{more}")


def drafts(row: Row) -> Cell:
    """Return how many drafts are left."""
    return Cell(grouped(row.drafts), "warn") if row.drafts else Cell("")


def earned(row: Row) -> Cell:
    """Return the result: the first commodity, and how many more there are."""
    if not row.earned:
        return Cell("")
    first, more = row.earned[0], len(row.earned) - 1
    text = f"{facts.money(first.amount, first.precision)} {safe(first.commodity)}"
    return Cell(f"{text} +{more}" if more else text, "bad" if first.amount < 0 else "")


def locks(rows: Sequence[Row]) -> str:
    """Return the lock dates that are set and how many exceptions run, in one line."""
    told = [f"{_(row.name)} {row.ends}" for row in rows if row.kind == "lock" and row.ends]
    number = sum(row.kind == "exception" for row in rows)
    if number:
        told.append(ngettext("{n} exception", "{n} exceptions", number).format(n=number))
    return ", ".join(told)


def picture(row: Row, room: int, zone: tzinfo) -> list[Content]:
    """Return a line to read beside the list: all of it, and what it means."""
    lines = wrapped(toned((name(row).text.strip(), "strong")), room)
    lines.append(toned(state(row, zone)))
    if row.kind == "lock":
        lines += wrapped(toned(("", ""), _(KEPT_OUT[PARTS[row.id]])), room)
    elif row.exception is not None:
        granted = _("Granted by {who}").format(who=safe(row.exception.granted_by))
        lines += wrapped(toned((granted, "muted")), room)
        lines += wrapped(toned(("", ""), safe(row.exception.reason)), room)
    else:
        lines += [
            toned((fit(_("Entries"), facts.LABEL), "muted"), entries(row)),
            toned((fit(_("Drafts"), facts.LABEL), "muted"), drafts(row)),
        ]
        lines += [
            toned(
                (fit(_("Result"), facts.LABEL), "muted"),
                f"{facts.money(each.amount, each.precision)} {safe(each.commodity)}",
            )
            for each in row.earned
        ]
        lines += wrapped(toned((_("enter shows what is still to do"), "muted")), room)
    return lines
