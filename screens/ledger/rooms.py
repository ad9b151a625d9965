"""The rooms of the area, in one table: an entry here is reached with `v` and `:view` from each.

The journal is the first screen of the area. The other rooms lie over it, or are queries of it.
"""

from __future__ import annotations

from typing import ClassVar

from boconsole.filters.complete import word_for
from boconsole.language import N_
from boconsole.ledger.statements import asking
from screens import rooms
from screens.rooms import House, Room, room_class, show

__all__ = ["InRooms", "Room", "room_class", "show"]

AREA = "ledger"
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
HOUSE = House(AREA, JOURNAL, ROOMS)
ROOMS_BY_ID = HOUSE.by_id
names, named, lying_over = HOUSE.names, HOUSE.named, HOUSE.lying_over
journal_views, enter = HOUSE.first_views, HOUSE.enter
place_of, commands = HOUSE.place_of, HOUSE.commands


class InRooms(rooms.InRooms):
    """A screen of the area: `v` and `:view` name every room, and then its own views."""

    HOUSE: ClassVar[House] = HOUSE


def of_account(path: str) -> str:
    """Return the query of the journal for the entries of an account."""
    return f"account:{word_for(path)}"
