"""Pictures of the screens: how each looks, never what it does.

`make snapshots` takes them again; look at every one that changed before you commit it.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from _pytest.mark import ParameterSet
from textual.app import App
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from boconsole import drafts
from boconsole.demo import appraisals as demo_appraisals
from boconsole.demo import assessments as demo_assessments
from boconsole.demo import mail as demo_mail
from boconsole.demo import projects as demo_projects
from boconsole.demo import registry as demo_registry
from boconsole.demo import staff as demo_staff
from boconsole.demo import training as demo_training
from boconsole.forecasts import measuring
from boconsole.forecasts.series import Error, Forecast, Series, rounded
from boconsole.reports import scheduling
from boconsole.reports.running import Parameters
from boconsole.reports.scheduling import Wish
from boconsole.session import Session
from boconsole.tickets import changing, setting_up
from boconsole.tickets.rows import Ref
from db import connection
from screens.app import BoconsoleApp
from screens.places import Place
from tests import (
    banks,
    contacts,
    equipment,
    fixed_assets,
    leave_office,
    office,
    officers,
    payrolls,
    recruiting,
    shelves,
)
from tests.articles import build as build_articles
from tests.consoles import settings
from tests.dealings import waiting
from tests.people import StandingClock, add_agent, open_session
from tests.workshop import build as build_workshop

SMALL, LARGE, TINY, BETWEEN = (80, 24), (160, 50), (50, 12), (100, 30)
LOOKS = ((SMALL, "dark"), (SMALL, "plain"), (LARGE, "dark"))
"""Sizes and themes that a scene is shown in, one after the other in one console."""
PLAIN = (
    "home", "tickets", "tickets-marked", "filter-error", "ticket", "reply", "state", "help",
    "filter-completion", "palette", "trace", "edit-error", "conflict", "confirm", "audit-line",
    "my-password", "journal", "entry-form", "balance-sheet", "budgets", "explained", "checklist",
    "invoice-form", "approvals", "open-items", "depreciation", "reconciliation",
    "article-compared", "asset", "people", "contact-merge", "stocktake", "org-tree",
    "project-board", "recruitment-board", "project-timeline", "leave-calendar", "pay-lines",
)  # fmt: skip
"""Scenes that are shown without colours too: one for each kind of widget and each mark."""
INTERFACE = '[{"ifname": "eth1", "addr_info": [{"local": "10.1.0.9"}]}]'
TERMINAL = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
TURNS = 5
TYPED, SHOWN = 0.15, 0.08
"""Seconds: longer than lists and forms wait while somebody types, and before a preview."""


def _faster(session: Session) -> None:
    """Somebody else changes the long ticket, which is open in a form here."""
    budi = add_agent(session, "rika")
    change = {"subject": "Scanners in Rotterdam lose the network at 14:00", "urgency": "medium"}
    changing.edit(budi, [Ref(office.STORY)], change)


def _scheduled(session: Session) -> None:
    """Two reports run by themselves, one of which rests."""
    wish = Wish("Service levels each Monday", "tickets-sla", Parameters(by="queue"), "pdf", "mon",
                "07:00", address="board@example.com")  # fmt: skip
    scheduling.add(session, wish)
    row = scheduling.add(session, wish._replace(name="Backlog", report="tickets-backlog",
                                                parameters=Parameters(), every="1"))  # fmt: skip
    scheduling.pause(session, row, active=False)


class Scene(NamedTuple):
    """How a screen is reached.

    Attributes:
        strokes: One after the other: lists of keys to press, and texts to paste.
        meanwhile: What somebody else does before the last stroke.
    """

    name: str
    strokes: Sequence[str | list[str]] = ()
    area: str = "tickets"
    meanwhile: Callable[[Session], None] | None = None


ENTER, TAB, SAVE, ERASE = ["enter"], ["tab"], ["ctrl+s"], ["ctrl+u"]
FILTER, LINE, ESCAPE = ["/"], [":"], ["escape"]
STORY = [":", *str(office.STORY), "enter"]
MAIN = (
    Scene("home", area="home"),
    Scene("tickets", [["j", "j"]]),
    Scene("tickets-marked", [["space", "j", "space", "j", "j", "space"]]),
    Scene("filter-error", [FILTER, "status:opne prio>=high"]),
    Scene("ticket", [STORY]),
    Scene("reply", [STORY, ["c"], "Hello Ann,\n\nthe rule is gone since this morning."]),
    Scene("state", [["j", "j", "s"]]),
    Scene("help", [["?"]]),
)
OTHERS = (
    Scene("reports", [["j"]], "reports"),
    Scene("report", [ENTER, ["j"]], "reports"),
    Scene("schedules", [["S"], ["r"]], "reports", meanwhile=_scheduled),
    Scene("schedule", [ENTER, ["S"]], "reports"),
    Scene("filter-completion", [FILTER, "assignee:me state:", TAB]),
    Scene("tickets-filtered", [FILTER, "queue:network sort:-updated", ENTER]),
    Scene("tickets-empty", [FILTER, "tag:nothing", ENTER]),
    Scene("palette", [["ctrl+p"], "tick"]),
    Scene("command", [LINE, "view m"]),
    Scene("views", [["v"]]),
    Scene("sort", [["o"]]),
    Scene("columns", [["|"]]),
    Scene("assign", [["j", "j", "a"]]),
    Scene("tags", [STORY, ["t"]]),
    Scene("macros", [["j", "j", "m"]]),
    Scene("ticket-end", [STORY, ["G"]]),
    Scene("facts", [STORY, ["d"]]),
    Scene("trace", [STORY, ["i"]]),
    Scene("edit-error", [STORY, ["e"], TAB, ERASE, "not a mail address", SAVE]),
    Scene("template", [["n"]]),
    Scene("new", [["n"], ENTER]),
    Scene("bulk-edit", [["space", "j", "space"], ["e"]]),
    Scene("conflict", [STORY, ["e"], ERASE, "Scanners lose Wi-Fi", SAVE], meanwhile=_faster),
    Scene("confirm", [["space", "j", "space"], ["m"], "order", ENTER]),
    Scene("prompt", [["x"]]),
    Scene("changes-lost", [STORY, ["e"], "!", ESCAPE]),
    Scene("messages", [["u"], LINE, "messages", ENTER]),
    Scene("admin", area="admin"),
    Scene("admin-queues", [["end", *"kkkkkkkkk", "enter"]], "admin"),
    Scene("admin-macro-form", [["end", "k", "k", "k", "enter"], ENTER], "admin"),
    Scene("audit", [LINE, "audit", ENTER], "admin"),
    Scene("audit-line", [LINE, "audit", ENTER, ["j", "enter"]], "admin"),
)
PARTS = (
    Scene("admin-categories", [["end", *"kkkkkkkk", "enter"]], "admin"),
    Scene("admin-views", [["end", *"kkkkkkk", "enter"]], "admin"),
    Scene("admin-fields", [["end", *"kkkkkk", "enter"]], "admin"),
    Scene("admin-policies", [["end", *"kkkkk", "enter"]], "admin"),
    Scene("admin-macros", [["end", "k", "k", "k", "enter"]], "admin"),
    Scene("admin-templates", [["end", "k", "k", "enter"]], "admin"),
    Scene("admin-recurrences", [["end", "k", "enter"]], "admin"),
    Scene("admin-triggers", [["end", "enter"]], "admin"),
    Scene("users", [ENTER, ["j"]], "admin"),
    Scene("user-ways", [ENTER, ["j", "enter"], ["W"]], "admin"),
    Scene("my-password", [LINE, "account", ENTER, ["W"], ["p"], "short", ENTER, ENTER], "admin"),
    Scene("roles", [["j", "enter"], [*"jjjjjj"]], "admin"),
    Scene("sessions", [["j", "j", "enter"]], "admin"),
)
MAILED = (
    Scene("admin-outbox", [[*"jjjjj", "enter"]], "admin"),
    Scene("admin-letters", [[*"jjjjjj", "enter"]], "admin"),
)
LEDGER = (
    Scene("journal", [["j", "j", "j"]], "ledger"),
    Scene("entry", [["j", "j", "j", "enter"]], "ledger"),
    Scene("entry-form", [["n", "tab"], "Toko", ["down", "enter"], ["ctrl+r"], ["tab"] * 6,
                         ["ctrl+u"], "-80", ["enter"], ["e", "x"]], "ledger"),
    Scene("entry-tags", [["t"], "project: apollo, trip"], "ledger"),
    Scene("accounts", [["v", "2"], ["j", "j"]], "ledger"),
    Scene("register", [["v", "2"], ["enter"]], "ledger"),
    Scene("balance-sheet", [["v", "5"], ["=", "j", "j"]], "ledger"),
    Scene("budgets", [LINE, "view Budgets", ENTER, ["Y"], ERASE, "12000", ENTER, ENTER, "1500", TAB,
                      "75x"], "ledger"),
    Scene("explained", [LINE, "income-statement", ENTER, ["G"], ["k"] * 8, ["E"]], "ledger"),
    Scene("revaluation", [LINE, "view Revaluation", ENTER, ["e"], "1.0832", ENTER], "ledger"),
    Scene("closing", [LINE, "view Closing", ENTER], "ledger"),
    Scene("checklist", [LINE, "view Closing", ENTER, ["k"], ENTER, ["j"]], "ledger"),
    Scene("reopening", [LINE, "view Closing", ENTER, ["C", "y"], ["j", "k", "O"]], "ledger"),
)  # fmt: skip
DEALINGS = (
    Scene("invoices", [LINE, "view Invoices", ENTER, ["j", "j"]], "ledger"),
    Scene("invoice", [LINE, "inv-2", ENTER], "ledger"),
    Scene("invoice-form", [LINE, "view Invoices", ENTER, ["n"], "Acme", TAB, TAB, TAB,
                           ENTER, ENTER, "Work", ENTER, "12.5", ENTER, "h", ENTER, "150", ENTER,
                           "5", ENTER, "sal", ENTER, "T1", ["down", "enter"]], "ledger"),
    Scene("bills", [LINE, "view Bills", ENTER], "ledger"),
    Scene("payments", [LINE, "view Payments", ENTER], "ledger"),
    Scene("payment", [LINE, "view Payments", ENTER, ENTER], "ledger"),
    Scene("payment-form", [LINE, "view Payments", ENTER, ["n"], TAB, "Acme", TAB, TAB, TAB,
                           "1000 USD", ["ctrl+n"]], "ledger"),
    Scene("approvals", [LINE, "approvals", ENTER], "ledger", meanwhile=waiting),
    Scene("open-items", [LINE, "view Open items", ENTER, ENTER, ["j"]], "ledger"),
    Scene("account-statement", [LINE, "view Open items", ENTER, ["S"]], "ledger"),
)  # fmt: skip
REGISTER = (
    Scene("fixed-assets", [LINE, "view Fixed assets", ENTER], "ledger"),
    Scene("fixed-asset", [LINE, "fa-1", ENTER, ["j"]], "ledger"),
    Scene(
        "fixed-asset-value",
        [LINE, "fa-1", ENTER, ["W"], ERASE, "2026-03-31", TAB, "6000", TAB],
        "ledger",
    ),
    Scene("depreciation", [LINE, "view Fixed assets", ENTER, ["P"]], "ledger"),
)
BANKING = (
    Scene("bank", [LINE, "view Bank", ENTER], "ledger"),
    Scene("reconciliation", [LINE, "view Bank", ENTER, ENTER, ["j", "j"]], "ledger"),
)
EQUIPMENT = (
    Scene("assets", [["j"]], "assets"),
    Scene("asset", [LINE, "ast-2", ENTER, TAB, TAB, TAB], "assets"),
    Scene("inventory", [LINE, "ast-2", ENTER, ["I"], INTERFACE], "assets"),
    Scene("upgrades", [LINE, "upgrades", ENTER], "assets"),
    Scene("subnet", [LINE, "subnets", ENTER, ENTER], "assets"),
    Scene("subnets", [LINE, "subnets", ENTER], "assets"),
    Scene("categories", [LINE, "categories", ENTER], "assets"),
    Scene("models", [LINE, "models", ENTER], "assets"),
    Scene("places", [LINE, "places", ENTER], "assets"),
    Scene("own-fields", [LINE, "own-fields", ENTER], "assets"),
    Scene("hand-out", [["j", "a"]], "assets"),
    Scene("asset-form", [["n"]], "assets"),
    Scene("asset-code", [["j", "Q"]], "assets"),
    Scene("category-form", [LINE, "categories", ENTER, ["e"]], "assets"),
    Scene("model-form", [LINE, "models", ENTER, ["e"]], "assets"),
)
CONTACTS = (
    Scene("people", area="contacts"),
    Scene("contact-card", [LINE, "acme", ENTER], "contacts"),
    Scene("contact-documents", [LINE, "acme", ENTER, TAB, TAB, TAB], "contacts"),
    Scene("duplicates", [LINE, "duplicate-people", ENTER], "contacts"),
    Scene("contact-merge", [LINE, "duplicate-people", ENTER, ENTER], "contacts"),
    Scene("organisations", [LINE, "organisations", ENTER], "contacts"),
)
ARTICLES = (
    Scene("knowledge", [["j"]], "knowledge"),
    Scene("article", [LINE, "kb-2", ENTER], "knowledge"),
    Scene("article-versions", [LINE, "kb-2", ENTER, TAB, TAB], "knowledge"),
    Scene("article-compared", [LINE, "kb-2", ENTER, ["="]], "knowledge"),
)
WORKSHOP = (
    Scene("asset-work", [LINE, "ast-3", ENTER, TAB, TAB, TAB, TAB, TAB], "assets"),
    Scene("service-plans", [LINE, "plans", ENTER], "assets"),
    Scene("repairs", [LINE, "repairs", ENTER], "assets"),
    Scene("plan-form", [LINE, "plans", ENTER, ["n"]], "assets"),
    Scene("plan-done", [LINE, "plans", ENTER, ["w"]], "assets"),
    Scene("repair-back", [LINE, "repairs", ENTER, ["b"]], "assets"),
)
SHELF = (
    Scene("licences", [LINE, "licences", ENTER], "assets"),
    Scene("licence", [LINE, "lic-1", ENTER], "assets"),
    Scene("software", [LINE, "software", ENTER], "assets"),
    Scene("product", [LINE, "software", ENTER, ENTER], "assets"),
    Scene("stock-thing", [LINE, "accessories", ENTER, ENTER], "assets"),
    Scene("stocktakes", [LINE, "stocktake", ENTER], "assets"),
    Scene("asset-depreciation", [LINE, "depreciation", ENTER], "assets"),
    Scene("accessories", [LINE, "accessories", ENTER], "assets"),
    Scene("stocktake", [LINE, "cnt-1", ENTER, "AST-0002", ENTER], "assets"),
    Scene("ending", [LINE, "ending", ENTER], "assets"),
)
STAFF = (
    Scene("staff", [], "staff"),
    Scene("employee-pay", [LINE, "emp-2", ENTER, TAB, TAB, ["O"]], "staff"),
    Scene("org-tree", [LINE, "org-tree", ENTER], "staff"),
)
HIRING = (
    Scene("openings", [LINE, "openings", ENTER], "staff"),
    Scene("recruitment-board", [LINE, "opn-1", ENTER, ["l"]], "staff"),
    Scene("candidates", [LINE, "candidates", ENTER], "staff"),
    Scene("candidate", [LINE, "can-1", ENTER, TAB, TAB], "staff"),
    Scene("candidate-offer", [LINE, "can-2", ENTER, TAB, TAB, TAB, ["O"]], "staff"),
    Scene("candidate-form", [LINE, "can-1", ENTER, ["e"], TAB, TAB, TAB, TAB, TAB], "staff"),
    Scene("offer-form", [LINE, "can-1", ENTER, TAB, TAB, TAB, ["+"]], "staff"),
    Scene("interview-score", [LINE, "can-1", ENTER, ["c"]], "staff"),
    Scene("my-steps", [LINE, "my-steps", ENTER], "staff"),
    Scene("check-template", [LINE, "check-templates", ENTER, ENTER], "staff"),
    Scene("check-lists", [LINE, "check-lists", ENTER], "staff"),
    Scene("check-list", [LINE, "check-lists", ENTER, ENTER, ["j"]], "staff"),
)
ON_LEAVE = (
    Scene("leave", [LINE, "leave", ENTER, ["j"]], "staff"),
    Scene("leave-request", [LINE, "leave-calendar", ENTER, ["j", "j", "n"]], "staff"),
    Scene("leave-balance", [LINE, "leave", ENTER, ["E"]], "staff"),
    Scene("leave-calendar", [LINE, "leave-calendar", ENTER, ["j", "j", "l"]], "staff"),
    Scene("leave-approvals", [LINE, "leave-approvals", ENTER], "staff"),
    Scene("attendance", [LINE, "attendance", ENTER, ["j"]], "staff"),
)

APPRAISED = (
    Scene("appraisals", [LINE, "appraisals", ENTER], "staff"),
    Scene("appraisal-cycle", [LINE, "cyc-1", ENTER, ["j"]], "staff"),
    Scene("appraisal-ratings", [LINE, "cyc-1", ENTER, ["="]], "staff"),
    Scene("appraisal", [LINE, "apr-1", ENTER], "staff"),
    Scene("appraisal-form", [LINE, "apr-10", ENTER, ["c"], ENTER], "staff"),
    Scene("training", [LINE, "training", ENTER, ["j"]], "staff"),
    Scene("training-lacking", [LINE, "training", ENTER, ["="]], "staff"),
    Scene("training-session", [LINE, "trn-1", ENTER], "staff"),
    Scene("skills", [LINE, "skills", ENTER, [">"]], "staff"),
    Scene("my-own", [LINE, "me", ENTER], "staff"),
)


PROJECTS = (
    Scene("projects", [["j"]], "projects"),
    Scene("project-timeline", [LINE, "prj-1", ENTER, TAB, ["j", "j", "j", "j", "j"]], "projects"),
    Scene("project-load", [LINE, "load", ENTER], "projects"),
    Scene("project", [LINE, "prj-1", ENTER, ["j"]], "projects"),
    Scene("project-risks", [LINE, "prj-1", ENTER, TAB, TAB, TAB, ["j"]], "projects"),
    Scene("project-money", [LINE, "prj-1", ENTER, TAB, TAB, TAB, TAB, TAB], "projects"),
    Scene("project-time", [LINE, "time", ENTER, ["j"]], "projects"),
    Scene("tasks-of-all", [LINE, "tasks", ENTER, ["j"]], "projects"),
    Scene("project-board", [LINE, "prj-1", ENTER, TAB, TAB, ["j"]], "projects"),
)

REGISTRY = (
    Scene("documents", [["j"]], "documents"),
    Scene("document", [LINE, "doc-10", ENTER], "documents"),
    Scene("legal-hold", [["j", "j", "h"], "Acme 2026-14", TAB, "Claim of 3 May"], "documents"),
    Scene("contracts", [LINE, "contracts", ENTER, ["j"]], "documents"),
    Scene("contract", [LINE, "ctr-3", ENTER], "documents"),
    Scene("contract-renew", [LINE, "ctr-3", ENTER, ["R"]], "documents"),
    Scene("duties", [LINE, "duties", ENTER, ["j"]], "documents"),
    Scene("document-classes", [LINE, "classes", ENTER, ["j"]], "documents"),
    Scene("destroy-due", [LINE, "destroy-due", ENTER, ["j"]], "documents"),
    Scene("destructions", [LINE, "destructions", ENTER], "documents"),
)
PAYROLL = (
    Scene("pay-run", [LINE, "pyr-2", ENTER], "staff"),
    Scene("pay-lines", [LINE, "pyr-2", ENTER, ["j"], ENTER], "staff"),
    Scene("pay-compared", [LINE, "pyr-2", ENTER, ["="]], "staff"),
)
ASSESSED = (
    Scene("assessments", [["j"]], "assessments"),
    Scene("assessment", [LINE, "asm-2", ENTER], "assessments"),
    Scene("assessment-form", [["e", "tab"]], "assessments"),
)
FORESEEN = (Scene("forecast", [], "forecast"),)


def _parameters() -> list[ParameterSet]:
    return [
        pytest.param(scene, look, id=f"{scene.name}-{look[0][0]}x{look[0][1]}-{look[1]}")
        for scene in (
            *MAIN,
            *OTHERS,
            *PARTS,
            *MAILED,
            *LEDGER,
            *DEALINGS,
            *REGISTER,
            *BANKING,
            *ARTICLES,
            *EQUIPMENT,
            *WORKSHOP,
            *CONTACTS,
            *SHELF,
            *STAFF,
            *HIRING,
            *ON_LEAVE,
            *APPRAISED,
            *REGISTRY,
            *PAYROLL,
            *PROJECTS,
            *FORESEEN,
            *ASSESSED,
        )
        for look in _looks(scene)
    ]


def _looks(scene: Scene) -> list[tuple[tuple[int, int], str]]:
    return [look for look in LOOKS if look[1] != "plain" or scene.name in PLAIN]


@pytest.fixture(autouse=True)
def _same_terminal(monkeypatch: pytest.MonkeyPatch, _own_environment: None) -> None:
    """Let every machine draw as in one terminal."""
    for name in ("TERM_PROGRAM", "COLUMNS", "LINES", "TMUX", "LANGUAGE", "TEXTUAL_ANIMATIONS"):
        monkeypatch.delenv(name, raising=False)
    for name, value in TERMINAL.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="session")
def office_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the office's records that each test copies."""
    path = tmp_path_factory.mktemp("office") / "office.sqlite"
    shutil.copy(sqlite_template, path)
    clock = StandingClock()
    office.build(open_session(f"sqlite:///{path}", clock, office.ME), clock)
    connection.close_database()
    return path


