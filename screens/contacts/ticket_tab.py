"""The tab of a card with its tickets."""

from __future__ import annotations

from boconsole.contacts.reading import Card
from boconsole.language import N_
from boconsole.session import Session
from boconsole.tickets import reading
from screens.cells import Cell, instant, priority, safe, state
from screens.contacts.tabs import MOST, CardTab, Rows, TabRow
from screens.places import Place
from screens.ticket_facts import number


def tabs() -> list[CardTab]:
    """Return the tab."""
    return [CardTab("tickets", N_("Tickets"), read, permission="ticket.read")]


def read(session: Session, card: Card) -> Rows:
    """Return the tickets of a person or an organisation, the newest first."""
    field = "requester" if card.kind == "contact" else "org"
    query = f"any {field}:{card.number} sort:-created"
    page = reading.list_page(session, query, limit=MOST)
    now = session.now()
    lines = [
        TabRow(
            (Cell(number(row.id), "info"), state(row.state), priority(row.priority),
             Cell(safe(row.subject)), Cell(safe(row.assignee or "-"), "muted"),
             Cell(instant(row.created_at, now, session.zone), "muted")),
            Place("tickets", record=number(row.id)),
        )
        for row in page.rows
    ]  # fmt: skip

    return Rows(
        (N_("Number"), N_("S"), N_("P"), N_("Subject"), N_("Assignee"), N_("Created")), lines,
        N_("They have no ticket."), Place("tickets", query=query), more=page.more, drops=(4,),
    )  # fmt: skip
