"""Records that hold what nobody should store: shown as letters, never obeyed, never written raw.

The texts are put into the database past every rule that would have cleaned them.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess
from typing import NamedTuple

import pytest

from boconsole.tickets import changing, reading
from boconsole.tickets.rows import Ref
from db import connection
from tests.people import StandingClock, open_session
from tests.terminal import CTRL_O, CTRL_Q, CTRL_S, CTRL_U, DOWN, ENTER, ESC, Terminal

MARKUP = "[/x][@click=app.quit()]"
RAW = "\x1b]0;EVIL\x07\x1b[5;7mEVIL\x9b5m\u202e\u2066"
FORBIDDEN = (b"\x1b]0;", b"\x1b[5;7m", b"\xc2\x9b", "\u202e".encode(), "\u2066".encode())
TEXTS = {
    "organisation": ("name",),
    "contact": ("name", "email", "phone"),
    "user_account": ("login", "name"),
    "saved_view": ("name",),
    "category": ("name", "path"),
    "ticket": ("subject", "priority_reason", "resolution", "external_key"),
    "message": ("body",),
    "attachment": ("name",),
    "custom_field": ("label",),
    "custom_value": ("text",),
    "macro": ("name", "reply"),
    "template": ("name",),
    "recurrence": ("name",),
    "ticket_trigger": ("name",),
    "tag": ("name",),
    "notification": ("text",),
}
"""Every column that holds what somebody wrote. The names of queues and policies are read by the
rules as well, which refuse what is invisible in them: they get the markup alone."""
SPOKEN = re.compile(rb"\x1b\[[\d;:<=>?$]*[A-Za-z]|\x1b\]22;[a-z]*\x07|[\t\n\r]")
"""What the console has to say to a terminal: sequences of its own, the shape of the pointer."""
PARTS = (
    "Queues", "Categories", "Views", "Custom fields", "Service levels", "Macros", "Templates",
    "Recurring tickets", "Triggers",
)  # fmt: skip


THRESHOLDS = 1
"""Parts before the macros that hold no text."""


class Trap(NamedTuple):
    """A database full of such texts, and a ticket with links in it."""

    url: str
    number: str
    ticket_id: int


@pytest.fixture
def trap(command: Callable[..., CompletedProcess[str]], tmp_path: Path) -> Trap:
    path = tmp_path / "trap.sqlite"
    url = f"sqlite:///{path}"
    built = command("demo", "--build", url, "--tickets", "40", "--seed", "1", database=url)
    assert built.returncode == 0, built.stderr
    with closing(sqlite3.connect(path)) as records:
        ticket_id = spoil(records)
        records.commit()
    return Trap(url, f"TKT-{ticket_id}", ticket_id)


def spoil(records: sqlite3.Connection) -> int:
    """Put the texts everywhere; return a ticket with links."""
    for table, columns in TEXTS.items():
        for column in columns:
            records.execute(
                f"UPDATE {table} SET {column} = ? || {column} WHERE {column} <> 'root'",
                (MARKUP + RAW,),
            )
    records.execute("UPDATE queue SET name = ? || name", (MARKUP,))
    records.execute(
        "UPDATE sla_policy SET name = ? || name, definition = "
        "json_set(definition, '$.name', ? || name)",
        (MARKUP,) * 2,
    )
    guards = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entry'"
    for (guard,) in records.execute(guards).fetchall():
        records.execute(f"DROP TRIGGER {guard}")
    records.execute(
        "UPDATE audit_entry SET actor = ? || actor, changes = "
        "json_set(changes, '$.subject', json_array(?, ?)) WHERE feature = 'ticket'",
        (MARKUP + RAW,) * 3,
    )
    linked = "SELECT ticket_id, count(*) FROM ticket_link GROUP BY 1 ORDER BY 2 DESC LIMIT 1"
    return int(records.execute(linked).fetchone()[0])


def edit_elsewhere(trap: Trap) -> None:
    """Change the subject in the back of the one who edits it."""
    session = open_session(trap.url, StandingClock())
    row = reading.get(session, trap.ticket_id)
    changing.edit(session, [Ref(row.id, row.version)], {"subject": f"{MARKUP}theirs"})
    connection.close_database()


def look(console: Terminal, keys: str, *shown: str, leave: str = ESC) -> None:
    """Open something, see the text in it, and leave it again."""
    console.press(keys)
    console.wait_for(*shown)
    console.press(leave)
    console.wait_gone(shown[0])


def nothing_raw_was_written(console: Terminal) -> None:
    """Quit, so that all has arrived, and look through it."""
    console.press(CTRL_Q)
    assert console.wait_end() == 0
    assert [part for part in FORBIDDEN if part in console.written] == []
    rest = SPOKEN.sub(b"", console.written)
    assert re.findall(rb"[\x00-\x1f\x7f].{0,20}", rest) == []


def open_linked_ticket(console: Terminal, trap: Trap) -> None:
    console.press(f":{trap.number}", ENTER)
    console.wait_for(f"Tickets · {trap.number}", f"{trap.number} {MARKUP}", "m macro")


def test_list_and_its_dialogs_show_such_texts(trap: Trap) -> None:
    with Terminal(trap.url) as console:
        console.wait_for("Home", MARKUP)
        console.press("2")
        console.wait_for("Tickets · 1 of", f"open     {MARKUP}")
        look(console, "v", "Views", f"│ 1 {MARKUP}")
        look(console, "a", "Assign TKT-", f"│ {MARKUP}")
        look(console, "t", "Tags of TKT-", f"[ ] {MARKUP}")
        look(console, "n", "New ticket from", f"│ {MARKUP}")
        console.press(f":{MARKUP}zzz", ENTER)
        console.wait_for(f"There is no command {MARKUP}zzz")
        console.press("/")
        console.wait_for("Words or terms")
        console.press(f'"{MARKUP}"')
        console.wait_for(f'Tickets · "{MARKUP}"')
        console.press(ESC)
        console.wait_for("? help")

        nothing_raw_was_written(console)


def test_open_ticket_and_its_dialogs_show_such_texts(trap: Trap) -> None:
    with Terminal(trap.url) as console:
        console.wait_for("Home", MARKUP)
        open_linked_ticket(console, trap)
        look(console, "d", "/ search", f"Requester   {MARKUP}", f"Queue       {MARKUP}", leave="q")
        look(console, "i", "why it is due", f"policy {MARKUP}", leave="q")
        look(
            console,
            "L",
            "Open which ticket or entry?",
            f"│ parent of TKT-{trap.ticket_id + 1} {MARKUP}",
        )
        look(console, "S", "Messages that become", f": {MARKUP}")
        look(console, "M1" + ENTER, "y merge", f"“{MARKUP}")
        console.press("m")
        console.wait_for("Macro for", f"│ {MARKUP}")
        console.press(ENTER)
        console.wait_for(f"Reply to {trap.number}: {MARKUP}", f"│ {MARKUP}")
        console.press(CTRL_O)
        console.wait_for("There are changes")
        console.press("d")
        console.wait_for("m macro")

        nothing_raw_was_written(console)


def test_forms_and_their_conflicts_show_such_texts(trap: Trap) -> None:
    with Terminal(trap.url) as console:
        console.wait_for("Home", MARKUP)
        open_linked_ticket(console, trap)
        console.press("e")
        console.wait_for("^s save", f"Subject !        {MARKUP}", f"Tags             {MARKUP}")
        edit_elsewhere(trap)
        console.press(CTRL_U, f"{MARKUP}mine", CTRL_S)
        console.wait_for("theirs", "yours", f"> {MARKUP}", f"  {MARKUP}mi")
        console.press(" ", ENTER)
        console.wait_for("saved.", f"{trap.number} {MARKUP}mine")

        nothing_raw_was_written(console)


def test_wide_console_and_administration_show_such_texts(trap: Trap) -> None:
    with Terminal(trap.url, size=(160, 50)) as console:
        console.wait_for("Home", MARKUP)
        console.press("2")
        console.wait_for("Tickets · 1 of", f"open     {MARKUP}", f"Queue       {MARKUP}")
        console.press(ENTER)
        console.wait_for("Tickets · TKT-", f"Queue       {MARKUP}", "m macro")
        console.press("0")
        console.wait_for("Triggers", "Audit trail")
        console.press("G", "k" * (len(PARTS) + THRESHOLDS - 1))
        for place, part in enumerate(PARTS):
            after = THRESHOLDS if part == "Macros" else 0
            console.press(DOWN * (bool(place) + after), ENTER)
            console.wait_for(f"Admin · {part}", MARKUP)
            console.press("q")
            console.wait_gone(MARKUP)
        for word, room in (("users", "Users"), ("audit", "Audit trail")):
            console.press(f":{word}", ENTER)
            console.wait_for(f"Admin · {room}", MARKUP)

        nothing_raw_was_written(console)
