"""When warranties, lives and loans of assets end."""

from collections.abc import Callable
from datetime import date

from boconsole.assets import reading
from boconsole.assets.reading import AssetLine
from boconsole.ending import Ending
from boconsole.session import Session

PAGE = 500
FIELDS: tuple[tuple[str, str, Callable[[AssetLine], date | None]], ...] = (
    ("warranty", "warranty", lambda row: row.warranty_on),
    ("life", "end_of_life", lambda row: row.end_of_life_on),
    ("return", "expected", lambda row: row.expected_on),
)


def endings(session: Session, first: date, last: date) -> list[Ending]:
    """Return the ends of active assets."""
    if not session.may("asset.read"):
        return []
    return [
        Ending(day, what, row.tag, row.name, row.holder, "assets")
        for what, field, day_of in FIELDS
        for row in _matching(session, f"{field}:{first}..{last}")
        if (day := day_of(row)) is not None
    ]


def _matching(session: Session, query: str) -> list[AssetLine]:
    rows: list[AssetLine] = []
    after = ""
    while True:
        page = reading.list_page(session, query, after, PAGE)
        rows += page.rows
        if not page.more:
            return rows
        after = page.cursors[-1]
