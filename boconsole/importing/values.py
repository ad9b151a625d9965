"""From the text of a cell to a value of ours: one function for each type.

Each takes a text that is not empty and raises `ValueError` with the reason, in words that
follow the column's name.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from boconsole.errors import InvalidChangeError
from boconsole.language import _, grouped
from boconsole.text import LINE_LIMIT, TEXT_LIMIT, clean, clean_line

Convert = Callable[[str], Any]  # Any: each field has its own type, given by the row it goes into

EMAIL = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+")
EMAIL_LIMIT = 254


def shown(cell: str) -> str:
    """Return a cell as reasons quote it: short and without control characters."""
    short = cell if len(cell) <= 40 else cell[:39] + "…"
    return repr(short)


def line(limit: int = LINE_LIMIT) -> Convert:
    """Texts of one line."""
    return partial(_cleaned, clean_line, limit)


def text(limit: int = TEXT_LIMIT) -> Convert:
    """Texts of many lines."""
    return partial(_cleaned, clean, limit)


def _cleaned(cleaner: Callable[..., str], limit: int, cell: str) -> str:
    if len(cell) <= limit and cell.isascii() and cell.isprintable() and "  " not in cell:
        return cell.strip()
    try:
        return cleaner(cell, field="", limit=limit)
    except InvalidChangeError as error:
        raise ValueError(error.reason) from error


def choice(words: Mapping[str, object]) -> Convert:
    """One of a few words, in any case."""

    def convert(cell: str) -> object:
        try:
            return words[cell.strip().lower()]
        except KeyError:
            raise ValueError(
                _("{cell} is not known; allowed: {words}").format(
                    cell=shown(cell), words=", ".join(words)
                )
            ) from None

    return convert


def whole(lowest: int, highest: int) -> Convert:
    """Whole numbers within bounds."""

    def convert(cell: str) -> int:
        try:
            number = int(cell)
        except ValueError:
            number = None
        if number is None or not lowest <= number <= highest:
            raise ValueError(
                _("{cell} is no whole number from {lowest} to {highest}").format(
                    cell=shown(cell), lowest=grouped(lowest), highest=grouped(highest)
                )
            ) from None
        return number

    return convert


def email(cell: str) -> str:
    """Return a mail address in lower case."""
    address = cell.strip().lower()
    if not address.isascii() or not address.isprintable():
        address = clean_line(address, field="", limit=max(len(cell), EMAIL_LIMIT))
    if len(address) > EMAIL_LIMIT or not EMAIL.fullmatch(address):
        raise ValueError(_("{cell} is no mail address").format(cell=shown(cell)))
    return address


def instant(formats: Sequence[str], zone: ZoneInfo) -> Convert:
    """Seconds since the epoch, from a time in one of the formats, else from ISO 8601.

    A time without an offset is one of the zone; one that the clock shows twice is the first.
    """
    known = ", ".join((*formats, "ISO 8601"))

    def convert(cell: str) -> int:
        for pattern in formats:
            try:
                found = datetime.strptime(cell, pattern)  # noqa: DTZ007 - the zone follows below
            except ValueError:
                continue
            break
        else:
            try:
                found = datetime.fromisoformat(cell)
            except ValueError:
                raise ValueError(
                    _("{cell} is no time; expected: {known}").format(cell=shown(cell), known=known)
                ) from None
        aware = found if found.tzinfo else found.replace(tzinfo=zone)
        try:
            moment = aware.astimezone(UTC)
        except OverflowError:
            moment = None
        if moment is None or not 1900 <= moment.year <= 9998:
            raise ValueError(
                _("{cell} lies outside the years 1900 to 9998").format(cell=shown(cell))
            )
        return int(moment.timestamp())

    return convert
