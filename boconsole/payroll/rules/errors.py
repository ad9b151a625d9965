"""Refusals of the rules of pay."""

from datetime import date

from boconsole.errors import BoconsoleError
from boconsole.language import _


class RuleFileError(BoconsoleError):
    """A file of rules cannot be used."""

    def __init__(self, file: str, where: str, reason: str) -> None:
        super().__init__(
            _("The rules of {file} cannot be used: {where}: {reason}.").format(
                file=file, where=where or _("the file"), reason=reason
            )
        )
        self.where = where


class UnknownRulesError(BoconsoleError):
    """There is no such set of rules."""

    def __init__(self, name: str, known: str) -> None:
        super().__init__(
            _("There are no rules {name}; take one of {known}, or a file.").format(
                name=name, known=known
            )
        )


class NoYearError(BoconsoleError):
    """No set of a family speaks for a day."""

    def __init__(self, family: str, day: date, newest: str, ends: date | None) -> None:
        super().__init__(
            _(
                "There are no rules {family} for {month}: {newest} ends on {ends}. Write what "
                "changes into a file and load it: payroll load FILE (docs/payroll.md shows one)."
            ).format(family=family, month=f"{day:%Y-%m}", newest=newest, ends=ends)
        )


class NoRuleError(BoconsoleError):
    """A set of rules says nothing about a thing on a day."""

    def __init__(self, rules: str, code: str, day: date) -> None:
        super().__init__(
            _("The rules {rules} say nothing about {code} in {month}; take other rules.").format(
                rules=rules, code=code, month=f"{day:%Y-%m}"
            )
        )
