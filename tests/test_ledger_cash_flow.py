"""Cash flow, direct and indirect: both end at the change in cash, in every month."""

from datetime import date

import pytest

from boconsole.errors import InvalidChangeError
from boconsole.ledger import accounts, closing
from boconsole.ledger.accounts import NewAccount
from boconsole.ledger.statements.cash import cash_flow
from boconsole.ledger.statements.shapes import Statement
from boconsole.session import Session
from db.fields import number_of
from db.ledger import charts
from tests.books import enter
from tests.figures import broken, row, rows, told, total

CHART = (
    NewAccount("Assets:Bank", role="cash"),
    NewAccount("Assets:Till", role="cash"),
    NewAccount("Assets:Receivable", role="receivable", cash_flow="operating"),
    NewAccount("Assets:Equipment", cash_flow="investing"),
    NewAccount("Assets:Equipment:Depreciation", cash_flow="investing"),
    NewAccount("Liabilities:Payable", role="payable", cash_flow="operating"),
    NewAccount("Liabilities:Loan", cash_flow="financing"),
    NewAccount("Equity:Capital", cash_flow="financing"),
    NewAccount("Income:Sales", cash_flow="operating"),
    NewAccount("Income:Disposal", cash_flow="none"),
    NewAccount("Expenses:Rent", cash_flow="operating"),
    NewAccount("Expenses:Interest", cash_flow="financing"),
    NewAccount("Expenses:Depreciation", cash_flow="none"),
)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def books(session: Session) -> Session:
    accounts.add(session, CHART)
    for month, *lines in (
        (1, "Assets:Bank  1000.00 USD", "Equity:Capital"),
        (1, "Assets:Equipment  600.00 USD", "Assets:Bank"),
        (2, "Assets:Receivable  250.00 USD", "Income:Sales"),
        (2, "Expenses:Rent  80.00 USD", "Liabilities:Payable"),
        (2, "Expenses:Depreciation  100.00 USD", "Assets:Equipment:Depreciation"),
        (3, "Assets:Bank  150.00 USD", "Assets:Receivable"),
        (3, "Liabilities:Payable  80.00 USD", "Assets:Bank"),
        (3, "Assets:Till  30.00 USD", "Assets:Bank"),
        (4, "Assets:Bank  400.00 USD", "Liabilities:Loan"),
        (5, "Liabilities:Loan  100.00 USD", "Expenses:Interest  20.00 USD", "Assets:Bank"),
    ):
        enter(session, *lines, day=date(2026, month, 10), kind="import")
    return session


def by_method(session: Session, starts: date, ends: date) -> tuple[Statement, Statement]:
    return (
        cash_flow(session, starts, ends, method="direct"),
        cash_flow(session, starts, ends, method="indirect"),
    )


def test_direct_flows_are_the_lines_opposite_to_cash(books: Session) -> None:
    flow = cash_flow(books, *YEAR)

    assert rows(flow, "operating") == {
        "Assets:Receivable": "150.00",
        "Liabilities:Payable": "-80.00",
    }
    assert rows(flow, "investing") == {"Assets:Equipment": "-600.00"}
    assert rows(flow, "financing") == {
        "Equity:Capital": "1000.00", "Expenses:Interest": "-20.00", "Liabilities:Loan": "300.00",
    }  # fmt: skip
    assert rows(flow, "cash") == {"Change in cash": "750.00", "Cash at the end": "750.00"}
    assert broken(flow) == []


def test_indirect_flows_start_from_the_result(books: Session) -> None:
    """Source: IAS 7, paragraphs 18 (b) and 20."""
    flow = cash_flow(books, *YEAR, method="indirect")

    assert rows(flow, "operating") == {
        "Net income": "50.00", "Expenses:Depreciation": "100.00", "Expenses:Interest": "20.00",
        "Assets:Receivable": "-100.00",
    }  # fmt: skip
    assert rows(flow, "investing") == {"Assets:Equipment": "-600.00"}
    assert rows(flow, "financing") == {
        "Equity:Capital": "1000.00", "Expenses:Interest": "-20.00", "Liabilities:Loan": "300.00",
    }  # fmt: skip
    assert total(flow, "cash") == {"USD": "750.00"}
    assert broken(flow) == []


