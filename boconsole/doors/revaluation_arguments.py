"""What can be typed about rates and revaluations, after `boconsole ledger`."""

from boconsole.doors.arguments import Area
from boconsole.language import _


def add(area: Area) -> None:
    """Add the verbs to the area of the books."""
    rate = area.verb(
        "rate", "revaluing:rate", _("say what one unit of a commodity is worth from a day on"),
        example='ledger rate EUR "1.0832 USD" --date 2026-05-31',
    )  # fmt: skip
    rate.add_argument("code", metavar="CODE")
    rate.add_argument("worth", metavar="WORTH", help=_("a number and a commodity"))
    rate.add_argument("--date", metavar="D", default="", help=_("by default today"))
    rates = area.verb("rates", "revaluing:rates", _("list the rates that are known on a day"))
    rates.add_argument("--at", metavar="D", default="", help=_("by default today"))
    revalue = area.verb(
        "revalue", "revaluing:revalue",
        _("value foreign items at the rate of a day: shown, or posted with --post"),
        example="ledger revalue --at 2026-05-31\nledger revalue --at 2026-05-31 --post",
    )  # fmt: skip
    revalue.add_argument("--at", metavar="D", required=True)
    revalue.add_argument("--post", action="store_true",
                         help=_("post it, and its opposite on the next day"))  # fmt: skip
    revalued = area.verb(
        "revalued", "revaluing:revalued", _("list the accounts that are revalued, or mark one"),
        example="ledger revalued\nledger revalued Liabilities:Loan",
    )  # fmt: skip
    revalued.add_argument("account", metavar="ACCOUNT", nargs="?", default="")
    revalued.add_argument("--adjustment", metavar="ACCOUNT", default="",
                          help=_("takes what rates add; by default made when needed"))  # fmt: skip
    revalued.add_argument("--off", action="store_true", help=_("no more"))
