"""Documents: prepared, issued, credited; what they book and what they refuse."""

from datetime import date
from fractions import Fraction

import pytest

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotAllowedError, NotFoundError, StaleRecordError
from boconsole.invoices import drafting, issuing, taking_back, taxes, worth
from boconsole.invoices.drafting import IssuedDocumentError
from boconsole.ledger import entries, limits, periods
from boconsole.ledger.errors import ApprovalError, ControlError, PeriodClosedError, ReversalError
from boconsole.money import AmountTooLargeError
from boconsole.session import Session
from boconsole.tax.rates import DatedTax, NoTaxRateError, Tax
from db import connection
from db.errors import StorageError
from tests.books import held
from tests.people import add_agent
from tests.trade import MAY, bill, credited, invoice, issued, line, new, open_trade, state


@pytest.fixture
def trade(session: Session) -> Session:
    open_trade(session)
    return session


@pytest.fixture
def local(local_session: Session) -> Session:
    open_trade(local_session)
    return local_session


# What is booked


def test_invoice_is_booked_with_its_tax_and_taken_back_by_its_credit_note(trade: Session) -> None:
    """Source: Tryton, modules/account_invoice/tests/scenario_invoice.rst."""
    made = issued(trade, line("40", "T10", quantity="5"), line("20"))

    assert (made.number, made.state) == ("INV-2026-00001", "issued")
    assert (made.head.net, made.head.tax, made.head.total) == (220_00, 20_00, 240_00)
    assert [(each.net, each.amount) for each in made.taxes] == [(200_00, 20_00)]
    assert held(trade) == {
        "Assets:Receivable": "240.00 USD",
        "Income:Sales": "-220.00 USD",
        "Liabilities:Tax Collected": "-20.00 USD",
    }

    note = credited(trade, made)

    assert held(trade) == {}
    assert note.number == "CRN-2026-00001"
    assert [(each.net, each.amount) for each in note.taxes] == [(200_00, 20_00)]
    assert state(trade, made) == ("cancelled", 0)
    assert state(trade, note) == ("paid", 0)


def test_bill_is_booked_on_the_other_side(trade: Session) -> None:
    made = issued(trade, line("50", "T10", account="5100"), kind="bill", reference="A-17")

    assert made.number == "BIL-2026-00001"
    assert held(trade) == {
        "Assets:Tax Deductible": "5.00 USD",
        "Expenses:Supplies": "50.00 USD",
        "Liabilities:Payable": "-55.00 USD",
    }

    assert credited(trade, made).number == "SCN-2026-00001"
    assert held(trade) == {}


def test_prices_with_tax_book_the_net(trade: Session) -> None:
    within = Tax("IN20", rate=Fraction(20), included=True)
    taxes.add(trade, DatedTax(date(2020, 1, 1), None, within), "2100")

    made = issued(trade, line("119.99", "IN20"))

    assert (made.head.net, made.head.tax, made.head.total) == (99_99, 20_00, 119_99)


def test_indonesian_invoice_prints_base_and_rate(trade: Session) -> None:
    """Source: PMK 131/2024."""
    taxes.add_pack(trade, "ppn", collected="2100", deductible="1300")

    made = issued(trade, line("50000000", "PPN"), currency="IDR")

    tax = made.taxes[0]
    assert (tax.rate, tax.factor) == ("12", "11/12")
    assert (tax.net, tax.base, tax.amount) == (50_000_000_00, 45_833_333_00, 5_500_000_00)


def test_discount_and_quantity_are_exact(trade: Session) -> None:
    """Source: reported in odoo/odoo issue 37896."""
    from decimal import Decimal

    taxes.add(trade, DatedTax(date(2020, 1, 1), None, Tax("T22", rate=Fraction(22))), "2100")
    one = line("348.35", "T22", quantity="16")._replace(discount=Decimal(4))

    assert issued(trade, one).head.total == 6_527_80


def test_foreign_invoice_is_valued_at_the_rate_of_its_day(trade: Session) -> None:
    worth.set_reporting(trade, "USD")

    made = issued(trade, line("400", "T10"), currency="EUR", rate="5/6")

    assert held(trade) == {
        "Assets:Receivable": "440.00 EUR",
        "Income:Sales": "-333.34 USD",
        "Liabilities:Tax Collected": "-33.33 USD",
    }
    assert (made.taxes[0].amount, made.taxes[0].value) == (40_00, 33_33)


def test_rate_is_looked_up_in_both_directions(local: Session) -> None:
    worth.set_reporting(local, "USD")
    with pytest.raises(worth.NoRateError, match="No rate from EUR to USD is known on 2026-05-04"):
        issued(local, line("400"), currency="EUR")
    connection.execute(
        "INSERT INTO commodity_rate (commodity_id, quote_id, dated, worth) "
        "SELECT c.id, q.id, 20260501, '1.20' FROM commodity c, commodity q "
        "WHERE c.code = 'USD' AND q.code = 'EUR'"
    )

    assert worth.rate_on("EUR", "USD", MAY) == Fraction(5, 6)
    assert worth.rate_on("USD", "EUR", MAY) == Fraction(6, 5)


