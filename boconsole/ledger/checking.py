"""The proof of the books: everything derived again from the posted lines.

Finds gaps in numbers, entries changed or removed behind the seals, entries that do not
balance, days outside their period, and kept balances that differ from the lines.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from boconsole.language import _
from boconsole.ledger import dimensions
from boconsole.ledger.lines import sealed
from boconsole.ledger.sealing import seal, sealed_head
from boconsole.ledger.words import entry_number
from boconsole.money import plain
from boconsole.session import Session
from db.fields import number_of
from db.ledger import balances, calendar, charts, checks, entries
from db.ledger import dimensions as stored_marks
from db.ledger.dimensions import Kept
from db.ledger.rows import EntryLoad, EntryRow, PostingRow

CHUNK = 500
"""Entries whose lines are read at once."""


class Fault(NamedTuple):
    """Something that does not hold: what kind, where, and in words."""

    kind: str
    where: str
    reason: str


Prover = Callable[[], Iterable[Fault]]
"""What features above the ledger have to prove."""


class Proof(NamedTuple):
    """What was looked at, and what was found."""

    entries: int
    lines: int
    faults: tuple[Fault, ...]


def check(session: Session, others: Sequence[Prover] = ()) -> Proof:
    """Derive everything again and return each difference.

    Args:
        session: Who asks.
        others: What else is to be proved: open items against their accounts, for example.
    """
    session.require("ledger.read")
    years = {year.id: year.name for year in calendar.select_years()}
    faults: list[Fault] = []
    for series, year_id, last_number, last_hash in entries.select_chains():
        faults += _chain(series, year_id, years[year_id], last_number, last_hash)
    faults += _outside()
    faults += _unbalanced()
    faults += _misplaced()
    faults += _kept()
    for other in others:
        faults += other()
    heads, lines = checks.count_posted()
    return Proof(heads, lines, tuple(faults))


def _chain(
    series: str, year_id: int, year: str, last_number: int, last_hash: str
) -> Iterator[Fault]:
    """Yield the faults of a chain up to the first break: what follows one says nothing more."""
    previous, number = "", 0
    for head, lines, marks in _read(series, year_id):
        number += 1
        expected = entry_number(0, series, year, number)
        if head.number != number:
            yield Fault("numbering", expected, _("{number} is missing").format(number=expected))
            return
        if seal(previous, sealed_head(_load(head), head.year), [sealed(row) for row in lines]) != (
            head.hash
        ):
            reason = _("{number} or one of its lines was changed").format(number=expected)
            yield Fault("seal", expected, reason)
            return
        if marks != dimensions.wanted(head, lines):
            reason = _("the tags and links of {number} are kept otherwise than it says")
            yield Fault("tags", expected, reason.format(number=expected))
        previous = head.hash
    if number != last_number or previous != last_hash:
        expected = entry_number(0, series, year, number + 1)
        reason = _("the end of the series was changed; {number} is missing").format(number=expected)
        yield Fault("numbering", expected, reason)


def _read(series: str, year_id: int) -> Iterator[tuple[EntryRow, Sequence[PostingRow], set[Kept]]]:
    """Yield the entries of a chain with their lines, and their tags and links as kept apart."""
    heads = entries.read_chain(series, year_id)
    while chunk := list(islice(heads, CHUNK)):
        lines: dict[int, list[PostingRow]] = {head.id: [] for head in chunk}
        for row in entries.select_postings(list(lines)):
            lines[row.entry_id].append(row)
        marks = stored_marks.select_kept(list(lines))
        yield from ((head, lines[head.id], marks.get(head.id, set())) for head in chunk)


def _load(head: EntryRow) -> EntryLoad:
    return EntryLoad(
        head.id, head.state, head.kind, head.series, head.year_id, head.number,
        number_of(head.dated), number_of(head.effective) if head.effective else None, head.status,
        head.code, head.payee, head.description, head.comment, head.tags, head.links,
        head.reverses_id, head.reason, head.prepared_by, head.approved_by,
        int(head.approved_at.timestamp()) if head.approved_at else None, head.posted_by,
        int(head.posted_at.timestamp()) if head.posted_at else None, head.hash,
    )  # fmt: skip


def _outside() -> Iterator[Fault]:
    for entry_id in checks.select_unnumbered():
        where = number_of_entry(entry_id)
        reason = _("{number} is posted and in no series").format(number=where)
        yield Fault("numbering", where, reason)


def _unbalanced() -> Iterator[Fault]:
    for entry_id, code, precision, rest in checks.select_unbalanced():
        where = number_of_entry(entry_id)
        reason = _("{number} does not balance: {rest} {code} too much").format(
            number=where, rest=plain(rest, precision), code=code
        )
        yield Fault("balance", where, reason)
    for entry_id in checks.select_thin():
        where = number_of_entry(entry_id)
        reason = _("{number} has fewer than two lines").format(number=where)
        yield Fault("balance", where, reason)


def _misplaced() -> Iterator[Fault]:
    for entry_id in checks.select_outside():
        where = number_of_entry(entry_id)
        reason = _("{number} does not lie in one period of its year").format(number=where)
        yield Fault("period", where, reason)
    for entry_id in checks.select_torn():
        where = number_of_entry(entry_id)
        reason = _("the lines of {number} have another day or state than their entry").format(
            number=where
        )
        yield Fault("lines", where, reason)


def _kept() -> Iterator[Fault]:
    paths = {row.id: row.path for row in charts.select_accounts()}
    commodities = {row.id: row for row in charts.select_commodities()}
    for unit, key, kept, wanted in balances.differences():
        account, commodity = paths[key[0]], commodities[key[1]]
        reason = _(
            "the balance of {account} for {when} is kept as {kept} {code}, "
            "its lines say {wanted} {code}"
        ).format(
            account=account,
            when=key[4],
            kept=plain(kept[0], commodity.precision),
            wanted=plain(wanted[0], commodity.precision),
            code=commodity.code,
        )
        yield Fault(f"kept {unit}", account, reason)


def number_of_entry(entry_id: int) -> str:
    """Return the number of an entry, or its id where it is gone."""
    head = entries.find_entry(entry_id)
    if head is None:
        return f"#{entry_id}"
    return entry_number(head.id, head.series, head.year, head.number)
