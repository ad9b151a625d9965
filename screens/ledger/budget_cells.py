"""How the grid of budgets is laid out: the account and the year stay, months scroll sideways.

Amounts are never cut. The month under the cursor stands in brackets.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content

from boconsole.language import N_, _, decimal
from boconsole.ledger import planning
from boconsole.ledger.budget_grid import GridRow, Year
from boconsole.ledger.budgets import month_name
from boconsole.ledger.statements import plans
from boconsole.money import from_minor, plain
from screens.cells import Cell, safe
from screens.ledger.facts import money
from screens.prose import toned
from screens.widgets.columns import GUTTER, Column

ACCOUNT, CODE, TOTAL = "account", "commodity", "total"
LEAST, NARROW = 16, 10
NIL = "-"
EDGES = 2
"""Brackets around the cell under the cursor."""
GROWS = {"income": 1, "asset": 1, "equity": 1, "expense": -1, "liability": -1}


class Widths(NamedTuple):
    """How wide the columns have to be for some rows."""

    code: int
    month: int
    total: int


class Shown(NamedTuple):
    """Which months have room."""

    first: int
    number: int
    widths: Widths


NOTHING = Shown(0, 1, Widths(3, NARROW, NARROW))


def typed_text(minor: int, row: GridRow) -> str:
    """Return an amount as it is typed; nothing where nothing is planned."""
    precision = row.commodity.precision
    if minor % 10**precision == 0:
        return str(minor // 10**precision) if minor else ""
    return plain(minor, precision)


def cell_text(minor: int, row: GridRow) -> str:
    """Return an amount, without digits behind the point where they are zeros."""
    if not minor:
        return NIL
    precision = row.commodity.precision
    if minor % 10**precision == 0:
        return decimal(from_minor(minor, precision).to_integral_value(), 0)
    return money(minor, precision)


def measured(rows: Sequence[GridRow]) -> Widths:
    """Return how wide the columns have to be so that nothing is cut."""
    codes = (cell_len(row.commodity.code) for row in rows)
    months = (cell_len(cell_text(minor, row)) + EDGES for row in rows for minor in row.planned)
    totals = (cell_len(cell_text(sum(row.planned), row)) for row in rows)
    return Widths(max(3, *codes, 0), max(NARROW, *months, 0), max(NARROW, *totals, 0))


def fitted(widths: Widths, width: int, month: int, first: int) -> Shown:
    """Return the months that fit, the one under the cursor among them.

    Args:
        widths: Of the columns.
        width: Of the table.
        month: Place of the one under the cursor.
        first: Place of the first one shown now.
    """
    room = width - GUTTER - LEAST - widths.code - widths.total - 3
    number = max(1, min(12, room // (widths.month + 1)))
    first = min(max(first, month - number + 1), month, 12 - number)
    return Shown(first, number, widths)


def columns(
    year: Year, shown: Shown, cursor: Callable[[GridRow, int], bool]
) -> list[Column[GridRow]]:
    """Return account, commodity, some months and the year.

    Args:
        year: Whose months.
        shown: Which of them.
        cursor: Whether the cursor is on a month of a row.
    """

    def of_month(place: int) -> Callable[[GridRow], Cell]:
        def cell(row: GridRow) -> Cell:
            text = cell_text(row.planned[place], row)
            return Cell(f"[{text}]" if cursor(row, place) else f"{text} ", tone(row, place))

        return cell

    months = [
        Column(month_name(year.months[place]), month_name(year.months[place]), shown.widths.month,
               of_month(place), align="right")
        for place in range(shown.first, shown.first + shown.number)
    ]  # fmt: skip
    account: Column[GridRow] = Column(ACCOUNT, N_("Account"), LEAST, named, grow=1)
    code: Column[GridRow] = Column(
        CODE, "", shown.widths.code, lambda row: Cell(safe(row.commodity.code), "muted"),
        name=N_("Commodity"),
    )  # fmt: skip
    total: Column[GridRow] = Column(
        TOTAL, year.name, shown.widths.total,
        lambda row: Cell(cell_text(sum(row.planned), row), "strong"), align="right",
    )  # fmt: skip
    return [account, code, *months, total]


def named(row: GridRow) -> Cell:
    """Return the account, marked where passing its budget is refused."""
    mark = "! " if row.mode == planning.MODES[1] else ""
    return Cell(f"{mark}{safe(row.account.name)}")


def tone(row: GridRow, place: int) -> str:
    """Return how a month is coloured; the line above says the same in words."""
    planned, had = row.planned[place], row.actual[place]
    return "bad" if planned and (had - planned) * GROWS.get(row.account.kind, 0) < 0 < had else ""


def told(row: GridRow | None, year: Year, place: int) -> Content:
    """Return what the cursor is on: budget, actual, share, verdict, and what passing it does."""
    if row is None:
        return toned(f" {year.name}")
    planned, had = row.planned[place], row.actual[place]
    parts: list[tuple[str, str] | str] = [
        f" {safe(row.account.name)} · {month_name(year.months[place])}"
    ]
    over = (had - planned) * GROWS.get(row.account.kind, 0)
    if planned:
        share = decimal(plans.percent(had, planned), 1)
        letter = plans.FAVOURABLE if over > 0 else plans.UNFAVOURABLE if over < 0 else ""
        parts.append((f" · {share} % {letter}".rstrip(), "bad" if over < 0 else "good"))
    amounts = _("budget {budget}, actual {actual} {code}").format(
        budget=cell_text(planned, row), actual=cell_text(had, row),
        code=safe(row.commodity.code),
    )  # fmt: skip
    parts.append(f" · {amounts}")
    if row.mode == planning.MODES[1]:
        parts.append((" · " + _("! blocks"), "warn"))
    return toned(*parts)


def by_month(row: GridRow, year: Year) -> list[Content]:
    """Return the months of a row one below the other: budget, actual, left."""
    digits = row.commodity.precision
    lines = [toned((safe(row.account.path), "strong")),
             toned((safe(row.commodity.code), "muted")), Content("")]  # fmt: skip
    cells = [(_("Month"), _("Budget"), _("Actual"), _("Left"))]
    cells += [
        (month_name(month), money(planned, digits), money(had, digits),
         money(planned - had, digits))
        for month, planned, had in zip(year.months, row.planned, row.actual, strict=True)
    ]  # fmt: skip
    planned, had = sum(row.planned), sum(row.actual)
    cells.append((year.name, money(planned, digits), money(had, digits),
                  money(planned - had, digits)))  # fmt: skip
    widths = [max(cell_len(line[place]) for line in cells) for place in range(4)]
    for number, line in enumerate(cells):
        text = "  ".join([line[0].ljust(widths[0]),
                          *(part.rjust(wide) for part, wide
                            in zip(line[1:], widths[1:], strict=True))])  # fmt: skip
        lines.append(toned((text, "muted" if number == 0 else "strong"
                            if number == len(cells) - 1 else "")))  # fmt: skip
    return lines
