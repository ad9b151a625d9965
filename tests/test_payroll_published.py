"""Pay of Indonesia by published examples, and by errors that public code has made."""

from decimal import Decimal
from fractions import Fraction

import pytest

from boconsole.errors import InvalidChangeError
from boconsole.payroll import working_out
from boconsole.payroll.rules import entitlements, reading
from boconsole.payroll.rules.contributions import EVERYTHING
from boconsole.payroll.rules.indonesia import article_17, category_of, monthly_rate
from boconsole.payroll.rules.lines import Asked, Item, Past, Sheet, Terms
from boconsole.payroll.rules.month import compute
from boconsole.payroll.working_out import Question

TEN = 10_000_000
NONE = frozenset({EVERYTHING})
SINGLE = Terms()


def held(year: int = 2024, month: int = 11):
    return reading.find(f"id-{year}").on(year, month)


def month(wage: int, *, year: int = 2024, at: int = 11, terms: Terms = SINGLE, **more) -> Sheet:
    return working_out.answer(
        reading.find(f"id-{year}"), year, Question(wage, at, terms, **more)
    ).sheet


def without_bpjs(status: str, **more) -> Terms:
    return Terms(status, without=NONE, **more)


def rate(status: str, gross: int) -> str:
    return str(Decimal(monthly_rate(held(), status, gross)[0].numerator) * 100
               / monthly_rate(held(), status, gross)[0].denominator)  # fmt: skip


# Published examples


def test_explanatory_note_of_pp_58_2023_a_married_employee_of_ten_million() -> None:
    terms = without_bpjs("K/0")
    usual = month(TEN, terms=terms, pension=100_000)
    december = month(TEN, at=12, terms=terms, year_gross=120_000_000, withheld=2_200_000,
                     pension=1_200_000)  # fmt: skip
    year = {line.code: line.amount for line in december.lines}

    assert (usual.tax, usual.net) == (200_000, 9_700_000)
    assert (year["year.taxable"], year["year.tax"]) == (54_300_000, 2_715_000)
    assert december.tax == 515_000


@pytest.mark.parametrize(("zakat", "december"), [(200_000, 14_595_000), (0, 15_195_000)])
def test_annex_of_pmk_168_2023_tuan_a_with_bonuses_and_zakat(zakat: int, december: int) -> None:
    grosses = [30_080_000] * 8 + [35_080_000] * 2 + [50_080_000, 90_080_000]
    past, taxes = Past(), []
    for number, gross in enumerate(grosses, 1):
        items = (Item("salary", "Salary", gross), Item("pension", "", 100_000, "deduction"),
                 Item("zakat", "", zakat, "deduction"))  # fmt: skip
        asked = Asked(without_bpjs("K/0"), items, 0, past, last=number == 12)
        sheet = compute(held(2024, number), asked)
        past = sheet.after(past)
        taxes.append(sheet.tax)

    assert (taxes[0], taxes[8], taxes[10]) == (3_910_400, 4_911_200, 9_014_400)
    assert sum(taxes[:11]) == 50_120_000
    assert taxes[11] == december
    assert sum(taxes) == 64_715_000 or not zakat


def test_ten_million_with_all_contributions_as_two_libraries_agree() -> None:
    terms = Terms("K/1")
    usual = month(TEN, year=2025, at=1, terms=terms)
    december = month(TEN, year=2025, at=12, terms=terms)
    year = {line.code: line.amount for line in december.lines}

    assert (usual.gross, usual.tax, usual.net) == (10_454_000, 156_810, 9_443_190)
    assert (year["year.taxable"], year["year.tax"]) == (52_848_000, 2_642_400)
    assert december.tax == 917_490


def test_annex_v_of_pmk_168_2023_non_employees() -> None:
    assert entitlements.outsider_tax(held(), 7_000_000).amount == 175_000
    assert entitlements.outsider_tax(held(), 4_500_000).amount == 112_500


