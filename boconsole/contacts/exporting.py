"""Lists of people and organisations as files: CSV, JSON, and vCards of people."""

import csv
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from boconsole import whole_files
from boconsole.contacts import reading, words
from boconsole.contacts.fields import FIELDS, values_of
from boconsole.contacts.reading import Card, PersonRow
from boconsole.contacts.words import Kind
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.session import Session
from boconsole.whole_files import UnwrittenError

ENDINGS = (".csv", ".json", ".vcf")
CHUNK = 500
INTERNATIONAL = re.compile(r"\+[0-9]{4,15}(?:;ext=[0-9]{1,10})?")
FORMULA = ("=", "+", "-", "@", "\t")
VCARD_KINDS = {"phone": "VOICE", "mobile": "CELL"}


def record(card: Card) -> dict[str, object]:
    """Return a card for programs; numbers as they are stored, and as they are shown."""
    row = card.row
    told: dict[str, object] = {"number": card.number} | values_of(row, card.tags)
    told |= {"phone": row.phone, "phone_shown": values_of(row, ())["phone"]}
    told["channels"] = [
        {"id": each.id, "kind": each.kind, "value": each.value, "label": each.label}
        for each in card.channels
    ]
    told["addresses"] = [
        {"id": each.id, "purpose": each.purpose, "address": each.text} for each in card.addresses
    ]
    told["notes"] = [
        {"id": each.id, "at": each.at, "by": each.user, "note": each.body} for each in card.notes
    ]
    told |= {"archived": row.archived_at is not None, "merged_into": card.into or None,
             "created": row.created_at, "version": row.version}  # fmt: skip
    return told


def export(
    session: Session, path: Path, kind: Kind, query: str, chosen: Sequence[int] | None = None
) -> int:
    """Write those that a query finds, or the chosen ones, as the file's name ends.

    Returns:
        How many were written.

    Raises:
        QuerySyntaxError: The query cannot be read.
        InvalidChangeError: No format has such an ending.
        UnwrittenError: The file is there already, or cannot be written.
    """
    session.require("contact.read")
    form = path.suffix.lower()
    if form not in ENDINGS or (form == ".vcf" and kind != "contact"):
        raise InvalidChangeError(
            "file", _("expected a name that ends in {words}").format(words=", ".join(ENDINGS))
        )
    whole_files.require_new(path)
    ids = _ids(session, kind, query) if chosen is None else iter(chosen)
    cards = [reading.card(session, kind, each) for each in ids]
    text = {".csv": _csv, ".json": _json, ".vcf": _vcards}[form]
    try:
        part = whole_files.unfinished(path)
        part.write_text(text(kind, cards), encoding="utf-8", newline="")
        whole_files.put_in_place(path)
    except OSError as error:
        raise UnwrittenError(path, error.strerror or str(error)) from error
    return len(cards)


def _ids(session: Session, kind: Kind, query: str) -> Iterator[int]:
    after = ""
    while (page := reading.list_page(session, kind, query, after, CHUNK)).rows:
        yield from (row.id for row in page.rows)
        if not page.more:
            return
        after = page.cursors[-1]


def _csv(kind: Kind, cards: Sequence[Card]) -> str:
    from io import StringIO

    file = StringIO()
    sheet = csv.writer(file)
    sheet.writerow(["number", *FIELDS[kind], "channels", "addresses"])
    for card in cards:
        values = values_of(card.row, card.tags) | {"phone": card.row.phone}
        cells = [
            card.number,
            *(_cell(values[field]) for field in FIELDS[kind]),
            ", ".join(f"{each.kind}:{each.value}" for each in card.channels),
            " | ".join(f"{each.purpose}: {each.text}" for each in card.addresses),
        ]
        sheet.writerow([_harmless(cell) for cell in cells])
    return file.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, tuple):
        return ", ".join(value)
    return "" if value is None else str(value)


def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula; numbers of telephones stay."""
    digits = cell.lstrip("+").replace(";ext=", "")
    return f"'{cell}" if cell.startswith(FORMULA) and not digits.isdigit() else cell


def _json(_kind: Kind, cards: Sequence[Card]) -> str:
    return json.dumps([record(card) for card in cards], ensure_ascii=False, indent=1, default=str)


def _vcards(_kind: Kind, cards: Sequence[Card]) -> str:
    return "".join(_vcard(card) for card in cards)


def _vcard(card: Card) -> str:
    """Return a person as a vCard 4.0 (RFC 6350), lines folded at 75 bytes."""
    row = card.row
    lines = ["BEGIN:VCARD", "VERSION:4.0", f"FN:{_text(row.name)}"]
    if isinstance(row, PersonRow):
        lines += [f"ORG:{_text(row.organisation)}"] if row.organisation else []
        lines += [f"TITLE:{_text(row.title)}"] if row.title else []
    mails = [row.email, *(each.value for each in card.channels if each.kind == "mail")]
    lines += [f"EMAIL:{_text(mail)}" for mail in mails if mail]
    numbers = [("phone", row.phone),
               *((each.kind, each.value) for each in card.channels
                 if each.kind in words.NUMBERED)]  # fmt: skip
    lines += [_telephone(kind, number) for kind, number in numbers if number]
    lines += [f"ADR:;;{_text(each.text)};;;;" for each in card.addresses]
    lines += [f"CATEGORIES:{','.join(_text(tag) for tag in card.tags)}"] if card.tags else []
    lines.append("END:VCARD")
    return "".join(_folded(line) for line in lines)


def _telephone(kind: str, number: str) -> str:
    """Return a number as a URI where it is one, else as it was typed."""
    if INTERNATIONAL.fullmatch(number):
        return f"TEL;TYPE={VCARD_KINDS[kind]};VALUE=uri:tel:{number}"
    return f"TEL;TYPE={VCARD_KINDS[kind]}:{_text(number)}"


def _text(value: object) -> str:
    text = str(value).replace("\\", "\\\\").replace("\n", "\\n")
    return text.replace(",", "\\,").replace(";", "\\;")


def _folded(line: str) -> str:
    """Return a line in pieces of at most 75 bytes, cut between characters."""
    pieces, room = [""], 75
    for char in line:
        if len((pieces[-1] + char).encode()) > room:
            pieces.append(" ")
        pieces[-1] += char
    return "".join(f"{piece}\r\n" for piece in pieces)
