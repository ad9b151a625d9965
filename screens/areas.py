"""The areas of the console, in one table: an entry here makes an area reachable everywhere.

Its key, the `:` line, the palette, jumps by record number and the page of keys follow.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from boconsole.language import N_
from screens.actions import GO
from screens.keys import GLOBAL, Action
from screens.places import Place

if TYPE_CHECKING:
    from screens.shell import ShellScreen


class Area(NamedTuple):
    """One area.

    Attributes:
        id: The word typed after `:`; also the feature of its records.
        key: The digit that goes there; "" for an area that is reached by its word alone.
        title: Its name, marked with `N_`.
        screen: `module:Class` of its first screen, imported when first shown.
        prefix: Of its record numbers (`TKT`), or "" when it has none.
        others: Further prefixes of its numbers.
        rooms: `module:function` that answers with word, title and place of its rooms, which are
            reached from everywhere by their word; imported when they are first asked for.
        jump: `module:function` that answers with the number of a record that a word names in
            another way, such as a serial number, or ""; it reads.
    """

    id: str
    key: str
    title: str
    screen: str
    prefix: str = ""
    others: tuple[str, ...] = ()
    rooms: str = ""
    jump: str = ""

    @property
    def prefixes(self) -> tuple[str, ...]:
        """Every prefix of its record numbers, the usual one first."""
        return (self.prefix, *self.others) if self.prefix else ()

    def room_commands(self) -> Sequence[tuple[str, str, Place]]:
        """Return word, title and place of its rooms."""
        found: Sequence[tuple[str, str, Place]] = named(self.rooms)() if self.rooms else ()
        return found

    def screen_class(self) -> type[ShellScreen]:
        """Import and return the class of the first screen."""
        return named_screen(self.screen)


def named(place: str) -> Any:  # Any: whatever has that name
    """Import and return what `module:name` names."""
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)


def named_screen(place: str) -> type[ShellScreen]:
    """Import and return the screen that `module:Class` names."""
    found: type[ShellScreen] = named(place)
    return found


AREAS: tuple[Area, ...] = (
    Area("home", "1", N_("Home"), "screens.home:HomeScreen"),
    Area("tickets", "2", N_("Tickets"), "screens.tickets:TicketsScreen", "TKT"),
    Area("assets", "3", N_("Assets"), "screens.assets:AssetsScreen", "AST", ("LIC", "STK", "CNT"),
         "screens.asset_rooms:commands", "boconsole.assets.jumping:tag_of"),
    Area("staff", "4", N_("Staff"), "screens.staff:StaffScreen", "EMP",
         ("LVE", "OVT", "PYR", "CYC", "APR", "CRS", "TRN", "OPN", "CAN"),
         rooms="screens.staff_rooms:commands"),
    Area("ledger", "5", N_("Ledger"), "screens.ledger.journal:JournalScreen", "JNL",
         ("CLS", "DRF", "INV", "CRN", "BIL", "BILL", "SCN", "RCP", "PAY", "OFS", "FA", "FAJ",
          "PYJ"),
         "screens.ledger.rooms:commands"),
    Area("projects", "6", N_("Projects"), "screens.projects:ProjectsScreen", "PRJ", ("TSK",),
         "screens.project_rooms:commands"),
    Area("knowledge", "", N_("Knowledge"), "screens.knowledge:KnowledgeScreen", "KB"),
    Area("assessments", "", N_("Assessments"), "screens.assessments:AssessmentsScreen", "ASM"),
    Area("forecast", "", N_("Forecasts"), "screens.forecasts:ForecastsScreen"),
    Area("documents", "7", N_("Documents"), "screens.registry.documents:DocumentsScreen", "DOC",
         ("CTR", "DST"), "screens.registry.rooms:commands"),
    Area("contacts", "8", N_("Contacts"), "screens.contacts.lists:PeopleScreen", "CON", ("ORG",),
         "screens.contacts.rooms:commands", "boconsole.contacts.jumping:number_of"),
    Area("reports", "9", N_("Reports"), "screens.reports:ReportsScreen"),
    Area("admin", "0", N_("Admin"), "screens.admin.screen:AdminScreen",
         rooms="screens.admin.rooms:commands"),
)  # fmt: skip


def area_actions(areas: tuple[Area, ...]) -> tuple[Action, ...]:
    """Return the actions that go to each area."""
    return tuple(
        Action(
            f"go.{area.id}", area.title, (area.key,) if area.key else (), GLOBAL, GO,
            value=area.id, help=AREA_HELP,
        )
        for area in areas
    )  # fmt: skip


AREA_HELP = N_("Go to this area.")
