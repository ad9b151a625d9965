"""What can be typed after `boconsole recruitment`."""

from typing import Any

from boconsole.doors import attachment_arguments
from boconsole.doors.arguments import Area, Parser
from boconsole.doors.licence_arguments import importing
from boconsole.language import _

OPENING = ("department", "manager", "place", "seats", "criteria", "note")
CANDIDATE = ("email", "phone", "source", "note")


def add(areas: Any) -> None:  # Any: argparse's own
    """Add the area."""
    area = Area(areas, "recruitment", _("openings, candidates, interviews and offers"))
    _add_openings(area.area("openings", _("what is to be filled")))
    candidates = area.area("candidates", _("who might work here"))
    _add_candidates(candidates)
    _add_steps(candidates)
    _add_talks(candidates)
    forget = area.verb(
        "forget-due", "recruitment:forget_due",
        _("forget candidates who were kept long enough and not hired"),
        example="recruitment forget-due --dry-run",
    )  # fmt: skip
    forget.add_argument("--dry-run", action="store_true", help=_("only say who that is"))
    keep = area.verb(
        "keep", "recruitment:keep", _("say for how many months candidates are kept"),
        example="recruitment keep\nrecruitment keep 6",
    )  # fmt: skip
    keep.add_argument("months", metavar="MONTHS", nargs="?", default="")
    attachment_arguments.add(area, "recruitment", "CAN-0003")


def _add_openings(area: Area) -> None:
    new = area.verb(
        "new", "recruitment:new_opening", _("add an opening"),
        example='recruitment openings new "Accountant" --department Finance --manager EMP-0007 '
                "--seats 2 --state open",
    )  # fmt: skip
    new.add_argument("title", metavar="TITLE")
    _texts(new, OPENING)
    new.add_argument("--state", metavar="WORD", default="draft", help=_("draft or open"))
    listed = area.verb("list", "recruitment:list_openings", _("list openings"),
                       example="recruitment openings list state:open sort:opened\n"
                               "recruitment openings list is:mine")  # fmt: skip
    _query(listed)
    _number(area.verb("show", "recruitment:show_opening", _("show an opening and its candidates")),
            "OPN-0001")  # fmt: skip
    edit = _number(area.verb("edit", "recruitment:edit_opening", _("change an opening"),
                             example="recruitment openings edit OPN-0001 --seats 3"),
                   "OPN-0001")  # fmt: skip
    _texts(edit, ("title", *OPENING))
    state = _number(area.verb("state", "recruitment:set_state", _("open, hold, fill or cancel one"),
                              example="recruitment openings state OPN-0001 on-hold"),
                    "OPN-0001")  # fmt: skip
    out = area.verb(
        "export", "recruitment:export_openings", _("write openings to a .csv or .json file"),
        example="recruitment openings export state:any openings.csv",
    )  # fmt: skip
    out.add_argument("words", metavar="[QUERY] FILE", nargs="+")
    state.add_argument("state", metavar="STATE", help=_("draft, open, on-hold, filled, cancelled"))


def _add_candidates(area: Area) -> None:
    new = area.verb(
        "new", "recruitment:new_candidate", _("add a candidate"),
        example='recruitment candidates new --name "Ayu Lestari" --email ayu@example.com '
                "--source website --opening OPN-0001 --resume cv.pdf",
    )  # fmt: skip
    new.add_argument("--name", metavar="TEXT", required=True)
    _texts(new, CANDIDATE)
    new.add_argument("--opening", metavar="NUMBER", default="", help=_("applies there"))
    new.add_argument("--resume", metavar="FILE", help=_("a file that is kept at the candidate"))
    listed = area.verb(
        "list", "recruitment:list_candidates", _("list candidates and how far they are"),
        example="recruitment candidates list opening:OPN-0001 stage:interview\n"
                "recruitment candidates list is:overdue",
    )  # fmt: skip
    _query(listed)
    show = _number(area.verb("show", "recruitment:show_candidate", _("show a candidate")),
                   "CAN-0003")  # fmt: skip
    show.add_argument(
        "--private",
        action="store_true",
        help=_("with private fields that you may see; the look is audited"),
    )
    changed = area.verb(
        "edit", "recruitment:edit_candidate", _("change a candidate"),
        example="recruitment candidates edit CAN-0003 --keep-until 2027-06-30",
    )  # fmt: skip
    edit = _number(changed, "CAN-0003")
    _texts(edit, ("name", *CANDIDATE))
    for parser in (new, edit):
        parser.add_argument("--consent", metavar="DAY", help=_("when the person agreed"))
        parser.add_argument("--keep-until", metavar="DAY", help=_("then it is to be forgotten"))
    files_in = area.verb(
        "import", "recruitment:import_candidates", _("take candidates in from a file by a map"),
        example="recruitment candidates import fair.csv --dry-run",
    )  # fmt: skip
    importing(files_in, usual="boconsole_candidates")
    out = area.verb(
        "export", "recruitment:export", _("write candidates to a .csv or .json file"),
        example="recruitment candidates export stage:rejected rejected.csv",
    )  # fmt: skip
    out.add_argument("words", metavar="[QUERY] FILE", nargs="+")
    _number(area.verb("forget", "recruitment:forget", _("forget a candidate for good")),
            "CAN-0003")  # fmt: skip


