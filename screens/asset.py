"""One asset on one screen, by tabs: facts, holders, network, relations, tickets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar, NamedTuple

from textual.content import Content

from boconsole.assets import network, reading, relating, ticketing
from boconsole.assets.reading import AssetRow
from boconsole.assets.writing import Ref
from boconsole.language import N_, _
from boconsole.ledger.together import Ref as Numbered
from boconsole.presence import Other
from screens import (
    asset_facts,
    asset_forms,
    asset_rooms,
    asset_tabs,
    asset_work,
    papers_at,
    presence,
)
from screens.actions import CHANGE, GO
from screens.asset_acts import AssetActs, Seen, asset_actions
from screens.asset_facts import FEATURE
from screens.asset_tabs import Tab
from screens.cells import Cell, safe
from screens.contacts.tabs import Rows
from screens.dialogs import Choice, MenuDialog
from screens.following import RecordsChanged
from screens.keys import DETAIL, Action
from screens.ledger.page import Neighbours, page_actions
from screens.papers_at import HoldsPapers
from screens.presence import Heart
from screens.tabbed import TabbedPage
from screens.widgets.bars import Heading

TAKEN = ("network", "relations", "work", "tickets")
"""Tabs of which something can be taken away."""
ADDED = (*TAKEN, "inside")
"""Tabs to which something can be added."""


class Whole(NamedTuple):
    """An asset and the rows of the tab that is shown."""

    row: AssetRow
    rows: Rows | None


def _more(screen: AssetScreen) -> str:
    if screen.tab.id in ADDED:
        return ""
    return _("Nothing is added on this tab; tab goes on to network, relations and tickets.")


def _less(screen: AssetScreen) -> str:
    return "" if screen.tab.id in TAKEN else _("Nothing is taken away on this tab.")


class AssetScreen(TabbedPage[Whole], AssetActs, HoldsPapers):
    """An asset.

    Args:
        record_id: Which one.
        neighbours: The list it was opened from, for the keys to the next one.
        tab: Which one is shown at first.
    """

    AREA = asset_rooms.AREA
    FEATURE = PAPERS = FEATURE
    CSS_PATH = "styles/assets.tcss"
    ALONE = N_("It was not opened from a list; q goes back to the last place.")
    LAST = N_("The list ends here.")
    ACTIONS: ClassVar[Sequence[Action]] = (
        *asset_actions(DETAIL),
        *page_actions(FEATURE, N_("Next one of the list"), N_("The one before in the list")),
        Action("asset.next-tab", N_("Next tab"), ("tab",), DETAIL, GO, rank=1, short=N_("tab")),
        Action("asset.tab-before", N_("Tab before"), ("shift+tab",), DETAIL, GO),
        Action("asset.more", N_("Add what the tab shows"), ("+",), DETAIL, CHANGE, rank=13,
               short=N_("add"), when=_more),
        Action("asset.less", N_("Take away what the tab shows"), ("-",), DETAIL, CHANGE,
               when=_less),
        Action("asset.inventory", N_("Inventory from the machine"), ("I",), DETAIL, CHANGE,
               rank=17, short=N_("inventory"),
               help=N_("Paste what lshw, dmidecode, ip or lsblk says; see what differs.")),
        papers_at.action(FEATURE),
        Action("asset.undo", N_("Undo the last change"), ("u",), DETAIL, CHANGE, rank=50,
               short=N_("undo")),
    )  # fmt: skip

    def __init__(
        self, record_id: int, neighbours: Neighbours | None = None, tab: str = "facts"
    ) -> None:
        super().__init__(record_id, neighbours)
        self._tab = tab
        self._others: Sequence[Other] = ()
        self._heart: Heart | None = None
        self._at = 0

    # Reading

    @property
    def tab(self) -> Tab:
        """The tab that is shown."""
        tabs = asset_tabs.tabs_of(self.session)
        return next((each for each in tabs if each.id == self._tab), tabs[0])

    def read(self, record_id: int) -> Whole:
        """Return the asset and the rows of the tab; blocks."""
        row = reading.get(self.session, record_id)
        return Whole(row, self.tab.read(self.session, row) if self.tab.read else None)

    def ref_of(self, whole: Whole) -> Numbered:
        """Return the asset as it is acted on, and its tag."""
        return Numbered(whole.row.id, whole.row.version, whole.row.tag)

    def with_seen(self, then: Callable[[Sequence[Seen]], object]) -> None:
        """Act on this one; on nothing before it is read."""
        row = self.whole.row if self.whole else None
        found = Seen(row.id, row.version, row.tag, row.state, bool(row.holder)) if row else None
        then([found] if found else [])

    def concerns(self, event: RecordsChanged) -> bool:
        """Return whether a change may show here: of it, or of what the tab shows."""
        return event.feature == FEATURE and (
            not event.ids or self.record_id in event.ids or self._tab != "facts"
        )

    # Who else is here

    def _take(self, whole: Whole) -> None:
        if self._at != whole.row.id:
            self._at, self._others = whole.row.id, ()
            self._stop_heart()
            self._heart = Heart(self, whole.row.id, heard=self._heard, feature=FEATURE)
            self._heart.start()
        super()._take(whole)

    def _heard(self, others: Sequence[Other]) -> None:
        self._others = others
        self._show()

    def _stop_heart(self) -> None:
        if self._heart is not None:
            self._heart.stop()

    def on_unmount(self) -> None:
        """Tell others that it was left."""
        self._stop_heart()

    async def keep_draft(self) -> bool:
        """Tell others before the console ends or goes elsewhere; nothing typed here is lost."""
        if self._heart is not None:
            await self._heart.leave()
        return True

    # Showing

    def heading(self) -> Heading:
        """Return tag and name."""
        name = safe(self.whole.row.name) if self.whole else ""
        return super().heading()._replace(view=f"{self.number} {name}".strip())

    def picture(self, whole: Whole, room: int) -> list[Content]:
        """Return the facts."""
        lines = asset_facts.picture(whole.row, room, self.session)
        if self._others:
            lines.insert(1, presence.told(self._others, self.session.user.login))
        return [*lines, *papers_at.lines(self.papers, room, asset_facts.LABEL)]

    @property
    def tabs(self) -> Sequence[Tab]:
        """The tabs that somebody may see."""
        return asset_tabs.tabs_of(self.session)

    @property
    def shown_tab(self) -> Tab:
        """The tab that is shown."""
        return self.tab

    def turn_to(self, tab: str) -> None:
        """Show another tab."""
        self._tab = tab

    def rows_of(self, whole: Whole) -> Rows | None:
        """Return the rows of the tab."""
        return whole.rows

    def state_of(self, whole: Whole) -> Cell:
        """Return the state."""
        return asset_facts.state_word(whole.row.state)

    # Changing

    def action_more(self) -> None:
        """Open the form of what the tab shows."""
        if self.tab.id == "work":
            self.action_work()
            return
        if self.tab.id == "inside":
            self.action_inventory()
            return
        forms = {
            "network": asset_forms.address_form, "relations": asset_forms.relation_form,
            "tickets": asset_forms.ticket_form,
        }  # fmt: skip
        if self.whole is not None:
            form = forms[self.tab.id](self.session, self.whole.row, self.changed)
            self.app.push_screen(form)

    def action_inventory(self) -> None:
        """Compare it with what the machine says."""
        from screens.asset_inventory import InventoryScreen

        if self.whole is not None:
            self.app.push_screen(InventoryScreen(self.whole.row.id, self.whole.row.tag))

    def action_less(self) -> None:
        """Choose what is taken away of what the tab shows."""
        if self.whole is None:
            return
        row = self.whole.row
        self.load(partial(self._removable, row.id), partial(self._ask_less, row), group="ask")

    def _removable(self, asset_id: int) -> list[Choice]:
        """Return what can be taken away; blocks."""
        if self.tab.id == "work":
            return list(asset_work.removable(self.session, asset_id))
        if self.tab.id == "tickets":
            found = ticketing.tickets_of(self.session, asset_id)
            return [Choice(f"ticket {each.id}", f"TKT-{each.id} {each.subject}") for each in found]
        if self.tab.id == "relations":
            return [
                Choice(f"relation {each.kind} {each.id}", f"{each.title} {each.tag} {each.name}")
                for each in relating.related(self.session, asset_id)
            ]
        choices = []
        for each in network.interfaces(self.session, asset_id):
            choices += [Choice(f"address {one.address}", f"{each.row.name} {one.address}")
                        for one in each.addresses]  # fmt: skip
            choices.append(Choice(f"interface {each.row.name}", _("{name} with its addresses")
                                  .format(name=each.row.name)))  # fmt: skip
        return choices

    def _ask_less(self, row: AssetRow, choices: list[Choice]) -> None:
        if not choices:
            self.app.say(_("There is nothing to take away."))
            return

        def take(chosen: str | None) -> None:
            if chosen:
                said = _("{number} changed.").format(number=row.tag)
                self.change(
                    partial(self._remove, row.id, chosen), said=said, feature=FEATURE,
                    touched=[row.id], done=self.changed,
                )  # fmt: skip

        self.app.push_screen(MenuDialog(_("Take away"), choices), take)

    def _remove(self, asset_id: int, chosen: str) -> None:
        what, _blank, rest = chosen.partition(" ")
        if what == "ticket":
            ticketing.unname_assets(self.session, int(rest), [asset_id])
        elif what in ("work", "repair"):
            asset_work.remove(self.session, asset_id, what, int(rest))
        elif what == "relation":
            kind, _blank, other = rest.partition(" ")
            relating.part(self.session, asset_id, kind, int(other))
        elif what == "address":
            network.remove_address(self.session, asset_id, rest)
        else:
            network.remove_interface(self.session, asset_id, rest)

    def action_undo(self) -> None:
        """Undo the last change of assets."""
        self.change(self.taken_back, said=str, feature=FEATURE, done=self.changed)

    def made(self, ref: Ref) -> None:
        """Show a new asset in place of this one."""
        super().made(ref)
        self.record_id = ref.id
        self.action_refresh()

    def changed(self, _answer: object = None) -> None:
        """Read it again."""
        self.action_refresh()
