"""The board of an opening: candidates in columns by stage, moved by keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from boconsole.language import N_, _
from boconsole.ledger.together import Ref
from boconsole.recruitment import boarding, words
from boconsole.recruitment.boarding import COLUMNS, Board, Card
from screens import recruitment, staff_rooms
from screens import recruitment_board as drawing
from screens import recruitment_facts as facts
from screens import recruitment_forms as forms
from screens import recruitment_moves as moves
from screens.actions import CHANGE, GO, of_feature
from screens.cells import safe
from screens.following import RecordsChanged
from screens.keys import DETAIL, Action
from screens.ledger.page import RecordPage, page_actions
from screens.prose import block, toned
from screens.recruitment import may_edit
from screens.widgets.bars import Heading

HEAD = 3
"""Lines above the board: the opening, its state, a blank one."""


class Sheet(Static, can_focus=True):
    """The page; it has the keys while nothing else has."""


class OpeningScreen(RecordPage[Board]):
    """One opening as a board.

    Attributes:
        chosen: The application under the cursor, 0 for none.
    """

    AREA = staff_rooms.AREA
    FEATURE = facts.OPENING
    CSS_PATH = "styles/recruitment.tcss"
    ALONE = N_("It was not opened from a list; q goes back to the last place.")
    LAST = N_("The list ends here.")
    ACTIONS: ClassVar[Sequence[Action]] = (
        Action("opening.open", N_("Open the candidate"), ("enter",), DETAIL, GO, rank=1,
               short=N_("open")),
        Action("opening.card-left", N_("Move the card left"), ("H",), DETAIL, CHANGE, rank=3,
               short=N_("card left"), when=may_edit),
        Action("opening.card-right", N_("Move the card right"), ("L",), DETAIL, CHANGE, rank=4,
               short=N_("card right"), when=may_edit),
        *(replace(action, when=may_edit)
          for action in of_feature("opening", "new", "edit", "state", where=DETAIL)),
        Action("opening.opening-state", N_("State of the opening"), ("S",), DETAIL, CHANGE,
               when=may_edit),
        Action("opening.undo", N_("Undo the last change"), ("u",), DETAIL, CHANGE, rank=50,
               short=N_("undo"), when=may_edit),
        Action("opening.left", N_("To the left"), ("h", "left"), DETAIL, GO),
        Action("opening.right", N_("To the right"), ("l", "right"), DETAIL, GO),
        Action("opening.down", N_("Next line"), ("j", "down"), DETAIL, GO, quiet=True),
        Action("opening.up", N_("Line before"), ("k", "up"), DETAIL, GO, quiet=True),
        Action("opening.top", N_("To the beginning"), ("g", "home"), DETAIL, GO, quiet=True),
        Action("opening.bottom", N_("To the end"), ("G", "end"), DETAIL, GO, quiet=True),
        *page_actions("opening", N_("Next opening of the list"),
                      N_("Opening before in the list")),
    )  # fmt: skip

    chosen = 0

    # Reading

    def read(self, record_id: int) -> Board:
        """Return the board; blocks."""
        return boarding.read(self.session, record_id)

    def ref_of(self, whole: Board) -> Ref:
        """Return the opening as it is acted on, and its number."""
        row = whole.opening
        return Ref(row.id, row.version, row.number)

    def concerns(self, event: RecordsChanged) -> bool:
        """Return whether a change may show here."""
        return event.feature in facts.FEATURES

    def heading(self) -> Heading:
        """Return number and title."""
        title = safe(self.whole.opening.title) if self.whole else ""
        return super().heading()._replace(view=f"{self.number} {title}".strip())

    # Showing

    def body(self) -> ComposeResult:
        """Yield the page."""
        yield Sheet(id="page", markup=False)

    def picture(self, whole: Board, room: int) -> list[Content]:
        """Return the opening and its board, in the height of the page."""
        row, page = whole.opening, self.query_one("#page", Sheet)
        over = [f"{_(words.STAGE_TITLES[stage])} {count}" for stage, count in whole.over.items()
                if count]  # fmt: skip
        state = facts.state_word(row.state)
        filled = _("{hired} of {seats} filled").format(hired=row.hired, seats=row.seats)
        told = " · ".join(filter(None, (filled, safe(row.department), safe(row.manager), *over)))
        lines = [
            toned((f"{row.number} {safe(row.title)}", "strong")),
            toned(state, (f"  {told}", "muted")).truncate(room, ellipsis=True), Content(""),
        ]  # fmt: skip
        height = max(page.size.height - HEAD, 4)
        return lines + drawing.draw(whole, self.chosen, self.session.now(), room, height)

    def _show(self) -> None:
        if self.whole is None or not self.is_mounted:
            return
        page = self.query_one("#page", Sheet)
        self._width = page.outer_size.width
        if self.whole.card(self.chosen) is None:
            first = next((own[0] for own in self.whole.columns if own), None)
            self.chosen = first.id if first else 0
        page.update(block(self.picture(self.whole, max(page.size.width, 30))))
        self.show_status()
        self.refresh_bindings()

    # Moving the cursor

    def _place(self) -> tuple[int, int]:
        """Return column and row of the cursor."""
        for column, own in enumerate(self.whole.columns if self.whole else ()):
            for row, card in enumerate(own):
                if card.id == self.chosen:
                    return column, row
        return 0, 0

    def _walk(self, by: int) -> None:
        if self.whole is None:
            return
        column, row = self._place()
        if own := self.whole.columns[column]:
            self.chosen = own[max(0, min(row + by, len(own) - 1))].id
            self._show()

    def action_down(self) -> None:
        """Go to the next card of the column."""
        self._walk(1)

    def action_up(self) -> None:
        """Go to the card before."""
        self._walk(-1)

    def action_top(self) -> None:
        """Go to the first card of the column."""
        self._walk(-100_000)

    def action_bottom(self) -> None:
        """Go to the last card of the column."""
        self._walk(100_000)

    def action_left(self) -> None:
        """Go to the column before that has cards."""
        self._aside(-1)

    def action_right(self) -> None:
        """Go to the next column that has cards."""
        self._aside(1)

    def _aside(self, step: int) -> None:
        if self.whole is None:
            return
        column, row = self._place()
        columns = self.whole.columns
        for place in range(column + step, len(columns) if step > 0 else -1, step):
            if own := columns[place]:
                self.chosen = own[min(row, len(own) - 1)].id
                self._show()
                return

    # Acting

    def _card(self) -> Card | None:
        found = self.whole.card(self.chosen) if self.whole else None
        if found is None:
            self.app.say(_("There is no candidate here yet; n adds one."))
        return found

    def done(self, _answer: object = None) -> None:
        """Read it again."""
        self.action_refresh()

    def action_card_left(self) -> None:
        """Move the candidate a stage back."""
        self._shift(-1)

    def action_card_right(self) -> None:
        """Move the candidate a stage on; into the last column by hiring."""
        self._shift(1)

    def _shift(self, step: int) -> None:
        if (card := self._card()) is None:
            return
        place = COLUMNS.index(card.row.stage) + step
        if not 0 <= place < len(COLUMNS):
            self.app.say(_("There is no column on that side."))
        elif COLUMNS[place] == words.HIRED:
            moves.ask_hire(self, card.row, self.done)
        else:
            moves.move(self, [card.row], COLUMNS[place], "", self.done)

    def action_state(self) -> None:
        """Choose the next stage of the candidate."""
        if (card := self._card()) is not None:
            moves.ask_stage(self, [card.row], self.done)

    def action_open(self) -> None:
        """Open the candidate under the cursor."""
        from screens.recruitment_card import CandidateScreen

        if (card := self._card()) is not None:
            self.app.push_screen(CandidateScreen(card.row.candidate_id))

    def action_new(self) -> None:
        """Open the form of a candidate who applies here."""
        if self.whole is not None:
            form = forms.candidate_form(self.session, None, self.done, self.whole.opening)
            self.app.push_screen(form)

    def action_edit(self) -> None:
        """Open the form of the opening."""
        if self.whole is not None:
            self.app.push_screen(forms.opening_form(self.session, self.whole.opening, self.done))

    def action_opening_state(self) -> None:
        """Choose the next state of the opening."""
        if self.whole is not None:
            recruitment.ask_state(self, self.whole.opening)

    def action_undo(self) -> None:
        """Take the last move back."""
        self.change(lambda: recruitment.taken_back(self.session), said=str,
                    feature=facts.APPLICATION, done=self.done)  # fmt: skip
