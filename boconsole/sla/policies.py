"""Service level policies and the file that people write them in.

A policy that was read can be met: its calendar exists and is open enough for its targets.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from boconsole.language import _
from boconsole.sla.calendar import Calendar
from boconsole.sla.errors import CalendarError, PolicyError
from boconsole.text import UNSAFE

STATES = ("new", "open", "pending", "on_hold", "resolved", "closed", "merged")
ENDED = frozenset({"resolved", "closed", "merged"})
"""States in which every target rests, whatever a policy says."""
PAUSE = ("pending", "on_hold")

FIRST_RESPONSE = "first_response"
NEXT_REPLY = "next_reply"
RESOLUTION = "resolution"
TARGETS = (FIRST_RESPONSE, NEXT_REPLY, RESOLUTION)

_WEEKS_OF_20_YEARS = 1040


@dataclass(frozen=True)
class Policy:
    """What is promised to the tickets that match.

    Attributes:
        name: How people call it; unique.
        calendar: Name of the calendar whose minutes count.
        match: A query; empty for all tickets.
        first_response: Business minutes from creation to the first reply; 0 for no target.
        next_reply: Business minutes from a requester's message to its reply; 0 for no target.
        resolution: Business minutes from creation to the solution; 0 for no target.
        pause: States in which the clock stands.
        response_pauses: Whether the clock of the first response stands too.
        warn_at: Fraction of a target after which it warns, above 0 and up to 1.
    """

    name: str
    calendar: str
    match: str = ""
    first_response: int = 0
    next_reply: int = 0
    resolution: int = 0
    pause: tuple[str, ...] = PAUSE
    response_pauses: bool = True
    warn_at: float = 0.75

    def seconds(self, target: str) -> int:
        """Return a target in business seconds, 0 for none."""
        minutes = {
            FIRST_RESPONSE: self.first_response,
            NEXT_REPLY: self.next_reply,
            RESOLUTION: self.resolution,
        }
        return minutes[target] * 60

    def stopping(self, target: str) -> frozenset[str]:
        """Return the states in which the clock of a target stands."""
        if target == FIRST_RESPONSE and not self.response_pauses:
            return ENDED
        return ENDED.union(self.pause)

    @classmethod
    def from_table(cls, table: Mapping[str, object], where: str = "policy") -> "Policy":
        """Make a policy of a table with these attributes as keys; raises PolicyError."""
        for key in table:
            if key not in KEYS:
                raise PolicyError(
                    f"{where}, {key}",
                    _("unknown key; allowed: {keys}").format(keys=", ".join(KEYS)),
                )
        name = _read_text(where, "name", table.get("name"))
        where = f"policy {name!r}"
        match = table.get("match", "")
        if not isinstance(match, str):
            raise PolicyError(
                f"{where}, match", _("must be a query or empty, not {match!r}").format(match=match)
            )
        response_pauses = table.get("response_pauses", True)
        if not isinstance(response_pauses, bool):
            raise PolicyError(f"{where}, response_pauses", _("must be true or false"))
        return cls(
            name=name,
            calendar=_read_text(where, "calendar", table.get("calendar")),
            match=match,
            first_response=_read_minutes(where, FIRST_RESPONSE, table),
            next_reply=_read_minutes(where, NEXT_REPLY, table),
            resolution=_read_minutes(where, RESOLUTION, table),
            pause=_read_states(where, table.get("pause", PAUSE)),
            response_pauses=response_pauses,
            warn_at=_read_fraction(where, table.get("warn_at", 0.75)),
        )

    @classmethod
    def from_json(cls, text: str) -> "Policy":
        """Read what `to_json` wrote; raises PolicyError."""
        try:
            table = json.loads(text)
        except ValueError as fault:
            raise PolicyError("policy", _("is not JSON: {fault}").format(fault=fault)) from None
        if not isinstance(table, dict):
            raise PolicyError("policy", _("is no table"))
        return cls.from_table(table)

    def to_json(self) -> str:
        """Return the policy as text to be stored."""
        return json.dumps(asdict(self), sort_keys=True)


KEYS = tuple(field.name for field in fields(Policy))


@dataclass(frozen=True)
class PolicySet:
    """Calendars by name, and the policies in their order of precedence."""

    calendars: Mapping[str, Calendar]
    policies: tuple[Policy, ...]


def load_policies(text: str) -> PolicySet:
    """Read calendars and policies from TOML.

    The file has `[calendars.NAME]` tables as `Calendar.from_table` takes them, and
    `[[policies]]` in order of precedence with the attributes of Policy as keys.

    Raises:
        PolicyError: Any fault; it names the calendar or policy, the key and what is allowed.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise PolicyError(
            "policies", _("the file is not TOML: {fault}").format(fault=fault)
        ) from None
    for key in table:
        if key not in ("calendars", "policies"):
            raise PolicyError(key, _("unknown key; allowed: [calendars.NAME] and [[policies]]"))
    calendars = _read_calendars(table.get("calendars", {}))
    policies = _read_policies(table.get("policies", []))
    for number, policy in enumerate(policies):
        if policy.name in {earlier.name for earlier in policies[:number]}:
            raise PolicyError(f"policy {policy.name!r}, name", _("is used twice"))
        _check_targets(policy, calendars)
    return PolicySet(calendars, policies)


