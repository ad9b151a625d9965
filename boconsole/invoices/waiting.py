"""Documents and payments of a month that wait: what its closing has to wait for."""

from datetime import date
from typing import NamedTuple

from boconsole.language import N_, _
from boconsole.ledger.checklist import SHOWN, Point
from boconsole.session import Session
from db.fields import number_of
from db.invoices import checks
from db.ledger.rows import PeriodRow

TITLES = {
    "invoice": N_("Invoice"),
    "invoice-credit": N_("Credit note"),
    "bill": N_("Bill"),
    "bill-credit": N_("Supplier's credit note"),
    "payment": N_("Payment"),
    "undoing": N_("Undoing of payment"),
}


class Waiting(NamedTuple):
    """A draft of a document or payment, or the undoing of a payment that nobody approved."""

    kind: str
    id: int

    @property
    def told(self) -> str:
        """What it is, for people: `Bill #7`."""
        return f"{_(TITLES[self.kind])} #{self.id}"


def between(starts: date, ends: date, limit: int = SHOWN) -> list[Waiting]:
    """Return what waits from one day to another, both included."""
    found = checks.select_waiting(number_of(starts), number_of(ends), limit)
    return [Waiting(*row) for row in found]


def documents(session: Session, period: PeriodRow) -> Point:
    """Return the point of the check list that says whether any is left."""
    session.require("invoice.read")
    causes = tuple(each.told for each in between(period.starts, period.ends))
    return Point("documents", _("No document or payment is a draft"), causes)
