"""The blocks that Home is made of, and which of them a role begins with.

A block has figures, each counted from the list that it opens, or rows, each of which opens a
record. Somebody sees the blocks and the figures of lists that they may open.
"""

from typing import NamedTuple

from boconsole.language import N_


class Asked(NamedTuple):
    """A figure as it is asked for.

    Attributes:
        name: Its id, unique in its block.
        title: Marked with `N_`.
        listed: The list that it is counted from, one of `lists.LISTS`.
        query: What the list is asked.
        tone: How it stands out when it is not zero.
    """

    name: str
    title: str
    listed: str
    query: str
    tone: str = "strong"


class Made(NamedTuple):
    """A block.

    Attributes:
        title: Marked with `N_`.
        figures: Those that are counted.
        quiet: Whether figures that are zero are left out.
        rows: What reads the rest: one of `rows.READERS`, or a function of `looking`; "" for none.
        empty: What it says without anything; marked with `N_`.
        side: Whether it stands at the right where there is room.
        permissions: One of them shows it; none are needed where it is empty.
    """

    title: str
    figures: tuple[Asked, ...] = ()
    quiet: bool = False
    rows: str = ""
    empty: str = ""
    side: bool = False
    permissions: tuple[str, ...] = ()


NEEDS = (
    Asked("breached", N_("Breached tickets"), "tickets", "is:breached", "bad"),
    Asked("warned", N_("Breaching soon"), "tickets", "is:warned", "warn"),
    Asked("unread", N_("Unread tickets"), "tickets", "any is:unread", "info"),
    Asked("approvals", N_("Approvals waiting for me"), "approvals", "you", "warn"),
    Asked("leave", N_("Leave to decide"), "leave", "", "warn"),
    Asked("appraisals", N_("Appraisals to be written"), "appraisals", "is:waiting", "warn"),
    Asked("pay-runs", N_("Pay runs that wait"), "pay-runs", "state:draft,approved", "warn"),
    Asked("red", N_("Red projects"), "projects", "rag:red", "bad"),
    Asked("tasks-due", N_("My tasks due or late"), "tasks", "is:mine due:<=today", "warn"),
    Asked("invoices-overdue", N_("Overdue invoices"), "invoices", "is:overdue sort:due", "bad"),
    Asked("bills-overdue", N_("Overdue bills"), "bills", "is:overdue sort:due", "bad"),
    Asked("ending", N_("Ending within 30 days"), "ending", "days:0..30", "warn"),
    Asked("returns", N_("Assets not brought back"), "assets", "is:overdue", "warn"),
    Asked("stock", N_("Consumables running out"), "consumables", "is:warned", "warn"),
    Asked("reviews", N_("Articles to review"), "articles", "is:reviewable", "info"),
)  # fmt: skip
"""What somebody is asked to do, of every area."""
TICKETS = (
    Asked("mine", N_("Mine"), "tickets", "is:mine"),
    Asked("unassigned", N_("Unassigned"), "tickets", "is:unassigned"),
    Asked("warned", N_("Breaching soon"), "tickets", "is:warned", "warn"),
    Asked("breached", N_("Breached"), "tickets", "is:breached", "bad"),
    Asked("waiting", N_("Waiting for an answer"), "tickets", "state:pending"),
    Asked("unread", N_("Unread"), "tickets", "any is:unread", "info"),
)
MONEY = (
    Asked("invoices-open", N_("Open invoices"), "invoices", "is:open sort:due"),
    Asked("invoices-late", N_("Overdue invoices"), "invoices", "is:overdue sort:due", "bad"),
    Asked("bills-open", N_("Open bills"), "bills", "is:open sort:due"),
    Asked("bills-late", N_("Overdue bills"), "bills", "is:overdue sort:due", "bad"),
    Asked("bills-soon", N_("Bills due in 7 days"), "bills", "is:open due:today..+7d sort:due"),
    Asked("drafts", N_("Drafts of entries"), "journal", "is:draft"),
    Asked("waiting", N_("Waiting for an approval"), "approvals", ""),
)  # fmt: skip
PROJECTS = (
    Asked("red", N_("Red projects"), "projects", "rag:red", "bad"),
    Asked("amber", N_("Amber projects"), "projects", "rag:amber", "warn"),
    Asked("late", N_("Late projects"), "projects", "is:late sort:due", "warn"),
    Asked("led", N_("Led by me"), "projects", "is:mine"),
    Asked("going", N_("Going on"), "projects", ""),
)
TASKS = (
    Asked("mine", N_("My tasks"), "tasks", "is:mine sort:due"),
    Asked("late", N_("My late tasks"), "tasks", "is:mine is:late sort:due", "warn"),
    Asked("nobody", N_("Tasks nobody has"), "tasks", "is:unassigned sort:due"),
)
ASSETS = (
    Asked("returns", N_("Not brought back"), "assets", "is:overdue", "warn"),
    Asked("expiring", N_("Warranty ends soon"), "assets", "is:expiring"),
    Asked("old", N_("Past their end of life"), "assets", "is:old"),
    Asked("free", N_("In stock"), "assets", "is:free"),
    Asked("repairs", N_("Away for repair"), "repairs", "is:away sort:sent"),
    Asked("licences", N_("Licences ending soon"), "licences", "is:warned sort:ends", "warn"),
    Asked("stock", N_("Consumables running out"), "consumables", "is:warned", "warn"),
)
PEOPLE = (
    Asked("employed", N_("Employed"), "people", "state:employed"),
    Asked("coming", N_("Starting soon"), "people", "state:coming"),
    Asked("contracts", N_("Contracts that end soon"), "people", "is:ending sort:ends", "warn"),
    Asked("leave", N_("Leave to decide"), "leave", "", "warn"),
    Asked("pay-runs", N_("Pay runs that wait"), "pay-runs", "state:draft,approved", "warn"),
)
ARTICLES = (
    Asked("review", N_("To review"), "articles", "is:reviewable", "info"),
    Asked("due", N_("To be looked at again"), "articles", "is:due"),
    Asked("drafts", N_("My drafts"), "articles", "is:draft is:mine"),
)
ASSESSMENTS = (
    Asked("due", N_("Due within 30 days"), "assessments", "next:<=+30d sort:next", "warn"),
    Asked("drafts", N_("Drafts of assessments"), "assessments", "state:draft"),
    Asked("knocked", N_("Knocked out"), "assessments", "is:knocked", "bad"),
)
TICKET_READ, LEDGER_READ = ("ticket.read",), ("ledger.read",)
BLOCKS = {
    "now": Made(N_("Needs me now"), NEEDS, quiet=True, empty=N_("Nothing needs you now.")),
    "trends": Made(N_("Figures"), rows="trends",
                   permissions=("ticket.read", "ledger.read", "staff.read")),
    "tickets": Made(N_("To do"), TICKETS, permissions=TICKET_READ),
    "states": Made(N_("Active tickets"), rows="states", permissions=TICKET_READ),
    "queues": Made(N_("By queue"), rows="queues", permissions=TICKET_READ,
                   empty=N_("There are no queues yet; Admin (0) makes them.")),
    "due": Made(N_("Next due, mine or nobody's"), rows="due", side=True, permissions=TICKET_READ,
                empty=N_("Nothing is due.")),
    "news": Made(N_("News for me"), rows="news", side=True, empty=N_("No news.")),
    "ending": Made(N_("What ends soon"), rows="ending", side=True, permissions=("asset.read",),
                   empty=N_("Nothing ends within 90 days.")),
    "projects": Made(N_("Projects"), PROJECTS, permissions=("project.read",)),
    "red": Made(N_("Red and amber projects"), rows="red", side=True,
                permissions=("project.read",), empty=N_("No project is red or amber.")),
    "tasks": Made(N_("Tasks"), TASKS, permissions=("project.read",)),
    "next-tasks": Made(N_("My next tasks"), rows="next_tasks", side=True,
                       permissions=("project.read",), empty=N_("You have no task.")),
    "approvals": Made(N_("Approvals"), rows="approvals", side=True,
                      permissions=(*LEDGER_READ, "recruitment.approve"),
                      empty=N_("Nothing waits for an approval.")),
    "money": Made(N_("Money"), MONEY, permissions=("invoice.read",)),
    "assets": Made(N_("Assets"), ASSETS, permissions=("asset.read",)),
    "people": Made(N_("Staff"), PEOPLE, permissions=("staff.read",)),
    "assessments": Made(N_("Assessments"), ASSESSMENTS, permissions=("assessment.read",)),
    "articles": Made(N_("Knowledge"), ARTICLES, permissions=("knowledge.read",)),
}  # fmt: skip
"""Every block, by its id."""

AGENT = ("now", "tickets", "trends", "due", "news", "queues")
DEFAULTS = {
    "agent": AGENT,
    "editor": ("now", "articles", "tickets", "news"),
    "asset_manager": ("now", "assets", "trends", "ending", "news"),
    "hr_officer": ("now", "people", "trends", "ending", "news"),
    "accountant": ("now", "money", "trends", "approvals", "news"),
    "approver": ("now", "money", "trends", "approvals", "news"),
    "project_manager": ("now", "projects", "tasks", "red", "next-tasks", "news"),
    "executive": ("now", "trends", "projects", "money", "red", "ending", "news"),
    "auditor": ("trends", "money", "projects", "assessments", "tickets", "approvals"),
    "admin": ("now", "tickets", "trends", "due", "news", "states", "queues", "ending"),
}
"""What a role begins with, in order."""
