"""The forms of categories, models, places, own fields and subnets of assets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from boconsole.assets import network, offering, setting_up
from boconsole.assets.asking import Category, ModelRow, PlaceRow, Subnet
from boconsole.assets.words import KIND_TITLES
from boconsole.language import N_, _
from boconsole.session import Session
from screens.entries import Field, Suggestion
from screens.forms import Form, FormScreen, draft_of

Given = Mapping[str, object]
TYPES = (
    ("text", N_("text")), ("number", N_("number")), ("date", N_("date")),
    ("choice", N_("choice")), ("reference", N_("reference")),
)  # fmt: skip


def _offer(
    session: Session, find: Callable[[Session, str], list[offering.Offer]]
) -> Callable[[str], Sequence[Suggestion]]:
    return lambda start: [Suggestion(*each) for each in find(session, start)]


def _word(given: Given, name: str) -> str:
    return str(given.get(name) or "")


def _whole(given: Given, name: str) -> int | None:
    value = given.get(name)
    return int(value) if isinstance(value, int) else None


def _form(
    feature: str, about: object, title: str, fields: Sequence[Field],
    save: Callable[[Given], object], values: Given, said: str,
) -> FormScreen:  # fmt: skip
    """Return a form that is saved whole, whatever of it was changed."""
    return FormScreen(
        Form(draft_of(feature, about), title, fields, lambda given, _version: save(given),
             values, said=said, saved=lambda _answer: None, feature=feature)
    )  # fmt: skip


def category_form(session: Session, one: Category | None) -> FormScreen:
    """Return the form of a category, of a new one without."""
    fields = [
        Field("name", N_("Name"), required=True),
        Field("kind", N_("Kind"), "choice", required=True, choices=list(KIND_TITLES.items())),
    ]
    row = one.row if one else None

    def save(given: Given) -> object:
        name, kind = _word(given, "name"), _word(given, "kind")
        if row is None:
            return setting_up.add_category(session, name, kind)
        setting_up.edit_category(session, row, name, kind)
        return None

    values = {"name": row.name, "kind": row.kind} if row else {"kind": "other"}
    title = row.name if row else _("New category")
    return _form("asset_category", row.id if row else "new", title, fields, save, values,
                 _("The category is saved."))  # fmt: skip


def model_form(session: Session, row: ModelRow | None) -> FormScreen:
    """Return the form of a model, of a new one without."""
    fields = [
        Field("name", N_("Model"), required=True),
        Field("manufacturer", N_("Manufacturer")),
        Field("number", N_("Number"), hint=N_("The maker's, such as 21HD.")),
        Field("category", N_("Category"), "lookup",
              suggest=_offer(session, offering.categories)),
        Field("life_months", N_("Life in months"), "number",
              hint=N_("From the day of purchase to the end of life.")),
        Field("note", N_("Note")),
    ]  # fmt: skip

    def save(given: Given) -> object:
        write = partial(setting_up.edit_model, session, row) if row else partial(
            setting_up.add_model, session
        )  # fmt: skip
        return write(
            name=_word(given, "name"), manufacturer=_word(given, "manufacturer"),
            number=_word(given, "number"), category=_word(given, "category"),
            life_months=_whole(given, "life_months"), note=_word(given, "note"),
        )  # fmt: skip

    values = {field.name: getattr(row, field.name) for field in fields} if row else {}
    title = row.name if row else _("New model")
    return _form("asset_model", row.id if row else "new", title, fields, save, values,
                 _("The model is saved."))  # fmt: skip


def place_form(session: Session, row: PlaceRow | None, beside: str = "") -> FormScreen:
    """Return the form of a place, of a new one without.

    Args:
        session: Who writes.
        row: The place.
        beside: The path that a new one begins with.
    """
    name = (
        Field("name", N_("Name"), required=True, hint=N_("What lies below goes along."))
        if row else
        Field("name", N_("Place"), required=True,
              hint=N_("Jakarta / Floor 3; what is missing above is added too."))
    )  # fmt: skip
    fields = [name, Field("address", N_("Address")), Field("note", N_("Note"))]

    def save(given: Given) -> object:
        words = {key: _word(given, key) for key in ("address", "note")}
        if row is None:
            return setting_up.add_place(session, _word(given, "name"), **words)
        setting_up.edit_place(session, row, _word(given, "name"), **words)
        return None

    values = {field.name: getattr(row, field.name) for field in fields} if row else {"name": beside}
    title = row.path if row else _("New place")
    return _form("place", row.id if row else "new", title, fields, save, values,
                 _("The place is saved."))  # fmt: skip


def field_form(session: Session, category: str = "") -> FormScreen:
    """Return the form of a new own field."""
    fields = [
        Field("name", N_("Word"), required=True, hint=N_("In queries, as cf.word: ram.")),
        Field("label", N_("Name"), required=True, hint=N_("As forms show it.")),
        Field("type", N_("Type"), "choice", required=True, choices=TYPES),
        Field("choices", N_("Choices"), "tags", hint=N_("Of a choice, with commas between.")),
        Field("category", N_("Category"), "lookup",
              suggest=_offer(session, offering.categories), hint=N_("Empty for all assets.")),
        Field("required", N_("Required"), "switch"),
    ]  # fmt: skip

    def save(given: Given) -> object:
        choices = given.get("choices")
        return setting_up.add_field(
            session, _word(given, "name"), _word(given, "label"), _word(given, "type"),
            category=_word(given, "category"), required=bool(given.get("required")),
            choices=[str(each) for each in choices] if isinstance(choices, tuple) else (),
        )  # fmt: skip

    values: Given = {"type": "text", "category": category, "required": False}
    return _form("asset_field", "new", _("New own field"), fields, save, values,
                 _("The field is added."))  # fmt: skip


def subnet_form(session: Session, one: Subnet | None) -> FormScreen:
    """Return the form of a subnet, of a new one without."""
    fields = [
        Field("name", N_("Name")),
        Field("place", N_("Place"), "lookup", suggest=_offer(session, offering.places)),
        Field("vlan", N_("VLAN"), "number", hint=N_("1 to 4094.")),
        Field("note", N_("Note")),
    ]
    row = one.row if one else None
    if row is None:
        fields.insert(0, Field("network", N_("Subnet"), required=True,
                               hint=N_("10.1.0.0/24 or 2001:db8::/64.")))  # fmt: skip

    def save(given: Given) -> object:
        write = partial(setting_up.edit_subnet, session, row) if row else partial(
            network.add_subnet, session, _word(given, "network")
        )  # fmt: skip
        return write(
            name=_word(given, "name"), place=_word(given, "place"), vlan=_whole(given, "vlan"),
            note=_word(given, "note"),
        )  # fmt: skip

    values = {field.name: getattr(row, field.name) for field in fields} if row else {}
    title = row.network if row else _("New subnet")
    return _form("subnet", row.id if row else "new", title, fields, save, values,
                 _("The subnet is saved."))  # fmt: skip
