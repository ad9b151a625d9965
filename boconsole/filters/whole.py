"""Queries on registers small enough to be read whole: a test and an order of plain rows.

The words are those of the query language; which fields there are, a register says itself.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any, Generic, Literal, TypeVar

from boconsole.errors import QuerySyntaxError
from boconsole.filters.dates import EXPECTED, monday_to_friday, read_moment
from boconsole.filters.parse import parse
from boconsole.filters.syntax import And, Node, Not, Or, Query, Range, Term, Value, Word
from boconsole.language import _
from boconsole.session import Session

RowT = TypeVar("RowT")
Test = Callable[[RowT], bool]
ANY = "any"
"""Every state."""


@dataclass(frozen=True)
class Has(Generic[RowT]):
    """One field.

    Attributes:
        value: Of a row: text, number, day, or the word of a choice; None and "" are empty.
        kind: What it is compared as.
        words: Of a choice, all there are.
        fits: Of a text with a test of its own: whether a row is as a word says.
    """

    value: Callable[[RowT], Any]  # Any: as `kind` says
    kind: Literal["text", "number", "day", "choice"] = "text"
    words: Collection[str] = ()
    fits: Callable[[RowT, str], bool] | None = None


@dataclass(frozen=True)
class Register(Generic[RowT]):
    """What can be asked of one kind of row.

    Attributes:
        text: Everything that words are found in.
        fields: By name.
        flags: What `is:` may say.
        usual: Whether a row is shown where no `state:` is named.
    """

    text: Callable[[RowT], str]
    fields: Mapping[str, Has[RowT]]
    flags: Mapping[str, Test[RowT]] = field(default_factory=dict)
    usual: Test[RowT] = lambda _row: True


def check(session: Session, register: Register[RowT], query: str) -> None:
    """Raise QuerySyntaxError where a query cannot be read."""
    _Reader(session, register).test(parse(query))


def select(
    session: Session, register: Register[RowT], query: str, rows: Sequence[RowT]
) -> list[RowT]:
    """Return the rows that a query names, in its order.

    Raises:
        QuerySyntaxError: It cannot be read, or asks for what these rows do not have.
    """
    read, reader = parse(query), _Reader(session, register)
    test = reader.test(read)
    found = [row for row in rows if test(row)]
    for name in reversed(read.sort):
        value = reader.field(name.text, name.column).value
        empty = [row for row in found if value(row) in (None, "")]
        filled = [row for row in found if value(row) not in (None, "")]
        filled.sort(key=partial(_sortable, value), reverse=name.descending)
        found = filled + empty
    return found[: read.limit] if read.limit else found


def _sortable(value_of: Callable[[RowT], Any], row: RowT) -> Any:  # Any: of one field
    value = value_of(row)
    return value.casefold() if isinstance(value, str) else value


class _Reader(Generic[RowT]):
    """Turns the terms of one query into tests."""

    def __init__(self, session: Session, register: Register[RowT]) -> None:
        self.session, self.register = session, register

    def test(self, read: Query) -> Test[RowT]:
        if read.group or read.columns or read.edit:
            raise QuerySyntaxError(_("expected conditions, sort: or limit: alone"), 0)
        for name in read.sort:
            self.field(name.text, name.column)
        usual = self.register.usual
        if read.where is None:
            return (lambda _row: True) if read.everything else usual
        test = self._node(read.where)
        if read.everything or any(term.name == "state" for term in _terms(read.where)):
            return test
        return lambda row: usual(row) and test(row)

    def field(self, name: str, column: int) -> Has[RowT]:
        found = self.register.fields.get(name)
        if found is None:
            known = ", ".join(self.register.fields)
            raise QuerySyntaxError(
                _("{name} is none of {words}").format(name=name, words=known), column
            )
        return found

    def _node(self, node: Node) -> Test[RowT]:
        match node:
            case And(parts):
                every = [self._node(part) for part in parts]
                return lambda row: all(test(row) for test in every)
            case Or(parts):
                some = [self._node(part) for part in parts]
                return lambda row: any(test(row) for test in some)
            case Not(part):
                test = self._node(part)
                return lambda row: not test(row)
            case Word(text):
                low = text.casefold()
                return lambda row: low in self.register.text(row).casefold()
            case Term():
                return self._term(node)
        raise QuerySyntaxError(_("this list has no past; see the history"), node.column)

    def _term(self, term: Term) -> Test[RowT]:
        if term.name in ("is", "has", "no"):
            some = [self._special(term.name, value) for value in term.values]
            return lambda row: any(test(row) for test in some)
        has = self.field(term.name, term.column)
        if has.kind == "choice":
            return self._choice(has, term)
        if has.fits is not None and term.operator == "":
            return self._fitting(has.fits, term)
        if has.kind == "text":
            return self._text(has, term)
        spans = [self._span(has, term.operator, value) for value in term.values]

        def within(row: RowT) -> bool:
            value = has.value(row)
            return value is not None and any(
                (low is None or value >= low) and (high is None or value <= high)
                for low, high in spans
            )

        return within

    def _special(self, name: str, value: Value | Range) -> Test[RowT]:
        if isinstance(value, Range):
            raise QuerySyntaxError(_("expected : and a name"), value.column)
        if name != "is":
            has, wanted = self.field(value.text, value.column), name == "has"
            return lambda row: (has.value(row) not in (None, "")) == wanted
        test = self.register.flags.get(value.text)
        if test is None:
            known = ", ".join(self.register.flags)
            reason = _("{name} is none of {words}").format(name=value.text, words=known)
            raise QuerySyntaxError(reason, value.column)
        return test

    def _choice(self, has: Has[RowT], term: Term) -> Test[RowT]:
        words = _words(term)
        known = (*has.words, ANY)
        if wrong := [word for word in words if word not in known]:
            told = _("{name} is none of {words}").format(name=wrong[0], words=", ".join(known))
            raise QuerySyntaxError(told, term.column)
        return lambda row: ANY in words or has.value(row) in words

    def _fitting(self, fits: Callable[[RowT, str], bool], term: Term) -> Test[RowT]:
        words = _words(term)

        def test(row: RowT) -> bool:
            return any(fits(row, word) for word in words)

        return test

    def _text(self, has: Has[RowT], term: Term) -> Test[RowT]:
        lows = [word.casefold() for word in _words(term)]
        if term.operator == "~":
            return lambda row: any(low in (has.value(row) or "").casefold() for low in lows)
        return lambda row: (has.value(row) or "").casefold() in lows

    def _span(self, has: Has[RowT], operator: str, value: Value | Range) -> tuple[Any, Any]:
        if isinstance(value, Range):
            low = self._ends(has, value.low)[0] if value.low else None
            return low, self._ends(has, value.high)[1] if value.high else None
        first, last = self._ends(has, value)
        step: Any = timedelta(days=1) if has.kind == "day" else Decimal("1e-9")
        ends: dict[str, tuple[Any, Any]] = {
            "": (first, last), ">=": (first, None), "<=": (None, last),
            ">": (last + step, None), "<": (None, first - step),
        }  # fmt: skip
        if operator not in ends:
            raise QuerySyntaxError(_("expected : and a name"), value.column)
        return ends[operator]

    def _ends(self, has: Has[RowT], value: Value) -> tuple[Any, Any]:
        if has.kind == "day":
            return self._days(value)
        try:
            number = Decimal(value.text)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            told = _("expected {what}, not {text!r}").format(what=_("a number"), text=value.text)
            raise QuerySyntaxError(told, value.column)
        return number, number

    def _days(self, value: Value) -> tuple[date, date]:
        zone = self.session.zone
        text = value.text
        if text[:1].isdigit() and text[-1:] in "dwmy" and text[:-1].isdigit():
            text = f"+{text}"  # `ends:<30d` looks ahead
        found = read_moment(text, self.session.now(), zone, monday_to_friday)
        if found is None:
            told = _("expected {what}, not {text!r}").format(what=_(EXPECTED), text=value.text)
            raise QuerySyntaxError(told, value.column)
        last = found.end if found.end <= found.start else found.end - timedelta(seconds=1)
        return found.start.astimezone(zone).date(), last.astimezone(zone).date()


def _words(term: Term) -> list[str]:
    if term.operator not in ("", "~") or any(isinstance(each, Range) for each in term.values):
        raise QuerySyntaxError(_("expected : and a name"), term.column)
    return [value.text for value in term.values if not isinstance(value, Range)]


def _terms(node: Node) -> Iterator[Term]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _terms(part)
        case Not(part):
            yield from _terms(part)
        case Term():
            yield node
