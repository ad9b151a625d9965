"""Accounts as they are read; hashes and secrets are no part of them."""

from typing import NamedTuple

from boconsole.accounts.area import accounts_area
from boconsole.audit import HistoryEntry, entry_of
from boconsole.errors import NotFoundError
from boconsole.filters import parse, resolve
from boconsole.language import _
from boconsole.session import Session
from db import audit as trail
from db import credentials, keyset, users
from db.accounts import pages, records
from db.accounts.pages import AccountPage
from db.accounts.records import AccountRow
from db.conditions import Selection
from db.credentials import KeyRow

__all__ = ["AccountPage", "AccountRow", "KeyRow"]
MARK_LIMIT = 10_000
READ, EDIT = "user.read", "user.edit"


class Count(NamedTuple):
    """How many accounts match, and whether there are more."""

    number: int
    capped: bool


class Account(NamedTuple):
    """An account as everybody may know it, with its roles."""

    login: str
    name: str
    email: str
    roles: tuple[str, ...]


def list_all(session: Session) -> list[Account]:
    """Return the active accounts by login, as those know them who give out work."""
    session.require("ticket.read")
    return [
        Account(user.login, user.name, user.email, users.select_roles(user.id))
        for user in users.select_all()
    ]


def _selection(session: Session, query: str) -> Selection:
    session.require(READ)
    return resolve(parse(query), accounts_area(), session)


def list_page(
    session: Session, query: str, after: str = "", limit: int = 100, *, backwards: bool = False
) -> AccountPage:
    """Return a page of the accounts that a query names; active ones unless it says otherwise.

    Raises:
        QuerySyntaxError: The query cannot be read.
    """
    position = keyset.decode(after) if after else None
    return pages.page(_selection(session, query), position, limit, backwards=backwards)


def page_around(session: Session, query: str, user_id: int, limit: int) -> AccountPage | None:
    """Return the page with an account amidst it; None when the query does not find it."""
    return pages.page_around(_selection(session, query), user_id, limit)


def count(session: Session, query: str, cap: int = MARK_LIMIT) -> Count:
    """Return how many accounts match, counting no further than `cap`."""
    found = pages.count(_selection(session, query), cap)
    return Count(min(found, cap), found > cap)


def get(session: Session, login: str) -> AccountRow:
    """Return one account, active or not; one's own needs no permission.

    Raises:
        NotFoundError: There is none.
    """
    if login != session.user.login:
        session.require(READ)
    return by_login(login)


def get_by_id(session: Session, user_id: int) -> AccountRow:
    """Return one account by its id, as `get`."""
    if user_id != session.user.id:
        session.require(READ)
    row = records.find_by_id(user_id)
    if row is None:
        raise NotFoundError(_("account {user}").format(user=user_id))
    return row


def by_login(login: str) -> AccountRow:
    """Return one account, whoever asks; raises NotFoundError."""
    row = records.find(login)
    if row is None:
        raise NotFoundError(_("account {user}").format(user=login[:60]))
    return row


def history(session: Session, account: AccountRow, limit: int = 500) -> list[HistoryEntry]:
    """Return what happened to an account, oldest first; one's own needs no permission."""
    if account.id != session.user.id:
        session.require(READ)
    return [entry_of(row) for row in trail.select_history("user", account.id, limit)]


def keys(session: Session, account: AccountRow) -> list[KeyRow]:
    """Return the keys of an account, in the order they were added."""
    if account.id != session.user.id:
        session.require(READ)
    return credentials.select_keys(account.id)
