"""Documents to look at: invoices and bills in every state, on the books of `tests.books`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from boconsole.invoices import company, drafting, issuing, partners, undoing, worth
from boconsole.invoices.drafting import NewLine
from boconsole.ledger import limits
from boconsole.session import Session
from tests.books import draft
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


def waiting(session: Session) -> None:
    """Let one record of every kind, prepared by lea, wait for an approval above 500."""
    owed, origin = invoice(session, "900.00"), bill(session, "800.00", reference="B1")
    paid = pay(session, "700.00", invoice(session, "700.00"))
    limits.put(session, "500")
    lea = add_agent(session, "lea", ("accountant",))
    add_agent(session, "siti", ("approver",))
    draft(lea, "Assets:Equipment  7200 USD", "Liabilities:Loan", day=date(2026, 5, 2),
          about="Server")  # fmt: skip
    for total in ("600.00", "499.00"):
        drafting.prepare(lea, new(line(total), day=date(2026, 5, 3), reference="PO-7"))
    pay(lea, "900.00", owed, day=date(2026, 5, 4))
    bought = line("600.00", account="5100")
    drafting.prepare(lea, new(bought, kind="bill", reference="B2", day=date(2026, 5, 5)))
    undoing.undo(lea, paid, "bounced", date(2026, 5, 6))
    back = new(line("800.00", account="5100"), day=date(2026, 5, 7), partner="Paper Mill")
    issuing.credit(lea, origin, back)
