"""The `:` line, the palette and what a typed line means."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from textual.command import CommandPalette
from textual.events import Key
from textual.widgets import Input, OptionList

from screens import typing_ahead
from screens.commands import Command, complete, understand
from screens.places import Place
from screens.widgets.bars import FooterLine, NoticeLine
from screens.widgets.command_line import Candidates, CommandInput
from tests.consoles import DeskScreen, console, line, settle

COMMANDS = (
    Command("tickets", "Tickets", "area", "tickets"),
    Command("view late", "Show the view late", "view", "late"),
    Command("bills", "Bills", "room", "bills", place=Place("ledger", view="bills")),
    Command("assign", "Assign", "action", "ticket.assign", others=("ticket.assign",)),
    Command("mark-all", "Mark all that match", "action", "list.mark-all"),
    Command("q", "Quit", "quit", ""),
)


@pytest.mark.parametrize(
    ("typed", "kind", "value", "rest"),
    [
        ("q", "quit", "", ""),
        ("tickets", "area", "tickets", ""),
        ("Tickets", "area", "tickets", ""),
        ("tickets prio>=high", "area", "tickets", "prio>=high"),
        ("view late", "view", "late", ""),
        ("bills is:open", "room", "bills", "is:open"),
        ("assign", "action", "ticket.assign", ""),
        ("ticket.assign", "action", "ticket.assign", ""),
        ("Mark all that match", "action", "list.mark-all", ""),
        ("TKT-42", "record", "TKT-42", ""),
        ("tkt42", "record", "TKT-42", ""),
        ("42", "record", "42", ""),
        ("tick", "area", "tickets", ""),
        ("assn", "action", "ticket.assign", ""),
    ],
)
def test_typed_line_is_understood(typed: str, kind: str, value: str, rest: str) -> None:
    command = understand(typed, COMMANDS, ["TKT"])

    assert command is not None
    assert (command.kind, command.value, command.rest) == (kind, value, rest)


@pytest.mark.parametrize("typed", ["zzzz", "XYZ-9"])
def test_nonsense_means_nothing(typed: str) -> None:
    assert understand(typed, COMMANDS, ["TKT"]) is None


def test_prefix_comes_before_letters_in_between() -> None:
    assert complete("vi", COMMANDS)[0].text == "view late"


async def test_tab_completes_and_enter_runs(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("colon", *"stam", "tab")
        await settle(pilot)
        completed = app.screen.query_one(CommandInput).value
        row = app.screen.query_one(Candidates).render().plain
        await pilot.press("enter")
        await settle(pilot)

        screen = app.screen
        assert isinstance(screen, DeskScreen)
        assert (completed, screen.stamped) == ("stamp", 1)
        assert row.startswith(" stamp (Stamp the paper)")
        assert line(app, FooterLine).endswith("? help")


async def test_line_takes_the_place_of_the_footer_only(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        body = app.screen.query_one("#body").region
        await pilot.press("colon")
        await settle(pilot)

        assert app.screen.query_one("#body").region == body
        assert app.screen.query_one(CommandInput).region.y == 23


@pytest.mark.parametrize("key", ["escape", "backspace", "ctrl+g"])
async def test_line_is_left_without_doing_anything(tmp_path: Path, key: str) -> None:
    app = console(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.query_one("#entry", Input).focus()
        await pilot.pause()
        app.action_command()
        await pilot.pause()
        await pilot.press(key)
        await settle(pilot)

        assert app.focused is app.screen.query_one("#entry")
        assert not app.screen.has_class("-commanding")


async def test_up_brings_the_last_line_back(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("colon", *"stamp", "enter")
        await settle(pilot)
        await pilot.press("colon", "up", "enter")
        await settle(pilot)

        screen = app.screen
        assert isinstance(screen, DeskScreen)
        assert screen.stamped == 2


async def test_record_number_opens_its_area(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await settle(pilot)
        await pilot.press("colon", *"dsk-42", "enter")
        await settle(pilot)

        screen = app.screen
        assert isinstance(screen, DeskScreen)
        assert screen.shown == [Place("desk", record="DSK-42")]


async def test_digits_alone_belong_to_the_area_shown(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("colon", *"7", "enter")
        await settle(pilot)

        screen = app.screen
        assert isinstance(screen, DeskScreen)
        assert screen.shown == [Place("desk", record="DSK-7")]


async def test_view_name_is_data_not_markup(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("colon", *"view [/x] late", "enter")
        await settle(pilot)

        screen = app.screen
        assert isinstance(screen, DeskScreen)
        assert screen.views == ["[/x] late"]


async def test_unknown_command_is_named(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("colon", *"zzzzz", "enter")
        await settle(pilot)

        assert "There is no command zzzzz" in line(app, NoticeLine)


async def test_palette_runs_a_command_of_the_screen_below(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        await settle(pilot)
        opened = isinstance(app.screen, CommandPalette)
        await pilot.press(*"stamp")
        await settle(pilot)
        app.screen.query_one(OptionList)
        await pilot.press("enter")
        await settle(pilot)

        screen = app.screen
        assert opened
        assert isinstance(screen, DeskScreen)
        assert screen.stamped == 1


async def test_theme_is_chosen_by_command(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("colon", *"theme contrast", "enter")
        await settle(pilot)

        assert app.theme == "contrast"


async def test_messages_show_what_was_said(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        app.say("[/x] first")
        await pilot.press("colon", *"messages", "enter")
        await settle(pilot)

        assert "[/x] first" in str(app.screen.query_one("#text").render())


async def test_key_that_arrives_while_the_line_opens_is_typed_into_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, opened = console(tmp_path), DeskScreen.open_command_line

    def arrive(screen: DeskScreen, *given: Any) -> None:  # Any: handed on as it is
        app.post_message(Key("s", "s"))
        opened(screen, *given)

    monkeypatch.setattr(DeskScreen, "open_command_line", arrive)
    async with app.run_test(size=(80, 24)) as pilot:
        app.post_message(Key("colon", ":"))
        await settle(pilot)

        assert app.screen.query_one(CommandInput).value == "s"
        assert isinstance(app.screen, DeskScreen)
        assert app.screen.stamped == 0


@pytest.mark.parametrize("patience", [30.0, 0.0], ids=["in time", "console stood still"])
async def test_keys_that_arrive_together_are_taken_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, patience: float
) -> None:
    monkeypatch.setattr(typing_ahead, "PATIENCE", patience)
    monkeypatch.setattr(typing_ahead, "BREATH", 30.0)
    app = console(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        for character in ":dsk-42\r:stamp\rs2":
            named = {":": "colon", "-": "minus", "\r": "enter"}
            app.post_message(Key(named.get(character, character), character))
        for _ in range(200):
            await settle(pilot)
            if app.current_mode == "shelf":
                break
            await asyncio.sleep(0.05)

        desk = app.get_screen_stack("desk")[0]
        assert isinstance(desk, DeskScreen)
        assert desk.shown == [Place("desk", record="DSK-42")]
        assert (desk.stamped, app.current_mode) == (2, "shelf")
