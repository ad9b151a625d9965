"""Lists of tickets on both engines: order, positions, counts, what queries find."""

import json

import pytest

from boconsole.filters import parse, resolve
from boconsole.session import Session
from boconsole.tickets.area import ticket_area
from db import connection, keyset, search
from db.conditions import Compare, Order, Selection
from db.keyset import Cursor, CursorError
from db.tickets import pages, plans

NOW = 1_777_885_200
HOUR, DAY = 3_600, 86_400
STATES = ("new", "open", "pending", "on_hold", "resolved", "closed", "merged")
COLUMNS = (
    "id", "version", "kind", "state", "active", "subject", "impact", "urgency", "priority",
    "requester_id", "organisation_id", "queue_id", "assignee_id", "category_id", "created_at",
    "updated_at", "due_at", "sla_due_at", "sla_warn_at", "sla_state", "rating", "minutes_spent",
    "priority_reason", "resolution", "channel", "first_response_state", "next_reply_state",
    "resolution_state",
)  # fmt: skip
TAIL = ("", "", "console", "none", "none", "none")


def store(table: str, columns: str, *rows: tuple[object, ...]) -> None:
    marks = ", ".join("?" * len(columns.split(",")))
    connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


def ticket(ticket_id: int, state: str = "open", **given: object) -> tuple[object, ...]:
    values: dict[str, object] = {
        "id": ticket_id, "version": 1, "kind": "incident", "state": state,
        "active": state in STATES[:4], "subject": f"Subject {ticket_id}", "impact": 2,
        "urgency": 2, "priority": 3, "created_at": NOW - DAY, "updated_at": NOW - HOUR,
        "sla_state": "none", "minutes_spent": 0,
        **dict(zip(COLUMNS[-6:], TAIL, strict=True)),
        **given,
    }  # fmt: skip
    return tuple(values.get(column) for column in COLUMNS)


def tickets(*rows: tuple[object, ...]) -> None:
    store("ticket", ", ".join(COLUMNS), *rows)


@pytest.fixture
def desk(passing_session: Session) -> Session:
    """Two queues, an agent, a customer with a contact, two tags, a custom field."""
    store("queue", "id, name, active, version", (71, "General", True, 1), (72, "Print", True, 1))
    store(
        "user_account",
        "id, login, name, email, zone, language, active, created_at, version",
        (81, "eve", "Eve", "eve@desk.example", "", "", True, 0, 1),
    )
    store(
        "organisation", "id, name, kind, domain, created_at, version",
        (91, "Acme", "customer", "acme.example", 0, 1),
    )  # fmt: skip
    store(
        "contact",
        "id, name, email, phone, organisation_id, vip, created_at, version",
        (95, "Ann", "ann@acme.example", "", 91, True, 0, 1),
        (96, "Bob", "bob@other.example", "", None, False, 0, 1),
    )
    store("tag", "id, name", (61, "vip"), (62, "spam"))
    store("category", "id, parent_id, name, path, version", (51, None, "Hard", "Hard", 1))
    store(
        "custom_field",
        "id, name, label, ticket_kind, type, choices, required, active, version",
        (41, "site", "Site", "", "text", "[]", False, True, 1),
        (42, "floor", "Floor", "", "number", "[]", False, True, 1),
    )
    return passing_session


def select(session: Session, text: str) -> Selection:
    return resolve(parse(text), ticket_area(session), session)


def found(session: Session, text: str) -> list[int]:
    return [line.id for line in pages.page(select(session, text), None, 100).rows]


@pytest.fixture
def many(desk: Session) -> Session:
    """Forty tickets with few distinct values, and empty ones among them."""
    tickets(
        *(
            ticket(
                n,
                priority=n % 3 + 1,
                due_at=None if n % 4 == 0 else NOW + n % 5 * DAY,
                sla_due_at=None if n % 3 == 0 else NOW + n % 2 * DAY,
                queue_id=(71, 72, None)[n % 3],
                updated_at=NOW - n % 7 * HOUR,
            )
            for n in range(1, 41)
        )
    )
    return desk


