"""The cell diff shows the same picture as the plain display, in a tenth of the bytes."""

import asyncio
from collections.abc import Sequence
from typing import Any, ClassVar

import pyte
import pytest
from rich.style import Style
from rich.text import Text
from textual.app import App, ComposeResult
from textual.drivers.headless_driver import HeadlessDriver
from textual.screen import ModalScreen
from textual.widgets import Footer, Input, Label, Static

from screens import diff
from screens.cells import Cell, priority, state_word
from screens.diff import DiffMixin
from screens.frames import Frame, Span, pen_change
from screens.widgets.columns import Column
from screens.widgets.record_table import RecordTable
from screens.widgets.window import Around

SUBJECTS = (
    "Printer on the third floor says PC LOAD LETTER",
    "打印机坏了 — 请尽快修理, the paper 紙 is stuck in the machine",
    "Can't log in 🔒 since the password change 💻 yesterday",
    "Cafe\u0301 till: na\u00efve re\u0301sume\u0301 is cut in two",
    "Invoice INV-2026-00042 shows the wrong VAT number",
    "VPN drops every hour on the new laptops of the sales department, also at home",
    "New starter needs a laptop and a phone by Monday",
)
PEOPLE = ("Siti Rahma", "J. Okafor", "Maria del Carmen", "李小龍", "Ann Lee")


class Row:
    """A made-up ticket."""

    def __init__(self, number: int) -> None:
        self.id = number
        self.subject = SUBJECTS[number * 7919 % 10007 % len(SUBJECTS)]
        self.state = ("new", "open", "pending", "closed")[number * 31 % 4]
        self.priority = number * 13 % 5 + 1
        self.person = PEOPLE[number * 104729 % 10007 % len(PEOPLE)]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Row) and other.id == self.id

    def __hash__(self) -> int:
        return self.id


class Answer:
    """A page, or a count."""

    def __init__(self, numbers: Sequence[int], more: bool) -> None:
        self.rows = [Row(number) for number in numbers]
        self.first = str(numbers[0]) if numbers else ""
        self.last = str(numbers[-1]) if numbers else ""
        self.more = more


class Total:
    number, capped = 5000, False


