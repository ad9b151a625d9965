"""Foreign monetary items at closing rates: worked cases, once for each day, refusals, proofs."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boconsole.closing import points
from boconsole.errors import InvalidChangeError, NotAllowedError, StaleRecordError
from boconsole.invoices import checking as documents
from boconsole.invoices import worth
from boconsole.invoices.reading import Document
from boconsole.ledger import (
    accounts,
    approving,
    checking,
    entries,
    limits,
    periods,
    rating,
)
from boconsole.ledger.accounts import NewAccount
from boconsole.ledger.errors import ApprovalError, PeriodClosedError, ReversalError
from boconsole.ledger.statements.cash import cash_flow
from boconsole.ledger.statements.position import balance_sheet
from boconsole.ledger.statements.shapes import Statement
from boconsole.revaluing import accounts as revalued
from boconsole.revaluing import booking, planning
from boconsole.revaluing import checking as revaluations
from boconsole.revaluing.errors import (
    MonetaryAccountError,
    NoClosingRateError,
    RevaluationWaitsError,
    UnrealisedAccountError,
)
from boconsole.session import Session
from db import connection
from db.invoices import items
from tests.books import enter, faults, held
from tests.people import StandingClock, add_agent, open_session
from tests.trade import bill, invoice, open_trade, pay

MAY, END, NEXT = date(2026, 5, 4), date(2026, 5, 31), date(2026, 6, 1)
JUNE, JUNE_END = date(2026, 6, 12), date(2026, 6, 30)
GAINS = "Income:Unrealised"


@pytest.fixture
def trade(session: Session) -> Session:
    """Books in rupees that trade in dollars."""
    open_books(session)
    return session


def open_books(session: Session) -> None:
    open_trade(session)
    accounts.add(session, [NewAccount(GAINS, "4950", role="unrealised", cash_flow="none")])
    worth.set_reporting(session, "INR")


def rate(session: Session, text: str, day: date = END, code: str = "USD") -> None:
    rating.put(session, code, "INR", text, day)


def result(session: Session, at: date, query: str = GAINS) -> str:
    """Return what is gained up to a day."""
    told = held(session, query, at).get(query, "0 INR")
    return told.removeprefix("-") if told.startswith("-") else f"-{told}"


def proved(session: Session) -> list[str]:
    """Return the kinds of all faults of the books."""
    proof = checking.check(session, (documents.faults, revaluations.faults))
    return faults(proof.faults)


def control(session: Session, at: date, name: str = "Assets:Receivable") -> int:
    """Return what an account and its adjustment are worth."""
    from boconsole.ledger import balances

    return sum(each.value for each in balances.worths(session, at)
               if each.account.path.startswith(name))  # fmt: skip


# Worked cases


def test_invoice_of_100_at_80_is_worth_500_more_at_85(trade: Session) -> None:
    """Source: Tryton, `modules/account/tests`, scenario of currency revaluation."""
    invoice(trade, "100.00", rate="80")
    rate(trade, "85")

    made = booking.revalue(trade, END)

    assert control(trade, END) == 850_000
    assert result(trade, END) == "500.00 INR"
    assert (control(trade, NEXT), result(trade, NEXT)) == (800_000, "-0 INR")
    assert [entry.state for entry in made] == ["reversed"]
    assert not proved(trade)


def test_bill_of_388_gains_at_the_closing_rate_and_loses_part_of_it_when_paid(
    trade: Session,
) -> None:
    """Source: erpnext issue 56648 (inputs); the closure is unrealised + realised."""
    document = bill(trade, "388.00", rate="94.39")
    rate(trade, "93.9325")

    booking.revalue(trade, END)
    pay(trade, "388.00", document, kind="out", side="payable", day=JUNE, rate="94.125")

    realised = "Income:Exchange Gains"
    assert result(trade, END) == "177.51 INR"
    june = Decimal(result(trade, JUNE_END).split()[0]) - Decimal("177.51")
    june += Decimal(result(trade, JUNE_END, realised).split()[0])
    assert june == Decimal("-74.69")
    assert result(trade, JUNE_END, realised) == "102.82 INR"
    assert control(trade, JUNE_END, "Liabilities:Payable") == 0
    assert not proved(trade)


def test_bank_in_dollars_is_worth_its_closing_rate(trade: Session) -> None:
    enter(trade, "Assets:Bank  10 USD @ 80 INR", "Equity:Capital")
    rate(trade, "85.555")

    booking.revalue(trade, END)

    assert held(trade, "Assets", END) == {
        "Assets:Bank": "10.00 USD", "Assets:Bank revaluation": "55.55 INR",
    }  # fmt: skip
    assert result(trade, END) == "55.55 INR"


# Once


def test_second_run_finds_only_what_changed_since(trade: Session) -> None:
    invoice(trade, "100.00", rate="80")
    rate(trade, "85")
    booking.revalue(trade, END)

    again = booking.revalue(trade, END)
    late = invoice(trade, "10.00", rate="81", day=date(2026, 5, 20))
    found = planning.plan(trade, END).changed
    booking.revalue(trade, END)

    assert again == []
    assert [(line.name, line.difference) for line in found] == [(late.number, 4_000)]
    assert control(trade, END) == 935_000
    assert planning.plan(trade, END).changed == []


def test_item_settled_before_the_day_after_all_loses_what_it_was_revalued_by(
    trade: Session,
) -> None:
    document = invoice(trade, "100.00", rate="80")
    rate(trade, "85")
    booking.revalue(trade, END)
    pay(trade, "100.00", document, day=date(2026, 5, 29), rate="82")  # dollars, into the bank

    booking.revalue(trade, END)

    assert control(trade, END) == 0
    assert result(trade, END) == "300.00 INR"
    assert not proved(trade)


def test_gains_and_losses_are_booked_apart_though_they_cancel_out(trade: Session) -> None:
    invoice(trade, "100.00", rate="80")
    invoice(trade, "100.00", rate="90")
    rate(trade, "85")

    made = booking.revalue(trade, END)

    assert sorted(row.value for row in made[0].postings) == [-50_000, -50_000, 50_000, 50_000]
    assert planning.plan(trade, END).changed == []


def test_rounding_loses_nothing(trade: Session) -> None:
    for cents in ("0.01", "0.03", "0.05"):
        invoice(trade, cents, rate="80.5")
    rate(trade, "83.333333")

    booking.revalue(trade, END)

    assert control(trade, END) == 83 + 250 + 417
    assert planning.plan(trade, END).changed == []


def test_draft_of_the_day_is_not_revalued_twice(trade: Session) -> None:
    invoice(trade, "100.00", rate="80")
    rate(trade, "85")
    limits.put(trade, "100")
    waiting = booking.revalue(trade, END)[0]

    with pytest.raises(RevaluationWaitsError, match=waiting.number):
        booking.revalue(trade, END)
    with pytest.raises(ReversalError, match="not edited"):
        entries.edit(trade, waiting, entries.Entry(END, None, "", "", "", "", ()))
    with pytest.raises(ApprovalError):
        entries.post(trade, waiting)
    kim = add_agent(trade, "kim", ("approver",))
    approving.approve(kim, entries.get(kim, waiting.number))
    posted = entries.post(trade, entries.get(trade, waiting.number))

    assert posted.head.reversed_by
    assert (control(trade, END), control(trade, NEXT)) == (850_000, 800_000)
    assert not proved(trade)


def test_draft_thrown_away_leaves_nothing(trade: Session) -> None:
    invoice(trade, "100.00", rate="80")
    rate(trade, "85")
    limits.put(trade, "100")
    waiting = booking.revalue(trade, END)[0]

    entries.delete(trade, waiting)

    assert planning.plan(trade, END).waiting == ()
    assert [line.difference for line in planning.plan(trade, END).changed] == [50_000]


def test_what_was_seen_is_what_is_posted(trade: Session) -> None:
    invoice(trade, "100.00", rate="80")
    rate(trade, "85")
    seen = planning.plan(trade, END)
    rate(trade, "86")

    with pytest.raises(StaleRecordError):
        booking.revalue(trade, END, seen)

    assert control(trade, END) == 800_000


# Refused


def test_missing_rate_is_named_with_the_command_that_sets_it(trade: Session) -> None:
    invoice(trade, "100.00", rate="80")

    with pytest.raises(NoClosingRateError) as refused:
        planning.plan(trade, END)

    assert "USD to INR is known on 2026-05-31" in str(refused.value)
    assert 'boconsole ledger rate USD "1.5 INR" --date 2026-05-31' in str(refused.value)


@pytest.mark.parametrize("day", [END, NEXT])
def test_closed_month_is_not_revalued(trade: Session, day: date) -> None:
    invoice(trade, "100.00", rate="80")
    rate(trade, "85")
    periods.close_period(trade, periods.find_month(trade, f"{day:%Y-%m}"))

    with pytest.raises(PeriodClosedError, match=str(day)):
        booking.revalue(trade, END)

    assert control(trade, END) == 800_000


def test_unrealised_gains_need_an_account(trade: Session) -> None:
    invoice(trade, "100.00", rate="80")
    rate(trade, "85")
    there = accounts.find(GAINS)
    accounts.change(trade, there, NewAccount(there.path, there.code))

    with pytest.raises(UnrealisedAccountError, match="--role unrealised"):
        booking.revalue(trade, END)


def test_who_may_only_read_revalues_nothing(trade: Session) -> None:
    with pytest.raises(NotAllowedError):
        booking.revalue(add_agent(trade, "kim", ("auditor",)), END)


@pytest.mark.parametrize("text", ["0", "-1", "NaN", "1e40", "x"])
def test_rate_is_an_exact_number_above_zero(trade: Session, text: str) -> None:
    with pytest.raises(InvalidChangeError):
        rate(trade, text)


# Accounts


def test_marked_loan_is_revalued_and_shares_are_not(trade: Session) -> None:
    connection.execute("INSERT INTO commodity (code, precision, version) VALUES ('ACME', 0, 1)")
    accounts.add(trade, [NewAccount("Assets:Shares", "1600")])
    enter(trade, "Assets:Cash  1000 INR", "Liabilities:Loan  -10 USD @ 100 INR")
    enter(trade, "Assets:Shares  5 ACME @ 20 INR", "Assets:Cash")
    rate(trade, "90")
    rate(trade, "30", code="ACME")

    unmarked = planning.plan(trade, END).lines
    revalued.mark(trade, "Loan")
    revalued.mark(trade, "Shares")
    booking.revalue(trade, END)

    assert unmarked == ()
    assert held(trade, "Loan revaluation", END) == {"Liabilities:Loan revaluation": "100.00 INR"}
    with pytest.raises(MonetaryAccountError):
        revalued.mark(trade, "Income:Sales")
    with pytest.raises(MonetaryAccountError):
        revalued.unmark(trade, "Assets:Bank")


def test_account_of_another_kind_does_not_take_what_rates_add(trade: Session) -> None:
    accounts.add(trade, [NewAccount("Assets:Bank revaluation", "1199")])
    enter(trade, "Assets:Bank  10 USD @ 80 INR", "Equity:Capital")
    rate(trade, "85")

    with pytest.raises(MonetaryAccountError, match="has the role cash-revaluation"):
        booking.revalue(trade, END)
    with pytest.raises(MonetaryAccountError, match="has the role cash-revaluation"):
        revalued.mark(trade, "Assets:Cash", "Assets:Bank revaluation")


# Statements


def section(statement: Statement, name: str) -> dict[str, int]:
    found = next((each for each in statement.sections if each.key == name), None)
    return dict(found.totals[0].values) if found else {}


@pytest.mark.parametrize("method", ["direct", "indirect"])
def test_cash_flow_shows_what_rates_did_to_cash_apart(trade: Session, method: str) -> None:
    there = accounts.find("Assets:Receivable")
    accounts.change(trade, there, NewAccount(there.path, "1200", role="receivable",
                                             cash_flow="operating"))  # fmt: skip
    enter(trade, "Assets:Bank  10 USD @ 80 INR", "Equity:Capital")
    invoice(trade, "100.00", rate="80")
    rate(trade, "85")
    booking.revalue(trade, END)

    told = cash_flow(trade, date(2026, 5, 1), END, method=method)

    assert all(proof.holds for proof in told.proofs)
    assert section(told, "exchange") == {"INR": 5_000}
    assert section(told, "operating") == {}
    assert section(told, "none") == {}
    assert section(told, "cash") == {"INR": 85_000}


@pytest.mark.parametrize("build", [balance_sheet, cash_flow])
def test_converted_statement_counts_a_revaluation_once(
    trade: Session, build: Callable[..., Statement]
) -> None:
    enter(trade, "Assets:Bank  10 USD @ 80 INR", "Equity:Capital")
    rate(trade, "85")
    booking.revalue(trade, END)

    told = build(trade, **({"at": END} if build is balance_sheet else {"ends": END}),
                 currency="INR")  # fmt: skip

    first = "assets" if build is balance_sheet else "cash"
    kept = next(each for each in told.sections if each.key == first)
    assert kept.totals[0].amounts == {"INR": 85_000}
    assert all(proof.holds for proof in told.proofs)
    assert not [row for each in told.sections for row in each.rows if row.kind == "difference"]


# Proof


def test_changed_revaluation_is_found(trade: Session) -> None:
    invoice(trade, "100.00", rate="80")
    rate(trade, "85")
    booking.revalue(trade, END)

    with pytest.raises(Exception, match="never changes"):  # the driver's own
        connection.execute("UPDATE revaluation_line SET difference = 1")
    connection.execute("DELETE FROM revaluation_line")

    assert faults(list(revaluations.faults())) == ["revaluation"]


def test_check_list_names_what_is_not_revalued(trade: Session) -> None:
    invoice(trade, "100.00", rate="80")
    month = periods.find_month(trade, "2026-05")

    def found() -> tuple[str, ...]:
        return next(each.causes for each in points.of(trade, month) if each.name == "revalued")

    without = found()
    rate(trade, "85")
    before = found()
    booking.revalue(trade, END)

    assert (without, before, found()) == (("USD/INR",), ("Assets:Receivable USD",), ())


# Whatever happens

STEPS = st.lists(
    st.tuples(
        st.sampled_from(("invoice", "bill", "pay", "rate", "revalue")),
        st.integers(1, 99_999), st.integers(0, 80), st.integers(7_000, 9_999),
    ),
    min_size=4, max_size=12,
)  # fmt: skip


class Dealer:
    """Trades in dollars: each step has an amount in cents, a day and a rate, in any order."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.documents: list[Document] = []
        self.first = 0
        rate(session, "80", MAY)

    def step(self, what: str, cents: int, day: int, rated: int) -> None:
        on, told = MAY + timedelta(days=day), str(Decimal(rated) / 100)
        if what == "rate":
            rate(self.session, told, on)
        elif what == "revalue":
            self.revalue(on)
        elif what == "pay":
            if self.documents:
                self.pay(self.documents[cents % len(self.documents)], cents, on, told)
        else:
            make = invoice if what == "invoice" else bill
            made = make(self.session, str(Decimal(cents) / 100), day=on, rate=told)
            self.documents.append(made)
            self.first += items.find_of_invoice(made.head.id).value  # type: ignore[union-attr]

    def pay(self, document: Document, cents: int, on: date, told: str) -> None:
        item = items.find_of_invoice(document.head.id)
        assert item is not None
        if item.open:
            amount = str(Decimal(min(abs(item.open), cents)) / 100)
            kind, side = ("in", "receivable") if item.open > 0 else ("out", "payable")
            pay(self.session, amount, (document, amount), kind=kind, side=side,
                day=max(on, item.dated), rate=told)  # fmt: skip

    def revalue(self, on: date) -> None:
        booking.revalue(self.session, on)
        assert planning.plan(self.session, on).changed == []
        for name in ("Assets:Receivable", "Liabilities:Payable", "Assets:Bank"):
            wanted = sum(line.after for line in planning.plan(self.session, on).lines
                         if line.account.path == name)  # fmt: skip
            assert control(self.session, on, name) == wanted

    def settle(self) -> None:
        for document in self.documents:
            self.pay(document, 10**9, date(2026, 9, 1), "91.23")


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_gains_over_the_life_of_items_are_cash_less_first_worth(
    fresh: Path,
    steps: list[tuple[str, int, int, int]],
) -> None:
    connection.close_database()
    copy = fresh.with_name("copy.sqlite")
    shutil.copy(fresh, copy)
    dealer = Dealer(open_session(f"sqlite:///{copy}", StandingClock()))

    for step in steps:
        dealer.step(*step)
    dealer.revalue(date(2026, 8, 31))
    dealer.settle()

    late, session = date(2026, 9, 2), dealer.session
    gained = -control(session, late, GAINS) - control(session, late, "Income:Exchange Gains")
    assert gained == control(session, late, "Assets:Bank") - dealer.first
    assert control(session, late) == control(session, late, "Liabilities:Payable") == 0
    assert proved(session) == []


@pytest.fixture
def fresh(sqlite_template: Path, tmp_path: Path, clock: StandingClock) -> Iterator[Path]:
    """A file with books that trade in dollars, to be copied."""
    path = tmp_path / "trade.sqlite"
    shutil.copy(sqlite_template, path)
    open_books(open_session(f"sqlite:///{path}", clock))
    connection.close_database()
    yield path
    connection.close_database()


def test_reads_and_writes_do_not_grow_with_the_items(
    trade: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    real = connection.execute
    monkeypatch.setattr(connection, "execute",
                        lambda sql, params=(): said.append(sql) or real(sql, params))  # fmt: skip
    rate(trade, "85")
    counts = []

    for more in (1, 12):
        for _each in range(more):
            invoice(trade, "100.00", rate="80")
        said.clear()
        booking.revalue(trade, END)
        counts.append(len(said))

    assert counts[1] <= counts[0]
