"""What can be typed after `boconsole assets plans`, `repairs`, `readings` and `work`."""

from boconsole.doors.arguments import Area, Parser
from boconsole.language import N_, _

WHICH = N_("tag, serial number, host name or address")
PLAN_OPTIONS = (
    ("--asset", "TAG", N_("for one asset")),
    ("--model", "MODEL", N_("for all deployed assets of a model")),
    ("--category", "NAME", N_("for all deployed assets of a category")),
    ("--every", "SPAN", N_("90d, 2w, 3mo or 1y")),
    ("--starts", "DAY", N_("the first day (today)")),
    ("--after", "WHAT", N_("calendar, or done: count from the work done")),
    ("--lead", "DAYS", N_("how many days ahead the ticket comes")),
    ("--counter", "NAME", N_("what is counted: km, hours, pages")),
    ("--count-every", "N", N_("after how many of them")),
    ("--count-lead", "N", N_("how many ahead the ticket comes")),
    ("--subject", "TEXT", N_("of the ticket; {plan}, {tag}, {asset} are filled in")),
    ("--body", "TEXT", N_("what is to be done")),
    ("--queue", "NAME", N_("of the ticket")),
    ("--assignee", "WHO", N_("account that gets the ticket")),
    ("--priority", "WORD", N_("of the ticket")),
)
REPAIR_OPTIONS = (
    ("--sent", "DAY", N_("when it went (today)")),
    ("--supplier", "NAME", N_("who repairs it, an organisation")),
    ("--cost", "AMOUNT", N_("as '120.00 USD'")),
    ("--invoice", "NUMBER", N_("the bill, such as BIL-2026-00042")),
    ("--ticket", "NUMBER", N_("TKT-42, #42 or 42")),
    ("--note", "TEXT", N_("anything else")),
)


def add(area: Area) -> None:
    """Add the verbs to the area of assets."""
    _add_plans(area.area("plans", _("service: what is done again and again, and when")))
    _add_repairs(area.area("repairs", _("repairs: what is away, what it cost, how it ended")))
    _add_readings(area.area("readings", _("counters: kilometres, hours, pages as read")))
    _add_work(area.area("work", _("the whole history of work on an asset")))
    run = area.verb(
        "post-depreciation", "fixed_assets:depreciate",
        _("book a month's depreciation for all assets"),
        example="assets post-depreciation --month 2026-05 --dry-run\n"
                "assets post-depreciation --month 2026-05",
    )  # fmt: skip
    run.add_argument("--month", metavar="MONTH", required=True, help=_("such as 2026-05"))
    run.add_argument("--dry-run", action="store_true", help=_("tell what would be booked"))


def _tag(parser: Parser) -> Parser:
    parser.add_argument("tag", metavar="TAG", help=_(WHICH))
    return parser


def _listing(parser: Parser) -> None:
    parser.dashes = True
    parser.add_argument(
        "query", nargs="*", metavar="QUERY", help=_("words and terms of the query language")
    )
    parser.add_argument("--limit", metavar="N", help=_("at most so many (50)"))
    parser.add_argument("--after", metavar="CURSOR", help=_("continue where a page ended"))


def _plan(parser: Parser) -> Parser:
    parser.add_argument("plan", metavar="PLAN", help=_("number or name of a plan"))
    return parser


def _add_plans(area: Area) -> None:
    _listing(area.verb(
        "list", "asset_service:list_plans", _("list plans of service"),
        example="assets plans list is:due\nassets plans list category:Printers sort:next",
    ))  # fmt: skip
    new = area.verb(
        "new", "asset_service:new_plan", _("plan service for an asset, a model or a category"),
        example="assets plans new 'Clean the filters' --category Printers --every 3mo --lead 7 "
                "--queue 'Service desk'\n"
                "assets plans new Oil --asset AST-0012 --counter km --count-every 10000 "
                "--count-lead 500 --after done",
    )  # fmt: skip
    new.add_argument("name", metavar="NAME")
    for option, metavar, meaning in PLAN_OPTIONS:
        new.add_argument(option, metavar=metavar, help=_(meaning))
    edit = _plan(area.verb(
        "edit", "asset_service:edit_plan", _("change a plan; an empty value clears"),
        example="assets plans edit 3 every=6mo lead=14",
    ))  # fmt: skip
    edit.assigns = True
    edit.add_argument("changes", nargs="+", metavar="FIELD=VALUE")
    _plan(area.verb("stop", "asset_service:stop_plan", _("follow a plan no more")))
    _plan(area.verb("resume", "asset_service:resume_plan", _("follow a stopped plan again")))
    due = area.verb("due", "asset_service:list_due", _("tell when the plans of assets are due"))
    due.add_argument("which", metavar="TAG|PLAN", help=_("an asset, or a plan for all its assets"))
    done = _tag(_plan(area.verb(
        "done", "asset_service:do_plan", _("say that a plan is done for an asset"),
        example="assets plans done Oil AST-0012 --count 57950 --minutes 30",
    )))  # fmt: skip
    for option, metavar, meaning in (
        ("--on", "DAY", _("when (today)")), ("--count", "N", _("what the counter showed")),
        ("--who", "NAME", _("who did it (you)")), ("--what", "TEXT", _("what was found")),
        ("--minutes", "N", _("how long it took")),
    ):  # fmt: skip
        done.add_argument(option, metavar=metavar, help=meaning)


