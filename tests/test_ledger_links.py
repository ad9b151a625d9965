"""What hangs on entries outside their seal: links added later, and files."""

import importlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from boconsole import audit, filing
from boconsole.errors import InvalidChangeError, NotAllowedError, NotFoundError
from boconsole.filing import AttachmentTooLargeError, File
from boconsole.invoices import attaching as at_documents
from boconsole.ledger import attaching, checking, entries, importing, linking, periods, rebuilding
from boconsole.ledger.attaching import KeptFileError
from boconsole.ledger.entries import JournalEntry
from boconsole.ledger.linking import SealedLinkError
from boconsole.ledger.typing import typed
from boconsole.session import Session
from boconsole.tickets import creating
from boconsole.tickets.rows import NewTicket
from db import connection, health
from db.base import database
from tests import hledger, trade
from tests.books import open_books

DAY = date(2026, 5, 4)
RECEIPT = File("receipt.pdf", b"%PDF paper")


@pytest.fixture
def posted(session: Session) -> JournalEntry:
    """A posted entry with a link of its own."""
    open_books(session)
    written = typed(DAY, "Paper", ["Expenses:Supplies  5 USD", "Assets:Cash"])
    return entries.enter(session, written._replace(links=("TKT-1",)))


@pytest.fixture
def prepared(session: Session) -> JournalEntry:
    """A draft."""
    open_books(session)
    return entries.draft(session, typed(DAY, "Paper", ["Expenses:Supplies  5 USD", "Assets:Cash"]))


def links(session: Session, entry: JournalEntry) -> list[tuple[str, str, str, str]]:
    """Return value, kind, title and who added each link."""
    found = linking.links_of(session, entry.head.id)
    return [(each.value, each.names, each.title, each.added_by) for each in found]


def told(session: Session, entry: JournalEntry) -> list[tuple[str, object, object]]:
    """Return what the audit trail says about links and files of an entry."""
    return [
        (line.action, change.before, change.after)
        for line in audit.history(session, "ledger", entry.head.id)
        for change in line.changes
        if line.action.split(".")[1] in ("link", "unlink", "attach", "detach")
    ]


# Links


def test_posted_entry_is_linked_later_outside_its_seal(
    session: Session, posted: JournalEntry
) -> None:
    ticket = creating.create(session, NewTicket("Printer without paper"))

    linking.link(session, posted, "AST-0007")
    linking.link(session, posted, "ann@example.org")

    assert ticket.id == 1
    assert links(session, posted) == [
        ("TKT-1", "ticket", "Printer without paper", ""),
        ("AST-0007", "asset", "", "root"),
        ("ann@example.org", "contact", "", "root"),
    ]
    assert [row.id for row in linking.entries_about(session, "AST-7")] == [posted.head.id]
    assert entries.get(session, posted.number) == posted
    assert checking.check(session).faults == ()


def test_link_that_was_added_later_is_removed_and_both_are_told(
    session: Session, posted: JournalEntry
) -> None:
    linking.link(session, posted, "PRJ-3")

    linking.unlink(session, posted, "prj-0003")

    assert [value for value, *_rest in links(session, posted)] == ["TKT-1"]
    assert told(session, posted) == [
        ("entry.link", None, "PRJ-3"), ("entry.unlink", "PRJ-3", None),
    ]  # fmt: skip


def test_sealed_link_stays(session: Session, posted: JournalEntry) -> None:
    with pytest.raises(SealedLinkError, match=r"TKT-1 is sealed with JNL-2026-00001 and stays"):
        linking.unlink(session, posted, "TKT-01")


def test_links_that_cannot_be_are_refused(session: Session, posted: JournalEntry) -> None:
    with pytest.raises(InvalidChangeError, match="tkt-001 is there already"):
        linking.link(session, posted, "tkt-001")
    with pytest.raises(NotFoundError, match="no link TKT-9 at JNL-2026-00001"):
        linking.unlink(session, posted, "TKT-9")


def test_draft_has_its_links_as_a_part_of_itself(session: Session, prepared: JournalEntry) -> None:
    linking.link(session, prepared, "TKT-42")
    linking.link(session, entries.get(session, prepared.number), "PRJ-1")
    linking.unlink(session, entries.get(session, prepared.number), "PRJ-1")

    again = entries.get(session, prepared.number)
    assert (again.head.links, again.head.version) == ('["TKT-42"]', 4)
    assert links(session, again) == [("TKT-42", "ticket", "", "")]


def test_reader_of_books_alone_sees_no_subject_of_a_ticket(
    session: Session, posted: JournalEntry
) -> None:
    creating.create(session, NewTicket("Salary of the boss"))
    blind = replace(session, permissions=frozenset({"ledger.read"}))

    assert links(blind, posted) == [("TKT-1", "ticket", "", "")]
    with pytest.raises(NotAllowedError):
        linking.link(blind, posted, "PRJ-1")


