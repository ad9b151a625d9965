"""The chart of accounts: a tree of names, found by path, code or ending."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.ledger.errors import AccountClosedError, UnknownAccountError
from boconsole.ledger.words import CASH_FLOWS, KINDS, ROLES, kind_of
from boconsole.session import Session
from boconsole.text import clean_line
from db.ledger import charts
from db.ledger.rows import AccountRow

LIMIT = 400


class NewAccount(NamedTuple):
    """An account to add; what is empty comes from the account above, or from the name."""

    path: str
    code: str = ""
    kind: str = ""
    role: str = ""
    cash_flow: str = ""
    opened_on: date | None = None
    closed_on: date | None = None


def chart(session: Session) -> list[AccountRow]:
    """Return all accounts by path."""
    session.require("ledger.read")
    return charts.select_accounts()


def by_path() -> dict[str, AccountRow]:
    """Return all accounts by path."""
    return {row.path: row for row in charts.select_accounts()}


def find(name: str) -> AccountRow:
    """Return the account that a path, a code, or the end of one path alone names.

    Raises:
        UnknownAccountError: There is none, or there are several; similar ones are named.
    """
    name = name.strip()
    found = charts.find_accounts(name, name)
    exact = [account for account in found if account.path == name] or found
    if len(exact) == 1:
        return exact[0]
    return _by_ending(name, charts.select_accounts())


def _by_ending(name: str, rows: Sequence[AccountRow]) -> AccountRow:
    low = name.casefold()
    ends = [row for row in rows if f":{row.path.casefold()}".endswith(f":{low}")]
    if len(ends) == 1 and low:
        return ends[0]
    raise UnknownAccountError(name, [row.path for row in ends][:3] or _similar(low, rows))


def _similar(low: str, rows: Sequence[AccountRow]) -> list[str]:
    """Return up to three paths that, or whose last name, nearly say the same."""
    from difflib import get_close_matches

    words = {row.path.casefold(): row.path for row in rows}
    words |= {row.name.casefold(): row.path for row in rows}
    found = [words[word] for word in get_close_matches(low, words, 3)]
    return list(dict.fromkeys(found))


def require_active(account: AccountRow, day: date) -> None:
    """Raise AccountClosedError where an account takes nothing on a day."""
    early = account.opened_on is not None and day < account.opened_on
    late = account.closed_on is not None and day > account.closed_on
    if early or late:
        raise AccountClosedError(account.path, day)


def below(account: AccountRow, rows: Iterable[AccountRow]) -> list[AccountRow]:
    """Return an account and all those under it."""
    start = f"{account.path}:"
    return [row for row in rows if row.id == account.id or row.path.startswith(start)]


def add(session: Session, new: Sequence[NewAccount]) -> list[AccountRow]:
    """Add accounts, and those above them that are missing; those that exist stay as they are.

    Returns:
        The accounts of `new`, in order.

    Raises:
        InvalidChangeError: A name, kind, role or class cannot be.
    """
    session.require("ledger.configure")
    with audit.writing():
        known = by_path()
        made = ensure(known, [_checked(account) for account in new])
        if made:
            lines = [audit.Line(row.id, {"path": (None, row.path)}, 1) for row in made]
            audit.record(session, "account.create", "account", lines)
    return [known[_checked(account).path] for account in new]


def ensure(known: dict[str, AccountRow], new: Iterable[NewAccount]) -> list[AccountRow]:
    """Add what is missing to the database and to `known`; returns what was added."""
    rows: list[AccountRow] = []
    places: dict[str, int] = {}
    for account in new:
        parts = account.path.split(":")
        for depth in range(1, len(parts) + 1):
            path = ":".join(parts[:depth])
            if path in known or path in places:
                continue
            own = account if depth == len(parts) else NewAccount(path, kind=account.kind)
            rows.append(_row(own, parts[depth - 1], ":".join(parts[: depth - 1]), known, places,
                             rows))  # fmt: skip
            places[path] = len(rows)
    ids = charts.insert_accounts(rows)
    made = [
        row._replace(id=found, parent_id=_given(row.parent_id, ids))
        for row, found in zip(rows, ids, strict=True)
    ]
    known.update((row.path, row) for row in made)
    return made


def _given(parent: int | None, ids: Sequence[int]) -> int | None:
    return ids[-parent - 1] if parent is not None and parent < 0 else parent


def _row(
    new: NewAccount,
    name: str,
    above: str,
    known: Mapping[str, AccountRow],
    places: Mapping[str, int],
    rows: Sequence[AccountRow],
) -> AccountRow:
    parent = known.get(above) or (rows[places[above] - 1] if above in places else None)
    parent_id = None
    if above:
        parent_id = known[above].id if above in known else -places[above]
    return AccountRow(
        0, parent_id, new.code, name, new.path,
        new.kind or (parent.kind if parent else "") or kind_of(new.path),
        new.role, new.cash_flow or (parent.cash_flow if parent else ""),
        new.opened_on, new.closed_on, 1,
    )  # fmt: skip


def _checked(new: NewAccount) -> NewAccount:
    """Return the account with its path cleaned; refuses what cannot be."""
    parts = [clean_line(part, field="account", limit=LIMIT) for part in new.path.split(":")]
    if not all(parts):
        raise InvalidChangeError(
            "account",
            _("{path!r} is no name; write Assets:Bank, each part with a letter").format(
                path=new.path[:60]
            ),
        )
    for field, value, words in (
        ("kind", new.kind, KINDS), ("role", new.role, ROLES), ("cash_flow", new.cash_flow,
                                                               CASH_FLOWS),
    ):  # fmt: skip
        if value and value not in words:
            raise InvalidChangeError(
                field, _("{value!r} is none of {words}").format(value=value, words=", ".join(words))
            )
    return new._replace(path=":".join(parts), code=clean_line(new.code, field="code", limit=60))


def change(session: Session, account: AccountRow, new: NewAccount) -> AccountRow:
    """Change code, kind, role, class or dates of an account; its name stays.

    Raises:
        StaleRecordError: Somebody else changed it in the meantime.
    """
    from boconsole.errors import StaleRecordError

    session.require("ledger.configure")
    new = _checked(new)
    wanted = account._replace(
        code=new.code, kind=new.kind, role=new.role, cash_flow=new.cash_flow,
        opened_on=new.opened_on, closed_on=new.closed_on,
    )  # fmt: skip
    told = {
        field: (str(before or ""), str(after or ""))
        for field, before, after in zip(AccountRow._fields, account, wanted, strict=True)
        if before != after
    }
    with audit.writing():
        if not charts.update_account(wanted):
            raise StaleRecordError(account.path, account.id)
        line = audit.Line(account.id, told, account.version + 1)
        audit.record(session, "account.edit", "account", [line])
    return wanted._replace(version=account.version + 1)
