"""Posting: the one way an entry gets its number, its seal and its place in the balances."""

from collections.abc import Sequence

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
    held = bounds.select_moved(sorted({key[0] for key in moved}))
    for key, sums in moved.items():
        before = held.get(key, (0.0, 0.0))
        if max(sums[0] + before[0], sums[1] + before[1]) > MOST:
            raise ControlError(
                _("An account would hold more than can be summed up; book it on several accounts.")
            )
    balances.add(rows)


def book(session: Session, head: EntryRow, postings: Sequence[PostingRow]) -> str:
    """Number and seal a draft and add it to the balances, inside the caller's transaction.

    What closes a year is booked on its last day, whose month may be closed already.

    Returns:
        Its number.

    Raises:
        OverBudgetError: It passes a budget that refuses it.
    """
    period = periods.require_open(session, head.dated, month=head.kind != "closing")
    spending.require_within(head, postings)
    chain = stored.take_chain(head.series, period.year_id)
    year = next(each for each in calendar.select_years() if each.id == period.year_id)
    posted = EntryLoad(
        head.id, "posted", head.kind, head.series, period.year_id, chain.last_number + 1,
        number_of(head.dated), number_of(head.effective) if head.effective else None, head.status,
        head.code, head.payee, head.description, head.comment, head.tags, head.links,
        head.reverses_id, head.reason, head.prepared_by, head.approved_by,
        int(head.approved_at.timestamp()) if head.approved_at else None, session.user.id,
        int(session.now().timestamp()), "",
    )  # fmt: skip
    sealed_with = seal(
        chain.last_hash, sealed_head(posted, year.name), [sealed(row) for row in postings]
    )
    if not stored.mark_posted(posted._replace(hash=sealed_with), head.version):
        raise StaleRecordError(entry_number(head.id, head.series, "", None), head.id)
    stored.move_chain(chain._replace(last_number=chain.last_number + 1, last_hash=sealed_with))
    add_up(
        [
            BalanceLoad(
                row.account_id, row.commodity_id, row.value_commodity_id, row.kind, posted.dated,
                row.amount, row.value,
            )
            for row in postings
        ]
    )  # fmt: skip
    return entry_number(head.id, head.series, year.name, posted.number)
