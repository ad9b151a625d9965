"""What service levels refuse, one class for each."""

from datetime import datetime

from boconsole.errors import BoconsoleError
from boconsole.language import _


class CalendarError(BoconsoleError):
    """A business calendar cannot be read.

    Attributes:
        key: The key of the table that is at fault, such as `hours.mon`.
        reason: What is wrong and what is allowed.
    """

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(_("calendar, {key}: {reason}").format(key=key, reason=reason))
        self.key = key
        self.reason = reason


class PolicyError(BoconsoleError):
    """A file of policies cannot be taken.

    Attributes:
        where: The calendar or policy at fault, and its key.
        reason: What is wrong and what is allowed.
    """

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason


class InstantError(BoconsoleError):
    """A text is no instant."""

    def __init__(self, text: str) -> None:
        super().__init__(
            _(
                "{text!r} is no instant; write it as 2026-05-04T09:00:00Z, with an offset "
                "such as +02:00, or without one for the zone of the calendar."
            ).format(text=text[:60])
        )


class NegativeTargetError(BoconsoleError):
    """A target of less than no time."""

    def __init__(self, seconds: int) -> None:
        super().__init__(
            _("A target of {seconds} seconds is refused; give 0 or more.").format(seconds=seconds)
        )


class UnreachableDueError(BoconsoleError):
    """No due time within the years that are looked at."""

    def __init__(self, start: datetime, years: int) -> None:
        super().__init__(
            _(
                "The calendar has too few open hours for this target: no due time within "
                "{years} years of {start:%Y-%m-%d}. Shorten the target or open the calendar."
            ).format(years=years, start=start)
        )


class StandingClockError(BoconsoleError):
    """The clock is paused until further notice, so that there is no due time yet."""

    def __init__(self, since: datetime) -> None:
        super().__init__(
            _(
                "The clock has been paused since {since:%Y-%m-%d %H:%M}Z; there is no due "
                "time until it runs again."
            ).format(since=since)
        )
