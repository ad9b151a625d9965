"""What people see of assets: lists, one asset, who had it, what it is worth."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from boconsole.assets.area import asset_area, find_idents
from boconsole.assets.errors import HolderError
from boconsole.assets.fields import Describer, cost_word
from boconsole.assets.writing import Ref, again
from boconsole.errors import NotFoundError
from boconsole.filters import parse, resolve
from boconsole.fixed_assets import reading as fixed
from boconsole.language import _
from boconsole.money import plain
from boconsole.session import Session
from db import keyset
from db.assets import holdings, pages, records
from db.assets.pages import AssetPage
from db.assets.rows import AssetLine as AssetLine  # screens know it from here
from db.assets.rows import AssetRecord, HoldingRow
from db.conditions import Order, Selection

MARK_LIMIT = 10_000
HISTORY = 500
"""Holdings of one asset that are shown at most."""


class Count(NamedTuple):
    """How many assets match; `capped` when there are more than the number says."""

    number: int
    capped: bool


class Worth(NamedTuple):
    """What the books say of an asset, as exact texts; empty where it is no fixed asset."""

    fixed_asset: str
    state: str
    cost: str
    accumulated: str
    book_value: str
    currency: str


NO_WORTH = Worth("", "", "", "", "", "")


class AssetRow(NamedTuple):
    """A whole asset in words, for detail screens and the command line."""

    id: int
    version: int
    tag: str
    name: str
    serial: str
    state: str
    condition: str
    category: str
    model: str
    place: str
    organisation: str
    holder_kind: str
    holder_id: int
    holder: str
    held_since: datetime | None
    expected_on: date | None
    acceptance: str
    host: str
    supplier: str
    order_number: str
    bought_on: date | None
    cost: str
    invoice: str
    invoice_id: int | None
    fixed_asset: str
    warranty_on: date | None
    end_of_life_on: date | None
    note: str
    custom: Mapping[str, str]
    worth: Worth
    created_at: datetime
    updated_at: datetime


def list_page(
    session: Session, query: str, after: str = "", limit: int = 50, *, backwards: bool = False,
    order: tuple[tuple[str, bool], ...] = (),
) -> AssetPage:  # fmt: skip
    """Return a page of assets, by tag unless the query sorts them.

    Args:
        session: Who reads.
        query: A filter line.
        after: The cursor of a row to go on from; empty for the start (the end, backwards).
        limit: The most rows.
        backwards: Read what stands before the cursor.
        order: Fields and whether they descend, in place of the line's own `sort:`.

    Raises:
        QuerySyntaxError: The line cannot be read.
        CursorError: The cursor belongs to another order.
    """
    wanted = selection(session, query)
    if order:
        wanted = wanted._replace(order=tuple(Order(*each) for each in order))
    cursor = keyset.decode(after) if after else None
    return pages.page(wanted, cursor, limit, backwards=backwards)


def page_around(session: Session, query: str, asset_id: int, limit: int) -> AssetPage | None:
    """Return the rows around an asset; None when the query does not find it."""
    return pages.page_around(selection(session, query), asset_id, limit)


def count(session: Session, query: str, cap: int = MARK_LIMIT) -> Count:
    """Return how many assets match, counting no further than `cap`."""
    found = pages.count(selection(session, query), cap)
    return Count(min(found, cap), found > cap)


def refs(session: Session, query: str, limit: int = MARK_LIMIT) -> list[Ref]:
    """Return the assets that match, with their versions, for an operation on all of them."""
    return [Ref(*each) for each in pages.ids(selection(session, query), limit)]


def selection(session: Session, query: str) -> Selection:
    """Return what a filter line asks for.

    Raises:
        QuerySyntaxError: It cannot be read.
    """
    session.require("asset.read")
    wanted = resolve(parse(query), asset_area(session), session)
    # a tag is asked for by the asset that has it, and sorted by its letters
    order = tuple(Order("tag" if each.field == "id" else each.field, each.descending)
                  for each in wanted.order)  # fmt: skip
    return wanted._replace(order=order)


def find(session: Session, word: str) -> Ref:
    """Return the asset of a tag, serial number, host name or address.

    Raises:
        NotFoundError: There is none.
        HolderError: Several have it.
    """
    session.require("asset.read")
    found = find_idents(word.strip())
    if not found:
        raise NotFoundError(_("asset {number}").format(number=word.strip()[:60]))
    if len(found) > 1:
        tags = ", ".join(tag for tag, _name in records.select_tags(found[:5]).values())
        raise HolderError(_("{word!r} is of several: {tags}.").format(word=word[:60], tags=tags))
    return Ref(found[0])


def get(session: Session, asset_id: int) -> AssetRow:
    """Return a whole asset in words.

    Raises:
        NotFoundError: There is none.
    """
    session.require("asset.read")
    record = again(asset_id)
    word = Describer().word
    held = holdings.select_open([asset_id]).get(asset_id)
    return AssetRow(
        record.id, record.version, record.tag, record.name, record.serial, record.state,
        record.condition, str(word("category_id", record.category_id) or ""),
        str(word("model_id", record.model_id) or ""), str(word("place_id", record.place_id) or ""),
        str(word("organisation_id", record.organisation_id) or ""), record.holder_kind,
        held.holder_id if held else 0, held.holder if held else "", record.held_since,
        record.expected_on, held.acceptance if held else "", record.host,
        str(word("supplier_id", record.supplier_id) or ""), record.order_number, record.bought_on,
        cost_word(record) or "", str(word("invoice_id", record.invoice_id) or ""),
        record.invoice_id, str(word("fixed_asset_id", record.fixed_asset_id) or ""),
        record.warranty_on, record.end_of_life_on, record.note,
        records.select_values([asset_id])[asset_id], worth_of(session, record),
        record.created_at, record.updated_at,
    )  # fmt: skip


def worth_of(session: Session, record: AssetRecord) -> Worth:
    """Return what the books say of an asset, for those who may read the register."""
    if record.fixed_asset_id is None or not session.may("fixed_asset.read"):
        return NO_WORTH
    asset = fixed.again(record.fixed_asset_id)
    digits = asset.row.precision
    return Worth(
        asset.number, asset.state, plain(asset.row.cost, digits),
        plain(asset.row.accumulated, digits), plain(asset.book, digits), asset.row.commodity,
    )  # fmt: skip


def holders_of(session: Session, asset_id: int) -> list[HoldingRow]:
    """Return who had an asset, the latest first."""
    session.require("asset.read")
    return holdings.select_history(asset_id, HISTORY)


def parts_held(session: Session, asset_id: int) -> list[AssetLine]:
    """Return the assets that an asset holds, by tag."""
    session.require("asset.read")
    return pages.lines_of(records.select_held_by_asset(asset_id))
