"""The words of tickets: kinds, states, priorities and numbers.

Words are stored and queried as they stand here; screens translate their labels.
Source of kinds, priorities and the matrix: ITIL service management practice.
"""

import re

from boconsole.errors import InvalidChangeError
from boconsole.language import _

KINDS = ("incident", "request", "problem", "change", "complaint", "question")
STATES = ("new", "open", "pending", "on_hold", "resolved", "closed", "merged")
ACTIVE = frozenset(("new", "open", "pending", "on_hold"))
FINISHED = frozenset(("resolved", "closed", "merged"))
PRIORITIES = ("critical", "high", "medium", "low", "planning")
"""Priority 1 first."""
LEVELS = ("high", "medium", "low")
"""Impact and urgency, 1 first."""
LINKS = ("parent_of", "duplicate_of", "blocks", "caused_by")
LINK_BACK = {
    "parent_of": "child_of",
    "duplicate_of": "duplicated_by",
    "blocks": "blocked_by",
    "caused_by": "causes",
}

SPELLINGS = {
    "service_request": "request", "onhold": "on_hold", "hold": "on_hold", "solved": "resolved",
    "parent": "parent_of", "child": "child_of", "duplicate": "duplicate_of",
    "duplicates": "duplicate_of",
}  # fmt: skip
"""Further words for those of the lists."""
ALIASES = {
    "prio": "priority", "reason": "priority_reason", "org": "organisation",
    "organization": "organisation", "owner": "assignee", "type": "kind", "status": "state",
    "due_at": "due", "wake_at": "wake", "until": "wake", "tag": "tags", "watcher": "watchers",
    "spent": "minutes_spent", "time_spent": "minutes_spent", "cat": "category",
    "resolution_code": "resolution", "satisfaction": "rating", "title": "subject",
    "subj": "subject", "from": "requester", "team": "queue",
}  # fmt: skip
"""Further names of fields."""

NUMBER = re.compile(r"^(?:TKT-|#)?([1-9][0-9]{0,9})$", re.IGNORECASE)


def number(ticket_id: int) -> str:
    """Return the number people see."""
    return f"TKT-{ticket_id}"


def parse_number(text: str) -> int:
    """Return the id in `TKT-42`, `#42` or `42`.

    Raises:
        InvalidChangeError: It is none of these.
    """
    match = NUMBER.match(text.strip())
    if match is None or int(match[1]) >= 2**31:
        raise InvalidChangeError(
            "number", _("{text!r} is not a ticket number such as TKT-42").format(text=text[:40])
        )
    return int(match[1])


def priority_of(impact: int, urgency: int) -> int:
    """Return the priority, 1 to 5, of impact and urgency, each 1 to 3.

    Source: the 3 x 3 matrix of ITIL incident management.
    """
    return impact + urgency - 1


def ranked(field: str, word: str, words: tuple[str, ...]) -> int:
    """Return the number of a ranked word, 1 first; numbers are taken as they are.

    Raises:
        InvalidChangeError: It is not one of the words.
    """
    low = word.strip().lower()
    if low.isdecimal() and len(low) == 1 and 1 <= int(low) <= len(words):
        return int(low)
    if low not in words:
        raise InvalidChangeError(
            field,
            _("{word!r} is not one of {words}").format(word=word[:40], words=", ".join(words)),
        )
    return words.index(low) + 1


def one_of(field: str, word: str, words: tuple[str, ...]) -> str:
    """Return a word of a list, whatever its case; hyphens and spaces stand for `_`.

    Raises:
        InvalidChangeError: It is not one of the words.
    """
    low = "_".join(word.lower().replace("-", " ").replace("_", " ").split())
    low = low if low in words else SPELLINGS.get(low, low)
    if low not in words:
        raise InvalidChangeError(
            field,
            _("{word!r} is not one of {words}").format(word=word[:40], words=", ".join(words)),
        )
    return low


def field_name(key: str) -> str:
    """Return the name of a field, however it was written: `Priority-Reason`, `cf.Site`."""
    low = key.strip().lower()
    if low.startswith("cf."):
        return low
    low = low.replace("-", "_")
    return ALIASES.get(low, low)
