"""The rooms of the area, in one table: an entry here is reached with `v` and `:view` from each.

The journal is the first screen of the area. The other rooms lie over it, or are queries of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from boconsole.filters.complete import word_for
from boconsole.language import N_, _
from boconsole.ledger.statements import asking
from screens.areas import named_screen
from screens.places import Place

if TYPE_CHECKING:
    from screens.app import BoconsoleApp
    from screens.lists import View
    from screens.shell import ShellScreen as Base
    from screens.widgets.bars import Heading
else:
    # Textual takes the styles of a screen from its first base that is a widget, and from the
    # bases of that one: what is mixed in before it is none.
    Base = object

AREA = "ledger"


class Room(NamedTuple):
    """One room.

    Attributes:
        id: Its word in a `Place`, before the name of a view of its own: `invoices/Open`.
        title: Its name, marked with `N_`.
        screen: `module:Class`, a screen that is `InRooms`; "" for a query of the journal.
        query: Of the journal, where it has no screen.
        prefixes: Of the numbers of records that it opens (`INV`).
    """

    id: str
    title: str
    screen: str = ""
    query: str = ""
    prefixes: tuple[str, ...] = ()


JOURNAL, ACCOUNTS, APPROVALS = "journal", "accounts", "approvals"
PAYMENTS, OPEN_ITEMS = "payments", "open-items"
FIXED_ASSETS = "fixed-assets"
CLOSING, REVALUATION = "closing", "revaluation"
INVOICES, BILLS = "invoices", "bills"
BANK = "bank"
BUDGETS = "budgets"
ROOMS: tuple[Room, ...] = (
    Room(JOURNAL, N_("Journal")),
    Room(ACCOUNTS, N_("Accounts"), "screens.ledger.accounts:AccountsScreen"),
    Room(APPROVALS, N_("Approvals"), "screens.ledger.approvals:ApprovalsScreen"),
    *(
        Room(name, title, "screens.ledger.statements:StatementsScreen")
        for name, title in asking.TITLES.items()
    ),
    Room(INVOICES, N_("Invoices"), "screens.ledger.invoices:InvoicesScreen",
         prefixes=("INV", "CRN")),
    Room(BILLS, N_("Bills"), "screens.ledger.invoices:BillsScreen",
         prefixes=("BIL", "BILL", "SCN")),
    Room(PAYMENTS, N_("Payments"), "screens.ledger.payments:PaymentsScreen",
         prefixes=("RCP", "PAY", "OFS")),
    Room(OPEN_ITEMS, N_("Open items"), "screens.ledger.open_items:OpenItemsScreen"),
    Room(CLOSING, N_("Closing"), "screens.ledger.closing:ClosingScreen"),
    Room(REVALUATION, N_("Revaluation"), "screens.ledger.revaluation:RevaluationScreen"),
    Room(BANK, N_("Bank"), "screens.ledger.bank:BankScreen"),
    Room(FIXED_ASSETS, N_("Fixed assets"), "screens.ledger.fixed_assets:FixedAssetsScreen",
         prefixes=("FA",)),
    Room(BUDGETS, N_("Budgets"), "screens.ledger.budgets:BudgetsScreen"),
)  # fmt: skip


ROOMS_BY_ID = {room.id: room for room in ROOMS}


class InRooms(Base):
    """A screen of the area: `v` and `:view` name every room, and then its own views."""

    ROOM = ""
    """Id of the room that it is."""

    @classmethod
    def for_room(cls, room: Room, query: str) -> InRooms:
        """Return the screen of a room; the query follows with `show_place`."""
        del room, query
        return cls()

    def heading(self) -> Heading:
        """Return the room, and the view in it."""
        found = super().heading()
        if not self.ROOM or self.ROOM == JOURNAL:
            return found
        names = (_(ROOMS_BY_ID[self.ROOM].title), found.view)
        return found._replace(view=" · ".join(dict.fromkeys(filter(None, names))))

    def place(self) -> Place:
        """Return what is shown, told apart from the views of the journal."""
        found = super().place()
        if self.ROOM and self.ROOM != JOURNAL and not found.record:
            return found._replace(view=f"{self.ROOM}/{found.view}".rstrip("/"))
        return found

    def view_names(self) -> Sequence[str]:
        """Return the rooms, then the screen's own views."""
        rooms = names()
        return [*rooms, *(name for name in super().view_names() if name not in rooms)]

    def show_view(self, name: str) -> None:
        """Go to a room, or show a view."""
        room = named(name)
        if room is None:
            super().show_view(name)
        elif room.id != self.ROOM:
            enter(self.app, room)


def names() -> list[str]:
    """Return what the rooms are called."""
    return [_(room.title) for room in ROOMS]


def named(title: str) -> Room | None:
    """Return the room of a translated title."""
    return next((room for room in ROOMS if _(room.title) == title), None)


def lying_over(place: Place) -> Room | None:
    """Return the room with a screen of its own that shows a place, None for the journal."""
    word, prefix = place.view.partition("/")[0], place.record.partition("-")[0]
    for room in ROOMS:
        if room.screen and (prefix in room.prefixes or (room.id == word and not place.record)):
            return room
    return None


def journal_views() -> list[View]:
    """Return the rooms that are queries of the journal."""
    from screens.lists import View

    return [View(_(room.title), room.query) for room in ROOMS if not room.screen]


def of_account(path: str) -> str:
    """Return the query of the journal for the entries of an account."""
    return f"account:{word_for(path)}"


def enter(app: BoconsoleApp, room: Room) -> None:
    """Go to a room."""
    app.call_later(app.go, place_of(room))


def place_of(room: Room) -> Place:
    """Return the place of a room."""
    return Place(AREA, query=room.query, view=room.id if room.screen else _(room.title))


def commands() -> list[tuple[str, str, Place]]:
    """Return what the `:` line knows of the rooms: word, title and place of each."""
    return [(room.id, _(room.title), place_of(room)) for room in ROOMS]


async def show(app: BoconsoleApp, room: Room, place: Place) -> None:
    """Lay the screen of a room over the journal, and show a place in it."""
    screen = room_class(room).for_room(room, place.query)
    await app.push_screen(screen)
    view = place.view.partition("/")[2]
    if place.query or place.record or view:
        await screen.show_place(place._replace(view=view))


def room_class(room: Room) -> type[InRooms]:
    """Import and return the class of a room's screen."""
    found = named_screen(room.screen)
    if not issubclass(found, InRooms):
        raise TypeError(f"{room.screen} is not InRooms")
    return found
