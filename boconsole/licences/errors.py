"""What licences refuse, one class for each."""

from datetime import date

from boconsole.errors import BoconsoleError
from boconsole.language import _


class NoFreeSeatError(BoconsoleError):
    """Every seat of a licence is with somebody, or spent."""

    def __init__(self, number: str, product: str) -> None:
        super().__init__(
            _("No seat of {number} {product} is free; take one back, or buy more.").format(
                number=number, product=product
            )
        )


class SeatTakenError(BoconsoleError):
    """Somebody has a seat of the licence already."""

    def __init__(self, number: str, holder: str, seat: int) -> None:
        super().__init__(
            _("{holder} has seat {seat} of {number} already.").format(
                holder=holder, seat=seat, number=number
            )
        )


class NoSeatError(BoconsoleError):
    """There is no seat to take back."""

    def __init__(self, number: str, holder: str) -> None:
        super().__init__(
            _("{holder} has no seat of {number}.").format(holder=holder, number=number)
        )


class LicenceStateError(BoconsoleError):
    """A licence that ended or is retired gives no seats."""

    def __init__(self, number: str, state: str, ended: date | None) -> None:
        told = _("{number} is {state}; no seat of it can be given.").format(
            number=number, state=state
        )
        if ended is not None:
            told = _("{number} ended on {day}; extend it before seats are given.").format(
                number=number, day=ended
            )
        super().__init__(told)


class SeatsInUseError(BoconsoleError):
    """A licence cannot have fewer seats than are taken."""

    def __init__(self, number: str, taken: int) -> None:
        super().__init__(
            _("{taken} seats of {number} are taken; it cannot have fewer.").format(
                taken=taken, number=number
            )
        )


class LicenceInUseError(BoconsoleError):
    """A licence whose seats are with somebody cannot be retired."""

    def __init__(self, number: str, used: int) -> None:
        super().__init__(
            _("{used} seats of {number} are with somebody; take them back first.").format(
                used=used, number=number
            )
        )


class InstalledError(BoconsoleError):
    """A product is on the asset already, or is not there."""


class ProductExistsError(BoconsoleError):
    """Two products cannot have one name."""

    def __init__(self, name: str) -> None:
        super().__init__(_("There is a product {name} already.").format(name=name))
