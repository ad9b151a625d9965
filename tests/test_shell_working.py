"""Operations: refusals, conflicts, faults, waiting, following; language and looks."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Event
from typing import NamedTuple

import pytest
from rich.console import Console
from rich.segment import Segment
from textual.color import Color
from textual.css.stylesheet import Stylesheet

from boconsole import language
from boconsole.errors import (
    DisabledAccountError,
    InvalidChangeError,
    NotAllowedError,
    StaleRecordError,
)
from boconsole.language import N_, _, languages, ngettext, use_language
from screens.conflict import ConflictDialog
from screens.following import RecordsChanged
from screens.operations import Operations, StoppedError
from screens.shell import ShellScreen
from screens.terminal import clipboard_sequence, colours
from screens.themes import choose_theme
from screens.widgets.bars import HeaderLine, NoticeLine
from tests.consoles import DeskScreen, console, line, settings, settle

PATIENCE = 20.0


def refuse(error: Exception) -> Callable[[], object]:
    def work() -> object:
        raise error

    return work


def desk(screen: object) -> DeskScreen:
    assert isinstance(screen, DeskScreen)
    return screen


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (NotAllowedError("ann", "ticket.edit"), "ann may not do this (ticket.edit)"),
        (InvalidChangeError("subject", "is empty"), "subject: is empty"),
        (NotAllowedError("[/x]\x1b[2J", "ticket.edit"), "Error: [/x][2J may not do this"),
    ],
)
async def test_refusal_is_a_sentence(tmp_path: Path, error: Exception, sentence: str) -> None:
    app = console(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        desk(app.screen).change(refuse(error))
        await settle(pilot)

        assert sentence in line(app, NoticeLine)


async def test_fault_is_a_sentence_that_names_the_log(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=(160, 50)) as pilot:
        desk(app.screen).change(refuse(ValueError("salary of 'Ann Example' is 1234567")))
        await settle(pilot)
        log = app.settings.log.read_text()

        assert str(app.settings.log) in app.notices.log[-1].text
        assert "ValueError" in log
        assert "test_shell_working.py" in log
        assert "Ann Example" not in log
        assert "1234567" not in log


async def test_stale_record_shows_both_sides(tmp_path: Path) -> None:
    app = console(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        desk(app.screen).change(refuse(StaleRecordError("TKT-1", 1, 2, {"state": "open"}, {})))
        await settle(pilot)

        assert isinstance(app.screen, ConflictDialog)


async def test_change_tells_lists_and_says_so(tmp_path: Path) -> None:
    app = console(tmp_path)
    heard: list[object] = []
    async with app.run_test(size=(80, 24)) as pilot:
        desk(app.screen).records_changed = heard.append  # type: ignore[method-assign]
        app.following.spread = lambda feature, ids: heard.append((feature, set(ids)))  # type: ignore[method-assign]
        desk(app.screen).change(lambda: 41, said=lambda n: f"{n} done.", touched=[1, 2])
        await settle(pilot)

        assert heard == [("desk", {1, 2})]
        assert line(app, NoticeLine).strip() == "41 done."


async def test_fault_in_a_screen_ends_without_a_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app = console(tmp_path)
    app.error_console = Console(file=io.StringIO(), width=300)
    with pytest.raises(ZeroDivisionError):  # noqa: PT012 - the console raises when it is left
        async with app.run_test(size=(80, 24)) as pilot:
            app.call_later(lambda: 1 // 0)
            await pilot.pause()

    shown = app.error_console.file.getvalue()  # type: ignore[attr-defined]  # a StringIO
    assert str(app.settings.log) in shown
    assert "Traceback" not in shown
    assert "ZeroDivisionError" in app.settings.log.read_text()


async def test_long_work_is_told_and_can_be_stopped(tmp_path: Path) -> None:
    stopped = Event()

    def work() -> None:
        stopped.wait(10)
        raise InterruptedError

    app = console(tmp_path, interrupt=stopped.set)
    async with app.run_test(size=(80, 24)) as pilot:
        desk(app.screen).change(work)
        await pilot.pause(0.6)
        soon = line(app, HeaderLine)
        await asyncio.sleep(1.9)
        await pilot.pause()
        later = line(app, HeaderLine)
        await pilot.press("escape")
        await settle(pilot)

        assert "working…" in soon
        assert "esc stops" in later
        assert line(app, NoticeLine).strip() == "Stopped."
        assert "working" not in line(app, HeaderLine)


async def test_operations_run_one_after_the_other_in_one_thread(tmp_path: Path) -> None:
    import threading

    app = console(tmp_path)
    async with app.run_test(size=(80, 24)):
        names = await asyncio.gather(
            *(app.run_operation(lambda: threading.current_thread().name) for _n in range(5))
        )

    assert len(set(names)) == 1


class Found(NamedTuple):
    feature: str
    ids: frozenset[int]


class Street:
    def __init__(self, *answers: list[Found] | Exception) -> None:
        self.answers = list(answers)
        self.stirs = True

    def stirred(self) -> bool:
        return self.stirs

    def poll(self) -> list[Found]:
        answer = self.answers.pop(0) if self.answers else []
        if isinstance(answer, Exception):
            raise answer
        return answer


class Listening(ShellScreen):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[str, frozenset[int]]] = []

    def records_changed(self, event: RecordsChanged) -> None:
        self.heard.append((event.feature, event.ids))


async def test_change_of_others_reaches_every_screen(tmp_path: Path) -> None:
    app = console(tmp_path, follower=Street([Found("tickets", frozenset({7}))]))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = Listening()
        await app.push_screen(screen)
        await app.following.ask()
        await settle(pilot)

        assert screen.heard == [("tickets", frozenset({7}))]


async def test_follower_is_asked_only_where_something_stirred(tmp_path: Path) -> None:
    street = Street([Found("tickets", frozenset({7}))], [])
    app = console(tmp_path, follower=street)
    async with app.run_test(size=(80, 24)) as pilot:
        app.following.stop()
        street.stirs = False
        app.following.look()
        await settle(pilot)
        unasked = len(street.answers)
        street.stirs = True
        app.following.look()
        await settle(pilot)

        assert (unasked, len(street.answers)) == (2, 1)


async def test_console_of_a_disabled_account_ends_and_says_why(tmp_path: Path) -> None:
    app = console(tmp_path, follower=Street(DisabledAccountError("ann")))
    async with app.run_test(size=(80, 24)):
        await app.following.ask()

    assert app.farewell.startswith("The account ann was disabled; nothing more is saved.")


async def test_lost_database_is_told_once_and_found_again(tmp_path: Path) -> None:
    app = console(tmp_path, follower=Street(OSError("gone"), OSError("gone"), []))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.following.ask()
        await app.following.ask()
        await settle(pilot)
        lost = line(app, HeaderLine)
        await app.following.ask()
        await settle(pilot)

        assert lost.strip().endswith("no connection")
        assert [notice.text for notice in app.notices.log] == [
            "The database does not answer; trying again.",
            "The database answers again.",
        ]


# Looks


@pytest.mark.parametrize(
    ("environ", "found"),
    [
        ({"TERM": "xterm-ghostty"}, "truecolor"),
        ({"TERM": "alacritty"}, "truecolor"),
        ({"TERM": "xterm-256color"}, "256"),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "truecolor"),
        ({"TERM": "xterm", "COLORTERM": "24bit", "TERM_PROGRAM": "Apple_Terminal"}, "256"),
        ({"TERM": "tmux-256color"}, "256"),
        ({"TERM": "linux"}, "standard"),
        ({}, "standard"),
    ],
)  # fmt: skip
def test_colours_of_terminals(environ: Mapping[str, str], found: str) -> None:
    assert colours(environ) == found


@pytest.mark.parametrize(
    ("wanted", "environ", "theme"),
    [
        ("auto", {"TERM": "xterm-256color"}, "dark"),
        ("contrast", {"TERM": "linux"}, "contrast"),
        ("dark", {"TERM": "xterm", "NO_COLOR": "1"}, "plain"),
        ("night", {"TERM": "linux"}, "dark"),
        ("night", {"TERM": "foot"}, "night"),
        ("light", {"TERM": "vt100"}, "plain"),
    ],
)
def test_theme_to_start_with(wanted: str, environ: Mapping[str, str], theme: str) -> None:
    assert choose_theme(wanted, environ) == theme


@pytest.mark.parametrize("theme", ["dark", "light", "contrast", "plain", "night", "day"])
async def test_every_theme_draws_the_shell(tmp_path: Path, theme: str) -> None:
    app = console(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        app.theme = theme
        await settle(pilot)
        await pilot.press("question_mark")
        await settle(pilot)

        assert app.theme == theme


async def test_the_styles_are_read_once_for_the_first_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    monkeypatch.setattr(Stylesheet, "reparse", lambda _sheet: read.append("again"))
    app = console(tmp_path, settings=settings(tmp_path, theme="contrast"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)

        assert read == []
        assert app.screen.styles.background.css == "ansi_black"


async def test_no_color_leaves_attributes_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = console(tmp_path, settings=settings(tmp_path, theme="dark"))
    async with app.run_test(size=(80, 24)) as pilot:
        app.say("No.", "error")
        await settle(pilot)
        update = app.screen._compositor.render_strips()
        styles = [segment.style for strip in update for segment in strip if segment.style]
        for filter_ in app.get_line_filters():
            applied = filter_.apply([Segment("x", style) for style in styles], Color(0, 0, 0))
            styles = [segment.style for segment in applied if segment.style]

        assert not [style for style in styles if style.color and not style.color.is_default]
        assert [style for style in styles if style.reverse]


@pytest.mark.parametrize(
    ("environ", "start"),
    [
        ({"TERM": "xterm"}, "\x1b]52;c;"),
        ({"TERM": "tmux-256color"}, "\x1bPtmux;\x1b\x1b]52;c;"),
        ({"TERM": "xterm", "TMUX": "/tmp/x"}, "\x1bPtmux;"),
        ({"TERM": "screen"}, "\x1bP\x1b]52"),
    ],
)
def test_copy_passes_through_multiplexers(environ: Mapping[str, str], start: str) -> None:
    assert clipboard_sequence("text", environ).startswith(start)


def test_too_long_a_copy_is_none() -> None:
    assert clipboard_sequence("x" * 100_000, {}) == ""


# Language

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "Save"
msgstr "Simpan"

msgid "{n} row"
msgid_plural "{n} rows"
msgstr[0] "{n} baris"
"""