def test_both_methods_agree_class_by_class_where_all_was_paid(books: Session) -> None:
    direct, indirect = by_method(books, *YEAR)

    for key in ("operating", "investing", "financing", "cash"):
        assert total(direct, key) == total(indirect, key)


def test_month_of_accruals_alone_moves_no_cash(books: Session) -> None:
    direct, indirect = by_method(books, date(2026, 2, 1), date(2026, 2, 28))

    assert rows(direct, "operating") == {}
    assert rows(indirect, "operating") == {
        "Net income": "70.00", "Expenses:Depreciation": "100.00", "Assets:Receivable": "-250.00",
        "Liabilities:Payable": "80.00",
    }  # fmt: skip
    assert total(direct, "cash") == total(indirect, "cash") == {}
    assert [proof.key for proof in direct.proofs] == [
        "direct", "indirect", "indirect-month",
    ]  # fmt: skip
    assert broken(direct) == broken(indirect) == []


def test_each_month_has_its_proofs(books: Session) -> None:
    proofs = cash_flow(books, *YEAR).proofs

    assert [(proof.column, told(cash_flow(books), proof.right)) for proof in proofs
            if proof.key == "direct-month"] == [
        ("2026-01", {"USD": "400.00"}), ("2026-03", {"USD": "70.00"}),
        ("2026-04", {"USD": "400.00"}), ("2026-05", {"USD": "-120.00"}),
    ]  # fmt: skip


def test_cut_months_count_their_days_alone(books: Session) -> None:
    flow = cash_flow(books, date(2026, 1, 11), date(2026, 3, 9), method="indirect")

    assert total(flow, "cash") == {}
    assert broken(flow) == []
    assert rows(flow, "cash") == {"Cash at the start": "400.00", "Cash at the end": "400.00"}


def test_sale_of_equipment_is_its_price_and_no_gain(books: Session) -> None:
    enter(
        books, "Assets:Bank  550.00 USD", "Assets:Equipment:Depreciation  100.00 USD",
        "Assets:Equipment  -600.00 USD", "Income:Disposal", day=date(2026, 6, 1),
    )  # fmt: skip

    direct, indirect = by_method(books, date(2026, 6, 1), date(2026, 6, 30))

    assert total(direct, "investing") == total(indirect, "investing") == {"USD": "550.00"}
    assert rows(indirect, "operating") == {"Net income": "50.00", "Income:Disposal": "-50.00"}
    assert total(indirect, "operating") == {}
    assert broken(direct) == broken(indirect) == []


def test_gain_over_two_classes_is_not_split(books: Session) -> None:
    enter(
        books, "Assets:Bank  10.00 USD", "Assets:Equipment  -20.00 USD",
        "Liabilities:Loan  15.00 USD", "Income:Disposal", day=date(2026, 6, 1),
    )  # fmt: skip

    direct, indirect = by_method(books, date(2026, 6, 1), date(2026, 6, 30))

    assert rows(direct, "none") == rows(indirect, "none") == {"Income:Disposal": "5.00"}
    assert broken(direct) == broken(indirect) == []


def test_entry_over_several_accounts_is_told_by_its_own_lines(books: Session) -> None:
    enter(
        books, "Assets:Bank  -100.00 USD", "Assets:Till  -20.00 USD",
        "Expenses:Rent  70.00 USD", "Assets:Equipment  50.00 USD", day=date(2026, 6, 1),
    )  # fmt: skip

    flow = cash_flow(books, date(2026, 6, 1), date(2026, 6, 30))

    assert rows(flow, "operating") == {"Expenses:Rent": "-70.00"}
    assert rows(flow, "investing") == {"Assets:Equipment": "-50.00"}


