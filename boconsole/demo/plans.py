"""The budgets of the demo: a year of the costs that come every month, and of what is sold."""

from datetime import date

from boconsole.ledger import accounts, budget_grid, planning
from boconsole.ledger.planning import Cell
from boconsole.session import Session

MONTHLY = (
    ("4102", "IDR", 190_000_000), ("5101", "IDR", 40_000_000), ("5201", "IDR", 86_000_000),
    ("5203", "IDR", 3_500_000), ("5211", "IDR", 12_500_000), ("5212", "IDR", 3_000_000),
    ("5213", "IDR", 1_500_000), ("5221", "IDR", 900_000), ("5222", "USD", 250),
    ("5271", "IDR", 4_200_000), ("5281", "IDR", 50_000), ("5282", "IDR", 2_000_000),
)  # fmt: skip
"""What accounts are planned to have each month, by code."""


def keep(session: Session, today: date) -> None:
    """Plan the fiscal year of today and the one before."""
    year = budget_grid.year_of(session, today)
    chart = {row.code: row for row in accounts.chart(session)}
    codes = {code: planning.commodity_of(code) for _number, code, _amount in MONTHLY}
    cells = [
        Cell(chart[number], codes[code], month, None, amount * 10 ** codes[code].precision)
        for each in (year.stepped(-1), year)
        for month in each.months
        for number, code, amount in MONTHLY
    ]
    planning.write(session, "budget.plan", cells)
