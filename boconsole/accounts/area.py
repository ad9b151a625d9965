"""What queries may say about accounts."""

from boconsole.filters.area import Area, Field, Flag, Names
from boconsole.filters.remembering import remembered
from boconsole.roles import ROLES
from boconsole.session import Session
from db.accounts import records
from db.conditions import Compare, Not
from db.tickets import names

STATES = {"active": True, "disabled": False}
DISABLED = Not(Compare("active", "=", True))
ACTIVE = Compare("active", "=", True)
FIELDS = (
    Field("login", "line", "how they sign in", ("user",)),
    Field("name", "line", "how people call them"),
    Field("email", "mail", "mail address", ("mail",)),
    Field("state", "choice", "active or disabled", ("status",), STATES, column="active",
          guessed=True, sortable=False, lifts=True),
    Field("role", "name", "a role they hold", ("roles",), source="roles", many=True,
          optional=True, guessed=True, sortable=False),
    Field("team", "name", "a queue they work on", ("queue",), source="teams", many=True,
          optional=True, sortable=False),
    Field("signed_in", "instant", "when they came in last", ("seen",), optional=True),
    Field("created", "instant", "when the account was made"),
    Field("key", "number", "a key for SSH", optional=True, sortable=False),
    Field("password", "number", "a password", optional=True, sortable=False),
    Field("code", "number", "one-time codes", optional=True, sortable=False),
)  # fmt: skip
FLAGS = (
    Flag("active", "may sign in", lambda _: ACTIVE, lifts=True),
    Flag("disabled", "may not sign in", lambda _: DISABLED, lifts=True),
    Flag("new", "never came in", lambda _: Compare("signed_in", "empty")),
    Flag("changing", "must take a new password",
         lambda _: Compare("must_change", "=", True)),
)  # fmt: skip


def accounts_area() -> Area:
    """Return what queries may say."""
    return Area("users", FIELDS, FLAGS, {"roles": ROLE_NAMES, "teams": TEAM_NAMES}, ACTIVE)


def remembered_area(_session: Session) -> Area:
    """Return the area with its names read once, for typing."""
    return remembered(accounts_area())


def _roles() -> list[str]:
    return [*ROLES, *(row.name for row in records.select_own_roles())]


def _named(known: list[str], word: str) -> tuple[object, ...]:
    low = word.lower()
    return tuple(name for name in known if low in (name.lower(), name.lower().replace("_", "-")))


def _starting(known: list[str], start: str, limit: int) -> list[str]:
    return [name for name in known if name.lower().startswith(start.lower())][:limit]


ROLE_NAMES = Names(
    lambda word: _named(_roles(), word), lambda start, limit: _starting(_roles(), start, limit)
)
TEAM_NAMES = Names(
    lambda word: _named(names.select_queues(), word),
    lambda start, limit: _starting(names.select_queues(), start, limit),
)
