"""Licences: seats bought, used, free and spent; who has them; what is used beyond them."""

import threading
from datetime import date
from decimal import Decimal

import pytest

from boconsole import audit, holders
from boconsole.attempting import attempt
from boconsole.contacts import changing as contacts_changing
from boconsole.errors import InvalidChangeError, NotAllowedError, StaleRecordError
from boconsole.licences import changing, checking, installing, reading, seats, secrets
from boconsole.licences.changing import Terms
from boconsole.licences.errors import (
    InstalledError,
    LicenceInUseError,
    LicenceStateError,
    NoFreeSeatError,
    NoSeatError,
    SeatsInUseError,
    SeatTakenError,
)
from boconsole.licences.reading import Licence
from boconsole.session import Session
from db import connection
from db.licences import register
from db.tickets import names
from tests.people import add_agent
from tests.things import add_asset, add_person

MAY = date(2026, 5, 4)


@pytest.fixture
def people(session: Session) -> list[int]:
    return [add_person(f"Person {n}", f"p{n}@own.example") for n in range(4)]


def to(number: int) -> holders.Holder:
    return holders.find(f"p{number}@own.example")


def bought(session: Session, count: int = 2, **terms: object) -> Licence:
    given = Terms("Photo Studio", count)._replace(**terms)
    return changing.new(session, given)


def test_a_supplier_has_what_it_sells_and_keeps_it_under_another_name(session: Session) -> None:
    licence = bought(session, supplier="Pixel House")
    bought(session, supplier="Font House")
    own = names.organisation_id("Pixel House")
    assert own is not None
    ref = contacts_changing.Ref(own)
    contacts_changing.edit(session, "organisation", ref, {"name": "Pixel Works"})

    assert [each.number for each in reading.of_supplier(session, own)] == [licence.number]


def test_seats_are_given_by_number_and_come_back_with_their_history(
    session: Session, people: list[int]
) -> None:
    licence = bought(session, cost=Decimal("480.50"), currency="USD", supplier="Pixel House")
    add_asset("AST-0001", "Render box")

    first = seats.assign(session, licence.row.id, to(0))
    second = seats.assign(session, licence.row.id, holders.find("ast-0001"), "for the lab")
    seats.release(session, first)
    third = seats.assign(session, licence.row.id, to(1))
    now = reading.again(session, licence.row.id)
    told = reading.seats_of(session, licence.row.id)

    assert (first.number, second.number, third.number) == (1, 2, 1)
    assert (now.row.used, now.free, now.row.cost, now.row.supplier) == (2, 0, 48050, "Pixel House")
    assert [(seat.number, seat.contact or seat.tag, seat.back_at is None) for seat in told] == [
        (1, "Person 1", True), (2, "AST-0001", True), (1, "Person 0", False),
    ]  # fmt: skip
    assert list(checking.faults()) == []


def test_seat_is_refused_where_none_is_free_or_one_is_held(
    session: Session, people: list[int]
) -> None:
    licence = bought(session, 1)
    seats.assign(session, licence.row.id, to(0))

    with pytest.raises(SeatTakenError):
        seats.assign(session, licence.row.id, to(0))
    with pytest.raises(NoFreeSeatError):
        seats.assign(session, licence.row.id, to(1))
    with pytest.raises(NoSeatError):
        seats.release_of(session, licence.row.id, to(1))


def test_last_seat_is_given_once_to_two_who_ask_at_once(
    session: Session, people: list[int]
) -> None:
    licence, outcomes = bought(session, 1), []
    start = threading.Barrier(4)

    def ask(number: int) -> None:
        start.wait()
        try:
            attempt(lambda: seats.assign(session, licence.row.id, to(number)))
            outcomes.append("given")
        except NoFreeSeatError:
            outcomes.append("refused")
        finally:
            connection.release()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["given", "refused", "refused", "refused"]
    assert reading.again(session, licence.row.id).row.used == 1
    assert list(checking.faults()) == []


def test_seat_that_is_not_reassignable_is_spent_until_that_changes(
    session: Session, people: list[int]
) -> None:
    licence = bought(session, 1, reassignable=False)
    seats.release(session, seats.assign(session, licence.row.id, to(0)))

    with pytest.raises(NoFreeSeatError):
        seats.assign(session, licence.row.id, to(1))
    now = reading.again(session, licence.row.id)
    changing.edit(session, now.row.id, now.row.version, {"reassignable": True})

    assert (now.row.used, now.row.spent, now.free) == (0, 1, 0)
    assert seats.assign(session, licence.row.id, to(1)).number == 1
    assert list(checking.faults()) == []


def test_snipe_it_s9_seats_cannot_drop_below_those_assigned(
    session: Session, people: list[int]
) -> None:
    licence = bought(session, 3)
    seats.assign(session, licence.row.id, to(0))
    seats.assign(session, licence.row.id, to(1))

    with pytest.raises(SeatsInUseError):
        changing.edit(session, licence.row.id, 1, {"seats": 1})
    fewer = changing.edit(session, licence.row.id, 1, {"seats": 2})
    logged = audit.history(session, "licence", licence.row.id)[-1]

    assert (fewer.row.seats, fewer.free) == (2, 0)
    assert [tuple(change) for change in logged.changes] == [("seats", 3, 2)]


