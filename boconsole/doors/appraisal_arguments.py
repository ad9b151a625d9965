"""What can be typed after `boconsole appraisals`."""

from typing import Any

from boconsole.doors.arguments import Area, Parser
from boconsole.language import _

DUE = ("goals", "self", "review", "calibration")


def add(areas: Any) -> None:  # Any: argparse's own
    """Add the area."""
    area = Area(areas, "appraisals", _("appraisal cycles: goals, reviews, ratings"))
    _add_cycles(area)
    _add_people(area)
    _add_contents(area)
    _add_ratings(area)


def _add_cycles(area: Area) -> None:
    area.verb("cycles", "appraisals:cycles", _("list cycles"))
    new = area.verb(
        "new", "appraisals:new", _("make a cycle with the people that it names"),
        example='appraisals new "Year 2026" --from 2026-01-01 --to 2026-12-31\n'
                'appraisals new "Sales 2026" --from 2026-01-01 --to 2026-06-30 '
                '--department Sales --self-due 2026-07-10\n'
                'appraisals new "Juniors" --from 2026-01-01 --to 2026-12-31 --query "since:>2025" '
                '--question "Results: are they right?" --scale "1=below; 2=meets; 3=exceeds"',
    )  # fmt: skip
    new.add_argument("name", metavar="NAME")
    _cycle_fields(new)
    edit = _cycle(
        area.verb("edit", "appraisals:edit", _("change a cycle"),
                  example="appraisals edit CYC-0001 --review-due 2027-01-31")
    )  # fmt: skip
    edit.add_argument("--name", metavar="NAME")
    _cycle_fields(edit)
    go_on = _cycle(area.verb("advance", "appraisals:advance", _("move a cycle to its next phase"),
                             example="appraisals advance CYC-0001"))  # fmt: skip
    go_on.add_argument("--reason", metavar="TEXT", default="",
                       help=_("why it goes on without those who are not ready"))  # fmt: skip
    back = _cycle(area.verb("back", "appraisals:back", _("move a cycle back by a phase")))
    close = _cycle(area.verb("close", "appraisals:close", _("close a cycle in calibration"),
                             example="appraisals close CYC-0001"))  # fmt: skip
    close.add_argument("--reason", metavar="TEXT", default="",
                       help=_("why it closes although some did not acknowledge"))  # fmt: skip
    again = _cycle(area.verb("reopen", "appraisals:reopen", _("open a closed cycle again")))
    for parser in (back, again):
        parser.add_argument("--reason", metavar="TEXT", required=True)


def _add_people(area: Area) -> None:
    listed = area.verb("list", "appraisals:list_people", _("list the people of a cycle"),
                       example="appraisals list CYC-0001 --json")  # fmt: skip
    listed.add_argument("cycle", metavar="CYCLE", nargs="?", default="",
                        help=_("CYC-0001 or its name; the newest one by default"))  # fmt: skip
    show = _one(
        area.verb("show", "appraisals:show", _("show an appraisal"),
                  example="appraisals show me\nappraisals show APR-0001 --json")
    )  # fmt: skip
    del show
    add_one = _cycle(area.verb("add", "appraisals:add", _("take people into a cycle"),
                               example="appraisals add CYC-0001 EMP-0007"))  # fmt: skip
    add_one.add_argument("people", metavar="PERSON", nargs="*",
                         help=_("none takes in who is named and not there yet"))  # fmt: skip
    out = _one(area.verb("leave-out", "appraisals:leave_out", _("take somebody out of a cycle")))
    out.add_argument("--reason", metavar="TEXT", required=True)
    give = _one(area.verb("give", "appraisals:give", _("let somebody else write the review"),
                          example="appraisals give APR-0001 EMP-0004"))  # fmt: skip
    give.add_argument("manager", metavar="PERSON")


