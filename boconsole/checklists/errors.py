"""What is refused about check lists, one class for each."""

from datetime import date

from boconsole.errors import BoconsoleError
from boconsole.language import _


class NotYoursError(BoconsoleError):
    """A step is for somebody else to do."""

    def __init__(self, title: str, owner: str) -> None:
        super().__init__(
            _("“{title}” is for {owner} to do; HR can tick it too.").format(
                title=title, owner=owner
            )
        )


class StepDoneError(BoconsoleError):
    """A step is done already, or not done."""

    def __init__(self, title: str, done: bool) -> None:
        super().__init__(
            _("“{title}” is done already.").format(title=title)
            if done
            else _("“{title}” is not done yet.").format(title=title)
        )


class TooEarlyError(BoconsoleError):
    """An account is disabled on the last day, not before."""

    def __init__(self, login: str, day: date) -> None:
        super().__init__(
            _("{login} works until {day}; the account is disabled from that day on.").format(
                login=login, day=day
            )
        )


class TagMissingError(BoconsoleError):
    """An asset is asked for, and none was named."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _("“{title}” asks for an asset: say the tag of the one that is handed out.").format(
                title=title
            )
        )


class NoContactError(BoconsoleError):
    """Assets are with contacts, and a person has none."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("No contact is linked with {number}, so no asset can be; link one first.").format(
                number=number
            )
        )


class LinkedStepError(BoconsoleError):
    """A step follows from a record, and is taken back there."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _("“{title}” is done by what it is linked with; take that back there.").format(
                title=title
            )
        )


class EndedListError(BoconsoleError):
    """A check list was given up, or there is none."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("{number} has no check list of this kind that goes on.").format(number=number)
        )
