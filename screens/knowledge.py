"""The articles: a list in the query language, with what each says beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.console import RenderableType

from boconsole.filters import Area
from boconsole.knowledge import area, reading
from boconsole.knowledge.reading import Article, ArticleRow
from boconsole.language import N_, _, grouped, ngettext
from boconsole.ledger.together import Ref
from screens import knowledge_facts as facts
from screens.actions import FIND
from screens.cells import Cell, instant, safe
from screens.keys import LIST, Action
from screens.knowledge_acts import LIST_KEYS, ArticleActs, taken_back
from screens.lists import ListScreen, View
from screens.paged import Paged
from screens.places import Place
from screens.prose import block
from screens.query_lists import QueryListScreen
from screens.widgets.columns import Column
from screens.widgets.preview import Preview

VIEWS = (
    View(N_("Published"), "is:published"),
    View(N_("To review"), "is:reviewable sort:updated"),
    View(N_("Due for a review"), "is:due sort:review"),
    View(N_("My articles"), "is:mine"),
    View(N_("Most used"), "is:published sort:-used"),
    View(N_("Archived articles"), "is:archived"),
)


class KnowledgeScreen(QueryListScreen[ArticleRow], ArticleActs):
    """Articles, the last changed first unless the query sorts or looks for words."""

    TITLE = "Knowledge"
    AREA = "knowledge"
    ACTIONS: ClassVar[Sequence[Action]] = (
        *LIST_KEYS,
        Action("article.save-view", N_("Save the query as a view"), ("V",), LIST, FIND),
    )
    PARTS = ("screens.knowledge_page:ArticleScreen",)

    # What it shows

    def columns(self) -> Sequence[Column[ArticleRow]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("number", N_("Number"), 7, lambda row: Cell(facts.number(row.id), "info"),
                   sort="number"),
            Column("state", N_("State"), 13, facts.state_cell),
            Column("audience", N_("For"), 8, lambda row: facts.audience_cell(row.audience),
                   priority=3),
            Column("title", N_("Title"), 34, lambda row: Cell(safe(row.title)), grow=3,
                   sort="title"),
            Column("category", N_("Category"), 16, lambda row: Cell(safe(row.category)), grow=1,
                   priority=4),
            Column("review", N_("Review"), 12, lambda row: facts.review_cell(row, self.session),
                   priority=1, sort="review"),
            Column("used", N_("Tickets"), 7, lambda row: Cell(grouped(row.used)), align="right",
                   priority=2, sort="used"),
            Column("helped", N_("Helped"), 8, lambda row: Cell(facts.voices(row)), align="right",
                   priority=5, sort="helpful"),
            Column("updated", N_("Updated"), 10, self._updated, align="right", priority=6,
                   sort="updated"),
            Column("author", N_("Author"), 9, lambda row: Cell(safe(row.author), "muted"),
                   priority=7),
            Column("tags", N_("Tags"), 14, lambda row: Cell(safe(row.tags), "muted"), priority=8),
            Column("views", N_("Views"), 6, lambda row: Cell(grouped(row.views)), align="right",
                   priority=9, sort="views", name=N_("Times opened")),
        )  # fmt: skip

    def _updated(self, row: ArticleRow) -> Cell:
        return Cell(instant(row.updated_at, self.session.now(), self.session.zone))

    def source(self, query: str) -> Paged[ArticleRow]:
        """Return where the rows of a query come from."""
        return Paged(reading, self.session, query)

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No article matches. n begins one, esc clears the filter, v has the views.")

    def preview(self, row: ArticleRow) -> RenderableType:
        """Return an article beside the list; reads."""
        room = self.query_one(Preview).room
        article = reading.get(self.session, row.id)
        return block(facts.preview(article, room, self.session))

    def read_area(self) -> Area:
        """Return what queries may say about articles."""
        return area.remembered_area(self.session)

    def first_views(self) -> Sequence[View]:
        """Return what is read, what waits, and what is due."""
        return [View(_(view.name), view.query) for view in VIEWS]

    # Going

    def open_row(self, row: ArticleRow) -> None:
        """Open an article."""
        self._open(row.id)

    def open_number(self, number: str) -> None:
        """Open an article by its number, as typed after `:`."""

        def show(article: Article) -> None:
            self._open(article.row.id)

        self.load(partial(reading.get, self.session, number), show, group="open")

    def _open(self, article_id: int) -> None:
        from screens.knowledge_page import ArticleScreen

        self.app.places.visit(Place(self.AREA, record=facts.number(article_id)))
        self.app.push_screen(ArticleScreen(article_id, self))

    # Changing

    def undo_work(self) -> Callable[[], str]:
        """Return the operation that takes back where articles went last."""
        return partial(taken_back, self.session)

    def with_refs(self, then: Callable[[Sequence[Ref]], object]) -> None:
        """Act on the marked articles, else on the one under the cursor."""

        def take(rows: Sequence[ArticleRow]) -> None:
            self._states = {row.state for row in rows}
            then([Ref(row.id, row.version, facts.number(row.id)) for row in rows])

        ListScreen.with_chosen(self, take)

    def states_of(self, refs: Sequence[Ref]) -> set[str]:
        """Return the states of the articles that were chosen."""
        del refs
        return self._states

    def changed(self) -> None:
        """Clear the marks once an operation on them is done."""
        self.table.clear_marks()

    def export_work(self, path: str, rows: Sequence[ArticleRow] | None) -> Callable[[], str] | None:
        """Return the operation that writes a file of what is shown or marked."""
        query = self.query_text

        def work() -> str:
            from boconsole.knowledge import exporting

            count = exporting.export(self.session, query, Path(path), rows)
            told = ngettext("{n} article is in {path}.", "{n} articles are in {path}.", count)
            return told.format(n=grouped(count), path=path)

        return work
