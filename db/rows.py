"""Rows that every area reads: accounts, audit lines."""

from datetime import datetime
from typing import NamedTuple


class UserRow(NamedTuple):
    """An account as sessions carry it."""

    id: int
    login: str
    name: str
    email: str
    zone: str
    language: str


class AuditRow(NamedTuple):
    """One line of the audit trail; `changes` is a JSON object of field to [before, after]."""

    id: int
    operation: int
    at: datetime
    actor: str
    origin: str
    action: str
    feature: str
    record_id: int
    version: int
    changes: str
    undoes: int
