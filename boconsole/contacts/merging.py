"""Making one of two people, or of two organisations, and parting them again.

Whatever names the one that goes (tickets, documents, assets: every foreign key of the schema)
names the one that stays afterwards, in one transaction. The trail holds what moved, so that it
can be taken back. The one that goes stays as a shell that points to the other.
"""

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from boconsole import audit
from boconsole.audit import HistoryEntry
from boconsole.contacts import reading, words
from boconsole.contacts.changing import Ref, require_open
from boconsole.contacts.errors import ContactMergeError
from boconsole.contacts.fields import FIELDS, Row, told_of, values_of
from boconsole.errors import InvalidChangeError, StaleRecordError
from boconsole.language import _
from boconsole.session import Session
from db import audit as trail
from db.contacts import parts, records
from db.contacts.parts import TABLES
from db.contacts.references import Reference, ids_naming, references, still_naming
from db.contacts.rows import ChannelRow, Kind, OrganisationRow

COLUMNS = {"organisation": "organisation_id", "parent": "parent_id", "manager": "manager_id"}
"""Of fields that are called otherwise in the tables."""
REACHED = {"email": "mail", "phone": "phone", "domain": "domain"}
"""Fields of which the other one stays as a further way to reach them."""
KEPT_OUT = ("tags",)
LOOK_BACK = 1_000
Told = dict[str, tuple[object, object]]


class Side(NamedTuple):
    """A field of two records before a merge.

    Attributes:
        field: Its name.
        stays: In words, of the one that stays.
        goes: In words, of the one that goes.
        from_goes: Whether that of the one that goes is taken unless somebody chooses.
    """

    field: str
    stays: str
    goes: str
    from_goes: bool


class Preview(NamedTuple):
    """What a merge would do.

    Attributes:
        sides: The fields in which both differ.
        moved: Where the one that goes is named, and how often: `ticket.requester_id`.
    """

    stays: Row
    goes: Row
    sides: tuple[Side, ...]
    moved: tuple[tuple[str, int], ...]


def preview(session: Session, kind: Kind, goes_id: int, stays_id: int) -> Preview:
    """Return field by field what a merge would keep, and what would move."""
    session.require("contact.read")
    goes, stays = _both(kind, Ref(goes_id), Ref(stays_id))
    counted = [(each.name, len(ids_naming(each, goes.id))) for each in references(kind)]
    return Preview(stays, goes, tuple(_sides(kind, goes, stays)),
                   tuple(each for each in counted if each[1]))  # fmt: skip


def _both(kind: Kind, source: Ref, target: Ref) -> tuple[Row, Row]:
    """Return both records, neither of them merged, each still as it was seen."""
    if source.id == target.id:
        raise ContactMergeError(
            _("{number} cannot be merged into itself; name another one.").format(
                number=words.number(kind, source.id)
            )
        )
    found = []
    for ref in (source, target):
        row = reading.row(kind, ref.id)
        require_open(kind, row)
        if ref.version not in (0, row.version):
            raise StaleRecordError(f"{words.number(kind, row.id)} {row.name}", row.id, row.version)
        found.append(row)
    return found[0], found[1]


def _sides(kind: Kind, goes: Row, stays: Row) -> list[Side]:
    one, other = values_of(stays, ()), values_of(goes, ())
    found = []
    for field in FIELDS[kind]:
        if field in KEPT_OUT or one[field] == other[field] or other[field] in ("", None, False):
            continue
        takes = one[field] in ("", None, False)
        found.append(Side(field, _word(one[field]), _word(other[field]), takes))
    return found


