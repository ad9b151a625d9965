"""What the tests of the beancount format share: reading and booking a text."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from textwrap import dedent

import pytest

from boconsole.journals.beancount.booking import book
from boconsole.journals.beancount.reading import read
from boconsole.journals.parts import Books, Entry, JournalError, Line, Transaction

OPENED = "".join(
    f"2000-01-01 open {account}\n"
    for account in (
        "Assets:Bank", "Assets:Cash", "Assets:Invest", "Expenses:Food", "Expenses:Fees",
        "Income:Pay", "Income:Gains", "Equity:Start",
    )
)  # fmt: skip


def saved(folder: Path, text: str, name: str = "books.beancount") -> Path:
    path = folder / name
    path.write_text(dedent(text), encoding="utf-8")
    return path


def statements(folder: Path, text: str) -> list[object]:
    return list(read(saved(folder, text)))


def transaction(folder: Path, text: str) -> Transaction:
    (found,) = [one for one in statements(folder, text) if isinstance(one, Transaction)]
    return found


def booked(folder: Path, text: str) -> Books:
    """Return the books of a text, some accounts opened in front of it."""
    return book(read(saved(folder, OPENED + dedent(text))))


def lines(books: Books) -> list[Line]:
    return [line for entry in books.entries for line in entry.lines]


def balances(books: Books) -> dict[tuple[str, str], Decimal]:
    """Return what accounts hold by commodity, without zeros."""
    sums: dict[tuple[str, str], Decimal] = {}
    for line in lines(books):
        key = (line.account, line.commodity)
        sums[key] = sums.get(key, Decimal(0)) + line.number
    return {key: number for key, number in sums.items() if number}


def lots(books: Books, account: str) -> dict[str, Decimal]:
    """Return the units of an account by the cost of one."""
    sums: dict[str, Decimal] = {}
    for line in lines(books):
        if line.account == account and line.lot is not None:
            key = f"{line.lot.number:f}"
            sums[key] = sums.get(key, Decimal(0)) + line.number
    return {key: number for key, number in sums.items() if number}


def unbalanced(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries of which the values are not zero in sum."""
    found = []
    for entry in entries:
        sums: dict[str, Decimal] = {}
        for line in entry.lines:
            sums[line.value_commodity] = sums.get(line.value_commodity, Decimal(0)) + line.value
        if any(sums.values()):
            found.append(entry)
    return found


def refusal(folder: Path, text: str) -> tuple[int, int, str]:
    """Return line, column and reason of the error, counted from the first line of the text."""
    with pytest.raises(JournalError) as refused:
        booked(folder, text)
    place = refused.value.place
    return place.line - OPENED.count("\n"), place.column, refused.value.reason
