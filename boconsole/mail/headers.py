"""Headers of a message as text: encoded words, raw bytes and broken ones alike.

Pure. Whatever stands there, the answer is a text of one line without control characters.
Source: RFC 5322, RFC 2047, RFC 2231.
"""

import re
from collections.abc import Sequence
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses
from typing import NamedTuple

from boconsole.mail_settings import ADDRESS
from boconsole.text import safe

PARSER_FAULTS = (
    ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError,
    MessageError,
)  # fmt: skip
"""What the parsers of the standard library raise on a message that breaks the rules."""
ID = re.compile(r"<([^<>\s]{1,500})>")
ADDRESS_LENGTH = 254
REFERENCES = 50
LONGEST_WORDS = 50_000
"""Letters in which encoded words are looked for: their parser takes a time that grows with the
square of their number."""
SLOW = frozenset(("punycode", "idna"))
"""Codecs of single names, which take for ever on a long text."""
WIDER = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "us-ascii": "utf-8", "ascii": "utf-8",
    "gb2312": "gb18030", "gbk": "gb18030", "ks_c_5601-1987": "cp949", "euc-kr": "cp949",
    "shift_jis": "cp932", "utf-8": "utf-8-sig",
}  # fmt: skip
"""What is meant where senders name a smaller set."""


class Address(NamedTuple):
    """A name and an address in lower case."""

    name: str
    address: str


def decoded(content: bytes, charset: str) -> str:
    """Return bytes as text: by the charset named, else as UTF-8, else as Windows-1252."""
    named = charset.strip().strip("\"'").lower()
    for codec in (WIDER.get(named, named), "utf-8"):
        if not codec or codec in SLOW or "\0" in codec:
            continue
        try:
            return content.decode(codec)
        except (LookupError, ValueError):
            continue
    return content.decode("cp1252", "replace")


def one_line(text: str, limit: int = 1000) -> str:
    """Return a text in one line, without what a terminal might obey."""
    return " ".join(safe(text[: 4 * limit]).split())[:limit]


def whole(raw: str) -> str:
    """Return a raw header with the bytes that are no ASCII in it as the text they mean."""
    return decoded(raw.encode("utf-8", "surrogateescape"), "utf-8") if _is_raw(raw) else raw


def _is_raw(raw: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in raw)


def words(raw: str) -> str:
    """Return a header with its encoded words decoded."""
    text = whole(str(raw))
    if "=?" not in text:
        return text
    try:
        parts = decode_header(text[:LONGEST_WORDS].replace("\r", "").replace("\n", ""))
        return "".join(
            part if isinstance(part, str) else decoded(part, charset or "utf-8")
            for part, charset in parts
        )
    except PARSER_FAULTS:
        return text


def mend(message: Message) -> None:
    """Put text in place of raw bytes in all headers, so that the parser reads their parameters."""
    for part in message.walk():
        items = list(part.raw_items())
        if any(_is_raw(str(value)) for _name, value in items):
            for name, _value in items:
                del part[name]
            for name, value in items:
                part[name] = whole(str(value))


def header(message: Message, name: str, limit: int = 1000) -> str:
    """Return the first header of a name as a line of text; empty where there is none."""
    return one_line(words(raw(message, name)), limit)


def raw(message: Message, name: str) -> str:
    """Return the first header of a name as it stands; empty where there is none."""
    low = name.lower()
    return next((str(value) for key, value in message.raw_items() if key.lower() == low), "")


def all_raw(message: Message, name: str) -> list[str]:
    """Return all headers of a name as they stand, the topmost first."""
    low = name.lower()
    return [str(value) for key, value in message.raw_items() if key.lower() == low]


def has(message: Message, *names: str) -> bool:
    """Return whether a message has one of some headers, and not empty."""
    return any(raw(message, name).strip() for name in names)


def ids(message: Message, name: str) -> list[str]:
    """Return the Message-IDs in a header, in order, without their brackets."""
    return [safe(found) for found in ID.findall(whole(raw(message, name)))]


def message_id(message: Message) -> str:
    """Return the Message-ID, also one without brackets; empty where there is none."""
    found = ids(message, "Message-ID")
    return found[0] if found else one_line(raw(message, "Message-ID").strip("<> \t\r\n"), 500)


def related(message: Message) -> list[str]:
    """Return the ids of the messages that this one answers, the nearest first."""
    near = ids(message, "In-Reply-To")
    far = ids(message, "References")[-REFERENCES:]
    return list(dict.fromkeys([*near, *reversed(far)]))[:REFERENCES]


def addresses(message: Message, *names: str) -> list[Address]:
    """Return the addresses in some headers; what is none is left out."""
    found: dict[str, Address] = {}
    for name in names:
        low = name.lower()
        values = [whole(str(value)) for key, value in message.raw_items() if key.lower() == low]
        for given, address in _split(values):
            known = plain_address(address)
            if known and known not in found:
                found[known] = Address(one_line(words(given), 200).strip("\"' "), known)
    return list(found.values())


def _split(values: Sequence[str]) -> list[tuple[str, str]]:
    try:
        return getaddresses(values)
    except PARSER_FAULTS:
        return []


def plain_address(text: str) -> str:
    """Return an address in lower case, without brackets; empty where it is none."""
    address = safe(text).strip().strip("<>").strip().lower()
    if len(address) > ADDRESS_LENGTH or not ADDRESS.fullmatch(address):
        return ""
    return address
