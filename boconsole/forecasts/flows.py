"""Cash to come: what is known of it, and what usually comes besides; pure.

Of each week it takes open documents on the day they are due, later by as much as documents were
paid late so far; entries that come back by themselves; what documents usually bring that are not
issued yet; and everything else that moved, either as on the same days of the months before, as
wages and rents do, or by a model. The share of documents that are not issued yet is that of the
payments which came so soon after their document in the past.

How wrong that is, is measured on the balance from several origins, each knowing only what was
known then. The intervals come from these errors.
"""

import warnings
from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from math import sqrt
from statistics import fmean, median_low
from typing import NamedTuple

from boconsole.forecasts import measuring, smoothing
from boconsole.forecasts.choosing import EVALUATED, NAIVE, require
from boconsole.forecasts.series import WEEK, Error, Forecast, Series, Spread, rounded

RECENT = 26 * 7
"""Days whose documents tell what usually comes."""
DOUBTFUL = 13 * 7
"""Days after which nobody counts on what is overdue."""
MONTHS = 6
"""Months before that tell what a day of the month brings."""
STAYS = "balance stays"
KNOWN = "open items, recurring entries, {model} of the rest"
BY_MONTH = "days of the month"


class Paid(NamedTuple):
    """Documents with the days on which they were issued, due and paid, and what they brought.

    Days count from the first of the history; `paid` is None for what is open. Bills are
    negative.
    """

    issued: int
    due: int
    paid: int | None
    amount: int


class Flows(NamedTuple):
    """What is known of cash.

    Attributes:
        first: The first day of the history.
        balance: At its end.
        moved: What each day added, for whole weeks.
        documents: Paid and open ones.
        recurring: What entries that come back add, by day, those to come too.
    """

    first: date
    balance: int
    moved: tuple[int, ...]
    documents: tuple[Paid, ...]
    recurring: tuple[int, ...]

    @property
    def weeks(self) -> tuple[int, ...]:
        """What each week added."""
        return _weekly(self.moved)


class Known(NamedTuple):
    """What is known of a week to come: documents that are open, and entries that come back."""

    documents: int
    recurring: int


Path = Callable[[int, int], Sequence[float]]
"""Answers with the movements from an origin on, so many weeks."""


