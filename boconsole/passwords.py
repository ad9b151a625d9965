"""Passwords: which ones are taken, how they are hashed, and the check against a hash.

What a password has to be follows NIST SP 800-63B, 5.1.1.2: long, not known to be guessed first,
and nothing else: no rule asks for signs or digits, and none runs out by itself. Hashes are
argon2id with the parameters that RFC 9106 recommends where memory is short.
"""

import secrets
import unicodedata
from functools import lru_cache
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from boconsole.common_passwords import is_common
from boconsole.errors import InvalidChangeError
from boconsole.language import _, ngettext
from boconsole.text import UNSAFE

if TYPE_CHECKING:
    from argon2 import PasswordHasher

LEAST, MOST = 12, 256
KEPT = 5
"""How many of the passwords before are not taken again."""
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Of one-time passwords: none is mistaken for another."""
_room = BoundedSemaphore(2)
"""Each check takes 64 MiB; more than two at once wait."""


def rules() -> tuple[str, ...]:
    """Return what a password has to be, in sentences."""
    return (
        _("At least {least} characters; a few words that belong together only for you are best.")
        .format(least=LEAST),
        _("Any letters, signs and blanks; none are asked for."),
        _("Not your name or login, nothing well known, and not one of your last {count}.")
        .format(count=KEPT),
    )  # fmt: skip


def normal(password: str) -> str:
    """Return a password as it is hashed: in normal form KC, however a keyboard composes it.

    What is far too long is cut to something that still is, so that nobody makes us work on it.
    """
    return unicodedata.normalize("NFKC", password[: 8 * MOST])[: MOST + 1]


def check_rules(password: str, login: str, name: str = "", email: str = "") -> None:
    """Refuse a password that is too short, too long, or guessed first.

    Raises:
        InvalidChangeError: With the reason in words; it never repeats the password.
    """
    password = normal(password)
    if len(password) < LEAST:
        missing = LEAST - len(password)
        raise _refused(
            ngettext(
                "is too short: {count} character is missing; it needs {least}",
                "is too short: {count} characters are missing; it needs {least}",
                missing,
            ).format(count=missing, least=LEAST)
        )
    if len(password) > MOST:
        raise _refused(_("is too long: at most {most} characters fit").format(most=MOST))
    if UNSAFE.search(password) or "\n" in password or "\t" in password:
        raise _refused(_("has a character that cannot be typed at every terminal"))
    if _is_about(password, login, name, email):
        raise _refused(_("is made of your name or login; take words that nobody would link to you"))
    if is_common(password):
        raise _refused(_("is one that is guessed first; take a few words that belong to nothing"))


def _refused(reason: str) -> InvalidChangeError:
    return InvalidChangeError("password", reason)


def _is_about(password: str, login: str, name: str, email: str) -> bool:
    """Return whether hardly anything is left of a password without the names of its owner."""
    left = password.casefold()
    parts = {login, *name.split(), name, name.replace(" ", ""), email, email.partition("@")[0]}
    for part in sorted(parts, key=len, reverse=True):
        if len(part) > 2:
            left = left.replace(part.casefold(), "")
    letters = [letter for letter in left if letter.isalpha()]
    return left != password.casefold() and len(letters) < LEAST // 3


def one_time() -> str:
    """Return a new password for one use, such as `k7mp-2xqd-…`: 79 bits."""
    drawn = [secrets.choice(LETTERS) for _place in range(16)]
    return "-".join("".join(drawn[at : at + 4]) for at in range(0, 16, 4))


# Hashes


@lru_cache(maxsize=1)
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher()


@lru_cache(maxsize=1)
def decoy() -> str:
    """Return the hash of a password that nobody has: unknown people cost the same work."""
    return hashed(secrets.token_hex(16))


def _encoded(password: str) -> bytes:
    """Return the bytes of a password; a broken letter is wrong, and no fault."""
    return normal(password).encode("utf-8", "surrogatepass")


def hashed(password: str) -> str:
    """Return the hash of a password."""
    with _room:
        return _hasher().hash(_encoded(password))


def matches(hash_: str, password: str) -> bool:
    """Return whether a hash is that of a password."""
    from argon2.exceptions import InvalidHashError, VerificationError

    with _room:
        try:
            return _hasher().verify(hash_, _encoded(password))
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(hash_: str) -> bool:
    """Return whether a hash was made with other parameters than today's."""
    return _hasher().check_needs_rehash(hash_)
