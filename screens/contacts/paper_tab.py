"""The tab of a person or an organisation with its papers: contracts, and documents."""

from __future__ import annotations

from boconsole.contacts.reading import Card
from boconsole.language import N_
from boconsole.registry import contracts, reading
from boconsole.session import Session
from screens.contacts.tabs import CardTab, Rows
from screens.registry.tabs import contract_rows, paper_rows


def tabs() -> list[CardTab]:
    """Return the tab."""
    return [CardTab("papers", N_("Papers"), papers, permission="document.read")]


def papers(session: Session, card: Card) -> Rows:
    """Return contracts and documents that name it and may be read, contracts first."""
    found = paper_rows(reading.naming(session, card.kind, card.row.id), session)
    agreed = contract_rows(contracts.naming(session, card.kind, card.row.id), session)
    return found._replace(lines=[*agreed, *found.lines], empty=N_("There is no paper."))
