"""An open account, of somebody else or one's own: what is known, keys, and what to change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import ClassVar

from textual.content import Content

from boconsole.accounts import reading
from boconsole.accounts.reading import AccountRow
from boconsole.language import N_, _
from boconsole.ledger.together import Ref
from screens.admin import rooms, user_facts
from screens.admin.user_acts import UserActs, user_actions
from screens.admin.user_facts import Whole
from screens.keys import DETAIL, Action
from screens.ledger.page import RecordPage, page_actions
from screens.places import Place
from screens.widgets.bars import Heading

OF_OTHERS = ("user.new", "user.state")
"""What nobody does to an account of one's own: not offered in the footer there."""
NEXT = (N_("Next account of the list"), N_("Account before in the list"))


class UserScreen(RecordPage[Whole], UserActs):
    """One account to read."""

    AREA = rooms.AREA
    ALONE = N_("This account was not opened from a list.")
    LAST = N_("There is no other account this way.")
    ACTIONS: ClassVar[Sequence[Action]] = (*user_actions(DETAIL), *page_actions("user", *NEXT))

    def read(self, record_id: int) -> Whole:
        """Return an account with its keys; blocks."""
        account = reading.get_by_id(self.session, record_id)
        return Whole(account, tuple(reading.keys(self.session, account)))

    def ref_of(self, whole: Whole) -> Ref:
        """Return the account as it is acted on, and its login."""
        return Ref(whole.account.id, whole.account.version, whole.account.login)

    def picture(self, whole: Whole, room: int) -> list[Content]:
        """Return the lines of an account."""
        return user_facts.picture(whole, room, self.session)

    def place(self) -> Place:
        """Return the list of accounts."""
        return Place(self.AREA, view=rooms.USERS)

    def with_account(self, then: Callable[[AccountRow], object]) -> None:
        """Call `then` with this account."""
        if self.whole is not None:
            then(self.whole.account)

    def open_account(self, account: AccountRow) -> None:
        """Show an account that was made."""
        self.app.push_screen(UserScreen(account.id))

    def changed(self) -> None:
        """Read it again."""
        self.action_refresh()


class AccountScreen(rooms.InRooms, UserScreen):
    """One's own account."""

    ROOM = rooms.ACCOUNT
    ACTIONS: ClassVar[Sequence[Action]] = tuple(
        replace(action, rank=0) if action.id in OF_OTHERS else action
        for action in UserScreen.ACTIONS
    )

    def __init__(self) -> None:
        super().__init__(0)

    def on_mount(self) -> None:
        """Look at one's own account."""
        self.record_id = self.session.user.id

    def heading(self) -> Heading:
        """Return what it is, and whose."""
        title = _("My account")
        return super().heading()._replace(view=f"{title} · {self.session.user.login}")

    def place(self) -> Place:
        """Return this room."""
        return Place(self.AREA, view=rooms.ACCOUNT)
