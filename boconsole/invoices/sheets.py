"""Aged lists, payments and statements of account as files: CSV, workbook, PDF.

Amounts are exact: decimals in CSV, numbers in a workbook as long as it holds them to the last
digit. A name from the records never becomes a formula.
"""

import csv
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from boconsole import whole_files
from boconsole.invoices import aged_list, payments
from boconsole.invoices.account_statement import Account, AccountStatement
from boconsole.invoices.aged_list import AgedContact, AgedList
from boconsole.invoices.payments import PaymentLine
from boconsole.language import N_, _
from boconsole.ledger.exporting import whole
from boconsole.ledger.sheets import harmless, workbook
from boconsole.ledger.statements.exporting import EXACT, format_of
from boconsole.money import from_minor, plain
from boconsole.session import Session
from boconsole.whole_files import UnwrittenError

AGES = (N_("Not due"), "1-30", "31-60", "61-90", N_("Over 90"))
"""What stands over the columns of ages, as `aging.BUCKETS`."""


class Column(NamedTuple):
    """A column of texts, or of amounts; `share` of the room that is left on paper."""

    title: str
    amount: bool = False
    share: float = 0
    wide: int = 14
    """In a workbook."""


class Line(NamedTuple):
    """A line: texts, amounts in smallest units, and nothing for an empty cell.

    Attributes:
        kind: `item`, `sum`, `total` or `text`.
    """

    cells: tuple[str | int | None, ...]
    precision: int = 0
    kind: str = "item"
    indent: int = 0


class Sheet(NamedTuple):
    """A table with a title and what it is about."""

    title: str
    about: tuple[str, ...]
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


# Aged lists


def of_aged(made: AgedList, unfolded: Collection[tuple[int, str]]) -> Sheet:
    """Return an aged list; `unfolded` are contact and currency of those with their items."""
    columns = (
        Column(_("Contact"), share=1, wide=36), Column(_("Number"), wide=17), Column(_("Due")),
        Column(_("Currency"), wide=10),
        *(Column(_(age), amount=True) for age in AGES), Column(_("Total"), amount=True),
    )  # fmt: skip
    lines = [line for each in made.contacts for line in _contact(each, unfolded)]
    for code, digits, buckets in made.totals:
        lines.append(Line((_("Total"), "", "", code, *buckets, sum(buckets)), digits, "total"))
    lines += [Line((text, *[None] * 9), kind="text") for text in proof_texts(made)]
    about = [_("at the end of {day}").format(day=made.at)]
    if made.valued:
        about.append(_("at book value"))
    return Sheet(_(aged_list.TITLES[made.side]), tuple(about), columns, tuple(lines))


def _contact(each: AgedContact, unfolded: Collection[tuple[int, str]]) -> Iterator[Line]:
    opened = (each.partner_id, each.commodity) in unfolded
    kind = "sum" if opened else "item"
    sums = (*each.buckets, sum(each.buckets))
    yield Line((each.partner, "", "", each.commodity, *sums), each.precision, kind)
    for item in each.items if opened else ():
        ages: list[int | None] = [amount or None for amount in item.buckets]
        told = (each.partner, item.number, str(item.due), each.commodity)
        yield Line((*told, *ages, item.amount), each.precision, indent=1)


def proof_texts(made: AgedList) -> list[str]:
    """Return a sentence for each currency that says whether the books agree."""
    found = []
    for proof in made.proofs:
        words = _("Proof: the control account holds {sum} {code}, as is open.")
        if not proof.holds:
            words = _("NOT PROVED: the control account holds {sum} {code}, but {open} is open.")
        found.append(
            words.format(
                sum=plain(proof.booked, proof.precision), code=proof.commodity,
                open=plain(proof.open, proof.precision),
            )
        )  # fmt: skip
    return found


# Payments


def of_payments(session: Session, query: str, chosen: Collection[int] | None = None) -> Sheet:
    """Return payments as a table.

    Args:
        session: Who asks.
        query: Which.
        chosen: Their ids; None for all that the query finds, up to `payments.MARK_LIMIT`.
    """
    columns = (
        Column(_("Number"), wide=17), Column(_("Date")), Column(_("In/out"), wide=8),
        Column(_("Contact"), share=1, wide=36), Column(_("State")), Column(_("Account"), wide=30),
        Column(_("Reference"), wide=24), Column(_("Currency"), wide=10),
        Column(_("Amount"), amount=True), Column(_("Left over"), amount=True),
    )  # fmt: skip
    rows = payments.list_page(session, query, limit=payments.MARK_LIMIT).rows
    lines = [_payment(row) for row in rows if chosen is None or row.id in chosen]
    return Sheet(_("Payments"), (query,) if query else (), columns, tuple(lines))


def _payment(row: PaymentLine) -> Line:
    words = (_(row.kind), row.partner, _(payments.STANDINGS[payments.standing(row)]))
    number, day = payments.number_of(row), str(row.dated)
    told = (number, day, *words, row.account, row.reference, row.commodity)
    return Line((*told, row.amount, row.left or None), row.precision)


# Statements of account


