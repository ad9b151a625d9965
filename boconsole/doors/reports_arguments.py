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
                     help=_("table, json, csv, xlsx, pdf, svg or png"))  # fmt: skip
    run.add_argument("--output", metavar="FILE", default="",
                     help=_("write there; its ending says the format"))  # fmt: skip
    run.add_argument("--force", action="store_true", help=_("write over a file that is there"))
    _add_schedules(area.area("schedule", _("reports that are run by themselves")))


def _add_schedules(area: Area) -> None:
    add = area.verb(
        "add", "reports:add_schedule", _("let a report be written or mailed by itself"),
        example="reports schedule add tickets-sla --as weekly-sla --every mon --at 07:00"
                " --from last-week --to last-week --by queue --format pdf --folder /srv/reports",
    )  # fmt: skip
    _parameters(add)
    add.add_argument("--as", metavar="NAME", dest="title", required=True,
                     help=_("what the schedule is called"))  # fmt: skip
    days = _("day, a weekday such as mon, or a day of the month, 1 to 28")
    add.add_argument("--every", metavar="WORD", default="day", help=days)
    add.add_argument("--at", metavar="HH:MM", default="07:00", help=_("in your time zone"))
    add.add_argument("--format", metavar="F", dest="form", default="pdf",
                     help=_("json, csv, xlsx, pdf, svg or png"))  # fmt: skip
    add.add_argument("--folder", metavar="DIR", default="", help=_("where it is written"))
    add.add_argument("--mail", metavar="ADDRESS", default="", help=_("to whom it is sent"))
    area.verb("list", "reports:list_schedules", _("list your schedules and what became of them"))
    _add_changes(area, days)
    remove = area.verb("remove", "reports:remove_schedule", _("remove a schedule of yours"))
    remove.add_argument("title", metavar="NAME", help=_("what the schedule is called"))
    area.verb("run", "reports:run_schedules", _("run what is due of yours, such as by cron"))


def _add_changes(area: Area, days: str) -> None:
    change = area.verb(
        "edit", "reports:edit_schedule", _("change a schedule of yours"),
        example="reports schedule edit weekly-sla --every fri --at 16:00",
    )  # fmt: skip
    change.add_argument("title", metavar="NAME", help=_("what the schedule is called"))
    change.add_argument("--every", metavar="WORD", help=days)
    change.add_argument("--at", metavar="HH:MM", help=_("in your time zone"))
    change.add_argument("--format", metavar="F", dest="form",
                        help=_("json, csv, xlsx, pdf, svg or png"))  # fmt: skip
    change.add_argument("--folder", metavar="DIR", help=_("where it is written"))
    change.add_argument("--mail", metavar="ADDRESS", help=_("to whom it is sent"))
    verbs = {
        "pause": _("let a schedule of yours rest"),
        "resume": _("let a schedule of yours go on from now"),
        "now": _("run a schedule of yours at once; its next time stays"),
    }
    for verb, what in verbs.items():
        one = area.verb(verb, f"reports:{verb}_schedule", what)
        one.add_argument("title", metavar="NAME", help=_("what the schedule is called"))


def _parameters(parser: Parser) -> None:
    parser.add_argument("name", metavar="NAME", help=_("a report, such as tickets-volume"))
    parser.add_argument("--query", metavar="QUERY", default="",
                        help=_("which records, in the query language"))  # fmt: skip
    parser.add_argument("--of", metavar="LINE", default="",
                        help=_("a line, to see its records one by one; - for none"))  # fmt: skip
    parser.add_argument("--from", metavar="DAY", dest="starts", default="",
                        help=_("the first day: 2026-01-01, -30d, soy"))  # fmt: skip
    parser.add_argument("--to", metavar="DAY", dest="ends", default="",
                        help=_("the last day; today by default"))  # fmt: skip
    parser.add_argument("--by", metavar="WORD", default="",
                        help=_("what its lines are: month, queue, ..."))  # fmt: skip
