"""Documents and contracts for programs."""

from typing import TYPE_CHECKING

from boconsole.money import plain
from boconsole.registry import words

if TYPE_CHECKING:
    from boconsole.registry.classes import Node
    from boconsole.registry.contracts import Card as ContractCard
    from boconsole.registry.contracts import ContractRow, ObligationRow, TermRow
    from boconsole.registry.destroying import DestructionRow
    from boconsole.registry.reading import Card, DocumentRow, HoldRow, ReviewRow, VersionRow

Record = dict[str, object]


def document(row: "DocumentRow") -> Record:
    """Return a document of a list."""
    return {
        "number": words.number(row.id), "title": row.title, "state": row.state,
        "level": row.level, "class": row.class_code or None, "owner": row.owner or None,
        "counterpart": row.counterpart or None,
        "contract": words.contract_number(row.contract_id) if row.contract_id else None,
        "reference": row.reference or None,
        "value": None if row.amount is None else plain(row.amount, row.precision),
        "currency": row.commodity or None, "dated": row.dated_on, "expires": row.expires_on,
        "review": row.review_on, "tags": row.tags.split(", ") if row.tags else [],
        "note": row.note or None, "file": row.file or None, "size": row.size,
        "versions": row.latest, "approved_version": row.approved_version or None,
        "approved": row.approved_on, "closed": row.closed_on, "reason": row.reason or None,
        "superseded_by": words.number(row.successor_id) if row.successor_id else None,
        "due": row.due_on, "then": row.due_then or None,
        "undated": row.due_on is None and bool(row.due_then), "held": row.held,
        "created": row.created_at, "updated": row.updated_at, "version": row.version,
    }  # fmt: skip


def card(found: "Card") -> Record:
    """Return a document with all that is shown of it."""
    return {
        **document(found.row), "readers": list(found.readers), "rule": found.rule.told(),
        "files": [version(each) for each in found.versions],
        "reviews": [review(each) for each in found.reviews],
        "holds": [hold(each) for each in found.holds],
    }  # fmt: skip


def version(row: "VersionRow") -> Record:
    """Return a version of a document."""
    return {
        "version": row.number, "name": row.name, "media_type": row.media_type, "size": row.size,
        "sha256": row.sha256, "note": row.note or None, "added_by": row.added_by or None,
        "added": row.added_at, "text": row.text_state, "text_why": row.text_why or None,
        "removed": row.removed_at,
    }  # fmt: skip


def review(row: "ReviewRow") -> Record:
    """Return what somebody said of a version."""
    return {
        "round": row.round, "place": row.place, "user": row.user, "version": row.number,
        "decision": row.decision or None, "comment": row.comment or None, "at": row.at,
    }  # fmt: skip


def hold(row: "HoldRow") -> Record:
    """Return a legal hold."""
    return {
        "matter": row.matter, "reason": row.reason, "from": row.from_on, "until": row.until_on,
        "by": row.put_by or None, "at": row.at, "released_by": row.released_by or None,
        "released": row.released_at, "release_reason": row.release_reason or None,
    }  # fmt: skip


def node(found: "Node") -> Record:
    """Return a class of the tree."""
    row = found.row
    return {
        "code": row.code, "name": row.name, "depth": found.depth, "documents": row.documents,
        "keep_months": row.keep_months, "from": row.keep_from or None,
        "then": row.keep_then or None, "why": row.keep_why or None, "rule": found.rule.told(),
    }  # fmt: skip


def amount(row: "ContractRow | TermRow") -> str | None:
    """Return an amount with its currency, for programs that read text."""
    return None if row.amount is None else f"{plain(row.amount, row.precision)} {row.commodity}"


def contract(row: "ContractRow") -> Record:
    """Return a contract of a list."""
    return {
        "number": words.contract_number(row.id), "title": row.title, "kind": row.kind,
        "state": row.state, "owner": row.owner or None, "counterpart": row.counterpart or None,
        "reference": row.reference or None, "signed": row.signed_on, "start": row.start_on,
        "end": row.end_on, "notice": words.span(row.notice_months, row.notice_days) or None,
        "notice_until": row.notice_on, "renewal": row.renewal,
        "renewal_months": row.renewal_months or None,
        "value": None if row.amount is None else plain(row.amount, row.precision),
        "currency": row.commodity or None, "every": row.every or None, "term": row.term,
        "terminated": row.terminated_on, "reason": row.reason or None, "note": row.note or None,
        "open_duties": row.obligations, "version": row.version,
    }  # fmt: skip


def contract_card(found: "ContractCard") -> Record:
    """Return a contract with its terms and duties."""
    return {
        **contract(found.row),
        "terms": [
            {
                "number": each.number, "start": each.start_on, "end": each.end_on,
                "notice": words.span(each.notice_months, each.notice_days) or None,
                "renewal": each.renewal, "value": amount(each), "every": each.every or None,
                "note": each.note or None, "by": each.made_by or None, "at": each.at,
            }
            for each in found.terms
        ],
        "duties": [obligation(each) for each in found.obligations],
    }  # fmt: skip


def obligation(row: "ObligationRow") -> Record:
    """Return what a side of a contract has to do."""
    return {
        "id": row.id, "contract": words.contract_number(row.contract_id), "title": row.title,
        "side": row.side, "owner": row.owner or None, "due": row.due_on,
        "every_months": row.every_months or None, "state": row.state, "done": row.done_on,
        "note": row.note or None,
    }  # fmt: skip


def destruction(row: "DestructionRow") -> Record:
    """Return a destruction."""
    return {
        "number": words.destruction_number(row.id), "state": row.state, "reason": row.reason,
        "proposed_by": row.proposed_by or None, "proposed": row.proposed_at,
        "decided_by": row.decided_by or None, "decided": row.decided_at,
        "comment": row.comment or None, "documents": row.documents,
    }  # fmt: skip
