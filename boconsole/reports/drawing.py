"""Reports on paper: the chart as SVG, and a PDF with chart and table."""

from decimal import Decimal
from typing import Any

from boconsole.paper import fonts, tables
from boconsole.paper.pages import Pages
from boconsole.reports import telling
from boconsole.reports.running import Result
from boconsole.reports.shapes import Chart, Column, Value

WIDE, HIGH = 720.0, 300.0
MOST_BARS = 24
"""Groups that are drawn; the largest come first, the table has all of them."""
NAMES = 12
"""Names below an axis that still can be read."""
COLOURS = ("#2f6fab", "#d9822b", "#4a8f5b", "#8a4f9e", "#b03a48", "#5f6b73")
UPRIGHT = 6


def scaled(value: Value, column: Column) -> float:
    """Return a value as a chart draws it: lengths in hours, nothing as zero."""
    if value is None or isinstance(value, str):
        return 0.0
    number = float(value) if isinstance(value, int | Decimal) else 0.0
    return number / telling.HOUR if column.kind == "length" else number


def series(result: Result, most: int = MOST_BARS) -> tuple[Chart, list[str], list[list[float]]]:
    """Return the chart, the names along its axis, and the numbers of each of its lines.

    Bars are of the largest groups; those without a number are left out of lines by time never.
    """
    chart = result.answer.chart
    assert chart is not None
    columns = result.answer.columns
    rows = list(result.answer.rows)
    if chart.kind == "bar":
        first = chart.values[0]
        rows.sort(key=lambda row: -scaled(row.cells[first], columns[first]))
        rows = rows[:most]
    names = [telling.name(row.cells[chart.labels], columns[chart.labels]) for row in rows]
    numbers = [[scaled(row.cells[value], columns[value]) for row in rows] for value in chart.values]
    return chart, names, numbers


def svg(result: Result) -> str:
    """Return the chart as SVG; a report without one is its title alone.

    Raises:
        NoPaperError: The library that draws is not installed.
        NoSignError: A text has a character without a sign in the fonts.
    """
    drawn = picture(result, WIDE, HIGH)
    from reportlab.graphics import renderSVG

    return str(renderSVG.drawToString(drawn))


def png(result: Result) -> bytes:
    """Return the chart as PNG, twice as fine as a screen; raises as `svg`."""
    drawn = picture(result, WIDE, HIGH)
    from boconsole.paper import pixels

    return pixels.png(drawn)


def picture(result: Result, wide: float, high: float) -> Any:  # Any: the library is untyped
    """Return the drawing of a report's chart."""
    fonts.face(False)
    fonts.face(True)
    from reportlab.graphics.shapes import Drawing, String

    drawn = Drawing(wide, high)
    bold, plain = fonts.FACES[True], fonts.FACES[False]
    drawn.add(String(0, high - 14, fonts.drawable(telling.title(result)), fontName=bold,
                     fontSize=12))  # fmt: skip
    drawn.add(String(0, high - 28, fonts.drawable(telling.days(result)), fontName=plain,
                     fontSize=8))  # fmt: skip
    if result.answer.chart is not None and result.answer.rows:
        _add_chart(drawn, result, wide, high)
    return drawn


def _add_chart(drawn: Any, result: Result, wide: float, high: float) -> None:  # Any: as above
    from reportlab.graphics.charts.barcharts import VerticalBarChart
    from reportlab.graphics.charts.linecharts import HorizontalLineChart
    from reportlab.graphics.shapes import Rect, String
    from reportlab.lib.colors import HexColor

    kind, names, numbers = series(result)
    chart = HorizontalLineChart() if kind.kind == "line" else VerticalBarChart()
    chart.x, chart.y, chart.width, chart.height = 48, 60, wide - 60, high - 110
    chart.data = [tuple(each) for each in numbers]
    chart.valueAxis.valueMin = min(0.0, *(min(each) for each in numbers))
    chart.valueAxis.labels.fontName = chart.categoryAxis.labels.fontName = fonts.FACES[False]
    chart.valueAxis.labels.fontSize = chart.categoryAxis.labels.fontSize = 7
    if max(max(each) for each in numbers) <= chart.valueAxis.valueMin:
        chart.valueAxis.valueMax = chart.valueAxis.valueMin + 1
    step = -(-len(names) // NAMES)
    chart.categoryAxis.categoryNames = [
        fonts.drawable(name)[:22] if not place % step else "" for place, name in enumerate(names)
    ]
    chart.categoryAxis.labels.angle = 30
    chart.categoryAxis.labels.boxAnchor = "ne"
    for place, value in enumerate(kind.values):
        colour = HexColor(COLOURS[place % len(COLOURS)])
        if kind.kind == "line":
            chart.lines[place].strokeColor, chart.lines[place].strokeWidth = colour, 1.5
        else:
            chart.bars[place].fillColor, chart.bars[place].strokeColor = colour, None
        column = result.answer.columns[value]
        name = f"{column.title} (h)" if column.kind == "length" else column.title
        left = 48 + place * (wide - 60) / max(len(kind.values), 3)
        drawn.add(Rect(left, high - 46, 8, 8, fillColor=colour, strokeColor=None))
        drawn.add(String(left + 12, high - 46, fonts.drawable(name),
                         fontName=fonts.FACES[False], fontSize=8))  # fmt: skip
    drawn.add(chart)


def pages(result: Result) -> Pages:
    """Return a report on pages: its chart, its table, and how its figures are made.

    Raises:
        NoPaperError: The library that draws is not installed.
        NoSignError: A text has a character without a sign in the fonts.
    """
    columns = result.answer.columns
    paper = Pages(telling.title(result), landscape=len(columns) > UPRIGHT)
    room = paper.right - paper.left
    paper.picture(picture(result, room, HIGH * room / WIDE + 40))
    paper.top += 10
    lines = telling.lines(result)
    summed = telling.totals(result) is not None
    tables.put(
        paper,
        [tables.Column(column.title or column.key, float(column.kind == "text"),
                       column.kind != "text") for column in columns],
        [tables.Line(line, bold=summed and place == len(lines) - 1,
                     above=summed and place == len(lines) - 1)
         for place, line in enumerate(lines)],
    )  # fmt: skip
    paper.top += 8
    for sentence in result.answer.told:
        paper.paragraph(sentence, paper.left, room, size=8)
    return paper
