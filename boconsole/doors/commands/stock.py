"""Counted things by command: what came, went, came back and was counted."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.commands.files import import_answer
from boconsole.doors.commands.licences import whole
from boconsole.doors.output import Answer
from boconsole.doors.progress import Progress
from boconsole.errors import InvalidChangeError
from boconsole.language import _, ngettext
from boconsole.ledger.words import parse_day
from boconsole.money import plain

if TYPE_CHECKING:
    from boconsole.session import Session
    from boconsole.stock.moving import Purchase
    from boconsole.stock.reading import HoldingRow, Item, MovementRow

TEXTS = ("category", "maker", "model_number", "item_number", "serial", "place", "company", "note")


def _kind(call: Call) -> str:
    from boconsole.stock.words import KINDS

    return KINDS[call.words.area]


def _item(call: Call, session: "Session") -> "Item":
    from boconsole.stock import reading

    return reading.get(session, _kind(call), call.words.item)


def _facts(call: Call) -> dict[str, object]:
    words = call.words
    found: dict[str, object] = {
        name: value for name in TEXTS if (value := getattr(words, name)) is not None
    }
    if words.name is not None:
        found["name"] = words.name
    if words.minimum is not None:
        found["minimum"] = whole(words.minimum, "minimum")
    return found


def _purchase(call: Call) -> "Purchase":
    from boconsole.fixed_assets.typing import sum_of
    from boconsole.stock.moving import Purchase

    words = call.words
    cost, currency = sum_of(words.cost, "", "cost") if words.cost else (None, "")
    day = parse_day(words.date) if words.date else None
    return Purchase(words.supplier, words.order, day, cost, currency)


def _answer(item: "Item", told: str) -> Answer:
    from boconsole.stock.exporting import record

    notes: tuple[str, ...] = ()
    if item.missing:
        notes = (_("{name} is below its minimum; {n} more are needed.").format(
            name=item.row.name, n=item.missing),)  # fmt: skip
    told = told.format(number=item.number, name=item.row.name, n=item.row.on_hand)
    return Answer(record(item), told, notes)


def new(call: Call) -> Answer:
    """Add things to count."""
    from boconsole.stock import changing
    from boconsole.stock.changing import Facts

    facts = Facts(**{"name": "", **_facts(call)})  # type: ignore[arg-type]  # checked there
    quantity = whole(call.words.quantity, "quantity")
    item = changing.new(call.session(), _kind(call), facts, quantity, _purchase(call))
    return _answer(item, _("{number} {name} is added, {n} on hand."))


def edit(call: Call) -> Answer:
    """Change facts of things."""
    from boconsole.stock import changing

    session, given = call.session(), _facts(call)
    if not given:
        raise InvalidChangeError("item", _("say what to change; see --help"))
    old = _item(call, session)
    item = changing.edit(session, old.row.id, old.row.version, given)
    return _answer(item, _("{number} {name} is changed."))


def retire(call: Call) -> Answer:
    """Take things out of use, or back."""
    from boconsole.stock import changing

    session = call.session()
    item = changing.retire(session, _item(call, session), back=call.words.back)
    return _answer(item, _("{number} {name} is in use again.") if call.words.back
                   else _("{number} {name} is retired."))  # fmt: skip


def list_items(call: Call) -> Answer:
    """List things of a kind."""
    from boconsole.stock.exporting import record

    found = _found(call, call.session(), " ".join(call.words.query))

    def text() -> str:
        from boconsole.stock.words import STATE_TITLES

        rows = [
            (one.number, one.row.name, one.row.category, one.row.place or "-",
             str(one.row.on_hand), str(one.row.minimum), str(one.row.away),
             _(STATE_TITLES[one.state]))
            for one in found
        ]  # fmt: skip
        headings = (_("Number"), _("Name"), _("Category"), _("Place"), _("On hand"), _("Minimum"),
                    _("Away"), _("State"))  # fmt: skip
        return output.table(headings, rows, right=frozenset((4, 5, 6))) if rows else _("Nothing.")

    return Answer([record(one) for one in found], text)


def _found(call: Call, session: "Session", query: str) -> "list[Item]":
    from boconsole.filters import whole as registers
    from boconsole.stock import asking, reading

    rows = reading.items_of(session, _kind(call))
    return registers.select(session, asking.ITEMS, query, rows)


def show(call: Call) -> Answer:
    """Show things, who has how many, and their movements."""
    from boconsole.stock import reading
    from boconsole.stock.exporting import holding_record, movement_record, record

    session = call.session()
    item = _item(call, session)
    moved, held = (reading.movements(session, item.row.id),
                   reading.holdings(session, item.row.id))  # fmt: skip
    value = {
        **record(item), "with": [holding_record(row) for row in held],
        "movements": [movement_record(row) for row in moved],
    }  # fmt: skip

    def text() -> str:
        facts = [(name.replace("_", " "), str(cell)) for name, cell in record(item).items()
                 if cell not in ("", None)]  # fmt: skip
        parts = [output.pairs(facts), _held_table(held), _moved_table(session, moved)]
        return "\n\n".join(filter(None, parts))

    return Answer(value, text)


def _held_table(held: "Sequence[HoldingRow]") -> str:
    rows = [(row.email or row.tag, row.contact or row.asset, row.item, str(row.quantity))
            for row in held]  # fmt: skip
    headings = (_("With"), _("Name"), _("What"), _("Number of them"))
    return output.table(headings, rows, right=frozenset((3,))) if rows else ""


def _moved_table(session: "Session", moved: "Sequence[MovementRow]") -> str:
    from boconsole.stock.words import MOVEMENT_TITLES

    rows = [
        (output.local(row.at, session.zone), _(MOVEMENT_TITLES[row.kind]), f"{row.quantity:+}",
         str(row.after), row.email or row.tag or row.supplier or "-", row.order_number or "-",
         f"{plain(row.cost, row.precision)} {row.commodity}" if row.cost is not None else "-",
         row.by, row.note)
        for row in moved
    ]  # fmt: skip
    headings = (_("When"), _("What"), _("Change"), _("On hand"), _("With or from"), _("Order"),
                _("Cost of one"), _("By"), _("Note"))  # fmt: skip
    return output.table(headings, rows, right=frozenset((2, 3, 6))) if rows else ""


def receive(call: Call) -> Answer:
    """Add what came."""
    from boconsole.stock import moving

    session = call.session()
    item = _item(call, session)
    quantity = whole(call.words.quantity, "quantity")
    done = moving.receive(session, item.row.id, quantity, _purchase(call))
    return _answer(done, _("{number} {name}: {n} on hand."))


def give(call: Call) -> Answer:
    """Hand things out, or install them."""
    from boconsole import holders
    from boconsole.stock import moving

    session, words = call.session(), call.words
    item, holder = _item(call, session), holders.find(words.holder)
    quantity = whole(words.quantity, "quantity")
    done = moving.give(session, item.row.id, quantity, holder, words.note)
    return _answer(done, _("{number} {name}: {n} on hand."))


def bring_back(call: Call) -> Answer:
    """Take things back."""
    from boconsole import holders
    from boconsole.stock import moving

    session, words = call.session(), call.words
    item, holder = _item(call, session), holders.find(words.holder)
    quantity = whole(words.quantity, "quantity")
    done = moving.bring_back(session, item.row.id, quantity, holder, words.note)
    return _answer(done, _("{number} {name}: {n} on hand."))


def correct(call: Call) -> Answer:
    """Say how many were counted."""
    from boconsole.stock import moving

    session = call.session()
    item = _item(call, session)
    counted = whole(call.words.counted, "counted")
    done = moving.correct(session, item.row.id, counted, call.words.reason)
    return _answer(done, _("{number} {name}: {n} on hand."))


def check(call: Call) -> Answer:
    """Prove the counts."""
    from boconsole.stock import checking

    call.session().require("stock.read")
    found = list(checking.faults())
    told = "\n".join(found) if found else _("All counts are the sums of their movements.")
    return Answer({"faults": found}, told, code=1 if found else 0)


def held(call: Call) -> Answer:
    """List what a person or an asset has."""
    from boconsole import holders
    from boconsole.stock import reading
    from boconsole.stock.exporting import holding_record

    session = call.session()
    found = reading.held_by(session, holders.find(call.words.holder))
    return Answer([holding_record(row) for row in found],
                  lambda: _held_table(found) or _("Nothing."))  # fmt: skip


def import_items(call: Call) -> Answer:
    """Take things in from a file by a map."""
    from boconsole.stock import importing

    words, session = call.words, call.session()
    with Progress(_("Items read")) as progress:
        report = importing.import_items(
            session, _kind(call), Path(words.file), Path(words.map), dry_run=words.dry_run,
            refused_path=Path(words.refused) if words.refused else None, progress=progress,
        )  # fmt: skip
    return import_answer(report, _("items made"), _("items would be made"))


def export(call: Call) -> Answer:
    """Write the things that a query names to a file."""
    from boconsole.stock import exporting

    *query, name = call.words.words
    session = call.session()
    done = exporting.export(session, Path(name), _found(call, session, " ".join(query)))
    told = ngettext("{n} item is in {path}.", "{n} items are in {path}.", done)
    return Answer({"items": done, "file": name}, told.format(n=done, path=name))
