"""The documents: number, class, who reads them, and until when they hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.console import RenderableType

from boconsole.filters import Area
from boconsole.language import N_, _, grouped, ngettext
from boconsole.registry import area, reading, words
from boconsole.registry.reading import Document, DocumentRow
from screens import rooms
from screens.actions import FIND
from screens.cells import Cell, safe
from screens.keys import LIST, Action
from screens.lists import View
from screens.paged import Paged
from screens.places import Place
from screens.prose import block
from screens.query_lists import QueryListScreen
from screens.registry import acts, facts
from screens.registry.rooms import AREA, DOCUMENTS, InRooms
from screens.widgets.bars import Heading
from screens.widgets.columns import Column
from screens.widgets.preview import Preview

VIEWS = (
    View(N_("My documents"), "is:mine"),
    View(N_("Waits for my approval"), "is:waiting"),
    View(N_("What ends soon"), "expires:<90d sort:expires"),
    View(N_("Held documents"), "is:held"),
    View(N_("Out of use"), "is:closed"),
    View(N_("No date to count from"), "is:undated"),
    View(N_("Every state"), "any"),
)


class DocumentsScreen(InRooms, QueryListScreen[DocumentRow], acts.DocumentActs):
    """Documents in use that may be read, the last changed first unless the query sorts."""

    TITLE = "Documents"
    AREA = AREA
    ROOM = DOCUMENTS
    FEATURE = facts.DOCUMENT
    ACTIONS: ClassVar[Sequence[Action]] = (
        *acts.actions(),
        Action("paper.save-view", N_("Save the query as a view"), ("V",), LIST, FIND),
    )
    PARTS = (
        "screens.registry.card:PaperScreen", "screens.registry.contracts:ContractsScreen",
        "screens.registry.contract:ContractScreen", "screens.registry.duties:DutiesScreen",
        "screens.registry.classes:ClassesScreen", "screens.registry.due:DueScreen",
        "screens.registry.due:DestructionsScreen",
    )  # fmt: skip

    def on_mount(self) -> None:
        """Let the text of files that wait be read."""
        self.reader.start()

    # What it shows

    def heading(self) -> Heading:
        """Return the heading of a list, and what is read now."""
        return self.reading_told(super().heading())

    def columns(self) -> Sequence[Column[DocumentRow]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        today = reading.today(self.session)
        return (
            Column("number", N_("Number"), 8, lambda row: Cell(words.number(row.id), "info"),
                   sort="number"),
            Column("title", N_("Title"), 20, lambda row: Cell(safe(row.title)), grow=3),
            Column("state", N_("State"), 13, lambda row: facts.look(facts.STATES[row.state])),
            Column("level", N_("Level"), 14, lambda row: facts.look(facts.LEVELS[row.level]),
                   priority=2),
            Column("class", N_("Class"), 6, lambda row: Cell(safe(row.class_code)), sort="class"),
            Column("until", N_("Until"), 11, lambda row: facts.until(
                row.expires_on, today, over=row.state in words.CLOSED), sort="expires"),
            Column("held", N_("Hold"), 5, facts.held, priority=1),
            Column("with", N_("With"), 16, lambda row: Cell(safe(row.counterpart), "muted"),
                   grow=1, priority=3),
            Column("owner", N_("Owner"), 9, lambda row: Cell(safe(row.owner), "muted"),
                   priority=4),
            Column("version", N_("Version"), 7, lambda row: Cell(str(row.latest or "-")),
                   align="right", priority=5, sort="versions"),
            Column("date", N_("Date"), 11, lambda row: Cell(str(row.dated_on or "-"), "muted"),
                   priority=6, sort="dated"),
            Column("due", N_("Due"), 11, lambda row: facts.due(row, today), priority=7,
                   sort="due"),
        )  # fmt: skip

    def source(self, query: str) -> Paged[DocumentRow]:
        """Return where the rows of a query come from."""
        return Paged(reading, self.session, query)

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No document matches. n adds one, esc clears the filter, v has the views.")

    def preview(self, row: DocumentRow) -> RenderableType:
        """Return a document beside the list; reads."""
        room = self.query_one(Preview).room
        card = reading.card(self.session, row.id)
        return block([*facts.document_lines(card, room), *facts.text_lines(card, room)[:20]])

    def read_area(self) -> Area:
        """Return what queries may say about documents."""
        return area.remembered_area(area.area(self.session))

    def first_views(self) -> Sequence[View]:
        """Return the views that are always there."""
        return [View(_(view.name), view.query) for view in VIEWS]

    def export_work(
        self, path: str, rows: Sequence[DocumentRow] | None
    ) -> Callable[[], str] | None:
        """Return the operation that writes what is shown or marked."""
        query = self.query_text

        def work() -> str:
            from boconsole.registry import exporting

            chosen = exporting.rows(self.session, query) if rows is None else rows
            done = exporting.save(chosen, Path(path))
            told = ngettext("{n} document is in {path}.", "{n} documents are in {path}.", done)
            return told.format(n=grouped(done), path=path)

        return work

    # Going

    def open_row(self, row: DocumentRow) -> None:
        """Open a document."""
        self._open(row.id)

    def opened(self, made: Document) -> None:
        """Open a document that was made, while its text is read."""
        self.reader.start()
        self._open(made.id)

    def open_number(self, number: str) -> None:
        """Open a document by its number, as typed after `:`."""
        self.load(partial(reading.get, self.session, number), self.opened, group="open")

    async def show_place(self, place: Place) -> None:
        """Show a place again, in the room that it belongs to."""
        room = self.HOUSE.lying_over(place)
        if room is not None and room.id != self.ROOM:
            await rooms.show(self.app, room, place)
        else:
            await super().show_place(place)

    def _open(self, document_id: int) -> None:
        from screens.registry.card import PaperScreen

        self.app.push_screen(PaperScreen(document_id, self))

    # Acting

    def with_rows(self, then: Callable[[Sequence[DocumentRow]], object]) -> None:
        """Act on the marked documents, else the one under the cursor."""
        self.with_chosen(then)

    def undo_work(self) -> Callable[[], str]:
        """Return the operation that takes the last change back."""
        return self.undone
