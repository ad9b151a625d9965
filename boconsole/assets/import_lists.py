"""Names in an imported table and the records they stand for.

What is missing is made when the row that names it is written, so that a refused row leaves
nothing behind.
"""

from collections.abc import Collection
from typing import NamedTuple

from boconsole.assets.fields import label_of
from boconsole.assets.words import model_label
from boconsole.importing import values
from boconsole.importing.rows import RowRefusedError
from boconsole.language import _
from boconsole.session import Session
from db.assets import catalogue
from db.assets.catalogue import ModelLoad
from db.tickets import loading, names

CREATABLE = ("category", "model", "place")
"""Lists that a map may let the import add to; organisations and people always grow."""


class ModelName(NamedTuple):
    """What tells a model from others."""

    name: str
    manufacturer: str
    number: str


class Lists:
    """Everything an asset refers to by name."""

    def __init__(self, session: Session, create: Collection[str]) -> None:
        self._session = session
        self._create = frozenset(create)
        self._now = int(session.now().timestamp())
        self._categories = {row.name.lower(): row.id for row in catalogue.select_categories()}
        self._models = {label_of(row).lower(): row for row in catalogue.select_models()}
        places = catalogue.select_places()
        self.paths = {row.path.lower(): row.id for row in places}
        called = [row.name.lower() for row in places]
        self._places = {
            row.name.lower(): row.id for row in places if called.count(row.name.lower()) == 1
        }
        organisations = loading.select_organisations()
        self._organisations = {name.lower(): key for key, name, _domain in organisations}
        self._people: dict[str, int] = {}

    def check(self, column: str, what: str, name: str, number: str = "") -> None:
        """Refuse a name that is not there where the map does not let the list grow."""
        lists: dict[str, Collection[str]] = {
            "category": self._categories.keys(), "model": self._models.keys(),
            "place": self.paths.keys() | self._places.keys(),
        }  # fmt: skip
        known = lists[what]
        shown = f"{name} {number}".strip()
        if name and name.lower() not in known and what not in self._create:
            reason = _("there is no {what} {name}; make it first").format(
                what=what, name=values.shown(shown)
            )
            add = _(', or add "{what}" to `create` in the map').format(what=what)
            raise RowRefusedError([(column, f"{reason}{add}")])

    def category(self, name: str) -> int | None:
        """Return the category of a checked name, making it if need be."""
        if not name:
            return None
        key = name.lower()
        if key not in self._categories:
            self._categories[key] = catalogue.insert_category(name, "other")
        return self._categories[key]

    def model(self, name: ModelName, category: int | None) -> int | None:
        """Return the model of a checked name, making it if need be."""
        if not name.name:
            return None
        key = model_label(name.manufacturer, name.name, name.number).lower()
        if key not in self._models:
            made = catalogue.insert_model(ModelLoad(*name, category))
            found = catalogue.find_model(made)
            assert found is not None
            self._models[key] = found
        return self._models[key].id

    def life_of(self, name: ModelName) -> int | None:
        """Return how long such a model is used, in months."""
        row = self._models.get(model_label(name.manufacturer, name.name, name.number).lower())
        return row.life_months if row else None

    def category_of_model(self, name: ModelName) -> int | None:
        """Return the category of a model that is there."""
        row = self._models.get(model_label(name.manufacturer, name.name, name.number).lower())
        return row.category_id if row else None

    def place(self, path: str) -> int | None:
        """Return the place of a checked path or name, making the path if need be."""
        if not path:
            return None
        known = self.paths.get(path.lower()) or self._places.get(path.lower())
        if known is not None:
            return known
        parent, walked = None, ""
        for name in path.split(" / "):
            walked = f"{walked} / {name}" if walked else name
            key = walked.lower()
            if key not in self.paths:
                self.paths[key] = catalogue.insert_place(parent, name, walked)
            parent = self.paths[key]
        return parent

    def organisation(self, name: str, kind: str = "customer") -> int | None:
        """Return the organisation of a name, making it if need be."""
        if not name:
            return None
        key = name.lower()
        if key not in self._organisations:
            now = self._session.now()
            self._organisations[key] = names.insert_organisation(name, kind, "", now)
        return self._organisations[key]

    def person(self, email: str, name: str) -> int:
        """Return the person of a mail address, making one if need be."""
        if email not in self._people:
            found = names.contact(email)
            if found is None:
                local, _at, domain = email.rpartition("@")
                company = names.organisation_of_domain(domain)
                shown = name or local.replace(".", " ").title()
                self._people[email] = names.insert_contact(
                    shown, email, company, self._session.now()
                )
            else:
                self._people[email] = found[0]
        return self._people[email]