def _read_calendars(value: object) -> dict[str, Calendar]:
    if not isinstance(value, dict):
        raise PolicyError("calendars", _("must be tables such as [calendars.office]"))
    calendars = {}
    for name, table in value.items():
        _read_text("calendars", "name", name)
        if not isinstance(table, dict):
            raise PolicyError(
                f"calendar {name!r}", _("must be a table [calendars.{name}]").format(name=name)
            )
        try:
            calendars[name] = Calendar.from_table(table)
        except CalendarError as fault:
            raise PolicyError(f"calendar {name!r}, {fault.key}", fault.reason) from None
    return calendars


def _read_policies(value: object) -> tuple[Policy, ...]:
    if not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
        raise PolicyError("policies", _("must be tables, each under [[policies]]"))
    return tuple(
        Policy.from_table(table, f"policy {number}") for number, table in enumerate(value, start=1)
    )


def _check_targets(policy: Policy, calendars: Mapping[str, Calendar]) -> None:
    calendar = calendars.get(policy.calendar)
    if calendar is None:
        known = ", ".join(calendars) or _("none is defined")
        raise PolicyError(
            f"policy {policy.name!r}, calendar",
            _("there is no calendar {calendar!r}; allowed: {known}").format(
                calendar=policy.calendar, known=known
            ),
        )
    week = sum(end - start for spans in calendar.hours for start, end in spans)
    for target in TARGETS:
        if policy.seconds(target) > week * 60 * _WEEKS_OF_20_YEARS:
            raise PolicyError(
                f"policy {policy.name!r}, {target}",
                _("takes more than 20 years of a calendar with {week} minutes a week").format(
                    week=week
                ),
            )


def _read_text(where: str, key: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise PolicyError(f"{where}, {key}", _("must be given, as text"))
    if UNSAFE.search(value):
        raise PolicyError(f"{where}, {key}", _("has an invisible character; take it out"))
    return value.strip()


def _read_minutes(where: str, key: str, table: Mapping[str, object]) -> int:
    value = table.get(key, 0)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise PolicyError(
            f"{where}, {key}",
            _("must be whole business minutes, 0 for no target, not {value!r}").format(value=value),
        )
    return value


def _read_states(where: str, value: object) -> tuple[str, ...]:
    allowed = f"allowed: {', '.join(STATES)}"
    if not isinstance(value, list | tuple):
        raise PolicyError(
            f"{where}, pause", _("must be a list of states; {allowed}").format(allowed=allowed)
        )
    for state in value:
        if state not in STATES:
            raise PolicyError(
                f"{where}, pause",
                _("{state!r} is no state; {allowed}").format(state=state, allowed=allowed),
            )
    return tuple(value)


def _read_fraction(where: str, value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value <= 1:
        raise PolicyError(
            f"{where}, warn_at",
            _("must be a fraction above 0 and up to 1, not {value!r}").format(value=value),
        )
    return float(value)
