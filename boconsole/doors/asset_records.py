"""Assets as programs and people read them."""

from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.language import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boconsole.assets.reading import AssetLine, AssetRow
    from boconsole.assets.relating import Impact
    from boconsole.session import Session
    from db.assets.rows import HoldingRow

COLUMNS: dict[str, str] = {
    "tag": N_("Tag"), "name": N_("Name"), "state": N_("State"), "category": N_("Category"),
    "model": N_("Model"), "serial": N_("Serial"), "place": N_("Place"), "holder": N_("Holder"),
    "expected": N_("Return"), "condition": N_("Condition"), "host": N_("Host"),
    "warranty": N_("Warranty"), "end": N_("End of life"), "updated": N_("Updated"),
}  # fmt: skip
SHOWN = ("tag", "name", "state", "category", "holder", "expected", "place", "warranty")
RENAMED = {"expected": "expected_on", "warranty": "warranty_on", "end": "end_of_life_on",
           "updated": "updated_at"}  # fmt: skip


def line_record(line: "AssetLine", cursor: str = "") -> dict[str, object]:
    """Return a line of a list as programs read it."""
    return {
        "tag": line.tag, "version": line.version, "name": line.name, "serial": line.serial,
        "state": line.state, "condition": line.condition or None,
        "category": line.category or None, "model": line.model or None,
        "place": line.place or None, "holder_kind": line.holder_kind or None,
        "holder": line.holder or None, "expected": line.expected_on, "host": line.host or None,
        "warranty": line.warranty_on, "end_of_life": line.end_of_life_on,
        "updated_at": line.updated_at, **({"cursor": cursor} if cursor else {}),
    }  # fmt: skip


def lines_table(lines: "Sequence[AssetLine]", wanted: "Sequence[str]" = ()) -> str:
    """Return lines of a list for people; on a terminal the names are cut to fit."""
    names = [name for name in wanted if name in COLUMNS] or list(SHOWN)
    rows = []
    for line in lines:
        values = [getattr(line, RENAMED.get(name, name)) for name in names]
        rows.append([str(value) if value not in (None, "") else "-" for value in values])
    headings = [_(COLUMNS[name]) for name in names]
    cut = names.index("name") if "name" in names else 0
    return output.fitted_table(headings, rows, output.terminal_width(), cut=cut)


def record(row: "AssetRow") -> dict[str, object]:
    """Return a whole asset as programs read it; amounts are exact texts."""
    worth = row.worth
    number, _blank, currency = row.cost.partition(" ")
    return {
        "tag": row.tag, "version": row.version, "name": row.name, "serial": row.serial,
        "state": row.state, "condition": row.condition or None, "category": row.category or None,
        "model": row.model or None, "place": row.place or None,
        "organisation": row.organisation or None, "holder_kind": row.holder_kind or None,
        "holder": row.holder or None, "held_since": row.held_since, "expected": row.expected_on,
        "acceptance": row.acceptance or None, "host": row.host or None,
        "supplier": row.supplier or None, "order_number": row.order_number or None,
        "bought": row.bought_on, "cost": number or None, "currency": currency or None,
        "invoice": row.invoice or None, "warranty": row.warranty_on,
        "end_of_life": row.end_of_life_on, "note": row.note, "custom": dict(row.custom),
        "fixed_asset": row.fixed_asset or None,
        "book": {
            "state": worth.state, "cost": worth.cost, "accumulated": worth.accumulated,
            "book_value": worth.book_value, "currency": worth.currency,
        } if worth.fixed_asset else None,
        "created_at": row.created_at, "updated_at": row.updated_at,
    }  # fmt: skip


def page_text(row: "AssetRow", session: "Session") -> str:
    """Return everything that is known of an asset, for people."""
    from boconsole.assets.words import CONDITION_TITLES, STATE_TITLES

    facts = [
        (_("Tag"), row.tag), (_("Name"), row.name), (_("State"), _(STATE_TITLES[row.state])),
        (_("Condition"), _(CONDITION_TITLES[row.condition]) if row.condition else ""),
        (_("Category"), row.category), (_("Model"), row.model), (_("Serial"), row.serial),
        (_("Place"), row.place), (_("Organisation"), row.organisation),
        (_("Holder"), row.holder),
        (_("Since"), output.local(row.held_since, session.zone) if row.held_since else ""),
        (_("Return"), str(row.expected_on or "")), (_("Host"), row.host),
        (_("Supplier"), row.supplier), (_("Order"), row.order_number),
        (_("Bought"), str(row.bought_on or "")), (_("Cost"), row.cost),
        (_("Invoice"), row.invoice), (_("Fixed asset"), row.fixed_asset),
        (_("Book value"), f"{row.worth.book_value} {row.worth.currency}".strip()),
        (_("Warranty"), str(row.warranty_on or "")),
        (_("End of life"), str(row.end_of_life_on or "")), (_("Note"), row.note),
        *((f"cf.{name}", value) for name, value in row.custom.items()),
    ]  # fmt: skip
    return output.pairs([(name, value) for name, value in facts if value])


def holding_record(row: "HoldingRow") -> dict[str, object]:
    """Return who had an asset as programs read it."""
    return {
        "kind": row.kind, "holder": row.holder, "from": row.from_at, "until": row.until_at,
        "expected": row.expected_on, "condition_out": row.condition_out or None,
        "condition_in": row.condition_in or None, "acceptance": row.acceptance or None,
        "accepted_at": row.accepted_at, "given_by": row.given_by or None,
        "taken_by": row.taken_by or None, "note": row.note,
    }  # fmt: skip


def impact_record(row: "Impact") -> dict[str, object]:
    """Return a line of an impact tree as programs read it."""
    return {
        "depth": row.depth, "relation": row.kind or None, "tag": row.tag, "name": row.name,
        "again": row.again,
    }  # fmt: skip


def impact_text(rows: "Sequence[Impact]") -> str:
    """Return an impact tree for people."""
    from boconsole.assets.words import RELATION_TITLES

    lines = []
    for row in rows:
        how = f"  ({_(RELATION_TITLES[row.kind])})" if row.kind else ""
        more = " …" if row.again else ""
        lines.append(f"{'  ' * row.depth}{row.tag}  {row.name}{how}{more}")
    return "\n".join(lines)
