"""The forms of tickets: new, edit, reply, and what several tickets share."""

from pathlib import Path

from textual.widgets import Static

from boconsole import drafts
from boconsole.session import Session
from boconsole.tickets import changing, reading, replying, setting_up, templates
from boconsole.tickets.rows import Ref
from screens import ticket_forms
from screens.conflict import ConflictDialog
from screens.dialogs import MenuDialog
from screens.forms import FormScreen
from screens.ticket import TicketScreen
from screens.widgets.bars import NoticeLine
from screens.widgets.fields import Suggestions
from tests.consoles import line
from tests.desks import (
    SMALL,
    desk,
    make,
    open_ticket,
    press,
    quiet,
    row,
    shown,
    type_text,
)
from tests.people import add_agent


async def test_new_ticket_is_made_and_opened(local_session: Session, tmp_path: Path) -> None:
    ticket = make(local_session)
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await press(pilot, "n")
        await type_text(pilot, "Screen is dark")
        row(app, "requester").entry.focus()
        await type_text(pilot, "bo@new.example")
        row(app, "body").entry.focus()
        await type_text(pilot, "Since noon")
        await press(pilot, "ctrl+s")
        opened = app.screen

    found = reading.get(local_session, ticket.id + 1)
    assert (found.subject, found.requester) == ("Screen is dark", "bo@new.example")
    assert reading.timeline(local_session, found.id)[0].text == "Since noon"
    assert isinstance(opened, TicketScreen)
    assert opened.row is not None
    assert opened.row.id == found.id


async def test_priority_is_shown_while_impact_and_urgency_are_chosen(
    local_session: Session, tmp_path: Path
) -> None:
    ticket = make(local_session)
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await press(pilot, "n")
        row(app, "impact").entry.focus()
        await press(pilot, "h")
        row(app, "urgency").entry.focus()
        await press(pilot, "h")

        hint = row(app, "urgency").query_one(".hint", Static)
        assert str(hint.render()) == "= priority C critical"


async def test_priority_by_hand_asks_why(local_session: Session, tmp_path: Path) -> None:
    ticket = make(local_session)
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await press(pilot, "e")
        hidden = not row(app, "priority_reason").display
        row(app, "priority").entry.focus()
        await press(pilot, "c", "ctrl+s")
        focused = app.focused is row(app, "priority_reason").entry
        await type_text(pilot, "The director")
        await press(pilot, "ctrl+s")

    assert (hidden, focused) == (True, True)
    assert reading.get(local_session, ticket.id).priority == "critical"


async def test_requester_is_completed_by_name(local_session: Session, tmp_path: Path) -> None:
    ticket = make(local_session, requester="Ann Lee <ann@example.com>")
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await press(pilot, "n")
        row(app, "requester").entry.focus()
        await type_text(pilot, "ann l")
        offered = row(app, "requester").query_one(Suggestions).found
        await press(pilot, "down", "enter")

        assert [one.about for one in offered] == ["Ann Lee"]
        assert row(app, "requester").text == "ann@example.com"


async def test_template_fills_in_the_form(local_session: Session, tmp_path: Path) -> None:
    values = {"subject": "New colleague", "kind": "request", "body": "Name:", "tags": "onboarding"}
    templates.save(local_session, "Starter", values)
    ticket = make(local_session)
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await press(pilot, "n", "down", "enter", "ctrl+s")

    found = reading.get(local_session, ticket.id + 1)
    assert (found.subject, found.kind, found.tags) == ("New colleague", "request", ("onboarding",))


async def test_fields_of_the_chosen_kind_are_shown_and_saved(
    local_session: Session, tmp_path: Path
) -> None:
    setting_up.add_field(local_session, "room", "Room", "text", kind="request")
    setting_up.add_field(local_session, "risk", "Risk", "choice", kind="change", choices=["a", "b"])
    ticket = make(local_session, kind="request")
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await press(pilot, "e")
        visible = [name for name in ("cf.room", "cf.risk") if row(app, name).display]
        row(app, "cf.room").text = "B12"
        await press(pilot, "ctrl+s")

    assert visible == ["cf.room"]
    assert dict(reading.get(local_session, ticket.id).custom) == {"room": "B12"}


async def test_edit_on_a_stale_ticket_shows_both_sides_and_saves_on_top(
    local_session: Session, tmp_path: Path
) -> None:
    bea = add_agent(local_session, "bea")
    ticket = make(local_session)
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await press(pilot, "e")
        changing.edit(bea, [Ref(ticket.id)], {"subject": "Hers", "tags": "hot"})
        await type_text(pilot, " again")
        await press(pilot, "ctrl+s")
        asked = isinstance(app.screen, ConflictDialog)
        await press(pilot, "space", "enter")

    found = reading.get(local_session, ticket.id)
    assert asked
    assert (found.subject, found.tags) == ("Printer is on fire again", ("hot",))


