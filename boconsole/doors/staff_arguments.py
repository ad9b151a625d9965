"""What can be typed after `boconsole staff`."""

from typing import Any

from boconsole.doors import attachment_arguments
from boconsole.doors.arguments import Area, Parser
from boconsole.doors.licence_arguments import importing
from boconsole.language import _

OWN = ("name", "sort-as", "email", "phone", "language", "user", "contact")
WORK = ("title", "department", "manager", "place", "grade")


def add(areas: Any) -> None:  # Any: argparse's own
    """Add the area."""
    area = Area(areas, "staff", _("people who work here, and their dated facts"))
    _add_people(area)
    _add_reads(area)
    _add_facts(area)
    _add_departments(area)
    _add_files(area)


def _add_people(area: Area) -> None:
    new = area.verb(
        "new", "staff:new", _("add a person without an employment"),
        example='staff new --name "Ann Lee" --email ann@example.com --user ann',
    )  # fmt: skip
    _texts(new, OWN, needed="name")
    edit = _number(area.verb("edit", "staff:edit", _("change name, mail, account of a person"),
                             example="staff edit EMP-0007 --phone 021-555-0100"))  # fmt: skip
    _texts(edit, OWN)
    hire = area.verb(
        "hire", "hiring:hire", _("employ a new person, or one who is known"),
        example='staff hire --name "Ann Lee" --from 2026-06-01 --title Clerk --department Finance '
                '--contract fixed --until 2027-05-31 --salary "8000000 IDR"\n'
                "staff hire EMP-0007 --from 2026-06-01 --title Clerk\n"
                "staff hire CAN-0003 --email ann@example.com\n"
                "staff hire CAN-0004 --as EMP-0007",
    )  # fmt: skip
    hire.add_argument("number", metavar="NUMBER", nargs="?", default="",
                      help=_("of a person, or of a candidate who accepted an offer"))  # fmt: skip
    hire.add_argument("--from", metavar="DAY", dest="start",
                      help=_("the first day; of candidates that of the offer"))  # fmt: skip
    hire.add_argument("--opening", metavar="NUMBER", default="",
                      help=_("of candidates who applied for several"))  # fmt: skip
    hire.add_argument("--as", metavar="NUMBER", dest="known", default="",
                      help=_("the record of a candidate who is known here, or new"))  # fmt: skip
    _texts(hire, (*OWN, *WORK))
    hire.add_argument("--contract", metavar="K",
                      help="permanent, fixed, probation, internship, freelance")  # fmt: skip
    hire.add_argument("--until", metavar="DAY", help=_("the last day of the contract"))
    hire.add_argument("--salary", metavar="AMOUNT", help=_("such as 8000000 IDR"))
    _texts(hire, ("per", "country", "region", "week", "group", "rules", "tax-status", "account"))
    leave = _number(area.verb("leave", "hiring:leave", _("end the employment of a person"),
                              example="staff leave EMP-0007 --on 2026-08-31"))  # fmt: skip
    leave.add_argument("--on", metavar="DAY", required=True, help=_("the last day"))
    leave.add_argument("--reason", metavar="TEXT", default="", help=_("for those who see notes"))
    leave.add_argument("--why", metavar="TEXT", default="", help=_("why an earlier end is moved"))


def _add_reads(area: Area) -> None:
    listed = area.verb(
        "list", "staff:list_staff", _("list people as they stand today or on a day"),
        example="staff list\nstaff list department:Finance is:ending\n"
                "staff list state:any --at 2025-12-31\nstaff list \"salary:>5000000\" sort:-salary",
    )  # fmt: skip
    listed.add_argument("query", metavar="QUERY", nargs="*")
    listed.add_argument("--at", metavar="DAY", default="")
    show = area.verb(
        "show", "staff:show", _("show a person as of today or a day"),
        example="staff show EMP-0007\nstaff show me\nstaff show EMP-0007 --at 2025-12-31 --json\n"
                "staff show EMP-0007 --private",
    )  # fmt: skip
    show.add_argument("number", metavar="NUMBER",
                      help=_("EMP-0007, me, a name or a mail address"))  # fmt: skip
    show.add_argument("--at", metavar="DAY", default="")
    _private(show)
    area.verb("mine", "staff:mine", _("show all that is kept about yourself"))
    tree = area.verb("tree", "staff:show_tree", _("who reports to whom"))
    tree.add_argument("--at", metavar="DAY", default="")
    area.verb("check", "staff:check", _("prove that records are as they were written down"))
    _number(area.verb("history", "staff:history", _("what happened to a record")))


