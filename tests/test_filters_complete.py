"""What is offered while typing; the caret stands at the |."""

import pytest

from boconsole.filters import complete
from boconsole.filters.area import Area, Names
from boconsole.session import Session
from boconsole.tickets.area import FIELDS, FLAGS, ticket_area
from db import connection

QUEUES = ("General", "Two Words")


@pytest.fixture
def area() -> Area:
    queues = Names(
        lambda _: (), lambda start, _: [q for q in QUEUES if q.lower().startswith(start.lower())]
    )
    nothing = Names(lambda _: (), lambda _start, _limit: [])
    sources = dict.fromkeys(
        ("users", "contacts", "organisations", "categories", "tags", "policies"), nothing
    )
    return Area("tickets", FIELDS, FLAGS, {**sources, "queues": queues}, mine="assignee")


@pytest.mark.parametrize(
    ("typed", "start", "offered"),
    [
        ("sta|", 0, ("state:", "status:")),
        ("x -pri|", 3, ("priority:", "prio:")),
        ("ope|", 0, ("open",)),
        ("state:o|", 6, ("open", "on_hold")),
        ("state:open,re|", 11, ("resolved",)),
        ("state:|open", 6, ("new", "open", "pending", "on_hold", "resolved", "closed", "merged",
                             "active", "inactive")),
        ("prio>=h|", 6, ("high",)),
        ("prio:>=cr|", 7, ("critical",)),
        ("queue:|", 6, ("General", '"Two Words"')),
        ('queue:"Two W|', 6, ('"Two Words"',)),
        ("assignee:m|", 9, ("me",)),
        ("is:un|", 3, ("unassigned", "unanswered", "unread")),
        ("no:ass|", 3, ("assignee", "asset")),
        ("sort:du|", 5, ("due",)),
        ("sort:-upd|", 5, ("-updated",)),
        ("sort:due,cre|", 9, ("created",)),
        ("cols:subj|", 5, ("subject",)),
        ("created:this|", 8, ("this-week", "this-month", "this-quarter", "this-year")),
        ("created:today..tom|", 15, ("tomorrow",)),
        ("spent:>1b|", 7, ("1bd",)),
        ("requester.v|", 0, ("requester.vip:",)),
        ("was:sta|", 4, ("state",)),
        ("was:state=res|", 10, ("resolved",)),
        ("was:state=open@yes|", 15, ("yesterday",)),
        ("changed:state>to|", 14, ("today", "tomorrow")),
        ("x | s|", 4, ("set",)),
        ("x | set sta|", 8, ("state=",)),
        ("x | set state=cl|", 14, ("closed",)),
        ("(state:cl|", 7, ("closed",)),
        ("qqq|", 0, ()),
    ],
)  # fmt: skip
def test_candidates_fit_the_place(
    area: Area, typed: str, start: int, offered: tuple[str, ...]
) -> None:
    caret = typed.rindex("|") if typed.endswith("|") else typed.index("|")
    text = typed[:caret] + typed[caret + 1 :]

    completion = complete(text, caret, area)

    assert completion.candidates == offered
    assert completion.start == start
    assert completion.end >= caret


def test_the_token_is_replaced_to_its_end(area: Area) -> None:
    completion = complete("state:open prio:low", 8, area)

    assert (completion.start, completion.end) == (6, 10)


def test_names_are_read_from_the_database(local_session: Session) -> None:
    connection.execute("INSERT INTO tag (id, name) VALUES (1, 'printer'), (2, 'network')")

    completion = complete("tag:+pr", 7, ticket_area(local_session))

    assert completion.candidates == ("+printer",)
