"""The administration: its parts are listed, added, changed and removed; the trail is checked."""

from pathlib import Path

import pytest

from boconsole import audit, views
from boconsole.errors import InvalidChangeError, NotAllowedError
from boconsole.mail import keeping
from boconsole.mail.taking import Envelope
from boconsole.session import Session
from boconsole.tickets import (
    macros,
    overview,
    reading,
    replying,
    setting_up,
    templates,
    triggering,
)
from db import connection
from db.mail import outbox
from screens.admin.mail_list import MailScreen
from screens.admin.parts import read_pairs, write_pairs
from screens.admin.screen import PARTS, ROOMS, PartScreen
from screens.forms import FormScreen
from screens.widgets.bars import NoticeLine
from tests.consoles import line
from tests.desks import LARGE, SMALL, make, press, quiet, row, shown, type_text, whole_desk
from tests.letters import mail_set, take
from tests.people import add_agent


def part_of(name: str) -> PartScreen:
    return PartScreen(next(part for part in PARTS if part.id == name))


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("state = pending\ntags = +a, -b", {"state": "pending", "tags": "+a, -b"}),
        ("note = 1 = 2", {"note": "1 = 2"}),
        ("\n\n", {}),
    ],
)
def test_lines_of_changes_are_read(text: str, pairs: dict[str, str]) -> None:
    assert read_pairs(text) == pairs


def test_line_without_a_sign_is_refused() -> None:
    with pytest.raises(InvalidChangeError) as refused:
        read_pairs("state pending")

    assert refused.value.field == "changes"


def test_changes_are_written_as_they_are_read() -> None:
    pairs = {"state": "pending", "tags": "+a"}

    assert read_pairs(write_pairs(pairs)) == pairs


def test_members_and_method_of_a_queue_are_replaced(session: Session) -> None:
    add_agent(session, "bea")
    add_agent(session, "carl")
    overview.put_queue(session, "Network", ["bea"], "round_robin")

    overview.put_queue(session, "Network", ["carl"], "")

    assert overview.queues(session) == [overview.QueueLine("Network", ("carl",), "")]


def test_queue_with_active_tickets_is_not_taken_out_of_use(session: Session) -> None:
    setting_up.add_queue(session, "Network")
    make(session, queue="Network")

    with pytest.raises(InvalidChangeError):
        overview.retire(session, "queue", "Network")


def test_setting_up_needs_the_permission(session: Session) -> None:
    bea = add_agent(session, "bea")

    with pytest.raises(NotAllowedError):
        overview.put_queue(bea, "Network", [], "")


def test_trail_is_read_in_pages(session: Session) -> None:
    for name in ("A", "B", "C"):
        setting_up.add_queue(session, name)

    newest = audit.recent(session, 0, 2)

    older = audit.recent(session, newest[-1].id, 2)
    names = [entry.changes[0].after for entry in (*newest, *older)][:3]
    assert names == ["C", "B", "A"]


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_every_part_opens(
    local_session: Session, tmp_path: Path, size: tuple[int, int]
) -> None:
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "0")
        opened = []
        for _line in (*ROOMS, *PARTS):
            await press(pilot, "enter")
            opened.append(app.screen.heading().view)  # type: ignore[attr-defined]
            await press(pilot, "q", "j")

    titles = [*(room.title for room in ROOMS), *(part.title for part in PARTS)]
    assert [view.partition(" · ")[0] for view in opened] == titles


async def test_macro_is_made_changed_and_removed(local_session: Session, tmp_path: Path) -> None:
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await app.push_screen(part_of("macro"))
        await press(pilot, "n")
        await type_text(pilot, "Ask")
        row(app, "reply").text = "More, please."
        row(app, "changes").text = "state = pending"
        await press(pilot, "ctrl+s")
        made = macros.find(local_session, "Ask")
        await press(pilot, "e")
        row(app, "reply").text = "More, {requester.first}."
        await press(pilot, "ctrl+s")
        changed = macros.find(local_session, "Ask")
        listed = shown(app)
        await press(pilot, "D", "y")

    assert (made.reply, dict(made.changes)) == ("More, please.", {"state": "pending"})
    assert (changed.reply, dict(changed.changes)) == (
        "More, {requester.first}.",
        {"state": "pending"},
    )
    assert "Ask" in listed
    assert macros.list_all(local_session) == []


