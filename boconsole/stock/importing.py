"""Bringing counted things in from a table, by a map; what is there is their first movement."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import BoconsoleError
from boconsole.importing import chunks, facts, values
from boconsole.importing.chunks import Arrival
from boconsole.importing.maps import find_map, read_map
from boconsole.importing.report import Progress, Report
from boconsole.importing.rows import FieldType, RowReader, RowRefusedError
from boconsole.importing.rules import ImportMap
from boconsole.language import _
from boconsole.ledger import commodities
from boconsole.money import to_minor
from boconsole.session import Session
from boconsole.stock import changing, moving
from boconsole.stock.changing import Facts
from boconsole.stock.moving import Purchase
from db.stock import items, places


class Draft(NamedTuple):
    """The cells of a row, converted; days are instants."""

    name: str
    quantity: int
    minimum: int
    category: str
    maker: str
    model_number: str
    item_number: str
    serial: str
    place: str
    company: str
    supplier: str
    order_number: str
    received: int | None
    cost: Decimal | None
    currency: str
    note: str


def fields() -> dict[str, FieldType]:
    """Return what each field takes."""
    line = FieldType(values.line(), "")
    return {
        "name": FieldType(values.line(), "", required=True),
        "quantity": FieldType(values.whole(0, moving.MOST), 0),
        "minimum": FieldType(values.whole(0, moving.MOST), 0),
        "category": line, "maker": line, "model_number": line, "item_number": line,
        "serial": line, "place": FieldType(values.line(120), ""), "company": line,
        "supplier": line, "order_number": line, "received": FieldType(None),
        "cost": FieldType(facts.price), "currency": FieldType(values.line(10), ""),
        "note": FieldType(values.text(), "", varied=True),
    }  # fmt: skip


def import_items(
    session: Session,
    kind: str,
    path: Path,
    map_path: Path,
    *,
    dry_run: bool = False,
    refused_path: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Import the rows of a file as things of a kind, all good ones in one transaction.

    Raises:
        NotAllowedError, ImportFileError, MapError: Nothing was imported.
    """
    session.require("stock.edit")
    plan = read_map(find_map(map_path), Draft._fields, lists=("place",))
    return chunks.run(
        path, plan, lambda header: _Writer(session, kind, plan, header),
        transaction=audit.writing, dry_run=dry_run, refused_path=refused_path, progress=progress,
    )  # fmt: skip


class _Writer:
    """Checks rows and writes them as things of a kind."""

    def __init__(self, session: Session, kind: str, plan: ImportMap, header: Sequence[str]) -> None:
        self._session, self._kind = session, kind
        self._may_add_places = "place" in plan.create
        self._reader = RowReader(Draft, fields(), plan, header)
        self._known = commodities.by_code()

    def known(self, external_keys: Sequence[str]) -> set[str]:
        """Return those keys that things have."""
        return items.select_keys(external_keys)

    def check(self, cells: Sequence[str]) -> Draft:
        """Return a row in agreement with itself."""
        draft = self._reader.read(cells)
        if draft.place and not self._may_add_places and places.find(draft.place) is None:
            raise RowRefusedError([("place", _("there is no such place"))])
        if draft.cost is not None:
            self._check_cost(draft, draft.cost)
        return draft

    def _check_cost(self, draft: Draft, cost: Decimal) -> None:
        known = self._known.get(draft.currency)
        digits = known.precision if known else commodities.iso_precision(draft.currency)
        if digits is None:
            told = _("{code!r} is no currency").format(code=draft.currency)
            raise RowRefusedError([("currency", told)])
        try:
            to_minor(cost, draft.currency, digits)
        except BoconsoleError as error:
            raise RowRefusedError([("cost", str(error))]) from error

    def write(self, arrivals: Sequence[Arrival[Draft]]) -> None:
        """Write a chunk of things."""
        for key, draft in arrivals:
            if draft.place and places.find(draft.place) is None:
                self._add_place(draft.place)
            found = Facts(
                draft.name, draft.category, draft.maker, draft.model_number, draft.item_number,
                draft.serial, draft.place, draft.company, draft.minimum, draft.note,
            )  # fmt: skip
            purchase = Purchase(
                draft.supplier, draft.order_number, facts.day_of(draft.received), draft.cost,
                draft.currency,
            )  # fmt: skip
            changing.new(self._session, self._kind, found, draft.quantity, purchase,
                         external_key=key)  # fmt: skip

    def _add_place(self, name: str) -> None:
        place_id = places.insert(name)
        told = {"name": (None, name)}
        audit.record(self._session, "place.add", "place", [audit.Line(place_id, told)])
