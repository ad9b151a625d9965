"""Journal entries: prepared as drafts, posted once, never changed, reversed by another.

A posted entry has a number without gaps in its series and fiscal year and carries the seal of
the one before it; both are given in the transaction that posts it, with the kept balances and
the audit line.
"""

import json
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple, cast

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.journals.parts import REAL, UNBALANCED, Entry, Line, Status
from boconsole.language import _
from boconsole.ledger import accounts, approving, commodities, dimensions, turning
from boconsole.ledger.by_hand import require_bookable, require_kind
from boconsole.ledger.differing import differences
from boconsole.ledger.differing import lines as lines_told
from boconsole.ledger.errors import (
    PostedEntryError,
    ReversalError,
    TooFewLinesError,
    UnbalancedEntryError,
)
from boconsole.ledger.lines import loads, of_posting, tags_alone, weigh
from boconsole.ledger.posting import book, posted
from boconsole.ledger.reversible import require_reversible, require_unused
from boconsole.ledger.words import HAND, JOURNAL, OF_FEATURES, entry_number, parse_entry_number
from boconsole.money import plain
from boconsole.session import Session
from boconsole.text import LINE_LIMIT, clean, clean_line, safe
from db.fields import number_of
from db.ledger import charts
from db.ledger import dimensions as marked
from db.ledger import entries as stored
from db.ledger.rows import EntryLoad, EntryRow, PostingLoad, PostingRow
from db.loading import reserve_ids


class JournalEntry(NamedTuple):
    """An entry as it is read: its head, its lines, and the number that people see."""

    head: EntryRow
    postings: tuple[PostingRow, ...]

    @property
    def number(self) -> str:
        """`JNL-2026-00042`, or `DRF-7`."""
        return entry_number(self.head.id, self.head.series, self.head.year, self.head.number)

    @property
    def state(self) -> str:
        """`draft`, `posted` or `reversed`."""
        return "reversed" if self.head.reversed_by else self.head.state

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines as a journal has them."""
        return tuple(of_posting(row) for row in self.postings)

    @property
    def written(self) -> Entry:
        """The whole as a journal has it."""
        head = self.head
        return Entry(
            head.dated, head.effective, cast("Status", head.status), head.code, head.payee,
            head.description, self.lines, tuple((name, value) for name, value in
            json.loads(head.tags)), tuple(json.loads(head.links)), head.comment,
        )  # fmt: skip


def get(session: Session, number: str) -> JournalEntry:
    """Return the entry of a number, or of an id.

    Raises:
        NotFoundError: There is none.
    """
    session.require("ledger.read")
    wanted = parse_entry_number(number)
    if wanted.id:
        head = stored.find_entry(wanted.id)
    else:
        head = stored.find_numbered(wanted.series, wanted.year, wanted.number)
    if head is None:
        raise NotFoundError(_("entry {number}").format(number=number.strip()[:40]))
    return _with_lines(head)


def _with_lines(head: EntryRow) -> JournalEntry:
    return JournalEntry(head, tuple(stored.select_postings([head.id])))


def _again(entry_id: int) -> JournalEntry:
    head = stored.find_entry(entry_id)
    if head is None:
        raise NotFoundError(_("entry {number}").format(number=entry_id))
    return _with_lines(head)


# Preparing


def draft(
    session: Session,
    entry: Entry,
    *,
    balanced: bool = False,
    prepared_by: int | None = None,
    kind: str = HAND,
) -> JournalEntry:
    """Prepare an entry; nothing is booked yet.

    Args:
        session: Who prepares it.
        entry: Lines name accounts by path, code or ending.
        balanced: Refuse one that does not balance already now.
        prepared_by: Whose content it is; by default that of who acts.
        kind: `normal`, or `opening`.

    Raises:
        ControlAccountError, OpeningError: Its kind may not have one of its lines.
        UnknownAccountError, UnknownCommodityError: A line names what is not there.
        PrecisionError, AmountTooLargeError: An amount cannot be held.
        UnbalancedEntryError: It does not balance, where that is asked for.
    """
    session.require("ledger.prepare")
    with audit.writing():
        entry_id = reserve_ids("journal_entry", 1)[0]
        require_kind(session, kind)
        load, postings = prepared(session, entry_id, entry, balanced, kind)
        if prepared_by is not None:
            load = load._replace(prepared_by=prepared_by)
        store(load, postings)
        told = {"description": (None, load.description), "dated": (None, str(entry.dated))}
        audit.record(session, "entry.create", "ledger", [audit.Line(entry_id, told, 1)])
        return _again(entry_id)


def edit(session: Session, old: JournalEntry, entry: Entry) -> JournalEntry:
    """Write a draft anew; an approval of what it was is gone.

    Raises:
        PostedEntryError, StaleRecordError: It is posted, or somebody else changed it meanwhile.
        BoconsoleError: As `draft`.
    """
    session.require("ledger.prepare")
    _require_draft(old)
    if old.head.reverses_id or old.head.kind in OF_FEATURES:
        raise ReversalError(_("What the program wrote is not edited; delete it, or post it."))
    with audit.writing():
        load, postings = prepared(session, old.head.id, entry, False, old.head.kind)
        if not stored.replace_draft(load, old.head.version, postings):
            _require_draft(_again(old.head.id))
            raise StaleRecordError(old.number, old.head.id)
        marked.forget(old.head.id)
        dimensions.keep([load], postings)
        now = _again(old.head.id)
        line = audit.Line(old.head.id, differences(old, now), now.head.version)
        audit.record(session, "entry.edit", "ledger", [line])
        return now


def delete(session: Session, old: JournalEntry) -> None:
    """Throw a draft away; the audit trail keeps what it said.

    Raises:
        PostedEntryError, StaleRecordError: It is posted, or somebody else changed it meanwhile.
    """
    session.require("ledger.prepare")
    _require_draft(old)
    with audit.writing():
        if not stored.delete_draft(old.head.id, old.head.version):
            _require_draft(_again(old.head.id))
            raise StaleRecordError(old.number, old.head.id)
        lines = lines_told(old.postings)
        told = {"description": (old.head.description, None), "lines": (lines, None)}
        audit.record(session, "entry.delete", "ledger", [audit.Line(old.head.id, told)])


def _require_draft(entry: JournalEntry) -> None:
    if entry.head.state != "draft":
        raise PostedEntryError(entry.number)


def prepared(
    session: Session, entry_id: int, entry: Entry, balanced: bool, kind: str = "document"
) -> tuple[EntryLoad, list[PostingLoad]]:
    """Return head and lines of a draft, checked as far as a draft must be, in a transaction."""
    known = commodities.by_code()
    codes = {code for line in entry.lines for code in (line.commodity, line.value_commodity)}
    commodities.ensure(known, dict.fromkeys(sorted(codes)))
    weighed = weigh([_clean(line) for line in entry.lines], known, balanced=balanced)
    ids = {}
    real = {each.line.account for each in weighed if each.line.kind == REAL}
    for name in dict.fromkeys(each.line.account for each in weighed):
        account = accounts.find(name)
        accounts.require_active(account, entry.dated)
        if name in real:
            require_bookable(kind, account)
        ids[name] = account.id
    dated = number_of(entry.dated)
    head = head_of(session, entry_id, entry)._replace(kind=kind)
    return head, loads(entry_id, dated, weighed, ids, posted=False)


def _clean(line: Line) -> Line:
    return line._replace(comment=clean(line.comment, field="comment", limit=LINE_LIMIT))


def store(load: EntryLoad, postings: Sequence[PostingLoad]) -> None:
    """Add a draft with its lines, inside the caller's transaction."""
    stored.insert_entries([load])
    stored.insert_postings(postings)
    dimensions.keep([load], postings)


