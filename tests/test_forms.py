"""Forms: saving, what is wrong, conflicts, drafts."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from textual.events import Key
from textual.widgets import Static

from boconsole.errors import InvalidChangeError, StaleRecordError
from boconsole.language import N_
from boconsole.session import Session
from screens.app import BoconsoleApp
from screens.conflict import ConflictDialog
from screens.dialogs import MenuDialog
from screens.entries import Field, Suggestion
from screens.forms import Form, FormScreen, draft_of
from screens.widgets.bars import FooterLine, HeaderLine, NoticeLine
from screens.widgets.fields import FieldRow, Suggestions
from tests.consoles import DeskScreen, console, line, settle

PEOPLE = (Suggestion("ann@example.org", "Ann"), Suggestion("andi@example.org", "Andi"))
FIELDS = (
    Field("subject", N_("Subject"), required=True),
    Field("impact", N_("Impact"), "choice", choices=(("low", N_("Low")), ("high", N_("High")))),
    Field("requester", N_("Requester"), "lookup",
          suggest=lambda start: [one for one in PEOPLE if one.value.startswith(start)]),
    Field("due_at", N_("Due"), "moment"),
    Field("body", N_("Text"), "long"),
)  # fmt: skip


class Desk:
    """Saves values, or refuses them; the drafts of one person."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.saves: list[tuple[dict[str, object], int]] = []
        self.drafts: dict[tuple[str, int], dict[str, str]] = {}

    def save(self, values: Mapping[str, object], version: int) -> str:
        if self.errors:
            raise self.errors.pop(0)
        self.saves.append((dict(values), version))
        return "TKT-1"

    def keep(self, _who: Session, form: str, record_id: int, fields: Mapping[str, str]) -> None:
        self.drafts[form, record_id] = dict(fields)

    def find(self, _who: Session, form: str, record_id: int) -> dict[str, str] | None:
        return self.drafts.get((form, record_id))

    def discard(self, _who: Session, form: str, record_id: int) -> None:
        self.drafts.pop((form, record_id), None)


def new_form(desk: Desk, **changes: Any) -> Form:
    values: dict[str, Any] = {"id": "desk.new", "title": "New paper", "fields": FIELDS}
    return Form(
        **(values | {"save": desk.save, "said": lambda number: f"{number} made."} | changes)
    )


def edit_form(desk: Desk) -> Form:
    old = {"subject": "Printer", "impact": "low"}
    return new_form(desk, id="desk.edit", values=old, record_id=7, version=3)


def open_console(folder: Path, desk: Desk) -> BoconsoleApp:
    return console(folder, drafts=desk)


def row(app: BoconsoleApp, name: str) -> FieldRow:
    screen = app.screen
    assert isinstance(screen, FormScreen)
    return screen.rows[name]


