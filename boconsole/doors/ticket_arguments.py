"""What can be typed after `boconsole tickets`."""

from collections.abc import Sequence
from typing import Any

from boconsole.doors.arguments import Area, Parser
from boconsole.language import N_, _

NEW_OPTIONS = (
    (("--kind",), "KIND", N_("incident, request, problem, change, complaint or question")),
    (("--impact",), "LEVEL", N_("high, medium or low")),
    (("--urgency",), "LEVEL", N_("high, medium or low")),
    (("--priority",), "WORD", N_("critical, high, medium, low or planning; needs a reason")),
    (
        ("--reason", "--priority-reason"),
        "TEXT",
        N_("why the priority differs from impact and urgency"),
    ),
    (("--requester",), "EMAIL", N_("who asks: ann@example.com or 'Ann <ann@example.com>'")),
    (
        ("--org", "--organization", "--organisation"),
        "NAME",
        N_("the requester's organisation, if another"),
    ),
    (("--queue",), "QUEUE", N_("the team")),
    (("--assignee",), "WHO", N_("a login, or me")),
    (("--category",), "PATH", N_("a node of the category tree")),
    (("--due",), "WHEN", N_("2026-05-31, 31/12, fri, tomorrow 14:00 or +3d")),
)
SEVERAL_OPTIONS = (
    (("--tag", "--tags"), "A,B", N_("words that group tickets")),
    (("--watcher", "--watchers"), "A,B", N_("logins who hear of every change")),
)
QUERY_EXAMPLES = (
    "tickets list status:open prio:high sort:-created\n"
    "tickets list -- -tag:spam assignee:me\n"
    "tickets list 'tag:spam | set state=closed note=\"spam\"' --dry-run"
)


def add(areas: Any) -> None:  # Any: argparse's own
    """Add the area of tickets."""
    area = Area(areas, "tickets", _("requests, incidents, problems and changes"))
    _add_new(area)
    _add_reading(area)
    _add_changing(area)
    _add_joining(area)
    _add_files(area)


def _number(parser: Parser, name: str = "number", metavar: str = "NUMBER") -> None:
    parser.add_argument(name, metavar=metavar, help=_("TKT-42, #42 or 42"))


def _seen(parser: Parser) -> None:
    _number(parser)
    parser.add_argument(
        "--if-version", metavar="N", help=_("refuse when somebody changed it since version N")
    )


def _query(parser: Parser) -> None:
    parser.dashes = True
    parser.add_argument(
        "query", nargs="*", metavar="QUERY", help=_("words and terms of the query language")
    )


def _dest(options: Sequence[str]) -> str:
    """Return the field of an option: its last spelling."""
    return options[-1].removeprefix("--").replace("-", "_")


def _add_new(area: Area) -> None:
    new = area.verb(
        "new",
        "tickets:new",
        _("make a ticket"),
        example='tickets new --subject "No network" --requester ann@example.com --impact high',
    )
    new.add_argument("--subject", metavar="TEXT")
    new.add_argument("--body", metavar="TEXT", help=_("the request; - reads stdin"))
    for options, metavar, meaning in NEW_OPTIONS:
        new.add_argument(*options, dest=_dest(options), metavar=metavar, help=_(meaning))
    for options, metavar, meaning in SEVERAL_OPTIONS:
        new.add_argument(
            *options, dest=_dest(options), metavar=metavar, action="append", help=_(meaning)
        )
    new.add_argument("--template", metavar="NAME", help=_("start with the values of a template"))
    new.add_argument("--attach", metavar="FILE", action="append", default=[])
    new.assigns = True
    new.add_argument("changes", nargs="*", metavar="FIELD=VALUE", help=_("such as cf.site=Bandung"))


def _add_reading(area: Area) -> None:
    listing = area.verb(
        "list", "listing:list_tickets", _("list tickets that match a query"), example=QUERY_EXAMPLES
    )
    _query(listing)
    listing.add_argument("--limit", metavar="N", help=_("at most so many (50)"))
    listing.add_argument("--after", metavar="CURSOR", help=_("continue where a page ended"))
    listing.add_argument("--view", metavar="NAME", help=_("start with a saved view"))
    listing.add_argument("--yes", action="store_true", help=_("do what | set asks for unasked"))
    listing.add_argument("--dry-run", action="store_true", help=_("only show what | set would do"))
    count = area.verb("count", "listing:count", _("count tickets that match a query"))
    _query(count)
    show = area.verb("show", "tickets:show", _("show one ticket with its thread and history"))
    _number(show)
    area.verb("next", "tickets:next_ticket", _("show the most urgent ticket that waits for you"))
    area.verb("views", "listing:list_views", _("list saved views"))
    area.verb("macros", "macros:list_macros", _("list macros"))


