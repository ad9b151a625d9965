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
