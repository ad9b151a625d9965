"""What can be typed after `boconsole payroll`."""

from typing import Any

from boconsole.doors.arguments import Area, Parser
from boconsole.language import _


def add(areas: Any) -> None:  # Any: argparse's own
    """Add the area of pay."""
    area = Area(areas, "payroll", _("pay: what it comes to, pay runs and pay slips"))
    _add_runs(area)
    _add_reading(area)
    _add_setup(area)
    _add_computing(area)


def _named(parser: Parser) -> Parser:
    parser.add_argument("run_number", metavar="RUN", nargs="?", default="",
                        help=_("PYR-0001, or a month; by default the newest"))  # fmt: skip
    return _month(parser)


def _month(parser: Parser) -> Parser:
    parser.add_argument("--month", metavar="YYYY-MM", default="", help=_("its regular run"))
    parser.add_argument("--group", metavar="G", default="", help=_("of a pay group"))
    return parser


def _add_runs(area: Area) -> None:
    run = area.verb(
        "run", "payroll_runs:run", _("compute a month for all or for a group, as a draft"),
        example="payroll run --month 2026-01\npayroll run --month 2026-01 --group monthly",
    )  # fmt: skip
    run.add_argument("--month", metavar="YYYY-MM", required=True)
    run.add_argument("--group", metavar="G", default="", help=_("of a pay group"))
    correct = _named(area.verb(
        "correct", "payroll_runs:correct", _("compute a posted month anew: what differs is a run"),
        example="payroll correct PYR-0001 --reason \"raise was entered late\"",
    ))  # fmt: skip
    correct.add_argument("--reason", metavar="TEXT", required=True)
    correct.add_argument("--people", metavar="NUMBERS", default="", help=_("only these"))
    for parser in (run, correct):
        parser.add_argument("--pay-on", metavar="D", default="", help=_("when it is paid"))
    _named(area.verb("approve", "payroll_runs:approve", _("approve a run that others computed"),
                     example="payroll approve --month 2026-01"))  # fmt: skip
    post = _named(area.verb("post", "payroll_runs:post", _("book an approved run")))
    post.add_argument("--date", metavar="D", default="", help=_("by default the month's end"))
    pay = _named(area.verb("pay", "payroll_runs:pay", _("book that the bank paid a posted run")))
    pay.add_argument("--date", metavar="D", default="", help=_("by default today"))
    pay.add_argument("--account", metavar="ACCOUNT", default="", help=_("that pays"))
    drop = _named(area.verb("drop", "payroll_runs:drop", _("give up a run that is not posted")))
    drop.add_argument("--reason", metavar="TEXT", default="")


def _add_reading(area: Area) -> None:
    area.verb("list", "payroll_runs:list_runs", _("list pay runs"))
    show = _named(area.verb(
        "show", "payroll_runs:show", _("show a run with its people, or one of them by line"),
        example="payroll show --month 2026-01 --json\npayroll show PYR-0001 --employee EMP-0002",
    ))  # fmt: skip
    show.add_argument("--employee", metavar="E", default="", help=_("number, name or me"))
    _named(area.verb("compare", "payroll_runs:compare",
                     _("tell what differs from the month before, and why")))  # fmt: skip
    file = area.verb("bank-file", "payroll_runs:bank_file",
                     _("write the file that tells a bank whom to pay"),
                     example="payroll bank-file pay.csv PYR-0001\n"
                             "payroll bank-file pay.xml PYR-0001 --from 08127755")  # fmt: skip
    file.add_argument("file", metavar="FILE", help=_(".csv, or .xml for ISO 20022 (pain.001)"))
    _named(file)
    file.add_argument("--skip-missing", action="store_true",
                      help=_("leave out people without a bank account"))  # fmt: skip
    file.add_argument("--from", metavar="ACCOUNT", default="", dest="pays",
                      help=_("that pays; by default the IBAN of company-bank"))  # fmt: skip
    file.add_argument("--bic", metavar="BIC", default="", help=_("of the bank that pays"))
    slips = area.verb("slips", "payroll_runs:slips", _("write pay slips as PDF into a folder"),
                      example="payroll slips slips --month 2026-01 --language id")  # fmt: skip
    slips.add_argument("folder", metavar="DIR")
    _named(slips)
    slips.add_argument("--language", metavar="L", default="",
                       help=_("en or id; by default the one of each person"))  # fmt: skip
    _add_taxes(area)
    mine = area.verb("mine", "payroll_runs:mine", _("list your own pay slips, or write one"),
                     example="payroll mine\npayroll mine 2026-01 --output slip.pdf\n"
                             "payroll mine --year 2026 --output certificate.pdf")  # fmt: skip
    mine.add_argument("run_number", metavar="RUN", nargs="?", default="",
                      help=_("PYR-0001, or a month; by default the newest"))  # fmt: skip
    mine.add_argument("--year", metavar="YYYY", default="",
                      help=_("the tax certificate of a settled year"))  # fmt: skip
    mine.add_argument("--output", metavar="FILE", default="", help=_("write a PDF file"))
    mine.add_argument("--language", metavar="L", default="", help=_("en or id"))


