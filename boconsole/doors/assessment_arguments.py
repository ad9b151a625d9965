"""What can be typed about assessments."""

from typing import Any

from boconsole.doors.arguments import Area
from boconsole.language import _


def add(areas: Any) -> None:  # Any: argparse's own
    """Add the area."""
    area = Area(areas, "assessments", _("questionnaires with scored answers, kept over time"))
    _add_questionnaires(area)
    _add_answers(area)
    found = area.verb(
        "list", "assessments:list_assessments", _("list assessments, the last first"),
        example="assessments list\nassessments list state:submitted score<70",
    )  # fmt: skip
    found.add_argument("query", metavar="QUERY", nargs="*")
    found.dashes = True
    shown = area.verb("show", "assessments:show", _("show one: score, sections, answers"))
    shown.add_argument("number", metavar="NUMBER")
    trend = area.verb("trend", "assessments:trend", _("show how its subject developed"))
    trend.add_argument("number", metavar="NUMBER")
    both = area.verb("compare", "assessments:compare", _("show two beside each other"))
    both.add_argument("number", metavar="BEFORE")
    both.add_argument("other", metavar="AFTER")
    export = area.verb("export", "assessments:export", _("write assessments to a CSV or JSON file"),
                       example="assessments export state:submitted all.csv")  # fmt: skip
    export.add_argument("words", metavar="QUERY … FILE", nargs="+")
    export.dashes = True


def _add_questionnaires(area: Area) -> None:
    area.verb("questionnaires", "assessments:list_questionnaires", _("list the questionnaires"))
    load = area.verb("load", "assessments:load",
                     _("keep a questionnaire from a TOML file, or those that are ready"),
                     example="assessments load\nassessments load ours.toml")  # fmt: skip
    load.add_argument("file", metavar="FILE", nargs="?", default="")
    asks = area.verb("questions", "assessments:questions", _("show what a questionnaire asks"),
                     example="assessments questions supplier --toml")  # fmt: skip
    asks.add_argument("name", metavar="QUESTIONNAIRE")
    asks.add_argument("--toml", action="store_true", help=_("as a file to edit and load again"))


def _add_answers(area: Area) -> None:
    new = area.verb(
        "new", "assessments:new", _("begin an assessment"),
        example='assessments new supplier ORG-3\nassessments new internal-control "Petty cash"',
    )  # fmt: skip
    new.add_argument("questionnaire", metavar="QUESTIONNAIRE")
    about = _("ORG-3, CON-4, AST-0001, PRJ-2, department:Finance, or a text")
    new.add_argument("subject", metavar="SUBJECT", help=about)
    new.add_argument("--date", metavar="DAY", help=_("of the assessment (today)"))
    given = area.verb("answer", "assessments:answer", _("keep answers in a draft"),
                      example="assessments answer ASM-1 on-time=yes as-ordered=mostly")  # fmt: skip
    given.add_argument("number", metavar="NUMBER")
    given.add_argument("answers", metavar="QUESTION=ANSWER", nargs="*")
    given.add_argument("--note", metavar="TEXT")
    done = area.verb("submit", "assessments:submit", _("submit a draft; it never changes again"))
    done.add_argument("number", metavar="NUMBER")
    area.verb("undo", "assessments:undo", _("take back your last change of a draft"))
    away = area.verb("discard", "assessments:discard", _("throw a draft away"))
    away.add_argument("number", metavar="NUMBER")
