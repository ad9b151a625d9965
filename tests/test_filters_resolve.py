"""What queries about tickets mean: guesses, defaults, names, refusals."""

from zoneinfo import ZoneInfo

import pytest

from boconsole.errors import QuerySyntaxError
from boconsole.filters import parse, resolve
from boconsole.session import Session
from boconsole.tickets.area import ticket_area
from db import connection
from db.conditions import (
    All,
    AnyOf,
    Changed,
    Compare,
    Condition,
    Not,
    Order,
    Selection,
    Was,
    Words,
    both,
)

NOW = 1_777_885_200
HOUR, DAY = 3_600, 86_400
ACTIVE = Compare("active", "=", True)
FOUR = ("new", "open", "pending", "on_hold")


@pytest.fixture
def desk(local_session: Session) -> Session:
    """A helpdesk with a few names: queue 1, users, an organisation, a contact, tags, a field."""
    connection.execute("INSERT INTO queue (id, name, active, version) VALUES (71, 'General', 1, 1)")
    connection.execute(
        "INSERT INTO queue (id, name, active, version) VALUES (72, 'Two Words', 1, 1)"
    )
    connection.execute(
        "INSERT INTO user_account (id, login, name, email, zone, language, active, created_at, "
        "version) VALUES (81, 'eve', 'Eve Stone', 'eve@desk.example', '', '', 1, 0, 1)"
    )
    connection.execute(
        "INSERT INTO organisation (id, name, kind, domain, created_at, version) "
        "VALUES (91, 'Acme Corp', 'customer', 'acme.example', 0, 1)"
    )
    connection.execute(
        "INSERT INTO contact (id, name, email, phone, organisation_id, vip, created_at, version) "
        "VALUES (95, 'Ann Lee', 'ann@acme.example', '', 91, 0, 0, 1)"
    )
    connection.execute("INSERT INTO tag (id, name) VALUES (61, 'vip'), (62, 'spam')")
    connection.execute(
        "INSERT INTO category (id, parent_id, name, path, version) "
        "VALUES (51, NULL, 'Hardware', 'Hardware', 1), (52, 51, 'Printer', 'Hardware / Printer', 1)"
    )
    connection.execute(
        "INSERT INTO custom_field (id, name, label, ticket_kind, type, choices, required, active, "
        "version) VALUES (41, 'site', 'Site', '', 'text', '[]', 0, 1, 1), "
        "(42, 'floor', 'Floor', '', 'number', '[]', 0, 1, 1), "
        "(43, 'colour', 'Colour', '', 'choice', '[\"Red\", \"Blue\"]', 0, 1, 1), "
        "(44, 'until', 'Until', '', 'date', '[]', 0, 1, 1)"
    )
    return local_session


def select(session: Session, text: str) -> Selection:
    return resolve(parse(text), ticket_area(session), session)


def state(*states: str) -> Condition:
    compare = (
        Compare("state", "=", states[0]) if len(states) == 1 else Compare("state", "in", states)
    )
    return both(ACTIVE, compare) if set(states) <= set(FOUR) else compare


