"""Documents and payments of a month that wait: what its closing has to wait for."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from boconsole.language import N_, _
from boconsole.ledger.checklist import SHOWN, Point, days_of
from boconsole.ledger.words import entry_number
from boconsole.session import Session
from db.fields import number_of
from db.invoices import checks
from db.ledger import entries
from db.ledger.rows import PeriodRow

TITLES = {
    "invoice": N_("Invoice"),
    "invoice-credit": N_("Credit note"),
    "bill": N_("Bill"),
    "bill-credit": N_("Supplier's credit note"),
    "payment": N_("Payment"),
    "undoing": N_("Undoing of payment"),
}
SALES, PURCHASES = ("invoice", "invoice-credit"), ("bill", "bill-credit")
MONEY = ("payment", "undoing")
MOST = 10_000
"""Drafts that are counted at most."""


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


def invoices(session: Session, period: PeriodRow) -> Point:
    """Return the point of the check list that names invoices and credit notes left as drafts."""
    return _point(session, period, "invoices", _("No invoice is a draft"), SALES)


def bills(session: Session, period: PeriodRow) -> Point:
    """Return the point that names bills and suppliers' credit notes left as drafts."""
    return _point(session, period, "bills", _("No bill is a draft"), PURCHASES)


def payments(session: Session, period: PeriodRow) -> Point:
    """Return the point that names payments, and undoings of payments, that are not posted."""
    return _point(session, period, "payments", _("No payment waits"), MONEY)


def unexplained(session: Session, period: PeriodRow) -> Point:
    """Return the point that names entries on receivables or payables without an open item."""
    session.require("invoice.read")
    ids = list(dict.fromkeys(row[0] for row in checks.select_per_entry()))
    heads = [head for head in entries.select_entries(ids).values() if head.dated <= period.ends]
    numbers = [entry_number(head.id, head.series, head.year, head.number) for head in heads]
    query = f"entry:{','.join(numbers[:SHOWN])}" if numbers else ""
    title = _("Control accounts hold what is open")
    return Point("controls", title, tuple(numbers[:SHOWN]), len(numbers), query)


def _point(
    session: Session, period: PeriodRow, name: str, title: str, kinds: Sequence[str]
) -> Point:
    session.require("invoice.read")
    found = [each for each in between(period.starts, period.ends, MOST) if each.kind in kinds]
    undoings = all(each.kind == "undoing" for each in found)
    query = "is:waiting" if undoings else f"is:draft {days_of(period)}"
    return Point(name, title, tuple(each.told for each in found[:SHOWN]), len(found), query)
