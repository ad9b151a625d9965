"""What can be typed after `boconsole ledger assets`."""

from boconsole.doors.arguments import Area, Parser
from boconsole.fixed_assets.words import CONVENTION_TITLES, METHOD_TITLES
from boconsole.language import _


def add(ledger: Area) -> None:
    """Add the verbs to the area of the books."""
    area = ledger.area("assets", _("fixed assets of the books: bought, depreciated, sold"))
    _add_classes(area)
    _add_reading(area)
    _add_coming(area)
    _add_going(area)


def _add_classes(area: Area) -> None:
    put = area.verb(
        "class", "fixed_assets:put_class", _("add a class of fixed assets, or change one"),
        example='ledger assets class Computers --life 48 --cost "Fixed Assets:Computers" '
                '--accumulated "Accumulated Depreciation" --expense Expenses:Depreciation '
                '--result "Gain on Disposals"',
    )  # fmt: skip
    put.add_argument("name", metavar="NAME")
    for name, help_text in (
        ("--cost", _("account of the cost")),
        ("--accumulated", _("account of the accumulated depreciation")),
        ("--expense", _("account of the depreciation expense")),
        ("--result", _("account of gains and losses on disposals")),
    ):
        put.add_argument(name, metavar="ACCOUNT", required=True, help=help_text)
    put.add_argument("--group", metavar="G", default="", help=_("fiscal group of Indonesia"))
    put.add_argument("--surplus", metavar="ACCOUNT", default="",
                     help=_("account of equity for revaluations"))  # fmt: skip
    put.add_argument("--with-use", action="store_true",
                     help=_("the surplus is earned as assets wear off"))  # fmt: skip
    put.add_argument("--every", metavar="N", default="1",
                     help=_("months in a period: 1, 3 or 12"))  # fmt: skip
    _terms(put, "")
    area.verb("classes", "fixed_assets:list_classes", _("list classes of fixed assets"))
    area.verb("groups", "fixed_assets:list_groups", _("list the fiscal groups of Indonesia"))


def _terms(parser: Parser, default: str | None) -> None:
    parser.add_argument("--method", metavar="M", default=default, help=", ".join(METHOD_TITLES))
    parser.add_argument("--life", metavar="MONTHS", default=default)
    parser.add_argument(
        "--rate", metavar="PERCENT", default=default,
        help=_("of the book value a year, or written-down; else twice the line"),
    )  # fmt: skip
    parser.add_argument("--convention", metavar="C", default=default,
                        help=", ".join(CONVENTION_TITLES))  # fmt: skip


def _number(parser: Parser) -> Parser:
    parser.add_argument("number", metavar="NUMBER", help=_("FA-0007 or its digits"))
    return parser


def _add_reading(area: Area) -> None:
    listed = area.verb(
        "list", "fixed_assets:list_assets", _("list fixed assets"),
        example='ledger assets list\nledger assets list state:"in use" class:Computers laptop',
    )  # fmt: skip
    listed.add_argument("query", metavar="QUERY", nargs="*")
    listed.dashes = True
    _number(area.verb("show", "fixed_assets:show", _("show a fixed asset")))
    schedule = _number(area.verb(
        "schedule", "fixed_assets:schedule", _("tell what wore off and what will, by period"),
        example="ledger assets schedule FA-0007\n"
                "ledger assets schedule FA-0007 --fiscal 1 --declining",
    ))  # fmt: skip
    schedule.add_argument("--fiscal", metavar="G", default="",
                          help=_("by year, beside a fiscal group of Indonesia"))  # fmt: skip
    schedule.add_argument("--declining", action="store_true",
                          help=_("the declining method of the tax law"))  # fmt: skip


