"""Forms: typed values, checked while typing, never lost.

A form is described by its fields and saved by one operation. What is typed is kept as a draft
after a pause and when the line drops, and offered again. When somebody else was faster, both
sides are shown and the chosen values are saved on top of theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
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
from screens.dialogs import Choice, ConfirmDialog, MenuDialog
from screens.editor import edit_text
from screens.entries import Field, Reader, meaning, read, write
from screens.keys import Action
from screens.shell import ShellScreen
from screens.widgets.bars import Heading
from screens.widgets.fields import ChoiceEntry, FieldRow, LongEntry, Suggestions

DRAFT_PAUSE, SUGGEST_PAUSE, SUGGESTIONS = 1.5, 0.12, 5

Save = Callable[[Mapping[str, object], int], Any]
"""Takes the changed values and the version they are based on; runs in the worker thread."""


@dataclass(frozen=True)
class Form:
    """What a form is about.

    Attributes:
        id: Names its drafts: `ticket.edit`.
        title: Its heading, translated.
        fields: In order.
        save: The operation; takes the values that changed (all of them for a new record)
            and the version they are based on.
        values: What the record holds; empty for a new one.
        record_id: Which record; 0 for a new one.
        version: On which the values are based.
        said: The sentence after saving, or a function of the operation's answer.
        saved: Called with that answer once the form is closed.
        feature: Of the record, so that lists read it again.
    """

    id: str
    title: str
    fields: Sequence[Field]
    save: Save
    values: Mapping[str, object] = field(default_factory=dict)
    record_id: int = 0
    version: int = 0
    said: str | Callable[[Any], str] = ""
    saved: Callable[[Any], None] = lambda _answer: None
    feature: str = ""


class FormScreen(ShellScreen):
    """Shows one form."""

    ACTIONS: ClassVar[Sequence[Action]] = FORM_ACTIONS
    AUTO_FOCUS = "FieldRow Input, FieldRow TextArea, FieldRow ChoiceEntry"

    def __init__(self, form: Form) -> None:
        super().__init__()
        self.form = form
        self.version = form.version
        self._draft_timer: Timer | None = None
        self._suggest_timer: Timer | None = None
        self._left = False

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

    def on_mount(self) -> None:
        """Offer what was typed last time."""
        if self.app.drafts is not None:
            find = self.app.drafts.find
            self.load(
                partial(find, self.session, self.form.id, self.form.record_id),
                self._offer_draft,
                group="draft",
            )

    @property
    def rows(self) -> Mapping[str, FieldRow]:
        """The rows by field name."""
        return {row.field.name: row for row in self.query(FieldRow)}

    @property
    def dirty(self) -> bool:
        """Whether something was changed."""
        return self.is_mounted and any(row.changed for row in self.rows.values())

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
        self._draft_timer = self._later(self._draft_timer, DRAFT_PAUSE, self._keep_soon)
        if row.field.suggest is not None:
            ask = partial(self._suggest, row)
            self._suggest_timer = self._later(self._suggest_timer, SUGGEST_PAUSE, ask)

    def _later(self, timer: Timer | None, pause: float, work: Callable[[], object]) -> Timer:
        if timer is not None:
            timer.stop()
        return self.set_timer(pause, work)

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
        row = next(row for row in self.query(FieldRow) if row.entry is event.input)
        if not row.accept_suggestion():
            self.focus_next()

    def on_descendant_blur(self) -> None:
        """Close the completions of the field that was left."""
        for listed in self.query(Suggestions):
            listed.found = ()

    @on(ChoiceEntry.MenuWanted)
    def _menu(self, event: ChoiceEntry.MenuWanted) -> None:
        event.stop()
        entry = event.entry

        def take(value: str | None) -> None:
            if value is not None:
                entry.text = value

        choices = [Choice(value, _(text)) for value, text in entry.choices]
        self.app.push_screen(MenuDialog(self.form.title, choices, current=entry.text), take)

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
        self._left = True
        self._forget_draft()
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
        if not self.dirty or self._left:
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
            self._left = True
            self._forget_draft()
            self.app.call_later(self.app.pop_screen)
        elif answer == "keep":
            self.app.call_later(self._keep_and_leave)

    async def _keep_and_leave(self) -> None:
        await self.keep_draft()
        self._left = True
        await self.app.pop_screen()

    # Drafts

    def _keep_soon(self) -> None:
        self.run_worker(self.keep_draft(), group="draft", exclusive=True)

    async def keep_draft(self) -> None:
        """Store what is typed, if it is worth it."""
        drafts = self.app.drafts
        if drafts is None or self._left or not self.dirty:
            return
        texts = {name: row.text for name, row in self.rows.items() if row.changed}
        keep = partial(drafts.keep, self.session, self.form.id, self.form.record_id, texts)
        outcome = await self.app.attempt(keep)
        if outcome.error is not None:
            self.app.report(outcome.error)

    def _forget_draft(self) -> None:
        drafts = self.app.drafts
        if self._draft_timer is not None:
            self._draft_timer.stop()
        if drafts is not None:
            discard = partial(drafts.discard, self.session, self.form.id, self.form.record_id)
            self.app.run_worker(self.app.attempt(discard), group="draft")

    def _offer_draft(self, draft: Any) -> None:  # Any: a draft row or None
        texts: Mapping[str, str] = getattr(draft, "fields", draft) or {}
        if not texts:
            return

        def take(wanted: bool | None) -> None:
            if not wanted:
                self._forget_draft()
                return
            for name, row in self.rows.items():
                if name in texts:
                    row.text = texts[name]

        question = _("Something typed here was not saved. Go on with it?")
        self.app.push_screen(ConfirmDialog(question, yes=_("go on")), take)
