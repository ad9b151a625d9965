"""Which state a ticket may go to from which: a pure rule.

A closed ticket can only be reopened; a merged one only be un-merged, which is no transition.
"""

from boconsole.errors import TransitionError
from boconsole.tickets.words import number

POSSIBLE: dict[str, tuple[str, ...]] = {
    "new": ("open", "pending", "on_hold", "resolved", "closed"),
    "open": ("pending", "on_hold", "resolved", "closed"),
    "pending": ("open", "on_hold", "resolved", "closed"),
    "on_hold": ("open", "pending", "resolved", "closed"),
    "resolved": ("open", "closed"),
    "closed": ("open",),
    "merged": (),
}


def possible(state: str) -> tuple[str, ...]:
    """Return the states that a ticket in `state` may go to."""
    return POSSIBLE[state]


def check(ticket_id: int, old: str, new: str) -> None:
    """Raise TransitionError unless a ticket may go from one state to the other."""
    if new not in POSSIBLE[old]:
        raise TransitionError(number(ticket_id), old, new, POSSIBLE[old])