async def test_new_record_is_saved_with_all_values(tmp_path: Path) -> None:
    desk = Desk()
    app = open_console(tmp_path, desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(FormScreen(new_form(desk)))
        await pilot.press(
            *"Paper jam", "tab", "h", "tab", "tab", *"fri 14:00", "tab", *"It is stuck"
        )
        await pilot.press("ctrl+s")
        await settle(pilot)

        values, version = desk.saves[0]
        assert (values["subject"], values["impact"], values["body"]) == (
            "Paper jam",
            "high",
            "It is stuck",
        )
        assert (f"{values['due_at']:%a %H:%M}", version) == ("Fri 14:00", 0)
        assert isinstance(app.screen, DeskScreen)
        assert line(app, NoticeLine).strip() == "TKT-1 made."


async def test_edit_saves_only_what_changed_and_its_version(tmp_path: Path) -> None:
    desk = Desk()
    app = open_console(tmp_path, desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(FormScreen(edit_form(desk)))
        await pilot.press(*" jam", "ctrl+s")
        await settle(pilot)

        assert desk.saves == [({"subject": "Printer jam"}, 3)]


async def test_missing_value_gets_the_cursor_and_nothing_is_saved(tmp_path: Path) -> None:
    desk = Desk()
    app = open_console(tmp_path, desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(FormScreen(new_form(desk)))
        await pilot.press("tab", "tab", "ctrl+s")
        await settle(pilot)

        assert desk.saves == []
        assert app.focused is row(app, "subject").entry
        assert row(app, "subject").has_class("-wrong")


async def test_wrong_value_is_told_while_typing(tmp_path: Path) -> None:
    desk = Desk()
    app = open_console(tmp_path, desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(FormScreen(new_form(desk)))
        row(app, "due_at").entry.focus()
        await pilot.press(*"soon")
        await settle(pilot)
        wrong = str(row(app, "due_at").query_one(".problem", Static).render())
        await pilot.press("ctrl+u", *"+3d")
        await settle(pilot)

        assert "is not a moment" in wrong
        assert not row(app, "due_at").has_class("-wrong")
        assert "Thu 2026-05-07" in str(row(app, "due_at").query_one(".hint", Static).render())
        assert row(app, "due_at").query_one(".hint", Static).display
        await pilot.press("tab")
        await settle(pilot)
        assert not row(app, "due_at").query_one(".hint", Static).display


async def test_refused_save_keeps_everything_and_points_at_the_field(tmp_path: Path) -> None:
    desk = Desk(InvalidChangeError("requester", "is not known here"))
    app = open_console(tmp_path, desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(FormScreen(new_form(desk)))
        await pilot.press(*"Jam", "tab", "tab", *"eve", "ctrl+s")
        await settle(pilot)

        assert app.focused is row(app, "requester").entry
        assert (row(app, "subject").text, row(app, "requester").text) == ("Jam", "eve")
        assert "is not known here" in line(app, NoticeLine)


async def test_lookup_completes_while_typing(tmp_path: Path) -> None:
    desk = Desk()
    app = open_console(tmp_path, desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(FormScreen(new_form(desk)))
        row(app, "requester").entry.focus()
        await pilot.press(*"an")
        await pilot.pause(0.3)
        await settle(pilot)
        found = [one.about for one in row(app, "requester").query_one(Suggestions).found]
        await pilot.press("down", "down", "enter")
        await settle(pilot)

        assert found == ["Ann", "Andi"]
        assert row(app, "requester").text == "andi@example.org"


@pytest.mark.parametrize("key", ["escape", "ctrl+o"])
async def test_leaving_changes_asks_first(tmp_path: Path, key: str) -> None:
    desk = Desk()
    app = open_console(tmp_path, desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(FormScreen(edit_form(desk)))
        await pilot.press("x", key)
        await settle(pilot)
        asked = isinstance(app.screen, MenuDialog)
        await pilot.press("d")
        await settle(pilot)

        assert asked
        assert isinstance(app.screen, DeskScreen)
        assert desk.saves == []


async def test_leaving_without_changes_asks_nothing(tmp_path: Path) -> None:
    desk = Desk()
    app = open_console(tmp_path, desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(FormScreen(edit_form(desk)))
        await pilot.press("escape")
        await settle(pilot)

        assert isinstance(app.screen, DeskScreen)


async def test_q_and_digits_in_a_choice_do_not_leave_the_form(tmp_path: Path) -> None:
    desk = Desk()
    app = open_console(tmp_path, desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(FormScreen(edit_form(desk)))
        await pilot.press("tab", "q", "2", "colon")
        await settle(pilot)

        assert isinstance(app.screen, FormScreen)
        assert not app.screen.has_class("-commanding")


async def test_conflict_shows_both_sides_and_saves_the_kept_ones_on_top(tmp_path: Path) -> None:
    theirs = {"subject": "Scanner", "impact": "high"}
    desk = Desk(StaleRecordError("TKT-7", 7, 5, theirs, {"subject": "Printer jam"}))
    app = open_console(tmp_path, desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(FormScreen(edit_form(desk)))
        await pilot.press(*" jam", "ctrl+s")
        await settle(pilot)
        asked = isinstance(app.screen, ConflictDialog)
        await pilot.press("space", "enter")
        await settle(pilot)

        assert asked
        assert desk.saves == [({"subject": "Printer jam"}, 5)]


async def test_conflict_keeps_theirs_unless_chosen_otherwise(tmp_path: Path) -> None:
    desk = Desk(StaleRecordError("TKT-7", 7, 5, {"subject": "Scanner"}, {"subject": "Printer jam"}))
    app = open_console(tmp_path, desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(FormScreen(edit_form(desk)))
        await pilot.press(*" jam", "ctrl+s")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)

        assert desk.saves == []
        assert isinstance(app.screen, DeskScreen)


async def test_conflict_left_goes_back_to_what_was_typed(tmp_path: Path) -> None:
    desk = Desk(StaleRecordError("TKT-7", 7, 5, {"subject": "Scanner"}, {"subject": "Printer jam"}))
    app = open_console(tmp_path, desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(FormScreen(edit_form(desk)))
        await pilot.press(*" jam", "ctrl+s")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)

        assert row(app, "subject").text == "Printer jam"


async def test_typed_values_are_kept_after_a_pause_and_offered_again(tmp_path: Path) -> None:
    desk = Desk()
    app = open_console(tmp_path, desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(FormScreen(new_form(desk)))
        await pilot.press(*"Jam")
        await pilot.pause(1.8)
        await settle(pilot)
        kept = dict(desk.drafts)
        await app.pop_screen()
        await app.push_screen(FormScreen(new_form(desk)))
        await settle(pilot)
        offered = isinstance(app.screen, MenuDialog)
        await pilot.press("y")
        await settle(pilot)

        assert kept == {("desk.new", 0): {"subject": "Jam"}}
        assert offered
        assert row(app, "subject").text == "Jam"


async def test_draft_is_kept_until_somebody_throws_it_away(tmp_path: Path) -> None:
    desk = Desk()
    desk.drafts["desk.new", 0] = {"subject": "Jam"}
    app = open_console(tmp_path, desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(FormScreen(new_form(desk)))
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        left = dict(desk.drafts)
        await app.pop_screen()
        await app.push_screen(FormScreen(new_form(desk)))
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)

        assert left == {("desk.new", 0): {"subject": "Jam"}}
        assert desk.drafts == {}


async def test_hang_up_keeps_what_is_typed(tmp_path: Path) -> None:
    desk = Desk()
    app = open_console(tmp_path, desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(FormScreen(new_form(desk)))
        await pilot.press(*"Jam")
        app.hang_up()
        await pilot.pause(0.2)

    assert desk.drafts == {("desk.new", 0): {"subject": "Jam"}}
    assert app.return_code == 0


async def test_saved_form_leaves_no_draft(tmp_path: Path) -> None:
    desk = Desk()
    desk.drafts["desk.edit", 7] = {"subject": "old words"}
    app = open_console(tmp_path, desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(FormScreen(edit_form(desk)))
        await settle(pilot)
        await pilot.press("y")
        await settle(pilot)
        await pilot.press("ctrl+s")
        await settle(pilot)

        assert desk.saves == [({"subject": "old words"}, 3)]
        assert desk.drafts == {}


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_form_marks_what_changed(tmp_path: Path, size: tuple[int, int]) -> None:
    desk = Desk()
    app = open_console(tmp_path, desk)
    async with app.run_test(size=size) as pilot:
        await app.push_screen(FormScreen(edit_form(desk)))
        await pilot.press("x")
        await settle(pilot)

        assert "changed" in line(app, HeaderLine)
        assert str(row(app, "subject").query_one(".label", Static).render()).startswith("*Subject")
        assert line(app, FooterLine).startswith(" ^s save  esc cancel")


async def test_keys_typed_ahead_reach_the_form_that_is_opening(tmp_path: Path) -> None:
    desk = Desk()
    app = open_console(tmp_path, desk)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(FormScreen(new_form(desk)))
        for letter in "jam":
            app.post_message(Key(letter, letter))
        await settle(pilot)

        assert row(app, "subject").text == "jam"


def test_drafts_about_other_records_have_other_names() -> None:
    many = range(2_000)
    names = [draft_of("stock.give"), draft_of("stock.give", 1), draft_of("stock.give", 1, 2),
             draft_of("stock.give", 12), draft_of("stock.give", *many),
             draft_of("stock.give", *many[1:])]  # fmt: skip

    assert len(set(names)) == len(names)
    assert max(map(len, names)) < 100
