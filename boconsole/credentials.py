"""Who somebody is: the checks of passwords, keys and one-time codes, the same at every door.

Nothing here is open to a login that is unknown or disabled, and the answer takes as long for it
as for any other. Hashes and secrets never leave for a list, an export, a log or the audit trail.
These calls block (a password takes some 50 ms): a door runs them in a thread.
"""

from collections.abc import Sequence
from datetime import datetime

from boconsole import audit, open_sessions, passwords
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.language import _
from boconsole.session import Session, wall_clock
from boconsole.signing_in import possible
from db import connection, users
from db import credentials as stored

STEP = 30
"""Seconds for which a code is shown (RFC 6238)."""
DRIFT = 1
"""How many steps a code may be early or late."""
DIGITS = 6


# Keys


def keys_of(login: str) -> list[str]:
    """Return the OpenSSH public key lines of an active account; none when unknown or disabled."""
    return stored.select_key_lines(possible(login))


def key_used(login: str, fingerprint: str, instant: datetime, address: str) -> None:
    """Keep when and from where a key was used last; not a change of a record.

    Args:
        login: Whose key it is.
        fingerprint: As `ssh-keygen -l` writes it, `SHA256:…`.
        instant: When.
        address: From where.
    """
    with connection.transaction():
        stored.touch_key(possible(login), fingerprint, instant, address[:60])


# Passwords


def check_password(login: str, password: str, now: datetime | None = None) -> bool:
    """Return whether a password is that of an active account.

    A one-time password is taken until it runs out. A hash of other parameters than today's is
    made anew.
    """
    decoy = passwords.decoy()
    row = stored.select_password(possible(login))
    if row is None:
        passwords.matches(decoy, password)
        return False
    if not passwords.matches(row.hash, password):
        return False
    if row.valid_until is not None and (now or wall_clock()).timestamp() >= row.valid_until:
        return False
    if passwords.is_outdated(row.hash):
        with connection.transaction():
            stored.replace_hash(row.user_id, row.hash, passwords.hashed(password))
    return True


def has_key(login: str, fingerprint: str) -> bool:
    """Return whether an active account has a key."""
    return stored.has_key(possible(login), fingerprint)


def has_password(login: str) -> bool:
    """Return whether an active account has a password."""
    return stored.select_password(possible(login)) is not None


def must_change(login: str) -> bool:
    """Return whether an account has to take a new password before anything else."""
    row = stored.select_password(possible(login))
    return row is not None and row.must_change


def marks_of(logins: Sequence[str]) -> dict[str, str]:
    """Return a text for each active account with a password: another one once that is changed.

    A door keeps it at the sign-in, and lets nobody go on by a sign-in with another one.
    """
    return stored.select_marks([login for login in logins if possible(login)])


def change_password(session: Session, old: str, new: str) -> int:
    """Change one's own password; returns the operation. All one's other sessions end.

    Args:
        session: Whose password it is.
        old: The present one; not looked at where there is none yet.
        new: See `passwords.rules`.

    Raises:
        InvalidChangeError: The old one is not right, or the new one is not taken; field and
            reason never repeat them.
        NotFoundError: The account is not active any more.
    """
    user = users.find(session.user.login)
    if user is None:
        raise NotFoundError(_("account {user}").format(user=session.user.login))
    row = stored.select_password(user.login)
    if row is not None and not passwords.matches(row.hash, old):
        raise InvalidChangeError("old password", _("is not right; nothing was changed"))
    passwords.check_rules(new, user.login, user.name, user.email)
    for hash_ in stored.select_old_hashes(user.id, passwords.KEPT):
        if passwords.matches(hash_, new):
            raise InvalidChangeError(
                "password", _("is one of your last {count}; take another").format(
                    count=passwords.KEPT)
            )  # fmt: skip
    hash_ = passwords.hashed(new)
    with audit.writing():
        stored.keep_old(user.id, passwords.KEPT)
        stored.put_password(user.id, hash_, session.now(), must_change=False, valid_until=None)
        open_sessions.end_all(session, user.id)
        changes = {"password": (_was(row is not None), "changed")}
        return audit.record(session, "user.change_password", "user", [audit.Line(user.id, changes)])


def _was(there: bool) -> str | None:
    return "set" if there else None


# One-time codes


def needs_code(login: str) -> bool:
    """Return whether an active account signs in with a one-time code too."""
    return stored.select_code(possible(login)) is not None


def check_code(login: str, code: str, now: datetime | None = None) -> bool:
    """Return whether a one-time code is right; each one is taken once (RFC 6238, 5.2)."""
    found = stored.select_code(possible(login))
    if found is None:
        return False
    user_id, secret = found
    step = step_of(secret, code, now or wall_clock())
    if step is None:
        return False
    with connection.transaction():
        return stored.take_step(user_id, step)


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """Return the step whose code this is, one earlier or later at most; none when it is wrong."""
    from hmac import compare_digest

    from pyotp import HOTP

    digits = "".join(code.split())
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        return None
    maker = HOTP(secret, digits=DIGITS)
    present = int(now.timestamp()) // STEP
    found = None
    for step in range(present - DRIFT, present + DRIFT + 1):
        if compare_digest(maker.at(step), digits):
            found = step
    return found
