"""Licences that are bought, changed and retired, and the products they are for."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError, StaleRecordError
from boconsole.language import _
from boconsole.ledger import commodities
from boconsole.licences import reading, words
from boconsole.licences.errors import LicenceInUseError, ProductExistsError, SeatsInUseError
from boconsole.licences.reading import Licence
from boconsole.money import plain, to_minor
from boconsole.session import Session
from boconsole.text import LINE_LIMIT, TEXT_LIMIT, clean, clean_line, required_line
from db.licences import products, register, seats
from db.licences.register import day_number
from db.licences.rows import LicenceLoad, ProductRow
from db.tickets import names

__all__ = ["ProductRow"]

MOST_SEATS = 1_000_000
MOST_DAYS = 3_650


class Terms(NamedTuple):
    """A licence as it is typed.

    Attributes:
        product: Its name; made where there is none of that name.
        cost: In whole units, of all seats together.
        supplier: The name of an organisation; made where there is none.
    """

    product: str
    seats: int = 1
    kind: str = "perpetual"
    maker: str = ""
    category: str = ""
    reassignable: bool = True
    licensed_to: str = ""
    licensed_email: str = ""
    company: str = ""
    supplier: str = ""
    purchase_order: str = ""
    order_number: str = ""
    bought_on: date | None = None
    cost: Decimal | None = None
    currency: str = ""
    ends_on: date | None = None
    maintained: bool = False
    maintained_until: date | None = None
    warn_days: int = 30
    note: str = ""


def terms_of(licence: Licence) -> Terms:
    """Return a licence as it could be typed."""
    row = licence.row
    cost = None if row.cost is None else Decimal(row.cost).scaleb(-row.precision)
    return Terms(
        row.product, row.seats, row.kind, row.maker, row.category, row.reassignable,
        row.licensed_to, row.licensed_email, row.company, row.supplier, row.purchase_order,
        row.order_number, row.bought_on, cost, row.commodity, row.ends_on, row.maintained,
        row.maintained_until, row.warn_days, row.note,
    )  # fmt: skip


def new(
    session: Session, terms: Terms, *, external_key: str | None = None, by_import: bool = False
) -> Licence:
    """Add a licence; an import needs its own permission, and names its key in the audit.

    Raises:
        InvalidChangeError: A value cannot be.
        UnknownCommodityError: Nobody knows the currency.
    """
    session.require("licence.import" if by_import else "licence.edit")
    with audit.writing():
        load, told = _load(session, terms)
        licence_id = register.insert_licence(load, session.now(), external_key)
        changes = {name: (None, value) for name, value in told.items() if value not in ("", None)}
        if external_key is not None:
            changes["external_key"] = (None, external_key)
        action = "licence.import" if by_import else "licence.new"
        audit.record(session, action, "licence", [audit.Line(licence_id, changes, 1)])
        return reading.again(session, licence_id)


def edit(session: Session, licence_id: int, version: int, wanted: Mapping[str, object]) -> Licence:
    """Change some terms of a licence; `wanted` is field of `Terms` to value.

    Raises:
        StaleRecordError: Somebody else changed it in the meantime.
        SeatsInUseError: It would have fewer seats than are taken.
        InvalidChangeError: A value cannot be.
    """
    session.require("licence.edit")
    with audit.writing():
        old = reading.again(session, licence_id)
        before = terms_of(old)
        changed = {name: value for name, value in wanted.items()
                   if value != getattr(before, name)}  # fmt: skip
        if old.row.version != version:
            theirs = {name: getattr(before, name) for name in wanted}
            raise StaleRecordError(old.number, old.row.id, old.row.version, theirs, changed)
        if not changed:
            return old
        load, told = _load(session, Terms(**{**before._asdict(), **changed}))
        taken = old.row.used + (0 if load.reassignable else old.row.spent)
        if load.seats < taken:
            raise SeatsInUseError(old.number, taken)
        if load.reassignable and old.row.spent:
            seats.unspend(licence_id)
        if not register.update_licence(licence_id, version, load):
            raise StaleRecordError(old.number, old.row.id)
        was = _told(before, old.row.precision)
        changes = {name: (was[name], told[name]) for name in told if was[name] != told[name]}
        line = audit.Line(licence_id, changes, version + 1)
        audit.record(session, "licence.edit", "licence", [line])
        return reading.again(session, licence_id)


def retire(session: Session, licence: Licence, *, back: bool = False) -> Licence:
    """Take a licence out of use, or back into it.

    Raises:
        LicenceInUseError: Somebody has a seat of it.
        StaleRecordError: Somebody else changed it in the meantime.
    """
    session.require("licence.edit")
    with audit.writing():
        now = reading.again(session, licence.row.id)
        if now.row.used and not back:
            raise LicenceInUseError(now.number, now.row.used)
        if not register.set_retired(now.row.id, licence.row.version, not back):
            raise StaleRecordError(now.number, now.row.id, now.row.version)
        changes = {"retired": (now.row.retired, not back)}
        line = audit.Line(now.row.id, changes, licence.row.version + 1)
        action = "licence.unretire" if back else "licence.retire"
        audit.record(session, action, "licence", [line])
        return reading.again(session, now.row.id)


def _load(session: Session, terms: Terms) -> tuple[LicenceLoad, dict[str, object]]:
    """Return what is stored and what is told of a licence; product and supplier are made."""
    terms = check_terms(terms)
    cost, commodity_id, precision = None, None, 0
    if terms.cost is not None:
        known = commodities.by_code()
        commodities.ensure(known, {terms.currency: None})
        commodity = known[terms.currency]
        precision = commodity.precision
        cost, commodity_id = to_minor(terms.cost, commodity.code, precision), commodity.id
    product = ensure_product(session, terms.product, terms.maker, terms.category)
    load = LicenceLoad(
        product.id, terms.kind, terms.seats, terms.reassignable, terms.licensed_to,
        terms.licensed_email, terms.company, supplier_id(session, terms.supplier),
        terms.purchase_order, terms.order_number, day_number(terms.bought_on), cost, commodity_id,
        day_number(terms.ends_on), terms.maintained, day_number(terms.maintained_until),
        terms.warn_days, terms.note,
    )  # fmt: skip
    return load, _told(terms, precision)


def _told(terms: Terms, precision: int) -> dict[str, object]:
    told = {name: value for name, value in terms._asdict().items()
            if name not in ("maker", "category")}  # fmt: skip
    if terms.cost is not None:
        told["cost"] = plain(to_minor(terms.cost, terms.currency, precision), precision)
    return {name: str(value) if isinstance(value, date) else value for name, value in told.items()}


def check_terms(terms: Terms) -> Terms:
    """Return clean terms; raises InvalidChangeError where they cannot be."""
    lines = {
        name: clean_line(str(value), field=name)
        for name, value in terms._asdict().items()
        if isinstance(value, str) and name != "note"
    }
    note = clean(terms.note, field="note", limit=TEXT_LIMIT)
    terms = Terms(**{**terms._asdict(), **lines, "note": note})
    required_line(terms.product, field="product", limit=LINE_LIMIT)
    if terms.kind not in words.KIND_TITLES:
        raise InvalidChangeError("kind", _("is one of {words}").format(
            words=", ".join(words.KIND_TITLES)))  # fmt: skip
    if not 1 <= terms.seats <= MOST_SEATS:
        raise InvalidChangeError("seats", _("lies between 1 and {most}").format(most=MOST_SEATS))
    if not 0 <= terms.warn_days <= MOST_DAYS:
        raise InvalidChangeError("warn_days", _("lies between 0 and {most}").format(most=MOST_DAYS))
    if terms.cost is not None and terms.cost < 0:
        raise InvalidChangeError("cost", _("cannot be below 0"))
    if terms.cost is not None and not terms.currency:
        raise InvalidChangeError("cost", _("needs a currency, such as 480 USD"))
    return terms if terms.cost is not None else terms._replace(currency="")


def supplier_id(session: Session, name: str) -> int | None:
    """Return the organisation of a name, made as a supplier where there is none."""
    if not name:
        return None
    found = names.organisation_id(name)
    return found or names.insert_organisation(name, "supplier", "", session.now())


def ensure_product(session: Session, name: str, maker: str = "", category: str = "") -> ProductRow:
    """Return the product of a name, made where there is none; empty facts are filled in."""
    found = products.find_product(name)
    if found is None:
        product_id = products.insert_product(name, maker, category, "")
        changes = {"name": (None, name), "maker": (None, maker), "category": (None, category)}
        audit.record(session, "software.new", "software", [audit.Line(product_id, changes, 1)])
        return ProductRow(product_id, name, maker, category, "", 1)
    wanted = found._replace(maker=maker or found.maker, category=category or found.category)
    return found if wanted == found else _write_product(session, found, wanted)


def edit_product(session: Session, product: ProductRow, wanted: Mapping[str, str]) -> ProductRow:
    """Change name, maker, category or note of a product.

    Raises:
        ProductExistsError: Another one has the name.
        StaleRecordError: Somebody else changed it in the meantime.
    """
    session.require("licence.edit")
    clean_values = {name: clean_line(value, field=name) for name, value in wanted.items()}
    with audit.writing():
        new_name = required_line(clean_values.get("name", product.name), field="name")
        other = products.find_product(new_name)
        if other is not None and other.id != product.id:
            raise ProductExistsError(other.name)
        return _write_product(session, product, ProductRow(**{**product._asdict(), **clean_values}))


def _write_product(session: Session, old: ProductRow, wanted: ProductRow) -> ProductRow:
    if not products.update_product(wanted):
        raise StaleRecordError(old.name, old.id)
    changes = {name: (getattr(old, name), getattr(wanted, name))
               for name in ("name", "maker", "category", "note")
               if getattr(old, name) != getattr(wanted, name)}  # fmt: skip
    line = audit.Line(old.id, changes, old.version + 1)
    audit.record(session, "software.edit", "software", [line])
    return wanted._replace(version=old.version + 1)
