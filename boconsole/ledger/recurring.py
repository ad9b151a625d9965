"""Templates of entries, and entries that come back by themselves.

Each day of a recurrence gets its entry once: the count of done days moves on in the transaction
that makes the entry, so that two consoles never make it twice, and a pause is caught up whole.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from itertools import count
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import BoconsoleError, InvalidChangeError, NotFoundError
from boconsole.journals.parts import REAL, Entry
from boconsole.language import _
from boconsole.ledger import accounts, entries
from boconsole.ledger.by_hand import require_bookable
from boconsole.ledger.errors import ApprovalError
from boconsole.ledger.typing import typed
from boconsole.ledger.words import HAND
from boconsole.moments import step
from boconsole.session import Session
from boconsole.text import LINE_LIMIT, clean, clean_line, required_line
from db.ledger import recurrences as stored
from db.ledger.recurrences import RecurrenceRow

MOST = 1_000
"""Entries that one recurrence makes at once; more is a slip in its first day."""


class Template(NamedTuple):
    """Lines of an entry as they are typed."""

    id: int
    name: str
    payee: str
    description: str
    lines: tuple[str, ...]

    def entry(self, day: date) -> Entry:
        """Return the entry of a day; raises InvalidChangeError where a line cannot be read."""
        return typed(day, self.description or self.name, self.lines, payee=self.payee)


class Coming(NamedTuple):
    """An entry that is still to come."""

    day: date
    recurrence: str
    template: str
    posts: bool


def templates(session: Session) -> list[Template]:
    """Return the templates by name."""
    session.require("ledger.read")
    return [
        Template(row.id, row.name, row.payee, row.description, tuple(json.loads(row.lines)))
        for row in stored.select_templates()
    ]


def find_template(session: Session, name: str) -> Template:
    """Return a template by name; raises NotFoundError."""
    for template in templates(session):
        if template.name.casefold() == name.strip().casefold():
            return template
    raise NotFoundError(_("template {name!r}").format(name=name[:60]))


def save_template(
    session: Session, name: str, lines: Sequence[str], *, payee: str = "", description: str = ""
) -> Template:
    """Keep the lines of an entry under a name, in place of those it had.

    Raises:
        InvalidChangeError: A line cannot be read, or the entry does not balance.
        UnknownAccountError: A line names no account.
    """
    session.require("ledger.prepare")
    name = required_line(name, field="name")
    kept = tuple(_kept(line) for line in lines)
    payee = clean_line(payee, field="payee", limit=LINE_LIMIT)
    description = clean_line(description, field="description", limit=LINE_LIMIT)
    made = Template(0, name, payee, description, kept)
    today = session.now().astimezone(session.zone).date()
    for line in made.entry(today).lines:
        account = accounts.find(line.account)
        if line.kind == REAL:
            require_bookable(HAND, account)
    with audit.writing():
        text = json.dumps(kept, ensure_ascii=False)
        template_id = stored.put_template(name, payee, description, text, session.user.id)
        told = {"name": (None, name), "lines": (None, list(kept))}
        audit.record(session, "entry_template.save", "ledger", [audit.Line(0, told)])
    return made._replace(id=template_id)


def _kept(line: str) -> str:
    """Return a typed line clean, with the two blanks before its amount."""
    return " ".join(clean(line, field="lines", limit=LINE_LIMIT).splitlines())


def recur(
    session: Session,
    name: str,
    template: str,
    every: str,
    starts: date,
    *,
    ends: date | None = None,
    posts: bool = False,
) -> None:
    """Make an entry of a template again and again.

    Args:
        session: Who sets it up.
        name: How the recurrence is called; a later one of that name replaces it, and goes on
            after the last day that has an entry.
        template: Name of the template.
        every: `1d`, `2w`, `3mo` or `1y`.
        starts: Its first day; the others are counted from it, so that month ends are kept.
        ends: The last day that may have an entry.
        posts: Post each entry at once instead of leaving a draft.

    Raises:
        InvalidChangeError: The span is none, or the end comes before the start.
        NotFoundError: There is no such template.
    """
    session.require("ledger.post" if posts else "ledger.prepare")
    name = required_line(name, field="name")
    step(starts, every)
    if ends is not None and ends < starts:
        raise InvalidChangeError("ends", _("the end comes before the start"))
    with audit.writing():
        found = find_template(session, template)
        done = _done_before(name, starts, every)
        stored.put_recurrence(name, found.id, every, starts, ends, done=done, posts=posts)
        told = {"name": (None, name), "template": (None, found.name), "every": (None, every),
                "starts": (None, str(starts))}  # fmt: skip
        audit.record(session, "entry_recurrence.save", "ledger", [audit.Line(0, told)])


def _done_before(name: str, starts: date, every: str) -> int:
    """Return how many days a recurrence has up to the last entry of the one that it replaces."""
    old = stored.find_recurrence(name)
    if old is None or not old.done:
        return 0
    last = step(old.starts, old.every, old.done - 1)
    return next(number for number in count() if step(starts, every, number) > last)


def stop(session: Session, name: str) -> None:
    """Make no more entries of a recurrence; raises NotFoundError."""
    session.require("ledger.prepare")
    with audit.writing():
        found = [row for row in stored.select_recurrences() if row.name == name.strip()]
        if not found:
            raise NotFoundError(_("recurrence {name!r}").format(name=name[:60]))
        stored.stop(found[0].id)
        line = audit.Line(0, {"name": (found[0].name, None)})
        audit.record(session, "entry_recurrence.stop", "ledger", [line])


def coming(session: Session, until: date) -> list[Coming]:
    """Return the entries that recurrences will make up to a day, in order."""
    named = {template.id: template.name for template in templates(session)}
    found = [
        Coming(day, row.name, named[row.template_id], row.posts)
        for row in stored.select_recurrences()
        if row.template_id in named
        for _number, day in _days(row, until)
    ]
    return sorted(found)


def _days(row: RecurrenceRow, until: date) -> Iterator[tuple[int, date]]:
    """Yield number and day of the entries of a recurrence that are not made yet."""
    last = min(until, row.ends) if row.ends else until
    for number in range(row.done, row.done + MOST):
        day = step(row.starts, row.every, number)
        if day > last:
            return
        yield number, day


def run_due(session: Session) -> int:
    """Make the entries whose day has come; returns how many.

    One that cannot be made now, as its month is closed, waits for its turn and holds up those
    after it, but no other recurrence.
    """
    recurrences = stored.select_recurrences()
    if not recurrences:
        return 0
    today = session.now().astimezone(session.zone).date()
    known = {template.id: template for template in templates(session)}
    makers = {row.id: row.kept_by for row in stored.select_templates()}
    made = 0
    for row in recurrences:
        with suppress(BoconsoleError):
            for number, day in _days(row, today):
                entry = known[row.template_id].entry(day)
                if not _make(session, row, entry, makers[row.template_id], number):
                    break
                row = row._replace(done=number + 1, version=row.version + 1)
                made += 1
    return made


def _make(session: Session, row: RecurrenceRow, entry: Entry, maker: int, number: int) -> bool:
    """Make one entry and count it, or neither; False when somebody else just did.

    Who wrote the template is its preparer, and cannot approve it.
    """
    with audit.writing():
        if not stored.set_done(row, number + 1):
            return False
        made = entries.draft(session, entry, balanced=True, prepared_by=maker)
        if row.posts:
            with suppress(ApprovalError):
                entries.post(session, made)
    return True