def test_numbers_have_no_gaps_and_begin_anew_each_year(trade: Session) -> None:
    made = [invoice(trade, day=day) for day in (MAY, date(2025, 12, 31), MAY)]
    drafting.prepare(trade, new(line("1")))

    assert [each.number for each in made] == [
        "INV-2026-00001", "INV-2025-00001", "INV-2026-00002",
    ]  # fmt: skip
    assert bill(trade).number == "BIL-2026-00001"


def test_part_is_credited_and_never_more_than_all(trade: Session) -> None:
    made = invoice(trade, "100.00")

    part = issuing.credit(trade, made, new(line("30.00"), kind="invoice-credit"))
    issuing.issue(trade, part)
    assert state(trade, made) == ("partly paid", 70_00)

    more = issuing.credit(trade, made, new(line("70.01"), kind="invoice-credit"))
    with pytest.raises(InvalidChangeError, match="more would be credited"):
        issuing.issue(trade, more)


def test_credit_note_takes_the_tax_of_the_credited_day(trade: Session) -> None:
    taxes.add_pack(trade, "ppn", collected="2100", deductible="1300")
    made = issued(trade, line("1200", "PPN-LUXURY"), currency="IDR", day=date(2024, 12, 31))

    note = credited(trade, made, day=MAY)

    assert (made.head.tax, note.head.tax) == (132_00, 132_00)


# What is refused


def test_issued_document_is_not_written_again(trade: Session) -> None:
    made = invoice(trade)

    for refused in (
        lambda: drafting.edit(trade, made, new(line("1"))),
        lambda: drafting.delete(trade, made),
        lambda: issuing.issue(trade, made),
        lambda: issuing.approve(trade, made),
    ):
        with pytest.raises(IssuedDocumentError):
            refused()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE invoice SET total = 1",
        "UPDATE invoice SET partner_name = 'x'",
        "DELETE FROM invoice",
        "UPDATE invoice_line SET net = 1",
        "DELETE FROM invoice_line",
        "UPDATE invoice_tax SET amount = 1",
        "DELETE FROM invoice_tax",
        "UPDATE open_item SET amount = 1",
        "DELETE FROM open_item",
        "UPDATE open_item SET open = -1",
        "UPDATE open_item SET open = amount + 1",
    ],
)
def test_database_refuses_to_change_what_is_issued(trade: Session, statement: str) -> None:
    import peewee

    issued(trade, line("40", "T10"))

    with pytest.raises((StorageError, peewee.PeeweeException)):
        connection.execute(statement)


def test_entry_of_a_document_is_not_reversed_by_hand(trade: Session) -> None:
    invoice(trade)

    with pytest.raises(ReversalError, match="INV-2026-00001 belongs to a document"):
        entries.reverse(trade, entries.get(trade, "INV-2026-00001"))


def test_supplier_bill_is_entered_once(trade: Session) -> None:
    bill(trade, reference="A-17")

    with pytest.raises(InvalidChangeError, match="Paper Mill sent A-17 already"):
        bill(trade, reference="A-17")


@pytest.mark.parametrize("part", ["sales", "ledger", "hard"])
def test_locked_day_takes_no_invoice(trade: Session, part: str) -> None:
    periods.set_lock(trade, part, MAY)

    with pytest.raises(PeriodClosedError):
        invoice(trade)
    assert held(trade) == {}


def test_lock_of_purchases_leaves_sales_alone(trade: Session) -> None:
    periods.set_lock(trade, "purchases", MAY)

    assert invoice(trade).state == "issued"
    with pytest.raises(PeriodClosedError):
        bill(trade)


def test_lock_of_taxes_stops_taxed_documents_only(trade: Session) -> None:
    periods.set_lock(trade, "tax", MAY)

    assert invoice(trade).state == "issued"
    with pytest.raises(PeriodClosedError):
        issued(trade, line("1", "T10"))


def test_large_document_waits_for_a_colleague(trade: Session) -> None:
    limits.put(trade, "500")
    made = drafting.prepare(trade, new(line("500.01")))
    boss = add_agent(trade, "boss", ("approver",))

    with pytest.raises(ApprovalError):
        issuing.issue(trade, made)
    with pytest.raises(ApprovalError, match="You prepared"):
        issuing.approve(trade, made)
    approved = issuing.approve(boss, made)

    assert issuing.issue(trade, approved).number == "INV-2026-00001"


def test_approval_is_gone_when_the_draft_changes(trade: Session) -> None:
    limits.put(trade, "500")
    boss = add_agent(trade, "boss", ("approver",))
    approved = issuing.approve(boss, drafting.prepare(trade, new(line("501"))))

    changed = drafting.edit(trade, approved, new(line("900")))

    with pytest.raises(ApprovalError):
        issuing.issue(trade, changed)


