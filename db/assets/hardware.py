"""The parts in assets, and the log of their changes: one function for each statement."""

from collections.abc import Sequence
from datetime import datetime

import peewee

from db import connection
from db.assets.hardware_rows import PartRow
from db.assets.tables import Asset
from db.base import Table
from db.fields import InstantField
from db.users import User


class AssetPart(Table):
    """What is in a slot of an asset."""

    id = peewee.AutoField()
    asset = peewee.ForeignKeyField(Asset, index=False, on_delete="CASCADE")
    kind = peewee.TextField()
    slot = peewee.TextField()
    name = peewee.TextField(default="")
    serial = peewee.TextField(default="")
    size = peewee.TextField(default="")

    class Meta:
        """A slot holds one part."""

        indexes = ((("asset", "kind", "slot"), True),)


class AssetChange(Table):
    """One line of the log: a part, interface or address of an asset before and after."""

    id = peewee.AutoField()
    asset = peewee.ForeignKeyField(Asset, index=False, on_delete="CASCADE")
    at = InstantField()
    user = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    kind = peewee.TextField()
    component = peewee.TextField()
    old = peewee.TextField(default="")
    new = peewee.TextField(default="")

    class Meta:
        """Read by time, and by asset or kind in time."""

        indexes = (
            (("at", "id"), False),
            (("asset", "at", "id"), False),
            (("kind", "at", "id"), False),
        )


def select_parts(asset_id: int) -> list[PartRow]:
    """Return the parts of an asset by kind and slot."""
    rows = connection.fetch(
        "SELECT kind, slot, name, serial, size FROM asset_part WHERE asset_id = ? "
        "ORDER BY kind, slot",
        (asset_id,),
    )
    return [PartRow(*row) for row in rows]


def put_part(asset_id: int, kind: str, slot: str, part: PartRow | None) -> None:
    """Set or clear what is in a slot."""
    connection.execute(
        "DELETE FROM asset_part WHERE asset_id = ? AND kind = ? AND slot = ?",
        (asset_id, kind, slot),
    )
    if part is not None:
        connection.execute(
            "INSERT INTO asset_part (asset_id, kind, slot, name, serial, size) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (asset_id, *part),
        )


def append(
    asset_id: int, at: datetime, user_id: int | None, lines: Sequence[tuple[str, str, str, str]]
) -> None:
    """Add lines of kind, component, old and new to the log."""
    for line in lines:
        connection.execute(
            "INSERT INTO asset_change (asset_id, at, user_id, kind, component, old, new) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (asset_id, int(at.timestamp()), user_id, *line),
        )