def _word(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


def merge(session: Session, kind: Kind, source: Ref, target: Ref, take: Sequence[str] = ()) -> int:
    """Make one record a part of another.

    Args:
        session: Who merges.
        kind: Of what.
        source: Goes.
        target: Stays; what it has empty is filled from the one that goes.
        take: Fields that the one that goes decides although both have them.

    Returns:
        The operation.

    Raises:
        ContactMergeError: They are the same.
        MergedContactError, ForgottenError: One of them stands still.
        StaleRecordError: One was changed in the meantime.
    """
    session.require("contact.edit")
    for field in take:
        if field not in FIELDS[kind] or field in KEPT_OUT:
            raise InvalidChangeError(field[:40], _("there is no such field"))
    with audit.writing():
        goes, stays = _both(kind, source, target)
        taken = {side.field for side in _sides(kind, goes, stays)
                 if side.from_goes or side.field in take}  # fmt: skip
        emptied = _empty(session, kind, goes, stays, taken)
        records.point_merged(kind, goes.id, stays.id)
        told = _fill(kind, goes, stays, taken)
        told |= _hang(kind, goes, stays, taken)
        told["merged"] = (None, f"{words.number(kind, goes.id)} {goes.name}")
        told["moved"] = (None, _carry(kind, goes.id, stays.id))
        lines = [
            audit.Line(stays.id, told, stays.version + 1),
            audit.Line(goes.id, emptied, goes.version + 1),
        ]
        return audit.record(session, f"{kind}.merge", kind, lines)


def _empty(session: Session, kind: Kind, goes: Row, stays: Row, taken: set[str]) -> Told:
    """Make a shell of the one that goes: it can be found by its name, and reached by nothing."""
    now = int(session.now().timestamp())
    columns: dict[str, object] = {"email": "", "phone": "", "words": "", "merged_into_id": stays.id}
    told: Told = {"merged_into": (None, words.number(kind, stays.id))}
    if goes.archived_at is None:
        columns["archived_at"] = now
        told["archived"] = (False, True)
    if kind == "organisation":
        columns["domain"] = ""
        if "name" in taken:
            columns["name"] = f"{goes.name} ({words.number(kind, goes.id)})"
    before = told_of(goes) | {"words": goes.words}
    told |= {field: (before[field], value) for field, value in columns.items()
             if field in before and before[field] != value}  # fmt: skip
    records.update(kind, goes.id, goes.version, columns)
    return told


def _fill(kind: Kind, goes: Row, stays: Row, taken: set[str]) -> Told:
    """Give the one that stays what it takes over."""
    mine, theirs = told_of(stays), told_of(goes)
    columns: dict[str, object] = {}
    told: Told = {}
    for field in sorted(taken):
        column = COLUMNS.get(field, field)
        columns[column] = getattr(goes, column)
        told[field] = (mine[field], theirs[field])
    if "phone" in taken:
        columns["words"] = goes.words
        told["words"] = (stays.words, goes.words)
    if getattr(stays, "parent_id", None) == goes.id:
        columns["parent_id"] = getattr(goes, "parent_id", None)
        told["parent"] = (goes.name, getattr(goes, "parent", ""))
    if columns.get("parent_id") == stays.id:
        columns["parent_id"], told["parent"] = None, (mine["parent"], "")
    records.update(kind, stays.id, stays.version, columns)
    return told


def _hang(kind: Kind, goes: Row, stays: Row, taken: set[str]) -> Told:
    """Keep what would be lost as further ways and addresses; tags are those of both."""
    added: dict[str, list[int]] = {}
    for field, channel in REACHED.items():
        loser = stays if field in taken else goes
        value = str(getattr(loser, field, ""))
        if not value or value == getattr(goes if field in taken else stays, field):
            continue
        spelled = loser.words if field == "phone" else ""
        row = ChannelRow(0, channel, value, "", spelled)
        added.setdefault("contact_channel", []).append(parts.insert_channel(kind, stays.id, row))
    if isinstance(goes, OrganisationRow) and isinstance(stays, OrganisationRow):
        loses, wins = (stays, goes) if "address" in taken else (goes, stays)
        if loses.address and loses.address != wins.address:
            made = parts.insert_address(kind, stays.id, "billing", loses.address)
            added.setdefault("contact_address", []).append(made)
    told: Told = {"added": (None, added)} if added else {}
    tags = parts.select_tags(kind, stays.id)
    more = sorted(set(parts.select_tags(kind, goes.id)) - set(tags))
    if more:
        parts.change_tags(kind, stays.id, more, ())
        told["tags"] = (tags, sorted({*tags, *more}))
    return told


def _carry(kind: Kind, goes_id: int, stays_id: int) -> dict[str, list[int]]:
    """Let everything that names the one name the other; returns what moved."""
    own = [Reference(table, f"{kind}_id") for table in TABLES if table != "contact_tag"]
    moved: dict[str, list[int]] = {}
    for each in [*own, *references(kind)]:
        if ids := ids_naming(each, goes_id):
            parts.move(each.table, each.column, ids, stays_id)
            moved[each.name] = ids
    return moved


# Parting


def unmerge(session: Session, kind: Kind, source: Ref) -> int:
    """Part a merged record again: what moved goes back to it, where nobody moved it since.

    Raises:
        ContactMergeError: It was not merged, or not by this trail.
        StaleRecordError: It was changed in the meantime.
    """
    session.require("contact.edit")
    with audit.writing():
        goes = reading.row(kind, source.id)
        number = words.number(kind, goes.id)
        if goes.merged_into_id is None:
            raise ContactMergeError(
                _("{number} was not merged; there is nothing to part.").format(number=number)
            )
        shell, absorbed = _lines(kind, goes.id)
        if absorbed.record_id != goes.merged_into_id:
            raise ContactMergeError(
                _("{number} became part of {into} later; part that one first.").format(
                    number=words.number(kind, absorbed.record_id),
                    into=words.number(kind, goes.merged_into_id),
                )
            )
        stays = reading.row(kind, absorbed.record_id)
        gained = {each.field: (each.before, each.after) for each in absorbed.changes}
        back = _take_back(kind, goes.id, stays.id, gained)
        lines = [
            audit.Line(stays.id, _restore(kind, stays, gained, back), stays.version + 1),
            audit.Line(goes.id, _revive(kind, goes, shell), goes.version + 1),
        ]
        return audit.record(session, f"{kind}.unmerge", kind, lines, undoes=absorbed.operation)


def _lines(kind: Kind, goes_id: int) -> tuple[HistoryEntry, HistoryEntry]:
    """Return the lines of the last merge of a record: its own, and that of the one that stayed."""
    for line in reversed(trail.select_history(kind, goes_id, LOOK_BACK)):
        if line.action == f"{kind}.merge" and "merged_into" in json.loads(line.changes):
            both = trail.select_operation(line.operation)
            other = next(each for each in both if each.record_id != goes_id)
            return audit.entry_of(line), audit.entry_of(other)
    raise ContactMergeError(
        _("The merge of {number} is not in the audit trail.").format(
            number=words.number(kind, goes_id)
        )
    )


def _take_back(
    kind: Kind, goes_id: int, stays_id: int, gained: Mapping[str, tuple[object, object]]
) -> dict[str, list[int]]:
    """Let what the merge moved name the record again; returns it."""
    moved = gained["moved"][1]
    back: dict[str, list[int]] = {}
    for name, ids in moved.items() if isinstance(moved, dict) else ():
        table, _point, column = name.partition(".")
        there = still_naming(Reference(table, column), stays_id, ids)
        parts.move(table, column, there, goes_id)
        back[name] = there
    added = gained.get("added", (None, {}))[1]
    for table, ids in added.items() if isinstance(added, dict) else ():
        for part_id in ids:
            parts.delete(table, kind, stays_id, part_id)
    return back


def _restore(
    kind: Kind, stays: Row, gained: Mapping[str, tuple[object, object]],
    back: Mapping[str, list[int]],
) -> Told:  # fmt: skip
    """Take from the one that stayed what came with the merge, unless it was changed since."""
    now = told_of(stays) | {"words": stays.words}
    wanted = {field: before for field, (before, after) in gained.items()
              if field in now and now[field] == after}  # fmt: skip
    told: Told = {field: (now[field], value) for field, value in wanted.items()}
    records.update(kind, stays.id, stays.version, _columns(wanted))
    told |= {"merged": (gained["merged"][1], None), "moved": (dict(back), None)}
    if "tags" in gained:
        before, after = gained["tags"]
        if isinstance(before, list) and isinstance(after, list):
            less = set(after) - set(before)
            parts.change_tags(kind, stays.id, (), less)
            told["tags"] = (after, before)
    return told


def _revive(kind: Kind, goes: Row, shell: HistoryEntry) -> Told:
    """Give a shell back what it was before."""
    before = {each.field: each.before for each in shell.changes}
    columns = _columns({field: value for field, value in before.items()
                        if field in ("name", "email", "phone", "words", "domain")})  # fmt: skip
    columns["merged_into_id"] = None
    if "archived" in before:
        columns["archived_at"] = None
    records.update(kind, goes.id, goes.version, columns)
    return {each.field: (each.after, each.before) for each in shell.changes}


def _columns(told: Mapping[str, object]) -> dict[str, object]:
    """Return words of the trail as columns."""
    columns: dict[str, object] = {}
    for field, value in told.items():
        if field in ("organisation", "parent"):
            found = records.own_id_named(str(value)) if value else None
            columns[COLUMNS[field]] = found
        elif field == "manager":
            columns["manager_id"] = records.user_id(str(value)) if value else None
        elif field == "payment_days":
            columns[field] = value or None
        else:
            columns[field] = value
    return columns
