"""The audit trail of one record of the books, as lines to read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from rich.text import Text

from boconsole.audit import HistoryEntry
from boconsole.language import _
from screens.cells import fit, moment, safe
from screens.help import LinesScreen
from screens.ledger import facts
from screens.shell import ShellScreen


def show_history(
    screen: ShellScreen, number: str, read: Callable[[], Sequence[HistoryEntry]]
) -> None:
    """Read what happened to a record and lay it over the screen."""

    def show(found: Sequence[HistoryEntry]) -> None:
        lines = history_lines(found, screen.session.zone)
        screen.app.push_screen(LinesScreen(_("History of {number}").format(number=number), lines))

    screen.load(read, show, group="ask")


def history_lines(found: Sequence[HistoryEntry], zone: ZoneInfo) -> list[Text]:
    """Return who did what when, with each field before and after below it."""
    lines = []
    for entry in found:
        at = moment(entry.at.astimezone(zone))
        lines.append(Text(f"{at}  {fit(safe(entry.actor), 10)} {safe(entry.action)}", "bold"))
        lines += [Text(f"    {safe(line)}") for line in facts.changes(entry)]
    return lines
