"""Stocktakes: what should be there, what is seen, and what is mended when they differ.

Several people scan one at once: each scan is a transaction of its own, and an asset stands in a
stocktake once.
"""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from boconsole import audit
from boconsole.assets import changing as assets
from boconsole.assets.writing import Ref
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.language import N_, _
from boconsole.session import Session
from boconsole.stock.changing import place_id
from boconsole.stock.errors import NothingExpectedError, StocktakeClosedError
from boconsole.text import clean_line, required_line
from db import holders
from db.stock import places, stocktakes
from db.stock.rows import LineRow, StocktakeRow

__all__ = ["LineRow", "StocktakeRow"]

FOUND, MISPLACED, UNEXPECTED, MISSING, UNKNOWN, AGAIN = (
    "found", "misplaced", "unexpected", "missing", "unknown", "again",
)  # fmt: skip
STATE_TITLES = {
    FOUND: N_("found"),
    MISPLACED: N_("misplaced"),
    UNEXPECTED: N_("not on the list"),
    MISSING: N_("missing"),
    UNKNOWN: N_("unknown"),
}
SCAN_LIMIT = 100


class Scan(NamedTuple):
    """What a scan turned out to be.

    Attributes:
        state: One of `STATE_TITLES`, or `again`.
        belongs: Where the asset should be, "" where nobody said.
        before: Who saw it before and when, where it was scanned again.
    """

    state: str
    text: str
    tag: str
    name: str
    belongs: str
    place: str
    before: tuple[str, datetime] | None = None


class Closing(NamedTuple):
    """What was mended: assets moved to where they were seen, and assets marked lost."""

    moved: int
    lost: int


def stocktakes_of(session: Session) -> list[StocktakeRow]:
    """Return all stocktakes, newest first."""
    session.require("stock.read")
    return stocktakes.select_stocktakes()


def get(session: Session, text: str) -> StocktakeRow:
    """Return the stocktake of a number; raises NotFoundError."""
    session.require("stock.read")
    word = text.strip().upper().removeprefix("CNT-")
    if word.isascii() and word.isdecimal() and len(word) < 10:
        return again(int(word))
    raise NotFoundError(_("stocktake {number}").format(number=text[:40]))


def again(stocktake_id: int) -> StocktakeRow:
    """Return a stocktake as it is now; raises NotFoundError."""
    row = stocktakes.find_stocktake(stocktake_id)
    if row is None:
        raise NotFoundError(_("stocktake {number}").format(number=number(stocktake_id)))
    return row


def number(stocktake_id: int) -> str:
    """Return the number people see: `CNT-0007`."""
    return f"CNT-{stocktake_id:04}"


def scope_of(row: StocktakeRow) -> tuple[list[str], list[str]]:
    """Return the places and the categories that a stocktake is about."""
    scope = json.loads(row.scope)
    return list(scope.get("places", ())), list(scope.get("categories", ()))


def lines(session: Session, stocktake_id: int) -> list[LineRow]:
    """Return the lines of a stocktake: what was seen last first, then what is missing."""
    session.require("stock.read")
    return stocktakes.select_lines(stocktake_id)


def open_one(
    session: Session, name: str, *, at: Sequence[str] = (), categories: Sequence[str] = ()
) -> StocktakeRow:
    """Open a stocktake of the active assets at places and of categories.

    Assets that are ordered or in repair are not expected.

    Args:
        session: Who counts.
        name: What it is called.
        at: Paths or names of places, with all that lies in them; none takes all.
        categories: Names of categories; none takes all.

    Raises:
        NotFoundError: There is no such place or category.
        NothingExpectedError: No asset would be looked for.
    """
    session.require("stock.edit")
    name = required_line(name, field="name", limit=120)
    with audit.writing():
        here = [place_id(clean_line(each, field="place")) for each in at]
        known = stocktakes.category_ids(categories)
        if missing := [each for each in categories if each.lower() not in known]:
            raise NotFoundError(_("category {name}").format(name=missing[0][:60]))
        paths = [places.path_of(each) for each in here]
        scope = {"places": paths, "categories": list(categories)}
        stocktake_id = stocktakes.insert_stocktake(
            name, json.dumps(scope, ensure_ascii=False), session.now(), session.user.login
        )
        expected = stocktakes.insert_expected(
            stocktake_id, places.within(here), list(known.values())
        )
        if not expected:
            raise NothingExpectedError
        told = {"name": (None, name), "expected": (None, expected), **{
            field: (None, value) for field, value in scope.items() if value}}  # fmt: skip
        audit.record(session, "stocktake.open", "stocktake", [audit.Line(stocktake_id, told)])
        return again(stocktake_id)


