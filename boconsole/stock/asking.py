"""What queries may ask of counted things."""

from boconsole.filters.whole import Has, Register
from boconsole.stock import words
from boconsole.stock.reading import Item

ITEMS: Register[Item] = Register(
    text=lambda one: "\n".join((
        one.number, one.row.name, one.row.category, one.row.maker, one.row.model_number,
        one.row.item_number, one.row.serial, one.row.place, one.row.company, one.row.note,
    )),
    fields={
        "number": Has(lambda one: one.number),
        "name": Has(lambda one: one.row.name),
        "category": Has(lambda one: one.row.category),
        "maker": Has(lambda one: one.row.maker),
        "place": Has(lambda one: one.row.place),
        "company": Has(lambda one: one.row.company),
        "state": Has(lambda one: one.state, "choice", tuple(words.STATE_TITLES)),
        "hand": Has(lambda one: one.row.on_hand, "number"),
        "away": Has(lambda one: one.row.away, "number"),
        "minimum": Has(lambda one: one.row.minimum, "number"),
    },
    flags={"warned": lambda one: bool(one.missing)},
    usual=lambda one: not one.row.retired,
)  # fmt: skip
