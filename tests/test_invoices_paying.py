"""Payments: what they settle, gain and refuse, and that undoing restores it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from boconsole.errors import InvalidChangeError, NotAllowedError, StaleRecordError
from boconsole.invoices import completing, paying, undoing, worth
from boconsole.invoices.planning import SettlementError, WriteOffError
from boconsole.invoices.reading import Document
from boconsole.invoices.words import payment_number
from boconsole.ledger import limits, periods
from boconsole.ledger.errors import ApprovalError, ControlError, PeriodClosedError
from boconsole.money import PrecisionError
from boconsole.session import Session
from db import connection
from db.errors import StorageError
from db.invoices.rows import PaymentRow
from tests.books import held
from tests.people import add_agent
from tests.trade import MAY, bill, credited, invoice, open_trade, pay, state

JUNE = date(2026, 6, 1)


@pytest.fixture
def trade(session: Session) -> Session:
    open_trade(session)
    return session


@pytest.fixture
def local(local_session: Session) -> Session:
    open_trade(local_session)
    return local_session


def number(row: PaymentRow) -> str:
    return payment_number(row)


# What is settled


def test_part_is_paid_then_the_rest(trade: Session) -> None:
    made = invoice(trade, "100.00")

    first = pay(trade, "40.00", made)
    assert (number(first), state(trade, made)) == ("RCP-2026-00001", ("partly paid", 60_00))
    pay(trade, "60.00", made)

    assert state(trade, made) == ("paid", 0)
    assert held(trade) == {"Assets:Bank": "100.00 USD", "Income:Sales": "-100.00 USD"}


def test_oldest_due_is_paid_first(trade: Session) -> None:
    late = invoice(trade, "30.00", due=date(2026, 7, 1))
    early = invoice(trade, "50.00", due=date(2026, 5, 20))

    pay(trade, "60.00")

    assert state(trade, early) == ("paid", 0)
    assert state(trade, late) == ("partly paid", 20_00)


def test_payment_goes_over_the_documents_that_are_named(trade: Session) -> None:
    made = [invoice(trade, amount) for amount in ("10.00", "20.00", "30.00")]

    pay(trade, "35.00", (made[2], "25.00"), made[1])

    assert [state(trade, each)[1] for each in made] == [10_00, 10_00, 5_00]


def test_too_much_stays_as_a_credit_for_later(trade: Session) -> None:
    pay(trade, "150.00", invoice(trade, "100.00"))
    assert held(trade, "code:1200") == {"Assets:Receivable": "-50.00 USD"}
    later = invoice(trade, "80.00")

    set_off = pay(trade, "50.00", later, kind="offset", account="")

    assert number(set_off) == "#2"
    assert state(trade, later) == ("partly paid", 30_00)
    assert held(trade, "code:1200") == {"Assets:Receivable": "30.00 USD"}


def test_deposit_is_taken_from_a_later_invoice_and_not_twice(trade: Session) -> None:
    """Source: Tryton, modules/account_deposit/tests/scenario_deposit.rst."""
    pay(trade, "100.00")
    made = invoice(trade, "500.00")

    with pytest.raises(SettlementError, match="Acme has no credit of so much"):
        pay(trade, "200.00", made, kind="offset", account="")
    pay(trade, "100.00", made, kind="offset", account="")

    assert state(trade, made) == ("partly paid", 400_00)


def test_credit_note_of_a_paid_invoice_is_paid_back(trade: Session) -> None:
    made = invoice(trade, "100.00")
    pay(trade, "100.00", made)
    note = credited(trade, made)
    assert state(trade, note) == ("issued", 100_00)

    back = pay(trade, "100.00", note, kind="out")

    assert number(back) == "PAY-2026-00001"
    assert state(trade, note) == ("paid", 0)
    assert held(trade) == {}


def test_bill_is_paid_from_the_bank(trade: Session) -> None:
    made = bill(trade, "70.00")

    pay(trade, "70.00", made, kind="out", side="payable")

    assert state(trade, made) == ("paid", 0)
    assert held(trade) == {"Assets:Bank": "-70.00 USD", "Expenses:Supplies": "70.00 USD"}


def test_supplier_credit_is_set_against_a_bill(trade: Session) -> None:
    old = bill(trade, "70.00")
    pay(trade, "70.00", old, kind="out", side="payable")
    note = credited(trade, old)
    made = bill(trade, "100.00")

    pay(trade, "70.00", made, kind="offset", side="payable", account="")

    assert (state(trade, note), state(trade, made)) == (("paid", 0), ("partly paid", 30_00))


# Other currencies


def test_gain_of_an_invoice_paid_at_another_rate(trade: Session) -> None:
    """Source: Tryton, scenario_invoice_alternate_currency_rate_change.rst."""
    worth.set_reporting(trade, "USD")
    made = invoice(trade, "400.00", currency="EUR", rate="1/1.20")

    paid = pay(trade, "400.00", made, currency="EUR", rate="1/1.10")

    assert paid.gain == 30_31
    assert held(trade) == {
        "Assets:Bank": "400.00 EUR",
        "Income:Exchange Gains": "-30.31 USD",
        "Income:Sales": "-333.33 USD",
    }
    assert values(trade) == {"Assets:Bank": 363_64, "Income:Sales": -333_33,
                             "Income:Exchange Gains": -30_31}  # fmt: skip


def values(session: Session) -> dict[str, int]:
    from boconsole.ledger import balances

    found: dict[str, int] = {}
    for each in balances.worths(session):
        found[each.account.path] = found.get(each.account.path, 0) + each.value
    return {path: value for path, value in found.items() if value}


def test_realised_gain_of_a_bill_without_revaluation(trade: Session) -> None:
    """Source: inputs of frappe/erpnext issue 56648; unrealised and realised sum to this."""
    worth.set_reporting(trade, "INR")
    made = bill(trade, "388.00", currency="USD", rate="94.39")

    paid = pay(trade, "388.00", made, kind="out", side="payable", rate="94.125")

    assert paid.gain == 102_82


def test_bank_in_the_reporting_currency(trade: Session) -> None:
    worth.set_reporting(trade, "USD")
    made = invoice(trade, "400.00", currency="EUR", rate="5/6")

    paid = pay(trade, "400.00", made, currency="EUR", paid=(Decimal("363.64"), "USD"))

    assert paid.gain == 30_31
    assert held(trade, "code:1100") == {"Assets:Bank": "363.64 USD"}


def test_parts_at_several_rates_leave_nothing(trade: Session) -> None:
    worth.set_reporting(trade, "USD")
    made = invoice(trade, "100.00", currency="EUR", rate="5/6")

    gains = [
        pay(trade, amount, made, currency="EUR", rate=rate).gain
        for amount, rate in (("33.33", "1.1"), ("33.33", "0.9"), ("33.34", "5/6"))
    ]

    assert gains == [8_89, 2_22, 0]
    assert "Assets:Receivable" not in values(trade)


def test_credit_of_another_rate_is_set_off_with_its_difference(trade: Session) -> None:
    worth.set_reporting(trade, "USD")
    pay(trade, "100.00", currency="EUR", rate="1.2")
    made = invoice(trade, "100.00", currency="EUR", rate="1.1")

    set_off = pay(trade, "100.00", made, kind="offset", account="", currency="EUR")

    assert (set_off.gain, number(set_off)) == (10_00, "OFS-2026-00001")
    assert "Assets:Receivable" not in values(trade)
    undoing.undo(trade, set_off, "by mistake")
    assert values(trade)["Assets:Receivable"] == -10_00
    assert state(trade, made) == ("issued", 100_00)


def test_gain_needs_its_account(trade: Session) -> None:
    from boconsole.ledger import accounts
    from boconsole.ledger.accounts import NewAccount

    account = accounts.find("4900")
    accounts.change(trade, account, NewAccount(account.path, "4900", "income"))
    worth.set_reporting(trade, "USD")
    made = invoice(trade, "400.00", currency="EUR", rate="1.1")

    with pytest.raises(ControlError, match="role gains"):
        pay(trade, "400.00", made, currency="EUR", rate="1.2")
    assert state(trade, made) == ("issued", 400_00)


# Write-offs


def test_small_rest_is_written_off_with_a_reason(trade: Session) -> None:
    paying.set_write_off_limit(trade, "1")
    made = invoice(trade, "100.00")

    pay(trade, "99.50", made, written_off=Decimal("0.50"), write_off_account="5900",
        reason="Bank charge")  # fmt: skip

    assert state(trade, made) == ("paid", 0)
    assert held(trade, "code:5900") == {"Expenses:Written Off": "0.50 USD"}


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"written_off": Decimal("1.01"), "reason": "x"}, WriteOffError),
        ({"written_off": Decimal("0.50"), "reason": " "}, InvalidChangeError),
        ({"written_off": Decimal("-0.50"), "reason": "x"}, WriteOffError),
        ({"written_off": Decimal("0.60"), "reason": "x"}, WriteOffError),
    ],
)
def test_write_off_beyond_its_limits_is_refused(
    local: Session, given: dict[str, object], refusal: type
) -> None:
    paying.set_write_off_limit(local, "1")
    made = invoice(local, "100.00")

    with pytest.raises(refusal):
        pay(local, "99.50", made, write_off_account="5900", **given)
    assert state(local, made) == ("issued", 100_00)


def test_nothing_is_written_off_without_a_limit(local: Session) -> None:
    made = invoice(local, "100.00")

    with pytest.raises(WriteOffError, match="At most 0 USD"):
        pay(local, "99.99", made, written_off=Decimal("0.01"), write_off_account="5900",
            reason="x")  # fmt: skip


# Undoing


def test_undoing_opens_again_what_was_settled(trade: Session) -> None:
    made = [invoice(trade, "100.00"), invoice(trade, "50.00")]
    paid = pay(trade, "120.00", *made)
    before = [state(trade, each) for each in made]

    undone = undoing.undo(trade, paid, "bounced")

    assert before == [("paid", 0), ("partly paid", 30_00)]
    assert [state(trade, each) for each in made] == [("issued", 100_00), ("issued", 50_00)]
    assert (undone.state, undone.undo_reason) == ("undone", "bounced")
    assert held(trade, "code:1100") == {}
    with pytest.raises(SettlementError):
        undoing.undo(trade, undone, "again")


def test_credit_that_was_used_is_not_undone_first(trade: Session) -> None:
    paid = pay(trade, "100.00")
    used = pay(trade, "60.00", invoice(trade, "60.00"), kind="offset", account="")

    with pytest.raises(SettlementError, match="undo #2 first"):
        undoing.undo(trade, paid, "bounced")
    undoing.undo(trade, used, "first")
    assert undoing.undo(trade, paid, "bounced").state == "undone"


def test_credit_is_not_set_off_before_it_was_there(local: Session) -> None:
    pay(local, "80.00", day=JUNE)
    made = invoice(local, "30.00")

    with pytest.raises(SettlementError, match="What is set off is of 2026-06-01"):
        pay(local, "30.00", made, kind="offset", account="", day=MAY)
    pay(local, "30.00", made, kind="offset", account="", day=JUNE)

    assert state(local, made) == ("paid", 0)


def test_undoing_needs_a_reason_and_a_later_day(local: Session) -> None:
    paid = pay(local, "100.00")

    for reason, day in (("", None), ("x", date(2026, 5, 3))):
        with pytest.raises(InvalidChangeError):
            undoing.undo(local, paid, reason, day)


# What is refused


def test_large_payment_waits_for_a_colleague(trade: Session) -> None:
    boss = add_agent(trade, "boss", ("approver",))
    made = invoice(trade, "900.00")
    limits.put(trade, "500")

    waiting = pay(trade, "900.00", made)
    assert (waiting.state, state(trade, made)) == ("draft", ("issued", 900_00))
    for refused in (
        lambda: completing.post(trade, waiting),
        lambda: paying.approve(trade, waiting),
    ):
        with pytest.raises(ApprovalError):
            refused()
    approved = paying.approve(boss, waiting)
    posted = completing.post(trade, approved)
    assert state(trade, made) == ("paid", 0)

    asked = undoing.undo(trade, posted, "bounced", JUNE)
    assert (asked.state, state(trade, made)) == ("posted", ("paid", 0))
    with pytest.raises(ApprovalError):
        paying.approve(trade, asked)
    agreed = paying.approve(boss, asked)
    assert undoing.undo(trade, agreed).state == "undone"
    assert state(trade, made) == ("issued", 900_00)


def test_who_approved_an_undoing_does_not_do_it(local: Session) -> None:
    both = add_agent(local, "both", ("accountant", "approver"))
    paid = pay(local, "900.00")
    limits.put(local, "500")
    agreed = paying.approve(both, undoing.undo(local, paid, "bounced"))

    with pytest.raises(ApprovalError, match="You approved to undo RCP-2026-00001"):
        undoing.undo(both, agreed)
    assert undoing.undo(local, agreed).state == "undone"


def test_payment_that_waited_meets_a_lock_and_is_posted_once(local: Session) -> None:
    boss = add_agent(local, "boss", ("approver",))
    limits.put(local, "500")
    first, second = (paying.approve(boss, pay(local, "900.00")) for _turn in range(2))

    completing.post(local, first)
    with pytest.raises(StaleRecordError):
        completing.post(local, first)
    periods.set_lock(local, "sales", MAY)
    with pytest.raises(PeriodClosedError):
        completing.post(local, second)


def test_payment_that_waited_is_checked_again(trade: Session) -> None:
    boss = add_agent(trade, "boss", ("approver",))
    made = invoice(trade, "900.00")
    limits.put(trade, "500")
    first, second = (paying.approve(boss, pay(trade, "900.00", made)) for _turn in range(2))

    completing.post(trade, first)

    with pytest.raises(SettlementError, match=r"Only 0\.00 USD is open"):
        completing.post(trade, second)
    assert held(trade, "code:1100") == {"Assets:Bank": "900.00 USD"}


def test_locked_day_takes_no_payment(trade: Session) -> None:
    paid = pay(trade, "10.00")
    periods.set_lock(trade, "sales", MAY)

    with pytest.raises(PeriodClosedError):
        pay(trade, "10.00")
    with pytest.raises(PeriodClosedError):
        undoing.undo(trade, paid, "x", MAY)


@pytest.mark.parametrize(
    ("pays", "refusal"),
    [
        (lambda session, made: pay(session, "0", made), InvalidChangeError),
        (lambda session, made: pay(session, "-1", made), InvalidChangeError),
        (lambda session, made: pay(session, "1.001", made), PrecisionError),
        (lambda session, made: pay(session, "NaN", made), InvalidChangeError),
        (lambda session, made: pay(session, "1E+999999", made), InvalidChangeError),
        (lambda session, made: pay(session, "100", (made, "Infinity")), InvalidChangeError),
        (lambda session, made: pay(session, "100", (made, "100.01")), SettlementError),
        (lambda session, made: pay(session, "50", (made, "60")), SettlementError),
        (lambda session, made: pay(session, "50", made, made), SettlementError),
        (lambda session, made: pay(session, "50", made, account="1200"), InvalidChangeError),
        (lambda session, made: pay(session, "50", made, kind="out"), SettlementError),
        (lambda session, made: pay(session, "50", made, currency="EUR"), SettlementError),
        (
            lambda session, made: pay(session, "50", made, paid=(Decimal(49), "USD")),
            InvalidChangeError,
        ),
    ],
)
def test_bad_payment_is_refused_whole(
    local: Session, pays: Callable[[Session, Document], object], refusal: type
) -> None:
    made = invoice(local, "100.00")

    with pytest.raises(refusal):
        pays(local, made)

    assert state(local, made) == ("issued", 100_00)
    assert connection.fetch("SELECT count(*) FROM payment") == [(0,)]


def test_change_of_somebody_else_is_not_overwritten(local: Session) -> None:
    paid = pay(local, "10.00")
    undoing.undo(local, paid, "first")

    with pytest.raises(StaleRecordError):
        undoing.undo(local, paid, "second")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE payment SET amount = 1",
        "DELETE FROM payment",
        "UPDATE allocation SET amount = 1",
        "DELETE FROM allocation",
    ],
)
def test_database_refuses_to_change_what_is_posted(trade: Session, statement: str) -> None:
    import peewee

    pay(trade, "10.00", invoice(trade))

    with pytest.raises((StorageError, peewee.PeeweeException)):
        connection.execute(statement)


def test_accountant_pays_and_undoes(local: Session) -> None:
    accountant = add_agent(local, "ann", ("accountant",))

    paid = pay(accountant, "10.00", invoice(accountant))

    assert undoing.undo(accountant, paid, "x").state == "undone"


@pytest.mark.parametrize("roles", [("approver",), ("auditor",), ("agent",)])
def test_only_accountants_pay(local: Session, roles: tuple[str, ...]) -> None:
    with pytest.raises(NotAllowedError):
        pay(add_agent(local, "eve", roles), "10.00")
