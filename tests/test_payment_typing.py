"""What is typed into a payment: amounts, the oldest first, what is named, and refusals."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from boconsole.errors import InvalidChangeError, NotAllowedError, NotFoundError
from boconsole.invoices import payment_typing, payments, worth
from boconsole.invoices.paying import set_write_off_limit
from boconsole.invoices.planning import SettlementError
from boconsole.session import Session
from tests.people import add_agent
from tests.trade import MAY, bill, invoice, open_trade, pay, state


@pytest.fixture
def trade(session: Session) -> Session:
    open_trade(session)
    return session


def typed(**more: object) -> Mapping[str, object]:
    return {"way": "received", "contact": "Acme", "date": MAY, "account": "1100", **more}


def test_open_items_come_the_oldest_due_first(trade: Session) -> None:
    invoice(trade, "30.00", due=date(2026, 7, 1))
    invoice(trade, "50.00", due=date(2026, 5, 20))
    pay(trade, "5.00", kind="out")

    found = payment_typing.open_items(trade, "received", "Acme")

    assert [(item.number, item.text, item.commodity) for item in found] == [
        ("PAY-2026-00001", "5.00", "USD"),
        ("INV-2026-00002", "50.00", "USD"),
        ("INV-2026-00001", "30.00", "USD"),
    ]


def test_amount_goes_over_the_oldest_in_its_currency(trade: Session) -> None:
    invoice(trade, "30.00", due=date(2026, 7, 1))
    invoice(trade, "50.00", due=date(2026, 5, 20))
    invoice(trade, "70.00", currency="EUR", due=date(2026, 5, 10))
    found = payment_typing.open_items(trade, "received", "Acme")

    assert payment_typing.oldest_first(found, Decimal("60"), "USD") == {
        "INV-2026-00002": "50.00",
        "INV-2026-00001": "10.00",
    }
    assert payment_typing.oldest_first(found, None, "EUR") == {"INV-2026-00003": "70.00"}


def test_named_items_get_what_was_typed_and_the_rest_is_a_credit(trade: Session) -> None:
    first, second = invoice(trade, "30.00"), invoice(trade, "50.00")
    text = f"{first.number}  10.00\n{second.number}  50.00"

    made = payment_typing.save(trade, typed(amount="1,065.00 USD", items=text))

    assert (state(trade, first)[1], state(trade, second)[1]) == (20_00, 0)
    assert payments.whole(trade, made.id).left == 1_005_00


def test_amount_is_the_sum_of_what_is_named_where_none_is_typed(trade: Session) -> None:
    made = bill(trade, "70.00")
    text = f"{made.number}  25.50"

    paid = payment_typing.save(
        trade, typed(way="paid", contact="Paper Mill", items=text, currency="USD")
    )

    assert (paid.amount, paid.kind, state(trade, made)[1]) == (25_50, "out", 44_50)


def test_nothing_named_settles_the_oldest_and_a_rest_is_written_off(trade: Session) -> None:
    set_write_off_limit(trade, "1")
    made = invoice(trade, "100.00")

    payment_typing.save(
        trade,
        typed(amount="99.50 USD", write_off="0.50", write_off_account="5900", reason="bank fee"),
    )

    assert state(trade, made) == ("paid", 0)


def test_what_an_earlier_payment_left_is_paid_back_by_its_number(trade: Session) -> None:
    old = pay(trade, "150.00", invoice(trade, "100.00"))
    pay(trade, "20.00")

    back = payment_typing.save(
        trade, typed(way="paid-back", amount="50 USD", items="RCP-2026-00001  50.00")
    )

    assert payments.whole(trade, old.id).left == 0
    assert [each.number for each in payments.whole(trade, back.id).settled] == ["RCP-2026-00001"]


def test_credit_is_set_off_against_what_is_named(trade: Session) -> None:
    pay(trade, "20.00")
    made = invoice(trade, "30.00")

    paid = payment_typing.save(
        trade, typed(way="set-off", account="", currency="USD", items=f"{made.number}  20")
    )

    assert (paid.kind, paid.account_id, state(trade, made)) == (
        "offset", None, ("partly paid", 10_00),
    )  # fmt: skip


def test_named_items_are_offered_however_many_are_older(
    trade: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(payment_typing, "SHOWN", 1)
    old, late = (invoice(trade, "1.00", due=date(2026, month, 20)) for month in (5, 7))

    found = payment_typing.first(trade, "received", "Acme", [late.number])

    assert [item.number for item in found.items] == [old.number, late.number]
    assert len(payment_typing.open_items(trade, "received", "Acme")) == 1


def test_paid_in_another_currency_through_the_bank(trade: Session) -> None:
    worth.set_reporting(trade, "USD")
    made = invoice(trade, "400.00", currency="EUR", rate="1.2")

    paid = payment_typing.save(trade, typed(amount="400 EUR", paid="500.00 USD"))

    assert (paid.paid_amount, paid.gain, state(trade, made)) == (500_00, 20_00, ("paid", 0))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"amount": "much"}, "amount"),
        ({"amount": ""}, "amount"),
        ({"amount": "5 USD", "account": ""}, "account"),
        ({"amount": "5 USD", "items": "INV-2026-00001  x"}, "items"),
        ({"amount": "5 USD", "paid": "5"}, "paid"),
        ({"amount": "5 USD", "date": None}, "date"),
    ],
)
def test_what_cannot_be_read_names_its_field(
    local_session: Session, wrong: dict[str, object], field: str
) -> None:
    assert local_session.user.id
    with pytest.raises(InvalidChangeError) as refused:
        payment_typing.payment_of(typed(currency="USD", **wrong))

    assert refused.value.field == field


def test_refusals_of_operations_come_through(trade: Session) -> None:
    made = invoice(trade, "30.00")

    with pytest.raises(NotFoundError, match="similar: Acme"):
        payment_typing.save(trade, typed(contact="Acne", amount="5 USD"))
    with pytest.raises(SettlementError, match=r"Only 30.00 USD is open"):
        payment_typing.save(trade, typed(amount="50 USD", items=f"{made.number}  50"))
    with pytest.raises(NotAllowedError):
        payment_typing.open_items(add_agent(trade, "kim", ("agent",)), "received", "Acme")
