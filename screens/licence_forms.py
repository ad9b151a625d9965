"""The forms of licences and products, and the questions of seats and keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from boconsole import holders
from boconsole.language import N_, _
from boconsole.licences import changing, installing, seats, secrets, typing, words
from boconsole.licences.changing import ProductRow
from boconsole.licences.reading import Licence, SeatRow, Use, today_of
from boconsole.session import Session
from screens.dialogs import PromptDialog
from screens.entries import Field, Suggestion
from screens.forms import Form, FormScreen, draft_of
from screens.licence_facts import FEATURE, SOFTWARE
from screens.shell import ShellScreen

Saved = Callable[[Any], None]  # Any: what the operation answers


def holders_of(session: Session, start: str) -> list[Suggestion]:
    """Return people and assets that a beginning may mean."""
    return [Suggestion(*found) for found in holders.suggest(session, start)]


def assets_of(start: str) -> list[Suggestion]:
    """Return assets that a beginning may mean."""
    return [Suggestion(*found) for found in holders.suggest_assets(start)]


def _products(session: Session, start: str) -> list[Suggestion]:
    return [Suggestion(name) for name in typing.product_names(session, start)]


def _makers(session: Session, start: str) -> list[Suggestion]:
    return [Suggestion(name) for name in typing.makers(session, start)]


def _fields(session: Session) -> list[Field]:
    return [
        Field("product", N_("Product"), "lookup", required=True,
              suggest=partial(_products, session), hint=N_("A new name makes a new product.")),
        Field("seats", N_("Seats"), "number", required=True),
        Field("kind", N_("Kind"), "choice", required=True,
              choices=list(words.KIND_TITLES.items())),
        Field("reassignable", N_("Reassignable"), "switch",
              hint=N_("No: a seat that came back is spent.")),
        Field("bought_on", N_("Bought"), "date"),
        Field("cost", N_("Cost"), hint=N_("Of all seats, such as 480 USD.")),
        Field("ends_on", N_("Ends"), "date", hint=N_("The last day on which it may be used.")),
        Field("maintained_until", N_("Maintained until"), "date"),
        Field("warn_days", N_("Warn days ahead"), "number", required=True),
        Field("maker", N_("Maker"), suggest=partial(_makers, session)),
        Field("category", N_("Category")),
        Field("supplier", N_("Supplier")),
        Field("purchase_order", N_("Purchase order")),
        Field("order_number", N_("Order number")),
        Field("licensed_to", N_("Licensed to")),
        Field("licensed_email", N_("Licensed mail")),
        Field("company", N_("Company")),
        Field("note", N_("Note"), "long"),
    ]  # fmt: skip


def new_form(session: Session, saved: Saved, product: str = "") -> FormScreen:
    """Return the form of a new licence."""

    def save(given: Mapping[str, object], _version: int) -> Licence:
        return typing.new(session, given)

    def said(licence: Licence) -> str:
        return _("{number} {product} is added; a gives its seats.").format(
            number=licence.number, product=licence.row.product
        )

    values: dict[str, object] = {
        "product": product, "seats": 1, "kind": "perpetual", "reassignable": True,
        "bought_on": today_of(session), "warn_days": 30,
    }  # fmt: skip
    return FormScreen(
        Form(draft_of("licence.new", product), _("New licence"), _fields(session), save, values,
             said=said, saved=saved, feature=FEATURE)
    )  # fmt: skip


def edit_form(session: Session, licence: Licence, saved: Saved) -> FormScreen:
    """Return the form of a licence."""

    def save(given: Mapping[str, object], version: int) -> Licence:
        return typing.edit(session, licence.row.id, version, given)

    title = _("Edit {number}").format(number=licence.number)
    return FormScreen(
        Form("licence.edit", title, _fields(session), save, typing.values_of(licence),
             licence.row.id, licence.row.version,
             said=_("{number} is changed.").format(number=licence.number), saved=saved,
             feature=FEATURE)
    )  # fmt: skip


def assign_form(session: Session, licence: Licence, saved: Saved) -> FormScreen:
    """Return the form that gives a seat."""
    fields = [
        Field("to", N_("To"), required=True, suggest=partial(holders_of, session),
              hint=N_("A mail address, a name, or an asset's tag.")),
        Field("note", N_("Note")),
    ]  # fmt: skip

    def save(given: Mapping[str, object], _version: int) -> SeatRow:
        holder = holders.find(str(given.get("to") or ""))
        return seats.assign(session, licence.row.id, holder, str(given.get("note") or ""))

    def said(seat: SeatRow) -> str:
        return _("{holder} has seat {seat} of {number} {product}.").format(
            holder=seat.contact or f"{seat.tag} {seat.asset}", seat=seat.number,
            number=licence.number, product=seat.product,
        )  # fmt: skip

    title = _("Give a seat of {number} {product}, {free} free").format(
        number=licence.number, product=licence.row.product, free=licence.free
    )
    return FormScreen(
        Form(draft_of("licence.assign", licence.row.id), title, fields, save, {}, said=said,
             saved=saved, feature=FEATURE)
    )  # fmt: skip


def product_form(session: Session, use: Use, saved: Saved) -> FormScreen:
    """Return the form of a product."""
    row = use.row
    product = ProductRow(row.id, row.name, row.maker, row.category, row.note, row.version)
    fields = [
        Field("name", N_("Name"), required=True),
        Field("maker", N_("Maker"), suggest=partial(_makers, session)),
        Field("category", N_("Category")),
        Field("note", N_("Note")),
    ]  # fmt: skip

    def save(given: Mapping[str, object], version: int) -> ProductRow:
        wanted = {name: str(value or "") for name, value in given.items()}
        return changing.edit_product(session, product._replace(version=version), wanted)

    values = {"name": row.name, "maker": row.maker, "category": row.category, "note": row.note}
    return FormScreen(
        Form("software.edit", _("Edit {name}").format(name=row.name), fields, save, values,
             row.id, row.version, said=_("{name} is changed.").format(name=row.name),
             saved=saved, feature=SOFTWARE)
    )  # fmt: skip


def install_form(session: Session, product: str, saved: Saved) -> FormScreen:
    """Return the form that says on which asset a product is."""
    fields = [
        Field("product", N_("Product"), "lookup", required=True,
              suggest=partial(_products, session)),
        Field("asset", N_("Asset"), required=True, suggest=assets_of,
              hint=N_("A tag or a serial number.")),
        Field("release", N_("Release")),
        Field("date", N_("Installed"), "date", required=True),
    ]  # fmt: skip

    def save(given: Mapping[str, object], _version: int) -> str:
        asset = holders.asset(str(given.get("asset") or ""))
        name = str(given.get("product") or "")
        installing.install(
            session, name, asset, typing.day_of(given, "date"),
            release=str(given.get("release") or ""),
        )  # fmt: skip
        return _("{product} is on {asset}.").format(product=name, asset=asset.told)

    values: dict[str, object] = {"product": product, "date": today_of(session)}
    return FormScreen(
        Form(draft_of("software.install", product), _("Install on an asset"), fields, save, values,
             said=str, saved=saved, feature=SOFTWARE)
    )  # fmt: skip


def look(screen: ShellScreen, licence: Licence) -> None:
    """Show the key of a licence, after the look is written down; typing another one keeps it."""
    session = screen.session

    def show(secret: str) -> None:
        title = _("Key of {number}; enter keeps what stands here").format(number=licence.number)
        screen.app.push_screen(PromptDialog(title, secret), partial(keep, secret))

    def keep(before: str, typed: str | None) -> None:
        if typed is None or typed == before:
            return
        screen.change(
            partial(_keep, session, licence.row.id, typed),
            said=_("The key of {number} is kept.").format(number=licence.number),
            touched=(licence.row.id,), feature=FEATURE,
        )  # fmt: skip

    screen.change(partial(secrets.look, session, licence.row.id), said="", done=show)


def _keep(session: Session, licence_id: int, secret: str) -> Licence:
    from boconsole.licences import reading

    return secrets.keep(session, reading.again(session, licence_id), secret)
