"""What the bank refuses, one class for each."""

from collections.abc import Sequence
from datetime import date

from boconsole.errors import BoconsoleError
from boconsole.language import _


class StatementError(BoconsoleError):
    """A statement file cannot be taken; nothing of it was.

    Attributes:
        line: Where in the file, from 1; 0 for the whole file.
        reason: What is wrong and what to do.
    """

    def __init__(self, file: str, line: int, reason: str) -> None:
        place = f"{file}:{line}" if line else file
        super().__init__(
            _("{place}: {reason}; nothing was imported.").format(place=place, reason=reason)
        )
        self.line = line
        self.reason = reason


class MapMissingError(StatementError):
    """A table has no map that says how to read it."""

    def __init__(self, file: str) -> None:
        super().__init__(
            file, 0, _("it is no OFX file, and no map says how to read it; name one with --map")
        )


class ReaderMissingError(BoconsoleError):
    """OFX files need a package that is not installed."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "OFX files need the package ofxtools. Install it with: "
                "pipx inject boconsole ofxtools."
            )
        )


class WhichStatementError(BoconsoleError):
    """A file holds statements of several accounts, and none is known."""

    def __init__(self, file: str, numbers: Sequence[str]) -> None:
        super().__init__(
            _("{file} holds the accounts {numbers}; say which with --number.").format(
                file=file, numbers=", ".join(number or "?" for number in numbers)
            )
        )
        self.numbers = tuple(numbers)


class OtherAccountError(BoconsoleError):
    """A statement belongs to another account than the one it was to go to."""


class MatchError(BoconsoleError):
    """Lines of bank and books cannot be matched, or are not."""


class UnequalMatchError(MatchError):
    """What is to be matched does not have the amount of the bank line."""

    def __init__(self, wanted: str, found: str, rest: str) -> None:
        super().__init__(
            _(
                "The bank line is {wanted}, the entries are {found}: {rest} too much. Choose other "
                "entries, or make the missing one with: boconsole ledger bank new"
            ).format(wanted=wanted, found=found, rest=rest)
        )


class ClosedReconciliationError(MatchError):
    """A bank line lies in what was closed."""

    def __init__(self, through: date) -> None:
        super().__init__(
            _(
                "The bank is reconciled and closed up to {day}; open that again first with: "
                "boconsole ledger bank reopen"
            ).format(day=through)
        )
