"""Plain rules of a user's own file: what they compute, and how faults in it are told."""

import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from boconsole.doors.main import main
from boconsole.payroll import known_rules, posting
from boconsole.payroll.rules import reading
from boconsole.payroll.rules.errors import (
    NoRuleError,
    NoYearError,
    RuleFileError,
    UnknownRulesError,
)
from boconsole.payroll.rules.lines import Asked, Item, Sheet, Terms
from boconsole.payroll.rules.month import compute
from boconsole.session import Session
from db.payroll.rows import SlipRow

FREEDONIA = """
name = "freedonia-2026"
title = "Freedonia 2026"
currency = "FRD"
from = 2026-01-01

[[contributions]]
code = "pension"
name = "State pension"
employer = 9.3
employee = 9.3
cap = 8_450.00
employee_deductible = true
from = 2026-01-01
to = 2026-06-30
source = "Pension act, section 12"

[[contributions]]
code = "pension"
name = "State pension"
employer = 9.3
employee = 9.4
cap = 8_450.00
employee_deductible = true
from = 2026-07-01
source = "Pension act, section 12 as changed"

[[taxes]]
code = "income"
name = "Income tax"
period = "year"
allowance = 12_000
from = 2026-01-01
source = "Income tax act, section 32"
bands = [[20_000, 10], [60_000, 22.5]]
rest = 40

[[taxes]]
code = "city"
name = "City tax"
from = 2026-01-01
source = "City rules"
rest = 1
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "freedonia.toml"
    path.write_text(text, "utf-8")
    return path


def paid(path: Path, wage: int, month: int = 1) -> Sheet:
    question = Asked(Terms(), (Item("salary", "Salary", wage),), wage)
    return compute(reading.read(path).on(2026, month), question)


def test_percentages_brackets_and_caps_of_another_country(tmp_path: Path) -> None:
    sheet = paid(written(tmp_path, FREEDONIA), 10_000_00)
    pension, income, city = 785_85, 2_202_33, 92_14
    year = (10_000_00 - pension) * 12 - 12_000_00
    whole = 2_000_00 + 9_000_00 + (year - 60_000_00) * 40 // 100

    assert income == (whole + 6) // 12
    assert (sheet.tax, sheet.net) == (income + city, 10_000_00 - pension - income - city)
    assert sheet.cost == 10_000_00 + pension
    assert all(line.source for line in sheet.lines if line.code != "salary")
    assert any("over 60,000.00" in line.source for line in sheet.lines)


def test_a_rate_changes_on_its_day(tmp_path: Path) -> None:
    path = written(tmp_path, FREEDONIA)

    assert paid(path, 1_000_00, 6).contributions[0].employee == 93_00
    assert paid(path, 1_000_00, 7).contributions[0].employee == 94_00


@pytest.mark.parametrize(
    ("old", "new", "where", "reason"),
    [
        ("rest = 40", "", "taxes 1 (income)", "rest is missing"),
        ("[60_000, 22.5]", "[19_000, 22.5]", "taxes 1 (income)", "band 2 does not end above"),
        ("cap = 8_450.00", "cap = 8_450.005", "contributions 1 (pension)", "2 digits behind"),
        ("employer = 9.3", "employer = 930", "contributions 1 (pension)", "from 0 to 100"),
        ("employee = 9.3", 'employee = "9.3"', "contributions 1 (pension)", "is no number"),
        ("cap = ", "ceiling = ", "contributions 1 (pension)", "ceiling is not known"),
        ("to = 2026-06-30", "to = 2025-06-30", "contributions 1 (pension)", "before it starts"),
        ("from = 2026-07-01", "from = 2026-01-01", "", "pension stands there twice"),
        ('period = "year"', 'period = "week"', "taxes 1 (income)", "month / year"),
        ("from = 2026-01-01", "from = 2026-13-01", "", "at line 5"),
        ('currency = "FRD"', 'extends = "id-2024"', "", "other digits than id-2024"),
        ('name = "freedonia-2026"', 'name = "free donia"', "", "without blanks"),
    ],
)
def test_a_fault_is_told_with_its_place(
    tmp_path: Path, old: str, new: str, where: str, reason: str
) -> None:
    with pytest.raises(RuleFileError, match=reason) as refused:
        reading.read(written(tmp_path, FREEDONIA.replace(old, new, 1)))

    assert refused.value.where == where


def test_the_books_tell_of_no_department_what_so_few_people_earn() -> None:
    def told(smallest: int, **people: int) -> list[str]:
        slips = [SimpleNamespace(department=name, cost_centre="")
                 for name, count in people.items() for _each in range(count)]  # fmt: skip
        tags = posting.tags_of(cast("list[SlipRow]", slips), smallest)
        return sorted({value for each in tags for _name, value in each})

    assert told(3, Board=1, Office=2, Works=4, Yard=3) == ["Works", "Yard"]
    assert told(3, Board=1, Office=3, Works=4) == ["Works"]  # else the rest were the Board's
    assert told(3, Board=1, Office=1) == []
    assert told(3, Office=3, Works=4) == ["Office", "Works"]
    assert told(1, Board=1, Office=2) == ["Board", "Office"]


def test_rules_are_found_by_name_and_speak_for_their_days_alone(tmp_path: Path) -> None:
    with pytest.raises(UnknownRulesError, match="id-2024, id-2025, id-2026"):
        reading.find("id-1999")
    with pytest.raises(UnknownRulesError):  # a name reads no file, on whatever machine it is
        reading.find(str(written(tmp_path, FREEDONIA)))
    with pytest.raises(NoRuleError, match="2025-01"):
        reading.find("id-2024").on(2025, 1)
    with pytest.raises(RuleFileError, match="No such file"):
        reading.read(tmp_path / "none.toml")


def test_a_month_is_told_by_command_from_rules_of_the_program_and_of_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = str(written(tmp_path, FREEDONIA))
    said = []
    for words in (
        ("compute", "--rules", "id-2024", "--ptkp", "TK/0", "--gross", "10000000", "--no-bpjs"),
        ("compute", "--rules", "id-2025", "--ptkp", "k1", "--gross", "10000000"),
        ("compute", "--rules-file", own, "--gross", "10000", "--month", "1"),
        ("besides", "thr", "--wage", "5000000", "--months", "9"),
    ):
        assert main(["payroll", *words, "--json"]) == 0
        said.append(json.loads(capsys.readouterr().out))
    refused = main(["payroll", "compute", "--ptkp", "K/4", "--gross", "1"])

    assert [said[0][name] for name in ("tax", "rate", "category", "net")] == [
        "200000", "2", "A", "9800000",
    ]  # fmt: skip
    assert (said[1]["bpjs"]["jp"]["employee"], said[1]["net"]) == ("100000", "9443190")
    assert said[1]["lines"][-1]["rule"] == "id-2025"
    assert "row 6, over 9,200,000, up to 10,750,000" in said[1]["lines"][-1]["source"]
    assert (said[2]["tax"], said[2]["rate"]) == ("2294.47", None)
    assert said[3]["amount"] == "3750000"
    assert (refused, "TK/0 to TK/3" in capsys.readouterr().err) == (1, True)


ID_2027 = """
name = "id-2027"
kind = "indonesia"
extends = "id-2026"
currency = "IDR"
digits = 0
from = 2027-01-01
to = 2027-12-31

