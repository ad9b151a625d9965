"""What a message says, and the files that came with it.

Pure. The text is the plain one where there is one, else the HTML made text: no picture is
loaded, no script kept, no link followed. Whatever cannot be read becomes a file.
"""

import mimetypes
import re
from email.message import Message
from email.utils import collapse_rfc2231_value
from typing import NamedTuple

from boconsole.filing import File
from boconsole.language import _
from boconsole.mail import headers
from boconsole.mail.errors import ReaderMissingError
from boconsole.mail.flowed import unflowed
from boconsole.mail.headers import PARSER_FAULTS
from boconsole.text import safe

DEEP = 60
"""Parts within parts; what lies deeper becomes a file."""
MANY = 100
"""Files of a message; what comes after them is in its source only."""
LARGE_HTML = 2**19
"""Bytes; more than that becomes a file, as reading it would hold up what comes behind."""
WIDE = 100_000_000
"""Rows of tables times letters of text: each row is laid out as wide as the widest, so a small
message could take all memory."""
ROW, MARK = re.compile(r"<(?:tr|br|p|div|li)\b", re.IGNORECASE), re.compile(r"<[^>]*>")
NAME_LENGTH = 150


class Body(NamedTuple):
    """The text of a part or a message, and its files."""

    text: str
    files: tuple[File, ...] = ()


def body_of(message: Message) -> Body:
    """Return what a message says and its files."""
    body = _read(message, 0)
    if len(body.files) <= MANY:
        return body
    note = _("({count} more files are in the source of this message)").format(
        count=len(body.files) - MANY
    )
    return Body(f"{body.text}\n\n{note}", body.files[:MANY])


def _read(part: Message, depth: int) -> Body:
    if part.is_multipart() and part.get_content_maintype() == "multipart" and depth < DEEP:
        children = [child for child in part.get_payload() if isinstance(child, Message)]
        if part.get_content_subtype() == "alternative":
            return _alternative(children, depth)
        bodies = [_read(child, depth + 1) for child in children]
        return Body(
            "\n\n".join(body.text for body in bodies if body.text.strip()),
            tuple(file for body in bodies for file in body.files),
        )
    if _is_text(part):
        return _text(part)
    return Body("", (_file(part),))


def _alternative(children: list[Message], depth: int) -> Body:
    """Return the plain text among versions of the same, or the last that has a text."""
    bodies = [(child, _read(child, depth + 1)) for child in children]
    files = tuple(file for _child, body in bodies for file in body.files)
    plain = [body.text for child, body in bodies if child.get_content_type() == "text/plain"]
    every = [body.text for _child, body in reversed(bodies)]
    return Body(next((text for text in [*plain, *every] if text.strip()), ""), files)


def _is_text(part: Message) -> bool:
    """Return whether a part is to be read, and not a file."""
    if part.get_content_type() not in ("text/plain", "text/html") or part.is_multipart():
        return False
    return disposition(part) != "attachment" and not _name(part)


def disposition(part: Message) -> str:
    """Return `inline`, `attachment` or whatever stands there, in lower case."""
    return headers.raw(part, "Content-Disposition").partition(";")[0].strip().lower()


def _text(part: Message) -> Body:
    content = payload(part)
    text = safe(headers.decoded(content, _parameter(part, "charset")))
    if part.get_content_type() == "text/html":
        made = html_text(text) if len(content) <= LARGE_HTML else None
        if made is None:
            note = _("(the text of this message is in the file message.html)")
            return Body(note, (File("message.html", content),))
        return Body(made)
    if _parameter(part, "format").lower() == "flowed":
        text = unflowed(text, delete_space=_parameter(part, "delsp").lower() == "yes")
    return Body(text.strip("\n"))


def html_text(html: str) -> str | None:
    """Return HTML as text with the addresses of its links; None where it cannot be read.

    Raises:
        ReaderMissingError: inscriptis is not installed.
    """
    try:
        from inscriptis import get_text
        from inscriptis.model.config import ParserConfig
        from lxml.etree import LxmlError
    except ImportError:
        raise ReaderMissingError from None
    if not html.strip():
        return ""
    if len(ROW.findall(html)) * len(MARK.sub("", html)) > WIDE:
        return None
    try:
        text = get_text(html, ParserConfig(display_links=True))
    except (*PARSER_FAULTS, LxmlError, MemoryError):
        return None
    lines = [line.rstrip() for line in safe(text.replace("\xa0", " ")).split("\n")]
    kept = [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]
    return "\n".join(kept).strip("\n") or None


def payload(part: Message) -> bytes:
    """Return the bytes of a part that is not made of others."""
    try:
        content = part.get_payload(decode=True)
    except PARSER_FAULTS:
        content = None
    if isinstance(content, bytes):
        return content
    return str(part.get_payload() or "").encode("utf-8", "surrogateescape")


def _file(part: Message) -> File:
    """Return a part as a file, under a name that is safe."""
    kind = part.get_content_type()
    if part.is_multipart():
        inner = part.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else part
        content = source_of(first if isinstance(first, Message) else part)
        if kind == "message/delivery-status":
            content = source_of(part)
        subject = headers.header(first, "Subject", 60) if isinstance(first, Message) else ""
        return File(safe_name(_name(part) or f"{subject or 'message'}.eml"), content)
    suffix = mimetypes.guess_extension(kind) or ".bin"
    return File(safe_name(_name(part) or f"file{suffix}"), payload(part))


def source_of(message: Message) -> bytes:
    """Return a message within a message as bytes."""
    try:
        return message.as_bytes()
    except PARSER_FAULTS:
        return str(message.get_payload()).encode("utf-8", "replace")


def _name(part: Message) -> str:
    """Return the name that a part gives itself; empty where it gives none."""
    for field, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        try:
            value = part.get_param(parameter, "", field)
            text = collapse_rfc2231_value(value) if value else ""
        except PARSER_FAULTS:
            continue
        if name := headers.one_line(headers.words(text), 500):
            return name
    return ""


def safe_name(name: str) -> str:
    """Return a name without folders, short enough for any disk, its ending kept."""
    last = headers.one_line(name.replace("\\", "/").rpartition("/")[2], 500).strip('"').lstrip(".")
    stem, point, ending = last.rpartition(".")
    if len(last) > NAME_LENGTH and point and len(ending) <= 10:
        return f"{stem[: NAME_LENGTH - len(ending)]}.{ending}"
    return last[:NAME_LENGTH] or "file"


def _parameter(part: Message, name: str) -> str:
    """Return a parameter of the content type; empty where there is none that can be read."""
    try:
        value = part.get_param(name, "")
        return str(collapse_rfc2231_value(value)) if value else ""
    except PARSER_FAULTS:
        return ""
