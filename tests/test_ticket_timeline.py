"""Messages as they are shown: a little Markdown, nothing parsed as markup, never slow."""

from datetime import UTC, datetime
from time import perf_counter

import pytest

from boconsole.audit import Change
from boconsole.filing import safe_name
from boconsole.language import use_language
from boconsole.tickets.rows import TimelineEntry
from screens import ticket_timeline
from screens.prose import block, markdown
from screens.ticket_facts import business
from tests.consoles import MONDAY, session


def plain(text: str, width: int = 40) -> list[str]:
    return [line.plain for line in markdown(text, width)]


def change(field: str, before: object, after: object) -> str:
    return ticket_timeline.change_text(Change(field, before, after), session())


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("# Head", ["Head"]),
        ("**bold** and *slanted* `code`", ["bold and slanted code"]),
        ("2 * 3 * 4 and a_b_c", ["2 * 3 * 4 and a_b_c"]),
        ("[here](https://x.example)", ["here <https://x.example>"]),
        ("- one\n- two", ["- one", "- two"]),
        ("1. one", ["1. one"]),
        ("> quoted", ["> quoted"]),
        ("```\n**x**\n```", ["  | **x**"]),
        ("[red]no[/red] [/x]", ["[red]no[/red] [/x]"]),
        ("a\tb\x1b[31m\u202e!", ["a    b[31m!"]),
        ("", [""]),
    ],
)
def test_markdown_is_shown_plainly(text: str, lines: list[str]) -> None:
    assert plain(text) == lines


def test_list_items_hang() -> None:
    assert plain("- one two three four", 14) == ["- one two", "  three four"]


def test_wide_characters_keep_the_width() -> None:
    assert all(line.cell_length <= 20 for line in markdown("漢字" * 30, 20, "  "))


@pytest.mark.parametrize("piece", ["[", "*", "`a", "**a ", "[a](b ", "- - ", "_", "x"])
def test_no_text_is_slow(piece: str) -> None:
    started = perf_counter()

    markdown(piece * (100_000 // len(piece)), 76)

    assert perf_counter() - started < 3


@pytest.mark.parametrize(
    ("field", "before", "after", "text"),
    [
        ("state", "new", "on_hold", "state new → on hold"),
        ("assignee", None, "bea", "assignee bea"),
        ("assignee", "bea", None, "assignee bea → none"),
        ("tags", ["a", "b"], ["b", "c"], "tags +c -a"),
        ("due", None, "2026-05-04T14:00:00Z", "due 14:00"),
        ("link", None, "blocks TKT-2", "link blocks TKT-2"),
        ("link", "blocks TKT-2", None, "link blocks TKT-2 removed"),
        ("link", None, "caused_by TKT-2", "link caused by TKT-2"),
        ("merged", None, "TKT-2", "took in TKT-2"),
        ("priority", "high", "critical", "priority high → critical"),
        ("cf.room", None, "[/x]", "room [/x]"),
    ],
)
def test_change_is_told_in_words(field: str, before: object, after: object, text: str) -> None:
    assert change(field, before, after) == text


def test_change_is_told_in_the_words_of_the_language() -> None:
    use_language("id")
    try:
        urgency = change("urgency", "low", "high")
        priority = change("priority", "high", "critical")
    finally:
        use_language("en")

    assert (urgency, priority) == ("urgensi rendah → tinggi", "prioritas tinggi → kritis")


def test_note_is_marked_by_its_words_and_at_its_left() -> None:
    entry = TimelineEntry(MONDAY, "bea", "note", "Mind the dog.", message_id=1)

    lines = [line.plain for line in ticket_timeline.message_lines(entry, 40, session())]

    assert lines[0].startswith("INTERNAL NOTE bea")
    assert lines[1] == "▌ Mind the dog."


def test_time_spent_is_told_once() -> None:
    entry = TimelineEntry(
        MONDAY, "bea", "change", "", (Change("minutes_spent", 0, 5),), action="ticket.reply"
    )

    assert ticket_timeline.change_lines(entry, 40, session()) == []


def test_long_ago_keeps_the_hour() -> None:
    assert ticket_timeline.when(datetime(2026, 1, 2, 3, 4, tzinfo=UTC), session()) == "2 Jan 03:04"


def test_newest_entries_are_kept() -> None:
    entries = [TimelineEntry(MONDAY, "bea", "note", str(place)) for place in range(5)]

    shown, hidden = ticket_timeline.newest(entries, 2)

    assert ([entry.text for entry in shown], hidden) == (["3", "4"], 3)


@pytest.mark.parametrize(
    ("seconds", "text"), [(95_700, "26h 35m"), (-2_100, "-35m"), (0, "0m"), (-7_260, "-2h 01m")]
)
def test_business_time_has_no_days(seconds: int, text: str) -> None:
    assert business(seconds) == text


@pytest.mark.parametrize(
    ("name", "kept"), [("../../etc/passwd", "passwd"), (".bashrc", "bashrc"), ("..", "file")]
)
def test_name_of_a_file_leads_nowhere_else(name: str, kept: str) -> None:
    assert safe_name(name) == kept


def test_lines_become_one_text() -> None:
    assert block(markdown("a\nb", 20)).plain == "a\nb"
