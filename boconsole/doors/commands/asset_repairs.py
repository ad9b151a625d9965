"""Repairs of assets by command."""

from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.commands.asset_service import LIMIT, ticket_word
from boconsole.doors.commands.licences import whole
from boconsole.doors.commands.tickets import parse_assignments
from boconsole.doors.output import Answer
from boconsole.language import _

if TYPE_CHECKING:
    from boconsole.session import Session
    from db.assets.repairs import RepairRow

SENT = ("description", "sent", "supplier", "invoice", "ticket", "note")
BACK = ("returned", "result", "condition", "invoice", "note")


def list_repairs(call: Call) -> Answer:
    """List repairs that match a query."""
    from boconsole.assets.service import repair_list

    words = call.words
    page = repair_list.list_page(
        call.session(), " ".join(words.query), words.after or "",
        whole(words.limit or LIMIT, "limit"),
    )  # fmt: skip
    value = [
        {**repair_record(row), "cursor": cursor}
        for row, cursor in zip(page.rows, page.cursors, strict=True)
    ]
    more = (_("More follow; see --limit and --after."),) if page.more else ()
    return Answer(value, lambda: _table(page.rows), more)


def _table(rows: "list[RepairRow]") -> str:
    from boconsole.assets.service.repairs import cost_of
    from boconsole.assets.service.words import RESULT_TITLES

    cells = [
        (str(row.id), row.tag, str(row.sent_on), str(row.returned_on or _("away")), row.supplier,
         row.description, cost_of(row), _("warranty") if row.warranty else "",
         _(RESULT_TITLES[row.result]) if row.result else "")
        for row in rows
    ]  # fmt: skip
    headings = (_("No."), _("Tag"), _("Sent"), _("Back"), _("Supplier"), _("What"), _("Costs"),
                _("Warranty"), _("Result"))  # fmt: skip
    return output.table(headings, cells, right=frozenset((0, 6))) if cells else _("Nothing.")


def repair_record(row: "RepairRow") -> dict[str, object]:
    """Return a repair for programs."""
    from boconsole.assets.service.repairs import bill_of
    from boconsole.fixed_assets.words import asset_number
    from boconsole.money import plain

    return {
        "id": row.id, "tag": row.tag, "sent": row.sent_on, "returned": row.returned_on,
        "supplier": row.supplier or None, "description": row.description,
        "cost": None if row.cost is None else plain(row.cost, row.precision),
        "currency": row.code or None, "warranty": row.warranty, "result": row.result or None,
        "invoice": bill_of(row) or None, "ticket": ticket_word(row.ticket_id) or None,
        "fixed_asset": asset_number(row.fixed_asset_id) if row.fixed_asset_id else None,
        "note": row.note or None,
    }  # fmt: skip


def send(call: Call) -> Answer:
    """Send an asset to be repaired."""
    from boconsole.assets import reading as assets
    from boconsole.assets.service import repairs

    session, words = call.session(), call.words
    row = repairs.send(session, assets.find(session, words.tag),
                       {**_given(call, SENT), "warranty": words.warranty})  # fmt: skip
    return _repair(row, _("{tag} is away to be repaired ({number})."))


def take_back(call: Call) -> Answer:
    """Take an asset back."""
    from boconsole.assets.service import repairs

    session = call.session()
    row = repairs.take_back(session, _away(session, call.words.tag), _given(call, BACK))
    return _repair(row, _("{tag} is back ({number})."))


def _away(session: "Session", tag: str) -> "RepairRow":
    from boconsole.assets import reading as assets
    from boconsole.assets.service import repairs

    return repairs.open_of(session, assets.find(session, tag).id)


def _given(call: Call, parts: tuple[str, ...]) -> dict[str, object]:
    from boconsole.assets.fields import exact_cost

    given: dict[str, object] = {
        part: getattr(call.words, part) for part in parts if getattr(call.words, part) is not None
    }
    if call.words.cost:
        given["cost"] = exact_cost(call.words.cost)
    return given


def edit(call: Call) -> Answer:
    """Change what was written of a repair."""
    from boconsole.assets.fields import exact_cost
    from boconsole.assets.service import repairs

    session = call.session()
    given: dict[str, object] = dict(parse_assignments(call.words.changes))
    if given.get("cost"):
        given["cost"] = exact_cost(str(given["cost"]))
    row = repairs.edit(session, _found(call), given)
    return _repair(row, _("The repair {number} of {tag} is changed."))


def withdraw(call: Call) -> Answer:
    """Take a repair away that was noted wrongly."""
    from boconsole.assets.service import repairs

    session, row = call.session(), _found(call)
    repairs.withdraw(session, row)
    return _repair(row, _("The repair {number} of {tag} is taken away."))


def capitalise(call: Call) -> Answer:
    """Let the register of fixed assets take a cost over."""
    from boconsole.assets.service import repairs
    from boconsole.fixed_assets.words import asset_number

    session, words = call.session(), call.words
    row = repairs.capitalise(
        session, _found(call), asset_class=words.asset_class, against=words.against,
        months=whole(words.life, "months") if words.life else None,
    )  # fmt: skip
    told = _("The repair {number} of {tag} is {fixed} in the register.").format(
        number=row.id, tag=row.tag, fixed=asset_number(row.fixed_asset_id or 0)
    )
    return Answer(repair_record(row), told)


def _found(call: Call) -> "RepairRow":
    from boconsole.assets.service import repairs

    return repairs.again(whole(call.words.repair, "repair"))


def _repair(row: "RepairRow", told: str) -> Answer:
    return Answer(repair_record(row), told.format(tag=row.tag, number=row.id))
