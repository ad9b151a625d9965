"""What can be typed after `boconsole leave`, `attendance` and `overtime`."""

from typing import Any

from boconsole.doors.arguments import Area, Parser
from boconsole.language import _


def add(areas: Any) -> None:  # Any: argparse's own
    """Add the areas."""
    leave = Area(areas, "leave", _("leave: asked for, decided, and what is left"))
    _add_asking(leave)
    _add_deciding(leave)
    _add_reading(leave)
    _add_setting_up(leave)
    _add_attendance(Area(areas, "attendance", _("attendance: in, out, and what days were")))
    _add_overtime(Area(areas, "overtime", _("overtime: asked for, decided, and told to pay")))


def _add_asking(area: Area) -> None:
    ask = area.verb(
        "request", "leave:request", _("ask for leave"),
        example="leave request 2026-12-21 2026-12-24 --note 'Family visit'\n"
                "leave request fri --to-noon --json\n"
                "leave request 2026-12-21 --type sick --for EMP-0007",
    )  # fmt: skip
    _days(ask)
    _person(ask, "--for")
    ask.add_argument("--draft", action="store_true", help=_("keep it, and ask later"))
    ask.add_argument("--preview", action="store_true", help=_("only tell what it would take"))
    change = area.verb("change", "leave:change", _("change a request"))
    _number(change)
    _days(change, kind="")
    _number(area.verb("submit", "leave:submit", _("ask for what was a draft")))
    back = area.verb("withdraw", "leave:withdraw", _("take back a request"))
    _number(back)
    back.add_argument("--reason", metavar="TEXT", default="")


def _add_deciding(area: Area) -> None:
    approve = area.verb("approve", "leave:approve", _("approve requests"),
                        example="leave approve LVE-0001 LVE-0002")  # fmt: skip
    _numbers(approve)
    reject = area.verb(
        "reject", "leave:reject", _("reject requests"),
        example='leave reject LVE-0001 --reason "The audit is that week"',
    )  # fmt: skip
    _numbers(reject)
    reject.add_argument("--reason", metavar="TEXT", required=True)
    area.verb("undo", "leave:undo", _("take back your last decision"))
    stand_in = area.verb(
        "stand-in", "leave:stand_in", _("let somebody decide in the place of a manager"),
        example="leave stand-in EMP-0004 2026-12-21 2027-01-02\nleave stand-in",
    )  # fmt: skip
    stand_in.add_argument("who", metavar="PERSON", nargs="?", help=_("none lists them"))
    stand_in.add_argument("first", metavar="FIRST", nargs="?")
    stand_in.add_argument("last", metavar="LAST", nargs="?")
    stand_in.add_argument("--manager", metavar="PERSON", default="me")
    stand_in.add_argument("--end", metavar="N", default="", help=_("end the one of this number"))


def _add_reading(area: Area) -> None:
    listed = area.verb("list", "leave:list_requests", _("list requests"),
                       example="leave list --person me\nleave list --waiting --json")  # fmt: skip
    _person(listed, "--person", default="")
    listed.add_argument("--state", metavar="STATE", default="",
                        help="draft, requested, approved, taken, rejected, withdrawn")  # fmt: skip
    listed.add_argument("--waiting", action="store_true", help=_("what you may decide"))
    _number(area.verb("show", "leave:show", _("show a request, day by day")))
    balance = area.verb(
        "balance", "leave:balance", _("tell what is left, line by line"),
        example="leave balance\nleave balance EMP-0007 --at 2026-12-31 --json",
    )  # fmt: skip
    balance.add_argument("who", metavar="PERSON", nargs="?", default="me")
    balance.add_argument("--at", metavar="DAY", default="")
    month = area.verb("calendar", "leave:calendar", _("show who is away in a month"),
                      example="leave calendar 2026-12")  # fmt: skip
    month.add_argument("month", metavar="MONTH", nargs="?", default="")


def _add_setting_up(area: Area) -> None:
    area.verb("types", "leave_setup:list_types", _("list types of leave with their rules"))
    load = area.verb(
        "load", "leave_setup:load", _("take in types of leave, or new rules of them"),
        example="leave load indonesia\nleave load types.toml --since 2027-01-01",
    )  # fmt: skip
    load.add_argument("file", metavar="SET", help=_("indonesia, international, or a TOML file"))
    load.add_argument("--since", metavar="DAY", default="",
                      help=_("from when the rules hold; else since ever"))  # fmt: skip
    close = area.verb("close", "leave_setup:close", _("take a type of leave out of use"))
    close.add_argument("code", metavar="TYPE")
    close.add_argument("--back", action="store_true", help=_("into use again"))
    days = area.verb("days", "leave_setup:list_days", _("list holidays and own days off"))
    days.add_argument("year", metavar="YEAR", nargs="?", default="")
    _place(days)
    day = area.verb(
        "day", "leave_setup:put_day", _("add a day off, joint leave, or a working day"),
        example='leave day 2026-12-24 "Christmas Eve"\n'
                'leave day 2026-05-14 "Stocktake" --kind work --country ID',
    )  # fmt: skip
    day.add_argument("day", metavar="DAY")
    day.add_argument("name", metavar="NAME", nargs="?", default="")
    day.add_argument("--kind", metavar="KIND", default="company", help="company, joint, work")
    day.add_argument("--remove", action="store_true")
    _place(day)
    joint = area.verb("joint", "leave_setup:joint", _("take in the joint leave of a government"),
                      example="leave joint ID 2026")  # fmt: skip
    joint.add_argument("country", metavar="COUNTRY")
    joint.add_argument("year", metavar="YEAR")
    correct = area.verb(
        "correct", "leave_setup:correct", _("enter more or less for a balance"),
        example='leave correct EMP-0007 annual 1.5 --note "Worked on Christmas"\n'
                'leave correct EMP-0007 annual 4 --opening --on 2026-01-01 --note "Old system"',
    )  # fmt: skip
    correct.add_argument("who", metavar="PERSON")
    correct.add_argument("code", metavar="TYPE")
    correct.add_argument("amount", metavar="AMOUNT")
    correct.add_argument("--note", metavar="TEXT", required=True)
    correct.add_argument("--on", metavar="DAY", default="")
    correct.add_argument("--until", metavar="DAY", default="", help=_("can be used to that day"))
    correct.add_argument("--opening", action="store_true",
                         help=_("nothing before that day counts"))  # fmt: skip
    correct.dashes = True


