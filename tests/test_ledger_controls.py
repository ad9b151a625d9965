"""Internal control and ready-made charts."""

from datetime import date
from math import log10
from pathlib import Path

import pytest

from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.ledger import (
    accounts,
    approving,
    commodities,
    controls,
    entries,
    limits,
    templates,
)  # fmt: skip
from boconsole.ledger.controls import Finding
from boconsole.session import Session
from db import connection
from tests.books import draft, enter, open_books, sale
from tests.people import add_agent

MONDAY, SATURDAY = date(2026, 5, 4), date(2026, 5, 2)


@pytest.fixture
def books(session: Session) -> Session:
    open_books(session)
    return session


def found(session: Session, test: str = "") -> list[Finding]:
    run = controls.run(session, date(2026, 1, 1), date(2026, 12, 31))
    return [finding for finding in run if not test or finding.test == test]


def test_sound_books_say_nothing(books: Session) -> None:
    sale(books, "12.34", MONDAY)

    assert found(books) == []


def test_twins_of_one_day_are_told(books: Session) -> None:
    sale(books, "12.34", MONDAY)
    sale(books, "12.34", MONDAY)
    sale(books, "12.34", date(2026, 5, 5))
    sale(books, "12.35", MONDAY)

    twins = found(books, "duplicate")

    assert [twin.where for twin in twins] == ["JNL-2026-00001"]
    assert "JNL-2026-00001, JNL-2026-00002 of 2026-05-04" in twins[0].reason


def test_a_reversed_twin_is_none(books: Session) -> None:
    sale(books, "12.34", MONDAY)
    entries.reverse(books, sale(books, "12.34", MONDAY))

    assert found(books, "duplicate") == []


def test_approval_of_ones_own_is_a_fault(books: Session) -> None:
    sale(books, "12.34", MONDAY)
    made = draft(books, "Assets:Bank  5.00 USD", "Income:Sales")
    connection.execute("UPDATE journal_entry SET approved_by = prepared_by WHERE state = 'draft'")
    entries.post(books, entries.get(books, made.number))

    told = found(books)

    assert [(finding.test, finding.where) for finding in told] == [
        ("self-approval", "JNL-2026-00002")
    ]
    assert controls.failed(told)


def test_large_entry_without_approval_is_a_fault(books: Session) -> None:
    sale(books, "1234.56", MONDAY)
    limits.put(books, "500")
    waiting = draft(books, "Assets:Bank  600.01 USD", "Income:Sales")
    approving.approve(add_agent(books, "siti", ("approver",)), waiting)
    entries.post(books, entries.get(books, waiting.number))

    assert [finding.where for finding in found(books, "unapproved")] == ["JNL-2026-00001"]


def test_round_sums_are_hints(books: Session) -> None:
    sale(books, "3000.00", MONDAY)
    sale(books, "3000.01", MONDAY)
    enter(books, "Assets:Bank  2000 JPY", "Income:Sales", day=MONDAY)

    told = found(books, "round-sum")

    assert [finding.where for finding in told] == ["JNL-2026-00003", "JNL-2026-00001"]
    assert not controls.failed(told)


def test_weekends_are_hints(books: Session) -> None:
    sale(books, "12.34", MONDAY)
    sale(books, "12.34", SATURDAY)

    assert [finding.where for finding in found(books, "weekend")] == ["JNL-2026-00002"]


def test_account_without_lines_for_a_year_is_dormant(books: Session) -> None:
    sale(books, "12.34", date(2025, 11, 3))
    enter(books, "Assets:Cash  5.00 USD", "Income:Sales", day=date(2026, 2, 2))

    assert [finding.where for finding in found(books, "dormant")] == ["Assets:Bank"]


def test_broken_seal_is_a_fault(books: Session) -> None:
    sale(books, "12.34", MONDAY)
    connection.execute("UPDATE ledger_series SET last_number = 2")

    assert controls.failed(found(books, "proof"))


def test_deviation_from_benford() -> None:
    """Source: F. Benford (1938): digit d leads with probability log10(1 + 1/d)."""
    perfect = {digit: round(1_000_000 * log10(1 + 1 / digit)) for digit in range(1, 10)}
    even = dict.fromkeys(range(1, 10), 100)

    assert controls.benford_deviation(perfect) < 0.000_001
    assert controls.benford_deviation(even) == pytest.approx(0.0597, abs=0.0001)


def test_first_digits_are_told_when_there_are_enough(books: Session) -> None:
    for number in range(50):
        lines = [f"Expenses:Rent  9.{cents:02} USD" for cents in range(number % 7, 12)]
        enter(books, *lines, "Assets:Bank", day=MONDAY)

    assert found(books, "benford") == []
    for _number in range(25):
        enter(books, *["Expenses:Rent  9.99 USD"] * 10, "Assets:Bank", day=MONDAY)
    assert "Benford" in found(books, "benford")[0].reason


# Charts


@pytest.mark.parametrize("name", templates.shipped())
def test_shipped_chart_is_whole(session: Session, name: str) -> None:
    made = templates.load(session, name)

    codes = [account.code for account in made]
    assert len(set(codes)) == len(codes) > 40
    assert {account.kind for account in made} == {
        "asset", "liability", "equity", "income", "expense"
    }  # fmt: skip
    assert [
        account.path for account in made if not account.cash_flow and account.role != "cash"
    ] == []
    for role in ("receivable", "payable", "retained", "gains", "rounding"):
        assert len([account for account in made if account.role == role]) == 1


def test_chart_is_added_once(session: Session) -> None:
    templates.load(session, "indonesia")
    count = len(accounts.chart(session))

    templates.load(session, "indonesia")

    assert len(accounts.chart(session)) == count


def test_own_chart_is_read(local_session: Session, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('accounts = [{ path = "Assets:Till", code = "1", role = "cash" }]', "utf-8")

    made = templates.load(local_session, str(path))

    assert [(account.path, account.kind, account.role) for account in made] == [
        ("Assets:Till", "asset", "cash")
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("accounts = 5", "expected"),
        ("accounts = [", "Invalid"),
        ('accounts = [{ code = "1" }]', "account 1 has no path"),
        ('accounts = [{ path = "A", colour = "red" }]', "colour is not known"),
        ('accounts = [{ path = "A::B" }]', "no name"),
        ('accounts = [{ path = "A", kind = "thing" }]', "none of"),
    ],
)
def test_chart_that_is_none_is_refused(
    local_session: Session, tmp_path: Path, text: str, reason: str
) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text, "utf-8")

    with pytest.raises(InvalidChangeError, match=reason):
        templates.load(local_session, str(path))

    assert accounts.chart(local_session) == []


def test_unknown_chart_names_those_there_are(local_session: Session) -> None:
    with pytest.raises(NotFoundError, match="indonesia, international"):
        templates.load(local_session, "mars")


@pytest.mark.parametrize(
    ("code", "digits"),
    [
        ("USD", 2),
        ("IDR", 2),
        ("HUF", 2),
        ("JPY", 0),
        ("KRW", 0),
        ("BHD", 3),
        ("IQD", 3),
        ("CLF", 4),
    ],
)
def test_currency_has_the_digits_of_the_standard(code: str, digits: int) -> None:
    """ISO 4217, list one, column of minor units."""
    assert commodities.iso_precision(code) == digits
