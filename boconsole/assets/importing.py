"""Bringing assets, models and places in from a table, by a map.

An imported asset gets its holder, own fields, search entry and audit line like one made by
hand. Rows that came in before are found by their key and left as they are.
"""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from boconsole import audit
from boconsole.assets import own_fields
from boconsole.assets.creating import blank_record
from boconsole.assets.fields import Describer, cost_word
from boconsole.assets.import_fields import (
    AssetDraft,
    ModelDraft,
    PlaceDraft,
    asset_fields,
)
from boconsole.assets.import_lists import CREATABLE, Lists, ModelName
from boconsole.assets.import_masters import ModelWriter, PlaceWriter
from boconsole.assets.lending import Holder
from boconsole.assets.words import ACTIVE, model_label, tag, tag_number
from boconsole.errors import BoconsoleError, InvalidChangeError
from boconsole.importing import chunks, facts
from boconsole.importing.chunks import Arrival
from boconsole.importing.errors import MapError
from boconsole.importing.maps import find_map, read_map, records_of
from boconsole.importing.report import Progress, Report
from boconsole.importing.rows import FieldType, Read, RowReader, RowRefusedError, reader_of
from boconsole.importing.rules import ImportMap, Rule
from boconsole.language import _
from boconsole.ledger import commodities
from boconsole.moments import add_months
from boconsole.money import to_minor
from boconsole.session import Session
from boconsole.tickets.custom_values import CustomChange
from boconsole.tickets.import_lists import custom_check
from db.assets import catalogue, holdings, records, words
from db.assets.columns import FEATURE
from db.assets.holdings import HoldingLoad
from db.assets.records import with_columns
from db.assets.rows import AssetRecord
from db.loading import reserve_ids

FIELDS = {
    "assets": AssetDraft._fields, "models": ModelDraft._fields, "places": PlaceDraft._fields,
}  # fmt: skip
KINDS = tuple(FIELDS)


class ReadyAsset(NamedTuple):
    """A row that can be written as it is."""

    draft: AssetDraft
    state: str
    custom: tuple[CustomChange, ...]

    @property
    def model(self) -> ModelName:
        """What tells its model from others."""
        return ModelName(self.draft.model, self.draft.manufacturer, self.draft.model_number)


def import_file(
    session: Session,
    path: Path,
    map_path: Path,
    *,
    dry_run: bool = False,
    refused_path: Path | None = None,
    progress: Progress | None = None,
) -> tuple[str, Report]:
    """Import the rows of a file, all good ones in one transaction; returns what they are.

    Args:
        session: Who imports; needs `asset.edit`, and `asset.configure` for models and places,
            or where the map lets such lists grow.
        path: A file of separated cells with a heading.
        map_path: The map, a TOML file or the name of one that comes with the program; its
            `records` says whether it brings assets, models or places.
        dry_run: Check everything and write nothing.
        refused_path: Where refused rows go; by default beside the file.
        progress: Told rows done and the part of the file after each chunk.

    Raises:
        NotAllowedError, ImportFileError, MapError: Nothing was imported.
    """
    kind = records_of(map_path) or KINDS[0]
    if kind not in KINDS:
        raise MapError(
            map_path, "records",
            _("{word!r} is not one of {words}").format(word=kind[:40], words=", ".join(KINDS)),
        )  # fmt: skip
    session.require("asset.edit")
    plan = read_map(find_map(map_path), FIELDS[kind], lists=CREATABLE)
    if plan.create or kind != "assets":
        session.require("asset.configure")

    report = chunks.run(
        path, plan, lambda header: WRITERS[kind](session, plan, header),
        transaction=nullcontext if dry_run else audit.writing, dry_run=dry_run,
        refused_path=refused_path, progress=progress,
    )  # fmt: skip
    return kind, report


