"""What can be typed after `boconsole payroll`."""

from typing import Any

from boconsole.doors.arguments import Area, Parser
from boconsole.language import _


def add(areas: Any) -> None:  # Any: argparse's own
    """Add the area of pay."""
    area = Area(areas, "payroll", _("pay: what it comes to, pay runs and pay slips"))
    _add_computing(area)


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
                "--year-gross 120000000 --withheld 2200000 --pension 1200000",
    )  # fmt: skip
    _rules(compute)
    for name, metavar, default, help_text in (
        ("--gross", "X", None, _("the month's wage")),
        ("--ptkp", "STATUS", "TK/0", _("TK/0 to TK/3, K/0 to K/3")),
        ("--method", "HOW", "gross", _("gross, net or gross-up: who carries the tax")),
        ("--bonus", "X", "0", _("paid this month besides the wage")),
        ("--benefit", "X", "0", _("given in kind")),
        ("--pension", "X", "", _("own contributions; in a last month those of the year")),
        ("--zakat", "X", "", _("given through the employer, likewise")),
        ("--year-gross", "X", "", _("taxable income of the year: settles it")),
        ("--withheld", "X", "", _("tax of the months before")),
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
    besides.add_argument("--day", metavar="DAY", default="workday",
                         help=_("workday, rest.5, rest.6 or rest.short"))  # fmt: skip
