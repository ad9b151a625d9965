"""What can be typed after `boconsole projects`, `tasks` and `time`."""

from typing import Any

from boconsole.doors.arguments import Area, Parser
from boconsole.language import _


def add(areas: Any) -> None:  # Any: argparse's own
    """Add the areas of projects, their tasks and the time spent on them."""
    projects = Area(areas, "projects", _("projects, their schedule, cost and state"))
    _add_projects(projects)
    _add_state(projects)
    _add_parts(projects)
    _add_figures(projects)
    _add_files(projects, "projects", _("take projects in from a file by a map, all or none"),
               _("write projects to a .csv or .json file"))  # fmt: skip
    tasks = Area(areas, "tasks", _("tasks of projects, and what they wait for"))
    _add_tasks(tasks)
    _add_files(tasks, "tasks", _("take tasks in from a file by a map, all or none"),
               _("write tasks to a .csv or .json file"))  # fmt: skip
    _add_time(Area(areas, "time", _("time that was spent on tasks and tickets")))


def _add_files(area: Area, kind: str, taken: str, written: str) -> None:
    """Add what brings records in from files and out into them."""
    of_tasks = kind == "tasks"
    more = "\ntasks import plan.csv --map plan.toml --project PRJ-0001" if of_tasks else ""
    into = area.verb("import", f"project_files:import_{kind}", taken,
                     example=f"{kind} import {kind}.csv --dry-run{more}")  # fmt: skip
    into.add_argument("file", metavar="FILE")
    into.add_argument("--map", metavar="MAP",
                      help=_("a TOML file, or the name of a map that comes along"))  # fmt: skip
    into.add_argument("--dry-run", action="store_true", help=_("check and write nothing"))
    out = area.verb(
        "export", f"project_files:export_{kind}", written,
        example="tasks export owner:me mine.csv\ntasks export --project PRJ-0001 plan.csv"
        if of_tasks else "projects export any projects.csv",
    )  # fmt: skip
    out.dashes = True
    out.add_argument("words", nargs="+", metavar="[QUERY] FILE",
                     help=_("a query, then the file"))  # fmt: skip
    if of_tasks:
        into.add_argument("--project", metavar="NUMBER", help=_("where all of them go"))
        out.add_argument("--project", metavar="NUMBER", help=_("all tasks of a project"))


def _project(parser: Parser) -> Parser:
    parser.add_argument("number", metavar="NUMBER", help=_("PRJ-0001 or 1"))
    return parser


def _task(parser: Parser) -> Parser:
    parser.add_argument("number", metavar="NUMBER", help=_("TSK-3 or 3"))
    return parser


def _query(parser: Parser, after: str) -> None:
    parser.dashes = True
    parser.add_argument(
        "query", nargs="*", metavar="QUERY", help=_("words and terms of the query language")
    )
    parser.add_argument("--limit", metavar="N")
    parser.add_argument("--after", metavar="CURSOR", default="", dest=after,
                        help=_("go on from there"))  # fmt: skip


def _options(parser: Parser, *options: tuple[str, str, str]) -> None:
    for name, metavar, told in options:
        parser.add_argument(f"--{name}", metavar=metavar, help=told or None)


def _add_projects(area: Area) -> None:
    new = area.verb(
        "new", "projects:new", _("begin a project"),
        example='projects new "New warehouse" --start 2026-05-04 --due 2026-09-30'
                ' --budget "120000 USD"',
    )  # fmt: skip
    new.add_argument("title", metavar="NAME", nargs="?", default="")
    _facts(new)
    new.add_argument("--state", metavar="WORD", default="planned",
                     help=_("planned, active or on-hold"))  # fmt: skip
    listed = area.verb("list", "projects:list_projects", _("list projects"),
                       example="projects list owner:me sort:due\nprojects list is:red")  # fmt: skip
    _query(listed, "after")
    _project(area.verb("show", "projects:show", _("show a project with its tasks and figures")))
    edit = _project(area.verb("edit", "projects:edit", _("change a project"),
                              example="projects edit PRJ-0001 --state active"))  # fmt: skip
    _facts(edit)
    edit.add_argument("--state", metavar="WORD",
                      help=_("planned, active, on-hold, done or cancelled"))  # fmt: skip
    _if_version(edit)
    area.verb("undo", "projects:undo", _("take back your last change of tasks or a project"))


def _facts(parser: Parser) -> None:
    _options(
        parser, ("name", "TEXT", ""), ("goal", "TEXT", _("what is to be reached")),
        ("owner", "LOGIN", _("who leads it")), ("sponsor", "NAME", _("who answers for it")),
        ("organisation", "NAME", _("for whom")), ("start", "DAY", _("working days begin there")),
        ("due", "DAY", _("when it is to be done")),
        ("budget", "AMOUNT", _("with a currency, such as 48000 USD")),
        ("tag", "TAG", _("of the ledger's entries that are its cost, such as project: apollo")),
        ("holidays", "DAYS", _("days on which nobody works, with blanks between them")),
    )  # fmt: skip


def _if_version(parser: Parser) -> None:
    parser.add_argument(
        "--if-version", metavar="N", help=_("refuse when somebody changed it since version N")
    )