def test_article_17_at_its_limits() -> None:
    for income, tax in ((60_000_000, 3_000_000), (250_000_000, 31_500_000),
                        (300_000_000, 44_000_000), (500_000_000, 94_000_000),
                        (5_000_000_000, 1_444_000_000), (60_000_999, 3_000_000),
                        (60_001_000, 3_000_150)):  # fmt: skip
        assert article_17(held(), income) == tax


def test_twenty_million_in_march_2026_meets_both_wage_caps() -> None:
    paid = {each.code: each for each in month(20_000_000, year=2026, at=3).contributions}

    assert (paid["jp"].employer, paid["jp"].employee) == (221_726, 110_863)
    assert (paid["kes"].employer, paid["kes"].employee) == (480_000, 120_000)


def test_thr_of_permenaker_6_2016_nine_months_of_five_million() -> None:
    amounts = [entitlements.thr(held(), 5_000_000, months).amount for months in (0, 9, 12, 40)]

    assert amounts == [0, 3_750_000, 5_000_000, 5_000_000]


def test_overtime_of_pp_35_2021_rest_day_and_workday() -> None:
    rest = entitlements.overtime(held(), 5_000_000, 7, "rest.5")
    work = entitlements.overtime(held(), 5_000_000, 3)
    mostly_variable = entitlements.overtime(held(), 5_000_000, 3, whole=10_000_000)

    assert (rest.amount, work.amount) == (404_624, 158_960)
    assert mostly_variable.base == 7_500_000
    assert entitlements.overtime(held(), 5_000_000, working_out.hours("2.5")).amount == 130_058
    for wrong in ("25", "-1", "2.", "1e1"):
        with pytest.raises(InvalidChangeError):
            working_out.hours(wrong)


@pytest.mark.parametrize(
    ("wage", "months", "times", "due"),
    [
        # RBTV, how a pension of private employees is counted: 25 years, 10 + 2 m, Art. 56
        (12_000_000, 300, "1.75", [189_000_000, 120_000_000]),
        # Art. 40 (2) and (3) at their limits
        (5_000_000, 11, "1", [5_000_000, 0]),
        (5_000_000, 12, "1", [10_000_000, 0]),
        (5_000_000, 36, "0.5", [10_000_000, 10_000_000]),
        (5_000_000, 95, "1", [40_000_000, 15_000_000]),
        (5_000_000, 96, "2", [90_000_000, 15_000_000]),
        (5_000_000, 287, "1", [45_000_000, 40_000_000]),
        (5_000_000, 288, "1", [45_000_000, 50_000_000]),
    ],
)
def test_severance_of_pp_35_2021_by_months_of_service(
    wage: int, months: int, times: str, due: list[int]
) -> None:
    found = entitlements.severance(held(), wage, months, working_out.times(times))

    assert [item.amount for item in found] == due


def test_day_wages_and_lump_sums_by_their_bands() -> None:
    days = [entitlements.daily_tax(held(), gross).amount
            for gross in (450_000, 450_001, 2_500_000, 2_600_000)]  # fmt: skip
    severance = sum(line.amount for line in entitlements.lump_tax(held(), "severance", 600_000_000))
    savings = sum(line.amount for line in entitlements.lump_tax(held(), "old_age", 80_000_000))

    assert days == [0, 2_250, 12_500, 65_000]
    assert (severance, savings) == (87_500_000, 1_500_000)


# Errors seen in public code, each once


def test_married_without_children_and_single_with_one_are_category_a() -> None:
    assert [category_of(held(), each) for each in ("TK/0", "TK/1", "K/0")] == ["A"] * 3
    assert [category_of(held(), each) for each in ("TK/2", "TK/3", "K/1", "K/2")] == ["B"] * 4
    assert category_of(held(), "K/3") == "C"


def test_limits_belong_to_their_band_and_the_next_rupiah_does_not() -> None:
    assert (rate("TK/0", 5_400_000), rate("TK/0", 5_400_001)) == ("0", "0.25")
    assert (rate("K/3", 95_600_000), rate("K/3", 95_600_001)) == ("23", "24")
    assert (rate("K/1", 58_500_001), rate("K/1", 64_000_000)) == ("20", "20")
    assert rate("K/1", 64_000_001) == "21"


