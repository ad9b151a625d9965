"""A small office for the pictures: four agents, two dozen tickets, one long story.

Everything is made by the operations under a clock that is set, so that every run makes the same
records; the last moment is Monday, 4 May 2026, 09:00 UTC.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from typing import NamedTuple

from boconsole import views
from boconsole.accounts import changing as accounts
from boconsole.session import Session
from boconsole.tickets import (
    changing,
    creating,
    linking,
    macros,
    overview,
    replying,
    service_levels,
    setting_up,
    templates,
    triggering,
)
from boconsole.tickets.rows import File, NewTicket, Ref
from db import connection
from db.contacts import Organisation
from tests.people import StandingClock, add_agent

ME = "maya"
STORY = 12
"""The ticket with a long thread."""
ORGANISATIONS = {
    "Northwind Logistics": "northwind.example",
    "Harbour Clinic": "harbour.example",
    "Fern & Oak Interiors": "fernoak.example",
}
POLICIES = """
[calendars.office]
timezone = "UTC"
holidays = ["05-01"]
[calendars.office.hours]
mon = ["08:00-12:00", "13:00-17:00"]
tue = ["08:00-12:00", "13:00-17:00"]
wed = ["08:00-12:00", "13:00-17:00"]
thu = ["08:00-12:00", "13:00-17:00"]
fri = ["08:00-12:00", "13:00-17:00"]

[[policies]]
name = "Critical incidents"
calendar = "office"
match = "kind:incident priority:critical"
first_response = 30
next_reply = 60
resolution = 480

[[policies]]
name = "Standard"
calendar = "office"
first_response = 480
next_reply = 960
resolution = 4800
"""


class Made(NamedTuple):
    """A ticket to make; levels are impact and urgency."""

    at: str
    subject: str
    requester: str
    levels: str
    queue: str
    assignee: str = ""
    tags: str = ""
    kind: str = "incident"
    category: str = ""
    body: str = ""


ANN, OMAR, LENA, JOEL, RUTH, IVO = (
    "Ann Lee <ann.lee@northwind.example>",
    "Omar Haddad <omar@northwind.example>",
    "Lena Brandt <l.brandt@harbour.example>",
    "Joël Martin <joel@fernoak.example>",
    "Ruth Okafor <ruth.okafor@harbour.example>",
    "Ivo Petrov <ivo@fernoak.example>",
)
DESK, NETWORK, SYSTEMS = "Service Desk", "Network", "Applications"
TICKETS = (
    Made("04-20 09:10", "Order history shows the wrong year", OMAR, "low low", SYSTEMS, "tomas",
         category="Software / Orders"),
    Made("04-21 13:40", "Badge does not open the side door", LENA, "low medium", DESK, "budi",
         "badge"),
    Made("04-22 08:25", "Why does the scanner ask for a licence?", IVO, "low low", DESK, "maya",
         kind="question"),
    Made("04-23 10:05", "Projector in the meeting room hums", JOEL, "low low", DESK, "",
         "meeting-room"),
    Made("04-24 11:30", "Replace the switch in cabinet 4", OMAR, "medium low", NETWORK, "sari",
         "maintenance", "change"),
    Made("04-27 08:15", "Mail to the clinic comes back", RUTH, "medium high", SYSTEMS, "tomas",
         "mail,partner", category="Software / Mail"),
    Made("04-27 14:50", "Second screen for the front desk", LENA, "low low", DESK, "maya",
         "hardware", "request", "Hardware / Screens"),
    Made("04-28 09:00", "Repeated outages of the order system", OMAR, "high medium", SYSTEMS,
         "tomas", "orders", "problem"),
    Made("04-28 10:20", "Invoice printed twice, customer upset", JOEL, "medium medium", DESK,
         "budi", "billing,vip", "complaint"),
    Made("04-29 08:40", "Laptop battery swells", IVO, "medium high", DESK, "maya", "hardware",
         category="Hardware / Laptops"),
    Made("04-29 15:05", "Access to the folder “Tenders 2026” for two colleagues", RUTH,
         "low medium", DESK, "", "access", "request"),
    Made("04-29 16:20", "Warehouse scanners lose the network at shift change", ANN,
         "high medium", NETWORK, "maya", "scanner,warehouse,wifi",
         category="Network / Wireless", body=(
             "Good afternoon,\n\nsince Monday about **half of our scanners** lose the network at "
             "14:00, just when the late shift begins. They come back after ten minutes:\n\n"
             "- aisles A to F are hit, G and H are not\n"
             "- restarting a scanner helps at once\n"
             "- the error is `E_ASSOC_TIMEOUT`\n\nWe ship two hours late because of this.")),
    Made("04-30 08:05", "Printer on floor 2 prints blank pages", LENA, "medium medium", DESK,
         "", "printer", category="Hardware / Printers"),
    Made("04-30 09:30", "VPN asks for the password every hour", OMAR, "medium medium", NETWORK,
         "sari", "vpn"),
    Made("04-30 09:45", "New colleague on 18 May: Priya Nair", RUTH, "low medium", DESK, "budi",
         "onboarding", "request"),
    Made("04-30 13:10", "Calendar shows all meetings one hour late", JOEL, "medium medium",
         SYSTEMS, "maya", "calendar"),
    Made("04-30 15:25", "Payroll export stops at 80 %", RUTH, "high high", SYSTEMS, "tomas",
         "payroll,month-end", category="Software / Payroll",
         body="The export for April stops at 80 % and the bank wants the file today."),
    Made("04-30 16:40", "Phishing mail “Your parcel is waiting”", IVO, "medium high", DESK,
         "budi", "phishing,security"),
    Made("05-01 09:15", "Guest network is slow in the showroom", IVO, "low medium", NETWORK, "",
         "wifi"),
    Made("05-02 10:30", "Kiosk in the waiting room shows a blue screen", LENA, "medium medium",
         DESK, "", "kiosk"),
    Made("05-04 07:35", "Order system answers with error 502", OMAR, "high high", SYSTEMS,
         "maya", "orders,outage", category="Software / Orders",
         body="Nobody can enter orders since 07:30. All four sites."),
    Made("05-04 07:50", "取引先からのメールが文字化けします", "Sato Yuki <yuki@northwind.example>",
         "medium medium", SYSTEMS, "", "mail"),
    Made("05-04 08:10", "Cannot sign in after the holiday", ANN, "medium high", DESK, "",
         "password"),
    Made("05-04 08:35", "Headset is not found by the phone", JOEL, "low medium", DESK, "",
         "hardware"),
)  # fmt: skip
REPLY = """Hello Ann,

