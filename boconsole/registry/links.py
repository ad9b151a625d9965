"""Documents and contracts at records of other areas: told and set from either side.

A contract of maintenance with an asset stays where it is; it is linked, never written twice.
"""

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from boconsole import audit
from boconsole.errors import REFUSALS, InvalidChangeError, NotFoundError
from boconsole.language import N_, _
from boconsole.registry import contracts, reading, words, writing
from boconsole.session import Session
from db.registry import documents
from db.registry.rows import LinkRow

Kind = Literal["document", "contract"]
AREAS = {
    "ticket": "tickets", "asset": "assets", "licence": "assets", "staff": "staff",
    "project": "projects", "invoice": "ledger",
}  # fmt: skip
PREFIXES = {
    "TKT": "ticket", "AST": "asset", "LIC": "licence", "EMP": "staff", "PRJ": "project",
}  # fmt: skip
"""By the letters of a number; any other one is a document of sales or purchases."""
TITLES = {
    "ticket": N_("Ticket"), "asset": N_("Asset"), "licence": N_("Licence"), "staff": N_("Staff"),
    "project": N_("Project"), "invoice": N_("Invoice"), "contract": N_("Contract"),
    "document": N_("Document"),
}  # fmt: skip


class Linked(NamedTuple):
    """A record at a document or a contract, or one of these at a record.

    Attributes:
        kind: One of `TITLES`.
        area: Where it opens.
    """

    kind: str
    id: int
    number: str
    title: str
    area: str


def link(session: Session, kind: Kind, record_id: int, word: str) -> Linked:
    """Link a document or a contract to a record; once is enough.

    Raises:
        InvalidChangeError: The number names nothing that can be linked.
        NotFoundError: There is no such record, or it may not be read.
    """
    session.require(f"{kind}.edit")
    other = find(session, word)
    with audit.writing():
        _require(session, kind, record_id)
        documents.insert_link(kind, record_id, other.kind, other.id)
        _record(session, kind, record_id, {"link": (None, other.number)})
        return other


def unlink(session: Session, kind: Kind, record_id: int, word: str) -> None:
    """Take a link away; raises as `link`."""
    session.require(f"{kind}.edit")
    other = find(session, word)
    with audit.writing():
        _require(session, kind, record_id)
        if not documents.delete_link(kind, record_id, other.kind, other.id):
            raise NotFoundError(_("link to {number}").format(number=other.number))
        _record(session, kind, record_id, {"link": (other.number, None)})


def listed(session: Session, kind: Kind, record_id: int) -> list[Linked]:
    """Return what a document or a contract is linked to; what may not be read has no title."""
    return [_told(session, row) for row in documents.select_links(kind, record_id)]


def at(session: Session, feature: str, record_id: int) -> list[Linked]:
    """Return the documents and contracts at a record, of those that may be read."""
    rows = documents.select_linked(feature, record_id)
    papers = [row.document_id for row in rows if row.document_id]
    found = [
        Linked("document", row.id, words.number(row.id), row.title, "documents")
        for row in reading.readable(session, papers)
    ]  # fmt: skip
    if session.may("contract.read"):
        for row in rows:
            if row.contract_id:
                contract = contracts.again(row.contract_id)
                found.append(Linked("contract", contract.id, words.contract_number(contract.id),
                                    contract.title, "documents"))  # fmt: skip
    return found


def find(session: Session, word: str) -> Linked:
    """Return the record of a number; raises as `link`."""
    word = word.strip()
    feature = PREFIXES.get(word[:3].upper() if word[3:4] == "-" else "", "invoice")
    if not word:
        raise InvalidChangeError("number", _("is needed, such as TKT-42, AST-0007 or PRJ-0001"))
    record_id, number, title = FINDERS[feature](session, word)
    return Linked(feature, record_id, number, title, AREAS[feature])


def _told(session: Session, row: LinkRow) -> Linked:
    area = AREAS.get(row.feature, "")
    try:
        record_id, number, title = READERS[row.feature](session, row.record_id)
    except REFUSALS:
        return Linked(row.feature, row.record_id, str(row.record_id), "…", "")
    return Linked(row.feature, record_id, number, title, area)


Told = tuple[int, str, str]


def _ticket(session: Session, word: str | int) -> Told:
    from boconsole.tickets import reading as tickets
    from boconsole.tickets.words import number

    row = tickets.get(session, word)
    return row.id, number(row.id), row.subject


def _asset(session: Session, word: str | int) -> Told:
    from boconsole.assets import reading as assets

    asset_id = word if isinstance(word, int) else assets.find(session, word).id
    row = assets.get(session, asset_id)
    return row.id, row.tag, row.name


def _licence(session: Session, word: str | int) -> Told:
    from boconsole.licences import reading as licences
    from boconsole.licences.words import licence_number

    if isinstance(word, int):
        session.require("licence.read")
        row = licences.again(session, word).row
    else:
        row = licences.get(session, word).row
    return row.id, licence_number(row.id), row.product


def _employee(session: Session, word: str | int) -> Told:
    from boconsole.staff import finding

    row = finding.get(session, word) if isinstance(word, int) else finding.find(session, word)
    return row.id, row.number, row.name


def _project(session: Session, word: str | int) -> Told:
    from boconsole.projects import reading as projects

    found = projects.get(session, word)
    return found.row.id, found.number, found.row.name


def _invoice(session: Session, word: str | int) -> Told:
    from boconsole.invoices import reading as invoices

    found = invoices.get(session, f"#{word}" if isinstance(word, int) else word)
    return found.head.id, found.number, found.head.partner


FINDERS: Mapping[str, Callable[[Session, str], Told]] = {
    "ticket": _ticket, "asset": _asset, "licence": _licence, "staff": _employee,
    "project": _project, "invoice": _invoice,
}  # fmt: skip
READERS: Mapping[str, Callable[[Session, int], Told]] = {
    "ticket": _ticket, "asset": _asset, "licence": _licence, "staff": _employee,
    "project": _project, "invoice": _invoice,
}  # fmt: skip


def _require(session: Session, kind: Kind, record_id: int) -> None:
    if kind == "document":
        writing.require_present(reading.again(session, record_id))
    else:
        contracts.again(record_id)


def _record(
    session: Session, kind: Kind, record_id: int, told: Mapping[str, tuple[object, object]]
) -> None:
    if kind == "document":
        writing.record(session, "link", reading.again(session, record_id), told)
    else:
        contracts.record(session, "link", contracts.again(record_id), told)