def of_statement(made: AccountStatement) -> Sheet:
    """Return a statement of account."""
    columns = (
        Column(_("Date")), Column(_("Number"), wide=17),
        Column(_("Description"), share=1, wide=36), Column(_("Due")),
        Column(_("Currency"), wide=10), Column(_("Debit"), amount=True),
        Column(_("Credit"), amount=True), Column(_("Balance"), amount=True),
    )  # fmt: skip
    lines = [line for account in made.accounts for line in _account(account, made)]
    since = str(made.starts) if made.starts else _("the beginning")
    about = [made.partner, _("from {starts} to {ends}").format(starts=since, ends=made.ends)]
    if made.valued:
        about.append(_("at book value"))
    return Sheet(_("Statement of account"), tuple(about), columns, tuple(lines))


def _account(account: Account, made: AccountStatement) -> Iterator[Line]:
    code, digits = account.commodity, account.precision

    def line(text: str, balance: int, kind: str, day: str = "") -> Line:
        return Line((day, "", text, "", code, None, None, balance), digits, kind)

    if made.starts:
        yield line(_("Balance before"), account.opening, "sum", str(made.starts))
    for each in account.lines:
        cells = (
            str(each.dated), each.number, each.text, str(each.due or ""), code,
            each.debit or None, each.credit or None, each.balance,
        )  # fmt: skip
        yield Line(cells, digits)
    yield line(_("Balance"), account.closing, "total", str(made.ends))
    for age, amount in zip(AGES, account.buckets, strict=True):
        if amount:
            yield line(_("of that {age}").format(age=age_text(age)), amount, "item")
    if not account.holds:
        yield line(_("NOT PROVED: open is"), account.open, "sum")


def age_text(age: str) -> str:
    """Return the age of a column in words: `not due`, `1-30 days`."""
    named = {AGES[0]: _("not due"), AGES[-1]: _("over 90 days overdue")}
    return named.get(age) or _("{days} days overdue").format(days=age)


# Files


def write(
    session: Session,
    path: Path,
    sheet: Sheet,
    *,
    spreadsheet: bool = False,
    overwrite: bool = False,
) -> None:
    """Write a table; its name says the format: CSV, workbook or PDF.

    Args:
        session: Who asks.
        path: Where to.
        sheet: What.
        spreadsheet: CSV with a byte order mark, in which names that a spreadsheet would run begin
            with an apostrophe.
        overwrite: Take the place of a file that is there.

    Raises:
        NotAllowedError: The reader may not export the books.
        InvalidChangeError: There is no such format.
        UnwrittenError: The file is there already, or cannot be written.
        NoWorkbookError: The library that writes workbooks is not installed.
        NoPaperError: The library that writes PDF is not installed.
    """
    session.require("ledger.export")
    wanted = format_of(path)
    if not overwrite:
        whole_files.require_new(path)
    try:
        if wanted == "pdf":
            from boconsole.invoices import sheet_printing

            sheet_printing.laid_out(sheet).write(path)
        elif wanted == "xlsx":
            with workbook(path) as book:
                _fill(book, sheet)
        else:
            _write_csv(path, sheet, spreadsheet=spreadsheet)
    except OSError as error:
        raise UnwrittenError(path, error.strerror or str(error)) from error


def _write_csv(path: Path, sheet: Sheet, *, spreadsheet: bool) -> None:
    with whole(path, "", marked=spreadsheet) as file:
        table = csv.writer(file)
        table.writerow([column.title for column in sheet.columns])
        for line in sheet.lines:
            table.writerow([_plain(cell, line.precision, spreadsheet) for cell in line.cells])


def _plain(cell: str | int | None, precision: int, spreadsheet: bool) -> str:
    if isinstance(cell, int):
        return plain(cell, precision)
    return harmless(cell or "") if spreadsheet else cell or ""


def _fill(book: Any, sheet: Sheet) -> None:  # Any: untyped library
    table = book.add_worksheet()
    bold = book.add_format({"bold": True})
    looks: dict[tuple[int, bool], Any] = {}  # Any: as above
    table.freeze_panes(1, 0)
    for place, column in enumerate(sheet.columns):
        table.set_column(place, place, 18 if column.amount else column.wide)
        table.write_string(0, place, column.title, bold)
    for number, line in enumerate(sheet.lines, 1):
        strong = line.kind in ("sum", "total")
        for place, cell in enumerate(line.cells):
            if isinstance(cell, int):
                key = (line.precision, strong)
                if key not in looks:
                    digits = f".{'0' * line.precision}" if line.precision else ""
                    looks[key] = book.add_format({"bold": strong, "num_format": f"#,##0{digits}"})
                _put(table, (number, place), cell, line.precision, looks[key])
            elif cell:
                table.write_string(number, place, cell, bold if strong else None)


def _put(
    table: Any,  # Any: untyped library
    place: tuple[int, int],
    minor: int,
    precision: int,
    look: Any,  # Any: as above
) -> None:
    if abs(minor) < EXACT:
        table.write_number(*place, float(from_minor(minor, precision)), look)
    else:
        table.write_string(*place, plain(minor, precision), look)