async def test_wrong_requester_gets_the_cursor(local_session: Session, tmp_path: Path) -> None:
    ticket = make(local_session)
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await press(pilot, "e")
        row(app, "requester").text = "nobody at all"
        await press(pilot, "ctrl+s")

        assert app.focused is row(app, "requester").entry
        assert isinstance(app.screen, FormScreen)


async def test_reply_with_a_state_and_time(local_session: Session, tmp_path: Path) -> None:
    ticket = make(local_session)
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await press(pilot, "c")
        await type_text(pilot, "Try again")
        row(app, "state").entry.focus()
        await press(pilot, "p")
        row(app, "minutes").text = "1h 10m"
        await press(pilot, "ctrl+s")
        text = shown(app)

    entry = reading.timeline(local_session, ticket.id)[1]
    assert (entry.kind, entry.text, entry.minutes) == ("reply", "Try again", 70)
    assert reading.get(local_session, ticket.id).state == "pending"
    assert "root replied" in text


async def test_note_stays_internal(local_session: Session, tmp_path: Path) -> None:
    ticket = make(local_session)
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await press(pilot, "c")
        await type_text(pilot, "He is angry")
        await press(pilot, "tab", "space", "ctrl+s")

    entry = reading.timeline(local_session, ticket.id)[1]
    assert (entry.kind, entry.text) == ("note", "He is angry")


async def test_empty_reply_is_not_sent(local_session: Session, tmp_path: Path) -> None:
    ticket = make(local_session)
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await press(pilot, "c", "ctrl+s")
        said = line(app, NoticeLine)

    assert "Text needs another look" in said
    assert len(reading.timeline(local_session, ticket.id)) == 1


async def test_file_is_attached_by_its_path(local_session: Session, tmp_path: Path) -> None:
    path = tmp_path / "log.txt"
    path.write_text("trace")
    ticket = make(local_session)
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await press(pilot, "c")
        await type_text(pilot, "Look")
        row(app, "files").text = f"{path}, {tmp_path / 'gone.txt'}"
        await press(pilot, "ctrl+s")
        refused = app.focused is row(app, "files").entry
        row(app, "files").text = str(path)
        await press(pilot, "ctrl+s")

    files = reading.timeline(local_session, ticket.id)[1].attachments
    assert refused
    assert [file.name for file in files] == ["log.txt"]


async def test_reply_of_a_lost_console_is_offered_again(
    local_session: Session, tmp_path: Path
) -> None:
    ticket = make(local_session)
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await press(pilot, "c")
        await type_text(pilot, "Half a th")
        app.hang_up()
        await pilot.pause(0.3)

    again = desk(local_session, tmp_path)
    async with again.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await press(pilot, "c")
        offered = isinstance(again.screen, MenuDialog)
        await press(pilot, "y")
        await type_text(pilot, "ought")
        await press(pilot, "ctrl+s")

    assert offered
    assert reading.timeline(local_session, ticket.id)[1].text == "Half a thought"
    assert drafts.list_all(local_session) == []


async def test_reply_of_another_console_meanwhile_is_no_conflict(
    local_session: Session, tmp_path: Path
) -> None:
    bea = add_agent(local_session, "bea")
    ticket = make(local_session)
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await press(pilot, "c")
        replying.reply(bea, Ref(ticket.id), "Hers.")
        await type_text(pilot, "Mine.")
        await press(pilot, "ctrl+s")

    texts = [entry.text for entry in reading.timeline(local_session, ticket.id) if entry.message_id]
    assert texts == ["It smells of smoke.", "Hers.", "Mine."]


async def test_many_tickets_are_edited_as_one_operation(
    local_session: Session, tmp_path: Path
) -> None:
    first, second = make(local_session, "One", tags="a"), make(local_session, "Two", tags="b")
    done: list[object] = []
    choices = ticket_forms.read_choices(local_session)
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await app.push_screen(
            ticket_forms.bulk_form(app.session, choices, [first, second], done.append)
        )
        await quiet(pilot)
        row(app, "tags").text = "+hot, -b"
        row(app, "impact").entry.focus()
        await press(pilot, "h", "ctrl+s")

    rows = [reading.get(local_session, ticket.id) for ticket in (first, second)]
    assert [found.tags for found in rows] == [("a", "hot"), ("hot",)]
    assert [found.impact for found in rows] == ["high", "high"]
    assert len(done) == 1
