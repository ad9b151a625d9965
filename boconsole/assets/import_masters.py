"""Models and places of an imported table: checked, and written where they are new."""

from collections.abc import Sequence

from boconsole import audit
from boconsole.assets.import_fields import ModelDraft, PlaceDraft, model_fields, place_fields
from boconsole.assets.import_lists import Lists
from boconsole.assets.words import model_label
from boconsole.importing.chunks import Arrival
from boconsole.importing.rows import RowReader, RowRefusedError
from boconsole.importing.rules import ImportMap
from boconsole.language import _
from boconsole.session import Session
from db.assets import catalogue
from db.assets.catalogue import ModelLoad


class ModelWriter:
    """Checks rows and writes them as models."""

    def __init__(self, session: Session, plan: ImportMap, header: Sequence[str]) -> None:
        self._session = session
        self._lists = Lists(session, {"model", *plan.create})
        self._reader = RowReader(ModelDraft, model_fields(), plan, header)
        self._seen: set[str] = set()
        self._there = {
            model_label(row.manufacturer, row.name, row.number).lower()
            for row in catalogue.select_models()
        }

    def known(self, external_keys: Sequence[str]) -> set[str]:
        """Return those keys that models have."""
        return catalogue.known_keys("asset_model", external_keys)

    def check(self, cells: Sequence[str]) -> ModelDraft:
        """Return a row that is no model yet."""
        draft = self._reader.read(cells)
        label = model_label(draft.manufacturer, draft.name, draft.number)
        if label.lower() in self._there | self._seen:
            raise RowRefusedError(
                [("name", _("there is a model {name!r} already").format(name=label))]
            )
        self._lists.check("category", "category", draft.category)
        self._seen.add(label.lower())
        return draft

    def write(self, arrivals: Sequence[Arrival[ModelDraft]]) -> None:
        """Write a chunk of models."""
        lines = []
        for key, draft in arrivals:
            load = ModelLoad(
                draft.name, draft.manufacturer, draft.number, self._lists.category(draft.category),
                draft.life_months, draft.note, key,
            )  # fmt: skip
            made = catalogue.insert_model(load)
            label = model_label(draft.manufacturer, draft.name, draft.number)
            lines.append(audit.Line(made, {"model": (None, label), "external_key": (None, key)}, 1))
        audit.record(self._session, "asset_model.import", "asset_model", lines)


class PlaceWriter:
    """Checks rows and writes them as places."""

    def __init__(self, session: Session, plan: ImportMap, header: Sequence[str]) -> None:
        self._session = session
        self._lists = Lists(session, {"place"})
        self._reader = RowReader(PlaceDraft, place_fields(), plan, header)
        self._taken = set(self._lists.paths)

    def known(self, external_keys: Sequence[str]) -> set[str]:
        """Return those keys that places have."""
        return catalogue.known_keys("place", external_keys)

    def check(self, cells: Sequence[str]) -> PlaceDraft:
        """Return a row with a path of its own; the other one where the first is taken."""
        draft = self._reader.read(cells)
        for path in (draft.path, draft.otherwise):
            if path and path.lower() not in self._taken:
                self._taken.add(path.lower())
                return draft._replace(path=path)
        raise RowRefusedError(
            [("path", _("there is a place {name!r} already").format(name=draft.path))]
        )

    def write(self, arrivals: Sequence[Arrival[PlaceDraft]]) -> None:
        """Write a chunk of places."""
        lines = []
        for key, draft in arrivals:
            above, _slash, name = draft.path.rpartition(" / ")
            parent = self._lists.place(above) if above else None
            made = catalogue.insert_place(parent, name, draft.path, draft.address, draft.note, key)
            self._lists.paths[draft.path.lower()] = made
            told = {"path": (None, draft.path), "external_key": (None, key)}
            lines.append(audit.Line(made, told, 1))
        audit.record(self._session, "place.import", "place", lines)
