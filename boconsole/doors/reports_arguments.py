"""What can be typed after `boconsole reports`."""

from typing import Any

from boconsole.doors.arguments import Area, Parser
from boconsole.language import _


def add(areas: Any) -> None:  # Any: argparse's own
    """Add the area of reports."""
    area = Area(areas, "reports", _("figures of tickets, assets, staff, money and projects"))
    area.verb("list", "reports:list_reports", _("list the reports you may run"))
    run = area.verb(
        "run", "reports:run", _("run a report"),
        example="reports run tickets-volume --by week\n"
                'reports run tickets-response --by queue --query "prio:high" --from 2026-01-01\n'
                "reports run tickets-sla --format svg --output sla.svg",
    )  # fmt: skip
    _parameters(run)
    run.add_argument("--format", metavar="F", dest="form", default="",
                     help=_("table, json, csv, xlsx, pdf or svg"))  # fmt: skip
    run.add_argument("--output", metavar="FILE", default="",
                     help=_("write there; its ending says the format"))  # fmt: skip
    run.add_argument("--force", action="store_true", help=_("write over a file that is there"))


def _parameters(parser: Parser) -> None:
    parser.add_argument("name", metavar="NAME", help=_("a report, such as tickets-volume"))
    parser.add_argument("--query", metavar="QUERY", default="",
                        help=_("which records, in the query language"))  # fmt: skip
    parser.add_argument("--from", metavar="DAY", dest="starts", default="",
                        help=_("the first day: 2026-01-01, -30d, soy"))  # fmt: skip
    parser.add_argument("--to", metavar="DAY", dest="ends", default="",
                        help=_("the last day; today by default"))  # fmt: skip
    parser.add_argument("--by", metavar="WORD", default="",
                        help=_("what its lines are: month, queue, ..."))  # fmt: skip
