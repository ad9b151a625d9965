"""What hangs on assets by command: relations, tickets, interfaces and addresses, depreciation."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from boconsole.doors import asset_records, output
from boconsole.doors.calls import Call
from boconsole.doors.commands.assets import refs_of, shown
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.ledger.words import parse_day

if TYPE_CHECKING:
    from boconsole.assets.depreciating import Period


def relate(call: Call) -> Answer:
    """Relate two assets."""
    from boconsole.assets import relating

    session, words = call.session(), call.words
    one, other = refs_of(session, (words.tag, words.other))
    relating.relate(session, one.id, words.kind, other.id)
    return shown(session, [one.id, other.id])


def part(call: Call) -> Answer:
    """End a relation."""
    from boconsole.assets import relating

    session, words = call.session(), call.words
    one, other = refs_of(session, (words.tag, words.other))
    relating.part(session, one.id, words.kind, other.id)
    return shown(session, [one.id, other.id])


def impact(call: Call) -> Answer:
    """Tell what fails with an asset, or with the assets of a ticket."""
    from boconsole.assets import relating, ticketing
    from boconsole.tickets.words import parse_number

    session, words = call.session(), call.words
    depth = _whole(words.depth) if words.depth else relating.DEPTH
    if words.tag.strip().upper().startswith("TKT-"):
        rows = ticketing.impact_of(session, parse_number(words.tag))
    else:
        rows = relating.impact(session, [refs_of(session, [words.tag])[0].id], depth)
    value = [asset_records.impact_record(row) for row in rows]
    return Answer(value, lambda: asset_records.impact_text(rows) or _("Nothing."))


def ticket(call: Call) -> Answer:
    """Say which assets a ticket is about, or tell it."""
    from boconsole.assets import ticketing
    from boconsole.tickets.words import number, parse_number

    session, words = call.session(), call.words
    ticket_id = parse_number(words.number)
    ids = [ref.id for ref in refs_of(session, words.tags)]
    if ids and words.remove:
        ticketing.unname_assets(session, ticket_id, ids)
    elif ids:
        ticketing.name_assets(session, ticket_id, ids)
    rows = ticketing.assets_of(session, ticket_id)
    value = {
        "ticket": number(ticket_id),
        "assets": [asset_records.line_record(row) for row in rows],
    }
    return Answer(value, lambda: asset_records.lines_table(rows) if rows else _("Nothing."))


def interface(call: Call) -> Answer:
    """Give an asset an interface, or take one away."""
    from boconsole.assets import network

    session, words = call.session(), call.words
    ref = refs_of(session, [words.tag])[0]
    if words.remove:
        network.remove_interface(session, ref.id, words.name)
    else:
        network.add_interface(session, ref.id, words.name, words.mac)
    return _network(call, ref.id)


def address(call: Call) -> Answer:
    """Give an asset an address, or take one away."""
    from boconsole.assets import network

    session, words = call.session(), call.words
    ref = refs_of(session, [words.tag])[0]
    if words.remove:
        network.remove_address(session, ref.id, words.address)
    else:
        network.add_address(
            session, ref.id, words.address, interface=words.interface, host=words.host
        )
    return _network(call, ref.id)


def _network(call: Call, asset_id: int) -> Answer:
    from boconsole.assets import network

    found = network.interfaces(call.session(), asset_id)
    value = [
        {"interface": each.row.name, "mac": each.row.mac or None,
         "addresses": [{"address": one.address, "host": one.host or None}
                       for one in each.addresses]}
        for each in found
    ]  # fmt: skip
    cells = [
        (each.row.name, each.row.mac or "-",
         ", ".join(f"{one.address} {one.host}".strip() for one in each.addresses) or "-")
        for each in found
    ]  # fmt: skip
    headings = (_("Interface"), _("MAC"), _("Addresses"))
    return Answer(value, lambda: output.table(headings, cells) if cells else _("Nothing."))


def depreciation(call: Call) -> Answer:
    """Tell what an asset wears off month by month."""
    from boconsole.assets import depreciating

    session, words = call.session(), call.words
    until = parse_day(words.to, field="to") if words.to else None
    return _schedule(depreciating.of_asset(session, refs_of(session, [words.tag])[0].id, until))


def depreciate(call: Call) -> Answer:
    """Tell what an asset of any terms would wear off."""
    from boconsole.assets import depreciating

    words = call.words
    return _schedule(
        depreciating.of_terms(
            _number(words.cost, "cost"), _number(words.salvage, "salvage"),
            _whole(words.life_months), parse_day(words.start, field="start"), words.method,
            rate=_number(words.rate, "rate") if words.rate else None,
            until=parse_day(words.to, field="to") if words.to else None, currency=words.currency,
        )
    )  # fmt: skip


def _schedule(rows: "Sequence[Period]") -> Answer:
    headings = (_("Month"), _("Amount"), _("Accumulated"), _("Book value"))
    return Answer(
        [row._asdict() for row in rows],
        lambda: output.table(headings, rows, right=frozenset((1, 2, 3))) if rows else _("Nothing."),
    )


def _number(text: str, field: str) -> Decimal:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise InvalidChangeError(field, _("{text!r} is no amount").format(text=text[:40]))
    return number


def _whole(text: str) -> int:
    if text.isascii() and text.isdecimal() and len(text) < 6:
        return int(text)
    raise InvalidChangeError("number", _("{text!r} is no whole number").format(text=text[:20]))
