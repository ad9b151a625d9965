"""Which blocks somebody has on Home, and in which order: as their roles begin, or as they chose.

What somebody chose is kept with their preferences; a block they may not see is left out where
it is shown, and comes back with the permission.
"""

from collections.abc import Iterator, Sequence

from boconsole import preferences
from boconsole.home.blocks import BLOCKS, DEFAULTS
from boconsole.home.lists import LISTS
from boconsole.session import Session
from db import users

KEPT = "home.blocks"


def arrangement(session: Session) -> tuple[str, ...]:
    """Return the ids of the blocks that somebody sees, in order."""
    chosen = preferences.read_all(session).get(KEPT)
    wanted = chosen if isinstance(chosen, list) else usual(session)
    return tuple(name for name in dict.fromkeys(wanted) if may_see(session, name))


def usual(session: Session) -> tuple[str, ...]:
    """Return what somebody begins with: the blocks of their roles, or all they may see."""
    roles = set(users.select_roles(session.user.id))
    found = list(dict.fromkeys(_of_roles(roles)))
    known = [name for name in found or BLOCKS if may_see(session, name)]
    main = [name for name in known if not BLOCKS[name].side]
    return (*main, *(name for name in known if BLOCKS[name].side))


def _of_roles(roles: set[str]) -> Iterator[str]:
    for role, names in DEFAULTS.items():
        if role in roles:
            yield from names


def may_see(session: Session, name: object) -> bool:
    """Return whether somebody may see a block that is still there."""
    made = BLOCKS.get(name) if isinstance(name, str) else None
    if made is None:
        return False
    if made.figures and not any(LISTS[one.listed].opens(session) for one in made.figures):
        return False
    return not made.permissions or any(session.may(each) for each in made.permissions)


def others(session: Session) -> tuple[str, ...]:
    """Return the blocks that somebody may see and does not have."""
    there = arrangement(session)
    return tuple(name for name in BLOCKS if name not in there and may_see(session, name))


def add(session: Session, name: str) -> tuple[str, ...]:
    """Put a block last; returns the order."""
    return _keep(session, (*arrangement(session), name))


def remove(session: Session, name: str) -> tuple[str, ...]:
    """Take a block away; returns the order."""
    return _keep(session, [each for each in arrangement(session) if each != name])


def move(session: Session, name: str, step: int) -> tuple[str, ...]:
    """Move a block by places, no further than the ends; returns the order."""
    order = list(arrangement(session))
    at = order.index(name)
    order.insert(min(max(at + step, 0), len(order) - 1), order.pop(at))
    return _keep(session, order)


def reset(session: Session) -> tuple[str, ...]:
    """Go back to what the roles begin with; returns the order."""
    preferences.keep(session, KEPT, None)
    return arrangement(session)


def _keep(session: Session, order: Sequence[str]) -> tuple[str, ...]:
    preferences.keep(session, KEPT, list(order))
    return arrangement(session)
