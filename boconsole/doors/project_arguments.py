"""What can be typed after `boconsole projects`, `tasks` and `time`."""

from typing import Any

from boconsole.doors.arguments import Area
from boconsole.language import _


def add(areas: Any) -> None:  # Any: argparse's own
    """Add the areas of projects, their tasks and the time spent on them."""
    projects = Area(areas, "projects", _("projects, their schedule, cost and state"))
    _add_figures(projects)


def _add_figures(area: Area) -> None:
    earned = area.verb(
        "earned-value", "project_figures:earned_value",
        _("tell the earned value of a budget by the formulas of PMI"),
        example="projects earned-value --bac 10000 --planned 40% --complete 30% --actual 6000\n"
                "projects earned-value --bac 80000 --planned 40% --complete 30% --actual 25000"
                " --rest 75000",
    )  # fmt: skip
    for name, metavar, told in (
        ("bac", "AMOUNT", _("budget at completion")),
        ("planned", "PERCENT", _("what was to be done by now")),
        ("complete", "PERCENT", _("what is done")),
        ("actual", "AMOUNT", _("what it cost until now")),
    ):
        earned.add_argument(f"--{name}", metavar=metavar, required=True, help=told)
    earned.add_argument(
        "--method", metavar="WORD",
        help=_("how the end is estimated: typical, atypical, both, estimate"),
    )  # fmt: skip
    earned.add_argument("--rest", metavar="AMOUNT", help=_("what the rest will cost"))
