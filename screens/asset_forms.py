"""The forms of assets: new ones, changes, handing out and taking back, and what hangs on one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from boconsole.assets import changing, creating, lending, network, offering, relating, ticketing
from boconsole.assets.lending import Terms
from boconsole.assets.reading import AssetRow
from boconsole.assets.words import (
    BACK,
    CONDITION_TITLES,
    RELATION_TITLES,
    RELATIONS,
    STATE_TITLES,
)
from boconsole.assets.writing import Done, Ref
from boconsole.language import N_, _, ngettext
from boconsole.session import Session
from boconsole.tickets.words import parse_number
from screens import asset_facts
from screens.asset_facts import FEATURE
from screens.entries import Field, Suggestion
from screens.forms import Form, FormScreen, draft_of

Offering = Callable[[Session, str], list[offering.Offer]]
CONDITIONS = [("", N_("nobody said")), *CONDITION_TITLES.items()]
DAY_HINT = N_("2027-05-31, 31/12, or 36mo after it was bought.")
DUE_HINT = N_("2026-12-24, fri, +14d; empty for no day.")


def _offer(session: Session, find: Offering) -> Callable[[str], Sequence[Suggestion]]:
    return lambda start: [Suggestion(*each) for each in find(session, start)]


def _fields(session: Session, custom: Sequence[tuple[str, str]]) -> list[Field]:
    offer = partial(_offer, session)
    return [
        Field("name", N_("Name"), hint=N_("Empty takes that of the model.")),
        Field("tag", N_("Tag"), hint=N_("What the label on it says.")),
        Field("model", N_("Model"), "lookup", suggest=offer(offering.models)),
        Field("serial", N_("Serial")),
        Field("category", N_("Category"), "lookup", suggest=offer(offering.categories),
              hint=N_("Empty takes that of the model.")),
        Field("place", N_("Place"), "lookup", suggest=offer(offering.places),
              hint=N_("Where it belongs when nobody has it.")),
        Field("condition", N_("Condition"), "choice", choices=CONDITIONS),
        Field("host", N_("Host"), hint=N_("Its name on the network.")),
        Field("supplier", N_("Supplier"), "lookup", suggest=offer(offering.organisations)),
        Field("order_number", N_("Order")),
        Field("bought", N_("Bought"), "date", hint=N_("today, -3d, 31/5 …")),
        Field("cost", N_("Cost"), hint=N_("Such as 1299 USD.")),
        Field("invoice", N_("Invoice"), hint=N_("The bill, such as BIL-2026-00042.")),
        Field("fixed_asset", N_("Fixed asset"), hint=N_("Of the books, such as FA-0007.")),
        Field("warranty", N_("Warranty"), hint=DAY_HINT),
        Field("end_of_life", N_("End of life"), hint=DAY_HINT),
        Field("organisation", N_("Belongs to"), "lookup", suggest=offer(offering.organisations),
              hint=N_("Empty where it is ours.")),
        *(Field(f"cf.{name}", label) for name, label in custom),
        Field("note", N_("Note"), "long"),
    ]  # fmt: skip


def new_form(
    session: Session, custom: Sequence[tuple[str, str]], tag: str, saved: Callable[[Ref], None]
) -> FormScreen:
    """Return the form of a new asset.

    Args:
        session: Who adds it.
        custom: Name and label of each own field.
        tag: The next one.
        saved: Called with the asset.
    """
    state = Field("state", N_("State"), "choice", required=True, choices=[
        (word, STATE_TITLES[word]) for word in ("in_stock", "ordered", "in_repair", "retired")
    ])  # fmt: skip

    def save(given: Mapping[str, object], _version: int) -> Ref:
        fields = dict(given)
        return creating.create(session, fields, str(fields.pop("state", None) or "in_stock"))

    return FormScreen(
        Form("asset.new", _("New asset"), [*_fields(session, custom), state], save,
             {"tag": tag, "state": "in_stock"}, said=_("The asset is added."), saved=saved,
             feature=FEATURE)
    )  # fmt: skip


def values_of(row: AssetRow) -> dict[str, object]:
    """Return an asset as the form shows it."""
    return {
        "name": row.name, "tag": row.tag, "model": row.model, "serial": row.serial,
        "category": row.category, "place": row.place, "condition": row.condition,
        "host": row.host, "supplier": row.supplier, "order_number": row.order_number,
        "bought": row.bought_on, "cost": asset_facts.money(row.cost), "invoice": row.invoice,
        "fixed_asset": row.fixed_asset, "warranty": row.warranty_on,
        "end_of_life": row.end_of_life_on, "organisation": row.organisation, "note": row.note,
        **{f"cf.{name}": value for name, value in row.custom.items()},
    }  # fmt: skip


def edit_form(
    session: Session, custom: Sequence[tuple[str, str]], row: AssetRow,
    saved: Callable[[object], None],
) -> FormScreen:  # fmt: skip
    """Return the form of one asset."""

    def save(given: Mapping[str, object], version: int) -> Done:
        return changing.edit(session, [Ref(row.id, version)], given)

    return FormScreen(
        Form("asset.edit", f"{row.tag} {row.name}", _fields(session, custom), save,
             values_of(row), row.id, row.version,
             _("{number} changed; u undoes it.").format(number=row.tag), saved, FEATURE)
    )  # fmt: skip


def bulk_form(session: Session, refs: Sequence[Ref], saved: Callable[[object], None]) -> FormScreen:
    """Return the form of what can be the same for many assets."""
    same = ("model", "category", "place", "condition", "supplier", "bought", "warranty",
            "end_of_life", "organisation")  # fmt: skip
    fields = [field for field in _fields(session, ()) if field.name in same]

    def save(given: Mapping[str, object], _version: int) -> Done:
        wanted = {name: value for name, value in given.items() if value not in (None, "")}
        return changing.edit(session, refs, wanted)

    title = ngettext("Edit {n} asset", "Edit {n} assets", len(refs)).format(n=len(refs))
    return FormScreen(
        Form(draft_of("asset.edit-many", *(ref.id for ref in refs)), title, fields, save, {},
             said=told, saved=saved, feature=FEATURE)
    )  # fmt: skip


def told(done: Done) -> str:
    """Return what is said after a change of assets."""
    number = len(done.assets)
    told = ngettext("{n} asset changed; u undoes it.", "{n} assets changed; u undoes it.", number)
    return told.format(n=number)


def out_form(
    session: Session, refs: Sequence[Ref], name: str, saved: Callable[[object], None]
) -> FormScreen:
    """Return the form that hands assets out."""
    fields = [
        Field("to", N_("To"), required=True, suggest=_offer(session, offering.holders),
              hint=N_("A mail address or name, a place, or another asset's tag.")),
        Field("expected", N_("Return"), hint=DUE_HINT),
        Field("condition", N_("Condition"), "choice", choices=CONDITIONS),
        Field("acceptance", N_("Ask to accept"), "switch",
              hint=N_("The person is to say that it arrived.")),
        Field("note", N_("Note")),
    ]  # fmt: skip

    def save(given: Mapping[str, object], _version: int) -> Done:
        terms = Terms(
            str(given.get("expected") or ""), str(given.get("condition") or ""),
            bool(given.get("acceptance")), str(given.get("note") or ""),
        )  # fmt: skip
        return lending.check_out(session, refs, str(given.get("to") or ""), terms)

    def said(done: Done) -> str:
        number = len(done.assets)
        told = ngettext(
            "{n} asset is handed out; u undoes it.", "{n} assets are handed out; u undoes it.",
            number,
        )  # fmt: skip
        return told.format(n=number)

    title = _("Hand out {name}").format(name=name)
    return FormScreen(
        Form(draft_of("asset.assign", *(ref.id for ref in refs)), title, fields, save,
             {"acceptance": False}, said=said, saved=saved, feature=FEATURE)
    )  # fmt: skip


def back_form(
    session: Session, refs: Sequence[Ref], name: str, saved: Callable[[object], None]
) -> FormScreen:
    """Return the form that takes assets back."""
    fields = [
        Field("condition", N_("Condition"), "choice", choices=CONDITIONS, required=True),
        Field("place", N_("Place"), "lookup", suggest=_offer(session, offering.places),
              hint=N_("Empty where it belongs.")),
        Field("note", N_("Note")),
    ]  # fmt: skip

    def save(given: Mapping[str, object], _version: int) -> Done:
        return lending.check_in(
            session, refs, condition=str(given.get("condition") or ""),
            place=str(given.get("place") or ""), note=str(given.get("note") or ""),
        )  # fmt: skip

    def said(done: Done) -> str:
        number = len(done.assets)
        told = ngettext("{n} asset is back; u undoes it.", "{n} assets are back; u undoes it.",
                        number)  # fmt: skip
        return told.format(n=number)

    title = _("Take back {name}").format(name=name)
    return FormScreen(
        Form(draft_of("asset.back", *(ref.id for ref in refs)), title, fields, save,
             {"condition": "good"}, said=said, saved=saved, feature=FEATURE)
    )  # fmt: skip


def relation_form(session: Session, row: AssetRow, saved: Callable[[object], None]) -> FormScreen:
    """Return the form that relates an asset to another."""
    kinds = [(kind, RELATION_TITLES[kind]) for kind in (*RELATIONS, *BACK)]
    fields = [
        Field("kind", row.tag, "choice", required=True, choices=kinds),
        Field("other", N_("Asset"), required=True, suggest=_offer(session, offering.assets)),
    ]

    def save(given: Mapping[str, object], _version: int) -> Done:
        from boconsole.assets import reading

        other = reading.find(session, str(given.get("other") or ""))
        return relating.relate(session, row.id, str(given.get("kind") or ""), other.id)

    return _hanging_form(row, "relation", fields, save, {"kind": "depends_on"}, saved)


def address_form(session: Session, row: AssetRow, saved: Callable[[object], None]) -> FormScreen:
    """Return the form of an interface, an address, or both."""
    fields = [
        Field("interface", N_("Interface"), hint=N_("Such as eth0; empty for the only one.")),
        Field("mac", N_("MAC"), hint=N_("Of a new interface.")),
        Field("address", N_("Address"), hint=N_("10.1.0.7, or 10.1.0.0/24 for the first free.")),
        Field("host", N_("Host"), hint=N_("The name of the address.")),
    ]

    def save(given: Mapping[str, object], _version: int) -> None:
        name, mac = str(given.get("interface") or ""), str(given.get("mac") or "")
        network.add(
            session, row.id, name, mac, str(given.get("address") or ""),
            str(given.get("host") or ""),
        )  # fmt: skip

    return _hanging_form(row, "address", fields, save, {}, saved)


def ticket_form(session: Session, row: AssetRow, saved: Callable[[object], None]) -> FormScreen:
    """Return the form that says which ticket is about an asset."""
    fields = [Field("ticket", N_("Ticket"), required=True, hint=N_("Such as TKT-42."))]

    def save(given: Mapping[str, object], _version: int) -> int:
        ticket_id = parse_number(str(given.get("ticket") or ""))
        return ticketing.name_assets(session, ticket_id, [row.id])

    return _hanging_form(row, "ticket", fields, save, {}, saved)


def _hanging_form(
    row: AssetRow, part: str, fields: list[Field],
    save: Callable[[Mapping[str, object], int], object], values: Mapping[str, object],
    saved: Callable[[object], None],
) -> FormScreen:  # fmt: skip
    return FormScreen(
        Form(draft_of(f"asset.{part}", row.id), f"{row.tag} {row.name}", fields, save, values,
             said=_("{number} changed.").format(number=row.tag), saved=saved, feature=FEATURE)
    )  # fmt: skip
