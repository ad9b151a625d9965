"""Ready-made tax codes: Indonesian PPN, and a value added tax for anywhere.

Each row of a law names where it stands.
"""

from datetime import date
from fractions import Fraction

from boconsole.tax.rates import DatedTax, Rounding, Tax

HPP = "UU 7/2021 (HPP), Art. 7: 11 % from 1 April 2022"
PMK_131 = "PMK 131/2024: 12 % of 11/12 of the price from 1 January 2025"
PMK_131_LUXURY = "PMK 131/2024, Art. 5: luxury goods, January 2025 still on 11/12 of the price"
PMK_131_FULL = "PMK 131/2024: luxury goods, 12 % of the whole price from 1 February 2025"
PER_11 = "PER-11/PJ/2025, Art. 129: whole rupiah, halves up, from 22 May 2025"
ELEVEN_TWELFTHS = Fraction(11, 12)
CUT = Rounding("document", "down", 0, "IDR")
"""Whole rupiah, cut: the practice before PER-11/PJ/2025."""
HALF_UP = Rounding("document", "half-up", 0, "IDR")
FIRST = date(2022, 4, 1)
TWELVE = date(2025, 1, 1)
LUXURY_FULL = date(2025, 2, 1)
ROUNDED_UP = date(2025, 5, 22)


def _ppn(
    code: str, starts: date, ends: date | None, rate: int, rounding: Rounding, source: str
) -> DatedTax:
    factor = ELEVEN_TWELFTHS if "11/12" in source else Fraction(1)
    return DatedTax(
        starts,
        ends,
        Tax(code, "percentage", Fraction(rate), False, False, factor, rounding),
        source,
    )


def _before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


PPN: tuple[DatedTax, ...] = (
    _ppn("PPN", FIRST, _before(TWELVE), 11, CUT, HPP),
    _ppn("PPN", TWELVE, _before(ROUNDED_UP), 12, CUT, PMK_131),
    _ppn("PPN", ROUNDED_UP, None, 12, HALF_UP, f"{PMK_131}; {PER_11}"),
    _ppn("PPN-LUXURY", FIRST, _before(TWELVE), 11, CUT, HPP),
    _ppn("PPN-LUXURY", TWELVE, _before(LUXURY_FULL), 12, CUT, PMK_131_LUXURY),
    _ppn("PPN-LUXURY", LUXURY_FULL, _before(ROUNDED_UP), 12, CUT, PMK_131_FULL),
    _ppn("PPN-LUXURY", ROUNDED_UP, None, 12, HALF_UP, f"{PMK_131_FULL}; {PER_11}"),
)
"""Value added tax of Indonesia on goods and services, and on luxury goods."""


def vat(rate: Fraction, *, included: bool = False, code: str = "VAT") -> tuple[DatedTax, ...]:
    """Return a value added tax of one rate and its zero-rated sister, rounded by document."""
    starts = date(2000, 1, 1)
    full = Tax(code, "percentage", rate, included)
    zero = Tax(f"{code}-ZERO", "percentage", Fraction(0), included)
    return (DatedTax(starts, None, full), DatedTax(starts, None, zero))


PACKS = ("ppn", "vat")
