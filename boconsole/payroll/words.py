"""Words of pay: states, kinds, the keys of accounts, months, and what the rules' lines are called.

The lines of the rules that are shipped are named in English in their files; they are marked here.
"""

import re
from datetime import date, timedelta

from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _

AREA = "payroll"
"""The feature of the audit trail, and the area of the permissions."""
DRAFT, APPROVED, POSTED, PAID, DROPPED = "draft", "approved", "posted", "paid", "dropped"
STATE_TITLES = {
    DRAFT: N_("draft"), APPROVED: N_("approved"), POSTED: N_("posted"), PAID: N_("paid"),
    DROPPED: N_("dropped"),
}  # fmt: skip
REGULAR, CORRECTION, OPENING = "regular", "correction", "opening"
RUN_KINDS = {
    REGULAR: N_("regular"), CORRECTION: N_("correction"), OPENING: N_("carried over"),
}  # fmt: skip
KIND_TITLES = {
    "earning": N_("Earning"), "benefit": N_("In kind"), "employer": N_("Employer"),
    "deduction": N_("Deduction"), "tax": N_("Tax"), "working": N_("Step"),
}  # fmt: skip
CALENDAR, WORK = "calendar", "work"
PRORATES = {CALENDAR: N_("calendar days"), WORK: N_("working days")}
ITEM_KINDS = ("earning", "benefit", "deduction", "thr", "overtime", "severance", "old_age")
SERIES = "PYJ"
"""Of the entries in the books."""
KEYS = {
    "wages": N_("expense of salaries and all else that is earned"),
    "employer": N_("expense of the employer's contributions"),
    "net": N_("what is owed to staff"),
    "tax": N_("income tax that is owed"),
    "contributions": N_("contributions that are owed"),
    "deductions": N_("what was kept from the pay for others"),
    "bank": N_("bank account that pays"),
}  # fmt: skip
"""Where lines are booked; the code of a line, such as `thr` or `jht.employee`, goes first."""
NUMBER = re.compile(r"(?:pyr-?)?0*([0-9]{1,9})", re.IGNORECASE)
MONTH = re.compile(r"(\d{4})-(\d\d)")


def parse_number(text: str) -> int | None:
    """Return the id that a number of a run names, None where it is none."""
    found = NUMBER.fullmatch(text.strip())
    return int(found[1]) if found and int(found[1]) < 2**31 else None


def parse_month(text: str) -> int:
    """Return 202601 for `2026-01`; raises InvalidChangeError."""
    found = MONTH.fullmatch(text.strip())
    if found and 1 <= int(found[2]) <= 12 and int(found[1]) >= 1900:
        return int(found[1]) * 100 + int(found[2])
    raise InvalidChangeError(
        "month", _("{text!r} is no month such as 2026-05").format(text=text[:20])
    )


def month_text(month: int) -> str:
    """Return `2026-01` for 202601."""
    return f"{month // 100}-{month % 100:02}"


def days_of(month: int) -> tuple[date, date]:
    """Return the first and the last day of a month."""
    first = date(month // 100, month % 100, 1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def line_name(name: str) -> str:
    """Return the name of a line in the language of the reader."""
    return _(name) if name else ""
