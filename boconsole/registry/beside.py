"""The documents and contracts at a record of another area, told and set from that record.

Who may not read a document does not learn that it is there. At people and organisations they are
those that name it as the other side; elsewhere they are linked. Every open record reads this, so
the rules of the registry are loaded only where there is a paper.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.language import _
from boconsole.session import Session
from db.registry import documents

if TYPE_CHECKING:
    from boconsole.filing import File
    from boconsole.registry.links import Kind
    from db.registry.rows import ContractRow, DocumentRow

SIDES = {"contact": "CON-", "organisation": "ORG-"}
"""Records that are the other side of a paper, with the letters of their numbers."""
AREA = "documents"


class Linked(NamedTuple):
    """A record at a document or a contract, or one of these at a record.

    Attributes:
        kind: One of `links.TITLES`.
        area: Where it opens.
    """

    kind: str
    id: int
    number: str
    title: str
    area: str


def at(session: Session, feature: str, record_id: int) -> list[Linked]:
    """Return the documents and contracts linked to a record, of those that may be read.

    Args:
        session: Who reads; the record itself is one that they were shown.
        feature: One of `links.AREAS` or `SIDES`.
        record_id: Which.
    """
    if feature in SIDES:
        from boconsole.registry import contracts, reading

        return _told(reading.naming(session, feature, record_id),
                     contracts.naming(session, feature, record_id))  # fmt: skip
    rows = documents.select_linked(feature, record_id)
    if not rows:
        return []
    from boconsole.registry import contracts, reading

    papers = [row.document_id for row in rows if row.document_id]
    agreed = [row.contract_id for row in rows if row.contract_id]
    return _told(reading.readable(session, papers), contracts.readable(session, agreed))


def _told(papers: Sequence[DocumentRow], agreed: Sequence[ContractRow]) -> list[Linked]:
    from boconsole.registry import words

    return [
        *(Linked("document", row.id, words.number(row.id), row.title, AREA) for row in papers),
        *(Linked("contract", row.id, words.contract_number(row.id), row.title, AREA)
          for row in agreed),
    ]  # fmt: skip


def attach(session: Session, feature: str, record_id: int, word: str) -> Linked:
    """Put a document or a contract at a record.

    Args:
        session: Who does.
        feature: Of the record.
        record_id: Which.
        word: DOC-0001 or CTR-0001.

    Raises:
        NotFoundError: One of both is not there, or may not be read.
        InvalidChangeError: The paper names another side already.
    """
    from boconsole.registry import links

    with audit.writing():
        paper = find(session, word)
        if feature in SIDES:
            _name(session, paper, feature, record_id)
        else:
            links.put(session, _kind(paper), paper.id, links.of(session, feature, record_id))
        return paper


def detach(session: Session, feature: str, record_id: int, word: str) -> Linked:
    """Take a document or a contract from a record; it stays itself.

    Raises:
        NotFoundError: The paper is not there, may not be read, or is not at that record.
    """
    from boconsole.registry import links

    with audit.writing():
        paper = find(session, word)
        if feature in SIDES:
            if _named(session, paper, feature)[0] != record_id:
                number = f"{SIDES[feature]}{record_id}"
                raise NotFoundError(_("link to {number}").format(number=number))
            _edit(session, paper, "")
        else:
            links.take(session, _kind(paper), paper.id, links.of(session, feature, record_id))
        return paper


def add(
    session: Session, feature: str, record_id: int, given: Mapping[str, object], file: File | None
) -> Linked:
    """Add a document at a record, in one operation; raises as `attach` and `writing.create`."""
    from boconsole.registry import links, words, writing

    with audit.writing():
        if feature in SIDES:
            given = {**given, "counterpart": f"{SIDES[feature]}{record_id}"}
        made = writing.create(session, given, file)
        if feature not in SIDES:
            links.put(session, "document", made.id, links.of(session, feature, record_id))
    return Linked("document", made.id, words.number(made.id), made.row.title, AREA)


def find(session: Session, word: str) -> Linked:
    """Return a document or a contract by its number; raises NotFoundError, InvalidChangeError."""
    from boconsole.registry import contracts, reading, words

    if word.strip().upper().startswith("CTR-"):
        contract = contracts.get(session, word)
        return Linked("contract", contract.id, contract.number, contract.row.title, AREA)
    document = reading.get(session, words.parse_number(word))
    return Linked("document", document.id, document.number, document.row.title, AREA)


def _kind(paper: Linked) -> Kind:
    return "contract" if paper.kind == "contract" else "document"


def _name(session: Session, paper: Linked, feature: str, record_id: int) -> None:
    """Make a person or an organisation the other side of a paper that names none."""
    named, name = _named(session, paper, feature)
    if name and named != record_id:
        raise InvalidChangeError("counterpart", _("of {number} is {name}; change it there").format(
            number=paper.number, name=name))  # fmt: skip
    _edit(session, paper, f"{SIDES[feature]}{record_id}")


def _named(session: Session, paper: Linked, feature: str) -> tuple[int | None, str]:
    """Return which person or organisation a paper names, and the name of its other side."""
    from boconsole.registry import contracts, reading

    contract = paper.kind == "contract"
    row = contracts.again(paper.id) if contract else reading.again(session, paper.id)
    named = row.organisation_id if feature == "organisation" else row.contact_id
    return named, row.counterpart


def _edit(session: Session, paper: Linked, side: str) -> None:
    from boconsole.registry import contracts, writing
    from boconsole.tickets.rows import Ref

    edit = contracts.edit if paper.kind == "contract" else writing.edit
    edit(session, Ref(paper.id), {"counterpart": side})
