"""Tags, links and files of entries by keys alone."""

from pathlib import Path

from boconsole.ledger import attaching, entries, linking, reading
from boconsole.ledger.entries import JournalEntry
from boconsole.ledger.tagging import known as used_before
from boconsole.ledger.tagging import offered
from boconsole.session import Session
from boconsole.tickets import creating
from boconsole.tickets.rows import NewTicket
from screens.ledger.entry import EntryScreen
from screens.ticket import TicketScreen
from screens.widgets.bars import NoticeLine
from tests.bookkeeping import OWN, desk, typed_in
from tests.consoles import line
from tests.desks import SMALL, press, quiet, shown

POSTED = "JNL-2026-00001"


def newest(session: Session) -> JournalEntry:
    row = max(reading.list_page(session, "").rows, key=lambda row: row.id)
    return entries.get(session, str(row.id))


def tag(session: Session, number: str, *tags: tuple[str, str]) -> None:
    old = entries.get(session, number)
    entries.edit(session, old, old.written._replace(tags=tags))


async def test_entry_is_tagged_while_it_is_entered(books: Session, tmp_path: Path) -> None:
    tag(books, OWN, ("project", "apollo"), ("project", "zeus"))
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, "n", "tab", "tab", "tab", "tab", " rent", "enter", " 12 ; pro")
        await typed_in(pilot, "down", "enter", "down", "enter", "enter", " cash", "enter", "=")
        line_of = [each.typed.amount for each in app.screen.lines.lines]
        await typed_in(pilot, "tab", " team: red, urgent", "tab", " TKT-9", "ctrl+s")
        page = shown(app)

    made = newest(books)
    assert line_of[:2] == ["12 USD  ; project: zeus", "-12.00 USD"]
    assert made.written.tags == (("team", "red"), ("urgent", ""))
    assert made.lines[0].tags == (("project", "zeus"),)
    assert made.written.links == ("TKT-9",)
    assert "team: red, urgent" in page
    assert "project: zeus" in page


async def test_tags_of_a_draft_and_its_lines_are_changed_with_t(
    books: Session, tmp_path: Path
) -> None:
    tag(books, OWN, ("project", "apollo"))
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, "/", " state:draft stamps", "enter", "t")
        await typed_in(pilot, "ctrl+u", " project: zeus, trip", "tab", "tab", " team:red", "ctrl+s")
        said = line(app, NoticeLine).strip()
        await typed_in(pilot, "/", "ctrl+u", f" {POSTED}", "enter", "t")
        refused = line(app, NoticeLine).strip()

    made = entries.get(books, OWN)
    assert made.written.tags == (("project", "zeus"), ("trip", ""))
    assert [each.tags for each in made.lines] == [(("team", "red"),), ()]
    assert said == f"The tags of {OWN} are changed."
    assert "Tags of a posted entry are sealed; l on its page adds links." in refused


async def test_posted_entry_is_linked_with_l_and_enter_goes_there(
    books: Session, tmp_path: Path
) -> None:
    ticket = creating.create(books, NewTicket("Pay the [b]rent[/b]"))
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, ":", f" {POSTED}", "enter", "l", f" TKT-{ticket.id}", "enter")
        page = shown(app)
        await press(pilot, "enter")
        there = app.screen
        booked = there.booked
        await press(pilot, "d")
        facts = shown(app)
        await press(pilot, "q", "L", "enter")
        back = app.screen
        await typed_in(pilot, "l", "2")
        said = line(app, NoticeLine).strip()

    assert f"TKT-{ticket.id}  Pay the [b]rent[/b] (added later by root" in page
    assert isinstance(there, TicketScreen)
    assert [each.number for each in booked] == [POSTED]
    assert f"Entry       {POSTED} Capital paid in" in facts
    assert isinstance(back, EntryScreen)
    assert said == f"{POSTED} is no longer linked to TKT-{ticket.id}."
    assert linking.links_of(books, 1) == []


async def test_file_of_an_entry_comes_and_goes_with_f(books: Session, tmp_path: Path) -> None:
    receipt, saved = tmp_path / "receipt.pdf", tmp_path / "saved.pdf"
    receipt.write_bytes(b"%PDF")
    app = desk(books, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, ":", f" {POSTED}", "enter")
        await typed_in(pilot, "f", "ctrl+u", f" {receipt}", "enter")
        kept = [row.name for row in attaching.listed(books, 1)]
        page = shown(app)
        await typed_in(pilot, "f", "2", "ctrl+u", f" {saved}", "enter")
        await typed_in(pilot, "f", "3", "y")
        left = shown(app)

    assert (kept, saved.read_bytes()) == (["receipt.pdf"], b"%PDF")
    assert "receipt.pdf (1 KiB)" in page
    assert "receipt.pdf (1 KiB)" not in left
    assert attaching.listed(books, 1) == []


async def test_file_of_a_bill_lies_on_its_page(dealings: Session, tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF")
    app = desk(dealings, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, ":", " bil-1", "enter", "f", "ctrl+u", f" {scan}", "enter")
        page = shown(app)
        await typed_in(pilot, "f", "3", "y")
        left = shown(app)

    assert "Bill BIL-2026-00001" in page
    assert "scan.pdf (1 KiB)" in page
    assert "scan.pdf (1 KiB)" not in left


def test_values_are_offered_behind_the_name_of_their_tag(books: Session) -> None:
    tag(books, OWN, ("Project", "apollo"), ("Project", "Aries"), ("people", ""))
    used = used_before(books)

    tag(books, OWN, ("Project", "apollo"), ("PROJECT", "Atlas"), ("people", ""))

    assert offered(used_before(books), "p") == ["PROJECT: ", "people"]
    assert offered(used, "p") == ["people", "Project: "]
    assert offered(used, "project: a") == ["Project: Aries", "Project: apollo"]
    assert offered(used, "project=ap") == ["Project: apollo"]
    assert offered(used, "") == []