# Files


def test_file_of_a_posted_entry_is_kept_and_found(session: Session, posted: JournalEntry) -> None:
    attaching.attach(session, posted, [RECEIPT, File("../../etc/x\n.txt", b"x")])

    rows = attaching.listed(session, posted.head.id)
    assert [(row.name, row.media_type, row.size) for row in rows] == [
        ("receipt.pdf", "application/pdf", 10), ("x .txt", "text/plain", 1),
    ]  # fmt: skip
    assert attaching.content(session, posted.head.id, "receipt.pdf") == RECEIPT
    assert {(row.sha256, row.size) for row in rows} == set(health.select_attachments())


def test_removed_file_stays_in_the_trail_with_its_hash(
    session: Session, posted: JournalEntry
) -> None:
    attaching.attach(session, posted, [RECEIPT])
    row = attaching.listed(session, posted.head.id)[0]

    attaching.remove(session, posted, str(row.id))

    assert attaching.listed(session, posted.head.id) == []
    assert told(session, posted) == [
        ("entry.attach", None, ["receipt.pdf"]), ("entry.attach", None, [row.sha256]),
        ("entry.detach", ["receipt.pdf"], None), ("entry.detach", [row.sha256], None),
    ]  # fmt: skip


def test_file_of_a_closed_month_is_added_and_never_removed(
    session: Session, posted: JournalEntry
) -> None:
    periods.close_period(session, periods.find_month(session, "2026-05"))

    attaching.attach(session, posted, [RECEIPT])
    with pytest.raises(KeptFileError, match=r"receipt.pdf stays at JNL-2026-00001\. .*closed"):
        attaching.remove(session, posted, "receipt.pdf")

    assert len(attaching.listed(session, posted.head.id)) == 1


def test_too_large_file_is_refused_and_none_is_kept(
    session: Session, prepared: JournalEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing, "limit_in_bytes", 20)

    with pytest.raises(AttachmentTooLargeError):
        attaching.attach(session, prepared, [RECEIPT, File("large", b"x" * 21)])

    assert attaching.listed(session, prepared.head.id) == []
    assert filing.folder() is None or not (filing.folder() or Path()).exists()


def test_files_go_with_a_deleted_draft_and_never_to_another(
    session: Session, prepared: JournalEntry
) -> None:
    attaching.attach(session, prepared, [RECEIPT])
    entries.delete(session, prepared)

    other = entries.draft(session, typed(DAY, "New", ["Expenses:Rent  5 USD", "Assets:Cash"]))

    assert attaching.listed(session, other.head.id) == []


def test_file_of_a_document_is_kept_and_stays_in_a_closed_month(session: Session) -> None:
    trade.open_trade(session)
    bill = trade.bill(session)
    at_documents.attach(session, bill, [RECEIPT])
    periods.close_period(session, periods.find_month(session, f"{bill.head.dated:%Y-%m}"))

    with pytest.raises(KeptFileError, match=f"receipt.pdf stays at {bill.number}"):
        at_documents.remove(session, bill, "receipt.pdf")

    assert at_documents.content(session, bill.head.id, "1") == RECEIPT
    assert [size for _hash, size in health.select_attachments()] == [10]


# What is kept apart


def test_what_was_kept_before_is_found_as_if_it_came_now(session: Session, tmp_path: Path) -> None:
    text = (
        "2026-05-04 Paper  ; project: Apollo, link: TKT-042\n"
        "    Expenses:Paper  5 USD  ; team: a b, ann: x\n    Assets:Cash\n"
        f"2026-05-05 Long  ; text: {'long ' * 1_000}\n    Expenses:Paper  5 USD\n    Assets:Cash\n"
    )
    importing.import_journal(session, hledger.written(text, tmp_path))
    step = importlib.import_module("db.migrations.0014_dimensions")
    connection.execute("DELETE FROM entry_dimension")
    connection.execute("DELETE FROM dimension")
    assert [fault.kind for fault in checking.check(session).faults] == ["tags", "tags"]

    with database.bind_ctx([step.Dimension], bind_refs=False, bind_backrefs=False):
        step._fill(database)

    assert checking.check(session).faults == ()


def test_tags_that_were_changed_behind_the_entries_are_kept_anew(
    session: Session, posted: JournalEntry
) -> None:
    linking.link(session, posted, "PRJ-3")
    connection.execute("UPDATE dimension SET value_key = 'tkt-9' WHERE value_key = 'tkt-1'")
    connection.execute("UPDATE dimension SET value = 'TKT-9' WHERE value = 'TKT-1'")

    wrong = rebuilding.rebuild(session)

    assert wrong == 1
    assert checking.check(session).faults == ()
    assert sorted(value for value, *_rest in links(session, posted)) == ["PRJ-3", "TKT-1"]
