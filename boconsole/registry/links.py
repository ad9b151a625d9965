"""Links of documents and contracts to records of other areas, from their side.

A contract of maintenance with an asset stays where it is; it is linked, never written twice.
"""

from collections.abc import Callable, Mapping
from typing import Literal

from boconsole import audit
from boconsole.errors import REFUSALS, InvalidChangeError, NotFoundError
from boconsole.language import N_, _
from boconsole.registry import contracts, reading, writing
from boconsole.registry.beside import Linked as Linked  # others know it from here
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


def link(session: Session, kind: Kind, record_id: int, word: str) -> Linked:
    """Link a document or a contract to a record; once is enough.

    Raises:
        InvalidChangeError: The number names nothing that can be linked.
        NotFoundError: There is no such record, or it may not be read.
    """
    with audit.writing():
        other = find(session, word)
        put(session, kind, record_id, other)
        return other


def put(session: Session, kind: Kind, record_id: int, other: Linked, undoes: int = 0) -> None:
    """Link to a record that was found, inside the caller's transaction; raises as `link`."""
    session.require(f"{kind}.edit")
    _require(session, kind, record_id)
    if documents.insert_link(kind, record_id, other.kind, other.id):
        _record(session, kind, record_id, {"link": (None, other.number)}, undoes)


def unlink(session: Session, kind: Kind, record_id: int, word: str) -> None:
    """Take a link away; raises as `link`."""
    with audit.writing():
        take(session, kind, record_id, find(session, word))


def take(session: Session, kind: Kind, record_id: int, other: Linked, undoes: int = 0) -> None:
    """Take a link to a record away, inside the caller's transaction; raises as `link`."""
    session.require(f"{kind}.edit")
    _require(session, kind, record_id)
    if not documents.delete_link(kind, record_id, other.kind, other.id):
        raise NotFoundError(_("link to {number}").format(number=other.number))
    _record(session, kind, record_id, {"link": (other.number, None)}, undoes)


def listed(session: Session, kind: Kind, record_id: int) -> list[Linked]:
    """Return what a document or a contract is linked to; what may not be read has no title."""
    return [_told(session, row) for row in documents.select_links(kind, record_id)]


def find(session: Session, word: str) -> Linked:
    """Return the record of a number; raises as `link`."""
    word = word.strip()
    feature = PREFIXES.get(word[:3].upper() if word[3:4] == "-" else "", "invoice")
    if not word:
        raise InvalidChangeError("number", _("is needed, such as TKT-42, AST-0007 or PRJ-0001"))
    record_id, number, title = FINDERS[feature](session, word)
    return Linked(feature, record_id, number, title, AREAS[feature])


def of(session: Session, feature: str, record_id: int) -> Linked:
    """Return a record as links name it; raises NotFoundError, NotAllowedError."""
    found, number, title = READERS[feature](session, record_id)
    return Linked(feature, found, number, title, AREAS[feature])


def _told(session: Session, row: LinkRow) -> Linked:
    try:
        return of(session, row.feature, row.record_id)
    except REFUSALS:
        return Linked(row.feature, row.record_id, "…", "…", "")


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
    session: Session, kind: Kind, record_id: int, told: Mapping[str, tuple[object, object]],
    undoes: int,
) -> None:  # fmt: skip
    verb = "undo" if undoes else "link" if told["link"][1] else "unlink"
    if kind == "document":
        writing.record(session, verb, reading.again(session, record_id), told, undoes)
    else:
        contracts.record(session, verb, contracts.again(record_id), told, undoes)
