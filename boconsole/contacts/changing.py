"""Adding, editing and archiving people and organisations, and what belongs to them.

Every operation is one transaction with its lines of the audit trail; a merged one stands still.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from boconsole import audit
from boconsole.contacts import reaching, reading, words
from boconsole.contacts.errors import ForgottenError, MergedContactError, TakenError
from boconsole.contacts.fields import Given, Row, address_lines, home_country, parse, told_of
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.language import _
from boconsole.session import Session
from boconsole.text import clean, clean_line
from db.contacts import parts, records
from db.contacts.rows import ChannelRow, Kind, PersonRow

NOTE_LIMIT = 10_000


class Ref(NamedTuple):
    """A record as somebody saw it; version 0 stands for any."""

    id: int
    version: int = 0


def add(session: Session, kind: Kind, given: Mapping[str, object]) -> Row:
    """Add a person or an organisation.

    Raises:
        InvalidChangeError: A value cannot be taken, or names what is not there.
        TakenError: The mail address or the name belongs to somebody else.
    """
    session.require("contact.edit")
    if not str(given.get("name") or "").strip():
        raise InvalidChangeError("name", _("is needed"))
    with audit.writing():
        ready = parse(kind, given, None)
        _require_free(kind, ready, 0)
        defaults: dict[str, object] = {"email": "", "phone": ""} if kind == "contact" else {
            "kind": "customer", "domain": ""}  # fmt: skip
        record_id = records.insert(kind, defaults | ready.columns, _at(session))
        told = {field: (None, value) for field, value in ready.told.items() if value != ""}
        if ready.tags:
            parts.change_tags(kind, record_id, ready.tags, ())
            told["tags"] = (None, list(ready.tags))
        audit.record(session, f"{kind}.add", kind, [audit.Line(record_id, told, 1)])
        return reading.row(kind, record_id)


def edit(session: Session, kind: Kind, seen: Ref, given: Mapping[str, object]) -> Row:
    """Change fields of one.

    Raises:
        InvalidChangeError, TakenError: As in `add`.
        MergedContactError, ForgottenError: It stands still.
        StaleRecordError: Somebody else changed it in the meantime.
    """
    session.require("contact.edit")
    with audit.writing():
        old = _current(kind, seen, given)
        ready = parse(kind, given, old)
        _require_free(kind, ready, old.id)
        write(session, kind, old, ready, f"{kind}.edit")
        return reading.row(kind, old.id)


def write(
    session: Session, kind: Kind, old: Row, ready: Given, action: str, undoes: int = 0
) -> int:
    """Write what changed, with its line of the trail; returns the operation, 0 for nothing."""
    before = told_of(old)
    told: dict[str, tuple[object, object]] = {
        field: (before[field], value)
        for field, value in ready.told.items()
        if before[field] != value
    }
    if ready.tags is not None:
        there = parts.select_tags(kind, old.id)
        if there != list(ready.tags):
            parts.change_tags(kind, old.id, set(ready.tags) - set(there),
                              set(there) - set(ready.tags))  # fmt: skip
            told["tags"] = (there, list(ready.tags))
    if not told:
        return 0
    if not records.update(kind, old.id, old.version, ready.columns):
        raise StaleRecordError(words.number(kind, old.id), old.id)
    line = audit.Line(old.id, told, old.version + 1)
    return audit.record(session, action, kind, [line], undoes=undoes)


def archive(session: Session, kind: Kind, seen: Sequence[Ref], *, back: bool = False) -> int:
    """Put some aside, or take them back; they stay on old records.

    Returns:
        The operation; 0 where nothing changed.

    Raises:
        MergedContactError, ForgottenError, StaleRecordError: Nothing was changed.
    """
    session.require("contact.edit")
    with audit.writing():
        lines = []
        for ref in seen:
            old = _current(kind, ref, {})
            if (old.archived_at is None) == back:
                continue
            now = None if back else _at(session)
            records.update(kind, old.id, old.version, {"archived_at": now})
            told: dict[str, tuple[object, object]] = {"archived": (back, not back)}
            lines.append(audit.Line(old.id, told, old.version + 1))
        if not lines:
            return 0
        action = f"{kind}.restore" if back else f"{kind}.archive"
        return audit.record(session, action, kind, lines)


# What belongs to one


def add_channel(
    session: Session, kind: Kind, seen: Ref, channel: str, value: str, label: str = ""
) -> int:
    """Add a further way to reach one.

    Raises:
        InvalidChangeError: It is no address or number, or is there already.
        TakenError: The mail address belongs to somebody else.
    """
    session.require("contact.edit")
    with audit.writing():
        old = _current(kind, seen, {})
        row = _channel(kind, old, channel, value, label)
        there = {each.value for each in parts.select_channels(kind, old.id)}
        if row.value in {*there, old.email, old.phone}:
            raise InvalidChangeError("value", _("{value} is there already").format(value=row.value))
        part_id = parts.insert_channel(kind, old.id, row)
        told = {"channel": (None, [row.kind, row.value, row.label])}
        _touch(session, kind, old, f"{kind}.add_channel", told)
        return part_id


def _channel(kind: Kind, old: Row, channel: str, value: str, label: str) -> ChannelRow:
    word = words.choice("kind", channel, words.CHANNELS)
    label = clean_line(label, field="label", limit=60)
    if not value.strip():
        raise InvalidChangeError("value", _("is needed"))
    if word == "domain" and kind == "contact":
        raise InvalidChangeError("kind", _("only an organisation has a mail domain"))
    if word == "mail":
        address = reaching.mail(value, field="value")
        if kind == "contact":
            _require_mail_free(address, old.id)
        return ChannelRow(0, word, address, label, "")
    if word == "domain":
        return ChannelRow(0, word, reaching.domain(value, field="value"), label, "")
    if word in words.NUMBERED:
        found = reaching.phone(value, old.country or home_country(), field="value")
        return ChannelRow(0, word, found.stored, label, found.words)
    return ChannelRow(0, word, clean_line(value, field="value", limit=200), label, "")


def add_address(session: Session, kind: Kind, seen: Ref, purpose: str, text: str) -> int:
    r"""Add a postal address; `\n` begins a line.

    The billing address of an organisation is the one that its documents print; a second one is
    kept beside it.
    """
    session.require("contact.edit")
    word = words.choice("purpose", purpose, words.PURPOSES)
    lines = address_lines(text)
    if not lines:
        raise InvalidChangeError("address", _("is needed"))
    with audit.writing():
        old = _current(kind, seen, {})
        if kind == "organisation" and word == "billing" and not getattr(old, "address", "x"):
            write(session, kind, old, parse(kind, {"address": lines}, old), f"{kind}.edit")
            return 0
        part_id = parts.insert_address(kind, old.id, word, lines)
        _touch(session, kind, old, f"{kind}.add_address", {"address": (None, [word, lines])})
        return part_id


def add_note(session: Session, kind: Kind, seen: Ref, body: str) -> int:
    """Write something down about one."""
    session.require("contact.edit")
    text = clean(body, field="note", limit=NOTE_LIMIT).strip()
    if not text:
        raise InvalidChangeError("note", _("is empty; type a few words"))
    with audit.writing():
        old = _current(kind, seen, {})
        note_id = parts.insert_note(kind, old.id, _at(session), session.user.id, text)
        _touch(session, kind, old, f"{kind}.note", {"note": (None, note_id)})
        return note_id


def remove_part(session: Session, kind: Kind, seen: Ref, part: str, part_id: int) -> None:
    """Take a channel, an address or a note away: `part` is `channel`, `address` or `note`.

    Raises:
        NotFoundError: It is not there, or not any more.
    """
    session.require("contact.edit")
    with audit.writing():
        old = _current(kind, seen, {})
        card = reading.card(session, kind, old.id)
        known: dict[str, dict[int, object]] = {
            "channel": {each.id: [each.kind, each.value, each.label] for each in card.channels},
            "address": {each.id: [each.purpose, each.text] for each in card.addresses},
            "note": {each.id: each.id for each in card.notes},
        }
        gone = known[part].get(part_id)
        if gone is None or not parts.delete(f"contact_{part}", kind, old.id, part_id):
            raise NotFoundError(_(part))
        _touch(session, kind, old, f"{kind}.remove_{part}", {part: (gone, None)})


def _touch(
    session: Session, kind: Kind, old: Row, action: str,
    told: Mapping[str, tuple[object, object]],
) -> None:  # fmt: skip
    """Count a change of what belongs to one."""
    if not records.update(kind, old.id, old.version, {}):
        raise StaleRecordError(words.number(kind, old.id), old.id)
    audit.record(session, action, kind, [audit.Line(old.id, told, old.version + 1)])


# Rules


def _current(kind: Kind, seen: Ref, given: Mapping[str, object]) -> Row:
    """Return a record that may be changed and is still as it was seen."""
    old = reading.row(kind, seen.id)
    require_open(kind, old)
    if seen.version not in (0, old.version):
        now = told_of(old)
        theirs = {field: now[field] for field in given if field in now}
        raise StaleRecordError(
            f"{words.number(kind, old.id)} {old.name}", old.id, old.version, theirs, given
        )
    return old


def require_open(kind: Kind, row: Row) -> None:
    """Raise where a record stands still."""
    number = words.number(kind, row.id)
    if row.merged_into_id:
        raise MergedContactError(number, words.number(kind, row.merged_into_id))
    if isinstance(row, PersonRow) and row.forgotten_at:
        raise ForgottenError(number)


def _require_free(kind: Kind, ready: Given, own_id: int) -> None:
    if kind == "contact":
        if email := str(ready.columns.get("email") or ""):
            _require_mail_free(email, own_id)
    elif (name := ready.columns.get("name")) is not None:
        holder = records.own_id_named(str(name))
        if holder and holder != own_id:
            raise TakenError(str(name), words.number(kind, holder))


def _require_mail_free(email: str, own_id: int) -> None:
    holder = records.person_of_mail(email)
    if holder and holder != own_id:
        raise TakenError(email, words.number("contact", holder))


def _at(session: Session) -> int:
    return int(session.now().timestamp())
