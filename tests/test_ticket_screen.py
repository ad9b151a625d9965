"""An open ticket: what it shows and what its keys do, pressed on a real database."""

from pathlib import Path

import pytest
from textual.containers import VerticalScroll
from textual.widgets import Input

from boconsole import presence
from boconsole.session import Session
from boconsole.tickets import (
    changing,
    linking,
    macros,
    merging,
    notifying,
    reading,
    replying,
    service_levels,
    setting_up,
)
from boconsole.tickets.rows import Ref
from screens.dialogs import ConfirmDialog, MenuDialog, PromptDialog
from screens.forms import FormScreen
from screens.picking import PickDialog
from screens.ticket import TicketScreen
from screens.widgets.bars import NoticeLine
from tests.consoles import line
from tests.desks import (
    LARGE,
    SMALL,
    desk,
    make,
    make_with_file,
    many_words,
    open_ticket,
    press,
    quiet,
    shown,
    type_text,
)
from tests.people import StandingClock, add_agent


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_ticket_shows_facts_and_messages(
    local_session: Session, tmp_path: Path, size: tuple[int, int]
) -> None:
    ticket = make(local_session, requester="Ann Lee <ann@example.com>", tags="vip", impact="high")
    replying.reply(local_session, ticket, "We are **on** it.", minutes=5)
    replying.reply(local_session, ticket, "It is the old one again.", internal=True)
    app = desk(local_session, tmp_path)
    async with app.run_test(size=size) as pilot:
        await open_ticket(pilot, ticket)
        text = shown(app)

    assert "TKT-1 Printer is on fire" in text
    assert "Ann Lee <ann@example.com>" in text
    assert "H high (high × medium)" in text
    assert "We are on it." in text
    assert "INTERNAL NOTE root" in text
    assert "▌ It is the old one again." in text


async def test_facts_leave_room_for_the_timeline_at_80x24(
    local_session: Session, tmp_path: Path
) -> None:
    ticket = make(local_session, "A " * 200, tags="a,b,c", requester="ann@example.com", due="+3d")
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        screen = await open_ticket(pilot, ticket)

        assert screen.query_one("#thread").size.height >= 12


async def test_markup_and_control_characters_are_shown_as_text(
    local_session: Session, tmp_path: Path
) -> None:
    ticket = make(local_session, "[/x] [@click=app.quit()]x[/]", body="[red]no[/red] \x1b]52;c\x07")
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        text = shown(app)

    assert "[/x] [@click=app.quit()]x[/]" in text
    assert "[red]no[/red] ]52;c" in text
    assert "\x1b" not in text


async def test_state_menu_offers_what_is_possible_and_asks_until_when(
    local_session: Session, tmp_path: Path
) -> None:
    ticket = make(local_session)
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await press(pilot, "s")
        menu = shown(app)
        await press(pilot, "p")
        await type_text(pilot, "fri")
        await press(pilot, "enter")

    found = reading.get(local_session, ticket.id)
    assert "merged" not in menu
    assert (found.state, f"{found.wake_at:%a %H:%M}") == ("pending", "Fri 09:00")


async def test_resolving_asks_how_it_ended(local_session: Session, tmp_path: Path) -> None:
    ticket = make(local_session)
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await press(pilot, "s", "r")
        asked = isinstance(app.screen, MenuDialog)
        await press(pilot, "3")
        text = shown(app)

    found = reading.get(local_session, ticket.id)
    assert asked
    assert (found.state, found.resolution) == ("resolved", "workaround")
    assert "R resolved" in text


async def test_assigning_by_a_part_of_a_name(local_session: Session, tmp_path: Path) -> None:
    add_agent(local_session, "bea")
    add_agent(local_session, "carl")
    ticket = make(local_session)
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await press(pilot, "a")
        await type_text(pilot, "car")
        await press(pilot, "enter")
        said = line(app, NoticeLine)

    assert reading.get(local_session, ticket.id).assignee == "carl"
    assert "TKT-1 changed; u undoes it." in said


async def test_tags_are_marked_and_new_ones_typed(local_session: Session, tmp_path: Path) -> None:
    make(local_session, tags="other")
    ticket = make(local_session, tags="vip")
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await press(pilot, "t", "space")
        await type_text(pilot, "fresh")
        await press(pilot, "enter")

    assert reading.get(local_session, ticket.id).tags == ("fresh",)


async def test_undo_takes_back_the_last_change(local_session: Session, tmp_path: Path) -> None:
    ticket = make(local_session)
    changing.set_state(local_session, [Ref(ticket.id)], "resolved", resolution="fixed")
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await press(pilot, "u")
        said = line(app, NoticeLine)
        text = shown(app)

    assert reading.get(local_session, ticket.id).state == "new"
    assert "Undone: the change of state of TKT-1." in said
    assert "N new" in text


