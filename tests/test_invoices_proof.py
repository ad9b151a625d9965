"""Open items equal the control accounts, taxes equal the ledger, and a difference is named."""

import random
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boconsole.errors import BoconsoleError
from boconsole.invoices import (
    account_statement,
    aged_list,
    aging,
    checking,
    drafting,
    issuing,
    paying,
    tax_report,
    undoing,
    worth,
)
from boconsole.invoices.paying import NewPayment
from boconsole.invoices.reading import Document
from boconsole.ledger import balances, entries, periods
from boconsole.ledger import checking as books
from boconsole.session import Session
from db import connection
from db.invoices import items
from db.invoices.rows import PaymentRow
from tests.books import enter, held
from tests.people import StandingClock, open_session
from tests.together import write_at_once
from tests.trade import MAY, bill, credited, invoice, issued, line, new, open_trade, pay, state


@pytest.fixture
def trade(session: Session) -> Session:
    open_trade(session)
    return session


def faults(session: Session) -> list[str]:
    return [fault.kind for fault in books.check(session, (checking.faults,)).faults]


def buckets(session: Session, at: date, side: str = "receivable") -> dict[str, tuple[int, ...]]:
    made = aged_list.make(session, aged_list.side_of(side), at)
    return {each.partner: each.buckets for each in made.contacts}


# Aged at any day


@pytest.mark.parametrize(
    ("overdue", "place"), [(0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4)]
)
def test_open_items_age_by_their_due_day(overdue: int, place: int) -> None:
    assert aging.bucket_of(MAY, MAY + timedelta(days=overdue)) == place
    assert aging.bucket_of(MAY, MAY - timedelta(days=9)) == 0


def test_aged_receivables_at_any_day(trade: Session) -> None:
    old = invoice(trade, "100.00", day=date(2026, 1, 1), due=date(2026, 1, 31))
    invoice(trade, "50.00", day=MAY, due=date(2026, 6, 3))
    paid = pay(trade, "30.00", old, day=date(2026, 3, 1))
    undoing.undo(trade, paid, "bounced", date(2026, 4, 1))

    assert buckets(trade, date(2025, 12, 31)) == {}
    assert buckets(trade, date(2026, 2, 28)) == {"Acme": (0, 100_00, 0, 0, 0)}
    assert buckets(trade, date(2026, 3, 2)) == {"Acme": (0, 70_00, 0, 0, 0)}
    assert buckets(trade, date(2026, 4, 1)) == {"Acme": (0, 0, 100_00, 0, 0)}
    assert buckets(trade, date(2026, 5, 4)) == {"Acme": (50_00, 0, 0, 0, 100_00)}


def test_payables_are_positive_and_credits_negative(trade: Session) -> None:
    bill(trade, "80.00", due=MAY)
    pay(trade, "30.00", day=MAY)

    assert buckets(trade, MAY, "payable") == {"Paper Mill": (80_00, 0, 0, 0, 0)}
    assert buckets(trade, MAY) == {"Acme": (-30_00, 0, 0, 0, 0)}


def test_payment_before_its_invoice_is_a_credit_until_then(trade: Session) -> None:
    made = invoice(trade, "100.00", day=date(2026, 5, 10))
    pay(trade, "100.00", made, day=date(2026, 5, 1))

    assert buckets(trade, date(2026, 5, 5))["Acme"][1] == -100_00
    assert buckets(trade, date(2026, 5, 10)) == {}
    assert faults(trade) == []


# Taxes


def test_tax_report_agrees_with_the_ledger(trade: Session) -> None:
    made = issued(trade, line("200", "T10"), line("50", "VAT"), line("9", "VAT-ZERO"))
    issued(trade, line("30", "T10", account="5100"), kind="bill")
    credited(trade, issued(trade, line("100", "T10")))
    issued(trade, line("1000", "T10"), day=date(2026, 6, 1))
    enter(trade, "2100  5.00 USD", "1100")

    found = tax_report.report(trade, date(2026, 5, 1), date(2026, 5, 31))

    assert [(box.side, box.code, box.net, box.tax) for box in found.boxes] == [
        ("sales", "T10", 200_00, 20_00),
        ("sales", "VAT", 50_00, 10_00),
        ("sales", "VAT-ZERO", 9_00, 0),
        ("purchases", "T10", 30_00, 3_00),
    ]
    assert [(each.account, each.taxes, each.booked, each.moved) for each in found.accounts] == [
        ("Assets:Tax Deductible", 3_00, 3_00, 3_00),
        ("Liabilities:Tax Collected", -30_00, -30_00, -25_00),
    ]
    assert found.agrees
    assert made.head.tax == 30_00


