"""The tab of an organisation with its people."""

from __future__ import annotations

from boconsole.contacts import reading, words
from boconsole.contacts.reading import Card, PersonLine
from boconsole.language import N_
from boconsole.session import Session
from screens.cells import Cell, safe
from screens.contacts.facts import mark
from screens.contacts.rooms import AREA
from screens.contacts.tabs import MOST, CardTab, Rows, TabRow
from screens.places import Place


def tabs() -> list[CardTab]:
    """Return the tab."""
    return [CardTab("people", N_("People"), read, ("organisation",))]


def read(session: Session, card: Card) -> Rows:
    """Return the people in use of an organisation, by name."""
    query = f"org:{card.number}"
    page = reading.list_page(session, "contact", query, limit=MOST)
    lines = [
        TabRow(
            (Cell(safe(row.name), "strong"), mark(row), Cell(safe(row.title), "muted"),
             Cell(safe(row.email), "info"), Cell(safe(row.phone))),
            Place(AREA, record=words.number("contact", row.id)),
        )
        for row in page.rows if isinstance(row, PersonLine)
    ]  # fmt: skip
    return Rows(
        (N_("Name"), N_("V"), N_("Position"), N_("Mail"), N_("Telephone")), lines,
        N_("Nobody of it is here yet; N adds a person."), Place(AREA, query=query), more=page.more,
        drops=(2,),
    )  # fmt: skip