@pytest.fixture
def register(local_session: Session) -> Session:
    """An administrator at the register of `tests.fixed_assets`."""
    fixed_assets.build(local_session)
    return local_session


@pytest.fixture
def acquainted(dealings: Session) -> Session:
    """An administrator at the contacts of `tests.contacts`."""
    contacts.build(dealings)
    return dealings


@pytest.fixture
def articles(local_session: Session) -> Session:
    """An administrator at the articles of `tests.articles`."""
    build_articles(local_session)
    return local_session


@pytest.fixture
def equipped(local_session: Session) -> Session:
    """An administrator at the assets of `tests.equipment`."""
    equipment.build(local_session)
    return local_session


@pytest.fixture
def workshop(local_session: Session) -> Session:
    """An administrator at the work on assets of `tests.workshop`."""
    build_workshop(local_session)
    return local_session


@pytest.fixture
def staffed(local_session: Session) -> Session:
    """An HR officer at the company of `tests.officers`."""
    hr = officers.officer(local_session)
    officers.company(hr)
    return hr


@pytest.fixture
def paid(local_session: Session) -> Session:
    """An HR officer at two months of the company of `tests.payrolls`."""
    payrolls.two_months(local_session)
    return officers.officer(local_session)


@pytest.fixture
def hiring(local_session: Session) -> Session:
    """An HR officer who hires and holds an interview, at the office of `tests.recruiting`."""
    return recruiting.make_office(local_session).hr


