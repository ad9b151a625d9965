"""What queries may ask of licences and of products."""

from boconsole.filters.whole import Has, Register
from boconsole.licences import words
from boconsole.licences.reading import Licence, Use

LICENCES: Register[Licence] = Register(
    text=lambda one: "\n".join((
        one.number, one.row.product, one.row.maker, one.row.category, one.row.licensed_to,
        one.row.company, one.row.supplier, one.row.order_number, one.row.purchase_order,
        one.row.note,
    )),
    fields={
        "number": Has(lambda one: one.number),
        "product": Has(lambda one: one.row.product),
        "maker": Has(lambda one: one.row.maker),
        "category": Has(lambda one: one.row.category),
        "company": Has(lambda one: one.row.company),
        "supplier": Has(lambda one: one.row.supplier),
        "kind": Has(lambda one: one.row.kind, "choice", tuple(words.KIND_TITLES)),
        "state": Has(lambda one: one.state, "choice", tuple(words.STATE_TITLES)),
        "seats": Has(lambda one: one.row.seats, "number"),
        "used": Has(lambda one: one.row.used, "number"),
        "free": Has(lambda one: one.free, "number"),
        "ends": Has(lambda one: one.row.ends_on, "day"),
        "maintenance": Has(lambda one: one.row.maintained_until, "day"),
        "bought": Has(lambda one: one.row.bought_on, "day"),
    },
    flags={
        "full": lambda one: not one.free,
        "reassignable": lambda one: one.row.reassignable,
        "maintained": lambda one: one.row.maintained,
        "warned": lambda one: one.state == words.ENDING or one.maintenance_ends,
    },
    usual=lambda one: not one.row.retired,
)  # fmt: skip
PRODUCTS: Register[Use] = Register(
    text=lambda one: "\n".join((one.row.name, one.row.maker, one.row.category, one.row.note)),
    fields={
        "product": Has(lambda one: one.row.name),
        "maker": Has(lambda one: one.row.maker),
        "category": Has(lambda one: one.row.category),
        "state": Has(lambda one: one.state, "choice", tuple(words.USE_TITLES)),
        "bought": Has(lambda one: one.row.bought, "number"),
        "used": Has(lambda one: one.used, "number"),
        "free": Has(lambda one: one.free, "number"),
        "over": Has(lambda one: one.over, "number"),
        "installed": Has(lambda one: one.row.installed, "number"),
        "ends": Has(lambda one: one.row.next_end, "day"),
    },
)
