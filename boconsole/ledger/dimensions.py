"""Tags and links of entries and lines: what they are, and where they are kept to be found.

Whatever stands in an entry that is stored is kept here too, in the same transaction. A line has
its own tags and those of its entry, as in hledger.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from boconsole.journals.hledger.postings import tags_in
from boconsole.ledger.lines import TAGGED
from db.ledger import dimensions as stored
from db.ledger.dimensions import Label, Load
from db.ledger.rows import EntryLoad, PostingLoad

RECORD = re.compile(r"(TKT|AST|PRJ|CON)-0*([0-9]{1,9})", re.IGNORECASE)
DOCUMENT = re.compile(r"([A-Z]{2,6})-([0-9]{4}(?:/[0-9]{2})?)-0*([0-9]{1,9})", re.IGNORECASE)
MAIL = re.compile(r"[^@\s,]+@[^@\s,]+\.[^@\s,]+")
RECORDS = {"tkt": "ticket", "ast": "asset", "prj": "project", "con": "contact"}
PREFIXES = {name: prefix for prefix, name in RECORDS.items()}
LINK = "link"
"""The tag that other programs have for a link."""
NONE = "[]"


def link_of(text: str) -> Load:
    """Return what a link names, as it is kept; any text is one."""
    word = text.strip()
    if found := RECORD.fullmatch(word):
        prefix = found[1].casefold()
        return _load(Label("link", RECORDS[prefix], word), f"{prefix}-{int(found[2])}")
    if found := DOCUMENT.fullmatch(word):
        key = f"{found[1]}-{found[2]}-{int(found[3])}".casefold()
        return _load(Label("link", "document", word), key)
    name = "contact" if MAIL.fullmatch(word) else ""
    return _load(Label("link", name, word), word.casefold())


def tag_of(name: str, value: str) -> Load:
    """Return a tag as it is kept."""
    return _load(Label("tag", name, value), value.casefold())


def _load(label: Label, key: str) -> Load:
    return Load(0, 0, label, key)


def keep(heads: Iterable[EntryLoad], postings: Iterable[PostingLoad]) -> None:
    """Keep the tags and links of entries that are being stored, inside the transaction."""
    found: list[Load] = []
    for head in heads:
        if head.tags != NONE or head.links != NONE:
            found += told(head.id, head.tags, head.links)
    for line in postings:
        if TAGGED in line.details:
            found += told_by_line(line.entry_id, line.position, line.details)
    if found:
        stored.insert(found)


def told(entry_id: int, tags: str, links: str) -> Iterator[Load]:
    """Yield what the head of an entry says in its JSON."""
    yield from _named(entry_id, 0, json.loads(tags))
    for link in json.loads(links):
        yield link_of(link)._replace(entry_id=entry_id)


def told_by_line(entry_id: int, position: int, details: str) -> Iterator[Load]:
    """Yield what a line says in its JSON."""
    yield from _named(entry_id, position, json.loads(details).get("tags", ()))


def _named(entry_id: int, position: int, tags: Sequence[Sequence[str]]) -> Iterator[Load]:
    for name, value in tags:
        yield tag_of(name, value)._replace(entry_id=entry_id, position=position)
        if name.casefold() == LINK and value:
            yield link_of(value)._replace(entry_id=entry_id, position=position)


def with_noted(tags: Sequence[tuple[str, str]], comment: str) -> tuple[tuple[str, str], ...]:
    """Return tags with those that a comment holds, as hledger reads it."""
    return (*tags, *(tag for tag in tags_in(comment) if tag not in tags))
