"""Drawings as pixels: what charts are made of (lines, boxes, polygons, texts), drawn by Pillow.

ReportLab draws pixels only with a library that is no part of it; its shapes are few, and their
numbers are at hand.
"""

from io import BytesIO
from typing import Any

from boconsole.paper import fonts
from boconsole.paper.errors import NoPaperError

SCALE = 2
"""Pixels for each point."""
FINER = 3
"""Each pixel is drawn so many times finer, each way, so that edges are smooth."""
PLAIN = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Transform = tuple[float, float, float, float, float, float]


def png(drawing: Any) -> bytes:  # Any: the library is untyped
    """Return a drawing as PNG, on white.

    Raises:
        NoPaperError: The libraries that draw are not installed.
        TypeError: A shape is none of those that charts are made of.
    """
    try:
        from PIL import Image
    except ImportError as error:
        raise NoPaperError from error
    size = round(drawing.width * SCALE), round(drawing.height * SCALE)
    canvas = Image.new("RGB", (size[0] * FINER, size[1] * FINER), "white")
    _Pen(canvas).draw(drawing, PLAIN)
    file = BytesIO()
    canvas.resize(size, Image.Resampling.LANCZOS).save(file, "PNG", dpi=(72 * SCALE,) * 2)
    return file.getvalue()


def _times(outer: Transform, inner: Transform) -> Transform:
    """Return what does `inner` first and `outer` then."""
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j,
            a * k + c * m + e, b * k + d * m + f)  # fmt: skip


class _Pen:
    """Draws shapes on a canvas that is `SCALE * FINER` times as large as its points."""

    def __init__(self, canvas: Any) -> None:  # Any: an image
        from PIL import ImageDraw

        self.canvas, self.size = canvas, SCALE * FINER
        self.pen = ImageDraw.Draw(canvas)

    def draw(self, node: Any, at: Transform) -> None:  # Any: a shape
        """Draw a shape and those in it."""
        from reportlab.graphics import shapes

        match node:
            case shapes.Group() | shapes.Drawing():
                inner = _times(at, tuple(node.transform or PLAIN))
                for each in node.contents:
                    self.draw(each, inner)
            case shapes.UserNode():
                self.draw(node.provideNode(), at)
            case shapes.String():
                self._text(node, at)
            case shapes.Line():
                self._line([(node.x1, node.y1), (node.x2, node.y2)], node, at)
            case shapes.PolyLine():
                self._line(_pairs(node.points), node, at)
            case shapes.Polygon():
                self._area(_pairs(node.points), node, at)
            case shapes.Rect():
                right, top = node.x + node.width, node.y + node.height
                self._area([(node.x, node.y), (right, node.y), (right, top), (node.x, top)],
                           node, at)  # fmt: skip
            case _:
                raise TypeError(type(node).__name__)

    def _placed(self, x: float, y: float, at: Transform) -> tuple[float, float]:
        """Return where a point lies in pixels; those count from the top."""
        a, b, c, d, e, f = at
        right, up = a * x + c * y + e, b * x + d * y + f
        return right * self.size, self.canvas.height - up * self.size

    def _line(self, points: list[tuple[float, float]], node: Any, at: Transform) -> None:
        if node.strokeColor is not None:
            width = max(round((node.strokeWidth or 1) * self.size), 1)
            self.pen.line([self._placed(*each, at) for each in points], _colour(node.strokeColor),
                          width, joint="curve")  # fmt: skip

    def _area(self, points: list[tuple[float, float]], node: Any, at: Transform) -> None:
        if node.fillColor is not None:
            self.pen.polygon([self._placed(*each, at) for each in points], _colour(node.fillColor))
        self._line([*points, points[0]], node, at)

    def _text(self, node: Any, at: Transform) -> None:
        """Draw a text, turned as its place is; its start lies on the line."""
        from math import atan2, degrees

        from PIL import Image, ImageDraw, ImageFont

        path = fonts.FOLDER / f"{node.fontName}.ttf"
        font = ImageFont.truetype(str(path), node.fontSize * self.size)
        anchor = {"start": "ls", "middle": "ms", "end": "rs"}[node.textAnchor]
        x, y = self._placed(node.x, node.y, at)
        turned = degrees(atan2(at[1], at[0]))
        if not turned:
            self.pen.text((x, y), node.text, _colour(node.fillColor), font, anchor)
            return
        half = round(font.getlength(node.text) + node.fontSize * self.size)
        mask = Image.new("L", (2 * half, 2 * half))
        ImageDraw.Draw(mask).text((half, half), node.text, 255, font, anchor)
        mask = mask.rotate(turned, Image.Resampling.BICUBIC)
        self.canvas.paste(_colour(node.fillColor), (round(x) - half, round(y) - half), mask)


def _pairs(numbers: Any) -> list[tuple[float, float]]:  # Any: numbers in turn, or pairs
    if numbers and isinstance(numbers[0], tuple | list):
        return [(each[0], each[1]) for each in numbers]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _colour(colour: Any) -> tuple[int, int, int]:  # Any: a colour of the library
    red, green, blue = (round(part * 255) for part in colour.rgb())
    return red, green, blue
