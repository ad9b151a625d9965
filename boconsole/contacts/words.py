"""What people and organisations are called: numbers, kinds, ways and purposes."""

import re

from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _
from db.contacts.rows import Kind

__all__ = ["Kind"]

PREFIXES: dict[Kind, str] = {"contact": "CON", "organisation": "ORG"}
KINDS = {
    "customer": N_("customer"), "partner": N_("partner"), "supplier": N_("supplier"),
    "own": N_("our own"),
}  # fmt: skip
CHANNELS = {
    "mail": N_("mail"), "phone": N_("telephone"), "mobile": N_("mobile"), "chat": N_("chat"),
    "web": N_("web"), "domain": N_("mail domain"),
}  # fmt: skip
NUMBERED = ("phone", "mobile")
PURPOSES = {
    "billing": N_("billing"), "delivery": N_("delivery"), "visiting": N_("visiting"),
    "home": N_("home"),
}  # fmt: skip
NUMBER = re.compile(r"(?:(CON|ORG)-)?(\d{1,9})", re.IGNORECASE)


def number(kind: Kind, record_id: int) -> str:
    """Return `CON-12` or `ORG-12`."""
    return f"{PREFIXES[kind]}-{record_id}"


def parse_number(kind: Kind, text: str) -> int | None:
    """Return the id that a number of a kind names, or None."""
    found = NUMBER.fullmatch(text.strip())
    if found is None or (found[1] and found[1].upper() != PREFIXES[kind]):
        return None
    return int(found[2])


def choice(field: str, text: str, known: dict[str, str]) -> str:
    """Return the word of a choice, typed in English or in the language of the interface.

    Raises:
        InvalidChangeError: It is none of them.
    """
    low = text.strip().lower()
    for word, title in known.items():
        if low in (word, _(title).lower()):
            return word
    raise InvalidChangeError(
        field, _("{text!r} is none of {words}").format(text=text[:40], words=", ".join(known))
    )
