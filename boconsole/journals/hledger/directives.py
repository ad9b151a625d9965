"""Directives of one line: they declare something, or change how the lines below are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from boconsole.journals.hledger.amounts import Reader
from boconsole.journals.hledger.blocks import sample
from boconsole.journals.hledger.scope import Scope, expression, read_date
from boconsole.journals.parts import (
    CommodityLine,
    JournalError,
    Left,
    Place,
    Rate,
    Statement,
)
from boconsole.language import _

_ALIAS = re.compile(r"(?:/([^/]+)/|([^=]*[^=\s]))\s*=\s*(.*)")
_YEAR = re.compile(r"\s*([0-9]{4,9})\s*(?:;.*)?")
_RATE = re.compile(
    r'\s*([0-9][0-9/.-]*)(?:\s+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?\s+(?:"([^"\n;]+)"|'
    r'([^0-9\s"*+\-.;=@{}]+))\s+'
)


def default_commodity(line: str, scope: Scope, place: Place) -> Iterator[Statement]:
    """Read `D 1,000.00 USD`: the commodity of bare numbers."""
    known = scope.marks
    amount, precision = sample(line, 1, scope, place)
    scope.default, scope.default_mark = amount.commodity, scope.marks[amount.commodity]
    is_declared = amount.commodity in scope.declared
    scope.set_marks(known if is_declared else scope.marks, scope.mark)
    if not is_declared:
        yield CommodityLine(amount.commodity, precision, place)


def rate(line: str, scope: Scope, place: Place) -> Iterator[Statement]:
    """Read `P 2020-01-31 EUR $1.35`."""
    match = _RATE.match(line, 1)
    if match is None:
        raise JournalError(place, _("A price looks like P 2020-01-31 EUR 1.35 USD."))
    reader = Reader(line, scope, place)
    worth, end = reader.amount(match.end())
    rest = line[end:].strip()
    if rest and not rest.startswith(";"):
        reader.fail(end, _("The line should end here; correct what follows."))
    dated = read_date(match[1], scope.year, place._replace(column=match.start(1) + 1))
    yield Rate(dated, match[2] or match[3], worth, place)


def year(line: str, scope: Scope, place: Place) -> Iterator[Statement]:
    """Read `Y2020`, `Y 2020` or `year 2020`."""
    match = _YEAR.fullmatch(line, 4 if line.startswith("year") else 1)
    if match is None:
        raise JournalError(place, _("A year of four digits is expected, like Y2020."))
    scope.set_year(int(match[1]))
    return iter(())


def alias(line: str, scope: Scope, place: Place) -> Iterator[Statement]:
    """Read `alias OLD = NEW` or `alias /EXPRESSION/ = NEW`."""
    match = _ALIAS.fullmatch(line[len("alias") :].strip())
    if match is None:
        raise JournalError(place, _("An alias looks like alias old = new."))
    old = expression(match[1], place) if match[1] else match[2]
    scope.aliases.insert(0, (old, match[3]))
    scope.rename()
    return iter(())


def _alone(line: str, words: str, place: Place) -> None:
    rest = line[len(words) :].strip()
    if rest and not rest.startswith(";"):
        reason = _("Only a comment may follow here; begin it with ; or take it out.")
        raise JournalError(place._replace(column=len(words) + 1), reason)


def end_aliases(line: str, scope: Scope, place: Place) -> Iterator[Statement]:
    """Forget all aliases."""
    _alone(line, "end aliases", place)
    scope.aliases.clear()
    scope.rename()
    return iter(())


def apply_account(line: str, scope: Scope, place: Place) -> Iterator[Statement]:
    """Put a parent before all accounts that follow."""
    parent = line[len("apply account") :].strip()
    if not parent:
        raise JournalError(place, _("The account has no name; write one."))
    scope.parents.append(parent)
    scope.rename()
    return iter(())


def end_apply_account(line: str, scope: Scope, place: Place) -> Iterator[Statement]:
    """Take the last parent away."""
    _alone(line, "end apply account", place)
    if not scope.parents:
        raise JournalError(place, _("No apply account is open above; take this line out."))
    scope.parents.pop()
    scope.rename()
    return iter(())


def decimal_mark(line: str, scope: Scope, place: Place) -> Iterator[Statement]:
    """Read `decimal-mark ,` or `decimal-mark .`."""
    mark = line[len("decimal-mark") :].partition(";")[0].strip()
    if mark not in (".", ","):
        raise JournalError(place, _("The decimal mark is . or , and nothing else."))
    scope.set_marks(scope.marks, mark)
    return iter(())


def declared(line: str, _scope: Scope, place: Place) -> Iterator[Statement]:
    """Read `payee NAME` or `tag NAME`: understood, not imported."""
    word, _blank, name = line.partition(" ")
    if not name.partition(";")[0].strip():
        raise JournalError(place, _("A name is missing here; write one."))
    yield Left(f"{word} {name.strip()}", place)


def left(line: str, _scope: Scope, place: Place) -> Iterator[Statement]:
    """Tell a line of ledger's that hledger passes over."""
    yield Left(line.strip(), place)


Directive = Callable[[str, Scope, Place], Iterator[Statement]]
SIMPLE: dict[str, Directive] = {
    "D": default_commodity,
    "P": rate,
    "Y": year,
    "year": year,
    "alias": alias,
    "end aliases": end_aliases,
    "apply account": apply_account,
    "end apply account": end_apply_account,
    "decimal-mark": decimal_mark,
    "payee": declared,
    "tag": declared,
    "N": left,
    "C": left,
}
"""Directives of one line, by their words."""
