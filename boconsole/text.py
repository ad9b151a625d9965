"""Text from outside: made safe before it is stored.

No control, escape or bidirectional control character reaches a record, because it would reach
a terminal from there.
"""

import re
import unicodedata
from collections.abc import Mapping

from boconsole.errors import InvalidChangeError
from boconsole.language import _, grouped

UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
LINE_LIMIT = 500
TEXT_LIMIT = 100_000


def clean(text: str, *, field: str, limit: int = TEXT_LIMIT) -> str:
    """Return a text without control, escape and bidi characters, in normal form C.

    Line ends become newlines; tabs and newlines stay.

    Raises:
        InvalidChangeError: It is longer than `limit` characters.
    """
    if len(text) <= limit:
        # Some letters become two or three in normal form C.
        text = safe(text).strip("\n")
    if len(text) > limit:
        raise InvalidChangeError(
            field,
            _("has {count} characters, at most {limit} fit; shorten it").format(
                count=grouped(len(text)), limit=grouped(limit)
            ),
        )
    return text


def safe(text: str) -> str:
    """Return a text of any length without control, escape and bidi characters, in form C."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", UNSAFE.sub("", text))


def clean_values(given: Mapping[str, object]) -> dict[str, object]:
    """Return the fields of a form, macro or template with their texts clean.

    Raises:
        InvalidChangeError: A text is too long.
    """
    return {
        clean_line(field, field="field"): clean(value, field=clean_line(field, field="field"))
        if isinstance(value, str)
        else value
        for field, value in given.items()
    }


def clean_line(text: str, *, field: str, limit: int = LINE_LIMIT) -> str:
    """Return a text of one line: as `clean`, with line ends and tabs as single spaces."""
    return " ".join(clean(text, field=field, limit=limit).split())


def required_line(text: str, *, field: str, limit: int = LINE_LIMIT) -> str:
    """Return a text of one line that is not empty.

    Raises:
        InvalidChangeError: It is empty or too long.
    """
    line = clean_line(text, field=field, limit=limit)
    if not line:
        raise InvalidChangeError(field, _("is empty; type a few words"))
    return line