class _AssetWriter:
    """Checks rows and writes them as assets."""

    def __init__(self, session: Session, plan: ImportMap, header: Sequence[str]) -> None:
        self._session = session
        self._lists = Lists(session, plan.create)
        self._reader = RowReader(AssetDraft, asset_fields(), plan, header)
        self._custom = list(self._custom_steps(plan, header))
        self._known = commodities.by_code()
        self._tags: set[str] = set()
        self._last = 0
        self._operation = 0
        self._describer = Describer()

    def _custom_steps(self, plan: ImportMap, header: Sequence[str]) -> list[tuple[str, int, Read]]:
        fields = {field.name: field for field in catalogue.select_fields()}
        rules = dict(plan.custom)
        prefix = plan.custom_prefix
        for column in header if prefix else ():
            if column.startswith(prefix) and column != prefix:
                name = column.removeprefix(prefix)
                rules.setdefault(name, Rule(name, "column", (column,)))
        for name in rules:
            if name not in fields:
                raise MapError(
                    plan.path, f"custom.{name}", _("there is no such field; add it first")
                )
        return [
            (name, fields[name].id,
             reader_of(rule, FieldType(custom_check(fields[name])), header, plan))
            for name, rule in rules.items()
        ]  # fmt: skip

    def known(self, external_keys: Sequence[str]) -> set[str]:
        """Return those keys that assets have."""
        return catalogue.known_keys("asset", external_keys)

    def check(self, cells: Sequence[str]) -> ReadyAsset:
        """Return a row in agreement with itself, and with what is there."""
        draft = self._reader.read(cells)
        if not (draft.name or draft.model):
            raise RowRefusedError([("name", _("is empty, and so is the model"))])
        self._check_tag(draft.tag)
        label = model_label(draft.manufacturer, draft.model, draft.model_number)
        self._lists.check("category", "category", draft.category)
        self._lists.check("place", "place", draft.place)
        self._lists.check("holder_place", "place", draft.holder_place)
        if draft.model:
            self._lists.check("model", "model", label)
        self._check_cost(draft)
        return ReadyAsset(draft, _state_of(draft), self._values(draft, cells))

    def _check_tag(self, wanted: str) -> None:
        low = wanted.lower()
        if low and (low in self._tags or records.find_tags([wanted])):
            raise RowRefusedError(
                [("tag", _("{tag} is used already; take another one").format(tag=wanted))]
            )
        self._tags.add(low)

    def _check_cost(self, draft: AssetDraft) -> None:
        if draft.cost is None:
            return
        code = draft.currency
        known = self._known.get(code)
        digits = known.precision if known else commodities.iso_precision(code)
        if digits is None:
            told = _("{code!r} is no currency").format(code=code)
            raise RowRefusedError([("currency", told)])
        try:
            to_minor(draft.cost, code, digits)
        except BoconsoleError as error:
            raise RowRefusedError([("cost", str(error))]) from error

    def _values(self, draft: AssetDraft, cells: Sequence[str]) -> tuple[CustomChange, ...]:
        found = []
        for name, key, read in self._custom:
            try:
                value = read(cells)
            except ValueError as error:
                raise RowRefusedError([(f"cf.{name}", str(error))]) from error
            if value is not None and value[0]:
                found.append(CustomChange(key, name, *value))
        names = {row.name.lower(): row.id for row in catalogue.select_categories()}
        category = names.get(draft.category.lower(), 0 if draft.category else None)
        try:
            own_fields.check(category, found, {})
        except InvalidChangeError as error:
            raise RowRefusedError([(error.field, error.reason)]) from error
        return tuple(found)

    def write(self, arrivals: Sequence[Arrival[ReadyAsset]]) -> None:
        """Write a chunk of assets and everything that hangs on them."""
        ids = reserve_ids("asset", len(arrivals))
        made: list[AssetRecord] = []
        loads: list[HoldingLoad] = []
        for key, arrival in zip(ids, arrivals, strict=True):
            record = self._record(key, arrival)
            if record.holder_kind:
                loads.append(self._holding(record))
            made.append(record)
        records.insert_many(made)
        holdings.insert_many(loads)
        for record, arrival in zip(made, arrivals, strict=True):
            for value in arrival.record.custom:
                records.put_value(record.id, value.field_id, value.text, value.number)
        words.refresh(record.id for record in made)
        lines = [
            self._line(record, arrival) for record, arrival in zip(made, arrivals, strict=True)
        ]
        self._operation = audit.record(
            self._session, "asset.import", FEATURE, lines, operation=self._operation
        )

    def _record(self, key: int, arrival: Arrival[ReadyAsset]) -> AssetRecord:
        draft, state, _custom = arrival.record
        lists, name = self._lists, arrival.record.model
        category = lists.category(draft.category) or lists.category_of_model(name)
        bought = facts.day_of(draft.bought)
        warranty, end = facts.day_of(draft.warranty), facts.day_of(draft.end_of_life)
        if warranty is None and bought and draft.warranty_months:
            warranty = add_months(bought, draft.warranty_months)
        model = lists.model(name, category)
        if end is None and bought and (months := lists.life_of(name)):
            end = add_months(bought, months)
        own = draft.tag or self._next_tag()
        columns: dict[str, object] = {
            "id": key, "tag": own, "tag_number": tag_number(own),
            "name": draft.name or " ".join(filter(None, (draft.manufacturer, draft.model))),
            "serial": draft.serial, "model_id": model, "category_id": category, "state": state,
            "active": state in ACTIVE, "condition": draft.condition,
            "place_id": lists.place(draft.place),
            "organisation_id": lists.organisation(draft.organisation), "host": draft.host,
            "supplier_id": lists.organisation(draft.supplier, "supplier"),
            "order_number": draft.order_number, "bought_on": bought, "warranty_on": warranty,
            "end_of_life_on": end, "note": draft.note, "external_key": arrival.external_key,
            **self._cost(draft), **self._holder(draft),
        }  # fmt: skip
        return with_columns(blank_record(self._session, state), columns)

    def _next_tag(self) -> str:
        self._last = max(self._last, records.last_tag_number()) + 1
        while tag(self._last).lower() in self._tags:
            self._last += 1
        return tag(self._last)

    def _cost(self, draft: AssetDraft) -> dict[str, object]:
        if draft.cost is None:
            return {}
        commodities.ensure(self._known, {draft.currency: None})
        commodity = self._known[draft.currency]
        minor = to_minor(draft.cost, commodity.code, commodity.precision)
        return {"cost": minor, "commodity_id": commodity.id}

    def _holder(self, draft: AssetDraft) -> dict[str, object]:
        kind = _kind_of(draft)
        if not kind:
            return {}
        if kind == "person":
            found = self._lists.person(draft.holder_email, draft.holder_name or draft.holder)
        else:
            found = self._lists.place(draft.holder_place or draft.holder) or 0
        since = self._session.now()
        if draft.held_since is not None:
            since = datetime.fromtimestamp(draft.held_since, UTC)
        expected = facts.day_of(draft.expected)
        return {**Holder(kind, found).columns, "held_since": since, "expected_on": expected}

    def _holding(self, record: AssetRecord) -> HoldingLoad:
        since = record.held_since or self._session.now()
        return HoldingLoad(
            record.id, record.holder_kind, record.holder_contact_id, record.holder_place_id, None,
            since, record.expected_on, record.condition, "", self._session.user.id or None, "",
        )  # fmt: skip

    def _line(self, record: AssetRecord, arrival: Arrival[ReadyAsset]) -> audit.Line:
        """Return the audit line of one asset: what it starts with, in words."""
        blank = blank_record(self._session, record.state)
        told = self._describer.changed(blank, record._asdict())
        told["state"] = (None, record.state)
        told["external_key"] = (None, arrival.external_key)
        if record.cost is not None:
            told["cost"] = (None, cost_word(record))
        draft = arrival.record.draft
        if record.holder_kind:
            told["holder"] = (None, draft.holder_email or draft.holder_place or draft.holder)
        told.update({f"cf.{each.name}": (None, each.text) for each in arrival.record.custom})
        return audit.Line(record.id, told, 1)


