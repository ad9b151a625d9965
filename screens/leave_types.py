"""Types of leave: their letters, and the rules that hold, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar, NamedTuple

from rich.console import RenderableType
from textual.content import Content

from boconsole.language import N_, _
from boconsole.leave import presets, reading, ruled, setting_up
from boconsole.leave.reading import TypeRow
from boconsole.leave.rules import Rule
from screens import leave_rooms, staff_rooms
from screens.actions import CHANGE, of_feature
from screens.cells import Cell, safe
from screens.dialogs import Choice, MenuDialog
from screens.entries import Field
from screens.forms import Form, FormScreen, draft_of
from screens.keys import LIST, Action
from screens.prose import block, toned, wrapped
from screens.registers import RegisterScreen
from screens.widgets.columns import Column
from screens.widgets.preview import Preview

FEATURE = "leave_type"
NEW, EDIT, STATE = of_feature(FEATURE, "new", "edit", "state")


class Kind(NamedTuple):
    """A type with the rule of today."""

    row: TypeRow
    rule: Rule | None


class LeaveTypesScreen(staff_rooms.InRooms, RegisterScreen[Kind]):
    """The types, those in use first."""

    TITLE = "Types of leave"
    ROOM = leave_rooms.TYPES
    AREA = staff_rooms.AREA
    FEATURE = FEATURE
    ACTIONS: ClassVar[Sequence[Action]] = (
        NEW,
        EDIT,
        STATE,
        Action("leave_type.import", N_("Take in a set of types"), ("I",), LIST, CHANGE, rank=17,
               short=N_("import")),
    )  # fmt: skip

    def columns(self) -> Sequence[Column[Kind]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("letter", N_("Letter"), 6, lambda each: Cell(safe(each.row.letter), "info")),
            Column("title", N_("Title"), 18, lambda each: Cell(safe(each.row.title)), grow=1),
            Column("code", N_("Type"), 10, lambda each: Cell(safe(each.row.code), "muted"),
                   priority=2),
            Column("rule", N_("Rule"), 30, _rule, grow=3),
            Column("state", N_("State"), 8, _state),
        )  # fmt: skip

    def read_rows(self) -> Sequence[Kind]:
        """Return all types; blocks."""
        return [Kind(row, rule) for row, rule in reading.types_of(self.session)]

    def key_of(self, row: Kind) -> int:
        """Return the id."""
        return row.row.id

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No type of leave yet. I takes in those of Indonesia or elsewhere, n adds one.")

    def preview(self, row: Kind) -> RenderableType:
        """Return the rules of a type by the day from which each holds."""
        room = self.query_one(Preview).room
        lines: list[Content] = [toned((safe(row.row.title), "strong"))]
        for since, rule in reading.rules_of(self.session, row.row.id):
            lines += ["", *wrapped(toned((_from(since), "muted")), room)]  # type: ignore[list-item]  # blank
            for sentence in ruled.sentences(rule):
                lines += wrapped(toned((safe(sentence), "")), room, "  ", "  ")
        return block([line if isinstance(line, Content) else Content(line) for line in lines])

    # Going

    def open_row(self, row: Kind) -> None:
        """Open the rule."""
        self._edit(row)

    # Changing

    def action_new(self) -> None:
        """Open the form of a new type."""
        self._form(None)

    def action_edit(self) -> None:
        """Open the form of a new rule of the type under the cursor."""
        if (row := self.row) is not None:
            self._edit(row)

    def _edit(self, row: Kind) -> None:
        self._form(row)

    def _form(self, kind: Kind | None) -> None:
        fields = [
            Field("code", N_("Code"), required=True, hint=N_("Its word in commands.")),
            Field("title", N_("Title"), required=True),
            Field("letter", N_("Letter"), hint=N_("Of the calendar.")),
            Field("since", N_("Holds from"), "date", required=True,
                  hint=N_("What was granted before this day stays as it is.")),
            Field("amount", N_("A year"), hint=N_("Days, such as 12; empty counts no balance.")),
            Field("kind", N_("Granted"), "choice", choices=ruled.GRANTS),
            Field("year", N_("Leave year"), hint=N_("01-01, or anniversary.")),
            Field("after_months", N_("After months"), hint=N_("Of service, before the first.")),
            Field("prorate", N_("Part of a year"), "choice", choices=ruled.PRORATIONS),
            Field("rounding", N_("Rounding"), "choice", choices=ruled.ROUNDINGS),
            Field("carry", N_("Carried over"), hint=N_("Days, or all; empty for none.")),
            Field("carry_months", N_("For months"), hint=N_("Empty for ever.")),
            Field("maximum", N_("Maximum"), hint=N_("A grant stops there.")),
            Field("overdraw", N_("Overdraft"), hint=N_("How far below nothing it may go.")),
            Field("longest", N_("Longest"), hint=N_("The most that one request may take.")),
            Field("counts", N_("Counts"), "choice", choices=ruled.COUNTS),
            Field("halves", N_("Half days"), "switch"),
            Field("paid", N_("Paid"), "switch"),
            Field("private", N_("Health notes"), "switch", hint=N_("Read by few.")),
            Field("joint_leave", N_("Joint leave"), "switch", hint=N_("Is taken from it.")),
            Field("source", N_("Source"), hint=N_("The law or agreement.")),
        ]  # fmt: skip
        rule = kind.rule if kind and kind.rule else Rule()
        today = self.session.now().astimezone(self.session.zone).date()
        values = {**ruled.values_of(rule), "since": today}
        if kind is not None:
            values |= {"code": kind.row.code, "title": kind.row.title, "letter": kind.row.letter}

        def save(given: Mapping[str, object], _version: int) -> TypeRow:
            table = ruled.table_of(rule, given)
            since = given["since"]
            return setting_up.put_type(
                self.session, str(given["code"]), table,
                since if isinstance(since, date) else today, str(given["title"]),
                str(given.get("letter") or ""),
            )  # fmt: skip

        title = (
            _("Rule of {title}").format(title=kind.row.title) if kind else _("New type of leave")
        )
        self.app.push_screen(FormScreen(
            Form(draft_of("leave_type.put", kind.row.id if kind else "new"), title, fields, save,
                 values,
                 said=lambda row: _("{title} is kept.").format(title=row.title),
                 saved=lambda _row: self.table.refresh_rows(), feature=FEATURE)
        ))  # fmt: skip

    def action_state(self) -> None:
        """Take a type out of use, or back."""
        row = self.row
        if row is None:
            return
        closed = not row.row.closed
        told = _("{title} is closed.") if closed else _("{title} is in use again.")
        self.change(
            lambda: setting_up.close_type(self.session, row.row, closed=closed),
            said=told.format(title=row.row.title), touched=[row.row.id], feature=FEATURE,
        )  # fmt: skip

    def action_import(self) -> None:
        """Ask which set, then take it in."""
        titles = {"indonesia": _("Indonesia"), "international": _("Elsewhere")}
        choices = [Choice(name, titles[name]) for name in presets.SETS]

        def take(name: str | None) -> None:
            if name:
                self.change(
                    lambda: setting_up.take_presets(
                        self.session, presets.types_of(name), date(1900, 1, 1)),
                    said=lambda rows: _("{n} types are there now.").format(n=len(rows)),
                    feature=FEATURE, done=lambda _rows: self.table.refresh_rows(),
                )  # fmt: skip

        self.app.push_screen(MenuDialog(_("Types of which place?"), choices), take)


def _rule(each: Kind) -> Cell:
    return Cell(safe(" ".join(ruled.sentences(each.rule)[:2]))) if each.rule else Cell("")


def _state(each: Kind) -> Cell:
    return Cell(_("C closed"), "muted") if each.row.closed else Cell(_("U in use"), "good")


def _from(since: date) -> str:
    return _("since ever") if since.year <= 1900 else _("from {day}").format(day=since)
