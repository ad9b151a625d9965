"""Reports of money beyond the statements: ratios, what is overdue, budget against actual."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from boconsole.filters.writing import quote
from boconsole.invoices import aged_list, aging
from boconsole.language import N_, _
from boconsole.ledger import budgets, matching
from boconsole.ledger.balances import Worth
from boconsole.ledger.statements.books import Books, Sum
from boconsole.ledger.statements.shapes import Column as Days
from boconsole.ledger.words import CASH_ROLES
from boconsole.money import from_minor
from boconsole.reports import narrowing
from boconsole.reports.errors import UnknownLineError
from boconsole.reports.shapes import Answer, Asked, Chart, Column, Row, Value
from db.reports import records

COST_OF_SALES = ("cost of goods sold", "cost of sales", "beban pokok penjualan",
                 "harga pokok penjualan")  # fmt: skip
"""Names of accounts, whatever their case, that hold what was sold at cost, and those below."""


class Figures(NamedTuple):
    """What ratios are made of, in smallest units of one currency; all are usually positive."""

    assets: int
    current_assets: int
    quick_assets: int
    liabilities: int
    current_liabilities: int
    receivable: int
    payable: int
    revenue: int
    cost_of_sales: int
    expenses: int
    days: int

    @property
    def equity(self) -> int:
        """What is left of the assets."""
        return self.assets - self.liabilities

    @property
    def bought(self) -> int:
        """What payables are measured against: cost of sales, or else all expenses."""
        return self.cost_of_sales or self.expenses


NOTHING = Figures(*(0 for _ in Figures._fields))


class Ratio(NamedTuple):
    """A ratio: its formula for people, its two sides, and what it is multiplied with."""

    key: str
    title: str
    formula: str
    upper: Callable[[Figures], int]
    lower: Callable[[Figures], int]
    times: Callable[[Figures], int] = lambda _each: 1
    unit: str = ""


RATIOS = (
    Ratio("current", N_("Current ratio"), N_("current assets / current liabilities"),
          lambda one: one.current_assets, lambda one: one.current_liabilities),
    Ratio("quick", N_("Quick ratio"), N_("(cash + receivables) / current liabilities"),
          lambda one: one.quick_assets, lambda one: one.current_liabilities),
    Ratio("debt_to_equity", N_("Debt to equity"), N_("liabilities / equity"),
          lambda one: one.liabilities, lambda one: one.equity),
    Ratio("dso", N_("Days sales outstanding"), N_("receivables / revenue × days"),
          lambda one: one.receivable, lambda one: one.revenue, lambda one: one.days, N_("days")),
    Ratio("dpo", N_("Days payables outstanding"), N_("payables / cost of sales × days"),
          lambda one: one.payable, lambda one: one.bought, lambda one: one.days, N_("days")),
    Ratio("gross_margin", N_("Gross margin"), N_("(revenue - cost of sales) / revenue"),
          lambda one: one.revenue - one.cost_of_sales, lambda one: one.revenue,
          lambda _one: 100, "%"),
    Ratio("net_margin", N_("Net margin"), N_("(revenue - expenses) / revenue"),
          lambda one: one.revenue - one.expenses, lambda one: one.revenue,
          lambda _one: 100, "%"),
)  # fmt: skip


def ratios(asked: Asked) -> Answer:
    """Return the ratios of the last day, and of a span as long before it."""
    books = Books(asked.session, where=asked.query)
    length = asked.last - asked.first
    before = (asked.first - timedelta(days=1) - length, asked.first - timedelta(days=1))
    code = _currency(books, asked.last)
    now = _total(_by_account(books, code, asked.first, asked.last), asked.first, asked.last)
    then = _total(_by_account(books, code, *before), *before)
    digits = books.precisions.get(code, 0)
    rows = []
    for one in RATIOS:
        upper, lower = one.upper(now), one.lower(now)
        cells: tuple[Value, ...] = (
            _(one.title), _value(one, now), _value(one, then), _(one.unit) if one.unit else "",
            _(one.formula), from_minor(upper, digits), from_minor(lower, digits),
        )  # fmt: skip
        rows.append(Row(cells, of=one.key))
    columns = (Column("ratio", _("Ratio"), "text"), Column("value", _("Value"), "decimal", 2),
               Column("before", _("Before"), "decimal", 2), Column("unit", _("Unit"), "text"),
               Column("formula", _("Formula"), "text"),
               Column("upper", _("Upper"), "money", digits),
               Column("lower", _("Lower"), "money", digits))  # fmt: skip
    told = (
        _("Balances of {last}, revenue and expenses of {days} days; before: the same to {before}.")
        .format(last=asked.last, days=now.days, before=before[1]),
        _("Assets of investing and liabilities of financing flows count as not current."),
        _("Ratios as in Wild, Subramanyam and Halsey, Financial Statement Analysis."),
    )  # fmt: skip
    return Answer(columns, rows, Chart("bar", 0, (1, 2)), "", told, code)


def _currency(books: Books, at: date) -> str:
    """Return the commodity in which most accounts have book value."""
    counts = Counter(code for one in books.span(Days("at", "", None, at))
                     for code in one.cell.values)  # fmt: skip
    return counts.most_common(1)[0][0] if counts else ""


def _by_account(books: Books, code: str, first: date, last: date) -> dict[str, Figures]:
    """Return what each account adds to the figures, by its path; days are left at 0."""
    found: dict[str, Figures] = {}
    for one in books.span(Days("at", "", None, last)):
        found[one.account.path] = _held(one, one.cell.values.get(code, 0))
    for one in books.span(Days("span", "", first, last), closings=False):
        before = found.get(one.account.path, NOTHING)
        moved = _moved(one, one.cell.values.get(code, 0))
        found[one.account.path] = Figures(*map(sum, zip(before, moved, strict=True)))
    return found


def _held(one: Sum, amount: int) -> Figures:
    """Return what the balance of an account adds."""
    kind, role, flow = one.account.kind, one.account.role, one.account.cash_flow
    asset, liability = amount * (kind == "asset"), -amount * (kind == "liability")
    return NOTHING._replace(
        assets=asset, current_assets=asset * (flow != "investing"),
        quick_assets=amount * (role in (*CASH_ROLES, "receivable")),
        liabilities=liability, current_liabilities=liability * (flow != "financing"),
        receivable=amount * (role == "receivable"), payable=-amount * (role == "payable"),
    )  # fmt: skip


def _moved(one: Sum, amount: int) -> Figures:
    """Return what the days of an account add."""
    kind = one.account.kind
    return NOTHING._replace(
        revenue=-amount * (kind == "income"), expenses=amount * (kind == "expense"),
        cost_of_sales=amount * _is_cost_of_sales(one.account.path),
    )  # fmt: skip


def _total(by_account: Mapping[str, Figures], first: date, last: date) -> Figures:
    found = Figures(*map(sum, zip(*by_account.values(), strict=True))) if by_account else NOTHING
    return found._replace(days=(last - first).days + 1)


def accounts(asked: Asked) -> Answer:
    """Return what each account adds to both sides of one ratio."""
    one = next((each for each in RATIOS if asked.of in (each.key, _(each.title))), None)
    if one is None:
        raise UnknownLineError(asked.of or "")
    books = Books(asked.session, where=asked.query)
    code = _currency(books, asked.last)
    digits = books.precisions.get(code, 0)
    found = _by_account(books, code, asked.first, asked.last)
    if _total(found, asked.first, asked.last).cost_of_sales:
        found = {path: each._replace(expenses=0) if one.key == "dpo" else each
                 for path, each in found.items()}  # fmt: skip
    rows = []
    for path, each in found.items():
        upper, lower = one.upper(each), one.lower(each)
        if upper or lower:
            days = f"<={asked.last}" if each.assets or each.liabilities else (
                f"{asked.first}..{asked.last}")  # fmt: skip
            rows.append(Row((path, from_minor(upper, digits), from_minor(lower, digits)),
                            _entries(path, days, asked.query)))  # fmt: skip
    columns = (Column("account", _("Account"), "text"),
               Column("upper", _("Upper"), "money", digits, total=True),
               Column("lower", _("Lower"), "money", digits, total=True))  # fmt: skip
    told = f"{_(one.title)} = {_(one.formula)}"
    return Answer(columns, rows, None, "journal", (told,), code)


def _entries(path: str, days: str, *terms: str) -> str:
    """Return the query of the journal for the entries of an account on some days."""
    return " ".join(filter(None, (f"is:posted account:{quote(path)} date:{days}", *terms)))


def _is_cost_of_sales(path: str) -> bool:
    return any(part.strip() in COST_OF_SALES for part in path.casefold().split(":"))


def _value(one: Ratio, figures: Figures) -> Decimal | None:
    lower = one.lower(figures)
    if lower <= 0:
        return None
    exact = Decimal(one.upper(figures)) * one.times(figures) / lower
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def ageing(asked: Asked) -> Answer:
    """Return what customers owe, or what is owed to suppliers, by age."""
    found = aged_list.make(asked.session, aged_list.side_of(asked.by), asked.last).contacts
    found = _narrowed(asked, found)
    most = max((one.precision for one in found), default=0)
    rows = []
    for one in found:
        parts = [from_minor(part, one.precision) for part in one.buckets]
        whole = from_minor(sum(one.buckets), one.precision)
        cells: tuple[Value, ...] = (one.partner, one.commodity, *parts, whole)
        own = f"contact:{quote(one.partner)} currency:{quote(one.commodity)}"
        rows.append(Row(cells, narrowing.words(asked, "is:open", own)))
    rows.sort(key=lambda row: -Decimal(str(row.cells[-1])))
    columns = (Column("contact", _("Contact"), "text"), Column("currency", _("Currency"), "text"),
               *(Column(key, _(key), "money", most) for key in aging.BUCKETS),
               Column("total", _("Total"), "money", most))  # fmt: skip
    last = len(columns) - 1
    listed = narrowing.DOCUMENTS[asked.by]
    told = _("Days overdue on {day}; credits and payments on account count against it.")
    without = (_("Of documents that the query finds; payments on account are none."),) * bool(
        asked.query)  # fmt: skip
    return Answer(columns, rows, Chart("bar", 0, (last,)) if rows else None, listed,
                  (told.format(day=asked.last), *without))  # fmt: skip


def _narrowed(
    asked: Asked, found: tuple[aged_list.AgedContact, ...]
) -> tuple[aged_list.AgedContact, ...]:
    """Return what is open of the documents that were asked for; nothing else is any document."""
    wanted = narrowing.condition(asked, narrowing.DOCUMENTS[asked.by])
    if wanted is None:
        return found
    ids = [item.item_id for one in found for item in one.items]
    kept = records.documents_among(wanted, ids)
    parted = (one._replace(items=tuple(each for each in one.items if each.item_id in kept))
              for one in found)  # fmt: skip
    return tuple(one for one in parted if one.items)


def _planned(asked: Asked, found: list[budgets.Against]) -> list[budgets.Against]:
    """Return the plans of the accounts that were asked for."""
    if not asked.query:
        return found
    test, _lines = matching.asked(asked.session, asked.query)
    return [one for one in found
            if test(Worth(one.account, one.commodity, one.actual, one.commodity, 0))]  # fmt: skip


def budget(asked: Asked) -> Answer:
    """Return plans against what came of them, by account."""
    span = (f"{asked.first:%Y-%m}", f"{asked.last:%Y-%m}")
    found = _planned(asked, budgets.report(asked.session, *span))
    most = max((one.commodity.precision for one in found), default=0)
    rows = []
    for one in found:
        planned, actual = (from_minor(each, one.commodity.precision)
                           for each in (one.planned, one.actual))  # fmt: skip
        used = (actual * 100 / planned).quantize(Decimal("0.1"), ROUND_HALF_UP) if planned else None
        rows.append(Row(
            (one.account.path, one.commodity.code, planned, actual, planned - actual, used),
            _entries(one.account.path, f"{span[0]}..{span[1]}",
                     f"commodity:{quote(one.commodity.code)}")))  # fmt: skip
    columns = (Column("account", _("Account"), "text"), Column("currency", _("Currency"), "text"),
               Column("planned", _("Planned"), "money", most),
               Column("actual", _("Actual"), "money", most),
               Column("left", _("Left"), "money", most),
               Column("used", _("Used %"), "share", 1))  # fmt: skip
    told = _("Whole months from {first} to {last}.").format(first=span[0], last=span[1])
    return Answer(columns, rows, Chart("bar", 0, (2, 3)) if rows else None, "journal",
                  (told,))  # fmt: skip