async def test_macro_text_is_shown_before_it_is_sent(
    local_session: Session, tmp_path: Path
) -> None:
    macros.save(local_session, "Ask", "Dear {requester.first}, more please.", {"state": "pending"})
    ticket = make(local_session, requester="Ann Lee <ann@example.com>")
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await press(pilot, "m", "enter")
        text = shown(app)
        before = reading.get(local_session, ticket.id).state
        await press(pilot, "ctrl+s")

    found = reading.get(local_session, ticket.id)
    assert "Dear Ann, more please." in text
    assert "state = pending" in text
    assert (before, found.state) == ("new", "pending")
    assert reading.timeline(local_session, ticket.id)[1].text == "Dear Ann, more please."


async def test_merging_shows_both_subjects_and_parting_brings_it_back(
    local_session: Session, tmp_path: Path
) -> None:
    target = make(local_session, "The first report")
    ticket = make(local_session, "The same again")
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await press(pilot, "M")
        await type_text(pilot, "1")
        await press(pilot, "enter")
        question = shown(app)
        await press(pilot, "y")
        merged = reading.get(local_session, ticket.id)
        await press(pilot, "U")

    assert "The same again" in question
    assert "The first report" in question
    assert (merged.state, merged.merged_into) == ("merged", target.id)
    assert reading.get(local_session, ticket.id).state == "new"


async def test_wrong_number_is_told_while_typing(local_session: Session, tmp_path: Path) -> None:
    ticket = make(local_session)
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await press(pilot, "M")
        await type_text(pilot, "abc")
        await press(pilot, "enter")

        assert isinstance(app.screen, PromptDialog)
        assert "is not a ticket number" in shown(app)


async def test_splitting_chosen_messages_off(local_session: Session, tmp_path: Path) -> None:
    ticket = make(local_session)
    replying.receive(local_session, ticket, "And my mouse is dead.")
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await press(pilot, "S", "down", "space", "enter", "enter")
        said = line(app, NoticeLine)

    made = reading.get(local_session, ticket.id + 1)
    assert "TKT-2 was made of one message." in said
    assert reading.timeline(local_session, made.id)[0].text == "And my mouse is dead."


async def test_linking_and_opening_the_other(local_session: Session, tmp_path: Path) -> None:
    other = make(local_session, "The cause")
    ticket = make(local_session)
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await press(pilot, "l", "7")
        await type_text(pilot, "TKT-1")
        await press(pilot, "enter", "L", "enter")

        assert [link.id for link in reading.get(local_session, ticket.id).links] == [other.id]
        assert isinstance(app.screen, TicketScreen)
        assert app.screen.row is not None
        assert app.screen.row.id == other.id


async def test_link_is_removed_from_the_same_menu(local_session: Session, tmp_path: Path) -> None:
    other = make(local_session, "The cause")
    ticket = make(local_session)
    linking.link(local_session, ticket.id, "caused_by", other.id)
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await press(pilot, "l", "9")

    assert reading.get(local_session, ticket.id).links == ()


async def test_watching_is_turned_on_and_off(local_session: Session, tmp_path: Path) -> None:
    ticket = make(local_session)
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await press(pilot, "w")
        watched = reading.get(local_session, ticket.id).watchers
        await press(pilot, "w")

    assert watched == ("root",)
    assert reading.get(local_session, ticket.id).watchers == ()


async def test_attached_file_is_saved_and_none_overwritten(
    local_session: Session, tmp_path: Path
) -> None:
    ticket = make_with_file(local_session)
    app = desk(local_session, tmp_path)
    target = tmp_path / "copy.txt"
    async with app.run_test(size=LARGE) as pilot:
        await open_ticket(pilot, ticket)
        listed = shown(app)
        for _again in range(2):
            await press(pilot, "f")
            app.screen.query_one(Input).value = str(target)
            await press(pilot, "enter")
        said = line(app, NoticeLine)

    assert "smoke.txt  10 B" in listed
    assert target.read_bytes() == b"grey smoke"
    assert "is there already" in said


POLICY = """
[calendars.office]
timezone = "Asia/Jakarta"
holidays = ["2026-05-05"]
[calendars.office.hours]
mon = ["09:00-12:00", "13:00-17:00"]
tue = ["09:00-17:00"]
wed = ["09:00-17:00"]
[[policies]]
name = "Gold"
match = ""
calendar = "office"
resolution = 240
"""


async def test_due_time_is_explained_day_by_day(local_session: Session, tmp_path: Path) -> None:
    service_levels.load(local_session, POLICY)
    ticket = make(local_session)
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        facts = shown(app)
        await press(pilot, "i")
        text = shown(app)

    assert "4h 00m left, Wed 05:00" in facts
    assert "Resolution: 4h 00m of business time from 2026-05-04 16:00" in text
    assert "holiday" in text
    assert "Due Wed 2026-05-06 12:00 (2026-05-06 05:00 in your zone)" in text