def _kind_of(draft: AssetDraft) -> str:
    """Return what has the asset, by the column that says so or by those that are filled."""
    if draft.holder_kind:
        return draft.holder_kind
    if draft.holder_email:
        return "person"
    return "place" if draft.holder_place else ""


def _state_of(draft: AssetDraft) -> str:
    """Return the state of a row, in agreement with its holder.

    Raises:
        RowRefusedError: They contradict each other, or the holder is not told well.
    """
    kind = _kind_of(draft)
    if kind == "asset":
        raise RowRefusedError(
            [("holder_kind", _("what is within another asset is handed out after the import"))]
        )
    if kind == "person" and not draft.holder_email:
        raise RowRefusedError(
            [("holder_email", _("is empty; people are told apart by mail address"))]
        )
    if kind == "place" and not (draft.holder_place or draft.holder):
        raise RowRefusedError([("holder_place", _("is empty; say which place has it"))])
    if not kind:
        if draft.state == "deployed":
            raise RowRefusedError([("state", _("is deployed, but nobody has it"))])
        return draft.state or "in_stock"
    if draft.state in ("", "in_stock", "deployed"):
        return "deployed"
    if draft.state == "in_repair":
        return "in_repair"
    raise RowRefusedError(
        [("state", _("is {state}, but {holder} has it").format(
            state=draft.state, holder=draft.holder_email or draft.holder_place or draft.holder))]
    )  # fmt: skip


WRITERS: dict[str, Any] = {  # Any: each writes drafts of its own kind
    "assets": _AssetWriter,
    "models": ModelWriter,
    "places": PlaceWriter,
}
