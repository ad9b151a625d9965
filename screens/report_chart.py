"""The chart of a report, in the colours of the terminal itself; each line has a mark of its own.

The plotting library is imported with this module, which is loaded for the page of a report alone.
"""

from __future__ import annotations

from typing import Any

from textual_plotext import PlotextPlot

from boconsole.language import _, decimal
from boconsole.reports import drawing
from boconsole.reports.running import Result
from screens.cells import fit, safe

COLOURS = (4, 3, 2, 5)
"""Of the 16 that every terminal has; a theme of the terminal says how they look."""
LINES, BARS = ("braille", "x", "*", "o"), ("█", "▒", "░", "#")
NAME = 10
"""Cells of a name below the axis."""
BAR = 7
"""Cells that a group of bars needs beside the next one."""


class ReportChart(PlotextPlot):
    """Bars of groups, lines of time."""

    def __init__(self) -> None:
        super().__init__(id="plot")
        self.theme = "clear"
        self._result: Result | None = None

    def show(self, result: Result) -> None:
        """Draw a report."""
        self._result = result
        self._draw()

    def on_resize(self) -> None:
        """Draw as many bars as there is room for."""
        self._draw()

    def _draw(self) -> None:
        result = self._result
        if result is None or result.answer.chart is None or not self.size.width:
            return
        most = max((self.size.width - 10) // BAR, 2)
        kind, names, numbers = drawing.series(result, most)
        plot = self.plt
        plot.clear_figure()
        plot.theme("clear")
        shown = [fit(safe(name), NAME).strip() for name in names]
        titles = [self._title(result, value) for value in kind.values]
        if kind.kind == "line":
            self._draw_lines(shown, numbers, titles)
        else:
            self._draw_bars(shown, numbers, titles)
        ticks = scale(max(max(each) for each in numbers), max(self.size.height // 3, 2))
        plot.yticks(ticks, [decimal(tick, 0 if tick == int(tick) else 1) for tick in ticks])
        self.refresh()

    def _title(self, result: Result, value: int) -> str:
        column = result.answer.columns[value]
        unit = _(" (hours)") if column.kind == "length" else ""
        return f"{column.title}{unit}"

    def _draw_lines(self, names: list[str], numbers: list[list[float]], titles: list[str]) -> None:
        places = [float(place) for place in range(len(names))]
        for at, series in enumerate(numbers):
            self.plt.plot(places, series, marker=LINES[at % len(LINES)],
                          color=COLOURS[at % len(COLOURS)], label=titles[at])  # fmt: skip
        step = max(-(-len(names) * (NAME + 2) // max(self.size.width - 12, 1)), 1)
        self.plt.xticks(places[::step], names[::step])
        self.plt.ylim(min(0, *(min(each) for each in numbers)), None)

    def _draw_bars(self, names: list[str], numbers: list[list[float]], titles: list[str]) -> None:
        if len(numbers) == 1:
            self.plt.bar(names, numbers[0], color=COLOURS[0], label=titles[0], width=0.6)
        else:
            bars: Any = self.plt.multiple_bar  # Any: its stub knows one series alone
            bars(names, numbers, labels=titles, width=0.7, color=list(COLOURS[: len(numbers)]),
                 marker=list(BARS[: len(numbers)]))  # fmt: skip


def scale(top: float, most: int) -> list[float]:
    """Return numbers for an axis up to a value: steps of 1, 2 or 5, or ten times that."""
    if top <= 0:
        return [0.0]
    step = 10.0 ** (len(str(int(top))) - 3)
    while top / step > most:
        step *= 2.5 if str(step).strip("0.").startswith("2") else 2
    return [step * place for place in range(int(top / step) + 1)]