def head_of(session: Session, entry_id: int, entry: Entry) -> EntryLoad:
    """Return the head of a draft as it is stored, its texts clean."""
    return EntryLoad(
        entry_id, "draft", "normal", JOURNAL, None, None, number_of(entry.dated),
        number_of(entry.effective) if entry.effective else None, entry.status,
        *words_of(entry), None, "", session.user.id, None, None, None, None, "",
    )  # fmt: skip


def words_of(entry: Entry) -> tuple[str, str, str, str, str, str]:
    """Return code, payee, description, comment, tags and links as they are stored."""
    return (
        line_of("code", entry.code),
        line_of("payee", entry.payee),
        line_of("description", entry.description),
        clean(entry.comment, field="comment") if entry.comment else "",
        _kept([(safe(name), safe(value)) for name, value in entry.tags]),
        _kept([safe(link) for link in entry.links]),
    )


def _kept(some: Sequence[object]) -> str:
    return json.dumps(some, ensure_ascii=False) if some else "[]"


@lru_cache(maxsize=4_096)
def line_of(field: str, text: str) -> str:
    """Return a text of an entry's head as it is stored."""
    return clean_line(text, field=field, limit=LINE_LIMIT) if text else ""


# Posting


def post(session: Session, old: JournalEntry) -> JournalEntry:
    """Post a draft: number it, seal it, and add it to the balances.

    Raises:
        PostedEntryError: It is posted already.
        TooFewLinesError, UnbalancedEntryError: It is not a whole entry.
        PeriodClosedError, AccountClosedError: Nothing can be booked on its day.
        ControlAccountError: It is written by hand, and books receivables or payables.
        ApprovalError: It needs the approval of somebody else first.
        ReversalError: It reverses what something else is built on by now.
        StaleRecordError: Somebody else changed it in the meantime.
    """
    session.require("ledger.post")
    _require_draft(old)
    with audit.writing():
        require_whole(old)
        return _post(session, old)


