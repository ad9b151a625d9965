"""The assets that a ticket is about: named, taken off, and what fails with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from boconsole.assets import reading, ticketing
from boconsole.assets.relating import Impact
from boconsole.assets.words import RELATION_TITLES
from boconsole.language import _
from boconsole.tickets.words import number
from screens import asset_facts, asset_rooms
from screens.dialogs import Choice, MenuDialog, PromptDialog
from screens.places import Place
from screens.shell import ShellScreen
from screens.ticket_facts import FEATURE

NAME, TAKE = "name", "take"


def show(screen: ShellScreen, ticket_id: int) -> None:
    """Show the assets of a ticket with what fails with them; Enter goes to one."""

    def ask(rows: Sequence[Impact]) -> None:
        screen.app.push_screen(
            MenuDialog(_("Assets of {ticket}").format(ticket=number(ticket_id)), _choices(rows)),
            partial(_chosen, screen, ticket_id, rows),
        )

    screen.load(partial(ticketing.impact_of, screen.session, ticket_id), ask, group="ask")


def _choices(rows: Sequence[Impact]) -> list[Choice]:
    found = [Choice(NAME, _("Name an asset that it is about"), "+")]
    if rows:
        found.append(Choice(TAKE, _("Take one off again"), "-"))
    for row in rows:
        how = f"{_(RELATION_TITLES[row.kind])} " if row.kind else ""
        more = " …" if row.again else ""
        found.append(Choice(row.tag, f"{'  ' * row.depth}{how}{row.tag} {row.name}{more}"))
    return found


def _chosen(
    screen: ShellScreen, ticket_id: int, rows: Sequence[Impact], chosen: str | None
) -> None:
    if chosen == NAME:
        prompt = PromptDialog(_("Tag, serial number or host name"))
        screen.app.push_screen(prompt, partial(_name, screen, ticket_id))
    elif chosen == TAKE:
        roots = [Choice(str(row.id), f"{row.tag} {row.name}") for row in rows if not row.depth]
        screen.app.push_screen(MenuDialog(_("Take off"), roots), partial(_take, screen, ticket_id))
    elif chosen:
        place = Place(asset_rooms.AREA, record=chosen)
        screen.app.call_later(screen.app.go, place)


def _name(screen: ShellScreen, ticket_id: int, word: str | None) -> None:
    if not word:
        return

    def work() -> int:
        ref = reading.find(screen.session, word)
        return ticketing.name_assets(screen.session, ticket_id, [ref.id])

    _change(screen, ticket_id, work)


def _take(screen: ShellScreen, ticket_id: int, chosen: str | None) -> None:
    if chosen:
        work = partial(ticketing.unname_assets, screen.session, ticket_id, [int(chosen)])
        _change(screen, ticket_id, work)


def _change(screen: ShellScreen, ticket_id: int, work: Callable[[], object]) -> None:
    def done(_answer: object) -> None:
        screen.app.following.spread(asset_facts.FEATURE, [])
        show(screen, ticket_id)

    screen.change(
        work, said=_("{number} changed.").format(number=number(ticket_id)), feature=FEATURE,
        touched=[ticket_id], done=done,
    )  # fmt: skip
