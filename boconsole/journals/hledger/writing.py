"""Writes books as a journal that hledger 1.25 accepts and that reads back to the same books.

Prices are written as they were found where they make the entry balance for hledger; else the
line carries its value as a total price.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from boconsole.journals.hledger.balancing import Precisions, balanced
from boconsole.journals.hledger.postings import day_in, tags_in
from boconsole.journals.parts import (
    BALANCED,
    REAL,
    UNBALANCED,
    AccountLine,
    Amount,
    Books,
    Claim,
    Entry,
    JournalError,
    Line,
    Lot,
    Place,
    Posting,
    Price,
    Rate,
)
from boconsole.journals.payees import joined
from boconsole.language import _

_PLAIN = re.compile(r"[^\W\d_]+|[$€£¥]")
_SIGNS = ("$", "€", "£", "¥")
_ACCOUNT = re.compile(r"[^\s;]\S*(?: \S+)*")
_BRACKETED = re.compile(r"\(.*\)|\[.*\]")
_TYPES = {
    "asset": "A", "liability": "L", "equity": "E", "income": "R", "expense": "X", "cash": "C",
}  # fmt: skip
_BRACKETS = {REAL: ("", ""), BALANCED: ("[", "]"), UNBALANCED: ("(", ")")}


def write(books: Books) -> Iterator[str]:
    """Yield the lines of a journal, each with its end.

    Raises:
        JournalError: A name cannot be written in the format; the place is that of its entry.
    """
    yield "decimal-mark .\n\n"
    for commodity, digits in books.precisions.items():
        number = "1000." + "0" * digits
        yield f"commodity {_amount(number, commodity)}\n"
    yield "\n"
    for account in books.accounts:
        yield from _declaration(account)
    yield "\n"
    for rate in books.rates:
        yield _rate(rate)
    precisions = Precisions(books.precisions, books.precisions)
    for entry in books.entries:
        yield from _entry(entry, precisions)


def _amount(number: Decimal | str, commodity: str) -> str:
    digits = number if isinstance(number, str) else f"{number:f}"
    if commodity in _SIGNS:
        return commodity + digits
    return f"{digits} {_symbol(commodity)}".rstrip()


def _symbol(commodity: str) -> str:
    if not commodity or _PLAIN.fullmatch(commodity):
        return commodity
    if re.search(r'["\n;]', commodity):
        reason = _("The commodity {name} cannot be written for hledger; rename it.")
        raise JournalError(Place("", 0), reason.format(name=commodity))
    return f'"{commodity}"'


def _name(account: str, place: Place) -> str:
    if not _ACCOUNT.fullmatch(account):
        reason = _("The account {name} cannot be written for hledger; rename it.")
        raise JournalError(place, reason.format(name=account))
    return account


def _posted(line: Line, place: Place) -> str:
    """Return status and account of a line; a name that would be read otherwise is refused."""
    opening, closing = _BRACKETS[line.kind]
    name = opening + _name(line.account, place) + closing
    if line.status:
        return f"{line.status} {name}"
    if name[0] in "*!" or (line.kind == REAL and _BRACKETED.fullmatch(name)):
        reason = _("The account {name} cannot be written for hledger; rename it.")
        raise JournalError(place, reason.format(name=name))
    return name


def _declaration(account: AccountLine) -> Iterator[str]:
    kind = _TYPES.get(account.kind)
    yield f"account {_name(account.account, account.place)}{f'  ; type:{kind}' if kind else ''}\n"
    notes = account.note.split("\n") if account.note else []
    if account.opened:
        notes.append(f"opened: {account.opened}")
    if account.closed:
        notes.append(f"closed: {account.closed}")
    for note in notes:
        yield f"    ; {note}\n"


def _rate(rate: Rate) -> str:
    return f"P {rate.dated} {_symbol(rate.commodity)} {_amount(*rate.worth)}\n"


def _entry(entry: Entry, precisions: Precisions) -> Iterator[str]:
    description = _one_line(entry.description)
    if entry.payee and not joined(payee := _one_line(entry.payee), description):
        description = f"{payee} | {description}"
    code = f"({entry.code}) " if entry.code else ""
    if not code and description.startswith("(" if entry.status else ("(", "*", "!")):
        code = "() "
    second = f"={entry.effective}" if entry.effective else ""
    status = f"{entry.status} " if entry.status else ""
    notes = _notes(entry.comment, (*entry.tags, *(("link", name) for name in entry.links)))
    yield "\n" + f"{entry.dated}{second} {status}{code}{description}".rstrip() + "\n"
    yield from (f"    ; {note}".rstrip() + "\n" for note in notes)
    for line in _stable(entry.lines, precisions, entry.place):
        yield from _line(line, entry)


def _one_line(text: str) -> str:
    return " ".join(text.split("\n")).replace(";", ",")


def _notes(comment: str, tags: Sequence[tuple[str, str]]) -> list[str]:
    """Return the lines of a comment, with those tags that it does not hold."""
    held = tags_in(comment)
    notes = comment.split("\n") if comment else []
    return notes + [
        f"{name}: {value}".rstrip() for name, value in tags if (name, value) not in held
    ]


def _stable(lines: Sequence[Line], precisions: Precisions, place: Place) -> Sequence[Line]:
    """Return lines that weigh the same when they are read again."""
    if all(line.price is None and line.commodity == line.value_commodity for line in lines):
        return lines
    try:
        again = balanced([_posting(line) for line in lines], precisions, place)
    except JournalError:
        again = []
    if [line.value for line in again] == [line.value for line in lines]:
        return lines
    return [_totalled(line) for line in lines]


def _posting(line: Line) -> Posting:
    amount = Amount(line.number, line.commodity)
    return Posting(line.account, amount, line.price, line.lot, None, line.kind)


def _totalled(line: Line) -> Line:
    if line.price is None and line.commodity == line.value_commodity:
        return line
    worth = line.value.copy_negate() if line.number < 0 else line.value
    return line._replace(price=Price(Amount(worth, line.value_commodity), total=True))


def _line(line: Line, entry: Entry) -> Iterator[str]:
    parts = [_amount(line.number, line.commodity)]
    parts += [_lot(line.lot)] if line.lot else []
    parts += [_price(line.price)] if line.price else []
    parts += [_claim(line.claim)] if line.claim else []
    notes = _notes(line.comment, line.tags)
    if line.dated and line.dated != day_in(line.comment, entry.dated, entry.place):
        notes.append(f"date: {line.dated}")
    text = f"    {_posted(line, entry.place)}  {' '.join(parts)}"
    yield text + (f"  ; {notes[0]}".rstrip() if notes else "") + "\n"
    yield from (f"    ; {note}".rstrip() + "\n" for note in notes[1:])


def _price(price: Price) -> str:
    return f"{'@@' if price.total else '@'} {_amount(*price.amount)}"


def _lot(lot: Lot) -> str:
    parts = []
    if lot.number is not None:
        parts.append(f"{{{_amount(lot.number, lot.commodity)}}}")
    elif lot.total is not None:
        parts.append(f"{{{{{_amount(lot.total, lot.commodity)}}}}}")
    if lot.acquired:
        parts.append(f"[{lot.acquired}]")
    return " ".join(parts)


def _claim(claim: Claim) -> str:
    sign = ("==" if claim.sole else "=") + ("*" if claim.inclusive else "")
    price = f" {_price(claim.price)}" if claim.price else ""
    return f"{sign} {_amount(*claim.amount)}{price}"
