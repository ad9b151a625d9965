"""A console on a real database for tests: tickets, what is shown, keys until all is quiet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textual.events import Paste
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, TextArea

from boconsole import drafts
from boconsole.language import N_
from boconsole.session import Session
from boconsole.tickets import creating
from boconsole.tickets.rows import File, NewTicket, TicketRow
from db import connection
from screens.app import BoconsoleApp
from screens.areas import AREAS, Area
from screens.ticket import TicketScreen
from screens.ticket_page import Neighbours
from screens.widgets.fields import FieldRow
from tests.consoles import settings, settle

SMALL, LARGE = (80, 24), (160, 50)
LONG = 4
"""Letters from which on a text is not typed one by one."""
EMPTY = (Area("tickets", "2", N_("Tickets"), "screens.shell:ShellScreen", "TKT"),)


def desk(session: Session, folder: Path, areas: Sequence[Area] = EMPTY) -> BoconsoleApp:
    return BoconsoleApp(
        session.through("console"), settings(folder), drafts=drafts, areas=areas,
        release=connection.release,
    )  # fmt: skip


def whole_desk(session: Session, folder: Path) -> BoconsoleApp:
    return desk(session, folder, AREAS)


def make(session: Session, subject: str = "Printer is on fire", **fields: object) -> TicketRow:
    body = str(fields.pop("body", "It smells of smoke."))
    return creating.create(session, NewTicket(subject, body, fields))


def make_with_file(session: Session) -> TicketRow:
    new = NewTicket("Photo", "See the photo.", files=(File("smoke.txt", b"grey smoke"),))
    return creating.create(session, new)


def many_words(count: int) -> str:
    return "\n".join(f"line {number} of the story" for number in range(count))


async def open_ticket(
    pilot: Pilot[None], ticket: TicketRow, neighbours: Neighbours | None = None
) -> TicketScreen:
    screen = TicketScreen(ticket.id, neighbours)
    await pilot.app.push_screen(screen)
    await quiet(pilot)
    return screen


async def quiet(pilot: Pilot[None]) -> None:
    """Wait until nothing reads, writes or opens any more."""
    await settle(pilot)
    await settle(pilot)


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, waiting after each until all is quiet."""
    for key in keys:
        await pilot.press(key)
        await quiet(pilot)


async def type_text(pilot: Pilot[None], text: str) -> None:
    await write(pilot, text)
    await pilot.pause(0.3)
    await quiet(pilot)


async def write(pilot: Pilot[None], text: str) -> None:
    """Type a text; the middle of it comes at once, as from a quick hand on a slow line."""
    keys = ["space" if letter == " " else letter for letter in text]
    await pilot.press(keys[0])
    field = pilot.app.focused
    if len(keys) < LONG or not isinstance(field, Input | TextArea):
        await pilot.press(*keys[1:])
        return
    pilot.app.post_message(Paste(text[1:-1]))
    await pilot.pause(0)
    await pilot.press(keys[-1])


def shown(app: BoconsoleApp, screen: Screen[object] | None = None) -> str:
    """Everything the screen shows, line by line."""
    strips = (screen or app.screen)._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


def row(app: BoconsoleApp, name: str) -> FieldRow:
    return next(found for found in app.screen.query(FieldRow) if found.field.name == name)
