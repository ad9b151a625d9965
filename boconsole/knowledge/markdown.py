"""Articles as Markdown files with a few lines of front matter. Pure: texts in, texts out.

    ---
    title: VPN drops every hour
    category: Network / VPN
    tags: [vpn, remote]
    audience: public
    number: KB-7
    version: 3
    created: 2026-05-04T09:00:00+00:00
    ---

The last three are written by an export, so that an import finds the article again.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePosixPath
from typing import NamedTuple

from boconsole.errors import InvalidChangeError
from boconsole.knowledge.words import parse_number
from boconsole.language import _

FENCE = "---"
KEYS = ("title", "category", "tags", "audience", "number", "version", "created")
HEADING = re.compile(r"#\s+(\S.*)")
PAIR = re.compile(r"([A-Za-z_-]+)\s*:(?:\s+(.*))?")
UNFIT = re.compile(r"[^a-z0-9]+")


class Document(NamedTuple):
    """What a file says; None where it says nothing of it.

    Attributes:
        number: The id of the article that it was exported from.
        version: The version of the text that was exported.
        created: When that article was begun.
    """

    title: str
    body: str
    category: str | None = None
    tags: tuple[str, ...] | None = None
    audience: str | None = None
    number: int | None = None
    version: int | None = None
    created: datetime | None = None


def read(name: str, text: str) -> Document:
    """Return what a file says.

    Args:
        name: Of the file; its title where nothing else tells one.
        text: All of it.

    Raises:
        InvalidChangeError: The front matter cannot be read.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    pairs: Mapping[str, str | list[str]] = {}
    if lines and lines[0].strip() == FENCE:
        ends = [place for place, line in enumerate(lines[1:], 1) if line.strip() == FENCE]
        if not ends:
            raise InvalidChangeError("front matter", _("does not end; close it with ---"))
        pairs, lines = _pairs(lines[1 : ends[0]]), lines[ends[0] + 1 :]
    body = "\n".join(lines).strip("\n")
    title = _one(pairs, "title")
    if not title and (heading := HEADING.match(body)):
        title, body = heading[1].strip(), body[heading.end() :].strip("\n")
    title = title or PurePosixPath(name).stem.replace("-", " ").replace("_", " ")
    number, version, created = (_one(pairs, key) for key in ("number", "version", "created"))
    return Document(
        title, body, _one(pairs, "category"), _many(pairs, "tags"), _one(pairs, "audience"),
        parse_number(number) if number else None,
        int(version) if version and version.isdecimal() and len(version) < 9 else None,
        _instant(created),
    )  # fmt: skip


def write(document: Document, number: str) -> str:
    """Return a file."""
    told = {
        "title": document.title,
        "category": document.category,
        "tags": f"[{', '.join(document.tags or ())}]",
        "audience": document.audience,
        "number": number,
        "version": document.version,
        "created": document.created.isoformat() if document.created else None,
    }
    front = [f"{key}: {_quoted(str(value))}" for key, value in told.items() if value]
    return "\n".join([FENCE, *front, FENCE, "", document.body, ""])


def file_name(number: str, title: str) -> str:
    """Return a name for a file: `kb-7-vpn-drops-every-hour.md`."""
    words = UNFIT.sub("-", title.lower()).strip("-")[:60].strip("-")
    return f"{number.lower()}{'-' + words if words else ''}.md"


def _quoted(value: str) -> str:
    risky = value[:1] in "'\"#&*!|>%@`{" or value != value.strip() or ": " in value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' if risky else value


def _plain(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] == '"':
        return re.sub(r"\\(.)", r"\1", value[1:-1])
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    return value


def _pairs(lines: list[str]) -> Mapping[str, str | list[str]]:
    found: dict[str, str | list[str]] = {}
    last = ""
    for line in lines:
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        if text.startswith("- ") and last:
            known = found[last]
            found[last] = [*(known if isinstance(known, list) else []), _plain(text[2:])]
        elif pair := PAIR.fullmatch(line.rstrip()):
            last = pair[1].lower()
            found[last] = pair[2] or ""
        else:
            raise InvalidChangeError(
                "front matter", _("{line!r} is not `name: value`").format(line=text[:40])
            )
    return found


def _one(pairs: Mapping[str, str | list[str]], key: str) -> str | None:
    value = pairs.get(key)
    return None if value is None else _plain(", ".join(value) if isinstance(value, list) else value)


def _many(pairs: Mapping[str, str | list[str]], key: str) -> tuple[str, ...] | None:
    value = pairs.get(key)
    if value is None or isinstance(value, list):
        return None if value is None else tuple(value)
    words = value.strip().removeprefix("[").removesuffix("]").split(",")
    return tuple(_plain(word) for word in words if word.strip())


def _instant(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return found if found and found.tzinfo else None
