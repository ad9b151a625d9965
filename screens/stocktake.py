"""A stocktake to scan: one line that takes tags, what each turned out to be, and what is left.

A scanner is a keyboard that types a tag and Enter, so the cursor stays in the line. Several
people scan at once; what the others see arrives by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from boconsole.language import N_, _
from boconsole.stock import asking, stocktaking
from boconsole.stock.stocktaking import Closing, LineRow, Scan, StocktakeRow
from screens import asset_rooms
from screens.actions import CHANGE
from screens.cells import Cell, Look, clock, safe
from screens.dialogs import Choice
from screens.entries import Field
from screens.following import RecordsChanged
from screens.forms import Form, FormScreen, draft_of
from screens.keys import LIST, Action
from screens.lists import View
from screens.picking import PickDialog
from screens.places import Place
from screens.prose import toned
from screens.registers import RegisterScreen
from screens.stocktakes import FEATURE, NEW
from screens.widgets.bars import Heading, Hint
from screens.widgets.columns import Column

STATES = {
    stocktaking.FOUND: Look("F", N_("found"), "good"),
    stocktaking.MISPLACED: Look("!", N_("misplaced"), "warn"),
    stocktaking.UNEXPECTED: Look("+", N_("not listed"), "info"),
    stocktaking.MISSING: Look("-", N_("missing"), "bad"),
    stocktaking.UNKNOWN: Look("?", N_("unknown"), "bad"),
}
SCAN = replace(NEW, title=N_("Scan a tag"), short=N_("scan"), rank=1)
WHERE = Action(f"{FEATURE}.where", N_("Choose where you are"), ("w",), LIST, CHANGE, rank=11,
               short=N_("place"))  # fmt: skip
CLOSE = Action(f"{FEATURE}.close", N_("Close, and mend what differs"), ("C",), LIST, CHANGE,
               rank=12, short=N_("close"), help=N_("Marked lines can be marked lost."))  # fmt: skip
NONE, MARKED, ALL = "none", "marked", "all"


class ScanLine(Input):
    """The line that a scanner types into."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+t", "where", show=False),
        Binding("down", "leave", show=False),
    ]

    class Where(Message):
        """Another place is wanted."""

    class Left(Message):
        """The list is wanted."""

    def __init__(self) -> None:
        super().__init__(compact=True, select_on_focus=False, id="scan")
        self.cursor_blink = False

    @property
    def key_hints(self) -> Sequence[Hint]:
        """Say which keys do what."""
        return (Hint("enter", _("scan")), Hint("^t", _("place")), Hint("tab", _("list")),
                Hint("esc", _("list")))  # fmt: skip

    def action_where(self) -> None:
        """Ask for another place."""
        self.post_message(self.Where())

    def action_leave(self) -> None:
        """Go to the list."""
        self.post_message(self.Left())


