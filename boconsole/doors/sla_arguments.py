"""What can be typed after `boconsole sla`."""

from typing import Any

from boconsole.doors.arguments import Area
from boconsole.language import _


def add(areas: Any) -> None:  # Any: argparse's own
    """Add the area."""
    area = Area(areas, "sla", _("service levels and business hours"))
    due = area.verb(
        "due",
        "sla:due",
        _("print the instant at which so many business minutes have run"),
        example="sla due --calendar office.toml --start 2024-01-01T16:30:00Z --minutes 60",
    )
    elapsed = area.verb(
        "elapsed",
        "sla:elapsed",
        _("print the business seconds between two instants"),
        example="sla elapsed --calendar office.toml --start 2024-01-01 --end 2024-01-08",
    )
    for parser in (due, elapsed):
        parser.add_argument("--calendar", metavar="CAL.toml", required=True)
        parser.add_argument(
            "--start",
            metavar="INSTANT",
            required=True,
            help=_("with an offset or Z; without one it is in the calendar's zone"),
        )
    due.add_argument("--minutes", metavar="N", required=True)
    elapsed.add_argument("--end", metavar="INSTANT", required=True)
    load = area.verb("load", "sla:load", _("replace calendars and policies by those of a file"))
    load.add_argument("file", metavar="POLICIES.toml")
    area.verb("list", "sla:list_policies", _("list policies in order of precedence"))
    trace = area.verb("trace", "sla:trace", _("tell day by day why a ticket is due when it is"))
    trace.add_argument("number", metavar="NUMBER")
    trace.add_argument("--target", metavar="TARGET", default="resolution",
                       help=_("first_response, next_reply or resolution"))  # fmt: skip