def _add_changing(area: Area) -> None:
    state = area.verb(
        "state",
        "tickets:state",
        _("change the state"),
        example="tickets state TKT-42 pending --until 'tomorrow 14:00'",
    )
    _seen(state)
    state.add_argument(
        "state", metavar="STATE", help=_("open, pending, on_hold, resolved or closed")
    )
    state.add_argument("--until", metavar="WHEN", help=_("when a pending ticket opens again"))
    state.add_argument("--resolution", metavar="TEXT", help=_("how it was solved"))
    assign = area.verb("assign", "tickets:assign", _("hand a ticket to somebody"))
    _seen(assign)
    assign.add_argument("who", metavar="WHO", help=_("a login, me, or nobody"))
    edit = area.verb(
        "edit",
        "tickets:edit",
        _("change fields; an empty value clears"),
        example="tickets edit TKT-42 impact=high queue=Network due=fri\n"
        "tickets edit 42 tags=+vip,-new watchers=+me cf.site=",
    )
    _seen(edit)
    edit.assigns = True
    edit.add_argument("changes", nargs="+", metavar="FIELD=VALUE")
    reply = area.verb(
        "reply",
        "tickets:reply",
        _("answer the requester, or leave a note"),
        example="tickets reply TKT-42 --text 'Try again now.' --state resolved\n"
        "tickets reply TKT-42 --internal --minutes 5 --text 'Ordered a new one.'",
    )
    _number(reply)
    reply.add_argument("--text", metavar="TEXT", help=_("the message; stdin without it"))
    reply.add_argument("--internal", action="store_true", help=_("a note for agents only"))
    reply.add_argument(
        "--from-requester", action="store_true", help=_("it is the requester who writes")
    )
    reply.add_argument("--minutes", metavar="N", help=_("time spent"))
    reply.add_argument("--state", metavar="STATE", help=_("change the state as well"))
    reply.add_argument("--attach", metavar="FILE", action="append", default=[])
    _add_small_changes(area)


def _add_small_changes(area: Area) -> None:
    tag = area.verb(
        "tag",
        "tickets:tag",
        _("add tags, and take away those behind a dash"),
        example="tickets tag TKT-42 vip -new",
    )
    _seen(tag)
    tag.dashes = True
    tag.add_argument("tags", nargs="+", metavar="TAG")
    for name, meaning in (
        ("watch", _("hear of every change of a ticket")),
        ("unwatch", _("hear no more of a ticket")),
    ):
        parser = area.verb(name, f"tickets:{name}", meaning)
        _number(parser)
        parser.add_argument("who", nargs="?", default="me", metavar="WHO")
    macro = area.verb("macro", "macros:apply", _("run a macro on a ticket"))
    _number(macro)
    macro.add_argument("name", metavar="NAME")
    area.verb("undo", "tickets:undo", _("take your last change back"))


def _add_joining(area: Area) -> None:
    merge = area.verb("merge", "joining:merge", _("make one ticket part of another"))
    _number(merge, "source", "FROM")
    _number(merge, "into", "INTO")
    unmerge = area.verb("unmerge", "joining:unmerge", _("part a merged ticket again"))
    _number(unmerge)
    split = area.verb(
        "split",
        "joining:split",
        _("make a ticket of some messages of another"),
        example='tickets split TKT-42 --messages 107,108 --subject "And the scanner"',
    )
    _number(split)
    split.add_argument("--messages", metavar="IDS", required=True, help=_("as `show` lists them"))
    split.add_argument("--subject", metavar="TEXT", required=True)
    for name, meaning in (("link", _("link two tickets")), ("unlink", _("take a link away"))):
        parser = area.verb(
            name, f"joining:{name}", meaning, example=f"tickets {name} TKT-42 blocks TKT-43"
        )
        _number(parser)
        parser.add_argument(
            "kind", metavar="KIND", help=_("parent_of, duplicate_of, blocks or caused_by")
        )
        _number(parser, "other", "OTHER")


def _add_files(area: Area) -> None:
    load = area.verb(
        "import",
        "files:import_tickets",
        _("take tickets in from a CSV file"),
        example="tickets import tickets.csv --map map.toml --dry-run",
    )
    load.add_argument("file", metavar="FILE")
    load.add_argument("--map", metavar="MAP", required=True, help=_("columns to fields, a TOML"))
    load.add_argument("--dry-run", action="store_true", help=_("check everything, keep nothing"))
    load.add_argument("--refused", metavar="FILE", help=_("where refused rows are written"))
    export = area.verb(
        "export",
        "files:export_tickets",
        _("write tickets that match a query to a CSV or JSON file"),
        example="tickets export status:open prio:high open.csv",
    )
    export.dashes = True
    export.add_argument("words", nargs="+", metavar="[QUERY] FILE")
    export.add_argument(
        "--spreadsheet", action="store_true", help=_("keep cells from running as formulas")
    )
    export.add_argument("--format", metavar="FORMAT", help=_("csv or json; else by the file name"))
