"""What can be typed to open, fill and look over the records as a whole."""

from typing import Any

from boconsole.doors.arguments import verb
from boconsole.language import _


def add(areas: Any) -> None:  # Any: argparse's own
    """Add the verbs."""
    verb(areas, "init", "house:init", _("make the database, or bring it up to date"))
    opened = verb(
        areas,
        "open",
        "console:open_area",
        _("open the console in an area, at a query if one is given"),
        example="open tickets\nopen tickets assignee:me sort:-prio",
    )
    opened.add_argument("where", metavar="AREA")
    opened.add_argument("query", metavar="QUERY", nargs="*")
    demo = verb(
        areas,
        "demo",
        "demo:demo",
        _("open the console on demonstration data"),
        example="demo\ndemo --build sqlite:///big.sqlite --tickets 100000 --seed 7",
    )
    demo.add_argument("--build", metavar="URL", help=_("fill this new database, and stop"))
    demo.add_argument("--tickets", metavar="N", help=_("how many tickets (500)"))
    demo.add_argument("--seed", metavar="S", help=_("the same number makes the same data (1)"))
    demo.add_argument("--fresh", action="store_true", help=_("make your demonstration anew"))
    verb(areas, "settings", "house:list_settings", _("list settings and where they come from"))
    verb(areas, "doctor", "doctor:doctor", _("check database, files and terminal"))
