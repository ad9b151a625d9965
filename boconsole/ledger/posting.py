"""Posting: the one way an entry gets its number, its seal and its place in the balances."""

from collections.abc import Sequence
from datetime import UTC, datetime

from boconsole.errors import StaleRecordError
from boconsole.language import _
from boconsole.ledger import periods, spending
from boconsole.ledger.errors import ControlError
from boconsole.ledger.lines import sealed
from boconsole.ledger.sealing import seal, sealed_head
from boconsole.ledger.words import entry_number
from boconsole.session import Session
from db.fields import number_of
from db.ledger import balances, bounds, calendar
from db.ledger import entries as stored
from db.ledger.rows import BalanceLoad, EntryLoad, EntryRow, PostingRow

MOST = 9 * 10**18
"""Smallest units that the months of an account add up to at most, so that 64 bits hold any sum."""


QUIET = 4 * 10**12
"""Smallest units of a month below which its account need not be looked at: 50,000 such sums
together do not bring an account from `MOST` over 64 bits."""
FEW = 12
"""Sums that are looked up one by one."""


def add_up(rows: Sequence[BalanceLoad]) -> None:
    """Add lines to the kept balances, inside the caller's transaction.

    Raises:
        ControlError: An account would hold more than can be summed up.
    """
    moved: dict[tuple[int, int], list[int]] = {}
    for row in rows:
        sums = moved.setdefault((row.account_id, row.commodity_id), [0, 0])
        sums[0] += abs(row.amount)
        sums[1] += abs(row.value)
    held = bounds.select_moved([] if _is_quiet(rows) else sorted({key[0] for key in moved}))
    for key, sums in moved.items():
        before = held.get(key, (0.0, 0.0))
        if max(sums[0] + before[0], sums[1] + before[1]) > MOST:
            raise ControlError(
                _("An account would hold more than can be summed up; book it on several accounts.")
            )
    balances.add(rows)


def _is_quiet(rows: Sequence[BalanceLoad]) -> bool:
    """Tell whether all months that a few lines are added to stay far from any bound."""
    months = [(*row[:4], row.dated // 100) for row in rows]
    if not months or len(months) > FEW:
        return not months
    moved = sum(abs(row.amount) + abs(row.value) for row in rows)
    return moved + bounds.select_largest(sorted(set(months))) <= QUIET


def book(session: Session, head: EntryRow, postings: Sequence[PostingRow]) -> str:
    """Post a draft, see `posted`; returns its number."""
    now = posted(session, head, postings)
    return entry_number(now.id, now.series, now.year, now.number)


def posted(session: Session, head: EntryRow, postings: Sequence[PostingRow]) -> EntryRow:
    """Number and seal a draft and add it to the balances, inside the caller's transaction.

    What closes a year is booked on its last day, whose month may be closed already.

    Returns:
        The head as it is stored now.

    Raises:
        OverBudgetError: It passes a budget that refuses it.
    """
    period = periods.require_open(session, head.dated, month=head.kind != "closing")
    spending.require_within(head, postings)
    chain = stored.take_chain(head.series, period.year_id)
    year = calendar.select_year_name(period.year_id)
    at = int(session.now().timestamp())
    number = chain.last_number + 1
    load = EntryLoad(
        head.id, "posted", head.kind, head.series, period.year_id, number,
        number_of(head.dated), number_of(head.effective) if head.effective else None, head.status,
        head.code, head.payee, head.description, head.comment, head.tags, head.links,
        head.reverses_id, head.reason, head.prepared_by, head.approved_by,
        int(head.approved_at.timestamp()) if head.approved_at else None, session.user.id, at, "",
    )  # fmt: skip
    sealed_with = seal(chain.last_hash, sealed_head(load, year), [sealed(row) for row in postings])
    if not stored.mark_posted(load._replace(hash=sealed_with), head.version):
        raise StaleRecordError(entry_number(head.id, head.series, "", None), head.id)
    stored.move_chain(chain._replace(last_number=number, last_hash=sealed_with))
    add_up(
        [
            BalanceLoad(
                row.account_id, row.commodity_id, row.value_commodity_id, row.kind, load.dated,
                row.amount, row.value,
            )
            for row in postings
        ]
    )  # fmt: skip
    return head._replace(
        version=head.version + 1, state="posted", year_id=period.year_id, year=year, number=number,
        posted_by=session.user.id, posted_at=datetime.fromtimestamp(at, UTC), hash=sealed_with,
    )  # fmt: skip
