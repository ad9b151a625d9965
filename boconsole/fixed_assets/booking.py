"""How the register reaches the books: an entry and its movements in one transaction.

A movement counts once its entry is posted. An entry above the threshold of approvals stays a
draft until a colleague approved it; nothing else moves its assets meanwhile.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from boconsole import audit
from boconsole.errors import InvalidChangeError, StaleRecordError
from boconsole.fixed_assets import reading, words
from boconsole.fixed_assets.errors import LaterMovementError
from boconsole.fixed_assets.reading import Asset
from boconsole.journals.parts import Entry, Line
from boconsole.language import _
from boconsole.ledger import approving, entries, periods, posting
from boconsole.ledger.entries import JournalEntry
from boconsole.ledger.errors import ReversalError
from boconsole.ledger.words import FIXED_ASSET
from boconsole.money import from_minor
from boconsole.session import Session
from db.fields import number_of
from db.fixed_assets import register
from db.fixed_assets.rows import AssetRow, MovementLoad, MovementRow
from db.ledger import entries as stored
from db.loading import reserve_ids


def line(path: str, amount: int, row: AssetRow, label: str = "") -> Line:
    """Return a line in the currency of an asset."""
    number = from_minor(amount, row.precision)
    return Line(path, number, row.commodity, number, row.commodity, comment=label)


def prepare(
    session: Session, dated: date, about: str, lines: Iterable[Line],
    movements: Sequence[MovementLoad],
) -> JournalEntry:  # fmt: skip
    """Prepare an entry with its movements, inside the caller's transaction.

    Raises:
        PeriodClosedError: Nothing can be booked on its day.
        BoconsoleError: As `entries.draft`.
    """
    session.require("ledger.post")
    periods.require_open(session, dated)
    entry_id = reserve_ids("journal_entry", 1)[0]
    entry = Entry(dated, None, "", "", "", about, [each for each in lines if each.number])
    load, postings = entries.prepared(session, entry_id, entry, balanced=True)
    entries.store(load._replace(series=words.SERIES, kind=FIXED_ASSET), postings)
    day = number_of(dated)
    register.insert_movements([
        each._replace(entry_id=entry_id, dated=day) for each in movements
    ])  # fmt: skip
    told = {"description": (None, load.description), "dated": (None, str(dated))}
    audit.record(session, "entry.create", "ledger", [audit.Line(entry_id, told, 1)])
    found = entries.get(session, str(entry_id))
    entries.require_whole(found)
    return found


def finish(session: Session, drafts: Sequence[JournalEntry]) -> list[JournalEntry]:
    """Post drafts; all of them stay drafts where one needs an approval."""
    if any(approving.needs_approval(draft.postings, draft.head.dated) for draft in drafts):
        return list(drafts)
    return [_posted(session, draft) for draft in drafts]


def _posted(session: Session, draft: JournalEntry) -> JournalEntry:
    if draft.head.reverses_id:
        old = entries.get(session, str(draft.head.reverses_id))
        entries.book_reversal(session, old, draft)
    else:
        number = posting.book(session, draft.head, draft.postings)
        told = {"number": (None, number), "state": ("draft", "posted")}
        told_line = audit.Line(draft.head.id, told, draft.head.version + 1)
        audit.record(session, "entry.post", "ledger", [told_line])
    return entries.get(session, str(draft.head.id))


def record(session: Session, action: str, asset: Asset, told: Mapping[str, object]) -> None:
    """Count a change of an asset and write its audit line; raises StaleRecordError."""
    if not register.touch(asset.row.id, asset.row.version):
        raise StaleRecordError(asset.number, asset.row.id)
    changes = {field: (None, value) for field, value in told.items()}
    told_line = audit.Line(asset.row.id, changes, asset.row.version + 1)
    audit.record(session, f"fixed_asset.{action}", "fixed_asset", [told_line])


def reverse(
    session: Session, number: str, *, reason: str, dated: date | None = None
) -> list[JournalEntry]:
    """Take back an entry of the register, such as a month's depreciation or a revaluation.

    A disposal takes its last depreciation back with it; a change its terms.

    Args:
        session: Who acts.
        number: Of the entry, such as FAJ-2026-00042.
        reason: Why, for the audit.
        dated: The day of the reversal; by default today, or the entry's own day if later.

    Returns:
        The reversals; drafts where a colleague has to approve them.

    Raises:
        ReversalError: It is no posted entry of the register, or taken back already.
        LaterMovementError: Something later moved one of its assets.
        WaitingEntryError: Something of one of its assets waits for approval.
        PeriodClosedError: Nothing can be booked on that day.
    """
    session.require("fixed_asset.edit")
    session.require("ledger.reverse")
    old = entries.get(session, number)
    with audit.writing():
        day = _day_of_reversal(session, old, dated)
        movements = _reversible(old)
        olds = [old]
        if movements[0].kind == "disposal" and (last := _last_of(session, movements[0])):
            olds.append(last)
            movements += register.select_of_entry(last.head.id)
        _require_last(old, movements)
        assets = [reading.again(each) for each in sorted({each.asset_id for each in movements})]
        for asset in assets:
            reading.require_settled(asset)
        drafts = [_opposite(session, each, day, reason) for each in olds]
        for asset in assets:
            told = {"reversed": old.number, "reason": reason}
            record(session, "reverse", asset, told)
        return finish(session, drafts)


def _day_of_reversal(session: Session, old: JournalEntry, dated: date | None) -> date:
    day = dated or max(session.now().astimezone(session.zone).date(), old.head.dated)
    if day < old.head.dated:
        raise InvalidChangeError("date", _("a reversal cannot come before its entry"))
    periods.require_open(session, day)
    return day


def _reversible(old: JournalEntry) -> list[MovementRow]:
    movements = register.select_of_entry(old.head.id)
    if old.head.series != words.SERIES or not movements or movements[0].kind == "reversal":
        raise ReversalError(
            _("{number} is no entry of the register of fixed assets.").format(number=old.number)
        )
    if movements[0].kind == "change" and movements[0].gross is None:
        raise ReversalError(
            _("{number} changed estimates; change them again instead.").format(number=old.number)
        )
    if old.head.state != "posted":
        raise ReversalError(_("{number} is a draft; delete it instead.").format(number=old.number))
    if stored.find_reversal(old.head.id):
        raise ReversalError(_("{number} is reversed already.").format(number=old.number))
    return movements


def _last_of(session: Session, disposal: MovementRow) -> JournalEntry | None:
    """Return the entry that depreciated an asset up to its disposal."""
    for each in register.select_movements(disposal.asset_id):
        if each.kind == "last" and each.undone_by is None and each.entry_id:
            return entries.get(session, str(each.entry_id))
    return None


def _require_last(old: JournalEntry, movements: Sequence[MovementRow]) -> None:
    """Raise where a later movement of an asset is not taken back."""
    own = {each.id for each in movements}
    last = register.select_last_live(sorted({each.asset_id for each in movements}))
    for asset_id, movement_id in last.items():
        if movement_id not in own:
            raise LaterMovementError(words.asset_number(asset_id), old.number)


def _opposite(session: Session, old: JournalEntry, day: date, reason: str) -> JournalEntry:
    new = entries.opposite(session, old, day, "reversal", reason)
    told = {"reverses": (None, old.number), "reason": (None, reason)}
    audit.record(session, "entry.reverse", "ledger", [audit.Line(new.head.id, told, 1)])
    register.insert_movements([
        MovementLoad(each.asset_id, new.head.id, "reversal", number_of(day), each.month,
                     -each.cost, -each.accumulated, -each.surplus, -each.lost)
        for each in register.select_of_entry(old.head.id)
    ])  # fmt: skip
    register.set_undone(old.head.id, new.head.id)
    return new
