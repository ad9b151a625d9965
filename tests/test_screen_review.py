"""What a tired person at a slow line would stumble over, pressed in the whole console."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from textual.widgets import OptionList

from boconsole.session import Session
from boconsole.tickets import changing, reading, replying, setting_up
from boconsole.tickets.rows import Ref
from screens.app import BoconsoleApp
from screens.picking import PickDialog
from screens.places import Place
from screens.tickets import TicketsScreen
from screens.widgets.bars import FooterLine, HeaderLine, NoticeLine
from screens.widgets.filter_line import FilterLine
from tests.consoles import line
from tests.desks import SMALL, make, press, quiet, shown, type_text, whole_desk


@pytest.fixture
def app(local_session: Session, tmp_path: Path) -> BoconsoleApp:
    for place in range(1, 4):
        make(local_session, f"Printer {place} is on fire")
    return whole_desk(local_session, tmp_path)


async def test_term_typed_behind_a_query_is_another_term(app: BoconsoleApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "2", "slash")
        await type_text(pilot, "no:assignee")
        await press(pilot, "enter", "slash")
        await type_text(pilot, "printer")
        await press(pilot, "enter")

        assert " no:assignee printer " in line(app, HeaderLine)


async def test_query_opened_and_left_again_is_the_same(app: BoconsoleApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "2", "slash")
        await type_text(pilot, "printer")
        await press(pilot, "enter", "slash", "enter")
        screen = app.screen
        assert isinstance(screen, TicketsScreen)

        assert screen.query_text == "printer"
        assert screen.query_one(FilterLine).history == ["printer"]


async def test_footer_names_the_keys_of_the_filter_line_while_it_is_open(
    app: BoconsoleApp,
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "2", "slash")
        inside = line(app, FooterLine)
        await press(pilot, "escape")

        assert "tab complete" in inside
        assert "/ filter" not in inside
        assert "/ filter" in line(app, FooterLine)


async def test_heading_stays_free_between_two_terms(app: BoconsoleApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "2", "slash")
        await type_text(pilot, "printer ")

        assert "Subject" in shown(app).splitlines()[2]


async def test_sort_menu_says_priority_in_full(app: BoconsoleApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "2", "o")
        options = app.screen.query_one(OptionList).options

        assert "2 Priority" in [str(option.prompt) for option in options]


async def test_empty_bulk_form_changes_nothing(local_session: Session, app: BoconsoleApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "2", "space", "space", "e", "ctrl+s")
        said = line(app, NoticeLine)
        await press(pilot, "escape")
        await quiet(pilot)

        assert "Nothing was changed." in said
        assert "2 marked" in line(app, HeaderLine)
        assert reading.get(local_session, 3).version == 1


async def test_place_before_is_not_the_one_that_is_shown(app: BoconsoleApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "1", "2", "enter", "q", "left_square_bracket")

        assert "Home" in line(app, HeaderLine)


async def test_number_typed_on_an_open_ticket_opens_the_other(app: BoconsoleApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "2", "enter", "colon", *"TKT-1", "enter")
        other = line(app, HeaderLine)
        await press(pilot, "q")

        assert "Tickets · TKT-1 " in other
        assert "Tickets · 1 of 3" in line(app, HeaderLine)


async def test_walking_back_to_a_ticket_leaves_the_way_forward(app: BoconsoleApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "2", "enter", "q", "slash")
        await type_text(pilot, "printer")
        await press(pilot, "enter", "left_square_bracket")
        back = line(app, HeaderLine)
        await press(pilot, "right_square_bracket")

        assert "TKT-3" in back
        assert "Tickets · printer " in line(app, HeaderLine)


async def test_filter_that_was_cleared_is_the_place_before(app: BoconsoleApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "2", "slash")
        await type_text(pilot, "printer")
        await press(pilot, "enter", "escape", "left_square_bracket")

        assert "Tickets · printer " in line(app, HeaderLine)


async def test_typed_change_says_how_many_it_changed(app: BoconsoleApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "2", "slash")
        await type_text(pilot, "printer | set urgency=high")
        await press(pilot, "enter", "y")

        assert "3 tickets changed; u undoes it." in line(app, NoticeLine)


async def test_typed_change_to_a_wrong_value_is_refused_before_it_is_asked(
    app: BoconsoleApp,
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "2", "slash")
        await type_text(pilot, "printer | set state=pend")
        await press(pilot, "enter")

        assert isinstance(app.screen, TicketsScreen)
        assert "'pend' is not one of new, open" in line(app, NoticeLine)


async def test_messages_tell_the_time_of_the_reader(app: BoconsoleApp) -> None:
    app.session = replace(app.session, zone=ZoneInfo("Asia/Jakarta"))
    async with app.run_test(size=SMALL) as pilot:
        app.say("Hello.")
        await press(pilot, "colon", *"messages", "enter")
        there = app.session.now() + timedelta(hours=7)

        assert f" {there:%H:%M:%S}  Hello." in shown(app)


class LostDrafts:
    """Drafts that cannot be kept, as when the disk is full."""

    def keep(self, *_given: object) -> None:
        raise OSError(28, "No space left on device")

    def find(self, *_given: object) -> None:
        return None

    def discard(self, *_given: object) -> None:
        return None


async def test_form_stays_open_when_its_draft_cannot_be_kept(app: BoconsoleApp) -> None:
    app.drafts = LostDrafts()
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "2", "c")
        await type_text(pilot, "Half a reply")
        await press(pilot, "escape", "k")

        assert "Half a reply" in shown(app)


async def test_going_elsewhere_does_not_lose_what_cannot_be_kept(app: BoconsoleApp) -> None:
    app.drafts = LostDrafts()
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "2", "c")
        await type_text(pilot, "Half a reply")
        await app.go(Place("tickets"))
        await quiet(pilot)

        assert "Half a reply" in shown(app)


async def test_kept_draft_is_told(app: BoconsoleApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "2", "c")
        await type_text(pilot, "Half a reply")
        await press(pilot, "escape", "k")

        assert "Kept as a draft" in line(app, NoticeLine)


async def test_sentence_too_long_for_its_line_says_where_the_rest_is(app: BoconsoleApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "2")
        app.say("long " * 40)
        await quiet(pilot)

        assert line(app, NoticeLine).endswith("… :messages")
        assert len(line(app, NoticeLine)) <= 80


async def test_word_that_is_whole_needs_no_candidates(app: BoconsoleApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "2", "slash")
        await type_text(pilot, "new")

        assert "Subject" in shown(app).splitlines()[2]


async def test_conflict_warns_before_what_was_typed_is_dropped(
    local_session: Session, app: BoconsoleApp
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "2", "e")
        changing.edit(local_session, [Ref(3)], {"subject": "Hers"})
        await type_text(pilot, " again")
        await press(pilot, "ctrl+s")
        at_first = shown(app)
        await press(pilot, "space")

        assert "enter now drops what you typed" in at_first
        assert "enter now drops what you typed" not in shown(app)


async def test_footer_of_the_administration_says_how_to_open_a_part(app: BoconsoleApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "0")

        assert "enter open" in line(app, FooterLine)


async def test_footer_of_the_trail_says_how_to_open_a_line(app: BoconsoleApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, ":", *"audit", "enter")

        assert line(app, FooterLine).startswith(" enter open")


async def test_name_without_more_to_say_has_the_whole_line(
    local_session: Session, app: BoconsoleApp
) -> None:
    setting_up.add_category(local_session, "Applications / Customer portal")
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "0", "G", *"kkkkkkkk", "enter")

        assert "Applications / Customer portal" in shown(app)


async def test_only_tickets_that_changed_are_counted(
    local_session: Session, app: BoconsoleApp
) -> None:
    changing.assign(local_session, [Ref(1)], "root")
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "2", "asterisk", "a", "enter")

        assert "2 tickets changed; u undoes it." in line(app, NoticeLine)


async def test_change_to_what_is_there_already_offers_no_undo(
    local_session: Session, app: BoconsoleApp
) -> None:
    changing.assign(local_session, [Ref(3)], "root")
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "2", "a", "enter")

        assert "Nothing was changed." in line(app, NoticeLine)


async def test_help_names_no_key_by_half(app: BoconsoleApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "2", "enter", "question_mark")

        assert "…" not in shown(app)


async def test_menu_of_a_field_has_the_name_of_the_field(app: BoconsoleApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "2", "c", "tab", "tab", "enter")

        assert "│ Then set it " in shown(app)


async def test_list_to_choose_from_says_when_nothing_fits(app: BoconsoleApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "2", "a")
        await type_text(pilot, "zzz")
        said = shown(app)
        await press(pilot, "enter")

        assert "Nothing fits." in said
        assert isinstance(app.screen, PickDialog)


async def test_long_message_to_split_off_ends_in_an_ellipsis(
    local_session: Session, app: BoconsoleApp
) -> None:
    long = make(local_session, body="All of us at the harbour office\n\n" + "cannot sign in " * 9)
    replying.receive(local_session, long, "And my mouse is dead.")
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "colon", *f"TKT-{long.id}", "enter", "S")
        found = next(line for line in shown(app).splitlines() if "[ ] " in line)

        assert "office cannot sign" in found
        assert found.rstrip(" │─").endswith("…")


async def test_line_that_is_cut_in_the_administration_opens_whole(
    local_session: Session, app: BoconsoleApp
) -> None:
    setting_up.add_field(
        local_session, "building", "Building where it stands", "choice",
        choices=("Amsterdam", "Jakarta", "Rotterdam", "Surabaya"),
    )  # fmt: skip
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "0", "G", *"kkkkkk", "enter", "enter")
        lines = shown(app).splitlines()

        assert " Amsterdam, Jakarta, Rotterdam, Surabaya" in lines
        assert any("n adds another one" in found for found in lines)


async def test_page_of_all_facts_tells_times_in_full(
    local_session: Session, app: BoconsoleApp
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "2", "enter", "d")
        now = local_session.now().astimezone(local_session.zone)

        assert f" Created     {now:%Y-%m-%d %H:%M}" in shown(app).splitlines()
