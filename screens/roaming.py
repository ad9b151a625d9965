"""Getting about: areas, visited places, typed commands, and running actions by id.

Whatever starts an action (key, palette, `:` line) goes through `perform`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from boconsole.language import _
from screens.areas import Area, named
from screens.commands import Command, understand
from screens.keys import Action
from screens.places import Place, Places
from screens.themes import THEMES
from screens.working import WorkingApp

if TYPE_CHECKING:
    from screens.shell import ShellScreen


class RoamingApp(WorkingApp):
    """Knows the areas and where somebody was.

    Attributes:
        areas: By id.
        actions: The global actions and those that go to an area, by id.
        places: What `[` and `]` walk through.
        command_history: Lines typed after `:`, oldest first.
    """

    areas: Mapping[str, Area]
    actions: Mapping[str, Action]
    places: Places
    command_history: list[str]

    @property
    def here(self) -> ShellScreen | None:
        """The screen shown now, None while a dialog is open."""
        from screens.shell import ShellScreen

        screen = self.screen if self.screen_stack else None
        return screen if isinstance(screen, ShellScreen) else None

    async def action_act(self, action_id: str) -> None:
        """Run an action by its id; bindings call this."""
        await self.perform(action_id)

    async def perform(self, action_id: str) -> None:
        """Run an action of the screen or of the app; an impossible one says why."""
        if (here := self.here) is not None and action_id in here.actions:
            await here.action_act(action_id)
        elif (action := self.actions.get(action_id)) and action.value:
            await self.go(Place(action.value))
        elif action:
            await self.run_action(("", action.method, ()), self)

    async def keep_drafts(self, screens: Iterable[Screen[Any]]) -> bool:
        """Keep what is typed in open forms as drafts; answers whether nothing would be lost."""
        from screens.shell import KeepsDraft

        forms = [screen for screen in list(screens) if isinstance(screen, KeepsDraft)]
        return all([await form.keep_draft() for form in forms])

    # Going

    async def go(self, place: Place, *, remember: bool = True) -> None:
        """Show a place: its area, then the view, query and record in it.

        Runs in the app's own turn (`call_later` from a screen), as it closes screens.
        """
        await self.switch_mode(place.area)
        if not await self.keep_drafts(self.screen_stack[1:]):
            return
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        if remember:
            self.places.visit(place)
        if (here := self.here) is not None:
            await here.show_place(place)

    def open_record(self, number: str) -> None:
        """Go to a record by its number; digits alone belong to the area shown."""
        prefix, dash, _digits = number.partition("-")
        here = self.areas.get(self.current_mode)
        candidates = [here, *self.areas.values()] if here and not dash else self.areas.values()
        for area in candidates:
            if area and area.prefix and (not dash or prefix in area.prefixes):
                whole = number if dash else f"{area.prefix}-{number}"
                self.call_later(self.go, Place(area.id, record=whole))
                return
        self.say(_("No area here has records with numbers such as {number}.").format(number=number))

    async def _walk(self, place: Place | None, end: str) -> None:
        if place is None:
            self.say(end)
        else:
            await self.go(place, remember=False)

    async def action_earlier(self) -> None:
        """Show the place before; one that is shown already, as after `q`, is passed over."""
        place, here = self.places.earlier(), self.here
        if place is not None and here is not None and place == here.place():
            place = self.places.earlier()
        await self._walk(place, _("This is the first place."))

    async def action_later(self) -> None:
        """Show the place after."""
        await self._walk(self.places.later(), _("This is the last place."))

    async def action_back(self) -> None:
        """Stop long work, or undo one step of the screen, or close it."""
        if self.stop_work():
            return
        here = self.here
        if here is not None and here.step_back():
            return
        if len(self.screen_stack) > 1:
            await self.pop_screen()

    async def action_leave(self) -> None:
        """Close the screen; quit when it is the first one of its area."""
        here = self.here
        if here is not None and here.asks_to_close():
            return
        if len(self.screen_stack) > 1:
            await self.pop_screen()
        else:
            await self.action_quit()

    # Commands

    def commands(self) -> list[Command]:
        """Return what can be typed or chosen on the screen shown."""
        return self.commands_of(self.here)

    def commands_of(self, here: object) -> list[Command]:
        """Return what can be typed or chosen on a screen: areas, views, actions, themes."""
        from screens.shell import ShellScreen

        found = [Command(area.id, _(area.title), "area", area.id) for area in self.areas.values()]
        if isinstance(here, ShellScreen):
            found += [
                Command(f"view {name}", _("Show the view {name}").format(name=name), "view", name)
                for name in here.view_names()
            ]
            found += _typed(here.actions.values())
        found += _typed(action for action in self.actions.values() if not action.value)
        for area in self.areas.values():
            found += [
                Command(word, title, "room", word, place=place)
                for word, title, place in area.room_commands()
            ]
        found += [
            Command(f"theme {name}", _(title), "theme", name)
            for name, (title, _theme) in THEMES.items()
        ]
        return [*found, Command("q", _("Quit"), "quit", "")]

    def run_typed(self, text: str) -> None:
        """Do what a line typed after `:` means, or say that it means nothing."""
        prefixes = [one for area in self.areas.values() for one in area.prefixes]
        command = understand(text, self.commands(), prefixes, guess=False)
        jumps = [area for area in self.areas.values() if area.jump]
        if command is not None or not jumps or self.here is None:
            self._run_understood(text, command or understand(text, self.commands(), prefixes))
            return

        def find() -> Place | None:
            for area in jumps:
                if number := named(area.jump)(self.session, text.strip()):
                    return Place(area.id, record=number)
            return None

        def take(place: Place | None) -> None:
            if place is None:
                self._run_understood(text, understand(text, self.commands(), prefixes))
            else:
                self.call_later(self.go, place)

        self.here.load(find, take, group="jump")

    def _run_understood(self, text: str, command: Command | None) -> None:
        if command is None:
            problem = _("There is no command {text}; press : and Tab to see what there is.")
            self.say(problem.format(text=text), "warning")
        else:
            self.run_command(command)

    def run_command(self, command: Command) -> None:
        """Start a command in the app's own turn."""
        if command.kind == "area":
            self.call_later(self.go, Place(command.value, query=command.rest))
        elif command.place is not None:
            query = command.rest or command.place.query
            self.call_later(self.go, command.place._replace(query=query))
        elif command.kind == "action":
            self.call_later(self.perform, command.value)
        elif command.kind == "record":
            self.open_record(command.value)
        elif command.kind == "theme":
            self.theme = command.value
        elif command.kind == "quit":
            self.call_later(self.action_quit)
        elif (here := self.here) is not None:
            self.call_later(here.show_view, command.value)

    # Showing

    def action_command(self) -> None:
        """Open the `:` line."""
        if (here := self.here) is not None:
            here.open_command_line(self.commands(), self.command_history)

    def action_palette(self) -> None:
        """Open the palette."""
        from screens.palette import palette

        self.push_screen(palette())

    def action_help(self) -> None:
        """Show the keys that work here."""
        from screens.help import HelpScreen

        if (here := self.here) is not None:
            self.push_screen(HelpScreen(here.working_actions()))

    def action_messages(self) -> None:
        """Show what was said."""
        from screens.help import MessagesScreen

        self.push_screen(MessagesScreen(tuple(self.notices.log)))

    def action_theme(self) -> None:
        """Choose a theme from a menu."""
        from screens.dialogs import Choice, MenuDialog

        choices = [Choice(name, _(title)) for name, (title, _theme) in THEMES.items()]
        self.push_screen(
            MenuDialog(_("Theme"), choices, current=self.theme), partial(self._take_theme)
        )

    def _take_theme(self, name: str | None) -> None:
        if name:
            self.theme = name

    def action_repaint(self) -> None:
        """Draw everything again."""
        self.repaint()

    async def action_exit(self) -> None:
        """Quit at once."""
        await self.action_quit()


def _typed(actions: Iterable[Action]) -> Sequence[Command]:
    """Return the commands of actions: typed by their verb, also known by their id."""
    return [
        Command(action.verb, _(action.title), "action", action.id, others=(action.id,))
        for action in actions
        if not action.quiet
    ]
