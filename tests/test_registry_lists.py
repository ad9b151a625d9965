"""Contracts, duties and what is due, read by page: found as before, and by those who may."""

import importlib
from collections.abc import Callable
from dataclasses import replace

import pytest

from boconsole.errors import NotAllowedError
from boconsole.registry import (
    agreements,
    classes,
    contracts,
    destroying,
    due,
    obligations,
    retaining,
    reviewing,
    writing,
)
from boconsole.session import Session
from boconsole.tickets.rows import Ref
from db import connection


def walked(read: Callable[..., object], session: Session, query: str) -> list[int]:
    """The ids of a list read page by page, two rows each."""
    ids, after = [], ""
    while True:
        page = read(session, query, after, 2)
        ids += [row.id for row in page.rows]  # type: ignore[attr-defined]
        if not page.more:  # type: ignore[attr-defined]
            return ids
        after = page.cursors[-1]  # type: ignore[attr-defined]


def test_contracts_and_duties_are_read_by_page(session: Session) -> None:
    for day in (5, 3, 9, 1, 7):
        made = contracts.create(session, {
            "title": f"Cleaning {day}", "start_on": "2026-01-01", "end_on": f"2026-12-0{day}",
            "reference": f"R_{day}",
        })  # fmt: skip
        obligations.add(session, made.id, {"title": f"Report {day}", "due_on": f"2026-06-0{day}"})
    obligations.close(session, Ref(3))

    assert walked(agreements.CONTRACTS.list_page, session, "sort:end") == [4, 2, 1, 5, 3]
    assert walked(agreements.CONTRACTS.list_page, session, "r_9 end:2026-12") == [3]
    assert walked(agreements.CONTRACTS.list_page, session, "is:owed sort:-end") == [5, 1, 2, 4]
    assert walked(agreements.DUTIES.list_page, session, "") == [4, 2, 1, 5]
    assert walked(agreements.DUTIES.list_page, session, "state:done contract:CTR-0003") == [3]
    around = agreements.CONTRACTS.page_around(session, "sort:end", 1, 3)
    assert around is not None
    assert [row.id for row in around.rows] == [2, 1, 5]
    assert agreements.CONTRACTS.count(session, "state:active").number == 5
    with pytest.raises(NotAllowedError):
        agreements.DUTIES.list_page(replace(session, permissions=frozenset()), "")


def test_what_is_due_comes_by_page_with_holds_and_proposals(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    classes.load(session, [("6", "Letters", "", "2y", "dated", "destroy")])
    ids = [
        writing.create(session, {"title": f"Letter {year}", "class": "6",
                                 "dated_on": f"{year}-01-31"}).id
        for year in (2021, 2020, 2019, 2025)
    ]  # fmt: skip
    retaining.hold(session, [Ref(ids[0])], "Acme", "claim")
    destroying.propose(session, [Ref(ids[1])], "old")
    asked: list[str] = []
    fetch = connection.fetch
    rows = due.list_page(session, "due:<=today").rows
    monkeypatch.setattr(
        connection, "fetch", lambda sql, params=(): asked.append(sql) or fetch(sql, params)
    )

    again = due.list_page(session, "due:<=365d").rows

    assert [(row.id, row.held, row.proposed) for row in rows] == [
        (3, "", False), (2, "", True), (1, "Acme", False),
    ]  # fmt: skip
    assert [row.id for row in again] == [3, 2, 1, 4]
    assert len(asked) <= 5
    assert walked(due.list_page, session, "is:proposed") == [2]
    assert walked(due.list_page, session, "due:<=today is:held") == [1]


def test_what_has_no_date_to_count_from_is_listed_with_what_to_fill_in(session: Session) -> None:
    classes.load(session, [
        ("2", "Contracts", "", "10y", "expires", "destroy"), ("2.1", "Suppliers", "2"),
        ("3", "Policies", "", "5y", "closed", "review"), ("4", "Deeds", "", "forever"),
        ("5", "Reports", "", "5y", "approved", "destroy"),
    ])  # fmt: skip
    made = [writing.create(session, {"title": code, "class": code}).id
            for code in ("2.1", "3", "4", "5", "5")]  # fmt: skip
    reviewing.withdraw(session, [Ref(made[4])], "wrong")

    found = due.undated(session, 10)
    writing.edit(session, Ref(made[0]), {"expires_on": "2026-12-31"})

    assert [(row.id, row.advice.partition(";")[0]) for row in found] == [
        (1, "no date to count from"), (5, "never approved"),
    ]  # fmt: skip
    assert [row.id for row in due.undated(session, 10)] == [5]
    classes.edit(session, "2", {"keep": "10y", "keep_from": "dated"})
    assert [row.id for row in due.undated(session, 10)] == [1, 5]


def test_the_step_tells_documents_without_a_date_from_those_kept_for_ever(
    session: Session,
) -> None:
    classes.load(session, [
        ("2", "Contracts", "", "10y", "expires", "destroy"), ("2.1", "Suppliers", "2"),
        ("4", "Deeds", "", "forever"),
    ])  # fmt: skip
    for code in ("2.1", "4"):
        writing.create(session, {"title": code, "class": code})
    step = importlib.import_module("db.migrations.0042_registry_lists")

    with connection.transaction():
        step.down(None, connection.database.obj)
    before = due.count(session, "is:undated").number
    with connection.transaction():
        step.up(None, connection.database.obj)

    assert (before, due.count(session, "is:undated").number) == (0, 1)
