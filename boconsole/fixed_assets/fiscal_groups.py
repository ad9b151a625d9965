"""The fiscal groups of Indonesia: useful lives and rates as the tax law has them.

Source: UU PPh, Art. 11 (6) as changed by UU 7/2021; PMK 72/2023.
"""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _


class Group(NamedTuple):
    """One group: its life, and the yearly rate of the declining method where that is allowed."""

    code: str
    title: str
    months: int
    declining: Fraction | None

    @property
    def straight(self) -> Fraction:
        """The yearly rate of the straight line."""
        return Fraction(12, self.months)


def percent(rate: Fraction) -> str:
    """Return a yearly rate as an exact percentage: `12.5`."""
    exact = rate * 100
    return str(Decimal(exact.numerator) / Decimal(exact.denominator))


GROUPS = (
    Group("1", N_("Group 1: 4 years"), 48, Fraction(1, 2)),
    Group("2", N_("Group 2: 8 years"), 96, Fraction(1, 4)),
    Group("3", N_("Group 3: 16 years"), 192, Fraction(1, 8)),
    Group("4", N_("Group 4: 20 years"), 240, Fraction(1, 10)),
    Group("permanent", N_("Permanent buildings: 20 years"), 240, None),
    Group("non-permanent", N_("Buildings that are not permanent: 10 years"), 120, None),
)


def group_of(code: str) -> Group:
    """Return the group of a code; raises InvalidChangeError."""
    for group in GROUPS:
        if group.code == code.strip().casefold():
            return group
    raise InvalidChangeError(
        "group",
        _("expected one of {words}").format(words=", ".join(group.code for group in GROUPS)),
    )
