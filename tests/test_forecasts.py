"""Forecasts on published series, where methods, intervals and errors are known."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from math import log, pi
from typing import NamedTuple

import pytest

from boconsole.errors import NotAllowedError
from boconsole.forecasts import choosing, measuring, reading, smoothing
from boconsole.forecasts.choosing import TooLittleError
from boconsole.forecasts.flows import Flows, Known, Paid
from boconsole.forecasts.flows import forecast as forecast_cash
from boconsole.forecasts.series import DAY, WEEK, Series
from boconsole.forecasts.smoothing import Shape
from boconsole.session import Session
from db import connection
from tests.desks import make
from tests.people import StandingClock, open_session
from tests.trade import bill, invoice, open_trade, pay

OIL = (445.36, 453.20, 454.41, 422.38, 456.04, 440.39, 425.19, 486.21, 500.43, 521.28, 508.95,
       488.89, 509.87, 456.72, 473.82, 525.95, 549.83, 542.34)  # fmt: skip
"""Oil production of Saudi Arabia, 1996 to 2013 (Hyndman, Athanasopoulos, FPP2, 7.1)."""
BEER = (443, 410, 420, 532, 433, 421, 410, 512, 449, 381, 423, 531, 426, 408, 416, 520, 409, 398,
        398, 507, 432, 398, 406, 526, 428, 397, 403, 517, 435, 383, 424, 521, 421, 402, 414, 500,
        451, 380, 416, 492, 428, 408, 406, 506, 435, 380, 421, 490, 435, 390, 412, 454, 416, 403,
        408, 482, 438, 386, 405, 491, 427, 383, 394, 473,
        420, 390, 410, 488, 415, 398, 419, 488, 414, 374)  # fmt: skip
"""Beer made in Australia by quarter, 1992 to 2010 (the same, 3.4); from 2008 on to be tried."""
AIR = (112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149,
       170, 170, 158, 133, 114, 140, 145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166,
       171, 180, 193, 181, 183, 218, 230, 242, 209, 191, 172, 194, 196, 196, 236, 235, 229, 243,
       264, 272, 237, 211, 180, 201, 204, 188, 235, 227, 234, 264, 302, 293, 259, 229, 203, 229,
       242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278, 284, 277, 317, 313, 318, 374,
       413, 405, 355, 306, 271, 306, 315, 301, 356, 348, 355, 422, 465, 467, 404, 347, 305, 336,
       340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337, 360, 342, 406, 396, 420, 472,
       548, 559, 463, 407, 362, 405, 417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390,
       432)  # fmt: skip
"""Airline passengers by month, 1949 to 1960 (Box and Jenkins, Time Series Analysis, series G)."""


class Monthly(NamedTuple):
    """A series whose season has twelve steps, as the airline's."""

    first: date
    step: str
    values: tuple[int, ...]
    season: int

    day_of = Series.day_of


def test_simple_smoothing_answers_as_the_book_does() -> None:
    model = smoothing.fit(Shape("add", "", False, ""), OIL, 1)

    first, second = smoothing.predict(model, 2)

    assert model.shape.name == "ETS(A,N,N)"
    assert first == pytest.approx((542.6806, 504.4541, 580.9070, 484.2183, 601.1429), abs=0.01)
    assert second == pytest.approx((542.6806, 492.9073, 592.4539, 466.5589, 618.8023), abs=0.05)


def test_airline_is_smoothed_as_well_as_elsewhere() -> None:
    """R's forecast::ets finds ETS(M,Ad,M) with AIC 1395.166 and 18 parameters.

    Its likelihood leaves the constant of the normal distribution out.
    """
    damped = smoothing.GROWING[1]

    found = smoothing.fit(damped, AIR, 12, exactly=True)

    constant = len(AIR) / 2 * (log(len(AIR)) - log(2 * pi) - 1)
    assert found.shape.name == "ETS(M,Ad,M)"
    assert found.fitted.llf - constant == pytest.approx((1395.166 - 2 * 18) / -2, abs=1)


def test_repeating_errs_as_much_as_the_book_says() -> None:
    known = len(BEER) - 10

    found = measuring.measure(
        "naive", BEER, 4, [known], 10,
        lambda origin: measuring.seasonal_naive(BEER[:origin], 4, 10),
    )  # fmt: skip

    assert (found.mae, round(found.mase or 0, 2)) == (pytest.approx(13.4), 0.94)


def test_model_is_used_where_it_beats_what_was_and_its_error_told() -> None:
    found = choosing.forecast(Monthly(date(1949, 1, 1), WEEK, AIR, 12), 12)  # type: ignore[arg-type]

    used, other = found.errors
    assert found.beaten
    assert used.method.startswith("ETS(M,")
    assert other.method == "seasonal naive"
    assert used.mae < other.mae
    assert (used.mase or 9) < (other.mase or 0)
    assert used.within80 <= used.within95
    assert len(found.points) == 12
    assert all(one.low95 < one.low80 < one.mean < one.high80 < one.high95 for one in found.points)
    summer, autumn = found.points[6].mean, found.points[10].mean
    assert summer > 1.3 * autumn


