"""Lines of the audit trail as people see them: pages, counts, one line whole."""

from collections.abc import Sequence
from typing import NamedTuple

from boconsole.audit import HistoryEntry, entry_of
from boconsole.errors import NotFoundError
from boconsole.filters import parse, resolve
from boconsole.language import _, grouped
from boconsole.session import Session
from boconsole.trail.area import record_word, trail_area
from db import keyset, trail
from db.conditions import Selection
from db.rows import AuditRow

READ = "audit.read"
MARK_LIMIT = 10_000


class Count(NamedTuple):
    """How many lines match, and whether there are more."""

    number: int
    capped: bool


class TrailLine(NamedTuple):
    """A line with its record as it is called."""

    entry: HistoryEntry
    record: str

    @property
    def id(self) -> int:
        """Its number in the trail."""
        return self.entry.id


class TrailPage(NamedTuple):
    """Some lines, the cursor of each, and whether more follow in the direction read."""

    rows: list[TrailLine]
    cursors: list[str]
    more: bool


def _selection(session: Session, query: str) -> Selection:
    session.require(READ)
    return resolve(parse(query), trail_area(), session)


def list_page(
    session: Session, query: str, after: str = "", limit: int = 100, *, backwards: bool = False
) -> TrailPage:
    """Return a page of the lines that a query names, newest first unless it sorts them.

    Raises:
        QuerySyntaxError: The query cannot be read.
    """
    wanted = _selection(session, query)
    position = keyset.decode(after) if after else None
    found = trail.page(wanted, position, limit, backwards=backwards)
    return TrailPage(_lines(found.rows), found.cursors, found.more)


def page_around(session: Session, query: str, line_id: int, limit: int) -> TrailPage | None:
    """Return the page with a line amidst it; None when the query does not find it."""
    found = trail.page_around(_selection(session, query), line_id, limit)
    return None if found is None else TrailPage(_lines(found.rows), found.cursors, found.more)


def count(session: Session, query: str, cap: int = MARK_LIMIT) -> Count:
    """Return how many lines match, counting no further than `cap`."""
    found = trail.count(_selection(session, query), cap)
    return Count(min(found, cap), found > cap)


def limit_of(session: Session, query: str) -> int | None:
    """Return the `limit:` of a query."""
    return _selection(session, query).limit


def get(session: Session, line_id: int) -> TrailLine:
    """Return one line; raises NotFoundError."""
    session.require(READ)
    row = trail.find(line_id)
    if row is None:
        raise NotFoundError(_("line {line} in the trail").format(line=grouped(line_id)))
    return _lines([row])[0]


def _lines(rows: Sequence[AuditRow]) -> list[TrailLine]:
    people = [row.record_id for row in rows if row.feature == "user"]
    logins = trail.select_people(people) if people else {}
    return [
        TrailLine(entry_of(row), record_word(row.feature, row.record_id, logins)) for row in rows
    ]


def record(line: TrailLine) -> dict[str, object]:
    """Return a line for programs."""
    entry = line.entry
    return {
        "line": entry.id, "operation": entry.operation, "at": entry.at, "by": entry.actor,
        "door": entry.origin, "action": entry.action, "record": line.record,
        "kind": entry.feature, "record_id": entry.record_id,
        "changes": {one.field: [one.before, one.after] for one in entry.changes},
    }  # fmt: skip


def told(line: TrailLine) -> list[tuple[str, str, str]]:
    """Return field, before and after of each change as words; `-` for nothing."""
    return [(one.field, _word(one.before), _word(one.after)) for one in line.entry.changes]


def _word(value: object) -> str:
    if value is None or value in ("", []):
        return "-"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
