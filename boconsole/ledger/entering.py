"""What is typed into an entry, line by line: read, completed, and what is missing to balance.

A draft need not balance. One amount may be left out and takes what is missing.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from boconsole.errors import InvalidChangeError
from boconsole.journals.hledger.balancing import weight
from boconsole.journals.hledger.postings import EntryBlock
from boconsole.journals.hledger.scope import Scope
from boconsole.journals.parts import (
    UNBALANCED,
    Amount,
    Entry,
    JournalError,
    Line,
    Place,
    Posting,
)
from boconsole.language import _, grouped
from boconsole.ledger import accounts, commodities, entries, tagging
from boconsole.ledger.commodities import iso_precision
from boconsole.ledger.entries import JournalEntry
from boconsole.ledger.errors import (
    ControlAccountError,
    UnknownAccountError,
    UnknownCommodityError,
)
from boconsole.ledger.tagging import Known
from boconsole.money import AmountTooLargeError, PrecisionError, to_minor
from boconsole.session import Session
from db import connection
from db.ledger import balances
from db.ledger.rows import AccountRow, CommodityRow

LINES = "lines"
BARE = re.compile(r"\s*([-+]?\s*[0-9][0-9.,' ]*)\s*")
GROUPED = re.compile(
    r"(\s*[-+]?\s*[^\d\s.,+-]{0,4}\s*[-+]?)(\d{1,3}([.,])\d{3}(?:\3\d{3})*)((?![\d.,]).*)"
)
"""A number in groups of three, with what stands around it."""
OFFERED = 6


class LineError(InvalidChangeError):
    """A typed line cannot be taken.

    Attributes:
        line: Its place, from 1.
        part: `account` or `amount`.
    """

    def __init__(self, line: int, part: str, reason: str) -> None:
        super().__init__(LINES, reason)
        self.line = line
        self.part = part


class Typed(NamedTuple):
    """One line as it is typed."""

    account: str
    amount: str

    @property
    def text(self) -> str:
        """Both in one line, as a journal has them."""
        return f"{self.account}  {self.amount}".rstrip()


class Choices(NamedTuple):
    """What the form offers, read once when it opens.

    Attributes:
        chart: By path.
        precisions: Of the commodities in use.
        habits: Account to the commodity of its last lines.
        default: The commodity of an account without lines; empty in new books.
        used: Tags and links of other entries.
    """

    chart: Sequence[AccountRow]
    precisions: Mapping[str, int]
    habits: Mapping[str, str]
    default: str
    used: Known = Known()


def read_choices(session: Session) -> Choices:
    """Return what the form offers."""
    session.require("ledger.prepare")
    chart = accounts.chart(session)
    paths = {row.id: row.path for row in chart}
    precisions = {row.code: row.precision for row in commodities.by_code().values()}
    habits = {paths[key]: code for key, code in balances.select_habits()}
    used = tagging.known(session)
    return Choices(chart, precisions, habits, commonest(habits.values()), used)


def commonest(codes: Iterable[str]) -> str:
    """Return the commodity that most accounts are booked in; empty in new books."""
    found = Counter(codes).most_common(1)
    return found[0][0] if found else ""


def typed_of(text: str) -> list[Typed]:
    """Return the lines of a text; an account and an amount stand two blanks apart."""
    found = []
    for line in text.split("\n"):
        account, _gap, amount = line.partition("  ")
        found.append(Typed(account.strip(), amount.strip()))
    return [line for line in found if line != Typed("", "")]


# Accounts


def offered(chart: Sequence[AccountRow], start: str, day: date | None = None) -> list[AccountRow]:
    """Return accounts that a beginning may mean, the likeliest first.

    Codes that begin so come first, then paths, then names of a part, then what contains it.
    """
    low = start.strip().casefold()
    if not low:
        return []
    ranked = [(_rank(row, low), row.path, row) for row in chart if _is_open(row, day)]
    return [row for rank, _path, row in sorted(ranked, key=lambda each: each[:2]) if rank < 9][
        :OFFERED
    ]


def _is_open(row: AccountRow, day: date | None) -> bool:
    return day is None or not (
        (row.opened_on and day < row.opened_on) or (row.closed_on and day > row.closed_on)
    )


def _rank(row: AccountRow, low: str) -> int:
    path, code = row.path.casefold(), row.code.casefold()
    if path == low or (code and code == low):
        return 0
    if code and code.startswith(low):
        return 1
    if path.startswith(low):
        return 2
    if any(part.startswith(low) for part in path.split(":")):
        return 3 if row.name.casefold().startswith(low) else 4
    words = low.replace(":", " ").split()
    return 5 if all(word in path for word in words) else 9


def account_of(chart: Sequence[AccountRow], name: str) -> AccountRow | None:
    """Return the account that a path, a code or the end of one path alone names."""
    low = name.strip().casefold()
    exact = [row for row in chart if row.path.casefold() == low or row.code.casefold() == low]
    ends = [row for row in chart if row.path.casefold().endswith(f":{low}")]
    found = exact if low and exact else ends if low else []
    return found[0] if len(found) == 1 else None


# Amounts


def with_commodity(amount: str, code: str, precisions: Mapping[str, int] | None = None) -> str:
    """Return an amount with a commodity, where it has none of its own, and without groups.

    A note behind `;` stays. Thousands are grouped as the language does: `1,250` is a thousand
    and more in English, and `1.250` in Indonesian, unless the commodity has that many digits
    itself.

    Args:
        amount: As it is typed.
        code: The commodity.
        precisions: Digits of the commodities in use.
    """
    amount, mark, note = amount.partition(";")
    if mark:
        whole = with_commodity(amount, code, precisions) if amount.strip() else ""
        return f"{whole.rstrip()}  ;{note}".lstrip()
    found = BARE.fullmatch(amount)
    whole = f"{found[1].strip()} {code}" if found and code else amount
    matched = GROUPED.fullmatch(whole)
    if matched is None:
        return whole
    before, number, mark, rest = matched.groups()
    digits = (precisions or {}).get(rest.strip().partition(" ")[0], 2)
    if mark != grouped(1_000)[1] or (mark == "." and digits > 2):
        return whole
    return f"{before}{number.replace(mark, '')}{rest}"


def posting_of(line: Typed, number: int) -> Posting:
    """Return what a line says.

    Raises:
        LineError: The amount cannot be read.
    """
    block = EntryBlock("2000-01-01", Scope(), Place("", 0))
    try:
        block.add(f"    {line.account or 'x'}  {line.amount}", number)
    except JournalError as refusal:
        raise LineError(number, "amount", refusal.reason) from refusal
    posting = block.postings[0]
    if posting.claim is not None:
        raise LineError(number, "amount", _("A balance cannot be asserted here; leave = away."))
    return posting


def wrong_with(amount: str) -> str:
    """Return why an amount cannot be read, or nothing."""
    try:
        posting_of(Typed("x", amount), 1)
    except LineError as error:
        return error.reason
    return ""


def missing(lines: Iterable[Typed]) -> dict[str, Decimal]:
    """Return what is missing to balance by commodity; lines that cannot be read count nothing."""
    sums: dict[str, Decimal] = {}
    for number, line in enumerate(lines, 1):
        if not line.amount:
            continue
        try:
            _add(sums, posting_of(line, number))
        except LineError:
            continue
    return {code: -total for code, total in sums.items() if total}


def _add(sums: dict[str, Decimal], posting: Posting) -> None:
    if posting.amount is not None and posting.kind != UNBALANCED:
        worth = weight(posting, posting.amount)
        sums[worth.commodity] = sums.get(worth.commodity, Decimal(0)) + worth.number


def amount_text(number: Decimal, code: str, precisions: Mapping[str, int]) -> str:
    """Return an amount as it is typed, with all digits of its commodity."""
    digits = precisions.get(code)
    digits = iso_precision(code) if digits is None else digits
    if digits is not None and -number.as_tuple().exponent < digits:  # type: ignore[operator]  # finite
        number = number.quantize(Decimal(1).scaleb(-digits))
    return f"{number:f} {code}".strip()


# The whole entry


def entry_of(
    dated: date, lines: Sequence[Typed], *, payee: str = "", description: str = "",
    code: str = "", comment: str = "",
) -> Entry:  # fmt: skip
    """Return the entry that was typed; it need not balance.

    Raises:
        LineError: A line cannot be taken; names the line and the part.
    """
    known, habits = commodities.by_code(), dict(balances.select_habits())
    default = commonest(habits.values())
    precisions = {row.code: row.precision for row in known.values()}
    postings, paths = [], []
    for number, line in enumerate(lines, 1):
        account = _found(line.account, number)
        amount = with_commodity(line.amount, habits.get(account.id) or default, precisions)
        postings.append(posting_of(Typed(account.path, amount), number))
        paths.append(account.path)
    made: list[Line] = []
    rest = _rest(postings)
    for number, (path, posting) in enumerate(zip(paths, postings, strict=True), 1):
        for found in _amounts(posting, rest, number, postings):
            _check(found, known, number)
            made.append(_line(path, posting, found))
    return Entry(dated, None, "", code, payee, description, made, comment=comment)


def _found(name: str, number: int) -> AccountRow:
    if not name:
        raise LineError(number, "account", _("An account is missing here."))
    try:
        return accounts.find(name)
    except UnknownAccountError as error:
        raise LineError(number, "account", str(error)) from error


def _rest(postings: Sequence[Posting]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for posting in postings:
        _add(sums, posting)
    return {code: -total for code, total in sums.items() if total}


def _amounts(
    posting: Posting, rest: Mapping[str, Decimal], number: int, every: Sequence[Posting]
) -> list[Amount]:
    """Return the amount of a line, or what is missing where it has none."""
    if posting.amount is not None:
        if not posting.amount.commodity:
            raise LineError(number, "amount", _("Say in which currency, as in 12.50 USD."))
        return [posting.amount]
    if sum(each.amount is None for each in every) > 1:
        raise LineError(number, "amount", _("Only one amount can be left out."))
    if not rest:
        raise LineError(number, "amount", _("Nothing is missing; type an amount."))
    return [Amount(total, code) for code, total in rest.items()]


def _check(amount: Amount, known: Mapping[str, CommodityRow], number: int) -> None:
    row = known.get(amount.commodity)
    digits = iso_precision(amount.commodity) if row is None else row.precision
    try:
        if digits is None:
            raise UnknownCommodityError(amount.commodity)
        to_minor(amount.number, amount.commodity, digits)
    except (UnknownCommodityError, PrecisionError, AmountTooLargeError) as error:
        raise LineError(number, "amount", str(error)) from error


def _line(path: str, posting: Posting, amount: Amount) -> Line:
    worth = amount if posting.amount is None else weight(posting, amount)
    return Line(
        path, amount.number, amount.commodity, worth.number, worth.commodity, posting.price,
        posting.lot, None, posting.kind, posting.status, posting.dated, posting.comment,
        posting.tags,
    )  # fmt: skip


def save(
    session: Session,
    values: Mapping[str, object],
    old: JournalEntry | None,
    version: int,
    *,
    post: bool,
) -> JournalEntry:
    """Keep what was typed as a draft, and post it where that is asked for, in one transaction.

    Args:
        session: Who enters it.
        values: `date`, `payee`, `description`, `code`, `comment`, the text of all `lines`, and
            `tags` and `links`, one text each.
        old: The draft that was edited; None for a new one.
        version: Of that draft, as it was when the form opened.
        post: Post it too.

    Raises:
        LineError: A line cannot be taken.
        InvalidChangeError: Another field cannot.
        BoconsoleError: As `entries.draft`, `entries.edit` and `entries.post`.
    """
    session.require("ledger.prepare")
    day = values.get("date")
    if not isinstance(day, date):
        raise InvalidChangeError("date", _("is needed"))
    texts = {
        name: str(values.get(name) or "") for name in ("payee", "description", "code", "comment")
    }
    entry = entry_of(day, typed_of(str(values.get(LINES) or "")), **texts)
    entry = tagging.marked(entry, values.get("tags"), values.get("links"), old)
    try:
        with connection.transaction():
            if old is None:
                made = entries.draft(session, entry)
            else:
                seen = old._replace(head=old.head._replace(version=version))
                made = entries.edit(session, seen, entry)
            return entries.post(session, made) if post else made
    except ControlAccountError as refusal:
        paths = [line.account for line in entry.lines]
        raise LineError(paths.index(refusal.path) + 1, "account", str(refusal)) from refusal
