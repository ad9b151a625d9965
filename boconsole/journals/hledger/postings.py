"""Entries as they are written: their first line, their postings, comments and tags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from boconsole.journals.hledger.amounts import Reader
from boconsole.journals.hledger.scope import Scope, read_date
from boconsole.journals.parts import (
    Amount,
    JournalError,
    Place,
    Posting,
    Price,
    Statement,
    Status,
    Transaction,
)
from boconsole.language import _

Tags = tuple[tuple[str, str], ...]

_HEAD = re.compile(
    r"([0-9][0-9/.-]*)(=[0-9/.-]*)?(?:\s+([*!])?\s*(?:\(([^)]*)\))?\s*([^;]*)(;.*)?|(?=$))"
)
# No possessive quantifiers: Python before 3.11.5 forgets groups that stand in them.
_COMMON = re.compile(
    r"[ \t]+([^\s;*!(\[]\S*(?: \S+)*)(?:(?=\t| (?:[ \t]|$))[ \t]+(?![ \t])"
    r"(?:(-?)(?:([$€£¥]|[A-Za-z]+ )(-?))?([0-9]{1,20}(?:,[0-9]{3}){0,6}(?:\.[0-9]{1,20})?)"
    r"(?: ([A-Za-z]+))?"
    r"(?: @(@?) ([$€£¥]?)([0-9]{1,20}(?:\.[0-9]{1,20})?)(?: ([A-Za-z]+))?)?)?"
    r"[ \t]*(;.*)?)?$"
)
_POSTING = re.compile(r"\s+(?:([*!])\s*)?(\S+(?:[^\S\t]\S+)*)\s*")
_BLANK = re.compile(r"\s")
_TAG = re.compile(r",?([^\s:]+):([^,\n]*)")
_BRACKETED = re.compile(r"\[([0-9/.-]+)?(?:=[0-9/.-]+)?\]")
_SEPARATED = re.compile(r"[0-9][-/.][0-9]")
_NO_COMMENT: tuple[str, date | None, Tags] = ("", None, ())


def tags_in(comment: str) -> Tags:
    """Return names and values of the tags in a comment: `name: value, other:`."""
    if ":" not in comment:
        return ()
    return tuple((name, value.strip()) for name, value in _TAG.findall(comment))


def day_in(comment: str, entry: date, place: Place) -> date | None:
    """Return the day of its own that a posting's comment gives it.

    Raises:
        JournalError: `date:` or `[2020-01-31]` holds no date.
    """
    if ":" in comment:
        for name, value in tags_in(comment):
            if name == "date":
                return read_date(value.split(" ")[0], entry.year, place)
    if "[" in comment:
        for match in _BRACKETED.finditer(comment):
            if match[1] and _SEPARATED.search(match[1]):
                return read_date(match[1], entry.year, place)
    return None


class EntryBlock:
    """One entry while its lines are read.

    Raises (all methods):
        JournalError: A line cannot be read.
    """

    def __init__(self, line: str, scope: Scope, place: Place) -> None:
        match = _HEAD.fullmatch(line)
        if match is None:
            reason = _("An entry begins with a date and a blank, like 2020-01-31 Rent.")
            raise JournalError(place, reason)
        self.scope = scope
        self.place = place
        self.dated = scope.day(match[1], place)
        self.effective = match[2] and self._second(match[2][1:])
        self.status, self.code = match[3] or "", match[4]
        self.description = (match[5] or "").rstrip()
        if self.code is None and self.description.startswith("("):
            reason = _("The code of the entry is not closed; write ) behind it.")
            raise JournalError(place._replace(column=match.start(5) + 1), reason)
        self.comments = [match[6][1:].strip()] if match[6] else []
        self.postings: list[Posting] = []
        self.notes: list[str] = []
        self.commas = scope.commas
        self.default = scope.default

    def _second(self, text: str) -> date:
        return read_date(text, self.dated.year, self.place)

    def add(self, line: str, number: int) -> None:
        """Take one indented line: a posting or a comment."""
        commas = self.commas
        match = None if commas is None else _COMMON.match(line)
        if match is None or commas is None:
            self._add_any(line, number)
            return
        name, before, left, after, digits, right, total, sign, worth, unit, note = match.groups()
        commodity = (left.rstrip() if left else right) or self.default
        unit = sign or unit or self.default
        if (
            (left and right) or (before and after) or commodity in commas or unit in commas
            or (digits and "," in digits and "." not in digits)
        ):  # fmt: skip
            self._add_any(line, number)
            return
        column = match.start(1) + 1
        account, kind = self.scope.names.get(name) or self.scope.account(
            name, self._at(number, column)
        )
        amount = price = None
        if digits:
            if "," in digits:
                digits = digits.replace(",", "")
            amount = Amount(Decimal((before or after or "") + digits), commodity)
            if worth:
                price = Price(Amount(Decimal(worth), unit), total != "")
        self.notes = []
        comment, dated, tags = self._noted(note, number, match.start(11)) if note else _NO_COMMENT
        self.postings.append(
            Posting(
                account, amount, price, None, None, kind, "", dated, comment, tags, number, column
            )
        )  # fmt: skip

    def _at(self, number: int, column: int) -> Place:
        return Place(self.place.file, number, column)

    def _add_any(self, line: str, number: int) -> None:
        text = line.lstrip()
        if text.startswith(";"):
            if self.postings:
                comment, dated, tags = self._noted(text, number, len(line) - len(text))
                last = self.postings[-1]
                self.postings[-1] = last._replace(comment=comment, dated=dated, tags=tags)
            else:
                self.comments.append(text[1:].strip())
            return
        match = _POSTING.match(line)
        if match is None:
            raise JournalError(self._at(number, 1), _("An account is expected here."))
        column = match.start(2) + 1
        name = _BLANK.sub(" ", match[2])
        account, kind = self.scope.account(name, self._at(number, column))
        reader = Reader(line, self.scope, self._at(number, column), self.dated.year)
        amount, price, lot, claim, end = reader.posting(match.end())
        rest = line[end:].strip()
        if rest and not rest.startswith(";"):
            reader.fail(end, _("The line should end here; correct what follows."))
        status: Status = match[1] or ""  # type: ignore[assignment]  # by the expression
        self.notes = []
        comment, dated, tags = self._noted(rest, number, end) if rest else _NO_COMMENT
        self.postings.append(
            Posting(
                account, amount, price, lot, claim, kind, status, dated, comment, tags,
                number, column,
            )
        )  # fmt: skip

    def _noted(self, text: str, number: int, at: int) -> tuple[str, date | None, Tags]:
        """Return the comment of a posting after one more line of it, its date and its tags."""
        self.notes.append(text[1:].strip())
        comment = "\n".join(self.notes)
        dated = day_in(comment, self.dated, self._at(number, at + 1))
        return comment, dated, tags_in(comment)

    def is_doubtful(self) -> bool:
        """Tell whether the entry looks cut off, where its last line ends the file without an end.

        It has no postings or one without an amount, or balances only at a price that is nowhere
        written, or leaves its amount to what is the beginning of another account.
        """
        if not self.postings or self.notes:
            return not self.postings
        *others, last = self.postings
        if last.amount is None:
            seen = any(last.account == other.account for other in others)
            alone = not others or self._is_beginning(last.account)
            return last.claim is None and not seen and alone
        if any(other.amount is None or other.price for other in self.postings):
            return False
        known = {other.amount.commodity for other in others if other.amount}
        return len(known) == 1 and last.amount.commodity not in known

    def _is_beginning(self, account: str) -> bool:
        longer = [name for name, _kind in self.scope.names.values() if name.startswith(account)]
        return len(longer) > 1

    def close(self) -> Iterator[Statement]:
        """Yield the entry."""
        comment = "\n".join(self.comments)
        payee, bar, _note = self.description.partition("|")
        postings: Sequence[Posting] = self.postings
        yield Transaction(
            self.dated,
            self.effective or None,
            self.status,  # type: ignore[arg-type]  # by the expression
            self.code or "",
            payee.strip() if bar else "",
            self.description,
            postings,
            tags_in(comment) if comment else (),
            (),
            comment,
            self.place,
        )
