"""The administration: its parts, and the list and the form of each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static

from boconsole.language import N_, _
from screens.actions import CHANGE, SHOW
from screens.admin import automation, books, desk, mail, rooms
from screens.admin.lines import OPEN, Lines
from screens.admin.parts import Item, Part, Values
from screens.cells import fit, safe
from screens.dialogs import ConfirmDialog
from screens.entries import Field
from screens.forms import Form, FormScreen, draft_of
from screens.help import LinesScreen
from screens.keys import Action
from screens.places import Place
from screens.prose import toned
from screens.rooms import room_class, show
from screens.shell import ShellScreen
from screens.widgets.bars import Heading

AREA = "admin"
PARTS: tuple[Part, ...] = (*mail.PARTS, *desk.PARTS, *books.PARTS, *automation.PARTS)
NAME_WIDTH, ROOM = 26, 70
ROOMS = tuple(room for room in rooms.HOUSE.rooms if room.screen)


def _why_not_change(screen: PartScreen) -> str:
    part = screen.part
    if part.save is None:
        return _("This is not changed here: {about}").format(about=_(part.about))
    if not screen.session.may(part.permission):
        return _("You need the permission {permission} for this; ask an administrator.").format(
            permission=part.permission
        )
    return ""


def _why_not_edit(screen: PartScreen) -> str:
    if screen.part.fixed:
        return _("What is there cannot be changed; n adds another one.")
    return _why_not_change(screen)


def _why_not_remove(screen: PartScreen) -> str:
    if screen.part.remove is None:
        return _("These cannot be removed here.")
    return _why_not_change(screen)


class PartScreen(ShellScreen):
    """The list of one part."""

    AREA = AREA
    AUTO_FOCUS = "Lines"
    CSS_PATH = "../styles/admin.tcss"
    ACTIONS: ClassVar[Sequence[Action]] = (
        Action("admin.edit", N_("Edit"), ("e",), AREA, CHANGE, rank=2, short=N_("edit"),
               when=_why_not_edit),
        Action("admin.new", N_("New"), ("n",), AREA, CHANGE, rank=1, short=N_("new"),
               when=_why_not_change),
        Action("admin.remove", N_("Remove"), ("D",), AREA, CHANGE, rank=3, short=N_("remove"),
               when=_why_not_remove),
        Action("admin.refresh", N_("Read again"), ("r",), AREA, SHOW),
    )  # fmt: skip

    def __init__(self, part: Part) -> None:
        super().__init__()
        self.part = part
        self.items: Sequence[Item] = ()

    def body(self) -> ComposeResult:
        """Yield what the part is for, and its lines."""
        yield Static(toned((_(self.part.about), "muted")), id="about", markup=False)
        yield Lines()

    def heading(self) -> Heading:
        """Return the part's name."""
        return super().heading()._replace(view=_(self.part.title))

    def on_mount(self) -> None:
        """Read the lines."""
        self.action_refresh()

    def action_refresh(self) -> None:
        """Read the lines again."""
        self.load(partial(self.part.read, self.session), self._show, group="part")

    def on_resize(self) -> None:
        """Fit the lines to the width."""
        self._show(self.items)

    def _show(self, items: Sequence[Item]) -> None:
        self.items = items
        lines = [
            toned("", (fit(safe(item.name), NAME_WIDTH if item.about else ROOM), "strong"), " ",
                  item.about)
            for item in items
        ]  # fmt: skip
        empty = _("Nothing is here yet.")
        if self.part.save is not None:
            empty = _("Nothing is here yet; n makes the first one.")
        self.query_one(Lines).show(lines or [toned((empty, "muted"))])

    @property
    def item(self) -> Item | None:
        """The line under the cursor."""
        at = self.query_one(Lines).highlighted
        return self.items[at] if at is not None and at < len(self.items) else None

    @on(OptionList.OptionSelected)
    def _enter(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if not self.items:
            return
        if not (reason := _why_not_edit(self)):
            self.action_edit()
        elif (item := self.item) is not None and item.about:
            texts = [*item.about.split(" · "), "", reason]
            self.app.push_screen(LinesScreen(item.name, [Text(safe(text)) for text in texts]))
        else:
            self.app.say(reason)

    # Changing

    def action_new(self) -> None:
        """Open an empty form."""
        self._open(None)

    def action_edit(self) -> None:
        """Open the form of the line under the cursor."""
        if (item := self.item) is not None:
            self._open(item)

    def _open(self, item: Item | None) -> None:
        if (fields := self.part.fields) is not None:
            self.load(partial(fields, self.session), partial(self._open_form, item), group="form")

    def _open_form(self, item: Item | None, fields: Sequence[Field]) -> None:
        name = fields[0].name
        known: Values = {} if item is None else {name: item.values.get(name, item.name)}
        part, session = self.part, self.session

        def save(values: Values, _version: int) -> object:
            assert part.save is not None
            return part.save(session, {**values, **known})

        form = Form(
            draft_of("admin", part.id, *known.values()),
            _(part.title) if item is None else f"{_(part.title)}: {item.name}",
            fields[1:] if known else fields,
            save,
            _first_choices(fields) if item is None else item.values,
            said=_("Saved."),
            saved=lambda _answer: self.action_refresh(),
            feature=AREA,
        )
        self.app.push_screen(FormScreen(form))

    def action_remove(self) -> None:
        """Ask, then take the line under the cursor out of use."""
        item, remove = self.item, self.part.remove
        if item is None or remove is None:
            return

        def take(sure: bool | None) -> None:
            if sure:
                self.change(
                    partial(remove, self.session, item.name),
                    said=_("{name} was removed.").format(name=item.name),
                    feature=AREA,
                    done=lambda _done: self.action_refresh(),
                )

        question = _("Remove {name}? What was done with it stays.").format(name=item.name)
        self.app.push_screen(ConfirmDialog(question, yes=_("remove")), take)


def _first_choices(fields: Sequence[Field]) -> Values:
    return {
        field.name: field.choices[0][0]
        for field in fields
        if field.kind == "choice" and field.choices
    }


class AdminScreen(rooms.InRooms, ShellScreen):
    """What can be set up."""

    TITLE = "Admin"
    ROOM = rooms.FIRST
    AREA = AREA
    AUTO_FOCUS = "Lines"
    CSS_PATH = "../styles/admin.tcss"
    ACTIONS: ClassVar[Sequence[Action]] = (OPEN,)
    PARTS = (
        "screens.admin.screen:PartScreen",
        "screens.admin.mail_list:MailScreen",
        "screens.admin.users:UsersScreen",
        "screens.admin.user:UserScreen",
        "screens.admin.roles:RolesScreen",
        "screens.admin.sessions:SessionsScreen",
        "screens.admin.audit:AuditScreen",
        "screens.admin.audit:TrailLineScreen",
    )

    def body(self) -> ComposeResult:
        """Yield a line for each room and part."""
        yield Lines()

    def on_mount(self) -> None:
        """Show the rooms, then the parts."""
        about = [(_(room.title), _(rooms.ABOUT[room.id])) for room in ROOMS]
        parts = [(_(part.title), _(part.about)) for part in PARTS]
        self.query_one(Lines).show([_line(*pair) for pair in (*about, *parts)], 0)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._open(event.option_index)

    def action_open(self) -> None:
        """Open the room or part under the cursor."""
        if (at := self.query_one(Lines).highlighted) is not None:
            self._open(at)

    def _open(self, at: int) -> None:
        if at < len(ROOMS):
            self.app.push_screen(room_class(ROOMS[at])())
        else:
            self.app.push_screen(_screen_of(PARTS[at - len(ROOMS)]))

    async def show_place(self, place: Place) -> None:
        """Lay the room of a place over this screen."""
        if room := rooms.HOUSE.lying_over(place):
            await show(self.app, room, place)


def _screen_of(part: Part) -> PartScreen:
    if part.id not in (mail.OUTBOX, mail.LETTERS):
        return PartScreen(part)
    from screens.admin.mail_list import MailScreen

    return MailScreen(part)


def _line(title: str, about: str) -> Content:
    return toned((fit(title, NAME_WIDTH), "strong"), " ", (about, "muted"))
