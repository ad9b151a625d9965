"""Counted things that are added, changed and retired."""

from collections.abc import Mapping
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.language import _
from boconsole.session import Session
from boconsole.stock import moving, reading, words
from boconsole.stock.errors import AwayError
from boconsole.stock.moving import Purchase
from boconsole.stock.reading import Item
from boconsole.text import TEXT_LIMIT, clean, clean_line, required_line
from db.stock import items, places
from db.stock.rows import ItemLoad


class Facts(NamedTuple):
    """Things as they are typed.

    Attributes:
        place: The path of a place, or its name where one has it.
    """

    name: str
    category: str = ""
    maker: str = ""
    model_number: str = ""
    item_number: str = ""
    serial: str = ""
    place: str = ""
    company: str = ""
    minimum: int = 0
    note: str = ""


def facts_of(item: Item) -> Facts:
    """Return things as they could be typed."""
    row = item.row
    return Facts(
        row.name, row.category, row.maker, row.model_number, row.item_number, row.serial,
        row.place, row.company, row.minimum, row.note,
    )  # fmt: skip


def new(
    session: Session, kind: str, facts: Facts, quantity: int = 0,
    purchase: Purchase | None = None, *, external_key: str | None = None,
) -> Item:  # fmt: skip
    """Add things of a kind, and those that came with them.

    Raises:
        InvalidChangeError: A value cannot be.
        NotFoundError: There is no such place.
    """
    session.require("stock.edit")
    if kind not in words.KIND_TITLES:
        raise InvalidChangeError("kind", _("is one of {words}").format(
            words=", ".join(words.KIND_TITLES)))  # fmt: skip
    with audit.writing():
        facts = check_facts(facts)
        item_id = items.insert_item(_load(kind, facts), session.now(), external_key)
        told = {name: (None, value) for name, value in facts._asdict().items() if value}
        changes = {"kind": (None, kind), **told}
        audit.record(session, "stock.new", "stock", [audit.Line(item_id, changes, 1)])
        item = reading.again(item_id)
        return moving.arrive(session, item, quantity, purchase or Purchase()) if quantity else item


def edit(session: Session, item_id: int, version: int, wanted: Mapping[str, object]) -> Item:
    """Change facts of things; `wanted` is field of `Facts` to value.

    Raises:
        StaleRecordError: Somebody else changed them in the meantime.
        InvalidChangeError, NotFoundError: As `new`.
    """
    session.require("stock.edit")
    with audit.writing():
        old = reading.again(item_id)
        before = facts_of(old)
        changed = {name: value for name, value in wanted.items()
                   if value != getattr(before, name)}  # fmt: skip
        if old.row.version != version:
            theirs = {name: getattr(before, name) for name in wanted}
            raise StaleRecordError(old.number, old.row.id, old.row.version, theirs, changed)
        after = check_facts(Facts(**{**before._asdict(), **changed}))
        if after == before:
            return old
        if not items.update_item(item_id, version, _load(old.row.kind, after)):
            raise StaleRecordError(old.number, old.row.id)
        changes = {name: (value, getattr(after, name)) for name, value in before._asdict().items()
                   if value != getattr(after, name)}  # fmt: skip
        audit.record(session, "stock.edit", "stock", [audit.Line(item_id, changes, version + 1)])
        return reading.again(item_id)


def retire(session: Session, item: Item, *, back: bool = False) -> Item:
    """Take things out of use, or back into it.

    Raises:
        AwayError: Some are with people or in assets.
        StaleRecordError: Somebody else changed them in the meantime.
    """
    session.require("stock.edit")
    with audit.writing():
        now = reading.again(item.row.id)
        if now.row.away and not back:
            raise AwayError(now.row.name, now.row.away)
        if not items.set_retired(item.row.id, item.row.version, not back):
            raise StaleRecordError(now.number, now.row.id, now.row.version)
        changes = {"retired": (now.row.retired, not back)}
        line = audit.Line(item.row.id, changes, item.row.version + 1)
        audit.record(session, "stock.unretire" if back else "stock.retire", "stock", [line])
        return reading.again(item.row.id)


def check_facts(facts: Facts) -> Facts:
    """Return clean facts; raises InvalidChangeError where they cannot be."""
    lines = {name: clean_line(value, field=name) for name, value in facts._asdict().items()
             if isinstance(value, str) and name != "note"}  # fmt: skip
    required_line(facts.name, field="name")
    if not 0 <= facts.minimum <= moving.MOST:
        raise InvalidChangeError("minimum", _("lies between 0 and {most}").format(
            most=moving.MOST))  # fmt: skip
    note = clean(facts.note, field="note", limit=TEXT_LIMIT)
    return Facts(**{**facts._asdict(), **lines, "note": note})


def _load(kind: str, facts: Facts) -> ItemLoad:
    return ItemLoad(
        kind, facts.name, facts.category, facts.maker, facts.model_number, facts.item_number,
        facts.serial, place_id(facts.place) if facts.place else None, facts.company,
        facts.minimum, facts.note,
    )  # fmt: skip


def place_id(text: str) -> int:
    """Return the place of a path, or of a name that one place has; raises NotFoundError."""
    found = places.find(text)
    if found is None:
        raise NotFoundError(_("place {text!r}").format(text=text[:60]))
    return found
