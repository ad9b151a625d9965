"""The board of an opening: a column for each stage, a card for each candidate; pure functions."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content

from boconsole.language import _
from boconsole.recruitment.boarding import COLUMNS, Board, Card
from boconsole.recruitment.words import HIRED
from screens.cells import fit, safe
from screens.prose import STYLES, toned
from screens.recruitment_facts import OFFERS, STAGES

LINES = 2
"""Of a card."""


def draw(board: Board, chosen: int, now: datetime, room: int, height: int) -> list[Content]:
    """Return the lines of a board that fill a height; each column shows the chosen card."""
    width = max((room - (len(COLUMNS) - 1)) // len(COLUMNS), 12)
    parts: list[tuple[str, str]] = []
    for stage, own in zip(COLUMNS, board.columns, strict=True):
        look = STAGES[stage]
        parts.append((fit(f"{look.letter} {_(look.word)} {len(own)}", width) + " ", look.tone))
    rule = "─" * min(room, (width + 1) * len(COLUMNS))
    lines = [toned(*parts), toned((rule, "muted"))]
    rows = max((height - len(lines)) // LINES, 1)
    tops = [_top(own, chosen, rows) for own in board.columns]
    for row in range(rows):
        for part in range(LINES):
            pieces: list[Content] = []
            for own, top in zip(board.columns, tops, strict=True):
                place = top + row
                card = own[place] if place < len(own) else None
                more = len(own) - place - 1 if row == rows - 1 else 0
                pieces.append(_piece(card, part, max(more, 0), chosen, now, width))
            lines.append(Content(" ").join(pieces))
    return lines[:height]


def _top(own: tuple[Card, ...], chosen: int, rows: int) -> int:
    """Return the first card of a column that is shown."""
    place = next((at for at, card in enumerate(own) if card.id == chosen), 0)
    return max(0, place - rows + 1)


def _piece(
    card: Card | None, part: int, more: int, chosen: int, now: datetime, width: int
) -> Content:
    """Return one line of a card, in the width of its column."""
    if card is None:
        return Content(" " * width)
    here = card.id == chosen
    if part == 0:
        text, tone = fit(f"{'>' if here else ' '}{safe(card.row.candidate)}", width), "strong"
    else:
        days = _("{n}d").format(n=max((now - card.row.since_at).days, 0))
        offer = _(OFFERS[card.offer]) if card.offer and card.row.stage != HIRED else ""
        told = " ".join(filter(None, (f" {days}", offer or card.average)))
        further = f" +{more}" if more else ""
        text, tone = fit(told, width - len(further)) + further, "muted"
    piece = Content.styled(text, STYLES[tone])
    return piece.stylize("reverse") if here else piece