def test_who_wrote_a_draft_never_approves_it_whoever_touched_it_last(trade: Session) -> None:
    ann, boss = (add_agent(trade, name, ("accountant", "approver")) for name in ("ann", "boss"))
    made = drafting.prepare(ann, new(line("900")))
    edited = drafting.edit(trade, made, new(line("900"), reference="PO-1"))
    undone = taking_back.undo_last(trade)[0]
    drafting.delete(trade, undone)
    again = taking_back.undo_last(trade)[0]

    for draft in (edited, undone, again):
        with pytest.raises(ApprovalError, match="You prepared"):
            issuing.approve(ann, draft)
    assert issuing.approve(boss, again).head.approved_by == boss.user.id


def test_change_of_somebody_else_is_not_overwritten(trade: Session) -> None:
    made = drafting.prepare(trade, new(line("1")))
    drafting.edit(trade, made, new(line("2")))

    for refused in (
        lambda: drafting.edit(trade, made, new(line("3"))),
        lambda: drafting.delete(trade, made),
        lambda: issuing.issue(trade, made),
    ):
        with pytest.raises(StaleRecordError):
            refused()


@pytest.mark.parametrize(
    ("roles", "may"),
    [(("accountant",), True), (("approver",), False), (("auditor",), False), (("agent",), False)],
)
def test_accountants_prepare_and_issue(local: Session, roles: tuple[str, ...], may: bool) -> None:
    person = add_agent(local, "eve", roles)

    if may:
        assert invoice(person).state == "issued"
        return
    with pytest.raises(NotAllowedError):
        invoice(person)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"partner": "Acne"}, NotFoundError),
        ({"currency": "XXQ"}, Exception),
        ({"terms": -1}, InvalidChangeError),
        ({"due": date(2026, 5, 3)}, InvalidChangeError),
        ({"origin": "INV-2026-00009"}, NotFoundError),
        ({"rate": "abc"}, InvalidChangeError),
    ],
)
def test_bad_head_is_refused(local: Session, given: dict[str, object], refusal: type) -> None:
    with pytest.raises(refusal):
        drafting.prepare(local, new(line("1"), **given))  # type: ignore[arg-type]  # named


@pytest.mark.parametrize(
    ("bad", "refusal"),
    [
        (line("1", "NONE"), NotFoundError),
        (line("1", "T10 T10"), InvalidChangeError),
        (line("1", account="Nowhere"), Exception),
        (line("1", account="1200"), InvalidChangeError),
        (line("NaN"), InvalidChangeError),
        (line("1E+400"), InvalidChangeError),
        (line("-1"), InvalidChangeError),
        (line("99999999999999"), AmountTooLargeError),
        (line("9999999999", quantity="9999999999"), AmountTooLargeError),
    ],
)
def test_bad_line_is_refused(local: Session, bad: object, refusal: type) -> None:
    with pytest.raises(refusal):
        drafting.prepare(local, new(bad))  # type: ignore[arg-type]  # as above
    assert connection.fetch("SELECT count(*) FROM invoice") == [(0,)]


def test_tax_without_a_rate_on_the_day_is_refused(local: Session) -> None:
    with pytest.raises(NoTaxRateError):
        drafting.prepare(local, new(line("1", "T10"), day=date(2019, 12, 31)))


def test_two_control_accounts_are_refused(local: Session) -> None:
    from boconsole.ledger import accounts
    from boconsole.ledger.accounts import NewAccount

    accounts.add(local, [NewAccount("Assets:Other Receivable", role="receivable")])

    with pytest.raises(ControlError, match="Exactly one account must have the role receivable"):
        invoice(local)


def test_tax_is_not_booked_on_a_control_account(local: Session) -> None:
    with pytest.raises(InvalidChangeError, match="holds open items"):
        taxes.add(local, DatedTax(MAY, None, Tax("NEW", rate=Fraction(5))), "1200")


def test_later_rate_ends_the_one_before(local: Session) -> None:
    taxes.add(local, DatedTax(date(2026, 6, 1), None, Tax("T10", rate=Fraction(12))))

    rows = taxes.dated_taxes()
    assert [taxes.taxes_on(day, "T10", rows)[0].rate for day in (date(2026, 5, 31),
            date(2026, 6, 1))] == [10, 12]  # fmt: skip
    with pytest.raises(InvalidChangeError):
        taxes.add(local, DatedTax(date(2026, 6, 1), None, Tax("T10", rate=Fraction(13))))


def test_every_step_is_in_the_audit_trail(local: Session) -> None:
    made = drafting.prepare(local, new(line("1")))
    made = drafting.edit(local, made, new(line("2")))
    issuing.issue(local, made)

    told = [each.action for each in audit.history(local, "invoice", made.head.id)]
    assert told == ["invoice.create", "invoice.edit", "invoice.issue"]
    assert audit.verify().broken == 0


def test_more_digits_than_the_currency_are_rounded_by_line_not_refused(local: Session) -> None:
    assert issued(local, line("0.125", quantity="3")).head.total == 38