ORDERS = {
    "": (lambda n: -n),
    "sort:number": (lambda n: n),
    "sort:-prio": (lambda n: (n % 3, n)),
    "sort:prio": (lambda n: (-(n % 3), -n)),
    "sort:-updated": (lambda n: (n % 7, -n)),
    "sort:due": (lambda n: (n % 4 == 0, 0 if n % 4 == 0 else n % 5, n)),
    "sort:-due": (lambda n: (n % 4 == 0, 0 if n % 4 == 0 else -(n % 5), -n)),
    "sort:-prio,-updated": (lambda n: (n % 3, n % 7, -n)),
    "sort:-prio,sla": (lambda n: (n % 3, n % 3 == 0, 0 if n % 3 == 0 else n % 2, n)),
    "sort:due,-sla,prio": (
        lambda n: (
            n % 4 == 0, 0 if n % 4 == 0 else n % 5,
            n % 3 == 0, 0 if n % 3 == 0 else -(n % 2),
            -(n % 3), -n,
        )
    ),
    "sort:-due,-prio,updated": (
        lambda n: (n % 4 == 0, 0 if n % 4 == 0 else -(n % 5), n % 3, -(n % 7), n)
    ),
    "group:queue": (lambda n: (n % 3 == 2, n % 3, -n)),
    "group:queue sort:-prio": (lambda n: (n % 3 == 2, n % 3, n % 3, n)),
}  # fmt: skip


@pytest.mark.parametrize("text", ORDERS)
@pytest.mark.parametrize("backwards", [False, True])
def test_pages_make_up_the_whole_list_in_order(many: Session, text: str, backwards: bool) -> None:
    selection = select(many, text)
    expected = sorted(range(1, 41), key=ORDERS[text])

    read: list[int] = []
    after: Cursor | None = None
    while True:
        page = pages.page(selection, after, 7, backwards=backwards)
        ids = [line.id for line in page.rows]
        read = [*ids, *read] if backwards else [*read, *ids]
        if not page.more:
            break
        after = keyset.decode(page.cursors[0 if backwards else -1])

    assert read == expected


@pytest.mark.parametrize("text", ORDERS)
def test_page_around_a_ticket_holds_it_in_place(many: Session, text: str) -> None:
    expected = sorted(range(1, 41), key=ORDERS[text])
    place = expected.index(20)

    page = pages.page_around(select(many, text), 20, 5)

    ids = [line.id for line in page.rows]
    assert 20 in ids
    assert ids == expected[max(0, place - 2) :][: len(ids)]
    assert len(page.cursors) == len(ids)


def test_page_around_a_ticket_elsewhere_is_the_first(many: Session) -> None:
    page = pages.page_around(select(many, "prio:critical"), 1, 3)

    assert [line.id for line in page.rows] == [39, 36, 33]


def test_line_carries_names(desk: Session) -> None:
    tickets(
        ticket(7, requester_id=95, organisation_id=91, queue_id=72, assignee_id=81,
               category_id=51, due_at=NOW)
    )  # fmt: skip
    store("ticket_tag", "ticket_id, tag_id", (7, 61), (7, 62))

    (line,) = pages.page(select(desk, ""), None, 5).rows

    assert (line.requester, line.organisation, line.queue, line.assignee, line.category) == (
        "Ann", "Acme", "Print", "eve", "Hard",
    )  # fmt: skip
    assert line.tags == "spam,vip"
    assert line.due_at == desk.now()
    assert line.wake_at is None


def test_a_limit_in_the_query_ends_the_list(many: Session) -> None:
    selection = select(many, "sort:due limit:10")
    expected = sorted(range(1, 41), key=ORDERS["sort:due"])[:10]

    first = pages.page(selection, None, 7)
    rest = pages.page(selection, keyset.decode(first.cursors[-1]), 7)
    last = pages.page(selection, None, 4, backwards=True)
    around = pages.page_around(selection, expected[5], 3)

    assert [line.id for line in first.rows] == expected[:7]
    assert first.more
    assert [line.id for line in rest.rows] == expected[7:]
    assert not rest.more
    assert [line.id for line in last.rows] == expected[6:]
    assert [line.id for line in around.rows] == expected[4:7]
    assert pages.count(selection) == 10
    assert [ticket_id for ticket_id, _ in pages.ids(selection, 100)] == expected


def test_count_stops_at_its_cap(many: Session) -> None:
    assert pages.count(select(many, "")) == 40
    assert pages.count(select(many, ""), cap=10) == 11
    assert pages.count(select(many, "prio:critical sort:due")) == 13


