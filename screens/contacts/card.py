"""One person or organisation on one screen, by tabs: facts, people, tickets, documents, notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar, NamedTuple

from textual.content import Content

from boconsole.contacts import changing, reading, words
from boconsole.contacts.changing import Ref
from boconsole.contacts.reading import Card, PersonRow
from boconsole.contacts.words import Kind
from boconsole.language import N_, _
from boconsole.ledger.together import Ref as Numbered
from screens import papers_at
from screens.actions import CHANGE, GO
from screens.cells import Cell, safe
from screens.contacts import facts, forms, rooms
from screens.contacts import tabs as pages
from screens.contacts.acts import ContactActs, card_actions
from screens.contacts.tabs import FACTS, NOTES, CardTab, Rows
from screens.dialogs import Choice, MenuDialog
from screens.following import RecordsChanged
from screens.keys import DETAIL, Action
from screens.ledger.page import Neighbours, page_actions
from screens.papers_at import HoldsPapers
from screens.places import Place
from screens.tabbed import ENDS as ENDS  # others know both from here
from screens.tabbed import TabbedPage
from screens.tabbed import TabRows as TabRows
from screens.widgets.bars import Heading


class Whole(NamedTuple):
    """A card and the rows of the tab that is shown."""

    card: Card
    rows: Rows | None


class CardScreen(TabbedPage[Whole], ContactActs, HoldsPapers):
    """A person or an organisation.

    Args:
        kind: Which of both.
        record_id: Which one.
        neighbours: The list it was opened from, for the keys to the next one.
    """

    AREA = rooms.AREA
    CSS_PATH = "../styles/contacts.tcss"
    ALONE = N_("It was not opened from a list; q goes back to the last place.")
    LAST = N_("The list ends here.")
    ACTIONS: ClassVar[Sequence[Action]] = (
        *page_actions("contact", N_("Next one of the list"), N_("The one before in the list")),
        *card_actions(DETAIL),
        Action("contact.next-tab", N_("Next tab"), ("tab", "l"), DETAIL, GO, rank=1,
               short=N_("tab")),
        Action("contact.tab-before", N_("Tab before"), ("shift+tab", "h"), DETAIL, GO),
        Action("contact.all", N_("Open the whole list of the tab"), ("F",), DETAIL, GO),
        Action("contact.organisation", N_("Open the organisation"), ("O",), DETAIL, GO),
        Action("contact.person", N_("Add a person of the organisation"), ("N",), DETAIL, CHANGE),
        Action("contact.less", N_("Take a way, an address or a note away"), ("-",), DETAIL,
               CHANGE),
        papers_at.action("contact"),
        Action("contact.undo", N_("Undo the last change"), ("u",), DETAIL, CHANGE, rank=50,
               short=N_("undo")),
    )  # fmt: skip

    def __init__(self, kind: Kind, record_id: int, neighbours: Neighbours | None = None) -> None:
        super().__init__(record_id, neighbours)
        self._kind = kind
        self._tab = FACTS
        self._tabs: list[CardTab] = []

    @property
    def kind(self) -> Kind:
        """Which of both it is."""
        return self._kind

    # Reading

    def read(self, record_id: int) -> Whole:
        """Return the card and the rows of the tab; blocks."""
        card = reading.card(self.session, self._kind, record_id)
        tab = self._shown()
        return Whole(card, tab.read(self.session, card) if tab.read else None)

    def _shown(self) -> CardTab:
        if not self._tabs:
            self._tabs = pages.tabs_of(self.session, self._kind)
        return next((each for each in self._tabs if each.id == self._tab), self._tabs[0])

    def ref_of(self, whole: Whole) -> Numbered:
        """Return the card as it is acted on, and its number."""
        return Numbered(whole.card.row.id, whole.card.row.version, whole.card.number)

    def paper_place(self) -> tuple[str, int, str] | None:
        """Return kind, id and number of the card, None before it is read."""
        return (self._kind, self.record_id, self.number) if self.whole is not None else None

    def with_seen(self, then: Callable[[Sequence[Ref]], object]) -> None:
        """Act on this one; on nothing before it is read."""
        row = self.whole.card.row if self.whole else None
        then([Ref(row.id, row.version)] if row else [])

    def concerns(self, event: RecordsChanged) -> bool:
        """Return whether a change may show here: of it, or of what the tab shows."""
        mine = not event.ids or self.record_id in event.ids
        return (event.feature == self._kind and mine) or self._tab not in (FACTS, NOTES)

    # Showing

    def heading(self) -> Heading:
        """Return number and name."""
        name = safe(self.whole.card.row.name) if self.whole else ""
        return super().heading()._replace(view=f"{self.number} {name}".strip())

    def picture(self, whole: Whole, room: int) -> list[Content]:
        """Return the text of the tab."""
        if self._tab == NOTES:
            return facts.notes(whole.card, room, self.session)
        return facts.picture(whole.card, room, self.session)

    @property
    def tabs(self) -> Sequence[CardTab]:
        """The tabs that somebody may see."""
        return self._tabs

    @property
    def shown_tab(self) -> CardTab:
        """The tab that is shown."""
        return self._shown()

    def turn_to(self, tab: str) -> None:
        """Show another tab."""
        self._tab = tab

    def rows_of(self, whole: Whole) -> Rows | None:
        """Return the rows of the tab."""
        return whole.rows

    def state_of(self, whole: Whole) -> Cell:
        """Return whether it is archived, a VIP, or merged."""
        return facts.state(whole.card)

    # Going

    def action_all(self) -> None:
        """Open the list that the rows of the tab are of."""
        if self.whole is None or self.whole.rows is None:
            self.app.say(_("This tab is no list; tab goes on to the next."))
        else:
            self.app.call_later(self.app.go, self.whole.rows.all)

    def action_organisation(self) -> None:
        """Open the organisation of a person, or the one above."""
        row = self.whole.card.row if self.whole else None
        above = row.organisation_id if isinstance(row, PersonRow) else row and row.parent_id
        if above:
            record = words.number("organisation", above)
            self.app.call_later(self.app.go, Place(rooms.AREA, record=record))
        else:
            self.app.say(_("There is no organisation above."))

    # Changing

    def action_person(self) -> None:
        """Add a person of the organisation."""
        if self.whole is None or self._kind != "organisation":
            self.app.say(_("Only an organisation has people."), "warning")
            return
        values = {"organisation": self.whole.card.row.name}
        self.app.push_screen(forms.new_form(self.session, "contact", self.changed, values))

    def action_less(self) -> None:
        """Choose what is taken away."""
        self.on_card(self._ask_less)

    def _ask_less(self, card: Card) -> None:
        choices = [
            *(Choice(f"channel {each.id}", f"{_(words.CHANNELS[each.kind])} {each.value}")
              for each in card.channels),
            *(Choice(f"address {each.id}", each.text.replace("\n", ", "))
              for each in card.addresses),
            *(Choice(f"note {each.id}", each.body.split("\n")[0][:60]) for each in card.notes[:20]),
        ]  # fmt: skip
        if not choices:
            self.app.say(_("There is no further way, address or note to take away."))
            return

        def take(chosen: str | None) -> None:
            if chosen:
                part, _blank, part_id = chosen.partition(" ")
                work = partial(changing.remove_part, self.session, card.kind, Ref(card.row.id),
                               part, int(part_id))  # fmt: skip
                told = _("{number} changed.").format(number=card.number)
                self.change(work, said=told, feature=card.kind, touched=[card.row.id],
                            done=self.changed)  # fmt: skip

        self.app.push_screen(MenuDialog(_("Take away"), choices), take)

    def action_undo(self) -> None:
        """Undo the last change of such records."""
        self.change(self.taken_back, said=str, feature=self._kind, done=self.changed)

    def changed(self, _answer: object = None) -> None:
        """Read it again."""
        self.action_refresh()
