"""Whatever is booked, the statements are proved: sums of zero, both sides, cash by both ways."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boconsole.errors import BoconsoleError
from boconsole.ledger import accounts, closing
from boconsole.ledger.accounts import NewAccount
from boconsole.ledger.statements.cash import cash_flow
from boconsole.ledger.statements.equity import equity_changes
from boconsole.ledger.statements.performance import income_statement
from boconsole.ledger.statements.position import balance_sheet
from boconsole.ledger.statements.trial import trial_balance
from boconsole.session import Session
from db import connection
from db.fields import number_of
from db.ledger import charts
from tests.books import enter
from tests.figures import broken

CHART = (
    NewAccount("Assets:Bank", role="cash"),
    NewAccount("Assets:Till", role="cash"),
    NewAccount("Assets:Claims", cash_flow="operating"),
    NewAccount("Assets:Machines", cash_flow="investing"),
    NewAccount("Liabilities:Loan", cash_flow="financing"),
    NewAccount("Equity:Capital"),
    NewAccount("Income:Sales", cash_flow="operating"),
    NewAccount("Income:Gains", cash_flow="none"),
    NewAccount("Expenses:Wear", cash_flow="none"),
    NewAccount("Expenses:Interest", cash_flow="financing"),
    NewAccount("Suspense"),
)
PATHS = st.sampled_from([account.path for account in CHART])
START, DAYS = date(2025, 11, 10), 120
LINES = st.tuples(
    PATHS, st.integers(-99_999, 99_999).filter(bool), st.sampled_from(["USD", "EUR", "@", "()"])
)
BOOKINGS = st.lists(
    st.tuples(st.integers(0, DAYS), st.lists(LINES, min_size=1, max_size=4), PATHS), max_size=9
)
CASH = (
    "SELECT v.code, sum(p.value) FROM posting p JOIN ledger_account a ON a.id = p.account_id "
    "JOIN commodity v ON v.id = p.value_commodity_id WHERE a.role = 'cash' AND p.posted "
    "AND p.kind < 2 AND p.dated BETWEEN ? AND ? GROUP BY v.code HAVING sum(p.value) <> 0"
)


class _TakeBackError(Exception):
    """Raised to roll back."""


@contextmanager
def taken_back() -> Iterator[None]:
    """Do the block and undo what it wrote."""
    with suppress(_TakeBackError), connection.transaction():
        yield
        raise _TakeBackError


def written(path: str, cents: int, form: str) -> str:
    """Return a line as it is typed: plain, priced in dollars, or as a memo."""
    amount = f"{cents / 100:.2f}"
    if form == "()":
        return f"({path})  {amount} USD"
    return f"{path}  {amount} EUR @@ {abs(cents) / 77:.2f} USD" if form == "@" else (
        f"{path}  {amount} {form}"
    )  # fmt: skip


def book(session: Session, bookings: list[tuple[int, list[tuple[str, int, str]], str]]) -> None:
    for days, lines, rest in bookings:
        typed = [written(*line) for line in lines]
        try:
            enter(session, *typed, rest, day=START + timedelta(days=days))
        except BoconsoleError:
            continue


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    bookings=BOOKINGS, close=st.booleans(), edges=st.tuples(*[st.integers(0, DAYS)] * 2),
    currency=st.sampled_from(["", "", "USD", "EUR"]),
)  # fmt: skip
def test_statements_are_proved_whatever_is_booked(
    local_session: Session,
    bookings: list[tuple[int, list[tuple[str, int, str]], str]],
    close: bool,
    edges: tuple[int, int],
    currency: str,
) -> None:
    starts, ends = (START + timedelta(days=days) for days in sorted(edges))
    with taken_back():
        accounts.add(local_session, CHART)
        book(local_session, [(0, [("Assets:Bank", 500, "USD"), ("Assets:Till", 70, "EUR")],
                              "Equity:Capital"), *bookings])  # fmt: skip
        codes = {each.code: each.id for each in charts.select_commodities()}
        charts.put_rates([(codes["EUR"], codes["USD"], number_of(START), "1.2345")])
        if close:
            closing.close(local_session, "2025")

        span = (local_session, starts, ends)
        direct = cash_flow(*span, currency=currency)
        for statement in (
            trial_balance(*span, currency=currency), direct,
            cash_flow(*span, method="indirect", currency=currency),
            income_statement(*span, compare="previous", currency=currency),
            equity_changes(*span, currency=currency),
            balance_sheet(local_session, ends, compare="year", currency=currency),
        ):  # fmt: skip
            assert broken(statement) == []
        changed = dict(connection.fetch(CASH, (number_of(starts), number_of(ends))))
        assert direct.proofs[0].key == "direct"
        assert direct.proofs[0].left == changed
