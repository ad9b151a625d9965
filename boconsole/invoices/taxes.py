"""Tax codes as they are set up: rates from one day to another, and accounts.

A rate is never changed, as documents were taxed with it; a later one follows it.
"""

from datetime import date, timedelta
from fractions import Fraction
from typing import cast

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.language import _
from boconsole.ledger import accounts
from boconsole.session import Session
from boconsole.tax.packs import PACKS, PPN, vat
from boconsole.tax.rates import DatedTax, Kind, Mode, Rounding, Scope, Tax, checked, on
from boconsole.text import LINE_LIMIT, clean_line
from db.invoices import taxes as stored
from db.invoices.rows import TaxCodeRow, TaxRateRow


def codes(session: Session) -> list[tuple[TaxCodeRow, list[TaxRateRow]]]:
    """Return all tax codes with their rates, the earliest first."""
    session.require("tax.read")
    rates = stored.select_rates()
    return [
        (code, [rate for rate in rates if rate.tax_id == code.id]) for code in stored.select_codes()
    ]


def by_code() -> dict[str, TaxCodeRow]:
    """Return all tax codes by name."""
    return {row.code: row for row in stored.select_codes()}


def dated_taxes() -> list[DatedTax]:
    """Return all rates as the engine takes them."""
    return [dated(row) for row in stored.select_rates()]


def taxes_on(day: date, names: str, rows: list[DatedTax]) -> tuple[Tax, ...]:
    """Return the taxes of a line on a day, in their order.

    Raises:
        NotFoundError: A code is unknown.
        NoTaxRateError: A code has no rate on the day.
        InvalidChangeError: A code stands twice.
    """
    wanted = names.split()
    known = {row.tax.code for row in rows}
    if len(set(wanted)) != len(wanted):
        raise InvalidChangeError("taxes", _("a tax stands twice"))
    if unknown := [name for name in wanted if name not in known]:
        raise NotFoundError(_("tax code {code}").format(code=unknown[0][:40]))
    return tuple(on(day, name, rows) for name in wanted)


def dated(row: TaxRateRow) -> DatedTax:
    """Return a stored rate as the engine takes it."""
    rounding = Rounding(cast("Scope", row.scope), cast("Mode", row.mode), row.digits, row.currency)
    tax = Tax(
        row.code, cast("Kind", row.kind), Fraction(row.rate), row.included, row.compound,
        Fraction(row.factor), rounding,
    )  # fmt: skip
    return DatedTax(row.starts, row.ends, tax, row.source)


def add(session: Session, row: DatedTax, collected: str = "", deductible: str = "") -> TaxCodeRow:
    """Add a rate to a tax code, which is made where it is missing; the rate before ends.

    Args:
        session: Who sets it up.
        row: From when, and what.
        collected: Account for the tax of sales.
        deductible: Account for the tax of purchases.

    Raises:
        InvalidChangeError: A later rate is there already, or the row cannot be.
        UnknownAccountError: There is no such account.
    """
    session.require("tax.configure")
    name = clean_line(row.tax.code, field="code", limit=20)
    if not name or " " in name:
        raise InvalidChangeError("code", _("{code!r} cannot be a code").format(code=name))
    with audit.writing():
        code = _ensured(session, name, collected, deductible)
        _add_rate(session, code, checked(row))
        return code


def set_accounts(session: Session, name: str, collected: str, deductible: str) -> TaxCodeRow:
    """Name the accounts of a tax code; what is empty stays as it is.

    Raises:
        NotFoundError: There is no such code.
        UnknownAccountError: There is no such account.
    """
    session.require("tax.configure")
    with audit.writing():
        if name not in by_code():
            raise NotFoundError(_("tax code {code}").format(code=name[:40]))
        return _ensured(session, name, collected, deductible)


def _ensured(session: Session, name: str, collected: str, deductible: str) -> TaxCodeRow:
    ids = [_account(path) if path else None for path in (collected, deductible)]
    before = by_code().get(name)
    if before is None:
        new = TaxCodeRow(stored.insert_code(name, *ids), name, ids[0], ids[1], 1)
        told = {"code": (None, name), "collected": (None, collected),
                "deductible": (None, deductible)}  # fmt: skip
        audit.record(session, "tax.create", "tax", [audit.Line(new.id, told, 1)])
        return new
    wanted = before._replace(
        collected_id=ids[0] or before.collected_id, deductible_id=ids[1] or before.deductible_id
    )
    if wanted == before:
        return before
    if not stored.update_code(wanted):
        raise StaleRecordError(name, before.id)
    changed = {"collected": (None, collected), "deductible": (None, deductible)}
    audit.record(session, "tax.edit", "tax", [audit.Line(before.id, changed, before.version + 1)])
    return wanted._replace(version=before.version + 1)


def _account(path: str) -> int:
    account = accounts.find(path)
    if account.role in ("receivable", "payable"):
        raise InvalidChangeError(
            "account", _("{path} holds open items; name another").format(path=account.path)
        )
    return account.id


def _add_rate(session: Session, code: TaxCodeRow, row: DatedTax) -> None:
    others = [rate for rate in stored.select_rates() if rate.tax_id == code.id]
    last = others[-1] if others else None
    if last and last.starts >= row.starts:
        raise InvalidChangeError(
            "from",
            _("{code} has a rate from {day} already; a new one starts later").format(
                code=code.code, day=last.starts
            ),
        )
    if last and (last.ends is None or last.ends >= row.starts):
        stored.end_rate(last.id, row.starts - timedelta(days=1))
    tax, rounding = row.tax, row.tax.rounding
    load = TaxRateRow(
        0, code.id, code.code, row.starts, row.ends, tax.kind, str(tax.rate), tax.included,
        tax.compound, str(tax.factor), rounding.scope, rounding.mode, rounding.digits,
        rounding.currency,        clean_line(row.source, field="source", limit=LINE_LIMIT),
    )  # fmt: skip
    stored.insert_rate(load)
    told = {"code": (None, code.code), "from": (None, str(row.starts)), "rate": (None, load.rate),
            "factor": (None, load.factor), "source": (None, load.source)}  # fmt: skip
    audit.record(session, "tax.rate", "tax", [audit.Line(code.id, told)])


def add_pack(
    session: Session, name: str, *, collected: str, deductible: str, rate: Fraction = Fraction(20)
) -> list[str]:
    """Add ready-made tax codes: `ppn` (Indonesia), or `vat` with a rate.

    Returns:
        The codes.

    Raises:
        NotFoundError: There is no such pack.
        InvalidChangeError: Its codes are there already.
    """
    if name not in PACKS:
        raise NotFoundError(_("tax pack {name}; there are {packs}").format(
            name=name[:20], packs=", ".join(PACKS)))  # fmt: skip
    rows = PPN if name == "ppn" else vat(rate)
    with audit.writing():
        for row in rows:
            add(session, row, collected, deductible)
    return list(dict.fromkeys(row.tax.code for row in rows))
