"""Refusals of tickets."""

from boconsole.errors import BoconsoleError
from boconsole.language import _
from boconsole.tickets.words import number


class MergedTicketError(BoconsoleError):
    """The ticket was merged into another one."""

    def __init__(self, ticket_id: int, into: int) -> None:
        super().__init__(
            _("{ticket} was merged into {into}; change that one, or un-merge.").format(
                ticket=number(ticket_id), into=number(into)
            )
        )


class MergeError(BoconsoleError):
    """Two tickets cannot become one, or not be parted again."""


class LinkError(BoconsoleError):
    """Two tickets cannot be linked in this way."""


class EmptyReplyError(BoconsoleError):
    """A reply without a text."""

    def __init__(self) -> None:
        super().__init__(_("The reply is empty; type a text."))
