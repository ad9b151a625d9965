"""One licence: who has its seats now, and who had them before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import ClassVar

from rich.console import RenderableType

from boconsole import audit
from boconsole.language import N_, _
from boconsole.licences import reading, seats
from boconsole.licences.reading import Licence, SeatRow
from screens import asset_rooms, licence_facts
from screens.actions import CHANGE, SHOW
from screens.cells import Cell, moment, safe
from screens.dialogs import ConfirmDialog
from screens.following import RecordsChanged
from screens.keys import LIST, Action
from screens.licence_facts import FEATURE
from screens.licences import ASSIGN, EDIT, LOOK, RETIRE, ask_to_retire
from screens.places import Place
from screens.prose import block
from screens.registers import RegisterScreen
from screens.widgets.bars import Heading
from screens.widgets.columns import Column
from screens.widgets.preview import Preview

TAKE_BACK = Action(f"{FEATURE}.bring-back", N_("Take the seat back"), ("b",), LIST, CHANGE,
                   rank=14, short=N_("take back"))  # fmt: skip
HISTORY = Action(f"{FEATURE}.history", N_("What happened to it"), ("H",), LIST, SHOW, rank=20,
                 short=N_("history"))  # fmt: skip


class LicenceScreen(asset_rooms.InRooms, RegisterScreen[SeatRow]):
    """The seats of a licence; those that are out first, then those that came back.

    Args:
        licence: As it was read.
    """

    TITLE = "Licence"
    ROOM = asset_rooms.LICENCES
    AREA = asset_rooms.AREA
    FEATURE = FEATURE
    ACTIONS: ClassVar[Sequence[Action]] = (ASSIGN, TAKE_BACK, EDIT, LOOK, RETIRE, HISTORY)

    def __init__(self, licence: Licence) -> None:
        super().__init__()
        self.licence = licence

    # What it shows

    def heading(self) -> Heading:
        """Return the licence and how many seats are free."""
        one = self.licence
        told = _("{number} {product}, {free} of {seats} free").format(
            number=one.number, product=safe(one.row.product), free=one.free, seats=one.row.seats
        )
        return super().heading()._replace(view=told)

    def columns(self) -> Sequence[Column[SeatRow]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("seat", N_("Seat"), 5, lambda row: Cell(str(row.number)), align="right"),
            Column("with", N_("With"), 26, _with, grow=2),
            Column("given", N_("Given"), 16, lambda row: Cell(self._at(row.given_at))),
            Column("by", N_("By"), 8, lambda row: Cell(safe(row.given_by), "muted"), priority=2),
            Column("back", N_("Back"), 16, self._back),
            Column("note", N_("Note"), 12, lambda row: Cell(safe(row.note), "muted"), grow=1,
                   priority=3),
        )  # fmt: skip

    def _at(self, at: datetime) -> str:
        return moment(at.astimezone(self.session.zone))

    def _back(self, row: SeatRow) -> Cell:
        if row.back_at is None:
            return Cell(_("in use"), "info")
        spent = _("spent") if row.spent else ""
        return Cell(f"{self._at(row.back_at)} {spent}".rstrip(), "muted")

    def read_rows(self) -> Sequence[SeatRow]:
        """Return the seats, and the licence as it is now; blocks."""
        self.licence = reading.again(self.session, self.licence.row.id)
        return reading.seats_of(self.session, self.licence.row.id)

    def key_of(self, row: SeatRow) -> int:
        """Return the id of the time of a seat."""
        return row.id

    def empty_text(self) -> str:
        """Return what a licence without seats given says."""
        return _("Nobody has a seat yet; a gives one to a person or an asset.")

    def preview(self, row: SeatRow) -> RenderableType:
        """Return the licence beside its seats."""
        del row
        return block(licence_facts.picture(self.licence, self.query_one(Preview).room))

    def records_changed(self, event: RecordsChanged) -> None:
        """Read everything again: ids of licences are not those of seats."""
        if event.feature == FEATURE and (not event.ids or self.licence.row.id in event.ids):
            super().records_changed(RecordsChanged(FEATURE, ()))
            self.show_status()

    def place(self) -> Place:
        """Return the licence."""
        return Place(self.AREA, record=self.licence.number)

    # Going and changing

    def open_row(self, row: SeatRow) -> None:
        """Say what a seat was, in full."""
        told = f"{row.contact} <{row.email}>" if row.contact_id else f"{row.tag} {row.asset}"
        self.app.say(_("Seat {seat}: {holder}. {note}").format(
            seat=row.number, holder=told, note=row.note))  # fmt: skip

    def action_assign(self) -> None:
        """Ask who gets a seat."""
        from screens import licence_forms

        form = licence_forms.assign_form(self.session, self.licence, self._again)
        self.app.push_screen(form)

    def action_bring_back(self) -> None:
        """Ask, then take the seat under the cursor back."""
        row = self.row
        if row is None or row.back_at is not None:
            self.app.say(_("This seat is back already."))
            return
        question = _("Take seat {seat} back from {holder}?").format(
            seat=row.number, holder=row.contact or row.tag
        )
        if not self.licence.row.reassignable:
            question = _("Take seat {seat} back from {holder}? It cannot be given again.").format(
                seat=row.number, holder=row.contact or row.tag
            )

        def said(licence: Licence) -> str:
            return _("Seat {seat} of {number} is back; {free} are free.").format(
                seat=row.number, number=licence.number, free=licence.free
            )

        def act(sure: bool | None) -> None:
            if sure:
                self.change(partial(seats.release, self.session, row), said=said,
                            touched=(self.licence.row.id,), done=self._again)  # fmt: skip

        self.app.push_screen(ConfirmDialog(question), act)

    def action_edit(self) -> None:
        """Open the form of the licence."""
        from screens import licence_forms

        form = licence_forms.edit_form(self.session, self.licence, self._again)
        self.app.push_screen(form)

    def action_look(self) -> None:
        """Show the key."""
        from screens import licence_forms

        licence_forms.look(self, self.licence)

    def action_remove(self) -> None:
        """Ask, then retire it or take it into use again."""
        ask_to_retire(self, self.licence)

    def action_history(self) -> None:
        """Show who did what to the licence."""
        from screens.ledger.histories import show_history

        trail = partial(audit.history, self.session, FEATURE, self.licence.row.id)
        show_history(self, self.licence.number, trail)

    def _again(self, _done: object) -> None:
        self.load(partial(reading.again, self.session, self.licence.row.id), self._take,
                  group="again")  # fmt: skip

    def _take(self, licence: Licence) -> None:
        self.licence = licence
        self.table.refresh_rows()
        self.show_preview(again=True)
        self.show_status()


def _with(row: SeatRow) -> Cell:
    told = f"{row.contact} <{row.email}>" if row.contact_id else f"{row.tag} {row.asset}"
    return Cell(safe(told), "muted" if row.back_at else "")
