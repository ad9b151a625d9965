"""What stands in one cell of a list or one line of a record: safe, short, readable without colour.

Every function is pure and quick enough for each line of each frame. A meaning is always a letter,
a mark or a word first; its tone (`Cell.tone`) is a name that the table turns into a colour of the
theme, so nothing is lost where there are no colours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from boconsole.language import DAYS, MONTHS, N_, _, grouped
from boconsole.text import UNSAFE

TONES = ("muted", "strong", "good", "info", "warn", "bad")

_BREAKS = re.compile("\r\n|[\t\n\r\x0b\x0c\x85\u2028\u2029]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_ELLIPSIS = "…"
BARS = "▁▂▃▄▅▆▇█"


class Cell(NamedTuple):
    """A text of one line and its tone: one of `TONES`, or "" for the plain one."""

    text: str
    tone: str = ""


class Look(NamedTuple):
    """How a value is shown: its letter, its word (translated when shown) and its tone."""

    letter: str
    word: str
    tone: str


PRIORITIES = {
    1: Look("C", N_("critical"), "bad"),
    2: Look("H", N_("high"), "warn"),
    3: Look("M", N_("medium"), ""),
    4: Look("L", N_("low"), "muted"),
    5: Look("P", N_("planning"), "muted"),
}
STATES = {
    "new": Look("N", N_("new"), "info"),
    "open": Look("O", N_("open"), "strong"),
    "pending": Look("P", N_("pending"), "warn"),
    "on_hold": Look("H", N_("on hold"), "muted"),
    "resolved": Look("R", N_("resolved"), "good"),
    "closed": Look("C", N_("closed"), "muted"),
    "merged": Look("M", N_("merged"), "muted"),
}


def safe(value: object) -> str:
    """Return a value as one line that cannot harm a terminal; never raises.

    Line ends and tabs become spaces; control, escape and bidi characters go. The same rule is
    applied when a text is stored: this is the second lock, for rows older than the rule.
    """
    text = value if isinstance(value, str) else "" if value is None else str(value)
    if text.isprintable():
        return text
    return UNSAFE.sub("", _BREAKS.sub(" ", text))


def sparkline(values: Sequence[int]) -> str:
    """Return a bar for each value, from the least (or nothing) to the most; none if all are zero.

    A value below nothing has a lower bar than none.
    """
    low, high = min((0, *values)), max((0, *values))
    if low == high:
        return ""
    top = len(BARS) - 1
    return "".join(BARS[(value - low) * top // (high - low)] for value in values)


def safe_block(value: object) -> str:
    """Return a value as `safe` does, keeping its lines; tabs become four spaces."""
    text = value if isinstance(value, str) else "" if value is None else str(value)
    if text.isprintable():
        return text
    return UNSAFE.sub("", _LINE_ENDS.sub("\n", text).replace("\t", "    "))


def line_text(value: object, style: str = "") -> Text:
    """Return one line for a widget, free of markup: what a careless string would become."""
    return Text(safe(value), style=style, no_wrap=True, overflow="ellipsis", end="")


def block_text(value: object, style: str = "") -> Text:
    """Return a text of several lines for a widget, free of markup."""
    return Text(safe_block(value), style=style)


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Return a text that fills exactly `width` cells, cut with an ellipsis where it is longer."""
    size = cell_len(text)
    if size == width:
        return text
    if size < width:
        return " " * (width - size) + text if right else text + " " * (width - size)
    if width <= 0:
        return ""
    return set_cell_size(text, width - 1) + _ELLIPSIS


def instant(at: datetime | None, now: datetime, zone: tzinfo) -> str:
    """Return an instant as short as it stays clear, in the user's zone.

    `09:14` today, `Mon 14:05` within six days, `3 May` within the year, else `2025-11-02`.
    """
    if at is None:
        return ""
    there, today = at.astimezone(zone), now.astimezone(zone)
    distance = abs((there.date() - today.date()).days)
    if not distance:
        return clock(there)
    if distance < 7:
        return f"{_(DAYS[there.weekday()])} {clock(there)}"
    if there.year == today.year:
        return _("{day} {month}").format(day=there.day, month=_(MONTHS[there.month - 1]))
    return f"{there:%Y-%m-%d}"


def clock(there: datetime, *, seconds: bool = False) -> str:
    """Return the time of day of an instant in its own zone, as the language writes it: `14:05`."""
    return there.strftime(_("%H:%M:%S") if seconds else _("%H:%M"))


def moment(there: datetime) -> str:
    """Return day and time of an instant in its own zone: `2026-05-04 14:05`."""
    return f"{there:%Y-%m-%d} {clock(there)}"


def worked(minutes: int) -> str:
    """Return a length in hours and minutes, whose days are not 24 hours: `26h 05m`, `-35m`."""
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else ""
    if not hours:
        return sign + _("{minutes}m").format(minutes=rest)
    return sign + _("{hours}h {minutes:02}m").format(hours=grouped(hours), minutes=rest)


def time_left(left: timedelta) -> str:
    """Return how long until an instant, with a minus when it is over: `1h 20m`, `-35m`, `3d`."""
    minutes, sign = int(abs(left.total_seconds()) // 60), "-" if left < timedelta() else ""
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days >= 3:
        return sign + _("{days}d").format(days=days)
    if days:
        return sign + _("{days}d {hours}h").format(days=days, hours=hours)
    if hours:
        return sign + _("{hours}h {minutes:02}m").format(hours=hours, minutes=minutes)
    return sign + _("{minutes}m").format(minutes=minutes)


def countdown(
    due: datetime | None,
    now: datetime,
    *,
    warn_at: datetime | None = None,
    paused: bool = False,
) -> Cell:
    """Return the time left to a promise: `! 1h 20m` once it warns, `!! -35m` once it is broken.

    A clock that stands still says so and makes no promise.
    """
    if paused:
        return Cell(_("paused"), "muted")
    if due is None:
        return Cell("")
    left = time_left(due - now)
    if now >= due:
        return Cell(f"!! {left}", "bad")
    if warn_at is not None and now >= warn_at:
        return Cell(f"! {left}", "warn")
    return Cell(left)


def priority(number: int | None) -> Cell:
    """Return the letter of a priority: C, H, M, L or P; `?` for a number that is none."""
    if number is None:
        return Cell("-", "muted")
    look = PRIORITIES.get(number)
    return Cell(look.letter, look.tone) if look else Cell("?", "muted")


def priority_word(number: int | None) -> Cell:
    """Return letter and word of a priority: `H high`."""
    look = None if number is None else PRIORITIES.get(number)
    return _with_word(look) if look else priority(number)


def state(word: str) -> Cell:
    """Return the letter of a state: N, O, P, H, R, C or M."""
    look = STATES.get(word)
    return Cell(look.letter, look.tone) if look else Cell(safe(word)[:1] or "?", "muted")


def state_word(word: str) -> Cell:
    """Return letter and word of a state: `P pending`."""
    look = STATES.get(word)
    return _with_word(look) if look else Cell(safe(word), "muted")


def _with_word(look: Look) -> Cell:
    return Cell(f"{look.letter} {_(look.word)}", look.tone)
