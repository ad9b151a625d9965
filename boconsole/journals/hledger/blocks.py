"""Directives with indented lines below them: accounts, commodities, rules."""

from __future__ import annotations

import re
from collections.abc import Iterator

from boconsole.journals.hledger.amounts import Reader
from boconsole.journals.hledger.postings import tags_in
from boconsole.journals.hledger.scope import Scope
from boconsole.journals.parts import (
    AccountLine,
    Amount,
    CommodityLine,
    JournalError,
    Left,
    Place,
    Statement,
)
from boconsole.language import N_, _

KINDS = {
    "a": "asset", "asset": "asset", "l": "liability", "liability": "liability",
    "e": "equity", "equity": "equity", "r": "income", "revenue": "income",
    "x": "expense", "expense": "expense", "c": "cash", "cash": "cash",
    "v": "equity", "conversion": "equity",
}  # fmt: skip
"""Values of the tag `type` of an account, by small letters."""

_NAME = re.compile(r"\s*(\S+(?: \S+)*)\s*")
_TYPE = re.compile(r"(^|[\s,])type:[^,\n]*,?[^\S\n]*")
_SYMBOL = re.compile(r'\s*(?:"([^"\n;]+)"|([^0-9\s"*+\-.;=@{}]+))\s*(?:;.*)?')
_FORMAT = re.compile(r"\s+format(?=\s)\s*")
RULES = {"~": N_("periodic rule"), "=": N_("automated rule")}
"""Rules with a body, by the character they begin with."""


class Block:
    """A directive that takes the indented lines below it.

    Attributes:
        scope: Of the file.
        place: Of the directive.
    """

    def __init__(self, scope: Scope, place: Place) -> None:
        self.scope = scope
        self.place = place

    def add(self, line: str, number: int) -> None:
        """Take one indented line."""
        raise NotImplementedError

    def close(self) -> Iterator[Statement]:
        """Yield what was declared."""
        raise NotImplementedError


class RuleBlock(Block):
    """Something with a body that is told and not imported."""

    def __init__(self, what: str, line: str, scope: Scope, place: Place) -> None:
        super().__init__(scope, place)
        if line[0] == "~" and not line[1:].strip():
            raise JournalError(place, _("A period is expected behind ~, like ~ monthly."))
        self.what = what
        self.lines = [line.strip()]

    def add(self, line: str, number: int) -> None:  # noqa: ARG002 - as the other blocks
        """Take one line of the body."""
        self.lines.append(line.strip())

    def close(self) -> Iterator[Statement]:
        """Yield the rule with its body."""
        yield Left(f"{_(self.what)}: " + "\n".join(self.lines), self.place)


class AccountBlock(Block):
    """`account NAME  ; comment`, with comments and (left) lines of ledger's below it."""

    def __init__(self, line: str, scope: Scope, place: Place) -> None:
        super().__init__(scope, place)
        match = _NAME.match(line, len("account"))
        if match is None:
            raise JournalError(place, _("The account has no name; write one."))
        column = match.start(1) + 1
        self.account = scope.named(match[1], place._replace(column=column))
        rest = line[match.end() :]
        if rest and not rest.startswith(";"):
            reason = _("Only a comment may follow here; begin it with ; or take it out.")
            raise JournalError(place._replace(column=match.end() + 1), reason)
        self.comments = [rest[1:].strip()] if rest else []
        self.left: list[Left] = []

    def add(self, line: str, number: int) -> None:
        """Take a comment, or keep a line of ledger's to be told."""
        text = line.strip()
        if text.startswith(";"):
            self.comments.append(text[1:].strip())
        else:
            place = self.place._replace(line=number, column=len(line) - len(line.lstrip()) + 1)
            self.left.append(Left(_("line below an account: {line}").format(line=text), place))

    def close(self) -> Iterator[Statement]:
        """Yield the account, and what was left."""
        comment = "\n".join(self.comments)
        kind = ""
        for name, value in tags_in(comment):
            if name == "type":
                kind = KINDS.get(value.lower(), "")
                if not kind:
                    reason = _("{kind} is no type of account; use A, L, E, R, X, C or V.")
                    raise JournalError(self.place, reason.format(kind=value))
        note = _TYPE.sub(r"\1", comment) if kind else comment
        note = "\n".join(line.strip() for line in note.split("\n")).strip()
        yield AccountLine(self.account, kind=kind, note=note, place=self.place)
        yield from self.left


class CommodityBlock(Block):
    """`commodity 1,000.00 USD`, or `commodity USD` with `format 1,000.00 USD` below it."""

    def __init__(self, line: str, scope: Scope, place: Place) -> None:
        super().__init__(scope, place)
        start = len("commodity")
        match = _SYMBOL.fullmatch(line, start)
        self.precision: int | None = None
        if match:
            self.commodity = match[1] or match[2]
        else:
            self.commodity = self._sample(line, start, place)

    def _sample(self, line: str, start: int, place: Place) -> str:
        amount, self.precision = sample(line, start, self.scope, place)
        self.scope.declared.add(amount.commodity)
        return amount.commodity

    def add(self, line: str, number: int) -> None:
        """Take the format; comments are passed over."""
        if line.lstrip().startswith(";"):
            return
        match = _FORMAT.match(line)
        place = self.place._replace(line=number)
        if match is None:
            reason = _("Below a commodity only its format is known: format 1,000.00 USD.")
            raise JournalError(place, reason)
        if self._sample(line, match.end(), place) != self.commodity:
            reason = _("The format is for another commodity; write {commodity} in it.")
            raise JournalError(place, reason.format(commodity=self.commodity))

    def close(self) -> Iterator[Statement]:
        """Yield the commodity."""
        yield CommodityLine(self.commodity, self.precision, self.place)


def sample(line: str, start: int, scope: Scope, place: Place) -> tuple[Amount, int]:
    """Return a sample amount and its digits behind the mark; the scope learns the mark.

    Raises:
        JournalError: It is no amount, or has no decimal mark.
    """
    reader = Reader(line, scope, place)
    start += len(line[start:]) - len(line[start:].lstrip())
    amount, end = reader.amount(start, default=False)
    rest = line[end:].strip()
    if rest and not rest.startswith(";"):
        reader.fail(end, _("Only a comment may follow here; begin it with ; or take it out."))
    precision = -int(amount.number.as_tuple().exponent)
    digits = re.sub(r"[^0-9.,]", "", re.sub(r'"[^"]*"|[eE][-+]?[0-9]+', "", line[start:end]))
    mark = digits[-precision - 1 : len(digits) - precision]
    if mark not in (".", ","):
        reader.fail(start, _("A decimal mark is needed here, as in 1,000.00 or 1000."))
    scope.set_marks({**scope.marks, amount.commodity: mark}, scope.mark)
    return amount, precision
