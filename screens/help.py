"""Pages to look at: the keys that work here, and what the console said.

Both are screens of lines: scrolled with the list keys, searched with `/`, closed with q or esc.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from boconsole.language import _
from screens.cells import clock, fit, safe
from screens.keys import key_name
from screens.notices import WORDS, Notice
from screens.widgets.bars import HeaderLine, Heading
from screens.widgets.pane import Pane

if TYPE_CHECKING:
    from screens.shell import WorkingAction

KEYS_WIDTH = 16


class LinesScreen(ModalScreen[None]):
    """Lines to read and to search."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,ctrl+g,f1,left,backspace", "close", "Close"),
        Binding("slash", "search", "Search"),
    ]
    AUTO_FOCUS = "#lines"

    def __init__(self, title: str, lines: Sequence[Text]) -> None:
        super().__init__(classes="page")
        self._title = title
        self._lines = lines

    def compose(self) -> ComposeResult:
        """Lay out heading, search, lines and a footer."""
        bar = HeaderLine()
        bar.heading = Heading(area=self._title)
        yield bar
        yield Input(placeholder=_("Search"), compact=True, id="search")
        with Pane(id="lines"):
            yield Static(id="text")
        yield Static(Text(" " + _("/ search   j k scroll   q close")), classes="hints")

    def on_mount(self) -> None:
        """Show every line."""
        self.query_one("#search", Input).cursor_blink = False
        self._show("")

    def _show(self, wanted: str) -> None:
        folded = wanted.strip().casefold()
        shown = [line for line in self._lines if not folded or folded in line.plain.casefold()]
        text = Text("\n").join(shown) if shown else Text(_("Nothing fits."))
        self.query_one("#text", Static).update(text)

    def action_search(self) -> None:
        """Show the search line."""
        search = self.query_one("#search", Input)
        search.add_class("-open")
        search.focus()

    def action_close(self) -> None:
        """Close the search, or the page."""
        search = self.query_one("#search", Input)
        if search.has_focus and search.has_class("-open"):
            search.value = ""
            search.remove_class("-open")
            self.query_one("#lines").focus()
        else:
            self.dismiss()

    @on(Input.Changed)
    def _search(self, event: Input.Changed) -> None:
        self._show(event.value)

    @on(Input.Submitted)
    def _searched(self) -> None:
        self.query_one("#lines").focus()


class HelpScreen(LinesScreen):
    """All keys that work where it was opened, by group."""

    def __init__(self, working: Sequence[WorkingAction]) -> None:
        super().__init__(_("Keys that work here"), _key_lines(working))


class MessagesScreen(LinesScreen):
    """What the console said, newest first."""

    def __init__(self, notices: Sequence[Notice]) -> None:
        lines = [_notice_line(notice) for notice in reversed(notices)]
        super().__init__(_("Messages"), lines or [Text(_("Nothing was said yet."))])


def _key_lines(working: Sequence[WorkingAction]) -> list[Text]:
    """Return one line for each action: keys, title, group, more; groups stay together."""
    groups: dict[str, list[Text]] = {}
    for action, keys in working:
        names = " ".join(key_name(key) for key in keys) or f":{action.verb}"
        line = Text(f"{fit(names, KEYS_WIDTH)} ", "bold").append(_(action.title), "not bold")
        entries = groups.setdefault(_(action.group), [])
        entries.append(line)
        if action.help:
            entries.append(Text(f"{' ' * (KEYS_WIDTH + 1)}{_(action.help)}", "dim"))
    lines = []
    for group, entries in groups.items():
        lines += [Text(group, "bold underline"), *entries]
    return lines


def _notice_line(notice: Notice) -> Text:
    word = WORDS[notice.severity]
    said = f"{_(word)}: {notice.text}" if word else notice.text
    return Text(f"{clock(notice.at, seconds=True)}  {safe(said)}")
