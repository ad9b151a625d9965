"""Whether anything falls due by itself: one look, so that a command loads no rule for nothing."""

from collections.abc import Sequence
from datetime import date, datetime

from db import connection
from db.assets.plan_sql import TO_LOOK, TO_OPEN
from db.fields import day_of, number_of
from db.tickets.records import stored_value

TICKETS = (
    "SELECT EXISTS (SELECT 1 FROM ticket WHERE wake_at <= ?) "
    "OR EXISTS (SELECT 1 FROM recurrence WHERE active AND next_on <= ?)"
)
SERVICE = (
    f"SELECT EXISTS (SELECT 1 {TO_OPEN}) "
    "OR EXISTS (SELECT 1 FROM service_due d JOIN ticket k ON k.id = d.ticket_id "
    "WHERE d.ticket_id IS NOT NULL AND NOT k.active) "
    f"OR EXISTS ({TO_LOOK})"
)


def are_tickets(now: datetime, today: date) -> bool:
    """Return whether a ticket wakes by now, or a recurring one is to be made by a day."""
    return bool(connection.fetch(TICKETS, (stored_value(now), str(today)))[0][0])


def is_service(today: date) -> bool:
    """Return whether plans of service open a ticket, are done by one, or may have new assets.

    Costs next to nothing where there is no plan.
    """
    return bool(connection.fetch("SELECT EXISTS (SELECT 1 FROM service_plan)")[0][0]) and bool(
        connection.fetch(SERVICE, (number_of(today),))[0][0]
    )


REGISTRY = (
    "SELECT EXISTS (SELECT 1 FROM document_version WHERE text_state = 'waiting') "
    "OR EXISTS (SELECT 1 FROM contract WHERE end_on < ? AND (state = 'terminated' "
    "OR (state = 'active' AND renewal <> 'decision'))) "
    "OR EXISTS (SELECT 1 FROM document d JOIN document_version v ON v.document_id = d.id "
    "WHERE d.state = 'destroyed' AND v.removed_at IS NULL)"
)


def is_registry(today: date) -> bool:
    """Return whether a file waits to be read, a contract to go on or end, content to be removed."""
    return bool(connection.fetch(REGISTRY, (number_of(today),))[0][0])


def are_reports(user_id: int, now: datetime) -> bool:
    """Return whether a report that an account scheduled is to be run by now."""
    found = connection.fetch(
        "SELECT EXISTS (SELECT 1 FROM report_schedule WHERE active AND user_id = ? "
        "AND next_at <= ?)",
        (user_id, stored_value(now)),
    )
    return bool(found[0][0])


def select_entries(today: date) -> Sequence[tuple[date, str, int, date]]:
    """Return of recurring entries: first day, span, how many are made, the last day up to now."""
    rows = connection.fetch(
        "SELECT starts, every, done, ends FROM entry_recurrence WHERE active AND starts <= ?",
        (number_of(today),),
    )
    return [
        (day_of(starts), every, done, min(day_of(ends), today) if ends else today)
        for starts, every, done, ends in rows
    ]
