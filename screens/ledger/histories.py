"""The audit trail of one record of the books, as lines to read."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from rich.text import Text

from boconsole.audit import HistoryEntry
from screens.cells import fit, moment, safe
from screens.ledger import facts


def history_lines(found: Sequence[HistoryEntry], zone: ZoneInfo) -> list[Text]:
    """Return who did what when, with each field before and after below it."""
    lines = []
    for entry in found:
        at = moment(entry.at.astimezone(zone))
        lines.append(Text(f"{at}  {fit(safe(entry.actor), 10)} {safe(entry.action)}", "bold"))
        lines += [Text(f"    {safe(line)}") for line in facts.changes(entry)]
    return lines
