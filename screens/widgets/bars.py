"""The lines around the lists: header, notice and footer, one row each.

Each draws itself whole from a few values, so a change costs one row on the line.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from boconsole.language import _
from screens.cells import fit, safe
from screens.notices import WORDS, Notice

REST = " :messages"
"""What brings the rest of a sentence that is too long for one line."""


class Heading(NamedTuple):
    """What the header tells: where, which view and filter, how many, who, how the line is."""

    area: str = ""
    view: str = ""
    filter: str = ""
    number: str = ""
    who: str = ""
    state: str = ""


class HeaderLine(Widget):
    """Area, view, filter and count at the left; who and the connection at the right."""

    DEFAULT_CLASSES = "bar"
    heading: reactive[Heading] = reactive(Heading())
    """What to show."""

    def render(self) -> Text:
        """Return the line; when it is narrow, the filter is cut first."""
        heading = self.heading
        right = " · ".join(safe(part) for part in (heading.who, heading.state) if part)
        fixed = [heading.area, heading.view, heading.number]
        used = sum(cell_len(safe(part)) + 3 for part in fixed if part) + cell_len(right) + 1
        query = safe(heading.filter)
        room = self.size.width - used - 3
        if cell_len(query) > room:
            query = fit(query, room) if room > 4 else ""
        left = " · ".join(
            part for part in (safe(heading.area), safe(heading.view), query, safe(heading.number))
            if part
        )  # fmt: skip
        gap = self.size.width - cell_len(right) - 2
        return Text(f" {fit(left, max(gap, 0))}{right} ", no_wrap=True, end="")


class NoticeLine(Widget):
    """What the console says: a word for how bad it is, then the sentence."""

    notice: reactive[Notice | None] = reactive(None)
    """The sentence shown, None for a quiet line."""

    def watch_notice(self, notice: Notice | None) -> None:
        """Dress the line after its severity."""
        for severity in ("information", "warning", "error"):
            self.set_class(notice is not None and notice.severity == severity, f"-{severity}")

    def render(self) -> Text:
        """Return the sentence, cut to one line that says where the rest is."""
        if self.notice is None:
            return Text("", end="")
        word = WORDS[self.notice.severity]
        text = safe(self.notice.text)
        line = f"{_(word)}: {text}" if word else text
        room = max(self.size.width - 2, 0)
        if cell_len(line) > room:
            line = f"{fit(line, max(room - len(REST), 0))}{REST}"
        return Text(f" {fit(line, room)}", no_wrap=True, end="")


class Hint(NamedTuple):
    """One key and its word."""

    key: str
    word: str


class FooterLine(Widget):
    """The keys that work here, most important first, as many as fit; help is always there."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"footer-line--key"}
    hints: reactive[Sequence[Hint]] = reactive(())
    """Keys and words in order of importance."""
    help_hint: reactive[Hint | None] = reactive(None)
    """The key that shows all keys."""

    def render(self) -> Text:
        """Return the hints that fit."""
        style = self.get_component_rich_style("footer-line--key", partial=True)
        last = _piece(self.help_hint) if self.help_hint else ""
        room = self.size.width - 1 - cell_len(last)
        line = Text(" ", no_wrap=True, end="")
        for hint in self.hints:
            width = cell_len(_piece(hint)) + 2
            if width > room:
                break
            room -= width
            line.append(hint.key, style).append(f" {hint.word}  ")
        if self.help_hint:
            line.append(" " * (self.size.width - cell_len(line.plain) - cell_len(last) - 1))
            line.append(self.help_hint.key, style).append(f" {self.help_hint.word}")
        return line


def _piece(hint: Hint) -> str:
    return f"{hint.key} {hint.word}"


class TooSmall(Widget):
    """Stands in for everything when the terminal is too small to work in."""

    def render(self) -> Text:
        """Return what is needed and what there is."""
        size = self.app.size
        return Text(
            _("This window is {width}x{height}; boconsole needs 60x15. Make it larger.").format(
                width=size.width, height=size.height
            ),
            justify="center",
        )
