"""Reports of assets: how old they are, what they cost to own, how often each model fails."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from boconsole.assets.words import STATE_TITLES
from boconsole.filters.writing import quote
from boconsole.language import _
from boconsole.money import from_minor
from boconsole.reports import narrowing
from boconsole.reports.periods import seconds
from boconsole.reports.shapes import Answer, Asked, Chart, Column, Row
from db.fields import day_of
from db.reports import records

LISTED = "assets"
MOST = 2_000
"""Assets of a model that are told one by one."""
YEAR = Decimal("365.25")
ENDS = (1, 3, 5)
"""Years with which each bucket of age but the last ends."""


def _query(asked: Asked, by: str, value: str) -> str:
    term = f"{by}:{quote(value)}" if value else f"no:{by}"
    return narrowing.words(asked, "is:active", term)


def _head(by: str) -> Column:
    titles = {"category": _("Category"), "model": _("Model"), "place": _("Place"),
              "state": _("State")}  # fmt: skip
    return Column(by, titles[by], "text")


def age(asked: Asked) -> Answer:
    """Return how old active assets are, by group."""
    counts: Counter[str] = Counter()
    wanted = narrowing.condition(asked, LISTED)
    for one in records.held(asked.by, wanted):
        counts[one.group] += one.assets
    days: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for one_day in records.bought(asked.by, wanted):
        days[one_day.group].append(((asked.last - day_of(one_day.day)).days, one_day.assets))
    rows = []
    for group in sorted(counts, key=str.casefold):
        known = days[group]
        buckets = Counter[int]()
        for age_in_days, number in known:
            buckets[sum(age_in_days > end * YEAR for end in ENDS)] += number
        number = sum(each for _days, each in known)
        total = sum(max(each, 0) * many for each, many in known)
        mean = (
            (Decimal(total) / number / YEAR).quantize(Decimal("0.1"), ROUND_HALF_UP)
            if number
            else None
        )
        cells = (group, counts[group], *(buckets[place] for place in range(len(ENDS) + 1)),
                 counts[group] - number, mean)  # fmt: skip
        rows.append(Row(cells, _query(asked, asked.by, group), counts[group]))
    columns = (_head(asked.by), Column("assets", _("Assets"), total=True),
               Column("to_1", _("to 1 year"), total=True), Column("to_3", _("1-3"), total=True),
               Column("to_5", _("3-5"), total=True), Column("older", _("over 5"), total=True),
               Column("unknown", _("unknown"), total=True),
               Column("mean", _("Years"), "decimal", 1))  # fmt: skip
    told = _("Age counts from the day of purchase; a year has 365.25 days.")
    return Answer(columns, rows, Chart("bar", 0, (1,)), LISTED, (told,))


def cost(asked: Asked) -> Answer:
    """Return what active assets cost to own: purchase, repairs, and their seats of licences."""
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    digits: dict[str, int] = {}
    wanted = narrowing.condition(asked, LISTED)
    for one in records.held(asked.by, wanted):
        sums[one.group, one.commodity][0] += one.assets
        sums[one.group, one.commodity][1] += one.cost
        digits[one.commodity] = one.precision
    _add(sums, digits, 2, records.repaired(asked.by, wanted))
    if asked.session.may("licence.read"):
        _add(sums, digits, 3, records.licensed(asked.by, wanted))
    counts: Counter[str] = Counter()
    for (group, _code), values in sums.items():
        counts[group] += values[0]
    rows = []
    for group, code in sorted(sums, key=lambda key: (key[0].casefold(), key[1])):
        number, *parts = sums[group, code]
        if not any(parts):
            continue
        money = [from_minor(part, digits[code]) for part in (*parts, sum(parts))]
        rows.append(Row((group, code, number, *money), _query(asked, asked.by, group), None))
    most = max(digits.values(), default=0)
    columns = (_head(asked.by), Column("currency", _("Currency"), "text"),
               Column("assets", _("Assets"), total=True),
               *(Column(key, title, "money", most) for key, title in (
                   ("purchase", _("Purchase")), ("repairs", _("Repairs")),
                   ("licences", _("Licences")), ("total", _("Cost of ownership")))))  # fmt: skip
    told = _(
        "Cost of ownership = purchase + repairs + cost of each licence / seats × seats in use."
    )
    return Answer(columns, rows, Chart("bar", 0, (6,)) if rows else None, LISTED, (told,))


def _add(
    sums: dict[tuple[str, str], list[int]], digits: dict[str, int], place: int,
    found: Iterable[records.Cost],
) -> None:  # fmt: skip
    for one in found:
        sums[one.group, one.commodity][place] += one.cost
        digits[one.commodity] = max(one.precision, digits.get(one.commodity, 0))


def failures(asked: Asked) -> Answer:
    """Return how often models fail: repairs and tickets for each year that a device is in use."""
    years: dict[str, Decimal] = defaultdict(Decimal)
    counts: Counter[str] = Counter()
    wanted = narrowing.condition(asked, LISTED)
    for one in records.devices(wanted):
        years[one.model] += one.assets * _days_in_use(one, asked.first, asked.last) / YEAR
        counts[one.model] += one.assets if one.ended is None else 0
    repairs = records.repairs_by_model(asked.first, asked.last, wanted)
    tickets = records.tickets_by_model(*seconds(asked.first, asked.last, asked.session.zone),
                                       wanted)  # fmt: skip
    rows = []
    for model in sorted(years, key=lambda name: (-repairs.get(name, 0), name.casefold())):
        failed, asked_for, used = repairs.get(model, 0), tickets.get(model, 0), years[model]
        cells = (model, counts[model], _tenth(used), failed, asked_for, _rate(failed, used),
                 _rate(asked_for, used))  # fmt: skip
        rows.append(Row(cells, of=model))
    columns = (Column("model", _("Model"), "text"), Column("assets", _("Assets"), total=True),
               Column("years", _("Device-years"), "decimal", 1),
               Column("repairs", _("Repairs"), total=True),
               Column("tickets", _("Tickets"), total=True),
               Column("repair_rate", _("Repairs/year"), "decimal", 2),
               Column("ticket_rate", _("Tickets/year"), "decimal", 2))  # fmt: skip
    told = _("A device-year is a device in use for 365.25 of these days, from purchase to end.")
    return Answer(columns, rows, Chart("bar", 0, (5, 6)) if rows else None, "", (told,))


def failed(asked: Asked) -> Answer:
    """Return the assets of one model, those that failed most first."""
    found = records.failing(
        asked.of or "", (asked.first, asked.last),
        seconds(asked.first, asked.last, asked.session.zone),
        narrowing.condition(asked, LISTED), MOST,
    )  # fmt: skip
    rows = [
        Row((one.tag, one.name, _(STATE_TITLES.get(one.state, one.state)),
             day_of(one.bought) if one.bought else None, one.repairs, one.tickets), record=one.tag)
        for one in found
    ]  # fmt: skip
    columns = (Column("tag", _("Tag"), "text"), Column("name", _("Name"), "text"),
               Column("state", _("State"), "text"), Column("bought", _("Bought"), "day"),
               Column("repairs", _("Repairs"), total=True),
               Column("tickets", _("Tickets")))  # fmt: skip
    told = _("At most {count} assets; a ticket about several of them counts for each.")
    return Answer(columns, rows, told=(told.format(count=MOST),))


def _days_in_use(one: records.Device, first: date, last: date) -> int:
    begins = max(day_of(one.bought), first) if one.bought else first
    ends = min(day_of(one.ended), last) if one.ended else last
    return max((ends - begins).days + 1, 0)


def _tenth(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.1"), ROUND_HALF_UP)


def _rate(count: int, years: Decimal) -> Decimal | None:
    return (count / years).quantize(Decimal("0.01"), ROUND_HALF_UP) if years else None
