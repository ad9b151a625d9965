"""The lists of mail that a person decides on: sent again or taken in, given up or off the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from boconsole.language import N_, _
from boconsole.mail import keeping
from boconsole.session import Session
from screens.actions import CHANGE, SHOW
from screens.admin.mail import OUTBOX
from screens.admin.parts import Item
from screens.admin.screen import AREA, PartScreen
from screens.dialogs import ConfirmDialog
from screens.keys import Action


def _why_not(screen: MailScreen) -> str:
    if not screen.session.may(screen.part.permission):
        return _("You need the permission {permission} for this; ask an administrator.").format(
            permission=screen.part.permission
        )
    return "" if screen.items else _("Nothing is here.")


class MailScreen(PartScreen):
    """The messages of one list."""

    ACTIONS: ClassVar[Sequence[Action]] = (
        Action("mail.retry", N_("Send it again, or take it in"), ("A",), AREA, CHANGE, rank=1,
               short=N_("again"), when=_why_not),
        Action("admin.remove", N_("Remove"), ("D",), AREA, CHANGE, rank=3, short=N_("remove"),
               when=_why_not),
        Action("admin.refresh", N_("Read again"), ("r",), AREA, SHOW),
    )  # fmt: skip

    def action_retry(self) -> None:
        """Send the message under the cursor again, or take it in, after asking."""
        if (item := self.item) is None:
            return
        outgoing = self.part.id == OUTBOX
        question = _("Send this again? It may reach {name} a second time.")
        if not outgoing:
            question = _("Take in the mail of {name}? It becomes a ticket or a reply.")
        act = partial(_retry, self.session, int(str(item.values["id"])), outgoing=outgoing)
        said = _("It waits to be sent.") if outgoing else _("It was taken in.")
        self._ask(question.format(name=_who(item)), act, said)

    def action_remove(self) -> None:
        """Give the message up, or take it off the list, after asking."""
        item, remove = self.item, self.part.remove
        if item is None or remove is None:
            return
        question = _("Give up {name}? It is not sent; what it said stays on the ticket.")
        if self.part.id != OUTBOX:
            question = _("Take {name} off the list? Its source stays.")
        act = partial(remove, self.session, str(item.values["id"]))
        self._ask(question.format(name=_who(item)), act, _("Done."))

    def _ask(self, question: str, act: Callable[[], object], said: str) -> None:
        def go_on(sure: bool | None) -> None:
            if sure:
                self.change(act, said=said, feature=AREA, done=lambda _done: self.action_refresh())

        self.app.push_screen(ConfirmDialog(question, yes=_("yes")), go_on)


def _who(item: Item) -> str:
    return item.name.partition(" ")[2]


def _retry(session: Session, message_id: int, *, outgoing: bool) -> object:
    if outgoing:
        return keeping.retry_mail(session, message_id)
    return keeping.retry_letter(session, message_id)