def test_line_that_is_booked_on_a_tax_account_is_no_tax(trade: Session) -> None:
    issued(trade, line("200", "T10"), line("7", account="2100"))

    found = tax_report.report(trade, MAY, MAY)

    assert [(each.taxes, each.booked, each.moved) for each in found.accounts] == [
        (-20_00, -20_00, -27_00)
    ]


def test_foreign_taxes_are_reported_in_the_reporting_currency(trade: Session) -> None:
    worth.set_reporting(trade, "USD")
    issued(trade, line("400", "T10"), currency="EUR", rate="5/6")

    found = tax_report.report(trade, MAY, MAY)

    assert [(box.commodity, box.net, box.tax) for box in found.boxes] == [("USD", 333_33, 33_33)]
    assert found.agrees


# Differences are named


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE open_item SET open = 1, open_value = 1 WHERE invoice_id = 1", "open item"),
        ("UPDATE open_item SET credited = 1 WHERE invoice_id = 1", "open item"),
        ("UPDATE allocation SET undone_on = 20260601", "open item"),
        ("UPDATE open_item SET amount = amount + 1, value = value + 1", "control"),
        ("UPDATE open_item SET dated = 20260101 WHERE invoice_id = 1", "control"),
        ("UPDATE open_item SET partner_id = 2 WHERE invoice_id = 1", "open item"),
        ("UPDATE invoice SET total = total + 1", "document"),
        ("UPDATE invoice_tax SET value = value + 1", "document"),
        ("UPDATE invoice_line SET value = value + 1", "document"),
        ("DELETE FROM payment", "document"),
    ],
)
def test_difference_is_named(local_session: Session, statement: str, kind: str) -> None:
    open_trade(local_session)
    made = issued(local_session, line("100", "T10"))
    pay(local_session, "50.00", made)
    assert faults(local_session) == []
    _disarm()

    connection.execute("PRAGMA foreign_keys = 0")
    connection.execute(statement)

    assert kind in faults(local_session)