def test_the_top_rate_is_thirty_four_percent_of_the_gross() -> None:
    assert month(2_000_000_000, terms=without_bpjs("TK/0")).tax == 680_000_000


def test_the_monthly_rate_is_that_of_the_gross_with_what_the_employer_insures() -> None:
    sheet = month(TEN, year=2025, at=1)

    assert sheet.gross == TEN + 400_000 + 24_000 + 30_000
    assert (sheet.rate, sheet.tax) == (Fraction(5, 200), 261_350)


def test_what_was_withheld_too_much_is_given_back_in_full() -> None:
    sheet = month(TEN, at=12, terms=without_bpjs("TK/0"), year_gross=60_000_000, withheld=900_000,
                  worked=6)  # fmt: skip

    assert sheet.tax == -750_000
    assert sheet.net == TEN + 750_000


def test_occupational_cost_is_capped_by_months_worked_and_free_income_is_whole() -> None:
    sheet = month(30_000_000, at=12, terms=without_bpjs("TK/0"), worked=4)
    year = {line.code: line.amount for line in sheet.lines}

    assert (year["year.gross"], year["year.cost"]) == (120_000_000, 2_000_000)
    assert (year["year.free"], year["year.taxable"]) == (54_000_000, 64_000_000)


def test_only_a_year_of_partial_residence_is_annualised() -> None:
    terms = without_bpjs("TK/0")
    joined = month(20_000_000, at=12, terms=terms, worked=6, year_gross=120_000_000, withheld=0)
    arrived = month(20_000_000, at=12, terms=terms, worked=6, year_gross=120_000_000, withheld=0,
                    resident=6)  # fmt: skip

    assert joined.tax == article_17(held(), 120_000_000 - 3_000_000 - 54_000_000)
    assert arrived.tax == article_17(held(), 2 * 117_000_000 - 54_000_000) // 2


def test_the_cap_of_a_pension_changes_in_march_and_limits_the_wage() -> None:
    months = ((2024, 2), (2024, 3), (2025, 2), (2025, 3), (2026, 2), (2026, 3))
    bases = [
        next(each for each in month(20_000_000, year=year, at=at).contributions
             if each.code == "jp").base
        for year, at in months
    ]  # fmt: skip

    assert bases == [9_559_600, 10_042_300, 10_042_300, 10_547_400, 10_547_400, 11_086_300]


def test_the_least_wage_of_the_place_is_a_floor_of_health_insurance_alone() -> None:
    """Perpres 64/2020, Art. 32 has such a floor; PP 45/2015, Art. 29 has a cap and none."""
    paid = {
        each.code: each
        for each in month(
            2_000_000, year=2025, terms=Terms("TK/0", wage_floor=5_396_761)
        ).contributions
    }

    assert (paid["kes"].employer, paid["kes"].employee) == (215_870, 53_968)
    assert (paid["jp"].employer, paid["jp"].employee) == (40_000, 20_000)


def test_halves_of_a_rupiah_go_up_before_a_band_is_sought() -> None:
    assert working_out.amount("10500100.50", "gross", 0) == 10_500_101
    assert working_out.amount("5400000.49", "gross", 0) == 5_400_000
    assert working_out.amount("2.5", "gross", 0) == 3


def test_tax_borne_by_the_state_is_paid_out_and_still_told() -> None:
    terms = without_bpjs("TK/0", sector="footwear")
    borne = month(TEN, year=2026, terms=terms)
    too_high = month(TEN + 1, year=2026, terms=terms)
    other_year = month(TEN, year=2024, terms=terms)
    tourism = [month(TEN, year=2025, at=at, terms=without_bpjs("TK/0", sector="tourism")).borne
               for at in (9, 10)]  # fmt: skip

    assert (borne.tax, borne.borne, borne.net) == (200_000, 200_000, TEN)
    assert (too_high.borne, other_year.borne) == (0, 0)
    assert tourism == [0, 200_000]


def test_without_a_tax_number_a_fifth_more_is_withheld() -> None:
    assert month(TEN, terms=without_bpjs("TK/0", numbered=False)).tax == 240_000
