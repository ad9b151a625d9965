"""The console itself: areas, places, keys, themes, and a good end whatever happens.

A letter is never a priority key, so entries receive every letter.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.console import Console
from textual import on
from textual.binding import BindingsMap, BindingType
from textual.events import Resize
from textual.filter import LineFilter, NoColor
from textual.widget import Widget

from boconsole.language import _, use_language
from boconsole.session import Session
from boconsole.settings import Settings
from screens.actions import GLOBAL_ACTIONS
from screens.areas import AREAS, Area, area_actions
from screens.cursors import Cursors, fits
from screens.following import Follower, Following
from screens.kept_styles import KeptStylesheet
from screens.keymap import Keymap, read_keymap
from screens.keys import Action, bindings, by_id
from screens.operations import Operations
from screens.places import Place, Places
from screens.roaming import RoamingApp
from screens.terminal import colours
from screens.themes import THEMES, VARIABLES, choose_theme
from screens.working import Drafts

if TYPE_CHECKING:
    from textual.theme import Theme

    from screens.shell import ShellScreen

HANGUP_GRACE = 5


class BoconsoleApp(RoamingApp):
    """The console for one session.

    Args:
        session: Who acts.
        settings: How the console was started.
        follower: Tells of other people's changes.
        drafts: Where typed values wait (the module `boconsole.drafts` fits).
        interrupt: Cancels the statement that the worker thread runs.
        release: Closes the worker thread's connection; called in it at the end.
        areas: What can be reached.
        start: The place shown first; by default the first area.
        heralds: Signals that stand for a sentence, which is then said.
        thread: The worker thread, where it was begun before.
    """

    TITLE = "boconsole"
    CSS_PATH = [
        "styles/shell.tcss",
        "styles/lists.tcss",
        "styles/forms.tcss",
        "styles/dialogs.tcss",
    ]
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [
        (0, "-tiny"),
        (60, "-narrow"),
        (100, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (15, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(GLOBAL_ACTIONS)]

    def __init__(
        self,
        session: Session,
        settings: Settings,
        *,
        follower: Follower | None = None,
        drafts: Drafts | None = None,
        interrupt: Callable[[], object] = lambda: None,
        release: Callable[[], object] = lambda: None,
        areas: Sequence[Area] = AREAS,
        start: Place | None = None,
        heralds: Mapping[signal.Signals, str] | None = None,
        thread: ThreadPoolExecutor | None = None,
    ) -> None:
        super().__init__(session, settings, Operations(interrupt, release, thread))
        self.drafts = drafts
        self.areas = {area.id: area for area in areas}
        self.actions = by_id(GLOBAL_ACTIONS, area_actions(tuple(areas)))
        self.places = Places()
        self.cursors = Cursors()
        self.command_history: list[str] = []
        self.following = Following(self, follower)
        self.keymap = Keymap({})
        self.animation_level = "none"
        self._bindings = BindingsMap.merge(
            [self._bindings, BindingsMap(bindings(area_actions(tuple(areas))))]
        )
        self._dress()
        self._heralds = heralds or {}
        self._start = start or Place(next(iter(self.areas), ""))
        self._open_first_area()

    def _dress(self) -> None:
        """Choose theme and colours for this terminal."""
        self.stylesheet = KeptStylesheet()
        self.console = Console(
            color_system=colours(os.environ),
            file=self.console.file,
            force_terminal=True,
            legacy_windows=False,
            highlight=False,
            emoji=False,
            markup=False,
            safe_box=False,
        )
        for _title, theme in THEMES.values():
            self.register_theme(theme)
        self.theme = choose_theme(self.settings.theme, os.environ)
        self.stylesheet.set_variables(self.get_css_variables())

    def _open_first_area(self) -> None:
        """Make the first area the first screen, without an empty one before it."""
        for area in self.areas.values():
            self.add_mode(area.id, partial(self._first_screen, area))
        if first := self._start.area:
            self._current_mode = first
            self._screen_stacks = {first: []}

    def _first_screen(self, area: Area) -> ShellScreen:
        return area.screen_class()()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our own style variables; themes may change them."""
        return dict(VARIABLES)

    def refresh_css(self, animate: bool = True) -> None:
        """Read the styles again; until the first screen stands, they are those of the theme."""
        if any(screen.is_mounted for screen in self.screen_stack):
            super().refresh_css(animate)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return the filters of a frame: no colour at all in the plain theme."""
        if self.theme == "plain":
            return [NoColor()]
        return [found for found in super().get_line_filters() if not isinstance(found, NoColor)]

    def on_load(self) -> None:
        """Choose the language before the first screen is made."""
        use_language(self.session.language)

    def on_mount(self) -> None:
        """Read the keymap, listen for a hang-up, begin to follow."""
        self.keymap = read_keymap(self.settings.keymap, self.all_actions)
        self.set_keymap(self.keymap.keys)
        for problem in self.keymap.problems:
            self.say(problem, "warning")
        if self.areas:
            self.places.visit(self._start)
            if self._start.query:
                self.call_later(self.go, self._start, remember=False)
        self._listen_for_hangup()
        self.theme_changed_signal.subscribe(self, self._theme_taken)
        self.following.start()

    @on(Resize)
    def _keep_cursors(self, event: Resize) -> None:
        self.cursors.resized(event.size, self.screen_stack)

    def _theme_taken(self, _theme: Theme) -> None:
        """Draw all again: what is drawn is kept, and the styles of two themes may be equal."""
        for screen in self.screen_stack:
            for widget in screen.walk_children(Widget):
                widget.notify_style_update()
                widget.refresh()

    def all_actions(self) -> Sequence[Action]:
        """Return every action of the console, of all areas."""
        from screens.keys_page import every_action

        return every_action(tuple(self.areas.values()))

    def hears(self, key: str) -> bool:
        """In a window that shows nothing only the keys that quit have an effect."""
        return fits(self.size) or key in ("ctrl+q", "ctrl+c")

    def on_unmount(self) -> None:
        """Let the worker thread end."""
        self.following.stop()
        self.operations.close()

    def _listen_for_hangup(self) -> None:
        if self._loop is None or self.is_headless:
            return
        for number in (signal.SIGHUP, signal.SIGTERM):
            self._loop.add_signal_handler(number, self.hang_up)
        for number, sentence in self._heralds.items():
            self._loop.add_signal_handler(number, partial(self._herald, sentence))

    def _herald(self, sentence: str) -> None:
        self.bell()
        self.say(_(sentence), "warning")

    def hang_up(self) -> None:
        """The terminal is gone: keep what was typed and leave, within a few seconds."""
        signal.alarm(HANGUP_GRACE)
        self.call_later(self.keep_drafts_and_exit)

    async def keep_drafts_and_exit(self) -> None:
        """Finish the changes under way, keep the values of open forms as drafts, then end."""
        await self.finish_changes()
        await self.keep_drafts(self.open_screens)
        signal.alarm(0)
        self.exit()

    async def action_quit(self) -> None:
        """Quit; what is typed in open forms is kept as drafts."""
        await self.keep_drafts_and_exit()

    def action_help_quit(self) -> None:
        """Say how to quit, as ctrl+c does not."""
        self.say(_("Press q to go back or quit, ctrl+q to quit at once."))