def test_what_was_is_used_where_the_model_does_not_beat_it() -> None:
    week = (9, 0, 14, 3, 25, 1, 0)
    values = tuple(week[day % 7] for day in range(84))

    found = choosing.forecast(Series(date(2026, 2, 9), DAY, values), 7, floor=0)

    assert (found.method, found.beaten) == ("seasonal naive", False)
    assert [one.mean for one in found.points] == list(week)
    assert found.points[0].day == date(2026, 5, 4)


def test_nothing_is_forecast_from_too_little() -> None:
    late = Series(date(2026, 1, 1), WEEK, (0,) * 30 + (5,) * 25)

    with pytest.raises(TooLittleError, match="25 weeks alone; a forecast needs 26"):
        choosing.forecast(late, 4)


def test_cash_takes_what_is_known_when_it_comes_due() -> None:
    """Invoices of 28 days are paid a week late, rent recurs each 28 days, wages go on the 25th."""
    first, weeks = date(2025, 3, 10), 60
    days = [first + timedelta(days=day) for day in range(weeks * 7)]
    paid = [Paid(day, day + 28, day + 35 if day + 35 < len(days) else None, 100)
            for day in range(0, len(days), 7)]  # fmt: skip
    rent = tuple(-200 if day % 28 == 0 else 0 for day in range((weeks + 4) * 7))
    moved = [
        rent[place] + (100 if place >= 35 and place % 7 == 0 else 0) - (300 if day.day == 25 else 0)
        for place, day in enumerate(days)
    ]
    flows = Flows(first, 5_000, tuple(moved), tuple(paid), rent)

    found, known = forecast_cash(flows, 4)

    assert known == (Known(100, -200), Known(100, 0), Known(100, 0), Known(100, 0))
    assert [one.day for one in found.points] == [date(2026, 5, day) for day in (4, 11, 18, 25)]
    assert [one.mean for one in found.points] == [4_900, 5_000, 5_100, 4_900]
    assert found.method == "open items, recurring entries, days of the month of the rest"
    assert found.beaten
    assert found.errors[0].mae < 1
    assert found.errors[-1].method in ("balance stays", "open items, recurring entries, "
                                       "ETS(A,N,N) of the rest")  # fmt: skip


def test_history_of_tickets_and_cash_is_read_alike_on_both_engines(session: Session) -> None:
    open_trade(session)
    sold = invoice(session, "900.00", day=date(2026, 3, 2), terms=30)
    open_one = invoice(session, "70.00", day=date(2026, 4, 27), terms=14)
    bill(session, "40.00", day=date(2026, 4, 20), terms=7)
    pay(session, "900.00", sold, day=date(2026, 4, 8))
    make(session)
    when = session.now() - timedelta(days=3)
    connection.execute("UPDATE ticket SET created_at = ?", (int(when.timestamp()),))

    flows, currency = reading.cash_flows(session, 4)
    series = reading.ticket_series(session, DAY)

    assert open_one.head.total == 7_000
    assert (currency.code, flows.balance, sum(flows.moved)) == ("USD", 90_000, 90_000)
    assert flows.first == date(2026, 4, 6)
    assert flows.documents == (
        Paid(-35, -5, 2, 90_000), Paid(14, 21, None, -4_000), Paid(21, 35, None, 7_000),
    )  # fmt: skip
    assert series == Series(date(2026, 5, 1), DAY, (1, 0, 0))
    with pytest.raises(TooLittleError):
        reading.tickets(session, DAY)
    with pytest.raises(NotAllowedError):
        reading.cash(replace(session, permissions=frozenset(("ticket.read",))))


def test_command_asks_another_process_and_marks_estimates(command, sqlite_url: str) -> None:  # type: ignore[no-untyped-def]
    session = open_session(sqlite_url, StandingClock())
    base = int(session.now().timestamp()) - 3600
    creating_many(session, [base - 86_400 * day for day in range(90) for _ in range(day % 7 + 1)])
    connection.close_database()

    done = command("forecasts", "tickets", "--days", "7", "--json")

    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["estimate"] is True
    assert len(answer["points"]) == 7
    assert {each["method"] for each in answer["errors"]} >= {"seasonal naive"}
    assert answer["method"] == answer["errors"][0]["method"]


def creating_many(session: Session, instants: list[int]) -> None:
    make(session)
    columns = [row[0] for row in connection.fetch("SELECT name FROM pragma_table_info('ticket')")]
    names = ", ".join(name for name in columns if name not in ("id", "created_at"))
    for at in instants:
        connection.execute(
            f"INSERT INTO ticket (created_at, {names}) SELECT ?, {names} FROM ticket WHERE id = 1",
            (at,),
        )
