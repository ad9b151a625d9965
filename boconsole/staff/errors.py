"""What is refused about staff, one class for each."""

from datetime import date

from boconsole.errors import BoconsoleError
from boconsole.language import _


class OverlapError(BoconsoleError):
    """Two facts of one kind would hold at the same time."""

    def __init__(self, number: str, what: str, first: date, last: date | None) -> None:
        super().__init__(
            _("{number} has this from {first} to {last} already: {what}; end that first.").format(
                number=number, what=what, first=first, last=last or _("further on")
            )
        )


class SameDayError(BoconsoleError):
    """A state of one kind starts on that day already."""

    def __init__(self, number: str, what: str, day: date) -> None:
        super().__init__(
            _("{number} has a change of {day} already: {what}; correct that one.").format(
                number=number, what=what, day=day
            )
        )


class ReasonMissingError(BoconsoleError):
    """What has held is not changed without a reason."""

    def __init__(self, what: str, day: date) -> None:
        super().__init__(
            _("{what} holds since {day}; say why it is corrected.").format(what=what, day=day)
        )


class ManagerCircleError(BoconsoleError):
    """Somebody would be above themselves."""

    def __init__(self, number: str, manager: str, day: date) -> None:
        super().__init__(
            _("{manager} is below {number} on {day}; nobody can be above themselves.").format(
                number=number, manager=manager, day=day
            )
        )


class NotEmployedError(BoconsoleError):
    """Somebody is not employed on a day."""

    def __init__(self, number: str, day: date) -> None:
        super().__init__(_("{number} is not employed on {day}.").format(number=number, day=day))


class GoneFactError(BoconsoleError):
    """Something took the place of a fact already."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("That entry of {number} was replaced already; look at it again.").format(
                number=number
            )
        )
