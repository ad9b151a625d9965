"""Contracts, duties and what is due, read by page: found as before, and by those who may."""

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
