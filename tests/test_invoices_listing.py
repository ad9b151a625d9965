"""Lists of documents: what queries find, page by page, and what is open of them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from playhouse.migrate import SchemaMigrator

from boconsole.errors import QuerySyntaxError
from boconsole.invoices import checking, drafting, reading
from boconsole.invoices.drafting import NewLine
from boconsole.invoices.words import invoice_number, state_of
from boconsole.session import Session
from db import connection, upgrading
from db.base import database
from db.keyset import CursorError
from tests.trade import bill, credited, invoice, issued, line, new, open_trade, pay


def day(number: int) -> date:
    return date(2026, 4, number)


@pytest.fixture
def trade(session: Session) -> Session:
    return sell(session)


@pytest.fixture
def local_trade(local_session: Session) -> Session:
    return sell(local_session)


def sell(session: Session) -> Session:
    """Six documents of Acme in every state, and two bills."""
    open_trade(session)
    paid = invoice(session, "100.00", day=day(1), reference="PO-77")
    partly = invoice(session, "200.00", day=day(2))
    issued(session, NewLine("Café in Zürich", Decimal(2), Decimal("150.00"), "4000", "T10"),
           day=day(3), terms=60)  # fmt: skip
    taken_back = invoice(session, "400.00", day=day(4))
    credited(session, taken_back, day(5))
    drafting.prepare(session, new(line("600.00"), day=day(6), note="urgent"))
    pay(session, "100.00", paid)
    pay(session, "50.00", partly)
    bill(session, "70.00", day=day(7), reference="A-17")
    bill(session, "80.00", day=day(8), currency="EUR", rate="1.1")
    return session


def found(session: Session, query: str, side: str = "receivable") -> list[str]:
    page = reading.list_page(session, side, query)  # type: ignore[arg-type]  # a side
    return [invoice_number(row).removeprefix("INV-2026-") for row in page.rows]


QUERIES: tuple[tuple[str, list[str]], ...] = (
    ("sort:date", ["00001", "00002", "00003", "00004", "CRN-2026-00001", "#6"]),
    ("sort:number", ["CRN-2026-00001", "00001", "00002", "00003", "00004", "#6"]),
    ("is:open sort:-due", ["00003", "00002"]),
    ("is:overdue", ["00002"]),
    ("state:paid sort:date", ["00001", "CRN-2026-00001"]),
    ("partly-paid", ["00002"]),
    ("state:cancelled", ["00004"]),
    ("state:open", ["00003", "00002"]),
    ("draft", ["#6"]),
    ("-is:draft is:credit", ["CRN-2026-00001"]),
    ("zurich caf", ["00003"]),
    ("po-77", ["00001"]),
    ("reference:77", ["00001"]),
    ("text:zürich", ["00003"]),
    ("note:urgent", ["#6"]),
    ("amount:330", ["00003"]),
    ("amount:>330 sort:date", ["00004", "CRN-2026-00001", "#6"]),
    ("open:<=150 is:open", ["00002"]),
    ("contact:acm date:2026-04-01..2026-04-02", ["00002", "00001"]),
    ("contact:mill", []),
    ("inv-2026-00004", ["00004"]),
    ("number:4", ["00004"]),
    ("#6", ["#6"]),
    ("number:99", []),
    ("INV-2026-00001 or is:draft", ["#6", "00001"]),
)
OF_BILLS = (
    ("currency:EUR", ["BIL-2026-00002"]),
    ("is:open sort:date", ["BIL-2026-00001", "BIL-2026-00002"]),
    ("a-17", ["BIL-2026-00001"]),
    ("inv-2026-00004", []),
)


def test_queries_find_documents_of_one_side(trade: Session) -> None:
    """One database for all, as making the documents takes longer than asking."""
    answers = {query: found(trade, query) for query, _expected in QUERIES}
    of_bills = {query: found(trade, query, "payable") for query, _expected in OF_BILLS}

    assert answers == dict(QUERIES)
    assert of_bills == dict(OF_BILLS)


def test_pages_go_on_where_the_last_one_ended_in_every_order(trade: Session) -> None:
    for query in (
        "",
        "sort:due",
        "sort:-number",
        "sort:number",
        "sort:contact",
        "sort:contact,-date",
    ):
        whole = found(trade, query)
        cursor, pieces = "", []
        while True:
            page = reading.list_page(trade, "receivable", query, cursor, 2)
            pieces += [invoice_number(row).removeprefix("INV-2026-") for row in page.rows]
            if not page.more:
                break
            cursor = page.cursors[-1]
        back = reading.list_page(trade, "receivable", query, page.cursors[0], 10, backwards=True)
        around = reading.page_around(trade, "receivable", query, 3, 4)

        assert (query, pieces) == (query, whole)
        assert len(back.rows) == len(whole) - len(page.rows)
        assert around is not None
        assert 3 in [row.id for row in around.rows]


def test_position_in_another_order_is_refused(local_trade: Session) -> None:
    cursor = reading.list_page(local_trade, "receivable", "", "", 1).cursors[0]

    with pytest.raises(CursorError):
        reading.list_page(local_trade, "receivable", "sort:due", cursor)
    with pytest.raises(QuerySyntaxError):
        reading.list_page(local_trade, "receivable", "sort:amount")


def test_counts_and_open_sums_stop_at_a_limit(trade: Session) -> None:
    assert reading.count(trade, "receivable", "") == (6, False)
    assert reading.count(trade, "receivable", "", cap=4) == (4, True)
    sums = reading.open_sums(trade, "receivable", "")
    assert (sums.sums, sums.capped) == ((("USD", 2, 480_00),), False)
    owed = reading.open_sums(trade, "payable", "sort:due")
    assert owed.sums == (("EUR", 2, -80_00), ("USD", 2, -70_00))
    assert reading.open_sums(trade, "payable", "", cap=1).capped


def test_where_a_document_stands_follows_its_open_item(trade: Session) -> None:
    rows = reading.list_page(trade, "receivable", "").rows

    kept = dict(connection.fetch("SELECT id, standing FROM invoice WHERE side = 'receivable'"))
    assert kept == {row.id: state_of(row) for row in rows}
    assert list(checking.faults()) == []
    connection.execute("UPDATE invoice SET standing = 'paid' WHERE id = 2")
    connection.execute("UPDATE invoice SET open = 1 WHERE id = 3")
    assert [fault.where for fault in checking.faults()] == ["INV-2026-00002", "INV-2026-00003"]


def test_lists_walk_an_index_and_sort_nothing(
    local_trade: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch = connection.fetch
    plans: list[str] = []

    def watched(sql: str, params: Sequence[object] = ()) -> list[tuple[object, ...]]:
        if "AS k0" in sql:
            steps = [row[3] for row in fetch(f"EXPLAIN QUERY PLAN {sql}", params)]
            plans.append(f"{query}: {' / '.join(steps).partition('SCAN p')[0]}")
        return fetch(sql, params)

    monkeypatch.setattr(connection, "fetch", watched)
    for query in ("", "sort:due", "sort:-number", "sort:contact", "is:open", "is:open sort:due",
                  "is:overdue sort:due", "state:paid", "draft", "contact:acme"):  # fmt: skip
        reading.list_page(local_trade, "receivable", query)

    assert len(plans) >= 10
    assert [
        plan for plan in plans
        if "INDEX invoice_" not in plan or "SCAN t" in plan or "TEMP B-TREE" in plan
    ] == []  # fmt: skip


def step(place: Path) -> ModuleType:
    spec = spec_from_file_location(place.stem, place)
    assert spec is not None
    assert spec.loader is not None
    migration = module_from_spec(spec)
    spec.loader.exec_module(migration)
    return migration


def test_documents_from_before_are_listed_after_the_upgrade(trade: Session) -> None:
    steps = [step(place) for place in sorted(upgrading.FOLDER.glob("0*.py"))[8:]]
    asked = ("sort:number", "is:overdue", "state:cancelled", "zurich caf", "po-77", "open:<=150")
    before = {query: found(trade, query) for query in asked}

    migrator = SchemaMigrator.from_database(database.obj)
    with connection.transaction():
        for back in reversed(steps):
            back.down(migrator, database.obj)
        for forth in steps:
            forth.up(migrator, database.obj)

    assert {query: found(trade, query) for query in asked} == before
    assert list(checking.faults()) == []
