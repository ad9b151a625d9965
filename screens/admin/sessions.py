"""The sessions that are open at the doors: who, from where, since when; and ending one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from boconsole import open_sessions
from boconsole.language import N_, _
from boconsole.open_sessions import OpenSessionRow
from screens.actions import CHANGE
from screens.admin import rooms
from screens.admin.user_facts import when
from screens.cells import Cell, safe
from screens.dialogs import ConfirmDialog
from screens.keys import LIST, Action
from screens.registers import RegisterScreen
from screens.widgets.columns import Column


class SessionsScreen(rooms.InRooms, RegisterScreen[OpenSessionRow]):
    """All open sessions for who looks after accounts, else one's own."""

    TITLE = "Sessions"
    ROOM = rooms.SESSIONS
    AREA = rooms.AREA
    FEATURE = "session"
    ACTIONS: ClassVar[Sequence[Action]] = (
        Action("session.remove", N_("End the session"), ("D",), LIST, CHANGE, rank=10,
               short=N_("end")),
    )  # fmt: skip

    def columns(self) -> Sequence[Column[OpenSessionRow]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("login", N_("Login"), 12, lambda row: Cell(safe(row.login), "info"), grow=1),
            Column("door", N_("Door"), 8, lambda row: Cell(safe(row.door))),
            Column("doing", N_("What"), 14, self._doing, grow=2),
            Column("from", N_("From"), 16, lambda row: Cell(safe(row.address)), grow=1),
            Column("since", N_("Since"), 16, lambda row: Cell(when(row.began_at, self.session))),
            Column("heard", N_("Last key"), 16,
                   lambda row: Cell(when(row.heard_at, self.session), "muted"), priority=1),
            Column("terminal", N_("Terminal"), 16, lambda row: Cell(safe(row.terminal), "muted"),
                   priority=2),
        )  # fmt: skip

    def _doing(self, row: OpenSessionRow) -> Cell:
        if row.ending:
            return Cell(_("ends, by {who}").format(who=safe(row.ending)), "warn")
        return Cell(safe(row.doing))

    def read_rows(self) -> Sequence[OpenSessionRow]:
        """Return the open sessions, oldest first."""
        return open_sessions.list_open(self.session)

    def key_of(self, row: OpenSessionRow) -> int:
        """Return the session's number."""
        return row.id

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("Nobody is signed in at a door now. A console on this machine is none.")

    def open_row(self, row: OpenSessionRow) -> None:
        """Say what can be done."""
        self.app.say(_("D ends the session of {login}.").format(login=row.login))

    def action_remove(self) -> None:
        """Ask, then end the session under the cursor."""
        if (row := self.row) is None:
            return

        def take(sure: bool | None) -> None:
            if sure:
                self.change(
                    partial(open_sessions.end, self.session, row.id),
                    said=_("The session of {login} ends.").format(login=row.login),
                    touched=(row.id,),
                )

        question = _("End the session of {login}? What is typed there is kept as drafts.")
        dialog = ConfirmDialog(question.format(login=row.login), yes=_("end"))
        self.app.push_screen(dialog, take)
