"""What accounts look like: states, ways in, an account to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from textual.content import Content

from boconsole.accounts import words
from boconsole.accounts.reading import AccountRow, KeyRow
from boconsole.language import N_, _, ngettext
from boconsole.session import Session
from screens.cells import Cell, Look, fit, moment, safe
from screens.prose import toned, wrapped

FEATURE = "user"
LABEL = 16
STATES = {
    True: Look("A", N_("active"), ""),
    False: Look("X", N_("disabled"), "muted"),
}


class Whole(NamedTuple):
    """An account with its keys."""

    account: AccountRow
    keys: tuple[KeyRow, ...]


def state_word(account: AccountRow) -> Cell:
    """Return letter and word of the state of an account: `A active`."""
    look = STATES[account.active]
    return Cell(f"{look.letter} {_(look.word)}", look.tone)


def roles_text(account: AccountRow) -> str:
    """Return the roles of an account in words."""
    return safe(", ".join(words.role_title(role) for role in account.roles))


def ways(account: AccountRow) -> Cell:
    """Return what an account signs in with: `2 keys, password, code`."""
    keys = ngettext("{n} key", "{n} keys", account.keys).format(n=account.keys)
    password = _("one-time password") if account.must_change else _("password")
    found = (
        keys if account.keys else "",
        password if account.password else "",
        _("code") if account.code else "",
    )
    text = ", ".join(filter(None, found))
    return Cell(text, "warn" if account.must_change else "") if text else Cell("-", "muted")


def when(at: datetime | None, session: Session) -> str:
    """Return an instant on the reader's clock, `-` for never."""
    return "-" if at is None else moment(at.astimezone(session.zone))


def picture(whole: Whole, room: int, session: Session) -> list[Content]:
    """Return an account to read."""
    account = whole.account
    lines = wrapped(toned((f"{account.login}  {account.name}", "strong")), room)
    for label, cell in _facts(account, session):
        first = toned((fit(_(label), LABEL), "muted"))
        lines += wrapped(toned(cell), room, first, " " * LABEL)
    lines += ["", toned((_("Keys"), "strong"))]  # type: ignore[list-item]  # "" is an empty line
    lines = [Content(line) if isinstance(line, str) else line for line in lines]
    return lines + _keys(whole.keys, room, session)


def _facts(account: AccountRow, session: Session) -> Iterator[tuple[str, Cell]]:
    yield N_("State"), state_word(account)
    yield N_("Mail address"), Cell(safe(account.email) or "-")
    yield N_("Roles"), Cell(roles_text(account) or "-")
    yield N_("Teams"), Cell(safe(", ".join(account.teams)) or "-")
    yield N_("Signs in with"), ways(account)
    yield N_("Last sign-in"), Cell(when(account.signed_in_at, session))
    yield N_("Zone"), Cell(account.zone or _("as the console"))
    yield N_("Language"), Cell(account.language or _("as the console"))
    yield N_("Since"), Cell(when(account.created_at, session))


def _keys(keys: Sequence[KeyRow], room: int, session: Session) -> list[Content]:
    if not keys:
        return [toned((_("None yet; W adds one."), "muted"))]
    lines = []
    for key in keys:
        lines += wrapped(toned(f"{key.label}  ", (key.kind, "muted")), room)
        lines += wrapped(toned((key.fingerprint, "muted")), room, "  ", "  ")
        used = _("never used")
        if key.used_at is not None:
            used = _("used last {at} from {where}").format(
                at=when(key.used_at, session), where=key.used_from or "-"
            )
        added = _("added {at}").format(at=when(key.added_at, session))
        lines += wrapped(toned((f"{added}, {used}", "muted")), room, "  ", "  ")
    return lines
