"""What forms offer while a name is typed."""

from boconsole.assets.fields import label_of
from boconsole.session import Session
from db.assets import catalogue, choices, pages, records
from db.tickets import choices as shared
from db.tickets import names

LIMIT = 8
Offer = tuple[str, str]
"""A value and a word about it."""


def models(session: Session, start: str) -> list[Offer]:
    """Return models whose name, maker or number holds a text."""
    session.require("asset.read")
    low = start.lower()
    rows = [row for row in catalogue.select_models() if low in label_of(row).lower()]
    return [(label_of(row), row.category) for row in rows[:LIMIT]]


def categories(session: Session, start: str) -> list[Offer]:
    """Return categories that start so."""
    session.require("asset.read")
    return [(name, "") for name in choices.list_categories(start, LIMIT)]


def places(session: Session, start: str) -> list[Offer]:
    """Return places whose path holds a text."""
    session.require("asset.read")
    low = start.lower()
    return [(row.path, "") for row in catalogue.select_places() if low in row.path.lower()][:LIMIT]


def organisations(session: Session, start: str) -> list[Offer]:
    """Return organisations that start so."""
    session.require("asset.read")
    return [(name, "") for name in shared.list_organisations(start, LIMIT)]


def holders(session: Session, start: str) -> list[Offer]:
    """Return people, places and assets that a beginning may mean."""
    session.require("asset.read")
    people = names.contacts_like(start, LIMIT)
    found = [(email, name) if email else (name, "") for name, email, _org in people]
    found += places(session, start)[: LIMIT // 2]
    return [*found, *assets(session, start)[: LIMIT // 2]]


def assets(session: Session, start: str) -> list[Offer]:
    """Return active assets whose tag starts so, else those with such words."""
    from boconsole.assets.reading import selection
    from boconsole.filters.writing import quote

    tags = choices.list_tags(start, LIMIT)
    if tags:
        ids = records.find_tags(tags).values()
        return [(row.tag, row.name) for row in pages.lines_of(list(ids))]
    if not any(letter.isalnum() for letter in start):
        return []
    page = pages.page(selection(session, quote(start)), None, LIMIT)
    return [(row.tag, row.name) for row in page.rows]
