"""What can be typed for budgets, after `boconsole ledger`."""

from boconsole.doors.arguments import Area
from boconsole.language import _


def add(area: Area) -> None:
    """Add the verbs of budgets."""
    budget = area.area("budget", _("what accounts are planned to have"))
    plan = budget.verb(
        "set", "budgets:plan", _("plan an account for a month or a year"),
        example="ledger budget set Expenses:Rent 500 USD --for 2026-05\n"
                "ledger budget set Income:Sales 120000 USD --for 2026",
    )  # fmt: skip
    plan.add_argument("account", metavar="ACCOUNT")
    plan.add_argument("amount", metavar="AMOUNT")
    plan.add_argument("commodity", metavar="COMMODITY")
    plan.add_argument("--for", metavar="SPAN", required=True, dest="span",
                      help=_("2026-05, or 2026 in twelve parts"))  # fmt: skip
    shown = budget.verb("show", "budgets:show", _("tell the plans of a fiscal year by month"),
                        example="ledger budget show --year 2026 kind:expense")  # fmt: skip
    shown.add_argument("query", metavar="QUERY", nargs="*")
    shown.dashes = True
    given = budget.verb("export", "budgets:give_file", _("write a fiscal year to a CSV file"),
                        example="ledger budget export budget.csv --year 2026")  # fmt: skip
    given.add_argument("file", metavar="FILE")
    given.add_argument("--spreadsheet", action="store_true",
                       help=_("keep cells from running as formulas"))  # fmt: skip
    for parser in (shown, given):
        parser.add_argument("--year", metavar="YEAR", default="",
                            help=_("by default the present fiscal year"))  # fmt: skip
    taken = budget.verb("import", "budgets:take_file", _("take a CSV file as export writes it"))
    taken.add_argument("file", metavar="FILE")
    copied = budget.verb(
        "copy", "budgets:copy", _("plan a year as the one before, and some per cent more"),
        example="ledger budget copy --year 2027 --plus 3.5 kind:expense",
    )  # fmt: skip
    copied.add_argument("query", metavar="QUERY", nargs="*")
    copied.dashes = True
    copied.add_argument("--year", metavar="YEAR", required=True)
    copied.add_argument("--plus", metavar="PERCENT", default="0")
    ruled = budget.verb("rule", "budgets:rule", _("say whether passing a budget is refused"),
                        example="ledger budget rule Expenses:Travel block")  # fmt: skip
    ruled.add_argument("account", metavar="ACCOUNT")
    ruled.add_argument("mode", metavar="MODE", help="warn, block")
    budget.verb("undo", "budgets:undo", _("take back one's own last change of budgets"))
    report = area.verb("budget-report", "budgets:against",
                       _("tell plans against what came of them"))  # fmt: skip
    report.add_argument("span", metavar="SPAN", help=_("first month, or a year"))
    report.add_argument("--to", metavar="SPAN", default="", dest="until")
