"""The tab of a card with the assets that a person has, or that concern an organisation."""

from __future__ import annotations

from boconsole.assets import reading
from boconsole.contacts.reading import Card
from boconsole.language import N_
from boconsole.session import Session
from screens import asset_facts, asset_rooms
from screens.cells import Cell, safe
from screens.contacts.tabs import MOST, CardTab, Rows, TabRow
from screens.places import Place


def tabs() -> list[CardTab]:
    """Return the tab of each kind."""
    return [
        CardTab("assets", N_("Assets"), read, ("contact",), "asset.read"),
        CardTab("assets", N_("Assets"), read_around, ("organisation",), "asset.read"),
    ]


def read(session: Session, card: Card) -> Rows:
    """Return what a person has, by tag."""
    query = f"any holder:{card.number}"
    page = reading.list_page(session, query, limit=MOST)
    now = asset_facts.today(session)
    lines = [
        TabRow(
            (Cell(safe(row.tag), "info"), Cell(safe(row.name)), asset_facts.state_word(row.state),
             asset_facts.due(row.expected_on, now), Cell(safe(row.category), "muted"),
             Cell(safe(row.serial), "muted")),
            Place(asset_rooms.AREA, record=row.tag),
        )
        for row in page.rows
    ]  # fmt: skip
    return Rows(
        (N_("Tag"), N_("Name"), N_("State"), N_("Return"), N_("Category"), N_("Serial")), lines,
        N_("This person has no asset."), Place(asset_rooms.AREA, query=query), more=page.more,
        drops=(5, 4),
    )  # fmt: skip


def read_around(session: Session, card: Card) -> Rows:
    """Return what an organisation owns or sold, and what its people have, by tag."""
    query = f"org:{card.number} or holder.org:{card.number} or supplier:{card.number}"
    page = reading.list_page(session, query, limit=MOST)
    lines = [
        TabRow(
            (Cell(safe(row.tag), "info"), Cell(safe(row.name)), asset_facts.state_word(row.state),
             Cell(safe(row.holder)), Cell(safe(row.category), "muted"),
             Cell(safe(row.serial), "muted")),
            Place(asset_rooms.AREA, record=row.tag),
        )
        for row in page.rows
    ]  # fmt: skip
    return Rows(
        (N_("Tag"), N_("Name"), N_("State"), N_("Holder"), N_("Category"), N_("Serial")), lines,
        N_("No asset has to do with them."), Place(asset_rooms.AREA, query=query),
        more=page.more, drops=(5, 4),
    )  # fmt: skip
