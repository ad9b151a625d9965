"""What a form is about, and its draft: what was typed and not saved.

A draft holds texts as they were typed, the unfinished ones too. It is kept every other moment
while somebody types and when the line drops, offered when the form is opened again, and gone once
it is saved or thrown away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from textual.timer import Timer

from boconsole.language import _
from screens.dialogs import Choice, MenuDialog
from screens.entries import Field
from screens.inside import inside
from screens.shell import ShellScreen
from screens.widgets.fields import FieldRow

PAUSE = 1.5
LONGEST = 80

Save = Callable[[Mapping[str, object], int], Any]
"""Takes the changed values and the version they are based on; runs in the worker thread."""


@dataclass(frozen=True)
class Form:
    """What a form is about.

    Attributes:
        id: Names its drafts: `ticket.edit`; from `draft_of` where it is about a record and does
            not change it as a whole.
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


def draft_of(form: str, *records: object) -> str:
    """Return the id of a form about records: drafts of one are none of another.

    Args:
        form: What is done: `stock.give`.
        records: The ids, numbers or names of what it is done to; any number of them.
    """
    told = ".".join(str(record) for record in records)
    if len(told) > LONGEST:
        told = hashlib.sha256(told.encode()).hexdigest()
    return f"{form}.{told}" if told else form


class DraftKeeping(ShellScreen):
    """A screen whose typed values are never lost.

    Attributes:
        form: What is typed in.
        left: It was saved or given up; nothing is kept any more.
    """

    def __init__(self, form: Form) -> None:
        super().__init__()
        self.form = form
        self.left = False
        self._draft_timer: Timer | None = None

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
        return {row.field.name: row for row in inside(self, FieldRow)}

    @property
    def dirty(self) -> bool:
        """Whether something was changed."""
        return self.is_mounted and any(row.changed for row in self.rows.values())

    def keep_soon(self) -> None:
        """Keep what is typed a moment after the first key; who goes on typing is no exception."""
        if self._draft_timer is None:
            self._draft_timer = self.set_timer(PAUSE, self._keep_now)

    def _keep_now(self) -> None:
        self._draft_timer = None
        self.run_worker(self.keep_draft(), group="draft", exclusive=True)

    async def keep_draft(self) -> bool:
        """Store what is typed, if it is worth it; answers whether nothing would be lost."""
        drafts = self.app.drafts
        if drafts is None or self.left or not self.dirty:
            return True
        texts = {name: row.text for name, row in self.rows.items() if row.changed}
        keep = partial(drafts.keep, self.session, self.form.id, self.form.record_id, texts)
        outcome = await self.app.attempt(keep)
        if outcome.error is not None:
            self.app.report(outcome.error)
        return outcome.error is None

    def forget_draft(self) -> None:
        """Throw the draft away; what was typed is saved, or not wanted."""
        drafts = self.app.drafts
        if self._draft_timer is not None:
            self._draft_timer.stop()
            self._draft_timer = None
        if drafts is not None:
            discard = partial(drafts.discard, self.session, self.form.id, self.form.record_id)
            self.app.run_worker(self.app.attempt(discard), group="draft")

    def _offer_draft(self, draft: Any) -> None:  # Any: a draft row or None
        texts: Mapping[str, str] = getattr(draft, "fields", draft) or {}
        if not texts:
            return

        def take(answer: str | None) -> None:
            if answer == "throw":
                self.forget_draft()
            elif answer == "edit":
                for name in texts.keys() & self.rows.keys():
                    self.rows[name].text = texts[name]

        choices = [
            Choice("edit", _("Go on editing"), "y"),
            Choice("throw", _("Throw the changes away"), "n"),
        ]
        question = _("Something typed here was not saved. Go on with it?")
        self.app.push_screen(MenuDialog(question, choices), take)