def test_glpi_s11_what_ended_is_warned_of_and_what_is_retired_is_not(
    local_session: Session,
) -> None:
    ended = bought(local_session, ends_on=date(2026, 5, 3), warn_days=10)
    soon = bought(local_session, ends_on=date(2026, 5, 14), warn_days=10)
    later = bought(local_session, ends_on=date(2026, 5, 15), warn_days=10)
    retired = changing.retire(local_session, bought(local_session, ends_on=date(2026, 5, 3)))
    kept = bought(local_session, maintained=True, maintained_until=date(2026, 5, 10))

    assert [one.state for one in (ended, soon, later, retired)] == [
        "ended", "ending", "active", "retired",
    ]  # fmt: skip
    assert kept.maintenance_ends
    assert not later.maintenance_ends
    with pytest.raises(LicenceStateError, match="ended on 2026-05-03"):
        seats.assign(local_session, ended.row.id, holders.Holder(1, None, ""))


def test_retired_only_when_no_seat_is_out(session: Session, people: list[int]) -> None:
    licence = bought(session)
    seat = seats.assign(session, licence.row.id, to(0))

    with pytest.raises(LicenceInUseError):
        changing.retire(session, licence)
    seats.release(session, seat)

    assert changing.retire(session, licence).state == "retired"


def test_over_use_is_named_and_comes_first(session: Session, people: list[int]) -> None:
    bought(session, 2)
    bought(session, 9, ends_on=date(2026, 5, 3))
    changing.new(session, Terms("Alpha", 5))
    mine = reading.licences(session)[0]
    seats.assign(session, mine.row.id, to(0))
    add_asset("AST-0001", holder=people[0])
    for tag in ("AST-0002", "AST-0003"):
        add_asset(tag)
    for tag in ("AST-0001", "AST-0002", "AST-0003"):
        installing.install(session, "photo studio", holders.asset(tag), MAY, release="4.1")

    uses = reading.uses(session)
    over = uses[0]
    without = [row.tag for row in reading.installed(session, over.row.id) if not row.covered]

    assert [use.row.name for use in uses] == ["Photo Studio", "Alpha"]
    assert (over.row.bought, over.used, over.free, over.over) == (2, 3, 0, 1)
    assert (over.state, over.row.installed, uses[1].state) == ("over", 3, "unused")
    assert without == ["AST-0002", "AST-0003"]
    with pytest.raises(InstalledError):
        installing.install(session, "Photo Studio", holders.asset("AST-0001"), MAY)
    installing.remove(session, over.row.id, holders.asset("AST-0003"), MAY)
    assert reading.uses(session)[0].over == 0


def test_key_is_shown_by_right_and_every_look_is_audited(local_session: Session) -> None:
    agent = add_agent(local_session, "ann")
    licence = secrets.keep(local_session, bought(local_session), "ABCD-1234-SECRET")

    with pytest.raises(NotAllowedError):
        secrets.look(agent, licence.row.id)
    shown = secrets.look(local_session, licence.row.id)
    trail = connection.fetch("SELECT action, changes FROM audit_entry ORDER BY id")

    assert shown == "ABCD-1234-SECRET"
    assert licence.row.has_key
    assert trail[-1] == ("licence.look_at_key", "{}")
    assert not any("SECRET" in changes for _action, changes in trail)
    assert "SECRET" not in repr(register.select_licences())
    assert audit.verify().broken == 0


def test_edit_of_an_older_version_shows_both_sides(local_session: Session) -> None:
    licence = bought(local_session)
    changing.edit(local_session, licence.row.id, 1, {"company": "Theirs"})

    with pytest.raises(StaleRecordError) as refused:
        changing.edit(local_session, licence.row.id, 1, {"company": "Mine"})

    assert (refused.value.theirs, refused.value.yours) == (
        {"company": "Theirs"}, {"company": "Mine"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"seats": 0}, "seats"),
        ({"kind": "rented"}, "kind"),
        ({"cost": Decimal(5)}, "cost"),
        ({"product": " "}, "product"),
    ],
)
def test_terms_that_cannot_be_are_refused(
    local_session: Session, wrong: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidChangeError) as refused:
        bought(local_session, **{"count": 1, **wrong}) if "seats" not in wrong else changing.new(
            local_session, Terms("X")._replace(**wrong)
        )

    assert refused.value.field == field


def test_agents_read_and_assign_and_change_nothing_else(
    session: Session, people: list[int]
) -> None:
    agent, licence = add_agent(session, "ann"), bought(session)

    seats.assign(agent, licence.row.id, to(0))

    with pytest.raises(NotAllowedError):
        changing.edit(agent, licence.row.id, 1, {"seats": 9})
    with pytest.raises(NotAllowedError):
        reading.licences(add_agent(session, "bob", ()))