[[contributions]]
code = "jp"
name = "BPJS JP"
from = 2027-03-01
employer = 2
employee = 1
cap = 11_600_000
employee_deductible = true
"""


def test_next_years_rules_are_a_file_that_extends_those_of_this_year(tmp_path: Path) -> None:
    path = written(tmp_path, ID_2027)
    question = Asked(Terms(), (Item("salary", "Salary", 20_000_000),), 20_000_000)
    found = [compute(reading.read(path).on(2027, month), question) for month in (2, 3)]

    assert [sheet.contributions[-1].base for sheet in found] == [11_086_300, 11_600_000]
    assert found[0].category == "A"


def test_a_year_without_rules_is_refused_until_they_are_in_the_users_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("boconsole.settings.rules_folder", lambda: tmp_path)
    words = ["payroll", "compute", "--rules", "id-2027", "--gross", "20000000", "--month", "3"]
    with pytest.raises(NoYearError, match="no rules id for 2027-01: id-2026 ends on 2026-12-31"):
        reading.find("id", date(2027, 1, 1))
    missing = main(words), capsys.readouterr().err
    path = written(tmp_path, ID_2027.replace("cap =", "ceiling ="))
    wrong = main(words), capsys.readouterr().err
    path.write_text(ID_2027, "utf-8")
    told = main([*words, "--json"]), json.loads(capsys.readouterr().out)

    assert (missing[0], "no rules id-2027" in missing[1]) == (1, True)
    assert wrong[0] == 1
    assert "freedonia.toml cannot be used: contributions 1 (jp): ceiling is not known" in wrong[1]
    assert told[1]["bpjs"]["jp"]["base"] == "11600000"
    assert (told[0], main(["payroll", "rules"])) == (0, 0)
    assert "id-2027" in capsys.readouterr().out


def test_rules_that_are_loaded_speak_for_the_days_of_their_family(
    local_session: Session, tmp_path: Path
) -> None:
    known_rules.load(local_session, written(tmp_path, ID_2027))
    rules = known_rules.Rules()

    assert [rules.on("id", date(year, 5, 1)).name for year in (2026, 2027)] == [
        "id-2026", "id-2027",
    ]  # fmt: skip
    with pytest.raises(NoYearError):
        rules.on("id", date(2028, 1, 1))
