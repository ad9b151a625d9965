"""The days of a year on which nobody works, or all do: of the country and of the company."""

from datetime import date
from typing import NamedTuple

from boconsole.language import N_
from boconsole.leave import calendar, words
from boconsole.leave.calendar import PUBLIC
from boconsole.leave.permitted import today_of
from boconsole.session import Session
from db.leave import types
from db.leave.rows import DayOffRow
from db.staff import facts, people

KINDS = {PUBLIC: N_("holiday"), **words.OWN_DAYS}


class YearDay(NamedTuple):
    """A day; `own` is the row of the company, None for a holiday of the country."""

    day: date
    name: str
    kind: str
    country: str
    region: str
    own: DayOffRow | None = None


def of_year(session: Session, year: int, country: str = "", region: str = "") -> list[YearDay]:
    """Return the days of a year in order.

    Args:
        session: Who reads.
        year: Which.
        country: Whose holidays; empty takes that of the reader's own schedule.
        region: A part of it.

    Raises:
        UnknownCountryError: No holidays are known there.
    """
    country, region = country.strip().upper(), region.strip().upper()
    if not country:
        country, region = _place(session)
    own = types.select_days_off(date(year, 1, 1), date(year, 12, 31))
    mine = {row.day for row in own if row.country in ("", country)}
    public = calendar.public_days(country, region, year, session.language)
    found = [YearDay(day, name, PUBLIC, country, region)
             for day, name in public.items() if day not in mine]  # fmt: skip
    found += [YearDay(row.day, row.name, row.kind, row.country, row.region, row) for row in own]
    return sorted(found, key=lambda each: (each.day, each.country, each.region))


def _place(session: Session) -> tuple[str, str]:
    """Return the country of the reader's schedule, or else the one most people have."""
    today = today_of(session)
    row = people.find_of_user(session.user.id)
    held = facts.select_at("schedule", today, [row.id] if row else None)
    places = [(each.country, each.region) for each in held.values() if each.country]
    return max(set(places), key=places.count) if places else ("", "")
