"""From one term to a condition: each kind of field reads its values its own way."""

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import NamedTuple
from zoneinfo import ZoneInfo

from boconsole.errors import QuerySyntaxError
from boconsole.filters.area import Area, Field
from boconsole.filters.dates import (
    EXPECTED,
    EXPECTED_LENGTH,
    Moment,
    monday_to_friday,
    read_length,
    read_moment,
)
from boconsole.filters.syntax import Range, Term, Value
from boconsole.language import _
from boconsole.session import Session
from db.conditions import All, AnyOf, Compare, Condition, Words, both
from db.fields import number_of

YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
TURNED = {">": "<", ">=": "<=", "<": ">", "<=": ">="}
RECORD = re.compile(r"0*[0-9]{1,10}")
NAMED = 8
"""How many allowed values an error names."""


class Reading(NamedTuple):
    """For whom terms are read."""

    area: Area
    session: Session

    @property
    def zone(self) -> ZoneInfo:
        """The zone that dates are in."""
        return self.session.zone


def condition_of(reading: Reading, field: Field, term: Term) -> Condition:
    """Return what a term means for its field.

    Raises:
        QuerySyntaxError: A value or the operator does not fit the field.
    """
    if term.operator == "~":
        return _any(tuple(_like(reading, field, value) for value in _values(field, term)))
    if term.operator:
        return _ordered(reading, field, term.operator, _values(field, term)[0])
    required: list[Condition] = []
    wanted: list[Condition] = []
    plain: list[object] = []
    for item in term.values:
        if isinstance(item, Range):
            wanted.append(_range(reading, field, item))
            continue
        value, plus = _without_plus(field, item)
        found = _exact(reading, field, value)
        if plus:
            required.append(_one_of(reading, field, found) if isinstance(found, list) else found)
        elif isinstance(found, list):
            plain.extend(found)
        else:
            wanted.append(found)
    if plain or not (required or wanted):
        wanted.append(_one_of(reading, field, plain))
    return both(*required, *([_any(tuple(wanted))] if wanted else []))


def moment_of(reading: Reading, value: Value) -> Moment:
    """Return what a date word means.

    Raises:
        QuerySyntaxError: It is no date.
    """
    session = reading.session
    found = read_moment(value.text, session.now(), reading.zone, monday_to_friday)
    if found is None:
        raise QuerySyntaxError(
            _("expected {what}, not {text!r}").format(what=_(EXPECTED), text=value.text),
            value.column,
        )
    return found


def similar(word: str, known: list[str]) -> str:
    """Return a sentence part that names what was perhaps meant."""
    close = get_close_matches(word.lower(), [name.lower() for name in known], 3, 0.6)
    meant = [name for name in known if name.lower() in close]
    return _("; did you mean {words}?").format(words=_(" or ").join(meant)) if meant else ""


def names_of(reading: Reading, field: Field, value: Value) -> tuple[object, ...]:
    """Return the ids behind a name; none where the field may name what is not there.

    Raises:
        QuerySyntaxError: Nothing has this name.
    """
    if field.person and value.text.lower() in ("me", "@me") and not value.quoted:
        return (reading.session.user.id,)
    source = reading.area.names[field.source]
    found = source.find(value.text)
    if not found and not (field.unknown_is_nothing or field.loose):
        known = source.suggest(value.text[:1], 200) or source.suggest("", 200)
        raise QuerySyntaxError(
            _("there is no {name} {text!r}{hint}").format(
                name=field.name, text=value.text, hint=similar(value.text, known)
            ),
            value.column,
        )
    return found


def choices_of(field: Field, value: Value) -> tuple[object, ...]:
    """Return the stored values of a choice, or of a group of choices.

    Raises:
        QuerySyntaxError: It is none of the choices.
    """
    if not value.quoted and value.text.lower() in field.groups:
        return tuple(field.choices[word] for word in field.groups[value.text.lower()])
    word = field.choice(value.text)
    if word is None:
        allowed = ", ".join(list(field.choices)[:NAMED])
        raise QuerySyntaxError(
            _("expected a {name}: {allowed}; not {text!r}").format(
                name=field.name, allowed=allowed, text=value.text
            ),
            value.column,
        )
    return (field.choices[word],)


def _values(field: Field, term: Term) -> tuple[Value, ...]:
    values = tuple(value for value in term.values if isinstance(value, Value))
    if len(values) < len(term.values):
        raise QuerySyntaxError(
            _("expected a value of {name}, not a range").format(name=field.name), term.column
        )
    return values


def _any(conditions: tuple[Condition, ...]) -> Condition:
    return conditions[0] if len(conditions) == 1 else AnyOf(conditions)


def _without_plus(field: Field, value: Value) -> tuple[Value, bool]:
    if not field.many:
        return value, False
    if value.plus or (not value.quoted and value.text[0] == "+" and len(value.text) > 1):
        text = value.text if value.plus else value.text[1:]
        return Value(text, value.quoted, column=value.column), True
    return value, False


def _one_of(reading: Reading, field: Field, values: Sequence[object]) -> Condition:
    unique = tuple(dict.fromkeys(values))
    condition = (
        Compare(field.stored, "=", unique[0])
        if len(unique) == 1
        else Compare(field.stored, "in", unique)
    )
    implied = reading.area.implied.get(field.name)
    return both(implied[1], condition) if implied and set(unique) <= implied[0] else condition


