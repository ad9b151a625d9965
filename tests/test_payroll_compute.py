"""What `payroll compute` answers: its shape, the year that it settles, and what it refuses."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from boconsole.doors.main import main
from tests.test_payroll_plain import FREEDONIA, written

STATUSES = ("TK/0", "TK/1", "TK/2", "TK/3", "K/0", "K/1", "K/2", "K/3")
SHAPE = {"tax", "rate", "category", "bpjs", "net", "lines", "gross", "settlement"}
Compute = Callable[..., dict[str, Any]]


@pytest.fixture
def compute(capsys: pytest.CaptureFixture[str]) -> Compute:
    def run(*words: str) -> dict[str, Any]:
        assert main(["payroll", "compute", "--gross", "10000000", *words, "--json"]) == 0
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    return run


@pytest.mark.parametrize("method", ["gross", "net", "gross-up"])
@pytest.mark.parametrize("bpjs", [(), ("--no-bpjs",)], ids=["bpjs", "no-bpjs"])
def test_every_month_status_and_method_has_the_same_shape(
    compute: Compute, method: str, bpjs: tuple[str, ...]
) -> None:
    for month in range(1, 13):
        status = STATUSES[month % 8]
        found = compute("--rules", "id-2024", "--ptkp", status, "--method", method,
                        "--month", str(month), *bpjs)  # fmt: skip
        signs = {"earning": 1, "deduction": -1, "tax": -1}
        net = sum(signs.get(line["kind"], 0) * int(line["amount"]) for line in found["lines"])

        assert found.keys() >= SHAPE
        assert found["category"] in "ABC"
        assert (found["rate"] is None) == (found["settlement"] is not None) == (month == 12)
        assert int(found["net"]) == net
        assert {"employer", "employee"} <= found["bpjs"].keys()
        assert len(found["bpjs"]) == (2 if bpjs else 7)
        if month == 12:
            year = found["settlement"]
            assert int(year["tax"]) == int(year["withheld"]) + int(found["tax"])


def test_a_year_told_alone_is_settled_in_december_with_the_tax_of_its_months(
    compute: Compute,
) -> None:
    words = ("--rules", "id-2024", "--ptkp", "K/0", "--no-bpjs", "--pension", "1200000")
    found = compute(*words, "--year-gross", "120000000")
    same = compute(*words, "--year-gross", "120000000", "--withheld", "2200000")
    other = compute(*words, "--year-gross", "121000000")
    year = found["settlement"]

    assert (found["month"], found["tax"], year["tax"]) == (12, "515000", "2715000")
    assert (year["taxable"], year["withheld"]) == ("54300000", "2200000")
    assert year["withheld_from"] == "months like this one"
    assert (same["tax"], same["settlement"]["withheld_from"]) == ("515000", "told")
    assert (other["settlement"]["withheld_from"], other["settlement"]["withheld"]) == (
        "unknown", "0",
    )  # fmt: skip
    assert other["tax"] == other["settlement"]["tax"]


@pytest.mark.parametrize("told", ["120000000", "125448000", ""])
def test_a_year_may_be_told_as_wages_or_as_taxable_income(compute: Compute, told: str) -> None:
    year = ("--year-gross", told) if told else ()
    found = compute("--rules", "id-2025", "--ptkp", "K/1", "--month", "12", *year)

    assert found["settlement"]["tax"] == "2642400"
    assert found["tax"] == "917490"


def test_own_contributions_that_are_told_are_all_of_the_year(compute: Compute) -> None:
    words = ("--rules", "id-2025", "--ptkp", "K/1", "--month", "12")

    assert compute(*words) == compute(*words, "--pension", "3600000")


def test_the_allowance_of_a_month_is_not_in_the_year_that_is_told(compute: Compute) -> None:
    found = compute("--rules", "id-2024", "--ptkp", "K/0", "--no-bpjs", "--method", "gross-up",
                    "--year-gross", "130000000", "--withheld", "2000000")  # fmt: skip
    year, allowance = found["settlement"], int(found["allowance"])

    assert int(year["gross"]) == 130_000_000 + allowance
    assert (int(found["tax"]), found["net"]) == (allowance, "10000000")


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("--month", "13"), "month: expected 1 to 12"),
        (("--ptkp", "K/4"), "ptkp: expected TK/0"),
        (("--gross", "-1"), "gross: '-1' is no amount"),
        (("--method", "nett"), "method: expected gross, net or gross-up"),
        (("--risk", "9"), "risk: there are the classes"),
        (("--without", "zz"), "without: expected some of"),
        (("--months-worked", "3", "--month", "2"), "months_worked: by month 2"),
        (("--year-gross", "9000000"), "year_gross: it is less than"),
        (("--withheld", "5"), "withheld: it counts where the year is settled"),
        (("--rules", "id-2031"), "There are no rules id-2031"),
    ],
)
def test_what_cannot_be_or_would_count_for_nothing_is_refused(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], field: str
) -> None:
    assert main(["payroll", "compute", "--gross", "10000000", *words]) == 1
    assert field in capsys.readouterr().err


def test_plain_rules_answer_in_the_same_shape_and_settle_no_year(
    compute: Compute, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    own = ("--rules-file", str(written(tmp_path, FREEDONIA)), "--month", "12")
    found = compute(*own)

    assert found.keys() >= SHAPE
    assert (found["category"], found["settlement"]) == ("", None)
    for words in (("--year-gross", "5"), ("--method", "gross-up")):
        assert main(["payroll", "compute", "--gross", "1", *own, *words]) == 1
        assert "plain rules" in capsys.readouterr().err