def test_ids_come_with_versions_in_order(many: Session) -> None:
    assert pages.ids(select(many, "sort:number"), 3) == [(1, 1), (2, 1), (3, 1)]


@pytest.mark.parametrize(
    "text",
    ["", "x", "A" * 3_000, "äöü", keyset.encode(Cursor(("a",), ("b",))), "W10", "bnVsbA",
     keyset.encode(Cursor(("a",), (True,))), keyset.encode(Cursor(("a", "b"), (False, 1)))],
)  # fmt: skip
def test_damaged_cursor_is_refused(text: str) -> None:
    with pytest.raises(CursorError):
        keyset.decode(text)


@pytest.mark.parametrize(
    "cursor",
    [
        Cursor(("number",), (5,)),
        Cursor(("-due", "-number"), (5, 5)),
        Cursor(("due", "number"), ("x", 5)),
        Cursor(("due", "number"), (5, None)),
        Cursor(("due", "number"), (2**70, 5)),
    ],
)
def test_cursor_of_another_order_is_refused(many: Session, cursor: Cursor) -> None:
    with pytest.raises(CursorError):
        pages.page(select(many, "sort:due"), cursor, 5)


@pytest.fixture
def mixed(desk: Session) -> Session:
    """One ticket for each thing a query can ask for."""
    tickets(
        ticket(1, "new", requester_id=95, organisation_id=91, queue_id=71, priority=1),
        ticket(2, "open", requester_id=96, queue_id=72, assignee_id=81, due_at=NOW - HOUR),
        ticket(3, "pending", assignee_id=desk.user.id, kind="problem", minutes_spent=150),
        ticket(4, "on_hold", sla_due_at=NOW + HOUR, sla_warn_at=NOW - HOUR, category_id=51),
        ticket(5, "resolved", rating=4, assignee_id=81),
        ticket(6, "closed", subject="Paper 100% jam", created_at=NOW - 400 * DAY),
        ticket(7, "merged"),
        ticket(8, "open", priority=2, created_at=NOW, sla_due_at=NOW - HOUR),
    )
    store("ticket_tag", "ticket_id, tag_id", (1, 61), (2, 61), (2, 62))
    store("watcher", "ticket_id, user_id", (3, 81))
    store("ticket_link", "ticket_id, other_id, kind", (1, 2, "blocks"), (5, 3, "blocks"),
          (1, 3, "parent_of"))  # fmt: skip
    store("custom_value", "ticket_id, field_id, text, number", (1, 41, "Berlin", None),
          (1, 42, "3", 3), (2, 42, "12", 12))  # fmt: skip
    store("presence", "session, user_id, feature, record_id, mode, seen_at",
          ("a", 81, "ticket", 1, "viewing", NOW - 5), ("b", desk.user.id, "ticket", 2, "viewing",
          NOW), ("c", 81, "ticket", 3, "viewing", NOW - 500))  # fmt: skip
    store("notification", "user_id, at, text, feature, record_id, read_at",
          (desk.user.id, NOW, "", "ticket", 4, None), (desk.user.id, NOW, "", "ticket", 3, NOW),
          (81, NOW, "", "ticket", 2, None))  # fmt: skip
    store(
        "state_span",
        "ticket_id, state, since",
        (2, "new", NOW - 9 * DAY),
        (2, "open", NOW - 5 * DAY),
        (5, "open", NOW - 9 * DAY),
        (5, "resolved", NOW - 3 * DAY),
    )
    for ticket_id, subject, body in (
        (1, "Printer jam", "The printer eats paper"),
        (2, "Laptop", "no printer, just a Café screen"),
        (3, "Phone", "jam of calls, a paper trail; tray-2"),
        (6, "Paper 100% jam", "old printer"),
    ):
        search.put(ticket_id, subject, body)
    return desk


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("", [8, 4, 3, 2, 1]),
        ("any", [8, 7, 6, 5, 4, 3, 2, 1]),
        ("state:open", [8, 2]),
        ("open resolved", [8, 5, 2]),
        ("inactive", [7, 6, 5]),
        ("-open", [7, 6, 5, 4, 3, 1]),
        ("TKT-6", [6]),
        ("me", [3]),
        ("eve or me", [3]),
        ("assignee:eve", [2]),
        ("any assignee:eve,me", [5, 3, 2]),
        ("any -assignee:eve", [8, 7, 6, 4, 3, 1]),
        ("is:unassigned", [8, 4, 1]),
        ("no:assignee", [8, 4, 1]),
        ("has:assignee", [3, 2]),
        ("General", [1]),
        ("queue:general,print", [2, 1]),
        ("kind:problem", [3]),
        ("prio>=high", [8, 1]),
        ("critical", [1]),
        ("org:acme", [1]),
        ("@acme.example", [1]),
        ("bob@other.example", [2]),
        ("requester:Ann", [1]),
        ("requester:~AN", [1]),
        ("requester.vip:yes", [1]),
        ("requester.vip:no", [2]),
        ("requester.org:Acme", [1]),
        ("-requester.org:Acme", [8, 4, 3, 2]),
        ("tag:vip", [2, 1]),
        ("tag:vip,spam", [2, 1]),
        ("tag:+vip,+spam", [2]),
        ("tag:vip -tag:spam", [1]),
        ("no:tag", [8, 4, 3]),
        ("has:tag", [2, 1]),
        ("watcher:eve", [3]),
        ("category:hard", [4]),
        ("parent:1", [3]),
        ("child:3", [1]),
        ("link:2", [1]),
        ("linked:1", [3, 2]),
        ("is:blocked", [2]),
        ("is:overdue", [8, 2]),
        ("is:breached", [8]),
        ("is:warned", [4]),
        ("is:waiting", [4, 3]),
        ("is:locked", [1]),
        ("is:unread", [4]),
        ("is:mine,vip", [3, 1]),
        ("cf.site:berl", [1]),
        ("cf.floor:>3", [2]),
        ("cf.floor:3", [1]),
        ("no:cf.floor", [8, 4, 3]),
        ("spent:>2h", [3]),
        ("rating:>=4", [5]),
        ("due<now", [2]),
        ("has:due", [2]),
        ("created:today", [8]),
        ("any created:2025", [6]),
        ("subject:~100%", []),
        ("any subject:~100%", [6]),
        ("any subject:~00_", []),
        ("printer", [1, 2]),
        ("any printer", [1, 6, 2]),
        ("prin", [1, 2]),
        ("prin laptop", []),
        ("laptop prin", [2]),
        ("printer -jam", [2]),
        ("'paper trail'", [3]),
        ("'trail paper'", []),
        ("subject:printer", [1]),
        ("cafe", [2]),
        ("CAFÉ", [2]),
        ("tray-2", [3]),
        ("jam or laptop", [3, 2, 1]),
        ("?!", [8, 4, 3, 2, 1]),
        ("printer sort:number", [1, 2]),
        ("printer tag:spam", [2]),
        ("nothing", []),
        ("(tag:vip or me) -prio:critical", [3, 2]),
        ("was:state=open@2026-04-27", [5]),
        ("was:state=open@2026-05-01", [5, 2]),
        ("was:state=new", [2, 1]),
        ("was:state=open@-2d", [2]),
    ],
)  # fmt: skip
def test_queries_find_the_same_on_both_engines(mixed: Session, text: str, ids: list[int]) -> None:
    selection = select(mixed, text)

    assert found(mixed, text) == ids
    assert pages.count(selection) == len(ids)
    assert [ticket_id for ticket_id, _ in pages.ids(selection, 100)] == ids


