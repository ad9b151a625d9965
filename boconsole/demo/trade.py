"""What the company of the demo sells and buys: invoices, bills and what was paid of them.

Customers owe and suppliers wait by documents alone, so that what is open can be proved.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Literal, NamedTuple

from boconsole.invoices import drafting, issuing, partners, paying, taxes
from boconsole.invoices.drafting import NewInvoice, NewLine
from boconsole.invoices.paying import NewPayment
from boconsole.invoices.reading import Document
from boconsole.money import from_minor
from boconsole.session import Session
from boconsole.tickets import setting_up
from db.invoices import documents

CUSTOMERS = ("Batik Cendana", "Hotel Mulia", "Klinik Sehat", "Koperasi Maju", "Nusa Kargo",
             "Rumah Kopi", "Sekolah Harapan", "Toko Abadi")  # fmt: skip
SUPPLIERS = ("Sumber Komputer", "Mitra Jaringan", "Cetak Cepat")
BANK, COLLECTED, DEDUCTIBLE = "1111", "2121", "1181"
PRINTED = {
    "Hotel Mulia": ("Jl. Asia Afrika 8\nJakarta 10270", "01.234.567.8-091.000"),
    "Klinik Sehat": ("Jl. Diponegoro 71\nBandung 40115", "02.345.678.9-423.000"),
}
"""What documents print of some customers."""
PAID = 0.9
"""Part of the invoices that customers pay."""


class Deal(NamedTuple):
    """An invoice or a bill, and the day it is paid on, if ever."""

    dated: date
    kind: Literal["invoice", "bill"]
    partner: str
    net: int
    paid_on: date | None

    @property
    def line(self) -> NewLine:
        """What it is about."""
        text, account = (
            ("Faktur jasa", "4102") if self.kind == "invoice" else ("Barang dagangan", "5101")
        )
        return NewLine(text, Decimal(1), Decimal(self.net), account, "PPN")


def of_month(month: date, random: Random) -> Iterator[Deal]:
    """Yield six sales, mostly paid some weeks later, and two purchases."""
    for _sale in range(6):
        who, net = random.choice(CUSTOMERS), random.randrange(90, 480) * 100_000
        day = month.replace(day=random.randrange(1, 27))
        pays = random.random() < PAID
        paid_on = day + timedelta(random.randrange(7, 45)) if pays else None
        yield Deal(day, "invoice", who, net, paid_on)
    for _purchase in range(2):
        who, net = random.choice(SUPPLIERS), random.randrange(60, 260) * 100_000
        day = month.replace(day=random.randrange(1, 27))
        yield Deal(day, "bill", who, net, day + timedelta(random.randrange(14, 31)))


def keep(session: Session, deals: Sequence[Deal], today: date) -> int:
    """Enter everything up to today, in the caller's transaction; returns how many entries.

    Args:
        session: Who enters it.
        deals: In any order.
        today: The present of the demo.
    """
    known = set(documents.partner_names())
    for kind, names in (("customer", CUSTOMERS), ("supplier", SUPPLIERS)):
        for name in names:
            if name not in known:
                setting_up.add_organisation(session, name, kind=kind)
    for name, (address, tax_number) in PRINTED.items():
        facts = partners.read(session, name)
        partners.put(session, facts, address=address, tax_number=tax_number)
    taxes.add_pack(session, "ppn", collected=COLLECTED, deductible=DEDUCTIBLE)
    events = [(deal.dated, False, number) for number, deal in enumerate(deals)]
    events += [(deal.paid_on, True, number) for number, deal in enumerate(deals) if deal.paid_on]
    past = sorted(event for event in events if event[0] <= today)
    issued: dict[int, Document] = {}
    for day, pays, number in past:
        if pays:
            _pay(session, day, deals[number], issued[number])
        else:
            issued[number] = _issue(session, deals[number], f"T-{number:04}")
    drafting.prepare(session, _waiting(today))
    return len(past)


def leave_waiting(colleague: Session, today: date) -> None:
    """Prepare a bill above the threshold of approvals, which nobody has approved yet."""
    lines = [NewLine("Suku cadang peladen", Decimal(4), Decimal(9_750_000), "5101", "PPN")]
    supplier, day = "Mitra Jaringan", today - timedelta(1)
    drafting.prepare(
        colleague, NewInvoice("bill", supplier, day, "IDR", lines, reference="MJ-0418")
    )


def _waiting(today: date) -> NewInvoice:
    """Return an invoice that nobody has issued yet."""
    lines = [
        NewLine("Perawatan jaringan", Decimal(12), Decimal(450_000), "4102", "PPN", unit="jam"),
        NewLine("Kabel dan konektor", Decimal("35.5"), Decimal(18_000), "4102", "PPN",
                Decimal(10), "m"),
    ]  # fmt: skip
    return NewInvoice("invoice", "Hotel Mulia", today, "IDR", lines, terms=14, reference="PO-2217")


def _issue(session: Session, deal: Deal, reference: str) -> Document:
    new = NewInvoice(
        deal.kind, deal.partner, deal.dated, "IDR", [deal.line],
        reference=reference if deal.kind == "bill" else "",
    )  # fmt: skip
    return issuing.issue(session, drafting.prepare(session, new))


def _pay(session: Session, day: date, deal: Deal, made: Document) -> None:
    sold = deal.kind == "invoice"
    paying.pay(
        session,
        NewPayment(
            "in" if sold else "out", "receivable" if sold else "payable", deal.partner, day,
            "IDR", from_minor(made.head.total, made.head.precision), BANK,
            documents=[(made.number, None)],
        ),
    )  # fmt: skip
