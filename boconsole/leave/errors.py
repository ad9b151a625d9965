"""What leave and attendance refuse, one class for each."""

from datetime import date

from boconsole.errors import BoconsoleError
from boconsole.language import _


class LeaveRuleError(BoconsoleError):
    """A leave type cannot be read.

    Attributes:
        key: The key of the table that is at fault, such as `grant.amount`.
        reason: What is wrong and what is allowed.
    """

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(_("leave type, {key}: {reason}").format(key=key, reason=reason))
        self.key = key
        self.reason = reason


class UnknownCountryError(BoconsoleError):
    """No public holidays are known of a country or region."""

    def __init__(self, country: str, region: str) -> None:
        name = f"{country}-{region}" if region else country
        super().__init__(
            _("No holidays of {name} are known; type a code such as ID, DE or DE-BY.").format(
                name=name[:20]
            )
        )


class NoDaysError(BoconsoleError):
    """A request would count no day."""

    def __init__(self) -> None:
        super().__init__(
            _("No working day lies in these days, so no leave is needed; choose others.")
        )


class SpanError(BoconsoleError):
    """The days of a request do not follow each other, or are too many."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)


class NotEmployedError(BoconsoleError):
    """Leave is asked for days outside of an employment."""

    def __init__(self, day: date) -> None:
        super().__init__(
            _("{day} lies outside of the employment; choose other days.").format(day=day)
        )


class OverlapError(BoconsoleError):
    """Two requests of one person share a part of a day."""

    def __init__(self, number: str, first: date, last: date) -> None:
        super().__init__(
            _("{number} has leave from {first} to {last} already; change or withdraw that.").format(
                number=number, first=first, last=last
            )
        )


class ShortError(BoconsoleError):
    """A balance does not cover what is asked for.

    Attributes:
        day: The first one that is not covered; it may belong to leave asked for before.
        missing: How much.
    """

    def __init__(self, title: str, day: date, missing: str) -> None:
        super().__init__(
            _("{title} is short by {missing} on {day}; ask for fewer days, or other leave.").format(
                title=title, missing=missing, day=day
            )
        )
        self.day = day
        self.missing = missing


class LimitError(BoconsoleError):
    """A rule of the type does not allow so much, or so late."""


class DecidedError(BoconsoleError):
    """A request is not in a state in which this can be done."""

    def __init__(self, number: str, state: str) -> None:
        super().__init__(
            _("{number} is {state}; look at it again.").format(number=number, state=state)
        )


class NotDeciderError(BoconsoleError):
    """Somebody decides who may not: one's own request, or of people of another manager."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _(
                "{number} is decided by a manager above, a stand-in, or HR; never by oneself."
            ).format(number=number)
        )


class StartedError(BoconsoleError):
    """Approved leave that has begun is not withdrawn by oneself."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("{number} has begun; ask the one who approved it to withdraw it.").format(
                number=number
            )
        )


class AtWorkError(BoconsoleError):
    """Somebody clocks in twice."""

    def __init__(self, since: str) -> None:
        super().__init__(_("You are at work since {since}; clock out first.").format(since=since))


class NotAtWorkError(BoconsoleError):
    """Somebody clocks out who is not at work."""

    def __init__(self) -> None:
        super().__init__(_("You are not clocked in; clock in first."))


class StayError(BoconsoleError):
    """The times of a stay cannot be, or lie in another one."""
