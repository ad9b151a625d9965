"""Articles at an open ticket: those that were used, those that may help, and whether they did.

They are looked for after the ticket is shown, so that reading it never waits for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content
from textual.widgets import Static

from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.tickets.rows import TicketRow
from boconsole.tickets.words import ACTIVE
from screens import papers_at
from screens.cells import fit, safe
from screens.dialogs import Choice, MenuDialog, PromptDialog
from screens.prose import block, toned
from screens.ticket_facts import FEATURE, number
from screens.ticket_relations import TicketRelations

if TYPE_CHECKING:
    from boconsole.knowledge.reading import Article, ArticleRow, UseRow

READ, LINK, REMOVE, OTHER = "read", "link", "remove", "other"
LABEL = 11
SHOWN = 5


class Found(NamedTuple):
    """The articles at a ticket, and those that may help."""

    uses: Sequence[UseRow] = ()
    offers: Sequence[ArticleRow] = ()


def article_number(article_id: int) -> str:
    """Return the number people see."""
    return f"KB-{article_id}"


def number_problem(text: str) -> str:
    """Return what is wrong with the number of an article, "" while nothing is typed."""
    from boconsole.knowledge.words import parse_number

    try:
        if text.strip():
            parse_number(text)
    except InvalidChangeError as error:
        return error.reason
    return ""


class TicketArticles(TicketRelations):
    """Answers the keys of a ticket that are about articles."""

    found = Found()

    # Reading

    def after_reading(self, row: TicketRow) -> None:
        """Look for articles."""
        if "knowledge.read" in self.session.permissions:
            self.load(partial(self._read_articles, row), self._take_articles, group="articles")

    def _read_articles(self, row: TicketRow) -> Found:
        from boconsole.knowledge import proposing, reading

        uses = reading.of_ticket(self.session, row.id)
        offers = proposing.for_ticket(self.session, row.id) if row.state in ACTIVE else ()
        return Found(uses, offers[:SHOWN])

    def _take_articles(self, found: Found) -> None:
        self.found = found
        self.show()

    # Showing

    def show(self, *, to_last: bool = False) -> None:
        """Show the ticket, and the articles above its thread."""
        super().show(to_last=to_last)
        if self.row is None or not self.is_mounted:
            return
        lines = self._article_lines(max(self.query_one("#thread").size.width - 2, 20))
        strip = self.query_one("#articles", Static)
        strip.display = bool(lines)
        strip.update(block(lines))

    def _article_lines(self, room: int) -> list[Content]:
        uses, offers = self.found
        lines = []
        if self.papers:
            lines.append(self._line(_(papers_at.TITLE), papers_at.told(self.papers), room, "info"))
        if uses:
            told = ", ".join(f"{article_number(use.article_id)} {safe(use.title)}" for use in uses)
            lines.append(self._line(_("Articles"), told, room, "info"))
        if offers:
            told = ", ".join(f"{article_number(row.id)} {safe(row.title)}" for row in offers)
            lines.append(self._line(_("b: may help"), told, room, ""))
        return lines

    def _line(self, label: str, told: str, room: int, tone: str) -> Content:
        width = max(LABEL, len(label) + 1)
        return toned((fit(label, width), "muted"), (fit(told, room - width).rstrip(), tone))

    # Acting

    def action_articles(self) -> None:
        """Choose an article to link, to read or to take away."""
        choices = [
            Choice(f"{LINK} {row.id}", _("link {number} {title}").format(
                number=article_number(row.id), title=_marked(row.title, row.audience)))
            for row in self.found.offers
        ]  # fmt: skip
        known = [(row.id, row.title, row.audience) for row in self.found.offers]
        known += [(use.article_id, use.title, use.audience) for use in self.found.uses]
        choices += [
            Choice(f"{READ} {key}", _("read {number} {title}").format(
                number=article_number(key), title=_marked(title, audience)))
            for key, title, audience in known
        ]  # fmt: skip
        choices += [
            Choice(f"{REMOVE} {use.article_id}", _("take {number} away").format(
                number=article_number(use.article_id)))
            for use in self.found.uses
        ]  # fmt: skip
        choices.append(Choice(f"{OTHER} 0", _("link another one by its number")))
        title = _("Articles for {number}").format(number=number(self.row.id if self.row else 0))
        self.app.push_screen(MenuDialog(title, choices), self._take_choice)

    def _take_choice(self, chosen: str | None) -> None:
        verb, _blank, key = (chosen or "").partition(" ")
        if verb == LINK:
            self._link(int(key))
        elif verb == REMOVE:
            self._unlink(int(key))
        elif verb == READ:
            self._open_article(int(key))
        elif verb == OTHER:
            prompt = PromptDialog(_("Number of the article"), "KB-", check=number_problem)
            self.app.push_screen(prompt, self._link_typed)

    def _link_typed(self, text: str | None) -> None:
        from boconsole.knowledge.words import parse_number

        if text:
            self._link(parse_number(text))

    def _link(self, article_id: int) -> None:
        if (row := self.row) is None:
            return
        from boconsole.knowledge import using

        said = _("{number} is linked to {ticket}.")
        self.change(
            lambda: using.link(self.session, article_id, row.id),
            said=said.format(number=article_number(article_id), ticket=number(row.id)),
            touched=(row.id,), feature=FEATURE,
        )  # fmt: skip

    def _unlink(self, article_id: int) -> None:
        if (row := self.row) is None:
            return
        from boconsole.knowledge import using

        said = _("{number} is taken from {ticket}.")
        self.change(
            lambda: using.unlink(self.session, article_id, row.id),
            said=said.format(number=article_number(article_id), ticket=number(row.id)),
            touched=(row.id,), feature=FEATURE,
        )  # fmt: skip

    def _open_article(self, article_id: int) -> None:
        from screens.knowledge_page import ArticleScreen

        self.app.push_screen(ArticleScreen(article_id))

    def action_helped(self) -> None:
        """Say whether an article helped."""
        choices = []
        for use in self.found.uses:
            name = article_number(use.article_id)
            choices += [
                Choice(f"yes {use.article_id}", _("{number} helped").format(number=name)),
                Choice(f"no {use.article_id}", _("{number} did not help").format(number=name)),
            ]
        self.app.push_screen(MenuDialog(_("Did it help?"), choices), self._vote)

    def _vote(self, chosen: str | None) -> None:
        if not chosen:
            return
        from boconsole.knowledge import using
        from boconsole.knowledge.words import FEATURE as KNOWLEDGE

        word, _blank, key = chosen.partition(" ")
        said = _("{number}: your voice is counted.").format(number=article_number(int(key)))
        self.change(
            lambda: using.vote(self.session, int(key), word == "yes"), said=said,
            touched=(int(key),), feature=KNOWLEDGE,
        )  # fmt: skip

    def action_make_article(self) -> None:
        """Begin an article with what solved the ticket, and open it."""
        if (row := self.row) is None:
            return
        from boconsole.knowledge import using
        from boconsole.knowledge.words import FEATURE as KNOWLEDGE

        def told(article: Article) -> str:
            return _("{number} is a draft; s hands it over.").format(number=article.number)

        def done(article: Article) -> None:
            self.app.following.spread(FEATURE, [row.id])
            self._open_article(article.row.id)

        self.change(
            lambda: using.from_ticket(self.session, row.id), said=told, feature=KNOWLEDGE, done=done
        )


def _marked(title: str, audience: str) -> str:
    """Return a title, and that it is internal."""
    return (
        safe(title) if audience == "public" else _("{title} (internal)").format(title=safe(title))
    )