def _add_taxes(area: Area) -> None:
    papers = area.verb(
        "certificates", "payroll_runs:certificates",
        _("write the year's tax certificates (BPA1) as PDF into a folder"),
        example="payroll certificates certificates --year 2026 --language id",
    )  # fmt: skip
    papers.add_argument("folder", metavar="DIR")
    papers.add_argument("--year", metavar="YYYY", required=True)
    papers.add_argument(
        "--employee", metavar="E", default="", help=_("only this one, by number or name")
    )
    papers.add_argument("--language", metavar="L", default="",
                        help=_("en or id; by default the one of each person"))  # fmt: skip
    file = area.verb(
        "tax-file", "payroll_runs:tax_file",
        _("write a month's tax as XML for the tax office (BPMP), or a year as CSV"),
        example="payroll tax-file bpmp.xml --month 2026-01\npayroll tax-file bpa1.csv --year 2026",
    )  # fmt: skip
    file.add_argument("file", metavar="FILE")
    file.add_argument("--month", metavar="YYYY-MM", default="", help=_("by the monthly rates"))
    file.add_argument("--year", metavar="YYYY", default="", help=_("that is settled"))
    place = _("22 digits of the place of business; by default the head office")
    file.add_argument("--place", metavar="DIGITS", default="", help=place)
    file.add_argument("--skip-missing", action="store_true",
                      help=_("leave out people without a NIK or NPWP"))  # fmt: skip


def _add_setup(area: Area) -> None:
    load = area.verb("load", "payroll_setup:load_rules", _("keep rules of your own from a file"),
                     example="payroll load freedonia.toml")  # fmt: skip
    load.add_argument("file", metavar="RULES.toml")
    opening = area.verb(
        "carry-over", "payroll_setup:carry_over",
        _("keep what another program paid this year, from a CSV file"),
        example="payroll carry-over sums.csv --through 2026-05",
    )  # fmt: skip
    opening.add_argument("file", metavar="SUMS.csv",
                         help=_("employee, gross, tax, pension, zakat, borne"))  # fmt: skip
    opening.add_argument("--through", metavar="YYYY-MM", required=True,
                         help=_("the last month in it"))  # fmt: skip
    opening.add_argument("--rules", metavar="R", default="id", help=_("by which pay goes on"))
    group = area.verb("group", "payroll_setup:put_group", _("add a pay group, or change one"),
                      example="payroll group monthly --rules id --prorate work risk=2")  # fmt: skip
    group.add_argument("name", metavar="NAME")
    group.add_argument(
        "details", metavar="NAME=VALUE", nargs="*",
        help=_("risk, without, family, wage_floor, sector, method, smallest"),
    )  # fmt: skip
    group.add_argument("--rules", metavar="R", default="id", help=_("a set, or a family of sets"))
    group.add_argument("--prorate", metavar="HOW", default="calendar",
                       help=_("calendar or work: days that count"))  # fmt: skip
    area.verb("groups", "payroll_setup:list_groups", _("list pay groups"))
    account = area.verb("account", "payroll_setup:set_account", _("say where lines are booked"),
                        example="payroll account wages Expenses:Salaries")  # fmt: skip
    account.add_argument("key", metavar="KEY", help=_("wages, net, tax …, or the code of a line"))
    account.add_argument("account", metavar="ACCOUNT")
    area.verb("accounts", "payroll_setup:list_accounts", _("list where lines are booked"))
    _add_items(area)


def _add_items(area: Area) -> None:
    item = area.verb(
        "item", "payroll_setup:add_item", _("add what is paid, given or kept besides the salary"),
        example='payroll item transport --name "Transport" --employee EMP-0002 --amount 500000 '
                "--from 2026-01-01 --fixed\n"
                "payroll item thr --kind thr --name THR --from 2026-03-20 --once",
    )  # fmt: skip
    item.add_argument("code", metavar="CODE")
    for name, metavar, default, help_text in (
        ("--name", "TEXT", "", _("as pay slips say it")),
        (
            "--kind",
            "KIND",
            "earning",
            _("earning, benefit, deduction, thr, overtime, severance or old_age"),
        ),
        ("--employee", "E", "", _("by default everyone of the group")),
        ("--group", "G", "", _("by default all")),
        ("--amount", "X", "", _("a month")),
        ("--percent", "P", "", _("of the salary")),
        ("--hours", "N", "0", _("of overtime on one day")),
        ("--day", "DAY", "", _("workday, rest.5, rest.6 or rest.short")),
        ("--until", "D", "", _("the last day")),
        ("--note", "TEXT", "", _("the agreement")),
    ):
        item.add_argument(name, metavar=metavar, default=default, help=help_text)
    item.add_argument("--from", metavar="D", required=True, dest="starts")
    item.add_argument("--once", action="store_true", help=_("on that day alone"))
    for name, help_text in (
        ("--tax-free", _("no income for the tax")),
        ("--irregular", _("does not come every month")),
        ("--fixed", _("part of the wage that contributions are taken of")),
        ("--prorated", _("less where the month is not whole")),
    ):
        item.add_argument(name, action="store_true", help=help_text)
    area.verb("items", "payroll_setup:list_items", _("list pay items"))
    end = area.verb("end-item", "payroll_setup:end_item", _("let a pay item end, or take it back"))
    end.add_argument("id", metavar="ID")
    end.add_argument("--until", metavar="D", default="", help=_("by default it is taken back"))