async def test_wrong_change_of_a_macro_keeps_the_form(
    local_session: Session, tmp_path: Path
) -> None:
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await app.push_screen(part_of("macro"))
        await press(pilot, "n")
        row(app, "name").text = "Ask"
        row(app, "changes").text = "colour = red"
        await press(pilot, "ctrl+s")

        assert isinstance(app.screen, FormScreen)
        assert "is not a field" in line(app, NoticeLine)


async def test_trigger_with_a_broken_query_is_refused(
    local_session: Session, tmp_path: Path
) -> None:
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await app.push_screen(part_of("trigger"))
        await press(pilot, "n")
        row(app, "name").text = "Loud"
        row(app, "condition").text = "prio>=lou"
        await press(pilot, "ctrl+s")
        refused = isinstance(app.screen, FormScreen)
        row(app, "condition").text = "prio>=high"
        row(app, "changes").text = "tags = +loud"
        await press(pilot, "ctrl+s")

    assert refused
    assert make(local_session, impact="high", urgency="high").tags == ("loud",)
    assert [one.name for one in overview.triggers(local_session)] == ["Loud"]


async def test_recurring_ticket_shows_its_next_days(local_session: Session, tmp_path: Path) -> None:
    templates.save(local_session, "Backup", {"subject": "Test the backup"})
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=LARGE) as pilot:
        await app.push_screen(part_of("recurrence"))
        await press(pilot, "n")
        row(app, "name").text = "Monthly"
        row(app, "every").text = "1mo"
        row(app, "start").text = "2026-05-31"
        await press(pilot, "ctrl+s")

        assert "Backup, every 1mo: 2026-05-31, 2026-06-30, 2026-07-31" in shown(app)


async def test_view_is_shared(local_session: Session, tmp_path: Path) -> None:
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await app.push_screen(part_of("view"))
        await press(pilot, "n")
        row(app, "name").text = "Hot"
        row(app, "query").text = "tag:hot"
        row(app, "shared").text = "yes"
        await press(pilot, "ctrl+s")

    made = views.find(local_session, "ticket", "Hot")
    assert (made.query, made.shared) == ("tag:hot", True)


async def test_without_the_permission_nothing_is_changed(
    local_session: Session, tmp_path: Path
) -> None:
    app = whole_desk(add_agent(local_session, "bea"), tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await app.push_screen(part_of("macro"))
        await press(pilot, "n")

        assert isinstance(app.screen, PartScreen)
        assert "ticket.configure" in line(app, NoticeLine)


async def test_names_of_others_are_shown_as_text(local_session: Session, tmp_path: Path) -> None:
    triggering.save(local_session, "[/x][b]", "create", "", {"tags": "+a"})
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await app.push_screen(part_of("trigger"))
        await quiet(pilot)

        assert "[/x][b]" in shown(app)


async def test_trail_says_that_it_is_whole_and_where_it_is_broken(
    local_session: Session, tmp_path: Path
) -> None:
    make(local_session)
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=LARGE) as pilot:
        await press(pilot, "0", "j", "j", "j", "enter", "X")
        whole = shown(app)
        connection.execute("DROP TRIGGER audit_entry_no_update")
        connection.execute("UPDATE audit_entry SET actor = 'eve' WHERE id = 2")
        await press(pilot, "X")
        broken = shown(app)
        await press(pilot, "enter")
        detail = shown(app)

    assert "The trail is whole" in whole
    assert "THE TRAIL IS BROKEN at line 2" in broken
    assert "Operation" in detail


async def test_mail_that_failed_is_sent_again_and_what_was_set_aside_taken_in(
    local_session: Session, tmp_path: Path
) -> None:
    with mail_set():
        ticket = make(local_session, requester="ann@acme.example")
        replying.reply(local_session, ticket, "We come.")
        mail = keeping.list_outbox(local_session)[0]
        outbox.update(mail, "failed", "550 5.1.1 No such user", 0, 1)
        take(local_session, b"Subject: Who am I\n\nno sender\n", Envelope("stdin"))
        app = whole_desk(local_session, tmp_path)
        async with app.run_test(size=SMALL) as pilot:
            await quiet(pilot)
            await app.push_screen(MailScreen(part_of("outbox").part))
            await quiet(pilot)
            assert "! failed · TKT-1 · 550 5.1.1 No such user" in shown(app)
            await press(pilot, "A", "y")
            assert keeping.list_outbox(local_session)[0].state == "queued"
            await app.push_screen(MailScreen(part_of("letters").part))
            await quiet(pilot)
            assert "! not understood" in shown(app)
            await press(pilot, "A", "y")
            assert "Nothing is here yet." in shown(app)

    assert reading.get(local_session, 2).subject == "Who am I"
