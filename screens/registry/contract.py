"""One contract on one screen, by tabs: facts with terms and duties, documents, links, history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar, NamedTuple

from textual.content import Content

from boconsole.language import N_
from boconsole.ledger.together import Ref
from boconsole.registry import contracts, reading, words
from boconsole.registry.contracts import Card, Contract
from screens.cells import Cell, safe
from screens.contacts.tabs import Rows
from screens.following import RecordsChanged
from screens.keys import DETAIL, Action
from screens.ledger.page import Neighbours, page_actions
from screens.registry import facts, forms, tabs
from screens.registry.card import ask_link, tab_actions
from screens.registry.contracts import actions, ask_state, ask_to_renew, undone
from screens.registry.rooms import AREA
from screens.registry.tabs import Tab
from screens.tabbed import TabbedPage
from screens.widgets.bars import Heading


class Whole(NamedTuple):
    """A contract, and the rows of the tab that is shown."""

    card: Card
    rows: Rows | None


class ContractScreen(TabbedPage[Whole]):
    """One contract."""

    AREA = AREA
    FEATURE = facts.CONTRACT
    CSS_PATH = "../styles/registry.tcss"
    ALONE = N_("It was not opened from a list; q goes back to the last place.")
    LAST = N_("The list ends here.")
    ACTIONS: ClassVar[Sequence[Action]] = (
        *tab_actions("contract"), *actions(DETAIL),
        *page_actions("contract", N_("Next contract of the list"),
                      N_("Contract before in the list")),
    )  # fmt: skip

    def __init__(self, record_id: int, neighbours: Neighbours | None = None) -> None:
        super().__init__(record_id, neighbours)
        self._tab = tabs.OF_CONTRACTS[0]

    # Reading

    def read(self, record_id: int) -> Whole:
        """Return the contract and the rows of the tab; blocks."""
        card, session = contracts.card(self.session, record_id), self.session
        rows: dict[str, Callable[[], Rows]] = {
            tabs.PAPERS: lambda: tabs.paper_rows(
                reading.naming(session, "contract", record_id), session
            ),
            tabs.LINKS: lambda: tabs.link_rows(session, "contract", record_id),
            tabs.HISTORY: lambda: tabs.history_rows(contracts.history(session, record_id), session),
        }
        work = rows.get(self._tab.id)
        return Whole(card, work() if work else None)

    def ref_of(self, whole: Whole) -> Ref:
        """Return the contract as it is acted on, and its number."""
        row = whole.card.row
        return Ref(row.id, row.version, words.contract_number(row.id))

    def concerns(self, event: RecordsChanged) -> bool:
        """Return whether a change may show here: documents that belong to it too."""
        return event.feature == facts.DOCUMENT or super().concerns(event)

    # Showing

    def heading(self) -> Heading:
        """Return number and title."""
        title = safe(self.whole.card.row.title) if self.whole else ""
        return super().heading()._replace(view=f"{self.number} {title}".strip())

    def picture(self, whole: Whole, room: int) -> list[Content]:
        """Return the facts, terms and duties."""
        return facts.contract_lines(whole.card, reading.today(self.session), room)

    @property
    def tabs(self) -> Sequence[Tab]:
        """The tabs."""
        return tabs.OF_CONTRACTS

    @property
    def shown_tab(self) -> Tab:
        """The tab that is shown."""
        return self._tab

    def turn_to(self, tab: str) -> None:
        """Show another tab."""
        self._tab = next(each for each in tabs.OF_CONTRACTS if each.id == tab)

    def rows_of(self, whole: Whole) -> Rows | None:
        """Return the rows of the tab."""
        return whole.rows

    def state_of(self, whole: Whole) -> Cell:
        """Return the state."""
        return facts.look(facts.CONTRACT_STATES[whole.card.row.state])

    # Acting

    def _on_it(self, then: Callable[[contracts.ContractRow], object]) -> None:
        if self.whole is not None:
            then(self.whole.card.row)

    def action_new(self) -> None:
        """Open the form of a new contract."""

        def saved(made: Contract) -> None:
            self.app.push_screen(ContractScreen(made.id))

        self.app.push_screen(forms.new_contract(self.session, saved))

    def action_edit(self) -> None:
        """Open the form of this contract."""
        self._on_it(lambda row: self.app.push_screen(forms.edit_contract(self.session, row)))

    def action_state(self) -> None:
        """Choose what becomes of it."""
        self._on_it(lambda row: ask_state(self, row))

    def action_renew(self) -> None:
        """Open the form of the next term."""
        self._on_it(lambda row: ask_to_renew(self, row))

    def action_duty(self) -> None:
        """Open the form of a duty."""
        self._on_it(lambda row: self.app.push_screen(forms.new_duty(self.session, row)))

    def action_link(self) -> None:
        """Ask what to link it to; what is linked already is let go."""
        ask_link(self, "contract", self.record_id, self.number)

    def action_undo(self) -> None:
        """Take the last change back."""
        self.change(partial(undone, self), said=str, touched=[self.record_id])
