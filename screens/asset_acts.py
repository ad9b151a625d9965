"""How keys change assets, in a list and on an open one alike."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from boconsole import audit
from boconsole.assets import changing, creating, lending, reading, setting_up, transitions, undoing
from boconsole.assets.reading import AssetRow
from boconsole.assets.words import STATE_TITLES
from boconsole.assets.writing import Done, Ref
from boconsole.contacts import reading as contacts
from boconsole.language import N_, _, ngettext
from boconsole.tickets.rows import TicketRow
from boconsole.tickets.templates import Template
from boconsole.tickets.words import number as ticket_number
from screens import asset_forms, asset_work, service_forms
from screens.actions import CHANGE, SHOW, of_feature
from screens.asset_facts import FEATURE
from screens.code import code_actions, labels_form, show_code
from screens.dialogs import Choice, MenuDialog, PromptDialog
from screens.keys import DETAIL, Action
from screens.ledger.histories import show_history
from screens.places import Place
from screens.shell import ShellScreen

if TYPE_CHECKING:
    from screens.ticket_forms import Choices


class Seen(NamedTuple):
    """An asset as it is acted on."""

    id: int
    version: int
    tag: str
    state: str
    held: bool

    @property
    def ref(self) -> Ref:
        """By id and version."""
        return Ref(self.id, self.version)


def asset_actions(where: str) -> tuple[Action, ...]:
    """Return what a list and an open asset answer alike."""
    new, edit, state = of_feature(FEATURE, "new", "edit", "state", where=where)
    if where == DETAIL:
        new = replace(new, rank=45)
    return (
        new, edit, state,
        Action("asset.assign", N_("Hand out"), ("a",), where, CHANGE, rank=11,
               short=N_("hand out"), help=N_("To a person, a place or another asset.")),
        Action("asset.bring-back", N_("Take back"), ("b",), where, CHANGE, rank=12,
               short=N_("take back")),
        Action("asset.due", N_("Change the day of return"), ("d",), where, CHANGE),
        Action("asset.work", N_("Work: note, repair, count, plan"), ("w",), where, CHANGE, rank=14,
               short=N_("work")),
        Action("asset.accept", N_("Note that the holder accepted"), ("A",), where, CHANGE),
        Action("asset.ticket", N_("New ticket about it"), ("N",), where, CHANGE, rank=15,
               short=N_("ticket"), help=N_("For whoever has it; the ticket names the asset.")),
        Action("asset.history", N_("What happened to it"), ("H",), where, SHOW, rank=20,
               short=N_("history")),
        *code_actions(FEATURE, where),
    )  # fmt: skip


def named(seen: Sequence[Seen]) -> str:
    """Return what assets are called together."""
    if len(seen) == 1:
        return seen[0].tag
    return ngettext("{n} asset", "{n} assets", len(seen)).format(n=len(seen))


class AssetActs(ShellScreen):
    """Acts on the assets that are looked at."""

    @abstractmethod
    def with_seen(self, then: Callable[[Sequence[Seen]], object]) -> None:
        """Call `then` with what an action works on."""

    def changed(self, _answer: object = None) -> None:
        """React once an operation is done."""

    def action_code(self) -> None:
        """Show the code of the first asset's tag."""
        self.on_seen(lambda seen: show_code(self, seen[0].tag))

    def action_labels(self) -> None:
        """Ask for sheet and file, then print labels."""
        self.on_seen(
            lambda seen: self.app.push_screen(labels_form(self, [each.tag for each in seen]))
        )

    def on_seen(self, then: Callable[[Sequence[Seen]], object]) -> None:
        """Call `then` with the assets, of which there is at least one."""

        def take(seen: Sequence[Seen]) -> None:
            if seen:
                then(seen)
            else:
                self.app.say(_("There is no asset here."), "warning")

        self.with_seen(take)

    def act(self, work: Callable[[], Done], seen: Sequence[Seen], said: str) -> None:
        """Run an operation on assets and tell it."""
        self.change(
            work, said=said, feature=FEATURE, touched=[each.id for each in seen],
            done=self.changed,
        )  # fmt: skip

    # Forms

    def action_new(self) -> None:
        """Open the form of a new asset."""

        def read() -> tuple[list[tuple[str, str]], str]:
            return self._own_fields(), creating.next_tag()

        def show(found: tuple[list[tuple[str, str]], str]) -> None:
            self.app.push_screen(asset_forms.new_form(self.session, *found, self.made))

        self.load(read, show, group="ask")

    def _own_fields(self, category: str | None = None) -> list[tuple[str, str]]:
        """Return name and label of the own fields, those of a category where one is named."""
        ids = {row.name: row.id for row in setting_up.categories(self.session)}
        return [
            (field.name, field.label) for field in setting_up.own_fields(self.session)
            if category is None or field.category_id in (None, ids.get(category))
        ]  # fmt: skip

    def made(self, ref: Ref) -> None:
        """Do what follows a new asset."""
        self.app.following.spread(FEATURE, [ref.id])

    def action_edit(self) -> None:
        """Open the form of one asset, or of what can be the same for many."""

        def take(seen: Sequence[Seen]) -> None:
            if len(seen) > 1:
                refs = [each.ref for each in seen]
                self.app.push_screen(asset_forms.bulk_form(self.session, refs, self.changed))
                return

            def read() -> tuple[list[tuple[str, str]], AssetRow]:
                row = reading.get(self.session, seen[0].id)
                return self._own_fields(row.category), row

            def show(found: tuple[list[tuple[str, str]], AssetRow]) -> None:
                self.app.push_screen(asset_forms.edit_form(self.session, *found, self.changed))

            self.load(read, show, group="ask")

        self.on_seen(take)

    def action_assign(self) -> None:
        """Open the form that hands out."""
        self._lend(asset_forms.out_form)

    def action_bring_back(self) -> None:
        """Open the form that takes back."""
        self._lend(asset_forms.back_form)

    def _lend(self, make: Callable[..., ShellScreen]) -> None:
        def take(seen: Sequence[Seen]) -> None:
            refs = [each.ref for each in seen]
            self.app.push_screen(make(self.session, refs, named(seen), self.changed))

        self.on_seen(take)

    def action_ticket(self) -> None:
        """Open the form of a new ticket about the assets, for whoever has the first one."""
        from screens import ticket_forms

        def take(seen: Sequence[Seen]) -> None:
            def read() -> tuple[Choices, dict[str, object]]:
                self.session.require("ticket.edit")
                return ticket_forms.read_choices(self.session), self._asker(seen[0].id)

            def show(found: tuple[Choices, dict[str, object]]) -> None:
                choices, values = found
                about = [each.id for each in seen]
                self.app.push_screen(ticket_forms.new_form(
                    self.session, choices, Template(0, "", values), self._ticket_made, about
                ))  # fmt: skip

            self.load(read, show, group="ask")

        self.on_seen(take)

    def _asker(self, asset_id: int) -> dict[str, object]:
        """Return the requester of a ticket about an asset: the person who has it; blocks."""
        row = reading.get(self.session, asset_id)
        if row.holder_kind != "person" or not self.session.may("contact.read"):
            return {}
        person = contacts.card(self.session, "contact", row.holder_id).row
        return {"requester": person.email or person.name}

    def _ticket_made(self, row: TicketRow) -> None:
        self.app.call_later(self.app.go, Place("tickets", record=ticket_number(row.id)))

    # State, return, acceptance

    def action_state(self) -> None:
        """Choose a state; only those that all of them can go to."""

        def take(seen: Sequence[Seen]) -> None:
            ways = [set(transitions.possible(each.state, held=each.held)) for each in seen]
            common = set.intersection(*ways)
            choices = [
                Choice(word, _(title)) for word, title in STATE_TITLES.items() if word in common
            ]
            if not choices:
                self.app.say(_("No state can follow for {name}.").format(name=named(seen)))
                return
            dialog = MenuDialog(_("State of {name}").format(name=named(seen)), choices)
            self.app.push_screen(dialog, partial(self._set_state, seen))

        self.on_seen(take)

    def _set_state(self, seen: Sequence[Seen], state: str | None) -> None:
        if state:
            said = _("{name} is {state} now; u undoes it.").format(
                name=named(seen), state=_(STATE_TITLES[state]).lower()
            )
            refs = [each.ref for each in seen]
            self.act(partial(changing.set_state, self.session, refs, state), seen, said)

    def action_due(self) -> None:
        """Ask for another day of return."""

        def take(seen: Sequence[Seen]) -> None:
            def extend(day: str | None) -> None:
                if day is not None:
                    refs = [each.ref for each in seen]
                    said = _("{name} has another day of return; u undoes it.")
                    self.act(
                        partial(lending.extend, self.session, refs, day), seen,
                        said.format(name=named(seen)),
                    )  # fmt: skip

            title = _("Return of {name} (2026-12-24, fri, +14d; - for no day)")
            self.app.push_screen(PromptDialog(title.format(name=named(seen))), extend)

        self.on_seen(take)

    def action_accept(self) -> None:
        """Ask whether the holder took it over."""

        def take(seen: Sequence[Seen]) -> None:
            choices = [Choice("yes", _("Accepted"), "y"), Choice("no", _("Refused"), "r")]

            def note(word: str | None) -> None:
                if word:
                    refs = [each.ref for each in seen]
                    accepted = word == "yes"
                    self.act(
                        partial(lending.accept, self.session, refs, accepted=accepted), seen,
                        _("{number} changed; u undoes it.").format(number=named(seen)),
                    )  # fmt: skip

            title = _("Did the holder take {name} over?").format(name=named(seen))
            self.app.push_screen(MenuDialog(title, choices), note)

        self.on_seen(take)

    def action_work(self) -> None:
        """Offer what is done with an asset; of several, the form of work done on all of them."""

        def take(seen: Sequence[Seen]) -> None:
            if len(seen) > 1:
                ids = [each.id for each in seen]
                form = service_forms.work_form(self.session, ids, named(seen), self.changed)
                self.app.push_screen(form)
                return

            def read() -> asset_work.Known:
                return asset_work.known(self.session, reading.get(self.session, seen[0].id))

            def show(found: asset_work.Known) -> None:
                asset_work.ask(self, found, self.changed)

            self.load(read, show, group="ask")

        self.on_seen(take)

    def action_history(self) -> None:
        """Show what happened to it."""

        def take(seen: Sequence[Seen]) -> None:
            one = seen[0]
            read = partial(audit.history, self.session, FEATURE, one.id)
            show_history(self, one.tag, read)

        self.on_seen(take)

    def taken_back(self) -> str:
        """Take the last operation back; returns what to say."""
        done = undoing.undo_last(self.session)
        tags = ", ".join(reading.get(self.session, each.id).tag for each in done.assets[:3])
        return _("{numbers}: the last change is taken back.").format(numbers=tags)
