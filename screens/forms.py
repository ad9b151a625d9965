"""Forms: typed values, checked while typing, never lost.

A form is described by its fields and saved by one operation. What is typed is kept as a draft
after a pause and when the line drops, and offered again. When somebody else was faster, both
sides are shown and the chosen values are saved on top of theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.timer import Timer
from textual.widgets import Input

from boconsole.errors import InvalidChangeError, StaleRecordError
from boconsole.language import _
from screens.actions import FORM_ACTIONS
from screens.conflict import ConflictDialog
from screens.dialogs import Choice, MenuDialog
from screens.drafts import DraftKeeping, Form, draft_of
from screens.editor import edit_text
from screens.entries import Reader, meaning, read, write
from screens.inside import inside
from screens.keys import Action
from screens.widgets.bars import Heading
from screens.widgets.fields import ChoiceEntry, FieldRow, LongEntry, Suggestions

__all__ = ["Form", "FormScreen", "draft_of"]

SUGGEST_PAUSE, SUGGESTIONS = 0.12, 5


class FormScreen(DraftKeeping):
    """Shows one form."""

    ACTIONS: ClassVar[Sequence[Action]] = FORM_ACTIONS
    AUTO_FOCUS = "FieldRow Input, FieldRow TextArea, FieldRow ChoiceEntry"

    def __init__(self, form: Form) -> None:
        super().__init__(form)
        self.version = form.version
        self._suggest_timer: Timer | None = None

    # Showing

    def body(self) -> ComposeResult:
        """Yield a row for each field."""
        zone = self.session.zone
        with VerticalScroll(id="fields", can_focus=False):
            for one in self.form.fields:
                yield FieldRow(one, write(one, self.form.values.get(one.name), zone))

    def heading(self) -> Heading:
        """Return the form's title and whether something was changed."""
        return Heading(area=self.form.title, view=_("changed") if self.dirty else "")

    @property
    def _reader(self) -> Reader:
        return Reader(self.session.now(), self.session.zone)

    @on(FieldRow.Edited)
    def _edited(self, event: FieldRow.Edited) -> None:
        event.stop()
        row = event.row
        row.show_problem(self._problem(row) if row.text.strip() else "")
        row.show_hint(meaning(row.field, row.text, self._reader))
        self.show_status()
        self.keep_soon()
        if row.field.suggest is not None:
            if self._suggest_timer is not None:
                self._suggest_timer.stop()
            self._suggest_timer = self.set_timer(SUGGEST_PAUSE, partial(self._suggest, row))

    def _problem(self, row: FieldRow) -> str:
        try:
            read(row.field, row.text, self._reader)
        except InvalidChangeError as error:
            return error.reason
        return ""

    # Completing

    def _suggest(self, row: FieldRow) -> None:
        suggest, wanted = row.field.suggest, row.wanted
        if suggest is None or not wanted or not row.entry.has_focus:
            return

        def show(found: Any) -> None:  # Any: what the field's own function answers
            fresh = [one for one in found if one.value != wanted][:SUGGESTIONS]
            row.query_one(Suggestions).found = fresh if row.wanted == wanted else ()

        self.load(partial(suggest, wanted), show, group="suggest")

    @on(Input.Submitted)
    def _next(self, event: Input.Submitted) -> None:
        event.stop()
        row = next(row for row in inside(self, FieldRow) if row.entry is event.input)
        if not row.accept_suggestion():
            self.focus_next()

    def on_descendant_blur(self) -> None:
        """Close the completions of the field that was left."""
        for listed in inside(self, Suggestions):
            listed.found = ()

    @on(ChoiceEntry.MenuWanted)
    def _menu(self, event: ChoiceEntry.MenuWanted) -> None:
        event.stop()
        entry = event.entry

        def take(value: str | None) -> None:
            if value is not None:
                entry.text = value

        choices = [Choice(value, _(text)) for value, text in entry.choices]
        row = next(row for row in inside(self, FieldRow) if row.entry is entry)
        title = _(row.field.label)
        self.app.push_screen(MenuDialog(title, choices, current=entry.text), take)

    @on(LongEntry.EditorWanted)
    def _edit_outside(self, event: LongEntry.EditorWanted) -> None:
        event.stop()
        if (text := edit_text(self.app, event.entry.text)) is not None:
            event.entry.text = text

    # Saving

    def action_save(self) -> None:
        """Check every field and save what changed; what is wrong gets the cursor."""
        values, wrong = {}, None
        for name, row in self.rows.items():
            try:
                values[name] = read(row.field, row.text, self._reader)
            except InvalidChangeError as error:
                row.show_problem(error.reason)
                wrong = wrong or row
        if wrong is not None:
            self._point_at(wrong)
            return
        if self.form.record_id:
            values = {name: value for name, value in values.items() if self.rows[name].changed}
        elif all(value in (None, "", ()) for value in values.values()):
            values = {}
        if not values:
            self.app.say(_("Nothing was changed."))
            return
        self.change(
            partial(self.form.save, values, self.version),
            said=self.form.said,
            touched=(self.form.record_id,) if self.form.record_id else (),
            feature=self.form.feature,
            done=self._saved,
            stale=self._show_both,
        )

    def _saved(self, answer: object) -> None:
        self.left = True
        self.forget_draft()
        self.app.call_later(self._close, answer)

    async def _close(self, answer: object) -> None:
        if self.is_current:
            await self.app.pop_screen()
        self.form.saved(answer)

    def refused(self, error: Exception) -> None:
        """Put the cursor on the field that was refused; everything typed stays."""
        row = self.rows.get(error.field) if isinstance(error, InvalidChangeError) else None
        if isinstance(error, InvalidChangeError) and row is not None:
            row.show_problem(error.reason)
            self._point_at(row)
        super().refused(error)

    def _point_at(self, row: FieldRow) -> None:
        label = _(row.field.label)
        self.app.say(_("{field} needs another look.").format(field=label), "error")
        row.entry.focus()

    def _show_both(self, error: StaleRecordError) -> None:
        labels = {one.name: _(one.label) for one in self.form.fields}
        self.app.push_screen(ConflictDialog(error, labels), partial(self._take_sides, error))

    def _take_sides(self, error: StaleRecordError, kept: dict[str, object] | None) -> None:
        """Take over what they changed where it was chosen, then save the rest on top."""
        if kept is None:
            return
        self.version = error.version
        for name, row in self.rows.items():
            if name in error.theirs:
                row.original = write(row.field, error.theirs[name], self.session.zone)
                if name not in kept:
                    row.text = row.original
        if any(row.changed for row in self.rows.values()):
            self.action_save()
        else:
            self.app.say(_("Nothing of yours is left to save."))
            self._saved(None)

    # Leaving

    def action_cancel(self) -> None:
        """Leave; ask first when something was changed."""
        if not self.app.stop_work() and not self.asks_to_close():
            self.app.call_later(self.app.pop_screen)

    def action_help(self) -> None:
        """Show the keys."""
        self.app.action_help()

    def asks_to_close(self) -> bool:
        """Ask what becomes of the changes, if there are any."""
        if not self.dirty or self.left:
            return False
        choices = [
            Choice("save", _("Save"), "s"),
            Choice("throw", _("Throw the changes away"), "d"),
            Choice("keep", _("Keep them as a draft"), "k"),
            Choice("stay", _("Go on editing"), "e"),
        ]
        self.app.push_screen(
            MenuDialog(_("There are changes"), choices, current="stay"), self._leave
        )
        return True

    def _leave(self, answer: str | None) -> None:
        if answer == "save":
            self.action_save()
        elif answer == "throw":
            self.left = True
            self.forget_draft()
            self.app.call_later(self.app.pop_screen)
        elif answer == "keep":
            self.app.call_later(self._keep_and_leave)

    async def _keep_and_leave(self) -> None:
        if not await self.keep_draft():
            return
        self.left = True
        await self.app.pop_screen()
        self.app.say(_("Kept as a draft; the same key brings it back."))
