"""What differs from the month before where groups of people are paid apart."""

from dataclasses import replace
from datetime import date

from boconsole.payroll import approving, comparing, reading, running, setting_up
from boconsole.roles import permissions_of
from boconsole.session import Session
from boconsole.staff import changing, finding
from boconsole.staff.changing import NewFact
from tests.payrolls import as_role, open_company, posted


def test_runs_of_groups_and_of_everybody_are_compared_with_each_other(
    local_session: Session,
) -> None:
    hr = open_company(local_session)
    setup = replace(hr, permissions=permissions_of(("admin",)))
    setting_up.put_group(setup, "works", "id", "calendar", {})
    budi = finding.find(hr, "Budi")
    first = posted(hr, 202601)[1]
    given = {"tax_status": "TK/0", "pay_group": "works"}
    changing.enter(hr, budi, NewFact("terms", given, date(2026, 2, 1)))
    group, others = running.run(hr, 202602, "works"), running.run(hr, 202602)
    approver = as_role(hr, "una", "approver")
    for row in (group, others):
        approving.approve(approver, row)
    march = running.run(hr, 202603)
    setting_up.put_group(setup, "sales", "id", "calendar", {})
    changing.enter(hr, budi, NewFact("terms", given | {"pay_group": "sales"}, date(2026, 3, 1)))
    told = [comparing.compare(hr, row) for row in (group, others, march)]
    running.drop(hr, march)
    sales = comparing.compare(hr, running.run(hr, 202603, "sales"))[0]

    assert [before and before.runs for before, _ in told] == [
        "PYR-0001", "PYR-0001", "PYR-0002, PYR-0003",
    ]  # fmt: skip
    assert [before and before.net for before, _ in told] == [
        group.net, sum(slip.net for slip in reading.slips(hr, first) if slip.name != "Budi"),
        group.net + others.net,
    ]  # fmt: skip
    assert [sorted({each.person for each in found}) for _, found in told] == [
        [], ["Citra"], ["Budi"],
    ]  # fmt: skip
    assert sales is not None
    assert (sales.runs, sales.net) == ("PYR-0002", group.net)
