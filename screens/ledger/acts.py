"""What is done to entries, in the journal and on an open entry alike.

Forms and rules are imported when their key is pressed, so that the first list does not wait.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from boconsole.language import N_, _, ngettext
from boconsole.ledger import reading, together
from boconsole.ledger.together import Ref
from screens.actions import CHANGE, of_feature
from screens.dialogs import ConfirmDialog
from screens.keys import LIST, Action, Reason
from screens.ledger import facts
from screens.ledger.facts import FEATURE
from screens.shell import ShellScreen

if TYPE_CHECKING:
    from boconsole.ledger.entries import JournalEntry


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


class EntryActs(ShellScreen):
    """Answers the keys of `entry_actions`."""

    FEATURE: ClassVar[str] = FEATURE

    @abstractmethod
    def with_entries(self, then: Callable[[Sequence[Ref]], object]) -> None:
        """Call `then` with the entries an action works on."""

    def changed(self) -> None:
        """React once an operation is done."""

    def gone(self) -> None:
        """React once drafts are deleted."""
        self.changed()

    def made(self, entry: JournalEntry) -> None:
        """Show an entry that was just made."""
        from screens.ledger.entry import EntryScreen

        self.app.push_screen(EntryScreen(entry.head.id))

    def _on_entries(self, then: Callable[[Sequence[Ref]], object]) -> None:
        def take(refs: Sequence[Ref]) -> None:
            if refs:
                then(refs)
            else:
                self.app.say(_("There is no entry here; n makes one."))

        self.with_entries(take)

    def _on_one(self, then: Callable[[Ref], object]) -> None:
        def take(refs: Sequence[Ref]) -> None:
            if len(refs) > 1:
                self.app.say(_("This works on one entry at a time; clear the marks with esc."))
            else:
                then(refs[0])

        self._on_entries(take)

    def _act(
        self,
        refs: Sequence[Ref],
        work: Callable[..., Sequence[JournalEntry]],
        said: str,
        many: str,
        then: Callable[[], None] | None = None,
    ) -> None:
        def told(done: Sequence[JournalEntry]) -> str:
            sentence = said if len(done) == 1 else many
            return sentence.format(number=done[0].number, n=len(done))

        self.change(
            partial(work, self.session, refs), said=told, touched=[ref.id for ref in refs],
            done=lambda _done: then() if then else self.changed(),
        )  # fmt: skip

    def _ask(self, question: str, yes: str, then: Callable[[], object]) -> None:
        def take(sure: bool | None) -> None:
            if sure:
                then()

        self.app.push_screen(ConfirmDialog(question, yes=yes), take)

    # Answering keys

    def action_post(self) -> None:
        """Ask, then post."""

        def ask(refs: Sequence[Ref]) -> None:
            question = ngettext("Post {number}? It can never be changed after that.",
                                "Post {n} entries? They can never be changed after that.",
                                len(refs))  # fmt: skip
            post = partial(self._post, refs)
            self._ask(question.format(number=refs[0].number, n=len(refs)), _("post"), post)

        self._on_entries(ask)

    def _post(self, refs: Sequence[Ref]) -> None:
        """Post, and tell of budgets that are passed."""
        from boconsole.ledger import budget_hints

        def work() -> tuple[Sequence[JournalEntry], tuple[str, ...]]:
            done = together.post(self.session, refs)
            return done, budget_hints.of(self.session, done)

        def told(found: tuple[Sequence[JournalEntry], tuple[str, ...]]) -> str:
            done, over = found
            alone, many = _("{number} is posted."), _("{n} entries are posted.")
            sentence = alone if len(done) == 1 else many
            return " ".join([sentence.format(number=done[0].number, n=len(done)), *over])

        self.change(work, said=told, touched=[ref.id for ref in refs],
                    done=lambda _done: self.changed())  # fmt: skip

    def action_approve(self) -> None:
        """Approve."""
        self._on_entries(
            lambda refs: self._act(refs, together.approve, _("{number} is approved."),
                                   _("{n} entries are approved."))
        )  # fmt: skip

    def action_remove(self) -> None:
        """Ask, then throw drafts away."""

        def ask(refs: Sequence[Ref]) -> None:
            question = ngettext("Delete {number}?", "Delete {n} drafts?", len(refs))
            remove = partial(self._act, refs, together.delete, _("{number} is deleted."),
                             _("{n} drafts are deleted."), self.gone)  # fmt: skip
            self._ask(question.format(number=refs[0].number, n=len(refs)), _("delete"), remove)

        self._on_entries(ask)

    def action_reverse(self) -> None:
        """Ask for day and reason, then reverse."""

        def show(whole: reading.Whole) -> None:
            from screens.ledger.forms import reverse_form

            self.app.push_screen(reverse_form(self.session, whole.entry, self.made))

        self._on_one(
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

        self._on_one(
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

        self._on_one(
            lambda ref: self.load(
                lambda: (tagging.known(self.session), reading.whole(self.session, str(ref.id))),
                show,
                group="ask",
            )
        )


LIST_KEYS = entry_actions(LIST)
