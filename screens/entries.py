"""What is typed in a form: from text to a value and back, and what is wrong with it.

A form holds texts, so that a half-typed value can be kept; values are made when it is saved.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from boconsole.errors import InvalidChangeError
from boconsole.language import DAYS, _
from boconsole.moments import parse_moment, parse_past_day
from boconsole.text import LINE_LIMIT, TEXT_LIMIT, clean, clean_line, safe
from screens.cells import moment

Kind = Literal[
    "text", "long", "choice", "lookup", "moment", "date", "number", "duration", "tags", "switch"
]
_DURATION = re.compile(r"(?:(\d{1,5})\s*h)?\s*(?:(\d{1,6})\s*(?:m|min)?)?")
_COLON = re.compile(r"(\d{1,4}):(\d{2})")
_NUMBER = re.compile(r"-?\d{1,18}(?:\.\d{1,9})?")
YES, NO = "yes", "no"


class Suggestion(NamedTuple):
    """A value that completes what was typed, and a word about it."""

    value: str
    about: str = ""


@dataclass(frozen=True)
class Field:
    """One field of a form.

    Attributes:
        name: Under which its value is saved and refused.
        label: At its left, marked with `N_`.
        kind: How it is typed and what it becomes: text, long -> str; choice, lookup -> str
            ("" becomes None unless required); moment -> UTC instant; date -> date; number -> int
            or Decimal; duration -> whole minutes; tags -> tuple of str; switch -> bool.
        required: It may not be empty.
        hint: A sentence shown under it while it is typed in, marked with `N_`.
        choices: Value and text of each choice, the texts marked with `N_`.
        suggest: For lookups and tags: completions of a beginning; may block.
        check: One more check of the text; answers what is wrong, "" for nothing.
        path: It is the path of a file on this machine, which tab completes.
    """

    name: str
    label: str
    kind: Kind = "text"
    required: bool = False
    hint: str = ""
    choices: Sequence[tuple[str, str]] = ()
    suggest: Callable[[str], Sequence[Suggestion]] | None = None
    check: Callable[[str], str] | None = None
    path: bool = False


class Reader(NamedTuple):
    """By which clock and in which zone moments are read."""

    now: datetime
    zone: ZoneInfo


def read(field: Field, text: str, reader: Reader) -> object:
    """Return the value of a typed text.

    Raises:
        InvalidChangeError: It is missing or cannot be read; `reason` is for under the field.
    """
    if not text.strip():
        if field.required:
            raise InvalidChangeError(field.name, _("is needed"))
        return _nothing(field)
    if field.check is not None and (wrong := field.check(text)):
        raise InvalidChangeError(field.name, wrong)
    if field.kind == "long":
        return clean(text, field=field.name, limit=TEXT_LIMIT)
    line = clean_line(text, field=field.name, limit=LINE_LIMIT)
    if field.kind == "moment":
        return parse_moment(line, reader.now, reader.zone, field=field.name)
    if field.kind == "date":
        return parse_past_day(line, reader.now, reader.zone, field=field.name)
    return _READERS.get(field.kind, _text)(field, line)


def write(field: Field, value: object, zone: ZoneInfo) -> str:
    """Return the text in which a value can be typed again."""
    if value is None:
        return NO if field.kind == "switch" else ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, datetime):
        return f"{value.astimezone(zone):%Y-%m-%d %H:%M}"
    if field.kind == "duration" and isinstance(value, int):
        hours, minutes = divmod(value, 60)
        return f"{hours}h {minutes:02}m" if hours else f"{minutes}m"
    if field.kind == "tags" and not isinstance(value, str) and isinstance(value, Sequence):
        return safe(", ".join(map(str, value)))
    return safe(str(value))


def meaning(field: Field, text: str, reader: Reader) -> str:
    """Return how a text is understood where that is not plain: the day of `+3d`."""
    if field.kind not in ("moment", "date") or not text.strip():
        return ""
    try:
        value = read(field, text, reader)
    except InvalidChangeError:
        return ""
    if isinstance(value, datetime):
        there = value.astimezone(reader.zone)
        return f"{_(DAYS[there.weekday()])} {moment(there)}"
    if isinstance(value, date):
        return f"{_(DAYS[value.weekday()])} {value}"
    return ""


def _nothing(field: Field) -> object:
    if field.kind in ("text", "long"):
        return ""
    if field.kind == "tags":
        return ()
    return False if field.kind == "switch" else None


def _text(_field: Field, line: str) -> object:
    return line


def _choice(field: Field, line: str) -> object:
    if line not in dict(field.choices):
        words = ", ".join(_(text) for _value, text in field.choices)
        raise InvalidChangeError(field.name, _("is one of {words}").format(words=words))
    return line


def _number(field: Field, line: str) -> object:
    if not _NUMBER.fullmatch(line):
        raise InvalidChangeError(field.name, _("is a number such as 12 or 12.5"))
    return Decimal(line) if "." in line else int(line)


def _duration(field: Field, line: str) -> object:
    if found := _COLON.fullmatch(line):
        return int(found[1]) * 60 + int(found[2])
    found = _DURATION.fullmatch(line.lower())
    if not found or not (found[1] or found[2]):
        raise InvalidChangeError(field.name, _("is a time such as 45m, 1h 30m or 1:30"))
    return int(found[1] or 0) * 60 + int(found[2] or 0)


def _tags(_field: Field, line: str) -> object:
    return tuple(dict.fromkeys(word.strip() for word in line.split(",") if word.strip()))


def _switch(field: Field, line: str) -> object:
    if line not in (YES, NO):
        raise InvalidChangeError(field.name, _("is yes or no"))
    return line == YES


_READERS: dict[Kind, Callable[[Field, str], object]] = {
    "choice": _choice,
    "number": _number,
    "duration": _duration,
    "tags": _tags,
    "switch": _switch,
}
