"""Tags and links of drafts while they are typed: what is offered, and how they are changed."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from boconsole.errors import InvalidChangeError
from boconsole.journals.hledger.postings import tags_in
from boconsole.journals.parts import Entry, Line
from boconsole.ledger import dimensions, entries
from boconsole.ledger.dimensions import Tag, link_of
from boconsole.ledger.entries import JournalEntry
from boconsole.session import Session
from db.ledger import dimension_sums

OFFERED, KEPT = 6, 1_000
"""Completions shown, and tags that are read for them."""


class Known(NamedTuple):
    """What was used before, the newest first: values by the name of the tag, and links."""

    values: Mapping[str, Sequence[str]] = {}
    links: Sequence[str] = ()


def known(session: Session) -> Known:
    """Return what was used before."""
    session.require("ledger.read")
    values: dict[str, list[str]] = {}
    spelled: dict[str, str] = {}
    for name, value in dimension_sums.select_latest("tag", KEPT):
        values.setdefault(spelled.setdefault(name.casefold(), name), []).append(value)
    links = [value for _name, value in dimension_sums.select_latest("link", KEPT)]
    return Known({name: list(filter(None, found)) for name, found in values.items()}, links)


def offered(used: Known, start: str) -> list[str]:
    """Return tags that a beginning may mean: names first, behind a colon values."""
    name, colon, value = start.partition("=" if "=" in start and ":" not in start else ":")
    low, word = value.strip().casefold(), name.strip().casefold()
    if colon:
        found = next((each for each in used.values if each.casefold() == word), "")
        fitting = [one for one in used.values.get(found, ()) if one.casefold().startswith(low)]
        return [f"{found}: {one}" for one in fitting[:OFFERED]]
    if not word:
        return []
    fitting = [each for each in used.values if each.casefold().startswith(word)]
    return [f"{each}: " if used.values[each] else each for each in fitting[:OFFERED]]


def offered_links(used: Known, start: str) -> list[str]:
    """Return links that begin so."""
    low = start.strip().casefold()
    return [each for each in used.links if low and each.casefold().startswith(low)][:OFFERED]


def wrong_with(text: str) -> str:
    """Return why tags with commas between them cannot be taken, or nothing."""
    try:
        dimensions.read_tags(text)
    except InvalidChangeError as error:
        return error.reason
    return ""


def texts(tags: Sequence[Tag]) -> tuple[str, ...]:
    """Return tags as a field of a form has them, one text each."""
    return tuple(dimensions.tags_text([tag]) for tag in tags)


def typed(given: object, before: Sequence[Tag] = ()) -> tuple[Tag, ...]:
    """Return the tags of such a field; those of before where they are not changed.

    Raises:
        InvalidChangeError: One cannot be taken.
    """
    words = [str(each) for each in given] if isinstance(given, Sequence) else []
    if words == list(texts(before)):
        return tuple(before)
    same = {dimensions.tags_text([tag]): tag for tag in before}
    return tuple(
        dict.fromkeys(same.get(word) or dimensions.read_tag(word) for word in words if word)
    )


def links_typed(given: object) -> tuple[str, ...]:
    """Return the links of such a field, each once."""
    words = [str(each) for each in given] if isinstance(given, Sequence) else []
    return tuple({link_of(word).value_key: word for word in words if word.strip()}.values())


def marked(entry: Entry, tags: object, links: object, old: JournalEntry | None) -> Entry:
    """Return an entry that was typed with its tags and links, and what its note holds of tags.

    Raises:
        InvalidChangeError: A tag cannot be taken.
    """
    before = old.written.tags if old else ()
    return dimensions.marked(entry, typed(tags, before), links_typed(links))


def retag(
    session: Session,
    old: JournalEntry,
    tags: Sequence[Tag],
    links: Sequence[str],
    by_line: Mapping[int, Sequence[Tag]],
) -> JournalEntry:
    """Give a draft other tags and links.

    Args:
        session: Who does.
        old: The draft as it was seen.
        tags: Of the entry.
        links: Of the entry.
        by_line: Tags of lines, by their place from 1; other lines keep theirs.

    Raises:
        BoconsoleError: As `entries.edit`.
    """
    written = old.written
    lines = [
        _tagged(line, by_line[place]) if place in by_line else line
        for place, line in enumerate(written.lines, 1)
    ]
    comment = _without(written.comment, written.tags, tags)
    return entries.edit(
        session, old,
        written._replace(tags=tuple(tags), links=tuple(links), lines=lines, comment=comment),
    )  # fmt: skip


def _tagged(line: Line, tags: Sequence[Tag]) -> Line:
    comment = _without(line.comment, line.tags, tags)
    return line._replace(tags=tuple(tags), comment=comment)


def _without(comment: str, before: Sequence[Tag], after: Sequence[Tag]) -> str:
    """Return a comment that holds no tag any more which is gone; what else it says stays."""
    gone = [tag for tag in before if tag not in after]
    held = tags_in(comment)
    if not any(tag in held for tag in gone):
        return comment
    kept = []
    for row in comment.split("\n"):
        parts = [part for part in row.split(",") if not any(tag in gone for tag in tags_in(part))]
        kept.append(",".join(parts).strip())
    return "\n".join(filter(None, kept))
