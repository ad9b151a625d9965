"""Posting the entries of an import: numbered, sealed and added up, thousands at a time.

Plain entries (one commodity, no notes) go in by a shorter way, which writes and seals the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from boconsole.errors import BoconsoleError
from boconsole.journals.parts import Entry, JournalError, PlainLines
from boconsole.language import _
from boconsole.ledger import accounts, approving, dimensions, limits, periods
from boconsole.ledger.entries import head_of, line_of
from boconsole.ledger.errors import ApprovalError
from boconsole.ledger.lines import Weighed, loads, sealed_new, weigh
from boconsole.ledger.posting import add_up
from boconsole.ledger.sealing import PlainSeal, seal, sealed_head
from boconsole.ledger.words import JOURNAL
from boconsole.money import MOST
from boconsole.session import Session
from db.fields import number_of
from db.ledger import entries
from db.ledger.rows import (
    AccountRow,
    BalanceLoad,
    CommodityRow,
    EntryLoad,
    PeriodRow,
    PlainHead,
    PlainPosting,
    PostingLoad,
    YearRow,
)
from db.loading import reserve_ids

CHUNK = 2_000
"""Entries written at a time."""


class Names(NamedTuple):
    """What names mean in the database."""

    accounts: dict[str, AccountRow]
    commodities: dict[str, CommodityRow]
    years: list[YearRow]


def store(session: Session, some: Sequence[Entry], names: Names) -> int:
    """Post entries in the order of their days, inside the caller's transaction.

    Returns:
        The number of lines.

    Raises:
        JournalError: An entry cannot be booked; it names the place.
        ApprovalError: An entry would need an approval.
    """
    ids = iter(reserve_ids("journal_entry", len(some)))
    sums = _Sums()
    count = 0
    for _month, group in groupby(some, key=_month_of):
        month = list(group)
        period = _open_period(session, month[0])
        year = next(each for each in names.years if each.id == period.year_id)
        for start in range(0, len(month), CHUNK):
            part = month[start : start + CHUNK]
            writer = _Writer(session, names, year, sums)
            first = 0
            for entry in part:
                entry_id = next(ids)
                first = first or entry_id
                writer.take(entry_id, entry)
            count += writer.close(first, entry_id)
    add_up(list(sums.rows()))
    return count


def _month_of(entry: Entry) -> tuple[int, int]:
    return entry.dated.year, entry.dated.month


def _open_period(session: Session, first: Entry) -> PeriodRow:
    """Return the period of a month's first entry; a refusal names the place in the journal."""
    try:
        return periods.require_open(session, first.dated)
    except BoconsoleError as refusal:
        raise JournalError(first.place, str(refusal)) from refusal


class _Sums:
    """What lines add to the kept balances."""

    def __init__(self) -> None:
        self._lines: dict[tuple[int, int, int, int, int], list[int]] = {}
        self._plain: dict[tuple[int, int], dict[int, int]] = {}

    def add(self, postings: Iterable[PostingLoad]) -> None:
        """Add lines."""
        for line in postings:
            key = (
                line.account_id, line.commodity_id, line.value_commodity_id, line.kind, line.dated,
            )  # fmt: skip
            found = self._lines.setdefault(key, [0, 0])
            found[0] += line.amount
            found[1] += line.value

    def of_day(self, commodity_id: int, dated: int) -> dict[int, int]:
        """Return what plain lines of a day add, by account, to be added to."""
        key = (commodity_id, dated)
        found = self._plain.get(key)
        if found is None:
            found = self._plain[key] = {}
        return found

    def rows(self) -> Iterator[BalanceLoad]:
        """Yield what is to be added."""
        yield from (BalanceLoad(*key, *found) for key, found in self._lines.items())
        for (commodity_id, dated), moved in self._plain.items():
            for account_id, amount in moved.items():
                yield BalanceLoad(
                    account_id, commodity_id, commodity_id, 0, dated, amount, amount
                )  # fmt: skip