def _add_repairs(area: Area) -> None:
    _listing(area.verb(
        "list", "asset_repairs:list_repairs", _("list repairs"),
        example="assets repairs list is:away\nassets repairs list AST-0007 sort:sent",
    ))  # fmt: skip
    send = _tag(area.verb(
        "send", "asset_repairs:send", _("send an asset to be repaired"),
        example="assets repairs send AST-0007 'Screen is cracked' --supplier 'PT Servis Jaya' "
                "--warranty",
    ))  # fmt: skip
    send.add_argument("description", metavar="TEXT", help=_("what is broken"))
    for option, metavar, meaning in REPAIR_OPTIONS:
        send.add_argument(option, metavar=metavar, help=_(meaning))
    send.add_argument("--warranty", action="store_true", help=_("the warranty pays"))
    back = _tag(area.verb(
        "back", "asset_repairs:take_back", _("take an asset back from repair"),
        example="assets repairs back AST-0007 --cost '120.00 USD' --invoice BIL-2026-00042",
    ))  # fmt: skip
    for option, metavar, meaning in (
        ("--returned", "DAY", _("when it came (today)")),
        ("--result", "WORD", _("repaired, replaced or not_repaired")),
        ("--condition", "WORD", _("new, good, worn or broken")),
        ("--cost", "AMOUNT", _("as '120.00 USD'")),
        ("--invoice", "NUMBER", _("the bill, such as BIL-2026-00042")),
        ("--note", "TEXT", _("anything else")),
    ):  # fmt: skip
        back.add_argument(option, metavar=metavar, help=meaning)
    edit = _repair(area.verb(
        "edit", "asset_repairs:edit", _("change what was written of a repair"),
        example="assets repairs edit 3 cost='95.00 USD' invoice=BIL-2026-00042",
    ))  # fmt: skip
    edit.assigns = True
    edit.add_argument("changes", nargs="+", metavar="FIELD=VALUE")
    _repair(area.verb("withdraw", "asset_repairs:withdraw",
                      _("take a repair away that was noted wrongly")))  # fmt: skip
    into = _repair(area.verb(
        "capitalise", "asset_repairs:capitalise",
        _("let the register of fixed assets take the cost of a repair over"),
        example="assets repairs capitalise 3 --against Expenses:Repairs --life 24",
    ))  # fmt: skip
    into.add_argument("--class", metavar="NAME", dest="asset_class", default="",
                      help=_("else that of the asset's fixed asset"))  # fmt: skip
    into.add_argument("--life", metavar="MONTHS", help=_("else what is left of that asset's"))
    into.add_argument("--against", metavar="ACCOUNT", default="",
                      help=_("of expenses that has it; else the bill does"))  # fmt: skip


def _repair(parser: Parser) -> Parser:
    parser.add_argument("repair", metavar="N", help=_("number of the repair, as listed"))
    return parser


def _add_readings(area: Area) -> None:
    _tag(area.verb("list", "asset_service:list_readings", _("list what counters showed")))
    new = _tag(area.verb(
        "new", "asset_service:new_reading", _("note what a counter shows"),
        example="assets readings new AST-0012 km 57950\n"
                "assets readings new AST-0012 km 12 --reason 'new odometer'",
    ))  # fmt: skip
    new.add_argument("counter", metavar="COUNTER", help=_("km, hours, pages or any other"))
    new.add_argument("value", metavar="N", help=_("a whole number"))
    new.add_argument("--on", metavar="DAY", default="", help=_("when it was read (today)"))
    new.add_argument("--reason", metavar="TEXT", default="", help=_("why it shows less now"))


def _add_work(area: Area) -> None:
    _tag(area.verb("list", "asset_service:list_work",
                   _("tell all work on an asset, and what it cost")))  # fmt: skip
    new = _tag(area.verb(
        "new", "asset_service:new_work", _("note work done on an asset"),
        example="assets work new AST-0007 'Memory to 32 GiB' --kind upgrade --minutes 20",
    ))  # fmt: skip
    new.add_argument("what", metavar="TEXT", help=_("what was done"))
    for option, metavar, meaning in (
        ("--kind", "WORD", _("installation, upgrade, service, inspection or other")),
        ("--on", "DAY", _("when (today)")), ("--who", "NAME", _("who did it (you)")),
        ("--minutes", "N", _("how long it took")), ("--ticket", "NUMBER", _("TKT-42, #42 or 42")),
    ):  # fmt: skip
        new.add_argument(option, metavar=metavar, help=meaning)
    gone = _tag(area.verb("remove", "asset_service:remove_work",
                          _("take an entry away that was noted wrongly")))  # fmt: skip
    gone.add_argument("entry", metavar="N", help=_("number of the entry, as listed"))
