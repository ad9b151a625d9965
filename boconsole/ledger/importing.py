"""Taking over books from a plain-text journal: all of it, proved, or nothing.

Entries are posted in the order of their days, so that numbers and seals follow the calendar.
"""

import gc
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import BoconsoleError, InvalidChangeError
from boconsole.journals.parts import Books, Entry, JournalError, Left, Place
from boconsole.language import _
from boconsole.ledger import accounts, approving, commodities, dimensions, limits, periods
from boconsole.ledger.accounts import NewAccount
from boconsole.ledger.entries import head_of
from boconsole.ledger.errors import ApprovalError
from boconsole.ledger.lines import Weighed, loads, sealed_new, weigh
from boconsole.ledger.posting import add_up
from boconsole.ledger.sealing import seal, sealed_head
from boconsole.ledger.words import JOURNAL
from boconsole.session import Session
from boconsole.text import UNSAFE, safe
from db.fields import number_of
from db.ledger import calendar, charts, entries
from db.ledger.rows import (
    AccountRow,
    BalanceLoad,
    CommodityRow,
    EntryLoad,
    PeriodRow,
    PostingLoad,
    YearRow,
)
from db.loading import indexed_afterwards, reserve_ids

CHUNK = 2_000
"""Entries written at a time."""
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


class _Names(NamedTuple):
    """What names mean in the database."""

    accounts: dict[str, AccountRow]
    commodities: dict[str, CommodityRow]
    years: list[YearRow]


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
        with indexed_afterwards("posting", coming):
            lines = _store(session, books, names)
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


def _names(books: Books) -> _Names:
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
    return _Names(chart, known, calendar.select_years())


def _require_printable(books: Books) -> None:
    """Raise JournalError where a name would act on the terminal that shows it."""
    names = {line.account for line in books.accounts} | set(books.precisions)
    names.update(line.account for entry in books.entries for line in entry.lines)
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
    used = dict.fromkeys(line.account for entry in books.entries for line in entry.lines)
    for path in used:
        yield NewAccount(path, role="cash" if CASH.match(path) else "")


def _rates(books: Books, names: _Names) -> None:
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


# Storing


def _store(session: Session, books: Books, names: _Names) -> int:
    """Post all entries; returns the number of lines."""
    ids = iter(reserve_ids("journal_entry", len(books.entries)))
    sums: dict[tuple[int, int, int, int, int], list[int]] = {}
    count = 0
    for _month, group in groupby(books.entries, key=_month_of):
        month = list(group)
        period = _open_period(session, month[0])
        year = next(each for each in names.years if each.id == period.year_id)
        for start in range(0, len(month), CHUNK):
            part = month[start : start + CHUNK]
            count += _store_some(session, part, year, names, ids, sums)
    add_up([BalanceLoad(*key, *found) for key, found in sums.items()])
    return count


def _month_of(entry: Entry) -> tuple[int, int]:
    return entry.dated.year, entry.dated.month


def _open_period(session: Session, first: Entry) -> PeriodRow:
    """Return the period of a month's first entry; a refusal names the place in the journal."""
    try:
        return periods.require_open(session, first.dated)
    except BoconsoleError as refusal:
        raise JournalError(first.place, str(refusal)) from refusal


def _store_some(
    session: Session,
    some: Sequence[Entry],
    year: YearRow,
    names: _Names,
    ids: Iterator[int],
    sums: dict[tuple[int, int, int, int, int], list[int]],
) -> int:
    """Number, seal and write entries of one year; adds their lines to the sums."""
    heads: list[EntryLoad] = []
    postings: list[PostingLoad] = []
    chain = entries.take_chain(JOURNAL, year.id)
    number, previous = chain.last_number, chain.last_hash
    most = limits.read()
    account_ids = {path: row.id for path, row in names.accounts.items()}
    at = int(session.now().timestamp())
    for entry in some:
        number += 1
        head, lines, weighed = _booked(session, next(ids), entry, names, account_ids)
        if limit := approving.weighed_over(most, weighed, entry.dated):
            raise ApprovalError(
                _(
                    "{place}: entries above {threshold} need an approval; import with none asked"
                ).format(place=f"{entry.place.file}:{entry.place.line}", threshold=limit.text)
            )
        head = EntryLoad(
            head.id, "posted", "import", JOURNAL, year.id, number, *head[6:15], None, "",
            session.user.id, None, None, session.user.id, at, "",
        )  # fmt: skip
        sealed_lines = [sealed_new(*pair) for pair in zip(lines, weighed, strict=True)]
        previous = seal(previous, sealed_head(head, year.name), sealed_lines)
        heads.append(head._replace(hash=previous))
        postings += lines
    entries.insert_entries(heads)
    entries.insert_postings(postings)
    dimensions.keep(heads, postings)
    entries.move_chain(chain._replace(last_number=number, last_hash=previous))
    _add(sums, postings)
    return len(postings)


def _booked(
    session: Session, entry_id: int, entry: Entry, names: _Names, account_ids: dict[str, int]
) -> tuple[EntryLoad, list[PostingLoad], list[Weighed]]:
    try:
        for line in entry.lines:
            accounts.require_active(names.accounts[line.account], entry.dated)
        weighed = weigh(entry.lines, names.commodities)
        head = head_of(session, entry_id, entry)
        return head, loads(entry_id, head.dated, weighed, account_ids, posted=True), weighed
    except BoconsoleError as refusal:
        raise JournalError(entry.place, str(refusal)) from refusal


def _add(
    sums: dict[tuple[int, int, int, int, int], list[int]], postings: Iterable[PostingLoad]
) -> None:
    for line in postings:
        key = (line.account_id, line.commodity_id, line.value_commodity_id, line.kind, line.dated)
        found = sums.get(key)
        if found is None:
            sums[key] = [line.amount, line.value]
        else:
            found[0] += line.amount
            found[1] += line.value
