"""The entries of documents and payments, line by line.

A control account is booked in the currency of the document with its worth; everything else is
booked in the reporting currency.
"""

from boconsole.invoices.reading import Document
from boconsole.invoices.words import Kind
from boconsole.journals.parts import Amount, Entry, Line, Price
from boconsole.language import _
from boconsole.ledger.errors import ControlError
from boconsole.money import from_minor
from db.invoices.rows import InvoiceLineRow, InvoiceRow, InvoiceTaxRow
from db.ledger import charts
from db.ledger.rows import AccountRow, CommodityRow


def currency_of(head: InvoiceRow) -> CommodityRow:
    """Return the currency of a document."""
    return CommodityRow(head.commodity_id, head.commodity, head.precision, 1)


def entry_of(
    document: Document,
    kind: Kind,
    control: AccountRow,
    lines: list[InvoiceLineRow],
    tax_rows: list[InvoiceTaxRow],
    worth: CommodityRow,
) -> Entry:
    """Return the entry of a document; its worth is that of its lines and taxes."""
    head = document.head
    paths = account_paths()
    value = sum(line.value or 0 for line in lines) + sum(tax.value for tax in tax_rows)
    booked = [control_line(control.path, kind.sign * head.total, currency_of(head),
                           kind.sign * value, worth)]  # fmt: skip
    booked += [
        plain_line(line.account, -kind.sign * (line.value or 0), worth, line.text) for line in lines
    ]
    for tax in tax_rows:
        if tax.account_id and tax.amount:
            path = paths[tax.account_id]
            booked.append(plain_line(path, -kind.sign * tax.value, worth, tax.code))
    said = f"{_(kind.title)} {head.reference}".strip()
    return Entry(head.dated, None, "", head.reference, head.partner, said, booked)


def control_line(
    path: str, amount: int, currency: CommodityRow, value: int, worth: CommodityRow
) -> Line:
    """Return a line in the currency of the document, with its worth."""
    number = from_minor(amount, currency.precision)
    exact = from_minor(value, worth.precision)
    price = None
    if currency.code != worth.code:
        price = Price(Amount(abs(exact), worth.code), True)
    return Line(path, number, currency.code, exact, worth.code, price)


def plain_line(path: str, value: int, worth: CommodityRow, label: str = "") -> Line:
    """Return a line in the reporting currency."""
    number = from_minor(value, worth.precision)
    return Line(path, number, worth.code, number, worth.code, comment=label)


def account_paths() -> dict[int, str]:
    """Return the paths of all accounts by id."""
    return {row.id: row.path for row in charts.select_accounts()}


def role_account(role: str) -> AccountRow:
    """Return the one account with a role.

    Raises:
        ControlError: None has it, or several have.
    """
    found = charts.select_role(role)
    if len(found) != 1:
        paths = ", ".join(row.path for row in found) or _("none")
        raise ControlError(
            _("Exactly one account must have the role {role}, not {paths}.").format(
                role=role, paths=paths
            )
        )
    return found[0]
