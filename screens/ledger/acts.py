"""What is done to entries, in the journal and on an open entry alike.

Forms and rules are imported when their key is pressed, so that the first list does not wait.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from boconsole.language import N_, _, ngettext
from boconsole.ledger import reading, together
from boconsole.ledger.entries import JournalEntry
from boconsole.ledger.together import Ref
from screens.actions import CHANGE, of_feature
from screens.keys import LIST, Action, Reason
from screens.ledger import facts
from screens.ledger.facts import FEATURE
from screens.ledger.record_acts import RecordActs


def entry_actions(
    where: str,
    draft: Reason | None = None,
    posted: Reason | None = None,
    sealed: Reason | None = None,
) -> tuple[Action, ...]:
    """Return the actions on entries, for a list or an open one.

    Args:
        where: They work.
        draft: Answers why what is done to drafts is impossible now.
        posted: The same for a reversal.
        sealed: The same for tags.
    """
    new, edit, tags = of_feature("entry", "new", "edit", "tags", where=where)
    return (
        new,
        replace(edit, when=draft),
        replace(tags, when=sealed),
        Action("entry.post", N_("Post"), ("P",), where, CHANGE, rank=11, short=N_("post"),
               help=N_("Numbers and seals it; a posted entry never changes."), when=draft),
        Action("entry.approve", N_("Approve"), ("A",), where, CHANGE, rank=12, short=N_("approve"),
               help=N_("A draft that somebody else prepared."), when=draft),
        Action("entry.reverse", N_("Reverse"), ("R",), where, CHANGE, rank=17, short=N_("reverse"),
               help=N_("Posts its opposite, which names it."), when=posted),
        Action("entry.remove", N_("Delete the draft"), ("D",), where, CHANGE, when=draft),
    )  # fmt: skip


class EntryActs(RecordActs[JournalEntry]):
    """Answers the keys of `entry_actions`."""

    FEATURE: ClassVar[str] = FEATURE
    NOTHING = N_("There is no entry here; n makes one.")
    ONE_ONLY = N_("This works on one entry at a time; clear the marks with esc.")

    def number_of(self, record: JournalEntry) -> str:
        """Return its number."""
        return record.number

    def made(self, entry: JournalEntry) -> None:
        """Show an entry that was just made."""
        from screens.ledger.entry import EntryScreen

        self.app.push_screen(EntryScreen(entry.head.id))

    # Answering keys

    def action_post(self) -> None:
        """Ask, then post, and tell of budgets that are passed."""
        from boconsole.ledger import budget_hints

        def ask(refs: Sequence[Ref]) -> None:
            question = ngettext("Post {number}? It can never be changed after that.",
                                "Post {n} entries? They can never be changed after that.",
                                len(refs))  # fmt: skip
            post = partial(self.act, refs, together.post, _("{number} is posted."),
                           _("{n} entries are posted."), hints=budget_hints.of)  # fmt: skip
            self.ask(question.format(number=refs[0].number, n=len(refs)), _("post"), post)

        self.on_some(ask)

    def action_approve(self) -> None:
        """Approve."""
        self.on_some(
            lambda refs: self.act(refs, together.approve, _("{number} is approved."),
                                  _("{n} entries are approved."))
        )  # fmt: skip

    def action_remove(self) -> None:
        """Ask, then throw drafts away."""

        def ask(refs: Sequence[Ref]) -> None:
            question = ngettext("Delete {number}?", "Delete {n} drafts?", len(refs))
            remove = partial(self.act, refs, together.delete, _("{number} is deleted."),
                             _("{n} drafts are deleted."), self.gone)  # fmt: skip
            self.ask(question.format(number=refs[0].number, n=len(refs)), _("delete"), remove)

        self.on_some(ask)

    def action_reverse(self) -> None:
        """Ask for day and reason, then reverse."""

        def show(whole: reading.Whole) -> None:
            from screens.ledger.forms import reverse_form

            self.app.push_screen(reverse_form(self.session, whole.entry, self.made))

        self.on_one(
            lambda ref: self.load(
                partial(reading.whole, self.session, str(ref.id)), show, group="ask"
            )
        )

    def action_new(self) -> None:
        """Open the form of a new entry."""
        from screens.ledger import forms

        self.load(partial(forms.read_choices, self.session), self._show_new, group="ask")

    def _show_new(self, choices: Any) -> None:  # Any: Choices, imported with the form
        from screens.ledger import forms

        self.app.push_screen(forms.new_form(self.session, choices, self.made))

    def action_edit(self) -> None:
        """Open the form of a draft."""
        from screens.ledger import forms

        def show(found: tuple[Any, reading.Whole]) -> None:
            choices, whole = found
            if reason := forms.why_not_edited(whole.entry):
                self.app.say(reason, "warning")
            else:
                self.app.push_screen(forms.edit_form(self.session, choices, whole.entry))

        self.on_one(
            lambda ref: self.load(
                lambda: (
                    forms.read_choices(self.session),
                    reading.whole(self.session, str(ref.id)),
                ),
                show,
                group="ask",
            )
        )

    def action_tags(self) -> None:
        """Open the form of a draft's tags and links."""
        from boconsole.ledger import tagging
        from screens.ledger import forms

        def show(found: tuple[Any, reading.Whole]) -> None:
            used, whole = found
            if whole.entry.state != "draft":
                self.app.say(facts.sealed(), "warning")
            else:
                self.app.push_screen(forms.tags_form(self.session, used, whole.entry))

        self.on_one(
            lambda ref: self.load(
                lambda: (tagging.known(self.session), reading.whole(self.session, str(ref.id))),
                show,
                group="ask",
            )
        )


LIST_KEYS = entry_actions(LIST)
