"""What keys do to documents, on the list and on an open card alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from boconsole.filing import safe_name
from boconsole.language import N_, _
from boconsole.registry import adding, reading, retaining, reviewing, words
from boconsole.registry.reading import Document, DocumentRow
from boconsole.tickets.rows import Ref
from screens import reach
from screens.actions import CHANGE, SHOW, of_feature
from screens.cells import safe
from screens.dialogs import Choice, MenuDialog, PromptDialog
from screens.files import read_files, save_content
from screens.keys import LIST, Action
from screens.registry import forms
from screens.registry.facts import DOCUMENT
from screens.registry.text_reader import TextReader, reader_of
from screens.widgets.bars import Heading

if TYPE_CHECKING:
    from screens.shell import ShellScreen as Base
else:
    # Textual takes the styles of a screen from its first base that is a widget.
    Base = object


class Way(NamedTuple):
    """A line of the menu of states."""

    title: str
    states: tuple[str, ...]


WAYS = {
    "submit": Way(N_("Hand over to be approved"), (words.DRAFT,)),
    "approve": Way(N_("Approve"), (words.REVIEW,)),
    "refuse": Way(N_("Give back to its authors"), (words.REVIEW,)),
    "take-back": Way(N_("Take back, as a draft"), (words.REVIEW, *words.CLOSED)),
    "supersede": Way(N_("Another one takes its place"), (words.APPROVED,)),
    "withdraw": Way(N_("Take out of use"), (words.DRAFT, words.REVIEW, words.APPROVED)),
}


def _not_reading(screen: DocumentActs) -> str:
    return "" if screen.reader.told else _("No text is being read now.")


def actions(where: str = LIST) -> tuple[Action, ...]:
    """Return the actions of documents."""
    return (
        *of_feature("paper", "new", "edit", "state", where=where),
        Action("paper.approve", N_("Approve"), ("A",), where, CHANGE, rank=14,
               short=N_("approve")),
        Action("paper.file", N_("Add a version, or save one"), ("f",), where, CHANGE, rank=15,
               short=N_("files")),
        Action("paper.hold", N_("Put under a legal hold, or release"), ("h",), where, CHANGE,
               rank=18, short=N_("hold")),
        Action("paper.keep", N_("Keep longer than the rule says"), ("K",), where, CHANGE),
        Action("paper.stop-reading", N_("Stop reading the text of files"), ("X",), where, SHOW,
               when=_not_reading),
        Action("paper.history", N_("What happened to it"), ("H",), where, SHOW),
    )  # fmt: skip


class DocumentActs(Base):
    """Answers the keys of documents."""

    def with_rows(self, then: Callable[[Sequence[DocumentRow]], object]) -> None:
        """Act on the documents meant: marked ones, the one under the cursor, or the open one."""
        raise NotImplementedError

    def opened(self, made: Document) -> None:
        """Show a document that was made."""
        raise NotImplementedError

    def with_one(self, then: Callable[[DocumentRow], object]) -> None:
        """Act on the first of them."""

        def one(rows: Sequence[DocumentRow]) -> None:
            if rows:
                then(rows[0])
            else:
                self.app.say(_("There is no document here; n adds one."))

        self.with_rows(one)

    def action_new(self) -> None:
        """Open the form of a new document."""
        self.app.push_screen(forms.new_document(self.session, self.opened))

    def action_edit(self) -> None:
        """Open the form of a document."""
        self.with_one(lambda row: self.app.push_screen(forms.edit_document(self.session, row)))

    def action_approve(self) -> None:
        """Approve documents as one who was asked."""
        self._do(_("Approved."), partial(reviewing.approve, self.session))

    def action_hold(self) -> None:
        """Put documents under a legal hold, or end it."""

        def act(rows: Sequence[DocumentRow]) -> None:
            if not rows:
                return
            seen, title = _refs(rows), _title(rows)
            if not any(row.held for row in rows):
                self.app.push_screen(forms.hold(self.session, seen, title))
                return

            def release(reason: str | None) -> None:
                if reason:
                    work = partial(retaining.release, self.session, seen, reason)
                    self.change(work, said=_("Released."), feature=DOCUMENT,
                                touched=[row.id for row in rows])  # fmt: skip

            prompt = _("Release {what}: why?").format(what=title)
            self.app.push_screen(PromptDialog(prompt), release)

        self.with_rows(act)

    def action_keep(self) -> None:
        """Keep a document longer."""
        self.with_one(lambda row: self.app.push_screen(forms.keep(self.session, row)))

    def action_history(self) -> None:
        """Show who did what to a document."""
        from screens.ledger.histories import show_history

        self.with_one(lambda row: show_history(
            self, words.number(row.id), partial(reading.history, self.session, row.id)
        ))  # fmt: skip

    # Texts

    @property
    def reader(self) -> TextReader:
        """Who reads the text of files, behind everything else."""
        return reader_of(self.app)

    def action_stop_reading(self) -> None:
        """Stop reading; what waits is read another time."""
        self.reader.stop()
        self.app.say(_("Stopped; what was not read waits for another time."))

    def reading_told(self, found: Heading) -> Heading:
        """Return the heading with what is read now, if anything is."""
        told = self.reader.told
        return found._replace(state=told) if told else found

    # States

    def action_state(self) -> None:
        """Choose what becomes of documents."""

        def ask(rows: Sequence[DocumentRow]) -> None:
            if not rows:
                return
            state = rows[0].state
            why = _("not while it is {state}").format(state=_(words.STATES[state]))
            choices = [
                Choice(id_, _(way.title), reason="" if state in way.states else why)
                for id_, way in WAYS.items()
            ]
            self.app.push_screen(MenuDialog(_title(rows), choices), partial(self._go_way, rows))

        self.with_rows(ask)

    def _go_way(self, rows: Sequence[DocumentRow], chosen: str | None) -> None:
        seen, title, session = _refs(rows), _title(rows), self.session
        if chosen == "submit":
            self.app.push_screen(forms.submit(session, seen, title))
        elif chosen == "approve":
            self.action_approve()
        elif chosen == "take-back":
            self._do(_("It is a draft again."), partial(reviewing.take_back, session))
        elif chosen == "refuse":
            self._with_reason(_("Give {what} back: why?").format(what=title), rows,
                              partial(reviewing.refuse, session, seen))  # fmt: skip
        elif chosen == "withdraw":
            self._with_reason(_("Take {what} out of use: why?").format(what=title), rows,
                              partial(reviewing.withdraw, session, seen))  # fmt: skip
        elif chosen == "supersede":
            prompt = _("Which document takes the place of {what}?").format(what=title)

            def by(number: str) -> object:
                return reviewing.supersede(session, seen[0], words.parse_number(number))

            self._with_reason(prompt, rows, by)

    def _with_reason(
        self, prompt: str, rows: Sequence[DocumentRow], work: Callable[[str], object]
    ) -> None:
        def take(typed: str | None) -> None:
            if typed:
                self.change(partial(work, typed), said=_("Done."), feature=DOCUMENT,
                            touched=[row.id for row in rows])  # fmt: skip

        self.app.push_screen(PromptDialog(prompt), take)

    def _do(self, said: str, work: Callable[[Sequence[Ref]], object]) -> None:
        def act(rows: Sequence[DocumentRow]) -> None:
            if rows:
                self.change(partial(work, _refs(rows)), said=said, feature=DOCUMENT,
                            touched=[row.id for row in rows])  # fmt: skip

        self.with_rows(act)

    # Files

    def action_file(self) -> None:
        """Choose what to do with files: add a version, or save one."""
        if reason := reach.out_of_reach(self.session):
            self.app.say(reason, "warning")
            return

        def ask(row: DocumentRow) -> None:
            if not row.latest:
                self._ask_path(row)
                return

            def take(chosen: str | None) -> None:
                if chosen == "add":
                    self._ask_path(row)
                elif chosen == "save":
                    self._ask_where(row)

            saving = _("Save {name}").format(name=safe(row.file))
            choices = [Choice("add", _("Add a version"), "a"), Choice("save", saving, "s")]
            self.app.push_screen(MenuDialog(words.number(row.id), choices), take)

        self.with_one(ask)

    def _ask_path(self, row: DocumentRow) -> None:
        def take(path: str | None) -> None:
            if path:

                def work() -> Document:
                    found = read_files(self.session, path)
                    return adding.add(self.session, Ref(row.id, row.version), found[0])

                self.change(work, said=_("The version is kept."), feature=DOCUMENT,
                            touched=[row.id], done=lambda _done: self.reader.start())  # fmt: skip

        self.app.push_screen(PromptDialog(_("File of the new version"), path=True), take)

    def _ask_where(self, row: DocumentRow) -> None:
        def take(path: str | None) -> None:
            if path:

                def work() -> str:
                    version, content = adding.content(self.session, row.id)
                    return str(save_content(version.name, content, path))

                self.change(work, said=lambda done: _("Saved as {path}.").format(path=done))

        self.app.push_screen(PromptDialog(_("Save as"), safe_name(row.file)), take)

    def undone(self) -> str:
        """Take the last change back."""
        from boconsole.registry import undoing

        return _("Undone: {numbers}.").format(numbers=", ".join(undoing.undo_last(self.session)))


def _refs(rows: Sequence[DocumentRow]) -> list[Ref]:
    return [Ref(row.id, row.version) for row in rows]


def _title(rows: Sequence[DocumentRow]) -> str:
    if len(rows) == 1:
        return words.number(rows[0].id)
    return _("{n} documents").format(n=len(rows))