def _disarm() -> None:
    rows = connection.fetch("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (name,) in rows:
        connection.execute(f"DROP TRIGGER {name}")


def test_import_on_a_control_account_is_named(trade: Session) -> None:
    enter(trade, "1200  10.00 USD", "4000", kind="import")

    found = books.check(trade, (checking.faults,)).faults

    assert [fault.kind for fault in found] == ["control", "control"]
    assert "JNL-2026-00001 moves Assets:Receivable by 10.00 USD" in found[0].reason


# Whatever is done


class Trader:
    """Somebody who issues, pays, undoes and credits; refusals are fine, broken books are not."""

    KINDS = ("invoice", "invoice", "bill", "pay", "pay", "named", "named", "offset", "offset",
             "undo", "undo", "credit", "credit", "refund", "part", "write off", "lock",
             "draft")  # fmt: skip

    def __init__(self, session: Session) -> None:
        self.session = session
        self.made: list[Document] = []
        self.paid: list[PaymentRow] = []
        self.done = 0

    def step(self, what: str, cents: int, days: int, pick: int, rate: int) -> None:
        try:
            self.do(what, Decimal(cents) / 100, date(2026, 1, 1) + timedelta(days=days), pick, rate)
            self.done += 1
        except BoconsoleError:
            return

    def do(self, what: str, amount: Decimal, day: date, pick: int, rate: int) -> None:
        session = self.session
        currency = "EUR" if pick % 3 == 0 else "USD"
        more = {"currency": currency, "rate": f"{rate}/97" if currency == "EUR" else "",
                "day": day}  # fmt: skip
        side = "receivable" if pick % 2 else "payable"
        money = "in" if pick % 2 else "out"
        chosen = self.made[pick % len(self.made)] if self.made else None
        if what == "invoice":
            taxes = ("", "T10", "VAT", "T10 VAT")[rate % 4]
            one = line(str(amount), taxes, quantity="1.5")
            self.made.append(issued(session, one, line("3.33"), **more))
        elif what == "bill":
            self.made.append(
                issued(session, line(str(amount), "T10", account="5100"), kind="bill", **more)
            )
        elif what == "pay":
            self.paid.append(pay(session, str(amount), kind=money, side=side, **more))
        elif what == "offset":
            self.paid.append(self.set_off(side, currency))
        elif what == "lock":
            periods.set_lock(session, "sales", date(2025, 12, 1) + timedelta(days=pick))
        elif what == "draft":
            drafting.prepare(session, new(line(str(amount))))
        elif what == "undo" and self.paid:
            self.undo(self.paid[pick % len(self.paid)].id, day + timedelta(days=90))
        elif chosen is not None:
            self.settle(what, chosen, amount, day, rate)

    def set_off(self, side: str, currency: str) -> PaymentRow:
        """Set as much as can be of a partner's credits against what is open."""
        partner = 1 if side == "receivable" else 2
        commodity = connection.fetch("SELECT id FROM commodity WHERE code = ?", (currency,))
        waiting = items.select_open(side, partner, commodity[0][0]) if commodity else []
        owed = sum(item.open for item in waiting if item.open > 0)
        given = sum(-item.open for item in waiting if item.open < 0)
        amount = str(Decimal(min(owed, given)) / 100)
        return pay(self.session, amount, kind="offset", account="", side=side, currency=currency,
                   day=date(2026, 3, 15))  # fmt: skip

    def undo(self, payment_id: int, day: date) -> None:
        undoing.undo(self.session, paying.again(payment_id), "because", day)

    def settle(self, what: str, chosen: Document, amount: Decimal, day: date, rate: int) -> None:
        head = chosen.head
        side = "receivable" if head.kind.startswith("invoice") else "payable"
        owed = head.kind in ("invoice", "bill")
        if what == "credit":
            self.made.append(credited(self.session, chosen, day))
            return
        if what == "part":
            part = new(line(str(amount)), day=day, partner=head.partner, currency=head.commodity)
            self.made.append(
                issuing.issue(self.session, issuing.credit(self.session, chosen, part))
            )
            return
        kind = "in" if owed == (side == "receivable") else "out"
        less = Decimal("0.01") if what == "write off" else Decimal(0)
        wanted = Decimal(state(self.session, chosen)[1]) / 100 - less
        self.paid.append(
            paying.pay(
                self.session,
                NewPayment(
                    kind, side, head.partner, day, head.commodity,  # type: ignore[arg-type]  # words
                    amount if what == "named" else wanted, "1100",
                    rate=f"{rate}/97" if head.commodity == "EUR" else "",
                    documents=[(chosen.number, None)], written_off=less,
                    write_off_account="5900", reason="rest",
                ),
            )
        )  # fmt: skip


def hold(session: Session) -> None:
    """Assert what holds of documents and books at all times."""
    assert faults(session) == []
    for day in (date(2026, 1, 20), date(2026, 2, 20), date(9999, 12, 31)):
        for side, code in (("receivable", "1200"), ("payable", "2000")):
            sums: dict[str, int] = {}
            for row in items.select_at(side, day):
                sums[row.commodity] = sums.get(row.commodity, 0) + row.open
            booked = {
                each.commodity.code: each.amount
                for each in balances.balances(session, f"code:{code}", day)
            }
            assert {code: amount for code, amount in sums.items() if amount} == booked
            side_ = aged_list.side_of(side)
            assert aged_list.make(session, side_, day, valued=True).holds
    for valued in (False, True):
        told = account_statement.make(
            session, "Acme", "receivable", date(2026, 1, 15), date(2026, 2, 20), valued=valued
        )
        assert told.holds
    found = tax_report.report(session, date(2026, 1, 1), date(2026, 12, 31))
    assert found.agrees
    assert all(each.booked == each.moved for each in found.accounts)


@pytest.fixture
def fresh(sqlite_template: Path, tmp_path: Path, clock: StandingClock) -> Iterator[Path]:
    """A database with the trade set up, to copy."""
    path = tmp_path / "trade.sqlite"
    shutil.copy(sqlite_template, path)
    _begin(open_session(f"sqlite:///{path}", clock))
    connection.close_database()
    yield path
    connection.close_database()


def _begin(session: Session) -> None:
    open_trade(session)
    worth.set_reporting(session, "USD")
    paying.set_write_off_limit(session, "1")


STEPS = st.lists(
    st.tuples(
        st.sampled_from(Trader.KINDS), st.integers(1, 99_999), st.integers(0, 60),
        st.integers(0, 30), st.integers(60, 140),
    ),
    min_size=4, max_size=20,
)  # fmt: skip


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_books_hold_whatever_is_traded(fresh: Path, steps: list[tuple]) -> None:  # type: ignore[type-arg]
    copy = fresh.with_name("copy.sqlite")
    shutil.copy(fresh, copy)
    trader = Trader(open_session(f"sqlite:///{copy}", StandingClock()))

    for step in steps:
        trader.step(*step)

    hold(trader.session)
    connection.close_database()


def test_books_hold_after_a_long_walk(session: Session) -> None:
    _begin(session)
    trader, chance = Trader(session), random.Random(20260504)

    for _round in range(150):
        trader.step(
            chance.choice(Trader.KINDS), chance.randrange(1, 99_999), chance.randrange(60),
            chance.randrange(30), chance.randrange(60, 140),
        )  # fmt: skip

    assert len(trader.made) > 15
    assert len(trader.paid) > 15
    hold(session)


def test_credit_note_of_a_partly_paid_foreign_invoice_leaves_nothing(trade: Session) -> None:
    worth.set_reporting(trade, "USD")
    for paid in ("33.33", "50.00", "66.67"):
        made = invoice(trade, "100.00", currency="EUR", rate="5/6")
        pay(trade, paid, made, currency="EUR", rate="1.1")
        note = credited(trade, made)
        pay(trade, paid, note, kind="out", currency="EUR", rate="1.1")

    part = invoice(trade, "100.00", currency="EUR", rate="5/6")
    for amount in ("33.33", "33.33", "33.34"):
        note = issuing.credit(trade, part, new(line(amount), currency="EUR"))
        issuing.issue(trade, note)

    assert faults(trade) == []
    assert held(trade, "code:1200") == {}


def test_undoing_everything_leaves_what_was_issued(trade: Session) -> None:
    worth.set_reporting(trade, "USD")
    made = [invoice(trade, "100.00", currency="EUR", rate=f"{rate}/100") for rate in (110, 90, 101)]
    before = held(trade)
    paid = [
        pay(trade, amount, currency="EUR", rate="97/100")
        for amount in ("150.00", "33.33", "200.00")
    ]

    for each in reversed(paid):
        undoing.undo(trade, each, "bounced")

    assert held(trade) == before
    assert [state(trade, each) for each in made] == [("issued", 100_00)] * 3
    assert faults(trade) == []
    assert entries.get(trade, "RCP-2026-00001").state == "reversed"


WRITER = """
from datetime import date
from boconsole.attempting import attempt
from db import connection
from tests.people import StandingClock, open_session
from tests.together import write_at_once
from tests.trade import invoice, pay

def write(url, number):
    session = open_session(url, StandingClock())
    for turn in range(5):
        day = date(2026, 1 + turn % 3, 1 + number)
        made = attempt(lambda: invoice(session, "10.00", day=day))
        attempt(lambda: pay(session, "7.00", made, day=day))
        attempt(lambda: pay(session, "1.00", day=day))
    connection.close_database()
"""


def test_six_writers_leave_whole_books(trade: Session) -> None:
    invoice(trade, day=date(2026, 1, 1))

    wrong = write_at_once(WRITER, connection.address(), 6)

    assert wrong == ("", "")
    assert connection.fetch("SELECT count(*) FROM open_item") == [(1 + 6 * 5 * 3,)]
    hold(trade)
