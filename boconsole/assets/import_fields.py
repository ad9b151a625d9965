"""What a row of an imported table must say to become an asset, a model or a place."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from boconsole.assets.network import read_host
from boconsole.assets.words import CONDITIONS, HOLDERS, STATES, checked_tag, one_of
from boconsole.errors import BoconsoleError, InvalidChangeError
from boconsole.importing import facts, values
from boconsole.importing.rows import FieldType
from boconsole.language import _

EXPONENT = re.compile(r"[0-9](?:\.[0-9]+)?E[+-]?[0-9]+", re.IGNORECASE)
"""What a spreadsheet makes of a long number: the digits are lost."""


class AssetDraft(NamedTuple):
    """The cells of a row of assets, converted; names are not looked up yet."""

    tag: str
    name: str
    serial: str
    model: str
    manufacturer: str
    model_number: str
    category: str
    state: str
    condition: str
    place: str
    organisation: str
    holder_kind: str
    holder: str
    holder_name: str
    holder_email: str
    holder_place: str
    held_since: int | None
    expected: int | None
    host: str
    supplier: str
    order_number: str
    bought: int | None
    cost: Decimal | None
    currency: str
    warranty: int | None
    warranty_months: int | None
    end_of_life: int | None
    note: str


class ModelDraft(NamedTuple):
    """The cells of a row of models."""

    name: str
    manufacturer: str
    number: str
    category: str
    life_months: int | None
    note: str


class PlaceDraft(NamedTuple):
    """The cells of a row of places; `otherwise` is its path where another has the first one."""

    path: str
    otherwise: str
    address: str
    note: str


def _refusing(convert: Callable[[str], str]) -> Callable[[str], str]:
    """Return a conversion that refuses as those of cells do."""

    def checked(cell: str) -> str:
        try:
            return convert(cell)
        except InvalidChangeError as error:
            raise ValueError(error.reason) from error
        except BoconsoleError as error:
            raise ValueError(str(error)) from error

    return checked


def whole_number(limit: int) -> Callable[[str], str]:
    """Numbers that are names: refused where a spreadsheet made a power of ten of them."""
    line = values.line(limit)

    def convert(cell: str) -> str:
        text = str(line(cell))
        if EXPONENT.fullmatch(text):
            raise ValueError(
                _("{cell} lost its digits in a spreadsheet; export it as text").format(
                    cell=values.shown(cell)
                )
            )
        return text

    return convert


def _path(cell: str) -> str:
    """Return a path of places; a comma or a slash without blanks belongs to a name."""
    line = str(values.line(300)(cell))
    return " / ".join(part.strip() for part in line.split(" / ") if part.strip())


def _word(field: str, words: tuple[str, ...]) -> Callable[[str], str]:
    return _refusing(lambda cell: one_of(field, cell, words))


def _holder_kind(cell: str) -> str:
    low = cell.strip().lower()
    return one_of("", {"user": "person", "location": "place"}.get(low, low), HOLDERS)


def asset_fields() -> dict[str, FieldType]:
    """Return what each field of an asset takes."""
    line, instant = FieldType(values.line(200), ""), FieldType(None)
    months = FieldType(values.whole(1, 600))
    return {
        "tag": FieldType(_refusing(checked_tag), "", varied=True),
        "name": line,
        "serial": FieldType(whole_number(120), "", varied=True),
        "model": line, "manufacturer": line,
        "model_number": FieldType(whole_number(120), ""),
        "category": FieldType(values.line(120), ""),
        "state": FieldType(_word("state", STATES), ""),
        "condition": FieldType(_word("condition", CONDITIONS), ""),
        "place": FieldType(_path, ""),
        "organisation": line,
        "holder_kind": FieldType(_refusing(_holder_kind), ""),
        "holder": line, "holder_name": line,
        "holder_email": FieldType(values.email, "", varied=True),
        "holder_place": FieldType(_path, ""),
        "held_since": instant, "expected": instant,
        "host": FieldType(_refusing(read_host), "", varied=True),
        "supplier": line, "order_number": FieldType(values.line(120), "", varied=True),
        "bought": instant, "cost": FieldType(facts.price),
        "currency": FieldType(values.line(10), ""),
        "warranty": instant, "warranty_months": months, "end_of_life": instant,
        "note": FieldType(values.text(), "", varied=True),
    }  # fmt: skip


def model_fields() -> dict[str, FieldType]:
    """Return what each field of a model takes."""
    line = FieldType(values.line(200), "")
    return {
        "name": FieldType(values.line(200), "", required=True), "manufacturer": line,
        "number": FieldType(whole_number(120), ""), "category": FieldType(values.line(120), ""),
        "life_months": FieldType(values.whole(1, 600)), "note": FieldType(values.line(500), ""),
    }  # fmt: skip


def place_fields() -> dict[str, FieldType]:
    """Return what each field of a place takes."""
    return {
        "path": FieldType(_path, "", required=True), "otherwise": FieldType(_path, ""),
        "address": FieldType(_lines, ""), "note": FieldType(values.line(500), ""),
    }  # fmt: skip


def _lines(cell: str) -> str:
    """Return an address without the lines and blanks of what is empty."""
    text = str(values.text(2_000)(cell))
    return "\n".join(" ".join(line.split()) for line in text.split("\n") if line.strip())
