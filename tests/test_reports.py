"""Reports of assets, staff, money and projects: figures against the records, privacy, files."""

import csv
import io
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdf import PdfReader

from boconsole.demo import books as demo_books
from boconsole.demo import (
    build,
    colleagues,
    hardware,
    leave,
    projects,
    staff,
    training,
    workshop,
)
from boconsole.doors.main import main
from boconsole.errors import (
    BoconsoleError,
    InvalidChangeError,
    NotAllowedError,
    QuerySyntaxError,
)
from boconsole.home.lists import LISTS
from boconsole.ledger.statements import performance, position
from boconsole.reports import exporting, money_reports, running, staff_reports, telling
from boconsole.reports.percentiles import percentiles
from boconsole.reports.registry import REPORTS
from boconsole.reports.running import Parameters
from boconsole.reports.shapes import Answer, Column, Row
from boconsole.session import Session
from boconsole.staff import dated
from boconsole.training import needing
from db import connection
from tests.people import StandingClock, add_agent, open_session


@pytest.fixture(scope="module")
def company_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small company with something in every area, made once."""
    path = tmp_path_factory.mktemp("company") / "company.sqlite"
    shutil.copy(sqlite_template, path)
    session = open_session(f"sqlite:///{path}", StandingClock())
    build.build(session, 60, 1, session.now())
    for part in (colleagues, demo_books, hardware, workshop, staff, training, leave, projects):
        part.keep(session)
    connection.close_database()
    return path


@pytest.fixture
def company(company_file: Path, tmp_path: Path, clock: StandingClock) -> Iterator[Session]:
    path = tmp_path / "company.sqlite"
    shutil.copy(company_file, path)
    yield open_session(f"sqlite:///{path}", clock)
    connection.close_database()


def found(session: Session, name: str, **asked: str) -> list[tuple[object, ...]]:
    return [row.cells for row in running.run(session, name, Parameters(**asked)).answer.rows]


def test_every_line_of_every_report_agrees_with_the_list_it_opens(company) -> None:
    told = 0
    for report in running.seen(company):
        for by in report.by or ("",):
            answer = running.run(company, report.name, Parameters(by=by)).answer
            assert all(len(row.cells) == len(answer.columns) for row in answer.rows)
            for row in answer.rows[::3]:
                if row.query is None:
                    continue
                listed = LISTS[row.listed or answer.listed].tally(company, row.query)
                told += 1
                if row.counted is not None:
                    assert listed.number == row.counted, (report.name, by, row)
                for place, query in row.more:
                    number = LISTS[answer.listed].tally(company, query).number
                    assert number == row.cells[place], (report.name, by, query)
    assert told > 100


def test_no_line_of_a_report_leads_nowhere(company) -> None:
    for report in running.seen(company):
        for by in report.by or ("",):
            answer = running.run(company, report.name, Parameters(by=by)).answer
            for row in answer.rows:
                assert row.query is not None or row.of is not None or row.record, (report.name, row)
            keys = [column.key for column in answer.columns]
            for row in (row for row in answer.rows[::2] if row.of is not None):
                asked = Parameters(by=by, of=row.of or "-")
                below = running.run(company, report.name, asked).answer
                assert all(each.record or each.query is not None for each in below.rows)
                for place, column in enumerate(below.columns):
                    if column.key in keys and column.kind in ("count", "decimal", "money"):
                        wanted = row.cells[keys.index(column.key)]
                        summed = sum(each.cells[place] or 0 for each in below.rows)
                        assert summed == wanted, (report.name, by, row, column.key)


HALVES = {
    "tickets": "prio:high,critical", "assets": '(model:~book or bought:<2024 or "think pad")',
    "people": "(name:~di or skill:excel or left:<2020-01-01)", "projects": "due:<+30d",
    "documents": "(amount:>5000 or contact:~a)", "accounts": "kind:income or code:5100",
    "marks": "has:tag",
}  # fmt: skip
"""A query of each list that finds some of its records."""
NO_HALVES = ("staff-cost", "tickets-backlog")
"""Here few people are told of nowhere; there changes go up and down."""


def test_every_report_is_narrowed_by_a_query_of_its_list(company) -> None:
    parted = 0
    for report in running.seen(company):
        by = "type" if report.name == "staff-absence" else ""
        half, asked = HALVES[report.filtered], Parameters(by=by)
        answer = running.run(company, report.name, replace(asked, query=half)).answer
        for row in (row for row in answer.rows[::4] if row.query is not None):
            listed = LISTS[row.listed or answer.listed].tally(company, row.query)
            assert row.counted in (None, listed.number), (report.name, row)
        added = [place for place, column in enumerate(answer.columns) if column.total]
        if report.filtered == "projects" or report.name in NO_HALVES or not added:
            continue
        parts = [answer, *(running.run(company, report.name, replace(asked, query=query)).answer
                           for query in (f"-({half})", ""))]  # fmt: skip
        sums = [[sum(row.cells[place] or 0 for row in part.rows) for place in added]
                for part in parts]  # fmt: skip
        assert [a + b for a, b in zip(sums[0], sums[1], strict=True)] == sums[2], report.name
        parted += any(0 < some < every for some, every in zip(sums[0], sums[2], strict=True))
    assert parted >= 9


def test_only_who_may_see_a_list_narrows_by_it(company) -> None:
    few = replace(company, permissions=frozenset({"ledger.read", "budget.read"}))
    officer = replace(company, permissions=frozenset({"staff.read"}))

    running.run(few, "money-budget", Parameters())
    with pytest.raises(NotAllowedError, match="account"):
        running.run(few, "money-budget", Parameters(query="kind:income"))
    with pytest.raises(NotAllowedError, match="pay"):
        running.run(officer, "staff-heads", Parameters(query="salary:>1000"))
    for name, query in (("money-budget", "tag.a:b"), ("money-ratios", "kind:asset"),
                        ("assets-age", "sort:tag"), ("staff-heads", "colour:red")):  # fmt: skip
        with pytest.raises(QuerySyntaxError):
            running.run(company, name, Parameters(query=query))


def test_every_report_answers_where_there_is_nothing(session) -> None:
    everything = frozenset(permission for report in REPORTS for permission in report.permissions)
    reader = replace(session, permissions=session.permissions | everything)
    for report in running.seen(reader):
        for by in report.by or ("",):
            result = running.run(reader, report.name, Parameters(by=by))
            running.run(reader, report.name, Parameters(by=by, query=HALVES[report.filtered]))
            told = json.dumps(telling.record(result))
            assert json.loads(told)["report"] == report.name
    assert len(running.seen(reader)) == len(REPORTS)


def test_assets_are_as_old_and_dear_as_their_records_say(company) -> None:
    rows = connection.fetch(
        "SELECT g.name, a.bought_on, a.cost FROM asset a JOIN asset_category g "
        "ON g.id = a.category_id WHERE a.active"
    )
    today = company.now().date()
    laptops = [row for row in rows if row[0] == "Laptop"]
    ages = [(today - date(day // 10_000, day // 100 % 100, day % 100)).days / 365.25
            for _name, day, _cost in laptops]  # fmt: skip

    aged = next(row for row in found(company, "assets-age") if row[0] == "Laptop")
    cost = next(row for row in found(company, "assets-cost") if row[0] == "Laptop")
    assert aged[1:7] == (len(laptops), sum(a <= 1 for a in ages), sum(1 < a <= 3 for a in ages),
                         sum(3 < a <= 5 for a in ages), sum(a > 5 for a in ages), 0)  # fmt: skip
    assert float(str(aged[7])) == pytest.approx(sum(ages) / len(ages), abs=0.05)
    assert cost[2:4] == (len(laptops), Decimal(sum(row[2] for row in laptops)).scaleb(-2))


def test_models_fail_by_the_years_that_their_devices_were_in_use(company) -> None:
    rows = found(company, "assets-failures", starts="2025-05-05", ends="2026-05-04")

    repairs = dict(connection.fetch(
        "SELECT m.name, count(*) FROM asset_repair r JOIN asset a ON a.id = r.asset_id "
        "JOIN asset_model m ON m.id = a.model_id WHERE r.sent_on BETWEEN 20250505 AND 20260504 "
        "GROUP BY 1"))  # fmt: skip
    assert {row[0]: row[3] for row in rows if row[3]} == repairs
    assert all(row[5] is None or row[2] == 0 or
               float(str(row[5])) == pytest.approx(row[3] / float(str(row[2])), rel=0.1, abs=0.02)
               for row in rows)  # fmt: skip


def test_heads_are_those_employed_at_the_end(company) -> None:
    rows = found(company, "staff-heads", starts="2025-01-01", ends="2026-04-30", by="month")

    ends = [date(2025 + month // 12, month % 12 + 1, 1) - timedelta(1) for month in range(1, 17)]
    assert [row[1] for row in rows] == [len(dated.on(company, day, employed=True)) for day in ends]
    assert rows[-1][1] == len(dated.on(company, date(2024, 12, 31), employed=True)) + sum(
        row[2] - row[3] for row in rows
    )


def test_training_tells_who_learned_what_and_what_they_hold(company) -> None:
    rows = {row[0]: row[1:] for row in found(company, "staff-training", by="course")}
    places = found(company, "staff-training", by="department")
    lacks = Counter(one.course.name for one in needing.lacking(company)
                    if one.state in ("missing", "expired", "booked"))  # fmt: skip

    # two learned it eleven months ago and hold what it gives for twelve
    assert rows["Keselamatan gudang"] == (2, Decimal("8.0"), 2, 2, 0, lacks["Keselamatan gudang"])
    assert rows["Python lanjutan"] == (1, Decimal("24.0"), 0, 0, 0, 0)
    assert rows["P3K dasar"][-1] == lacks["P3K dasar"] > 0
    assert rows["SIM B1"][0] == 0
    assert [sum(row[place + 1] for row in places) for place in range(1, 7)] == [
        sum(row[place] for row in rows.values()) for place in range(6)
    ]
    after = str(company.now().date() + timedelta(days=60))
    later = {row[0]: row for row in found(company, "staff-training", ends=after)}
    assert later["Keselamatan gudang"][3:6] == (0, 0, 2)
    assert not found(company, "staff-training", query="name:nobody")
    with pytest.raises(NotAllowedError):
        running.run(replace(company, permissions=frozenset()), "staff-training", Parameters())


def test_pay_is_for_those_who_may_see_it(company) -> None:
    agent = add_agent(company, "nosy", ("executive",))
    with pytest.raises(NotAllowedError):
        running.run(agent, "staff-cost", Parameters())
    assert "staff-cost" not in [report.name for report in running.seen(agent)]

    officer = add_agent(company, "hana", ("hr_officer",))
    rows = found(officer, "staff-cost")
    assert all(row[2] >= 3 for row in rows)
    looks = connection.fetch("SELECT count(*) FROM audit_entry WHERE changes LIKE '%staff-cost%'")
    assert looks[0][0] > 0


@settings(max_examples=40)
@given(st.dictionaries(st.sampled_from(["", *"abcde"]), st.integers(1, 6)))
def test_no_line_of_pay_tells_of_fewer_than_three(counts: dict[str, int]) -> None:
    told = staff_reports.joined(counts)

    sizes: dict[str | None, int] = {}
    for name, under in told.items():
        sizes[under] = sizes.get(under, 0) + counts[name]
    hidden = sizes.pop(None, 0)
    assert all(size >= 3 for size in sizes.values())
    assert hidden == 0 or hidden < 3
    assert not hidden or "" not in sizes


def test_ratios_follow_their_formulas() -> None:
    """Worked by hand on one set of figures."""
    one = money_reports.Figures(
        assets=1000, current_assets=600, quick_assets=400, liabilities=600,
        current_liabilities=300, receivable=200, payable=90, revenue=1460, cost_of_sales=730,
        expenses=1314, days=365,
    )  # fmt: skip

    values = {ratio.key: money_reports._value(ratio, one) for ratio in money_reports.RATIOS}
    assert {key: str(value) for key, value in values.items()} == {
        "current": "2.00", "quick": "1.33", "debt_to_equity": "1.50", "dso": "50.00",
        "dpo": "45.00", "gross_margin": "50.00", "net_margin": "10.00",
    }  # fmt: skip


def test_ratios_stand_on_the_statements(books) -> None:
    last = date(2026, 4, 30)
    sheet = position.balance_sheet(books, last)
    income = performance.income_statement(books, date(2026, 1, 1), last)
    result = running.run(books, "money-ratios", Parameters("2026-01-01", str(last)))

    sides = {row.cells[0]: row.cells[5:] for row in result.answer.rows}
    code = result.answer.commodity
    net = income.sections[2].totals[0].values[code]
    assert sides["Net margin"] == (
        Decimal(net).scaleb(-2), Decimal(income.sections[0].totals[0].values[code]).scaleb(-2),
    )  # fmt: skip
    owed = sheet.sections[1].totals[0].values.get(code, 0)
    assert sides["Debt to equity"][0] == Decimal(owed).scaleb(-2)


def test_overdue_money_adds_up_to_the_aged_list(dealings) -> None:
    from boconsole.invoices import aged_list

    rows = found(dealings, "money-ageing", by="receivable")
    whole = aged_list.make(dealings, "receivable", dealings.now().date())

    assert rows
    for code, precision, buckets in whole.totals:
        mine = [row for row in rows if row[1] == code]
        assert sum(Decimal(str(row[-1])) for row in mine) == Decimal(sum(buckets)).scaleb(
            -precision
        )
    parts = [sum(Decimal(str(row[-1])) for row in found(
        dealings, "money-ageing", by="receivable", query=query))
        for query in ("amount:>1000", "-(amount:>1000)", "is:issued")]  # fmt: skip
    assert parts[0] + parts[1] == parts[2] == sum(Decimal(str(row[-1])) for row in rows)
    assert 0 < parts[0] < parts[2], parts


@settings(max_examples=50)
@given(st.lists(st.integers(0, 50), min_size=1, max_size=40), st.integers(1, 100))
def test_a_percentile_is_the_least_value_that_so_many_do_not_exceed(values, percent) -> None:
    ordered = sorted(values)

    (told,) = percentiles(ordered, (percent,))

    wanted = min(v for v in ordered if 100 * sum(o <= v for o in ordered) >= percent * len(ordered))
    assert told == wanted


@pytest.mark.parametrize("form", exporting.FORMATS)
def test_reports_are_written_in_every_form(company, tmp_path: Path, form: str) -> None:
    result = running.run(company, "assets-cost", Parameters())
    path = tmp_path / f"cost.{form}"

    exporting.write(result, path)

    whole = path.read_bytes()
    assert whole[:4] == {"csv": b"cate", "xlsx": b"PK\x03\x04", "pdf": b"%PDF", "json": b"{\n  ",
                         "svg": b"<?xm", "png": b"\x89PNG"}[form]  # fmt: skip
    with pytest.raises(BoconsoleError, match="already"):
        exporting.write(result, path)
    if form == "json":
        told = json.loads(whole)
        assert all(isinstance(row["total"], str) for row in told["rows"])
        assert telling.record(result)["report"] == told["report"] == "assets-cost"
    if form == "csv":
        assert len(list(csv.reader(io.StringIO(whole.decode())))) == len(result.answer.rows) + 1


def test_a_day_is_whole_on_paper_and_a_date_in_a_workbook(company, tmp_path: Path) -> None:
    row = Row(("Move", date(2026, 12, 28)))
    columns = (Column("name", "Project", "text"), Column("due", "Due", "day"))
    result = running.run(company, "projects-portfolio", Parameters())
    result = result._replace(answer=Answer(columns, (row,)))

    for form in ("pdf", "xlsx"):
        (tmp_path / f"due.{form}").write_bytes(exporting.content(result, form))

    assert "2026-12-28" in PdfReader(tmp_path / "due.pdf").pages[0].extract_text()
    assert load_workbook(tmp_path / "due.xlsx").active["B2"].value.date() == date(2026, 12, 28)


@pytest.mark.parametrize("form", ["pdf", "xlsx"])
def test_a_report_goes_into_a_pipe(
    sqlite_url: str, capsysbinary: pytest.CaptureFixture[bytes], form: str
) -> None:
    code = main(["--database", sqlite_url, "reports", "run", "money-ratios", "--format", form])

    assert code == 0
    assert capsysbinary.readouterr().out[:4] == {"pdf": b"%PDF", "xlsx": b"PK\x03\x04"}[form]


@pytest.mark.parametrize(
    ("name", "parameters", "field"),
    [
        ("tickets-volume", Parameters(by="colour"), "by"),
        ("tickets-volume", Parameters(starts="someday"), "from"),
        ("tickets-volume", Parameters(starts="2026-05-02", ends="2026-05-01"), "from"),
        ("tickets-volume", Parameters(starts="1990-01-01", by="day"), "by"),
        ("tickets-open", Parameters(starts="2026-05-02"), "from"),
    ],
)
def test_what_cannot_be_asked_is_refused(local_session, name, parameters, field) -> None:
    with pytest.raises(InvalidChangeError) as refused:
        running.run(local_session, name, parameters)

    assert refused.value.field == field
    assert len({report.name for report in REPORTS}) == len(REPORTS)
