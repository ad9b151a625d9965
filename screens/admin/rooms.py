"""The rooms of the administration: what has a list of its own, reached from everywhere."""

from __future__ import annotations

from boconsole.language import N_
from screens import rooms
from screens.places import Place
from screens.rooms import House, Room

AREA = "admin"
FIRST, USERS, ROLES, SESSIONS, TRAIL, ACCOUNT = (
    "setup", "users", "roles", "sessions", "audit", "account",
)  # fmt: skip
HOUSE = House(
    AREA,
    FIRST,
    (
        Room(FIRST, N_("All that can be set up"), query=""),
        Room(USERS, N_("Users"), "screens.admin.users:UsersScreen"),
        Room(ROLES, N_("Roles"), "screens.admin.roles:RolesScreen"),
        Room(SESSIONS, N_("Sessions"), "screens.admin.sessions:SessionsScreen"),
        Room(TRAIL, N_("Audit trail"), "screens.admin.audit:AuditScreen"),
        Room(ACCOUNT, N_("My account"), "screens.admin.user:AccountScreen"),
    ),
)
ABOUT = {
    USERS: N_("Who may sign in, with what, and with which roles."),
    ROLES: N_("What each role may do, and roles of your own."),
    SESSIONS: N_("Who is signed in now, and ending it."),
    TRAIL: N_("Who did what and when, and whether the trail is whole."),
    ACCOUNT: N_("My password, keys and one-time codes."),
}


class InRooms(rooms.InRooms):
    """A screen of the administration with a word of its own."""

    HOUSE = HOUSE


def commands() -> list[tuple[str, str, Place]]:
    """Return what the `:` line knows of the rooms."""
    return [found for found in HOUSE.commands() if found[0] != FIRST]
