"""Tables of movements (CSV), read by a map."""

import csv
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeVar

from boconsole.bank.errors import StatementError
from boconsole.bank.reading.maps import TableMap
from boconsole.bank.reading.numbers import SIDES, table_amount, table_day
from boconsole.bank.reading.parts import ReadLine, ReadStatement, Refused
from boconsole.language import _

Value = TypeVar("Value")

DELIMITERS = (";", ",", "\t", "|")


class _Row(NamedTuple):
    line: int
    cells: list[str]


def read_table(file: str, content: bytes, table_map: TableMap) -> ReadStatement:
    """Return the statement that a table holds.

    Where it has a column of balances, what was held before and after is known, and every
    balance is proved.

    Raises:
        StatementError: It cannot be read; the line is named.
    """
    return _Reader(file, table_map).statement(content)


class _Reader:
    """Reads one table."""

    def __init__(self, file: str, table_map: TableMap) -> None:
        self.file = file
        self.map = table_map
        self.places: dict[str, tuple[int, ...]] = {}

    def statement(self, content: bytes) -> ReadStatement:
        rows = self.rows(self.decoded(content))
        if self.map.heading:
            heading = next(rows, None)
            if heading is None:
                raise StatementError(self.file, 0, _("the file is empty"))
            self.find_columns(heading)
        else:
            for name, numbers in self.map.columns.items():
                self.places[name] = tuple(int(number) - 1 for number in numbers)
        lines = tuple(self.line(row) for row in rows)
        opening, closing = self.balances(lines)
        days = [line.dated for line in lines]
        return ReadStatement(
            "", self.map.currency, lines, opening, closing,
            max(days) if closing is not None else None, min(days, default=None),
        )  # fmt: skip

    def decoded(self, content: bytes) -> list[str]:
        codec = "utf-8-sig" if self.map.encoding == "utf-8" else self.map.encoding
        try:
            text = content.decode(codec)
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            reason = _("is not text in {encoding}; set [file] encoding in the map")
            raise StatementError(
                self.file, line, reason.format(encoding=self.map.encoding)
            ) from error
        if "\0" in text:
            line = text[: text.index("\0")].count("\n") + 1
            raise StatementError(self.file, line, _("holds a NUL byte"))
        return text.splitlines(keepends=True)

    def rows(self, lines: Sequence[str]) -> Iterator[_Row]:
        """Yield rows that hold something, with the line where each begins."""
        body = lines[self.map.skip :]
        first = next((line for line in body if line.strip()), "")
        delimiter = self.map.delimiter or max(DELIMITERS, key=first.count)
        reader = csv.reader(body, delimiter=delimiter, strict=True)
        while True:
            line = self.map.skip + reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                reason = _("has a stray quote ({error})").format(error=error)
                raise StatementError(self.file, line, reason) from error
            if any(cell.strip() for cell in cells):
                yield _Row(line, cells)

    def find_columns(self, heading: _Row) -> None:
        there = [cell.strip() for cell in heading.cells]
        for name, wanted in self.map.columns.items():
            for column in wanted:
                if there.count(column) != 1:
                    reason = _("needs one column {column!r}; there are: {there}")
                    told = ", ".join(there)[:300]
                    raise StatementError(
                        self.file, heading.line, reason.format(column=column, there=told)
                    )
            self.places[name] = tuple(there.index(column) for column in wanted)

    def line(self, row: _Row) -> ReadLine:
        dated = self.value(row, "date", lambda text: table_day(text, self.map.date))
        way = -1 if self.map.reverse else 1
        told = self.cell(row, "balance")
        balance = way * self.signed(row, "balance") if told else None
        return ReadLine(
            dated, way * self.amount(row), self.cell(row, "id"),
            self.cell(row, "name"), self.cell(row, "memo"), self.cell(row, "reference"),
            row.line, balance,
        )  # fmt: skip

    def amount(self, row: _Row) -> Decimal:
        if "amount" in self.places:
            amount = self.signed(row, "amount")
            word = self.cell(row, "side").casefold().strip(".")
            if not word:
                return amount
            if word not in SIDES:
                reason = _("{word!r} names no side; write CR or DB").format(word=word[:20])
                raise StatementError(self.file, row.line, reason)
            return SIDES[word] * abs(amount)
        out, into = self.cell(row, "debit"), self.cell(row, "credit")
        debit = abs(self.signed(row, "debit")) if out else Decimal(0)
        credit = abs(self.signed(row, "credit")) if into else Decimal(0)
        if not (out or into) or (debit and credit):
            raise StatementError(self.file, row.line, _("has no amount, or two"))
        return credit - debit

    def signed(self, row: _Row, name: str) -> Decimal:
        number, side = self.value(row, name, lambda text: table_amount(text, self.map.decimal))
        return side * abs(number) if side else number

    def value(self, row: _Row, name: str, read: Callable[[str], Value]) -> Value:
        try:
            return read(self.cell(row, name))
        except Refused as refusal:
            number = ", ".join(str(place + 1) for place in self.places.get(name, ()))
            heading = " + ".join(self.map.columns.get(name, ()))
            reason = _("column {number} ({heading}): {reason}").format(
                number=number, heading=heading, reason=refusal
            )
            raise StatementError(self.file, row.line, reason) from refusal

    def cell(self, row: _Row, name: str) -> str:
        places = self.places.get(name, ())
        if any(place >= len(row.cells) for place in places):
            reason = _("has {count} cells, too few for the columns of the map")
            raise StatementError(self.file, row.line, reason.format(count=len(row.cells)))
        return " ".join(" ".join(row.cells[place].split()) for place in places).strip()

    def balances(self, lines: Sequence[ReadLine]) -> tuple[Decimal | None, Decimal | None]:
        """Return what was held before and after, where every line tells its balance."""
        if not lines or any(line.balance is None for line in lines):
            return None, None
        ordered = _oldest_first(lines)
        held = ordered[0].balance - ordered[0].amount  # type: ignore[operator]  # all have one
        opening = held
        for line in ordered:
            held += line.amount
            if held != line.balance:
                reason = _("the balance is {told}, but the lines lead to {held}")
                raise StatementError(
                    self.file, line.line, reason.format(told=line.balance, held=held)
                )
        return opening, held


def _oldest_first(lines: Sequence[ReadLine]) -> list[ReadLine]:
    """Return lines in the order in which their balances follow each other."""
    rows = list(lines)
    if len(rows) == 1:
        return rows
    if rows[0].dated != rows[-1].dated:
        return rows if rows[0].dated < rows[-1].dated else rows[::-1]
    return rows if _follows(rows[0], rows[1]) else rows[::-1]


def _follows(first: ReadLine, second: ReadLine) -> bool:
    return first.balance is not None and first.balance + second.amount == second.balance
