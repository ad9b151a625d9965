"""One document on one screen, by tabs: facts, versions, text, links, history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar, NamedTuple

from textual.content import Content

from boconsole.language import N_, _
from boconsole.ledger.together import Ref
from boconsole.registry import links, reading, words
from boconsole.registry.reading import Card, Document, DocumentRow
from screens.actions import CHANGE, GO
from screens.cells import Cell, safe
from screens.contacts.tabs import Rows
from screens.dialogs import PromptDialog
from screens.keys import DETAIL, Action
from screens.ledger.page import Neighbours, page_actions
from screens.registry import acts, facts, tabs
from screens.registry.rooms import AREA
from screens.registry.tabs import Tab
from screens.shell import ShellScreen
from screens.tabbed import TabbedPage
from screens.widgets.bars import Heading


class Whole(NamedTuple):
    """A document, and the rows of the tab that is shown."""

    card: Card
    rows: Rows | None


def tab_actions(feature: str) -> tuple[Action, ...]:
    """Return what every card of the registry answers."""
    return (
        Action(f"{feature}.next-tab", N_("Next tab"), ("tab",), DETAIL, GO, rank=1,
               short=N_("tab")),
        Action(f"{feature}.tab-before", N_("Tab before"), ("shift+tab",), DETAIL, GO),
        Action(f"{feature}.link", N_("Link to a record, or remove a link"), ("l",), DETAIL,
               CHANGE, rank=19, short=N_("link")),
        Action(f"{feature}.undo", N_("Undo the last change"), ("u",), DETAIL, CHANGE, rank=50,
               short=N_("undo")),
    )  # fmt: skip


class PaperScreen(TabbedPage[Whole], acts.DocumentActs):
    """One document."""

    AREA = AREA
    FEATURE = facts.DOCUMENT
    CSS_PATH = "../styles/registry.tcss"
    ALONE = N_("It was not opened from a list; q goes back to the last place.")
    LAST = N_("The list ends here.")
    ACTIONS: ClassVar[Sequence[Action]] = (
        *tab_actions("paper"), *acts.actions(DETAIL),
        *page_actions("paper", N_("Next document of the list"),
                      N_("Document before in the list")),
    )  # fmt: skip

    def __init__(self, record_id: int, neighbours: Neighbours | None = None) -> None:
        super().__init__(record_id, neighbours)
        self._tab = tabs.OF_DOCUMENTS[0]

    # Reading

    def read(self, record_id: int) -> Whole:
        """Return the document and the rows of the tab; blocks."""
        card = reading.card(self.session, record_id)
        rows: dict[str, Callable[[], Rows]] = {
            tabs.VERSIONS: lambda: tabs.version_rows(card.versions, self.session),
            tabs.LINKS: lambda: tabs.link_rows(self.session, "document", record_id),
            tabs.HISTORY: lambda: tabs.history_rows(
                reading.history(self.session, record_id), self.session
            ),
        }
        work = rows.get(self._tab.id)
        return Whole(card, work() if work else None)

    def ref_of(self, whole: Whole) -> Ref:
        """Return the document as it is acted on, and its number."""
        row = whole.card.row
        return Ref(row.id, row.version, words.number(row.id))

    # Showing

    def heading(self) -> Heading:
        """Return number and title."""
        title = safe(self.whole.card.row.title) if self.whole else ""
        found = super().heading()._replace(view=f"{self.number} {title}".strip())
        return self.reading_told(found)

    def picture(self, whole: Whole, room: int) -> list[Content]:
        """Return the text of the tab."""
        if self._tab.id == tabs.TEXT:
            return facts.text_lines(whole.card, room)
        return facts.document_lines(whole.card, room)

    @property
    def tabs(self) -> Sequence[Tab]:
        """The tabs."""
        return tabs.OF_DOCUMENTS

    @property
    def shown_tab(self) -> Tab:
        """The tab that is shown."""
        return self._tab

    def turn_to(self, tab: str) -> None:
        """Show another tab."""
        self._tab = next(each for each in tabs.OF_DOCUMENTS if each.id == tab)

    def rows_of(self, whole: Whole) -> Rows | None:
        """Return the rows of the tab."""
        return whole.rows

    def state_of(self, whole: Whole) -> Cell:
        """Return the state, and whether it is held."""
        row = whole.card.row
        return facts.held(row) if row.held else facts.look(facts.STATES[row.state])

    # Acting

    def with_rows(self, then: Callable[[Sequence[DocumentRow]], object]) -> None:
        """Act on this document."""
        then([] if self.whole is None else [self.whole.card.row])

    def opened(self, made: Document) -> None:
        """Show a document that was made, while its text is read."""
        self.reader.start()
        self.app.push_screen(PaperScreen(made.id))

    def action_link(self) -> None:
        """Ask what to link it to; what is linked already is let go."""
        ask_link(self, "document", self.record_id, self.number)

    def action_undo(self) -> None:
        """Take the last change back."""
        self.change(self.undone, said=str, touched=[self.record_id])


def ask_link(screen: ShellScreen, kind: links.Kind, record_id: int, number: str) -> None:
    """Ask for the number of a record; link to it, or take the link away that is there."""

    def work(word: str) -> str:
        other = links.find(screen.session, word)
        there = [each.id for each in links.listed(screen.session, kind, record_id)
                 if each.kind == other.kind]  # fmt: skip
        if other.id in there:
            links.unlink(screen.session, kind, record_id, word)
            return _("{number} is linked to {other} no longer.").format(
                number=number, other=other.number
            )
        links.link(screen.session, kind, record_id, word)
        return _("{number} is linked to {other}.").format(number=number, other=other.number)

    def take(word: str | None) -> None:
        if word:
            screen.change(partial(work, word), said=str, touched=[record_id])

    prompt = _("Link {number} to (TKT-42, AST-0007, PRJ-0001, an invoice)").format(number=number)
    screen.app.push_screen(PromptDialog(prompt), take)
