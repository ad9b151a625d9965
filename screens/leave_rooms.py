"""The rooms of leave and attendance in the area Staff."""

from boconsole.language import N_
from screens.rooms import Room

LEAVE, APPROVALS, CALENDAR = "leave", "leave-approvals", "leave-calendar"
ATTENDANCE, TYPES, HOLIDAYS = "attendance", "leave-types", "holidays"
ROOMS: tuple[Room, ...] = (
    Room(LEAVE, N_("Leave"), "screens.leave:LeaveScreen", prefixes=("LVE",)),
    Room(
        APPROVALS,
        N_("Leave to decide"),
        "screens.leave_approvals:LeaveApprovalsScreen",
        prefixes=("OVT",),
    ),
    Room(CALENDAR, N_("Leave calendar"), "screens.leave_calendar:LeaveCalendarScreen"),
    Room(ATTENDANCE, N_("Attendance"), "screens.leave_attendance:AttendanceScreen"),
    Room(TYPES, N_("Types of leave"), "screens.leave_types:LeaveTypesScreen"),
    Room(HOLIDAYS, N_("Holidays"), "screens.leave_days:HolidaysScreen"),
)
