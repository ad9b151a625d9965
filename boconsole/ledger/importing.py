"""Taking over books from a plain-text journal: all of it, proved, or nothing.

Entries are posted in the order of their days, so that numbers and seals follow the calendar.
"""

import gc
import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import BoconsoleError, InvalidChangeError
from boconsole.journals.parts import Books, JournalError, Left, Place, PlainLines
from boconsole.language import _
from boconsole.ledger import accounts, commodities, periods
from boconsole.ledger.accounts import NewAccount
from boconsole.ledger.storing import Names, store
from boconsole.session import Session
from boconsole.text import UNSAFE, safe
from db.fields import number_of
from db.ledger import calendar, charts
from db.loading import indexed_afterwards

FORMATS = ("auto", "hledger", "beancount")
CASH = re.compile(
    r"^assets?(:.+)?:(cash|bank|che(ck|que?)(ing)?|savings?|current)(:|$)", re.IGNORECASE
)
"""Accounts that hold cash by their name. Source: hledger manual, account types."""
OPTION = re.compile(
    rb'^(?:option\s+"|plugin\s+"|\d{4}-\d\d-\d\d\s+(?:open|balance|custom)\s)', re.M
)


class Imported(NamedTuple):
    """What an import brought."""

    entries: int
    lines: int
    accounts: int
    commodities: int
    rates: int
    left: tuple[Left, ...]


def import_journal(session: Session, path: Path, form: str = "auto") -> Imported:
    """Read, prove and post a whole journal in one transaction.

    Args:
        session: Who imports.
        path: The file; files that it includes are read too.
        form: `hledger`, `beancount` or `auto`, which looks at the file.

    Raises:
        JournalError: Something in it cannot be read, does not balance or does not hold.
        InvalidChangeError: It was imported before.
        ApprovalError: Entries would need an approval.
        BoconsoleError: A period is closed, or an amount cannot be held.
    """
    session.require("ledger.import")
    digest = _digest(path)
    with _uncollected():
        return _import(session, path, digest, read_books(path, form))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no garbage meanwhile: books hold no circles, and looking costs a third."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _import(session: Session, path: Path, digest: str, books: Books) -> Imported:
    with audit.writing():
        if before := charts.find_import(digest):
            raise InvalidChangeError(
                "file",
                _("it was imported before as {name}, with {entries} entries").format(
                    name=before[0], entries=before[1]
                ),
            )
        names = _names(books)
        coming = sum(len(entry.lines) for entry in books.entries)
        heads = indexed_afterwards("journal_entry", len(books.entries))
        with heads, indexed_afterwards("posting", coming):
            lines = store(session, books.entries, names)
        _rates(books, names)
        at = int(session.now().timestamp())
        import_id = charts.insert_import(digest, safe(path.name), at, len(books.entries))
        told = {
            "file": (None, safe(path.name)), "sha256": (None, digest),
            "entries": (None, len(books.entries)), "lines": (None, lines),
        }  # fmt: skip
        audit.record(session, "ledger.import", "ledger_import", [audit.Line(import_id, told)])
    return Imported(
        len(books.entries), lines, len(names.accounts), len(names.commodities),
        len(books.rates), tuple(books.left),
    )  # fmt: skip


def read_books(path: Path, form: str = "auto") -> Books:
    """Read and prove a journal without storing anything.

    Raises:
        JournalError: As `import_journal`.
        InvalidChangeError: There is no such format.
    """
    if form not in FORMATS:
        raise InvalidChangeError("format", _("expected one of {words}").format(
            words=", ".join(FORMATS)))  # fmt: skip
    if (form if form != "auto" else guess(path)) == "beancount":
        from boconsole.journals.beancount import booking as beancount
        from boconsole.journals.beancount import reading as beancount_reading

        return beancount.book(beancount_reading.read(path))

    from boconsole.journals.hledger import booking, reading

    return booking.book(reading.read(path, plainly=True))


def guess(path: Path) -> str:
    """Return the format of a file, by its name or else by what it begins with."""
    if path.suffix in (".beancount", ".bean"):
        return "beancount"
    if path.suffix in (".journal", ".hledger", ".ledger", ".j", ".dat"):
        return "hledger"
    return "beancount" if OPTION.search(_start(path)) else "hledger"


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(65_536)
    except OSError as error:
        raise _unreadable(path, error) from error


def _digest(path: Path) -> str:
    if path.exists() and not path.is_file() and not path.is_dir():
        raise BoconsoleError(  # what is read twice would be empty, or another, the second time
            _("{path} is no file; save what it gives as a file and import that.").format(
                path=safe(str(path))
            )
        )
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> BoconsoleError:
    reason = error.strerror or str(error)
    return BoconsoleError(
        _("{path} cannot be read: {reason}.").format(path=safe(str(path)), reason=reason)
    )


def _names(books: Books) -> Names:
    """Make the accounts, commodities and years that the journal needs."""
    _require_printable(books)
    known = commodities.by_code()
    for code, digits in books.precisions.items():
        if code in known and known[code].precision < digits:
            commodities.change_precision(known[code], digits)
            known[code] = known[code]._replace(precision=digits)
    wanted = {
        code: max(digits, commodities.iso_precision(code) or 0)
        for code, digits in books.precisions.items()
    }
    commodities.ensure(known, wanted)
    chart = accounts.by_path()
    accounts.ensure(chart, _new_accounts(books))
    periods.ensure([entry.dated for entry in books.entries])
    return Names(chart, known, calendar.select_years())


def _require_printable(books: Books) -> None:
    """Raise JournalError where a name would act on the terminal that shows it."""
    names = {line.account for line in books.accounts} | set(books.precisions)
    names.update(_used(books))
    for name in sorted(names):
        if UNSAFE.search(name):
            used = (entry.place for entry in books.entries for line in entry.lines
                    if name in (line.account, line.commodity, line.value_commodity))  # fmt: skip
            reason = _("The name {name!r} has control characters; write it without them.")
            raise JournalError(next(used, Place("", 0)), reason.format(name=name[:60]))


def _new_accounts(books: Books) -> Iterator[NewAccount]:
    for line in books.accounts:
        cash = line.kind == "cash" or (line.kind in ("", "asset") and CASH.match(line.account))
        kind = "asset" if line.kind == "cash" else line.kind
        yield NewAccount(
            line.account, kind=kind, role="cash" if cash else "", opened_on=line.opened,
            closed_on=line.closed,
        )  # fmt: skip
    for path in _used(books):
        yield NewAccount(path, role="cash" if CASH.match(path) else "")


def _used(books: Books) -> dict[str, None]:
    """Return the accounts that have lines, in the order of the entries."""
    used: dict[str, None] = {}
    for entry in books.entries:
        lines = entry.lines
        if isinstance(lines, PlainLines):
            used.update((account, None) for account, _minor in lines.amounts)
        else:
            used.update((line.account, None) for line in lines)
    return used


def _rates(books: Books, names: Names) -> None:
    rates = {}
    missing = {
        code: None
        for rate in books.rates
        for code in (rate.commodity, rate.worth.commodity)
        if code not in names.commodities
    }
    commodities.ensure(names.commodities, {
        code: commodities.iso_precision(code) or 0 for code in missing})  # fmt: skip
    for rate in books.rates:
        commodity = names.commodities[rate.commodity].id
        quote = names.commodities[rate.worth.commodity].id
        rates[commodity, quote, number_of(rate.dated)] = format(rate.worth.number, "f")
    if rates:
        charts.put_rates([(*key, worth) for key, worth in rates.items()])
