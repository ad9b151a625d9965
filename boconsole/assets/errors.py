"""What is refused with assets, one class for each."""

from collections.abc import Sequence
from datetime import date

from boconsole.assets.words import STATE_TITLES
from boconsole.errors import BoconsoleError
from boconsole.language import _


class AssetTransitionError(BoconsoleError):
    """An asset cannot go from one state to the other."""

    def __init__(self, tag: str, old: str, new: str, possible: Sequence[str]) -> None:
        ways = ", ".join(possible) or _("none")
        super().__init__(
            _("{number} is {old} and cannot become {new}; possible from here: {ways}.").format(
                number=tag, old=old, new=new, ways=ways
            )
        )


class HeldError(BoconsoleError):
    """Somebody has the asset."""

    def __init__(self, tag: str, holder: str) -> None:
        super().__init__(
            _("{tag} is with {holder}; check it in first.").format(tag=tag, holder=holder)
        )


class NotHeldError(BoconsoleError):
    """Nobody has the asset."""

    def __init__(self, tag: str) -> None:
        super().__init__(_("{tag} is with nobody, so it cannot come back.").format(tag=tag))


class NotLendableError(BoconsoleError):
    """The asset is not there to be handed out."""

    def __init__(self, tag: str, state: str) -> None:
        super().__init__(
            _("{tag} is {state}; only what is in stock is handed out.").format(
                tag=tag, state=_(STATE_TITLES[state]).lower()
            )
        )


class HolderError(BoconsoleError):
    """The asset cannot be given to this holder."""


class PastReturnError(BoconsoleError):
    """It would have to come back before it went."""

    def __init__(self, day: date) -> None:
        super().__init__(_("It cannot come back on {day}, which is over.").format(day=day))


class RelationError(BoconsoleError):
    """Two assets cannot be related so."""


class AddressError(BoconsoleError):
    """An address cannot be taken, or another asset has it."""


class LinkedError(BoconsoleError):
    """The fixed asset or invoice cannot be linked."""


class InventoryChangedError(BoconsoleError):
    """What differs is not what somebody looked at."""

    def __init__(self, tag: str) -> None:
        super().__init__(
            _("{tag} was changed meanwhile, so nothing was saved; look at it again.").format(
                tag=tag
            )
        )


class PlanError(BoconsoleError):
    """A plan of service cannot be changed or done so."""


class CounterError(BoconsoleError):
    """A counter shows less than before, and nobody says why."""

    def __init__(self, tag: str, counter: str, value: int) -> None:
        super().__init__(
            _("{tag} showed {value} {unit} before; say why it shows less now.").format(
                tag=tag, value=value, unit=counter
            )
        )


class RepairError(BoconsoleError):
    """An asset cannot be sent to be repaired, come back, or be capitalised so."""
