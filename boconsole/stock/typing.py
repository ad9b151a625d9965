"""Counted things as they are typed into forms."""

from collections.abc import Mapping
from datetime import date

from boconsole.errors import InvalidChangeError
from boconsole.fixed_assets import typing
from boconsole.language import _
from boconsole.session import Session
from boconsole.stock import changing
from boconsole.stock.changing import Facts
from boconsole.stock.moving import Purchase
from boconsole.stock.reading import Item
from db.stock import places

Given = Mapping[str, object]
"""Fields of a form by name."""


def today(session: Session) -> date:
    """Return the present day in the zone of the one who acts."""
    return session.now().astimezone(session.zone).date()


def facts_typed(given: Given) -> dict[str, object]:
    """Return the fields of a form as facts; only those that are there."""
    found = {name: given[name] for name in Facts._fields if name in given}
    if "minimum" in found:
        found["minimum"] = count_of(found, "minimum") if found["minimum"] is not None else 0
    return {name: "" if value is None else value for name, value in found.items()}


def count_of(given: Given, field: str) -> int:
    """Return a whole number of a form; raises InvalidChangeError."""
    number = given.get(field)
    if not isinstance(number, int):
        raise InvalidChangeError(field, _("is a whole number"))
    return number


def purchase_of(given: Given) -> Purchase:
    """Return what came with things."""
    cost, currency = None, ""
    if text := str(given.get("cost") or "").strip():
        cost, currency = typing.sum_of(text, typing.usual_currency(), "cost")
    day = given.get("received_on")
    return Purchase(
        str(given.get("supplier") or ""), str(given.get("order_number") or ""),
        day if isinstance(day, date) else None, cost, currency, str(given.get("note") or ""),
    )  # fmt: skip


def new(session: Session, kind: str, given: Given) -> Item:
    """Add the things of a form; see `changing.new`."""
    facts = Facts(**{"name": "", **facts_typed(given)})  # type: ignore[arg-type]  # checked there
    quantity = count_of(given, "quantity") if given.get("quantity") is not None else 0
    purchase = purchase_of({**given, "note": ""})
    return changing.new(session, kind, facts, quantity, purchase)


def place_paths(session: Session, start: str, limit: int = 5) -> list[str]:
    """Return paths of places that a beginning may mean."""
    session.require("stock.read")
    low = start.casefold()
    return [path for path in places.select_paths() if low in path.casefold()][:limit]
