"""The books of the demo: whole, balanced, in the past, with something to approve."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from boconsole import approvals
from boconsole.demo import books
from boconsole.fixed_assets import checking as fixed_assets
from boconsole.invoices import checking as documents
from boconsole.ledger import balances, checking, reading
from boconsole.session import Session
from db import connection
from tests.people import StandingClock, add_agent, open_session


@pytest.fixture(scope="module")
def books_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The books of the demo, which each test copies."""
    path = tmp_path_factory.mktemp("books") / "books.sqlite"
    shutil.copy(sqlite_template, path)
    session = open_session(f"sqlite:///{path}", StandingClock())
    add_agent(session, "kim")
    books.keep(session)
    connection.close_database()
    return path


@pytest.fixture
def kept(books_file: Path, tmp_path: Path, clock: StandingClock) -> Iterator[Session]:
    shutil.copy(books_file, tmp_path / "copy.sqlite")
    yield open_session(f"sqlite:///{tmp_path / 'copy.sqlite'}", clock)
    connection.close_database()


def test_books_of_the_demo_are_proved(kept: Session) -> None:
    proof = checking.check(kept, (documents.faults, fixed_assets.faults))

    assert proof.faults == ()
    assert reading.count(kept, "posted").number > 250


def test_company_of_the_demo_has_money_in_the_bank_and_customers_who_owe(kept: Session) -> None:
    held = {each.account.code: each.amount for each in balances.balances(kept, "kind:asset")}

    assert held["1111"] > 0
    assert held["1101"] > 0
    assert held["1121"] > 0


def test_something_waits_for_who_opens_the_demo(kept: Session) -> None:
    assert [row.kind for row in approvals.waiting(kept, "you")] == ["entry", "entry", "bill"]
    assert reading.count(kept, "state:draft is:mine").number == 1
    assert reading.count(kept, "state:reversed").number == 1


def test_nothing_is_booked_after_the_present(kept: Session) -> None:
    assert reading.count(kept, "date:>today").number == 0


def test_demo_books_need_nobody_else(local_session: Session) -> None:
    assert books.keep(local_session) > 250
    assert reading.count(local_session, "is:approvable").number == 0