def _exact(reading: Reading, field: Field, value: Value) -> Condition | list[object]:
    """Return what `field:value` means: stored values, or a condition of its own."""
    match field.kind:
        case "words":
            return Words((), (value.text,), column=field.stored)
        case "line":
            return Compare(field.stored, "contains", value.text)
        case "mail":
            return _mail(field, value)
        case "choice" | "ranked":
            return list(choices_of(field, value))
        case "name":
            found = names_of(reading, field, value)
            return list(found) if found or not field.loose else _like(reading, field, value)
        case "instant" | "date" | "day":
            moment = moment_of(reading, value)
            if moment.start == moment.end:
                raise QuerySyntaxError(
                    _("expected < or > before {text!r}, or a day").format(text=value.text),
                    value.column,
                )
            return _within(reading, field, moment.start, moment.end)
        case "flag":
            if value.text.lower() not in YES:
                raise QuerySyntaxError(_("expected yes or no"), value.column)
            return Compare(field.stored, "=", YES[value.text.lower()])
        case _:
            return [_scalar(reading, field, value)]


def _mail(field: Field, value: Value) -> Condition:
    text = value.text.lower()
    if text.startswith("@"):
        return Compare(field.stored, "ends", text)
    return Compare(field.stored, "=" if "@" in text else "contains", text)


def _scalar(reading: Reading, field: Field, value: Value) -> object:
    """Return a number, a length or a record number as it is stored."""
    if field.kind == "length":
        seconds = read_length(value.text)
        if seconds is None:
            raise QuerySyntaxError(
                _("expected {what}").format(what=_(EXPECTED_LENGTH)),
                value.column,
            )
        return seconds // field.unit
    if field.kind == "record":
        text = value.text.upper().removeprefix(reading.area.prefix + "-").removeprefix("#")
        if not RECORD.fullmatch(text) or int(text) >= 2**31:
            raise QuerySyntaxError(
                _("expected a number such as {prefix}-42").format(prefix=reading.area.prefix),
                value.column,
            )
        return int(text)
    try:
        number = Decimal(value.text)
        if not number.is_finite() or abs(number) >= 10**18:
            raise InvalidOperation
    except ArithmeticError:
        raise QuerySyntaxError(
            _("expected a number for {name}").format(name=field.name), value.column
        ) from None
    if field.kind == "amount":
        return number
    return int(number) if number == int(number) else float(number)


def _stored(reading: Reading, field: Field, moment: datetime) -> object:
    """Return an instant as the column holds it: seconds, or its day as text or number."""
    if field.kind == "day":
        return number_of(moment.astimezone(reading.zone).date())
    if field.kind == "date":
        return moment.astimezone(reading.zone).date().isoformat()
    return int(moment.timestamp())


def _within(reading: Reading, field: Field, start: datetime, end: datetime) -> Condition:
    return All(
        (
            Compare(field.stored, ">=", _stored(reading, field, start)),
            Compare(field.stored, "<", _stored(reading, field, end)),
        )
    )


def _ordered(reading: Reading, field: Field, operator: str, value: Value) -> Condition:
    """Return what `field:>=value` means."""
    if field.kind == "ranked":
        (stored, *more) = choices_of(field, value)
        if not more:
            return Compare(field.stored, TURNED[operator], stored)
    if field.kind in ("instant", "date", "day"):
        return _before_or_after(reading, field, operator, moment_of(reading, value))
    if field.kind in ("number", "amount", "length", "record"):
        return Compare(field.stored, operator, _scalar(reading, field, value))
    raise QuerySyntaxError(
        _("expected {name}: and a value; it has no {operator}").format(
            name=field.name, operator=operator
        ),
        value.column,
    )


def _before_or_after(reading: Reading, field: Field, operator: str, moment: Moment) -> Condition:
    edge = moment.first
    if moment.point is None and operator in (">", "<="):
        edge, operator = moment.end, ">=" if operator == ">" else "<"
    return Compare(field.stored, operator, _stored(reading, field, edge))


def _range(reading: Reading, field: Field, item: Range) -> Condition:
    """Return what `field:low..high` means; both ends belong to it."""
    ends = [end for end in (item.low, item.high) if end is not None]
    if field.kind == "ranked" and len(ends) == 2:
        first, last = sorted(int(str(choices_of(field, end)[0])) for end in ends)
        return All((Compare(field.stored, ">=", first), Compare(field.stored, "<=", last)))
    low = [_ordered(reading, field, ">=", item.low)] if item.low is not None else []
    high = [_ordered(reading, field, "<=", item.high)] if item.high is not None else []
    return both(*low, *high)


def _like(reading: Reading, field: Field, value: Value) -> Condition:
    """Return what `field:~text` means: the text is part of it, whatever the case."""
    if field.kind == "words":
        return Compare(field.stored, "contains", value.text)
    if field.like or field.kind in ("line", "mail"):
        return Compare(field.like or field.stored, "contains", value.text)
    if field.kind == "name":
        source, text = reading.area.names[field.source], value.text.lower()
        hits = [name for name in source.suggest("", 5_000) if text in name.lower()]
        ids = tuple(stored for name in hits for stored in source.find(name))
        return Compare(field.stored, "in", ids)
    if field.kind in ("choice", "ranked"):
        hits = [word for word in field.choices if value.text.lower() in word]
        return Compare(field.stored, "in", tuple(field.choices[word] for word in hits))
    raise QuerySyntaxError(
        _("expected {name}: and a value; it has no ~").format(name=field.name), value.column
    )