def note(line: int, ticket_id: int, at: int, **changes: tuple[object, object]) -> None:
    store(
        "audit_entry",
        "id, operation, at, actor_id, actor, origin, action, feature, record_id, version, changes, "
        "undoes, hash",
        (line, line, at, 1, "root", "cli", "ticket.edit", "ticket", ticket_id, 2,
         json.dumps(changes), 0, str(line)),
    )  # fmt: skip


@pytest.fixture
def told(desk: Session) -> Session:
    """Ticket 1 went from eve to nobody, 2 from nobody to eve, 3 was always eve's."""
    tickets(
        ticket(1, created_at=NOW - 20 * DAY),
        ticket(2, created_at=NOW - 20 * DAY, assignee_id=81),
        ticket(3, created_at=NOW - 20 * DAY, assignee_id=81),
        ticket(4, created_at=NOW, assignee_id=81),
    )
    note(1001, 1, NOW - 5 * DAY, assignee=("eve", None))
    note(1002, 2, NOW - 5 * DAY, assignee=(None, "eve"))
    note(1003, 3, NOW - 5 * DAY, priority=("low", "high"))
    return desk


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("was:assignee=eve@-10d", [3, 1]),
        ("was:assignee=eve@-1d", [3, 2]),
        ("was:assignee=eve@2026-04-29", [3, 2, 1]),
        ("was:assignee=eve", [4, 3, 2, 1]),
        ("changed:assignee", [2, 1]),
        ("changed:assignee>-7d", [2, 1]),
        ("changed:assignee>-3d", []),
        ("changed:assignee<-3d", [2, 1]),
        ("changed:prio@2026-04-29", [3]),
        ("was:prio=low@-10d", [3]),
    ],
)
def test_the_past_is_read_from_the_trail(told: Session, text: str, ids: list[int]) -> None:
    assert found(told, text) == ids
    assert pages.count(select(told, text)) == len(ids)


