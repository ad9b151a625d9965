"""Names in an imported table and the records they stand for.

Checking a name changes nothing; what is missing is made when the row that names it is
written, so that a refused row leaves nothing behind.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from boconsole.importing import values
from boconsole.importing.values import Convert
from boconsole.language import _
from boconsole.tickets.custom_values import CustomField
from db import connection
from db.loading import reserve_ids
from db.tickets import loading, names, relations
from db.tickets.loading import ContactFound, ContactLoad
from db.tickets.names import FieldRow

CREATABLE = ("queue", "category", "custom")
"""Lists that a map may let the import add to; organisations, contacts and tags always grow."""
NAME_LIMIT = 200
EXACT = Decimal("0.000001")


class Person(NamedTuple):
    """Who asks: the requester of one row."""

    email: str
    name: str
    phone: str
    organisation: str


class Lists:
    """Everything a ticket refers to by name."""

    def __init__(self, create: Collection[str], now: int) -> None:
        self._create = frozenset(create)
        self._now = now
        self._queues = {name.lower(): key for key, name in loading.select_queues()}
        self._accounts = _accounts()
        self._categories, self._category_names = _categories()
        organisations = loading.select_organisations()
        self._organisations = {name.lower(): key for key, name, _ in organisations}
        self._domains = {domain.lower(): key for key, _, domain in organisations if domain}
        self._tags: dict[str, int] = {}
        self.custom = {field.name: field for field in names.select_fields()}

    def checks(self) -> dict[str, Convert]:
        """Return how a cell is checked against each list."""
        line = values.line(NAME_LIMIT)

        def found(what: str, known: Collection[str], cell: str) -> str:
            name = str(line(cell))
            if name.lower() not in known and what not in self._create:
                raise ValueError(
                    _("there is no {what} {name}; make it first").format(
                        what=what, name=values.shown(name)
                    )
                    + (
                        _(', or add "{what}" to `create` in the map').format(what=what)
                        if what in CREATABLE
                        else ""
                    )
                )
            return name

        def category(cell: str) -> str:
            known = self._category_names.keys() | self._categories.keys()
            return found("category", known, _path(cell))

        return {
            "organisation": line,
            "queue": lambda cell: found("queue", self._queues, cell),
            "assignee": lambda cell: found("account", self._accounts, cell),
            "category": category,
        }

    def queue(self, name: str) -> int | None:
        """Return the queue of a checked name, making it if need be."""
        if not name:
            return None
        key = name.lower()
        if key not in self._queues:
            self._queues[key] = names.insert_queue(name)
        return self._queues[key]

    def account(self, name: str) -> int | None:
        """Return the account of a checked login or mail address."""
        return self._accounts[name.lower()] if name else None

    def category(self, path: str) -> int | None:
        """Return the category of a checked path or name, making the path if need be."""
        if not path:
            return None
        known = self._categories.get(path.lower()) or self._category_names.get(path.lower())
        if known is not None:
            return known
        parent, walked = None, ""
        for name in path.split(" / "):
            walked = f"{walked} / {name}" if walked else name
            key = walked.lower()
            if key not in self._categories:
                self._categories[key] = names.insert_category(parent, name, walked)
            parent = self._categories[key]
        return parent

    def organisation(self, name: str) -> int | None:
        """Return the organisation of a name, making it if need be."""
        if not name:
            return None
        key = name.lower()
        if key not in self._organisations:
            self._organisations[key] = loading.insert_organisation(name, self._now)
        return self._organisations[key]

    def contacts(self, people: Iterable[Person]) -> dict[str, ContactFound]:
        """Return the contacts of a chunk by mail address, making those that are new.

        Whoever comes first with an address gives the name; a known contact stays as it is.
        """
        first: dict[str, Person] = {}
        for person in people:
            first.setdefault(person.email, person)
        found = loading.select_contacts(first)
        missing = [person for email, person in first.items() if email not in found]
        made = []
        for key, person in zip(reserve_ids("contact", len(missing)), missing, strict=True):
            local, _, domain = person.email.rpartition("@")
            organisation = self.organisation(person.organisation) or self._domains.get(domain)
            name = person.name or local.replace(".", " ").title()
            made.append(ContactLoad(key, name, person.email, person.phone, organisation, self._now))
            found[person.email] = ContactFound(key, organisation)
        if made:
            loading.insert_contacts(made)
        return found

    def tags(self, wanted: Iterable[str]) -> Mapping[str, int]:
        """Return the ids of tags, making those that are new."""
        unknown = [name for name in dict.fromkeys(wanted) if name not in self._tags]
        if unknown:
            self._tags.update(relations.tag_ids(unknown))
        return self._tags

    def peek(self, name: str) -> FieldRow:
        """Return a custom field, or what it would be if it were made."""
        label = name.replace("_", " ").capitalize()
        return self.custom.get(name) or FieldRow(0, name, label, "", "text", "[]", False)

    def field(self, name: str) -> FieldRow:
        """Return a custom field, making one for text if need be."""
        if name not in self.custom:
            field = self.peek(name)
            self.custom[name] = field._replace(id=names.insert_field(field))
        return self.custom[name]

    def may_create(self, what: str) -> bool:
        """Return whether the map lets a list grow."""
        return what in self._create


def _accounts() -> dict[str, int]:
    accounts = loading.select_accounts()
    by_email = {email.lower(): key for key, _, email in accounts if email}
    return by_email | {login.lower(): key for key, login, _ in accounts}


def _categories() -> tuple[dict[str, int], dict[str, int]]:
    """Return categories by path, and by name where only one has it."""
    rows = loading.select_categories()
    called = [name.lower() for _, name, _ in rows]
    paths = {path.lower(): key for key, _, path in rows}
    return paths, {name.lower(): key for key, name, _ in rows if called.count(name.lower()) == 1}


def _path(cell: str) -> str:
    return " / ".join(part.strip() for part in cell.split("/") if part.strip())


def custom_check(field: CustomField) -> Convert:
    """Return how a cell is checked for a custom field; gives text and number."""
    line = values.text()

    def plain(cell: str) -> tuple[str, object]:
        return str(line(cell)), None

    def number(cell: str) -> tuple[str, object]:
        try:
            value = Decimal(cell)
            if not value.is_finite() or abs(value) >= Decimal(10) ** 18:
                raise InvalidOperation
        except InvalidOperation:
            raise ValueError(_("{cell} is not a number").format(cell=values.shown(cell))) from None
        value = value.quantize(EXACT).normalize()
        return format(value, "f"), value if connection.engine() == "postgresql" else float(value)

    def day(cell: str) -> tuple[str, object]:
        try:
            return date.fromisoformat(cell).isoformat(), None
        except ValueError:
            raise ValueError(
                _("{cell} is no date such as 2026-05-31").format(cell=values.shown(cell))
            ) from None

    def choice(cell: str) -> tuple[str, object]:
        choices: Sequence[str] = json.loads(field.choices)
        if cell not in choices:
            raise ValueError(
                _("{cell} is not one of {choices}").format(
                    cell=values.shown(cell), choices=", ".join(choices)
                )
            )
        return cell, None

    return {"number": number, "date": day, "choice": choice}.get(field.type, plain)
