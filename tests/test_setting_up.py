"""What was taken out of use comes back clean, and hinders nothing that goes on."""

import pytest

from boconsole.doors import chores
from boconsole.errors import InvalidChangeError
from boconsole.home import looking as home
from boconsole.session import Session
from boconsole.tickets import (
    assigning,
    changing,
    choosing,
    macros,
    overview,
    reading,
    setting_up,
    templates,
    triggering,
)
from boconsole.tickets.overview import QueueLine
from boconsole.tickets.rows import TicketRow
from db import audit as trail
from db import connection
from tests.desks import make
from tests.people import StandingClock, add_agent


def asleep(session: Session, subject: str, until: str) -> TicketRow:
    ticket = make(session, subject)
    changing.set_state(session, [ticket], "pending", until=until)
    return ticket


def test_a_queue_comes_back_without_those_who_worked_on_it(session: Session) -> None:
    add_agent(session, "bea")
    setting_up.add_queue(session, "Network", ["bea"])
    assigning.set_rule(session, "Network", "round_robin")
    overview.retire(session, "queue", "Network")

    overview.put_queue(session, "Network", [], "")

    assert overview.queues(session) == [QueueLine("Network", (), "")]


def test_a_custom_field_comes_back_with_its_values(session: Session) -> None:
    setting_up.add_field(session, "site", "Site", "text")
    ticket = make(session, **{"cf.site": "Bali"})
    overview.retire(session, "field", "site")

    setting_up.add_field(session, "site", "Place", "text")

    assert [field.label for field in choosing.custom_fields(session)] == ["Place"]
    assert reading.get(session, ticket.id).custom == {"site": "Bali"}


def test_a_custom_field_does_not_come_back_with_another_type(session: Session) -> None:
    setting_up.add_field(session, "site", "Site", "text")
    overview.retire(session, "field", "site")

    with pytest.raises(InvalidChangeError, match="another type"):
        setting_up.add_field(session, "site", "Site", "number")


def test_a_queue_may_have_quotes_in_its_name(session: Session) -> None:
    setting_up.add_queue(session, 'The "A" team')

    assert [figure.name for figure in home.read(session, "queues").figures] == ['The "A" team']
    overview.retire(session, "queue", 'The "A" team')
    assert choosing.queues(session) == []


def test_a_template_of_recurring_tickets_is_not_taken_out_of_use(
    session: Session, clock: StandingClock
) -> None:
    templates.save(session, "Backup", {"subject": "Check the backup"})
    templates.recur(session, "Daily", "Backup", "1d", clock.now.date())

    with pytest.raises(InvalidChangeError, match="recurring"):
        overview.retire(session, "template", "Backup")


def test_a_recurring_ticket_that_cannot_be_made_keeps_no_other_back(
    session: Session, clock: StandingClock
) -> None:
    setting_up.add_queue(session, "Network")
    for name, fields in (("Gone", {}), ("Refused", {"queue": "Network"}), ("Made", {})):
        templates.save(session, name, {"subject": name, **fields})
        templates.recur(session, name, name, "1d", clock.now.date())
    overview.retire(session, "queue", "Network")
    connection.execute("UPDATE template SET active = ? WHERE name = 'Gone'", (False,))

    done = chores.run(session)

    assert done == 1
    assert [row.subject for row in reading.list_page(session, "").rows] == ["Made"]


def test_a_ticket_that_cannot_wake_keeps_no_other_asleep(
    session: Session, clock: StandingClock
) -> None:
    setting_up.add_queue(session, "Network")
    triggering.save(session, "Move", "update", "subject:first state:open", {"queue": "Network"})
    first, second = asleep(session, "First", "+1h"), asleep(session, "Second", "+2h")
    overview.retire(session, "queue", "Network")
    clock.advance(hours=3)

    done = chores.run(session)

    found = [reading.get(session, ticket.id).state for ticket in (first, second)]
    assert (done, found) == (1, ["pending", "open"])


def test_the_trail_names_what_was_taken_out_of_use(session: Session) -> None:
    macros.save(session, "Other", "Bye.", {})
    macros.save(session, "Greet", "Hello.", {})

    operation = macros.remove(session, "Greet")

    saved, removed = trail.select_operation(operation - 1), trail.select_operation(operation)
    assert removed[0].record_id == saved[0].record_id == 2