thank you for the details. The access points of aisles A to F restart at 14:00, because \
a **power saving rule** was rolled out to them on Friday. I have asked for it to be taken back.

1. Until then please keep the scanners in their cradles during the shift change.
2. If one hangs, hold the red key for three seconds.

Maya"""
NOTE = """Same firmware on the access points of Harbour Clinic, see TKT-19.

> 14:00:03 wlc01 AP-A3 state change: POWERSAVE
> 14:00:04 wlc01 AP-A3 22 clients dropped"""
THANKS = "That helped, only *one* scanner was lost today. When will the rule be gone for good?"
STEP = tuple[str, Callable[[], object]]


def build(maya: Session, clock: StandingClock) -> None:
    """Fill a fresh database, whose only account is Maya's."""
    clock.now = _at("04-17 08:00")
    since = (int(clock.now.timestamp()), maya.user.id)
    connection.execute("UPDATE user_account SET created_at = ? WHERE id = ?", since)
    agents = {login: add_agent(maya, login) for login in ("budi", "sari", "tomas")}
    accounts.add(maya, "audrey", name="Audrey Vance", email="audrey@own.example", roles=["auditor"])
    _set_up(maya)
    diary: list[STEP] = [(made.at, partial(_make, maya, made)) for made in TICKETS]
    diary += _story(maya, **agents)
    for at, act in sorted(diary, key=lambda step: step[0]):
        clock.now = _at(at)
        act()
    clock.now = _at("05-04 09:00")


def _at(text: str) -> datetime:
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


def _make(maya: Session, made: Made) -> None:
    impact, _, urgency = made.levels.partition(" ")
    fields = {
        "requester": made.requester, "impact": impact, "urgency": urgency, "kind": made.kind,
        "queue": made.queue, "assignee": made.assignee, "tags": made.tags,
        "category": made.category,
    }  # fmt: skip
    body = made.body or f"{made.subject}. Could you have a look, please?"
    creating.create(maya, NewTicket(made.subject, body, fields, "mail"))


