"""What leave and overtime do to pay: approved hours are paid, unpaid days are not."""

from dataclasses import replace
from datetime import date

from boconsole.leave import asking, deciding, overtime
from boconsole.leave.counting import Wish
from boconsole.leave.deciding import Ref
from boconsole.payroll import computing
from boconsole.payroll.computing import lines_of
from boconsole.roles import permissions_of
from boconsole.session import Session
from boconsole.staff import changing, finding
from boconsole.staff.changing import NewFact
from tests.leave_office import CITRA, make_office


def test_approved_overtime_is_paid_and_leave_without_pay_is_not(local_session: Session) -> None:
    office = make_office(local_session)
    hr = replace(office.hr, permissions=permissions_of(("hr_officer",)))
    start = date(2024, 3, 1)
    for row in (finding.get(hr, one) for one in range(1, 5)):
        changing.enter_all(hr, row, [NewFact("salary", {"amount": "5000000 IDR"}, start),
                                     NewFact("terms", {"tax_status": "TK/0"}, start)])  # fmt: skip
    leave = asking.request(office.citra, CITRA, "unpaid",
                           Wish(date(2026, 5, 11), date(2026, 5, 12)), "")  # fmt: skip
    longer = overtime.request(office.citra, CITRA, date(2026, 5, 4), 180, "Closing")
    sunday = overtime.request(office.citra, CITRA, date(2026, 5, 10), 420, "Moving")
    asked = overtime.request(office.citra, CITRA, date(2026, 5, 5), 60, "Nobody decided yet")
    deciding.approve(hr, [Ref(leave.id, leave.version)])
    overtime.approve(hr, [Ref(row.id, row.version) for row in (longer, sunday)])

    slips = computing.month(hr, 202605, "").slips
    mine = next(row for row in slips if row.employee_id == CITRA)
    found = [(line.code, line.rate, line.amount) for line in lines_of(mine)
             if line.kind == "earning"]  # fmt: skip

    assert asked.state == "requested"
    assert found == [
        ("salary", "", 5_000_000), ("unpaid_leave", "-2/21", -476_190),
        ("overtime", "5.5 x 1/173", 158_960), ("overtime", "14 x 1/173", 404_624),
    ]  # fmt: skip
    assert mine.gross == 5_087_394 + 200_000 + 12_000 + 15_000
