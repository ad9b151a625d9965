"""Who acts, with which permissions, by which clock: the first argument of every operation."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from boconsole.errors import NotAllowedError
from db.rows import UserRow

Clock = Callable[[], datetime]

UTC_ZONE = ZoneInfo("UTC")


def wall_clock() -> datetime:
    """Return the present instant in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True)
class Session:
    """One person at one door.

    Attributes:
        user: The account that acts.
        permissions: What it may do, `area.verb`.
        clock: Returns the present instant, aware, in UTC.
        zone: In which times are read and shown.
        language: `en` or `id`.
        origin: The door: `cli`, `console`, `ssh` or `system`.
        number: Of this one among the open sessions; 0 where no door lists it.
    """

    user: UserRow
    permissions: frozenset[str]
    clock: Clock = wall_clock
    zone: ZoneInfo = UTC_ZONE
    language: str = "en"
    origin: str = "cli"
    number: int = 0

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        return self.clock()

    def may(self, permission: str) -> bool:
        """Return whether the permission is held."""
        return permission in self.permissions

    def require(self, permission: str) -> None:
        """Raise NotAllowedError without the permission."""
        if permission not in self.permissions:
            raise NotAllowedError(self.user.login, permission)

    def through(self, origin: str) -> "Session":
        """Return the same session at another door."""
        return replace(self, origin=origin)
