"""Fields of a ticket as people give them: words in, columns out, and back for the audit.

The same field names serve `tickets edit`, forms, macros, triggers, templates and bulk edits.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import NamedTuple

from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.language import _
from boconsole.moments import parse_moment
from boconsole.session import Session
from boconsole.text import clean, clean_line, required_line
from boconsole.tickets.custom_values import CustomChange as CustomChange  # known from here
from boconsole.tickets.custom_values import custom_change
from boconsole.tickets.requesters import contact_for
from boconsole.tickets.words import KINDS, LEVELS, PRIORITIES, field_name, number, one_of, ranked
from db.tickets import names
from db.tickets.records import INSTANTS, TicketRecord

FIELDS = (
    "subject", "kind", "impact", "urgency", "priority", "priority_reason", "requester",
    "organisation", "queue", "assignee", "category", "due", "wake", "resolution", "rating",
    "minutes_spent", "state", "tags", "watchers", "note", "reply",
)  # fmt: skip
EMPTY = ("", "-", "none", "nobody")
TAG_LIMIT = 60


class Membership(NamedTuple):
    """How a set of words changes: replaced whole, or added to and taken from."""

    replace: tuple[str, ...] | None = None
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()

    def of(self, old: tuple[str, ...]) -> tuple[str, ...]:
        """Return the new set, sorted."""
        if self.replace is not None:
            return tuple(sorted(set(self.replace)))
        return tuple(sorted((set(old) | set(self.add)) - set(self.remove)))


class Changes(NamedTuple):
    """What is to change, checked: columns by name, and what hangs on the ticket.

    `reply` is public, `note` internal, `request` what the requester wrote; `minutes` are added
    to the time spent. `writer` is the contact who wrote the note or the request, where that is
    not the one who acts or the requester.
    """

    columns: Mapping[str, object] = {}
    tags: Membership | None = None
    watchers: Membership | None = None
    custom: tuple[CustomChange, ...] = ()
    note: str = ""
    reply: str = ""
    request: str = ""
    minutes: int = 0
    writer: int | None = None


def parse_changes(session: Session, given: Mapping[str, object]) -> Changes:
    """Return the changes behind field names and words.

    Args:
        session: Whose zone and clock dates are read with; `me` is its user.
        given: Field name to word; None or an empty text clears where that is possible.

    Raises:
        InvalidChangeError: A field is unknown or a value cannot be taken.
        NotFoundError: A queue, category, account or contact does not exist.
    """
    columns: dict[str, object] = {}
    tags = watchers = None
    custom: list[CustomChange] = []
    note = reply = ""
    # the organisation that is given stands before the one that the requester brings
    for key in sorted(given, key=lambda key: field_name(key) != "organisation"):
        field, value = field_name(key), given[key]
        text = _as_text(value)
        if field.startswith("cf."):
            custom.append(_custom(session, field.removeprefix("cf."), text))
        elif field == "tags":
            tags = _membership(value, _tag)
        elif field == "watchers":
            watchers = _membership(value, lambda word: _login(session, word))
        elif field == "note":
            note = clean(text, field="note")
        elif field == "reply":
            reply = clean(text, field="reply")
        elif field == "requester":
            columns = _requester(session, text, columns.get("organisation_id")) | columns
        elif field in PARSERS:
            columns.update(PARSERS[field](session, text))
        else:
            shown = key if key.isidentifier() and len(key) <= 40 else repr(key[:40])
            raise InvalidChangeError(
                shown,
                _("is not a field; use one of {fields}, cf.NAME").format(fields=", ".join(FIELDS)),
            )
    return Changes(columns, tags, watchers, tuple(custom), note, reply)


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, list | tuple):
        return ",".join(str(part) for part in value)
    return str(value)


def _subject(_: Session, text: str) -> dict[str, object]:
    return {"subject": required_line(text, field="subject")}


def _kind(_: Session, text: str) -> dict[str, object]:
    return {"kind": one_of("kind", text, KINDS)}


def _state(_: Session, text: str) -> dict[str, object]:
    states = ("new", "open", "pending", "on_hold", "resolved", "closed")
    return {"state": one_of("state", text, states)}


def _priority(_: Session, text: str) -> dict[str, object]:
    if text.strip().lower() in ("", "auto"):
        return {"priority": None}
    return {"priority": ranked("priority", text, PRIORITIES)}


def _level(field: str) -> Callable[[Session, str], dict[str, object]]:
    return lambda _, text: {field: ranked(field, text, LEVELS)}


def _line(field: str) -> Callable[[Session, str], dict[str, object]]:
    return lambda _, text: {field: clean_line(text, field=field)}


def _requester(session: Session, text: str, organisation: object) -> dict[str, object]:
    if text.strip() in EMPTY:
        return {"requester_id": None}
    found = contact_for(session, text, organisation if isinstance(organisation, int) else None)
    return dict(zip(("requester_id", "organisation_id"), found, strict=True))


def _organisation(_: Session, text: str) -> dict[str, object]:
    return {"organisation_id": _found("organisation", text, names.organisation_id)}


def _queue(_: Session, text: str) -> dict[str, object]:
    return {"queue_id": _found("queue", text, names.queue_id)}


def _category(_: Session, text: str) -> dict[str, object]:
    path = " / ".join(part.strip() for part in text.split("/"))
    return {"category_id": _found("category", path, names.category_id)}


def _found(what: str, text: str, find: Callable[[str], int | None]) -> int | None:
    name = clean_line(text, field=what)
    if name in EMPTY:
        return None
    found = find(name)
    if found is None:
        raise NotFoundError(_("{what} {name!r}").format(what=_(what), name=name))
    return found


def _assignee(session: Session, text: str) -> dict[str, object]:
    if text.strip().lower() in EMPTY:
        return {"assignee_id": None}
    return {"assignee_id": names.user_id(_login(session, text))}


def _login(session: Session, word: str) -> str:
    word = clean_line(word, field="account")
    found = session.user.id if word.lower() in ("me", "@me") else names.user_id(word)
    found = found or names.user_id(word.lower())
    login = names.user_login(found)
    if login is None:
        raise NotFoundError(_("active account {word!r}").format(word=word))
    return login


def _moment(column: str, field: str) -> Callable[[Session, str], dict[str, object]]:
    def parse(session: Session, text: str) -> dict[str, object]:
        if text.strip().lower() in EMPTY:
            return {column: None}
        return {column: parse_moment(text, session.now(), session.zone, field=field)}

    return parse


def _rating(_session: Session, text: str) -> dict[str, object]:
    if text.strip() in EMPTY:
        return {"rating": None}
    if text.strip() not in ("1", "2", "3", "4", "5"):
        raise InvalidChangeError(
            "rating", _("{text!r} is not a number from 1 to 5").format(text=text[:20])
        )
    return {"rating": int(text)}


def _minutes(_: Session, text: str) -> dict[str, object]:
    return {"minutes_spent": minutes("minutes_spent", text)}


def minutes(field: str, text: str) -> int:
    """Return a number of minutes, 0 to 10,000,000."""
    digits = text.strip()
    if not digits.isdecimal() or len(digits) > 8 or int(digits) > 10_000_000:
        raise InvalidChangeError(
            field, _("{text!r} is not a whole number of minutes").format(text=text[:20])
        )
    return int(digits)


PARSERS: dict[str, Callable[[Session, str], dict[str, object]]] = {
    "subject": _subject,
    "kind": _kind,
    "state": _state,
    "priority": _priority,
    "impact": _level("impact"),
    "urgency": _level("urgency"),
    "priority_reason": _line("priority_reason"),
    "resolution": _line("resolution"),
    "organisation": _organisation,
    "queue": _queue,
    "category": _category,
    "assignee": _assignee,
    "due": _moment("due_at", "due"),
    "wake": _moment("wake_at", "wake"),
    "rating": _rating,
    "minutes_spent": _minutes,
}


def _tag(word: str) -> str:
    tag = "-".join(clean_line(word, field="tags", limit=TAG_LIMIT).lower().split())
    if not tag or tag[0] in "+-" or any(mark in tag for mark in ",:\"'()|"):
        raise InvalidChangeError(
            "tags", _("{word!r} cannot be a tag; use letters, digits, -").format(word=word[:40])
        )
    return tag


def _membership(value: object, check: Callable[[str], str]) -> Membership:
    """Read `a,b` as the whole set, and `+a,-b` as what to add and to take away."""
    if isinstance(value, Membership):
        return value
    words = [word.strip() for word in _as_text(value).split(",") if word.strip()]
    if words and all(word[0] in "+-" for word in words):
        return Membership(
            None,
            tuple(check(word[1:]) for word in words if word[0] == "+"),
            tuple(check(word[1:]) for word in words if word[0] == "-"),
        )
    return Membership(tuple(check(word) for word in words))


def _custom(session: Session, name: str, text: str) -> CustomChange:
    known = {field.name: field for field in names.select_fields()}
    field = known.get(name) or known.get(name.lower())
    if field is None:
        raise NotFoundError(_("custom field {name!r}").format(name=name[:40]))
    return custom_change(session, field, text)


WORDS: dict[str, tuple[str, Callable[[int | None], str | None]]] = {
    "requester_id": ("requester", names.contact_email),
    "organisation_id": ("organisation", names.organisation_name),
    "queue_id": ("queue", names.queue_name),
    "assignee_id": ("assignee", names.user_login),
    "category_id": ("category", names.category_path),
}


class Describer:
    """Turns columns into the words of the audit, asking for each name once."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, int | None], str | None] = {}

    def changed(
        self, old: TicketRecord, new: Mapping[str, object]
    ) -> dict[str, tuple[object, object]]:
        """Return field to (before, after) for the columns that differ."""
        return {
            self.field(column): (self.word(column, getattr(old, column)), self.word(column, value))
            for column, value in new.items()
            if column not in UNTOLD and getattr(old, column) != value
        }

    def field(self, column: str) -> str:
        """Return the field name of a column."""
        return WORDS[column][0] if column in WORDS else RENAMED.get(column, column)

    def word(self, column: str, value: object) -> object:
        """Return a column's value as `parse_changes` takes it."""
        if value is None:
            return None
        if column in WORDS and isinstance(value, int):
            key = (column, value)
            if key not in self._names:
                self._names[key] = WORDS[column][1](value)
            return self._names[key]
        if column in INSTANTS and isinstance(value, datetime):
            return value.strftime("%Y-%m-%dT%H:%M:%SZ")
        if column in RANKED and isinstance(value, int):
            return RANKED[column][value - 1]
        if column == "merged_into_id" and isinstance(value, int):
            return number(value)
        return value.isoformat() if isinstance(value, date) else value


RENAMED = {"due_at": "due", "wake_at": "wake", "merged_into_id": "merged_into"}
RANKED = {"impact": LEVELS, "urgency": LEVELS, "priority": PRIORITIES}
UNTOLD = frozenset(
    name
    for name in TicketRecord._fields
    if name.startswith(("sla_", "first_response", "next_reply", "resolution_", "policy"))
    or name in ("id", "version", "active", "updated_at")
)
"""Columns that follow from others and are computed again on undo."""
