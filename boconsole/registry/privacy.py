"""Who reads which document.

Public ones are for everybody who signs in, internal ones for whoever may read documents,
confidential ones for those with a permission for it, secret ones for nobody beside these: the
owner, whoever is named as a reader, and whoever is asked to approve it.
"""

from boconsole.registry.words import CONFIDENTIAL, INTERNAL, PUBLIC
from boconsole.session import Session
from db.conditions import AnyOf, Compare, Condition

RIGHT = "document.read"
CONFIDENTIAL_RIGHT = "document.confidential"


def levels(session: Session) -> tuple[str, ...]:
    """Return the levels that somebody reads by permission."""
    found = [PUBLIC]
    if session.may(RIGHT):
        found.append(INTERNAL)
        if session.may(CONFIDENTIAL_RIGHT):
            found.append(CONFIDENTIAL)
    return tuple(found)


def visible(session: Session) -> Condition:
    """Return the condition on documents that somebody may read."""
    me = session.user.id
    return AnyOf(
        (
            Compare("level", "in", levels(session)),
            Compare("owner", "=", me),
            Compare("reader", "=", me),
            Compare("reviewer", "=", me),
        )
    )
