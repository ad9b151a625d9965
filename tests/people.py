"""Who acts in the tests, and a clock that moves only when it is told to."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import pytest

from boconsole import passwords
from boconsole.roles import permissions_of
from boconsole.session import Session
from boconsole.settings import Settings
from boconsole.signing_in import sign_in
from db import connection, users

MONDAY = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


class StandingClock:
    """A clock that moves only when it is told to."""

    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: int) -> None:
        self.now += timedelta(**span)


def open_session(url: str, clock: StandingClock, login: str = "root") -> Session:
    """Open a database and return the session of its first administrator."""
    connection.open_database(url)
    settings = Settings(url, login, None, ZoneInfo("UTC"), "en", "dark", 2**20, True, {}, {})
    admin = sign_in(settings, "cli")
    return Session(admin.user, permissions_of(("admin", "agent")), clock)


def hash_quickly(patch: pytest.MonkeyPatch) -> None:
    """Hash passwords with little work, where a test is not about that."""
    from argon2 import PasswordHasher

    light = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    patch.setattr(passwords, "_hasher", lambda: light)
    patch.setattr(passwords, "decoy", lru_cache(passwords.decoy.__wrapped__))


def add_agent(session: Session, login: str, roles: tuple[str, ...] = ("agent",)) -> Session:
    """Add an account and return its session."""
    user_id = users.insert(login, login.title(), f"{login}@own.example", session.now())
    for role in roles:
        users.add_role(user_id, role)
    user = users.find(login)
    assert user is not None
    return replace(session, user=user, permissions=permissions_of(roles))
