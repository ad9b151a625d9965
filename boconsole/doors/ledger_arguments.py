"""What can be typed after `boconsole ledger`."""

from typing import Any

from boconsole.doors import (
    attachment_arguments,
    bank_arguments,
    budget_arguments,
    fixed_asset_arguments,
    invoice_arguments,
    period_arguments,
    revaluation_arguments,
    statement_arguments,
)
from boconsole.doors.arguments import Area, Parser
from boconsole.language import _


def add(areas: Any) -> None:  # Any: argparse's own
    """Add the area."""
    area = Area(areas, "ledger", _("accounts, entries, periods and what they add up to"))
    _add_entries(area)
    _add_recurring(area)
    budget_arguments.add(area)
    _add_reading(area)
    statement_arguments.add(area)
    invoice_arguments.add_reports(area)
    _add_files(area)
    bank_arguments.add(area)
    fixed_asset_arguments.add(area)
    period_arguments.add(area)
    revaluation_arguments.add(area)
    _add_setup(area)


def _add_entries(area: Area) -> None:
    new = area.verb(
        "new", "ledger:new", _("prepare an entry, and post it with --post"),
        example='ledger new --date 2026-05-04 --description Paper "Expenses:Office  12.50 USD" '
                '"Assets:Bank" --post',
    )  # fmt: skip
    new.add_argument("--date", metavar="D", required=True)
    new.add_argument("--description", metavar="S", default="")
    new.add_argument("--template", metavar="NAME", default="", help=_("take its lines"))
    new.add_argument("--payee", metavar="WHO", default="")
    new.add_argument("--code", metavar="C", default="", help=_("such as a voucher number"))
    new.add_argument("--note", metavar="TEXT", default="")
    new.add_argument("--tag", metavar="NAME=VALUE", action="append", default=[])
    new.add_argument("--link", metavar="LINK", action="append", default=[],
                     help=_("TKT-42, or any reference"))  # fmt: skip
    new.add_argument("--post", action="store_true", help=_("post it at once"))
    new.add_argument(
        "--opening", action="store_true",
        help=_("an opening balance, which may book receivables and payables"),
    )  # fmt: skip
    new.add_argument("lines", metavar="POSTING", nargs="*",
                     help=_("account, two blanks, amount; one amount may be left out"))  # fmt: skip
    new.dashes = True
    for name, help_text in (
        ("post", _("post a draft")),
        ("approve", _("approve a draft of somebody else")),
        ("delete", _("throw a draft away")),
        ("show", _("show an entry")),
    ):
        _number(area.verb(name, f"ledger:{name}", help_text))
    _add_links(area)
    waiting = area.verb("approvals", "approvals:waiting",
                        _("list all that waits for an approval, of every kind, the oldest first"),
                        example="ledger approvals you --json")  # fmt: skip
    waiting.add_argument(
        "words", metavar="WORD", nargs="*",
        help=_("each must stand in what is listed; you: what you may approve"),
    )  # fmt: skip
    reverse = _number(area.verb("reverse", "ledger:reverse", _("post the opposite of an entry")))
    reverse.add_argument("--date", metavar="D", default="", help=_("by default today"))
    reverse.add_argument("--reason", metavar="TEXT", default="")


def _add_links(area: Area) -> None:
    for verb, help_text in (
        ("link", _("link an entry to a ticket, asset, contact, project or anything else")),
        ("unlink", _("remove a link that is not sealed with the entry")),
    ):
        linked = _number(area.verb(verb, f"ledger_marks:{verb}", help_text,
                                   example=f"ledger {verb} JNL-2026-00042 TKT-42"))  # fmt: skip
        linked.add_argument("link", metavar="LINK")
    attachment_arguments.add(area, "ledger", "JNL-2026-00042")


def _number(parser: Parser) -> Parser:
    parser.add_argument("number", metavar="NUMBER", help=_("JNL-2026-00042, DRF-7 or an id"))
    return parser


def _add_recurring(area: Area) -> None:
    template = area.verb(
        "template", "ledger_recurring:save_template", _("keep the lines of an entry under a name"),
        example='ledger template Rent "Expenses:Rent  500 USD" "Assets:Bank" --payee Landlord',
    )  # fmt: skip
    template.add_argument("name", metavar="NAME")
    template.add_argument("lines", metavar="POSTING", nargs="*")
    template.add_argument("--payee", metavar="WHO", default="")
    template.add_argument("--description", metavar="S", default="")
    template.dashes = True
    area.verb("templates", "ledger_recurring:list_templates", _("list templates of entries"))
    recur = area.verb(
        "recur", "ledger_recurring:recur", _("make an entry of a template again and again"),
        example="ledger recur Rent --template Rent --every 1mo --from 2026-01-31 --post",
    )  # fmt: skip
    recur.add_argument("name", metavar="NAME")
    recur.add_argument("--template", metavar="NAME", default="")
    recur.add_argument("--every", metavar="SPAN", default="", help=_("1d, 2w, 3mo, 1y"))
    _span(recur)
    recur.add_argument("--post", action="store_true", help=_("post it at once"))
    recur.add_argument("--stop", action="store_true", help=_("make no more of them"))
    coming = area.verb("coming", "ledger_recurring:coming", _("tell the entries that will come"))
    coming.add_argument("--to", metavar="D", default="", dest="ends", help=_("by default a year"))