def scan(session: Session, stocktake_id: int, text: str, place: str = "") -> Scan:
    """Say that an asset was seen, by its tag or serial number.

    Args:
        session: Who scans.
        stocktake_id: The stocktake.
        text: What the scanner typed.
        place: The path of the place where it was seen; "" does not say.

    Raises:
        InvalidChangeError: Nothing was typed.
        NotFoundError: There is no such place.
        StocktakeClosedError: It is closed.
    """
    session.require("stock.assign")
    text = required_line(text, field="tag", limit=SCAN_LIMIT)
    with audit.writing():
        row = again(stocktake_id)
        if row.closed_at is not None:
            raise StocktakeClosedError(row.name)
        here = place_id(place) if place else None
        path = places.path_of(here) if here else ""
        asset = holders.find_tagged(text)
        if asset is None:
            if stocktakes.put_unknown(stocktake_id, text, here, session.now(), session.user.login):
                _record(session, stocktake_id, text, UNKNOWN, path)
            return Scan(UNKNOWN, text, "", "", "", path)
        return _seen(session, stocktake_id, text, asset, here, path)


def _seen(
    session: Session, stocktake_id: int, text: str, asset: holders.TaggedRow, here: int | None,
    path: str,
) -> Scan:  # fmt: skip
    known = stocktakes.find_seen(stocktake_id, asset.id)
    belongs_id, belongs = stocktakes.place_of(asset.id)
    if known is not None and known.found_at is not None and known.found_place_id == here:
        before = (known.found_by, known.found_at)
        return Scan(AGAIN, text, asset.tag, asset.name, belongs, path, before)
    state = FOUND if known is not None and known.expected else UNEXPECTED
    if path and not _same(path, belongs):
        state = MISPLACED
    stocktakes.put_seen(
        stocktake_id, asset.id, state, belongs_id, here, session.now(), session.user.login
    )
    _record(session, stocktake_id, asset.tag, state, path)
    return Scan(state, text, asset.tag, asset.name, belongs, path)


def _same(seen: str, belongs: str) -> bool:
    """Return whether a place is another, or one of the two lies in the other."""
    one, other = f"{seen} / ", f"{belongs} / "
    return bool(belongs) and (one.startswith(other) or other.startswith(one))


def close(
    session: Session, stocktake_id: int, *, move: bool = False, lost: Collection[str] = ()
) -> Closing:
    """Close a stocktake, mend what differs, and write all of it down.

    Args:
        session: Who closes it.
        stocktake_id: The stocktake.
        move: Say that misplaced assets belong where they were seen.
        lost: Tags of missing assets to mark lost; nothing is lost that nobody says so of.

    Raises:
        StocktakeClosedError: It is closed already.
        InvalidChangeError: A tag is not among those that are missing.
        BoconsoleError: As the operations of assets; nothing is changed then.
    """
    session.require("stock.edit")
    with audit.writing():
        row = again(stocktake_id)
        found = stocktakes.select_lines(stocktake_id)
        missing = {line.tag: line for line in found if line.state == MISSING}
        if strange := [tag for tag in lost if tag not in missing]:
            raise InvalidChangeError("lost", _("{tag} is not missing").format(tag=strange[0]))
        if not stocktakes.close_stocktake(stocktake_id, session.now(), session.user.login):
            raise StocktakeClosedError(row.name)
        moved = _move(session, found) if move else 0
        if lost:
            refs = [Ref(missing[tag].asset_id or 0) for tag in lost]
            assets.set_state(session, refs, "lost")
        told = {"missing": (None, row.missing), "moved": (None, moved), "lost": (None, len(lost))}
        audit.record(session, "stocktake.close", "stocktake", [audit.Line(stocktake_id, told)])
        return Closing(moved, len(lost))


def _move(session: Session, found: Sequence[LineRow]) -> int:
    by_place: dict[str, list[Ref]] = {}
    for line in found:
        if line.state == MISPLACED and line.found_place and line.asset_id:
            by_place.setdefault(line.found_place, []).append(Ref(line.asset_id))
    for path, refs in by_place.items():
        assets.edit(session, refs, {"place": path})
    return sum(len(refs) for refs in by_place.values())


def _record(session: Session, stocktake_id: int, text: str, state: str, path: str) -> None:
    told = {text: (None, f"{state} {path}".strip())}
    audit.record(session, "stocktake.scan", "stocktake", [audit.Line(stocktake_id, told)])


def place_paths(session: Session) -> list[str]:
    """Return the paths of all places."""
    session.require("stock.read")
    return places.select_paths()


def category_names(session: Session) -> list[str]:
    """Return the names of all categories of assets."""
    session.require("stock.read")
    return stocktakes.select_categories()
