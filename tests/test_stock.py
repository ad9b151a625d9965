"""Counted things: received, handed out, back, installed; never below zero, every move a row."""

import threading
from datetime import date
from decimal import Decimal

import pytest

from boconsole import audit, holders
from boconsole.attempting import attempt
from boconsole.contacts import merging
from boconsole.contacts.changing import Ref
from boconsole.errors import InvalidChangeError, NotAllowedError
from boconsole.licences import changing as licences
from boconsole.licences import checking as licence_checking
from boconsole.licences import reading as licence_reading
from boconsole.licences import seats
from boconsole.licences.changing import Terms
from boconsole.session import Session
from boconsole.stock import changing, checking, moving, reading
from boconsole.stock.changing import Facts
from boconsole.stock.errors import (
    AwayError,
    ConsumedError,
    NotEnoughError,
    NotHeldError,
    WrongHolderError,
)
from boconsole.stock.moving import Purchase
from boconsole.stock.reading import Item
from db import connection
from db.stock import items
from tests.people import add_agent
from tests.things import add_asset, add_person


@pytest.fixture
def ann(session: Session) -> holders.Holder:
    add_person("Ann Lee", "ann@own.example")
    return holders.find("ann@own.example")


def kept(session: Session, kind: str = "accessory", count: int = 5, minimum: int = 2) -> Item:
    return changing.new(session, kind, Facts("Docking station", minimum=minimum), count)


def test_accessories_come_back_and_every_move_is_told(
    session: Session, ann: holders.Holder
) -> None:
    item = kept(session, count=0)
    bought = Purchase("Cable Co", "PO-7", date(2026, 5, 2), Decimal("89.90"), "EUR")
    moving.receive(session, item.row.id, 3, bought)
    moving.give(session, item.row.id, 2, ann, "home office")
    moving.bring_back(session, item.row.id, 1, ann)
    now = reading.again(item.row.id)
    told = reading.movements(session, item.row.id)

    assert (now.row.on_hand, now.row.away, now.state) == (2, 1, "enough")
    assert [(row.kind, row.quantity, row.after) for row in told] == [
        ("returned", 1, 2), ("handed-out", -2, 1), ("received", 3, 3),
    ]  # fmt: skip
    assert (told[2].supplier, told[2].cost, told[2].commodity) == ("Cable Co", 8990, "EUR")
    assert [(row.email, row.quantity) for row in reading.holdings(session, item.row.id)] == [
        ("ann@own.example", 1)
    ]
    assert list(checking.faults()) == []
    assert audit.verify().broken == 0


def test_what_is_refused_leaves_the_count(session: Session, ann: holders.Holder) -> None:
    item, toner = kept(session, count=1), kept(session, "consumable", 1)
    add_asset("AST-0001")
    box = holders.asset("AST-0001")
    moving.give(session, toner.row.id, 1, ann)

    with pytest.raises(NotEnoughError, match="Only 1"):
        moving.give(session, item.row.id, 2, ann)
    with pytest.raises(NotHeldError):
        moving.bring_back(session, item.row.id, 1, ann)
    with pytest.raises(ConsumedError):
        moving.bring_back(session, toner.row.id, 1, ann)
    with pytest.raises(WrongHolderError):
        moving.give(session, item.row.id, 1, box)
    with pytest.raises(InvalidChangeError):
        moving.give(session, item.row.id, 0, ann)
    assert [reading.again(one.row.id).row.on_hand for one in (item, toner)] == [1, 0]
    assert reading.again(toner.row.id).state == "out"


def test_components_go_into_assets_and_come_out(session: Session, ann: holders.Holder) -> None:
    memory = kept(session, "component", 8)
    add_asset("AST-0001", "Server")
    server = holders.asset("AST-0001")
    moving.give(session, memory.row.id, 4, server)
    moving.bring_back(session, memory.row.id, 1, server)

    with pytest.raises(WrongHolderError):
        moving.give(session, memory.row.id, 1, ann)
    with pytest.raises(AwayError):
        changing.retire(session, memory)

    held = reading.held_by(session, server)
    assert [(row.item, row.quantity) for row in held] == [("Docking station", 3)]
    assert reading.again(memory.row.id).row.on_hand == 5


def test_last_one_is_given_once_to_two_who_ask_at_once(
    session: Session, ann: holders.Holder
) -> None:
    item, outcomes = kept(session, count=1), []
    start = threading.Barrier(3)

    def ask() -> None:
        start.wait()
        try:
            attempt(lambda: moving.give(session, item.row.id, 1, ann))
            outcomes.append("given")
        except NotEnoughError:
            outcomes.append("refused")
        finally:
            connection.release()

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["given", "refused", "refused"]
    assert list(checking.faults()) == []


def test_count_below_the_minimum_warns(local_session: Session) -> None:
    item = kept(local_session, count=2, minimum=2)
    low = moving.correct(local_session, item.row.id, 1, "counted by hand")

    with pytest.raises(InvalidChangeError):
        moving.correct(local_session, item.row.id, 1, "again")

    assert (item.state, low.state, low.missing) == ("enough", "low", 1)


def test_a_movement_is_never_changed_and_the_proof_finds_a_wrong_count(session: Session) -> None:
    item = kept(session)

    for statement in ("UPDATE stock_movement SET quantity = 9", "DELETE FROM stock_movement"):
        with pytest.raises(Exception, match="never changed"), connection.transaction():
            connection.execute(statement)
    connection.execute("UPDATE stock_item SET on_hand = 9 WHERE id = ?", (item.row.id,))

    assert [fault[:26] for fault in checking.faults()] == ["STK-0001 counts 9 on hand "]
    assert items.select_overdrawn() == []


def test_agents_hand_out_and_do_not_receive(session: Session, ann: holders.Holder) -> None:
    agent, item = add_agent(session, "bob"), kept(session)

    moving.give(agent, item.row.id, 1, ann)

    with pytest.raises(NotAllowedError):
        moving.receive(agent, item.row.id, 1)


def test_what_two_people_had_is_with_one_once_they_are_merged(
    session: Session, ann: holders.Holder
) -> None:
    other = holders.Holder(add_person("Ann L.", "ann.l@own.example"), None, "Ann L.")
    item = kept(session)
    licence = licences.new(session, Terms("Suite", 2))
    for holder in (ann, other):
        moving.give(session, item.row.id, 1, holder)
        seats.assign(session, licence.row.id, holder)

    merging.merge(session, "contact", Ref(other.contact_id or 0), Ref(ann.contact_id or 0))

    assert [row.quantity for row in reading.held_by(session, ann)] == [2]
    assert len(licence_reading.seats_of_contact(session, ann.contact_id or 0)) == 2
    assert [*checking.faults(), *licence_checking.faults()] == []