@pytest.fixture
def on_leave(local_session: Session) -> Session:
    """A manager at the leave of `tests.leave_office`."""
    office = leave_office.make_office(local_session)
    leave_office.fill(office)
    return office.budi


@pytest.fixture
def appraised(local_session: Session) -> Session:
    """An HR officer, one of the demo's staff, at its appraisals and training."""
    hr = officers.officer(local_session)
    putri = [add_agent(local_session, name) for name in ("hasan", "wayan", "putri")][-1]
    for part in (demo_staff, demo_appraisals, demo_training):
        part.keep(local_session)
    return replace(hr, user=putri.user)


@pytest.fixture
def papered(local_session: Session) -> Session:
    """An administrator at the registry of the demo."""
    for login in ("ann", "budi"):
        add_agent(local_session, login)
    for name in ("Bukit Abadi", "Nusa Farma", "Wana Agro"):
        setting_up.add_organisation(local_session, name)
    demo_registry.keep(local_session)
    return local_session


@pytest.fixture
def planned(local_session: Session) -> Session:
    """An administrator at the projects of the demo."""
    for login in ("ann", "budi", "chen"):
        add_agent(local_session, login)
    demo_projects.keep(local_session)
    return local_session


@pytest.fixture
def assessed(local_session: Session) -> Session:
    """An administrator at the assessments of the demo."""
    demo_assessments.keep(local_session)
    return local_session


