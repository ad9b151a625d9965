"""Taxes to the smallest unit: worked cases of others, and what holds of all numbers."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boconsole.errors import InvalidChangeError
from boconsole.tax.engine import TaxableLine, Taxed, compute, exact_net
from boconsole.tax.packs import PPN, vat
from boconsole.tax.rates import (
    DatedTax,
    NoTaxRateError,
    Rounding,
    Tax,
    checked,
    fraction_of,
    on,
)
from boconsole.tax.rounding import fitted, rounded

LINE, DOCUMENT = Rounding("line"), Rounding("document")
TWELFTHS = Fraction(11, 12)


def tax(rate: str, code: str = "T", **more: object) -> Tax:
    more.setdefault("rounding", DOCUMENT)
    return Tax(code, rate=fraction_of(rate, field="rate"), **more)  # type: ignore[arg-type]


def line(price: str, *taxes: Tax, quantity: int = 1) -> TaxableLine:
    return TaxableLine(Fraction(price), Fraction(quantity), taxes)


def amounts(found: Taxed) -> list[int]:
    return [each.amount for each in found.taxes]


def ppn(price: str, day: date, code: str = "PPN") -> Taxed:
    return compute([line(price, on(day, code, PPN))], 0, "IDR")


# Worked cases


@pytest.mark.parametrize(("rounding", "expected"), [(LINE, 20_00), (DOCUMENT, 20_02)])
def test_hundred_small_lines(rounding: Rounding, expected: int) -> None:
    """Source: Tryton, modules/account/tests/test_module.py, taxable mixin."""
    found = compute([line("1.001", tax("20", rounding=rounding))] * 100, 2)

    assert (found.net, found.tax) == (100_00, expected)


def test_rest_of_two_taxes_on_one_base_goes_to_the_first() -> None:
    """Source: Tryton, modules/account/tests/test_module.py, taxable mixin."""
    one, two = tax("10", "t1", rounding=LINE), tax("10", "t2", rounding=LINE)

    first = compute([line("30.00", one)], 2)
    second = compute([line("-2.95", one, two)], 2)
    both = compute([line("30.00", one), line("-2.95", one, two)], 2)

    assert (amounts(first), amounts(second)) == ([3_00], [-29, -30])
    assert amounts(both) == [3_00 - 29, -30]


def test_percentage_and_fixed_sum_for_each_piece() -> None:
    """Source: Tryton, modules/account/tests/test_module.py, test_tax_compute."""
    percent, fixed = tax("20"), tax("10", "F", kind="fixed")
    within = (tax("20", included=True), tax("10", "F", kind="fixed", included=True))

    found = compute([line("200", percent, fixed, quantity=2)], 2)

    assert amounts(found) == [40_00, 20_00]
    assert exact_net(Fraction(130), line("130", *within)) == 100


@pytest.mark.parametrize(("rounding", "total"), [(DOCUMENT, 6_527_80), (LINE, 6_527_81)])
def test_discounted_line_by_document_and_by_line(rounding: Rounding, total: int) -> None:
    """Source: reported in odoo/odoo issue 37896: 348.35 × 16 less 4 %, tax 22 %."""
    price = Fraction("348.35") * 16 * Fraction(96, 100)

    found = compute([TaxableLine(price, Fraction(16), (tax("22", rounding=rounding),))], 2)

    assert found.total == total


def test_invoice_of_taxed_and_untaxed_lines() -> None:
    """Source: Tryton, modules/account_invoice/tests/scenario_invoice.rst."""
    found = compute([line("200", tax("10"), quantity=5), line("20")], 2)

    assert (found.net, found.tax, found.total) == (220_00, 20_00, 240_00)
    assert (found.taxes[0].net, found.taxes[0].base) == (200_00, 200_00)


# Indonesia


@pytest.mark.parametrize(
    ("price", "day", "base", "amount"),
    [
        ("50000000", date(2025, 6, 1), 45_833_333, 5_500_000),
        ("50000000", date(2025, 1, 31), 45_833_333, 5_500_000),
        ("3453454", date(2024, 12, 31), 3_453_454, 379_879),
        ("3453454", date(2025, 5, 21), 3_165_666, 379_879),
        ("3453454", date(2025, 5, 22), 3_165_666, 379_880),
    ],
)
def test_ppn_by_its_day(price: str, day: date, base: int, amount: int) -> None:
    """Source: PMK 131/2024 and PER-11/PJ/2025 Art. 129, their examples."""
    found = ppn(price, day)

    assert (found.taxes[0].base, found.taxes[0].amount) == (base, amount)
    assert found.net == int(price)


@pytest.mark.parametrize(
    ("day", "amount"),
    [
        (date(2024, 12, 31), 110_000),
        (date(2025, 1, 31), 110_000),
        (date(2025, 2, 1), 120_000),
        (date(2026, 1, 1), 120_000),
    ],
)
def test_luxury_goods_take_the_whole_base_from_february_2025(day: date, amount: int) -> None:
    """Source: PMK 131/2024, Art. 5."""
    assert ppn("1000000", day, "PPN-LUXURY").tax == amount


@pytest.mark.parametrize(
    ("number", "expected"),
    [("1500000.49", 1_500_000), ("1900000.50", 1_900_001), ("10500100.50", 10_500_101)],
)
def test_rupiah_are_rounded_half_up(number: str, expected: int) -> None:
    """Source: PER-11/PJ/2025 Art. 129."""
    assert rounded(Fraction(number)) == expected


def test_whole_rupiah_also_where_amounts_have_two_digits() -> None:
    found = compute([line("3453454.00", on(date(2026, 1, 1), "PPN", PPN))], 2, "IDR")

    assert found.tax == 379_880_00


def test_whole_rupiah_are_not_whole_dollars() -> None:
    found = compute([line("50.00", on(date(2026, 1, 1), "PPN", PPN))], 2, "USD")

    assert found.tax == 5_50


def test_day_before_the_first_rate_is_refused() -> None:
    with pytest.raises(NoTaxRateError, match="PPN has no rate on 2022-03-31"):
        on(date(2022, 3, 31), "PPN", PPN)


def test_rate_that_ended_is_refused() -> None:
    rows = [DatedTax(date(2020, 1, 1), date(2020, 12, 31), tax("10", "OLD"))]

    assert on(date(2020, 12, 31), "OLD", rows).rate == 10
    with pytest.raises(NoTaxRateError):
        on(date(2021, 1, 1), "OLD", rows)


def test_each_row_of_a_law_says_where_it_stands() -> None:
    assert all(row.source for row in PPN)


def test_value_added_tax_has_a_zero_rate() -> None:
    rows = vat(Fraction(20))

    day = date(2026, 1, 1)
    found = compute([line("100", on(day, "VAT", rows)), line("50", on(day, "VAT-ZERO", rows))], 2)

    assert [(each.net, each.amount) for each in found.taxes] == [(100_00, 20_00), (50_00, 0)]


# Rules


def test_compound_tax_raises_the_base_of_later_ones() -> None:
    first, second = tax("10", "A", compound=True), tax("5", "B")

    found = compute([line("100", first, second)], 2)

    assert [(each.base, each.amount) for each in found.taxes] == [(100_00, 10_00), (110_00, 5_50)]


def test_price_that_contains_its_tax_stays_what_is_paid() -> None:
    found = compute([line("119.99", tax("20", included=True))], 2)

    assert (found.net, found.tax, found.total) == (99_99, 20_00, 119_99)


def test_nets_of_prices_with_tax_sum_up_with_the_tax_of_the_document() -> None:
    found = compute([line("9.99", tax("21", included=True))] * 7, 2)

    assert found.total == 7 * 9_99
    assert found.tax == 12_14  # 69.93 × 21/121 = 12.1366
    assert max(found.nets) - min(found.nets) <= 1


@pytest.mark.parametrize(
    ("field", "row"),
    [
        ("to", DatedTax(date(2026, 2, 1), date(2026, 1, 1), tax("10"))),
        ("rate", DatedTax(date(2026, 1, 1), None, tax("-100"))),
        ("rate", DatedTax(date(2026, 1, 1), None, tax("-2", included=True))),
        ("factor", DatedTax(date(2026, 1, 1), None, tax("2", factor=Fraction(0)))),
        ("digits", DatedTax(date(2026, 1, 1), None, tax("2", rounding=Rounding(digits=9)))),
    ],
)
def test_tax_that_cannot_be_is_refused(field: str, row: DatedTax) -> None:
    with pytest.raises(InvalidChangeError) as refused:
        checked(row)

    assert refused.value.field == field


@pytest.mark.parametrize("text", ["", "x", "1/0", "NaN", "1/2/3", "1e99"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(InvalidChangeError):
        fraction_of(text, field="rate")


# Properties

ROUNDINGS = st.builds(
    Rounding,
    st.sampled_from(("line", "document")),
    st.sampled_from(("half-up", "down")),
    st.sampled_from((None, 0, 1)),
)
PERCENT = st.fractions(0, 150, max_denominator=1000)


@st.composite
def tax_lists(draw: st.DrawFn) -> tuple[Tax, ...]:
    rounding = draw(ROUNDINGS)
    return tuple(
        Tax(
            f"T{place}", draw(st.sampled_from(("percentage", "fixed"))), draw(PERCENT), False,
            draw(st.booleans()), draw(st.sampled_from((Fraction(1), TWELFTHS))), rounding,
        )
        for place in range(draw(st.integers(1, 3)))
    )  # fmt: skip


def within(taxes: tuple[Tax, ...]) -> tuple[Tax, ...]:
    from dataclasses import replace

    return tuple(replace(each, included=True) for each in taxes)


@given(
    net=st.integers(-(10**12), 10**12), quantity=st.integers(1, 9), taxes=tax_lists(),
    precision=st.integers(0, 3),
)  # fmt: skip
def test_price_with_taxes_leads_back_to_the_net(
    net: int, quantity: int, taxes: tuple[Tax, ...], precision: int
) -> None:
    unit = 10**precision
    forward = compute([TaxableLine(Fraction(net, unit), Fraction(quantity), taxes)], precision)

    price = Fraction(forward.total, unit)
    back = compute([TaxableLine(price, Fraction(quantity), within(taxes))], precision)

    assert back.nets == (net,)
    assert back.tax == forward.tax
    assert len(taxes) > 1 or amounts(back) == amounts(forward)


@given(
    prices=st.lists(st.integers(-(10**7), 10**7), min_size=1, max_size=8), taxes=tax_lists(),
    digits=st.integers(0, 4),
)  # fmt: skip
def test_document_of_prices_with_taxes_sums_to_its_prices(
    prices: list[int], taxes: tuple[Tax, ...], digits: int
) -> None:
    lines = [TaxableLine(Fraction(price, 10**digits), Fraction(1), within(taxes))
             for price in prices]  # fmt: skip

    found = compute(lines, 2)

    assert found.total == sum(rounded(each.price * 100) for each in lines)


@given(
    prices=st.lists(st.integers(-(10**7), 10**7), min_size=1, max_size=8), taxes=tax_lists(),
    included=st.booleans(),
)  # fmt: skip
def test_credit_note_mirrors_its_invoice(
    prices: list[int], taxes: tuple[Tax, ...], included: bool
) -> None:
    taken = within(taxes) if included else taxes
    lines = [TaxableLine(Fraction(price, 1000), Fraction(1), taken) for price in prices]
    mirrored = [each._replace(price=-each.price, quantity=Fraction(-1)) for each in lines]

    there, back = compute(lines, 2), compute(mirrored, 2)

    assert (back.net, back.total) == (-there.net, -there.total)
    assert amounts(back) == [-amount for amount in amounts(there)]


@given(
    exact=st.lists(st.fractions(-1000, 1000, max_denominator=100), min_size=1, max_size=9),
    off=st.integers(-4, 4),
)  # fmt: skip
def test_rest_is_always_placed(exact: list[Fraction], off: int) -> None:
    total = rounded(sum(exact, Fraction(0))) + off

    assert sum(fitted(exact, total)) == total
