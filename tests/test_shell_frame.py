"""The lines around every screen, keys and places."""

from pathlib import Path

import pytest
from textual.widgets import Input

from screens.dialogs import PromptDialog
from screens.shell import ShellScreen
from screens.widgets.bars import FooterLine, HeaderLine, NoticeLine, TooSmall
from tests.consoles import AREAS, DeskScreen, console, line, settle


async def test_header_tells_area_and_who(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)

        assert line(app, HeaderLine).split() == ["Desk", "ann"]


@pytest.mark.parametrize("size", [(80, 24), (160, 50), (60, 15)])
async def test_footer_ends_with_help_at_every_width(tmp_path: Path, size: tuple[int, int]) -> None:
    app = console(tmp_path)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)

        footer = line(app, FooterLine)
        assert footer.startswith(" s Stamp the paper  q back/quit")
        assert footer.endswith("? help")
        assert len(footer) == size[0] - 1


async def test_footer_in_an_entry_shows_only_keys_that_work_there(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.query_one(Input).focus()
        await settle(pilot)

        assert line(app, FooterLine).split() == ["^g", "help"]


async def test_impossible_action_says_why(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("b")
        await settle(pilot)

        assert line(app, NoticeLine).strip() == "Note: It is wet."


async def test_notice_stays_until_the_next_key(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        app.say("No.", "error")
        await settle(pilot)
        before = line(app, NoticeLine).strip()
        await pilot.press("j")
        await settle(pilot)

        assert (before, line(app, NoticeLine).strip()) == ("Error: No.", "")
        assert [notice.text for notice in app.notices.log] == ["No."]


async def test_letters_reach_an_entry(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.query_one(Input).focus()
        await pilot.press("s", "q", "1", "question_mark", "colon", "space", "left_square_bracket")

        assert app.screen.query_one(Input).value == "sq1?: ["


async def test_digit_goes_to_an_area_and_brackets_walk_back_and_forth(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        areas = [app.current_mode]
        for key in ("2", "1", "left_square_bracket", "ctrl+o", "right_square_bracket"):
            await pilot.press(key)
            await settle(pilot)
            areas.append(app.current_mode)

        assert areas == ["desk", "shelf", "desk", "shelf", "desk", "shelf"]


async def test_missing_areas_are_not_reachable(tmp_path: Path) -> None:
    app = console(tmp_path, areas=AREAS[:1])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await settle(pilot)

        assert app.current_mode == "desk"
        assert "shelf" not in [command.text for command in app.commands()]


async def test_too_small_a_window_says_so_instead(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=(50, 12)) as pilot:
        await settle(pilot)

        assert app.screen.query_one(TooSmall).display
        assert not app.screen.query_one(HeaderLine).display
        assert "60x15" in app.screen.query_one(TooSmall).render().plain


async def test_cursor_is_where_it_was_after_too_small_a_window(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        entry = app.screen.query_one("#entry", Input)
        entry.focus()
        await settle(pilot)
        await pilot.resize_terminal(40, 10)
        await settle(pilot)
        await pilot.resize_terminal(50, 12)
        await settle(pilot)
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        await pilot.press("s")

        assert entry.value == "s"


async def test_cursor_of_a_question_is_where_it_was_after_too_small_a_window(
    tmp_path: Path,
) -> None:
    app = console(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(PromptDialog("Name"))
        await settle(pilot)
        await pilot.resize_terminal(40, 10)
        await settle(pilot)
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        await pilot.press("x")

        assert app.screen.query_one(Input).value == "x"


async def test_q_closes_a_screen_and_quits_at_the_first(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(DeskScreen())
        await pilot.press("q")
        await settle(pilot)
        depth = len(app.screen_stack)
        await pilot.press("q")
        await pilot.pause()

    assert (depth, app.return_code) == (1, 0)


@pytest.mark.parametrize("key", ["escape", "backspace"])
async def test_back_has_two_keys_and_never_quits(tmp_path: Path, key: str) -> None:
    app = console(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(DeskScreen())
        await pilot.press(key, key)
        await settle(pilot)

        assert isinstance(app.screen, ShellScreen)
        assert len(app.screen_stack) == 1
        assert app.is_running


async def test_help_scrolls_with_the_list_keys(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=(80, 15)) as pilot:
        await pilot.press("question_mark")
        await settle(pilot)
        lines = app.screen.query_one("#lines")
        await pilot.press("j", "j", "k")
        line_on = lines.scroll_y
        await pilot.press("G")
        end = lines.scroll_y
        await pilot.press("g")

        assert (line_on, end, lines.scroll_y) == (1, lines.max_scroll_y, 0)
        assert lines.max_scroll_y > 2


async def test_help_lists_what_works_here_and_can_be_searched(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("question_mark")
        await settle(pilot)
        whole = str(app.screen.query_one("#text").render())
        await pilot.press("slash", *"stamp", "enter")
        await settle(pilot)
        found = str(app.screen.query_one("#text").render())
        await pilot.press("q")
        await settle(pilot)

        assert "Stamp the paper" in whole
        assert "Go to the place before" in whole
        assert "Burn" not in whole
        assert found.split() == ["s", "Stamp", "the", "paper"]
        assert isinstance(app.screen, DeskScreen)


async def test_keys_do_nothing_unseen_in_a_window_too_small(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.resize_terminal(40, 10)
        await pilot.press("2", "colon", "q", "enter")
        await settle(pilot)
        await pilot.resize_terminal(80, 24)
        await settle(pilot)

        assert (app.current_mode, app.is_running) == ("desk", True)
        await pilot.press("2")
        await settle(pilot)
        assert app.current_mode == "shelf"
