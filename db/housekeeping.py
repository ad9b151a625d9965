"""Statements of what belongs to one user or one open console: drafts, presence, views."""

from datetime import UTC, datetime
from typing import NamedTuple

from db import connection
from db.tickets.records import stored_value


class DraftRow(NamedTuple):
    """What somebody typed; `fields` is a JSON object."""

    id: int
    form: str
    record_id: int
    fields: str
    saved_at: datetime


class PresenceRow(NamedTuple):
    """Who has a record open, and whether they are writing."""

    login: str
    mode: str
    seen_at: datetime


class ViewRow(NamedTuple):
    """A saved query; shared when it has no owner."""

    id: int
    feature: str
    owner_id: int | None
    name: str
    query: str
    position: int
    version: int


def put_draft(user_id: int, form: str, record_id: int, fields: str, now: datetime) -> None:
    """Keep a draft in place of the one before."""
    connection.execute(
        "INSERT INTO draft (user_id, form, record_id, fields, saved_at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (user_id, form, record_id) DO UPDATE "
        "SET fields = excluded.fields, saved_at = excluded.saved_at",
        (user_id, form, record_id, fields, stored_value(now)),
    )


def select_drafts(user_id: int) -> list[DraftRow]:
    """Return the drafts of a user, newest first."""
    rows = connection.fetch(
        "SELECT id, form, record_id, fields, saved_at FROM draft WHERE user_id = ? "
        "ORDER BY saved_at DESC, id DESC",
        (user_id,),
    )
    return [DraftRow._make((*row[:4], datetime.fromtimestamp(row[4], UTC))) for row in rows]


def remove_draft(user_id: int, form: str, record_id: int) -> None:
    """Forget a draft."""
    connection.execute(
        "DELETE FROM draft WHERE user_id = ? AND form = ? AND record_id = ?",
        (user_id, form, record_id),
    )


def put_presence(
    session: str, user_id: int, feature: str, record_id: int, mode: str, now: datetime
) -> None:
    """Note that a console has a record open."""
    connection.execute(
        "INSERT INTO presence (session, user_id, feature, record_id, mode, seen_at) "
        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (session, feature, record_id) DO UPDATE "
        "SET mode = excluded.mode, seen_at = excluded.seen_at",
        (session, user_id, feature, record_id, mode, stored_value(now)),
    )


def remove_presence(session: str, feature: str, record_id: int) -> None:
    """Note that a console closed a record; record 0 stands for all of them."""
    connection.execute(
        "DELETE FROM presence WHERE session = ? AND (? = 0 OR (feature = ? AND record_id = ?))",
        (session, record_id, feature, record_id),
    )


def select_presence(
    session: str, feature: str, record_id: int, since: datetime
) -> list[PresenceRow]:
    """Return who else has a record open, those who write first."""
    rows = connection.fetch(
        "SELECT u.login, p.mode, p.seen_at FROM presence p "
        "JOIN user_account u ON u.id = p.user_id "
        "WHERE p.feature = ? AND p.record_id = ? AND p.session <> ? AND p.seen_at >= ? "
        "ORDER BY p.mode, u.login",
        (feature, record_id, session, stored_value(since)),
    )
    return [PresenceRow(row[0], row[1], datetime.fromtimestamp(row[2], UTC)) for row in rows]


def select_views(feature: str, user_id: int) -> list[ViewRow]:
    """Return the shared views and those of one user, in order."""
    rows = connection.fetch(
        "SELECT id, feature, owner_id, name, query, position, version FROM saved_view "
        "WHERE feature = ? AND (owner_id IS NULL OR owner_id = ?) "
        "ORDER BY position, name, id",
        (feature, user_id),
    )
    return [ViewRow(*row) for row in rows]


def put_view(feature: str, owner_id: int | None, name: str, query: str, position: int) -> int:
    """Save a view in place of the owner's one of that name; returns its id."""
    same = "owner_id IS NULL" if owner_id is None else "owner_id = ?"
    owner = () if owner_id is None else (owner_id,)
    rows = connection.fetch(
        "UPDATE saved_view SET query = ?, version = version + 1 "
        f"WHERE feature = ? AND name = ? AND {same} RETURNING id",
        (query, feature, name, *owner),
    ) or connection.fetch(
        "INSERT INTO saved_view (feature, owner_id, name, query, position, version) "
        "VALUES (?, ?, ?, ?, ?, 1) RETURNING id",
        (feature, owner_id, name, query, position),
    )
    return int(rows[0][0])


def remove_view(view_id: int) -> None:
    """Forget a view."""
    connection.execute("DELETE FROM saved_view WHERE id = ?", (view_id,))
