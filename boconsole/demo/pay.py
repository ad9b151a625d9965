"""Pay of the demo's organisation: last month posted, this one a draft that a colleague approves.

Where no rules that are shipped speak for a month, there is none.
"""

from dataclasses import replace
from datetime import date, timedelta

from boconsole.payroll import approving, posting, running, setting_up
from boconsole.payroll.rules.errors import NoRuleError
from boconsole.payroll.setting_up import NewItem
from boconsole.roles import permissions_of
from boconsole.session import Session
from boconsole.staff import finding
from db import users

GROUP = "bulanan"
BOOKED = {
    "wages": "5201", "thr": "5202", "employer": "5203", "net": "2111", "tax": "2122",
    "contributions": "2131", "deductions": "2151", "bank": "1111",
}  # fmt: skip
APPROVERS = ("lestari.arunika", "lestari")
EVERYTHING = ("admin", "hr_officer", "approver", "accountant")


def keep(session: Session) -> int:
    """Write it, and let whose demo it is see it; returns how many runs there are."""
    users.add_role(session.user.id, "hr_officer")
    hr = replace(session, permissions=permissions_of(EVERYTHING))
    approver = _approver(hr)
    if approver is None:
        return 0
    for key, code in BOOKED.items():
        setting_up.set_account(hr, key, code)
    setting_up.put_group(hr, GROUP, "id", "calendar", {"risk": "1"})
    today = finding.today_of(session)
    before = today.replace(day=1) - timedelta(days=1)
    setting_up.add_item(hr, NewItem(
        "transport", "Tunjangan transportasi", "earning", before.replace(day=1), group=GROUP,
        amount="600000", fixed=True,
    ))  # fmt: skip
    try:
        row = running.run(hr, _month(before), GROUP)
        posting.post(hr, approving.approve(approver, row))
        running.run(hr, _month(today), GROUP)
    except NoRuleError:
        return 0
    return 2


def _month(day: date) -> int:
    return day.year * 100 + day.month


def _approver(hr: Session) -> Session | None:
    for login in APPROVERS:
        user = users.find(login)
        if user is not None and user.id != hr.user.id:
            return replace(hr, user=user)
    return None