class _Writer:
    """Entries of one year, in order; kept until others follow, or until all are written."""

    def __init__(self, session: Session, names: Names, year: YearRow, sums: _Sums) -> None:
        self.session, self.names, self.year, self.sums = session, names, year, sums
        self.chain = entries.take_chain(JOURNAL, year.id)
        self.number, self.previous = self.chain.last_number, self.chain.last_hash
        self.most = limits.read()
        self.unasked = not self.most
        self.at = int(session.now().timestamp())
        self.ids = {path: row.id for path, row in names.accounts.items()}
        self.free = {
            path: row.id
            for path, row in names.accounts.items()
            if row.opened_on is None and row.closed_on is None
        }
        self.seal = PlainSeal(JOURNAL, year.name, session.user.id, self.at)
        self.units: dict[tuple[str, int], tuple[int, int, str]] = {}
        self.count = 0
        self.heads: list[EntryLoad] = []
        self.postings: list[PostingLoad] = []
        self.plain_heads: list[PlainHead] = []
        self.plain_postings: list[PlainPosting] = []

    def take(self, entry_id: int, entry: Entry) -> None:
        """Number and seal one entry."""
        self.number += 1
        lines = entry.lines
        if self.unasked and isinstance(lines, PlainLines) and self._plain(entry_id, entry, lines):
            return
        if self.plain_heads:
            self._write()
        self._take_any(entry_id, entry)

    def close(self, first: int, last: int) -> int:
        """Write what is left, with the words of all entries and the end of the chain.

        Args:
            first: Id of the first entry that was taken.
            last: Of the last one.

        Returns:
            The number of lines.
        """
        self._write()
        entries.find_words(first, last)
        entries.move_chain(
            self.chain._replace(last_number=self.number, last_hash=self.previous)
        )  # fmt: skip
        return self.count

    def _write(self) -> None:
        if self.plain_heads:
            user = self.session.user.id
            entries.insert_plain(self.plain_heads, self.plain_postings, user, self.at)
        if self.heads:
            entries.insert_heads(self.heads)
            entries.insert_postings(self.postings)
            dimensions.keep(self.heads, self.postings)
            self.sums.add(self.postings)
        self.count += len(self.plain_postings) + len(self.postings)
        self.heads, self.postings, self.plain_heads, self.plain_postings = [], [], [], []

    def _plain(self, entry_id: int, entry: Entry, lines: PlainLines) -> bool:
        """Take a plain entry; False where something of it has to be looked at."""
        unit = self.units.get((lines.commodity, lines.digits)) or self._unit(lines)
        commodity_id, factor, line_text = unit
        dated = number_of(entry.dated)
        found, free, texts = [], self.free, []
        for position, (account, minor) in enumerate(lines.amounts, 1):
            account_id, amount = free.get(account), minor * factor
            if account_id is None or not -MOST < amount < MOST or factor < 1:
                return False
            found.append(
                (entry_id, position, account_id, commodity_id, amount, amount, commodity_id, dated)
            )
            texts.append(line_text % (account_id, amount, amount))
        words = _words(entry)
        if self.heads:
            self._write()
        moved = self.sums.of_day(commodity_id, dated)
        for line in found:
            moved[line[2]] = moved.get(line[2], 0) + line[4]
        self.previous = self.seal.seal(self.previous, self.number, dated, words, texts)
        self.plain_heads.append((entry_id, self.year.id, self.number, dated, *words, self.previous))
        self.plain_postings += found
        return True

    def _unit(self, lines: PlainLines) -> tuple[int, int, str]:
        """Return id, what a last digit is worth in smallest units, and the pattern of a line."""
        row = self.names.commodities[lines.commodity]
        more = row.precision - lines.digits
        factor = 10**more if more >= 0 else 0
        unit = (row.id, factor, self.seal.line_of(row.code, row.precision))
        self.units[lines.commodity, lines.digits] = unit
        return unit

    def _take_any(self, entry_id: int, entry: Entry) -> None:
        head, lines, weighed = self._booked(entry_id, entry)
        if limit := approving.weighed_over(self.most, weighed, entry.dated):
            raise ApprovalError(
                _(
                    "{place}: entries above {threshold} need an approval; import with none asked"
                ).format(place=f"{entry.place.file}:{entry.place.line}", threshold=limit.text)
            )
        user = self.session.user.id
        head = EntryLoad(
            head.id, "posted", "import", JOURNAL, self.year.id, self.number, *head[6:15], None,
            "", user, None, None, user, self.at, "",
        )  # fmt: skip
        sealed_lines = [sealed_new(*pair) for pair in zip(lines, weighed, strict=True)]
        self.previous = seal(self.previous, sealed_head(head, self.year.name), sealed_lines)
        self.heads.append(head._replace(hash=self.previous))
        self.postings += lines

    def _booked(
        self, entry_id: int, entry: Entry
    ) -> tuple[EntryLoad, list[PostingLoad], list[Weighed]]:
        try:
            for line in entry.lines:
                accounts.require_active(self.names.accounts[line.account], entry.dated)
            weighed = weigh(entry.lines, self.names.commodities)
            head = head_of(self.session, entry_id, entry)
            return head, loads(entry_id, head.dated, weighed, self.ids, posted=True), weighed
        except BoconsoleError as refusal:
            raise JournalError(entry.place, str(refusal)) from refusal


def _words(entry: Entry) -> tuple[str, str, str, str]:
    """Return status, code, payee and description of a plain entry as they are stored."""
    try:
        code = line_of("code", entry.code) if entry.code else ""
        payee = line_of("payee", entry.payee) if entry.payee else ""
        return entry.status, code, payee, line_of("description", entry.description)
    except BoconsoleError as refusal:
        raise JournalError(entry.place, str(refusal)) from refusal
