"""An open article: its text, its versions, the tickets it was used for, and its history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual.content import Content

from boconsole.filing import FileRow
from boconsole.knowledge import attaching, differing, reading, using, writing
from boconsole.knowledge.reading import Article, VersionRow, Whole
from boconsole.language import N_, _
from boconsole.ledger.together import Ref
from screens import knowledge_facts as facts
from screens.actions import CHANGE, GO, SHOW
from screens.attached import Holding, HoldsFiles, out_of_reach
from screens.dialogs import Choice
from screens.help import LinesScreen
from screens.keys import DETAIL, Action
from screens.knowledge_acts import ArticleActs, article_actions, taken_back
from screens.ledger.page import RecordPage, page_actions
from screens.picking import PickDialog
from screens.widgets.bars import Heading


def _no_versions(screen: ArticleScreen) -> str:
    if screen.whole is not None and len(screen.whole.versions) > 1:
        return ""
    return _("This article has one version only.")


def _unread(screen: ArticleScreen) -> str:
    if screen.whole is not None and screen.whole.article.row.published:
        return ""
    return _("Only a published article can have helped.")


def _no_tickets(screen: ArticleScreen) -> str:
    if screen.whole is not None and screen.whole.tickets:
        return ""
    return _("It was used for no ticket yet; b on a ticket links it.")


class ArticleScreen(RecordPage[Whole], ArticleActs, HoldsFiles):
    """One article to read.

    Attributes:
        tab: The page of it that is shown.
    """

    AREA = "knowledge"
    CSS_PATH = "styles/page.tcss"
    ALONE = N_("This article was not opened from a list.")
    LAST = N_("There is no other article this way.")
    ACTIONS: ClassVar[Sequence[Action]] = (
        *article_actions(DETAIL),
        Action("article.next-page", N_("Next page of it"), ("tab", "right"), DETAIL, SHOW, rank=2,
               short=N_("pages"), help=N_("Text, versions, tickets, history.")),
        Action("article.page-before", N_("Page before"), ("shift+tab", "left"), DETAIL, SHOW),
        Action("article.compare", N_("Compare two versions"), ("=",), DETAIL, SHOW, rank=18,
               short=N_("compare"), when=_no_versions),
        Action("article.restore", N_("Write an earlier version again"), ("R",), DETAIL, CHANGE,
               when=_no_versions),
        Action("article.helped", N_("It helped"), ("+",), DETAIL, CHANGE, when=_unread),
        Action("article.failed", N_("It did not help"), ("-",), DETAIL, CHANGE, when=_unread),
        Action("article.file", N_("Files: attach, save, remove"), ("f",), DETAIL, CHANGE,
               when=out_of_reach),
        Action("article.linked", N_("Open a ticket it was used for"), ("L",), DETAIL, GO,
               when=_no_tickets),
        Action("article.undo", N_("Undo the last change"), ("u",), DETAIL, CHANGE,
               rank=50, short=N_("undo"),
               help=N_("Where you sent articles last; texts keep their versions.")),
        Action("article.history", N_("What happened to it"), ("H",), DETAIL, SHOW),
        *page_actions("article", N_("Next article of the list"), N_("Article before in the list")),
    )  # fmt: skip

    tab = facts.TEXT
    _looked = 0

    # Reading

    def read(self, record_id: int) -> Whole:
        """Return the article with all that is shown of it, and count that it was opened; blocks."""
        if self._looked != record_id:
            reading.look(self.session, record_id)
            self._looked = record_id
        return reading.whole(self.session, record_id)

    def ref_of(self, whole: Whole) -> Ref:
        """Return the article as it is acted on."""
        row = whole.article.row
        return Ref(row.id, row.version, whole.article.number)

    def states_of(self, refs: Sequence[Ref]) -> set[str]:
        """Return the state of this article."""
        del refs
        return {self.whole.article.row.state} if self.whole else set()

    def picture(self, whole: Whole, room: int) -> list[Content]:
        """Return the page that is looked at."""
        if self.tab not in facts.tabs(whole):
            self.tab = facts.TEXT
        return facts.picture(whole, self.tab, room, self.session)

    def heading(self) -> Heading:
        """Return the number, and the page."""
        found = super().heading()
        return found._replace(view=f"{self.number} · {_(facts.TABS[self.tab])}")

    # Looking

    def action_next_page(self) -> None:
        """Show the next page."""
        self._turn(1)

    def action_page_before(self) -> None:
        """Show the page before."""
        self._turn(-1)

    def _turn(self, step: int) -> None:
        if self.whole is not None:
            names = facts.tabs(self.whole)
            here = names.index(self.tab) if self.tab in names else 0
            self._show_tab(names[(here + step) % len(names)])

    def _show_tab(self, tab: str) -> None:
        self.tab = tab
        self.query_one("#page").scroll_home(animate=False)
        self._show()

    def action_history(self) -> None:
        """Show what happened to it."""
        self._show_tab(facts.HISTORY)

    def action_linked(self) -> None:
        """Choose a ticket and open it."""
        if self.whole is None:
            return
        choices = [
            Choice(f"TKT-{use.ticket_id}", f"TKT-{use.ticket_id} {use.subject}")
            for use in self.whole.tickets
        ]

        def take(chosen: tuple[str, ...] | None) -> None:
            if chosen:
                self.app.open_record(chosen[0])

        self.app.push_screen(PickDialog(_("Open which ticket?"), choices), take)

    # Versions

    def _pick(self, title: str, found: Sequence[VersionRow], then: Callable[[int], None]) -> None:
        choices = [
            Choice(str(each.number), facts.version_line(each, self.session)) for each in found
        ]

        def take(chosen: tuple[str, ...] | None) -> None:
            if chosen:
                then(int(chosen[0]))

        self.app.push_screen(PickDialog(title, choices), take)

    def action_compare(self) -> None:
        """Compare the last version with another one, or any two."""
        if (whole := self.whole) is None:
            return
        every = whole.versions
        if len(every) == 2:
            self._compare(every[1].number, every[0].number)
            return

        def second(old: int) -> None:
            later = [each for each in every if each.number > old]
            if len(later) == 1:
                self._compare(old, later[0].number)
            else:
                self._pick(_("With which version?"), later, partial(self._compare, old))

        self._pick(_("Compare which version?"), every[1:], second)

    def _compare(self, old: int, new: int) -> None:
        if self.whole is None:
            return
        texts = {each.number: each for each in self.whole.versions}

        def work() -> list[list[differing.Line]]:
            lines = differing.compare(*(_whole_text(texts[place]) for place in (old, new)))
            return differing.hunks(lines)

        def show(hunks: list[list[differing.Line]]) -> None:
            title = _("{number}: version {old} → {new}").format(
                number=self.number, old=old, new=new
            )
            self.app.push_screen(LinesScreen(title, facts.compared(hunks)))

        self.load(work, show, group="ask")

    def action_restore(self) -> None:
        """Choose an earlier version and write it again."""
        if (whole := self.whole) is None:
            return

        def write(number: int) -> None:
            self.change(
                lambda: writing.restore(self.session, whole.article.row, number),
                said=lambda done: _("Version {old} is version {new} now, a draft.").format(
                    old=number, new=done.row.latest),
                touched=(whole.article.row.id,), done=lambda _done: self.action_refresh(),
            )  # fmt: skip

        self._pick(_("Write which version again?"), whole.versions[1:], write)

    # Whether it helped

    def action_undo(self) -> None:
        """Take back where articles went last."""
        self.change(
            partial(taken_back, self.session), said=str, feature=facts.FEATURE,
            done=lambda _said: self.action_refresh(),
        )  # fmt: skip

    def action_helped(self) -> None:
        """Say that it helped."""
        self._vote(helpful=True)

    def action_failed(self) -> None:
        """Say that it did not help."""
        self._vote(helpful=False)

    def _vote(self, *, helpful: bool) -> None:
        def told(done: Article) -> str:
            return _("{number}: your voice is counted.").format(number=done.number)

        self.change(
            lambda: using.vote(self.session, self.record_id, helpful), said=told,
            touched=(self.record_id,), done=lambda _done: self.action_refresh(),
        )  # fmt: skip

    # Files

    def held_files(self) -> Sequence[FileRow]:
        """Return the files of the article."""
        return self.whole.files if self.whole else ()

    def holding(self) -> Holding | None:
        """Return what is done with them."""
        if (whole := self.whole) is None:
            return None
        article = whole.article
        return Holding(
            partial(attaching.attach, self.session, article),
            partial(attaching.content, self.session, article.row.id),
            partial(attaching.remove, self.session, article),
        )


def _whole_text(version: VersionRow) -> str:
    return f"# {version.title} ({version.audience})\n\n{version.body}"
