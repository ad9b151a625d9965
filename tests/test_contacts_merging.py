"""Merging people and organisations: whatever names the one names the other, and back again."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from peewee import PeeweeException

from boconsole import audit
from boconsole.contacts import changing, merging, reading, undoing
from boconsole.contacts.changing import Ref
from boconsole.contacts.duplicates import folded
from boconsole.contacts.errors import ContactMergeError, MergedContactError
from boconsole.errors import StaleRecordError, UndoError
from boconsole.invoices import account_statement, drafting, issuing
from boconsole.session import Session
from boconsole.tickets import creating
from boconsole.tickets.rows import NewTicket
from db import connection
from db.base import database
from db.contacts.references import references
from tests.trade import invoice, line, new, open_trade, pay, state

MAILS = ("ann@acme.example", "a.lee@acme.example")


@pytest.fixture
def two(session: Session) -> tuple[int, int]:
    """Two records of one person: each with a ticket, the second with more."""
    for mail in MAILS:
        creating.create(session, NewTicket(f"From {mail}", "", {"requester": f"Ann <{mail}>"}))
    stays, goes = (reading.find(session, "contact", mail) for mail in MAILS)
    changing.edit(session, "contact", Ref(goes), {"phone": "+62 812 3456 7890", "tags": ("vip",),
                                                  "title": "Buyer"})  # fmt: skip
    changing.add_note(session, "contact", Ref(goes), "Prefers mornings")
    changing.add_channel(session, "contact", Ref(goes), "chat", "@annlee")
    return stays, goes


def stored(kind: str) -> list[tuple[object, ...]]:
    """Return everything of a kind that a merge may change, without versions."""
    columns = [each.name for each in database.get_columns(kind) if each.name != "version"]
    tables = ("contact_channel", "contact_address", "contact_note", "contact_tag")
    found = [connection.fetch(f"SELECT {', '.join(columns)} FROM {kind} ORDER BY id")]
    for table, name in zip(tables, ("value", "text", "body", "name"), strict=True):
        found.append(connection.fetch(f"SELECT {kind}_id, {name} FROM {table} ORDER BY 1, 2"))
    found += [
        connection.fetch(f"SELECT id, {each.column} FROM {each.table} ORDER BY id")
        for each in references(kind)  # type: ignore[arg-type]  # one of both
    ]
    return [row for rows in found for row in rows]


def test_everything_moves_and_a_later_mail_finds_who_stays(
    session: Session, two: tuple[int, int]
) -> None:
    stays, goes = two
    preview = merging.preview(session, "contact", goes, stays)

    merging.merge(session, "contact", Ref(goes), Ref(stays))
    later = creating.create(session, NewTicket("Later", "", {"requester": MAILS[1]}))

    card = reading.card(session, "contact", stays)
    assert [(side.field, side.from_goes) for side in preview.sides] == [
        ("title", True), ("email", False), ("phone", True),
    ]  # fmt: skip
    assert dict(preview.moved)["ticket.requester_id"] == 1
    assert (card.row.email, card.row.phone, card.row.title, card.tags) == (  # type: ignore[union-attr]  # a person
        MAILS[0], "+6281234567890", "Buyer", ("vip",),
    )  # fmt: skip
    assert [(each.kind, each.value) for each in card.channels] == [
        ("chat", "@annlee"), ("mail", MAILS[1]),
    ]  # fmt: skip
    assert [note.body for note in card.notes] == ["Prefers mornings"]
    assert connection.fetch("SELECT DISTINCT requester_id FROM ticket") == [(stays,)]
    assert later.id == 3
    assert reading.card(session, "contact", goes).into == f"CON-{stays} Ann"
    with pytest.raises(MergedContactError, match=f"CON-{stays}"):
        changing.edit(session, "contact", Ref(goes), {"name": "Anna"})
    assert audit.verify().broken == 0


def test_undo_parts_them_as_they_were(session: Session, two: tuple[int, int]) -> None:
    stays, goes = two
    before = stored("contact")
    merging.merge(session, "contact", Ref(goes), Ref(stays), take=("email",))
    merged = reading.card(session, "contact", stays)

    undoing.undo_last(session, "contact")

    assert (merged.row.email, [each.value for each in merged.channels]) == (
        MAILS[1], ["@annlee", MAILS[0]],
    )  # fmt: skip
    assert stored("contact") == before
    merging.merge(session, "contact", Ref(goes), Ref(stays))
    changing.add_note(session, "contact", Ref(stays), "Something newer")
    with pytest.raises(UndoError, match=f"CON-{stays} was changed since"):
        undoing.undo_last(session, "contact")
    merging.unmerge(session, "contact", Ref(goes))
    with pytest.raises(ContactMergeError, match="was not merged"):
        merging.unmerge(session, "contact", Ref(goes))


def test_documents_and_what_is_owed_follow_an_organisation(session: Session) -> None:
    open_trade(session)
    changing.add(session, "organisation", {"name": "Acme Corp", "domain": "acme.example",
                                           "address": "Dam 1"})  # fmt: skip
    first, second = invoice(session, "100.00"), invoice(session, "50.00", partner="Acme Corp")
    draft = drafting.prepare(session, new(line("30.00"), partner="Acme Corp"))
    before = stored("organisation")
    goes, stays = (reading.find(session, "organisation", name) for name in ("Acme Corp", "Acme"))

    merging.merge(session, "organisation", Ref(goes), Ref(stays))
    pay(session, "150.00", first, second)
    told = account_statement.make(session, "Acme Corp", "receivable", None, date(2026, 5, 31))
    issued = issuing.issue(session, reread(draft.head.id))

    assert [state(session, each)[0] for each in (first, second)] == ["paid", "paid"]
    assert issued.state == "issued"
    assert connection.fetch("SELECT DISTINCT partner_id FROM invoice") == [(stays,)]
    printed = connection.fetch("SELECT partner_name FROM invoice WHERE id = ?", (second.head.id,))
    assert printed == [("Acme Corp",)]
    assert told.partner == "Acme"
    card = reading.card(session, "organisation", stays)
    assert (card.row.domain, card.row.address) == ("acme.example", "Dam 1")  # type: ignore[union-attr]  # an organisation
    assert before != stored("organisation")
    with pytest.raises(PeeweeException, match="follows a merge"):
        connection.execute("UPDATE invoice SET partner_id = ?", (2,))


def reread(invoice_id: int):  # type: ignore[no-untyped-def]  # a document
    from boconsole.invoices import reading as documents

    return documents.again(invoice_id)


def test_organisations_with_final_documents_are_parted_as_they_were(session: Session) -> None:
    open_trade(session)
    changing.add(session, "organisation", {"name": "Acme Corp", "parent": "Acme"})
    pay(session, "50.00", invoice(session, "50.00", partner="Acme Corp"), partner="Acme Corp")
    changing.add(session, "contact", {"name": "Ann", "organisation": "Acme Corp"})
    before = stored("organisation")
    goes, stays = (reading.find(session, "organisation", name) for name in ("Acme Corp", "Acme"))

    merging.merge(session, "organisation", Ref(goes), Ref(stays), take=("name",))
    renamed = reading.row("organisation", stays).name
    undoing.undo_last(session, "organisation")

    assert renamed == "Acme Corp"
    assert stored("organisation") == before
    assert audit.verify().broken == 0


def test_a_chain_of_merges_leads_to_the_last(session: Session) -> None:
    a, b, c = (changing.add(session, "organisation", {"name": name}).id for name in "ABC")
    merging.merge(session, "organisation", Ref(a), Ref(b))
    merging.merge(session, "organisation", Ref(b), Ref(c))

    assert reading.find(session, "organisation", "A") == c
    with pytest.raises(ContactMergeError, match=f"ORG-{b} became part of ORG-{c} later"):
        merging.unmerge(session, "organisation", Ref(a))
    with pytest.raises(ContactMergeError, match="itself"):
        merging.merge(session, "organisation", Ref(c), Ref(c))
    with pytest.raises(StaleRecordError):
        changing.edit(session, "organisation", Ref(c, 1), {"vip": True})


def test_every_table_that_names_contacts_can_be_carried_over(session: Session) -> None:
    for kind in ("contact", "organisation"):
        found = references(kind)  # type: ignore[arg-type]  # one of both

        assert len(found) > 2
        for each in found:
            assert "id" in {column.name for column in database.get_columns(each.table)}


@given(st.permutations(["ann", "maria", "de", "la", "cruz"]), st.sampled_from(["", ".", ","]))
@settings(max_examples=30)
def test_a_name_is_the_same_in_any_order_and_spelling(parts: list[str], mark: str) -> None:
    assert folded(f"{mark} ".join(parts).title()) == folded("Ánn María de la Cruz")