class Numbers:
    """Rows 1 to 5,000."""

    def page(self, after: str | None, limit: int, *, backwards: bool = False) -> Answer:
        if backwards:
            end = int(after) if after else 5001
            return Answer(range(max(1, end - limit), end), end - limit > 1)
        start = int(after) + 1 if after else 1
        return Answer(range(start, min(start + limit, 5001)), start + limit <= 5000)

    def count(self) -> Total:
        return Total()

    def around(self, record: int, limit: int) -> Around[Row]:
        start = max(1, record - limit // 2)
        rows = [Row(number) for number in range(start, start + limit)]
        return Around(rows, str(start), str(start + limit - 1), start > 1, True)

    def key(self, row: Row) -> int:
        return row.id


COLUMNS = (
    Column[Row]("number", "Number", 8, lambda row: Cell(f"TKT-{row.id}")),
    Column[Row]("priority", "P", 1, lambda row: priority(row.priority)),
    Column[Row]("state", "State", 9, lambda row: state_word(row.state)),
    Column[Row]("subject", "Subject", 20, lambda row: Cell(row.subject), grow=1),
    Column[Row]("person", "Requester", 12, lambda row: Cell(row.person)),
    Column[Row]("due", "Due", 6, lambda row: Cell(f"{row.id % 60}m"), align="right", sort="due"),
)


class Capture(HeadlessDriver):
    """A driver that keeps what it would have written."""

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        self._app.written.append(data)  # type: ignore[attr-defined]


class Confirm(ModalScreen[None]):
    DEFAULT_CSS = "Confirm { align: center middle; } Confirm > Label { border: round $primary; }"

    def compose(self) -> ComposeResult:
        yield Label(Text("Close 12 tickets? 確認"))

    def key_escape(self) -> None:
        self.dismiss()


class Plain(App[None]):
    """A console in small, with the stock display."""

    BINDINGS: ClassVar = [
        ("d", "confirm", "Dialog"),
        ("i", "type", "Type"),
        ("v", "change", "Change"),
    ]
    CSS = "Input { height: 1; border: none; }"
    COMMAND_PALETTE_BINDING = "ctrl+p"

    def __init__(self, size: tuple[int, int] = (80, 24), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.size_of_terminal = size
        self.written: list[str] = []
        self.animation_level = "none"

    def _build_driver(
        self, headless: bool, inline: bool, mouse: bool, size: tuple[int, int] | None
    ) -> Capture:
        return Capture(self, size=self.size_of_terminal)

    def compose(self) -> ComposeResult:
        yield Static(Text("Tickets  status:open  17 of 12,300"), id="head")
        yield Input()
        yield RecordTable(COLUMNS)
        yield Footer()

    def on_mount(self) -> None:
        self.query_one(RecordTable).show(Numbers())
        self.query_one(RecordTable).focus()

    def action_confirm(self) -> None:
        self.push_screen(Confirm())

    def action_type(self) -> None:
        self.query_one(Input).focus()

    def action_change(self) -> None:
        self.query_one("#head", Static).update(
            Text("Billets 漢字 💻", style=Style(bold=True, italic=True, color="red"))
        )


class Diffed(DiffMixin, Plain):
    """The same with the cell diff."""


class Compared(Diffed):
    """Compares what the terminal shows after each frame with what it would show without."""

    def __init__(self, size: tuple[int, int]) -> None:
        super().__init__(size)
        self.differences: list[str] = []
        self.frames = 0
        self.plain, self.light = pyte.Screen(*size), pyte.Screen(*size)
        for screen in (self.plain, self.light):
            screen.reset_mode(pyte.modes.DECAWM)

    def _display(self, screen: Any, renderable: Any) -> None:
        if renderable is not None and not self._batch_count:
            pyte.Stream(self.plain).feed(renderable.render_segments(self.console))
        self.written.clear()
        super()._display(screen, renderable)
        pyte.Stream(self.light).feed("".join(self.written))
        self.frames += 1
        pairs = zip(picture(self.light), picture(self.plain), strict=True)
        for y, (light, plain) in enumerate(pairs):
            self.differences += [
                f"frame {self.frames}, {x},{y}: {one} is not {other}"
                for x, (one, other) in enumerate(zip(light, plain, strict=True))
                if one != other
            ]


SCRIPT = (
    *("down",) * 21, "pagedown", "G", *("up",) * 9, "space", "space", "v", "asterisk",
    "pageup", "g", "d", "escape", "down", "i", "x", "ä", "漢", "tab", "ctrl+p", "t", "escape",
    "down", "j", "k", "pagedown", "pagedown",
)  # fmt: skip


async def settle(app: Plain, pilot: Any) -> None:
    await app.workers.wait_for_complete()
    await pilot.pause()


async def play(app: Plain, keys: Sequence[str], size: tuple[int, int]) -> list[str]:
    """Press keys one by one; return what was written before the first and after each."""
    frames = []
    async with app.run_test(size=size) as pilot:
        await settle(app, pilot)
        frames.append("".join(app.written))
        for key in keys:
            app.written.clear()
            await pilot.press(key)
            await settle(app, pilot)
            frames.append("".join(app.written))
    return frames


def picture(screen: pyte.Screen) -> list[list[tuple[Any, ...]]]:
    """Every cell with its attributes; what a blank cell's ink is cannot be seen."""
    blank = {"fg": "default", "bold": False, "italics": False}
    cells = []
    for y in range(screen.lines):
        line = [screen.buffer[y][x] for x in range(screen.columns)]
        cells.append([tuple(cell._replace(**blank) if cell.data in " " else cell) for cell in line])
    return cells


@pytest.fixture(autouse=True)
def colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal with all colours, the dearest one.

    The same in every test, since Rich keeps the codes of a style whatever the terminal.
    """
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.mark.parametrize(("size", "theme"), [((80, 24), "textual-dark"), ((132, 40), "ansi-dark")])
def test_every_cell_is_the_same_as_without(size: tuple[int, int], theme: str) -> None:
    app = Compared(size)
    app.theme = theme

    asyncio.run(play(app, SCRIPT, size))

    assert app.frames > 40
    assert app.differences == []


@pytest.mark.parametrize(("theme", "jump"), [("ansi-dark", 1000), ("textual-dark", 1700)])
def test_a_slow_line_carries_little(theme: str, jump: int) -> None:
    app = Diffed()
    app.theme = theme

    frames = asyncio.run(play(app, (*("down",) * 21, "ctrl+p"), (80, 24)))

    sizes = [len(frame.encode()) for frame in frames]
    moves, jumped, palette = sizes[1:20], sizes[20], sizes[22]
    assert max(moves) <= 400
    assert 400 < jumped <= jump
    assert palette <= 8000


async def test_a_repaint_writes_the_whole_screen() -> None:
    app = Diffed()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app, pilot)
        app.written.clear()

        app.repaint()
        await settle(app, pilot)

        assert "\x1b[2J" in "".join(app.written)
        assert "TKT-20" in "".join(app.written)


async def test_another_program_on_the_terminal_is_painted_over() -> None:
    app = Diffed()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app, pilot)
        app.written.clear()

        app.app_resume_signal.publish(app)
        await settle(app, pilot)

        assert "TKT-20" in "".join(app.written)


async def test_after_a_resize_nothing_old_is_left() -> None:
    app = Compared((80, 24))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app, pilot)
        for screen in (app.plain, app.light):
            screen.resize(30, 100)
        await pilot.resize_terminal(100, 30)
        await settle(app, pilot)
        await pilot.press("down", "pagedown")
        await settle(app, pilot)

    assert picture(app.light) == picture(app.plain)


@pytest.mark.parametrize("switch", ["off", "0", "No"])
async def test_the_environment_switches_it_off(
    monkeypatch: pytest.MonkeyPatch, switch: str
) -> None:
    monkeypatch.setenv(diff.SWITCH, switch)

    assert not Diffed().cell_diff


async def test_where_textual_is_otherwise_the_plain_display_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def another(update: Any, console: Any) -> Any:
        raise AttributeError("strips")

    app = Diffed()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app, pilot)
        monkeypatch.setattr(diff, "_spans", another)
        app.written.clear()
        await pilot.press("pagedown")
        await settle(app, pilot)

        assert not app.cell_diff
        assert "TKT-30" in "".join(app.written)


def shown(*texts: str) -> list[str]:
    """What a terminal shows after some lines were drawn at its top, one after another."""
    frame, screen = Frame(20, 3), pyte.Screen(20, 3)
    for text in texts:
        pyte.Stream(screen).feed(frame.draw([Span(0, 0, [(text, "")])]))
    return [line.rstrip() for line in screen.display]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("漢字 wide", "a字 wide "),
        ("漢字 wide", " 漢字wide"),
        ("abcdef", "a漢def"),
        ("漢字漢字", "x漢字漢x"),
        ("cafe\u0301 till", "cafe till"),
        ("tab\x1b[2Jend", "taxend   "),
    ],
)
def test_halves_of_wide_characters_are_not_left_over(old: str, new: str) -> None:
    assert shown(old, new) == shown(new)


def test_what_stands_behind_a_joined_emoji_keeps_its_column() -> None:
    written = Frame(20, 1).draw([Span(0, 0, [("ab👩\u200d💻cd", "")])])

    assert written == "\x1b[1Hab  \x1b[1;3H👩\u200d💻\x1b[1;5Hcd"


def test_a_part_of_a_line_over_half_a_wide_character_is_drawn_whole_again() -> None:
    frame = Frame(10, 1)
    frame.draw([Span(0, 0, [("漢字", "")])])

    frame.draw([Span(0, 1, [("x", "")])])
    written = frame.draw([Span(0, 0, [("漢字", "")])])

    assert written == "\x1b[1H漢"


def test_lines_on_the_screen_already_are_moved() -> None:
    frame = Frame(40, 12)
    lines = [f"row {number} of the list {number * 7919}" for number in range(20)]
    frame.draw(Span(y, 0, [(lines[y], "")]) for y in range(12))

    written = frame.draw(Span(y, 0, [(lines[y + 2].ljust(40), "")]) for y in range(12))

    assert written.startswith("\x1b[1;12r\x1b[1H\x1b[2M\x1b[r")
    assert len(written) < 120


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("", "1;31", "\x1b[1;31m"),
        ("1;31", "", "\x1b[m"),
        ("1;31", "31", "\x1b[22m"),
        ("1;2;31", "2;31", "\x1b[22;2m"),
        ("38;2;1;2;3;48;2;4;5;6", "38;2;9;9;9;48;2;4;5;6", "\x1b[38;2;9;9;9m"),
        ("31;44", "44", "\x1b[39m"),
        ("5;31", "31", "\x1b[0;31m"),
        ("", "\tid=1;https://x", "\x1b]8;id=1;https://x\x1b\\"),
        ("31\tid=1;https://x", "", "\x1b[m\x1b]8;;\x1b\\"),
    ],
)
def test_a_pen_changes_in_few_bytes(old: str, new: str, change: str) -> None:
    assert pen_change(old, new) == change
