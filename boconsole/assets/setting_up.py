"""Categories, models, places, own fields, subnets: what an organisation sets up for its assets."""

import json
from collections.abc import Sequence

from boconsole import audit
from boconsole.assets.fields import category_id, label_of, place_id
from boconsole.assets.words import KINDS, one_of
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.language import _
from boconsole.session import Session
from boconsole.text import LINE_LIMIT, clean_line, required_line
from boconsole.tickets.setting_up import FIELD_NAME, TYPES
from db.assets import catalogue, network, words
from db.assets.catalogue import ModelLoad
from db.assets.rows import CategoryRow, FieldRow, ModelRow, PlaceRow, SubnetRow

MONTHS = range(1, 601)
DEPTH = 8
VLANS = range(1, 4095)


def categories(session: Session) -> list[CategoryRow]:
    """Return the categories in use with their active assets, by name."""
    session.require("asset.read")
    counts = catalogue.count_assets()
    return [row._replace(assets=counts.get(row.id, 0)) for row in catalogue.select_categories()]


def models(session: Session) -> list[ModelRow]:
    """Return the models in use, by maker and name."""
    session.require("asset.read")
    return catalogue.select_models()


def places(session: Session) -> list[PlaceRow]:
    """Return all places by path."""
    session.require("asset.read")
    return catalogue.select_places()


def own_fields(session: Session) -> list[FieldRow]:
    """Return the own fields in use, by name."""
    session.require("asset.read")
    return catalogue.select_fields()


def add_category(session: Session, name: str, kind: str = "other") -> int:
    """Add a category of assets; returns its id."""
    session.require("asset.configure")
    name = required_line(name, field="name", limit=120)
    kind = one_of("kind", kind, KINDS)
    with audit.writing():
        if category_id(name) is not None:
            raise InvalidChangeError(
                "name", _("there is a category {name!r} already").format(name=name)
            )
        key = catalogue.insert_category(name, kind)
        told = {"name": (None, name), "kind": (None, kind)}
        audit.record(session, "asset_category.add", "asset_category", [audit.Line(key, told)])
    return key


def edit_category(session: Session, row: CategoryRow, name: str, kind: str) -> None:
    """Write a category anew."""
    session.require("asset.configure")
    name = required_line(name, field="name", limit=120)
    kind = one_of("kind", kind, KINDS)
    with audit.writing():
        if category_id(name) not in (None, row.id):
            raise InvalidChangeError(
                "name", _("there is a category {name!r} already").format(name=name)
            )
        if not catalogue.set_category(row.id, row.version, name, kind):
            raise StaleRecordError(row.name)
        told = {"name": (row.name, name), "kind": (row.kind, kind)}
        audit.record(
            session, "asset_category.edit", "asset_category",
            [audit.Line(row.id, told, row.version + 1)],
        )  # fmt: skip


def add_model(
    session: Session, name: str, *, manufacturer: str = "", number: str = "", category: str = "",
    life_months: int | None = None, note: str = "",
) -> int:  # fmt: skip
    """Add a model; returns its id."""
    session.require("asset.configure")
    with audit.writing():
        load = _model(name, manufacturer, number, category, life_months, note)
        _require_new_model(load)
        key = catalogue.insert_model(load)
        told: dict[str, tuple[object, object]] = {"model": (None, label_of(load))}
        audit.record(session, "asset_model.add", "asset_model", [audit.Line(key, told)])
    return key


def edit_model(
    session: Session, row: ModelRow, *, name: str, manufacturer: str, number: str,
    category: str, life_months: int | None, note: str,
) -> None:  # fmt: skip
    """Write a model anew; its assets are found by its new name."""
    session.require("asset.configure")
    with audit.writing():
        load = _model(name, manufacturer, number, category, life_months, note)
        _require_new_model(load, but=row.id)
        if not catalogue.set_model(row.id, row.version, load):
            raise StaleRecordError(label_of(row))
        words.refresh_model(row.id)
        told = {
            "model": (label_of(row), label_of(load)),
            "category": (row.category or None, category or None),
            "life_months": (row.life_months, load.life_months),
        }
        audit.record(
            session, "asset_model.edit", "asset_model", [audit.Line(row.id, told, row.version + 1)]
        )


def _model(
    name: str, manufacturer: str, number: str, category: str, life_months: int | None, note: str
) -> ModelLoad:
    if life_months is not None and life_months not in MONTHS:
        raise InvalidChangeError("life_months", _("lies between 1 and 600 months"))
    group = category_id(category) if category.strip() else None
    if category.strip() and group is None:
        raise NotFoundError(_("{what} {name!r}").format(what=_("category"), name=category[:60]))
    return ModelLoad(
        required_line(name, field="name", limit=200),
        clean_line(manufacturer, field="manufacturer", limit=200),
        clean_line(number, field="number", limit=120), group, life_months,
        clean_line(note, field="note", limit=LINE_LIMIT),
    )  # fmt: skip


def _require_new_model(load: ModelLoad, but: int = 0) -> None:
    label = label_of(load).lower()
    for row in catalogue.select_models():
        if row.id != but and label_of(row).lower() == label:
            raise InvalidChangeError(
                "name", _("there is a model {name!r} already").format(name=label_of(row))
            )


