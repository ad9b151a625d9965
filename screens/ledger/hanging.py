"""What hangs on an open entry: tags, links to other records, files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from boconsole.filing import FileRow
from boconsole.language import N_, _
from boconsole.ledger import attaching, linking
from boconsole.ledger.entries import JournalEntry
from boconsole.ledger.reading import Whole
from screens.actions import CHANGE, GO
from screens.attached import Holding, HoldsFiles, out_of_reach
from screens.cells import safe
from screens.dialogs import Choice, MenuDialog, PromptDialog
from screens.keys import DETAIL, Action
from screens.ledger.acts import EntryActs
from screens.ledger.page import RecordPage

ADD = "+"


def _nothing_linked(screen: EntryHanging) -> str:
    if screen.whole is not None and (screen.whole.linked or screen.whole.links):
        return ""
    return _("Nothing is linked here; l links a ticket, an asset, a contact or a project.")


HANGING_ACTIONS = (
    Action("entry.link", N_("Link to a record, or remove a link"), ("l",), DETAIL, CHANGE,
           rank=19, short=N_("link"),
           help=N_("A posted entry has further links outside its seal.")),
    Action("entry.file", N_("Attach, save or remove files"), ("f",), DETAIL, CHANGE, rank=21,
           short=N_("files"), when=out_of_reach),
    Action("entry.linked", N_("Open what is linked, or a reversal"), ("L", "enter"), DETAIL, GO,
           when=_nothing_linked),
)  # fmt: skip


class EntryHanging(RecordPage[Whole], HoldsFiles, EntryActs):
    """Answers the keys of links and files of an open entry."""

    # Links

    def action_link(self) -> None:
        """Ask for a link, or which one goes."""
        if self.whole is None:
            return
        entry = self.whole.entry
        loose = [
            link for link in self.whole.links
            if link.added_at is not None or (entry.state == "draft" and not link.position)
        ]  # fmt: skip
        if not loose:
            self._ask_link(entry)
            return
        choices = [Choice(ADD, _("Link to a record"))]
        choices += [
            Choice(link.value, _("Remove {name}").format(name=safe(link.value))) for link in loose
        ]

        def take(chosen: str | None) -> None:
            if chosen == ADD:
                self._ask_link(entry)
            elif chosen:
                said = _("{number} is no longer linked to {link}.")
                self._relate(linking.unlink, entry, chosen, said)

        title = _("Links of {number}").format(number=entry.number)
        self.app.push_screen(MenuDialog(title, choices), take)

    def _ask_link(self, entry: JournalEntry) -> None:
        def take(text: str | None) -> None:
            if text:
                self._relate(linking.link, entry, text, _("{number} is linked to {link}."))

        title = _("Link {number} to (TKT-42, AST-7, PRJ-3, a mail address …)")
        self.app.push_screen(PromptDialog(title.format(number=entry.number)), take)

    def _relate(
        self, work: Callable[..., object], entry: JournalEntry, text: str, said: str
    ) -> None:
        self.change(
            partial(work, self.session, entry, text),
            said=said.format(number=entry.number, link=safe(text)), touched=(entry.head.id,),
            done=lambda _done: self.changed(),
        )  # fmt: skip

    def action_linked(self) -> None:
        """Open what is linked; ask which where there are several."""
        if self.whole is None:
            return
        choices = []
        if self.whole.linked:
            choices.append(Choice(str(self.whole.linked[0]), self.whole.linked[1]))
        choices += [
            Choice(link.value, f"{safe(link.value)}  {safe(link.title)}".rstrip())
            for link in self.whole.links
        ]
        if len(choices) == 1:
            self._open(choices[0].value)
        elif choices:
            self.app.push_screen(MenuDialog(_("Open"), choices), self._open)

    def _open(self, chosen: str | None) -> None:
        if chosen is None or self.whole is None:
            return
        if self.whole.linked and chosen == str(self.whole.linked[0]):
            self.open_reversal(self.whole.linked[0])
            return
        link = next(each for each in self.whole.links if each.value == chosen)
        if link.names in ("", "contact"):
            self.app.say(_("{link} is no number of a record here.").format(link=safe(chosen)))
        else:
            self.app.open_record(link.key.upper())

    def open_reversal(self, entry_id: int) -> None:
        """Show the reversal, or what this one reverses."""
        raise NotImplementedError

    # Files

    def held_files(self) -> Sequence[FileRow]:
        """Return the files of the entry."""
        return self.whole.files if self.whole else ()

    def holding(self) -> Holding | None:
        """Return what is done with its files."""
        if self.whole is None:
            return None
        entry = self.whole.entry
        return Holding(
            partial(attaching.attach, self.session, entry),
            partial(attaching.content, self.session, entry.head.id),
            partial(attaching.remove, self.session, entry),
        )
