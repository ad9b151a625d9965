"""What tickets of the demo are about: how often, for whom, how bad, and who deals with it."""

from typing import NamedTuple


class Scenario(NamedTuple):
    """One sort of ticket; its texts stand in conversations.*.toml under the same name.

    Attributes:
        category: Path in the category tree.
        levels: Impact and urgency, each pair as likely as the others.
        device: Which device is named, and which error codes: a key of `devices.CODES`.
        weight: How often, among the tickets of staff; 0 for those that only stories use.
        outside: How often, among the tickets of customers and partners.
        minutes: Work it takes, about.
    """

    name: str
    kind: str
    queue: str
    category: str
    levels: tuple[tuple[int, int], ...]
    tags: tuple[str, ...]
    device: str = ""
    weight: int = 0
    outside: int = 0
    minutes: int = 25


DAILY = ((3, 2), (3, 2), (3, 3), (2, 2), (3, 1))
SERIOUS = ((2, 2), (2, 1), (1, 2), (2, 2), (1, 1))
EASY = ((3, 3), (3, 3), (3, 2))

SCENARIOS = {
    scenario.name: scenario
    for scenario in (
        Scenario("printer", "incident", "Field Support", "Hardware / Printers", DAILY,
                 ("printer",), "printer", 10, 0, 30),
        Scenario("laptop", "incident", "Field Support", "Hardware / Laptops", DAILY,
                 ("laptop", "warranty"), "laptop", 9, 0, 50),
        Scenario("display", "incident", "Field Support", "Hardware / Screens", EASY,
                 ("workplace",), "laptop", 4, 0, 20),
        Scenario("wifi", "incident", "Network", "Network / Wi-Fi", (*DAILY, (2, 1)),
                 ("wifi",), "network", 6, 0, 40),
        Scenario("vpn", "incident", "Network", "Network / VPN", DAILY,
                 ("vpn", "remote"), "vpn", 6, 2, 25),
        Scenario("outage", "incident", "Network", "Network / Lines", ((1, 1), (1, 2), (2, 1)),
                 ("outage",), "switch", 0, 0, 90),
        Scenario("password", "request", "Service Desk", "Accounts / Passwords", ((3, 2), (3, 1)),
                 ("password",), "", 10, 3, 8),
        Scenario("signin", "incident", "Service Desk", "Accounts / Sign-in", ((3, 1), (3, 2)),
                 ("mfa",), "", 6, 2, 15),
        Scenario("access", "request", "Service Desk", "Accounts / Permissions", EASY,
                 ("access", "approval"), "", 7, 1, 15),
        Scenario("mail", "incident", "Service Desk", "Applications / Mail", DAILY,
                 ("mail",), "", 7, 3, 25),
        Scenario("phishing", "incident", "Service Desk", "Security / Phishing", DAILY,
                 ("security", "phishing"), "", 3, 0, 15),
        Scenario("finance", "incident", "Applications", "Applications / Finance", SERIOUS,
                 ("erp", "month-end"), "application", 7, 0, 70),
        Scenario("report", "question", "Applications", "Applications / Reports", EASY,
                 ("report",), "application", 4, 3, 35),
        Scenario("licence", "request", "Service Desk", "Software / Licences", EASY,
                 ("licence", "purchase"), "", 3, 0, 20),
        Scenario("install", "request", "Field Support", "Software / Installation", EASY,
                 ("software",), "software", 5, 0, 30),
        Scenario("portal", "incident", "Applications", "Applications / Customer portal",
                 (*DAILY, (2, 1)), ("portal", "customer"), "web", 0, 14, 45),
        Scenario("interface", "incident", "Applications", "Applications / Interfaces", SERIOUS,
                 ("api", "edi", "customer"), "web", 0, 9, 80),
        Scenario("billing", "complaint", "Service Desk", "Service / Complaints",
                 ((2, 2), (3, 1), (2, 1)), ("complaint", "customer"), "", 0, 4, 40),
        Scenario("joiner", "request", "Service Desk", "People / Joiners", ((3, 2), (3, 3)),
                 ("onboarding",), "laptop", 1, 0, 60),
        Scenario("leaver", "request", "Service Desk", "People / Leavers", EASY,
                 ("offboarding",), "laptop", 2, 0, 40),
        Scenario("climate", "incident", "Facilities", "Facilities / Climate", DAILY,
                 ("climate",), "climate", 3, 0, 40),
        Scenario("badge", "request", "Facilities", "Facilities / Access cards", EASY,
                 ("badge",), "", 4, 0, 10),
        Scenario("room", "request", "Facilities", "Facilities / Meeting rooms", EASY,
                 ("meeting-room",), "", 4, 0, 20),
        Scenario("phone", "incident", "Network", "Network / Telephony", DAILY,
                 ("telephone",), "switch", 4, 0, 30),
        Scenario("backup", "incident", "Applications", "Servers / Backup", SERIOUS,
                 ("backup", "server"), "server", 3, 0, 60),
        Scenario("change", "change", "Network", "Servers / Maintenance", ((2, 3), (2, 2), (3, 3)),
                 ("change", "maintenance"), "switch", 2, 0, 120),
        Scenario("problem", "problem", "Applications", "Servers / Root causes", ((2, 2), (2, 3)),
                 ("root-cause",), "printer", 0, 0, 150),
        Scenario("howto", "question", "Service Desk", "Software / How-to", EASY,
                 ("how-to",), "", 5, 6, 10),
    )
}  # fmt: skip


def weighted(column: str) -> tuple[Scenario, ...]:
    """Return the scenarios, each as often as its `weight` or `outside` says."""
    return tuple(
        scenario for scenario in SCENARIOS.values() for _ in range(getattr(scenario, column))
    )


INSIDE = weighted("weight")
OUTSIDE = weighted("outside")
TAGS = tuple(
    sorted({tag for scenario in SCENARIOS.values() for tag in scenario.tags} | {"vip", "escalated"})
)
CATEGORIES = tuple(sorted({scenario.category for scenario in SCENARIOS.values()}))
