"""What the stock refuses, one class for each."""

from boconsole.errors import BoconsoleError
from boconsole.language import _, ngettext


class NotEnoughError(BoconsoleError):
    """Fewer are on hand than were asked for."""

    def __init__(self, name: str, on_hand: int) -> None:
        super().__init__(
            ngettext(
                "Only {n} of {name} is on hand; receive more first.",
                "Only {n} of {name} are on hand; receive more first.",
                on_hand,
            ).format(n=on_hand, name=name)
        )


class NotHeldError(BoconsoleError):
    """Somebody brings back more than they have."""

    def __init__(self, holder: str, held: int, name: str) -> None:
        super().__init__(
            _("Only {n} of {name} can come back from {holder}.").format(
                holder=holder, n=held, name=name
            )
        )


class WrongHolderError(BoconsoleError):
    """Things of this kind go to people or assets only."""


class ConsumedError(BoconsoleError):
    """Consumables do not come back."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("{name} is used up and does not come back; correct the count instead.").format(
                name=name
            )
        )


class AwayError(BoconsoleError):
    """Things that are away keep their record in use."""

    def __init__(self, name: str, away: int) -> None:
        super().__init__(
            _("{n} of {name} are not back; take them back first.").format(n=away, name=name)
        )


class RetiredError(BoconsoleError):
    """Nothing is given of what is retired."""

    def __init__(self, name: str) -> None:
        super().__init__(_("{name} is retired; take it into use again first.").format(name=name))


class StocktakeClosedError(BoconsoleError):
    """A closed stocktake takes no scans."""

    def __init__(self, name: str) -> None:
        super().__init__(_("{name} is closed; open another stocktake.").format(name=name))


class NothingExpectedError(BoconsoleError):
    """A stocktake needs assets to look for."""

    def __init__(self) -> None:
        super().__init__(
            _("No active asset is at these places or of these categories; choose others.")
        )