def _add_reading(area: Area) -> None:
    balances = area.verb(
        "balances", "ledger:balances", _("tell what accounts hold"),
        example="ledger balances\nledger balances kind:asset --at 2026-04-30\n"
                "ledger balances tag.project:apollo",
    )  # fmt: skip
    balances.add_argument("query", metavar="QUERY", nargs="*")
    balances.dashes = True
    balances.add_argument("--at", metavar="DATE", default="")
    balances.add_argument("--real", action="store_true", help=_("without virtual lines"))
    register = area.verb("register", "ledger:register", _("list the lines of an account"))
    register.add_argument("account", metavar="ACCOUNT")
    register.add_argument("--where", metavar="QUERY", default="",
                          help=_("only lines with these tags: tag.project:apollo"))  # fmt: skip
    _span(register)
    register.add_argument("--limit", metavar="N", default="")
    split = area.verb(
        "dimensions", "ledger_marks:dimensions", _("income and expense by the values of a tag"),
        example="ledger dimensions project --from 2026-01-01",
    )  # fmt: skip
    split.add_argument("name", metavar="NAME", nargs="?", default="",
                       help=_("a tag, or ticket, asset …; none lists them"))  # fmt: skip
    _span(split)
    accounts = area.verb("accounts", "ledger:list_accounts", _("list the chart of accounts"))
    accounts.add_argument("query", metavar="TEXT", nargs="*")
    check = area.verb("check", "ledger:check",
                      _("derive everything again and tell each difference"))  # fmt: skip
    check.add_argument("--rebuild", action="store_true",
                       help=_("compute kept balances anew from proved lines first"))  # fmt: skip
    control = area.verb(
        "control", "ledger_setup:control", _("look for what an auditor looks for; 1 on a fault")
    )
    _span(control)


def _span(parser: Parser) -> None:
    parser.add_argument("--from", metavar="D", default="", dest="starts")
    parser.add_argument("--to", metavar="D", default="", dest="ends")


def _add_files(area: Area) -> None:
    taken = area.verb(
        "import", "ledger:import_journal", _("take over a journal of hledger or beancount"),
        example="ledger import books.journal\nledger import books.txt --format beancount",
    )  # fmt: skip
    taken.add_argument("file", metavar="FILE")
    taken.add_argument("--format", metavar="F", default="auto",
                       help=_("auto, hledger or beancount"))  # fmt: skip
    given = area.verb(
        "export", "ledger:export_journal", _("write the posted entries to a file"),
        example="ledger export books.journal --format hledger",
    )  # fmt: skip
    given.add_argument("file", metavar="FILE")
    given.add_argument("--format", metavar="F", required=True,
                       help=_("hledger, beancount, csv or xlsx"))  # fmt: skip
    given.add_argument("--spreadsheet", action="store_true",
                       help=_("keep cells from running as formulas"))  # fmt: skip
    _span(given)


def _add_setup(area: Area) -> None:
    account = area.verb(
        "account", "ledger_setup:set_account", _("add an account, or change one"),
        example='ledger account "Assets:Bank" --role cash',
    )  # fmt: skip
    account.add_argument("path", metavar="NAME")
    for name, values in (
        ("--code", ""), ("--kind", "asset, liability, equity, income, expense"),
        ("--role", "cash, receivable, payable, retained, surplus, gains, unrealised, rounding"),
        ("--cash-flow", "operating, investing, financing, none"),
        ("--opened", ""), ("--closed", ""),
    ):  # fmt: skip
        account.add_argument(name, metavar="X", default=None, help=values or None)
    chart = area.verb(
        "chart", "ledger_setup:load_chart", _("add the accounts of a ready-made chart"),
        example="ledger chart international\nledger chart indonesia",
    )  # fmt: skip
    chart.add_argument("name", metavar="NAME", help=_("international, indonesia, or a file"))
    commodity = area.verb("commodity", "ledger_setup:set_commodity", _("add a commodity"))
    commodity.add_argument("code", metavar="CODE")
    commodity.add_argument("--precision", metavar="N", required=True,
                           help=_("digits behind the point"))  # fmt: skip
    chosen = area.verb("set", "ledger_setup:set_choice", _("choose how the books are kept"))
    chosen.add_argument(
        "choice", metavar="NAME",
        help="approval-threshold, cash-rounding, fiscal-start, reporting-currency, "
             "write-off-limit, company-name, company-address, company-tax-number, company-bank",
    )  # fmt: skip
    chosen.add_argument("value", metavar="VALUE")
    limit = area.verb(
        "threshold", "ledger_setup:set_limit", _("choose above which sum an approval is needed"),
        example="ledger threshold IDR 150000000\nledger threshold IDR none",
    )  # fmt: skip
    limit.add_argument("commodity", metavar="COMMODITY")
    limit.add_argument("sum", metavar="SUM", help=_("in whole units, or none of its own"))
    area.verb("thresholds", "ledger_setup:list_limits",
              _("list the sums above which an approval is needed"))  # fmt: skip
