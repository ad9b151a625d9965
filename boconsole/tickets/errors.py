"""Refusals of tickets."""

from boconsole.errors import BoconsoleError
from boconsole.tickets.words import number


class MergedTicketError(BoconsoleError):
    """The ticket was merged into another one."""

    def __init__(self, ticket_id: int, into: int) -> None:
        super().__init__(
            f"{number(ticket_id)} was merged into {number(into)}; change that one, or un-merge."
        )


class MergeError(BoconsoleError):
    """Two tickets cannot become one, or not be parted again."""


class LinkError(BoconsoleError):
    """Two tickets cannot be linked in this way."""


class EmptyReplyError(BoconsoleError):
    """A reply without a text."""

    def __init__(self) -> None:
        super().__init__("The reply is empty; type a text.")


class AttachmentTooLargeError(BoconsoleError):
    """A file is larger than the limit."""

    def __init__(self, name: str, size: int, limit: int) -> None:
        super().__init__(
            f"{name} has {size / 2**20:.1f} MiB, at most {limit // 2**20} MiB can be attached; "
            "send a link instead, or raise BOCONSOLE_ATTACHMENT_LIMIT."
        )
