"""Who is there twice: found by shared addresses, numbers and names, with the reason.

At most `CAP` records are looked at, the newest first, and each is compared through tables of
keys, so that the cost grows with the records and not with their pairs.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from boconsole.contacts import words
from boconsole.language import N_
from boconsole.session import Session
from db import search
from db.contacts import twins
from db.contacts.rows import Kind
from db.contacts.twins import Named

__all__ = ["Named"]

CAP, LARGEST, MOST = 200_000, 20, 500
"""Records looked at, members of a group that are told, and pairs that are told."""
REASONS = {
    "mail": N_("same mail address"), "phone": N_("same number"), "name": N_("same name"),
    "domain": N_("same mail domain"),
}  # fmt: skip
FORMS = frozenset(
    (
        "pt", "cv", "tbk", "ud", "persero", "ltd", "limited", "llc", "inc", "incorporated",
        "corp", "corporation", "co", "company", "gmbh", "ag", "kg", "ohg", "bv", "nv", "sa",
        "sarl", "srl", "spa", "plc", "pty", "pte", "oy", "ab", "as", "aps", "and", "the",
    )
)  # fmt: skip
"""Forms of companies and small words, which tell nobody apart."""
SHARED_MAIL = frozenset(
    (
        "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com",
        "yahoo.co.id", "icloud.com", "me.com", "gmx.de", "gmx.net", "web.de", "proton.me",
        "protonmail.com", "aol.com", "mail.com",
    )
)  # fmt: skip
"""Domains that strangers share."""

WORD = re.compile(r"[^\W_]+")
ASCII_MARKS = {
    code: None if chr(code) == "." else " " for code in range(128) if not chr(code).isalnum()
}
"""A point is nothing, every other mark parts words."""


class Twin(NamedTuple):
    """Two that may be one: the older stays."""

    id: int
    """For lists: their place, counted from 1."""
    stays: Named
    goes: Named
    reasons: tuple[str, ...]


def find(session: Session, kind: Kind) -> list[Twin]:
    """Return pairs, those with the most reasons first, at most `MOST`."""
    session.require("contact.read")
    people = {each.id: each for each in twins.select_named(kind, CAP)}
    first: dict[str, int] = {}
    groups: dict[str, set[int]] = {}

    def gather(key: str, owner: int) -> None:
        other = first.setdefault(key, owner)
        if other != owner:
            groups.setdefault(key, {other}).add(owner)

    for each in people.values():
        for key in _keys(kind, each):
            gather(key, each.id)
    for value, owner in twins.select_shared(kind, CAP):
        if owner in people:
            gather(f"{_way(value)} {value}", owner)
    pairs: dict[tuple[int, int], set[str]] = defaultdict(set)
    for key, ids in groups.items():
        oldest, *others = sorted(ids)[:LARGEST]
        for other in others:
            pairs[oldest, other].add(key.partition(" ")[0])
    ranked = sorted(pairs.items(), key=lambda pair: (-len(pair[1]), pair[0]))[:MOST]
    return [
        Twin(place, people[oldest], people[other], tuple(r for r in REASONS if r in reasons))
        for place, ((oldest, other), reasons) in enumerate(ranked, 1)
    ]


def _way(value: str) -> str:
    if "@" in value:
        return "mail"
    return "phone" if value.startswith("+") else "domain"


def _keys(kind: Kind, each: Named) -> Iterator[str]:
    """Yield reason and value, a blank between, by which one is told apart."""
    if each.email:
        yield f"mail {each.email}"
    if each.phone.startswith("+"):
        yield f"phone {each.phone}"
    if kind == "organisation":
        if each.domain and each.domain not in SHARED_MAIL:
            yield f"domain {each.domain}"
        if name := folded(each.name, FORMS):
            yield f"name {name}"
        return
    name, where = folded(each.name), each.email.rpartition("@")[2]
    if each.place:
        yield f"name {name} o{each.place}"
    if where and where not in SHARED_MAIL:
        yield f"name {name} d{where}"


def folded(name: str, without: frozenset[str] = frozenset()) -> str:
    """Return a name by which spellings of it are equal: words sorted, no accents, no forms."""
    if name.isascii():
        parts = name.lower().translate(ASCII_MARKS).split()
    else:
        parts = WORD.findall(search.fold(name).replace(".", ""))
    return " ".join(sorted(part for part in parts if part not in without))


def numbers(kind: Kind, twin: Twin) -> tuple[str, str]:
    """Return the numbers of the one that stays and the one that goes."""
    return words.number(kind, twin.stays.id), words.number(kind, twin.goes.id)