def _post(session: Session, old: JournalEntry) -> JournalEntry:
    """Post a draft that is whole, inside the transaction."""
    require_kind(session, old.head.kind)
    approving.require_approval(old.head, old.postings)
    if old.head.reverses_id:
        reversed_one = _again(old.head.reverses_id)
        require_unused(reversed_one)
        book_reversal(session, reversed_one, old)
        return _again(old.head.id)
    now = old._replace(head=posted(session, old.head, old.postings))
    told = {"number": (None, now.number), "state": ("draft", "posted")}
    line = audit.Line(old.head.id, told, old.head.version + 1)
    audit.record(session, "entry.post", "ledger", [line])
    return turning.turned(session, now)


def enter(session: Session, entry: Entry, *, kind: str = HAND) -> JournalEntry:
    """Prepare and post an entry in one transaction; see `draft` and `post`."""
    with audit.writing():
        made = draft(session, entry, balanced=True, kind=kind)
        session.require("ledger.post")
        if len(made.postings) < 2:
            raise TooFewLinesError
        return _post(session, made)


def require_whole(entry: JournalEntry) -> None:
    """Raise where an entry cannot be posted: too few lines, no balance, an account refused."""
    if len(entry.postings) < 2:
        raise TooFewLinesError
    sums: dict[tuple[int, str, int], int] = {}
    for row in entry.postings:
        if row.kind != UNBALANCED:
            key = (row.kind, row.value_commodity, row.value_precision)
            sums[key] = sums.get(key, 0) + row.value
    if over := [f"{plain(rest, key[2])} {key[1]}" for key, rest in sums.items() if rest]:
        raise UnbalancedEntryError(over)
    real = {row.account_id for row in entry.postings if row.kind == REAL}
    for account in charts.select_accounts_of(sorted({row.account_id for row in entry.postings})):
        accounts.require_active(account, entry.head.dated)
        if account.id in real:
            require_bookable(entry.head.kind, account)


# Reversing


def reverse(
    session: Session, old: JournalEntry, *, dated: date | None = None, reason: str = ""
) -> JournalEntry:
    """Post the opposite of an entry; the new entry names the old one.

    Above the threshold of approvals it stays a draft until a colleague has approved it.

    Args:
        session: Who reverses.
        old: A posted entry.
        dated: The day of the reversal; by default today, or the entry's own day if later.
        reason: Why, for the audit.

    Raises:
        ReversalError: It is a draft, reversed already, a reversal, closes a year, or is needed.
        PeriodClosedError: Nothing can be booked on that day.
        AccountClosedError: An account takes nothing on that day any more.
        InvalidChangeError: The day lies before the entry's.
    """
    session.require("ledger.reverse")
    today = session.now().astimezone(session.zone).date()
    day = dated or max(today, old.head.dated)
    if day < old.head.dated:
        raise InvalidChangeError("date", _("a reversal cannot come before its entry"))
    with audit.writing():
        require_reversible(old)
        new = opposite(session, old, day, "reversal", reason)
        told = {"reverses": (None, old.number), "reason": (None, reason)}
        line = audit.Line(new.head.id, told, 1)
        operation = audit.record(session, "entry.reverse", "ledger", [line])
        if not approving.needs_approval(new.postings, day):
            book_reversal(session, old, new, operation)
        return _again(new.head.id)


def opposite(
    session: Session, old: JournalEntry, day: date, kind: str, reason: str
) -> JournalEntry:
    """Prepare the opposite of an entry, inside the caller's transaction.

    It has the tags and links of the entry, and of its lines, so that sums by them come to zero.

    Raises:
        AccountClosedError: An account takes nothing on that day any more.
    """
    for account in charts.select_accounts_of(sorted({row.account_id for row in old.postings})):
        accounts.require_active(account, day)
    entry_id = reserve_ids("journal_entry", 1)[0]
    number = number_of(day)
    said = _("Reversal of {number}: {description}").format(
        number=old.number, description=old.head.description
    )
    load = EntryLoad(
        entry_id, "draft", kind, old.head.series, None, None, number, None, "", old.head.code,
        old.head.payee, said[:LINE_LIMIT], "", old.head.tags, old.head.links, old.head.id,
        clean_line(reason, field="reason", limit=LINE_LIMIT), session.user.id, None, None, None,
        None, "",
    )  # fmt: skip
    store(
        load,
        [
            PostingLoad(
                entry_id, row.position, row.account_id, row.commodity_id, -row.amount, -row.value,
                row.value_commodity_id, row.kind, number, False, row.label, tags_alone(row.details),
            )
            for row in old.postings
        ],
    )  # fmt: skip
    return _again(entry_id)


def book_reversal(
    session: Session, old: JournalEntry, new: JournalEntry, operation: int = 0
) -> None:
    """Post a reversal and say so at the entry that it reverses, inside the transaction."""
    booked = book(session, new.head, new.postings)
    line = audit.Line(new.head.id, {"number": (None, booked)}, new.head.version + 1)
    operation = audit.record(session, "entry.post", "ledger", [line], operation=operation)
    back = audit.Line(old.head.id, {"reversed_by": (None, booked)}, old.head.version)
    audit.record(session, "entry.reversed", "ledger", [back], operation=operation)
