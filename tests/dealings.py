"""Documents to look at: invoices and bills in every state, on the books of `tests.books`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from boconsole.invoices import company, drafting, partners, worth
from boconsole.invoices.drafting import NewLine
from boconsole.session import Session
from tests.people import add_agent
from tests.trade import bill, credited, invoice, issued, line, new, open_trade, pay

WORK = NewLine("Consulting in April", Decimal("12.5"), Decimal("150"), "4000", "T10",
               Decimal(5), "h")  # fmt: skip
TRAVEL = NewLine("Travel to Zürich", Decimal(1), Decimal("84.20"), "4000")


def build(session: Session) -> None:
    """Sell and buy."""
    open_trade(session)
    worth.set_reporting(session, "USD")
    company.put(session, "company-name", "Arunika Niaga")
    partners.put(session, partners.read(session, "Acme"), address="Dam 1\nAmsterdam",
                 tax_number="NL123456789B01")  # fmt: skip
    paid = invoice(session, "1200.00", day=date(2026, 3, 2), reference="PO-4401")
    partly = issued(session, WORK, TRAVEL, day=date(2026, 3, 20), reference="PO-4407", terms=14)
    taken_back = invoice(session, "300.00", day=date(2026, 4, 1))
    credited(session, taken_back, date(2026, 4, 2))
    invoice(session, "640.00", day=date(2026, 4, 28), currency="EUR", rate="1.10")
    drafting.prepare(session, new(WORK, day=date(2026, 5, 2), note="Thank you"))
    kim = add_agent(session, "kim", ("accountant",))
    drafting.prepare(kim, new(line("75.00", "VAT"), day=date(2026, 5, 3)))
    bill(session, "410.00", day=date(2026, 4, 10), reference="A-17")
    pay(session, "1200.00", paid, day=date(2026, 3, 30))
    pay(session, "500.00", partly, day=date(2026, 4, 4))
