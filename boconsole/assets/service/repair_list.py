"""The list of repairs: what queries may say, pages and counts."""

from boconsole.assets.service import asking
from boconsole.assets.service.asking import ASSET, NAMES, Count
from boconsole.assets.service.words import RESULTS
from boconsole.filters.area import Area, Field, Flag
from boconsole.session import Session
from db.assets import repairs as stored
from db.assets.repairs import RepairRow
from db.conditions import All, Compare, Not, both
from db.listing import Page


def area(session: Session) -> Area:
    """Return what queries may say about repairs."""
    del session
    fields = (
        ASSET,
        Field("supplier", "name", "who repairs", ("at",), source="organisations", optional=True,
              sortable=False),
        Field("sent", "day", "when it went"),
        Field("returned", "day", "when it came back", ("back",), optional=True),
        Field("result", "choice", "repaired, replaced, not_repaired", (),
              {word: word for word in RESULTS}, sortable=False),
    )  # fmt: skip
    flags = (
        Flag("away", "not back yet", lambda _: Compare("returned", "empty")),
        Flag("back", "back again", lambda _: Not(Compare("returned", "empty"))),
        Flag("warranty", "the warranty pays", lambda _: Compare("warranty", "=", True)),
        Flag("capitalised", "in the register", lambda _: Not(Compare("fixed", "empty"))),
        Flag("unbilled", "back, and no bill is named", lambda _: both(
            Compare("invoice", "empty"), both(Not(Compare("returned", "empty")), Compare(
                "warranty", "=", False)))),
    )  # fmt: skip
    return Area("repairs", fields, flags, NAMES, All(()), "")


def list_page(
    session: Session, query: str, after: str = "", limit: int = 50, *, backwards: bool = False
) -> Page[RepairRow]:
    """Return a page of repairs, the latest first unless the query sorts them.

    Raises:
        QuerySyntaxError, CursorError: The line or the cursor cannot be read.
    """
    wanted = asking.selected(session, query, area(session))
    return stored.page(wanted, asking.cursor(after), limit, backwards=backwards)


def page_around(session: Session, query: str, record: int, limit: int) -> Page[RepairRow] | None:
    """Return the rows around one; None when the query does not find it."""
    wanted = asking.selected(session, query, area(session))
    return stored.page_around(wanted, record, limit)


def count(session: Session, query: str) -> Count:
    """Return how many match, counted to a limit."""
    return asking.counted(stored.count, asking.selected(session, query, area(session)))


def remembered_area(session: Session) -> Area:
    """Return what queries may say, with the names read once."""
    return asking.kept(area(session))
