"""What can be typed after `boconsole training`."""

from typing import Any

from boconsole.doors.arguments import Area, Parser
from boconsole.language import _

FIELDS = ("provider", "hours", "certificate", "months", "skill", "level", "note")


def add(areas: Any) -> None:  # Any: argparse's own
    """Add the area."""
    area = Area(areas, "training", _("courses, sessions, who needs what, skills"))
    _add_courses(area)
    _add_sessions(area)
    _add_people(area)
    _add_reads(area)


def _add_courses(area: Area) -> None:
    new = area.verb(
        "new", "training:new", _("add a course"),
        example='training new "First aid" --provider PMI --hours 8 --certificate "First aid" '
                "--months 24\n"
                'training new "Python basics" --hours 24 --skill Python --level 2',
    )  # fmt: skip
    new.add_argument("name", metavar="NAME")
    edit = _course(area.verb("edit", "training:edit", _("change a course"),
                             example="training edit CRS-0001 --months 36"))  # fmt: skip
    edit.add_argument("--name", metavar="TEXT")
    edit.add_argument("--closed", metavar="yes|no", help=_("not offered any more"))
    for parser in (new, edit):
        for name in FIELDS:
            parser.add_argument(f"--{name}", metavar="TEXT")
    need = _course(area.verb(
        "need", "training:need", _("say who needs a course"),
        example='training need "First aid" --department Warehouse\n'
                'training need "First aid" --title "Head of Warehouse"\n'
                'training need "First aid" --drop 2',
    ))  # fmt: skip
    need.add_argument("--department", metavar="NAME", default="", help=_("with those below it"))
    need.add_argument("--title", metavar="TEXT", default="", help=_("of the position"))
    need.add_argument("--drop", metavar="ID", default="", help=_("they need it no more"))


def _add_sessions(area: Area) -> None:
    plan = _course(area.verb(
        "plan", "training:plan", _("plan a session of a course"),
        example='training plan "First aid" --from 2026-06-01 --to 2026-06-02 --seats 12',
    ))  # fmt: skip
    change = _session(area.verb("change", "training:change", _("change a planned session")))
    for parser in (plan, change):
        parser.add_argument("--from", metavar="DAY", dest="starts_on")
        parser.add_argument("--to", metavar="DAY", dest="ends_on")
        for name in ("place", "trainer", "seats"):
            parser.add_argument(f"--{name}", metavar="TEXT")
    _session(area.verb("hold", "training:hold", _("say that a session was held")))
    cancel = _session(area.verb("cancel", "training:cancel", _("say that it is not held")))
    cancel.add_argument("--reason", metavar="TEXT", required=True)


def _add_people(area: Area) -> None:
    enrol = _session(area.verb("enrol", "training:enrol", _("enrol people in a session"),
                               example="training enrol TRN-0001 EMP-0007 EMP-0008"))  # fmt: skip
    out = _session(area.verb("out", "training:take_out", _("take people out of a session")))
    record = _session(area.verb(
        "record", "training:record", _("record how it ended for people"),
        example='training record TRN-0001 passed EMP-0007 --result "92 of 100"\n'
                "training record TRN-0001 absent EMP-0008",
    ))  # fmt: skip
    record.add_argument("state", metavar="RESULT", help="passed, failed, absent")
    record.add_argument("--result", metavar="TEXT", default="")
    back = _session(area.verb("back", "training:take_back",
                              _("take a result back, with what it gave")))  # fmt: skip
    back.add_argument("--reason", metavar="TEXT", required=True)
    for parser in (enrol, out, record, back):
        parser.add_argument("people", metavar="PERSON", nargs="+")


def _add_reads(area: Area) -> None:
    area.verb("courses", "training:list_courses", _("list courses"))
    listed = area.verb(
        "sessions", "training:list_sessions", _("list sessions"),
        example='training sessions\ntraining sessions "First aid" --json',
    )  # fmt: skip
    listed.add_argument("course", metavar="COURSE", nargs="?", default="")
    _session(area.verb("show", "training:show", _("show a session with its people")))
    lacking = area.verb("lacking", "training:lacking", _("list who needs a course and lacks it"),
                        example="training lacking\ntraining lacking --person me")  # fmt: skip
    lacking.add_argument("--course", metavar="COURSE", default="")
    lacking.add_argument("--person", metavar="PERSON", default="")
    skills = area.verb(
        "skills", "training:skills", _("show who knows what, as a table"),
        example='training skills\ntraining skills "department:TI skill:python>=2" --json',
    )  # fmt: skip
    skills.add_argument("query", metavar="QUERY", nargs="*")


def _course(parser: Parser) -> Parser:
    parser.add_argument("course", metavar="COURSE", help=_("CRS-0001 or its name"))
    return parser


def _session(parser: Parser) -> Parser:
    parser.add_argument("session", metavar="SESSION", help="TRN-0001")
    return parser
