"""What is refused about people and organisations."""

from boconsole.errors import BoconsoleError
from boconsole.language import _


class TakenError(BoconsoleError):
    """A mail address or a name belongs to somebody else already."""

    def __init__(self, what: str, owner: str) -> None:
        super().__init__(
            _("{what} belongs to {owner} already; open that one, or merge the two.").format(
                what=what, owner=owner
            )
        )


class MergedContactError(BoconsoleError):
    """The record was merged into another."""

    def __init__(self, number: str, into: str) -> None:
        super().__init__(
            _("{number} was merged into {into}; work with that one.").format(
                number=number, into=into
            )
        )


class ContactMergeError(BoconsoleError):
    """Two records cannot be merged, or parted."""


class ForgottenError(BoconsoleError):
    """A person who was forgotten stays so."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("{number} was forgotten for good; add the person anew.").format(number=number)
        )
