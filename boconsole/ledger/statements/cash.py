"""Cash-flow statement, direct and indirect, proved equal for every month.

Flows are in book value; into cash is positive. Accounts without a class are listed under `Not
classified`. Entries that close years are out.

Source: IAS 7, paragraphs 18 to 20, and 28.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _
from boconsole.ledger.statements import flows, spans
from boconsole.ledger.statements.books import Books
from boconsole.ledger.statements.flows import CLASSES, Flow
from boconsole.ledger.statements.shapes import (
    NOTHING,
    Cell,
    Column,
    Money,
    Proof,
    Row,
    Section,
    Statement,
    line,
    minus,
    plus,
    section,
    total,
)
from boconsole.session import Session

METHODS = ("direct", "indirect")
TITLES = {
    "operating": N_("Operating activities"),
    "investing": N_("Investing activities"),
    "financing": N_("Financing activities"),
    "exchange": N_("Effect of exchange-rate changes on cash"),
    "none": N_("Marked as without cash flow"),
    "": N_("Not classified"),
}
WHY = ("result", "adjustment", "change", "counter")


def cash_flow(
    session: Session,
    starts: date | None = None,
    ends: date | None = None,
    *,
    method: str = "direct",
    compare: str = "none",
    currency: str = "",
) -> Statement:
    """Return the cash-flow statement of a period.

    Args:
        session: Who asks.
        starts: First day; by default that of the books.
        ends: Last day; by default that of the books.
        method: `direct` or `indirect`.
        compare: `previous`, `year` or `none`; see `spans.period_columns`.
        currency: Convert all to it, at the rates of the last day of each column.

    Raises:
        InvalidChangeError: The days, the method or the comparison cannot be.
        UnknownCommodityError: There is no such currency.
    """
    if method not in METHODS:
        raise InvalidChangeError("method", _("expected one of {words}").format(
            words=", ".join(METHODS)))  # fmt: skip
    books, target = Books(session, anew=bool(currency)), Books(session, currency)
    columns = spans.period_columns(*spans.span(session, starts, ends), compare)
    told = {
        "direct": [flows.direct(books, column) for column in columns],
        "indirect": [flows.indirect(books, column) for column in columns],
    }
    changes = [flows.change(books, column) for column in columns]
    sections = _sections(target, columns, told[method])
    held = _held(books, target, columns, changes, sections)
    proofs = [proof for place, column in enumerate(columns)
              for proof in _proofs(column, told, place, changes[place])]  # fmt: skip
    if currency:
        proofs += _converted(columns, sections, held)
    return Statement(
        "cash-flow", _("Cash-flow statement"), "natural", "values", columns, (*sections, held),
        tuple(proofs), books.precisions, currency, target.left(), _loose(told),
        remarks=_remarks(books),
    )  # fmt: skip


def _sections(
    target: Books, columns: Sequence[Column], told: Sequence[Sequence[Flow]]
) -> list[Section]:
    found = []
    for place in CLASSES:
        rows = _rows(target, columns, [[flow for flow in each if flow.place == place]
                                       for each in told])  # fmt: skip
        if rows or place in ("operating", "investing", "financing"):
            key = place or "unclassified"
            found.append(section(key, _(TITLES[place]), rows, len(columns)))
    return found


def _rows(target: Books, columns: Sequence[Column], told: Sequence[Sequence[Flow]]) -> list[Row]:
    """Return a row for each account, those of one reason together; nothing is left out but 0."""
    cells: dict[tuple[int, str, int], list[list[Cell]]] = {}
    accounts = {}
    for place, each in enumerate(told):
        for flow in each:
            path, key = (flow.account.path, flow.account.id) if flow.account else ("", 0)
            accounts[key] = flow.account
            sums = cells.setdefault((WHY.index(flow.why), path, key), [[] for _column in columns])
            sums[place].append(flow.cell)
    rows = []
    for (why, path, key), sums in sorted(cells.items()):
        own = tuple(_cell(target, columns[place], path, total(sums[place]))
                    for place in range(len(columns)))  # fmt: skip
        if any(cell.values for cell in own):
            account = accounts[key]
            rows.append(
                Row(path, path, key, account.kind, 0, own, own)
                if account else line(_("Net income"), WHY[why], own)
            )  # fmt: skip
    return rows


def _cell(target: Books, column: Column, path: str, cell: Cell, *, booked: bool = False) -> Cell:
    """Return a flow in the reporting currency, from its book value (or what was booked)."""
    if not target.currency:
        return cell
    worth, left = target.convert(cell.amounts if booked else cell.values, column.ends)
    for code, amount in left.items():
        key = (column.key, path, code)
        target.unconvertible[key] = target.unconvertible.get(key, 0) + amount
    return Cell(worth, worth)


def _held(
    books: Books,
    target: Books,
    columns: Sequence[Column],
    changes: Sequence[dict[int, Cell]],
    sections: Sequence[Section],
) -> Section:
    """Return the section of cash itself: at the start, what changed, at the end."""
    start, moved, effect = [], [], []
    for place, column in enumerate(columns):
        start.append(_cell(target, column, "", _at_start(books, column), booked=True))
        moved.append(_cell(target, column, "", total(changes[place].values()), booked=True))
        flow = total(each.totals[place] for each in sections).values
        rest = plus(moved[place].values, minus(flow)) if target.currency else {}
        effect.append(Cell(rest, rest))
    rows = [line(_("Cash at the start"), "sum", start)]
    if any(cell.values for cell in effect):
        rows.append(line(_("Difference of conversion"), "difference", effect))
    ends = tuple(total(pair) for pair in zip(start, moved, strict=True))
    rows += [line(_("Change in cash"), "sum", moved), line(_("Cash at the end"), "sum", ends)]
    return Section("cash", _("Cash"), tuple(rows), tuple(moved))


def _at_start(books: Books, column: Column) -> Cell:
    if column.starts is None or column.starts == date.min:
        return NOTHING
    before = spans.until("start", column.starts - timedelta(days=1))
    return total(each.cell for each in books.span(before) if flows.is_cash(each.account))


def _proofs(
    column: Column,
    told: dict[str, list[list[Flow]]],
    place: int,
    changes: dict[int, Cell],
) -> list[Proof]:
    """Prove both methods against the change in cash, for the column and for each month of it."""
    sentences = {
        "direct": _("The direct cash flows equal the change in cash."),
        "indirect": _("Net income and the changes of all other accounts equal the change in cash."),
    }
    found = []
    for method in METHODS:
        sums: dict[int, list[Cell]] = {}
        for flow in told[method][place]:
            sums.setdefault(flow.month, []).append(flow.cell)
        totals = {month: total(cells).values for month, cells in sums.items()}
        whole = plus(*(cell.values for cell in changes.values()))
        found.append(Proof(method, sentences[method], column.key, plus(*totals.values()), whole))
        for month in sorted(totals.keys() | changes.keys()):
            name = f"{month // 100:04}-{month % 100:02}"
            right: Money = changes.get(month, NOTHING).values
            found.append(
                Proof(f"{method}-month", sentences[method], name, totals.get(month, {}), right)
            )
    return found


def _converted(
    columns: Sequence[Column], sections: Sequence[Section], held: Section
) -> list[Proof]:
    sentence = _("The converted flows and the difference of conversion equal the change in cash.")
    effects = [row for row in held.rows if row.kind == "difference"]
    return [
        Proof(
            "converted", sentence, column.key,
            plus(*(each.totals[place].values for each in sections),
                 *(row.own[place].values for row in effects)),
            held.totals[place].values,
        )
        for place, column in enumerate(columns)
    ]  # fmt: skip


def _loose(told: dict[str, list[list[Flow]]]) -> tuple[str, ...]:
    """Return the accounts without a class whose flows the two methods had to tell."""
    found = {
        flow.account.path
        for columns in told.values()
        for each in columns
        for flow in each
        if flow.account is not None and not flow.place
    }
    return tuple(sorted(found))


def _remarks(books: Books) -> tuple[str, ...]:
    if any(flows.is_cash(account) for account in books.accounts.values()):
        return ()
    told = _(
        "No account is marked as cash; mark it with: boconsole ledger account NAME --role cash"
    )
    return (told,)
