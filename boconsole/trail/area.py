"""What queries may say about the lines of the audit trail."""

import re

from boconsole.filters.area import Area, Field, Names
from boconsole.filters.remembering import remembered
from boconsole.session import Session
from db import trail, users

NUMBER = re.compile(r"([a-z_]{1,40})/([0-9]{1,9})")
LOGIN = re.compile(r"user/([a-z0-9][a-z0-9._-]{0,59})")
FORMS = {
    "document": "DOC-{:04}", "contract": "CTR-{:04}", "destruction": "DST-{:04}",
    "ticket": "TKT-{}", "fixed_asset": "FA-{:04}", "contact": "CON-{}", "organisation": "ORG-{}",
    "knowledge": "KB-{}", "licence": "LIC-{:04}", "staff": "EMP-{:04}",
    "opening": "OPN-{:04}", "candidate": "CAN-{:04}",
}  # fmt: skip
"""How people call the records whose number follows from their id."""
PREFIXES = {form.partition("-")[0]: feature for feature, form in FORMS.items()}
WRITTEN = re.compile(r"([A-Za-z]{2,4})-([0-9]{1,9})")
DOORS = ("cli", "console", "ssh", "web", "mail", "system")
FIELDS = (
    Field("line", "number", "its number in the trail", ("id",)),
    Field("by", "name", "who did it", ("actor", "person", "user"), column="actor",
          source="people", person=True, guessed=True, sortable=False),
    Field("action", "name", "such as ticket.assign, or a part: action:~assign", source="actions",
          guessed=True, sortable=False),
    Field("kind", "name", "the kind of record, such as ticket or user", ("feature", "area"),
          column="feature", source="kinds", sortable=False),
    Field("record", "name", "TKT-42, user/eve, invoice/7", source="records", sortable=False),
    Field("at", "instant", "when: today, -7d, 2026-05", ("date", "when")),
    Field("door", "choice", "where they came in", ("origin",), {word: word for word in DOORS},
          column="origin", sortable=False),
    Field("operation", "number", "lines that were one step", sortable=False),
    Field("text", "line", "words of the changes", column="changes", sortable=False),
)  # fmt: skip


def trail_area() -> Area:
    """Return what queries may say."""
    return Area("audit", FIELDS, (), SOURCES, mine="by")


def remembered_area(_session: Session) -> Area:
    """Return the area with its names read once, for typing; records pass by their form."""
    area = trail_area()
    known = remembered(area)
    return Area(
        area.name, FIELDS, (), {**known.names, "records": Names(_form, _nothing)}, mine="by"
    )


def find_record(word: str) -> tuple[object, ...]:
    """Return the record of a number or of `kind/id` as `kind/id`; nothing where it is none."""
    if found := WRITTEN.fullmatch(word):
        feature = PREFIXES.get(found[1].upper())
        return (f"{feature}/{int(found[2])}",) if feature else ()
    if NUMBER.fullmatch(word.lower()):
        return (word.lower(),)
    if found := LOGIN.fullmatch(word.lower()):
        user_id = users.find_id(found[1])
        return (f"user/{user_id}",) if user_id else ()
    return ()


def record_word(feature: str, record_id: int, logins: dict[int, str]) -> str:
    """Return a record as `record:` takes it."""
    if feature in FORMS and record_id:
        return FORMS[feature].format(record_id)
    if feature == "user" and record_id in logins:
        return f"user/{logins[record_id]}"
    return f"{feature}/{record_id}"


def _person(word: str) -> tuple[object, ...]:
    if word.lower() == "system":
        return (0,)
    found = users.find_id(word.lower())
    return (found,) if found else ()


def _form(word: str) -> tuple[object, ...]:
    return (0,) if WRITTEN.fullmatch(word) or "/" in word else ()


def _nothing(_start: str, _limit: int) -> list[str]:
    return []


def _people(start: str, limit: int) -> list[str]:
    found = trail.select_logins(start, limit)
    return [*found, "system"] if "system".startswith(start.lower()) else found


def _distinct(name: str) -> Names:
    def find(word: str) -> tuple[object, ...]:
        low = word.lower()
        return (low,) if low in trail.select_distinct(name) else ()

    def suggest(start: str, limit: int) -> list[str]:
        known = trail.select_distinct(name)
        return [one for one in known if one.startswith(start.lower())][:limit]

    return Names(find, suggest)


SOURCES = {
    "people": Names(_person, _people),
    "actions": _distinct("action"),
    "kinds": _distinct("feature"),
    "records": Names(find_record, _nothing),
}
