"""New assets, with the next tag where none is given.

Tags are unique; the next one follows the highest, and gaps below it stay.
"""

from collections.abc import Mapping
from datetime import date

from boconsole import audit
from boconsole.assets import own_fields, transitions
from boconsole.assets.fields import Describer, cost_word, parse_changes
from boconsole.assets.words import ACTIVE, one_of, tag
from boconsole.assets.writing import Ref, with_consequences
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.moments import add_months
from boconsole.session import Session
from db.assets import catalogue, records, words
from db.assets.columns import FEATURE
from db.assets.records import with_columns
from db.assets.rows import AssetRecord

ACTION = "asset.create"


def next_tag() -> str:
    """Return the tag that the next asset would get."""
    return tag(records.last_tag_number() + 1)


def create(session: Session, given: Mapping[str, object], state: str = "in_stock") -> Ref:
    """Add an asset.

    Args:
        session: Who adds it.
        given: Fields as `assets edit` takes them; without a tag it gets the next one, without a
            name that of its model.
        state: One of `transitions.FIRST`.

    Raises:
        InvalidChangeError: A value cannot be taken, or the tag is used.
    """
    session.require("asset.edit")
    state = one_of("state", state, transitions.FIRST)
    with audit.writing():
        fields = {key: value for key, value in given.items() if value not in (None, "")}
        fields.setdefault("tag", next_tag())
        changes = parse_changes(session, fields)
        columns = with_consequences(None, changes.columns)
        _name(columns)
        _end_of_life(columns)
        own_fields.check(columns.get("category_id"), changes.custom, {})
        blank = blank_record(session, state)
        record = with_columns(blank, columns)
        require_free_tag(record.tag)
        asset_id = records.insert(record)
        for change in changes.custom:
            records.put_value(asset_id, change.field_id, change.text, change.number)
        words.refresh([asset_id])
        told = Describer().changed(blank, columns)
        told["state"] = (None, state)
        told.update({f"cf.{each.name}": (None, each.text) for each in changes.custom})
        if record.cost is not None:
            told["cost"] = (None, cost_word(record))
        audit.record(session, ACTION, FEATURE, [audit.Line(asset_id, told, 1)])
    return Ref(asset_id, 1)


def require_free_tag(wanted: str, but: int = 0) -> None:
    """Raise InvalidChangeError where an asset has a tag already."""
    found = records.find_tags([wanted])
    if found and but not in found.values():
        raise InvalidChangeError(
            "tag", _("{tag} is used already; take another one").format(tag=wanted)
        )


def blank_record(session: Session, state: str) -> AssetRecord:
    """Return an asset that nothing is known of."""
    now = session.now()
    return AssetRecord(
        0, 1, "", None, "", "", None, None, state, state in ACTIVE, "", None, None, "", None, None,
        None, None, None, "", None, "", None, None, None, None, None, None, None, "", None, now,
        now,
    )  # fmt: skip


def _name(columns: dict[str, object]) -> None:
    """Give it the name of its model where it has none of its own."""
    if columns.get("name"):
        return
    model = columns.get("model_id")
    row = catalogue.find_model(model) if isinstance(model, int) else None
    if row is None:
        raise InvalidChangeError("name", _("is empty; type a few words"))
    columns["name"] = " ".join(part for part in (row.manufacturer, row.name) if part)


def _end_of_life(columns: dict[str, object]) -> None:
    """Reckon its end of life from that of its model, where nobody said it."""
    model, bought = columns.get("model_id"), columns.get("bought_on")
    if columns.get("end_of_life_on") or not isinstance(model, int) or not isinstance(bought, date):
        return
    row = catalogue.find_model(model)
    if row is not None and row.life_months:
        columns["end_of_life_on"] = add_months(bought, row.life_months)