def mine(session: Session) -> Compare:
    return Compare("assignee", "=", session.user.id)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", ACTIVE),
        ("any", All()),
        ("1", Compare("number", "=", 1)),
        ("#1", Compare("number", "=", 1)),
        ("TKT-1", Compare("number", "=", 1)),
        ("#1 #2", AnyOf((Compare("number", "=", 1), Compare("number", "=", 2)))),
        ("'1'", both(ACTIVE, Words((), ("1",)))),
        ("1 foo", both(ACTIVE, Words(("1", "foo"), prefix=True))),
        ("foo bar", both(ACTIVE, Words(("foo", "bar"), prefix=True))),
        ("foo bar sort:due", both(ACTIVE, Words(("foo", "bar"), prefix=True))),
        ("'foo bar'", both(ACTIVE, Words((), ("foo bar",)))),
        ('foo "bar"', both(ACTIVE, Words(("foo",), ("bar",)))),
        ("foo open", both(state("open"), Words(("foo",)))),
        ("General", both(ACTIVE, Compare("queue", "=", 71))),
        ("queue:'Two Words'", both(ACTIVE, Compare("queue", "=", 72))),
        ("'me'", both(ACTIVE, Words((), ("me",)))),
        ("owner:eve@desk.example", both(ACTIVE, Compare("assignee", "=", 81))),
        ("owner:'Eve Stone'", both(ACTIVE, Compare("assignee", "=", 81))),
        ("subject:x", both(ACTIVE, Words((), ("x",), column="subject"))),
        ("cf.site:bar", both(ACTIVE, Compare("cf.41.text", "contains", "bar"))),
        ("cf.floor:>3", both(ACTIVE, Compare("cf.42.number", ">", 3))),
        ("cf.colour:red", both(ACTIVE, Compare("cf.43.text", "=", "Red"))),
        ("cf.until:2026-05", both(ACTIVE, Compare("cf.44.text", ">=", "2026-05-01"),
                                  Compare("cf.44.text", "<", "2026-06-01"))),
        ("state:open,closed", state("open", "closed")),
        ("state:active", state(*FOUR)),
        ("on-hold", state("on_hold")),
        ("resolved closed", AnyOf((state("resolved"), state("closed")))),
        ("new open", both(ACTIVE, AnyOf((state("new"), state("open"))))),
        ("incident high", both(ACTIVE, Compare("kind", "=", "incident"),
                               Compare("priority", "=", 2))),
        ("@acme.example", both(ACTIVE, Compare("requester.email", "ends", "@acme.example"))),
        ("ann@acme.example", both(ACTIVE, Compare("requester.email", "=", "ann@acme.example"))),
        ("requester:'Ann Lee'", both(ACTIVE, Compare("requester", "=", 95))),
        ("requester:~ann", both(ACTIVE, Compare("requester.name", "contains", "ann"))),
        ("requester.org:'acme corp'", both(ACTIVE, Compare("requester.org", "=", 91))),
        ("requester.vip:yes", both(ACTIVE, Compare("requester.vip", "=", True))),
        ("org:acme.example", both(ACTIVE, Compare("organisation", "=", 91))),
        ("category:hardware", both(ACTIVE, Compare("category", "in", (51, 52)))),
        ("category:printer", both(ACTIVE, Compare("category", "=", 52))),
        ("prio>=high", both(ACTIVE, Compare("priority", "<=", 2))),
        ("prio<high", both(ACTIVE, Compare("priority", ">", 2))),
        ("prio:2", both(ACTIVE, Compare("priority", "=", 2))),
        ("prio:low..high", both(ACTIVE, Compare("priority", ">=", 2),
                                Compare("priority", "<=", 4))),
        ("tag:vip,spam", both(ACTIVE, Compare("tag", "in", (61, 62)))),
        ("tag:+vip,+spam", both(ACTIVE, Compare("tag", "=", 61), Compare("tag", "=", 62))),
        ("-tag:spam", both(ACTIVE, Not(Compare("tag", "=", 62)))),
        ("tag:nothing", both(ACTIVE, Compare("tag", "in", ()))),
        ("due<2h", both(ACTIVE, Compare("due", "<", NOW + 2 * HOUR))),
        ("created:>-7d", both(ACTIVE, Compare("created", ">", NOW - 7 * DAY))),
        ("created:today", both(ACTIVE, Compare("created", ">=", NOW - 9 * HOUR),
                               Compare("created", "<", NOW + 15 * HOUR))),
        ("created:>2026-05-03", both(ACTIVE, Compare("created", ">=", NOW - 9 * HOUR))),
        ("created:<=2026-05-03", both(ACTIVE, Compare("created", "<", NOW - 9 * HOUR))),
        ("created:2026-05-03..2026-05-04", both(ACTIVE, Compare("created", ">=", NOW - 33 * HOUR),
                                                Compare("created", "<", NOW + 15 * HOUR))),
        ("due<eow", both(ACTIVE, Compare("due", "<", NOW + 6 * DAY + 15 * HOUR))),
        ("spent:>2h", both(ACTIVE, Compare("spent", ">", 120))),
        ("rating:>=4", Compare("rating", ">=", 4)),
        ("no:assignee", both(ACTIVE, Compare("assignee", "empty"))),
        ("has:due", both(ACTIVE, Not(Compare("due", "empty")))),
        ("is:unassigned", both(ACTIVE, Compare("assignee", "empty"))),
        ("is:overdue", both(ACTIVE, AnyOf((Compare("due", "<", NOW), Compare("sla", "<", NOW))))),
        ("link:TKT-5", both(ACTIVE, Compare("link", "=", 5))),
        ("foo or bar", both(ACTIVE, AnyOf((Words(("foo",)), Words(("bar",), prefix=True))))),
        ("-foo", both(ACTIVE, Not(Words(("foo",))))),
        ("was:state=open@2026-05-03", Was("state", ("open",), NOW - 33 * HOUR, NOW - 9 * HOUR)),
        ("changed:assignee>-7d", Changed("assignee", NOW - 7 * DAY + 1)),
        ("changed:state@today", Changed("state", NOW - 9 * HOUR, NOW + 15 * HOUR)),
    ],
)  # fmt: skip
def test_conditions_mean_what_the_table_says(desk: Session, text: str, where: Condition) -> None:
    assert repr(select(desk, text).where) == repr(where)


