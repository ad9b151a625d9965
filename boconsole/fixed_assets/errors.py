"""What the register of fixed assets refuses, one class for each."""

from datetime import date

from boconsole.errors import BoconsoleError
from boconsole.fixed_assets.words import STATE_TITLES
from boconsole.language import _


class AssetStateError(BoconsoleError):
    """An asset is not in the state that this needs."""

    def __init__(self, number: str, state: str) -> None:
        super().__init__(
            _("{number} is {state}; this is done with assets in use.").format(
                number=number, state=_(STATE_TITLES[state])
            )
        )


class WaitingEntryError(BoconsoleError):
    """An entry of the asset is not posted yet."""

    def __init__(self, number: str, entry: str) -> None:
        super().__init__(
            _("{entry} of {number} is not posted yet; post or delete it first.").format(
                number=number, entry=entry
            )
        )


class NothingToDepreciateError(BoconsoleError):
    """All depreciation up to a month is booked."""

    def __init__(self, month: date) -> None:
        super().__init__(
            _("Nothing is left to depreciate up to {month}.").format(month=f"{month:%Y-%m}")
        )


class FutureMonthError(BoconsoleError):
    """The month has not begun."""

    def __init__(self, month: date) -> None:
        super().__init__(
            _("{month} has not begun; depreciate it once it has.").format(month=f"{month:%Y-%m}")
        )


class DepreciatedFurtherError(BoconsoleError):
    """More is depreciated than up to the day on which an asset goes."""

    def __init__(self, number: str, day: date) -> None:
        super().__init__(
            _(
                "{number} is depreciated beyond {day}; take that back first, or let it go later."
            ).format(number=number, day=day)
        )


class DepreciationMissingError(BoconsoleError):
    """A month before a change is not depreciated."""

    def __init__(self, number: str, month: date) -> None:
        super().__init__(
            _("{number} is not depreciated for {month}; do that first.").format(
                number=number, month=f"{month:%Y-%m}"
            )
        )


class LaterMovementError(BoconsoleError):
    """Something happened to the asset after what is to be taken back."""

    def __init__(self, number: str, entry: str) -> None:
        super().__init__(
            _("Something later moved {number} than {entry}; take that back first.").format(
                number=number, entry=entry
            )
        )


class RevaluedError(BoconsoleError):
    """The asset is carried at a revalued amount."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("{number} is carried at a revalued amount; revalue it to what it is worth.").format(
                number=number
            )
        )


class AdoptionError(BoconsoleError):
    """An entry has not enough on the account of the class."""


class ClassInUseError(BoconsoleError):
    """The accounts of a class with assets cannot be changed."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("{name} has assets, so its accounts stay; make another class.").format(name=name)
        )
