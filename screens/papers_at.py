"""Documents and contracts at an open record: told with it, and put there by one key.

They are read with the record itself; a record without any costs one look along an index.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from boconsole.language import N_, _
from boconsole.registry import beside
from boconsole.registry.beside import Linked
from screens.actions import CHANGE
from screens.cells import fit, safe
from screens.dialogs import Choice, MenuDialog, PromptDialog
from screens.keys import DETAIL, Action
from screens.places import Place
from screens.prose import toned, wrapped

if TYPE_CHECKING:
    from screens.shell import ShellScreen as Base
else:
    # Textual takes the styles of a screen from its first base that is a widget.
    Base = object

DOCUMENT = "document"
TITLE = N_("Papers")
NEW, PUT, TAKE = "new", "put", "take"


def action(feature: str) -> Action:
    """Return the action of an open record."""
    return Action(
        f"{feature}.papers", N_("Documents and contracts"), ("P",), DETAIL, CHANGE,
        help=N_("Opens them, adds one, puts one here or takes it away."),
    )  # fmt: skip


def told(papers: Sequence[Linked]) -> str:
    """Return papers in one line; nothing where there are none."""
    return ", ".join(f"{each.number} {safe(each.title)}" for each in papers)


def lines(papers: Sequence[Linked], room: int, label: int) -> list[Content]:
    """Return papers behind their label; nothing where there are none."""
    if not papers:
        return []
    first = toned((fit(_(TITLE), label), "muted"))
    return wrapped(toned((told(papers), "info")), room, first, " " * label)


class HoldsPapers(Base):
    """Answers the key of papers.

    Attributes:
        papers: As they were read with the record.
    """

    papers: Sequence[Linked] = ()

    def paper_place(self) -> tuple[str, int, str] | None:
        """Return feature, id and number of the record, None while nothing is shown."""
        raise NotImplementedError

    def papers_changed(self) -> None:
        """Read the record again."""
        raise NotImplementedError

    def action_papers(self) -> None:
        """Show the papers; open one, add one, put one here, or take one away."""
        if (here := self.paper_place()) is None:
            return
        feature, record_id, number = here

        def ask(papers: Sequence[Linked]) -> None:
            title = _("Documents and contracts of {number}").format(number=number)
            choices = [Choice(each.number, f"{each.number} {safe(each.title)}") for each in papers]
            choices += self._paper_offers(papers)
            self.app.push_screen(
                MenuDialog(title, choices), partial(self._paper_chosen, here, papers)
            )

        self.load(partial(beside.at, self.session, feature, record_id), ask, group="papers")

    def _paper_offers(self, papers: Sequence[Linked]) -> list[Choice]:
        may = [self.session.may(f"{kind}.edit") for kind in ("document", "contract")]
        why = _("your role does not allow it")
        found = [
            Choice(NEW, _("Add a document"), "n", "" if may[0] else why),
            Choice(PUT, _("Put one here by its number"), "+", "" if any(may) else why),
        ]
        if papers:
            found.append(Choice(TAKE, _("Take one away from here"), "-", "" if any(may) else why))
        return found

    def _paper_chosen(
        self, here: tuple[str, int, str], papers: Sequence[Linked], chosen: str | None
    ) -> None:
        feature, record_id, _number = here
        if chosen == NEW:
            from screens.registry import forms

            add = partial(beside.add, self.session, feature, record_id)
            form = forms.document_at(self.session, add, self._papers_done, feature, record_id)
            self.app.push_screen(form)
        elif chosen == PUT:
            prompt = PromptDialog(_("Number of the document or contract (DOC-0001, CTR-0001)"))
            self.app.push_screen(prompt, partial(self._paper_put, here))
        elif chosen == TAKE:
            choices = [Choice(each.number, f"{each.number} {safe(each.title)}") for each in papers]
            self.app.push_screen(
                MenuDialog(_("Take away"), choices), partial(self._paper_taken, here)
            )
        elif chosen:
            self.app.call_later(self.app.go, Place(beside.AREA, record=chosen))

    def _paper_put(self, here: tuple[str, int, str], word: str | None) -> None:
        feature, record_id, number = here

        def said(paper: Linked) -> str:
            return _("{paper} is at {number}.").format(paper=paper.number, number=number)

        if word:
            work = partial(beside.attach, self.session, feature, record_id, word)
            self.change(work, said=said, feature=DOCUMENT, done=self._papers_done)

    def _paper_taken(self, here: tuple[str, int, str], word: str | None) -> None:
        feature, record_id, number = here

        def said(paper: Linked) -> str:
            return _("{paper} is at {number} no longer.").format(paper=paper.number, number=number)

        if word:
            work = partial(beside.detach, self.session, feature, record_id, word)
            self.change(work, said=said, feature=DOCUMENT, done=self._papers_done)

    def _papers_done(self, _answer: object) -> None:
        from screens.registry.text_reader import reader_of

        reader_of(self.app).start()
        self.papers_changed()
