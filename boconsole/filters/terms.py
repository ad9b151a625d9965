"""The larger tokens of a query: terms, terms about the past, the edit at the end."""

import re

from boconsole.errors import QuerySyntaxError
from boconsole.filters.syntax import Change, Changed, Name, Node, Not, Range, Term, Value, Was
from boconsole.filters.tokens import FIELD, OPERATOR, QUOTES, Reader
from boconsole.language import _

NAME = re.compile(r"[^\W\d][\w.\-]*")
CHANGE = re.compile(r"([^\W\d][\w.\-]*)=")
SET = re.compile(r"set(?=\s|$)")
VALUE_OF_CHANGE = re.compile(r"\S+")


def read_term(reader: Reader) -> Node | None:
    """Return the term that starts here, or None when no field name does."""
    start = reader.at
    match = reader.looking_at(FIELD)
    if match is None:
        return None
    reader.at = match.end()
    name, operator = match.group(1).lower(), match.group(2)
    if name == "was":
        return _was(reader, start)
    if name == "changed":
        return _changed(reader, start)
    negative = operator == "!="
    if operator in (":", "=", "!="):
        operator = reader.take(OPERATOR)
    values = reader.take_items(name)
    if operator in (">", ">=", "<", "<=") and (len(values) > 1 or isinstance(values[0], Range)):
        raise QuerySyntaxError(
            _("expected one value after {operator}").format(operator=operator), start
        )
    node = Term(name, operator, values, start)
    return Not(node) if negative else node


def _was(reader: Reader, start: int) -> Node:
    name = _past_field(reader, "was:state=open@2026-05-01")
    if not (reader.take_char("=") or reader.take_char(":")):
        raise QuerySyntaxError(_("expected = and a value"), reader.at)
    values: list[Value] = []
    while not values or reader.take_char(","):
        value = reader.take_atom(until="@")
        if value is None:
            raise QuerySyntaxError(_("expected a value of {name}").format(name=name), reader.at)
        values.append(value)
    when = _moment(reader) if reader.take_char("@") else None
    reader.expect_end()
    return Was(name, tuple(values), when, start)


def _changed(reader: Reader, start: int) -> Node:
    name = _past_field(reader, "changed:assignee>-7d")
    operator = reader.take(OPERATOR)
    if operator == "~":
        raise QuerySyntaxError(_("expected > or < and a date"), reader.at - 1)
    if not operator and not (reader.take_char("@") or reader.take_char("=")):
        reader.expect_end()
        return Changed(name, "", None, start)
    when = _moment(reader)
    reader.expect_end()
    return Changed(name, operator, when, start)


def _past_field(reader: Reader, example: str) -> str:
    name = reader.take(NAME)
    if not name:
        raise QuerySyntaxError(
            _("expected a field, as in {example}").format(example=example), reader.at
        )
    return name.lower()


def _moment(reader: Reader) -> Value:
    value = reader.take_atom()
    if value is None:
        raise QuerySyntaxError(_("expected a date such as 2026-05-01 or -7d"), reader.at)
    return value


def read_edit(reader: Reader) -> tuple[Change, ...]:
    """Return what stands behind `| set`; the reader is at the `|`."""
    reader.at += 1
    reader.skip()
    if not reader.take(SET):
        raise QuerySyntaxError(_("expected set after |"), reader.at)
    changes: list[Change] = []
    while reader.skip():
        start = reader.at
        match = reader.looking_at(CHANGE)
        if match is None:
            raise QuerySyntaxError(_("expected field=value"), start)
        reader.at = match.end()
        changes.append(Change(match.group(1).lower(), _new_value(reader), start))
    if not changes:
        raise QuerySyntaxError(_("expected field=value after set"), reader.at)
    return tuple(changes)


def _new_value(reader: Reader) -> Value:
    start = reader.at
    if reader.peek() and reader.peek() in QUOTES:
        value = Value(reader.take_quoted(), quoted=True, column=start)
        if reader.peek() and not reader.peek().isspace():
            raise QuerySyntaxError(_("expected a blank after the quote"), reader.at)
        return value
    return Value(reader.take(VALUE_OF_CHANGE), column=start)


def name_of(item: Value | Range, kind: str) -> Name:
    """Return a field's name in `sort:`, `group:` or `cols:`, with its sign."""
    if isinstance(item, Range) or item.quoted:
        raise QuerySyntaxError(_("expected the name of a field"), item.column)
    text = item.text.lower()
    descending = text.startswith("-") and kind != "cols"
    text = text[1:] if text.startswith(("-", "+")) and kind != "cols" else text
    if not NAME.fullmatch(text):
        raise QuerySyntaxError(_("expected the name of a field"), item.column)
    return Name(text, descending, item.column)
