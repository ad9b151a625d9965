"""Cards of the registry: what tabs they have, and the rows of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from boconsole.audit import HistoryEntry
from boconsole.language import N_, _, grouped
from boconsole.registry import contracts, links, reading, words
from boconsole.registry.links import Kind
from boconsole.registry.reading import DocumentRow, VersionRow
from boconsole.session import Session
from screens.cells import Cell, moment, safe
from screens.contacts.tabs import Rows, TabRow
from screens.places import Place
from screens.registry import facts
from screens.registry.rooms import AREA

FACTS, VERSIONS, TEXT, LINKS, PAPERS, HISTORY = (
    "facts", "versions", "text", "links", "papers", "history",
)  # fmt: skip
NOWHERE = Place("")


class Tab(NamedTuple):
    """A tab; one that is read has rows, any other is a text."""

    id: str
    title: str
    read: object | None = None


OF_DOCUMENTS = (
    Tab(FACTS, N_("Facts")), Tab(VERSIONS, N_("Versions"), VERSIONS), Tab(TEXT, N_("Text")),
    Tab(LINKS, N_("Links"), LINKS), Tab(HISTORY, N_("History"), HISTORY),
)  # fmt: skip
OF_CONTRACTS = (
    Tab(FACTS, N_("Facts")), Tab(PAPERS, N_("Documents"), PAPERS), Tab(LINKS, N_("Links"), LINKS),
    Tab(HISTORY, N_("History"), HISTORY),
)  # fmt: skip


def version_rows(versions: Sequence[VersionRow], session: Session) -> Rows:
    """Return the files of a document, the last one first."""
    lines = [
        TabRow(
            (Cell(str(each.number)), Cell(safe(each.name)), Cell(grouped(each.size)),
             Cell(moment(each.added_at.astimezone(session.zone))), Cell(safe(each.added_by)),
             Cell(_("destroyed") if each.removed_at else _(words.TEXTS[each.text_state]), "muted"),
             Cell(safe(each.note), "muted"), Cell(each.sha256[:12], "muted")),
            NOWHERE,
        )
        for each in reversed(versions)
    ]  # fmt: skip
    headings = (N_("No."), N_("Name"), N_("Bytes"), N_("Added"), N_("By"), N_("Text"), N_("Note"),
                N_("Hash"))  # fmt: skip
    return Rows(headings, lines, N_("There is no file yet; f adds one."), NOWHERE,
                frozenset((0, 2)), drops=(7, 6, 2, 5))  # fmt: skip


def link_rows(session: Session, kind: Kind, record_id: int) -> Rows:
    """Return what a document or a contract is linked to."""
    lines = [
        TabRow((Cell(_(links.TITLES[each.kind])), Cell(safe(each.number), "info"),
                Cell(safe(each.title))), Place(each.area, record=each.number))
        for each in links.listed(session, kind, record_id)
    ]  # fmt: skip
    headings = (N_("Kind"), N_("Number"), N_("Title"))
    return Rows(headings, lines, N_("Nothing is linked; l links a ticket, an asset, a project."),
                NOWHERE)  # fmt: skip


def paper_rows(rows: Sequence[DocumentRow], session: Session) -> Rows:
    """Return documents that belong to something."""
    today = reading.today(session)
    lines = [
        TabRow((Cell(words.number(row.id), "info"), Cell(safe(row.title)),
                facts.look(facts.STATES[row.state]), facts.until(row.expires_on, today)),
               Place(AREA, record=words.number(row.id)))
        for row in rows
    ]  # fmt: skip
    headings = (N_("Number"), N_("Title"), N_("State"), N_("Until"))
    return Rows(headings, lines, N_("There is no document."), Place(AREA), drops=(3,))


def contract_rows(rows: Sequence[contracts.ContractRow], session: Session) -> list[TabRow]:
    """Return contracts with somebody, as `paper_rows` lays documents out."""
    today = reading.today(session)
    return [
        TabRow((Cell(words.contract_number(row.id), "info"), Cell(safe(row.title)),
                facts.look(facts.CONTRACT_STATES[row.state]),
                facts.until(row.end_on, today, over=row.state == words.ENDED)),
               Place(AREA, record=words.contract_number(row.id)))
        for row in rows
    ]  # fmt: skip


def history_rows(found: Sequence[HistoryEntry], session: Session) -> Rows:
    """Return what happened to a record, the last first."""
    lines = [
        TabRow((Cell(moment(each.at.astimezone(session.zone))), Cell(safe(each.actor)),
                Cell(safe(each.action)),
                Cell(safe(", ".join(_(change.field) for change in each.changes)), "muted")),
               NOWHERE)
        for each in reversed(found)
    ]  # fmt: skip
    headings = (N_("When"), N_("Who"), N_("Action"), N_("Fields"))
    return Rows(headings, lines, N_("Nothing happened yet."), NOWHERE, drops=(3,))
