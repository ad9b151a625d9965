"""What queries may ask of categories, models, places, own fields and subnets."""

import json
from typing import NamedTuple

from boconsole.assets import network, setting_up
from boconsole.assets.words import KINDS
from boconsole.filters.whole import Has, Register
from boconsole.session import Session
from boconsole.tickets.setting_up import TYPES
from db.assets.rows import CategoryRow, FieldRow, SubnetRow
from db.assets.rows import ModelRow as ModelRow  # screens know both from here
from db.assets.rows import PlaceRow as PlaceRow


class Category(NamedTuple):
    """A category and the labels of its own fields."""

    row: CategoryRow
    fields: tuple[str, ...]


class OwnField(NamedTuple):
    """An own field, the name of its category, and its choices."""

    row: FieldRow
    category: str
    choices: tuple[str, ...]


class Subnet(NamedTuple):
    """A subnet and how many addresses hosts can have in it."""

    row: SubnetRow
    size: int

    @property
    def free(self) -> int:
        """How many nobody has."""
        return max(0, self.size - self.row.used)


class AddressLine(NamedTuple):
    """An address of a subnet and who has it; nobody where there is no tag."""

    id: int
    key: str
    address: str
    tag: str
    interface: str
    host: str


def categories(session: Session) -> list[Category]:
    """Return the categories in use, by name."""
    fields = setting_up.own_fields(session)
    return [
        Category(row, tuple(each.label for each in fields if each.category_id == row.id))
        for row in setting_up.categories(session)
    ]


def own_fields(session: Session) -> list[OwnField]:
    """Return the own fields in use, by name."""
    names = {row.id: row.name for row in setting_up.categories(session)}
    return [
        OwnField(row, names.get(row.category_id or 0, ""), tuple(json.loads(row.choices or "[]")))
        for row in setting_up.own_fields(session)
    ]


def subnets(session: Session) -> list[Subnet]:
    """Return the subnets in the order of their addresses."""
    return [
        Subnet(row, network.size_of(network.read_network(row.network)))
        for row in network.subnets(session)
    ]


def addresses(session: Session, name: str, free: int) -> list[AddressLine]:
    """Return who has which address of a subnet, and the first free ones among them."""
    use = network.use_of(session, name, free)
    lines = [
        AddressLine(row.id, row.key, row.address, row.tag, row.interface, row.host)
        for row in use.taken
    ]
    lines += [
        AddressLine(-number, network.key_of(network.read_address(text)), text, "", "", "")
        for number, text in enumerate(use.free, 1)
    ]
    return sorted(lines, key=lambda line: line.key)


CATEGORIES: Register[Category] = Register(
    text=lambda one: "\n".join((one.row.name, one.row.kind, *one.fields)),
    fields={
        "name": Has(lambda one: one.row.name),
        "kind": Has(lambda one: one.row.kind, "choice", KINDS),
        "assets": Has(lambda one: one.row.assets, "number"),
    },
)
MODELS: Register[ModelRow] = Register(
    text=lambda row: "\n".join((row.name, row.manufacturer, row.number, row.category, row.note)),
    fields={
        "maker": Has(lambda row: row.manufacturer),
        "name": Has(lambda row: row.name),
        "number": Has(lambda row: row.number),
        "category": Has(lambda row: row.category),
        "life": Has(lambda row: row.life_months, "number"),
    },
)
PLACES: Register[PlaceRow] = Register(
    text=lambda row: "\n".join((row.path, row.address, row.note)),
    fields={"place": Has(lambda row: row.path), "address": Has(lambda row: row.address)},
)
OWN_FIELDS: Register[OwnField] = Register(
    text=lambda one: "\n".join((one.row.name, one.row.label, one.category, *one.choices)),
    fields={
        "name": Has(lambda one: one.row.name),
        "type": Has(lambda one: one.row.type, "choice", TYPES),
        "category": Has(lambda one: one.category),
    },
)
SUBNETS: Register[Subnet] = Register(
    text=lambda one: "\n".join((one.row.network, one.row.name, one.row.place, one.row.note)),
    fields={
        "network": Has(lambda one: one.row.first_key),
        "name": Has(lambda one: one.row.name),
        "place": Has(lambda one: one.row.place),
        "vlan": Has(lambda one: one.row.vlan, "number"),
        "used": Has(lambda one: one.row.used, "number"),
        "free": Has(lambda one: one.free, "number"),
    },
)
ADDRESSES: Register[AddressLine] = Register(
    text=lambda line: "\n".join((line.address, line.tag, line.interface, line.host)),
    fields={
        "address": Has(lambda line: line.address),
        "asset": Has(lambda line: line.tag),
        "host": Has(lambda line: line.host),
    },
    flags={"free": lambda line: not line.tag},
)
