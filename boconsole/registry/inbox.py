"""Documents that wait for an approval, as the inbox of approvers tells and approves them."""

from collections.abc import Sequence

from boconsole.language import N_, _
from boconsole.ledger.approvals import Waiting
from boconsole.ledger.together import Ref
from boconsole.registry import reading, reviewing, words
from boconsole.session import Session
from db.registry import versions

KIND = "document"
TITLE = N_("Document")
MOST = 1_000


def waiting(session: Session) -> list[Waiting]:
    """Return the documents in review that may be read, with whose turn it is."""
    ids = sorted({each.document_id for each in versions.select_asked(None, MOST)})
    if not ids:
        return []
    return [
        Waiting(
            KIND, row.id, row.version, _(TITLE), words.number(row.id),
            row.dated_on or row.updated_at.date(), row.counterpart, row.title, (), row.owner,
            tuple(each.user for each in reviewing.turns(row)),
        )
        for row in reading.readable(session, ids)
    ]  # fmt: skip


def approve(session: Session, refs: Sequence[Ref]) -> None:
    """Approve documents as they were seen, inside the caller's transaction."""
    reviewing.approve(session, refs)
