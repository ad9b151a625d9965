"""Open seconds of a calendar on the line of UTC, in blocks that are built once and kept.

A second is open when a wall clock in the zone shows a time within the hours of its day. So a
gap of the clock takes hours away, a repeated hour counts twice, and a skipped day is closed.
All numbers are seconds since 1970 (UTC), open spans are half open.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from boconsole.sla.errors import UnreachableDueError

DAY = 86_400
HORIZON_YEARS = 100
"""How far a due time is looked for, in both directions."""

_SHIFT = 25
_BLOCK = 1 << _SHIFT  # 388 days
_HORIZON_BLOCKS = HORIZON_YEARS * 366 * DAY // _BLOCK
_KEPT_BLOCKS = 256
_PROBE = 3 * DAY  # since 1940 no zone has changed its clock twice within this time
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_FIRST_DAY = date(2, 1, 1).toordinal() - _EPOCH_DAY
_LAST_DAY = date(9998, 12, 31).toordinal() - _EPOCH_DAY

Span = tuple[int, int]


class Closing(NamedTuple):
    """Minutes of a date, or of that date in every year, that are closed.

    Attributes:
        year: None for every year.
    """

    year: int | None
    month: int
    day: int
    start: int = 0
    end: int = 1440


class Block(NamedTuple):
    """The open spans of one block and how many open seconds lie before each."""

    starts: list[int]
    ends: list[int]
    before: list[int]
    total: int


class Timeline:
    """Counts and finds open seconds."""

    def __init__(
        self, zone: ZoneInfo, week: Sequence[Sequence[Span]], closings: Sequence[Closing]
    ) -> None:
        self._zone = zone
        self._week = week
        self._closings = closings
        self._blocks: dict[int, Block] = {}
        self._totals: dict[int, int] = {}

    def between(self, start: int, end: int) -> int:
        """Return the open seconds in [start, end); 0 when the end is not after the start."""
        if end <= start:
            return 0
        first, last = start >> _SHIFT, end >> _SHIFT
        seconds = self._position(last, end) - self._position(first, start)
        if first != last:
            seconds += sum(self._total(number) for number in range(first, last))
        return seconds

    def move(self, start: int, seconds: int) -> int:
        """Return the open second that lies so many open seconds after (before) the start.

        With 0 that is the start when it is open, else the next opening. A second that would
        fall on a closing is the next opening.

        Raises:
            UnreachableDueError: There is none within the horizon.
        """
        number = start >> _SHIFT
        left = self._position(number, start) + seconds
        last = number + _HORIZON_BLOCKS
        while left >= (total := self._total(number)):
            left -= total
            number += 1
            if number > last:
                raise self._unreachable(start)
        last = number - _HORIZON_BLOCKS
        while left < 0:
            number -= 1
            left += self._total(number)
            if number < last:
                raise self._unreachable(start)
        block = self._block(number)
        index = bisect_right(block.before, left) - 1
        return block.starts[index] + left - block.before[index]

    def spans(self, start: int, end: int) -> Iterator[Span]:
        """Return the open spans within [start, end), in order."""
        for number in range(start >> _SHIFT, (end >> _SHIFT) + 1):
            block = self._block(number)
            first = max(bisect_right(block.starts, start) - 1, 0)
            for opening, closing in zip(block.starts[first:], block.ends[first:], strict=True):
                if opening >= end:
                    break
                if closing > start:
                    yield max(opening, start), min(closing, end)

    def _position(self, number: int, instant: int) -> int:
        block = self._block(number)
        index = bisect_right(block.starts, instant) - 1
        if index < 0:
            return 0
        return block.before[index] + min(instant, block.ends[index]) - block.starts[index]

    def _total(self, number: int) -> int:
        if number not in self._totals:
            self._block(number)
        return self._totals[number]

    def _block(self, number: int) -> Block:
        block = self._blocks.get(number)
        if block is None:
            if len(self._blocks) >= _KEPT_BLOCKS:
                self._blocks.clear()
            block = self._built(number)
            self._totals[number] = block.total
            self._blocks[number] = block
        return block

    def _built(self, number: int) -> Block:
        first = number << _SHIFT
        if not _FIRST_DAY <= first // DAY <= _LAST_DAY - _BLOCK // DAY:
            raise self._unreachable(first)
        closed = self._closed_days(first)
        starts: list[int] = []
        ends: list[int] = []
        before: list[int] = []
        total = 0
        for low, high, offset in _offsets(self._zone, first, first + _BLOCK):
            for day in range((low + offset) // DAY, (high - 1 + offset) // DAY + 1):
                spans = self._week[(day + 3) % 7]  # day 0 was a Thursday
                if day in closed:
                    spans = without(spans, closed[day])
                midnight = day * DAY - offset
                for span_start, span_end in spans:
                    start = max(midnight + span_start, low)
                    end = min(midnight + span_end, high)
                    if start < end:
                        starts.append(start)
                        ends.append(end)
                        before.append(total)
                        total += end - start
        return Block(starts, ends, before, total)

    def _closed_days(self, first: int) -> Mapping[int, list[Span]]:
        """Return the closed seconds of each day that has any, around one block."""
        low = date.fromordinal(first // DAY + _EPOCH_DAY - 1).year
        high = date.fromordinal((first + _BLOCK) // DAY + _EPOCH_DAY + 1).year
        closed: dict[int, list[Span]] = {}
        for closing in self._closings:
            years = range(low, high + 1) if closing.year is None else (closing.year,)
            for year in years:
                if closing.month == 2 and closing.day == 29 and not _is_leap(year):
                    continue
                day = date(year, closing.month, closing.day).toordinal() - _EPOCH_DAY
                closed.setdefault(day, []).append((closing.start * 60, closing.end * 60))
        return closed

    def _unreachable(self, instant: int) -> UnreachableDueError:
        day = min(max(instant // DAY, _FIRST_DAY), _LAST_DAY)
        start = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day)
        return UnreachableDueError(start, HORIZON_YEARS)


def without(spans: Sequence[Span], closed: Sequence[Span]) -> list[Span]:
    """Return the spans with the closed ones taken out."""
    left = list(spans)
    for low, high in closed:
        left = [
            piece
            for start, end in left
            for piece in ((start, min(end, low)), (max(start, high), end))
            if piece[0] < piece[1]
        ]
    return left


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _offset_at(zone: ZoneInfo, instant: int) -> int:
    offset = datetime.fromtimestamp(instant, zone).utcoffset()
    assert offset is not None
    return offset.days * DAY + offset.seconds


def _offsets(zone: ZoneInfo, first: int, last: int) -> Iterator[tuple[int, int, int]]:
    """Return the pieces of [first, last) in which the zone keeps one offset, with it."""
    start, offset = first, _offset_at(zone, first)
    probe = first
    while probe < last:
        following = min(probe + _PROBE, last)
        if _offset_at(zone, following) != offset:
            same, other = probe, following
            while other - same > 1:
                middle = (same + other) // 2
                if _offset_at(zone, middle) == offset:
                    same = middle
                else:
                    other = middle
            yield start, other, offset
            start, offset = other, _offset_at(zone, other)
            probe = other
        else:
            probe = following
    if start < last:
        yield start, last, offset
