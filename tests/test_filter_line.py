"""The filter line: typing, completion, history, errors."""

from typing import Any, NamedTuple

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Static

from screens.widgets.filter_line import FilterLine

FIELDS = ("state:", "status:", "subject:")


class Offer(NamedTuple):
    start: int
    end: int
    candidates: tuple[str, ...]


def complete(text: str, caret: int) -> Offer:
    start = text.rfind(" ", 0, caret) + 1
    return Offer(start, caret, tuple(word for word in FIELDS if word.startswith(text[start:caret])))


def check(text: str) -> tuple[int, str] | None:
    return (text.index("!"), "expected a value") if "!" in text else None


class Desk(App[None]):
    def __init__(self, **options: Any) -> None:
        super().__init__()
        self.line = FilterLine(complete=complete, check=check, debounce=0, **options)
        self.said: list[tuple[str, str]] = []

    def compose(self) -> ComposeResult:
        yield self.line
        yield Static("the list")

    def on_mount(self) -> None:
        self.line.focus()

    def on_filter_line_changed(self, event: FilterLine.Changed) -> None:
        self.said.append((type(event).__name__, event.text))

    on_filter_line_submitted = on_filter_line_left = on_filter_line_changed

    @property
    def below(self) -> list[str]:
        static = self.line.query_one(Static)
        shown = static.has_class("-shown")
        return [line.rstrip() for line in str(static.render()).splitlines()] if shown else []


async def test_a_good_query_is_posted_as_it_is_typed() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await pilot.press("a", "b")

        assert app.said == [("Changed", "a"), ("Changed", "ab")]


async def test_the_list_keeps_the_last_good_query_while_one_is_wrong() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await pilot.press("a", "!", "enter")

        assert app.said == [("Changed", "a")]
        assert app.line.last_good == "a"


async def test_an_error_stands_under_its_column() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await pilot.press("漢", "b", "!")

        assert app.below[0] == "   ^ expected a value"


async def test_an_error_far_right_keeps_its_message_on_the_screen() -> None:
    app = Desk()
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press(*("x",) * 35, "!")

        assert app.below[0] == " " * 18 + "expected a value ^"


async def test_typing_waits_before_the_list_is_read() -> None:
    app = Desk()
    app.line._debounce = 30.0
    async with app.run_test() as pilot:
        await pilot.press("a", "b")

        assert app.said == []


async def test_enter_does_not_wait() -> None:
    app = Desk()
    app.line._debounce = 30.0
    async with app.run_test() as pilot:
        await pilot.press("a", "b", "enter")
        await pilot.pause()

        assert app.said == [("Changed", "ab"), ("Submitted", "ab")]


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (("s", "t", "tab"), "state:"),
        (("s", "t", "tab", "tab"), "status:"),
        (("s", "t", "tab", "tab", "tab"), "state:"),
        (("s", "t", "shift+tab"), "status:"),
        (("s", "u", "tab", "x"), "subject:x"),
        (("x", "space", "s", "u", "tab", "tab"), "x subject:"),
        (("q", "tab"), "q"),
    ],
)
async def test_tab_takes_the_next_candidate(keys: tuple[str, ...], text: str) -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await pilot.press(*keys)

        assert app.line.text == text


async def test_candidates_stand_below_without_moving_the_list() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await pilot.press("s", "t")

        assert app.below == ["state:  status:"]
        assert app.query(Static).last().region.y == 1


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (("up",), "second"),
        (("up", "up"), "first"),
        (("up", "up", "up"), "first"),
        (("n", "up", "down"), "n"),
        (("down",), ""),
        (("n", "enter", "up", "up"), "second"),
    ],
)
async def test_up_and_down_bring_earlier_queries_back(keys: tuple[str, ...], text: str) -> None:
    app = Desk(history=("first", "second"))
    async with app.run_test() as pilot:
        await pilot.press(*keys)

        assert app.line.text == text


async def test_a_repeated_query_stands_in_the_history_once() -> None:
    app = Desk(history=("a", "b"))
    async with app.run_test() as pilot:
        await pilot.press("a", "enter")
        await pilot.pause()

        assert app.line.history == ["b", "a"]


async def test_escape_goes_back_to_the_last_good_query() -> None:
    app = Desk(text="status:open")
    async with app.run_test() as pilot:
        await pilot.press("!", "escape")
        await pilot.pause()

        assert app.said == [("Left", "status:open")]
        assert app.line.text == "status:open"
        assert app.below == []


async def test_ctrl_u_empties_the_line() -> None:
    app = Desk(text="status:open")
    async with app.run_test() as pilot:
        await pilot.press("left", "ctrl+u")

        assert app.line.text == ""


async def test_what_is_typed_is_never_markup_or_control() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        app.line.text = "[/x] [@click=app.bell]s\x1b]52;\x07"
        await pilot.pause()

        assert app.line.text == "[/x] [@click=app.bell]s]52;"
