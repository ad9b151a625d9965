"""What can be typed about years, months, lock dates and exceptions, after `boconsole ledger`."""

from boconsole.doors.arguments import Area
from boconsole.language import _


def add(area: Area) -> None:
    """Add the verbs to the area of the books."""
    area.verb("periods", "ledger_periods:list_periods", _("list fiscal years and their months"))
    for name, run, help_text in (
        ("close", "close", _("close a fiscal year, or a month such as 2026-04")),
        ("reopen", "reopen", _("open a closed year or month again")),
        ("lock", "lock_year", _("lock a closed year for good")),
    ):
        parser = area.verb(name, f"ledger_periods:{run}", help_text)
        parser.add_argument("year", metavar="YEAR")
        if name == "reopen":
            parser.add_argument("--reason", metavar="TEXT", default="")
    points = area.verb(
        "checklist", "ledger_periods:checklist",
        _("tell what is to do before a month or year is closed"),
        example="ledger checklist 2026-04\nledger checklist 2026",
    )  # fmt: skip
    points.add_argument("month", metavar="MONTH")
    dates = area.verb(
        "lock-date", "ledger_periods:lock_date", _("book nothing more up to a day"),
        example="ledger lock-date ledger 2026-04-30",
    )  # fmt: skip
    dates.add_argument("part", metavar="PART",
                       help=_("ledger, tax, sales, purchases, payroll or hard"))  # fmt: skip
    dates.add_argument("through", metavar="D")
    area.verb("locks", "ledger_periods:list_locks", _("list the lock dates"))
    _add_exceptions(area.area("exception", _("who may book before a lock date for some time")))


def _add_exceptions(area: Area) -> None:
    allow = area.verb(
        "allow", "ledger_periods:allow_exception", _("let somebody book before a lock date"),
        example='ledger exception allow purchases --who siti --until "tomorrow 17:00" '
                '--reason "late bill"',
    )  # fmt: skip
    allow.add_argument("part", metavar="PART",
                       help=_("ledger, tax, sales, purchases or payroll"))  # fmt: skip
    allow.add_argument("--who", metavar="LOGIN", required=True, help=_("or: everybody"))
    allow.add_argument(
        "--until", metavar="WHEN", required=True, help=_("such as +2h; 31 days at most")
    )
    allow.add_argument("--reason", metavar="TEXT", required=True)
    area.verb("list", "ledger_periods:list_exceptions", _("list the exceptions that run"))
    withdraw = area.verb("withdraw", "ledger_periods:withdraw_exception",
                         _("end an exception before its time"))  # fmt: skip
    withdraw.add_argument("number", metavar="NUMBER")
