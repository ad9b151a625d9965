"""Every report there is: an entry here can be run, seen, exported and scheduled."""

from boconsole.language import N_
from boconsole.reports.shapes import Report

TICKETS = ("ticket.read",)
GROUPS = ("queue", "assignee", "category", "organisation", "priority", "kind", "channel")
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
)  # fmt: skip
BY_NAME = {report.name: report for report in REPORTS}
AREAS = {
    "tickets": N_("Tickets"), "assets": N_("Assets"), "staff": N_("Staff"), "money": N_("Money"),
    "projects": N_("Projects"),
}  # fmt: skip
"""Areas of reports, in the order of their list, and what they are called."""
