"""What staff, their facts and their parts are called, and who may see what of them.

Every kind of fact and of part belongs to a group; the group "" is seen by all who see the person.
"""

import re
from typing import NamedTuple

from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _

AREA = "staff"
"""The feature of the audit trail, and the area of the permissions."""
NUMBER = re.compile(r"(?:emp-?)?0*([0-9]{1,9})", re.IGNORECASE)
PERSONAL, PAY, BANK, IDENTITY, HEALTH, NOTES, DOCUMENTS = GROUPS = (
    "personal", "pay", "bank", "identity", "health", "notes", "documents",
)  # fmt: skip
"""Groups of private fields of a record; each needs the permission `staff.<group>`."""
APPRAISALS = "appraisals"
"""A group of its own, beside the record: managers above see it too."""
GROUP_TITLES = {
    PERSONAL: N_("Personal"), PAY: N_("Pay"), BANK: N_("Bank"), IDENTITY: N_("Identity"),
    HEALTH: N_("Health"), NOTES: N_("Notes"), DOCUMENTS: N_("Documents"),
}  # fmt: skip
FACTS = {
    "employment": "", "contract": "", "position": "", "schedule": "",
    "salary": PAY, "terms": PAY, "bank": BANK,
}  # fmt: skip
"""Kinds of dated facts with their groups."""
FACT_TITLES = {
    "employment": N_("Employment"), "contract": N_("Contract"), "position": N_("Position"),
    "schedule": N_("Work schedule"), "salary": N_("Salary"), "terms": N_("Pay terms"),
    "bank": N_("Bank account"),
}  # fmt: skip
CONTRACTS = {
    "permanent": N_("permanent"), "fixed": N_("fixed term"), "probation": N_("probation"),
    "internship": N_("internship"), "freelance": N_("freelance"),
}  # fmt: skip
PERIODS = {"month": N_("a month"), "hour": N_("an hour"), "day": N_("a day"),
           "year": N_("a year")}  # fmt: skip
METHODS = {"": "", "gross": N_("gross"), "gross-up": N_("gross-up"), "net": N_("net")}
DAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


class Part(NamedTuple):
    """What one kind of part holds.

    Attributes:
        title: Its name, marked with `N_`.
        group: Whose permission it needs; "" for none.
        labels: Column to label, in the order of forms, marked with `N_`.
        needed: Columns that cannot be empty.
        single: Whether a person has one of them at most.
    """

    title: str
    group: str
    labels: dict[str, str]
    needed: tuple[str, ...] = ("name",)
    single: bool = False


NAME, FROM, UNTIL, NOTE, COUNTRY = (
    N_("Name"), N_("From"), N_("Until"), N_("Note"), N_("Country"),
)  # fmt: skip
PARTS: dict[str, Part] = {
    "person": Part(N_("Personal facts"), PERSONAL, {
        "starts_on": N_("Born"), "detail": N_("Gender"), "country": N_("Nationality"),
        "value": N_("Marital status"), "note": N_("Birth place"),
    }, (), single=True),
    "address": Part(N_("Address"), PERSONAL, {
        "name": N_("Purpose"), "note": N_("Address"), "country": COUNTRY, "starts_on": FROM,
        "ends_on": UNTIL,
    }, ("note",)),
    "channel": Part(N_("Private channel"), PERSONAL, {
        "name": N_("Kind"), "value": N_("Number or mail"), "note": NOTE,
    }, ("value",)),
    "emergency": Part(N_("Emergency contact"), PERSONAL, {
        "name": NAME, "detail": N_("Relation"), "value": N_("Phone"), "note": NOTE,
    }, ("name", "value")),
    "dependant": Part(N_("Dependant"), PERSONAL, {
        "name": NAME, "detail": N_("Relation"), "value": N_("Counts for tax"),
        "starts_on": N_("Born"), "ends_on": N_("Counts until"), "note": NOTE,
    }),
    "identity": Part(N_("Identity number"), IDENTITY, {
        "name": N_("Kind"), "value": N_("Number"), "country": COUNTRY, "starts_on": FROM,
        "ends_on": N_("Valid until"), "note": NOTE,
    }, ("name", "value")),
    "health": Part(N_("Health"), HEALTH, {
        "name": N_("What"), "note": NOTE, "starts_on": FROM, "ends_on": UNTIL,
    }),
    "enrolment": Part(N_("Insurance or benefit"), PAY, {
        "name": N_("Plan"), "detail": N_("Provider"), "value": N_("Number"), "starts_on": FROM,
        "ends_on": UNTIL, "amount": N_("Amount"), "note": NOTE,
    }),
    "bonus": Part(N_("Bonus"), PAY, {
        "name": N_("For"), "starts_on": N_("Date"), "amount": N_("Amount"), "note": NOTE,
    }, ("name", "starts_on", "amount")),
    "training": Part(N_("Training"), "", {
        "name": N_("Course"), "detail": N_("Provider"), "starts_on": FROM, "ends_on": UNTIL,
        "value": N_("Result"), "note": NOTE,
    }),
    "certificate": Part(N_("Certificate"), "", {
        "name": N_("Certificate"), "detail": N_("Issued by"), "value": N_("Number"),
        "starts_on": N_("Issued"), "ends_on": N_("Valid until"), "note": NOTE,
    }),
    "skill": Part(N_("Skill"), "", {
        "name": N_("Skill"), "value": N_("Level"), "starts_on": N_("Since"), "note": NOTE,
    }),
    "disciplinary": Part(N_("Disciplinary note"), NOTES, {
        "name": N_("Subject"), "detail": N_("Measure"), "starts_on": N_("Date"),
        "ends_on": N_("Counts until"), "note": NOTE,
    }, ("name", "starts_on")),
    "note": Part(N_("Note"), NOTES, {
        "name": N_("Subject"), "starts_on": N_("Date"), "note": NOTE,
    }, ("note",)),
}  # fmt: skip
"""Kinds of parts; columns keep their places, so that one table holds all of them."""


def group_of(kind: str) -> str:
    """Return the group of a kind of fact or part."""
    return FACTS[kind] if kind in FACTS else PARTS[kind].group


def number(employee_id: int) -> str:
    """Return how people call a person: `EMP-0001`."""
    return f"EMP-{employee_id:04}"


def parse_number(text: str) -> int | None:
    """Return the id that a number names, None where it is no number."""
    found = NUMBER.fullmatch(text.strip())
    return int(found[1]) if found and int(found[1]) < 2**31 else None


def choice(field: str, text: str, known: dict[str, str]) -> str:
    """Return the word of a choice, typed in English or in the language of the interface.

    Raises:
        InvalidChangeError: It is none of them.
    """
    low = text.strip().lower()
    for word, title in known.items():
        if low in (word, _(title).lower() if title else word):
            return word
    words = ", ".join(word for word in known if word)
    raise InvalidChangeError(
        field, _("{text!r} is none of {words}").format(text=text[:40], words=words)
    )