def forecast(flows: Flows, ahead: int) -> tuple[Forecast, tuple[Known, ...]]:
    """Return the balance at the end of each week to come, and what is known of it.

    Raises:
        TooLittleError: The history is too short.
        NoLibraryError: The extra is not installed.
    """
    weeks = flows.weeks
    history, count = Series(flows.first, WEEK, weeks), len(weeks)
    require(history)
    tried_ahead = min(ahead, EVALUATED)
    tried = measuring.origins(count, count // 2, tried_ahead)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the library: a fit that did not settle is judged too
        methods = _methods(flows, history, tried[0])
        missed = {method: _missed(weeks, path, tried, tried_ahead)
                  for method, path in methods.items()}  # fmt: skip
        errors = [_error(method, found, weeks[: tried[0]]) for method, found in missed.items()]
        errors.sort(key=lambda each: each.mae)
        best = errors[0].method
        moves = methods[best](count, ahead)
    points = rounded(_spreads(flows.balance, moves, missed[best]), history, None)
    told = Forecast(history, best, points, tuple(errors), len(tried), tried_ahead,
                    best not in (NAIVE, STAYS))  # fmt: skip
    return told, known_from(flows, count, ahead)


def _methods(flows: Flows, history: Series, first: int) -> dict[str, Path]:
    """Return every way to tell what comes; a model is chosen by what lies before an origin."""
    rest = _rest(flows)
    weekly = _weekly(rest)
    chosen = smoothing.choose(weekly[:first], 1)

    def modelled(origin: int, weeks: int) -> list[float]:
        model = smoothing.again(chosen, weekly[:origin])
        return [each.mean for each in smoothing.predict(model, weeks)]

    def by_month(origin: int, weeks: int) -> list[float]:
        return _by_month(flows.first, rest[: origin * 7], weeks)

    def with_known(usual: Path) -> Path:
        def path(origin: int, weeks: int) -> list[float]:
            known, new = known_from(flows, origin, weeks), _not_issued(flows, origin, weeks)
            return [part.documents + part.recurring + more + other for part, more, other
                    in zip(known, new, usual(origin, weeks), strict=True)]  # fmt: skip

        return path

    return {
        KNOWN.format(model=chosen.shape.name): with_known(modelled),
        KNOWN.format(model=BY_MONTH): with_known(by_month),
        NAIVE if history.season > 1 else STAYS: _repeated(history),
    }


def known_from(flows: Flows, origin: int, weeks: int) -> tuple[Known, ...]:
    """Return what was known after so many weeks of those that follow."""
    now, late = origin * 7, _lateness(flows.documents, origin * 7)
    documents, recurring = [0] * weeks, [0] * weeks
    for each in flows.documents:
        if each.issued < now and (each.paid is None or each.paid >= now):
            day = each.due + late
            if now - DOUBTFUL <= day < now + weeks * 7:
                documents[max(day - now, 0) // 7] += each.amount
    for day, amount in enumerate(flows.recurring[now : now + weeks * 7]):
        recurring[day // 7] += amount
    return tuple(Known(*pair) for pair in zip(documents, recurring, strict=True))


def _lateness(documents: Iterable[Paid], now: int) -> int:
    """Return by how many days documents were usually paid late, 0 for early ones."""
    found = [each.paid - each.due for each in documents
             if each.paid is not None and each.paid < now]  # fmt: skip
    return max(median_low(found), 0) if found else 0


def _not_issued(flows: Flows, origin: int, weeks: int) -> list[float]:
    """Return what documents usually bring in each week that are not issued at an origin."""
    found, now = [0.0] * weeks, origin * 7
    for sign in (1, -1):
        paid = [(each.paid, each.paid - each.issued, each.amount) for each in flows.documents
                if each.paid is not None and each.paid < now
                and each.amount * sign > 0]  # fmt: skip
        whole = sum(amount for _day, _lead, amount in paid)
        if not whole:
            continue
        since = max(now - RECENT, 0)
        usual = sum(amount for day, _lead, amount in paid if day >= since) / (now - since) * 7
        for week in range(weeks):
            soon = sum(amount for _day, lead, amount in paid if lead < week * 7 + 4)
            found[week] += usual * soon / whole
    return found


def _rest(flows: Flows) -> list[int]:
    """Return what each day added beside documents and entries that come back."""
    back = [*flows.recurring, *[0] * len(flows.moved)]
    rest = [moved - back[day] for day, moved in enumerate(flows.moved)]
    for each in flows.documents:
        if each.paid is not None and 0 <= each.paid < len(rest):
            rest[each.paid] -= each.amount
    return rest


def _by_month(first: date, rest: Sequence[int], weeks: int) -> list[float]:
    """Return the mean of the same days of the months before, summed up by week."""
    found, begins = [0.0] * weeks, first + timedelta(days=len(rest))
    for ahead in range(weeks * 7):
        day = begins + timedelta(days=ahead)
        there = [rest[place] for place in _same_days(day, first, len(rest))]
        if there:
            found[ahead // 7] += fmean(there)
    return found


def _same_days(day: date, first: date, length: int) -> list[int]:
    """Return the places of a day of the month in the last months of a history.

    The last day of a month stands for those that a shorter month does not have.
    """
    found: list[int] = []
    month = day.year * 12 + day.month - 1
    while len(found) < MONTHS:
        month -= 1
        year, number = divmod(month, 12)
        last = monthrange(year, number + 1)[1]
        is_last = day.day == monthrange(day.year, day.month)[1]
        there = date(year, number + 1, last if is_last else min(day.day, last))
        place = (there - first).days
        if place < 0:
            break
        if place < length and (is_last or day.day < last):
            found.append(place)
    return found


def _weekly(days: Sequence[int]) -> tuple[int, ...]:
    return tuple(sum(days[at : at + 7]) for at in range(0, len(days), 7))


def _repeated(history: Series) -> Path:
    season, values = history.season, history.values

    def path(origin: int, weeks: int) -> list[float]:
        if season == 1:
            return [0.0] * weeks
        return [float(values[origin - season + week % season]) for week in range(weeks)]

    return path


def _missed(
    moved: Sequence[int], path: Path, tried: Sequence[int], ahead: int
) -> tuple[tuple[float, ...], ...]:
    """Return by how much the balance was missed from each origin, week by week."""
    found = []
    for origin in tried:
        off, errors = 0.0, []
        for actual, told in zip(moved[origin:], path(origin, ahead), strict=False):
            off += actual - told
            errors.append(off)
        found.append(tuple(errors))
    return tuple(found)


def _deviations(missed: Sequence[Sequence[float]]) -> list[float]:
    """Return the root of the mean square of the errors of each week, never less than before."""
    found: list[float] = []
    for week in zip(*missed, strict=True):
        own = sqrt(fmean(each * each for each in week))
        found.append(max(own, found[-1] if found else 0.0))
    return found


def _error(method: str, missed: Sequence[Sequence[float]], before: Sequence[int]) -> Error:
    """Return the error on the balance; the intervals of an origin come from the other origins."""
    scale = fmean(abs(each) for each in before)
    within80 = within95 = total = 0
    for place, errors in enumerate(missed):
        others = [each for at, each in enumerate(missed) if at != place] or [errors]
        for error, deviation in zip(errors, _deviations(others), strict=True):
            total += 1
            within80 += abs(error) <= measuring.Z80 * deviation
            within95 += abs(error) <= measuring.Z95 * deviation
    mae = fmean(abs(error) for errors in missed for error in errors)
    return Error(method, mae, mae / scale if scale else None,
                 100 * within80 / total, 100 * within95 / total)  # fmt: skip


def _spreads(
    balance: int, moves: Sequence[float], missed: Sequence[Sequence[float]]
) -> list[Spread]:
    deviations, found, held = _deviations(missed), [], float(balance)
    for week, moved in enumerate(moves):
        held += moved
        known = deviations[min(week, len(deviations) - 1)]
        wide = known * sqrt(max(week + 1, len(deviations)) / len(deviations))
        found.append(measuring.spread(held, wide if week >= len(deviations) else known))
    return found
