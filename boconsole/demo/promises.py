"""The service levels of the demo: calendars, policies, and which policy a ticket falls under."""

from zoneinfo import ZoneInfo

from boconsole.sla.calendar import Calendar
from boconsole.sla.policies import Policy

OFFICE_HOURS, AROUND_THE_CLOCK = "office", "always"
_ZONE = "Asia/Jakarta"
_WORKDAYS = ("mon", "tue", "wed", "thu", "fri")

CALENDARS = {
    OFFICE_HOURS: Calendar.from_table(
        {
            "timezone": _ZONE,
            "hours": {day: ["08:00-12:00", "13:00-17:00"] for day in _WORKDAYS},
            "holidays": ["01-01", "05-01", "06-01", "08-17", "12-25", "12-31 12:00-24:00"],
        }
    ),
    AROUND_THE_CLOCK: Calendar(ZoneInfo(_ZONE), (((0, 1440),),) * 7),
}
POLICIES = (
    Policy("Critical incidents", AROUND_THE_CLOCK, "kind:incident priority:critical",
           first_response=15, next_reply=30, resolution=240),
    Policy("High priority", OFFICE_HOURS, "priority:critical,high",
           first_response=60, next_reply=120, resolution=480),
    Policy("Complaints", OFFICE_HOURS, "kind:complaint",
           first_response=60, next_reply=240, resolution=2_400),
    Policy("Changes and problems", OFFICE_HOURS, "kind:change,problem", first_response=960),
    Policy("Planning", OFFICE_HOURS, "priority:planning", first_response=480, next_reply=960),
    Policy("Standard", OFFICE_HOURS, "", first_response=120, next_reply=240, resolution=1_440),
)  # fmt: skip


def policy_place(kind: str, priority: int) -> int:
    """Return the place in `POLICIES` of the first whose query matches such a ticket."""
    if priority == 1 and kind == "incident":
        return 0
    if priority <= 2:
        return 1
    if kind == "complaint":
        return 2
    if kind in ("change", "problem"):
        return 3
    return 4 if priority == 5 else 5
