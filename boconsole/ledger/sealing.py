"""The seal of an entry: a hash over what may never change, and over the seal before it."""

import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from db.ledger.rows import EntryLoad

VERSION = 1
"""Of the way that is hashed; it only ever grows along a chain."""
_quote = json.encoder.encode_basestring
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


class PlainSeal:
    """Seals plain imported entries of one year: as `seal`, put together for millions of them.

    Args:
        series: Of the entries.
        year: Its name.
        user: Id of who imports.
        at: When, in seconds since the epoch.
    """

    def __init__(self, series: str, year: str, user: int, at: int) -> None:
        self._start = f"[{_quote(series)},{_quote(year)},"
        self._end = f',"","[]","[]",null,"",{user},null,null,{user},{at}]'

    @staticmethod
    @lru_cache
    def line_of(commodity: str, precision: int) -> str:
        """Return the pattern of a line, for its account and twice its amount."""
        unit = _quote(commodity).replace("%", "%%")
        amount = f'{unit},"%de-{precision}"'
        return f'[%d,{amount},{amount},0,"",""]'

    def seal(
        self, previous: str, number: int, dated: int, words: Sequence[str], lines: Sequence[str]
    ) -> str:
        """Return the seal of an entry.

        Args:
            previous: The one before.
            number: In its series and year.
            dated: Its day.
            words: Status, code, payee and description.
            lines: Patterns of `line_of`, filled.
        """
        said = ",".join(map(_quote, words))
        text = (
            f'[{VERSION},"{previous}",{self._start}{number},"import",{dated},null,{said}'
            f"{self._end},[{','.join(lines)}]]"
        )
        return hashlib.sha256(text.encode()).hexdigest()
