"""The area Contacts by real keys: found, opened tab by tab, merged, and reached from elsewhere."""

from pathlib import Path

import pytest

from boconsole.contacts import reading
from boconsole.session import Session
from screens.contacts.card import CardScreen
from screens.contacts.lists import OrganisationsScreen
from screens.ledger.invoice import DocumentScreen
from screens.tabbed import part_of
from screens.ticket import TicketScreen
from tests.bookkeeping import desk, typed_in
from tests.contacts import build
from tests.desks import LARGE, SMALL, press, quiet, row, shown


@pytest.fixture
def people(dealings: Session) -> Session:
    build(dealings)
    return dealings


async def test_a_card_leads_through_its_tabs_to_documents_and_back(
    people: Session, tmp_path: Path
) -> None:
    app = desk(people, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, ":", " acme", "enter")
        card, facts = app.screen, shown(app)
        await press(pilot, "tab")
        members = shown(app)
        await press(pilot, "tab", "tab")
        documents = shown(app)
        await press(pilot, "enter")
        opened = app.screen
        await press(pilot, "@")
        again = app.screen
        await press(pilot, "shift+tab")
        notes = shown(app)

    assert isinstance(card, CardScreen)
    assert "Billing address Dam 1" in facts
    assert "Telephone       +31 20 555 0100   at home 020 555 0100" in facts
    assert "(invoices)" in facts
    assert [line.split()[0] for line in members.splitlines()[4:7]] == ["Ann", "Bo", "Lee,"]
    assert "Open: " in documents
    assert "INV-2026-00001" in documents
    assert isinstance(opened, DocumentScreen)
    assert isinstance(again, CardScreen)
    assert again.record_id == card.record_id
    assert "Nothing is noted yet" in notes


async def test_a_ticket_tells_who_asks_and_leads_there(people: Session, tmp_path: Path) -> None:
    app = desk(people, tmp_path)
    async with app.run_test(size=LARGE) as pilot:
        await quiet(pilot)
        await typed_in(pilot, ":", " tkt-1", "enter")
        ticket, told = app.screen, shown(app)
        await press(pilot, "@", "tab", "enter")
        back = app.screen

    assert isinstance(ticket, TicketScreen)
    assert "VIP         yes" in told
    assert "Call before anything is" in told
    assert isinstance(back, TicketScreen)


async def test_duplicates_are_merged_field_by_field_and_parted_by_u(
    people: Session, tmp_path: Path
) -> None:
    app = desk(people, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, ":", " duplicate-people", "enter")
        pairs = shown(app)
        await press(pilot, "enter")
        choice = row(app, "title").entry
        await press(pilot, "right")
        await press(pilot, "ctrl+s")
        after = shown(app)
        card = reading.card(people, "contact", 1)
        await typed_in(pilot, ":", " people", "enter", "u")
        parted = reading.card(people, "contact", 1)

    assert "CON-1 Ann Lee" in pairs
    assert "same name" in pairs
    assert choice is not None
    assert "CON-2 is part of CON-1 now; u undoes it." in after
    assert "Nobody is here twice" in after
    assert {each.value for each in card.channels} == {"a.lee@acme.example"}
    assert parted.channels == ()


async def test_a_person_is_added_edited_archived_and_refused_where_it_stands(
    people: Session, tmp_path: Path
) -> None:
    app = desk(people, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, "8", "n", " Cleo Vos", "tab", " ANN@acme.example", "tab", "tab")
        await typed_in(pilot, " Acme", "ctrl+s")
        refused = shown(app)
        await press(pilot, "shift+tab", "shift+tab")
        await typed_in(pilot, "ctrl+u", " cleo@acme.example", "tab", " 06 87654321", "ctrl+s")
        card = app.screen
        await press(pilot, "q")
        await typed_in(pilot, "/", " cleo", "enter", "A")
        archived = shown(app)

    assert "CON-1 already" in refused
    assert isinstance(card, CardScreen)
    stored = reading.card(people, "contact", card.record_id).row
    assert (stored.phone, stored.archived_at is not None) == ("+31687654321", True)
    assert "1 is archived; u undoes it." in archived
    assert "Nobody matches." in archived


async def test_mail_addresses_and_numbers_are_found_from_everywhere(
    people: Session, tmp_path: Path
) -> None:
    app = desk(people, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, ":", " a.lee@acme.example", "enter")
        by_mail = app.screen
        await typed_in(pilot, ":", " +31 6 12345678", "enter")
        by_number = app.screen
        await typed_in(pilot, ":", " organisations kind:supplier", "enter")
        places, supplier = app.screen, shown(app).splitlines()[2]

    assert isinstance(by_mail, CardScreen)
    assert isinstance(by_number, CardScreen)
    assert (by_mail.number, by_number.number) == ("CON-2", "CON-1")
    assert isinstance(places, OrganisationsScreen)
    assert supplier.split()[:2] == ["Paper", "Mill"]


@pytest.mark.parametrize(
    ("shown", "room", "part"),
    [(0, 99, (0, 5)), (0, 23, (0, 4)), (4, 23, (1, 5)), (4, 6, (4, 5)), (2, 13, (1, 3))],
)
def test_tabs_without_room_give_way_to_the_shown_one(
    shown: int, room: int, part: tuple[int, int]
) -> None:
    assert part_of([5, 5, 5, 5, 5], shown, room) == part
