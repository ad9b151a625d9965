"""Words of the books, and the numbers of entries."""

import re
from datetime import date
from typing import NamedTuple

from boconsole.errors import InvalidChangeError
from boconsole.journals.payees import joined
from boconsole.language import N_, _

KINDS = (N_("asset"), N_("liability"), N_("equity"), N_("income"), N_("expense"))
KIND_TITLES = {
    "asset": N_("Assets"),
    "liability": N_("Liabilities"),
    "equity": N_("Equity"),
    "income": N_("Income"),
    "expense": N_("Expenses"),
    "": N_("Not classified"),
}
ROOTS = {
    "asset": ("asset", "assets", "aset", "aktiva", "harta"),
    "liability": ("liability", "liabilities", "debt", "debts", "liabilitas", "kewajiban", "utang"),
    "equity": ("equity", "capital", "ekuitas", "modal"),
    "income": ("income", "revenue", "revenues", "pendapatan", "penghasilan"),
    "expense": ("expense", "expenses", "beban", "biaya"),
}
"""First names of accounts that tell the kind, whatever their case."""
CASH_ROLES = ("cash", "cash-revaluation")
"""Cash of the cash-flow statement: accounts, and what closing rates add to their worth."""
ADJUSTMENTS = ("revaluation", "cash-revaluation")
"""Accounts that hold worth alone: what closing rates add to that of other accounts."""
SURPLUS, RETAINED = "surplus", "retained"
"""Roles in equity: what revaluations of fixed assets added, and what takes it in the end."""
ROLES = (
    "cash", "receivable", "payable", RETAINED, SURPLUS, "gains", "unrealised", "rounding",
    *ADJUSTMENTS,
)  # fmt: skip
CASH_FLOWS = ("operating", "investing", "financing", "none")
STATES = (N_("draft"), N_("posted"), N_("reversed"))
YEAR_STATES = ("open", "closed", N_("locked"))
DOCUMENT = "document"
"""The kind of an entry that an invoice, bill or payment made: only that may take it back."""
HAND = "normal"
"""The kind of an entry that somebody writes: it books no receivable and no payable."""
OPENING = "opening"
"""The kind of an entry that takes over what was there before the books; it may."""
FIXED_ASSET = "fixed-asset"
"""The kind of an entry that the register of fixed assets made; only that may take it back."""
REVALUATION = "revaluation"
"""The kind of an entry that values by closing rates; its opposite is posted with it."""
OF_FEATURES = (DOCUMENT, FIXED_ASSET, REVALUATION)
ENTRY_KINDS = (HAND, "reversal", "closing", "import", *OF_FEATURES, OPENING)
JOURNAL, CLOSING = "JNL", "CLS"
"""Series of entries."""
DRAFT = "DRF"
PARTS = (N_("ledger"), N_("tax"), N_("sales"), N_("purchases"), N_("payroll"), N_("hard"))
NUMBER = re.compile(r"^([A-Z]{2,6})-([0-9]{4}(?:/[0-9]{2})?)-([0-9]{1,9})$", re.IGNORECASE)
DRAFT_NUMBER = re.compile(r"^(?:DRF-|#)?([1-9][0-9]{0,9})$", re.IGNORECASE)


class Numbered(NamedTuple):
    """The number of an entry, taken apart; `id` alone for a draft."""

    id: int = 0
    series: str = ""
    year: str = ""
    number: int = 0


def kind_of(path: str) -> str:
    """Return the kind that the first name of an account tells, or nothing."""
    first = path.partition(":")[0].strip().casefold()
    return next((kind for kind, words in ROOTS.items() if first in words), "")


def repeats(payee: str, description: str) -> bool:
    """Return whether a description names the payee already, so that it need not be said again."""
    return description == payee or joined(payee, description)


def entry_number(entry_id: int, series: str, year: str, number: int | None) -> str:
    """Return the number people see: `JNL-2026-00042`, or `DRF-7` before it is posted."""
    return f"{DRAFT}-{entry_id}" if number is None else f"{series}-{year}-{number:05}"


def parse_entry_number(text: str) -> Numbered:
    """Return what a number of an entry says; digits alone are its id.

    Raises:
        InvalidChangeError: It is no number of an entry.
    """
    word = text.strip()
    if found := DRAFT_NUMBER.match(word):
        if int(found[1]) < 2**31:
            return Numbered(id=int(found[1]))
    elif found := NUMBER.match(word):
        return Numbered(0, found[1].upper(), found[2], int(found[3]))
    raise InvalidChangeError(
        "number",
        _("{text!r} is not the number of an entry such as JNL-2026-00042 or DRF-7").format(
            text=text[:40]
        ),
    )


def parse_day(text: str, *, field: str = "date") -> date:
    """Return the day of `2026-11-25`.

    Raises:
        InvalidChangeError: It is no day.
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise InvalidChangeError(
            field, _("{text!r} is not a day such as 2026-11-25").format(text=text[:40])
        ) from error
