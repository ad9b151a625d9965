"""The cell diff between Textual's compositor and its driver.

Textual writes each region it refreshes from its first cell to its last. Here the app remembers
what every cell shows and only the difference is written: a tenth of it on most keys. It leans on
private names of Textual; where one is missing or behaves otherwise, the plain display takes over
and nothing else changes.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rich.console import COLOR_SYSTEMS, Console
from rich.segment import Segment
from textual.strip import Strip

from screens.frames import WIPE, Frame, Piece, Span, plain_pen

try:
    from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
except ImportError:  # another Textual: the plain display it is
    COMPLETE = False
else:
    COMPLETE = True

if TYPE_CHECKING:
    from textual.app import App

    _Base = App[Any]  # Any: the app's own return value
else:
    _Base = object

SWITCH = "BOCONSOLE_CELL_DIFF"
log = logging.getLogger(__name__)


class DiffMixin(_Base):
    """Put before `App` among the bases of an app, this writes only the cells that changed.

    `cell_diff=False` or BOCONSOLE_CELL_DIFF=off in the environment leaves the plain display.
    """

    def __init__(self, *args: Any, cell_diff: bool = True, **kwargs: Any) -> None:  # Any: App's
        super().__init__(*args, **kwargs)
        wanted = os.environ.get(SWITCH, "on").lower() not in ("off", "0", "no", "false")
        self.cell_diff = COMPLETE and cell_diff and wanted
        self._frame: Frame | None = None

    def repaint(self) -> None:
        """Write the whole screen: after a resize, a pause, or noise on the terminal."""
        self._frame = None
        self.refresh()

    def action_repaint(self) -> None:
        """Write the whole screen again."""
        self.repaint()

    def on_mount(self) -> None:
        """Repaint when another program had the terminal in between."""
        self.app_resume_signal.subscribe(self, lambda _app: self.repaint(), immediate=True)

    def on_resize(self) -> None:
        """Repaint, since terminals treat what they showed before in different ways."""
        self.repaint()

    def _display(self, screen: Any, renderable: Any) -> None:  # Any: private types of Textual
        if self.cell_diff and isinstance(renderable, (LayoutUpdate, ChopsUpdate)):
            renderable = _DiffUpdate(self, renderable)
        elif renderable is not None:
            self._frame = None
        super()._display(screen, renderable)

    def cell_difference(self, update: LayoutUpdate | ChopsUpdate, console: Console) -> str:
        """Return what to write for an update of the screen, and remember that it is shown."""
        try:
            spans = list(_spans(update, console))
            return self._opened(update) + self._drawn(spans)
        except (AttributeError, IndexError, KeyError, TypeError, ValueError):
            log.exception("The cell diff does not fit this Textual; the plain display goes on.")
            self.cell_diff, self._frame = False, None
            return update.render_segments(console)

    def _opened(self, update: LayoutUpdate | ChopsUpdate) -> str:
        """Begin a new frame where nobody knows what is shown; return what wipes the screen."""
        full = isinstance(update, LayoutUpdate)
        width, height = update.region.size if isinstance(update, LayoutUpdate) else self.size
        frame = self._frame
        if frame is not None and (not full or (frame.width, frame.height) == (width, height)):
            return ""
        self._frame = Frame(width, height, paper_stays=not _is_screen())
        if not full:
            self.call_next(self.refresh)
        return WIPE

    def _drawn(self, spans: list[Span]) -> str:
        return self._frame.draw(spans) if self._frame is not None else ""


if COMPLETE:

    class _DiffUpdate(CompositorUpdate):
        """An update that is written as its difference from what is shown."""

        def __init__(self, app: DiffMixin, update: LayoutUpdate | ChopsUpdate) -> None:
            self._app = app
            self._update = update

        def render_segments(self, console: Console) -> str:
            return self._app.cell_difference(self._update, console)


def _is_screen() -> bool:
    """Whether this may be GNU screen, which forgets the background of what it erases."""
    return os.environ.get("TERM", "").startswith("screen") and "TMUX" not in os.environ


def _spans(update: LayoutUpdate | ChopsUpdate, console: Console) -> Iterator[Span]:
    """Yield the parts of lines that an update of Textual draws."""
    colors = COLOR_SYSTEMS[console.color_system or "truecolor"]
    if isinstance(update, LayoutUpdate):
        for y, line in enumerate(update.strips, update.region.y):
            segments = (segment for strip in line for segment in strip)
            yield Span(y, update.region.x, [_piece(segment, colors) for segment in segments])
        return
    for y, first, last in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is None or x > last or end <= first:
                continue
            if end > last or x >= last:
                strip = strip.crop(0, min(end, last) - x)
            yield Span(y, x, [_piece(segment, colors) for segment in strip])


def _piece(segment: Segment, colors: Any) -> Piece:  # Any: rich.color.ColorSystem
    text, style, control = segment
    if control:
        raise ValueError("a control code among the cells of the screen")
    if style is None:
        return text, ""
    pen = plain_pen(Strip.render_ansi(style, colors))
    return text, f"{pen}\tid={style.link_id};{style.link}" if style.link else pen
