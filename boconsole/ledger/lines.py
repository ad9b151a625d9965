"""Lines of entries between journals and the records: exact decimals in, smallest units out.

The values of the real lines of an entry sum to zero in every commodity, to the smallest unit;
what rounding leaves goes to the largest converted line.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from boconsole.journals.parts import UNBALANCED, Amount, Line, Lot, Price
from boconsole.ledger.errors import UnbalancedEntryError
from boconsole.ledger.sealing import SealedLine, canonical
from boconsole.money import from_minor, plain, rounded, to_minor
from boconsole.text import safe
from db.ledger.rows import CommodityRow, PostingLoad, PostingRow

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
TAGGED = '"tags":'
"""Stands in the details of a line that has tags."""


class Weighed(NamedTuple):
    """A line in smallest units."""

    line: Line
    commodity: CommodityRow
    amount: int
    value_commodity: CommodityRow
    value: int


def weigh(
    lines: Iterable[Line], commodities: Mapping[str, CommodityRow], *, balanced: bool = True
) -> list[Weighed]:
    """Return lines in smallest units.

    Args:
        lines: With exact amounts and values.
        commodities: By code; all that the lines name.
        balanced: Refuse an entry that does not balance; a draft may.

    Raises:
        PrecisionError: An amount has more digits than its commodity.
        AmountTooLargeError: An amount is beyond what the books hold.
        UnbalancedEntryError: Values do not sum to zero.
    """
    found = []
    for line in lines:
        commodity = commodities[line.commodity]
        worth = commodities[line.value_commodity]
        amount = to_minor(line.number, commodity.code, commodity.precision)
        if commodity is worth and line.value == line.number:
            value = amount
        else:
            exact = rounded(line.value, worth.precision)
            value = to_minor(exact, worth.code, worth.precision)
        found.append(Weighed(line, commodity, amount, worth, value))
    for (kind, code), rest in rests(found).items():
        place = _largest_converted(found, kind, code)
        converted = sum(_is_converted(each, kind, code) for each in found)
        if place is not None and abs(rest) <= converted:
            found[place] = found[place]._replace(value=found[place].value - rest)
        elif balanced:
            raise UnbalancedEntryError(_told(found))
    return found


def rests(lines: Iterable[Weighed]) -> dict[tuple[int, str], int]:
    """Return what is over, by kind of line and commodity, in smallest units; nothing balances."""
    sums: dict[tuple[int, str], int] = {}
    for each in lines:
        if each.line.kind != UNBALANCED:
            key = (each.line.kind, each.value_commodity.code)
            sums[key] = sums.get(key, 0) + each.value
    return {key: rest for key, rest in sums.items() if rest}


def _told(lines: Sequence[Weighed]) -> list[str]:
    precisions = {each.value_commodity.code: each.value_commodity.precision for each in lines}
    return [f"{plain(rest, precisions[code])} {code}" for (_, code), rest in rests(lines).items()]


def _is_converted(each: Weighed, kind: int, code: str) -> bool:
    return (
        each.line.kind == kind
        and each.value_commodity.code == code
        and (each.commodity.code != code or each.line.lot is not None)
    )


def _largest_converted(lines: Sequence[Weighed], kind: int, code: str) -> int | None:
    places = [place for place, each in enumerate(lines) if _is_converted(each, kind, code)]
    return max(places, key=lambda place: abs(lines[place].value), default=None)


def loads(
    entry_id: int,
    dated: int,
    lines: Sequence[Weighed],
    account_ids: Mapping[str, int],
    posted: bool,
) -> list[PostingLoad]:
    """Return lines as they are stored."""
    return [
        PostingLoad(
            entry_id, position, account_ids[each.line.account], each.commodity.id, each.amount,
            each.value, each.value_commodity.id, each.line.kind, dated, posted,
            safe(each.line.comment) if each.line.comment else "", details(each.line),
        )
        for position, each in enumerate(lines, 1)
    ]  # fmt: skip


def details(line: Line) -> str:
    """Return what few lines have, as JSON: status, price, lot, tags, own date; else nothing."""
    told: dict[str, object] = {}
    if line.status:
        told["status"] = line.status
    if line.price is not None:
        amount = line.price.amount
        told["price"] = [format(amount.number, "f"), amount.commodity, line.price.total]
    if line.lot is not None:
        told["lot"] = [
            _text(line.lot.number), _text(line.lot.total), line.lot.commodity,
            _text(line.lot.acquired), safe(line.lot.label), line.lot.merge,
        ]  # fmt: skip
    if line.dated is not None:
        told["dated"] = line.dated.isoformat()
    if line.tags:
        told["tags"] = [(safe(name), safe(value)) for name, value in line.tags]
    return _encode(told) if told else ""


def tags_alone(told: str) -> str:
    """Return the details of a line without all but its tags."""
    tags = json.loads(told).get("tags") if TAGGED in told else None
    return _encode({"tags": tags}) if tags else ""


def _text(value: Decimal | date | None) -> str | None:
    if value is None:
        return None
    return format(value, "f") if isinstance(value, Decimal) else value.isoformat()


def of_posting(row: PostingRow) -> Line:
    """Return a stored line as a line of a journal."""
    told = json.loads(row.details) if row.details else {}
    price = told.get("price")
    lot = told.get("lot")
    return Line(
        row.account,
        from_minor(row.amount, row.precision),
        row.commodity,
        from_minor(row.value, row.value_precision),
        row.value_commodity,
        Price(Amount(Decimal(price[0]), price[1]), price[2]) if price else None,
        _lot(lot) if lot else None,
        None,
        row.kind,
        told.get("status", ""),
        date.fromisoformat(told["dated"]) if "dated" in told else None,
        row.label,
        tuple((name, value) for name, value in told.get("tags", ())),
    )


def _lot(told: Sequence[str]) -> Lot:
    number, total, commodity, acquired, label, merge = told
    return Lot(
        Decimal(number) if number is not None else None,
        Decimal(total) if total is not None else None,
        commodity,
        date.fromisoformat(acquired) if acquired else None,
        label,
        bool(merge),
    )


def sealed(row: PostingRow) -> SealedLine:
    """Return what is sealed of a stored line."""
    return SealedLine(
        row.account_id, row.commodity, canonical(row.amount, row.precision),
        row.value_commodity, canonical(row.value, row.value_precision), row.kind, row.label,
        row.details,
    )  # fmt: skip


def sealed_new(load: PostingLoad, each: Weighed) -> SealedLine:
    """Return what is sealed of a line that is being stored."""
    return SealedLine(
        load.account_id, each.commodity.code, canonical(load.amount, each.commodity.precision),
        each.value_commodity.code, canonical(load.value, each.value_commodity.precision),
        load.kind, load.label, load.details,
    )  # fmt: skip
