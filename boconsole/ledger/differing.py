"""What an edit changed in a draft, for the audit trail."""

import json
from collections.abc import Sequence

from boconsole.ledger.lines import TAGGED
from boconsole.money import plain
from db.ledger.rows import EntryRow, PostingRow

FIELDS = ("dated", "effective", "status", "code", "payee", "description", "comment")
Told = dict[str, tuple[object, object]]


def differences(
    old: tuple[EntryRow, Sequence[PostingRow]], new: tuple[EntryRow, Sequence[PostingRow]]
) -> Told:
    """Return each field that two heads with their lines differ in, before and after."""
    told: Told = {
        field: (str(getattr(old[0], field) or ""), str(getattr(new[0], field) or ""))
        for field in FIELDS
        if getattr(old[0], field) != getattr(new[0], field)
    }
    if old[0].tags != new[0].tags:
        told["tags"] = (_tags(json.loads(old[0].tags)), _tags(json.loads(new[0].tags)))
    if old[0].links != new[0].links:
        told["links"] = (json.loads(old[0].links), json.loads(new[0].links))
    if lines(old[1]) != lines(new[1]):
        told["lines"] = (lines(old[1]), lines(new[1]))
    return told


def lines(postings: Sequence[PostingRow]) -> list[str]:
    """Return lines as they are told: account, amount, tags."""
    return [
        f"{row.account}  {plain(row.amount, row.precision)} {row.commodity}{_tagged(row.details)}"
        for row in postings
    ]


def _tagged(details: str) -> str:
    if TAGGED not in details:
        return ""
    return f"  ; {', '.join(_tags(json.loads(details)['tags']))}"


def _tags(pairs: Sequence[Sequence[str]]) -> list[str]:
    return [f"{name}: {value}".rstrip() for name, value in pairs]