def test_me_is_the_one_who_asks(desk: Session) -> None:
    me = mine(desk)

    assert select(desk, "me").where == both(ACTIVE, me)
    assert select(desk, "assignee:me").where == both(ACTIVE, me)
    assert select(desk, "resolved me").where == both(state("resolved"), me)
    assert select(desk, "inactive me").where == both(state("resolved", "closed", "merged"), me)
    assert select(desk, "resolved active me").where == both(
        AnyOf((state("resolved"), state(*FOUR))), me
    )


def test_the_past_of_other_fields_is_read_from_the_trail(desk: Session) -> None:
    where = select(desk, "was:assignee=EVE@2026-05-03").where

    assert where == AnyOf(
        (
            All(
                (
                    Compare("assignee", "in", (81,)),
                    Not(Changed("assignee", NOW - 9 * HOUR)),
                    Compare("created", "<=", NOW - 9 * HOUR - 1),
                )
            ),
            Was("assignee", ("eve",), NOW - 33 * HOUR, NOW - 9 * HOUR),
        )
    )


def test_shape_is_resolved(desk: Session) -> None:
    selection = select(
        desk, "sort:-due,prio,-prio group:queue cols:id,subject limit:5 | set status=closed note=x"
    )

    assert selection.order == (
        Order("due", descending=True),
        Order("priority", descending=True),
        Order("priority"),
    )
    assert selection.group == "queue"
    assert selection.columns == ("number", "subject")
    assert selection.limit == 5
    assert selection.edit == (("state", "closed"), ("note", "x"))


def test_days_are_those_of_the_persons_zone(desk: Session) -> None:
    in_jakarta = Session(desk.user, desk.permissions, desk.clock, ZoneInfo("Asia/Jakarta"))

    where = select(in_jakarta, "created:>=2026-05-04").where

    assert where == both(ACTIVE, Compare("created", ">=", NOW - 16 * HOUR))


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("stat:open", 0, "did you mean state"),
        ("x priorty:high", 2, "did you mean priority"),
        ("state:opne", 6, "new, open, pending"),
        ("state:'active'", 6, "expected a state"),
        ("owner:'me'", 6, "there is no assignee 'me'"),
        ("queue:Genral", 6, "did you mean General"),
        ("requester.shoe:4", 0, "requester.name, requester.email"),
        ("cf.sit:x", 0, "cf.colour, cf.floor, cf.site"),
        ("created:whenever", 8, "today, -7d"),
        ("created:now", 8, "< or >"),
        ("due<soon", 4, "today, -7d"),
        ("spent:>much", 7, "30m, 2h"),
        ("rating:good", 7, "a number"),
        ("number:x", 7, "TKT-42"),
        ("state>open", 6, "no >"),
        ("is:late", 3, "overdue, breached"),
        ("no:subject", 3, "never empty"),
        ("was:subject=x", 0, "state, queue, kind"),
        ("changed:created", 0, "state, queue, kind"),
        ("sort:requester", 5, "cannot sort by requester"),
        ("sort:a,b", 5, "no field 'a'"),
        ("sort:due,prio,created,updated", 22, "at most 3"),
        ("cols:shoe", 5, "no field 'shoe'"),
        ("requester.vip:perhaps", 14, "yes or no"),
    ],
)
def test_refusal_names_column_and_what_is_known(
    desk: Session, text: str, column: int, words: str
) -> None:
    with pytest.raises(QuerySyntaxError) as refused:
        select(desk, text)

    assert refused.value.column == column
    assert words in refused.value.reason
