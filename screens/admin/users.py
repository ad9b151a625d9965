"""The accounts: who may sign in, with what, and with which roles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from rich.console import RenderableType

from boconsole.accounts import area, reading
from boconsole.accounts.reading import AccountRow
from boconsole.filters import Area
from boconsole.language import N_, _
from screens.actions import FIND
from screens.admin import rooms, user_facts
from screens.admin.sources import AccountSource
from screens.admin.user_acts import UserActs, user_actions
from screens.admin.user_facts import Whole
from screens.cells import Cell, safe
from screens.keys import LIST, Action
from screens.lists import View
from screens.prose import block
from screens.query_lists import QueryListScreen
from screens.widgets.columns import Column
from screens.widgets.preview import Preview

VIEWS = (
    View(N_("Disabled accounts"), "state:disabled"),
    View(N_("Administrators"), "role:admin"),
    View(N_("Never signed in"), "is:new"),
    View(N_("Passwords to change"), "is:changing"),
)


class UsersScreen(rooms.InRooms, QueryListScreen[AccountRow], UserActs):
    """Active accounts by login, unless the filter says otherwise."""

    TITLE = "Users"
    ROOM = rooms.USERS
    AREA = rooms.AREA
    FEATURE = user_facts.FEATURE
    ACTIONS: ClassVar[Sequence[Action]] = (
        *user_actions(LIST),
        Action("user.save-view", N_("Save the query as a view"), ("V",), LIST, FIND),
    )

    def columns(self) -> Sequence[Column[AccountRow]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("login", N_("Login"), 12, lambda row: Cell(safe(row.login), "info"),
                   sort="login", grow=1),
            Column("name", N_("Name"), 16, lambda row: Cell(safe(row.name)), sort="name", grow=2),
            Column("state", N_("State"), 10, user_facts.state_word, priority=1),
            Column("roles", N_("Roles"), 16, lambda row: Cell(user_facts.roles_text(row)), grow=2),
            Column("ways", N_("Signs in with"), 20, user_facts.ways, priority=2),
            Column("seen", N_("Last sign-in"), 16,
                   lambda row: Cell(user_facts.when(row.signed_in_at, self.session), "muted"),
                   sort="signed_in", priority=3),
            Column("teams", N_("Teams"), 12, lambda row: Cell(safe(", ".join(row.teams)), "muted"),
                   grow=1, priority=4),
            Column("email", N_("Mail address"), 18, lambda row: Cell(safe(row.email), "muted"),
                   sort="email", priority=5),
        )  # fmt: skip

    def source(self, query: str) -> AccountSource:
        """Return where the rows of a query come from."""
        return AccountSource(self.session, query)

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No account matches. n makes one, esc clears the filter, v has the views.")

    def preview(self, row: AccountRow) -> RenderableType:
        """Return an account beside the list; reads."""
        whole = Whole(row, tuple(reading.keys(self.session, row)))
        return block(user_facts.picture(whole, self.query_one(Preview).room, self.session))

    def read_area(self) -> Area:
        """Return what queries may say about accounts."""
        return area.remembered_area(self.session)

    def first_views(self) -> Sequence[View]:
        """Return the views that are always there."""
        return [View(_(view.name), view.query) for view in VIEWS]

    def _columns_of(self, view: str) -> str:
        return f"users.columns.{view}"

    @property
    def _history(self) -> str:
        return "users.history"

    # Going

    def open_row(self, row: AccountRow) -> None:
        """Open an account."""
        self.open_account(row)

    def open_account(self, account: AccountRow) -> None:
        """Open an account."""
        from screens.admin.user import UserScreen

        self.app.push_screen(UserScreen(account.id, self))

    def open_number(self, number: str) -> None:
        """Open an account by its login."""
        self.load(partial(reading.get, self.session, number), self.open_account, group="open")

    # Changing

    def with_account(self, then: Callable[[AccountRow], object]) -> None:
        """Call `then` with the account under the cursor."""
        if (row := self.row) is not None:
            then(row)
        else:
            self.app.say(_("There is no account here; n makes one."))

    def changed(self) -> None:
        """Read the list again where it stands."""
        self.table.refresh_rows()
        self.show_preview(again=True)
