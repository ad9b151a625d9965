"""Taxes of a time: what was taxed, and that the ledger says the same."""

from datetime import date
from typing import NamedTuple

from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _
from boconsole.session import Session
from db.fields import number_of
from db.invoices import reports
from db.invoices.reports import TaxAccount, TaxBox

SIDES = (N_("sales"), N_("purchases"))


class TaxReport(NamedTuple):
    """Boxes by code and rate, and the accounts that they are booked on."""

    starts: date
    ends: date
    boxes: tuple[TaxBox, ...]
    accounts: tuple[TaxAccount, ...]

    @property
    def agrees(self) -> bool:
        """Whether the entries of documents book exactly their taxes."""
        return all(each.taxes == each.booked for each in self.accounts)


def report(session: Session, starts: date, ends: date) -> TaxReport:
    """Return the taxes between two days, both included.

    Raises:
        InvalidChangeError: The end comes before the start.
    """
    session.require("tax.read")
    if ends < starts:
        raise InvalidChangeError("to", _("it ends before it starts"))
    span = number_of(starts), number_of(ends)
    return TaxReport(
        starts, ends, tuple(reports.select_boxes(*span)), tuple(reports.select_accounts(*span))
    )
