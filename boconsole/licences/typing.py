"""Licences as they are typed into forms: amounts as the language writes them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from boconsole.errors import InvalidChangeError
from boconsole.fixed_assets import typing
from boconsole.language import _
from boconsole.licences import changing
from boconsole.licences.changing import Terms
from boconsole.licences.reading import Licence
from boconsole.session import Session
from db.licences import products

Given = Mapping[str, object]
"""Fields of a form by name."""


def amount_of(text: str, code: str) -> tuple[Decimal, str]:
    """Return an amount and its currency, `code` where none is typed; raises InvalidChangeError."""
    return typing.sum_of(text, code, "cost")


def usual_currency() -> str:
    """Return the currency that an amount has where none is typed."""
    return typing.usual_currency()


def terms_typed(given: Given) -> dict[str, object]:
    """Return the fields of a form as terms; only those that are there.

    Raises:
        InvalidChangeError: A value cannot be.
    """
    found = dict(given)
    if "cost" in found:
        text = str(found.pop("cost") or "").strip()
        found["cost"], found["currency"] = amount_of(text, usual_currency()) if text else (None, "")
    if "maintained_until" in found:
        found["maintained"] = found["maintained_until"] is not None
    for name in ("seats", "warn_days"):
        if name in found and not isinstance(found[name], int):
            raise InvalidChangeError(name, _("is needed"))
    for name, value in found.items():
        if value is None and name not in ("cost", "bought_on", "ends_on", "maintained_until"):
            found[name] = ""
    return found


def values_of(licence: Licence) -> dict[str, object]:
    """Return what a form of a licence holds at first."""
    terms = changing.terms_of(licence)._asdict()
    cost, currency = terms.pop("cost"), terms.pop("currency")
    terms["cost"] = "" if cost is None else f"{cost:f} {currency}"
    return terms


def new(session: Session, given: Given) -> Licence:
    """Add the licence of a form; see `changing.new`."""
    return changing.new(session, Terms(**{"product": "", **terms_typed(given)}))  # type: ignore[arg-type]  # checked there


def edit(session: Session, licence_id: int, version: int, given: Given) -> Licence:
    """Change a licence by a form; see `changing.edit`."""
    return changing.edit(session, licence_id, version, terms_typed(given))


def product_names(session: Session, start: str, limit: int = 5) -> list[str]:
    """Return names of products that begin so, or else contain it."""
    session.require("licence.read")
    low = start.casefold()
    names = [row.name for row in products.select_products()]
    first = [name for name in names if name.casefold().startswith(low)]
    return list(dict.fromkeys([*first, *(name for name in names if low in name.casefold())]))[
        :limit
    ]


def makers(session: Session, start: str, limit: int = 5) -> list[str]:
    """Return makers that begin so."""
    session.require("licence.read")
    found = dict.fromkeys(row.maker for row in products.select_products())
    return [name for name in found if name and name.casefold().startswith(start.casefold())][:limit]


def day_of(given: Given, field: str) -> date:
    """Return a day of a form; raises InvalidChangeError."""
    day = given.get(field)
    if not isinstance(day, date):
        raise InvalidChangeError(field, _("is needed"))
    return day