def test_best_match_comes_first_while_few_match(desk: Session) -> None:
    tickets(ticket(1), ticket(2), ticket(3))
    search.put(1, "Printer", "printer printer")
    search.put(2, "Laptop", "a printer far down in a text about many other things")
    search.put(3, "Screen", "printer")

    first = pages.page(select(desk, "printer"), None, 1)
    rest = pages.page(select(desk, "printer"), keyset.decode(first.cursors[0]), 5)

    assert [line.id for line in first.rows] == [1]
    assert sorted(line.id for line in rest.rows) == [2, 3]


def test_newest_match_comes_first_when_many_match(
    desk: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plans, "RANKED", 2)
    tickets(*(ticket(n) for n in range(1, 6)))
    for n in range(1, 6):
        search.put(n, "Printer", "printer " * (6 - n))

    first = pages.page(select(desk, "printer"), None, 2)
    rest = pages.page(select(desk, "printer"), keyset.decode(first.cursors[-1]), 5)

    assert [line.id for line in [*first.rows, *rest.rows]] == [5, 4, 3, 2, 1]


def test_common_words_and_tags_find_the_same_as_rare_ones(
    mixed: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plans, "GATHERED", 0)

    assert found(mixed, "tag:vip -tag:spam") == [1]
    assert found(mixed, "'printer' sort:number") == [1, 2]
    assert found(mixed, "-'printer'") == [8, 4, 3]
    assert found(mixed, "cf.floor:>3") == [2]


def test_removed_text_is_not_found(mixed: Session) -> None:
    search.remove(1)
    search.put(2, "Laptop", "nothing to print")

    assert found(mixed, "printer") == []


@pytest.mark.parametrize(
    "text",
    ["", "any", "me", "me sort:-prio", "assignee:me state:open,new sort:-prio", "sort:-prio",
     "sort:-updated", "any sort:-updated", "sort:due", "sort:-due", "sort:sla", "any sort:created",
     "queue:General", "queue:General sort:-prio", "queue:General state:open prio:high",
     "group:queue sort:-prio", "state:closed", "state:closed sort:-updated",
     "state:closed sort:-closed", "requester:Ann", "org:Acme", "is:waiting", "is:unassigned",
     "is:mine,unassigned"],
)  # fmt: skip
def test_sqlite_reads_pages_along_an_index(
    local_session: Session, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store("queue", "id, name, active, version", (71, "General", True, 1))
    store(
        "organisation", "id, name, kind, domain, created_at, version", (91, "Acme", "own", "", 0, 1)
    )
    store("contact", "id, name, email, phone, vip, created_at, version",
          (95, "Ann", "ann@acme.example", "", False, 0, 1))  # fmt: skip
    selection = select(local_session, text)
    plans: list[str] = []
    fetch = connection.fetch

    def explained(sql: str, params: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
        plans.append(" / ".join(row[3] for row in fetch(f"EXPLAIN QUERY PLAN {sql}", params)))
        return fetch(sql, params)

    monkeypatch.setattr(connection, "fetch", explained)
    pages.page(selection, None, 50)

    inner = [plan.partition("SCAN p")[0] for plan in plans if "SCAN p" in plan]
    assert inner
    assert not [plan for plan in inner if "TEMP B-TREE" in plan]


def test_an_order_given_by_hand_is_read(many: Session) -> None:
    selection = Selection(Compare("active", "=", True), (Order("due", descending=True),))

    assert pages.page(selection, None, 1).rows[0].id == 39
