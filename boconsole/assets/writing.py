"""The one way assets change: rule, guarded statement, audit line and search, in one transaction.

Every operation on existing assets ends in `write`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

from boconsole import audit
from boconsole.assets import own_fields, transitions
from boconsole.assets.fields import Changes, Describer
from boconsole.assets.words import ACTIVE
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.language import _, grouped
from boconsole.session import Session
from db.assets import catalogue, holdings, records, words
from db.assets.columns import FEATURE
from db.assets.records import with_columns
from db.assets.rows import AssetRecord

BULK_LIMIT = 10_000
"""The most assets one operation takes, so that one transaction stays short."""
INDEXED = frozenset(("tag", "name", "serial", "host", "model_id", "note"))
Told = dict[str, tuple[object, object]]
NOBODY: Mapping[str, object] = {
    "holder_kind": "", "holder_contact_id": None, "holder_place_id": None,
    "holder_asset_id": None, "held_since": None, "expected_on": None,
}  # fmt: skip
"""The columns of an asset that nobody has."""


class Versioned(Protocol):
    """Anything that names an asset as somebody saw it."""

    @property
    def id(self) -> int:
        """The asset."""

    @property
    def version(self) -> int:
        """The version that was seen."""


class Ref(NamedTuple):
    """An asset by id, as seen at a version; version 0 takes whatever is there now."""

    id: int
    version: int = 0


class Done(NamedTuple):
    """What an operation did: its number for undo, and the assets as they are now."""

    operation: int
    assets: tuple[Ref, ...]


class Step(NamedTuple):
    """What happens to one asset: its changes, and what is told beside them."""

    changes: Changes
    told: Mapping[str, tuple[object, object]] = {}


def write(
    session: Session,
    action: str,
    seen: Sequence[Versioned],
    step: Callable[[AssetRecord], Step],
    *,
    undoes: int = 0,
) -> Done:
    """Change assets as one operation with one undo.

    Args:
        session: Who acts.
        action: The operation's name in the audit trail.
        seen: The assets, each with the version that was seen (0: whatever is there).
        step: What happens to each; may write what hangs on it.
        undoes: The operation that this one takes back, if any.

    Raises:
        NotFoundError, StaleRecordError, InvalidChangeError: Nothing was changed.
    """
    if len(seen) > BULK_LIMIT:
        raise InvalidChangeError(
            "assets",
            _("at most {bulk_limit} can change at once").format(bulk_limit=grouped(BULK_LIMIT)),
        )
    with audit.writing():
        found = records.select_records(asset.id for asset in seen)
        describer = Describer()
        lines, refs, indexed = [], [], []
        for asset in {asset.id: asset for asset in seen}.values():
            record = found.get(asset.id)
            if record is None:
                raise NotFoundError(_("asset {number}").format(number=asset.id))
            wanted = step(record)
            if asset.version not in (0, record.version):
                raise stale(describer, record, wanted.changes.columns)
            told = _store(session, record, wanted, describer)
            version = record.version + bool(told)
            refs.append(Ref(record.id, version))
            if told:
                lines.append(audit.Line(record.id, told, version))
            if INDEXED & set(wanted.changes.columns):
                indexed.append(record.id)
        words.refresh(indexed)
        if not lines:
            return Done(0, tuple(refs))
        operation = audit.record(session, action, FEATURE, lines, undoes=undoes)
    return Done(operation, tuple(refs))


def _store(session: Session, old: AssetRecord, step: Step, describer: Describer) -> Told:
    """Store what differs, guarded by the version that was read."""
    changes = step.changes
    columns = with_consequences(old, changes.columns)
    if changes.custom or columns.get("category_id", old.category_id) != old.category_id:
        category = columns.get("category_id", old.category_id)
        own_fields.check(category, changes.custom, own_fields.kept(old.id))
    told = describer.changed(old, columns)
    differing = {name: value for name, value in columns.items() if getattr(old, name) != value}
    custom = _custom(old.id, changes)
    told.update({**custom, **step.told})
    if differing or told:
        differing["updated_at"] = session.now()
        if not records.update(old.id, old.version, differing):
            raise stale(describer, old, columns)
    return told


def _custom(asset_id: int, changes: Changes) -> Told:
    told: Told = {}
    if not changes.custom:
        return told
    kept = records.select_values([asset_id])[asset_id]
    for change in changes.custom:
        if kept.get(change.name) != change.text:
            records.put_value(asset_id, change.field_id, change.text, change.number)
            told[f"cf.{change.name}"] = (kept.get(change.name), change.text)
    return told


def with_consequences(old: AssetRecord | None, columns: Mapping[str, object]) -> dict[str, object]:
    """Return the columns to store: what was asked for and what follows from it."""
    found = dict(columns)
    if "state" in found:
        found["active"] = found["state"] in ACTIVE
    model = found.get("model_id")
    if isinstance(model, int) and (old is None or old.model_id != model):
        row = catalogue.find_model(model)
        has_category = found.get("category_id") or (old is not None and old.category_id)
        if row is not None and row.category_id and not has_category:
            found["category_id"] = row.category_id
    return found


def stale(
    describer: Describer, record: AssetRecord, columns: Mapping[str, object]
) -> StaleRecordError:
    """Return the refusal that shows what is there and what was wanted."""
    fields = [name for name in columns if name not in ("tag_number", "active")] or ["state"]
    return StaleRecordError(
        record.tag,
        record.id,
        record.version,
        {describer.field(name): describer.word(name, getattr(record, name)) for name in fields},
        {describer.field(name): describer.word(name, columns.get(name)) for name in columns},
    )


def set_state_step(session: Session, old: AssetRecord, state: str, condition: str) -> Step:
    """Return the step that sets an asset's state; what ends its use ends its holding.

    Raises:
        AssetTransitionError: It cannot go there from where it is.
    """
    if state == old.state:
        return Step(Changes({"condition": condition} if condition else {}))
    transitions.check(old.tag, old.state, state, held=bool(old.holder_kind))
    columns: dict[str, object] = {"state": state}
    if condition:
        columns["condition"] = condition
    told: Told = {}
    if old.holder_kind and state in transitions.ENDS_HOLDING:
        told = end_holding(session, old, condition)
        columns.update(NOBODY)
    return Step(Changes(columns), told)


def end_holding(session: Session, old: AssetRecord, condition: str) -> Told:
    """End the present holding of an asset; returns what is told of it."""
    held = holdings.select_open([old.id]).get(old.id)
    if held is None:
        return {}
    holdings.end(held.id, session.now(), condition, session.user.id or None)
    told: Told = {"holder": (held.holder, None), "holding": (held.id, None)}
    if held.acceptance == "asked":
        told["acceptance"] = ("asked", None)
    return told


def again(asset_id: int) -> AssetRecord:
    """Return an asset as it is now.

    Raises:
        NotFoundError: There is none.
    """
    found = records.select_records([asset_id])
    if asset_id not in found:
        raise NotFoundError(_("asset {number}").format(number=asset_id))
    return found[asset_id]


__all__ = [
    "Done", "Ref", "Step", "Versioned", "again", "end_holding", "set_state_step", "with_columns",
    "with_consequences", "write",
]  # fmt: skip