def _add_steps(area: Area) -> None:
    applies = _number(area.verb("apply", "recruitment:apply", _("let a candidate apply"),
                                example="recruitment candidates apply CAN-0003 OPN-0001"),
                      "CAN-0003")  # fmt: skip
    applies.add_argument("opening", metavar="OPENING", help="OPN-0001")
    move = area.verb(
        "move", "recruitment:move", _("move candidates to a stage"),
        example="recruitment candidates move CAN-0003 CAN-0004 interview\n"
                'recruitment candidates move CAN-0003 rejected --reason "No licence to drive"',
    )  # fmt: skip
    move.add_argument("numbers", metavar="NUMBER", nargs="+")
    move.add_argument(
        "stage", metavar="STAGE",
        help=_("applied, screened, interview, offer, rejected or withdrawn"),
    )  # fmt: skip
    for parser in (applies, move):
        parser.add_argument("--reason", metavar="TEXT", default="")
    move.add_argument("--opening", metavar="NUMBER", default="",
                      help=_("of candidates who applied for several"))  # fmt: skip
    area.verb("undo", "recruitment:undo", _("take back your last move"))


def _add_talks(area: Area) -> None:
    talk = _number(area.verb(
        "interview", "recruitment_talks:interview", _("plan an interview, move it or call it off"),
        example="recruitment candidates interview CAN-0003 --at '2026-06-02 10:00' --with budi\n"
                "recruitment candidates interview CAN-0003 --id 4 --cancel",
    ), "CAN-0003")  # fmt: skip
    talk.add_argument("--at", metavar="MOMENT")
    talk.add_argument("--with", metavar="LOGINS", dest="people", help=_("who holds it"))
    talk.add_argument("--minutes", metavar="N")
    talk.add_argument("--place", metavar="TEXT")
    talk.add_argument("--id", metavar="ID", default="", help=_("change this one"))
    talk.add_argument("--cancel", action="store_true", help=_("call it off"))
    score = _number(area.verb(
        "score", "recruitment_talks:score", _("give your score of an interview"),
        example="recruitment candidates score CAN-0003 Knowledge=4 Experience=3 Communication=5 "
                "Motivation=4 --recommend yes",
    ), "CAN-0003")  # fmt: skip
    score.add_argument("scores", metavar="CRITERION=1-5", nargs="+")
    score.add_argument("--recommend", metavar="WORD", required=True,
                       help=_("strong_yes, yes, no or strong_no"))  # fmt: skip
    score.add_argument("--note", metavar="TEXT", default="")
    score.add_argument("--id", metavar="ID", default="", help=_("of the interview; the last one"))
    offer = _number(area.verb(
        "offer", "recruitment_talks:offer", _("offer a place, or decide on an offer"),
        example="recruitment candidates offer CAN-0003 --salary '9000000 IDR' --start 2026-07-01 "
                "--expires 2026-06-20\n"
                "recruitment candidates offer CAN-0003 approve\n"
                "recruitment candidates offer CAN-0003 accept",
    ), "CAN-0003")  # fmt: skip
    offer.add_argument("verb_given", metavar="DECISION", nargs="?", default="make",
                       help=_("approve, accept, decline or withdraw"))  # fmt: skip
    for name, told in (
        ("salary", _("such as 8000000 IDR")), ("per", _("month, hour, day or year")),
        ("start", _("the first day")), ("expires", _("the last day to accept")),
        ("contract", "permanent, fixed, probation, internship, freelance"),
        ("until", _("the last day of the contract")),
    ):  # fmt: skip
        offer.add_argument(f"--{name}", metavar="TEXT", help=told)
    for parser in (talk, score, offer):
        parser.add_argument("--opening", metavar="NUMBER", default="",
                            help=_("of candidates who applied for several"))  # fmt: skip


def _query(parser: Parser) -> None:
    parser.dashes = True
    parser.add_argument(
        "query", nargs="*", metavar="QUERY", help=_("words and terms of the query language")
    )


def _number(parser: Parser, number: str) -> Parser:
    parser.add_argument("number", metavar="NUMBER", help=number)
    return parser


def _texts(parser: Parser, names: tuple[str, ...]) -> None:
    for name in names:
        parser.add_argument(f"--{name}", metavar="TEXT")