def _add_state(area: Area) -> None:
    status = _project(area.verb(
        "status", "projects:status", _("report how a project stands, or list the reports"),
        example='projects status PRJ-0001 --rag amber --reason "The steel comes late."',
    ))  # fmt: skip
    _options(
        status, ("rag", "WORD", _("green, amber or red")), ("reason", "TEXT", _("why")),
        ("achieved", "TEXT", _("what was done")), ("planned", "TEXT", _("what comes next")),
    )  # fmt: skip
    told = _("tell when each task can be done, its slack, and what is critical")
    _project(area.verb("schedule", "projects:schedule", told))
    follow = _project(area.verb(
        "follow", "projects:follow", _("let dates follow what tasks wait for, in one step"),
        example="projects follow PRJ-0001 --dry-run",
    ))  # fmt: skip
    follow.add_argument("--pull", action="store_true", help=_("earlier too, where work can be"))
    follow.add_argument("--dry-run", action="store_true", help=_("only show what would move"))
    told = _("tell money, earned value and the end of a project")
    forecast = _project(area.verb("forecast", "projects:forecast", told))
    forecast.add_argument("--method", metavar="WORD",
                          help=_("how the end is estimated: typical, atypical, both"))  # fmt: skip

    weeks = area.verb("load", "project_figures:load",
                      _("tell who has how much to do in which week"))  # fmt: skip
    weeks.add_argument("--weeks", metavar="N", help=_("how many (8)"))


def _add_parts(area: Area) -> None:
    risk = _project(area.verb(
        "risk", "project_parts:risk", _("list risks and issues, add one, or change one"),
        example='projects risk PRJ-0001 --title "Steel comes late" --probability 4 --impact 3',
    ))  # fmt: skip
    _options(
        risk, ("id", "N", _("of the one to change")), ("title", "TEXT", ""),
        ("probability", "1-5", ""), ("impact", "1-5", ""),
        ("response", "WORD", _("avoid, reduce, transfer or accept")),
        ("plan", "TEXT", _("what is done about it")), ("owner", "LOGIN", ""), ("due", "DAY", ""),
        ("state", "WORD", _("open or closed")),
    )  # fmt: skip
    risk.add_argument("--issue", action="store_true", help=_("it has happened"))
    person = _project(area.verb(
        "people", "project_parts:person", _("list who has a part in it, add or remove somebody"),
        example="projects people PRJ-0001 --who ann --role developer --hours 20",
    ))  # fmt: skip
    _options(
        person, ("who", "NAME", _("a login, a mail address, or a name")), ("role", "TEXT", ""),
        ("hours", "N", _("for it in a week")), ("influence", "1-5", ""), ("interest", "1-5", ""),
        ("note", "TEXT", ""), ("id", "N", _("of the one to change")),
        ("remove", "N", _("of the one to take out")),
    )  # fmt: skip
    goal = _project(area.verb(
        "goals", "project_parts:goal", _("list objectives and key results, add or measure them"),
        example='projects goals PRJ-0001 --objective "Ship faster"\n'
                'projects goals PRJ-0001 --objective 1 --result "Hours to ship" --start 48'
                " --target 24\nprojects goals PRJ-0001 --measure 1 --current 36",
    ))  # fmt: skip
    _options(
        goal, ("objective", "TEXT", _("a new one; with --result, the id of one that is there")),
        ("due", "DAY", ""), ("result", "TEXT", _("a key result")), ("start", "N", ""),
        ("target", "N", ""), ("unit", "TEXT", ""), ("measure", "N", _("the id of a key result")),
        ("current", "N", _("where it is now")),
    )  # fmt: skip
    decision = _project(area.verb("decisions", "project_parts:decision",
                                  _("list decisions, or keep one")))  # fmt: skip
    _options(decision, ("title", "TEXT", ""), ("reason", "TEXT", ""), ("by", "NAME", ""),
             ("day", "DAY", ""))  # fmt: skip
    told = _("keep dates, work and cost as they are planned now")
    baseline = _project(area.verb("baseline", "project_parts:baseline", told))
    _options(baseline, ("name", "TEXT", ""))
    _project(area.verb("compare", "project_parts:compare",
                       _("tell what became of the plan since its last baseline")))  # fmt: skip


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
    told = _("how the end is estimated: typical, atypical, both, estimate")
    _options(
        earned, ("method", "WORD", told),
        ("rest", "AMOUNT", _("what the rest will cost")),
    )  # fmt: skip


