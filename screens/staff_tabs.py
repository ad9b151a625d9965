"""What the tabs of a person show: employment, pay, documents, people around, history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from boconsole.assets import reading
from boconsole.language import N_, _
from boconsole.session import Session
from boconsole.staff import privacy, words
from boconsole.staff.card import Card
from screens import appraisal_tab, asset_facts, checklist_tab
from screens.cells import Cell, moment, safe
from screens.contacts.tabs import MOST, Rows, TabRow
from screens.ledger.facts import changes
from screens.places import Place
from screens.staff_facts import fact_text, part_text

NOWHERE = Place("")
AREA = "staff"


class Tab(NamedTuple):
    """One tab; without `read` it is the text of the facts.

    Attributes:
        kinds: Of facts and parts that are added and corrected here.
        permission: That it takes to see it.
    """

    id: str
    title: str
    read: Callable[[Session, Card], Rows] | None = None
    kinds: tuple[str, ...] = ()
    permission: str = ""


class Line(NamedTuple):
    """A fact that can be corrected: its kind, id, and how a menu calls it."""

    kind: str
    id: int
    text: str


def _rows(card: Card, kinds: Sequence[str], empty: str) -> Rows:
    """Return the facts of some kinds, each with its days, the latest first."""
    lines: list[TabRow] = []
    for kind in kinds:
        found = card.facts.get(kind, card.parts.get(kind, ()))
        lines += [_line(card, kind, row) for row in reversed(list(found))]
    return Rows(
        (N_("What"), N_("From"), N_("Until"), N_("Fact"), N_("Reason")), lines, empty, NOWHERE,
        drops=(4,),
    )  # fmt: skip


def _line(card: Card, kind: str, row: Any) -> TabRow:  # Any: a fact of any kind
    return TabRow((
        Cell(_title(kind), "muted"), Cell(str(row.head.starts_on or "-")),
        Cell(str(row.head.ends_on or "")), Cell(_text(kind, row), _tone(card, kind, row)),
        Cell(safe(row.head.reason), "muted"),
    ), _place(kind, row))  # fmt: skip


def _title(kind: str) -> str:
    return _(words.FACT_TITLES.get(kind) or words.PARTS[kind].title)


def _text(kind: str, row: Any) -> str:  # Any: a fact of any kind
    return part_text(row, days=False) if kind in words.PARTS else fact_text(row)


def _tone(card: Card, kind: str, row: Any) -> str:  # Any: a fact of any kind
    """Return what holds on the day plainly, the rest muted."""
    if kind in words.PARTS:
        return ""
    held = card.at(kind, card.standing.day)
    if held is not None and held.head.id == row.head.id:
        return "strong"
    return "info" if row.head.starts_on > card.standing.day else "muted"


def _place(kind: str, row: Any) -> Place:  # Any: a fact of any kind
    if kind == "position" and row.manager_id:
        return Place(AREA, record=words.number(row.manager_id))
    return NOWHERE


EMPLOYMENT = ("employment", "position", "contract", "schedule", "training", "certificate",
              "skill")  # fmt: skip
PAY = ("salary", "terms", "bank", "bonus", "enrolment")
AROUND = ("emergency", "dependant")
FACTS = ("person", "address", "channel", "identity", "health")
NOTES = ("disciplinary", "note")
CHECKS = "checklists"


def employment(session: Session, card: Card) -> Rows:
    """Return employments, positions, contracts, schedules, trainings and skills."""
    del session
    return _rows(card, EMPLOYMENT, N_("Nothing is entered; + enters a fact from a day."))


def pay(session: Session, card: Card) -> Rows:
    """Return salary, terms, bank account, bonuses and benefits."""
    del session
    empty = N_("Nothing is entered; + enters a fact from a day.")
    if words.PAY in card.closed or words.BANK in card.closed:
        empty = N_("Closed; O opens it, and the look is written down.")
    elif words.PAY not in card.opened:
        empty = N_("Pay is seen with the permission staff.pay alone.")
    return _rows(card, PAY, empty)


def notes(session: Session, card: Card) -> Rows:
    """Return documents and notes."""
    rows = _rows(card, NOTES, _closed(card, words.DOCUMENTS))
    lines = [
        TabRow((Cell(_("Document"), "muted"),
                Cell(str(row.added_at.astimezone(session.zone).date())), Cell(""),
                Cell(safe(row.name)), Cell(f"{row.size // 1024 + 1} KiB", "muted")), NOWHERE)
        for row in card.files or ()
    ]  # fmt: skip
    return rows._replace(lines=[*lines, *rows.lines])


def _closed(card: Card, group: str) -> str:
    if group in card.closed:
        return N_("Closed; O opens it, and the look is written down.")
    if group not in card.opened:
        return N_("This is seen with a permission of its own alone.")
    return N_("Nothing is filed; + adds a note.")


def around(session: Session, card: Card) -> Rows:
    """Return the manager, who reports, emergency contacts and dependants."""
    del session
    lines = []
    position = card.standing.position
    if position and position.manager_id:
        number = words.number(position.manager_id)
        lines.append(TabRow((Cell(_("Manager"), "muted"), Cell(safe(position.manager)),
                             Cell(number, "info")), Place(AREA, record=number)))  # fmt: skip
    for number, name, title in card.reports:
        lines.append(TabRow((Cell(_("Reports"), "muted"), Cell(safe(name)),
                             Cell(f"{number} {safe(title)}", "info")),
                            Place(AREA, record=number)))  # fmt: skip
    for kind in AROUND:
        lines += [TabRow((Cell(_title(kind), "muted"), Cell(part_text(part)), Cell("")), NOWHERE)
                  for part in card.parts.get(kind, ())]  # fmt: skip
    if words.PERSONAL in card.closed:
        told = Cell(_("closed; O opens it"), "muted")
        lines.append(TabRow((Cell(_("Family"), "muted"), told, Cell("")), NOWHERE))
    return Rows((N_("Who"), N_("Name"), N_("Record")), lines,
                N_("Nobody is named; + adds an emergency contact."), NOWHERE)  # fmt: skip


def assets(session: Session, card: Card) -> Rows:
    """Return what the person has of the company's, by way of the contact that is linked."""
    row = card.standing.employee
    headings = (N_("Tag"), N_("Name"), N_("State"), N_("Return"))
    if row.contact_id is None:
        return Rows(headings, [], N_("No contact is linked, so no asset is known; e links one."),
                    NOWHERE)  # fmt: skip
    query = f"any holder:CON-{row.contact_id}"
    page = reading.list_page(session, query, limit=MOST)
    now = asset_facts.today(session)
    lines = [
        TabRow((Cell(safe(one.tag), "info"), Cell(safe(one.name)),
                asset_facts.state_word(one.state), asset_facts.due(one.expected_on, now)),
               Place("assets", record=one.tag))
        for one in page.rows
    ]  # fmt: skip
    return Rows(headings, lines, N_("This person has no asset."), Place("assets", query=query),
                more=page.more)  # fmt: skip