@pytest.fixture
def foreseen(local_session: Session, monkeypatch: pytest.MonkeyPatch) -> Session:
    """An administrator, for whom as many tickets come as one can foresee."""
    history = Series(date(2025, 11, 3), "week", tuple(20 + week % 5 * 3 for week in range(26)))
    spreads = [measuring.spread(28 + week, 3 + week) for week in range(13)]
    errors = (Error("ETS(A,Ad,N)", 3.4, 0.71, 83.3, 96.9), Error("naive", 5.1, 1.06, 79, 94))
    found = Forecast(history, "ETS(A,Ad,N)", rounded(spreads, history, 0), errors, 12, 8, True)
    monkeypatch.setattr("boconsole.forecasts.apart.forecast", lambda *_asked, **_how: found)
    return local_session


@pytest.fixture
def shelf(local_session: Session) -> Session:
    """An administrator at the licences and things of `tests.shelves`."""
    shelves.build(local_session)
    return local_session


@pytest.fixture
def banking(local_session: Session, tmp_path: Path) -> Session:
    """An administrator at the bank of `tests.banks`, with a line that seems to come twice."""
    banks.build(local_session, tmp_path)
    banks.take_rows(local_session, tmp_path, "2026-05-07;40.00;Money of a friend;")
    return local_session


