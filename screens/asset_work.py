"""The work on an asset: the tab of its plans, repairs and entries, and what its keys do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from boconsole.assets.reading import AssetRow
from boconsole.assets.service import doing, reading, repairs
from boconsole.assets.service.reading import Cost, DueRow, Line
from boconsole.assets.service.repairs import RepairRow
from boconsole.assets.service.words import WORK_TITLES
from boconsole.language import N_, _, grouped
from boconsole.session import Session
from screens import service_forms
from screens.asset_facts import money, today
from screens.cells import Cell, safe
from screens.contacts.tabs import Rows, TabRow
from screens.dialogs import Choice, MenuDialog
from screens.places import Place
from screens.shell import ShellScreen
from screens.ticket_facts import number

AREA = "assets"
NOWHERE = Place("")


def work(session: Session, row: AssetRow) -> Rows:
    """Return when its plans are due, all work on it, and what it cost."""
    lines = [_due(session, due) for due in reading.dues_of(session, row.id)]
    lines += [_line(line, row.tag) for line in reading.history(session, row.id)]
    lines += _costs(reading.costs_of(session, row.id))
    return Rows(
        (N_("Date"), N_("Kind"), N_("What"), N_("Who, how often"), N_("Minutes"), N_("Cost, count"),
         N_("About")),
        lines, N_("Nothing was done on it yet; w notes work, sends to repair, plans service."),
        Place(AREA, view="repairs", query=f"asset:{row.tag}"), frozenset((4, 5)), drops=(4, 3),
    )  # fmt: skip


def _due(session: Session, due: DueRow) -> TabRow:
    late = due.next_on is not None and due.next_on < today(session)
    place = Place("tickets", record=number(due.ticket_id)) if due.ticket_id else Place(
        AREA, view="plans", query=f"name:~{due.plan.split()[0]}")  # fmt: skip
    about = number(due.ticket_id) if due.ticket_id else ""
    return TabRow(
        (Cell(str(due.next_on or _("by count")), "bad" if late else "info"), Cell(_("due"), "info"),
         Cell(safe(due.plan), "strong"), Cell(safe(span(due)), "muted"), Cell(""),
         Cell(counted(due).rpartition(" ")[0]), Cell(about, "info")),
        place,
    )  # fmt: skip


def span(row: DueRow | reading.PlanRow) -> str:
    """Return how often a plan is due: `3mo, 10,000 km`."""
    parts = [row.every] if row.every else []
    parts += [f"{grouped(row.count_every)} {row.counter}"] if row.count_every else []
    return ", ".join(parts)


def counted(due: DueRow) -> str:
    """Return what a counter shows, and up to where: `57,699/58,200 km`."""
    if due.next_count is None:
        return ""
    shown = "-" if due.shown is None else grouped(due.shown)
    return f"{shown}/{grouped(due.next_count)} {safe(due.counter)}"


def _line(line: Line, tag: str) -> TabRow:
    place = NOWHERE
    if line.kind == "repair":
        place = Place(AREA, view="repairs", query=f"asset:{tag}")
    elif line.ticket_id:
        place = Place("tickets", record=number(line.ticket_id))
    about = " ".join(part for part in (
        number(line.ticket_id) if line.ticket_id else "", safe(line.about)) if part)  # fmt: skip
    return TabRow(
        (Cell(str(line.day)), Cell(_(WORK_TITLES[line.kind])), Cell(safe(line.what)),
         Cell(safe(line.who), "muted"), Cell(str(line.minutes or "")), Cell(money(line.cost)),
         Cell(about, "muted")),
        place,
    )  # fmt: skip


def _costs(costs: Sequence[Cost]) -> Iterator[TabRow]:
    """Yield what it cost to buy and to repair, and both together, by currency."""
    for cost in costs:
        told = ((_("Bought"), cost.purchase), (_("Repairs"), cost.repairs))
        parts = [(title, amount) for title, amount in told if Decimal(amount)]
        if len(parts) == 2:
            parts.append((_("Together"), cost.total))
        for title, amount in parts:
            shown = Cell(money(amount, cost.currency), "strong" if amount == cost.total else "")
            cells = (Cell(""), Cell(title, "muted"), *(Cell("") for _place in range(3)), shown)
            yield TabRow((*cells, Cell("")), NOWHERE)


class Known(NamedTuple):
    """What the menu of work is made of."""

    row: AssetRow
    away: RepairRow | None
    dues: list[DueRow]
    counter: str
    words: Mapping[str, object]


def known(session: Session, row: AssetRow) -> Known:
    """Return what can be done with an asset now; reads."""
    away = repairs.find_open(session, row.id)
    counters = reading.counters_of(session, row.id)
    dues = reading.dues_of(session, row.id)
    planned = next((due.counter for due in dues if due.counter), "")
    words = repairs.words_of(away) if away else {}
    return Known(row, away, dues, counters[0].counter if counters else planned, words)


def ask(screen: ShellScreen, found: Known, saved: Callable[[object], None]) -> None:
    """Offer what can be done, and open its form."""
    session, row = screen.session, found.row
    choices = [Choice(f"done {place}", _("Done: {name}").format(name=due.plan), str(place + 1))
               for place, due in enumerate(found.dues[:5])]  # fmt: skip
    choices.append(Choice("note", _("Note work that was done"), "n"))
    if found.away is None:
        choices.append(Choice("send", _("Send to be repaired"), "s"))
    else:
        choices.append(Choice("back", _("Take back from repair"), "b"))
    choices.append(Choice("read", _("Read a counter"), "c"))
    if session.may("asset.edit"):
        choices.append(Choice("plan", _("Plan service"), "p"))

    def take(chosen: str | None) -> None:
        if chosen is None:
            return
        what, _blank, place = chosen.partition(" ")
        if what == "done":
            form = service_forms.done_form(session, found.dues[int(place)], saved)
        elif what == "note":
            form = service_forms.work_form(session, [row.id], row.tag, saved)
        elif what == "read":
            form = service_forms.reading_form(session, row, found.counter, saved)
        elif what == "plan":
            form = service_forms.plan_form(session, saved, row.tag)
        elif found.away is not None:
            form = service_forms.back_form(session, found.away, found.words, saved)
        else:
            form = service_forms.send_form(session, row.tag, saved)
        screen.app.push_screen(form)

    title = _("Work on {tag}").format(tag=row.tag)
    screen.app.push_screen(MenuDialog(title, choices), take)


def removable(session: Session, asset_id: int) -> Iterator[Choice]:
    """Yield what can be taken away of the work on an asset; reads."""
    for line in reading.history(session, asset_id):
        if line.kind == "reading":
            continue
        kind = "repair" if line.kind == "repair" else "work"
        yield Choice(f"{kind} {line.id}", f"{line.day} {_(WORK_TITLES[line.kind])} {line.what}")


def remove(session: Session, asset_id: int, kind: str, record: int) -> None:
    """Take an entry or a repair away that was noted wrongly."""
    if kind == "repair":
        repairs.withdraw(session, repairs.again(record))
    else:
        doing.remove_work(session, asset_id, record)