def test_account_without_a_class_is_listed_and_not_guessed(books: Session) -> None:
    accounts.add(books, [NewAccount("Assets:Deposit"), NewAccount("Suspense")])
    enter(books, "Assets:Deposit  60.00 USD", "Assets:Bank", day=date(2026, 6, 1))
    enter(books, "Suspense  5.00 USD", "Assets:Bank", day=date(2026, 6, 1))

    direct, indirect = by_method(books, *YEAR)

    assert rows(direct, "unclassified") == {"Assets:Deposit": "-60.00", "Suspense": "-5.00"}
    assert rows(indirect, "unclassified") == {"Assets:Deposit": "-60.00", "Suspense": "-5.00"}
    assert direct.unclassified == ("Assets:Deposit", "Suspense")
    assert broken(direct) == broken(indirect) == []


def test_closing_a_year_moves_no_cash_and_no_result(books: Session) -> None:
    before = [each.sections for each in by_method(books, *YEAR)]

    closing.close(books, "2026")

    assert [each.sections for each in by_method(books, *YEAR)] == before


def test_income_is_no_cash_whatever_it_is_marked_as(books: Session) -> None:
    accounts.add(books, [NewAccount("Income:Tips", role="cash", cash_flow="operating")])
    enter(books, "Assets:Till  7.00 USD", "Income:Tips", day=date(2026, 6, 1))
    closing.close(books, "2026")

    direct, indirect = by_method(books, date(2026, 6, 1), date(2026, 12, 31))

    assert total(direct, "cash") == total(indirect, "cash") == {"USD": "7.00"}
    assert broken(direct) == broken(indirect) == []


def test_memo_lines_move_no_cash(books: Session) -> None:
    enter(
        books, "(Assets:Bank)  99.00 USD", "Expenses:Rent  1.00 USD", "Liabilities:Payable",
        day=date(2026, 6, 1), kind="import",
    )  # fmt: skip

    direct, indirect = by_method(books, date(2026, 6, 1), date(2026, 6, 30))

    assert total(direct, "cash") == total(indirect, "cash") == {}
    assert broken(direct) == []


def test_period_is_compared_with_the_one_before(books: Session) -> None:
    flow = cash_flow(books, date(2026, 4, 1), date(2026, 4, 30), compare="previous")

    assert [total(flow, "cash", place) for place in (0, 1)] == [{"USD": "400.00"}, {"USD": "70.00"}]
    assert broken(flow) == []


def test_foreign_cash_is_converted_with_the_difference_on_its_own_line(books: Session) -> None:
    enter(books, "Assets:Till  100.00 EUR @@ 120.00 USD", "Assets:Bank", day=date(2026, 6, 1))
    codes = {each.code: each.id for each in charts.select_commodities()}
    charts.put_rates([(codes["EUR"], codes["USD"], number_of(date(2026, 6, 30)), "1.25")])

    flow = cash_flow(books, date(2026, 6, 1), date(2026, 6, 30), currency="USD")

    assert rows(flow, "cash") == {
        "Cash at the start": "750.00", "Difference of conversion": "5.00",
        "Change in cash": "5.00", "Cash at the end": "755.00",
    }  # fmt: skip
    assert broken(flow) == []
    assert row(flow, "Difference of conversion").kind == "difference"
    assert flow.remarks == ()


def test_books_without_cash_are_told_to_mark_it(session: Session) -> None:
    accounts.add(session, [NewAccount("Assets:Pot"), NewAccount("Income:Sales")])
    enter(session, "Assets:Pot  7.00 USD", "Income:Sales", day=date(2026, 6, 1))

    flow = cash_flow(session)

    assert "--role cash" in flow.remarks[0]
    assert broken(flow) == []


def test_unknown_method_is_refused(books: Session) -> None:
    with pytest.raises(InvalidChangeError, match="direct, indirect"):
        cash_flow(books, method="guess")
