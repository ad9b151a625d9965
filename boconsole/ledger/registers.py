"""The register of an account as a list: pages in both directions, each with running balances."""

from datetime import date
from typing import NamedTuple

from boconsole.ledger import accounts, balances
from boconsole.ledger.balances import RegisterRow
from boconsole.ledger.reading import MARK_LIMIT, Count
from boconsole.session import Session
from db.fields import number_of
from db.ledger import charts
from db.ledger import registers as stored
from db.ledger.rows import AccountRow


class Days(NamedTuple):
    """The days whose lines are shown, both ends counted; None for no bound."""

    starts: date | None = None
    ends: date | None = None


EVER = Days()


class Page(NamedTuple):
    """Some lines in order of day, and whether more follow in the direction read."""

    rows: list[RegisterRow]
    more: bool

    @property
    def ends(self) -> tuple[str, str]:
        """The places of the first and the last line."""
        return (place(self.rows[0]), place(self.rows[-1])) if self.rows else ("", "")


def place(row: RegisterRow) -> str:
    """Return where a line stands, as text."""
    return f"{number_of(row.line.dated)}.{row.line.id}"


def page(
    session: Session, account: AccountRow, after: str = "", limit: int = 50, *,
    backwards: bool = False, days: Days = EVER,
) -> Page:  # fmt: skip
    """Return lines of an account and those below it, after (or before) a place.

    Balances count what was booked before the first of the days.
    """
    day, _dot, line = after.partition(".")
    found = balances.register(
        session, account, limit=limit + 1, after=(int(day), int(line)) if after else None,
        backwards=backwards, starts=days.starts, ends=days.ends,
    )  # fmt: skip
    more = len(found) > limit
    if more:
        found = found[1:] if backwards else found[:limit]
    return Page(found, more)


def page_around(
    session: Session, account: AccountRow, line_id: int, limit: int, days: Days = EVER
) -> Page | None:
    """Return the lines around one; None when it is no posted line of the account."""
    here = stored.place_of(line_id)
    if here is None:
        return None
    before = page(session, account, f"{here[0]}.{here[1]}", limit // 2, backwards=True,
                  days=days)  # fmt: skip
    start = place(before.rows[0]) if before.rows else ""
    found = page(session, account, start, limit - 1 if start else limit, days=days)
    rows = [*before.rows[:1], *found.rows]
    if all(row.line.id != line_id for row in rows):
        return None
    return Page(rows, found.more)


def count(session: Session, account: AccountRow, cap: int = MARK_LIMIT, days: Days = EVER) -> Count:
    """Return how many lines there are, counting no further than `cap`."""
    session.require("ledger.read")
    ids = [row.id for row in accounts.below(account, charts.select_accounts())]
    found = stored.count(ids, cap, starts=days.starts, ends=days.ends)
    return Count(min(found, cap), found > cap)
