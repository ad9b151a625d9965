"""A console for tests: a session without a database, areas made on the spot, a standing clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.widgets import Input, Static

from boconsole.language import N_
from boconsole.session import Session
from boconsole.settings import Settings
from db.rows import UserRow
from screens.actions import CHANGE
from screens.app import BoconsoleApp
from screens.areas import Area
from screens.keys import Action
from screens.places import Place
from screens.shell import ShellScreen
from screens.widgets.bars import FooterLine, HeaderLine, NoticeLine

MONDAY = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
ANN = UserRow(1, "ann", "Ann", "ann@example.org", "", "en")


def session(language: str = "en") -> Session:
    return Session(ANN, frozenset(), lambda: MONDAY, ZoneInfo("UTC"), language, "console")


def settings(folder: Path, **changes: Any) -> Settings:
    values: dict[str, Any] = {
        "database": "sqlite:///nowhere",
        "user": "ann",
        "clock": MONDAY,
        "zone": ZoneInfo("UTC"),
        "language": "en",
        "theme": "dark",
        "attachment_limit": 1,
        "cell_diff": True,
        "sources": {},
        "files": {
            "BOCONSOLE_KEYMAP": str(folder / "keymap.toml"),
            "BOCONSOLE_LOG": str(folder / "log" / "boconsole.log"),
        },
    }
    return Settings(**(values | changes))


def wet(_screen: DeskScreen) -> str:
    return "It is wet."


class DeskScreen(ShellScreen):
    """A screen with one possible and one impossible action, and an entry."""

    AREA = "desk"
    AUTO_FOCUS = ""
    TITLE = "Desk"
    ACTIONS = (
        Action("desk.stamp", N_("Stamp the paper"), ("s",), "desk", CHANGE, rank=1),
        Action("desk.burn", N_("Burn it"), ("b",), "desk", CHANGE, rank=2, when=wet),
    )

    def __init__(self) -> None:
        super().__init__()
        self.stamped = 0
        self.shown: list[Place] = []
        self.views: list[str] = []

    def body(self) -> ComposeResult:
        yield Static("paper", markup=False)
        yield Input(id="entry", compact=True)

    def on_mount(self) -> None:
        self.query_one(Input).cursor_blink = False

    def action_stamp(self) -> None:
        self.stamped += 1

    async def show_place(self, place: Place) -> None:
        self.shown.append(place)

    def view_names(self) -> Sequence[str]:
        return ("mine", "[/x] late")

    def show_view(self, name: str) -> None:
        self.views.append(name)


class ShelfScreen(ShellScreen):
    AREA = "shelf"
    TITLE = "Shelf"


AREAS = (
    Area("desk", "1", N_("Desk"), "tests.consoles:DeskScreen", "DSK"),
    Area("shelf", "2", N_("Shelf"), "tests.consoles:ShelfScreen", "SHF"),
)


def console(folder: Path, **options: Any) -> BoconsoleApp:
    chosen = options.pop("settings", None) or settings(folder)
    return BoconsoleApp(session(), chosen, **{"areas": AREAS, **options})


async def settle(pilot: Pilot[None]) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def line(app: BoconsoleApp, kind: type[HeaderLine | NoticeLine | FooterLine]) -> str:
    """The text of one of the lines around the body."""
    return app.screen.query_one(kind).render().plain
