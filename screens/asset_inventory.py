"""What a machine says of itself, reviewed: pasted, compared, and the marked lines saved.

All lines are marked at first. What is saved is what was shown: where the asset changed meanwhile,
it is shown anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar, NamedTuple

from rich.console import RenderableType
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from boconsole.assets.errors import InventoryChangedError
from boconsole.assets.inventory import reading, saving
from boconsole.assets.inventory.parts import KIND_TITLES, Inventory
from boconsole.assets.inventory.saving import Difference
from boconsole.language import N_, _, ngettext
from screens import asset_rooms
from screens.actions import CHANGE, of_feature
from screens.asset_facts import FEATURE
from screens.cells import Cell, fit, safe
from screens.dialogs import PromptDialog
from screens.editor import edit_text
from screens.help import LinesScreen
from screens.keys import LIST, Action
from screens.prose import block, toned
from screens.reach import out_of_reach
from screens.registers import RegisterScreen
from screens.widgets import table_messages as messages
from screens.widgets.bars import Heading, Hint
from screens.widgets.columns import Column
from screens.widgets.fields import LongEntry

NEW = replace(of_feature("inventory", "new")[0], title=N_("Paste another output"),
              short=N_("paste again"), rank=4)  # fmt: skip
SAVE = Action("inventory.save", N_("Save the marked lines"), ("ctrl+s",), LIST, CHANGE, rank=2,
              short=N_("save"))  # fmt: skip
USELESS = frozenset(("list.views", "list.copy", "list.export", "list.undo"))


class Line(NamedTuple):
    """A difference by its number from 1."""

    number: int
    difference: Difference


class Compared(NamedTuple):
    """What an output says, what differs, and a word of care."""

    found: Inventory
    differences: Sequence[Difference]
    care: str


class PasteEntry(LongEntry):
    """Takes the output; what is pasted is compared at once, what is typed by ctrl+s."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "compare", show=False),
        Binding("ctrl+r", "file", show=False),
    ]

    class Taken(Message):
        """A whole output is there."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.output = text

    class FileWanted(Message):
        """The output is in a file."""

    @property
    def key_hints(self) -> Sequence[Hint]:
        """Say which keys do what."""
        return (Hint("^r", _("read a file")), Hint("^e", _("editor")), Hint("^s", _("compare")),
                Hint("esc", _("back")))  # fmt: skip

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.post_message(self.Taken(event.text))

    def action_compare(self) -> None:
        """Take what was typed."""
        self.post_message(self.Taken(self.text))

    def action_file(self) -> None:
        """Ask for a file."""
        self.post_message(self.FileWanted())


class InventoryScreen(RegisterScreen[Line]):
    """What differs between a machine and an asset.

    Args:
        asset_id: Which asset.
        tag: Its tag.
    """

    TITLE = "Inventory"
    AREA = asset_rooms.AREA
    FEATURE = "inventory"
    AUTO_FOCUS = "#paste"
    CSS = """
    InventoryScreen #told { height: auto; padding: 0 1; margin-bottom: 1; }
    InventoryScreen #paste {
        height: 1fr;
        margin: 0 1;
        border: none;
        border-left: solid $rule-focus;
        padding: 0 1;
        background: $background;
    }
    InventoryScreen #panes { display: none; }
    InventoryScreen.-compared #panes { display: block; }
    InventoryScreen.-compared #paste { display: none; }
    """
    ACTIONS: ClassVar[Sequence[Action]] = (NEW, SAVE)

    def __init__(self, asset_id: int, tag: str) -> None:
        super().__init__()
        self._asset_id, self._tag = asset_id, tag
        self._compared: Compared | None = None

    # What it shows

    def body(self) -> ComposeResult:
        """Yield what is to be done, the place to paste into, and the differences."""
        yield Static(id="told", markup=False)
        entry = PasteEntry("")
        entry.id = "paste"
        yield entry
        yield from super().body()

    def on_mount(self) -> None:
        """Say what is to be done."""
        self._tell()

    def heading(self) -> Heading:
        """Return the asset."""
        told = _("Inventory of {tag}").format(tag=safe(self._tag))
        return super().heading()._replace(view=told, number="")

    def columns(self) -> Sequence[Column[Line]]:
        """Return the columns."""
        return (
            Column("kind", N_("Kind"), 10,
                   lambda row: Cell(_(KIND_TITLES[row.difference.part.kind]))),
            Column("component", N_("Component"), 14,
                   lambda row: Cell(safe(row.difference.part.slot), "info"), grow=1),
            Column("old", N_("Known"), 20, lambda row: _words(row, 2, "muted"), grow=2),
            Column("new", N_("Found"), 20, lambda row: _words(row, 3, ""), grow=2),
        )  # fmt: skip

    def read_rows(self) -> Sequence[Line]:
        """Return the differences."""
        found = self._compared.differences if self._compared else ()
        return [Line(number, each) for number, each in enumerate(found, 1)]

    def key_of(self, row: Line) -> int:
        """Return its number."""
        return row.number

    def preview(self, row: Line) -> RenderableType:
        """Return a difference at length."""
        return Text("\n\n").join(_at_length(row))

    def open_row(self, row: Line) -> None:
        """Show a difference at length."""
        self.app.push_screen(LinesScreen(_("Before and after"), _at_length(row)))

    def _tell(self) -> None:
        told = self.query_one("#told", Static)
        if self._compared is None:
            told.update(toned(
                _("Paste the output of lshw -json, dmidecode, ip -j address or lsblk -J here.")
            ))  # fmt: skip
            return
        found, differences, care = self._compared
        number = len(differences)
        line = ngettext("{program}: {n} line differs", "{program}: {n} lines differ", number)
        text = line.format(program=found.program, n=number)
        if without := self._without:
            text += ", " + _("{n} left out").format(n=len(without))
        lines = [toned((f"! {safe(care)}", "warn"))] if care else []
        told.update(block([*lines, toned(f"{text}. ", (_("Marked lines are saved."), "muted"))]))
        self.show_status()

    def why_not(self, action: Action) -> str:
        """Say what cannot be done with differences."""
        if action.id in USELESS:
            return _("Not here: ctrl+s saves, esc leaves.")
        if self._compared is None and action.id in (SAVE.id, NEW.id):
            return _("Paste an output first.")
        return super().why_not(action)

    # Taking an output

    def on_paste(self, event: events.Paste) -> None:
        """Take an output that is pasted over the differences of another one."""
        event.stop()
        self._take(event.text)

    @on(PasteEntry.Taken)
    def _taken(self, event: PasteEntry.Taken) -> None:
        event.stop()
        self._take(event.output)

    def _take(self, text: str) -> None:
        self.load(partial(self._read, text), self._show_found, group="inventory")

    def _read(self, text: str) -> Compared:
        return self._compare(reading.read(text))

    def _compare(self, found: Inventory) -> Compared:
        differences = saving.compare(self.session, self._asset_id, found)
        return Compared(found, differences, saving.warning(self.session, self._asset_id, found))

    def _show_found(self, compared: Compared) -> None:
        if not compared.differences:
            self.app.say(_("Nothing differs: {tag} is as {program} says.").format(
                tag=self._tag, program=compared.found.program
            ))  # fmt: skip
            self._compared = None
        else:
            self._compared = compared
        self.set_class(self._compared is not None, "-compared")
        (self.table if self._compared else self.query_one(PasteEntry)).focus()
        self.show_query("")
        if self._compared:
            self.table.action_mark_all()
        self._tell()
        self.refresh_bindings()

    def action_new(self) -> None:
        """Go back to the place to paste into."""
        self._compared = None
        self.remove_class("-compared")
        entry = self.query_one(PasteEntry)
        entry.text = ""
        entry.focus()
        self._tell()

    @on(PasteEntry.FileWanted)
    def _ask_file(self) -> None:
        if reason := out_of_reach(self.session):
            self.app.say(reason, "warning")
            return

        def take(name: str | None) -> None:
            if name:
                path = Path(name).expanduser()
                self.load(lambda: self._read(reading.read_file(path)), self._show_found,
                          group="inventory")  # fmt: skip

        self.app.push_screen(PromptDialog(_("The output is in which file?")), take)

    @on(LongEntry.EditorWanted)
    def _edit_outside(self, event: LongEntry.EditorWanted) -> None:
        event.stop()
        text = edit_text(self.app, event.entry.text)
        if text:
            self._take(text)

    # Changing

    @property
    def _without(self) -> frozenset[int]:
        """The numbers of the lines that are left out."""
        found = self._compared.differences if self._compared else ()
        return frozenset(n for n in range(1, len(found) + 1) if n not in self.table.marks)

    @on(messages.MarksChanged)
    def _marked_others(self) -> None:
        self._tell()

    def step_back(self) -> bool:
        """Leave, as the marks are no step of looking here."""
        return False

    def action_save(self) -> None:
        """Save the marked lines, as they were shown."""
        compared = self._compared
        if compared is None:
            return
        if len(self._without) == len(compared.differences):
            self.app.say(_("Every line is left out; nothing would be saved."), "warning")
            return
        work = partial(
            saving.save, self.session, self._asset_id, compared.found, self._without,
            compared.differences,
        )  # fmt: skip
        self.change(
            work, said=self._saved, feature=FEATURE, touched=[self._asset_id], done=self._leave
        )

    def _saved(self, saved: Sequence[Difference]) -> str:
        told = ngettext("{n} line is saved in {tag}.", "{n} lines are saved in {tag}.", len(saved))
        return told.format(n=len(saved), tag=self._tag)

    def _leave(self, _saved: object) -> None:
        self.app.call_later(self.app.pop_screen)

    def refused(self, error: Exception) -> None:
        """Show the differences anew where they are others now."""
        super().refused(error)
        if isinstance(error, InventoryChangedError) and self._compared is not None:
            again = partial(self._compare, self._compared.found)
            self.load(again, self._show_found, group="inventory")


def _words(row: Line, place: int, tone: str) -> Cell:
    text = row.difference.line[place]
    return Cell(safe(text) if text else "-", tone)


def _at_length(row: Line) -> list[Text]:
    kind, slot, old, new = row.difference.line
    pairs = ((N_("Kind"), _(KIND_TITLES[kind])), (N_("Component"), slot), (N_("Known"), old),
             (N_("Found"), new))  # fmt: skip
    return [
        Text(fit(_(label), 12), "bold").append(safe(text) or "-", "not bold")
        for label, text in pairs
    ]
