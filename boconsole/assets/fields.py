"""Fields of an asset as people give them: words in, columns out, and back for the audit.

The same field names serve `assets edit`, forms, imports and bulk edits.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from boconsole.assets.errors import LinkedError
from boconsole.assets.words import (
    CONDITIONS,
    checked_tag,
    field_name,
    model_label,
    one_of,
    tag_number,
)
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.fixed_assets import words as fixed_words
from boconsole.fixed_assets.typing import sum_of, usual_currency
from boconsole.invoices.words import invoice_number
from boconsole.language import _
from boconsole.ledger import commodities
from boconsole.ledger.words import parse_entry_number
from boconsole.moments import add_months, parse_moment, parse_past_day
from boconsole.money import plain, to_minor
from boconsole.session import Session
from boconsole.text import clean, clean_line, required_line
from boconsole.tickets.custom_values import CustomChange, custom_change
from db.assets import catalogue, choices, records
from db.assets.records import INSTANTS, with_columns
from db.assets.rows import AssetRecord
from db.fixed_assets import register
from db.invoices import documents
from db.tickets import names

FIELDS = (
    "tag", "name", "serial", "model", "category", "condition", "place", "organisation", "host",
    "supplier", "order_number", "bought", "cost", "invoice", "fixed_asset", "warranty",
    "end_of_life", "note",
)  # fmt: skip
EMPTY = ("", "-", "none", "nobody")
SPAN = re.compile(r"([0-9]{1,3})\s*(mo|months?|m|y|years?)", re.IGNORECASE)
"""`36mo` or `3y` after the day it was bought."""
SUM = re.compile(r"(-?[0-9]{1,15}(?:\.[0-9]{1,12})?) ([^\s0-9]\S*)")


class Cost(NamedTuple):
    """An exact amount in whole units and the code of its currency."""

    number: Decimal
    code: str


class Changes(NamedTuple):
    """What is to change, checked: columns by name, and own fields."""

    columns: Mapping[str, object] = {}
    custom: tuple[CustomChange, ...] = ()


class _Given(NamedTuple):
    """What one field is read with: who gives it, its text, and the day the asset was bought."""

    session: Session
    text: str
    bought: date | None


def exact_cost(text: str) -> Cost:
    """Return the amount of a text such as `1299.00 USD`, with a point before the decimals.

    Raises:
        InvalidChangeError: It is no such amount.
    """
    found = SUM.fullmatch(text.strip())
    if found is None:
        raise InvalidChangeError(
            "cost", _("{text!r} is no amount such as 4800 USD").format(text=text[:40])
        )
    return Cost(Decimal(found[1]), found[2])


def parse_changes(
    session: Session, given: Mapping[str, object], old: AssetRecord | None = None
) -> Changes:
    """Return the changes behind field names and words.

    Args:
        session: Whose zone and clock dates are read with.
        given: Field name to word; None or an empty text clears where that is possible. A cost is
            a text as the language writes it, or a `Cost`.
        old: The asset as it is; None for a new one.

    Raises:
        InvalidChangeError: A field is unknown or a value cannot be taken.
        NotFoundError: A model, category, place or other record does not exist.
        LinkedError: Another asset is that fixed asset.
    """
    columns: dict[str, object] = {}
    custom: list[CustomChange] = []
    bought = old.bought_on if old else None
    for key in sorted(given, key=lambda key: field_name(key) != "bought"):
        field, value = field_name(key), given[key]
        text = "" if value is None else str(value)
        if field.startswith("cf."):
            custom.append(_custom(session, field.removeprefix("cf."), text))
        elif field == "cost":
            columns.update(_cost(value))
        elif field == "fixed_asset":
            columns.update(_fixed_asset(text, old))
        elif field in PARSERS:
            columns.update(PARSERS[field](_Given(session, text, bought)))
        else:
            shown = key if key.isidentifier() and len(key) <= 40 else repr(key[:40])
            raise InvalidChangeError(
                shown,
                _("is not a field; use one of {fields}, cf.NAME").format(fields=", ".join(FIELDS)),
            )
        if field == "bought":
            day = columns["bought_on"]
            bought = day if isinstance(day, date) else None
    return Changes(columns, tuple(custom))


def _custom(session: Session, name: str, text: str) -> CustomChange:
    for field in catalogue.select_fields():
        if field.name == name.lower():
            return custom_change(session, field, text)
    raise NotFoundError(_("custom field {name!r}").format(name=name[:40]))


def _tag(given: _Given) -> dict[str, object]:
    tag = checked_tag(given.text)
    return {"tag": tag, "tag_number": tag_number(tag)}


def _line(column: str, limit: int = 200) -> Callable[[_Given], dict[str, object]]:
    return lambda given: {column: clean_line(given.text, field=column, limit=limit)}


def _condition(given: _Given) -> dict[str, object]:
    if given.text.strip().lower() in EMPTY:
        return {"condition": ""}
    return {"condition": one_of("condition", given.text, CONDITIONS)}


def _found(
    field: str, column: str, find: Callable[[str], int | None]
) -> Callable[[_Given], dict[str, object]]:
    def parse(given: _Given) -> dict[str, object]:
        name = clean_line(given.text, field=field)
        if name.lower() in EMPTY:
            return {column: None}
        found = find(name)
        if found is None:
            raise NotFoundError(_("{what} {name!r}").format(what=_(field), name=name))
        return {column: found}

    return parse


def category_id(name: str) -> int | None:
    """Return a category by name."""
    found = catalogue.find_category(name)
    return found.id if found else None


def place_id(path: str) -> int | None:
    """Return a place by its path, or by its own name where only one has it."""
    found = catalogue.find_place_path(" / ".join(part.strip() for part in path.split("/")))
    return found.id if found else None


def model_id(label: str) -> int | None:
    """Return a model by its whole name, or by name or number where only one has it."""
    low = label.lower()
    models = catalogue.select_models()
    exact = [row for row in models if label_of(row).lower() == low]
    found = exact or [row for row in models if row.id in choices.find_models(label)]
    return found[0].id if len(found) == 1 else None


def label_of(row: object) -> str:
    """Return what a model is called; takes any row with maker, name and number."""
    return model_label(
        str(getattr(row, "manufacturer", "")), str(getattr(row, "name", "")),
        str(getattr(row, "number", "")),
    )  # fmt: skip


def _invoice_id(number: str) -> int | None:
    wanted = parse_entry_number(number.replace("#", "DRF-"))
    found = (
        documents.find(wanted.id)
        if wanted.id
        else documents.find_numbered(wanted.series, wanted.year, wanted.number)
    )
    return found.id if found else None


def _past_day(column: str, field: str) -> Callable[[_Given], dict[str, object]]:
    def parse(given: _Given) -> dict[str, object]:
        if given.text.strip().lower() in EMPTY:
            return {column: None}
        session = given.session
        day = parse_past_day(given.text, session.now(), session.zone, field=field)
        return {column: day}

    return parse


def _end(column: str, field: str) -> Callable[[_Given], dict[str, object]]:
    """Days to come: a day, or a span after the day it was bought."""

    def parse(given: _Given) -> dict[str, object]:
        text = given.text.strip()
        if text.lower() in EMPTY:
            return {column: None}
        if span := SPAN.fullmatch(text):
            if given.bought is None:
                raise InvalidChangeError(field, _("say when it was bought, or type the day"))
            months = int(span[1]) * (12 if span[2][0].lower() == "y" else 1)
            return {column: add_months(given.bought, months)}
        return {column: day_of(given.session, text, field)}

    return parse


def day_of(session: Session, text: str, field: str) -> date:
    """Return the day of a text such as `2026-05-31`, `fri` or `+30d`."""
    moment = parse_moment(text, session.now(), session.zone, field=field)
    return moment.astimezone(session.zone).date()


def _cost(value: object) -> dict[str, object]:
    if not isinstance(value, Cost) and str(value or "").strip().lower() in EMPTY:
        return {"cost": None, "commodity_id": None}
    cost = value if isinstance(value, Cost) else Cost(*sum_of(str(value), usual_currency(), "cost"))
    if cost.number < 0:
        raise InvalidChangeError("cost", _("expected an amount above 0"))
    known = commodities.by_code()
    commodities.ensure(known, {cost.code: None})
    commodity = known[cost.code]
    minor = to_minor(cost.number, commodity.code, commodity.precision)
    return {"cost": minor, "commodity_id": commodity.id}


def _fixed_asset(text: str, old: AssetRecord | None) -> dict[str, object]:
    if text.strip().lower() in EMPTY:
        return {"fixed_asset_id": None}
    asset_id = fixed_words.parse_asset_number(text)
    if register.find_asset(asset_id) is None:
        raise NotFoundError(_("fixed asset {number}").format(number=text[:40]))
    other = records.find_linked(asset_id)
    if other is not None and (old is None or other != old.id):
        told = records.select_tags([other])[other][0]
        raise LinkedError(
            _("{number} is {tag} already; a fixed asset is one asset only.").format(
                number=fixed_words.asset_number(asset_id), tag=told
            )
        )
    return {"fixed_asset_id": asset_id}


PARSERS: dict[str, Callable[[_Given], dict[str, object]]] = {
    "tag": _tag,
    "name": lambda given: {"name": required_line(given.text, field="name", limit=200)},
    "serial": _line("serial", 120),
    "host": _line("host", 255),
    "order_number": _line("order_number", 120),
    "note": lambda given: {"note": clean(given.text, field="note")},
    "condition": _condition,
    "model": _found("model", "model_id", model_id),
    "category": _found("category", "category_id", category_id),
    "place": _found("place", "place_id", place_id),
    "organisation": _found("organisation", "organisation_id", names.organisation_id),
    "supplier": _found("supplier", "supplier_id", names.organisation_id),
    "invoice": _found("invoice", "invoice_id", _invoice_id),
    "bought": _past_day("bought_on", "bought"),
    "warranty": _end("warranty_on", "warranty"),
    "end_of_life": _end("end_of_life_on", "end_of_life"),
}


def _category_name(key: int) -> str | None:
    return next((row.name for row in catalogue.select_categories() if row.id == key), None)


def _model_name(key: int) -> str | None:
    found = catalogue.find_model(key)
    return label_of(found) if found else None


def _place_path(key: int) -> str | None:
    found = catalogue.find_place(key)
    return found.path if found else None


def _invoice_number(key: int) -> str | None:
    found = documents.find(key)
    return invoice_number(found) if found else None


def _tag_of(key: int) -> str | None:
    found = records.select_tags([key])
    return found[key][0] if found else None


WORDS: dict[str, tuple[str, Callable[[int], str | None]]] = {
    "model_id": ("model", _model_name),
    "category_id": ("category", _category_name),
    "place_id": ("place", _place_path),
    "organisation_id": ("organisation", names.organisation_name),
    "supplier_id": ("supplier", names.organisation_name),
    "invoice_id": ("invoice", _invoice_number),
    "fixed_asset_id": ("fixed_asset", fixed_words.asset_number),
}
RENAMED = {
    "bought_on": "bought", "warranty_on": "warranty", "end_of_life_on": "end_of_life",
    "expected_on": "expected",
}  # fmt: skip
UNTOLD = frozenset(
    ("id", "version", "active", "tag_number", "created_at", "updated_at", "held_since",
     "holder_kind", "holder_contact_id", "holder_place_id", "holder_asset_id", "commodity_id",
     "cost", "external_key")
)  # fmt: skip
"""Columns that follow from others, or are told in words of their own."""


class Describer:
    """Turns columns into the words of the audit, asking for each name once."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, int], str | None] = {}

    def changed(
        self, old: AssetRecord, new: Mapping[str, object]
    ) -> dict[str, tuple[object, object]]:
        """Return field to (before, after) for the columns that differ."""
        told = {
            self.field(column): (self.word(column, getattr(old, column)), self.word(column, value))
            for column, value in new.items()
            if column not in UNTOLD and getattr(old, column) != value
        }
        before, after = cost_word(old), cost_word(with_columns(old, new))
        if before != after:
            told["cost"] = (before, after)
        return told

    def field(self, column: str) -> str:
        """Return the field name of a column."""
        return WORDS[column][0] if column in WORDS else RENAMED.get(column, column)

    def word(self, column: str, value: object) -> object:
        """Return a column's value as `parse_changes` takes it."""
        if column in WORDS and isinstance(value, int):
            key = (column, value)
            if key not in self._names:
                self._names[key] = WORDS[column][1](value)
            return self._names[key]
        if column in INSTANTS and isinstance(value, datetime):
            return value.strftime("%Y-%m-%dT%H:%M:%SZ")
        return value.isoformat() if isinstance(value, date) else value


def cost_word(record: AssetRecord) -> str | None:
    """Return what an asset cost as an exact text: `1299.00 USD`."""
    if record.cost is None or record.commodity_id is None:
        return None
    known = {row.id: row for row in commodities.by_code().values()}
    commodity = known[record.commodity_id]
    return f"{plain(record.cost, commodity.precision)} {commodity.code}"