async def test_ticket_without_a_policy_has_no_due_time(
    local_session: Session, tmp_path: Path
) -> None:
    ticket = make(local_session)
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await press(pilot, "i")

        assert "No service level policy applies" in shown(app)


async def test_change_of_somebody_else_keeps_the_place(
    local_session: Session, tmp_path: Path
) -> None:
    ticket = make(local_session, body=many_words(80))
    bea = add_agent(local_session, "bea")
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        screen = await open_ticket(pilot, ticket)
        await press(pilot, "pagedown", "j")
        before = screen.query_one("#thread", VerticalScroll).scroll_y
        changing.assign(bea, [Ref(ticket.id)], "me")
        app.following.spread("ticket", [ticket.id])
        await quiet(pilot)

        assert before > 0
        assert screen.query_one("#thread", VerticalScroll).scroll_y == before
        assert "bea" in shown(app)


async def test_who_else_is_there_is_shown(local_session: Session, tmp_path: Path) -> None:
    ticket = make(local_session)
    presence.enter(add_agent(local_session, "bea"), "hers", "ticket", ticket.id, "replying")
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        here = presence.others(local_session, "hers", "ticket", ticket.id)
        text = shown(app)
        await press(pilot, "q")

    assert "! bea is replying" in text
    assert [(other.login, other.mode) for other in here] == [("root", "viewing")]
    assert presence.others(local_session, "hers", "ticket", ticket.id) == []


async def test_nobody_is_left_at_a_ticket_when_the_console_ends(
    local_session: Session, tmp_path: Path
) -> None:
    ticket = make(local_session)
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        app.hang_up()
        await pilot.pause(0.3)

    assert presence.others(local_session, "", "ticket", ticket.id) == []


async def test_opening_settles_the_news_about_it(local_session: Session, tmp_path: Path) -> None:
    ticket = make(local_session)
    bea = add_agent(local_session, "bea")
    changing.assign(bea, [Ref(ticket.id)], "root")
    told = len(notifying.unread(local_session))
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)

    assert (told, notifying.unread(local_session)) == (1, [])


async def test_stale_change_says_so_and_shows_both_sides(
    local_session: Session, tmp_path: Path
) -> None:
    ticket = make(local_session)
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        changing.set_state(local_session, [Ref(ticket.id)], "closed")
        await press(pilot, "s", "h")

        assert type(app.screen).__name__ == "ConflictDialog"
        assert reading.get(local_session, ticket.id).state == "closed"


class Pair:
    """Two tickets after each other."""

    def neighbour(self, record_id: int, step: int) -> int | None:
        return {(1, 1): 2, (2, -1): 1}.get((record_id, step))


async def test_next_and_previous_ticket_of_the_list(local_session: Session, tmp_path: Path) -> None:
    first, second = make(local_session, "One"), make(local_session, "Two")
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        screen = await open_ticket(pilot, first, Pair())
        await press(pilot, "J")
        there = screen.row
        await press(pilot, "J", "K")

        assert there is not None
        assert there.id == second.id
        assert screen.row is not None
        assert screen.row.id == first.id


@pytest.mark.parametrize("key", ["q", "escape", "backspace"])
async def test_ticket_is_left(local_session: Session, tmp_path: Path, key: str) -> None:
    ticket = make(local_session)
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await press(pilot, key)

        assert not isinstance(app.screen, TicketScreen)


@pytest.mark.parametrize(
    ("key", "kind"),
    [("a", PickDialog), ("t", PickDialog), ("s", MenuDialog), ("e", FormScreen), ("c", FormScreen)],
)
async def test_keys_open_what_they_say(
    local_session: Session, tmp_path: Path, key: str, kind: type
) -> None:
    ticket = make(local_session)
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await press(pilot, key)

        assert isinstance(app.screen, kind)


async def test_macro_without_a_text_asks_first(local_session: Session, tmp_path: Path) -> None:
    setting_up.add_queue(local_session, "Second line")
    macros.save(local_session, "Hand on", "", {"queue": "Second line"})
    ticket = make(local_session)
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await press(pilot, "m", "enter")
        asked = isinstance(app.screen, ConfirmDialog)
        await press(pilot, "y")

    assert asked
    assert reading.get(local_session, ticket.id).queue == "Second line"


async def test_merged_ticket_says_where_it_went(local_session: Session, tmp_path: Path) -> None:
    target, ticket = make(local_session), make(local_session)
    merging.merge(local_session, Ref(ticket.id), Ref(target.id))
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        text = shown(app)
        await press(pilot, "s")
        said = line(app, NoticeLine)

    assert "M merged → TKT-1" in text
    assert "parted with U" in said


async def test_time_that_passes_moves_what_is_left(
    local_session: Session, tmp_path: Path, clock: StandingClock
) -> None:
    ticket = make(local_session, due="+2h")
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        clock.advance(days=1)
        await press(pilot, "r")

        assert "Mon 11:00" in shown(app)
