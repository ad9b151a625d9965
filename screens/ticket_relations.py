"""Bringing an open ticket together with others: merge, part, split, link; and saving its files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from boconsole.errors import InvalidChangeError
from boconsole.filing import safe_name
from boconsole.language import _, ngettext
from boconsole.tickets import attaching, linking, merging, reading
from boconsole.tickets.rows import AttachmentLine, Ref, TicketRow
from boconsole.tickets.words import parse_number
from screens.cells import instant, safe
from screens.dialogs import Choice, ConfirmDialog, MenuDialog, PromptDialog
from screens.files import save_content
from screens.picking import PickDialog
from screens.ticket_acts import TicketActs
from screens.ticket_facts import FEATURE, LINKS, number
from screens.ticket_page import TicketPage

CUT = 50
LONGEST = 200


def number_problem(text: str) -> str:
    """Return what is wrong with a ticket number, "" while nothing is typed."""
    try:
        if text.strip():
            parse_number(text)
    except InvalidChangeError as error:
        return error.reason
    return ""


class TicketRelations(TicketActs, TicketPage):
    """Answers the keys of an open ticket that reach beyond it."""

    def _ask_number(self, title: str, then: Callable[[int], object]) -> None:
        def take(text: str | None) -> None:
            if text:
                then(parse_number(text))

        self.app.push_screen(PromptDialog(title, check=number_problem), take)

    # Merging

    def action_merge(self) -> None:
        """Ask into which ticket, show its subject, and merge."""
        if (row := self.row) is None:
            return

        def ask(other: int) -> None:
            self.load(partial(reading.get, self.session, other), confirm, group="ask")

        def confirm(target: TicketRow) -> None:
            question = _("Merge {number} “{subject}”\ninto {other} “{other_subject}”?").format(
                number=number(row.id), subject=safe(row.subject)[:CUT],
                other=number(target.id), other_subject=safe(target.subject)[:CUT],
            )  # fmt: skip
            self.app.push_screen(ConfirmDialog(question, yes=_("merge")), partial(go, target))

        def go(target: TicketRow, sure: bool | None) -> None:
            if sure:
                refs = (Ref(row.id, row.version), Ref(target.id, target.version))
                said = _("{number} is a part of {other} now; U parts them again.")
                self.change(
                    lambda: merging.merge(self.session, *refs),
                    said=said.format(number=number(row.id), other=number(target.id)),
                    touched=(row.id, target.id),
                    feature=FEATURE,
                )

        self._ask_number(_("Merge {number} into").format(number=number(row.id)), ask)

    def action_unmerge(self) -> None:
        """Part the ticket from the one it was merged into."""
        if (row := self.row) is None:
            return
        self.change(
            partial(merging.unmerge, self.session, Ref(row.id, row.version)),
            said=_("{number} stands for itself again.").format(number=number(row.id)),
            touched=(row.id, row.merged_into or 0),
            feature=FEATURE,
        )

    def action_split(self) -> None:
        """Choose messages and make a ticket of them."""
        if (row := self.row) is None:
            return
        now, zone = self.session.now(), self.session.zone
        choices = []
        for entry in self.messages:
            text = " ".join(safe(entry.text).split())[:LONGEST]
            line = f"{instant(entry.at, now, zone)} {entry.who}: {text}"
            choices.append(Choice(str(entry.message_id), line))

        def choose(chosen: tuple[str, ...] | None) -> None:
            if chosen:
                ids = [int(value) for value in chosen]
                title = _("Subject of the new ticket")
                self.app.push_screen(PromptDialog(title, row.subject), partial(split, ids))

        def split(ids: list[int], subject: str | None) -> None:
            if subject:
                self.change(
                    lambda: merging.split(self.session, Ref(row.id, row.version), ids, subject),
                    said=lambda made: _made(made, len(ids)),
                    touched=(row.id,),
                    feature=FEATURE,
                )

        title = _("Messages that become a ticket of their own")
        self.app.push_screen(PickDialog(title, choices, several=True), choose)

    # Links

    def action_link(self) -> None:
        """Choose a relation and a ticket, or a link to remove."""
        if (row := self.row) is None:
            return
        choices = [Choice(kind, _(text)) for kind, text in LINKS.items()]
        choices += [
            Choice(f"-{link.kind} {link.id}", _("remove: {kind} {number}").format(
                kind=_(LINKS.get(link.kind, link.kind)), number=number(link.id)))
            for link in row.links
        ]  # fmt: skip

        def take(kind: str | None) -> None:
            if kind is None:
                return
            if kind.startswith("-"):
                name, _space, other = kind.removeprefix("-").partition(" ")
                self._relate(linking.unlink, name, int(other))
            else:
                title = f"{number(row.id)} {_(LINKS[kind])}"
                self._ask_number(title, partial(self._relate, linking.link, kind))

        title = _("Links of {number}").format(number=number(row.id))
        self.app.push_screen(MenuDialog(title, choices), take)

    def _relate(self, operation: Callable[..., object], kind: str, other: int) -> None:
        if self.row is not None:
            ids = (self.row.id, other)
            self.change(
                partial(operation, self.session, self.row.id, kind, other),
                said=_("The links of {number} and {other} changed; u undoes it.").format(
                    number=number(ids[0]), other=number(ids[1])
                ),
                touched=ids,
                feature=FEATURE,
            )

    # Files

    def action_file(self) -> None:
        """Choose an attached file and where to save it."""
        if (row := self.row) is None:
            return
        known = {str(file.id): file for file in self.files}

        def choose(chosen: tuple[str, ...] | None) -> None:
            if chosen:
                file = known[chosen[0]]
                prompt = PromptDialog(_("Save as"), f"~/{safe_name(file.name)}")
                self.app.push_screen(prompt, partial(save, file))

        def save(file: AttachmentLine, where: str | None) -> None:
            if where:
                self.load(
                    lambda: save_content(*attaching.content(self.session, row.id, file.id), where),
                    lambda path: self.app.say(_("Saved as {path}.").format(path=path)),
                    group="file",
                )

        if len(known) == 1:
            choose(tuple(known))
        else:
            choices = [Choice(key, file.name) for key, file in known.items()]
            self.app.push_screen(PickDialog(_("Save which file?"), choices), choose)


def _made(row: TicketRow, count: int) -> str:
    text = ngettext("{number} was made of one message.", "{number} was made of {count} messages.",
                    count)  # fmt: skip
    return text.format(number=number(row.id), count=count)