def _add_contents(area: Area) -> None:
    goal = _one(area.verb(
        "goal", "appraisals:goal", _("set, change or remove a goal"),
        example='appraisals goal me --title "Close books by day 5" --weight 40 '
                '--measure "working days"\n'
                'appraisals goal APR-0001 --id 3 --result "day 6" --reached 80',
    ))  # fmt: skip
    goal.add_argument("--id", metavar="ID", default="", help=_("which one; none adds one"))
    for name in ("title", "measure", "weight", "result", "reached"):
        goal.add_argument(f"--{name}", metavar="TEXT")
    goal.add_argument("--remove", action="store_true")
    review = _one(area.verb(
        "review", "appraisals:review", _("write the self review, or that of a manager"),
        example='appraisals review me --score "Results=3" --note "Results=All in time" --submit\n'
                'appraisals review APR-0001 --score "Results=4" --rating 4 --submit',
    ))  # fmt: skip
    review.add_argument("--score", metavar="QUESTION=N", action="append", default=[])
    review.add_argument("--note", metavar="QUESTION=TEXT", action="append", default=[])
    review.add_argument("--text", metavar="TEXT", help=_("on the whole"))
    review.add_argument("--rating", metavar="N", help=_("of the scale, by a manager"))
    review.add_argument("--submit", action="store_true", help=_("it is done"))
    back = _one(area.verb("send-back", "appraisals:send_back", _("let a review be written again")))
    back.add_argument("side", metavar="SIDE", help="self, review")
    back.add_argument("--reason", metavar="TEXT", required=True)


def _add_ratings(area: Area) -> None:
    rate = _one(area.verb(
        "rate", "appraisals:rate", _("move a rating in calibration"),
        example='appraisals rate APR-0001 3 --reason "As others with the same results"',
    ))  # fmt: skip
    rate.add_argument("rating", metavar="N")
    rate.add_argument("--reason", metavar="TEXT", required=True)
    release = area.verb("release", "appraisals:release", _("let people read their reviews"),
                        example="appraisals release CYC-0001\n"
                                "appraisals release CYC-0001 APR-0004")  # fmt: skip
    _cycle(release)
    release.add_argument("people", metavar="PERSON", nargs="*",
                         help=_("none releases all that are not released yet"))  # fmt: skip
    read = _one(area.verb("acknowledge", "appraisals:acknowledge", _("say that one has read it")))
    read.add_argument("--reply", metavar="TEXT", default="")
    propose = _one(area.verb(
        "propose", "appraisals:propose", _("propose a raise in percent or a bonus"),
        example='appraisals propose APR-0001 raise 5 --from 2027-01-01\n'
                'appraisals propose APR-0001 bonus "2000000 IDR" --from 2026-12-25',
    ))  # fmt: skip
    propose.add_argument("kind", metavar="KIND", help="raise, bonus")
    propose.add_argument("amount", metavar="AMOUNT")
    propose.add_argument("--from", metavar="DAY", dest="start", required=True)
    propose.add_argument("--note", metavar="TEXT", default="")
    decide = _one(area.verb("decide", "appraisals:decide", _("apply or decline a proposal"),
                            example="appraisals decide APR-0001 apply"))  # fmt: skip
    decide.add_argument("verdict", metavar="apply|decline", choices=("apply", "decline"))
    decide.add_argument("--reason", metavar="TEXT", default="")
    area.verb("undo", "appraisals:undo",
              _("take back your last release, rating, submission or hand-over"))  # fmt: skip


def _cycle_fields(parser: Parser) -> None:
    parser.add_argument("--from", metavar="DAY", dest="starts_on")
    parser.add_argument("--to", metavar="DAY", dest="ends_on")
    parser.add_argument("--everybody", action="store_true", help=_("takes part, by default"))
    parser.add_argument("--department", metavar="NAME", help=_("with those below it"))
    parser.add_argument("--query", metavar="QUERY", help=_("of the list of staff"))
    for phase in DUE:
        parser.add_argument(f"--{phase}-due", metavar="DAY", dest=f"{phase}_on",
                            help=_("the last day of the phase"))  # fmt: skip
    parser.add_argument("--scale", metavar="TEXT", help="1=below; 2=meets; 3=exceeds")
    parser.add_argument("--question", metavar="TEXT", action="append", default=[],
                        help=_("a title, and after a colon what is meant"))  # fmt: skip


def _cycle(parser: Parser) -> Parser:
    parser.add_argument("cycle", metavar="CYCLE", help=_("CYC-0001 or its name"))
    return parser


def _one(parser: Parser) -> Parser:
    parser.add_argument("number", metavar="NUMBER",
                        help=_("APR-0001, or a person for the newest one, or me"))  # fmt: skip
    return parser
