"""What is refused about pay, one class for each."""

from collections.abc import Sequence

from boconsole.errors import BoconsoleError
from boconsole.language import _


class RunStateError(BoconsoleError):
    """A run is not in the state that this needs."""

    def __init__(self, number: str, state: str, wanted: str) -> None:
        super().__init__(
            _("{number} is {state}; this needs a run that is {wanted}.").format(
                number=number, state=_(state), wanted=_(wanted)
            )
        )


class OpenMonthError(BoconsoleError):
    """An earlier month of the year is not approved, and later months rest on it."""

    def __init__(self, number: str, month: str) -> None:
        super().__init__(
            _("{number} of {month} is a draft; approve or drop it first.").format(
                number=number, month=month
            )
        )


class PayFactsError(BoconsoleError):
    """Some people cannot be paid as their records are."""

    def __init__(self, problems: Sequence[str]) -> None:
        more = len(problems) - 5
        shown = "; ".join(problems[:5]) + (_("; and {n} more").format(n=more) if more > 0 else "")
        super().__init__(_("The pay cannot be computed: {problems}.").format(problems=shown))
        self.problems = list(problems)


class NobodyError(BoconsoleError):
    """Nobody would be in a run."""

    def __init__(self, month: str, group: str) -> None:
        super().__init__(
            _("Nobody is to be paid in {month} ({group}); look at employments and groups.").format(
                month=month, group=group or _("all")
            )
        )


class UnevenYearError(BoconsoleError):
    """What was withheld in a year is not the tax of the year."""

    def __init__(self, year: int, numbers: Sequence[str]) -> None:
        shown = ", ".join(numbers[:8]) + (" …" if len(numbers) > 8 else "")
        super().__init__(
            _(
                "What was withheld in {year} is not the tax of the year of {people}; correct their "
                "last month: payroll correct."
            ).format(year=year, people=shown)
        )


class MissingNumbersError(BoconsoleError):
    """The tax office does not know some people, or the employer."""

    def __init__(self, numbers: Sequence[str]) -> None:
        shown = ", ".join(numbers[:8]) + (" …" if len(numbers) > 8 else "")
        super().__init__(
            _("No NIK or NPWP of 16 digits is known for {people}; enter it in the staff records.")
            .format(people=shown)
        )  # fmt: skip


class MissingAccountsError(BoconsoleError):
    """It is not known where some lines are booked."""

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__(
            _("No account is named for {keys}; name it: payroll account KEY ACCOUNT.").format(
                keys=", ".join(keys)
            )
        )


class MissingBankError(BoconsoleError):
    """It is not known where the pay of some people goes."""

    def __init__(self, numbers: Sequence[str]) -> None:
        shown = ", ".join(numbers[:8]) + (" …" if len(numbers) > 8 else "")
        super().__init__(
            _("No bank account is known for {people}; enter them in the staff records.").format(
                people=shown
            )
        )
