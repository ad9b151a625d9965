"""The list of plans of service: what queries may say, pages and counts."""

from boconsole.assets.errors import PlanError
from boconsole.assets.service import asking, plans
from boconsole.assets.service.asking import ASSET, NAMES, Count
from boconsole.errors import NotFoundError
from boconsole.filters.area import Area, Field, Flag
from boconsole.language import _
from boconsole.session import Session
from db.assets import plans as stored
from db.assets.plan_rows import PlanRow
from db.conditions import Compare, Not, both
from db.fields import number_of
from db.listing import Page


def area(session: Session) -> Area:
    """Return what queries may say about plans."""
    today = number_of(session.now().astimezone(session.zone).date())
    active = Compare("active", "=", True)
    fields = (
        Field("name", "line", "words of the name"),
        ASSET,
        Field("model", "name", "name or number of a model", source="models", optional=True,
              sortable=False),
        Field("category", "name", "such as laptops", ("cat",), source="categories",
              optional=True, sortable=False),
        Field("counter", "line", "km, hours, pages", sortable=False),
        Field("next", "day", "when one of its assets is due", ("due",), column="next",
              optional=True),
    )  # fmt: skip
    flags = (
        Flag("due", "due today or before", lambda _at: both(active, Compare("due", "<=", today))),
        Flag("open", "a ticket is open", lambda _at: Not(Compare("ticket", "empty"))),
        Flag("active", "not stopped", lambda _at: active, lifts=True),
        Flag("stopped", "not followed now", lambda _at: Not(active), lifts=True),
    )
    return Area("plans", fields, flags, NAMES, active, "")


def list_page(
    session: Session, query: str, after: str = "", limit: int = 50, *, backwards: bool = False
) -> Page[PlanRow]:
    """Return a page of plans, by name unless the query sorts them.

    Raises:
        QuerySyntaxError, CursorError: The line or the cursor cannot be read.
    """
    wanted = asking.selected(session, query, area(session))
    return stored.page(wanted, asking.cursor(after), limit, backwards=backwards)


def page_around(session: Session, query: str, record: int, limit: int) -> Page[PlanRow] | None:
    """Return the rows around one; None when the query does not find it."""
    wanted = asking.selected(session, query, area(session))
    return stored.page_around(wanted, record, limit)


def count(session: Session, query: str) -> Count:
    """Return how many match, counted to a limit."""
    return asking.counted(stored.count, asking.selected(session, query, area(session)))


def remembered_area(session: Session) -> Area:
    """Return what queries may say, with the names read once."""
    return asking.kept(area(session))


def find(session: Session, word: str) -> PlanRow:
    """Return the plan of a number or name.

    Raises:
        NotFoundError: There is none.
        PlanError: Several are called so.
    """
    session.require("asset.read")
    word = word.strip()
    if word.isascii() and word.isdecimal() and len(word) < 10:
        return plans.again(int(word))
    found = [plans.again(key) for key in stored.find_named(word)]
    if not found:
        raise NotFoundError(_("plan {number}").format(number=word[:60]))
    if len([row for row in found if row.active]) > 1:
        numbers = ", ".join(str(row.id) for row in found)
        raise PlanError(
            _("{word!r} are several plans: {numbers}; say the number.").format(
                word=word[:60], numbers=numbers
            )
        )
    return found[0]
