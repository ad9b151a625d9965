"""The approvals: drafts that wait for one, with who prepared them and who may approve them."""

from typing import NamedTuple

from boconsole.ledger import approving, reading
from boconsole.ledger.reading import JournalLine, JournalPage
from boconsole.session import Session


class Waiting(NamedTuple):
    """A draft, and the logins of those who may approve it: nobody who wrote it."""

    line: JournalLine
    approvers: tuple[str, ...]


class Page(NamedTuple):
    """Some drafts, with the cursor of each."""

    rows: list[Waiting]
    cursors: list[str]
    more: bool


def page(session: Session, query: str, after: str, limit: int, *, backwards: bool = False) -> Page:
    """Return a page of what a query of the journal finds; see `reading.list_page`."""
    return _with_approvers(reading.list_page(session, query, after, limit, backwards=backwards))


def page_around(session: Session, query: str, entry_id: int, limit: int) -> Page | None:
    """Return the rows around an entry; None when the query does not find it."""
    found = reading.page_around(session, query, entry_id, limit)
    return None if found is None else _with_approvers(found)


def _with_approvers(found: JournalPage) -> Page:
    holders = approving.holders()
    rows = [
        Waiting(
            line,
            tuple(approving.may_approve(line.id, line.prepared_by, holders))
            if line.state == "draft" and line.approved_by is None else (),
        )
        for line in found.rows
    ]  # fmt: skip
    return Page(rows, list(found.cursors), found.more)
