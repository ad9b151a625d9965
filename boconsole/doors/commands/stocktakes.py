"""Stocktakes by command: opened, scanned, read and closed."""

import sys
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _

if TYPE_CHECKING:
    from boconsole.stock.stocktaking import LineRow, Scan, StocktakeRow


def _record(row: "StocktakeRow") -> dict[str, object]:
    from boconsole.stock import stocktaking

    at, categories = stocktaking.scope_of(row)
    return {
        "number": stocktaking.number(row.id), "name": row.name, "places": at,
        "categories": categories, "opened_at": row.opened_at, "opened_by": row.opened_by,
        "closed_at": row.closed_at, "expected": row.expected, "found": row.found,
        "missing": row.missing, "misplaced": row.misplaced, "unexpected": row.unexpected,
        "unknown": row.unknown,
    }  # fmt: skip


def _line_record(line: "LineRow") -> dict[str, object]:
    return {
        "tag": line.tag, "name": line.name, "state": line.state, "expected": line.expected,
        "place": line.place, "seen_at": line.found_place, "at": line.found_at,
        "by": line.found_by or None,
    }  # fmt: skip


def _sum(row: "StocktakeRow") -> str:
    return _(
        "{number} {name}: {found} of {expected} found, {missing} missing, {misplaced} misplaced, "
        "{unexpected} not on the list, {unknown} unknown."
    ).format(
        number=f"CNT-{row.id:04}", name=row.name, found=row.found, expected=row.expected,
        missing=row.missing, misplaced=row.misplaced, unexpected=row.unexpected,
        unknown=row.unknown,
    )  # fmt: skip


def open_one(call: Call) -> Answer:
    """Open a stocktake."""
    from boconsole.stock import stocktaking

    words = call.words
    row = stocktaking.open_one(
        call.session(), words.name, at=words.place, categories=words.category
    )
    return Answer(_record(row), _sum(row))


def scan(call: Call) -> Answer:
    """Say which tags were seen."""
    from boconsole.stock import stocktaking

    words, session = call.words, call.session()
    row = stocktaking.get(session, words.number)
    tags = words.tags or [line.strip() for line in sys.stdin if line.strip()]
    if not tags:
        raise InvalidChangeError("tag", _("none is given"))
    seen = [stocktaking.scan(session, row.id, tag, words.place) for tag in tags]
    value = [{"text": each.text, "tag": each.tag or None, "name": each.name or None,
              "state": each.state, "place": each.place, "belongs": each.belongs}
             for each in seen]  # fmt: skip
    text = "\n".join(told_of(each) for each in seen)
    return Answer({"scans": value, **_record(stocktaking.again(row.id))}, text)


def told_of(scan: "Scan") -> str:
    """Return what a scan turned out to be, as a sentence."""
    from boconsole.stock import stocktaking

    told = {
        stocktaking.FOUND: _("{tag} {name}: found"),
        stocktaking.MISPLACED: _("{tag} {name}: MISPLACED, belongs to {belongs}"),
        stocktaking.UNEXPECTED: _("{tag} {name}: not on the list"),
        stocktaking.AGAIN: _("{tag} {name}: seen already"),
        stocktaking.UNKNOWN: _("{text}: UNKNOWN"),
    }[scan.state]
    belongs = scan.belongs or _("no place")
    return told.format(tag=scan.tag, name=scan.name, belongs=belongs, text=scan.text)


def list_stocktakes(call: Call) -> Answer:
    """List stocktakes."""
    from boconsole.stock import stocktaking

    session = call.session()
    found = stocktaking.stocktakes_of(session)

    def text() -> str:
        rows = [
            (stocktaking.number(row.id), row.name, output.local(row.opened_at, session.zone),
             output.local(row.closed_at, session.zone),
             *map(str, (row.expected, row.found, row.missing, row.misplaced, row.unexpected,
                        row.unknown)))
            for row in found
        ]  # fmt: skip
        headings = (_("Number"), _("Name"), _("Opened"), _("Closed"), _("Expected"), _("Found"),
                    _("Missing"), _("Misplaced"), _("Not listed"), _("Unknown"))  # fmt: skip
        return (
            output.table(headings, rows, right=frozenset(range(4, 10))) if rows else _("Nothing.")
        )

    return Answer([_record(row) for row in found], text)


def show(call: Call) -> Answer:
    """Show the lines of a stocktake."""
    from boconsole.stock import stocktaking
    from boconsole.stock.stocktaking import STATE_TITLES

    session, state = call.session(), call.words.state
    if state and state not in STATE_TITLES:
        raise InvalidChangeError("state", _("is one of {words}").format(
            words=", ".join(STATE_TITLES)))  # fmt: skip
    row = stocktaking.get(session, call.words.number)
    lines = [line for line in stocktaking.lines(session, row.id)
             if not state or line.state == state]  # fmt: skip

    def text() -> str:
        rows = [
            (line.tag, line.name, _(STATE_TITLES[line.state]), line.place or "-",
             line.found_place or "-", output.local(line.found_at, session.zone),
             line.found_by or "-")
            for line in lines
        ]  # fmt: skip
        headings = (_("Tag"), _("Name"), _("State"), _("Belongs to"), _("Seen at"), _("When"),
                    _("By"))  # fmt: skip
        table = output.table(headings, rows) if rows else _("Nothing.")
        return f"{_sum(row)}\n\n{table}"

    return Answer({**_record(row), "lines": [_line_record(line) for line in lines]}, text)


def close(call: Call) -> Answer:
    """Close a stocktake."""
    from boconsole.stock import stocktaking

    session, words = call.session(), call.words
    row = stocktaking.get(session, words.number)
    lost = [tag.strip().upper() for tag in words.lost]
    if lost == ["ALL"]:
        lost = [line.tag for line in stocktaking.lines(session, row.id)
                if line.state == stocktaking.MISSING]  # fmt: skip
    done = stocktaking.close(session, row.id, move=words.move, lost=lost)
    told = _("{number} is closed; {moved} moved, {lost} marked lost.").format(
        number=stocktaking.number(row.id), moved=done.moved, lost=done.lost
    )
    value = {**_record(stocktaking.again(row.id)), **done._asdict()}
    return Answer(value, told)
