"""The audit trail: its lines by query, newest first, and whether the chain of them is whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Event
from typing import ClassVar

from rich.console import RenderableType
from textual.content import Content
from textual.worker import WorkType

from boconsole import audit
from boconsole.audit import Verdict
from boconsole.errors import InvalidChangeError
from boconsole.filters import Area
from boconsole.language import N_, _, grouped, ngettext
from boconsole.ledger.together import Ref
from boconsole.trail import area, exporting, reading
from boconsole.trail.reading import TrailLine
from screens.actions import FIND, GO
from screens.admin import records, rooms
from screens.admin.sources import TrailSource
from screens.cells import Cell, clock, fit, moment, safe
from screens.dialogs import ProgressDialog
from screens.keys import DETAIL, LIST, Action
from screens.ledger.page import RecordPage, page_actions
from screens.lists import View
from screens.operations import StoppedError
from screens.places import Place
from screens.prose import block, toned, wrapped
from screens.query_lists import QueryListScreen
from screens.widgets.bars import Heading
from screens.widgets.columns import Column
from screens.widgets.preview import Preview

FEATURE = "audit"
SLOW = 0.3
LABEL = 16
VIEWS = (
    View(N_("Today"), "at:today"),
    View(N_("By me"), "by:me"),
    View(N_("Sign-ins"), "action:user.sign_in,user.sign_in_refused,user.sign_out"),
    View(N_("Changes of accounts and roles"), "kind:user,role"),
)


class AuditScreen(rooms.InRooms, QueryListScreen[TrailLine]):
    """Lines of the trail, the newest first unless the query sorts them."""

    TITLE = "Audit trail"
    ROOM = rooms.TRAIL
    AREA = rooms.AREA
    FEATURE = FEATURE
    ACTIONS: ClassVar[Sequence[Action]] = (
        Action("audit.verify", N_("Check the whole trail"), ("X",), LIST, FIND, rank=10,
               short=N_("check"), help=N_("Reads every line and its seal; esc stops it.")),
        Action("audit.save-view", N_("Save the query as a view"), ("V",), LIST, FIND),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.verdict = ""

    def columns(self) -> Sequence[Column[TrailLine]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("at", N_("When"), 16, self._at),
            Column("by", N_("Who"), 10, lambda row: Cell(safe(row.entry.actor))),
            Column("action", N_("What"), 20, lambda row: Cell(safe(row.entry.action), "strong")),
            Column("record", N_("Record"), 14, lambda row: Cell(safe(row.record), "info")),
            Column("changes", N_("Changes"), 16, lambda row: Cell(safe(_short(row))), grow=3),
            Column("door", N_("Door"), 7, lambda row: Cell(safe(row.entry.origin), "muted"),
                   priority=1),
            Column("line", N_("Line"), 9, lambda row: Cell(str(row.id), "muted"), align="right",
                   sort="line", priority=2),
        )  # fmt: skip

    def _at(self, row: TrailLine) -> Cell:
        there = row.entry.at.astimezone(self.session.zone)
        if there.year != self.session.now().astimezone(self.session.zone).year:
            return Cell(moment(there), "muted")
        return Cell(f"{there:%m-%d} {clock(there, seconds=True)}", "muted")

    def heading(self) -> Heading:
        """Return the heading with what the last check found."""
        found = super().heading()
        return found._replace(view=" · ".join(filter(None, (found.view, self.verdict))))

    def source(self, query: str) -> TrailSource:
        """Return where the rows of a query come from."""
        return TrailSource(self.session, query)

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No line matches. esc clears the filter, v has the views.")

    def preview(self, row: TrailLine) -> RenderableType:
        """Return a line beside the list."""
        return block(picture(row, self.query_one(Preview).room))

    def read_area(self) -> Area:
        """Return what queries may say about the trail."""
        return area.remembered_area(self.session)

    def first_views(self) -> Sequence[View]:
        """Return the views that are always there."""
        return [View(_(view.name), view.query) for view in VIEWS]

    def _columns_of(self, view: str) -> str:
        return f"audit.columns.{view}"

    @property
    def _history(self) -> str:
        return "audit.history"

    # Going

    def open_row(self, row: TrailLine) -> None:
        """Open a line, with each field before and after."""
        self.app.push_screen(TrailLineScreen(row.id, self))

    def export_work(self, path: str, rows: Sequence[TrailLine] | None) -> Callable[[], str] | None:
        """Return the operation that writes a file of what is shown or marked."""
        query = self.query_text

        def work() -> str:
            done = exporting.export(self.session, Path(path), query, rows)
            told = ngettext("{n} line is in {path}.", "{n} lines are in {path}.", done)
            return told.format(n=grouped(done), path=path)

        return work

    # Checking

    def action_verify(self) -> None:
        """Read the whole trail and say whether it is whole, telling how far it is."""
        stop = Event()
        dialog = ProgressDialog(_("Checking the audit trail"), stop.set)
        timer = self.set_timer(SLOW, lambda: self.app.push_screen(dialog))

        def progress(done: int, total: int) -> None:
            if stop.is_set():
                raise StoppedError
            dialog.tell(done, total)

        async def run() -> None:
            outcome = await self.app.attempt(partial(audit.verify, progress))
            timer.stop()
            if dialog.is_current:
                dialog.dismiss(None)
            if outcome.error is not None:
                self.refused(outcome.error)
            elif outcome.value is not None:
                self._judge(outcome.value)

        started: WorkType[None] = run
        self.app.run_worker(started, group="verify")

    def _judge(self, verdict: Verdict) -> None:
        if verdict.broken:
            text = _("THE TRAIL IS BROKEN at line {line}: {reason}")
            told = text.format(line=verdict.broken, reason=verdict.reason)
            self.app.say(told, "error")
            self.verdict = _("BROKEN at line {line}").format(line=grouped(verdict.broken))
        else:
            text = _("The trail is whole: {count} lines checked.")
            self.app.say(text.format(count=grouped(verdict.lines)))
            self.verdict = _("whole")
        self.show_status()


class TrailLineScreen(RecordPage[TrailLine]):
    """One line of the trail to read."""

    AREA = rooms.AREA
    FEATURE = FEATURE
    ALONE = N_("This line was not opened from a list.")
    LAST = N_("There is no other line this way.")
    ACTIONS: ClassVar[Sequence[Action]] = (
        Action("audit.linked", N_("Open the record"), ("enter", "L"), DETAIL, GO, rank=1,
               short=N_("record")),
        *page_actions("audit", N_("Next line of the list"), N_("Line before in the list")),
    )  # fmt: skip

    def read(self, record_id: int) -> TrailLine:
        """Return a line; blocks."""
        return reading.get(self.session, record_id)

    def ref_of(self, whole: TrailLine) -> Ref:
        """Return the line as a record."""
        return Ref(whole.id, 0, str(whole.id))

    def picture(self, whole: TrailLine, room: int) -> list[Content]:
        """Return the lines of a line."""
        return picture(whole, room)

    def place(self) -> Place:
        """Return the trail."""
        return Place(self.AREA, view=rooms.TRAIL)

    def action_linked(self) -> None:
        """Open the record that the line is about."""
        if self.whole is not None:
            try:
                records.open_record(self, self.whole)
            except InvalidChangeError as error:
                self.app.say(error.reason, "warning")


def _short(row: TrailLine) -> str:
    return "; ".join(f"{field} {before} → {after}" for field, before, after in reading.told(row))


def picture(line: TrailLine, room: int) -> list[Content]:
    """Return everything a line says."""
    entry = line.entry
    facts = (
        (_("When"), f"{entry.at:%Y-%m-%d %H:%M:%S} UTC"),
        (_("Who"), f"{entry.actor} ({entry.origin})"),
        (_("What"), entry.action),
        (_("Record"), line.record),
        (_("Operation"), str(entry.operation)),
    )
    lines = wrapped(toned((_("Line {id}").format(id=entry.id), "strong")), room)
    for label, text in facts:
        lines += wrapped(toned(text), room, toned((fit(label, LABEL), "muted")), " " * LABEL)
    for field, before, after in reading.told(line):
        lines += [Content(), toned((field, "strong"))]
        for label, text in ((_("before"), before), (_("after"), after)):
            first = toned((fit(f"  {label}", LABEL), "muted"))
            lines += wrapped(toned(text), room, first, " " * LABEL)
    return lines
