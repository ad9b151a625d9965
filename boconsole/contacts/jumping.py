"""From a mail address, a telephone number or a name to the number of the one it belongs to."""

import re

from boconsole.contacts import reaching, words
from boconsole.contacts.fields import home_country
from boconsole.errors import InvalidChangeError
from boconsole.session import Session
from db.contacts import records
from db.contacts.rows import Kind

PHONE = re.compile(r"[+0][0-9 ().-]{6,24}")
LONGEST = 200


def number_of(session: Session, word: str) -> str:
    """Return the number of the one person or organisation that a word names, or nothing."""
    if not session.may("contact.read") or not 2 <= len(word) <= LONGEST:
        return ""
    if PHONE.fullmatch(word):
        found = [(kind, each) for kind in KINDS for each in _of_phone(kind, word)]
    elif word.startswith("@"):
        found = [("organisation", each) for each in records.ids_of_domain(word[1:].lower())]
    elif "@" in word:
        one = records.person_of_mail(word.lower())
        found = [("contact", one)] if one else []
    else:
        found = [("organisation", each) for each in records.ids_named("organisation", word)]
    return words.number(*found[0]) if len(found) == 1 else ""


KINDS: tuple[Kind, ...] = ("contact", "organisation")


def _of_phone(kind: Kind, word: str) -> list[int]:
    try:
        stored = reaching.phone(word, home_country()).stored
    except InvalidChangeError:
        stored = word
    return records.ids_of_phone(kind, stored)
