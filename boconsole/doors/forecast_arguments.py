"""What can be typed about forecasts."""

from typing import Any

from boconsole.doors.arguments import Area
from boconsole.language import _


def add(areas: Any) -> None:  # Any: argparse's own
    """Add the area."""
    area = Area(areas, "forecasts", _("what is expected of tickets and cash"))
    tickets = area.verb(
        "tickets", "forecasts:tickets", _("forecast how many tickets come in"),
        example="forecasts tickets\nforecasts tickets --weeks 26\nforecasts tickets --days 14",
    )  # fmt: skip
    tickets.add_argument("--weeks", metavar="N", help=_("weeks ahead (13)"))
    tickets.add_argument("--days", metavar="N", help=_("days ahead, day by day"))
    cash = area.verb(
        "cash", "forecasts:cash", _("forecast the balance of all money"),
        example="forecasts cash\nforecasts cash --weeks 26 --currency EUR",
    )  # fmt: skip
    cash.add_argument("--weeks", metavar="N", help=_("weeks ahead (13)"))
    cash.add_argument("--currency", metavar="CODE", default="",
                      help=_("by default what most accounts hold"))  # fmt: skip