def _add_facts(area: Area) -> None:
    enter = _number(area.verb(
        "enter", "staff:enter", _("enter a fact from a day on"),
        example="staff enter EMP-0007 salary amount=\"9000000 IDR\" --from 2026-07-01\n"
                'staff enter EMP-0007 position title="Head of Finance" --from 2026-07-01\n'
                "staff enter EMP-0007 identity name=npwp country=ID value=013000666091000",
    ))  # fmt: skip
    correct = _number(area.verb(
        "correct", "staff:correct", _("put another fact in the place of one"),
        example='staff correct EMP-0007 salary 12 amount="8500000 IDR" --reason "typed wrongly"',
    ))  # fmt: skip
    withdraw = _number(area.verb("withdraw", "staff:withdraw", _("take a fact back")))
    for parser in (enter, correct, withdraw):
        parser.add_argument(
            "kind", metavar="KIND", help=_("position, salary, contract, dependant, identity …")
        )
    for parser in (correct, withdraw):
        parser.add_argument("id", metavar="ID", help=_("as show --json tells"))
    for parser in (enter, correct):
        parser.add_argument("fields", metavar="FIELD=VALUE", nargs="*")
        parser.add_argument("--from", metavar="DAY", dest="start", default="")
        parser.add_argument("--until", metavar="DAY", default="")
    for parser in (enter, correct, withdraw):
        parser.add_argument("--reason", metavar="TEXT", default="")
    renew = _number(area.verb("renew", "staff:renew", _("follow a contract by another one"),
                              example="staff renew EMP-0007 --until 2027-12-31\n"
                                      "staff renew EMP-0007 --kind permanent"))  # fmt: skip
    renew.add_argument("--kind", metavar="K")
    renew.add_argument("--until", metavar="DAY", default="")
    area.verb("undo", "staff:undo", _("take back your last change of a person"))


def _add_departments(area: Area) -> None:
    area.verb("departments", "staff:list_departments", _("list departments"))
    put = area.verb(
        "department", "staff:put_department", _("add or change a department"),
        example="staff department Finance --parent Company --cost-centre fin --head EMP-0007",
    )  # fmt: skip
    put.add_argument("name", metavar="NAME")
    _texts(put, ("parent", "head", "cost-centre", "closed-on", "rename"))


def _add_files(area: Area) -> None:
    files_in = area.verb(
        "import", "staff:import_staff", _("take people in from a file by a map"),
        example="staff import people.csv --map boconsole_staff --dry-run",
    )  # fmt: skip
    importing(files_in)
    out = area.verb(
        "export", "staff:export", _("write people to a .csv or .json file"),
        example="staff export people.csv\nstaff export department:Finance finance.json --private",
    )  # fmt: skip
    out.add_argument("words", metavar="[QUERY] FILE", nargs="+")
    _private(out)
    out.add_argument("--at", metavar="DAY", default="")
    attachment_arguments.add(area, "staff", "EMP-0007")


def _private(parser: Parser) -> None:
    parser.add_argument(
        "--private", action="store_true",
        help=_("with private fields that you may see; the look is audited"),
    )  # fmt: skip


def _number(parser: Parser) -> Parser:
    parser.add_argument("number", metavar="NUMBER", help=_("EMP-0007 or its digits"))
    return parser


def _texts(parser: Parser, names: tuple[str, ...], needed: str = "") -> None:
    for name in names:
        parser.add_argument(f"--{name}", metavar="TEXT", required=name == needed)
