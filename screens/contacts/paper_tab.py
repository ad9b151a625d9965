"""The tabs of a person or an organisation with its papers: documents, and contracts."""

from __future__ import annotations

from boconsole.contacts.reading import Card
from boconsole.language import N_
from boconsole.registry import contracts, reading
from boconsole.session import Session
from screens.contacts.tabs import CardTab, Rows
from screens.registry.tabs import contract_rows, paper_rows


def tabs() -> list[CardTab]:
    """Return both tabs."""
    return [
        CardTab("papers", N_("Papers"), papers, permission="document.read"),
        CardTab("contracts", N_("Contracts"), agreements, permission="contract.read"),
    ]


def papers(session: Session, card: Card) -> Rows:
    """Return the documents that name it and may be read."""
    return paper_rows(reading.naming(session, card.kind, card.row.id), session)


def agreements(session: Session, card: Card) -> Rows:
    """Return the contracts with it."""
    return contract_rows(contracts.naming(session, card.kind, card.row.id), session)
