"""The audit trail: its lines, newest first, and whether the chain of them is whole."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static

from boconsole import audit
from boconsole.audit import HistoryEntry, Verdict
from boconsole.language import N_, _, grouped
from screens.actions import FIND, SHOW
from screens.admin.lines import OPEN, Lines
from screens.cells import clock, fit, safe
from screens.help import LinesScreen
from screens.keys import Action
from screens.prose import toned
from screens.shell import ShellScreen
from screens.ticket_facts import number
from screens.ticket_timeline import change_text
from screens.widgets.bars import Heading

PAGE = 200
CHECKED_AT_ONCE = 20_000
"""The longest trail that is checked without being asked for."""


class AuditScreen(ShellScreen):
    """The trail, read a page at a time."""

    AREA = "admin"
    AUTO_FOCUS = "Lines"
    CSS_PATH = "../styles/admin.tcss"
    ACTIONS: ClassVar[Sequence[Action]] = (
        OPEN,
        Action("audit.verify", N_("Check the whole trail"), ("V",), "audit", FIND, rank=2,
               short=N_("check")),
        Action("audit.older", N_("Read older lines"), ("E",), "audit", SHOW, rank=3,
               short=N_("older")),
        Action("audit.refresh", N_("Read again"), ("r",), "audit", SHOW),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[HistoryEntry] = []

    def body(self) -> ComposeResult:
        """Yield the verdict and the lines."""
        yield Static(toned((_("V checks the whole trail."), "muted")), id="about", markup=False)
        yield Lines()

    def heading(self) -> Heading:
        """Return the name of the page."""
        return super().heading()._replace(view=_("Audit trail"))

    def on_mount(self) -> None:
        """Read the newest lines, and check the trail where that is quick."""
        self.action_refresh()

    def action_refresh(self) -> None:
        """Read the newest lines."""

        def read() -> tuple[list[HistoryEntry], Verdict | None]:
            entries = audit.recent(self.session, 0, PAGE)
            return entries, audit.verify() if audit.length() <= CHECKED_AT_ONCE else None

        self.load(read, self._take, group="audit")

    def _take(self, found: tuple[list[HistoryEntry], Verdict | None]) -> None:
        self.entries, verdict = list(found[0]), found[1]
        self._show()
        if verdict is not None:
            self._judge(verdict)

    def action_older(self) -> None:
        """Read the lines before the last one shown."""
        last = self.entries[-1].id if self.entries else 0
        self.load(partial(audit.recent, self.session, last, PAGE), self._add, group="audit")

    def _add(self, found: Sequence[HistoryEntry]) -> None:
        if not found:
            self.app.say(_("There are no older lines."))
        self.entries += found
        self._show()

    def action_verify(self) -> None:
        """Read the whole trail and say whether it is whole; esc stops it."""
        self.query_one("#about", Static).update(toned((_("checking …"), "muted")))
        self.load(audit.verify, self._judge, group="verify")

    def _judge(self, verdict: Verdict) -> None:
        if verdict.broken:
            text = _("THE TRAIL IS BROKEN at line {line}: {reason}")
            line = toned((text.format(line=verdict.broken, reason=verdict.reason), "bad"))
        else:
            text = _("The trail is whole: {count} lines checked.")
            line = toned((text.format(count=grouped(verdict.lines)), "good"))
        self.query_one("#about", Static).update(line)

    def _show(self) -> None:
        self.query_one(Lines).show([self._line(entry) for entry in self.entries])

    def _line(self, entry: HistoryEntry) -> Content:
        there = entry.at.astimezone(self.session.zone)
        at = f"{there:%m-%d} {clock(there, seconds=True)}"
        what = number(entry.record_id) if entry.feature == "ticket" else entry.feature
        told = "; ".join(change_text(change, self.session) for change in entry.changes[:4])
        return toned(
            (f"{at} ", "muted"), fit(safe(entry.actor), 10), " ",
            (fit(safe(entry.action), 16), "strong"), " ", (fit(safe(what), 10), "info"), " ",
            told,
        )  # fmt: skip

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_open()

    def action_open(self) -> None:
        """Show the line under the cursor whole."""
        at = self.query_one(Lines).highlighted
        if at is not None and at < len(self.entries):
            entry = self.entries[at]
            self.app.push_screen(LinesScreen(_("Line {id}").format(id=entry.id), _whole(entry)))


def _whole(entry: HistoryEntry) -> list[Text]:
    """Return everything a line says."""
    head = (
        (_("When"), f"{entry.at:%Y-%m-%d %H:%M:%S} UTC"),
        (_("Who"), f"{entry.actor} ({entry.origin})"),
        (_("What"), entry.action),
        (_("Record"), f"{entry.feature} {entry.record_id}"),
        (_("Operation"), str(entry.operation)),
    )
    changes = [
        (change.field, f"{_plain(change.before)} → {_plain(change.after)}")
        for change in entry.changes
    ]
    return [Text(f"{fit(safe(name), 18)} {safe(value)}") for name, value in (*head, *changes)]


def _plain(value: object) -> str:
    if value is None:
        return "-"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
