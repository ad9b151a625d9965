"""The ledger of one leave type of one person, computed from what is recorded: pure.

Every line has a day, a change and the balance after it; a balance is the sum of the changes
before it and nothing else. Leave is taken from the lot that ends first. No job has to run for
something to expire: whoever asks for a day gets what held on that day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from boconsole.leave.calendar import Plan
from boconsole.leave.granting import Granted, Service, add_months, grants, leave_year
from boconsole.leave.rules import NO_LIMIT, Dated, Rule, rule_on

OPENING, GRANTED, CORRECTED, TAKEN, JOINT = "opening", "granted", "corrected", "taken", "joint"
CARRIED, LAPSED, EXPIRED = "carried", "lapsed", "expired"
DAY = timedelta(days=1)


class Taking(NamedTuple):
    """What is taken on one day; those of one request share its key."""

    day: date
    quantity: int
    key: int = 0


class Correction(NamedTuple):
    """What somebody entered by hand.

    Attributes:
        day: From when it counts.
        amount: More or less; for an opening what was left on the evening before.
        note: Why.
        lasts_until: Last day on which it can be used; None: as long as a grant of that day.
        opening: Whether the ledger begins with it: nothing before its day counts.
    """

    day: date
    amount: int
    note: str = ""
    lasts_until: date | None = None
    opening: bool = False


class Facts(NamedTuple):
    """Everything that a ledger is computed from.

    Attributes:
        versions: The rules of the type by the day from which each one holds.
        service: The employment.
        plan: Schedules and days off.
        takings: Days of leave, in any order.
        corrections: In any order.
        joint: Days of joint leave of the company with their quantity.
    """

    versions: Sequence[Dated]
    service: Service
    plan: Plan
    takings: Sequence[Taking] = ()
    corrections: Sequence[Correction] = ()
    joint: Sequence[Taking] = ()


class Lot(NamedTuple):
    """Where leave comes from: what kind of line gave it, and on which day."""

    kind: str
    on: date
    amount: int = 0


class Line(NamedTuple):
    """One line of the ledger.

    Attributes:
        on: The day.
        kind: One of the kinds above.
        change: More or less.
        balance: After it.
        until: Last day that it is about: of the days taken, or on which a lot can be used.
        key: The request of days taken.
        lots: From which lots it was taken, or which one ended.
        short: How much of it no lot covered.
        uncovered: Joint leave that was not taken, as nothing was left.
        capped: What a grant lost to the maximum.
        grant: How a grant came about.
        note: Of a correction.
    """

    on: date
    kind: str
    change: int
    balance: int
    until: date | None = None
    key: int = 0
    lots: tuple[Lot, ...] = ()
    short: int = 0
    uncovered: int = 0
    capped: int = 0
    grant: Granted | None = None
    note: str = ""


@dataclass
class _Bucket:
    """A lot with what is left of it."""

    lot: Lot
    left: int
    last: date | None
    year_end: date | None


@dataclass
class _Book:
    """The ledger while it is computed."""

    facts: Facts
    buckets: list[_Bucket] = field(default_factory=list)
    debt: int = 0
    lines: list[Line] = field(default_factory=list)

    @property
    def balance(self) -> int:
        return sum(bucket.left for bucket in self.buckets) - self.debt

    def rule(self, day: date) -> Rule:
        found = rule_on(self.facts.versions, day)
        return found or self.facts.versions[0].rule

    def write(self, on: date, kind: str, change: int, **more: object) -> None:
        self.lines.append(Line(on, kind, change, self.balance, **more))  # type: ignore[arg-type]  # fields of Line

    def add(self, lot: Lot, last: date | None, year_end: date | None) -> None:
        """Open a lot; what is owed is paid from it first."""
        paid = min(self.debt, lot.amount)
        self.debt -= paid
        self.buckets.append(_Bucket(lot, lot.amount - paid, last, year_end))

    def take(self, quantity: int) -> tuple[list[Lot], int]:
        """Take from the lots that end first; returns them, and what none covered."""
        used: list[Lot] = []
        live = [bucket for bucket in self.buckets if bucket.left]
        for bucket in sorted(live, key=lambda b: (b.last or b.year_end or date.max, b.lot.on)):
            part = min(bucket.left, quantity)
            if part:
                bucket.left -= part
                quantity -= part
                used.append(bucket.lot._replace(amount=part))
        return used, quantity

    def end_until(self, day: date) -> None:
        """Let end whatever ends before a day, in the order of the days."""
        while True:
            ends = [bucket.last or bucket.year_end for bucket in self.buckets]
            over = [end for end in ends if end is not None and end < day]
            if not over:
                return
            self._end(min(over))

    def _end(self, last: date) -> None:
        of_day = [b for b in self.buckets if (b.last or b.year_end) == last]
        self.buckets = [b for b in self.buckets if b not in of_day]
        for bucket in of_day:
            if bucket.last is not None and bucket.left:
                self.write(last + DAY, EXPIRED, -bucket.left, lots=(_whole(bucket),))
        of_year = [b for b in of_day if b.last is None and b.left]
        if of_year:
            self._carry(last, of_year)

    def _carry(self, year_end: date, buckets: Sequence[_Bucket]) -> None:
        """Carry over what a leave year left, up to its limit; the rest lapses."""
        rule, start = self.rule(year_end), year_end + DAY
        left = sum(bucket.left for bucket in buckets)
        carried = left if rule.carry == NO_LIMIT else min(rule.carry, left)
        if carried:
            last = add_months(start, rule.carry_months) - DAY if rule.carry_months else None
            self.add(Lot(CARRIED, start, carried), last, None)
        if left > carried:
            lots = tuple(_whole(bucket) for bucket in buckets)
            self.write(start, LAPSED, carried - left, lots=lots)
        if carried:
            self.write(start, CARRIED, 0, until=last, lots=(Lot(CARRIED, year_end, carried),))


def _whole(bucket: _Bucket) -> Lot:
    return bucket.lot._replace(amount=bucket.left)


Step = tuple[date, int, int, object]


def ledger(facts: Facts, until: date) -> list[Line]:
    """Return the lines up to a day, that day included; none where no rule is known."""
    return _joined(_unjoined(facts, until))


def balance(facts: Facts, on: date) -> int:
    """Return what is left on the evening of a day."""
    lines = ledger(facts, on)
    return lines[-1].balance if lines else 0


def first_short(facts: Facts, more: Sequence[Taking]) -> tuple[date, int] | None:
    """Return the first day that further leave leaves uncovered, and how much is missing by then.

    What was uncovered before does not count: the leave asked for is not to blame for it.

    Args:
        facts: With everything that is approved or asked for already.
        more: The days asked for now.
    """
    days = [each.day for each in (*facts.takings, *facts.joint, *more)]
    if not more or not facts.versions or not facts.versions[-1].rule.has_balance:
        return None
    last = max(days)
    before = _shortages(facts, last)
    after = _shortages(facts._replace(takings=(*facts.takings, *more)), last)
    for day, missing in after.items():
        known = max((amount for known, amount in before.items() if known <= day), default=0)
        if missing > known:
            return day, missing - known
    return None


def _shortages(facts: Facts, last: date) -> dict[date, int]:
    """Return how much was missing in all up to each day on which something was."""
    found: dict[date, int] = {}
    summed = 0
    for line in _unjoined(facts, last):
        if line.short:
            summed += line.short
            found[line.on] = summed
    return found


def _unjoined(facts: Facts, until: date) -> list[Line]:
    """Return the lines up to a day, one for each day taken."""
    if not facts.versions:
        return []
    book = _Book(facts)
    for day, steps in groupby(_steps(facts, until), key=lambda step: step[0]):
        book.end_until(day)
        for _day, _rank, _number, what in steps:
            _book_step(book, what)
    # What ends with the last day is still there on it.
    book.end_until(until)
    return book.lines


def _steps(facts: Facts, until: date) -> Iterable[Step]:
    """Return what happens, in order: on one day what comes goes before what is taken."""
    openings = [each.day for each in facts.corrections if each.opening and each.day <= until]
    since = max(openings, default=date.min)
    service = facts.service
    found: list[Step] = []
    for number, each in enumerate(facts.corrections):
        rank = 0 if each.opening else 2 if each.amount > 0 else 3
        if not each.opening or each.day == since:
            found.append((each.day, rank, number, each))
    for number, grant in enumerate(grants(facts.versions, service, until, facts.plan)):
        found.append((grant.on, 1, number, grant))
    for number, day_taken in enumerate(sorted(facts.joint)):
        if service.joined <= day_taken.day and day_taken.day <= (service.left or date.max):
            found.append((day_taken.day, 4, number, (JOINT, day_taken)))
    for number, day_taken in enumerate(sorted(facts.takings)):
        found.append((day_taken.day, 5, number, (TAKEN, day_taken)))
    return sorted((step for step in found if since <= step[0] <= until), key=lambda step: step[:3])


def _book_step(book: _Book, what: object) -> None:
    if isinstance(what, Granted):
        _grant(book, what)
    elif isinstance(what, Correction):
        _correct(book, what)
    elif isinstance(what, tuple):
        _take(book, *what)


def _grant(book: _Book, grant: Granted) -> None:
    most = book.rule(grant.on).maximum
    amount = min(grant.amount, max(0, most - book.balance)) if most else grant.amount
    book.add(Lot(GRANTED, grant.on, amount), None, grant.year_end)
    book.write(
        grant.on, GRANTED, amount, until=grant.year_end, grant=grant, capped=grant.amount - amount
    )


def _correct(book: _Book, each: Correction) -> None:
    kind = OPENING if each.opening else CORRECTED
    last = each.lasts_until
    if each.amount > 0:
        _start, end = leave_year(book.rule(each.day), book.facts.service.joined, each.day)
        book.add(Lot(kind, each.day, each.amount), last, None if last else end)
        book.write(each.day, kind, each.amount, until=last or end, note=each.note)
        return
    lots, missing = book.take(-each.amount)
    book.debt += missing
    book.write(each.day, kind, each.amount, lots=tuple(lots), note=each.note)


def _take(book: _Book, kind: str, taking: Taking) -> None:
    rule = book.rule(taking.day)
    lots, missing = book.take(taking.quantity)
    uncovered = missing if kind == JOINT and not rule.joint_overdraws else 0
    owed = missing - uncovered
    room = max(0, rule.overdraw - book.debt)
    short = 0 if kind == JOINT else max(0, owed - room)
    book.debt += owed
    book.write(
        taking.day, kind, uncovered - taking.quantity, until=taking.day, key=taking.key,
        lots=tuple(lots), short=short, uncovered=uncovered,
    )  # fmt: skip


def _joined(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with the days of one request that follow each other as one."""
    found: list[Line] = []
    for line in lines:
        last = found[-1] if found else None
        if last and line.kind == TAKEN == last.kind and line.key == last.key:
            found[-1] = last._replace(
                change=last.change + line.change, balance=line.balance, until=line.until,
                lots=_summed((*last.lots, *line.lots)), short=last.short + line.short,
            )  # fmt: skip
        else:
            found.append(line)
    return found


def _summed(lots: Sequence[Lot]) -> tuple[Lot, ...]:
    summed: dict[tuple[str, date], int] = {}
    for lot in lots:
        summed[lot.kind, lot.on] = summed.get((lot.kind, lot.on), 0) + lot.amount
    return tuple(Lot(kind, on, amount) for (kind, on), amount in summed.items())
