"""Saved views: a query with its columns and order under a name, private or shared."""

from typing import NamedTuple

from boconsole import audit
from boconsole.errors import NotAllowedError, NotFoundError
from boconsole.language import _
from boconsole.session import Session
from boconsole.text import clean_line, required_line
from db import audit as trail
from db import connection, housekeeping

FIRST = (
    ("ticket", "Mine", "assignee:me sort:-priority,sla"),
    ("ticket", "Unassigned", "is:unassigned sort:-priority,created"),
    ("ticket", "Breaching soon", "is:warned sort:sla"),
    ("ticket", "Breached", "is:breached sort:-priority,sla"),
    ("ticket", "Waiting", "is:waiting sort:wake"),
    ("ticket", "All open", "sort:-updated"),
    ("ticket", "All", "any sort:-created"),
)
"""The shared views that a new database begins with: feature, name and query."""

READ_WITH = {
    "organisation": "contact", "asset_change": "asset", "asset_repair": "asset",
    "service_plan": "asset", "obligation": "contract", "document_due": "document",
}  # fmt: skip
"""Features that are read with the permission of another."""
PRIVATE = ("staff",)
"""Features whose queries may hold what the trail never says, such as an identity number."""


class View(NamedTuple):
    """A query under a name."""

    id: int
    name: str
    query: str
    shared: bool


def plant() -> None:
    """Make the first views, inside the caller's transaction; those there are keep their id."""
    for position, (feature, name, query) in enumerate(FIRST):
        housekeeping.put_view(feature, None, name, query, position)


def list_all(session: Session, feature: str) -> list[View]:
    """Return the shared views of a feature and the user's own, in order."""
    session.require(f"{READ_WITH.get(feature, feature)}.read")
    return [
        View(row.id, row.name, row.query, row.owner_id is None)
        for row in housekeeping.select_views(feature, session.user.id)
    ]


def find(session: Session, feature: str, name: str) -> View:
    """Return a view by name, the user's own before a shared one, or by a unique part of it."""
    every = sorted(list_all(session, feature), key=lambda view: view.shared)
    low = name.strip().lower()
    exact = [view for view in every if view.name.lower() == low]
    part = [view for view in every if low in view.name.lower()]
    if exact or len(part) == 1:
        return (exact or part)[0]
    raise NotFoundError(
        _("one view {name!r}; there are: {every}").format(
            name=name, every=", ".join(view.name for view in every) or _("none yet")
        )
    )


def save(session: Session, feature: str, name: str, query: str, *, shared: bool = False) -> int:
    """Save a query under a name, in place of the one that had it; returns the view's id.

    The caller has checked that the query can be read.
    """
    session.require(f"{READ_WITH.get(feature, feature)}.read")
    if shared:
        session.require("view.share")
    name = required_line(name, field="name", limit=60)
    query = clean_line(query, field="query", limit=2_000)
    with connection.transaction():
        trail.take_head()  # on PostgreSQL, two shared views of one name are no conflict
        own = None if shared else session.user.id
        position = len(housekeeping.select_views(feature, session.user.id))
        view_id = housekeeping.put_view(feature, own, name, query, position)
        said = "…" if feature in PRIVATE else query
        told = {"name": (None, name), "query": (None, said), "shared": (None, shared)}
        audit.record(session, "view.save", "view", [audit.Line(view_id, told)])
    return view_id


def remove(session: Session, feature: str, name: str) -> None:
    """Forget the view of exactly this name; shared ones need the permission to share."""
    view = find(session, feature, name)
    if view.name.lower() != name.strip().lower():
        raise NotFoundError(_("view {name!r}").format(name=name))
    if view.shared and not session.may("view.share"):
        raise NotAllowedError(session.user.login, "view.share")
    with connection.transaction():
        housekeeping.remove_view(view.id)
        line = audit.Line(view.id, {"name": (view.name, None), "query": (view.query, None)})
        audit.record(session, "view.remove", "view", [line])