def checks(session: Session, card: Card) -> Rows:
    """Return the check lists of coming and going."""
    return checklist_tab.read(session, card.id).rows


def history(session: Session, card: Card) -> Rows:
    """Return what happened to the record, the newest first."""
    lines = [
        TabRow((Cell(moment(entry.at.astimezone(session.zone))), Cell(safe(entry.actor)),
                Cell(safe(entry.action), "info"),
                Cell(safe("; ".join(changes(entry))), "muted")), NOWHERE)
        for entry in reversed(privacy.history(session, card.id))
    ]  # fmt: skip
    return Rows((N_("At"), N_("By"), N_("What"), N_("Changes")), lines, N_("Nothing happened."),
                NOWHERE)  # fmt: skip


TABS = (
    Tab("facts", N_("Facts"), None, FACTS),
    Tab("employment", N_("Employment"), employment, EMPLOYMENT),
    Tab("pay", N_("Pay"), pay, PAY),
    Tab("documents", N_("Documents"), notes, NOTES),
    Tab("people", N_("People"), around, AROUND),
    Tab("assets", N_("Assets"), assets, (), "asset.read"),
    Tab(CHECKS, N_("To do"), checks),
    Tab("appraisals", N_("Appraisals"), appraisal_tab.read),
    Tab("history", N_("History"), history, (), privacy.READ),
)


def tabs_of(session: Session) -> list[Tab]:
    """Return the tabs that somebody sees."""
    return [tab for tab in TABS if not tab.permission or session.may(tab.permission)]


def lines_of(card: Card, tab: Tab) -> list[Line]:
    """Return the facts of a tab that can be corrected or withdrawn, as they are shown."""
    found = []
    for kind in tab.kinds:
        for row in reversed(list(card.facts.get(kind, card.parts.get(kind, ())))):
            days = " ".join(filter(None, (str(row.head.starts_on or ""),)))
            text = f"{_title(kind)} {days} {_text(kind, row)}"
            found.append(Line(kind, row.head.id, " ".join(text.split())))
    return found
