"""What an account signs in with: keys, one-time passwords, one-time codes.

People do this to their own account, and who looks after accounts to those of others. The trail
says that something was set, never what.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from boconsole import audit, credentials, open_sessions, passwords
from boconsole.accounts import ranks
from boconsole.accounts.errors import KeyTakenError
from boconsole.accounts.public_keys import read_key
from boconsole.accounts.reading import EDIT, by_login
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.language import _
from boconsole.session import Session
from boconsole.text import clean_line
from db import credentials as stored
from db.accounts.records import AccountRow
from db.credentials import KeyRow

ONE_TIME_DAYS = 7
MOST_KEYS = 20
ISSUER = "boconsole"


class Reset(NamedTuple):
    """A one-time password, shown once, and when it runs out."""

    login: str
    password: str
    until: datetime


class NewCode(NamedTuple):
    """A secret for one-time codes that nobody has confirmed yet; kept nowhere."""

    secret: str
    uri: str


# Keys


def add_key(session: Session, login: str, text: str, label: str = "") -> KeyRow:
    """Add a public key to an account.

    Args:
        session: Its owner, or who looks after accounts.
        login: Whose.
        text: The line of the file ending in .pub.
        label: What to call it; the key's comment without one.

    Raises:
        NotAllowedError, AdminOnlyError, NotFoundError, InvalidChangeError, KeyTakenError:
        Nothing was added.
    """
    key = read_key(text)
    label = clean_line(label or key.comment, field="label", limit=120) or _("key")
    with audit.writing():
        account = by_login(login)
        ranks.require_of(session, account)
        if owner := stored.find_key_owner(key.fingerprint):
            mine = owner == login or session.may(EDIT)
            raise KeyTakenError(owner if mine else _("another account"))
        if account.keys >= MOST_KEYS:
            raise InvalidChangeError(
                "key", _("{count} are enough; remove one first").format(count=MOST_KEYS)
            )
        key_id = stored.insert_key(account.id, key.line, key.fingerprint, label, session.now())
        _told(session, "user.add_key", account, None, f"{label} {key.fingerprint}", "key")
        return next(row for row in stored.select_keys(account.id) if row.id == key_id)


def remove_key(session: Session, login: str, which: str) -> KeyRow:
    """Take a key from an account, named by its fingerprint or its label; its sessions end.

    All of them but the one that acts: somebody who lost a key does not know who uses it.

    Raises:
        NotAllowedError, AdminOnlyError, NotFoundError, InvalidChangeError: Nothing was removed.
    """
    with audit.writing():
        account = by_login(login)
        ranks.require_of(session, account)
        found = [row for row in stored.select_keys(account.id) if row.fingerprint == which] or [
            row for row in stored.select_keys(account.id) if row.label == which
        ]
        if not found:
            raise NotFoundError(_("key {key} of {login}").format(key=which[:80], login=login))
        if len(found) > 1:
            raise InvalidChangeError(
                "key", _("{label} names several; give the fingerprint").format(label=which[:40])
            )
        stored.delete_key(found[0].id, account.id)
        open_sessions.end_all(session, account.id)
        told = f"{found[0].label} {found[0].fingerprint}"
        _told(session, "user.remove_key", account, told, None, "key")
        return found[0]


# Passwords


def reset(session: Session, login: str) -> Reset:
    """Give an account a one-time password, which has to be changed at the first sign-in.

    The one before is forgotten, and what is open with it ends. It is answered once and
    stored as a hash alone.

    Raises:
        NotAllowedError, OwnAccountError, AdminOnlyError, InvalidChangeError: Nothing was changed.
    """
    password = passwords.one_time()
    hash_ = passwords.hashed(password)
    with audit.writing():
        account = by_login(login)
        ranks.require_other(session, account)
        if not account.active:
            raise InvalidChangeError(
                "login", _("{login} is disabled; enable it first").format(login=login)
            )
        until = session.now() + timedelta(days=ONE_TIME_DAYS)
        stored.keep_old(account.id, passwords.KEPT)
        stored.put_password(account.id, hash_, session.now(), must_change=True, valid_until=until)
        open_sessions.end_all(session, account.id)
        _told(session, "user.reset_password", account, _was(account.password), "one-time",
              "password")  # fmt: skip
        return Reset(login, password, until)


def remove_password(session: Session, login: str) -> None:
    """Leave an account to its keys alone.

    Raises:
        NotAllowedError, AdminOnlyError, InvalidChangeError: Nothing was changed.
    """
    with audit.writing():
        account = by_login(login)
        ranks.require_of(session, account)
        if not account.password:
            raise InvalidChangeError("password", _("there is none"))
        if not account.keys:
            raise InvalidChangeError("password", _("is the only way in; add a key first"))
        stored.delete_password(account.id)
        _told(session, "user.remove_password", account, "set", None, "password")


def _was(there: bool) -> str | None:
    return "set" if there else None


# One-time codes


def new_code(session: Session) -> NewCode:
    """Return a new secret for one's own account; nothing is kept before `set_code`."""
    import pyotp

    secret = pyotp.random_base32()
    return NewCode(
        secret, pyotp.TOTP(secret).provisioning_uri(name=session.user.login, issuer_name=ISSUER)
    )


def set_code(session: Session, secret: str, code: str) -> None:
    """Ask one's own account for one-time codes from now on, once a first code is right.

    Raises:
        InvalidChangeError: The code is not that of the secret now.
    """
    step = credentials.step_of(secret, code, session.now())
    if step is None:
        raise InvalidChangeError("code", _("is not right; type the six digits that are shown now"))
    with audit.writing():
        ranks.require_active(session)
        account = by_login(session.user.login)
        stored.put_code(account.id, secret, step, session.now())
        _told(session, "user.add_code", account, _was(account.code), "set", "code")


def remove_code(session: Session, login: str) -> None:
    """Let an account sign in without one-time codes.

    Raises:
        NotAllowedError, AdminOnlyError, InvalidChangeError: Nothing was changed.
    """
    with audit.writing():
        account = by_login(login)
        ranks.require_of(session, account)
        if not stored.delete_code(account.id):
            raise InvalidChangeError("code", _("none is asked for"))
        _told(session, "user.remove_code", account, "set", None, "code")


def qr_lines(uri: str) -> list[str]:
    """Return the code of an address as lines of block characters, two rows to a line.

    Nothing where segno is not installed; the secret can be typed then.
    """
    try:
        import segno
    except ImportError:
        return []
    rows = [list(row) for row in segno.make(uri, error="l").matrix_iter(border=2)]
    rows += [[0] * len(rows[0])] * (len(rows) % 2)
    blocks = {(0, 0): "█", (0, 1): "▀", (1, 0): "▄", (1, 1): " "}
    return [
        "".join(blocks[bool(above), bool(below)] for above, below in zip(*pair, strict=True))
        for pair in zip(rows[::2], rows[1::2], strict=True)
    ]


def _told(
    session: Session, action: str, account: AccountRow, before: str | None, after: str | None,
    field: str,
) -> int:  # fmt: skip
    line = audit.Line(account.id, {field: (before, after)})
    return audit.record(session, action, "user", [line])
