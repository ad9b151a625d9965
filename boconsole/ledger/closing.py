"""Closing a fiscal year: income and expenses go to retained earnings, and the year is closed.

The closing entry is the last of its year and changes no balance-sheet account but retained
earnings. It can be taken back, by an entry of its own, until the year is locked.
"""

from typing import NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError
from boconsole.journals.parts import REAL
from boconsole.language import _
from boconsole.ledger import accounts, periods
from boconsole.ledger.accounts import NewAccount
from boconsole.ledger.entries import JournalEntry, get, opposite
from boconsole.ledger.errors import ControlError, YearStateError
from boconsole.ledger.posting import book
from boconsole.ledger.words import CLOSING
from boconsole.session import Session
from boconsole.text import required_line
from db.fields import number_of
from db.ledger import balances, charts, entries
from db.ledger.rows import AccountRow, BalanceRow, EntryLoad, PostingLoad, YearRow
from db.loading import reserve_ids

RETAINED = "Retained Earnings"
MOVED = ("income", "expense")


class Closed(NamedTuple):
    """What closing did: the year, and the number of the entry (empty where nothing moved)."""

    year: str
    number: str


def close(session: Session, name: str) -> Closed:
    """Close a fiscal year.

    Raises:
        NotFoundError: There is no such year.
        YearStateError: It or an earlier one is not ready.
        ControlError: Several accounts could take the result, and none is marked.
    """
    session.require("ledger.close")
    with audit.writing():
        year = periods.find_year(name)
        periods.require_closable(year)
        rows = _result(year)
        entry_id = _book(session, year, rows) if rows else None
        number = get(session, str(entry_id)).number if entry_id else ""
        periods.put_year(session, year, "closed", entry_id, "")
    return Closed(year.name, number)


def reopen(session: Session, name: str, reason: str) -> Closed:
    """Open a closed year again: its closing entry is reversed on the same day.

    Raises:
        YearStateError: It is not closed, or a later year is.
        InvalidChangeError: No reason is given.
    """
    session.require("ledger.reopen")
    reason = required_line(reason, field="reason")
    with audit.writing():
        year = periods.find_year(name)
        _require_reopenable(session, year)
        periods.put_year(session, year, "open", None, reason)
        number = ""
        if year.closing_id:
            old = get(session, str(year.closing_id))
            new = opposite(session, old, old.head.dated, "closing", reason)
            number = _booked(session, new)
    return Closed(year.name, number)


def _require_reopenable(session: Session, year: YearRow) -> None:
    if year.state != "closed":
        raise YearStateError(
            _("{year} is {state}; only a closed year can be opened again.").format(
                year=year.name, state=_(year.state)
            )
        )
    later = [each for each in periods.years(session) if each.starts > year.starts]
    if shut := [each.name for each in later if each.state != "open"]:
        raise YearStateError(
            _("{later} is closed too; open that one first.").format(later=shut[-1])
        )


def _result(year: YearRow) -> list[BalanceRow]:
    """Return what income and expense accounts hold at the end of a year, real lines only."""
    moved = {row.id for row in charts.select_accounts() if row.kind in MOVED}
    return [row for row in balances.select_at(year.ends, memo=False) if row.account_id in moved]


def _book(session: Session, year: YearRow, rows: list[BalanceRow]) -> int:
    retained = retained_earnings(session)
    entry_id = reserve_ids("journal_entry", 1)[0]
    dated = number_of(year.ends)
    load = EntryLoad(
        entry_id, "draft", "closing", CLOSING, None, None, dated, None, "", "", "",
        _("Closing of {year}").format(year=year.name), "", "[]", "[]", None, "",
        session.user.id, None, None, None, None, "",
    )  # fmt: skip
    lines = [(row.account_id, row._replace(amount=-row.amount, value=-row.value)) for row in rows]
    lines += [(retained.id, row) for row in _summed(rows)]
    entries.insert_entries([load])
    entries.insert_postings(
        [
            PostingLoad(
                entry_id, position, account_id, row.commodity_id, row.amount, row.value,
                row.value_commodity_id, REAL, dated, False, "", "",
            )
            for position, (account_id, row) in enumerate(lines, 1)
        ]
    )  # fmt: skip
    _booked(session, get(session, str(entry_id)))
    return entry_id


def _booked(session: Session, entry: JournalEntry) -> str:
    number = book(session, entry.head, entry.postings)
    line = audit.Line(entry.head.id, {"number": (None, number)}, entry.head.version + 1)
    audit.record(session, "entry.post", "ledger", [line])
    return number


def _summed(rows: list[BalanceRow]) -> list[BalanceRow]:
    sums: dict[tuple[int, int], BalanceRow] = {}
    for row in rows:
        key = (row.commodity_id, row.value_commodity_id)
        before = sums.get(key, BalanceRow(0, *key, 0, 0))
        sums[key] = before._replace(
            amount=before.amount + row.amount, value=before.value + row.value
        )
    return [row for row in sums.values() if row.amount or row.value]


def retained_earnings(session: Session) -> AccountRow:
    """Return the account of retained earnings; makes one where the chart has none."""
    marked = charts.select_role("retained")
    if len(marked) > 1:
        paths = ", ".join(row.path for row in marked)
        raise ControlError(_("Only one account can be retained earnings, not {paths}.").format(
            paths=paths))  # fmt: skip
    if marked:
        return marked[0]
    rows = charts.select_accounts()
    known = {row.path: row for row in rows}
    root = next((row.path for row in rows if row.kind == "equity" and row.parent_id is None),
                "Equity")  # fmt: skip
    path = f"{root}:{RETAINED}"
    if path in known and known[path].kind != "equity":
        raise InvalidChangeError("account", _("{path} is not an equity account").format(path=path))
    if path not in known:
        new = NewAccount(path, kind="equity", role="retained")
        made = accounts.ensure(known, [new])
        lines = [audit.Line(row.id, {"path": (None, row.path)}, 1) for row in made]
        audit.record(session, "account.create", "account", lines)
    return known[path]
