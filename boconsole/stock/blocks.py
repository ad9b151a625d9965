"""Codes in block characters: two rows of modules in one line of text."""

from collections.abc import Sequence

QUIET = 2
"""Modules around a code that stay empty; screens have more around it."""
UPPER, LOWER, FULL, NONE = "▀", "▄", "█", " "


def lines(rows: Sequence[Sequence[bool]], *, light: bool = False) -> list[str]:
    """Return a code as lines of text.

    Args:
        rows: Its modules, true for dark ones.
        light: Draw the light modules, for signs that are lighter than what is behind them.
    """
    width = len(rows) + 2 * QUIET
    empty = [False] * width
    side = [False] * QUIET
    padded = [empty] * QUIET + [[*side, *row, *side] for row in rows] + [empty] * QUIET
    if len(padded) % 2:
        padded.append(empty)
    drawn = [[dark != light for dark in row] for row in padded]
    signs = {(True, True): FULL, (True, False): UPPER, (False, True): LOWER, (False, False): NONE}
    return [
        "".join(signs[upper, lower] for upper, lower in zip(*pair, strict=True))
        for pair in zip(drawn[::2], drawn[1::2], strict=True)
    ]
