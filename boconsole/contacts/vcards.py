"""Reading vCards (RFC 6350, 2426, and 2.1 as phones write it): from a file to rows of people.

Pure but for the files. Whatever stands in a card is data; what is not known is left out.
"""

import csv
import hashlib
import quopri
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from boconsole.errors import BoconsoleError
from boconsole.language import _

MAP = "vcard_people"
"""The map that comes with the program."""
COLUMNS = ("uid", "name", "organisation", "title", "email", "phone", "mobile", "website",
           "language", "tags", "address", "note")  # fmt: skip
MOST = 50_000_000
"""Bytes of a file; photos in cards are large."""
LIST_LIMIT = 40
"""Values of one kind that are taken of a card."""
_BREAK = re.compile(r"\r\n|\n|\r")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_PARTS = re.compile(r"(?<!\\);")


class VCardError(BoconsoleError):
    """A file is no vCard."""


class Line(NamedTuple):
    """A property: its name, its parameters in small letters, its raw value."""

    name: str
    told: str
    value: str

    @property
    def text(self) -> str:
        """The value without its escapes."""
        return _unescaped(self.value).strip()

    @property
    def parts(self) -> list[str]:
        """The components of a value that has them."""
        return [_unescaped(part).strip() for part in _PARTS.split(self.value)]


def read(path: Path) -> list[dict[str, str]]:
    """Return a row of `COLUMNS` for each card of a file.

    Raises:
        VCardError: It cannot be read, or holds no card.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST + 1)
    except OSError as error:
        raise VCardError(
            _("{path} cannot be read: {reason}.").format(path=path, reason=error.strerror or error)
        ) from error
    if len(content) > MOST:
        raise VCardError(_("{path} is too large; split it.").format(path=path))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    rows = [_row(lines) for lines in _cards(text)]
    if not rows:
        raise VCardError(_("{path} holds no vCard; one begins with BEGIN:VCARD.").format(path=path))
    return rows


class Table:
    """The cards of a file as a table that an import by map reads; gone when it is left."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._folder = TemporaryDirectory(prefix="boconsole-")

    def __enter__(self) -> Path:
        """Write the table; raises VCardError."""
        rows = read(self._path)
        found = Path(self._folder.name) / "people.csv"
        with found.open("w", newline="", encoding="utf-8") as file:
            sheet = csv.DictWriter(file, COLUMNS)
            sheet.writeheader()
            sheet.writerows(rows)
        return found

    def __exit__(self, *_error: object) -> None:
        """Remove it."""
        self._folder.cleanup()


def _cards(text: str) -> Iterator[list[Line]]:
    """Yield the properties of each card; a card that never ends is none."""
    inside: list[Line] | None = None
    for each in _unfolded(text):
        line = _line(each)
        if line is None:
            continue
        if line.name == "BEGIN" and line.value.strip().upper() == "VCARD":
            inside = []
        elif line.name == "END" and inside is not None:
            yield inside
            inside = None
        elif inside is not None:
            inside.append(line)


def _unfolded(text: str) -> Iterator[str]:
    """Yield whole lines: those that begin with a blank, or follow a soft break, are joined."""
    held, soft = "", False
    for line in _BREAK.split(text):
        if soft:
            held, soft = held[:-1] + line, line.endswith("=")
        elif line[:1] in (" ", "\t"):
            held += line[1:]
        else:
            if held:
                yield held
            held = line
            soft = line.endswith("=") and "QUOTED-PRINTABLE" in line.partition(":")[0].upper()
    yield held


def _line(text: str) -> Line | None:
    head, colon, value = text.partition(":")
    if not colon:
        return None
    while head.count('"') % 2:  # a colon within a quoted parameter
        more, colon, value = value.partition(":")
        if not colon:
            return None
        head += f":{more}"
    name, _semicolon, told = head.partition(";")
    if "QUOTED-PRINTABLE" in told.upper():
        raw = quopri.decodestring(value.encode("utf-8", "replace"))
        value = raw.decode("utf-8", "replace").replace("\r\n", "\n")
    return Line(name.rpartition(".")[2].strip().upper(), told.lower(), value)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)


def _row(lines: list[Line]) -> dict[str, str]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        kept = found.setdefault(line.name, [])
        if len(kept) < LIST_LIMIT and line.value.strip():
            kept.append(line)

    def first(name: str) -> str:
        return found[name][0].text if found.get(name) else ""

    mails = [each.text.removeprefix("mailto:") for each in _preferred(found.get("EMAIL", []))]
    phones = _preferred(found.get("TEL", []))
    mobiles = [each for each in phones if "cell" in each.told or "mobile" in each.told]
    others = [each for each in phones if each not in mobiles and "fax" not in each.told]
    rest = [*mails[1:], *(_number(each) for each in (*others[1:], *mobiles[1:]))]
    notes = [each.text for each in found.get("NOTE", [])]
    row = {
        "name": first("FN") or _built_name(found), "title": first("TITLE"),
        "organisation": found["ORG"][0].parts[0] if found.get("ORG") else "",
        "email": mails[0] if mails else "",
        "phone": _number(others[0]) if others else "",
        "mobile": _number(mobiles[0]) if mobiles else "",
        "website": first("URL"), "language": first("LANG")[:2],
        "tags": ", ".join(each.text for each in found.get("CATEGORIES", [])),
        "address": _address(found["ADR"][0]) if found.get("ADR") else "",
        "note": "\n".join([*notes, *rest]),
    }  # fmt: skip
    known = first("UID") or hashlib.sha256(f"{row['name']}\n{row['email']}".encode()).hexdigest()
    return {"uid": known[:200], **row}


def _preferred(lines: list[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: "pref" not in line.told)


def _number(line: Line) -> str:
    return line.text.removeprefix("tel:").partition(";")[0]


def _built_name(found: dict[str, list[Line]]) -> str:
    """Return the name of its parts: family, given, further, before, behind."""
    if not found.get("N"):
        return found["ORG"][0].parts[0] if found.get("ORG") else ""
    parts = [*found["N"][0].parts, *([""] * 5)]
    return " ".join(part for part in (parts[3], parts[1], parts[2], parts[0], parts[4]) if part)


def _address(line: Line) -> str:
    """Return an address in the order of its parts, from the box to the country."""
    return ", ".join(part.replace("\n", ", ") for part in line.parts if part)
