"""Refusals of mail."""

from boconsole.errors import BoconsoleError
from boconsole.language import _


class LetterTooLargeError(BoconsoleError):
    """A message is larger than the limit of attachments."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            _(
                "The message is larger than {limit} MiB; send a link instead, or raise "
                "BOCONSOLE_ATTACHMENT_LIMIT."
            ).format(limit=limit // 2**20)
        )


class ReaderMissingError(BoconsoleError):
    """The libraries of mail are not installed."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Mail needs the packages aiosmtpd and inscriptis. Install them with: "
                "pipx inject boconsole aiosmtpd inscriptis."
            )
        )


class ServerError(BoconsoleError):
    """A mail server cannot be reached or refuses; what was done until then stays."""

    def __init__(self, host: str, reason: str) -> None:
        super().__init__(
            _("The mail server {host} does not serve us: {reason}.").format(
                host=host, reason=reason
            )
        )


class OutboxError(BoconsoleError):
    """A message of the outbox is not in a state in which that can be done."""
