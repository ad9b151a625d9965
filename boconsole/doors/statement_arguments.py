"""What can be typed for statements, after `boconsole ledger`."""

from boconsole.doors.arguments import Area, Parser
from boconsole.language import _


def add(area: Area) -> None:
    """Add the verbs of statements."""
    trial = area.verb("trial-balance", "statements:trial_balance",
                      _("what every account holds; the sum is zero"))  # fmt: skip
    _span(trial)
    _day(trial)
    _compare(trial, _("budget or none"))
    _currency(trial)
    sheet = area.verb(
        "balance-sheet", "statements:balance_sheet", _("what is owned and owed on a day"),
        example="ledger balance-sheet --at 2026-04-30 --compare year",
    )  # fmt: skip
    _span(sheet)
    _day(sheet)
    _compare(sheet, _("previous, year, budget or none"))
    _currency(sheet)
    income = area.verb("income-statement", "statements:income_statement",
                       _("what was earned and spent in a period"))  # fmt: skip
    _span(income)
    _compare(income, _("previous, year, budget or none"))
    _currency(income)
    cash = area.verb(
        "cash-flow", "statements:cash_flow", _("where cash came from and went to"),
        example="ledger cash-flow --from 2026-04-01 --to 2026-04-30 --method indirect",
    )  # fmt: skip
    _span(cash)
    cash.add_argument("--method", metavar="M", default="direct", help=_("direct or indirect"))
    _compare(cash, _("previous, year or none"))
    _currency(cash)
    equity = area.verb("equity-changes", "statements:equity_changes",
                       _("how equity changed in a period"))  # fmt: skip
    _span(equity)
    _currency(equity)
    general = area.verb("general-ledger", "statements:general_ledger",
                        _("every account with its lines and running balance"))  # fmt: skip
    general.add_argument("account", metavar="ACCOUNT", nargs="?", default="",
                         help=_("this one and those below it only"))  # fmt: skip
    journal = area.verb("journal", "statements:journal", _("the posted entries in order of day"))
    for parser in (general, journal):
        _span(parser)
        parser.add_argument("--limit", metavar="N", default="")
    for parser in (trial, income):
        parser.add_argument("--where", metavar="QUERY", default="",
                            help=_("only lines with these tags: tag.project:apollo"))  # fmt: skip
    for parser in (trial, sheet, income, cash, equity, general, journal):
        _file(parser)
    _add_explain(area)


def _add_explain(area: Area) -> None:
    why = area.verb(
        "explain", "explaining:explain", _("how a number of a statement came to be"),
        example="ledger explain income-statement expenses --from 2026-05-01 --to 2026-05-31\n"
                "ledger explain balance-sheet Assets:Bank --at 2026-05-31 --limit 50",
    )  # fmt: skip
    why.add_argument("statement", metavar="STATEMENT")
    why.add_argument("line", metavar="LINE",
                     help=_("an account, a section, or proof/KEY/left"))  # fmt: skip
    _span(why)
    _day(why)
    _compare(why, _("previous, year, budget or none"))
    why.add_argument("--method", metavar="M", default="direct", help=_("direct or indirect"))
    _currency(why)
    why.add_argument("--column", metavar="KEY", default="",
                     help=_("such as period, budget or previous"))  # fmt: skip
    why.add_argument("--commodity", metavar="CODE", default="")
    why.add_argument("--limit", metavar="N", default="10", help=_("lines of each part"))


def _span(parser: Parser) -> None:
    parser.add_argument("--from", metavar="D", default="", dest="starts",
                        help=_("by default the first day of the books"))  # fmt: skip
    parser.add_argument("--to", metavar="D", default="", dest="ends",
                        help=_("by default the last day of the books"))  # fmt: skip


def _day(parser: Parser) -> None:
    parser.add_argument("--at", metavar="D", default="", help=_("the same as --to"))


def _compare(parser: Parser, words: str) -> None:
    parser.add_argument("--compare", metavar="C", default="none", help=words)


def _currency(parser: Parser) -> None:
    parser.add_argument("--currency", metavar="X", default="",
                        help=_("convert all to it with the rates of the last day"))  # fmt: skip


def _file(parser: Parser) -> None:
    parser.add_argument("--output", metavar="FILE", default="",
                        help=_("write it there; written anew if there"))  # fmt: skip
    parser.add_argument("--format", metavar="F", default="", dest="form",
                        help=_("csv, xlsx or pdf; else by the file name"))  # fmt: skip
    parser.add_argument("--spreadsheet", action="store_true",
                        help=_("keep cells from running as formulas"))  # fmt: skip