def _add_tasks(area: Area) -> None:
    new = area.verb(
        "new", "tasks:new", _("add a task to a project"),
        example='tasks new --project PRJ-0001 "Order steel" --estimate 4h --due 2026-06-01\n'
                'tasks new --project 1 Opened --milestone --after "TSK-3, TSK-4 FF+2"',
    )  # fmt: skip
    new.add_argument("text", metavar="TITLE", nargs="?", default="")
    new.add_argument("--project", metavar="NUMBER", required=True)
    _options(new, ("parent", "TSK", _("the task that holds it")),
             ("after", "TASKS", _("what it waits for: TSK-3, TSK-4 SS+2")))  # fmt: skip
    new.add_argument("--milestone", action="store_true")
    _task_facts(new)
    listed = area.verb(
        "list", "tasks:list_tasks", _("list tasks, or those of a project as a tree"),
        example="tasks list owner:me sort:due\ntasks list --project PRJ-0001",
    )  # fmt: skip
    listed.add_argument("--project", metavar="NUMBER")
    _query(listed, "from_cursor")
    _task(area.verb("show", "tasks:show", _("show a task")))
    edit = _task(area.verb("edit", "tasks:edit", _("change a task"),
                           example="tasks edit TSK-3 --percent 50 --owner ann"))  # fmt: skip
    _task_facts(edit)
    _if_version(edit)
    move = area.verb(
        "move", "tasks:move", _("move tasks to a state, or one elsewhere in the tree"),
        example="tasks move TSK-3 TSK-4 doing\ntasks move TSK-3 --parent TSK-9",
    )  # fmt: skip
    move.add_argument("numbers", metavar="NUMBER", nargs="+",
                      help=_("tasks, then todo, doing, waiting, done or dropped"))  # fmt: skip
    _options(move, ("parent", "TSK", _("the task that is to hold it; - for none")),
             ("before", "TSK", _("the task that is to come behind it")))  # fmt: skip
    done = area.verb("done", "tasks:done", _("finish tasks"))
    done.add_argument("numbers", metavar="NUMBER", nargs="+", help=_("TSK-3 or 3"))
    link = _task(area.verb(
        "link", "tasks:link", _("let a task wait for another one"),
        example="tasks link TSK-4 --after TSK-3\n"
                "tasks link TSK-4 --after TSK-3 --kind SS --lag 2",
    ))  # fmt: skip
    link.add_argument("--after", metavar="TSK", required=True, help=_("the one it waits for"))
    _options(link, ("kind", "WORD", _("FS (usual), SS, FF or SF")),
             ("lag", "DAYS", _("working days; below 0 for a lead")))  # fmt: skip
    link.add_argument("--remove", action="store_true", help=_("wait no longer"))


def _task_facts(parser: Parser) -> None:
    _options(
        parser, ("title", "TEXT", ""), ("note", "TEXT", ""), ("owner", "LOGIN", ""),
        ("estimate", "LENGTH", _("work, such as 4h or 2d")),
        ("remaining", "LENGTH", _("work that is left")), ("percent", "N", _("of it that is done")),
        ("days", "N", _("working days from start to end")), ("start", "DAY", ""),
        ("due", "DAY", ""), ("cost", "AMOUNT", _("beside the hours, in the project's currency")),
    )  # fmt: skip


def _add_time(area: Area) -> None:
    start = area.verb("start", "time:start", _("start your timer on a task or a ticket"),
                      example="time start TSK-3\ntime start TKT-42 --switch")  # fmt: skip
    start.add_argument("on", metavar="NUMBER", help=_("TSK-3 or TKT-42"))
    start.add_argument("--note", metavar="TEXT")
    start.add_argument("--switch", action="store_true", help=_("stop the one that runs first"))
    stop = area.verb("stop", "time:stop", _("stop your timer"), example="time stop --time 2h")
    _options(stop, ("note", "TEXT", ""), ("time", "LENGTH", _("that it was, when forgotten")))
    noted = area.verb(
        "add", "time:add", _("note time that was spent"),
        example='time add TSK-3 1h30m --day 2026-05-04 --note "drawings"',
    )  # fmt: skip
    noted.add_argument("on", metavar="NUMBER", help=_("TSK-3 or TKT-42"))
    noted.add_argument("time", metavar="LENGTH", help=_("2h, 1h30m, 45m or 1:30"))
    _options(noted, ("day", "DAY", ""), ("note", "TEXT", ""))
    edit = area.verb("edit", "time:edit", _("correct an entry"))
    edit.add_argument("id", metavar="ID")
    _options(edit, ("time", "LENGTH", ""), ("day", "DAY", ""), ("note", "TEXT", ""))
    listed = area.verb(
        "list", "time:list_time", _("list time of this week, or of other days"),
        example="time list --from 2026-05-01 --user all\ntime list --on TSK-3",
    )  # fmt: skip
    _options(listed, ("on", "NUMBER", _("TSK-3 or TKT-42")), ("user", "LOGIN", _("or all")))
    listed.add_argument("--from", metavar="DAY", dest="starts")
    listed.add_argument("--to", metavar="DAY", dest="ends")
    rule = area.verb("rule", "time:rule", _("show or set how timers are rounded"),
                     example="time rule --step 15 --round up")  # fmt: skip
    rule.add_argument("--step", metavar="MINUTES")
    rule.add_argument("--round", metavar="WORD", dest="way", help=_("up or nearest"))
    rates = area.verb("rates", "time:rates", _("show what hours of roles cost, or set one"),
                      example='time rates agent "45 USD"')  # fmt: skip
    rates.add_argument("role", metavar="ROLE", nargs="?")
    rates.add_argument("rate", metavar="AMOUNT", nargs="?")
    rates.add_argument("--from", metavar="DAY", dest="since")