@pytest.fixture
def indonesian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "locale" / "id" / "LC_MESSAGES" / "boconsole.po"
    path.parent.mkdir(parents=True)
    path.write_text(PO)
    monkeypatch.setattr(language, "CATALOGUES", tmp_path / "locale")
    language._catalogue.cache_clear()
    yield
    language._catalogue.cache_clear()
    use_language("en")


@pytest.mark.usefixtures("indonesian")
def test_texts_come_from_the_catalogue_without_a_step_by_hand() -> None:
    used = use_language("id_ID.UTF-8")

    assert (used, languages()) == ("id", ("en", "id"))
    assert (_(N_("Save")), _("Not there"), ngettext("{n} row", "{n} rows", 2)) == (
        "Simpan",
        "Not there",
        "{n} baris",
    )


@pytest.mark.usefixtures("indonesian")
def test_unknown_language_is_english() -> None:
    assert (use_language("xx"), _("Save")) == ("en", "Save")


async def test_changes_under_way_are_finished_before_the_console_ends(tmp_path: Path) -> None:
    app, gate, saved = console(tmp_path), Event(), []
    async with app.run_test(size=(80, 24)) as pilot:
        desk(app.screen).change(lambda: gate.wait(PATIENCE))
        desk(app.screen).change(lambda: saved.append("typed"))
        quitting = asyncio.create_task(app.action_quit())
        await pilot.pause()
        gate.set()
        await quitting

    assert saved == ["typed"]


async def test_change_goes_on_when_its_screen_is_left(tmp_path: Path) -> None:
    app, gate, saved, told = console(tmp_path), Event(), [], []
    async with app.run_test(size=(80, 24)) as pilot:
        screen = DeskScreen()
        await app.push_screen(screen)
        screen.change(lambda: gate.wait(PATIENCE))
        screen.change(lambda: saved.append("typed"), done=told.append)
        await app.pop_screen()
        gate.set()
        await settle(pilot)

    assert saved == ["typed"]
    assert told == []


async def test_what_is_asked_for_after_the_end_is_stopped() -> None:
    operations = Operations()
    operations.close()

    with pytest.raises(StoppedError):
        await operations.run(lambda: 1)
