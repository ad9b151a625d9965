"""Somebody whose account is disabled while a console of theirs is open, at whatever door."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from threading import Thread

import pytest

from boconsole import drafts, signing_in
from boconsole.accounts import changing as accounts
from boconsole.changes import Follower
from boconsole.errors import DisabledAccountError
from boconsole.session import Session
from boconsole.tickets import changing, creating, reading
from boconsole.tickets.rows import NewTicket
from db import connection
from tests.people import add_agent


def elsewhere(work: Callable[[], object]) -> None:
    """Do something on a connection of its own."""
    other = Thread(target=lambda: (work(), connection.release()))
    other.start()
    other.join()


def test_nothing_more_is_saved_and_the_console_is_told(session: Session) -> None:
    ann = add_agent(session, "ann")
    ticket = creating.create(ann, NewTicket("House is locked"))
    follower = Follower(ann)
    follower.poll()

    elsewhere(lambda: accounts.disable(session, "ann"))

    with pytest.raises(DisabledAccountError, match="The account ann was disabled"):
        changing.set_state(ann, [ticket], "open")
    with pytest.raises(DisabledAccountError):
        follower.poll()
    follower.close()
    drafts.keep(ann, "ticket.reply", ticket.id, {"text": "half a word"})
    signing_in.signed_out(ann)
    assert reading.get(session, ticket.id).state == "new"


def test_what_was_typed_is_offered_to_its_writer_with_the_same_rights_alone(
    session: Session,
) -> None:
    ann, ben = add_agent(session, "ann"), add_agent(session, "ben")
    drafts.keep(ann, "staff.salary.1", 0, {"amount": "9 IDR"})
    less = replace(ann, permissions=ann.permissions - {"ticket.create"})
    more = replace(ann, permissions=ann.permissions | {"staff.pay"})

    found = [drafts.find(one, "staff.salary.1", 0) for one in (ann, more, less, ben)]

    assert [one and dict(one.fields) for one in found] == [
        {"amount": "9 IDR"}, {"amount": "9 IDR"}, None, None,
    ]  # fmt: skip


def test_a_follower_need_not_ask_until_something_was_committed(session: Session) -> None:
    follower = Follower(session)
    for _turn in range(3):
        follower.poll()
    rested = follower.stirred()
    elsewhere(lambda: creating.create(session, NewTicket("House is locked")))
    last = time.monotonic() + 5
    while not follower.stirred():
        assert time.monotonic() < last

    assert not rested
    assert [each.feature for each in follower.poll()] == ["ticket"]
    follower.close()