def _rules(parser: Parser) -> None:
    parser.add_argument("--rules", metavar="R", default="id-2026",
                        help=_("a set of rules, such as id-2026"))  # fmt: skip
    parser.add_argument("--rules-file", metavar="FILE", default="",
                        help=_("a set of rules of your own"))  # fmt: skip
    parser.add_argument("--month", metavar="M", default="", help=_("1 to 12; by default November"))


def _add_computing(area: Area) -> None:
    area.verb("rules", "payroll:list_rules", _("list sets of rules"))
    compute = area.verb(
        "compute", "payroll:compute", _("tell what a month's pay comes to, line by line"),
        example="payroll compute --rules id-2024 --ptkp TK/0 --gross 10000000\n"
                "payroll compute --rules id-2026 --ptkp K/1 --gross 10000000 --method gross-up\n"
                "payroll compute --rules id-2024 --ptkp K/0 --gross 10000000 --no-bpjs --month 12 "
                "--year-gross 120000000 --pension 1200000",
    )  # fmt: skip
    _rules(compute)
    for name, metavar, default, help_text in (
        ("--gross", "X", None, _("the month's wage")),
        ("--ptkp", "STATUS", "TK/0", _("TK/0 to TK/3, K/0 to K/3")),
        ("--method", "HOW", "gross", _("gross, net or gross-up: who carries the tax")),
        ("--bonus", "X", "0", _("paid this month besides the wage")),
        ("--benefit", "X", "0", _("given in kind")),
        ("--pension", "X", "", _("own contributions; in a last month all those of the year")),
        ("--zakat", "X", "", _("given through the employer, likewise")),
        ("--year-gross", "X", "", _("taxable income of the year: settles it, in December")),
        (
            "--withheld",
            "X",
            "",
            _("tax of the months before; by default that of months like this one"),
        ),
        ("--months-worked", "N", "", _("this year, with this one")),
        ("--resident-months", "N", "12", _("where tax residence starts or ends in the year")),
        ("--risk", "CLASS", "1", _("risk class of the work, 1 to 5")),
        ("--without", "CODES", "", _("contributions that are not paid, such as jp,kes")),
        ("--family", "N", "0", _("members insured beyond those included")),
        ("--minimum-wage", "X", "0", _("of the place")),
        ("--sector", "NAME", "", _("of the employer, for tax that the state bears")),
    ):
        compute.add_argument(name, metavar=metavar, default=default, help=help_text,
                             required=default is None)  # fmt: skip
    compute.add_argument("--no-bpjs", action="store_true", help=_("no contributions"))
    compute.add_argument("--leaving", action="store_true", help=_("settle the year this month"))
    compute.add_argument("--no-tax-number", action="store_true", help=_("a fifth more tax"))
    _add_besides(area)


def _add_besides(area: Area) -> None:
    besides = area.verb(
        "besides", "payroll:besides",
        _("tell THR, overtime, severance, old-age savings, a day's wage or a fee, with its tax"),
        example="payroll besides thr --wage 5000000 --months 9\n"
                "payroll besides overtime --wage 5000000 --hours 7 --day rest.5\n"
                "payroll besides severance --wage 12000000 --months 300 --times 1.75\n"
                "payroll besides severance --amount 600000000",
    )  # fmt: skip
    besides.add_argument("what", metavar="WHAT",
                         help=_("thr, overtime, severance, old_age, daily or fee"))  # fmt: skip
    _rules(besides)
    for name, metavar, help_text in (
        ("--wage", "X", _("a month's wage with fixed allowances")),
        ("--whole-wage", "X", _("with variable allowances too")),
        ("--amount", "X", _("what is paid")),
        ("--months", "N", _("full months of service")),
        ("--hours", "N", _("of overtime on one day")),
    ):
        besides.add_argument(name, metavar=metavar, default="0", help=help_text)
    besides.add_argument("--times", metavar="N", default="1",
                         help=_("of severance pay, by the reason: 0.5 to 2"))  # fmt: skip
    besides.add_argument("--day", metavar="DAY", default="workday",
                         help=_("workday, rest.5, rest.6 or rest.short"))  # fmt: skip
