"""How assets hang together: parts, what runs on what, what depends on what, what is connected.

Parts, hosts and dependencies never form a circle; connections may. What fails when an asset
fails is walked from it to what is part of it, runs on it or depends on it, to a depth.
"""

import json
from collections.abc import Sequence
from typing import NamedTuple

from boconsole import audit
from boconsole.assets.errors import RelationError
from boconsole.assets.words import (
    BACK,
    RELATION_BACK,
    RELATION_TITLES,
    RELATIONS,
    one_of,
)
from boconsole.assets.writing import Done, Ref, again
from boconsole.errors import NotFoundError
from boconsole.language import _
from boconsole.session import Session
from db.assets import relations as stored
from db.assets.columns import FEATURE
from db.assets.records import select_tags
from db.assets.rows import RelatedRow
from db.rows import AuditRow

ORDERED = ("part_of", "runs_on", "depends_on")
"""Kinds that never form a circle, also not together."""
DEPTH = 10
"""How far an impact is walked. Source: iTop walks up to ten steps."""
MOST = 500
"""How many assets an impact names at most."""


class Related(NamedTuple):
    """An asset beside another, seen from that one."""

    kind: str
    id: int
    tag: str
    name: str

    @property
    def title(self) -> str:
        """How they hang together, in words."""
        return _(RELATION_TITLES[self.kind])


class Impact(NamedTuple):
    """An asset that fails with another: how deep below it, and by which relation.

    `again` marks one that is shown above already, so that its branch is not walked twice.
    """

    depth: int
    kind: str
    id: int
    tag: str
    name: str
    again: bool = False


def relate(session: Session, asset_id: int, kind: str, other_id: int) -> Done:
    """Relate an asset to another; `has_part` and the like are taken the other way round.

    Raises:
        RelationError: To itself, twice, or in a circle.
        NotFoundError: There is no such asset.
    """
    session.require("asset.edit")
    row = _row(asset_id, kind, other_id)
    with audit.writing():
        _check(row)
        if not stored.add(row):
            raise RelationError(
                _("{tag} is related so already.").format(tag=again(row.asset_id).tag)
            )
        return _record(session, "asset.relate", row, None, row.kind)


def part(session: Session, asset_id: int, kind: str, other_id: int, *, undoes: int = 0) -> Done:
    """End a relation; `undoes` is the operation that this one takes back, if any.

    Raises:
        NotFoundError: They are not related so.
    """
    session.require("asset.edit")
    row = _row(asset_id, kind, other_id)
    with audit.writing():
        if not stored.remove(row) and not (
            row.kind == "connects_to" and stored.remove(RelatedRow(row[1], row[0], row[2]))
        ):
            raise NotFoundError(
                _("such relation from {tag} to {other}").format(
                    tag=again(row.asset_id).tag, other=again(row.other_id).tag
                )
            )
        return _record(session, "asset.part", row, row.kind, None, undoes)


def undo(session: Session, lines: Sequence[AuditRow]) -> Done:
    """Take a relation back, or the end of one."""
    line = lines[0]
    before, after = json.loads(line.changes)["relation"]
    kind, _blank, other = str(after or before).partition(" #")
    if after:
        return part(session, line.record_id, kind, int(other), undoes=line.operation)
    row = _row(line.record_id, kind, int(other))
    _check(row)
    stored.add(row)
    return _record(session, "asset.relate", row, None, row.kind, line.operation)


def _row(asset_id: int, kind: str, other_id: int) -> RelatedRow:
    kind = one_of("relation", kind, (*RELATIONS, *BACK))
    if kind in BACK:
        return RelatedRow(other_id, asset_id, BACK[kind])
    return RelatedRow(asset_id, other_id, kind)


def _check(row: RelatedRow) -> None:
    asset, other = again(row.asset_id), again(row.other_id)
    if asset.id == other.id:
        raise RelationError(_("{tag} cannot be related to itself.").format(tag=asset.tag))
    if row.kind == "connects_to":
        turned = RelatedRow(row.other_id, row.asset_id, row.kind)
        if turned in stored.select_of(row.asset_id):
            raise RelationError(_("{tag} is related so already.").format(tag=asset.tag))
        return
    if row.asset_id in _reached(row.other_id):
        raise RelationError(
            _("{other} rests on {tag} already; that would be a circle.").format(
                other=other.tag, tag=asset.tag
            )
        )


def _reached(start: int) -> set[int]:
    """Return everything that an asset rests on."""
    reached: set[int] = set()
    step = [start]
    while step:
        found = {row.other_id for row in stored.select_from(step, ORDERED)}
        step = sorted(found - reached)
        reached |= found
    return reached


def _record(
    session: Session, action: str, row: RelatedRow, before: str | None, after: str | None,
    undoes: int = 0,
) -> Done:  # fmt: skip
    def told(kind: str | None, to: int, *, back: bool) -> str | None:
        return None if kind is None else f"{RELATION_BACK[kind] if back else kind} #{to}"

    lines = [
        audit.Line(row.asset_id, {"relation": (told(before, row.other_id, back=False),
                                               told(after, row.other_id, back=False))}),
        audit.Line(row.other_id, {"relation": (told(before, row.asset_id, back=True),
                                               told(after, row.asset_id, back=True))}),
    ]  # fmt: skip
    operation = audit.record(session, action, FEATURE, lines, undoes=undoes)
    return Done(operation, (Ref(row.asset_id), Ref(row.other_id)))


def related(session: Session, asset_id: int) -> list[Related]:
    """Return what an asset is related to, as seen from it."""
    session.require("asset.read")
    rows = stored.select_of(asset_id)
    tags = select_tags([key for row in rows for key in row[:2]])
    found = []
    for row in rows:
        outward = row.asset_id == asset_id
        other = row.other_id if outward else row.asset_id
        kind = row.kind if outward else RELATION_BACK[row.kind]
        found.append(Related(kind, other, *tags[other]))
    return sorted(found, key=lambda each: (each.kind, each.tag))


def impact(session: Session, asset_ids: Sequence[int], depth: int = DEPTH) -> list[Impact]:
    """Return what fails when assets fail, as a tree: each asset above what rests on it.

    Args:
        session: Who reads.
        asset_ids: The assets that fail; they are the roots, at depth 0.
        depth: How many steps to walk.
    """
    session.require("asset.read")
    below: dict[int, list[RelatedRow]] = {}
    step, seen = list(dict.fromkeys(asset_ids)), set(asset_ids)
    for _level in range(depth):
        rows = stored.select_to(step, ORDERED) if step else []
        for row in rows:
            below.setdefault(row.other_id, []).append(row)
        step = sorted({row.asset_id for row in rows} - seen)[: max(0, MOST - len(seen))]
        seen.update(step)
    tags = select_tags([*seen, *(row.asset_id for rows in below.values() for row in rows)])
    found: list[Impact] = []
    shown: set[int] = set()
    waiting = [(0, "", key) for key in reversed(list(dict.fromkeys(asset_ids)))]
    while waiting and len(found) < MOST:
        level, kind, key = waiting.pop()
        found.append(Impact(level, kind, key, *tags[key], again=key in shown))
        if key in shown or level >= depth:
            continue
        shown.add(key)
        rows = sorted(below.get(key, ()), key=lambda row: tags[row.asset_id][0], reverse=True)
        waiting += [(level + 1, RELATION_BACK[row.kind], row.asset_id) for row in rows]
    return found
