"""Lists of assets: what leads them, and in which order they come."""

import pytest

from boconsole.assets import reading
from boconsole.session import Session
from db.assets import leading
from tests.equipment import tags, thing


def test_words_show_the_best_first_and_the_newest_where_many_match(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, note in (("Router", ""), ("Desk", "beside the router"), ("Router", "")):
        thing(session, name, note=note)

    best, sorted_by_tag = tags(session, "router"), tags(session, "router sort:tag")
    monkeypatch.setattr(leading, "GATHERED", 2)
    first = reading.list_page(session, "router", limit=2)
    rest = reading.list_page(session, "router", first.cursors[-1], 2)
    around = reading.page_around(session, "router", first.rows[1].id, 3)

    assert best == ["AST-0003", "AST-0001", "AST-0002"]
    assert sorted_by_tag == ["AST-0001", "AST-0002", "AST-0003"]
    newest = ["AST-0003", "AST-0002", "AST-0001"]
    assert [row.tag for row in (*first.rows, *rest.rows)] == newest
    assert around is not None
    assert [row.tag for row in around.rows] == newest
    assert reading.count(session, "router") == (3, False)


@pytest.mark.parametrize("gathered", [0, 2_000])
def test_what_many_share_is_found_alike_along_the_order_and_from_the_matches(
    session: Session, monkeypatch: pytest.MonkeyPatch, gathered: int
) -> None:
    monkeypatch.setattr(leading, "GATHERED", gathered)
    for name, day in (("A", "2027-01-01"), ("B", "2026-09-01"), ("C", None)):
        thing(session, name, warranty=day)

    assert tags(session, "state:in_stock sort:-warranty") == ["AST-0001", "AST-0002", "AST-0003"]
    assert tags(session, "state:in_stock,deployed sort:warranty") == [
        "AST-0002", "AST-0001", "AST-0003"
    ]  # fmt: skip


def test_a_state_that_many_have_leaves_the_order_its_index(
    local_session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leading, "GATHERED", 0)
    thing(local_session, "A", warranty="2027-01-01")
    plan = leading.Plan(reading.selection(local_session, "state:in_stock sort:-warranty"))

    assert plan.where.text == "t.active AND (t.state || '') = ?"
