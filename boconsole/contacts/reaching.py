"""Mail addresses and telephone numbers: checked, and in one form each.

Addresses are checked by email-validator without asking the net; numbers by phonenumbers, kept as
E.164 and shown as people write them. Both libraries are imported when something is checked.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.text import clean_line

INSIDE = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){0,8}"
    r"(?:local|lan|localhost|internal|intranet|home|corp|test|invalid|localdomain)"
)
"""Domains of a network of one's own, which the library refuses."""
DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}[^\W_]{2,63}")
COUNTRY = re.compile(r"[A-Z]{2}")
EXTENSION = ";ext="


class Number(NamedTuple):
    """A telephone number: as it is stored, and the spellings by which it is found and shown."""

    stored: str
    words: str
    """International form, national form and joined digits, a line each; empty where unknown."""


NO_NUMBER = Number("", "")


def mail(text: str, *, field: str = "email") -> str:
    """Return a mail address in small letters; empty for nothing.

    Raises:
        InvalidChangeError: It is no address; the reason is the library's.
    """
    line = clean_line(text, field=field)
    return _mail(line, field) if line else ""


def _mail(line: str, field: str) -> str:
    from email_validator import EmailNotValidError, validate_email

    local, at, where = line.rpartition("@")
    inside = at and INSIDE.fullmatch(where.lower())
    checked = f"{local}@inside.example.com" if inside else line
    try:
        found = validate_email(checked, check_deliverability=False)
    except EmailNotValidError as error:
        raise InvalidChangeError(
            field,
            _("{text!r} is no mail address ({reason})").format(text=line[:60], reason=error),
        ) from error
    return f"{found.local_part}@{where}".lower() if inside else found.normalized.lower()


def domain(text: str, *, field: str = "domain") -> str:
    """Return a mail domain in small letters, without the @; empty for nothing.

    Raises:
        InvalidChangeError: It is none.
    """
    line = clean_line(text, field=field).lower().removeprefix("@").rstrip(".")
    if line and not (DOMAIN.fullmatch(line) or INSIDE.fullmatch(line)):
        raise InvalidChangeError(
            field, _("{text!r} is no domain such as example.com").format(text=line[:60])
        )
    return line


def country(text: str, *, field: str = "country") -> str:
    """Return the two letters of a country; empty for nothing.

    Raises:
        InvalidChangeError: No country has such letters.
    """
    line = clean_line(text, field=field).upper()
    if not line:
        return ""
    import phonenumbers

    if not COUNTRY.fullmatch(line) or line not in phonenumbers.SUPPORTED_REGIONS:
        raise InvalidChangeError(
            field, _("{text!r} is no country; write two letters such as ID").format(text=line[:40])
        )
    return line


def phone(text: str, region: str, *, field: str = "phone") -> Number:
    """Return a telephone number.

    Args:
        text: As it was typed.
        region: Two letters of the country that a number without a country code is of; may be
            empty.
        field: That is refused.

    Raises:
        InvalidChangeError: It is no number, or has no country code and no country is known.
    """
    line = clean_line(text, field=field)
    if not line:
        return NO_NUMBER
    found = _number(line, region)
    if found is None:
        reason = _("{text!r} is no telephone number; write it as +62 21 555 0123")
        if not region and not line.startswith("+"):
            reason = _("{text!r} has no country code; write it as +62 21 555 0123")
        raise InvalidChangeError(field, reason.format(text=line[:40]))
    return found


def kept_phone(text: str, region: str) -> Number:
    """Return a telephone number, or the text as it is where it is none: for tables from outside."""
    line = clean_line(text, field="phone")
    return (_number(line, region) if line else None) or Number(line, "")


@lru_cache(4_096)
def _number(line: str, region: str) -> Number | None:
    import phonenumbers as library

    typed = line.replace(EXTENSION, " ext ")
    try:
        number = library.parse(typed, region or None)
    except library.NumberParseException:
        return None
    if not library.is_possible_number(number):
        return None
    form = library.PhoneNumberFormat
    extension = f"{EXTENSION}{number.extension}" if number.extension else ""
    stored = library.format_number(number, form.E164)
    shown = library.format_number(number, form.INTERNATIONAL)
    national = library.format_number(number, form.NATIONAL)
    plain = library.format_number(number, form.NATIONAL).partition(" ext")[0]
    joined = "".join(char for char in plain if char.isdigit())
    return Number(f"{stored}{extension}", "\n".join((shown, national, joined)))


def international(stored: str, words: str) -> str:
    """Return a number as people of other countries write it."""
    return words.partition("\n")[0] or stored


def national(words: str) -> str:
    """Return a number as people of its country write it; empty where it is unknown."""
    return words.split("\n")[1] if words.count("\n") else ""
