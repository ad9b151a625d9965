"""How keys change people and organisations, in a list and on an open card alike."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from boconsole.contacts import changing, forgetting, reading, undoing, words
from boconsole.contacts.changing import Ref
from boconsole.contacts.reading import Card
from boconsole.contacts.words import Kind
from boconsole.language import N_, _, ngettext
from screens.actions import CHANGE, SHOW, of_feature
from screens.contacts import forms, merging
from screens.dialogs import ConfirmDialog
from screens.forms import FormScreen
from screens.keys import Action
from screens.ledger.histories import show_history
from screens.shell import ShellScreen


def card_actions(where: str) -> tuple[Action, ...]:
    """Return what a list and an open card answer alike."""
    edit, note = of_feature("contact", "edit", "comment", where=where)
    return (
        edit,
        Action(note.id, N_("Write a note"), note.keys, where, CHANGE, rank=11, short=N_("note")),
        Action("contact.merge", N_("Merge into another"), ("M",), where, CHANGE, rank=18,
               short=N_("merge"),
               help=N_("Tickets, documents and all that names this one goes along.")),
        Action("contact.unmerge", N_("Part from the one it was merged into"), ("U",), where,
               CHANGE),
        Action("contact.archive", N_("Archive, or take back"), ("A",), where, CHANGE,
               help=N_("It stays on old records and is offered no more.")),
        Action("contact.channel", N_("Add a way to reach them"), ("+",), where, CHANGE),
        Action("contact.address", N_("Add a postal address"), ("B",), where, CHANGE),
        Action("contact.forget", N_("Forget a person for good"), (), where, CHANGE,
               help=N_("Takes away all that tells who it was; nothing takes it back.")),
        Action("contact.history", N_("What happened to it"), ("H",), where, SHOW, rank=20,
               short=N_("history")),
    )  # fmt: skip


class ContactActs(ShellScreen):
    """Acts on the people or organisations that are looked at."""

    KIND: ClassVar[Kind]

    @property
    def kind(self) -> Kind:
        """Of what is looked at."""
        return self.KIND

    @abstractmethod
    def with_seen(self, then: Callable[[Sequence[Ref]], object]) -> None:
        """Call `then` with what an action works on."""

    def changed(self, _answer: object = None) -> None:
        """React once an operation is done."""

    def on_card(self, then: Callable[[Card], None]) -> None:
        """Call `then` with the one card that an action works on."""

        def take(seen: Sequence[Ref]) -> None:
            if len(seen) != 1:
                one = _("This works on one at a time.") if seen else _("There is nothing here.")
                self.app.say(one, "warning")
                return
            self.load(partial(reading.card, self.session, self.kind, seen[0].id), then,
                      group="card")  # fmt: skip

        self.with_seen(take)

    def action_edit(self) -> None:
        """Open the form."""
        self._form(forms.edit_form)

    def action_comment(self) -> None:
        """Write a note."""
        self._form(forms.note_form)

    def action_channel(self) -> None:
        """Add a way to reach them."""
        self._form(forms.channel_form)

    def action_address(self) -> None:
        """Add a postal address."""
        self._form(forms.address_form)

    def _form(self, make: Callable[..., FormScreen]) -> None:
        def show(card: Card) -> None:
            self.app.push_screen(make(self.session, card, self.changed))

        self.on_card(show)

    def action_archive(self) -> None:
        """Archive what is in use, else take it back."""

        def ask(seen: Sequence[Ref]) -> None:
            if not seen:
                self.app.say(_("There is nothing here."), "warning")
                return

            def work() -> tuple[bool, int]:
                back = all(reading.row(self.kind, ref.id).archived_at for ref in seen)
                changing.archive(self.session, self.kind, seen, back=back)
                return back, len(seen)

            self.change(work, said=_archived, feature=self.kind,
                        touched=[ref.id for ref in seen], done=self.changed)  # fmt: skip

        self.with_seen(ask)

    def action_merge(self) -> None:
        """Choose the one that stays."""
        self.on_card(lambda card: merging.ask_target(self, card, self.changed))

    def action_unmerge(self) -> None:
        """Part a merged one again."""

        def part(card: Card) -> None:
            self.change(
                partial(merging.part, self.session, card),
                said=_("{number} is parted again.").format(number=card.number),
                feature=card.kind, done=self.changed,
            )  # fmt: skip

        self.on_card(part)

    def action_forget(self) -> None:
        """Ask for the number to be typed, then forget the person."""

        def ask(card: Card) -> None:
            if card.kind != "contact":
                self.app.say(_("Only people are forgotten; A archives."), "warning")
                return
            question = _("Forget {name} for good?").format(name=card.row.name)
            told = f"{question} {_(forgetting.STAYS)}"
            dialog = ConfirmDialog(told, words=card.number)
            self.app.push_screen(dialog, lambda sure: self._forget(card) if sure else None)

        self.on_card(ask)

    def _forget(self, card: Card) -> None:
        self.change(
            partial(forgetting.forget, self.session, Ref(card.row.id, card.row.version)),
            said=_("{number} is forgotten.").format(number=card.number),
            feature=card.kind, done=self.changed,
        )  # fmt: skip

    def action_history(self) -> None:
        """Show what happened to it."""
        self.on_card(
            lambda card: show_history(
                self, card.number, partial(reading.history, self.session, card.kind, card.row.id)
            )
        )

    def taken_back(self) -> str:
        """Take the last change back; returns what to say."""
        ids = undoing.undo_last(self.session, self.kind)
        numbers = ", ".join(words.number(self.kind, each) for each in ids[:3])
        return _("{numbers}: the last change is taken back.").format(numbers=numbers)


def _archived(done: tuple[bool, int]) -> str:
    back, number = done
    told = ngettext("{n} is archived; u undoes it.", "{n} are archived; u undoes it.", number)
    if back:
        told = ngettext("{n} is in use again.", "{n} are in use again.", number)
    return told.format(n=number)
