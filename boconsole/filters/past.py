"""Terms about the past: `was:state=open@2026-05-01` and `changed:assignee>-7d`.

The audit trail holds words, the tables hold ids; a field's history knows both.
"""

from boconsole.errors import QuerySyntaxError
from boconsole.filters.area import Field
from boconsole.filters.dates import Moment
from boconsole.filters.syntax import Changed, Value, Was
from boconsole.filters.values import Reading, choices_of, moment_of, names_of
from boconsole.language import _
from db import conditions
from db.conditions import All, AnyOf, Compare, Condition, Not


def was_condition(reading: Reading, field: Field, node: Was) -> Condition:
    """Return whether the field had one of the values at the time, or ever.

    Raises:
        QuerySyntaxError: The trail does not know the field, or a value does not exist.
    """
    _check(reading, field, node.column)
    words, stored = _both(reading, field, node.values)
    now = Compare(field.stored, "in", stored)
    if node.when is None:
        return AnyOf((now, conditions.Was(field.history, words)))
    moment = moment_of(reading, node.when)
    start, end = _seconds(moment)
    past = conditions.Was(field.history, words, start, end)
    if field.history == "state":
        return past
    after = start if end is None else end - 1
    untouched = Not(conditions.Changed(field.history, after + 1))
    there = Compare("created", "<=", after)
    return AnyOf((All((now, untouched, there)), past))


def changed_condition(reading: Reading, field: Field, node: Changed) -> Condition:
    """Return whether the field was changed in the time, or ever.

    Raises:
        QuerySyntaxError: The trail does not know the field, or the date is none.
    """
    _check(reading, field, node.column)
    if node.when is None:
        return conditions.Changed(field.history)
    moment = moment_of(reading, node.when)
    first, end = int(moment.first.timestamp()), int(moment.end.timestamp())
    match node.operator:
        case ">":
            start = first + 1 if moment.point else end
            return conditions.Changed(field.history, start)
        case ">=":
            return conditions.Changed(field.history, first)
        case "<":
            return conditions.Changed(field.history, None, first)
        case "<=":
            return conditions.Changed(field.history, None, first + 1 if moment.point else end)
        case _:
            start = int(moment.start.timestamp())
            return conditions.Changed(field.history, start, max(end, start + 1))


def _seconds(moment: Moment) -> tuple[int, int | None]:
    """Return a moment's span; without an end for a bare instant."""
    if moment.point is not None:
        return int(moment.point.timestamp()), None
    return int(moment.start.timestamp()), int(moment.end.timestamp())


def _check(reading: Reading, field: Field, column: int) -> None:
    if not field.history:
        known = ", ".join(each.name for each in reading.area.fields if each.history)
        raise QuerySyntaxError(
            _("the past of {name} is not known; expected one of {known}").format(
                name=field.name, known=known
            ),
            column,
        )


def _both(
    reading: Reading, field: Field, values: tuple[Value, ...]
) -> tuple[tuple[object, ...], tuple[object, ...]]:
    """Return the values as the trail writes them, and as the table stores them."""
    words: list[object] = []
    stored: list[object] = []
    for value in values:
        if field.kind in ("choice", "ranked"):
            found = choices_of(field, value)
            words += [word for word, each in field.choices.items() if each in found]
        else:
            found = names_of(reading, field, value)
            if field.person and value.text == "me" and not value.quoted:
                words.append(reading.session.user.login)
            else:
                words.append(_spelled(reading, field, value.text))
        stored += found
    return tuple(words), tuple(stored)


def _spelled(reading: Reading, field: Field, text: str) -> str:
    """Return a name in the case in which it is stored."""
    offered = reading.area.names[field.source].suggest(text, 5)
    return next((name for name in offered if name.lower() == text.lower()), text)
