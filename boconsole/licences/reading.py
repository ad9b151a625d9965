"""Licences as they are read: seats used and free, state, and how much of a product is used.

Used are the seats that somebody has, and the assets on which a product is although neither the
asset nor the person who has it has a seat.
"""

from datetime import date, timedelta
from typing import NamedTuple

from boconsole.errors import NotFoundError
from boconsole.language import _
from boconsole.licences import words
from boconsole.session import Session
from db.fields import number_of
from db.licences import products, register, seats
from db.licences.rows import InstallationRow, LicenceRow, SeatRow, UseRow

__all__ = ["InstallationRow", "LicenceRow", "SeatRow", "UseRow"]


class Licence(NamedTuple):
    """A licence on a day."""

    row: LicenceRow
    today: date

    @property
    def number(self) -> str:
        """`LIC-0007`."""
        return words.licence_number(self.row.id)

    @property
    def free(self) -> int:
        """Seats that can be given."""
        if self.state in (words.ENDED, words.RETIRED):
            return 0
        return self.row.seats - self.row.used - self.row.spent

    @property
    def state(self) -> str:
        """One of `words.STATE_TITLES`."""
        row = self.row
        if row.retired:
            return words.RETIRED
        if row.ends_on is None:
            return words.ACTIVE
        if row.ends_on < self.today:
            return words.ENDED
        warned = row.ends_on <= self.today + timedelta(days=row.warn_days)
        return words.ENDING if warned else words.ACTIVE

    @property
    def maintenance_ends(self) -> bool:
        """Whether the end of its maintenance is to be told now."""
        row = self.row
        until = row.maintained_until
        if row.retired or until is None:
            return False
        return self.today <= until <= self.today + timedelta(days=row.warn_days)


class Use(NamedTuple):
    """How much of a product is used."""

    row: UseRow

    @property
    def used(self) -> int:
        """Seats needed for what is used."""
        return self.row.assigned + self.row.uncovered

    @property
    def free(self) -> int:
        """Seats bought and not used."""
        return max(0, self.row.bought - self.used)

    @property
    def over(self) -> int:
        """Seats used and not bought."""
        return max(0, self.used - self.row.bought)

    @property
    def state(self) -> str:
        """One of `words.USE_TITLES`."""
        if self.over:
            return words.OVER
        if not self.used:
            return words.UNUSED
        return words.ROOM if self.free else words.FULL


def today_of(session: Session) -> date:
    """Return the present day in the zone of the one who acts."""
    return session.now().astimezone(session.zone).date()


def licences(session: Session) -> list[Licence]:
    """Return all licences by number."""
    session.require("licence.read")
    today = today_of(session)
    return [Licence(row, today) for row in register.select_licences()]


def of_product(session: Session, product_id: int) -> list[Licence]:
    """Return the licences of a product by number."""
    session.require("licence.read")
    today = today_of(session)
    return [Licence(row, today) for row in register.select_of_product(product_id)]


def of_supplier(session: Session, organisation_id: int) -> list[Licence]:
    """Return the licences that an organisation supplies, by number."""
    session.require("licence.read")
    today = today_of(session)
    return [Licence(row, today) for row in register.select_of_supplier(organisation_id)]


def get(session: Session, number: str) -> Licence:
    """Return the licence of a number such as LIC-0007; raises NotFoundError."""
    session.require("licence.read")
    return again(session, words.parse_licence_number(number))


def again(session: Session, licence_id: int) -> Licence:
    """Return a licence as it is now; raises NotFoundError."""
    row = register.find_licence(licence_id)
    if row is None:
        raise NotFoundError(_("licence {number}").format(number=words.licence_number(licence_id)))
    return Licence(row, today_of(session))


def seats_of(session: Session, licence_id: int) -> list[SeatRow]:
    """Return who has the seats of a licence by number, then who had them, newest first."""
    session.require("licence.read")
    found = seats.select_seats(licence_id)
    now = [seat for seat in found if seat.back_at is None]
    past = [seat for seat in found if seat.back_at is not None]
    past.sort(key=lambda seat: (seat.back_at or seat.given_at, seat.id), reverse=True)
    return [*now, *past]


def seats_of_contact(session: Session, contact_id: int) -> list[SeatRow]:
    """Return the seats that a person has."""
    session.require("licence.read")
    return seats.select_of_contact(contact_id)


def seats_of_asset(session: Session, asset_id: int) -> list[SeatRow]:
    """Return the seats that an asset has."""
    session.require("licence.read")
    return seats.select_of_asset(asset_id)


def uses(session: Session) -> list[Use]:
    """Return how much of each product is used: over-use first, the worst of it on top."""
    session.require("licence.read")
    found = [Use(row) for row in products.select_use(number_of(today_of(session)))]
    return sorted(found, key=lambda use: (-use.over, use.row.name.casefold(), use.row.id))


def use_of(session: Session, product_id: int) -> Use:
    """Return how much of one product is used; raises NotFoundError."""
    session.require("licence.read")
    row = products.find_use(product_id, number_of(today_of(session)))
    if row is None:
        raise NotFoundError(_("product {name}").format(name=product_id))
    return Use(row)


def use_named(session: Session, name: str) -> Use:
    """Return how much of the product of a name is used; raises NotFoundError."""
    found = products.find_product(" ".join(name.split()))
    if found is None:
        raise NotFoundError(_("product {name}").format(name=name[:60]))
    return use_of(session, found.id)


def installed(session: Session, product_id: int) -> list[InstallationRow]:
    """Return where a product is, by tag; those for which nobody has a seat first."""
    session.require("licence.read")
    return sorted(products.select_installed(product_id), key=lambda row: row.covered)


def installed_on(session: Session, asset_id: int) -> list[InstallationRow]:
    """Return the products on an asset, by name."""
    session.require("licence.read")
    return products.select_installed_on(asset_id)