class StocktakeScreen(asset_rooms.InRooms, RegisterScreen[LineRow]):
    """The lines of a stocktake under the line to scan into.

    Args:
        row: The stocktake, as it was read.
    """

    TITLE = "Stocktake"
    ROOM = asset_rooms.STOCKTAKE
    AREA = asset_rooms.AREA
    FEATURE = FEATURE
    REGISTER = asking.LINES
    AUTO_FOCUS = "#scan"
    CSS = """
    StocktakeScreen #counts, StocktakeScreen #scanning, StocktakeScreen #told {
        height: 1;
        padding: 0 1;
    }
    StocktakeScreen #where { width: auto; max-width: 60%; }
    StocktakeScreen #scan { width: 1fr; }
    """
    VIEWS = (
        View(N_("Missing"), "state:missing"),
        View(N_("Misplaced"), "state:misplaced"),
        View(N_("Not on the list"), "state:unexpected"),
        View(N_("Unknown tags"), "state:unknown"),
        View(N_("Found"), "state:found"),
    )
    ACTIONS: ClassVar[Sequence[Action]] = (SCAN, WHERE, CLOSE)

    def __init__(self, row: StocktakeRow) -> None:
        super().__init__()
        self.stocktake = row
        at, _categories = stocktaking.scope_of(row)
        self.where = at[0] if len(at) == 1 else ""

    # What it shows

    def body(self) -> ComposeResult:
        """Yield counts, the line to scan into, what the last scan was, and the list."""
        yield Static(id="counts", markup=False)
        with Horizontal(id="scanning"):
            yield Static(id="where", markup=False)
            yield ScanLine()
        yield Static(id="told", markup=False)
        yield from super().body()

    def on_mount(self) -> None:
        """Show the counts."""
        self._show_counts()
        if self.stocktake.closed_at is not None:
            self.query_one(ScanLine).disabled = True
            self.table.focus()

    def heading(self) -> Heading:
        """Return the stocktake and how far it is."""
        row = self.stocktake
        told = _("{number} {name}, {found} of {expected} found").format(
            number=stocktaking.number(row.id), name=safe(row.name), found=row.found,
            expected=row.expected,
        )  # fmt: skip
        return super().heading()._replace(view=told)

    def _show_counts(self) -> None:
        if not self.is_mounted:
            return
        row = self.stocktake
        parts: list[Cell | str] = []
        for state, count in (
            (stocktaking.FOUND, row.found), (stocktaking.MISSING, row.missing),
            (stocktaking.MISPLACED, row.misplaced), (stocktaking.UNEXPECTED, row.unexpected),
            (stocktaking.UNKNOWN, row.unknown),
        ):  # fmt: skip
            look = STATES[state]
            tone = look.tone if count else "muted"
            parts += [Cell(f"{look.letter} {count} {_(look.word)}", tone), "   "]
        self.query_one("#counts", Static).update(toned(*parts))
        at = safe(self.where) if self.where else _("any place")
        where = toned((_("Scan at "), "muted"), (at, "strong"), " > ")
        if row.closed_at is not None:
            where = toned((_("Closed by {who}.").format(who=safe(row.closed_by)), "muted"))
        self.query_one("#where", Static).update(where)
        self.show_status()

    def columns(self) -> Sequence[Column[LineRow]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("tag", N_("Tag"), 12, lambda row: Cell(safe(row.tag), "info"), sort="tag"),
            Column("name", N_("Name"), 18, lambda row: Cell(safe(row.name)), grow=2,
                   sort="name"),
            Column("state", N_("State"), 12, _state_word),
            Column("place", N_("Belongs to"), 18, lambda row: Cell(safe(row.place)), grow=1,
                   sort="place"),
            Column("seen", N_("Seen at"), 18, lambda row: Cell(safe(row.found_place)), grow=1,
                   priority=2, sort="seen"),
            Column("at", N_("At"), 5, self._at),
            Column("by", N_("By"), 8, lambda row: Cell(safe(row.found_by), "muted"), priority=1),
        )  # fmt: skip

    def _at(self, row: LineRow) -> Cell:
        return Cell(clock(row.found_at.astimezone(self.session.zone)) if row.found_at else "")

    def read_rows(self) -> Sequence[LineRow]:
        """Return the lines, and the stocktake as it is now; blocks."""
        self.stocktake = stocktaking.again(self.stocktake.id)
        self.app.call_later(self._show_counts)
        return stocktaking.lines(self.session, self.stocktake.id)

    def key_of(self, row: LineRow) -> int:
        """Return what tells a line apart."""
        return row.key

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No line is so; esc shows all.")

    def open_row(self, row: LineRow) -> None:
        """Go to the asset."""
        if row.asset_id is None:
            self.app.say(_("{text} is the tag of no asset.").format(text=row.tag))
        else:
            self.app.call_later(self.app.go, Place(self.AREA, record=row.tag))

    def records_changed(self, event: RecordsChanged) -> None:
        """Read everything again: ids of stocktakes are not those of lines."""
        if event.feature == FEATURE and (not event.ids or self.stocktake.id in event.ids):
            super().records_changed(RecordsChanged(FEATURE, ()))

    def place(self) -> Place:
        """Return the stocktake."""
        return Place(self.AREA, record=stocktaking.number(self.stocktake.id))

    def step_back(self) -> bool:
        """Go from the line to the list, and there clear marks and filter."""
        if self.query_one(ScanLine).has_focus:
            self.table.focus()
            return True
        return super().step_back()

    # Scanning

    @on(Input.Submitted, "#scan")
    def _scanned(self, event: Input.Submitted) -> None:
        event.stop()
        text = event.value.strip()
        event.input.clear()
        if text.startswith("@"):
            self._be_at(text[1:].strip())
        elif text:
            self.change(
                partial(stocktaking.scan, self.session, self.stocktake.id, text, self.where),
                touched=(self.stocktake.id,), done=self._tell,
            )  # fmt: skip

    def _tell(self, scan: Scan) -> None:
        if scan.state in (stocktaking.MISPLACED, stocktaking.UNKNOWN):
            self.app.bell()
        self.query_one("#told", Static).update(toned(self._told(scan)))

    def _told(self, scan: Scan) -> Cell:
        name = safe(f"{scan.tag} {scan.name}".strip())
        if scan.state == stocktaking.UNKNOWN:
            return Cell(_("? {text} is the tag of no asset").format(text=safe(scan.text)), "bad")
        if scan.before is not None:
            who, when = scan.before
            told = _("{name} was seen already, by {who} at {time}").format(
                name=name, who=safe(who), time=clock(when.astimezone(self.session.zone))
            )
            return Cell(f"= {told}", "muted")
        look = STATES[scan.state]
        if scan.state == stocktaking.MISPLACED:
            belongs = safe(scan.belongs) or _("no place")
            told = _("{name} belongs to {place}").format(name=name, place=belongs)
            return Cell(f"! {told}", "warn")
        return Cell(f"{look.letter} {name}: {_(look.word)}", look.tone)

    @on(ScanLine.Left)
    def _left(self) -> None:
        self.table.focus()

    @on(ScanLine.Where)
    def action_where(self) -> None:
        """Choose from all places where one is."""

        def ask(paths: list[str]) -> None:
            choices = [Choice("", _("any place")), *(Choice(path, path) for path in paths)]
            dialog = PickDialog(_("Where are you?"), choices)
            self.app.push_screen(dialog, lambda chosen: self._take(chosen))

        self.load(partial(stocktaking.place_paths, self.session), ask, group="ask")

    def _take(self, chosen: tuple[str, ...] | None) -> None:
        if chosen is not None:
            self.where = chosen[0]
            self._show_counts()

    def _be_at(self, text: str) -> None:
        def take(paths: list[str]) -> None:
            low = text.casefold()
            found = [path for path in paths
                     if low in (path.casefold(), path.rpartition(" / ")[2].casefold())]  # fmt: skip
            if len(found) == 1:
                self._take((found[0],))
            else:
                self.app.bell()
                self.app.say(_("There is no place {text}.").format(text=text), "warning")

        self.load(partial(stocktaking.place_paths, self.session), take, group="ask")

    def action_new(self) -> None:
        """Go to the line to scan into."""
        if self.stocktake.closed_at is None:
            self.query_one(ScanLine).focus()
        else:
            self.app.say(_("This stocktake is closed."))

    # Closing

    def action_close(self) -> None:
        """Ask what is mended, then close the stocktake."""
        if self.stocktake.closed_at is not None:
            self.app.say(_("This stocktake is closed."))
        elif self.marked:
            self.with_chosen(self._ask_to_close)
        else:
            self._ask_to_close(())

    def _ask_to_close(self, marked: Sequence[LineRow]) -> None:
        row = self.stocktake
        chosen = [line.tag for line in marked if line.state == stocktaking.MISSING]
        lost = [(NONE, N_("none")), (ALL, N_("all that are missing"))]
        if chosen:
            lost.insert(1, (MARKED, N_("the marked ones")))
        fields = [
            Field("move", N_("Move misplaced"), "switch",
                  hint=N_("They belong from now on where they were seen.")),
            Field("lost", N_("Mark lost"), "choice", required=True, choices=lost,
                  hint=N_("Nothing is lost that you do not say so of.")),
        ]  # fmt: skip

        def save(given: Mapping[str, object], _version: int) -> Closing:
            tags = chosen if given.get("lost") == MARKED else []
            if given.get("lost") == ALL:
                found = stocktaking.lines(self.session, row.id)
                tags = [line.tag for line in found if line.state == stocktaking.MISSING]
            return stocktaking.close(self.session, row.id, move=bool(given.get("move")), lost=tags)

        def said(done: Closing) -> str:
            return _("{number} is closed; {moved} moved, {lost} marked lost.").format(
                number=stocktaking.number(row.id), moved=done.moved, lost=done.lost
            )

        title = _("Close {number}: {missing} missing, {misplaced} misplaced").format(
            number=stocktaking.number(row.id), missing=row.missing, misplaced=row.misplaced
        )
        values: dict[str, object] = {"move": False, "lost": MARKED if chosen else NONE}
        self.app.push_screen(FormScreen(
            Form(draft_of("stocktake.close", row.id), title, fields, save, values, said=said,
                 saved=self._was_closed, feature=FEATURE)
        ))  # fmt: skip

    def _was_closed(self, _done: Closing) -> None:
        self.query_one(ScanLine).disabled = True
        self.table.focus()
        self.table.refresh_rows()


def _state_word(row: LineRow) -> Cell:
    look = STATES[row.state]
    return Cell(f"{look.letter} {_(look.word)}", look.tone)
