"""What is done to several documents at once, in one transaction: all of them, or none."""

from collections.abc import Callable, Sequence

from boconsole import audit
from boconsole.errors import StaleRecordError
from boconsole.invoices import drafting, issuing
from boconsole.invoices.reading import Document, again
from boconsole.ledger.together import Ref
from boconsole.session import Session


def issue(session: Session, refs: Sequence[Ref]) -> list[Document]:
    """Issue drafts, numbered in the order of their days; see `issuing.issue`."""
    return _each(session, refs, lambda document: issuing.issue(session, document))


def approve(session: Session, refs: Sequence[Ref]) -> list[Document]:
    """Approve drafts of others; see `issuing.approve`."""
    return _each(session, refs, lambda document: issuing.approve(session, document))


def delete(session: Session, refs: Sequence[Ref]) -> list[Document]:
    """Throw drafts away, as one operation; see `drafting.delete`. Returns what they were."""
    operation = 0

    def one(document: Document) -> Document:
        nonlocal operation
        operation = drafting.delete(session, document, operation=operation)
        return document

    return _each(session, refs, one)


def _each(
    session: Session, refs: Sequence[Ref], work: Callable[[Document], Document]
) -> list[Document]:
    session.require("invoice.read")
    with audit.writing():
        seen = [_seen(ref) for ref in refs]
        return [work(each) for each in sorted(seen, key=lambda one: (one.head.dated, one.head.id))]


def _seen(ref: Ref) -> Document:
    document = again(ref.id)
    if document.head.version != ref.version:
        raise StaleRecordError(ref.number, ref.id, document.head.version)
    return document
