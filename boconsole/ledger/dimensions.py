"""Tags and links of entries and lines: what they are, and where they are kept to be found.

Whatever stands in an entry that is stored is kept here too, in the same transaction. A line has
its own tags and those of its entry, as in hledger.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from boconsole.errors import InvalidChangeError
from boconsole.journals.hledger.postings import tags_in
from boconsole.journals.parts import Entry
from boconsole.language import _
from boconsole.ledger.lines import TAGGED
from boconsole.text import LINE_LIMIT, clean_line
from db.ledger import dimensions as stored
from db.ledger.dimensions import Kept, Label, Load, key_of
from db.ledger.rows import EntryLoad, EntryRow, PostingLoad, PostingRow

RECORD = re.compile(r"(TKT|AST|FA|PRJ|CON)-0*([0-9]{1,9})", re.IGNORECASE)
DOCUMENT = re.compile(r"([A-Z]{2,6})-([0-9]{4}(?:/[0-9]{2})?)-0*([0-9]{1,9})", re.IGNORECASE)
MAIL = re.compile(r"[^@\s,]+@[^@\s,]+\.[^@\s,]+")
PREFIXES = {"tkt": "ticket", "ast": "asset", "fa": "asset", "prj": "project", "con": "contact"}
TYPED = re.compile(r"([^\s:,;=]+)\s*(?:[:=]\s*([^,;\n]*))?")
DATES = ("date", "date2")
"""Names that give a line another day in hledger."""
LINK = "link"
"""The tag that other programs have for a link."""
NONE = "[]"
Tag = tuple[str, str]


def link_of(text: str) -> Load:
    """Return what a link names, as it is kept; any text is one."""
    word = text.strip()
    if found := RECORD.fullmatch(word):
        prefix = found[1].casefold()
        return _load(Label("link", PREFIXES[prefix], word), f"{prefix}-{int(found[2])}")
    if found := DOCUMENT.fullmatch(word):
        key = f"{found[1]}-{found[2]}-{int(found[3])}".casefold()
        return _load(Label("link", "document", word), key)
    name = "contact" if MAIL.fullmatch(word) else ""
    return _load(Label("link", name, word), key_of(word.removeprefix("^")))


def tag_of(name: str, value: str) -> Load:
    """Return a tag as it is kept."""
    return _load(Label("tag", name, value), key_of(value))


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


def rebuild() -> None:
    """Keep what all entries say anew, inside the transaction; links added later stay."""
    stored.forget_all()
    for rows in stored.read_heads():
        stored.insert([load for row in rows for load in told(*row)])
    for lines in stored.read_lines():
        stored.insert([load for line in lines for load in told_by_line(*line)])


def wanted(head: EntryRow, postings: Iterable[PostingRow]) -> set[Kept]:
    """Return what must be kept of an entry, by what it says."""
    loads = [*told(head.id, head.tags, head.links)] if head.tags + head.links != "[][]" else []
    for row in postings:
        if TAGGED in row.details:
            loads += told_by_line(head.id, row.position, row.details)
    return {
        Kept(load.position, load.label.kind, key_of(load.label.name), load.value_key)
        for load in loads
    }


def _named(entry_id: int, position: int, tags: Sequence[Sequence[str]]) -> Iterator[Load]:
    for name, value in tags:
        yield tag_of(name, value)._replace(entry_id=entry_id, position=position)
        if name.casefold() == LINK and value:
            yield link_of(value)._replace(entry_id=entry_id, position=position)


# Typed


def read_tag(text: str) -> Tag:
    """Return the tag of `project: apollo`, `project=apollo` or `project`.

    Raises:
        InvalidChangeError: Other programs would read it otherwise.
    """
    found = TYPED.fullmatch(clean_line(text, field="tags", limit=LINE_LIMIT))
    if found is None or found[1].casefold() in DATES:
        reason = _("{text!r} is no tag such as project: apollo").format(text=text.strip()[:40])
        raise InvalidChangeError("tags", reason)
    return found[1], (found[2] or "").strip()


def read_tags(text: str) -> tuple[Tag, ...]:
    """Return the tags of a text with commas between them.

    Raises:
        InvalidChangeError: As `read_tag`.
    """
    return tuple(dict.fromkeys(read_tag(part) for part in text.split(",") if part.strip()))


def tags_text(tags: Sequence[Tag], *, colon: bool = False) -> str:
    """Return tags as they are typed: `project: apollo, trip`; in a comment each has a colon."""
    empty = ":" if colon else ""
    return ", ".join(f"{name}: {value}" if value else name + empty for name, value in tags)


def unsaid(tags: Sequence[Tag], comment: str) -> list[Tag]:
    """Return the tags that a comment does not hold already."""
    held = tags_in(comment)
    return [tag for tag in tags if tag not in held]


def read_links(text: str) -> tuple[str, ...]:
    """Return the links of a text with commas between them, each once."""
    words = (clean_line(part, field="links", limit=LINE_LIMIT) for part in text.split(","))
    return tuple({link_of(word).value_key: word for word in words if word}.values())


def marked(entry: Entry, tags: Sequence[Tag], links: Sequence[str]) -> Entry:
    """Return an entry with tags and links, and with the tags that its note holds as in hledger.

    An address such as `https://…` is no tag.
    """
    noted = (tag for tag in tags_in(entry.comment) if not tag[1].startswith("//"))
    named = dict.fromkeys((*entry.tags, *tags, *noted))
    return entry._replace(tags=tuple(named), links=tuple(dict.fromkeys((*entry.links, *links))))
