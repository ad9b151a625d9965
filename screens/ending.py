"""The calendar of what ends: licences, maintenance, warranties, loans, each opened by Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from zlib import crc32

from boconsole import ending
from boconsole.ending import Ending
from boconsole.language import N_, _, grouped, ngettext
from screens import asset_rooms
from screens.cells import Cell, safe
from screens.following import RecordsChanged
from screens.lists import View
from screens.places import Place
from screens.registers import RegisterScreen
from screens.widgets.columns import Column

SOON, NEAR = 30, 90
FOLLOWED = ("licence", "asset", "service_plan", "staff", "contract", "document", "assessment")


class EndingScreen(asset_rooms.InRooms, RegisterScreen[Ending]):
    """What ends in the next days, the nearest first."""

    TITLE = "What ends"
    ROOM = asset_rooms.ENDING
    AREA = asset_rooms.AREA
    FEATURE = "ending"
    QUERY = f"days:0..{NEAR}"
    REGISTER = ending.ENDINGS
    VIEWS = (
        View(N_("The next 30 days"), "days:0..30"),
        View(N_("The next 90 days"), "days:0..90"),
        View(N_("A year ahead"), "days:0..365"),
        View(N_("Ended lately"), "days:-90..-1 sort:-ends"),
    )

    def columns(self) -> Sequence[Column[Ending]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("ends", N_("Ends"), 10, lambda row: Cell(str(row.day), _tone(row)),
                   sort="ends"),
            Column("days", N_("Days"), 5, lambda row: Cell(str(row.days), _tone(row)),
                   align="right", sort="days"),
            Column("what", N_("What"), 12, lambda row: Cell(_(ending.TITLES[row.what]))),
            Column("number", N_("Number"), 10, lambda row: Cell(safe(row.number), "info"),
                   sort="number"),
            Column("title", N_("Name"), 20, lambda row: Cell(safe(row.title)), grow=2,
                   sort="title"),
            Column("about", N_("About"), 20, lambda row: Cell(safe(row.about), "muted"), grow=1,
                   priority=1),
        )  # fmt: skip

    def read_rows(self) -> Sequence[Ending]:
        """Return everything that ends; blocks."""
        return ending.around(self.session)

    def key_of(self, row: Ending) -> int:
        """Return a number of what ends: it has no id of its own."""
        return crc32(f"{row.what} {row.area} {row.number} {row.title}".encode())

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("Nothing ends in this time. v looks further ahead.")

    def open_row(self, row: Ending) -> None:
        """Go to the record."""
        self.app.call_later(self.app.go, Place(row.area, record=row.number))

    def records_changed(self, event: RecordsChanged) -> None:
        """Read everything again when something that ends was changed."""
        if event.feature in FOLLOWED:
            super().records_changed(RecordsChanged(self.FEATURE, ()))

    def export_work(self, path: str, rows: Sequence[Ending] | None) -> Callable[[], str] | None:
        """Return the operation that writes what is shown or marked."""

        def write(chosen: Sequence[Ending]) -> str:
            from boconsole import record_files

            done = record_files.write(Path(path), [each._asdict() for each in chosen])
            told = ngettext("{n} line is in {path}.", "{n} lines are in {path}.", done)
            return told.format(n=grouped(done), path=path)

        return self.export_rows(path, rows, write)


def _tone(row: Ending) -> str:
    if row.days < 0:
        return "bad"
    return "warn" if row.days <= SOON else ""
