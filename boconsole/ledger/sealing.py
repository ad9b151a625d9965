"""The seal of an entry: a hash over what may never change, and over the seal before it."""

import hashlib
import json
from collections.abc import Sequence
from typing import NamedTuple

from db.ledger.rows import EntryLoad

VERSION = 1
"""Of the way that is hashed; it only ever grows along a chain."""
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class SealedLine(NamedTuple):
    """What is sealed of a line: ids, and amounts as canonical decimals such as `-1234e-2`."""

    account_id: int
    commodity: str
    amount: str
    value_commodity: str
    value: str
    kind: int
    label: str
    details: str


class SealedHead(NamedTuple):
    """What is sealed of an entry; days as numbers such as 20261125."""

    series: str
    year: str
    number: int
    kind: str
    dated: int
    effective: int | None
    status: str
    code: str
    payee: str
    description: str
    comment: str
    tags: str
    links: str
    reverses_id: int | None
    reason: str
    prepared_by: int
    approved_by: int | None
    approved_at: int | None
    posted_by: int
    posted_at: int


def canonical(minor: int, precision: int) -> str:
    """Return an amount as a decimal that is written in one way only."""
    return f"{minor}e-{precision}"


def seal(previous: str, head: SealedHead, lines: Sequence[SealedLine]) -> str:
    """Return the SHA-256 of an entry that follows the one sealed with `previous`."""
    text = _encode([VERSION, previous, head, lines])
    return hashlib.sha256(text.encode()).hexdigest()


def sealed_head(entry: EntryLoad, year: str) -> SealedHead:
    """Return what is sealed of the head of a posted entry."""
    if entry.number is None or entry.posted_by is None or entry.posted_at is None:
        raise ValueError("only a posted entry is sealed")
    return SealedHead(
        entry.series, year, entry.number, entry.kind, entry.dated, entry.effective, entry.status,
        entry.code, entry.payee, entry.description, entry.comment, entry.tags, entry.links,
        entry.reverses_id, entry.reason, entry.prepared_by, entry.approved_by, entry.approved_at,
        entry.posted_by, entry.posted_at,
    )  # fmt: skip
