"""Categories, models, places, own fields and subnets of assets by command."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _

if TYPE_CHECKING:
    from boconsole.assets.network import Use


def add_category(call: Call) -> Answer:
    """Add a category."""
    from boconsole.assets import setting_up

    key = setting_up.add_category(call.session(), call.words.name, call.words.kind)
    told = _("{name} is a new category.").format(name=call.words.name)
    return Answer({"id": key, "name": call.words.name, "kind": call.words.kind}, told)


def list_categories(call: Call) -> Answer:
    """List categories."""
    from boconsole.assets import setting_up

    rows = setting_up.categories(call.session())
    value = [{"name": row.name, "kind": row.kind, "assets": row.assets} for row in rows]
    cells = [(row.name, row.kind, str(row.assets)) for row in rows]
    headings = (_("Category"), _("Kind"), _("Assets"))
    return Answer(value, lambda: _table(headings, cells, frozenset((2,))))


def add_model(call: Call) -> Answer:
    """Add a model."""
    from boconsole.assets import setting_up

    words = call.words
    key = setting_up.add_model(
        call.session(), words.name, manufacturer=words.manufacturer, number=words.number,
        category=words.category, life_months=_months(words.life),
    )  # fmt: skip
    told = _("{name} is a new model.").format(name=words.name)
    return Answer({"id": key, "name": words.name}, told)


def _months(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 5):
        raise InvalidChangeError("life", _("{text!r} is no whole number").format(text=text[:20]))
    return int(text)


def list_models(call: Call) -> Answer:
    """List models."""
    from boconsole.assets import setting_up

    rows = setting_up.models(call.session())
    value = [
        {"name": row.name, "manufacturer": row.manufacturer, "number": row.number,
         "category": row.category or None, "life_months": row.life_months}
        for row in rows
    ]  # fmt: skip
    cells = [
        (row.manufacturer or "-", row.name, row.number or "-", row.category or "-",
         str(row.life_months or "-"))
        for row in rows
    ]  # fmt: skip
    headings = (_("Manufacturer"), _("Model"), _("Number"), _("Category"), _("Months"))
    return Answer(value, lambda: _table(headings, cells, frozenset((4,))))


def add_place(call: Call) -> Answer:
    """Add a place."""
    from boconsole.assets import setting_up

    key = setting_up.add_place(call.session(), call.words.path, address=call.words.address)
    told = _("{name} is a new place.").format(name=call.words.path)
    return Answer({"id": key, "path": call.words.path}, told)


def list_places(call: Call) -> Answer:
    """List places."""
    from boconsole.assets import setting_up

    rows = setting_up.places(call.session())
    value = [{"path": row.path, "address": row.address, "note": row.note} for row in rows]
    cells = [(row.path, output.one_line(row.address) or "-") for row in rows]
    return Answer(value, lambda: _table((_("Place"), _("Address")), cells))


def add_field(call: Call) -> Answer:
    """Add an own field."""
    from boconsole.assets import setting_up

    words = call.words
    choices = [part.strip() for part in (words.choices or "").split(",") if part.strip()]
    key = setting_up.add_field(
        call.session(), words.name, words.label or words.name.replace("_", " ").capitalize(),
        words.type, category=words.category, choices=choices, required=words.required,
    )  # fmt: skip
    told = _("cf.{name} is a new field.").format(name=words.name)
    return Answer({"id": key, "name": words.name}, told)


def add_subnet(call: Call) -> Answer:
    """Add a range of addresses."""
    from boconsole.assets import network

    words = call.words
    vlan = _months(words.vlan)
    row = network.add_subnet(
        call.session(), words.network, name=words.name, place=words.place, vlan=vlan
    )
    told = _("{network} is a new subnet.").format(network=row.network)
    return Answer({"network": row.network, "name": row.name}, told)


def remove_subnet(call: Call) -> Answer:
    """Forget a range of addresses."""
    from boconsole.assets import network

    network.remove_subnet(call.session(), call.words.network)
    told = _("{network} is gone; the addresses within it stay.")
    return Answer(
        {"network": call.words.network, "removed": True}, told.format(network=call.words.network)
    )


def list_subnets(call: Call) -> Answer:
    """List subnets, or show the use of one."""
    from boconsole.assets import network

    session = call.session()
    if call.words.network:
        return _use(network.use_of(session, call.words.network))
    rows = network.subnets(session)
    value = [
        {"network": row.network, "name": row.name, "place": row.place or None, "vlan": row.vlan,
         "used": row.used, "size": network.size_of(network.read_network(row.network))}
        for row in rows
    ]  # fmt: skip
    cells = [
        (row.network, row.name or "-", row.place or "-", str(row.vlan or "-"), str(row.used),
         str(network.size_of(network.read_network(row.network)) - row.used))
        for row in rows
    ]  # fmt: skip
    headings = (_("Subnet"), _("Name"), _("Place"), _("VLAN"), _("Taken"), _("Free"))
    return Answer(value, lambda: _table(headings, cells, frozenset((3, 4, 5))))


def _use(use: "Use") -> Answer:
    value = {
        "network": use.row.network, "name": use.row.name, "size": use.size, "used": use.row.used,
        "free": list(use.free),
        "taken": [{"address": each.address, "tag": each.tag, "interface": each.interface,
                   "host": each.host or None} for each in use.taken],
    }  # fmt: skip
    cells = [(each.address, each.tag, each.interface, each.host or "-") for each in use.taken]
    headings = (_("Address"), _("Tag"), _("Interface"), _("Host"))

    def text() -> str:
        free = ", ".join(use.free) or _("none")
        told = _("Free: {addresses}").format(addresses=free)
        return f"{_table(headings, cells)}\n\n{told}"

    return Answer(value, text)


def _table(
    headings: Sequence[str], cells: Sequence[Sequence[str]], right: frozenset[int] = frozenset()
) -> str:
    return output.table(headings, cells, right=right) if cells else _("Nothing.")
