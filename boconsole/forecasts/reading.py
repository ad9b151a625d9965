"""The histories that forecasts are made of, read from the records."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.forecasts import apart
from boconsole.forecasts.flows import Flows, Known, Paid
from boconsole.forecasts.series import DAY, LENGTH, MOST, WEEK, Forecast, Series
from boconsole.language import _
from boconsole.ledger import recurring
from boconsole.moments import step
from boconsole.session import Session
from db import forecasts as stored
from db.ledger import balances, charts, recurrences
from db.ledger.rows import BalanceRow, CommodityRow
from db.tickets import volume

AHEAD, FARTHEST = {DAY: 14, WEEK: 13}, {DAY: 90, WEEK: 52}
"""Steps that are forecast by default, and at most."""


class CashForecast(NamedTuple):
    """What is expected of cash.

    Attributes:
        forecast: Of the balance at the end of each week.
        known: What of the weeks to come is known.
        balance: At the end of yesterday.
        commodity: In what.
    """

    forecast: Forecast
    known: tuple[Known, ...]
    balance: int
    commodity: CommodityRow


def today_of(session: Session) -> date:
    """Return the day where the reader is."""
    return session.now().astimezone(session.zone).date()


def steps(unit: str, wanted: int | None) -> int:
    """Return how many steps are forecast; raises InvalidChangeError for too many."""
    most = FARTHEST[unit]
    if wanted is not None and not 1 <= wanted <= most:
        raise InvalidChangeError(
            "ahead", _("expected 1 to {most}, not {wanted}").format(most=most, wanted=wanted)
        )
    return wanted or AHEAD[unit]


def ticket_series(session: Session, unit: str) -> Series:
    """Return how many tickets came in each day or week up to yesterday."""
    session.require("ticket.read")
    today = today_of(session)
    first = today - timedelta(days=MOST[unit] * LENGTH[unit])
    days = [first + timedelta(days=each) for each in range((today - first).days + 1)]
    edges = [int(datetime.combine(day, time(), session.zone).timestamp()) for day in days]
    counts = [0] * (len(days) - 1)
    begins, ends = (datetime.combine(day, time(), session.zone) for day in (first, today))
    for second, number in volume.by_quarter("created_at", begins, ends):
        counts[bisect_right(edges, second) - 1] += number
    return _begun(first, unit, counts)


def _begun(first: date, unit: str, by_day: Sequence[int]) -> Series:
    """Return the steps of days, from the first step on in which there was something."""
    length = LENGTH[unit]
    values = [sum(by_day[at : at + length]) for at in range(0, len(by_day), length)]
    empty = next((at for at, value in enumerate(values) if value), len(values))
    return Series(first + timedelta(days=empty * length), unit, tuple(values[empty:]))


def tickets(session: Session, unit: str = WEEK, ahead: int | None = None) -> Forecast:
    """Return how many tickets are expected; raises as `apart.forecast`."""
    wanted = steps(unit, ahead)
    return apart.forecast(ticket_series(session, unit), wanted, floor=0)


def cash(session: Session, ahead: int | None = None, commodity: str = "") -> CashForecast:
    """Return the balance of all money that is expected.

    Raises:
        NotFoundError: There is no account of money, or no such currency.
        TooLittleError, NoLibraryError, FailedError: As `apart.cash`.
    """
    wanted = steps(WEEK, ahead)
    flows, found = cash_flows(session, wanted, commodity)
    told, known = apart.cash(flows, wanted)
    return CashForecast(told, known, flows.balance, found)


def cash_flows(session: Session, ahead: int, code: str = "") -> tuple[Flows, CommodityRow]:
    """Return how cash moved by week up to yesterday, and what of it is known to come."""
    session.require("account.read")
    session.require("invoice.read")
    accounts = {row.path: row.id for row in charts.select_accounts() if row.role == "cash"}
    if not accounts:
        raise NotFoundError(_("account with the role cash; the setup of accounts gives it"))
    today = today_of(session)
    held = balances.select_account_at(list(accounts.values()), today - timedelta(days=1))
    commodity = _commodity(code, held)
    first = today - timedelta(weeks=MOST[WEEK])
    moved = [0] * (MOST[WEEK] * 7)
    for day, amount in stored.select_moved(list(accounts.values()), commodity.id, first):
        if day < today:
            moved[(day - first).days] += amount
    empty = next((at for at, value in enumerate(moved) if value), len(moved)) // 7
    begin = first + timedelta(weeks=empty)
    rows = (*stored.select_paid(commodity.id, begin), *stored.select_open(commodity.id))
    documents = tuple(
        Paid((row.issued - begin).days, (row.due - begin).days,
             None if row.paid is None else (row.paid - begin).days, row.amount)
        for row in rows
    )  # fmt: skip
    weeks = MOST[WEEK] - empty + ahead
    balance = sum(row.amount for row in held if row.commodity_id == commodity.id)
    back = _recurring(session, begin, weeks, accounts, commodity)
    return Flows(begin, balance, tuple(moved[empty * 7 :]), documents, back), commodity


def _commodity(code: str, held: Sequence[BalanceRow]) -> CommodityRow:
    """Return the commodity of a code, or that which most accounts of money hold."""
    known = charts.select_commodities()
    if code:
        found = [row for row in known if row.code.casefold() == code.strip().casefold()]
    else:
        usual = Counter(row.commodity_id for row in held if row.amount).most_common(1)
        found = [row for row in known if usual and row.id == usual[0][0]]
    if not found:
        raise NotFoundError(_("money in {code}").format(code=code or _("any currency")))
    return found[0]


def _recurring(
    session: Session, begin: date, weeks: int, accounts: dict[str, int], commodity: CommodityRow
) -> tuple[int, ...]:
    """Return what entries that come back add by day, as their templates are now."""
    found = [0] * (weeks * 7)
    named = {each.id: each for each in recurring.templates(session)}
    last = begin + timedelta(weeks=weeks)
    for row in recurrences.select_recurrences():
        template = named.get(row.template_id)
        if template is None:
            continue
        lines = template.entry(row.starts).lines
        amount = sum(
            int(line.number.scaleb(commodity.precision)) for line in lines
            if line.account in accounts and line.commodity == commodity.code
        )  # fmt: skip
        for number in range(recurring.MOST * 4):
            day = step(row.starts, row.every, number)
            if day >= last or (row.ends and day > row.ends):
                break
            if amount and day >= begin:
                found[(day - begin).days] += amount
    return tuple(found)