def _add_coming(area: Area) -> None:
    new = area.verb(
        "acquire", "fixed_assets:acquire", _("take an asset into the register"),
        example='ledger assets acquire "Server" --class Computers --date 2026-05-04 '
                '--cost "4800 USD" --against Assets:Bank\n'
                'ledger assets acquire "Laptop" --class Computers --date 2026-05-04 '
                "--entry BIL-2026-00003\n"
                'ledger assets acquire "Rack" --class Computers --date 2024-01-10 '
                '--cost "4800 USD" --accumulated 2400 --through 2025-12-31 --booked',
    )  # fmt: skip
    new.add_argument("name", metavar="NAME")
    new.add_argument("--class", metavar="NAME", required=True, dest="asset_class")
    new.add_argument("--date", metavar="D", required=True)
    new.add_argument("--cost", metavar="AMOUNT", default="",
                     help=_("such as 4800 USD; by default all that the entry has"))  # fmt: skip
    new.add_argument("--in-use", metavar="D", default="", help=_("by default the date"))
    new.add_argument("--residual", metavar="X", default="0")
    _terms(new, None)
    new.add_argument("--note", metavar="TEXT", default="")
    new.add_argument("--against", metavar="ACCOUNT", default="", help=_("post it from here"))
    new.add_argument("--entry", metavar="NUMBER", default="",
                     help=_("a posted entry has it, such as that of a bill"))  # fmt: skip
    new.add_argument("--booked", action="store_true",
                     help=_("the books had it before the register"))  # fmt: skip
    new.add_argument("--accumulated", metavar="X", default="0",
                     help=_("depreciation before the register"))  # fmt: skip
    new.add_argument("--through", metavar="D", default="", help=_("the last day of it"))
    withdraw = _number(area.verb(
        "withdraw", "fixed_assets:withdraw", _("take an asset out again that nothing happened to")
    ))  # fmt: skip
    withdraw.add_argument("--reason", metavar="TEXT", required=True)
    change = _number(area.verb(
        "change", "fixed_assets:change", _("change useful life or residual value, or write down"),
        example='ledger assets change FA-0007 --date 2026-06-01 --life 60 --reason "lasts longer"',
    ))  # fmt: skip
    change.add_argument("--date", metavar="D", required=True)
    change.add_argument("--life", metavar="MONTHS", default="", help=_("from the first day in use"))
    change.add_argument("--residual", metavar="X", default="")
    change.add_argument("--write-down", metavar="X", default="0")
    change.add_argument("--write-back", metavar="X", default="0",
                        help=_("what of a write-down is there again"))  # fmt: skip
    change.add_argument("--reason", metavar="TEXT", required=True)

    value = _number(area.verb(
        "revalue", "fixed_asset_values:revalue", _("carry an asset at what it is worth"),
        example="ledger assets revalue FA-0007 --amount 6000 --at 2026-05-31 --dry-run\n"
                'ledger assets revalue FA-0007 --amount 6000 --at 2026-05-31 --by "Prima Survey"',
    ))  # fmt: skip
    add_value(value)


def add_value(parser: Parser) -> None:
    """Add what a revaluation is told by."""
    parser.add_argument("--amount", metavar="X", required=True, help=_("its fair value"))
    parser.add_argument("--at", metavar="D", required=True,
                        help=_("the last day of a month is its end"))  # fmt: skip
    parser.add_argument("--by", metavar="TEXT", default="", help=_("who valued it, or why"))
    parser.add_argument("--life", metavar="MONTHS", default="", help=_("from the first day in use"))
    parser.add_argument("--residual", metavar="X", default="")
    parser.add_argument("--dry-run", action="store_true", help=_("tell what would be booked"))


def _add_going(area: Area) -> None:
    run = area.verb(
        "depreciate", "fixed_assets:depreciate", _("book a month's depreciation for all assets"),
        example="ledger assets depreciate 2026-05 --dry-run\nledger assets depreciate 2026-05",
    )  # fmt: skip
    run.add_argument("month", metavar="MONTH")
    gone = _number(area.verb(
        "dispose", "fixed_assets:dispose", _("sell an asset, or scrap it"),
        example="ledger assets dispose FA-0007 --date 2026-05-20 --proceeds 900 --to Assets:Bank\n"
                'ledger assets dispose FA-0007 --date 2026-05-20 --reason "broken"',
    ))  # fmt: skip
    gone.add_argument("--date", metavar="D", required=True)
    gone.add_argument("--proceeds", metavar="X", default="0", help=_("without tax; none scraps it"))
    gone.add_argument("--to", metavar="ACCOUNT", default="", help=_("account that takes them"))
    gone.add_argument("--reason", metavar="TEXT", default="")
    for parser in (run, gone):
        parser.add_argument("--dry-run", action="store_true",
                            help=_("tell what would be booked"))  # fmt: skip
    back = area.verb(
        "reverse", "fixed_assets:reverse", _("take back what an entry of the register booked"),
        example="ledger assets reverse FAJ-2026-00042 --reason \"wrong month\"",
    )  # fmt: skip
    back.add_argument("entry", metavar="ENTRY")
    back.add_argument("--reason", metavar="TEXT", required=True)
    back.add_argument("--date", metavar="D", default="", help=_("by default today"))
