"""Rows of parts and of the log of their changes."""

from datetime import datetime
from typing import NamedTuple


class PartRow(NamedTuple):
    """What is in a slot of an asset."""

    kind: str
    slot: str
    name: str
    serial: str
    size: str


class ChangeRow(NamedTuple):
    """A line of the log; `old` is empty for what was added, `new` for what is gone."""

    id: int
    tag: str
    at: datetime
    who: str
    kind: str
    component: str
    old: str
    new: str
