"""Identity, tax and bank numbers, checked by their own rules where those are known.

The rules are python-stdnum's, imported when a number is checked. A kind that nobody knows is
taken as it is typed.
"""

import re
from importlib import import_module
from typing import Any

from boconsole.errors import InvalidChangeError
from boconsole.language import _

SAFE = re.compile(r"[a-z][a-z0-9_]{0,40}")
COUNTRY = re.compile(r"[A-Z]{2}")
OTHER_NAMES = {
    ("ID", "ktp"): "nik", ("ES", "nif"): "nif", ("GB", "ni"): "", ("DE", "steuer-id"): "idnr",
    ("DE", "steuer_id"): "idnr", ("US", "social_security"): "ssn",
}  # fmt: skip
"""What people call a number for which python-stdnum has another name."""


def country(text: str, field: str = "country") -> str:
    """Return a country as its two letters; "" stays. Raises InvalidChangeError."""
    from boconsole.contacts import reaching

    try:
        return reaching.country(text) if text.strip() else ""
    except InvalidChangeError as error:
        raise InvalidChangeError(field, error.reason) from error


def kind_of(text: str) -> str:
    """Return the word of a kind of number: `NPWP` is `npwp`, `BPJS TK` is `bpjs_tk`."""
    return re.sub(r"[^a-z0-9]+", "_", text.strip().lower()).strip("_")


def number(kind: str, land: str, text: str) -> str:
    """Return an identity or tax number as it is written, its digits checked where known.

    Raises:
        InvalidChangeError: It cannot be one; the reason says why.
    """
    rules = _rules(kind, land)
    if rules is None:
        return text.strip()
    valid = _checked(rules, text, kind)
    written: str = rules.format(valid) if hasattr(rules, "format") else valid
    return written


def account(text: str) -> tuple[str, str]:
    """Return a bank account and the country of it; what looks like an IBAN is checked as one.

    Raises:
        InvalidChangeError: It is an IBAN with a wrong digit or length.
    """
    plain = re.sub(r"\s+", "", text).upper()
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{6,}", plain):
        return " ".join(text.split()), ""
    from stdnum import iban

    valid = _checked(iban, plain, "IBAN")
    return str(iban.format(valid)), valid[:2]


def _rules(kind: str, land: str) -> Any:  # Any: python-stdnum is untyped
    name = kind_of(kind)
    name = OTHER_NAMES.get((land, name), name)
    if not COUNTRY.fullmatch(land) or not SAFE.fullmatch(name):
        return None
    place = {"IN": "in_", "IS": "is_", "DO": "do"}.get(land, land.lower())
    try:
        found = import_module(f"stdnum.{place}.{name}")
    except ImportError:
        return None
    return found if hasattr(found, "validate") else None


def _checked(rules: Any, text: str, kind: str) -> str:  # Any: python-stdnum is untyped
    from stdnum import exceptions

    told = {
        exceptions.InvalidLength: _("its length is wrong"),
        exceptions.InvalidFormat: _("its form is wrong"),
        exceptions.InvalidChecksum: _("its check digit is wrong"),
        exceptions.InvalidComponent: _("a part of it, such as the date or region, cannot be"),
    }
    try:
        return str(rules.validate(text))
    except exceptions.ValidationError as error:
        reason = next((words for known, words in told.items() if isinstance(error, known)),
                      _("its form is wrong"))  # fmt: skip
        raise InvalidChangeError(
            "number", _("this is no {kind}: {reason}").format(kind=kind.upper(), reason=reason)
        ) from error
