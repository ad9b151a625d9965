"""What stands in a cell: safe, short, readable without colour."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from rich.cells import cell_len

from screens import cells

ZONE = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 5, 4, 16, 0, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("plain", "plain"),
        (None, ""),
        (42, "42"),
        ("two\nlines\r\nand\ttab", "two lines and tab"),
        ("\x1b]52;c;AAAA\x07\x1b[31mred", "]52;c;AAAA[31mred"),
        ("a\u202egpj.exe\u2066b\u200e", "agpj.exeb"),
        ("c1 \x9b31m \x85 end", "c1 31m   end"),
        ("\ud800 lonely", " lonely"),
        ("[/x] [@click=app.quit]", "[/x] [@click=app.quit]"),
        ("family 👩\u200d💻 cafe\u0301", "family 👩\u200d💻 cafe\u0301"),
        ("line\u2028end", "line end"),
    ],
)
def test_a_value_becomes_one_harmless_line(value: object, shown: str) -> None:
    assert cells.safe(value) == shown


def test_a_block_keeps_its_lines() -> None:
    assert cells.safe_block("a\r\nb\tc\x1b[2J\rd") == "a\nb    c[2J\nd"


def test_a_text_for_a_widget_has_no_markup() -> None:
    text = cells.line_text("[bold]not[/bold] [/x]")

    assert text.plain == "[bold]not[/bold] [/x]"
    assert text.spans == []


@pytest.mark.parametrize(
    ("text", "width", "right", "shown"),
    [
        ("abc", 5, False, "abc  "),
        ("42", 5, True, "   42"),
        ("abcdef", 4, False, "abc…"),
        ("abcdef", 6, False, "abcdef"),
        ("漢字漢字", 5, False, "漢字…"),
        ("漢字漢字", 6, False, "漢字 …"),
        ("e\u0301e\u0301e\u0301", 2, False, "e\u0301…"),
        ("abc", 1, False, "…"),
        ("abc", 0, False, ""),
    ],
)
def test_a_text_fills_its_width_exactly(text: str, width: int, right: bool, shown: str) -> None:
    fitted = cells.fit(text, width, right=right)

    assert fitted == shown
    assert cell_len(fitted) == width


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (None, ""),
        (datetime(2026, 5, 4, 2, 14, tzinfo=ZoneInfo("UTC")), "09:14"),
        (datetime(2026, 5, 3, 20, 0, tzinfo=ZoneInfo("UTC")), "03:00"),
        (datetime(2026, 5, 3, 14, 5, tzinfo=ZONE), "Sun 14:05"),
        (datetime(2026, 4, 28, 14, 5, tzinfo=ZONE), "Tue 14:05"),
        (datetime(2026, 4, 27, 14, 5, tzinfo=ZONE), "27 Apr"),
        (datetime(2026, 5, 8, 9, 0, tzinfo=ZONE), "Fri 09:00"),
        (datetime(2025, 11, 2, 9, 0, tzinfo=ZONE), "2025-11-02"),
        (datetime(2027, 1, 2, 9, 0, tzinfo=ZONE), "2027-01-02"),
    ],
)
def test_an_instant_is_short_in_the_zone_of_the_reader(at: datetime | None, shown: str) -> None:
    assert cells.instant(at, NOW, ZONE) == shown


@pytest.mark.parametrize(
    ("left", "shown"),
    [
        (timedelta(hours=1, minutes=20), "1h 20m"),
        (timedelta(minutes=-35), "-35m"),
        (timedelta(days=3, hours=5), "3d"),
        (timedelta(days=-4), "-4d"),
        (timedelta(days=1, hours=4), "1d 4h"),
        (timedelta(seconds=59), "0m"),
        (timedelta(hours=2, minutes=5), "2h 05m"),
    ],
)
def test_time_left_names_two_units_at_most(left: timedelta, shown: str) -> None:
    assert cells.time_left(left) == shown


@pytest.mark.parametrize(
    ("due_in", "warn_in", "paused", "shown", "tone"),
    [
        (120, 60, False, "2h 00m", ""),
        (80, -1, False, "! 1h 20m", "warn"),
        (-35, -60, False, "!! -35m", "bad"),
        (0, None, False, "!! 0m", "bad"),
        (80, None, False, "1h 20m", ""),
        (-35, -60, True, "paused", "muted"),
    ],
)
def test_a_countdown_says_in_marks_how_bad_it_is(
    due_in: int, warn_in: int | None, paused: bool, shown: str, tone: str
) -> None:
    warn_at = None if warn_in is None else NOW + timedelta(minutes=warn_in)

    cell = cells.countdown(NOW + timedelta(minutes=due_in), NOW, warn_at=warn_at, paused=paused)

    assert cell == (shown, tone)


def test_without_a_promise_there_is_no_countdown() -> None:
    assert cells.countdown(None, NOW) == ("", "")


def test_priorities_and_states_have_a_letter_each() -> None:
    states = ("new", "open", "pending", "on_hold", "resolved", "closed", "merged")

    assert "".join(cells.priority(number).text for number in range(1, 6)) == "CHMLP"
    assert "".join(cells.state(word).text for word in states) == "NOPHRCM"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (cells.state_word("on_hold"), "H on hold"),
        (cells.priority_word(2), "H high"),
        (cells.state_word("\x1b[2Jodd"), "[2Jodd"),
        (cells.state(""), "?"),
        (cells.priority(9), "?"),
        (cells.priority(None), "-"),
    ],
)
def test_words_follow_letters_and_unknown_values_are_shown(cell: cells.Cell, text: str) -> None:
    assert cell.text == text


def test_every_tone_is_known() -> None:
    looks = (*cells.PRIORITIES.values(), *cells.STATES.values())

    assert {look.tone for look in looks} <= {"", *cells.TONES}


def test_thousands_are_grouped() -> None:
    assert cells.grouped(12300) == "12,300"
