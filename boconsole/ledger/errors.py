"""What the books refuse, one class for each."""

from collections.abc import Sequence
from datetime import date

from boconsole.errors import BoconsoleError
from boconsole.language import _


class UnknownAccountError(BoconsoleError):
    """No account has that name or code."""

    def __init__(self, name: str, similar: Sequence[str]) -> None:
        problem = _("There is no account {name!r}.").format(name=name)
        if similar:
            help_text = _("Similar: {similar}.").format(similar=", ".join(similar))
        else:
            help_text = _("See the accounts with: boconsole ledger accounts")
        super().__init__(f"{problem} {help_text}")
        self.name = name


class UnknownCommodityError(BoconsoleError):
    """No commodity has that code, and it is no currency either."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _("Say in which currency, as in 12.50 USD.")
            if not code
            else _(
                "There is no commodity {code!r}, and it is no ISO 4217 currency; "
                "add it with: boconsole ledger commodity {code} --precision N"
            ).format(code=code)
        )


class AccountClosedError(BoconsoleError):
    """The account takes no entries on that day."""

    def __init__(self, path: str, day: date) -> None:
        super().__init__(
            _("The account {path} is not active on {day}; choose another account or day.").format(
                path=path, day=day
            )
        )


class UnbalancedEntryError(BoconsoleError):
    """The lines of an entry do not sum to zero.

    Attributes:
        rests: Amount and commodity of what is over.
    """

    def __init__(self, rests: Sequence[str]) -> None:
        super().__init__(
            _("The entry does not balance: {rests} too much; change a line or add one.").format(
                rests=", ".join(rests)
            )
        )
        self.rests = tuple(rests)


class TooFewLinesError(BoconsoleError):
    """An entry with fewer than two lines cannot be posted."""

    def __init__(self) -> None:
        super().__init__(_("An entry needs two lines at least; add the other side."))


class PeriodClosedError(BoconsoleError):
    """The day lies in a period that is closed, or before a lock date."""

    def __init__(self, day: date, reason: str) -> None:
        super().__init__(
            _("Nothing can be booked on {day}: {reason}.").format(day=day, reason=reason)
        )
        self.day = day


class PostedEntryError(BoconsoleError):
    """A posted entry never changes."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("{number} is posted and never changes; reverse it and enter it anew.").format(
                number=number
            )
        )


class ReversalError(BoconsoleError):
    """An entry cannot be reversed."""


class ApprovalError(BoconsoleError):
    """An approval is missing, or may not be given by this person."""


class YearStateError(BoconsoleError):
    """A fiscal year or period is not in the state that this needs."""


class ControlError(BoconsoleError):
    """What is done to an account or commodity does not fit what is booked on it."""


class ControlAccountError(BoconsoleError):
    """An entry written by hand books an account of receivables or payables."""

    def __init__(self, path: str) -> None:
        super().__init__(
            _(
                "{path} is booked by invoices, bills and payments alone; enter one of those, or "
                "take over an opening balance with: boconsole ledger new --opening"
            ).format(path=path)
        )
        self.path = path


class OpeningError(BoconsoleError):
    """An opening balance has a line that none can have."""

    def __init__(self, path: str) -> None:
        super().__init__(
            _(
                "An opening balance books what is owned and owed, not {path}; put the other side "
                "on an account of equity."
            ).format(path=path)
        )


class RebuildError(BoconsoleError):
    """Balances are not computed from lines that are not proved."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            _(
                "The balances are left as they are, since the lines themselves do not hold: "
                "{reason}; go back to a backup."
            ).format(reason=reason)
        )