def add_place(session: Session, path: str, *, address: str = "", note: str = "") -> int:
    """Add a place by its path, `Jakarta / Floor 3`, with those above it that are missing."""
    session.require("asset.configure")
    parts = [required_line(part, field="place", limit=120) for part in path.split("/")]
    if len(parts) > DEPTH:
        raise InvalidChangeError("place", _("is more than {most} deep").format(most=DEPTH))
    with audit.writing():
        if place_id(" / ".join(parts)) is not None and len(parts) > 1:
            raise InvalidChangeError("place", _("is there already"))
        parent: int | None = None
        added = False
        for depth in range(1, len(parts) + 1):
            joined = " / ".join(parts[:depth])
            found = catalogue.find_place_path(joined)
            if found is not None and found.path.lower() == joined.lower():
                parent = found.id
                continue
            last = depth == len(parts)
            parent = catalogue.insert_place(
                parent, parts[depth - 1], joined,
                clean_line(address, field="address") if last else "",
                clean_line(note, field="note") if last else "",
            )  # fmt: skip
            added = True
        if not added or parent is None:
            raise InvalidChangeError("place", _("is there already"))
        told = {"path": (None, " / ".join(parts))}
        audit.record(session, "place.add", "place", [audit.Line(parent, told)])
    return parent


def edit_place(session: Session, row: PlaceRow, name: str, address: str, note: str) -> None:
    """Write a place anew; what lies below it goes along with its name.

    Raises:
        InvalidChangeError: The name has a slash, or another place is called so.
    """
    session.require("asset.configure")
    name = required_line(name, field="name", limit=120)
    if "/" in name:
        raise InvalidChangeError("name", _("has no slash; a place stays where it is"))
    path = f"{row.path[: len(row.path) - len(row.name)]}{name}"
    wanted = row._replace(
        name=name, path=path, address=clean_line(address, field="address"),
        note=clean_line(note, field="note"),
    )  # fmt: skip
    with audit.writing():
        other = catalogue.find_place_path(path)
        if other is not None and other.id != row.id and other.path.lower() == path.lower():
            raise InvalidChangeError("name", _("is there already"))
        if not catalogue.set_place(wanted):
            raise StaleRecordError(row.path)
        if path != row.path:
            catalogue.move_below(row.path, path)
        told = {
            "path": (row.path, path), "address": (row.address, wanted.address),
            "note": (row.note, wanted.note),
        }  # fmt: skip
        line = audit.Line(row.id, {key: pair for key, pair in told.items() if pair[0] != pair[1]},
                          row.version + 1)  # fmt: skip
        audit.record(session, "place.edit", "place", [line])


def edit_subnet(
    session: Session, row: SubnetRow, *, name: str, place: str, vlan: int | None, note: str
) -> None:
    """Write a subnet anew; its range stays.

    Raises:
        InvalidChangeError: The VLAN is none.
        NotFoundError: There is no such place.
    """
    session.require("asset.configure")
    name = clean_line(name, field="name", limit=120)
    note = clean_line(note, field="note", limit=LINE_LIMIT)
    if vlan is not None and vlan not in VLANS:
        raise InvalidChangeError("vlan", _("lies between 1 and 4094"))
    with audit.writing():
        where = place_id(place) if place.strip() else None
        if place.strip() and where is None:
            raise NotFoundError(_("{what} {name!r}").format(what=_("place"), name=place[:60]))
        if not network.set_subnet(row.id, row.version, name, where, vlan, note):
            raise StaleRecordError(row.network)
        told = {"name": (row.name, name), "place": (row.place, place), "vlan": (row.vlan, vlan),
                "note": (row.note, note)}  # fmt: skip
        line = audit.Line(row.id, {key: pair for key, pair in told.items() if pair[0] != pair[1]},
                          row.version + 1)  # fmt: skip
        audit.record(session, "subnet.edit", "subnet", [line])


def add_field(
    session: Session, name: str, label: str, field_type: str, *, category: str = "",
    choices: Sequence[str] = (), required: bool = False,
) -> int:  # fmt: skip
    """Add an own field to the assets of a category, or to all; queries call it `cf.name`."""
    session.require("asset.configure")
    if not FIELD_NAME.match(name):
        raise InvalidChangeError(
            "name", _("{name!r} must be lower case letters, digits and _").format(name=name[:40])
        )
    field_type = one_of("type", field_type, TYPES)
    choices = [required_line(choice, field="choices") for choice in choices]
    if (field_type == "choice") != bool(choices):
        raise InvalidChangeError("choices", _("are needed for a choice, and for nothing else"))
    label = required_line(label, field="label", limit=60)
    with audit.writing():
        group = category_id(category) if category.strip() else None
        if category.strip() and group is None:
            raise NotFoundError(_("{what} {name!r}").format(what=_("category"), name=category[:60]))
        if any(field.name == name for field in catalogue.select_fields()):
            raise InvalidChangeError(
                "name", _("there is a field {name!r} already").format(name=name)
            )
        if catalogue.field_type(name) not in (None, field_type):
            raise InvalidChangeError(
                "name",
                _("a field {name!r} of another type was in use before; choose another name").format(
                    name=name
                ),
            )
        text = json.dumps(list(choices), ensure_ascii=False)
        key = catalogue.insert_field(FieldRow(0, name, label, group, field_type, text, required))
        told = {"name": (None, name), "type": (None, field_type), "choices": (None, text)}
        audit.record(session, "asset_field.add", "asset_field", [audit.Line(key, told)])
    return key
