"""What a revaluation refuses, one class for each."""

from collections.abc import Sequence
from datetime import date

from boconsole.errors import BoconsoleError
from boconsole.language import _


class NoClosingRateError(BoconsoleError):
    """Nobody said what a currency was worth on the day.

    Attributes:
        pairs: Each currency without a rate, and the one that it is carried in.
    """

    def __init__(self, pairs: Sequence[tuple[str, str]], day: date) -> None:
        code, quote = pairs[0]
        told = _("No rate from {code} to {quote} is known on {day}; give it with: {command}")
        if len(pairs) > 1:
            told = _("No rates of {pairs} are known on {day}; give them, first with: {command}")
        super().__init__(
            told.format(
                code=code, quote=quote, day=day, pairs=", ".join("/".join(pair) for pair in pairs),
                command=f'boconsole ledger rate {code} "1.5 {quote}" --date {day}',
            )
        )  # fmt: skip
        self.pairs = tuple(pairs)


class RevaluationWaitsError(BoconsoleError):
    """A draft that revalues the same day is not posted yet."""

    def __init__(self, number: str, day: date) -> None:
        super().__init__(
            _("{number} revalues {day} already and waits; post or delete it first.").format(
                number=number, day=day
            )
        )


class UnrealisedAccountError(BoconsoleError):
    """No account, or more than one, takes unrealised gains and losses."""

    def __init__(self, paths: Sequence[str]) -> None:
        super().__init__(
            _("Exactly one account takes unrealised gains, not {paths}; mark it with: {command}")
            .format(
                paths=", ".join(paths) or _("none"),
                command='boconsole ledger account "Income:Unrealised Exchange Gains" '
                        "--role unrealised --cash-flow none",
            )
        )  # fmt: skip


class MonetaryAccountError(BoconsoleError):
    """An account cannot be revalued."""