@pytest.fixture
def mailed(maya: Session) -> Session:
    """An administrator at the demo's mail about the office's tickets."""
    demo_mail.keep(maya)
    return maya


@pytest.fixture
def maya(office_template: Path, tmp_path: Path) -> Iterator[Session]:
    """An agent who is an administrator too, at the office's records."""
    path = tmp_path / "office.sqlite"
    shutil.copy(office_template, path)
    yield open_session(f"sqlite:///{path}", StandingClock(), office.ME)
    connection.close_database()


class Picture(App[str]):
    """A console whose picture was taken already, for the comparison with the one kept."""

    def __init__(self, svg: str) -> None:
        super().__init__()
        self.svg = svg

    def run(self, **_how: object) -> str:
        """Return the picture."""
        return self.svg


def _console(session: Session, folder: Path, scene: Scene) -> BoconsoleApp:
    return BoconsoleApp(
        session.through("console"), settings(folder, theme="dark"), drafts=drafts,
        release=connection.release, start=Place(scene.area),
    )  # fmt: skip


def _played(scene: Scene, session: Session) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Return what presses a scene's keys and waits until nothing moves any more."""

    async def play(pilot: Pilot[None]) -> None:
        await _quiet(pilot)
        for place, stroke in enumerate(scene.strokes, 1):
            if scene.meanwhile and place == len(scene.strokes):
                scene.meanwhile(session)
            if isinstance(stroke, str):
                pilot.app.post_message(Paste(stroke))
                await pilot.pause(TYPED)
            else:
                await pilot.press(*stroke)
            await _quiet(pilot)
        for entry in pilot.app.screen.query("Input, TextArea").results(Input | TextArea):
            entry.cursor_blink = False
        await pilot.pause(SHOWN)
        await _quiet(pilot)

    return play