def _set_up(maya: Session) -> None:
    for name, domain in ORGANISATIONS.items():
        Organisation.create(name=name, domain=domain, created_at=maya.now())
    for name, members in (
        (DESK, ["maya", "budi"]), (NETWORK, ["sari", "maya"]), (SYSTEMS, ["tomas"]),
    ):  # fmt: skip
        setting_up.add_queue(maya, name, members)
    overview.put_queue(maya, DESK, ("maya", "budi"), "")
    for path in sorted({made.category for made in TICKETS if made.category}):
        setting_up.add_category(maya, path)
    setting_up.add_field(maya, "asset", "Asset", "text", kind="incident")
    setting_up.add_field(maya, "site", "Site", "choice", choices=("Rotterdam", "Lyon", "Porto"))
    service_levels.load(maya, POLICIES)
    for name, query, shared in (
        ("Breaching soon", "is:warned sort:sla", True),
        ("Mine", "assignee:me sort:priority,sla", True),
        ("Month end", "tag:month-end", False),
        ("Unassigned", "is:unassigned sort:priority,created", True),
    ):
        views.save(maya, "ticket", name, query, shared=shared)
    macros.save(maya, "Need more details", "Hello {requester.first},\n\nsince when, and on "
                "which device?\n\n{agent.name}", {"state": "pending", "wake": "+3d"})  # fmt: skip
    macros.save(maya, "Ordered from the supplier", "Ordered on {today}.", {"state": "on_hold"},
                internal=True)  # fmt: skip
    macros.save(maya, "Solved, please confirm", "“{subject}” should be solved now.",
                {"state": "resolved", "resolution": "fixed"})  # fmt: skip
    templates.save(maya, "New colleague", {"subject": "New colleague: ", "kind": "request",
                                           "queue": DESK, "tags": "onboarding"})  # fmt: skip
    templates.save(maya, "Restore test", {"subject": "Restore test of the month",
                                          "kind": "change", "queue": SYSTEMS})  # fmt: skip
    templates.recur(maya, "Restore test", "Restore test", "1mo", date(2026, 6, 1))
    triggering.save(maya, "Critical: tell the team", "create", "priority:critical", {}, "queue")
    triggering.save(maya, "Phishing is security", "create", "subject:phishing",
                    {"tags": "+security"})  # fmt: skip


def _story(maya: Session, *, budi: Session, sari: Session, tomas: Session) -> list[STEP]:
    """Return what happened to the tickets after they were made."""
    story = Ref(STORY)
    log = File("wlc01-2026-04-30.log", b"14:00:03 wlc01 AP-A3 state change: POWERSAVE\n" * 60)
    photo = File("cabinet.jpg", b"\xff\xd8" + b"\x00" * 48_000)
    return [
        ("04-21 15:00", partial(replying.reply, tomas, Ref(1), "Which order is it?",
                                state="pending")),
        ("04-22 10:10", partial(changing.set_state, budi, [Ref(2)], "resolved",
                                resolution="fixed")),
        ("04-23 09:00", partial(replying.reply, maya, Ref(3), "It has run out; a new one is on "
                                "its way.", state="resolved")),
        ("04-27 09:20", partial(changing.set_state, sari, [Ref(5)], "on_hold")),
        ("04-28 11:00", partial(changing.set_state, tomas, [Ref(8)], "open")),
        ("04-28 15:30", partial(replying.reply, maya, Ref(7), "Ordered; it comes on Tuesday.",
                                state="pending", until="2026-05-05T08:00Z")),
        ("04-29 09:40", partial(replying.reply, budi, Ref(9), "We are sorry. The second copy "
                                "is cancelled.")),
        ("04-29 17:00", partial(changing.edit, maya, [story], {"cf.site": "Rotterdam",
                                                               "cf.asset": "AP-A1 … AP-F3"})),
        ("04-30 08:20", partial(replying.reply, maya, story, REPLY, minutes=25)),
        ("04-30 08:50", partial(changing.watch, sari, [story])),
        ("04-30 10:15", partial(replying.reply, sari, story, NOTE, internal=True, minutes=40,
                                files=(log, photo))),
        ("04-30 10:16", partial(changing.edit, sari, [story], {"urgency": "high"})),
        ("04-30 10:30", partial(linking.link, sari, STORY, "caused_by", 5)),
        ("04-30 12:05", partial(changing.set_state, tomas, [Ref(6)], "open")),
        ("04-30 14:40", partial(replying.reply, sari, Ref(14), "Please try again after a "
                                "restart.", state="pending")),
        ("04-30 16:45", partial(replying.receive, maya, story, THANKS)),
        ("05-04 07:55", partial(changing.set_state, maya, [Ref(21)], "open")),
        ("05-04 08:20", partial(replying.reply, tomas, Ref(17), "The disk was full; it runs "
                                "again.", minutes=50)),
        ("05-04 08:40", partial(replying.reply, budi, Ref(10), "Loan device is ready at the "
                                "desk.", internal=True)),
        ("05-04 08:45", partial(changing.assign, sari, [Ref(19)], "maya")),
        ("05-04 08:50", partial(changing.change_tags, sari, [story], add=["firmware"])),
    ]  # fmt: skip
