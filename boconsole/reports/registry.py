"""Every report there is: an entry here can be run, seen, exported and scheduled."""

from boconsole.language import N_
from boconsole.reports.shapes import Report

TICKETS = ("ticket.read",)
GROUPS = ("queue", "assignee", "category", "organisation", "priority", "kind", "channel")
ASSETS = ("asset.read",)
HELD = ("category", "model", "place", "state")
TIMES_AND_GROUPS = ("month", "week", "day", *GROUPS)

REPORTS = (
    Report("tickets-volume", N_("Tickets in and out"),
           N_("How many tickets came in and were solved."),
           "tickets", TICKETS, "ticket_reports:volume", TIMES_AND_GROUPS, filtered="tickets"),
    Report("tickets-backlog", N_("Backlog over time"),
           N_("How many tickets were open at the end of each period."),
           "tickets", TICKETS, "ticket_reports:backlog", ("week", "month", "day"),
           filtered="tickets"),
    Report("tickets-open", N_("Open tickets"),
           N_("What is open now, how old it is, and what has nobody."),
           "tickets", TICKETS, "ticket_reports:waiting", GROUPS, spans=False,
           filtered="tickets"),
    Report("tickets-response", N_("First response times"),
           N_("How long requesters waited for the first answer."),
           "tickets", TICKETS, "ticket_reports:response", TIMES_AND_GROUPS, filtered="tickets"),
    Report("tickets-resolution", N_("Resolution times"),
           N_("How long it took until tickets were solved."),
           "tickets", TICKETS, "ticket_reports:resolution", TIMES_AND_GROUPS,
           filtered="tickets"),
    Report("tickets-sla", N_("Service levels kept"),
           N_("Which promised times were kept and which were missed."),
           "tickets", TICKETS, "ticket_reports:kept", TIMES_AND_GROUPS, filtered="tickets"),
    Report("tickets-reopened", N_("Reopened tickets"),
           N_("How many tickets were solved and had to be opened again."),
           "tickets", TICKETS, "ticket_reports:reopened", TIMES_AND_GROUPS, filtered="tickets"),
    Report("tickets-satisfaction", N_("Satisfaction"),
           N_("How requesters rated the help they got, from 1 to 5."),
           "tickets", TICKETS, "ticket_reports:satisfaction", TIMES_AND_GROUPS,
           filtered="tickets"),
    Report("assets-age", N_("Age of assets"), N_("How old active assets are."),
           "assets", ASSETS, "asset_reports:age", HELD, spans=False, filtered="assets"),
    Report("assets-cost", N_("Cost of ownership"),
           N_("What active assets cost: purchase, repairs and licences."),
           "assets", ASSETS, "asset_reports:cost", HELD, spans=False, filtered="assets"),
    Report("assets-failures", N_("Failures by model"),
           N_("Repairs and tickets for each year that a device is in use."),
           "assets", ASSETS, "asset_reports:failures", filtered="assets"),
    Report("staff-heads", N_("Head count and turnover"),
           N_("How many people are employed, who came and who left."),
           "staff", ("staff.read",), "staff_reports:heads", ("month", "week", "department"),
           filtered="people"),
    Report("staff-absence", N_("Absence"), N_("Approved leave by type, month or department."),
           "staff", ("staff.read", "leave.read"), "staff_reports:absence",
           ("type", "department", "month"), filtered="people"),
    Report("staff-cost", N_("Cost of staff"),
           N_("What a month of basic pay costs, by department."),
           "staff", ("staff.read", "staff.pay"), "staff_reports:cost", spans=False,
           filtered="people"),
    Report("money-ratios", N_("Financial ratios"),
           N_("Liquidity, debt, days outstanding and margins, with their formulas."),
           "money", ("ledger.read",), "money_reports:ratios", filtered="marks"),
    Report("money-ageing", N_("Open items by age"),
           N_("What customers owe, or what is owed to suppliers."),
           "money", ("invoice.read",), "money_reports:ageing", ("receivable", "payable"),
           spans=False, filtered="documents"),
    Report("money-budget", N_("Budget against actual"),
           N_("Plans of accounts against what came of them."),
           "money", ("ledger.read", "budget.read"), "money_reports:budget",
           filtered="accounts"),
    Report("projects-portfolio", N_("Portfolio"), N_("How all projects under way stand."),
           "projects", ("project.read",), "project_reports:portfolio", spans=False,
           filtered="projects"),
    Report("projects-earned-value", N_("Earned value"),
           N_("Earned value of projects that have a budget."),
           "projects", ("project.read",), "project_reports:earned_value", spans=False,
           filtered="projects"),
    Report("projects-time", N_("Time spent"), N_("Hours by person, project or month."),
           "projects", ("time.read",), "project_reports:time_spent",
           ("person", "project", "month"), filtered="projects"),
)  # fmt: skip
BY_NAME = {report.name: report for report in REPORTS}
AREAS = {
    "tickets": N_("Tickets"), "assets": N_("Assets"), "staff": N_("Staff"), "money": N_("Money"),
    "projects": N_("Projects"),
}  # fmt: skip
"""Areas of reports, in the order of their list, and what they are called."""
