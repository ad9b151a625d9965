"""The way of a document: draft, in review, approved, superseded or withdrawn.

Whoever wrote anything of what is to be approved does not approve it. Reviewers decide in any
order, or one after the other; one who refuses gives the document back to its authors.
"""

from collections.abc import Mapping, Sequence

from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.registry import fields, reading, words, writing
from boconsole.registry.errors import DocumentStateError, NotAskedError, OwnDocumentError
from boconsole.registry.reading import Document, DocumentRow, ReviewRow
from boconsole.session import Session
from boconsole.text import clean, required_line
from boconsole.tickets.rows import Versioned
from db.registry import versions
from db.tickets import names

YES, NO = "approved", "rejected"


def authors(row: DocumentRow) -> set[int]:
    """Return who wrote what is to be approved: its versions since the last approved one."""
    found = versions.select_authors(row.id, row.approved_version)
    return found or ({row.created_by_id} if row.created_by_id else set())


def submit(
    session: Session, seen: Sequence[Versioned], reviewers: str, *, in_order: bool = False
) -> list[Document]:
    """Hand drafts over to reviewers.

    Args:
        session: Who hands over.
        seen: The documents.
        reviewers: Logins with commas between them.
        in_order: Let them decide one after the other.

    Raises:
        DocumentStateError: One is not a draft, or has no file.
        OwnDocumentError: Somebody would approve what they wrote.
        InvalidChangeError, NotFoundError: The reviewers cannot be.
    """
    session.require("document.edit")
    people = fields.people_of(reviewers)
    if not people:
        raise InvalidChangeError("reviewers", _("is needed: who is to approve it?"))

    def change(old: DocumentRow) -> Mapping[str, object]:
        if old.state != words.DRAFT:
            raise DocumentStateError(old.id, old.state, _("only a draft goes to a review"))
        if not old.latest:
            raise DocumentStateError(old.id, old.state, _("add its file first"))
        for login_id in people:
            if login_id in authors(old):
                login = names.user_login(login_id) or "-"
                raise OwnDocumentError(old.id, login)
        for place, login_id in enumerate(people, 1):
            versions.insert_review(old.id, old.round + 1, place, login_id, old.latest)
        return {"state": words.REVIEW, "round": old.round + 1, "in_order": in_order}

    return writing.each(session, seen, "submit", change)


def approve(session: Session, seen: Sequence[Versioned], comment: str = "") -> list[Document]:
    """Approve documents as somebody who was asked; the last one's word approves them.

    Raises:
        DocumentStateError: One is not in review.
        NotAskedError: Who acts was not asked, or comes later.
        OwnDocumentError: Who acts wrote a version of it.
    """
    comment = clean(comment, field="comment")

    def change(old: DocumentRow) -> Mapping[str, object]:
        _decide(session, old, YES, comment)
        if any(not each.decision for each in asked(old)):
            return {}
        return {
            "state": words.APPROVED, "approved_version": old.latest,
            "approved_on": reading.today(session),
        }  # fmt: skip

    return writing.each(session, seen, "approve", change, comment)


def refuse(session: Session, seen: Sequence[Versioned], reason: str) -> list[Document]:
    """Give documents back to their authors, with a reason; raises as `approve`."""
    reason = required_line(reason, field="reason")

    def change(old: DocumentRow) -> Mapping[str, object]:
        _decide(session, old, NO, reason)
        return {"state": words.DRAFT}

    return writing.each(session, seen, "refuse", change, reason)


def take_back(session: Session, seen: Sequence[Versioned]) -> list[Document]:
    """Take documents back from their review, or bring closed ones into use again, as drafts.

    Raises:
        DocumentStateError: One is neither in review nor closed.
    """
    session.require("document.edit")

    def change(old: DocumentRow) -> Mapping[str, object]:
        if old.state != words.REVIEW and old.state not in words.CLOSED:
            raise DocumentStateError(old.id, old.state, _("there is nothing to take back"))
        return {"state": words.DRAFT, "closed_on": None, "reason": "", "successor_id": None}

    return writing.each(session, seen, "take_back", change)


def supersede(session: Session, seen: Versioned, by: int) -> Document:
    """Say that another document has taken the place of one.

    Raises:
        DocumentStateError: It is not approved.
        InvalidChangeError: It would take its own place.
        NotFoundError: The other one is not there.
    """
    session.require("document.edit")
    other = reading.again(session, by)

    def change(old: DocumentRow) -> Mapping[str, object]:
        if old.state != words.APPROVED:
            raise DocumentStateError(old.id, old.state, _("only what is approved is superseded"))
        if other.id == old.id:
            raise InvalidChangeError("document", _("cannot take its own place"))
        return {
            "state": words.SUPERSEDED, "closed_on": reading.today(session),
            "successor_id": other.id,
        }  # fmt: skip

    return writing.each(session, [seen], "supersede", change, words.number(other.id))[0]


def withdraw(session: Session, seen: Sequence[Versioned], reason: str) -> list[Document]:
    """Take documents out of use, with a reason; nothing of them is lost.

    Raises:
        DocumentStateError: One is out of use already.
    """
    session.require("document.edit")
    reason = required_line(reason, field="reason")

    def change(old: DocumentRow) -> Mapping[str, object]:
        if old.state in words.CLOSED:
            raise DocumentStateError(old.id, old.state, _("it is out of use already"))
        return {"state": words.WITHDRAWN, "closed_on": reading.today(session), "reason": reason}

    return writing.each(session, seen, "withdraw", change, reason)


def asked(row: DocumentRow) -> list[ReviewRow]:
    """Return the reviews of the round that a document is in."""
    return [each for each in versions.select_reviews(row.id) if each.round == row.round]


def turns(row: DocumentRow) -> list[ReviewRow]:
    """Return the reviews that can be decided now."""
    waiting = [each for each in asked(row) if not each.decision]
    return waiting[:1] if row.in_order else waiting


def _decide(session: Session, row: DocumentRow, decision: str, comment: str) -> None:
    if row.state != words.REVIEW:
        raise DocumentStateError(row.id, row.state, _("only what is in review is decided about"))
    mine = [each for each in turns(row) if each.user_id == session.user.id]
    if not mine:
        raise NotAskedError(row.id, ", ".join(each.user for each in turns(row)))
    if session.user.id in authors(row):
        raise OwnDocumentError(row.id, session.user.login)
    versions.set_decision(mine[0].id, decision, comment, session.now())