async def _quiet(pilot: Pilot[None]) -> None:
    """Wait until no message and no worker is left; not for a time, which a busy machine has not."""
    for _turn in range(TURNS):
        await pilot.pause(0)
        while not all(worker.is_finished for worker in pilot.app.workers):
            await pilot.pause(0.005)


async def _taken(
    app: BoconsoleApp, scene: Scene, play: Callable[[Pilot[None]], Awaitable[None]]
) -> list[str]:
    """Return the picture of a played scene in each of its looks."""
    pictures = []
    async with app.run_test(size=SMALL) as pilot:
        await play(pilot)
        for size, theme in _looks(scene):
            if app.size != size:
                await pilot.resize_terminal(*size)
            app.theme = theme
            await pilot.pause(SHOWN)
            await _quiet(pilot)
            pictures.append(app.export_screenshot(title=app.title, simplify=True))
    return pictures


@pytest.fixture(scope="session")
def gallery() -> dict[str, list[str]]:
    """The pictures of the scene played last: tests of one scene mostly follow each other."""
    return {}


def _records(scene: Scene) -> str:
    """Return the fixture whose records a scene shows."""
    kept = {
        "books": LEDGER, "dealings": DEALINGS, "register": REGISTER, "banking": BANKING,
        "articles": ARTICLES, "equipped": EQUIPMENT, "acquainted": CONTACTS, "shelf": SHELF,
        "workshop": WORKSHOP, "staffed": STAFF, "planned": PROJECTS,
        "hiring": HIRING,
        "on_leave": ON_LEAVE,
        "appraised": APPRAISED,
        "paid": PAYROLL,
        "papered": REGISTRY,
        "foreseen": FORESEEN,
        "assessed": ASSESSED,
        "mailed": MAILED,
    }  # fmt: skip
    return next((name for name, scenes in kept.items() if scene in scenes), "maya")


@pytest.mark.parametrize(("scene", "look"), _parameters())
def test_screen(
    gallery: dict[str, list[str]],
    request: pytest.FixtureRequest,
    tmp_path: Path,
    scene: Scene,
    look: tuple[tuple[int, int], str],
    snap_compare,
) -> None:
    if scene.name not in gallery:
        gallery.clear()
        session = request.getfixturevalue(_records(scene))
        app = _console(session, tmp_path, scene)
        gallery[scene.name] = asyncio.run(_taken(app, scene, _played(scene, session)))

    assert snap_compare(Picture(gallery[scene.name][_looks(scene).index(look)]))


def test_window_that_is_too_small(maya: Session, tmp_path: Path, snap_compare) -> None:
    scene = Scene("tickets")

    assert snap_compare(
        _console(maya, tmp_path, scene), run_before=_played(scene, maya), terminal_size=TINY
    )


def test_preview_in_the_narrowest_window_that_has_one(
    maya: Session, tmp_path: Path, snap_compare
) -> None:
    scene = Scene("tickets", [FILTER, f"number:{office.STORY}", ENTER])

    assert snap_compare(
        _console(maya, tmp_path, scene), run_before=_played(scene, maya), terminal_size=BETWEEN
    )
