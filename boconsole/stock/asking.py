"""What queries may ask of counted things."""

from boconsole.filters.whole import Has, Register
from boconsole.stock import words
from boconsole.stock.reading import Item
from boconsole.stock.stocktaking import STATE_TITLES, LineRow, StocktakeRow

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
STOCKTAKES: Register[StocktakeRow] = Register(
    text=lambda row: f"CNT-{row.id:04}\n{row.name}\n{row.scope}\n{row.opened_by}",
    fields={
        "name": Has(lambda row: row.name),
        "state": Has(lambda row: "closed" if row.closed_at else "open", "choice",
                     ("open", "closed")),
        "missing": Has(lambda row: row.missing, "number"),
    },
)  # fmt: skip
LINES: Register[LineRow] = Register(
    text=lambda row: f"{row.tag}\n{row.name}\n{row.place}\n{row.found_place}\n{row.found_by}",
    fields={
        "tag": Has(lambda row: row.tag),
        "name": Has(lambda row: row.name),
        "state": Has(lambda row: row.state, "choice", tuple(STATE_TITLES)),
        "place": Has(lambda row: row.place),
        "seen": Has(lambda row: row.found_place),
        "by": Has(lambda row: row.found_by),
    },
)
