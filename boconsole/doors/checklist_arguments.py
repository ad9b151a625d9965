"""What can be typed after `boconsole checklists`."""

from typing import Any

from boconsole.doors.arguments import Area, Parser
from boconsole.language import _


def add(areas: Any) -> None:  # Any: argparse's own
    """Add the area."""
    area = Area(areas, "checklists", _("what is to be done when people come and go"))
    listed = area.verb("list", "checklists:list_lists", _("list check lists that go on"),
                       example="checklists list\nchecklists list --all")  # fmt: skip
    listed.add_argument("--all", action="store_true", help=_("with those that are done"))
    _person(area.verb("show", "checklists:show", _("show the check lists of a person")))
    area.verb("mine", "checklists:mine", _("list the steps that are yours to do"))
    tick = _step(area.verb(
        "tick", "checklists:tick", _("do a step"),
        example="checklists tick 12\nchecklists tick 14 --tag AST-0031",
    ))  # fmt: skip
    tick.add_argument("--tag", metavar="TAG", default="", help=_("the asset that is handed out"))
    tick.add_argument("--note", metavar="TEXT", default="")
    _step(area.verb("untick", "checklists:untick", _("say that a step is not done after all")))
    area.verb("undo", "checklists:undo", _("take back your last tick"))
    start = _person(area.verb(
        "start", "checklists:start", _("begin a check list by hand"),
        example="checklists start EMP-0007 onboarding --on 2026-06-01",
    ))  # fmt: skip
    start.add_argument("--on", metavar="DAY", required=True, help=_("the first or last day"))
    cancel = _person(area.verb("cancel", "checklists:cancel", _("give a check list up")))
    for parser in (start, cancel):
        parser.add_argument("kind", metavar="KIND", help=_("onboarding or offboarding"))
    _add_templates(area)


def _add_templates(area: Area) -> None:
    area.verb("templates", "checklists:list_templates", _("list templates with their steps"))
    put = area.verb(
        "template", "checklists:put_template", _("add or change a template"),
        example='checklists template "Everybody" --kind onboarding '
                '--step "Mail account | wayan | -2 | access | IT" '
                '--step "Laptop | hr | 0 | asset | ThinkPad" --step "Sign the contract"\n'
                'checklists template "Everybody" --closed',
    )  # fmt: skip
    put.add_argument("name", metavar="NAME")
    put.add_argument("--kind", metavar="KIND", help=_("onboarding or offboarding"))
    put.add_argument("--department", metavar="NAME", help=_("for those alone; '' for everybody"))
    put.add_argument(
        "--step", metavar="LINE", action="append", default=[],
        help=_("title | owner | days | does | detail; again for each step"),
    )  # fmt: skip
    put.add_argument("--closed", action="store_true", help=_("use it no more"))


def _person(parser: Parser) -> Parser:
    parser.add_argument("number", metavar="NUMBER", help=_("EMP-0007 or its digits"))
    return parser


def _step(parser: Parser) -> Parser:
    parser.add_argument("step", metavar="ID", help=_("as show tells"))
    return parser
