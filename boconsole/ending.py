"""What ends when: licences, maintenance, warranties, loans; one registry for every area.

An area that has something which ends adds a function to `SOURCES`; the calendar, its room and its
command follow.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from importlib import import_module
from typing import NamedTuple, cast

from boconsole.filters.whole import Has, Register
from boconsole.language import N_
from boconsole.session import Session

SOURCES = (
    "boconsole.licences.ending:endings",
    "boconsole.stock.ending:endings",
    "boconsole.assets.service.ending:endings",
    "boconsole.staff.ending:endings",
    "boconsole.recruitment.ending:endings",
    "boconsole.assessments.ending:endings",
    "boconsole.registry.ending:endings",
)
"""`module:function`, which answers `Ending`s between two days that the session may read."""
TITLES = {
    "licence": N_("Licence"),
    "maintenance": N_("Maintenance"),
    "service": N_("Service"),
    "warranty": N_("Warranty"),
    "life": N_("End of life"),
    "candidate": N_("Candidate"),
    "offer": N_("Offer"),
    "return": N_("Return"),
    "contract": N_("Contract"),
    "document": N_("Document"),
    "notice": N_("Notice"),
    "obligation": N_("Duty"),
    "assessment": N_("Assessment"),
}
"""What can end; a source adds its own word."""
BACK, AHEAD = 365, 3_650


class Ending(NamedTuple):
    """Something that ends.

    Attributes:
        day: Its last day.
        what: One of `TITLES`.
        number: Of the record, by which it is opened.
        title: What it is called.
        about: A word more: who has it, how many seats.
        area: Of the record.
        days: From today on; below 0 it ended.
    """

    day: date
    what: str
    number: str
    title: str
    about: str
    area: str
    days: int = 0


def between(session: Session, first: date, last: date) -> list[Ending]:
    """Return what ends from one day to another, by day; what may not be read is left out."""
    today = session.now().astimezone(session.zone).date()
    found = [each for source in SOURCES for each in _source(source)(session, first, last)]
    dated = [each._replace(days=(each.day - today).days) for each in found]
    return sorted(dated, key=lambda each: (each.day, each.what, each.number))


def around(session: Session) -> list[Ending]:
    """Return what ended within a year, and all that is known to end."""
    today = session.now().astimezone(session.zone).date()
    return between(session, today - timedelta(days=BACK), today + timedelta(days=AHEAD))


def _source(place: str) -> Callable[[Session, date, date], Sequence[Ending]]:
    module, _colon, name = place.partition(":")
    return cast(
        "Callable[[Session, date, date], Sequence[Ending]]", getattr(import_module(module), name)
    )


ENDINGS: Register[Ending] = Register(
    text=lambda one: f"{one.number}\n{one.title}\n{one.about}",
    fields={
        "ends": Has(lambda one: one.day, "day"),
        "days": Has(lambda one: one.days, "number"),
        "what": Has(lambda one: one.what, "choice", tuple(TITLES)),
        "number": Has(lambda one: one.number),
        "title": Has(lambda one: one.title),
    },
)
