"""What the tabs of an asset show: who had it, its network, its relations, its tickets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from boconsole.assets import network, reading, relating, ticketing
from boconsole.assets.reading import AssetRow
from boconsole.assets.words import CONDITION_TITLES, RELATION_TITLES
from boconsole.language import N_, _
from boconsole.session import Session
from screens.asset_inside import inside
from screens.asset_work import work
from screens.cells import Cell, moment, safe, state_word
from screens.contacts.tabs import Rows, TabRow
from screens.places import Place
from screens.ticket_facts import number

AREA = "assets"
NOWHERE = Place("")


class Tab(NamedTuple):
    """One tab; without `read` it is the text of the facts."""

    id: str
    title: str
    read: Callable[[Session, AssetRow], Rows] | None = None
    permission: str = "asset.read"


def holders(session: Session, row: AssetRow) -> Rows:
    """Return who had it, the latest first, and what it holds itself."""
    lines = []
    for each in reading.holders_of(session, row.id):
        until = moment(each.until_at.astimezone(session.zone)) if each.until_at else _("now")
        place = {
            "person": Place("contacts", record=f"CON-{each.holder_id}"),
            "asset": Place(AREA, record=each.holder),
        }.get(each.kind, Place(AREA, query=f'holder:"{each.holder}"'))
        lines.append(
            TabRow(
                (Cell(safe(each.holder), "strong" if each.until_at is None else ""),
                 Cell(moment(each.from_at.astimezone(session.zone))),
                 Cell(until, "" if each.until_at else "good"),
                 Cell(str(each.expected_on or "")), _condition(each.condition_out),
                 _condition(each.condition_in), Cell(_accepted(each.acceptance)),
                 Cell(safe(each.given_by), "muted")),
                place,
            )
        )  # fmt: skip
    held = reading.parts_held(session, row.id)
    lines += [
        TabRow((Cell(f"# {safe(part.tag)} {safe(part.name)}"), Cell(_("is in it"), "muted"),
                *(Cell("") for _place in range(6))), Place(AREA, record=part.tag))
        for part in held
    ]  # fmt: skip
    return Rows(
        (N_("With"), N_("From"), N_("Until"), N_("Return"), N_("Went"), N_("Came"), N_("Accepted"),
         N_("By")), lines, N_("Nobody had it yet; a hands it out."),
        Place(AREA, query=f'holder:"{row.holder}"') if row.holder else NOWHERE,
        drops=(7, 4, 5),
    )  # fmt: skip


def _condition(word: str) -> Cell:
    return Cell(_(CONDITION_TITLES[word]) if word else "")


def _accepted(word: str) -> str:
    titles = {"asked": _("asked"), "accepted": _("yes"), "refused": _("refused")}
    return titles.get(word, "")


def interfaces(session: Session, row: AssetRow) -> Rows:
    """Return its interfaces and addresses."""
    subnets = network.subnets(session)
    lines = []
    for each in network.interfaces(session, row.id):
        for place, address in enumerate(each.addresses or (None,)):
            face = each.row if place == 0 else None
            around = next(
                (one for one in reversed(subnets)
                 if address and one.first_key <= address.key <= one.last_key), None,
            )  # fmt: skip
            lines.append(
                TabRow(
                    (Cell(safe(face.name) if face else ""), Cell(safe(face.mac) if face else ""),
                     Cell(safe(address.address) if address else "-", "info"),
                     Cell(safe(address.host) if address else ""),
                     Cell(f"{around.network} {safe(around.name)}" if around else "", "muted")),
                    Place(AREA, query=f"ip:{around.network}") if around else NOWHERE,
                )
            )  # fmt: skip
    return Rows(
        (N_("Interface"), N_("MAC"), N_("Address"), N_("Host"), N_("Subnet")), lines,
        N_("It has no interface; + adds one with an address."), NOWHERE,
    )  # fmt: skip


def relations(session: Session, row: AssetRow) -> Rows:
    """Return what it is related to, then what fails with it, as a tree."""
    lines = [
        TabRow((Cell(each.title), Cell(safe(each.tag), "info"), Cell(safe(each.name))),
               Place(AREA, record=each.tag))
        for each in relating.related(session, row.id)
    ]  # fmt: skip
    below = relating.impact(session, [row.id])[1:]
    if below:
        title = _("Fails with it")
        lines.append(TabRow((Cell(title, "strong"), Cell(""), Cell("")), NOWHERE))
    for each in below:
        indent = "  " * (each.depth - 1)
        more = " …" if each.again else ""
        lines.append(
            TabRow((Cell(f"{indent}{_(RELATION_TITLES[each.kind])}", "muted"),
                    Cell(safe(each.tag), "info"), Cell(f"{safe(each.name)}{more}")),
                   Place(AREA, record=each.tag))
        )  # fmt: skip
    return Rows(
        (N_("Relation"), N_("Tag"), N_("Name")), lines,
        N_("It stands alone; + relates it to another asset."), NOWHERE,
    )  # fmt: skip


def tickets(session: Session, row: AssetRow) -> Rows:
    """Return the tickets about it, the newest first."""
    lines = [
        TabRow(
            (Cell(number(each.id), "info"), state_word(each.state), Cell(safe(each.subject)),
             Cell(moment(each.created_at.astimezone(session.zone)), "muted")),
            Place("tickets", record=number(each.id)),
        )
        for each in ticketing.tickets_of(session, row.id)
    ]  # fmt: skip
    return Rows(
        (N_("Number"), N_("State"), N_("Subject"), N_("Created")), lines,
        N_("No ticket is about it; + names one."), Place("tickets", query=f"any asset:{row.tag}"),
    )  # fmt: skip


TABS = (
    Tab("facts", N_("Facts")),
    Tab("holders", N_("Holders"), holders),
    Tab("network", N_("Network"), interfaces),
    Tab("relations", N_("Relations"), relations),
    Tab("inside", N_("Inside"), inside),
    Tab("work", N_("Work"), work),
    Tab("tickets", N_("Tickets"), tickets, "ticket.read"),
)


def tabs_of(session: Session) -> Sequence[Tab]:
    """Return the tabs that somebody may see."""
    return [tab for tab in TABS if session.may(tab.permission)]