def _add_attendance(area: Area) -> None:
    come = area.verb("in", "attendance:clock_in", _("begin to work, now"))
    come.add_argument("--note", metavar="TEXT", default="")
    leave = area.verb("out", "attendance:clock_out", _("end to work, now"))
    leave.add_argument("--breaks", metavar="MINUTES", default="0")
    listed = area.verb("list", "attendance:list_days", _("tell what days were"),
                       example="attendance list --person me --month 2026-05")  # fmt: skip
    _person(listed, "--person", default="")
    listed.add_argument("--month", metavar="MONTH", default="")
    enter = area.verb("enter", "attendance:enter", _("enter a stay by hand"),
                      example="attendance enter EMP-0007 2026-05-04 08:00 17:00")  # fmt: skip
    enter.add_argument("who", metavar="PERSON")
    enter.add_argument("day", metavar="DAY")
    enter.add_argument("begin", metavar="FROM")
    enter.add_argument("end", metavar="TO")
    enter.add_argument("--breaks", metavar="MINUTES", default="0")
    enter.add_argument("--note", metavar="TEXT", default="")
    remove = area.verb("remove", "attendance:remove", _("let a stay not count any more"))
    remove.add_argument("number", metavar="N", help=_("as `list --json` names it"))
    remove.add_argument("--reason", metavar="TEXT", required=True)
    hours = area.verb(
        "hours", "attendance:hours", _("set when each day of a week begins and ends"),
        example='attendance hours Office --zone Asia/Jakarta --grace 10 '
                '--week "08:00-12:00 13:00-17:00" --days mon-fri',
    )  # fmt: skip
    hours.add_argument("name", metavar="NAME", nargs="?", help=_("none lists them"))
    hours.add_argument("--zone", metavar="ZONE", default="")
    hours.add_argument("--grace", metavar="MINUTES", default="0")
    hours.add_argument("--week", metavar="HOURS", action="append", default=[])
    hours.add_argument("--days", metavar="DAYS", action="append", default=[],
                       help=_("mon-fri or sat, one for each --week"))  # fmt: skip


def _add_overtime(area: Area) -> None:
    ask = area.verb(
        "request", "overtime:request", _("ask for overtime"),
        example='overtime request 2026-05-12 2.5 --note "Year-end closing"',
    )  # fmt: skip
    ask.add_argument("day", metavar="DAY")
    ask.add_argument("hours", metavar="HOURS")
    ask.add_argument("--note", metavar="TEXT", required=True)
    _person(ask, "--for")
    _numbers(area.verb("approve", "overtime:approve", _("approve overtime")))
    reject = area.verb("reject", "overtime:reject", _("reject overtime"))
    _numbers(reject)
    reject.add_argument("--reason", metavar="TEXT", required=True)
    back = area.verb("withdraw", "overtime:withdraw", _("take back overtime"))
    _number(back)
    back.add_argument("--reason", metavar="TEXT", default="")
    listed = area.verb("list", "overtime:list_overtime", _("list overtime of a month"))
    _person(listed, "--person", default="")
    listed.add_argument("--month", metavar="MONTH", default="")
    listed.add_argument("--waiting", action="store_true", help=_("what you may decide"))
    hours = area.verb("hours", "overtime:hours", _("tell approved hours by the kind of day"),
                      example="overtime hours 2026-05 --json")  # fmt: skip
    hours.add_argument("month", metavar="MONTH")


def _days(parser: Parser, kind: str = "annual") -> None:
    parser.add_argument("first", metavar="FIRST", help=_("2026-05-31, fri, +3d …"))
    parser.add_argument("last", metavar="LAST", nargs="?", default="")
    parser.add_argument("--type", metavar="TYPE", default=kind)
    parser.add_argument("--from-noon", action="store_true", help=_("from the middle of FIRST"))
    parser.add_argument("--to-noon", action="store_true", help=_("to the middle of LAST"))
    parser.add_argument("--hours", metavar="N", default="", help=_("of a single day"))
    parser.add_argument("--note", metavar="TEXT", default=None if not kind else "")


def _person(parser: Parser, name: str, default: str = "me") -> None:
    parser.add_argument(name, metavar="PERSON", default=default, dest="person",
                        help=_("EMP-0007, a name, a mail address, or me"))  # fmt: skip


def _number(parser: Parser) -> None:
    parser.add_argument("number", metavar="NUMBER")


def _numbers(parser: Parser) -> None:
    parser.add_argument("numbers", metavar="NUMBER", nargs="+")


def _place(parser: Parser) -> None:
    parser.add_argument("--country", metavar="CODE", default="")
    parser.add_argument("--region", metavar="CODE", default="")
