"""What is done to articles, in the list and on an open one alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from boconsole.knowledge import reading, reviewing, undoing
from boconsole.knowledge.reading import Article, ArticleRow, VersionRow
from boconsole.knowledge.words import ARCHIVED, DRAFT, REVIEW
from boconsole.language import N_, _
from boconsole.ledger.together import Ref
from boconsole.session import Session
from screens.actions import CHANGE, of_feature
from screens.dialogs import Choice, MenuDialog, PromptDialog
from screens.keys import LIST, Action
from screens.knowledge_facts import FEATURE
from screens.ledger.record_acts import RecordActs

SUBMIT, PUBLISH, RETURN, ARCHIVE = "submit", "publish", "return", "archive"


def article_actions(where: str) -> tuple[Action, ...]:
    """Return the actions on articles, for a list or an open one."""
    return (
        *of_feature("article", "new", "edit", "state", where=where),
        Action("article.approve", N_("Publish"), ("A",), where, CHANGE, rank=13,
               short=N_("publish"), help=N_("What is in review, and somebody else wrote.")),
        Action("article.hold", N_("It still holds"), ("h",), where, CHANGE, rank=17,
               short=N_("holds"), help=N_("Sets the day of the next review.")),
    )  # fmt: skip


LIST_KEYS = article_actions(LIST)


class ArticleActs(RecordActs[Article]):
    """Answers the keys of `article_actions`."""

    FEATURE: ClassVar[str] = FEATURE
    NOTHING = N_("There is no article here; n begins one.")
    ONE_ONLY = N_("This works on one article at a time; clear the marks with esc.")

    def number_of(self, record: Article) -> str:
        """Return its number."""
        return record.number

    def made(self, article: Article) -> None:
        """Show an article that was just begun."""
        from screens.knowledge_page import ArticleScreen

        self.app.push_screen(ArticleScreen(article.row.id))

    # Writing

    def action_new(self) -> None:
        """Open the form of a new article."""
        from screens.knowledge_forms import new_form

        self.app.push_screen(new_form(self.session, self.made))

    def action_edit(self) -> None:
        """Open the form of an article."""
        self.on_one(lambda ref: self.load(partial(self._read, ref.id), self._edit, group="ask"))

    def _read(self, article_id: int) -> tuple[ArticleRow, VersionRow]:
        self.session.require("knowledge.edit")
        row = reading.get(self.session, article_id).row
        return row, reading.version_of(row, row.latest)

    def _edit(self, found: tuple[ArticleRow, VersionRow]) -> None:
        from screens.knowledge_forms import edit_form

        self.app.push_screen(edit_form(self.session, *found))

    # Reviewing

    def action_state(self) -> None:
        """Choose where articles go: to a review, to readers, back, or out of use."""
        self.on_some(self._ask_state)

    def _ask_state(self, refs: Sequence[Ref]) -> None:
        states = self.states_of(refs)

        def why(*fitting: str) -> str:
            return "" if states <= set(fitting) else _("not from here")

        choices = [
            Choice(SUBMIT, _("Hand over to a review"), "r", why(DRAFT)),
            Choice(PUBLISH, _("Publish"), "p", why(REVIEW)),
            Choice(RETURN, _("Give back to the author"), "b", why(REVIEW)),
            Choice(ARCHIVE, _("Take out of use"), "a",
                   _("not from here") if ARCHIVED in states else ""),
        ]  # fmt: skip

        def take(chosen: str | None) -> None:
            if chosen:
                self._go(chosen, refs)

        self.app.push_screen(MenuDialog(_("Where does it go?"), choices), take)

    def states_of(self, refs: Sequence[Ref]) -> set[str]:
        """Return the states of the articles that are looked at."""
        raise NotImplementedError

    def _go(self, way: str, refs: Sequence[Ref]) -> None:
        if way == PUBLISH:
            self._publish(refs)
        elif way == RETURN:
            self._send_back(refs)
        elif way == SUBMIT:
            self.act(refs, reviewing.submit, _("{number} waits for a review."),
                     _("{n} articles wait for a review."))  # fmt: skip
        else:
            self.ask(
                _("Take it out of use? Every version stays; an edit brings it back."),
                _("archive it"),
                lambda: self.act(refs, reviewing.archive, _("{number} is archived."),
                                 _("{n} articles are archived.")),
            )  # fmt: skip

    def action_approve(self) -> None:
        """Publish what is in review."""
        self.on_some(self._publish)

    def _publish(self, refs: Sequence[Ref]) -> None:
        self.act(refs, reviewing.publish, _("{number} is published."),
                 _("{n} articles are published."))  # fmt: skip

    def _send_back(self, refs: Sequence[Ref]) -> None:
        def take(reason: str | None) -> None:
            if reason:
                self.act(refs, with_reason(reason), _("{number} is a draft again."),
                         _("{n} articles are drafts again."))  # fmt: skip

        self.app.push_screen(PromptDialog(_("Why does it go back?")), take)

    def action_hold(self) -> None:
        """Say that articles still hold."""
        self.on_some(
            lambda refs: self.act(
                refs, reviewing.confirm, _("{number} holds; the next review is set."),
                _("{n} articles hold; their next reviews are set."),
            )
        )  # fmt: skip


def taken_back(session: Session) -> str:
    """Take back where this person sent articles last; returns what to say."""
    return _("Undone: {numbers}.").format(numbers=", ".join(undoing.undo_last(session)))


def with_reason(reason: str) -> Callable[[Session, Sequence[Ref]], list[Article]]:
    """Return the operation that gives articles back."""
    return lambda session, refs: reviewing.send_back(session, refs, reason)
