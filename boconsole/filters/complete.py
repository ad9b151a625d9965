"""What may come next in a query: fields, flags, values, date words.

Completion looks at the token around the caret only; the rest of the line may be unfinished.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from boconsole.filters.area import Area, Field
from boconsole.filters.dates import WORDS
from boconsole.filters.writing import quote

LIMIT = 20
LENGTHS = ("15m", "30m", "1h", "2h", "4h", "1d", "1w", "1bd")
SHAPES = ("sort:", "group:", "cols:", "limit:")
JOINTS = ("or", "not", "any")
TERM = re.compile(r"(?P<sign>-?)(?P<name>[^\W\d][\w.\-]*)(?P<operator>:(?:[<>]=?|~)?|[<>]=?|!?=|~)")
PAST = re.compile(r"(?P<name>[^\W\d][\w.\-]*)(?P<operator>=|:|@|[<>]=?)")
CHANGE = re.compile(r"(?P<name>[^\W\d][\w.\-]*)=")
PLAIN = re.compile(r"[^\s,()\"'+\-][^\s,()\"']*")
KEYWORDS = frozenset(("or", "not", "any", "and"))


class Completion(NamedTuple):
    """What to put in place of the text from `start` to `end`."""

    start: int
    end: int
    candidates: tuple[str, ...]


def complete(text: str, caret: int, area: Area) -> Completion:
    """Return what could stand at the caret.

    Args:
        text: The line as it is so far.
        caret: Where the caret is, from 0.
        area: What may be spoken of.
    """
    caret = max(0, min(caret, len(text)))
    start = _token_start(text, caret)
    end = caret
    while end < len(text) and not text[end].isspace() and text[end] not in "(),":
        end += 1
    token = text[start:caret]
    if re.search(r"(?:^|\s)\|\s", text[:start]):
        return _change(text, start, caret, end, area)
    match = TERM.match(token)
    if match is None:
        sign = len(token) - len(token.lstrip("-"))
        return Completion(start + sign, end, _starts(token[sign:].lower(), area))
    name = match["name"].lower()
    inner = start + match.end()
    if name in ("was", "changed"):
        past = PAST.match(text[inner:caret])
        if past is None:
            fields = [field.name for field in area.fields if field.history]
            return Completion(inner, end, _matching(text[inner:caret], fields))
        name, inner = past["name"].lower(), inner + past.end()
        if past["operator"] not in "=:":
            return Completion(inner, end, _matching(text[inner:caret], WORDS))
        if "@" in text[inner:caret]:
            inner = text.rindex("@", inner, caret) + 1
            return Completion(inner, end, _matching(text[inner:caret], WORDS))
    inner += _last_item(text[inner:caret])
    typed = text[inner:caret]
    return Completion(inner, end, _values(name, typed, area))


def _token_start(text: str, caret: int) -> int:
    """Return where the token around the caret starts; blanks in quotes belong to it."""
    start, mark = 0, ""
    for place, char in enumerate(text[:caret]):
        if mark:
            mark = "" if char == mark else mark
        elif char in "\"'" and (place == 0 or text[place - 1] in " \t(:,=<>~+-@"):
            mark = char
        elif char.isspace() or char in "()":
            start = place + 1
    return start


def _last_item(values: str) -> int:
    """Return where the last of several values starts."""
    start, mark = 0, ""
    for place, char in enumerate(values):
        if mark:
            mark = "" if char == mark else mark
        elif char in "\"'":
            mark = char
        elif char == "," or values[place - 1 : place + 1] == "..":
            start = place + 1
    return start


def _starts(typed: str, area: Area) -> tuple[str, ...]:
    """Return fields, flags and guessed values that start so."""
    fields = [f"{field.name}:" for field in area.fields]
    fields += [f"{name}:" for name in area.custom_index] if typed.startswith("cf") else []
    aliases = [f"{alias}:" for field in area.fields for alias in field.aliases] if typed else []
    values = [
        word for field in area.fields if field.guessed for word in (*field.groups, *field.choices)
    ]
    names = [*fields, *aliases, "is:", "has:", "no:", *SHAPES, "was:", "changed:"]
    return _matching(typed, [*names, *(values if typed else ()), *JOINTS])


def _values(name: str, typed: str, area: Area) -> tuple[str, ...]:
    """Return values of a field, a flag, or a part of the shape."""
    if name == "is":
        return _matching(typed, [flag.name for flag in area.flags])
    if name in ("has", "no"):
        fields = [field.name for field in area.fields if field.optional or field.many]
        return _matching(typed, fields)
    if name in ("sort", "order", "group"):
        sign = "-" if typed.startswith("-") else ""
        fields = [sign + field.name for field in area.fields if field.sortable]
        return _matching(typed, fields)
    if name in ("cols", "columns"):
        return _matching(typed, [*(field.name for field in area.fields), *area.columns])
    field = area.field(name)
    return () if field is None else _values_of(field, typed, area)


def _values_of(field: Field, typed: str, area: Area) -> tuple[str, ...]:
    plus = "+" if field.many and typed.startswith("+") else ""
    start = typed.removeprefix(plus).lstrip("\"'")
    if field.source:
        mine = ("me",) if field.person and "me".startswith(start.lower()) else ()
        found = (*mine, *area.names[field.source].suggest(start, LIMIT))
        return tuple(plus + word_for(word) for word in found)
    if field.choices:
        return _matching(start, map(word_for, (*field.choices, *field.groups)))
    if field.kind in ("instant", "date", "day"):
        return _matching(start, WORDS)
    if field.kind == "length":
        return _matching(start, LENGTHS)
    return _matching(start, ("yes", "no")) if field.kind == "flag" else ()


def _change(text: str, start: int, caret: int, end: int, area: Area) -> Completion:
    """Return fields and values after `|`."""
    token = text[start:caret]
    match = CHANGE.match(token)
    if match is None:
        names = [f"{field.name}=" for field in area.fields if field.history or field.many]
        first = text[:start].rstrip().endswith("|")
        return Completion(start, end, _matching(token, ["set"] if first else [*names, "note="]))
    inner = start + match.end()
    return Completion(inner, end, _values(match["name"].lower(), text[inner:caret], area))


def word_for(value: str) -> str:
    """Return a value as it can stand in a query: in quotes where it must."""
    plain = PLAIN.fullmatch(value) and ".." not in value and value.lower() not in KEYWORDS
    return value if plain else quote(value)


def _matching(typed: str, words: Iterable[str]) -> tuple[str, ...]:
    low = typed.lower().lstrip("\"'")
    unique = dict.fromkeys(words)
    return tuple([word for word in unique if word.lower().lstrip('"').startswith(low)][:LIMIT])
