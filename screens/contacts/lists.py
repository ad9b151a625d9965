"""The lists of people and of organisations, by name unless the query sorts them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from rich.console import RenderableType

from boconsole.contacts import area, reading, words
from boconsole.contacts.changing import Ref
from boconsole.contacts.reading import Count, OrganisationLine, PersonLine
from boconsole.contacts.words import Kind
from boconsole.filters import Area
from boconsole.language import N_, _, grouped, ngettext
from boconsole.session import Session
from screens import rooms as houses
from screens.actions import FIND, GO, of_feature
from screens.cells import Cell, safe
from screens.contacts import facts, forms, rooms
from screens.contacts.acts import ContactActs, card_actions
from screens.file_prompts import ask_file
from screens.keys import LIST, Action
from screens.ledger.sources import Rows
from screens.lists import View
from screens.places import Place
from screens.prose import block
from screens.query_lists import QueryListScreen
from screens.widgets.columns import Column
from screens.widgets.preview import Preview
from screens.widgets.window import Around

LineT = TypeVar("LineT", PersonLine, OrganisationLine)
PEOPLE_VIEWS = (
    View(N_("VIP"), "is:vip"), View(N_("Without organisation"), "no:organisation"),
    View(N_("Without mail"), "no:email"), View(N_("Newest"), "sort:-created"),
    View(N_("Archived"), "is:archived"),
)  # fmt: skip
ORGANISATION_VIEWS = (
    View(N_("Customers"), "kind:customer"), View(N_("Suppliers"), "kind:supplier"),
    View(N_("Partners"), "kind:partner"), View(N_("Mine"), "manager:me"),
    View(N_("Newest"), "sort:-created"), View(N_("Archived"), "is:archived"),
)  # fmt: skip


class ContactSource(Generic[LineT]):
    """The people or organisations that a query finds."""

    def __init__(self, session: Session, kind: Kind, query: str) -> None:
        self._session, self._kind, self._query = session, kind, query

    def page(self, after: str | None, limit: int, *, backwards: bool = False) -> Rows[LineT]:
        """Return at most `limit` rows next to a place."""
        found: Any = reading.list_page(  # Any: of the kind that was asked for
            self._session, self._kind, self._query, after or "", limit, backwards=backwards
        )
        first, last = (found.cursors[0], found.cursors[-1]) if found.cursors else ("", "")
        return Rows(found.rows, first, last, found.more)

    def count(self) -> Count:
        """Return how many rows there are, counted to a limit."""
        return reading.count(self._session, self._kind, self._query)

    def around(self, record: int, limit: int) -> Around[LineT] | None:
        """Return rows with one amidst them, or None when the query does not find it."""
        found: Any = reading.page_around(  # Any: as above
            self._session, self._kind, self._query, record, limit
        )
        if found is None:
            return None
        first, last = found.cursors[0], found.cursors[-1]
        before = self.page(first, 1, backwards=True).rows
        return Around(found.rows, first, last, bool(before), found.more)

    def key(self, row: LineT) -> int:
        """Return the id."""
        return row.id


class ContactsScreen(rooms.InRooms, QueryListScreen[LineT], ContactActs, Generic[LineT]):
    """People, or organisations."""

    AREA = rooms.AREA
    VIEWS: ClassVar[Sequence[View]] = ()
    ACTIONS: ClassVar[Sequence[Action]] = (
        *of_feature("contact", "new"),
        *card_actions(LIST),
        Action("contact.duplicates", N_("Who is there twice"), ("T",), LIST, GO),
        Action("contact.save-view", N_("Save the query as a view"), ("V",), LIST, FIND),
    )

    # What it shows

    def source(self, query: str) -> ContactSource[LineT]:
        """Return where the rows of a query come from."""
        return ContactSource(self.session, self.KIND, query)

    def preview(self, row: LineT) -> RenderableType:
        """Return a card beside the list; reads."""
        card = reading.card(self.session, self.KIND, row.id)
        return block(facts.beside(card, self.query_one(Preview).room, self.session))

    def read_area(self) -> Area:
        """Return what queries may say."""
        return area.remembered_area(self.KIND, self.session)

    def first_views(self) -> Sequence[View]:
        """Return the views that are always there."""
        return [View(_(view.name), view.query) for view in self.VIEWS]

    def _columns_of(self, view: str) -> str:
        return f"{self.ROOM}.columns.{view}"

    @property
    def _history(self) -> str:
        return f"{self.ROOM}.history"

    # Going

    async def show_place(self, place: Place) -> None:
        """Show a place again, in the room that it belongs to."""
        room = self.HOUSE.lying_over(place)
        if room is not None and room.id != self.ROOM:
            await houses.show(self.app, room, place)
        else:
            await super().show_place(place)

    def open_row(self, row: LineT) -> None:
        """Open a card."""
        self._open(row.id)

    def open_number(self, number: str) -> None:
        """Open a card by its number, as typed after `:`."""
        self.load(partial(reading.find, self.session, self.KIND, number), self._open, group="open")

    def _open(self, record_id: int) -> None:
        from screens.contacts.card import CardScreen

        self.app.push_screen(CardScreen(self.KIND, record_id, self))

    def action_duplicates(self) -> None:
        """Go to the room of duplicates."""
        room = rooms.TWINS if self.KIND == "contact" else rooms.TWIN_PLACES
        self.HOUSE.enter(self.app, self.HOUSE.by_id[room])

    # Files

    def copy_text(self, row: LineT) -> str:
        """Return name and mail address to copy."""
        return f"{row.name} <{row.email}>" if row.email else row.name

    def action_export(self) -> None:
        """Ask for a file and write what is shown, or the marked ones, into it."""

        def ask(rows: Sequence[LineT] | None) -> None:
            title = _("Export to which file? (.csv, .json or .vcf)")
            ask_file(self, title, f"{self.ROOM}.csv", partial(self._export_work, rows))

        if self.table.marks and not self.table.marks.everything:
            self.with_chosen(ask)
        else:
            ask(None)

    def export_work(self, path: str, rows: Sequence[LineT] | None) -> Callable[[], str] | None:
        """Return the operation that writes a file of what is shown or marked."""
        return self._export_work(rows, path)

    def _export_work(self, rows: Sequence[LineT] | None, path: str) -> Callable[[], str]:
        query, kind = self.query_text, self.KIND
        chosen = None if rows is None else [row.id for row in rows]

        def work() -> str:
            from boconsole.contacts import exporting

            number = exporting.export(self.session, Path(path), kind, query, chosen)
            return ngettext("{n} row is in {path}.", "{n} rows are in {path}.", number).format(
                n=grouped(number), path=path
            )

        return work

    # Changing

    def action_new(self) -> None:
        """Open the form of a new one."""
        self.app.push_screen(
            forms.new_form(self.session, self.KIND, lambda row: self._open(row.id))
        )

    def undo_work(self) -> Callable[[], str]:
        """Return what takes back the last edit, archiving or merge."""
        return self.taken_back

    def with_seen(self, then: Callable[[Sequence[Ref]], object]) -> None:
        """Act on the marked ones, else on the one under the cursor."""
        self.with_chosen(lambda rows: then([Ref(row.id, row.version) for row in rows]))

    def changed(self, _answer: object = None) -> None:
        """Clear the marks once an operation on them is done."""
        self.table.clear_marks()
        self.table.refresh_rows()
        self.show_preview(again=True)


class PeopleScreen(ContactsScreen[PersonLine]):
    """Everybody who asks, sells or buys."""

    TITLE = "People"
    ROOM = rooms.PEOPLE
    FEATURE = "contact"
    KIND = "contact"
    VIEWS = PEOPLE_VIEWS
    PARTS = (
        "screens.contacts.lists:OrganisationsScreen",
        "screens.contacts.card:CardScreen",
        "screens.contacts.duplicates:TwinsScreen",
    )

    def first_views(self) -> Sequence[View]:
        """Return everybody, then the views that are always there."""
        return [*self.HOUSE.first_views(), *super().first_views()]

    def show_view(self, name: str) -> None:
        """Show everybody again, go to a room, or show a view."""
        room = self.HOUSE.named(name)
        if room is not None and room.id == self.ROOM:
            QueryListScreen.show_view(self, name)
        else:
            super().show_view(name)

    def columns(self) -> Sequence[Column[PersonLine]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("name", N_("Name"), 18, lambda row: Cell(safe(row.name), "strong"), grow=2,
                   sort="name"),
            Column("mark", N_("V"), 1, facts.mark, name=N_("VIP or archived")),
            Column("organisation", N_("Organisation"), 16,
                   lambda row: Cell(safe(row.organisation)), grow=2, priority=1),
            Column("email", N_("Mail"), 22, lambda row: Cell(safe(row.email), "info"), grow=2),
            Column("phone", N_("Telephone"), 17, lambda row: Cell(safe(row.phone))),
            Column("title", N_("Position"), 14, lambda row: Cell(safe(row.title), "muted"), grow=1,
                   priority=2),
            Column("number", N_("Number"), 9,
                   lambda row: Cell(words.number("contact", row.id), "muted"), priority=3),
        )  # fmt: skip

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("Nobody matches. n adds a person, esc clears the filter, v has the views.")


class OrganisationsScreen(ContactsScreen[OrganisationLine]):
    """Customers, partners, suppliers, and our own organisation."""

    TITLE = "Organisations"
    ROOM = rooms.ORGANISATIONS
    FEATURE = "organisation"
    KIND = "organisation"
    VIEWS = ORGANISATION_VIEWS

    def columns(self) -> Sequence[Column[OrganisationLine]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("name", N_("Name"), 22, lambda row: Cell(safe(row.name), "strong"), grow=3,
                   sort="name"),
            Column("mark", N_("V"), 1, facts.mark, name=N_("VIP or archived")),
            Column("kind", N_("Kind"), 11, facts.kind),
            Column("people", N_("People"), 6, _people, align="right"),
            Column("domain", N_("Mail domain"), 16, lambda row: Cell(safe(row.domain), "info"),
                   grow=1),
            Column("phone", N_("Telephone"), 17, lambda row: Cell(safe(row.phone)), priority=1),
            Column("manager", N_("Manager"), 9, lambda row: Cell(safe(row.manager), "muted"),
                   priority=2),
            Column("number", N_("Number"), 9,
                   lambda row: Cell(words.number("organisation", row.id), "muted"), priority=3),
        )  # fmt: skip

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("Nothing matches. n adds an organisation, esc clears the filter, v has the views.")


def _people(row: OrganisationLine) -> Cell:
    return Cell(f"{row.people}" if row.people < 1_000 else "1,000+", "" if row.people else "muted")
