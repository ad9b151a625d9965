"""What is typed into a payment: read, completed, spread over what is open.

What is named gets its amounts; where nothing is named the oldest due is settled first. What is
paid beyond stays as a credit.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from boconsole.errors import InvalidChangeError
from boconsole.invoices import paying
from boconsole.invoices.drafting import bounded, find_partner
from boconsole.invoices.paying import Kind, NewPayment
from boconsole.invoices.words import Side
from boconsole.invoices.worth import chosen_reporting
from boconsole.language import N_, _
from boconsole.ledger import accounts, commodities, entering
from boconsole.ledger.entering import LineError, Typed
from boconsole.ledger.words import entry_number
from boconsole.money import from_minor, plain
from boconsole.session import Session
from db.invoices import payment_pages
from db.invoices import settled as stored
from db.invoices.rows import PaymentRow
from db.ledger import charts

ITEMS = "items"
SHOWN = 40
"""The most open items that a form offers beside those that are named; the oldest due come first."""
LOOKED_AT = 2_000
"""The most open items of a contact among which the named ones are looked for."""


class Way(NamedTuple):
    """Which way money goes, and on which side of the books."""

    title: str
    kind: Kind
    side: Side

    @property
    def sign(self) -> int:
        """The sign of what it settles; debit positive."""
        if self.kind == "offset":
            return 1 if self.side == "receivable" else -1
        return 1 if self.kind == "in" else -1


WAYS = {
    "received": Way(N_("received from a customer"), "in", "receivable"),
    "paid": Way(N_("paid to a supplier"), "out", "payable"),
    "paid-back": Way(N_("paid back to a customer"), "out", "receivable"),
    "got-back": Way(N_("paid back by a supplier"), "in", "payable"),
    "set-off": Way(N_("credit of a customer set off"), "offset", "receivable"),
    "set-off-payable": Way(N_("credit of a supplier set off"), "offset", "payable"),
}


def title_of(kind: str, side: str) -> str:
    """Return what a payment is: `received from a customer`."""
    return next((_(way.title) for way in WAYS.values() if (way.kind, way.side) == (kind, side)), "")


class Item(NamedTuple):
    """Something open that the payment can settle."""

    number: str
    dated: date
    due: date
    open: Decimal
    commodity: str
    text: str
    """What is open, as it is typed."""


class Named(NamedTuple):
    """A number, and how much of it is settled."""

    number: str
    amount: str

    @property
    def text(self) -> str:
        """Both in one line."""
        return f"{self.number}  {self.amount}".rstrip()


class First(NamedTuple):
    """What a form begins with.

    Attributes:
        account: Bank or cash of the payment before.
        items: What is open.
        precisions: Digits of the commodities in use.
    """

    account: str
    items: Sequence[Item]
    precisions: Mapping[str, int]


def first(session: Session, way: str, contact: str, numbers: Collection[str] = ()) -> First:
    """Return what a form begins with; raises NotAllowedError or NotFoundError."""
    session.require("payment.prepare")
    found = open_items(session, way, contact, numbers) if contact else []
    kind = WAYS[way].kind
    cash = [] if kind == "offset" else charts.select_role("cash")
    path = stored.find_last_account(kind) or (cash[0].path if len(cash) == 1 else "")
    return First(path, found, precisions())


def precisions() -> dict[str, int]:
    """Return the digits of the commodities in use."""
    return {row.code: row.precision for row in commodities.by_code().values()}


def open_items(
    session: Session, way: str, contact: str, numbers: Collection[str] = ()
) -> list[Item]:
    """Return what is open with a contact and can be settled this way, the oldest due first.

    Args:
        session: Who asks.
        way: One of `WAYS`.
        contact: A name.
        numbers: Offered too, however many are older.

    Raises:
        NotFoundError: There is no such contact.
    """
    session.require("payment.prepare")
    chosen = WAYS[way]
    partner = find_partner(contact)
    rows = stored.select_open(chosen.side, partner.id, chosen.sign, LOOKED_AT)
    every = [
        Item(
            entry_number(0, row.series, row.year, row.number), row.dated, row.due,
            from_minor(row.open, row.precision), row.commodity, plain(row.open, row.precision),
        )
        for row in rows
    ]  # fmt: skip
    return [item for place, item in enumerate(every) if place < SHOWN or item.number in numbers]


def contacts(session: Session, start: str) -> list[str]:
    """Return names of contacts that begin so, else that have it in them."""
    session.require("invoice.read")
    return payment_pages.list_partners(start, 6) or payment_pages.list_partners_with(start, 6)


def account_paths(session: Session, start: str) -> list[str]:
    """Return paths of accounts that a beginning may mean, cash and banks first."""
    session.require("ledger.read")
    found = entering.offered(accounts.chart(session), start)
    fit = [row for row in found if row.role not in ("receivable", "payable")]
    return [row.path for row in sorted(fit, key=lambda row: row.role != "cash")]


# Amounts


def named_of(text: str) -> list[Named]:
    """Return the lines of a text; number and amount stand two blanks apart."""
    found = []
    for line in text.split("\n"):
        number, _gap, amount = line.strip().partition("  ")
        if number:
            found.append(Named(number, amount.strip()))
    return found


def sum_of(text: str, code: str, field: str) -> tuple[Decimal, str]:
    """Return an amount and its currency; `code` where none is typed.

    Raises:
        InvalidChangeError: It is no amount, or nobody knows the currency.
    """
    whole = entering.with_commodity(text.strip(), code, precisions())
    try:
        posting = entering.posting_of(Typed("x", whole), 1)
    except LineError as error:
        raise InvalidChangeError(field, error.reason) from error
    if posting.amount is None or posting.price is not None:
        raise InvalidChangeError(
            field, _("{text!r} is not an amount such as 40.00 USD").format(text=text[:40])
        )
    if not posting.amount.commodity:
        raise InvalidChangeError(field, _("Say in which currency, as in 12.50 USD."))
    return bounded(posting.amount.number, field=field), posting.amount.commodity


def oldest_first(items: Sequence[Item], amount: Decimal | None, code: str) -> dict[str, str]:
    """Return what each number gets of an amount, the oldest due first; None pays all of them."""
    found: dict[str, str] = {}
    for item in items:
        if item.commodity != code:
            continue
        part = item.open if amount is None else min(item.open, amount)
        if part > 0:
            digits = -int(item.open.as_tuple().exponent)
            found[item.number] = f"{part:.{max(digits, 0)}f}"
        if amount is not None:
            amount -= part
    return found


# The whole payment


def save(session: Session, values: Mapping[str, object]) -> PaymentRow:
    """Book the payment that was typed; above the threshold it waits as a draft.

    Raises:
        InvalidChangeError: Something cannot be read; names the field.
        BoconsoleError: As `paying.pay`.
    """
    return paying.pay(session, payment_of(values))


def payment_of(values: Mapping[str, object]) -> NewPayment:
    """Return the payment that was typed."""
    way, day = WAYS[str(values["way"])], values["date"]
    if not isinstance(day, date):
        raise InvalidChangeError("date", _("is needed"))
    given = {name: str(values.get(name) or "").strip() for name in TEXTS}
    if way.kind != "offset" and not given["account"]:
        raise InvalidChangeError("account", _("is needed"))
    code = given["currency"] or chosen_reporting()
    whole = sum_of(given["amount"], code, "amount") if given["amount"] else None
    currency = whole[1] if whole else code
    typed = _parts(str(values.get(ITEMS) or ""), currency)
    written_off = Decimal(0)
    if given["write_off"]:
        written_off = sum_of(given["write_off"], currency, "write_off")[0]
    amount = whole[0] if whole else _sum(typed, currency) - written_off
    paid = sum_of(given["paid"], "", "paid") if given["paid"] else None
    return NewPayment(
        way.kind, way.side, given["contact"], day, currency, amount,
        "" if way.kind == "offset" else given["account"], paid, given["rate"],
        typed, written_off, given["write_off_account"], given["reason"],
        given["reference"],
    )  # fmt: skip


TEXTS = (
    "contact", "account", "amount", "currency", "paid", "rate", "reference", "write_off",
    "write_off_account", "reason",
)  # fmt: skip


def _parts(text: str, code: str) -> list[tuple[str, Decimal | None]]:
    """Return each number with its amount; amounts of nothing name nothing."""
    found: list[tuple[str, Decimal | None]] = []
    for each in named_of(text):
        if each.amount:
            part = sum_of(each.amount, code, ITEMS)[0]
            if part:
                found.append((each.number, part))
    return found


def _sum(typed: Sequence[tuple[str, Decimal | None]], code: str) -> Decimal:
    """Return all that the named items get."""
    if not typed:
        raise InvalidChangeError("amount", _("type an amount, or what the open items get"))
    if not code:
        raise InvalidChangeError("amount", _("Say in which currency, as in 12.50 USD."))
    return sum((part or Decimal(0) for _number, part in typed), Decimal(0))
