"""Lines of a document as they are typed: read, checked and added up at every pause."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from boconsole.errors import InvalidChangeError
from boconsole.invoices import cash_rounding, drafting, taxes
from boconsole.invoices.cash_rounding import Coin
from boconsole.invoices.reading import Document, taxed
from boconsole.invoices.words import KINDS
from boconsole.invoices.worth import chosen_reporting
from boconsole.language import _, grouped
from boconsole.ledger import accounts, commodities
from boconsole.ledger.commodities import iso_precision
from boconsole.ledger.entering import LINES, LineError, account_of
from boconsole.session import Session
from boconsole.tax.engine import Taxed
from boconsole.tax.rates import DatedTax
from db.invoices.rows import InvoiceLineRow
from db.ledger import charts
from db.ledger.rows import AccountRow, CommodityRow

PARTS = ("text", "quantity", "unit", "price", "discount", "account", "taxes")
BETWEEN = " | "


class Typed(NamedTuple):
    """One line as it is typed."""

    text: str = ""
    quantity: str = ""
    unit: str = ""
    price: str = ""
    discount: str = ""
    account: str = ""
    taxes: str = ""

    @property
    def line(self) -> str:
        """All parts in one line, from which they can be taken again."""
        return BETWEEN.join(self)


class Choices(NamedTuple):
    """What the form offers, read once when it opens.

    Attributes:
        chart: By path.
        codes: Tax codes.
        rates: What they take, by day.
        currencies: By code.
        default: The reporting currency, else empty.
        coins: To which totals are rounded.
        rounding: Path of the account for that; empty where there is none.
    """

    chart: Sequence[AccountRow]
    codes: tuple[str, ...]
    rates: list[DatedTax]
    currencies: Mapping[str, CommodityRow]
    default: str
    coins: tuple[Coin, ...]
    rounding: str


class Totals(NamedTuple):
    """What a document sums to while it is typed, in smallest units.

    Attributes:
        nets: Of each line; None where it cannot be read yet.
        taxes: Code and amount of each.
        rounding: What is added so that coins can pay it.
        total: The whole.
        precision: Digits of the currency.
    """

    nets: tuple[int | None, ...]
    taxes: tuple[tuple[str, int], ...]
    rounding: int
    total: int
    precision: int


def read_choices(session: Session) -> Choices:
    """Return what the form offers."""
    session.require("invoice.prepare")
    rates = taxes.dated_taxes()
    found = charts.select_role("rounding")
    return Choices(
        accounts.chart(session), tuple(taxes.by_code()), rates, commodities.by_code(),
        chosen_reporting(), tuple(cash_rounding.coins()), found[0].path if len(found) == 1 else "",
    )  # fmt: skip


def typed_of(text: str) -> list[Typed]:
    """Return the lines of a text; parts that are missing are those at the end."""
    found = []
    for line in text.split("\n"):
        parts = [part.strip() for part in f" {line} ".rsplit(BETWEEN, len(PARTS) - 1)]
        found.append(Typed(*parts))
    return [line for line in found if any(line)]


def lines_text(document: Document) -> str:
    """Return the lines of a document as the form has them, numbers as the language writes them."""
    lines = [
        Typed(
            line.text, _written(line.quantity), line.unit, _written(line.price),
            _written(line.discount) if Decimal(line.discount) else "", line.account, line.taxes,
        )
        for line in document.lines
    ]  # fmt: skip
    return "\n".join(line.line for line in lines)


# Numbers


def number_of(text: str) -> Decimal:
    """Return a typed number; marks are those of the language: `1,250.50`, in Indonesian `1.250,50`.

    Raises:
        InvalidChangeError: It is no number.
    """
    group, point = _marks()
    bare = "".join(text.split()).replace("'", "")
    whole, _point, rest = bare.partition(point)
    pieces = whole.lstrip("+-").split(group)
    if len(pieces) > 1 and len(pieces[0]) in (1, 2, 3) and all(len(one) == 3 for one in pieces[1:]):
        whole = whole.replace(group, "")
    elif point == ",":
        return drafting.decimal_of(bare.replace(",", "."), field=LINES)
    return drafting.decimal_of(f"{whole}.{rest}" if rest else whole, field=LINES)


def _marks() -> tuple[str, str]:
    """Return what the language writes between thousands, and before decimals."""
    group = grouped(1_000)[1]
    return group, "," if group == "." else "."


def _written(number: str) -> str:
    """Return an exact number so that it is read as the same again."""
    return number.replace(".", _marks()[1])


def currency_named(price: str) -> str:
    """Return the currency that a typed price names, if any."""
    *number, last = price.split() or [""]
    return last.upper() if number and last[:1].isalpha() else ""


def price_of(text: str) -> tuple[Decimal, str]:
    """Return a typed price, and the currency that it names, if any."""
    named = currency_named(text)
    return number_of(text.strip()[: -len(named)] if named else text), named


def numbers_of(typed: Typed) -> tuple[Decimal, Decimal, Decimal, str]:
    """Return quantity, price and discount of a line, and the currency that the price names."""
    part = "quantity"
    try:
        quantity = number_of(typed.quantity) if typed.quantity else Decimal(1)
        part = "price"
        price, named = price_of(typed.price)
        part = "discount"
        discount = number_of(typed.discount.rstrip("% ")) if typed.discount else Decimal(0)
        if not 0 <= discount <= 100:
            raise InvalidChangeError("discount", _("expected 0 to 100 percent"))
    except InvalidChangeError as error:
        raise LineError(1, part, error.reason) from error
    return quantity, price, discount, named


def wrong_with(typed: Typed, choices: Choices, part: str) -> str:
    """Return why a part of a line that is not empty cannot be taken, or nothing."""
    if part == "account" and typed.account and account_of(choices.chart, typed.account) is None:
        return _("There is no such account.")
    unknown = [code for code in typed.taxes.replace(",", " ").split() if code not in choices.codes]
    if part == "taxes" and unknown:
        return _("There is no tax {code}.").format(code=unknown[0])
    if part in ("quantity", "price", "discount") and getattr(typed, part):
        try:
            numbers_of(typed._replace(price=typed.price or "0"))
        except LineError as error:
            return error.reason if error.part == part else ""
    return ""


# Adding up


def totals(choices: Choices, kind: str, day: date, currency: str, lines: Sequence[Typed]) -> Totals:
    """Return what a document sums to; lines that cannot be read yet count nothing.

    Args:
        choices: What was read when the form opened.
        kind: Of the document.
        day: Whose rates count.
        currency: Its code.
        lines: As they are typed.

    Raises:
        BoconsoleError: A tax is unknown, or has no rate on the day.
    """
    row = _currency(choices, currency)
    read = [_row(choices, typed) for typed in lines]
    rows = [one for one in read if one is not None]
    found = taxed(day, rows, row, choices.rates)
    nets = iter(found.nets)
    each = tuple(None if one is None else next(nets) for one in read)
    more = _coins(choices, kind, row, found)
    told = tuple((one.tax.code, one.amount) for one in found.taxes)
    return Totals(each, told, more, found.total + more, row.precision)


def _currency(choices: Choices, code: str) -> CommodityRow:
    known = choices.currencies.get(code)
    if known is not None:
        return known
    digits = iso_precision(code)
    return CommodityRow(0, code, 2 if digits is None else digits, 1)


def _row(choices: Choices, typed: Typed) -> InvoiceLineRow | None:
    """Return a line as it is added up, None where it cannot be read or only rounds."""
    if not typed.price.strip() or _rounds(choices, typed):
        return None
    try:
        quantity, price, discount, _named = numbers_of(typed)
    except LineError:
        return None
    names = typed.taxes.replace(",", " ")
    return InvoiceLineRow(0, "", str(quantity), str(price), str(discount), 0, "", names, 0, None)


def _rounds(choices: Choices, typed: Typed) -> bool:
    """Return whether a line is the one that rounds the total, which is made anew."""
    row = account_of(choices.chart, typed.account)
    rounding = bool(row and choices.coins and row.path == choices.rounding)
    return rounding and not typed.taxes


def _coins(choices: Choices, kind: str, currency: CommodityRow, found: Taxed) -> int:
    coin = next((one for one in choices.coins if one.currency == currency.code), None)
    if coin is None or KINDS[kind].side != "receivable":
        return 0
    return cash_rounding.difference(found.total, coin)
