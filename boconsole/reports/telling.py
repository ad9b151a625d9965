"""The values of reports as texts for people and as plain values for programs."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from boconsole.language import _, decimal, grouped
from boconsole.reports.running import Result
from boconsole.reports.shapes import Column, Row, Value

NOTHING = "-"
MINUTE, HOUR, DAY = 60, 3600, 86_400


def shown(value: Value, column: Column) -> str:
    """Return a value as people read it."""
    if value is None or value == "":
        return NOTHING
    if column.kind == "length":
        return length(int(str(value)))
    if column.kind == "count":
        return grouped(int(str(value)))
    if isinstance(value, Decimal):
        return decimal(value, column.digits)
    return str(value)


def name(value: Value, column: Column) -> str:
    """Return what a line is called: `none` for records that have no such value."""
    return _("none") if value == "" else shown(value, column)


def length(seconds: int) -> str:
    """Return a length of time in its two largest units: `3d 04h`, `2h 05m`, `45s`."""
    if seconds >= DAY:
        return _("{days}d {hours:02}h").format(days=seconds // DAY, hours=seconds % DAY // HOUR)
    if seconds >= HOUR:
        return _("{hours}h {minutes:02}m").format(
            hours=seconds // HOUR, minutes=seconds % HOUR // MINUTE
        )
    if seconds >= MINUTE:
        return _("{minutes}m").format(minutes=seconds // MINUTE)
    return _("{seconds}s").format(seconds=seconds)


def totals(result: Result) -> tuple[Value, ...] | None:
    """Return the last line of a table, where there is something to add up."""
    columns, rows = result.answer.columns, result.answer.rows
    if len(rows) < 2 or not any(column.total for column in columns):
        return None
    return tuple(
        _total([row.cells[place] for row in rows], column) if column.total else None
        for place, column in enumerate(columns)
    )


def _total(values: Sequence[Value], column: Column) -> Value:
    if column.kind == "money":
        return sum((Decimal(str(value)) for value in values if value is not None), Decimal(0))
    return sum(int(str(value)) for value in values if value is not None)


def title(result: Result) -> str:
    """Return what a report is called."""
    return _(result.report.title)


def days(result: Result) -> str:
    """Return the days that a report is of, and what it is narrowed to."""
    asked, report = result.asked, result.report
    span = f"{asked.first} - {asked.last}" if report.spans else str(asked.last)
    line = None if asked.of is None else asked.of or _("none")
    parts = [line, span, asked.query, result.answer.commodity]
    return "   ".join(filter(None, parts))


def lines(result: Result) -> list[list[str]]:
    """Return the rows and the totals as texts."""
    columns = result.answer.columns
    found = [[name(row.cells[0], columns[0]),
              *map(shown, row.cells[1:], columns[1:])] for row in result.answer.rows]  # fmt: skip
    last = totals(result)
    if last is not None:
        found.append([
            _("Total") if not place else shown(value, column) if column.total else ""
            for place, (value, column) in enumerate(zip(last, columns, strict=True))
        ])  # fmt: skip
    return found


def plain(value: Value) -> object:
    """Return a value for programs: decimals and money as exact text, lengths in seconds."""
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value) if isinstance(value, date) else value


def record(result: Result) -> dict[str, object]:
    """Return a whole report for programs."""
    asked, answer = result.asked, result.answer
    last = totals(result)
    keys = [column.key for column in answer.columns]
    return {
        "report": result.report.name,
        "title": title(result),
        "from": str(asked.first) if result.report.spans else None,
        "to": str(asked.last),
        "by": asked.by or None,
        "of": asked.of,
        "query": asked.query or None,
        "zone": str(asked.session.zone),
        "commodity": answer.commodity or None,
        "columns": [{"key": each.key, "title": each.title, "kind": each.kind}
                    for each in answer.columns],
        "rows": [_row(keys, row, answer.listed) for row in answer.rows],
        "totals": None if last is None else
                  {key: plain(value) for key, value in zip(keys, last, strict=True)
                   if value is not None},
        "told": list(answer.told),
    }  # fmt: skip


def _row(keys: Sequence[str], row: Row, listed: str) -> dict[str, object]:
    values: dict[str, object] = {
        key: plain(value) for key, value in zip(keys, row.cells, strict=True)
    }
    if row.query is not None:
        values["list"] = {"of": row.listed or listed, "query": row.query, "count": row.counted}
    if row.more:
        values["more"] = {keys[place]: query for place, query in row.more}
    if row.of is not None:
        values["of"] = row.of or NOTHING
    if row.record:
        values["record"] = row.record
    return values
